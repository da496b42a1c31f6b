"""Sentinels' clocks: votes and the orders that servers obey bound them, as requests and answers do.

- A Sentinel stands for election before another votes for it in that epoch, and prints the vote when it has it
  (``sentinel.c:sentinelAskMasterStateToOtherSentinels``, ``sentinelVoteLeader``, ``sentinelReceiveIsMasterDownReply``).
- The leader selects a replica before that is promoted on its order, and prints the promotion when the replica's
  ``INFO`` shows it (``sentinelFailoverSendSlaveOfNoOne``, ``sentinelRefreshInstanceInfo``). Where servers hide their
  clients' names, the one promotion of a server in a whole log is that by the one election of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from redislog.hints import Hint
from redislog.node.history import NodeHistory, Point
from redislog.timeline.clocks import interval_of
from redislog.timeline.identity import Identity, Offset
from redislog.timeline.observers import Observer
from redislog.timeline.takeovers import TOGETHER


@attrs.frozen
class Fact:
    """A line of one log was printed before a line of another."""

    before: tuple[str, Point]
    after: tuple[str, Point]


def known_order(
    nodes: Mapping[str, NodeHistory], observers: Mapping[str, Observer], identity: Identity
) -> list[Fact]:
    """What must have been printed before what, of Sentinels' lines."""
    by_id = {observer.id[0]: observer for observer in observers.values() if observer.id is not None}
    facts = [fact for observer in by_id.values() for fact in _votes(observer, by_id)]
    return facts + [fact for observer in by_id.values() for fact in _orders(observer, nodes, identity)]


def _votes(leader: Observer, by_id: Mapping[str, Observer]) -> Iterator[Fact]:
    """Its own elections, and the votes of others in them."""
    own = leader.id[0] if leader.id is not None else ""
    for election in leader.elections:
        votes = {voter: point for voter, chosen, point in election.votes if chosen == own}
        if own not in votes:
            continue
        epoch = _epoch(votes[own])
        for voter, other in by_id.items():
            given = _vote(other, voter, own, epoch)
            if voter == own or given is None:
                continue
            yield Fact((leader.name, election.start), (other.name, given))
            if voter in votes and _epoch(votes[voter]) == epoch:
                yield Fact((other.name, given), (leader.name, votes[voter]))


def _vote(observer: Observer, voter: str, leader: str, epoch: int) -> Point | None:
    """Where a Sentinel says that it votes for another in an epoch."""
    found = [
        point
        for election in observer.elections
        for who, chosen, point in election.votes
        if (who, chosen) == (voter, leader) and _epoch(point) == epoch
    ]
    return found[0] if len(found) == 1 else None


def _epoch(point: Point) -> int:
    event: Any = point.event
    return int(event.epoch)


def obeyed_addresses(
    nodes: Mapping[str, NodeHistory], observers: Mapping[str, Observer], identity: Identity
) -> Iterator[Hint]:
    """Addresses of servers that were promoted on a Sentinel's order: the only one of both, at about one time.

    Both logs must begin with a start: in what is cut off there may be another.
    """
    for observer in observers.values():
        led = [each for each in observer.elections if each.promoted is not None]
        client = _client(observer)
        obeyed = [
            (name, point)
            for name, history in nodes.items()
            if history.runs and history.runs[0].start is not None
            for point in history.points
            if _is_by(point, client)
        ]
        if observer.id is None or len(led) != 1 or len(obeyed) != 1:
            continue
        (election,), ((name, point),) = led, obeyed
        if election.promoted is None or election.replica is None or identity.owner_of(election.replica):
            continue
        if abs(election.promoted.time - point.time) <= TOGETHER:
            yield Hint.of_line(name, election.replica, election.promoted.event, deduced=True)


def _client(observer: Observer) -> str:
    """What a Sentinel calls its connections (``sentinel.c:sentinelSetClientName``)."""
    return f"sentinel-{observer.id[0][:8]}-cmd" if observer.id is not None else ""


def _orders(leader: Observer, nodes: Mapping[str, NodeHistory], identity: Identity) -> Iterator[Fact]:
    """The one promotion of a server by the one election that promoted it."""
    client = _client(leader)
    for name, history in nodes.items():
        obeyed = [point for point in history.points if _is_by(point, client)] or _by_nobody_named(history)
        led = [
            (election.selected, election.promoted)
            for election in leader.elections
            if election.replica is not None and identity.owner_of(election.replica) == name
        ]
        complete = [(selected, promoted) for selected, promoted in led if selected and promoted]
        if len(obeyed) == 1 and len(led) == len(complete) == 1:
            selected, promoted = complete[0]
            yield Fact((leader.name, selected), (name, obeyed[0]))
            yield Fact((name, obeyed[0]), (leader.name, promoted))


def _is_by(point: Point, client: str) -> bool:
    record = getattr(point.event, "client", None)
    return point.event.key == "role.promoted" and record is not None and record.name == client


def _by_nobody_named(history: NodeHistory) -> list[Point]:
    """All promotions of a server whose log begins with a start, if clients hide their names in all of them."""
    promotions = [point for point in history.points if point.event.key.startswith("role.promoted")]
    records = [getattr(point.event, "client", None) for point in promotions]
    is_whole = bool(history.runs) and history.runs[0].start is not None
    hidden = is_whole and all(record is not None and record.hides_its_name for record in records)
    return promotions if hidden else []


def offsets_of(facts: list[Fact]) -> dict[tuple[str, str], Offset]:
    """What the facts say of each pair of clocks; nothing of a pair that they contradict each other on."""
    pairs: dict[tuple[str, str], list[tuple[Point, Point, bool]]] = {}
    for fact in facts:
        (before, first), (after, then) = fact.before, fact.after
        if before == after:
            continue
        if before < after:
            pairs.setdefault((before, after), []).append((first, then, True))
        else:
            pairs.setdefault((after, before), []).append((then, first, False))
    intervals = {pair: interval_of(its) for pair, its in pairs.items()}
    return {
        pair: Offset(each, 0.0 if 0.0 in each else each.middle)
        for pair, each in intervals.items()
        if not each.empty
    }
