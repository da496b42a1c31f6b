"""Evidence: the lines that decided."""

from __future__ import annotations

import attrs

from redislog.events.base import Event


@attrs.frozen(order=True)
class Evidence:
    """One line that proves a statement, or the first and last of lines that repeat each other.

    ``line_number`` counts from 1 within ``source``; ``text`` is the message; ``count`` is how many such
    lines there are up to ``last_line_number``.
    """

    source: str
    line_number: int
    text: str
    count: int = 1
    last_line_number: int | None = None

    def __str__(self) -> str:
        repeated = f" (repeated x{self.count}, to line {self.last_line_number})" if self.count > 1 else ""
        return f"{self.source}:{self.line_number}: {self.text}{repeated}"


def evidence_of(*events: Event | None) -> tuple[Evidence, ...]:
    """The lines of some events, in the order given, each once."""
    lines = (Evidence(e.source or "", e.line_number, e.message) for e in events if e is not None)
    return tuple(dict.fromkeys(lines))
