"""What stands in a line's prefix beside stamp and pid: role letters and levels, and what they are called."""

from __future__ import annotations

from typing import Literal

Level = Literal["debug", "verbose", "notice", "warning"]
"""How loud the server was. It says nothing on how bad an event is: 7.2 moved many marks."""

Ground = Literal["short-head", "other-head", "no-head"]
"""What a line is taken for a server's on, where its own head is not whole, and the lines around it speak for it.

``short-head``: parts of its own head are left; ``other-head``: another program's head stands in its place, a
logging library's; ``no-head``: the message alone.
"""

LEVEL_OF_MARK: dict[str, Level] = {".": "debug", "-": "verbose", "*": "notice", "#": "warning"}
"""The level mark of the layouts that have one."""

LEVEL_OF_WORD: dict[str, Level] = {
    "debug": "debug",
    "info": "verbose",
    "notice": "notice",
    "warning": "warning",
}
"""The level of Valkey's logfmt, where ``info`` is verbose."""

FLAG_OF_ROLE = {"sentinel": "X", "RDB/AOF": "C", "replica": "S", "primary": "M"}
"""The role of Valkey's logfmt as the letter of the other layouts."""

LEVELS: dict[str, Level] = {**LEVEL_OF_MARK, **LEVEL_OF_WORD}
"""The level of a mark or word of any layout."""
