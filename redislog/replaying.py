"""Many captures to one `Timeline`: the library's main door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from redislog import workers
from redislog.capture import decode
from redislog.counting import Counting
from redislog.court.claim import Claims
from redislog.court.decide import all_claims
from redislog.events.base import Event, Foreign, Header
from redislog.events.versions import standing
from redislog.gathering import Plan, Way, Year, counted_events_of, gathered, planned
from redislog.hints import Hint, given
from redislog.hints.endings import Ending
from redislog.hints.pasted import stated_in
from redislog.naming import one_of
from redislog.reading import Reader
from redislog.shortly import moment, shortly
from redislog.sources import Capture, Captures, open_captures
from redislog.sources.watch import Watch
from redislog.tally import Tally
from redislog.timeline.deaths import Death
from redislog.timeline.folds import Folds, Place
from redislog.timeline.hinting import believable
from redislog.timeline.joining import Joined, join
from redislog.timeline.quiet import Passed, in_rows, quiet_lines
from redislog.topology.judge import judge
from redislog.topology.values import Coverage, Verdict
from redislog.workers import processes_for, read_by_many

if TYPE_CHECKING:
    from redislog.timeline.values import ClockOffset, Failover, Resync, RoleChange, Route, SlotMigration
    from redislog.topology.whois import Subject


def replay(
    captures: Captures,
    *,
    nodes: Mapping[str, str | Iterable[str]] | None = None,
    hints: Iterable[Hint] = (),
    tz: str | None = None,
    year: Year | None = None,
    form: str | None = None,
    jobs: int | None = None,
) -> Timeline:
    """Read captures and join them.

    ``captures`` maps names to paths or to lines, or is one path or several; a folder stands for the logs in
    it, and for the hints beside them. A path is opened; a str or bytes *value* is text to be cut into lines,
    never a path. ``nodes`` maps the names of captures to the addresses of their servers, one or several
    (``host:port``, or ``host`` for all ports); ``hints`` are such statements with evidence of their own. What
    contradicts the logs is not used, and named in ``coverage.missing``. ``tz`` (a name of the IANA database)
    makes naive stamps aware. ``year`` completes stamps without one: the year of each capture's first stamp, or
    ``file`` for captures whose last line is as old as the file's last change; without, it is deduced where a date
    near to the stamps is in each capture's name or text, and ``coverage.missing`` says so. ``form`` is the only form of
    capture to expect; without, it is found by looking. ``jobs`` is how many processes read, at most; without, as
    many as there are processors for large files where they can be forked, else one. What they find is the same.

    Raises
    ------
    SourceError
        if a path cannot be read, or a folder holds no log.
    """
    found = open_captures(captures)
    timeline = Timeline(hints=(*given(nodes or {}), *hints, *found.hints), endings=found.endings)
    read_into(timeline, found.captures, Way(tz=tz, year=year, form=form), jobs=jobs)
    return timeline


def read_into(
    timeline: Timeline,
    captures: Sequence[Capture],
    way: Way,
    *,
    jobs: int | None = None,
    watch: Watch | None = None,
) -> None:
    """Read captures into a timeline, by several processes where that is wanted; ``watch`` is told how far."""
    watch = watch or Watch()
    watch.total = sum(capture.size for capture in captures)
    for capture in captures:
        timeline.know(capture.name)
    with ExitStack() as stack:
        plan = planned(captures, way, stack, watch)
        processes = processes_for(plan.alone, jobs)
        if processes == 1:
            for capture in plan.alone:
                if (
                    jobs == 1
                    or capture.size < workers.FILE_PAYS
                    or not _in_parts(timeline, capture, way, jobs, watch)
                ):
                    _read_alone(timeline, capture, way, watch)
        else:
            for capture, its in read_by_many(plan.alone, way, replay_one, processes, watch):
                if not timeline.take_over(its):
                    _read_alone(timeline, capture, way, Watch())
        for name, event in gathered(plan.together, way, watch):
            timeline.add(event, name)
    timeline.unify(captures, plan, way)
    for remark in watch.remarks:
        timeline.remark(remark)


def replay_one(capture: Capture, way: Way, watch: Watch) -> Timeline:
    """The timeline of one capture, in which its streams are still open."""
    timeline = Timeline()
    _read_alone(timeline, capture, way, watch)
    return timeline


def _in_parts(timeline: Timeline, capture: Capture, way: Way, jobs: int | None, watch: Watch) -> bool:
    """Read one large capture by several processes; False where it cannot be read so."""
    from redislog.splitting import processes_for_parts, read_in_parts

    processes = processes_for_parts(capture, way, jobs)
    if capture.file is None or processes == 1:
        return False
    read_in_parts(timeline, capture, capture.file, way, processes, watch)
    return True


def _read_alone(timeline: Timeline, capture: Capture, way: Way, watch: Watch) -> None:
    counting = quiet_lines()
    timeline.add_all(counted_events_of(capture, way, watch, counting), capture.name, counting)


class Timeline:
    """What many servers' captures say together.

    Lines are fed one by one, in the order of each capture; the join is made when it is asked for. ``tz``
    (a name of the IANA database) makes naive stamps aware, ``year`` completes stamps without one.
    """

    def __init__(
        self,
        *,
        hints: Iterable[Hint] = (),
        tz: str | None = None,
        year: int | None = None,
        endings: Iterable[Ending] = (),
    ) -> None:
        self._hints = tuple(hints)
        self._endings = tuple(endings)
        self._tz = tz
        self._year = year
        self._readers: dict[str, Reader] = {}
        self._folds = Folds()
        self._tally = Tally()
        self._places: dict[str | None, Place] = {}
        self._joined: Joined | None = None
        self._claims: Claims | None = None
        self._contradictions: tuple[str, ...] = ()
        self._remarks: list[str] = []
        self._same: dict[str, str] = {}

    def __repr__(self) -> str:
        captures = self._tally.captures
        words = [f"{self._tally.lines} lines of {len(captures)} captures"]
        if self._joined is not None:
            times = [told.at for told in self._joined.story if told.at is not None]
            words.append(f"{len(self._joined.nodes)} servers")
            words += [f"{moment(times[0])} to {moment(times[-1])}"] if times else []
        return shortly("Timeline", [*words, f"({', '.join(captures)})"])

    def feed(self, line: str | bytes, source: str) -> Event:
        """Take in the next line of a capture; its event."""
        reader = self._readers.get(source)
        if reader is None:
            reader = self._readers[source] = Reader(source=source, tz=self._tz, year=self._year)
            self.know(source)
        events = reader.feed(line)
        for event in events:
            self.add(event, source)
        return events[-1] if events else Foreign(Header(decode(line), source), "foreign")

    def add_all(self, events: Iterable[Event], source: str, counting: Counting | None = None) -> None:
        """Take in events as `add` does, in order.

        Lines in a row that change nothing are only counted; whoever reads them may count them too, if it has
        ``counting``, and need not make events of them.
        """
        for each in in_rows(events, counting, lambda event: self._places[event.source].rests):
            self.take(each, source)

    def take(self, each: Event | Passed, source: str) -> bool:
        """Take in what `redislog.timeline.quiet.in_rows` gives; False if the lines that were passed over matter here."""
        if isinstance(each, Passed):
            return self._pass_over(each, source)
        self.add(each, source)
        self._places[each.source] = self._folds.place_of(each, source)
        return True

    def _pass_over(self, passed: Passed, source: str) -> bool:
        place = self._places[passed.source]
        if not place.rests:
            return False
        self._tally.pass_over(passed.source or source, source, passed.lines, passed.unrecognized)
        self._joined = None
        place.pass_over(passed)
        for event in passed.ends:
            self._folds.feed(event, source)
        return True

    def add(self, event: Event, source: str) -> None:
        """Take in an event that `parse` made; ``source`` names the capture that it is counted to."""
        self._tally.add(event, source)
        if isinstance(event, Foreign):
            self._hear(event)
            return
        self._joined = None
        self._folds.feed(event, source)

    def _hear(self, event: Foreign) -> None:
        """Keep what a line that no server printed states of a server's address."""
        if stated := tuple(stated_in(event)):
            self._hints += stated
            self._joined = None

    def take_over(self, other: Timeline) -> bool:
        """Take in what another one was fed, as if it had been fed here; False where both know one server.

        The other is of captures that were read after all of this one's, and is of no use afterwards.
        """
        if not self._folds.take_over(other._folds):
            return False
        self._joined = None
        self._hints += other._hints
        self._endings += other._endings
        self._tally.take_over(other._tally)
        return True

    def unify(self, captures: Sequence[Capture], plan: Plan, way: Way) -> None:
        """Make one of servers that captures hold under several names, where their lines prove it.

        The captures are those that were read, by ``plan``; those that cannot be read again are left as they are.
        """
        if len(captures) < 2:
            return
        from redislog.unifying import Unifying

        self._folds.close()
        held = {capture.name for capture in plan.together}
        years = {capture.name: capture.year for capture in (*plan.alone, *plan.together)}
        captures = [attrs.evolve(each, year=years.get(each.name)) for each in captures]
        alone, together = ([each for each in captures if (each.name in held) is its] for its in (False, True))
        for one in Unifying(self._folds, alone, together, way).found():
            self._joined = None
            self._folds.replace((one.name, *one.others), one.fold)
            self._same |= dict.fromkeys(one.others, one.name)
            for event in one.repeated:
                self._tally.take_back(event, one.name)
            for reason in one.reasons:
                self.remark(reason)

    def remark(self, text: str) -> None:
        """Keep what limits the verdict, and no line says."""
        self._remarks.append(text)

    def know(self, source: str) -> None:
        """Count a capture, even if it has no line."""
        self._tally.know(source)

    @property
    def has_server_lines(self) -> bool:
        """Whether any line was in a server's format."""
        return self._tally.has_server_lines

    @property
    def joined(self) -> Joined:
        """The join of all that was fed so far."""
        if self._joined is None:
            for source, reader in self._readers.items():
                for event in reader.close():
                    self.add(event, source)
            self._folds.close()
            histories = [fold.history for fold in self._folds.servers]
            watchers = self._folds.watchers.history
            stated = [self._of_one(hint) for hint in (*self._hints, *watchers.hints)]
            hints, self._contradictions = believable(histories, stated)
            watching = [fold.history for fold in self._folds.observers.values()]
            endings = (*self._endings, *self._folds.endings)
            self._joined = join(histories, hints, watching, watchers, endings, self._folds.captures)
            self._claims = None
        return self._joined

    def _of_one(self, hint: Hint) -> Hint:
        """A hint, under the name of the server where several captures are one's."""
        name = self._same.get(hint.name)
        return hint if name is None else attrs.evolve(hint, name=name)

    @property
    def claims(self) -> Claims:
        """What every witness claims of the servers, as `redislog.court` weighs it."""
        joined = self.joined
        if self._claims is None:
            self._claims = all_claims(joined)
        return self._claims

    @property
    def events(self) -> tuple[Event, ...]:
        """The events that changed something, no effect before its cause."""
        return self.joined.events

    def on_reference(self, at: datetime, node: str) -> datetime:
        """A time that a server's or a Sentinel's log prints, on the reference's clock.

        All times of resyncs, failovers, roles and findings are on it already, and `at` takes them.

        Raises
        ------
        UnknownNameError
            if no log is called ``node``.
        """
        known = (*self.joined.nodes, *self.joined.observers)
        return self.joined.dating.on_reference(at, one_of(node, known, "log"))

    @property
    def nodes(self) -> tuple[str, ...]:
        """Names of the servers whose lines are there."""
        return tuple(self.joined.nodes)

    @property
    def observers(self) -> tuple[str, ...]:
        """Names of the Sentinels whose lines are there: they are no servers, but say what they see."""
        return tuple(self.joined.observers)

    @property
    def routes(self) -> tuple[Route, ...]:
        """The times in which HAProxy sent the clients of the primary to each server."""
        return self.joined.routes

    @property
    def resyncs(self) -> tuple[Resync, ...]:
        """Every sync of a replica with its primary, in order."""
        return self.joined.resyncs

    @property
    def failovers(self) -> tuple[Failover, ...]:
        """Every replica that became primary, in order."""
        return self.joined.failovers

    @property
    def deaths(self) -> tuple[Death, ...]:
        """The ends of servers' processes that others tell: systemd, the kernel, Docker, Kubernetes."""
        return self.joined.deaths

    @property
    def slot_migrations(self) -> tuple[SlotMigration, ...]:
        """Every move of slots from one shard of a Cluster to another, in order."""
        return self.joined.migrations

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
        return self._tally.coverage(self._limits())

    def _limits(self) -> Iterator[str]:
        """What limits the verdict, besides captures without a server's line."""
        _ = self.joined
        yield from self._remarks
        yield from self._folds.limits()
        yield from self._contradictions
        for name, history in self.joined.nodes.items():
            run = history.runs[-1] if history.runs else None
            if run is not None and run.product and run.version:
                limit = standing(run.product, run.version)
                yield from [f"{name}: {limit}"] if limit is not None else []

    @property
    def verdict(self) -> Verdict:
        """The verdict at the end of all captures."""
        return judge(self.joined, self.claims, self.coverage)

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Everything that the logs name, with all that it is known by."""
        from redislog.topology.whois import dated_subjects

        return dated_subjects(self.joined, self.claims)

    def whois(self, thing: str) -> tuple[Subject, ...]:
        """What a name, an address, an ID or an unambiguous part of one belongs to, and all that is joined to it.

        Raises
        ------
        AmbiguousError
            if it is a part of several things that do not belong together.
        """
        from redislog.topology.whois import whois

        return whois(self.joined, self.claims, thing)

    def at(self, instant: datetime) -> Verdict:
        """The verdict at an instant, with everything that the captures say before or after it.

        A naive instant is on the reference node's clock: that of the earliest primary.
        """
        return judge(self.joined, self.claims, self.coverage, instant)
