"""What is known of one server over time: immutable spans and sessions, on that server's own clock."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, TypeVar

import attrs

from redislog.events.base import Event
from redislog.node.tables import LinkPhase, ReplicaPhase, Role
from redislog.values import Address, Peer

Side = Literal["source", "target"]
"""An end of a slot migration."""
Outcome = Literal["done", "failed", "cancelled", "open"]
"""How a slot migration ended."""
_ABOUT = ("client", "replica", "node", "about", "module", "ip", "error", "state")


@attrs.frozen
class Point:
    """An event that changed something, and when.

    ``time`` is in seconds on the server's own clock (naive local time counted as UTC; a stamp without a
    year counts in the year 2000); ``order`` counts the lines of the server, and decides within one
    millisecond.
    """

    time: float
    order: int
    event: Event


@attrs.frozen
class Run:
    """One life of the process: ``first`` is its first line that is there, ``start`` None where it began before.

    ``mode`` is ``standalone`` or ``cluster``, ``ended_by`` is ``stop``, ``crash``, ``start`` (the next start is the first that shows it), or None;
    ``notices`` says that it logs at level notice or finer. At level warning a sync that succeeds leaves no
    line, so that silence says nothing.
    """

    first: Point
    start: Point | None = None
    end: Point | None = None
    ended_by: Literal["stop", "crash", "start"] | None = None
    ready: Point | None = None
    version: str | None = None
    product: str | None = None
    mode: str | None = None
    port: int | None = None
    notices: bool = False


@attrs.frozen
class RoleSpan:
    """A time in one role; ``by_letter`` where only role letters say it, ``deduced`` where no line says it."""

    role: Role
    start: Point
    end: Point | None = None
    by_letter: bool = True
    deduced: bool = False


@attrs.frozen
class LinkSpan:
    """A time in one phase of the upstream link."""

    phase: LinkPhase
    start: Point
    primary: Address | None
    end: Point | None = None


@attrs.frozen
class ReplicaSpan:
    """A time in one phase of a downstream replica.

    ``unsure`` is where a link was lost that may have been its own: one of two from its address (its older
    one, or that of another replica behind a gateway), or one that is named by a client's number alone.
    """

    phase: ReplicaPhase
    start: Point
    end: Point | None = None
    unsure: Point | None = None


@attrs.frozen
class Attempt:
    """One try of a replica to get in sync, from connecting to its end.

    Attempts that failed alike before anything was granted are one: ``count`` of them from ``start`` on,
    the last beginning at ``last_start``. ``received`` is where a thread of its own had the whole snapshot (Valkey
    9.0+), which is loaded later. ``headless`` is one that the capture begins in: ``start`` is then the first line
    of it that is there.
    """

    start: Point
    primary: Address | None
    asked: Point | None = None
    requested: tuple[str, int] | None = None
    why: tuple[str, Point] | None = None
    kind: Literal["full", "partial"] | None = None
    granted: Point | None = None
    replid: str | None = None
    offset: int | None = None
    receiving: Point | None = None
    bytes: int | None = None
    received: Point | None = None
    loading: Point | None = None
    finished: Point | None = None
    failed: Point | None = None
    count: int = 1
    last_start: Point | None = None
    headless: bool = False

    @property
    def points(self) -> tuple[Point, ...]:
        """All that happened in it, in order."""
        found = (
            self.start,
            self.asked,
            self.granted,
            self.receiving,
            self.received,
            self.loading,
            self.finished,
            self.failed,
        )
        return tuple(point for point in found if point is not None)


@attrs.frozen
class Service:
    """One sync that a primary served, from the request to its end.

    ``delayed`` is where the diskless delay began; ``granted`` is the line after which the replica was
    answered; ``channel`` and ``channel_end`` are the request on a second channel, and where that was closed, ``main``
    the third request, of the stream, which Valkey's replica makes once it knows where its snapshot ends
    (``streams_apart``);
    ``bgsave`` where its snapshot began; ``streamed`` where a diskless transfer was complete.
    ``headless`` is one whose request is not there: ``asked`` is then its first line that is. ``anew`` is one
    that was asked for without any history to go on from.
    """

    replica: Peer
    asked: Point
    kind: Literal["full", "partial"] | None = None
    why: tuple[str, Point] | None = None
    requested_offset: int | None = None
    requested_replid: str | None = None
    anew: bool = False
    two_channels: bool = False
    streams_apart: bool = False
    channel: Point | None = None
    main: Point | None = None
    channel_end: Point | None = None
    attached: bool = False
    delayed: Point | None = None
    granted: Point | None = None
    bgsave: Point | None = None
    diskless: bool | None = None
    bgsave_done: Point | None = None
    streamed: Point | None = None
    online: Point | None = None
    bytes: int | None = None
    failed: Point | None = None
    headless: bool = False

    @property
    def points(self) -> tuple[Point, ...]:
        """All that happened in it, in order."""
        found = (
            self.asked,
            self.why[1] if self.why else None,
            self.delayed,
            self.granted,
            self.bgsave,
            self.bgsave_done,
            self.streamed,
            self.online,
            self.failed,
        )
        return tuple(point for point in found if point is not None)


@attrs.frozen
class MigrationPart:
    """What one server's log says of a slot migration: ``name`` is its ID, the same in all logs.

    ``side`` is the end that the server is, None of a replica, which only sees what its primary does; ``source`` and
    ``target`` are node IDs as far as lines name them; ``first`` is the first line of it.
    """

    name: str
    slots: str
    first: Point
    side: Side | None = None
    source: str | None = None
    target: str | None = None
    started: Point | None = None
    paused: Point | None = None
    ended: Point | None = None
    outcome: Outcome = "open"
    reason: str | None = None

    @property
    def points(self) -> tuple[Point, ...]:
        """All that happened in it, in order."""
        found = (self.started or self.first, self.paused, self.ended)
        return tuple(point for point in found if point is not None)


@attrs.frozen
class Lineage:
    """A replication ID that the server held or was given, from a line on."""

    start: Point
    replid: str
    replid2: str | None = None
    offset: int | None = None


@attrs.frozen
class Gap:
    """An event that was not expected where it stands: lines before it are missing."""

    point: Point
    phase: str


def subject_of(event: Event) -> tuple[str, ...]:
    """What an event is about, beginning with its key, so that only those about the same thing are one series."""
    cls: Any = type(event)
    values = [(name, getattr(event, name)) for name in _subjects(cls)]
    about = (
        value.addr.host if name == "client" else str(value)
        for name, value in values
        if value is not None and (name != "client" or value.addr is not None)
    )
    return (event.key, *about)


@cache
def _subjects(cls: Any) -> tuple[str, ...]:
    """The fields of a class that say what its events are about."""
    return tuple(name for name in _ABOUT if hasattr(cls, name))


@attrs.frozen
class Incident:
    """A notable event, or several of one key in a row: ``count`` of them from ``first`` to ``last``.

    ``period`` is the mean time between two of them, in seconds, None for a single one.
    """

    first: Point
    last: Point
    count: int = 1

    @property
    def key(self) -> str:
        """The key of its message."""
        return self.first.event.key

    def up_to(self, later: Incident) -> Incident:
        """It and a later one as one."""
        return Incident(self.first, later.last, self.count + later.count)

    @property
    def subject(self) -> tuple[str, ...]:
        """What it is about: incidents of one subject are one series."""
        return subject_of(self.first.event)

    @property
    def period(self) -> float | None:
        """Mean time from one to the next, in seconds."""
        return (self.last.time - self.first.time) / (self.count - 1) if self.count > 1 else None


@attrs.frozen
class Jump:
    """A line that is stamped ``seconds`` before the line above it: the clock was set back."""

    before: Point
    event: Event
    seconds: float


@attrs.frozen
class NodeHistory:
    """All that one server's log says of its replication."""

    name: str
    first: Point | None
    last: Point | None
    lines: int
    runs: tuple[Run, ...]
    roles: tuple[RoleSpan, ...]
    links: tuple[LinkSpan, ...]
    attempts: tuple[Attempt, ...]
    replicas: dict[Peer, tuple[ReplicaSpan, ...]]
    services: tuple[Service, ...]
    lineage: tuple[Lineage, ...]
    gaps: tuple[Gap, ...]
    points: tuple[Point, ...]
    incidents: tuple[Incident, ...] = ()
    jumps: tuple[Jump, ...] = ()
    migrations: tuple[MigrationPart, ...] = ()

    @property
    def in_cluster(self) -> bool:
        """Whether it is a node of a Cluster, as far as its log shows it."""
        modes = {run.mode for run in self.runs}
        return "cluster" in modes or any(incident.key.startswith("cluster.") for incident in self.incidents)


_Span = TypeVar("_Span", RoleSpan, LinkSpan, ReplicaSpan)


def time_of(point: Point | None) -> float | None:
    """When something was printed, in seconds of its server's clock; None of a line that lost its time."""
    return point.time if point is not None and point.event.stamp is not None else None


def span_at(spans: tuple[_Span, ...], time: float) -> _Span | None:
    """The span that holds an instant, the last one that began at or before it."""
    found = None
    for span in spans:
        if span.start.time > time:
            break
        found = span
    return found


def run_at(runs: tuple[Run, ...], time: float) -> Run | None:
    """The life of the process that holds an instant, or the one that ended before it."""
    found = None
    for run in runs:
        if run.first.time > time:
            break
        found = run
    return found
