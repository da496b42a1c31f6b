"""Values in one short line: who, what, when. What a log holds cannot command a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

LENGTH = 200
"""The most characters of a `repr`."""
_CUT = "\u2026"


def printable(text: str) -> str:
    r"""Text that cannot command a terminal: everything unprintable is escaped.

    >>> printable("red \x1b[31m")
    'red \\x1b[31m'
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text
    )


def cut(text: str, length: int) -> str:
    """Text of at most so many characters; one that was longer ends in a mark.

    >>> cut("a long tale", 6)
    'a lon\u2026'
    """
    return text if len(text) <= length else text[: max(0, length - 1)] + _CUT


def shortly(kind: str, words: Iterable[str | None], last: str = "") -> str:
    """``<Kind words>`` in one line of at most `LENGTH` characters; ``last`` is kept where words are cut.

    >>> shortly("Finding", ["critical", None, "crash"], "(a.log:7)")
    '<Finding critical crash (a.log:7)>'
    """
    end = f" {cut(printable(last), LENGTH // 3)}>" if last else ">"
    text = printable(" ".join([kind, *(word for word in words if word)]))
    return f"<{cut(text, LENGTH - len(end) - 1)}{end}"


def moment(at: datetime | None) -> str:
    """A date and a time to the millisecond.

    >>> moment(datetime(2023, 5, 29, 7, 49, 4, 496200))
    '2023-05-29 07:49:04.496'
    """
    return "at an unknown time" if at is None else at.isoformat(sep=" ", timespec="milliseconds")


def span(start: datetime | None, end: datetime | None) -> str | None:
    """From when to when, as far as it is known."""
    if start is None:
        return f"until {moment(end)}" if end is not None else None
    if end is None:
        return f"since {moment(start)}"
    return moment(start) if start == end else f"{moment(start)} to {moment(end)}"
