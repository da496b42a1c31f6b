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
    """A line after which a server was not reached: who said so, for how long, and whether a quorum agreed.

    ``name`` is None where nothing tells which server is at ``address``: one that was in the role ``kind``.
    """

    teller: str
    point: Point
    seconds: float
    agreed: bool
    name: str | None
    address: Address | None = None
    kind: str | None = None


def missed(instant: Instant, states: States) -> States:
    """What becomes of the servers that were not reached after their last lines: perhaps they are down.

    One that a quorum has not reached for long is. That a Sentinel or a node of a Cluster does not reach a server
    says no more: it may be frozen or cut off. Where another server's link to it lasts, it is the Sentinel that is;
    where it has surely printed since, it is the server.
    """
    misses = [*_by_sentinels(instant), *_by_cluster(instant)]
    found = {}
    for history in instant.nodes if misses else ():
        state = states[history.name]
        if state.running is not True or history.last is None or _is_linked(instant, states, history):
            continue
        its = [
            miss
            for miss in misses
            if miss.name == history.name or (miss.name is None and _may_be(history, state, miss))
            if miss.point.time + instant.joined.apart(history.name, miss.teller).high > history.last.time
        ]
        if its:
            found[history.name] = _not_reached(instant, state, history.last, its)
    return found


def _may_be(history: NodeHistory, state: NodeState, miss: _Miss) -> bool:
    """Whether a server whose address is not known may be the one that a Sentinel holds for down."""
    ports = {run.port for run in history.runs} - {None}
    at_port = not ports or (miss.address is not None and miss.address.port in ports)
    return not state.addresses and state.role == miss.kind and at_port


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


def _not_reached(instant: Instant, state: NodeState, last: Point, misses: list[_Miss]) -> NodeState:
    stopped = [
        miss
        for miss in misses
        if miss.name is not None and miss.agreed and miss.seconds > _LONG_AGO
        if miss.point.time + instant.joined.apart(state.name, miss.teller).low > last.time
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


def _by_sentinels(instant: Instant) -> Iterator[_Miss]:
    """The servers that a Sentinel holds for down, each since it was not reached any more.

    A primary that another one replaced is held for down anew, as a replica: that is no news.
    """
    for observer in instant.observers:
        until = instant.until(observer.name, observer.last)
        downs: dict[tuple[str, Address], list[Down]] = {}
        for down in observer.downs:
            if down.start.time <= until and down.kind != "sentinel":
                downs.setdefault((down.group, down.address), []).append(down)
        reached = _last_reached(observer, until)
        for place, all_downs in downs.items():
            its = [down for down in all_downs if down.start.order > reached.get(place, -1)]
            if not its:
                continue
            agreed = next((down.objective for down in its if down.objective is not None), None)
            since, address = its[0].start, place[1]
            yield _Miss(
                teller=observer.name,
                point=since,
                seconds=until - (agreed or since).time,
                agreed=agreed is not None,
                name=instant.joined.identity.owner.get(address),
                address=address,
                kind=its[0].kind,
            )


def _last_reached(observer: Observer, until: float) -> dict[tuple[str, Address], int]:
    """Where a Sentinel saw each server answer last."""
    return {
        (sight.group, sight.address): sight.point.order
        for sight in observer.sights
        if sight.running and sight.point.time <= until
    }


def _by_cluster(instant: Instant) -> Iterator[_Miss]:
    """The servers that a node of a Cluster holds for failed: a majority of the primaries does not reach them."""
    ids = own_ids(instant.joined.nodes)
    for teller in instant.nodes if ids else ():
        until = instant.until(teller.name, teller.last)
        failed: dict[str, Point] = {}
        for incident in sorted(teller.incidents, key=lambda incident: incident.last.order):
            point: Point = incident.last
            event: Any = point.event
            if point.time <= until and incident.key in _FAILED:
                failed[getattr(event, _FAILED[incident.key])] = point
            elif point.time <= until and incident.key in _CLEARED:
                failed.pop(getattr(event, _CLEARED[incident.key]), None)
        for node, point in failed.items():
            if node in ids:
                yield _Miss(teller.name, point, until - point.time, agreed=True, name=ids[node][0])
