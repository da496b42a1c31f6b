"""Replication groups: who follows whom, and who shares one history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from redislog.grammar.stamps import seconds
from redislog.node.history import Lineage, span_at
from redislog.timeline.values import Resync
from redislog.topology.instant import Instant
from redislog.topology.observed import watched
from redislog.topology.values import NodeState
from redislog.values import Address

_NO_HISTORY = "0" * 40


@attrs.frozen
class Members:
    """The servers of one group at an instant, and the resyncs of its replicas up to then.

    ``taken`` are the addresses that belong to some server whose log is there, whichever it is; ``doubles`` those
    that may be a primary's whose log is there.
    """

    states: tuple[NodeState, ...]
    resyncs: tuple[Resync, ...]
    taken: frozenset[str] = frozenset()
    doubles: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """The servers' names, in order."""
        return tuple(state.name for state in self.states)

    @property
    def primaries(self) -> tuple[NodeState, ...]:
        """The primaries that run, or that may run where none is known to.

        An address that may be one of the others is not told of as one more.
        """
        possible = [state for state in self.states if state.role == "primary" and state.running is not False]
        found = [state for state in possible if state.running] or possible
        others = [state for state in found if state.name not in self.doubles]
        return tuple(others or found)

    @property
    def replicas(self) -> tuple[NodeState, ...]:
        """The servers in the role of replica."""
        return tuple(state for state in self.states if state.role == "replica")

    @property
    def distinct(self) -> tuple[NodeState, ...]:
        """The servers without those addresses that are one of the others for sure, whichever it is."""
        names = set(self.names)
        return tuple(
            state
            for state in self.states
            if not (state.name in self.taken and state.candidates and names.issuperset(state.candidates))
        )

    @property
    def replica_count(self) -> int:
        """How many replicas there are; of an address that may be a node whose log is there, only one counts."""
        doubles = {
            node for state in self.replicas if state.name in state.addresses for node in state.candidates
        }
        return len(self.replicas) - len(doubles & set(self.names))


def groups(instant: Instant, states: dict[str, NodeState], resyncs: Iterable[Resync]) -> list[Members]:
    """The groups at an instant, in order of their first names."""
    leader = {name: name for name in states}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    def unite(one: str, other: str) -> None:
        if one in leader and other in leader:
            first, last = sorted((find(one), find(other)))
            leader[last] = first

    for state in states.values():
        for other in (state.primary, state.detached_from):
            if other is not None:
                unite(state.name, other)
        for candidate in state.candidates:
            unite(state.name, candidate)
    for primary, replica in _claims(instant, states):
        unite(primary, replica)
    for together in _watched_together(instant, states):
        for name in together[1:]:
            unite(together[0], name)
    for history_of in (*_shared_histories(instant, states), *_heirs(instant)):
        for name in history_of[1:]:
            unite(history_of[0], name)
    by_leader: dict[str, list[NodeState]] = {}
    for name, state in states.items():
        by_leader.setdefault(find(name), []).append(state)
    known = tuple(resyncs)
    taken = frozenset(map(str, instant.joined.identity.taken))
    return [
        Members(
            tuple(members),
            tuple(resync for resync in known if resync.replica in {m.name for m in members}),
            taken,
            _doubles(instant, members),
        )
        for _, members in sorted(by_leader.items())
    ]


def _doubles(instant: Instant, members: list[NodeState]) -> frozenset[str]:
    """The addresses that may be of a primary of the group whose log is there: it names them as no other server."""
    primaries = {state.name: state for state in members if state.role == "primary"}
    found = set()
    for history in instant.nodes:
        own = primaries.get(history.name)
        if own is None:
            continue
        others = {str(each.primary) for each in history.attempts} | set(map(str, history.replicas))
        found |= {
            name
            for name, state in primaries.items()
            if name in state.addresses
            and (history.name in state.candidates or not (own.addresses or name in others))
        }
    return frozenset(found)


def _claims(instant: Instant, states: dict[str, NodeState]) -> Iterator[tuple[str, str]]:
    """Which primary serves which replica, by the primary's own log."""
    for history in instant.nodes:
        if states[history.name].running is False:
            continue
        for peer, spans in history.replicas.items():
            span = span_at(spans, instant.on(history.name))
            if span is not None and span.phase != "gone" and isinstance(peer, Address):
                yield history.name, instant.joined.name_of(peer)


def _watched_together(instant: Instant, states: dict[str, NodeState]) -> Iterator[list[str]]:
    """The servers of each group that a Sentinel monitors, as far as it saw them in it."""
    for observer in instant.observers:
        for _, primary, sights in watched(instant, observer):
            seen = [primary, *(sight.address for sight in sights if sight.role != "unknown")]
            names = dict.fromkeys(instant.joined.name_of(address) for address in seen)
            yield [name for name in names if name in states]


def _shared_histories(instant: Instant, states: dict[str, NodeState]) -> list[list[str]]:
    """Primaries with a replication ID in common, of those that they hold and those that these continue.

    In a Cluster that says nothing: a replica may go to the primary of other slots, and be elected in its place
    before it copied anything (``cluster.c:clusterHandleSlaveMigration``).
    """
    holders: dict[str, list[str]] = {}
    for history in instant.nodes:
        if states[history.name].role == "primary" and not history.in_cluster:
            held = [each for each in history.lineage if each.start.time <= instant.on(history.name)]
            for replid in _ancestry(held):
                holders.setdefault(replid, []).append(history.name)
    return [names for names in holders.values() if len(names) > 1]


def _heirs(instant: Instant) -> list[list[str]]:
    """Each node of a Cluster that was promoted last, with the primary whose slots it took over."""
    heirs: dict[str, list[str]] = {}
    for failover in instant.joined.failovers:
        history = instant.joined.nodes.get(failover.node)
        at = failover.promoted.at if failover.promoted is not None else None
        if history is None or not history.in_cluster or failover.old_primary is None or at is None:
            continue
        if seconds(at) <= instant.on(failover.node):
            heirs[failover.node] = [failover.node, failover.old_primary]
    return list(heirs.values())


def _ancestry(held: list[Lineage]) -> list[str]:
    """The last replication ID, the one that it continued, and so on back."""
    found: list[str] = []
    for lineage in reversed(held):
        if not found or lineage.replid == found[-1]:
            found += [lineage.replid] if not found else []
            if lineage.replid2 and lineage.replid2 != _NO_HISTORY and lineage.replid2 != found[-1]:
                found.append(lineage.replid2)
    return found
