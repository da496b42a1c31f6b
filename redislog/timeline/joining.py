"""The join of many servers' histories: identity, clocks, resyncs, roles, failovers and order."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property

import attrs

from redislog.events.base import Event
from redislog.evidence import Evidence, evidence_of
from redislog.hints import Hint
from redislog.hints.endings import Ending
from redislog.node.history import NodeHistory, Point
from redislog.timeline.clocks import Interval, causes
from redislog.timeline.dating import Dating
from redislog.timeline.deaths import Death, deaths_of
from redislog.timeline.failovers import all_failovers
from redislog.timeline.identity import Identity, Offset, identify
from redislog.timeline.marks import Mark
from redislog.timeline.migrations import all_migrations
from redislog.timeline.moving import with_moved
from redislog.timeline.observers import Observer
from redislog.timeline.order import Place, in_true_order
from redislog.timeline.resyncs import all_resyncs
from redislog.timeline.routes import all_routes
from redislog.timeline.spans import Held, held_addresses
from redislog.timeline.stated import stated_addresses
from redislog.timeline.values import ClockOffset, Failover, Resync, RoleChange, Route, SlotMigration
from redislog.timeline.votes import Fact, known_order, obeyed_addresses, offsets_of
from redislog.timeline.watchers import Watchers
from redislog.values import Address

_SENTINEL, _WATCHER = " (Sentinel)", " (watcher)"
"""What the streams of those are called who may share the name of a server."""


@attrs.frozen
class Told:
    """A line that changed something, whose log it is in, and when that was on the reference's clock."""

    event: Event
    node: str
    at: datetime | None


@attrs.frozen
class Joined:
    """What many servers' logs say together. ``reference`` is the node on whose clock instants are given.

    ``deaths`` are the ends of their processes that others tell: the host, Docker, Kubernetes.
    """

    nodes: Mapping[str, NodeHistory]
    identity: Identity
    reference: str | None
    clocks: tuple[ClockOffset, ...]
    resyncs: tuple[Resync, ...]
    roles: tuple[RoleChange, ...]
    failovers: tuple[Failover, ...]
    story: tuple[Told, ...]
    observers: Mapping[str, Observer]
    watchers: Watchers
    routes: tuple[Route, ...]
    migrations: tuple[SlotMigration, ...]
    deaths: tuple[Death, ...] = ()

    @property
    def events(self) -> tuple[Event, ...]:
        """The events that changed something, no effect before its cause."""
        return tuple(told.event for told in self.story)

    def shift(self, name: str) -> float:
        """A node's clock minus the reference's, in seconds, as far as it is known; 0 where it is not.

        A Sentinel that nothing joins with a server is taken to have the clock that most servers have.
        """
        clock = self._clock_of.get(name)
        known = clock.estimate if clock is not None else 0.0
        if name in self.observers and name not in self.nodes and self._bounds(name)[0] in self.observers:
            return known + self._usual
        return known

    @cached_property
    def _clock_of(self) -> dict[str, ClockOffset]:
        return {clock.node: clock for clock in reversed(self.clocks)}

    @cached_property
    def _usual(self) -> float:
        """The middle of the servers' clocks minus the reference's; of two, the reference's own."""
        shifts = sorted(self.shift(name) for name in self.nodes)
        middle = shifts[(len(shifts) - 1) // 2 : len(shifts) // 2 + 1]
        return min(middle, key=abs, default=0.0)

    @cached_property
    def dating(self) -> Dating:
        """How a log's own times are told on the reference's clock."""
        return Dating({clock.node: clock.estimate for clock in self.clocks})

    def apart(self, name: str, other: str) -> Interval:
        """What a node's clock minus another's may be; everything where nothing joins them."""
        reference, ours = self._bounds(name)
        its_reference, its = self._bounds(other)
        if reference != its_reference:
            return Interval()
        return Interval(ours.low - its.high, ours.high - its.low)

    def _bounds(self, name: str) -> tuple[str, Interval]:
        """The node on whose clock another's offset is known, and the offset."""
        clock = self._clock_of.get(name)
        if clock is None:
            return name, Interval(0.0, 0.0)
        low = -math.inf if clock.low is None else clock.low
        return clock.reference, Interval(low, math.inf if clock.high is None else clock.high)

    def addresses(self, name: str) -> tuple[Address, ...]:
        """The addresses that a node is, or was, known by."""
        return tuple(self.identity.addresses_of(name))

    def known_as(self, name: str, by: str) -> tuple[Address, ...]:
        """The addresses by which one node's log means another node."""
        owner = self.identity.owner_of
        return tuple(each for each in self.identity.addresses_of(name) if owner(each, by) == name)

    def held(self, name: str, time: float = math.inf) -> tuple[Held, ...]:
        """The addresses that a node is known by up to a time on its own clock, and until when."""
        return tuple(held_addresses(self.nodes, self.identity, name, time))

    def name_of(self, address: Address, by: str | None = None) -> str:
        """The node that an address belongs to, or the address where no node is known by it.

        ``by`` is the node whose log names it: another network may have the same addresses.
        """
        return self.identity.owner_of(address, by) or str(address)

    def met(self, address: Address, by: str, order: int) -> str:
        """The node that a log means by an address at one of its lines; behind a Service it may be another each time."""
        return self.identity.met(address, by, order) or str(address)


def join(
    histories: Iterable[NodeHistory],
    hints: Iterable[Hint] = (),
    observers: Iterable[Observer] = (),
    watchers: Watchers | None = None,
    endings: Iterable[Ending] = (),
    captures: Mapping[str, str] | None = None,
) -> Joined:
    """Join the histories of several servers, and what watchers saw of them; their order changes nothing."""
    nodes = {history.name: history for history in sorted(histories, key=lambda history: history.name)}
    watching = {observer.name: observer for observer in sorted(observers, key=lambda each: each.name)}
    known = (*stated_addresses(nodes), *hints)
    identity = identify(nodes.values(), known)
    if more := tuple(obeyed_addresses(nodes, watching, identity)):
        identity = identify(nodes.values(), (*known, *more))
    identity = with_moved(nodes, identity)
    reference = _reference(nodes)
    order = known_order(nodes, watching, identity)
    clocks = tuple(_offsets(nodes, watching, {**identity.offsets, **offsets_of(order)}))
    shift = {clock.node: clock.estimate for clock in clocks}
    dating = Dating(shift)
    others = watchers or Watchers()
    return Joined(
        nodes=nodes,
        identity=identity,
        reference=reference,
        clocks=clocks,
        resyncs=all_resyncs(nodes, identity, dating),
        roles=tuple(_roles(nodes, dating)),
        failovers=all_failovers(nodes, watching, identity, dating),
        story=tuple(
            _in_order(nodes, watching, others, shift, [*_happened_before(nodes, identity), *_told(order)])
        ),
        observers=watching,
        watchers=others,
        routes=tuple(all_routes(others.proxies, nodes, identity)),
        migrations=all_migrations(nodes, dating),
        deaths=deaths_of(nodes, endings, captures or {}),
    )


def _in_order(
    nodes: Mapping[str, NodeHistory],
    observers: Mapping[str, Observer],
    watchers: Watchers,
    shift: Mapping[str, float],
    causes: Iterable[tuple[Place, Place]],
) -> Iterator[Told]:
    """The lines of all logs that changed something; a pod's containers may go by one name, and have one clock."""
    streams: dict[str, Iterable[Point]] = {name: history.points for name, history in nodes.items()}
    streams |= {_stream(name): observer.points for name, observer in observers.items()}
    streams |= {f"{each.name}{_WATCHER}": tuple(_timed(each.marks)) for each in watchers.all}
    clocks = {**shift, **{_stream(name): shift.get(name, 0.0) for name in observers}}
    dating = Dating(clocks)
    for name, point in in_true_order(streams, clocks, causes):
        at = dating.when(point, name) or point.event.collected
        yield Told(point.event, name.removesuffix(_SENTINEL).removesuffix(_WATCHER), at)


def _stream(sentinel: str) -> str:
    return f"{sentinel}{_SENTINEL}"


def _told(facts: Iterable[Fact]) -> Iterator[tuple[Place, Place]]:
    """What Sentinels' words show to have been printed before what."""
    for fact in facts:
        first, then = (
            (_stream(name) if point.event.flag == "X" else name, point.order)
            for name, point in (fact.before, fact.after)
        )
        yield first, then


def _timed(marks: Iterable[Mark]) -> Iterator[Point]:
    """The lines of a watcher that have a time; the others have no place among those of servers."""
    for mark in marks:
        if mark.time is not None:
            yield Point(mark.time, mark.order, mark.event)


def _reference(nodes: Mapping[str, NodeHistory]) -> str | None:
    """The earliest primary, or the first source."""
    return next(iter(_in_order_of_roles(nodes)), None)


def _offsets(
    nodes: Mapping[str, NodeHistory],
    observers: Mapping[str, Observer],
    offsets: Mapping[tuple[str, str], Offset],
) -> Iterator[ClockOffset]:
    """The offset of every node and Sentinel from the reference, over as many joins as are needed.

    Those that nothing joins with the reference have one of their own.
    """
    waiting = dict.fromkeys(_in_order_of_roles(nodes))
    watching = dict.fromkeys(observers)
    near = _neighbours(offsets)
    while waiting or watching:
        reference = next(iter(waiting), None) or next(iter(watching))
        known = _offsets_from(reference, near)
        for name in known:
            waiting.pop(name, None)
            watching.pop(name, None)
        for name, offset in sorted(known.items(), key=lambda item: item[0]):
            if name != reference:
                yield _clock(name, reference, offset)


def _in_order_of_roles(nodes: Mapping[str, NodeHistory]) -> list[str]:
    """The primaries in the order in which they became that, then the others."""
    begun = {
        name: min((span.start.time for span in history.roles if span.role == "primary"), default=math.inf)
        for name, history in nodes.items()
    }
    primaries = sorted(
        (name for name in nodes if begun[name] < math.inf), key=lambda name: (begun[name], name)
    )
    return [*primaries, *(name for name in nodes if begun[name] == math.inf)]


def _neighbours(offsets: Mapping[tuple[str, str], Offset]) -> dict[str, list[tuple[str, Offset]]]:
    """For each node those that it is joined with, and their clocks minus its own."""
    found: dict[str, list[tuple[str, Offset]]] = {}
    for (replica, primary), offset in sorted(offsets.items(), key=lambda item: item[0]):
        found.setdefault(primary, []).append((replica, offset))
        found.setdefault(replica, []).append((primary, offset.reversed))
    return found


def _offsets_from(reference: str, near: Mapping[str, list[tuple[str, Offset]]]) -> dict[str, Offset]:
    """The offsets of all nodes that are joined with one, its own too."""
    known: dict[str, Offset] = {reference: Offset(Interval(0.0, 0.0), 0.0)}
    waiting = [reference]
    while waiting:
        center = waiting.pop(0)
        for other, offset in near.get(center, ()):
            if other not in known:
                known[other] = _added(known[center], offset)
                waiting.append(other)
    return known


def _clock(name: str, reference: str, offset: Offset) -> ClockOffset:
    interval = offset.interval
    low = None if interval.low == -math.inf else interval.low
    high = None if interval.high == math.inf else interval.high
    return ClockOffset(name, reference, low, high, offset.likely, _interval_evidence(interval))


def _added(base: Offset, step: Offset) -> Offset:
    """The offset from the reference by way of another node."""
    low = round(base.interval.low + step.interval.low, 6)
    high = round(base.interval.high + step.interval.high, 6)
    lines = step.interval.low_lines, step.interval.high_lines
    return Offset(Interval(low, high, *lines), round(base.likely + step.likely, 6))


def _interval_evidence(interval: Interval) -> tuple[Evidence, ...]:
    lines = (*(interval.low_lines or ()), *(interval.high_lines or ()))
    return evidence_of(*(point.event for point in lines))


def _happened_before(nodes: Mapping[str, NodeHistory], identity: Identity) -> Iterator[tuple[Place, Place]]:
    for (replica, attempt), (primary, service) in identity.joins.items():
        facts = causes(nodes[replica].attempts[attempt], nodes[primary].services[service])
        for its_line, primary_line, replica_first in facts:
            places = (replica, its_line.order), (primary, primary_line.order)
            yield places if replica_first else places[::-1]


def _roles(nodes: Mapping[str, NodeHistory], dating: Dating) -> Iterator[RoleChange]:
    for name, history in nodes.items():
        for span in history.roles:
            yield RoleChange(
                node=name,
                role=span.role,
                start=dating.when(span.start, name),
                end=dating.when(span.end, name),
                basis="deduced" if span.deduced else "stated",
                evidence=evidence_of(span.start.event, span.end.event if span.end else None),
            )
