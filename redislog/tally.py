"""How many lines of each source were read, and how they were understood."""

from __future__ import annotations

from collections.abc import Iterator

from redislog.events.base import Event, Foreign, Unrecognized
from redislog.topology.values import Coverage, SourceCoverage

_LINES, _RECOGNISED, _UNRECOGNIZED, _FOREIGN, _DAMAGED, _TRUNCATED, _WEAKER = range(7)


class Tally:
    """Counts lines by their sources, and knows which captures were read, and which said anything.

    ``has_server_lines`` says whether any line was in a server's format.
    """

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}
        self._known: set[str] = set()
        self._read: set[str] = set()
        self._spoke: set[str] = set()
        self.has_server_lines = False

    def know(self, source: str) -> None:
        """Count a capture, even if it has no line."""
        self._known.add(source)

    def add(self, event: Event, source: str) -> None:
        """Count a line of a capture."""
        self._change(event, source, 1)
        self._read.add(source)
        if isinstance(event, Foreign):
            return
        if not isinstance(event, Unrecognized):
            self._spoke.add(source)
        self.has_server_lines |= event.pid is not None or event.ground is not None

    def take_back(self, event: Event, source: str) -> None:
        """Count a line no more, as another capture has it too."""
        self._change(event, source, -1)

    def pass_over(self, name: str, source: str, lines: int, unrecognized: int) -> None:
        """Count lines of a server that no event was made of."""
        counts = self._counts[name]
        counts[_LINES] += lines
        counts[_RECOGNISED] += lines - unrecognized
        counts[_UNRECOGNIZED] += unrecognized
        if lines > unrecognized:
            self._spoke.add(source)

    def take_over(self, other: Tally) -> None:
        """Take in what another one counted."""
        self._known |= other._known
        self._read |= other._read
        self._spoke |= other._spoke
        for name, counts in other._counts.items():
            before = self._counts.get(name, [0] * 7)
            self._counts[name] = [one + more for one, more in zip(before, counts, strict=True)]
        self.has_server_lines |= other.has_server_lines

    def _change(self, event: Event, source: str, by: int) -> None:
        counts = self._counts.setdefault(event.source or source, [0] * 7)
        counts[_LINES] += by
        if isinstance(event, Foreign):
            counts[_FOREIGN] += by
            return
        counts[_UNRECOGNIZED if isinstance(event, Unrecognized) else _RECOGNISED] += by
        counts[_DAMAGED] += by * event.damaged
        counts[_TRUNCATED] += by * event.truncated
        counts[_WEAKER] += by * (event.ground is not None)

    @property
    def captures(self) -> list[str]:
        """All captures, in order."""
        return sorted(self._known | self._read)

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return sum(counts[_LINES] for counts in self._counts.values())

    def coverage(self, limits: Iterator[str]) -> Coverage:
        """How much was understood; ``limits`` are what captures lack besides lines."""
        counted = {name: [0] * 7 for name in self._known - self._read} | self._counts
        sources = tuple(SourceCoverage(name, *counts) for name, counts in sorted(counted.items()))
        silent = [f"{name}: no line of a Redis server" for name in sorted(self._known - self._spoke)]
        return Coverage(
            lines=sum(source.lines for source in sources),
            recognised=sum(source.recognised for source in sources),
            unrecognized=sum(source.unrecognized for source in sources),
            foreign=sum(source.foreign for source in sources),
            damaged=sum(source.damaged for source in sources),
            truncated=sum(source.truncated for source in sources),
            weaker=sum(source.weaker for source in sources),
            sources=sources,
            missing=(*silent, *limits),
        )
