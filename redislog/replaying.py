"""Many captures to one `Timeline`: the library's main door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from redislog.events.base import Event, Foreign, Unrecognized
from redislog.grammar.stamps import seconds
from redislog.hints import Hint
from redislog.node.fold import NodeFold
from redislog.reading import Reader, parse
from redislog.sources import Capture, Captures, open_captures
from redislog.timeline.joining import Joined, join
from redislog.timeline.observers import ObserverFold
from redislog.topology.judge import judge
from redislog.topology.values import Coverage, SourceCoverage, Verdict

if TYPE_CHECKING:
    from redislog.timeline.values import ClockOffset, Failover, Resync, RoleChange
    from redislog.topology.whois import Subject

Year = int | Literal["file"]


def replay(
    captures: Captures, *, hints: Iterable[Hint] = (), tz: str | None = None, year: Year | None = None
) -> Timeline:
    """Read captures and join them.

    ``captures`` maps names to paths or to lines, or is one path or several; a folder stands for the logs in
    it. A path is opened; a str or bytes *value* is text to be cut into lines, never a path. ``hints`` state
    which address is which node's. ``tz`` (a name of the IANA database) makes naive stamps aware. ``year``
    completes stamps without one: the year of each capture's first stamp, or ``file`` for captures whose
    last line is as old as the file's last change.

    Raises
    ------
    SourceError
        if a path cannot be read, or a folder holds no log.
    """
    timeline = Timeline(hints=hints)
    opened = open_captures(captures)
    for capture in opened:
        timeline.know(capture.name)
    for name, event in read_events(opened, tz=tz, year=year):
        timeline.add(event, name)
    return timeline


def read_events(
    captures: Iterable[Capture],
    *,
    tz: str | None = None,
    year: Year | None = None,
    until: datetime | None = None,
) -> Iterator[tuple[str, Event]]:
    """Every event of some captures, with the name of its capture; nothing later than ``until``."""
    for capture in captures:
        late = False
        first = _file_year(capture) if year == "file" else year
        with capture.open() as lines:
            for event in parse(lines, source=capture.name, tz=tz, year=first):
                if until is not None and event.at is not None:
                    late = seconds(event.at) > seconds(until)
                if not late:
                    yield capture.name, event


def _file_year(capture: Capture) -> int | None:
    """The year of a file's first stamp, if its last line was printed in the year of its last change."""
    if capture.modified is None:
        return None
    with capture.open() as lines:
        years = [event.header.year for event in parse(lines, year=capture.modified.year) if event.header.year]
    return capture.modified.year - (years[-1] - years[0]) if years else None


class Timeline:
    """What many servers' captures say together.

    Lines are fed one by one, in the order of each capture; the join is made when it is asked for. ``tz``
    (a name of the IANA database) makes naive stamps aware, ``year`` completes stamps without one.
    ``has_server_lines`` says whether any line was in a server's format.
    """

    def __init__(self, *, hints: Iterable[Hint] = (), tz: str | None = None, year: int | None = None) -> None:
        self._hints = tuple(hints)
        self._tz = tz
        self._year = year
        self._readers: dict[str, Reader] = {}
        self._folds: dict[str, NodeFold] = {}
        self._observers: dict[str, ObserverFold] = {}
        self._counts: dict[str, list[int]] = {}
        self._joined: Joined | None = None
        self.has_server_lines = False

    def feed(self, line: str | bytes, source: str) -> Event:
        """Take in the next line of a capture; its event."""
        reader = self._readers.get(source)
        if reader is None:
            reader = self._readers[source] = Reader(source=source, tz=self._tz, year=self._year)
            self.know(source)
        event = reader.read(line)
        self.add(event, source)
        return event

    def add(self, event: Event, source: str) -> None:
        """Take in an event that `parse` made; ``source`` names the capture that it is counted to."""
        counts = self._counts.setdefault(source, [0] * 6)
        counts[0] += 1
        if isinstance(event, Foreign):
            counts[3] += 1
            return
        if isinstance(event, Unrecognized):
            counts[2] += 1
        else:
            counts[1] += 1
        counts[4] += event.damaged
        counts[5] += event.truncated
        self.has_server_lines |= event.pid is not None
        name = event.source or source
        self._fold(event, name).feed(event)
        self._joined = None

    def _fold(self, event: Event, name: str) -> NodeFold | ObserverFold:
        """Where a line belongs: a Sentinel's lines are no server's, though both may be in one capture."""
        speaks = event.flag == "X" or (event.flag is None and event.key.startswith("sentinel."))
        if speaks or (event.flag is None and name in self._observers and name not in self._folds):
            observer = self._observers.get(name)
            if observer is None:
                observer = self._observers[name] = ObserverFold(name)
            return observer
        fold = self._folds.get(name)
        if fold is None:
            fold = self._folds[name] = NodeFold(name)
        return fold

    def know(self, source: str) -> None:
        """Count a capture, even if it has no line."""
        self._counts.setdefault(source, [0] * 6)

    @property
    def joined(self) -> Joined:
        """The join of all that was fed so far."""
        if self._joined is None:
            self._joined = join(
                (fold.history for fold in self._folds.values()),
                self._hints,
                (fold.history for fold in self._observers.values()),
            )
        return self._joined

    @property
    def events(self) -> tuple[Event, ...]:
        """The events that changed something, no effect before its cause."""
        return self.joined.events

    @property
    def nodes(self) -> tuple[str, ...]:
        """Names of the servers whose lines are there."""
        return tuple(self.joined.nodes)

    @property
    def observers(self) -> tuple[str, ...]:
        """Names of the Sentinels whose lines are there: they are no servers, but say what they see."""
        return tuple(self.joined.observers)

    @property
    def resyncs(self) -> tuple[Resync, ...]:
        """Every sync of a replica with its primary, in order."""
        return self.joined.resyncs

    @property
    def failovers(self) -> tuple[Failover, ...]:
        """Every replica that became primary, in order."""
        return self.joined.failovers

    @property
    def roles(self) -> tuple[RoleChange, ...]:
        """The times that each server spent in each role."""
        return self.joined.roles

    @property
    def clocks(self) -> tuple[ClockOffset, ...]:
        """How far each server's clock is from the reference's."""
        return self.joined.clocks

    @property
    def coverage(self) -> Coverage:
        """How much was understood."""
        sources = tuple(SourceCoverage(name, *counts) for name, counts in sorted(self._counts.items()))
        silent = [
            f"{source.source}: no line of a Redis server" for source in sources if not source.recognised
        ]
        return Coverage(
            lines=sum(source.lines for source in sources),
            recognised=sum(source.recognised for source in sources),
            unrecognized=sum(source.unrecognized for source in sources),
            foreign=sum(source.foreign for source in sources),
            damaged=sum(source.damaged for source in sources),
            truncated=sum(source.truncated for source in sources),
            sources=sources,
            missing=tuple(silent),
        )

    @property
    def verdict(self) -> Verdict:
        """The verdict at the end of all captures."""
        return judge(self.joined, self.coverage)

    def whois(self, thing: str) -> tuple[Subject, ...]:
        """What a name, an address, an ID or an unambiguous part of one belongs to, and all that is joined to it.

        Raises
        ------
        AmbiguousError
            if it is a part of several things that do not belong together.
        """
        from redislog.topology.whois import whois

        return whois(self.joined, thing)

    def at(self, instant: datetime) -> Verdict:
        """The verdict at an instant, with everything that the captures say before or after it.

        A naive instant is on the reference node's clock: that of the earliest primary.
        """
        return judge(self.joined, self.coverage, instant)
