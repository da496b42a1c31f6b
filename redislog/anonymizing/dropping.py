"""Which lines of a capture are dropped: those that no grammar knows."""

from __future__ import annotations

from redislog.reading import parse

_UNKNOWN = frozenset({"foreign", "unrecognized"})


def known_lines(lines: list[str]) -> list[str]:
    """The lines that hold a known message, or build up a record that does; of a file without any, all: a hint."""
    unknown: set[int] = set()
    known: set[int] = set()
    for event in parse(lines):
        (unknown if event.key in _UNKNOWN else known).add(event.line_number)
    if not known:
        return lines
    dropped = unknown - known
    return [
        line for number, line in enumerate(lines, start=1) if number not in dropped or _is_last(number, lines)
    ]


def _is_last(number: int, lines: list[str]) -> bool:
    """Whether a line is the empty one behind the last line's end."""
    return number == len(lines) and not lines[-1]
