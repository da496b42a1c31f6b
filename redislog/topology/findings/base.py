"""What every rule is given, and what it makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import attrs

from redislog.court.instant import Instant
from redislog.evidence import Evidence, evidence_of
from redislog.grammar.stamps import seconds
from redislog.node.history import Incident, NodeHistory, Point
from redislog.timeline.observers import Observer
from redislog.timeline.values import Resync
from redislog.topology.groups import Members
from redislog.topology.status import is_behind, loop_of
from redislog.topology.values import Finding, NodeState, Severity
from redislog.values import Address, Peer

Where = Callable[["View", NodeHistory, Incident], bool]
_LOOP = 3
"""Full resyncs in a row that make a loop."""


@attrs.frozen
class View:
    """An instant with the states, groups and resyncs that hold then."""

    instant: Instant
    states: dict[str, NodeState]
    groups: tuple[Members, ...]
    resyncs: tuple[Resync, ...]
    _loops: dict[str, list[Resync]] = attrs.field(factory=dict, init=False, eq=False, repr=False)
    _tellers: dict[int, str] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    @property
    def observers(self) -> list[Observer]:
        """The Sentinels that have printed something by then."""
        return self.instant.observers

    def time(self, name: str, point: Point) -> float:
        """When a line was printed, on the reference's clock."""
        return point.time - self.instant.joined.shift(name)

    def teller(self, point: Point) -> str:
        """The server or Sentinel whose log holds a line."""
        if not self._tellers:
            for name, points in self._logs():
                self._tellers.update((id(each.event), name) for each in points)
        return self._tellers.get(id(point.event), point.event.source or "")

    def _logs(self) -> Iterator[tuple[str, Iterable[Point]]]:
        for history in self.instant.joined.nodes.values():
            yield history.name, history.points
            yield history.name, (end for each in history.incidents for end in (each.first, each.last))
        for observer in self.instant.joined.observers.values():
            yield observer.name, observer.points

    def has_come(self, name: str, point: Point | None) -> bool:
        """Whether a line was printed by the instant."""
        return point is not None and point.time <= self.instant.on(name)

    def incidents(self, history: NodeHistory, *keys: str) -> list[Incident]:
        """A server's notable events up to the instant; a key that ends in ``.`` stands for its family."""
        families = tuple(key for key in keys if key.endswith("."))
        found = [
            incident
            for incident in history.incidents
            if (incident.key in keys or (families and incident.key.startswith(families)))
            and self.has_come(history.name, incident.first)
        ]
        return [
            each if self.has_come(history.name, each.last) else Incident(each.first, each.first)
            for each in found
        ]

    def every(self, *keys: str, where: Where | None = None) -> Iterator[tuple[NodeHistory, Incident]]:
        """The notable events of all servers, of those where something holds; a server's that are about the
        same thing are one, from the first to the last.
        """
        for history in self.instant.nodes:
            series: dict[tuple[str, ...], Incident] = {}
            for incident in self.incidents(history, *keys):
                if where is not None and not where(self, history, incident):
                    continue
                known = series.get(incident.subject)
                series[incident.subject] = incident if known is None else known.up_to(incident)
            for incident in series.values():
                yield history, incident

    def loop_of(self, state: NodeState) -> list[Resync]:
        """The full resyncs of a replica that follow each other, where they are a loop."""
        if state.name in self._loops:
            return self._loops[state.name]
        own = [resync for resync in self.resyncs if resync.replica == state.name]
        loop = loop_of(own)
        is_loop = is_behind(state) and len(loop) >= _LOOP
        return self._loops.setdefault(state.name, loop if is_loop else [])

    def in_sync(self, name: str) -> bool:
        """Whether a server is a replica in sync at the instant."""
        state = self.states.get(name)
        return state is not None and state.in_sync is True

    def is_well(self, name: str) -> bool:
        """Whether a server is a replica in sync at the instant, or a primary: what kept it behind is over."""
        state = self.states.get(name)
        return self.in_sync(name) or (state is not None and state.role == "primary")

    def named(self, host: str) -> str | None:
        """The server that is known by a host, where that is one only."""
        found = {
            name
            for name, state in self.states.items()
            if any(Address.parse(address).host == host for address in state.addresses)
        }
        return found.pop() if len(found) == 1 else None

    def name_of(self, peer: Peer) -> str:
        """The server that a primary names, or the address or client ID where none is known by it."""
        return self.instant.joined.name_of(peer) if isinstance(peer, Address) else str(peer)

    @property
    def end(self) -> float:
        """The instant, or the last line of any log, on the reference's clock."""
        ends = [(history.name, history.last) for history in self.instant.nodes]
        ends += [(observer.name, observer.last) for observer in self.observers]
        last = [self.time(name, point) for name, point in ends if point is not None]
        return min(self.instant.time, max(last, default=self.instant.time))


Check = Callable[[View], Iterable[Finding]]


@attrs.frozen
class Rule:
    """A rule: the code of what it finds, how bad that can be and when, and what it means.

    Findings of the severities in ``over`` tell of what is over at the instant. The documentation shows it.
    """

    code: str
    severities: tuple[Severity, ...]
    meaning: str
    check: Check
    over: tuple[Severity, ...] = ()

    def findings(self, view: View) -> Iterator[Finding]:
        """What it finds, each open or not."""
        for finding in self.check(view):
            dated = finding.dated(view) if isinstance(finding, Found) else finding
            yield attrs.evolve(dated, open=dated.open and dated.severity not in self.over)


def rule(
    code: str, severity: Severity, *more: Severity, meaning: str, over: tuple[Severity, ...] = ()
) -> Callable[[Check], Rule]:
    """Declare a rule; the function below it finds what the rule is about."""
    return lambda check: Rule(code, (severity, *more), meaning, check, over)


Proof = Point | Incident | Evidence | None


@attrs.frozen
class Found(Finding):
    """A finding whose times follow from the lines that prove it, where they are not given."""

    points: tuple[Point, ...] = ()

    def dated(self, view: View) -> Finding:
        """The finding itself, with its times on the reference's clock."""
        dating = view.instant.joined.dating
        times = [dating.when(each, view.teller(each)) for each in self.points]
        known = sorted((each for each in times if each is not None), key=seconds)
        values = {field.name: getattr(self, field.name) for field in attrs.fields(Finding)}
        if self.start is None and known:
            values |= {"start": known[0], "end": known[-1]}
        return Finding(**values)


def found(
    code: str, severity: Severity, nodes: Iterable[str | None], summary: str, advice: str, *proof: Proof
) -> Found:
    """A finding that begins with the first of the lines that prove it, and ends with the last."""
    return Found(
        code=code,
        severity=severity,
        nodes=tuple(dict.fromkeys(name for name in nodes if name)),
        start=None,
        end=None,
        summary=summary,
        advice=advice,
        evidence=tuple(dict.fromkeys(line for each in proof for line in _lines(each))),
        points=tuple(point for each in proof if isinstance(each, Point | Incident) for point in _ends(each)),
    )


def _ends(proof: Point | Incident) -> tuple[Point, ...]:
    return (proof,) if isinstance(proof, Point) else (proof.first, proof.last)


def _lines(proof: Proof) -> tuple[Evidence, ...]:
    if proof is None:
        return ()
    if isinstance(proof, Evidence):
        return (proof,)
    if isinstance(proof, Point):
        return evidence_of(proof.event)
    (line,) = evidence_of(proof.first.event)
    if proof.count == 1:
        return (line,)
    return (attrs.evolve(line, count=proof.count, last_line_number=proof.last.event.line_number),)


def times(count: int) -> str:
    """How often, in words.

    >>> times(1), times(3)
    ('once', '3 times')
    """
    return "once" if count == 1 else f"{count} times"


def span(seconds: float) -> str:
    """A length of time in seconds, with a tenth where that says more.

    >>> span(0.098), span(2), span(34.6)
    ('0.1 s', '2 s', '35 s')
    """
    return f"{seconds:.0f} s" if seconds >= 10 else f"{round(seconds, 1):g} s"


def size(count: float) -> str:
    """Bytes in a unit that configuration files take, rounded up.

    >>> size(900), size(3_500_000), size(2 << 30)
    ('1kb', '4mb', '2gb')
    """
    for unit, length in (("gb", 1 << 30), ("mb", 1 << 20)):
        if count >= length:
            return f"{-int(-count // length)}{unit}"
    return f"{max(1, -int(-count // 1024))}kb"


def while_behind(*, is_well: bool, otherwise: Literal["warning", "info"]) -> Severity:
    """Critical as long as the replica that it is about is not in sync, nor a primary."""
    return otherwise if is_well else "critical"
