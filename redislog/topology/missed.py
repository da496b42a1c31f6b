"""Servers whose logs are there and ended, and that Sentinels or other nodes of a Cluster have not reached since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from redislog.evidence import evidence_of
from redislog.node.history import NodeHistory, Point, span_at
from redislog.timeline.cluster import own_ids
from redislog.timeline.observers import Down, Observer
from redislog.timeline.values import Basis
from redislog.topology.instant import Instant
from redislog.topology.values import NodeState
from redislog.values import Address

States = dict[str, NodeState]
_LONG_AGO = 60.0
"""Seconds after which a server that a quorum does not reach, and that prints nothing, is held for stopped."""
_FAILED = {"cluster.node-failing": "node", "cluster.fail-message": "about"}
_CLEARED = {"cluster.node-fail-cleared": "node", "cluster.node-fail-cleared-primary": "node"}
"""What nodes of a Cluster say of one that a majority does not reach, and the field that holds its ID."""


@attrs.frozen
class _Miss:
    """A line after which a server was not reached: who said so, how long ago, and whether a quorum agreed.

    ``sure`` is False where it may be another server that was not reached: nothing tells this one's address.
    """

    teller: str
    point: Point
    ago: float
    agreed: bool
    sure: bool = True


def missed(instant: Instant, states: States) -> States:
    """What becomes of the servers that were not reached after their last lines: perhaps they are down.

    One that a quorum has not reached for long is. That a Sentinel or a node of a Cluster does not reach a server
    says no more: it may be frozen or cut off. Where another server's link to it lasts, it is the Sentinel that is;
    where it has surely printed since, it is the server.
    """
    found = {}
    for history in instant.nodes:
        state = states[history.name]
        if state.running is not True or history.last is None or _is_linked(instant, states, history):
            continue
        misses = [
            miss
            for miss in (*_by_sentinels(instant, history, state), *_by_cluster(instant, history))
            if miss.point.time + instant.joined.apart(history.name, miss.teller).high > history.last.time
        ]
        if misses:
            found[history.name] = _not_reached(instant, history, state, misses)
    return found


def _is_linked(instant: Instant, states: States, history: NodeHistory) -> bool:
    """Whether another server's log says that it has a link with this one, and that it was not lost."""
    if any(
        other.primary == history.name and other.link == "connected" and other.running
        for other in states.values()
    ):
        return True
    spans = [
        span_at(other.replicas.get(address, ()), instant.on(other.name))
        for address in instant.joined.addresses(history.name)
        for other in instant.nodes
        if states[history.name].primary == other.name and states[other.name].running
    ]
    return any(span is not None and span.phase == "online" and span.unsure is None for span in spans)


def _not_reached(instant: Instant, history: NodeHistory, state: NodeState, misses: list[_Miss]) -> NodeState:
    last = history.last.time if history.last is not None else 0.0
    stopped = [
        miss
        for miss in misses
        if miss.sure and miss.agreed and miss.ago > _LONG_AGO
        if miss.point.time + instant.joined.apart(history.name, miss.teller).low > last
    ]
    changed: dict[str, Any] = {"running": False if stopped else None}
    if stopped and state.role == "replica":
        changed["in_sync"] = False
    lines = evidence_of(*(miss.point.event for miss in stopped or misses))
    basis: Basis = "deduced" if stopped else "unknown"
    return attrs.evolve(
        state,
        **changed,
        basis={**state.basis, **dict.fromkeys(changed, basis)},
        because={**state.because, **dict.fromkeys(changed, lines)},
    )


def _by_sentinels(instant: Instant, history: NodeHistory, state: NodeState) -> Iterator[_Miss]:
    """The Sentinels that hold a server for down, or one that it may be: since when they have not reached it.

    A primary that another one replaced is held for down anew, as a replica: that is no news.
    """
    for observer in instant.observers:
        now = instant.on(observer.name)
        until = min(now, observer.last.time if observer.last is not None else now)
        downs: dict[tuple[str, Address], list[Down]] = {}
        for down in observer.downs:
            if down.start.time <= now and down.kind != "sentinel" and not _reached_since(observer, down, now):
                downs.setdefault((down.group, down.address), []).append(down)
        for (_, address), its in downs.items():
            owner = instant.joined.identity.owner.get(address)
            may_be = owner is None and not state.addresses and _may_be(history, state, its[0])
            if owner == history.name or may_be:
                agreed = next((down.objective for down in its if down.objective is not None), None)
                since = its[0].start
                ago = until - (agreed or since).time
                yield _Miss(observer.name, since, ago, agreed is not None, sure=not may_be)


def _may_be(history: NodeHistory, state: NodeState, down: Down) -> bool:
    """Whether a server whose address is not known may be the one that a Sentinel holds for down."""
    ports = {run.port for run in history.runs} - {None}
    return state.role == down.kind and (not ports or down.address.port in ports)


def _reached_since(observer: Observer, down: Down, now: float) -> bool:
    return any(
        sight.running
        and (sight.group, sight.address) == (down.group, down.address)
        and down.start.order < sight.point.order
        and sight.point.time <= now
        for sight in observer.sights
    )


def _by_cluster(instant: Instant, history: NodeHistory) -> Iterator[_Miss]:
    """The nodes of a Cluster that hold a server for failed: a majority of the primaries does not reach it."""
    ids = own_ids(instant.joined.nodes)
    for teller in instant.nodes:
        now = instant.on(teller.name)
        until = min(now, teller.last.time if teller.last is not None else now)
        failed: dict[str, Point] = {}
        for incident in sorted(teller.incidents, key=lambda incident: incident.last.order):
            point: Point = incident.last
            event: Any = point.event
            if point.time <= now and incident.key in _FAILED:
                failed[getattr(event, _FAILED[incident.key])] = point
            elif point.time <= now and incident.key in _CLEARED:
                failed.pop(getattr(event, _CLEARED[incident.key]), None)
        for node, point in failed.items():
            if ids.get(node, ("", None))[0] == history.name:
                yield _Miss(teller.name, point, until - point.time, agreed=True)
