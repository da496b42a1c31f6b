"""What stands in a line's prefix beside stamp and pid: role letters and levels, and what they are called."""

from __future__ import annotations

LEVEL_OF_MARK = {".": "debug", "-": "verbose", "*": "notice", "#": "warning"}
"""The level mark of the layouts that have one."""

LEVEL_OF_WORD = {"debug": "debug", "info": "verbose", "notice": "notice", "warning": "warning"}
"""The level of Valkey's logfmt, where ``info`` is verbose."""

FLAG_OF_ROLE = {"sentinel": "X", "RDB/AOF": "C", "replica": "S", "primary": "M"}
"""The role of Valkey's logfmt as the letter of the other layouts."""
