"""What stands around a server's line: what a collector put before it, and how a stream is cut into lines.

Each form is a module of its own; `unwrap` tries them in turn.
"""

from __future__ import annotations

from redislog.capture.kubectl import unwrap_kubectl
from redislog.capture.lines import Captured, decode, split_lines
from redislog.capture.syslog import unwrap_syslog

__all__ = ["Captured", "decode", "split_lines", "unwrap"]


def unwrap(text: str) -> Captured | None:
    """The line inside a collector's wrapping, None where no known form stands around it."""
    return unwrap_syslog(text) or unwrap_kubectl(text)
