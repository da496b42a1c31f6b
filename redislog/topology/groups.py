"""Replication groups: who follows whom, and who shares one history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from redislog.court.instant import Instant
from redislog.court.sentinels import watched
from redislog.evidence import evidence_of
from redislog.grammar.stamps import seconds
from redislog.node.history import Lineage, NodeHistory, span_at
from redislog.timeline.values import Resync
from redislog.topology.intent import intended
from redislog.topology.values import Bond, BondKind, Finding, GroupKind, NodeState
from redislog.values import Address

_NO_HISTORY = "0" * 40
_TELLING: tuple[BondKind, ...] = ("cluster", "sentinel", "workload", "proxy", "lineage", "address")


@attrs.frozen
class Members:
    """The servers of one group at an instant, and the resyncs of its replicas up to then.

    ``taken`` are the addresses that belong to some server whose log is there, whichever it is; ``doubles`` those
    that may be a primary's whose log is there. ``because`` is what joins them; ``alarms`` are the critical findings on
    them that are open; ``cluster`` is the Cluster of which they are a shard. ``unseen`` are the addresses that Sentinels
    list with them, and of which no line says more.
    """

    states: tuple[NodeState, ...]
    resyncs: tuple[Resync, ...]
    taken: frozenset[str] = frozenset()
    doubles: frozenset[str] = frozenset()
    because: tuple[Bond, ...] = ()
    alarms: tuple[Finding, ...] = ()
    cluster: str | None = None
    unseen: tuple[str, ...] = ()

    @property
    def kind(self) -> GroupKind:
        """The most telling of its bonds."""
        if self.cluster is not None:
            return "cluster"
        kinds = {bond.kind for bond in self.because}
        return next((kind for kind in _TELLING if kind in kinds), "server")

    @property
    def name(self) -> str | None:
        """What people call it, None where nothing names it."""
        return next((bond.name for bond in self.because if bond.name is not None), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The servers' names, in order."""
        return tuple(state.name for state in self.states)

    @property
    def possible(self) -> tuple[NodeState, ...]:
        """The primaries that are not known to be down.

        An address that may be one of the others is not told of as one more.
        """
        found = [state for state in self.states if state.role == "primary" and state.running is not False]
        return tuple([state for state in found if state.name not in self.doubles] or found)

    @property
    def primaries(self) -> tuple[NodeState, ...]:
        """The primaries that are known to run."""
        return tuple(state for state in self.possible if state.running)

    @property
    def primary(self) -> str | None:
        """The one primary that runs; where none is known to, the one that may."""
        found = self.primaries or self.possible
        return found[0].name if len(found) == 1 else None

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
        """How many replicas there are; of an address that may be a node whose log is there, only one counts, unless that
        node is known by another address.
        """
        doubles = {
            node for state in self.replicas if state.name in state.addresses for node in state.candidates
        }
        return len(self.replicas) - sum(
            state.name in doubles and not state.addresses for state in self.states
        )


def groups(instant: Instant, states: dict[str, NodeState], resyncs: Iterable[Resync]) -> list[Members]:
    """The groups at an instant, in order of their first names: servers that a bond joins belong together."""
    bonds = [
        attrs.evolve(bond, nodes=names)
        for bond in _bonds(instant, states)
        if len(names := tuple(dict.fromkeys(name for name in bond.nodes if name in states))) > 1
    ]
    leader = _leaders(states, bonds)
    together: dict[str, list[NodeState]] = {}
    for name, state in states.items():
        together.setdefault(leader[name], []).append(state)
    known = tuple(resyncs)
    taken = frozenset(map(str, instant.joined.identity.taken))
    unseen = _unseen(instant, states)
    return [
        Members(
            tuple(members),
            tuple(resync for resync in known if resync.replica in {m.name for m in members}),
            taken,
            _doubles(instant, members),
            because=tuple(bond for bond in bonds if leader[bond.nodes[0]] == first),
            unseen=tuple(sorted({each for member in members for each in unseen.get(member.name, ())})),
        )
        for first, members in sorted(together.items())
    ]


def _unseen(instant: Instant, states: dict[str, NodeState]) -> dict[str, set[str]]:
    """By the primary that a Sentinel names, whom else it lists that is no server of those that are known."""
    found: dict[str, set[str]] = {}
    for observer in instant.observers:
        for _, primary, sights in watched(instant, observer):
            others = {instant.joined.name_of(sight.address) for sight in sights} - states.keys()
            found.setdefault(instant.joined.name_of(primary), set()).update(others)
    return found


def _leaders(names: Iterable[str], bonds: Iterable[Bond]) -> dict[str, str]:
    """For each name the first one of its group."""
    leader = {name: name for name in names}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for bond in bonds:
        for name in bond.nodes[1:]:
            first, last = sorted((find(bond.nodes[0]), find(name)))
            leader[last] = first
    return {name: find(name) for name in leader}


def _bonds(instant: Instant, states: dict[str, NodeState]) -> Iterator[Bond]:
    """All that joins servers."""
    yield from _followers(states)
    yield from _served(instant, states)
    yield from intended(instant)
    yield from _shared_histories(instant, states)
    yield from _heirs(instant)


def _followers(states: dict[str, NodeState]) -> Iterator[Bond]:
    """Who follows whom, who was lost by whom, and who may be whom."""
    for name, state in states.items():
        if state.primary is not None:
            lines = state.because.get("primary", ())
            yield Bond("lineage", (name, state.primary), f"{name} follows {state.primary}", lines)
        if state.detached_from is not None:
            lines = state.because.get("detached_from", ())
            lost = (name, state.detached_from)
            yield Bond("lineage", lost, f"{name} was a replica of {state.detached_from}", lines)
        for candidate in state.candidates:
            yield Bond("address", (name, candidate), f"{name} may be {candidate}")


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


def _served(instant: Instant, states: dict[str, NodeState]) -> Iterator[Bond]:
    """Which primary serves which replica, by the primary's own log."""
    for history in instant.nodes:
        if states[history.name].running is False:
            continue
        for peer, spans in history.replicas.items():
            span = span_at(spans, instant.on(history.name))
            if span is not None and span.phase != "gone" and isinstance(peer, Address):
                replica = instant.joined.name_of(peer, history.name)
                lines = evidence_of(span.start.event)
                yield Bond("lineage", (history.name, replica), f"{history.name} serves {replica}", lines)


def _shared_histories(instant: Instant, states: dict[str, NodeState]) -> Iterator[Bond]:
    """Primaries with a replication ID in common, of those that they hold and those that these continue; and replicas that
    are connected under one that they hold.

    In a Cluster that says nothing: a replica may go to the primary of other slots, and be elected in its place
    before it copied anything (``cluster.c:clusterHandleSlaveMigration``).
    """
    holders: dict[str, list[str]] = {}
    for history in instant.nodes:
        state = states[history.name]
        held = [each for each in history.lineage if each.start.time <= instant.on(history.name)]
        known = _ancestry(held)
        if state.role == "replica" and state.link == "connected":
            known = known[:1] if _is_told(instant, history, held) else []
        elif state.role != "primary":
            continue
        for replid in known if not history.in_cluster else ():
            holders.setdefault(replid, []).append(history.name)
    for replid, names in holders.items():
        yield Bond("lineage", tuple(names), f"{', '.join(names)} share the history {replid}")


def _is_told(instant: Instant, history: NodeHistory, held: list[Lineage]) -> bool:
    """Whether the last sync of a replica told the ID that it holds: with a channel for the snapshot none is told."""
    attempts = instant.attempts(history)
    last = attempts[-1] if attempts else None
    if last is None or last.finished is None or not held:
        return False
    if last.kind == "full":
        return held[-1].replid == last.replid
    asked_for = last.requested[0] if last.requested is not None else None
    return held[-1].replid in (last.replid, asked_for) or held[-1].start.event.key == "replica.replid-changed"


def _heirs(instant: Instant) -> Iterator[Bond]:
    """Each node of a Cluster that was promoted last, with the primary whose slots it took over."""
    heirs: dict[str, Bond] = {}
    for failover in instant.joined.failovers:
        history = instant.joined.nodes.get(failover.node)
        at = failover.promoted
        if history is None or not history.in_cluster or failover.old_primary is None or at is None:
            continue
        if seconds(at) <= instant.time:
            words = f"{failover.node} took over from {failover.old_primary}"
            both = (failover.node, failover.old_primary)
            heirs[failover.node] = Bond("lineage", both, words, failover.evidence)
    yield from heirs.values()


def _ancestry(held: list[Lineage]) -> list[str]:
    """The last replication ID, the one that it continued, and so on back."""
    found: list[str] = []
    for lineage in reversed(held):
        if not found or lineage.replid == found[-1]:
            found += [lineage.replid] if not found else []
            if lineage.replid2 and lineage.replid2 != _NO_HISTORY and lineage.replid2 != found[-1]:
                found.append(lineage.replid2)
    return found
