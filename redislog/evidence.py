"""Evidence: the lines that decided."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from redislog.events.base import Event


@attrs.frozen(order=True)
class Evidence:
    """One line that proves a statement, or the first and last of lines that repeat each other.

    ``line_number`` counts from 1 within ``source``; ``text`` is the message; ``count`` is how many such
    lines there are up to ``last_line_number``. ``stamp`` is what it has for its time, as it stands, where that is no
    date: a stamp without a year, or a time of day.
    """

    source: str
    line_number: int
    text: str
    count: int = 1
    last_line_number: int | None = None
    stamp: str | None = None

    def __str__(self) -> str:
        repeated = f" (repeated x{self.count}, to line {self.last_line_number})" if self.count > 1 else ""
        return f"{self.source}:{self.line_number}: {self.text}{repeated}"


def evidence_of(*events: Event | None) -> tuple[Evidence, ...]:
    """The lines of some events, in the order given, each once."""
    lines = (
        Evidence(e.source or "", e.line_number, e.message, stamp=_undated(e)) for e in events if e is not None
    )
    return tuple(dict.fromkeys(lines))


def _undated(event: Event) -> str | None:
    """The stamp of a line that has no date."""
    stamp = event.header.stamp
    return stamp if stamp is not None and event.at is None else None


def first_stamp(lines: Iterable[Evidence]) -> str | None:
    """The first stamp that is no date."""
    return next((line.stamp for line in lines if line.stamp is not None), None)
