"""Hints in the lines of sidecars: which address a pod announces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from redislog.events.base import Event
from redislog.hints import Hint
from redislog.values import Address


def announced(event: Event) -> Iterator[Hint]:
    """What ``identified announce (IP)`` in a pod's own log, or HAProxy's list of Services, says of a node."""
    words: Any = event
    pod = event.origin.pod if event.origin is not None else None
    if event.key == "config-init.announce" and pod is not None:
        yield Hint.of_line(pod, Address(words.host, None), event)
    elif event.key == "haproxy.announce":
        yield Hint.of_line(f"{words.name}-server-{words.index}", Address(words.host, None), event)
