"""The state of every server at an instant: those whose logs are there, and those that only others name."""

from __future__ import annotations

import math
from typing import Any

import attrs

from redislog.evidence import Evidence, evidence_of
from redislog.node.history import LinkSpan, NodeHistory, Point, ReplicaSpan, RoleSpan, Run, run_at, span_at
from redislog.node.tables import LINK_WORD, UNANSWERED, LinkPhase, ReplicaPhase
from redislog.timeline.values import Basis
from redislog.topology.instant import Instant
from redislog.topology.values import NodeState
from redislog.values import Address

_NOTICED_AFTER = 60.0
"""Seconds after which a server notices that the other end is gone: ``repl-timeout``, unless set otherwise."""
_States = dict[str, NodeState]


def node_states(instant: Instant) -> dict[str, NodeState]:
    """Every known server at an instant, by name, in order of names."""
    states = {history.name: _own_state(instant, history) for history in instant.nodes}
    for history in instant.nodes:
        states[history.name] = _seen_by_others(instant, history, states[history.name])
    upstream = _upstream_only(instant, states)
    downstream, lost = _downstream_only(instant, states)
    states |= {**lost, **upstream, **downstream}
    states |= _perhaps_lost(instant, states, lost)
    return dict(sorted(states.items()))


class _Statements:
    """Collects what is said of a server, on what basis, and by which lines."""

    def __init__(self) -> None:
        self.basis: dict[str, Basis] = {}
        self.because: dict[str, tuple[Evidence, ...]] = {}

    def say(self, what: str, basis: Basis, *points: Point | None) -> None:
        self.basis[what] = basis
        self.because[what] = evidence_of(*(point.event for point in points if point is not None))


def _own_state(instant: Instant, history: NodeHistory) -> NodeState:
    """What a server's own log says of it."""
    time = instant.on(history.name)
    said = _Statements()
    run = run_at(history.runs, time)
    role = _current(history, span_at(history.roles, time), time)
    link = _current_link(history, run, time)
    said.say("role", "stated" if role else "unknown", role.start if role else None)
    running = _running(run, time, said)
    is_replica = role is not None and role.role == "replica"
    phase = _phase(instant, history, link) if is_replica and link is not None else None
    in_sync = None
    if is_replica:
        said.say("link", "stated" if link else "unknown", link.start if link else None)
        said.say("in_sync", "stated" if link else "unknown", link.start if link else None)
        in_sync = None if link is None else phase == "connected" and running is not False
    upstream = link.primary if link is not None and is_replica else None
    if upstream is not None and link is not None:
        known = upstream in instant.joined.identity.owner
        said.say("primary", "deduced" if known else "stated", link.start)
    addresses = instant.joined.addresses(history.name)
    for address in addresses:
        hint = instant.joined.identity.stated.get(address)
        said.basis[str(address)] = "stated" if hint else "deduced"
        said.because[str(address)] = (
            (hint.evidence,) if hint else _address_evidence(instant, history, address)
        )
    held = [lineage for lineage in history.lineage if lineage.start.time <= time]
    points = [point for point in history.points if point.time <= time]
    last = history.last
    if last is not None and last.time > time:
        last = points[-1] if points else history.first
    return NodeState(
        name=history.name,
        role=role.role if role else "unknown",
        running=running,
        link=(LINK_WORD.get(link.phase, "unknown") if link else "unknown") if is_replica else None,
        phase=phase,
        in_sync=in_sync,
        primary=instant.joined.name_of(upstream) if upstream is not None else None,
        addresses=tuple(map(str, addresses)),
        candidates=tuple(
            str(address)
            for address, names in instant.joined.identity.candidates.items()
            if history.name in names
        ),
        replid=held[-1].replid if held else None,
        offset=held[-1].offset if held else None,
        last_seen=last.event.at if last else None,
        basis=said.basis,
        because=said.because,
    )


def _current(history: NodeHistory, span: RoleSpan | None, time: float) -> RoleSpan | None:
    """A span that has not ended by then; a role outlives the process that had it."""
    if span is None or span.end is None or span.end.time > time:
        return span
    return None


def _current_link(history: NodeHistory, run: Run | None, time: float) -> LinkSpan | None:
    """The link's phase, None where the log cannot say it."""
    link = span_at(history.links, time)
    if link is None or (link.end is not None and link.end.time <= time):
        return None
    return link if run is not None and run.notices and link.phase != "none" else None


def _running(run: Run | None, time: float, said: _Statements) -> bool | None:
    if run is None:
        said.say("running", "unknown")
        return None
    ended = run.end is not None and run.end.time <= time and run.ended_by in ("stop", "crash")
    said.say("running", "stated" if ended else "deduced", run.end if ended else run.ready or run.start)
    return not ended


def _phase(instant: Instant, history: NodeHistory, link: LinkSpan) -> LinkPhase:
    """A replica that waits for an answer knows less than the primary that holds its request."""
    if link.phase != "psync":
        return link.phase
    number = len(instant.attempts(history)) - 1
    joined = instant.joined.identity.joins.get((history.name, number))
    if joined is None:
        return link.phase
    primary = instant.joined.nodes[joined[0]]
    service = primary.services[joined[1]]
    span = span_at(primary.replicas.get(service.replica, ()), instant.on(primary.name))
    waits = span is not None and span.phase in ("wait_bgsave", "send_bulk")
    return "wait_bgsave" if waits else link.phase


def _address_evidence(instant: Instant, history: NodeHistory, address: Address) -> tuple[Evidence, ...]:
    """The lines that show that an address is a node's: both ends of a sync in which it is named."""
    nodes = instant.joined.nodes
    for (replica, attempt_number), (primary, service_number) in sorted(instant.joined.identity.joins.items()):
        attempt = nodes[replica].attempts[attempt_number]
        service = nodes[primary].services[service_number]
        if (primary, attempt.primary) == (history.name, address) or (replica, service.replica) == (
            history.name,
            address,
        ):
            ends = (attempt.start, attempt.asked, attempt.granted, service.asked, service.granted)
            return evidence_of(*(point.event for point in ends if point is not None))
    return ()


def _seen_by_others(instant: Instant, history: NodeHistory, state: NodeState) -> NodeState:
    """What other servers' logs add where its own log is silent."""
    time = instant.on(history.name)
    silent_since = history.last.time - instant.joined.shift(history.name) if history.last else time
    for address in instant.joined.addresses(history.name):
        for other in instant.nodes:
            span = span_at(other.replicas.get(address, ()), instant.on(other.name))
            if span is not None and state.primary == other.name and state.role == "replica":
                state = _by_its_primary(
                    state, span, span.start.time - instant.joined.shift(other.name) > silent_since
                )
            refused = instant.refused_by(address, other)
            failed = refused.failed if refused is not None and state.running is not False else None
            if failed is not None and failed.time - instant.joined.shift(other.name) > silent_since:
                state = _with(state, {"running": False}, failed)
    return _by_its_replicas(instant, history, state, silent_since)


def _by_its_replicas(
    instant: Instant, history: NodeHistory, state: NodeState, silent_since: float
) -> NodeState:
    """A primary that never noticed that a replica left has stopped, is frozen, or is cut off.

    One that lives notices the end of a connection at once, and one that is cut off after ``repl-timeout``.
    """
    if not state.running or state.role != "primary":
        return state
    for address, spans in history.replicas.items():
        span = span_at(spans, instant.on(history.name))
        replica = instant.node_at(address)
        if span is None or span.phase != "online" or replica is None:
            continue
        left = _left(instant, replica, history.name)
        since = left.time - instant.joined.shift(replica.name) if left is not None else -math.inf
        if left is not None and since > silent_since:
            moved_on = _follows(instant, replica) != history.name
            long_ago = instant.latest - since > _NOTICED_AFTER
            return _with(state, {"running": False if moved_on and long_ago else None}, left)
    return state


def _follows(instant: Instant, replica: NodeHistory) -> str | None:
    """The primary that a server follows or tries to, None of one that follows nobody."""
    link = span_at(replica.links, instant.on(replica.name))
    return instant.joined.name_of(link.primary) if link is not None and link.primary is not None else None


def _left(instant: Instant, replica: NodeHistory, primary: str) -> Point | None:
    """Where a replica's last link to a primary ended."""
    now = instant.on(replica.name)
    links = [
        link
        for link in replica.links
        if link.phase == "connected" and link.primary is not None and link.start.time <= now
        if instant.joined.name_of(link.primary) == primary
    ]
    end = links[-1].end if links else None
    return end if end is not None and end.time <= now else None


def _by_its_primary(state: NodeState, span: ReplicaSpan, after_its_last_line: bool) -> NodeState:
    if state.in_sync is None and state.link == "unknown":
        return _with(state, {"in_sync": span.phase == "online"}, span.start)
    if span.phase == "gone" and after_its_last_line and state.in_sync:
        return _with(state, {"in_sync": False, "running": None}, span.start)
    return state


def _with(state: NodeState, statements: dict[str, Any], point: Point) -> NodeState:
    """The state with statements that other logs let deduce."""
    lines = evidence_of(point.event)
    return attrs.evolve(
        state,
        **statements,
        basis={**state.basis, **dict.fromkeys(statements, "deduced")},
        because={**state.because, **dict.fromkeys(statements, lines)},
    )


def _upstream_only(instant: Instant, states: dict[str, NodeState]) -> dict[str, NodeState]:
    """Primaries that are known by their address alone."""
    found: dict[str, list[tuple[NodeHistory, LinkSpan]]] = {}
    for history in instant.nodes:
        state = states[history.name]
        link = span_at(history.links, instant.on(history.name))
        if state.role == "replica" and state.primary is not None and state.primary not in states and link:
            found.setdefault(state.primary, []).append((history, link))
    return {name: _upstream_state(instant, states, name, followers) for name, followers in found.items()}


def _is_served(link: LinkSpan) -> bool:
    """Whether the primary has granted a sync."""
    granted = link.phase in ("wait_bgsave", "transfer", "loading", "connected")
    return granted and link.start.event.key not in UNANSWERED


def _upstream_state(
    instant: Instant, states: _States, name: str, followers: list[tuple[NodeHistory, LinkSpan]]
) -> NodeState:
    """What replicas say of their primary; those that have stopped, of the time before."""
    served = [link for _, link in followers if _is_served(link)]
    alive = [each for each in followers if states[each[0].name].running is not False]
    is_top = bool(served) and not _was_replica(instant, followers[0][1].primary)
    refused = [
        attempt
        for history, link in followers
        if link.primary is not None and (attempt := instant.refused_after(link.primary, history)) is not None
    ]
    said = _Statements()
    decides = (served or [link for _, link in followers])[0].start
    all_refused = not served and len(refused) == len(followers)
    running = False if all_refused else True if any(_is_served(link) for _, link in alive) else None
    said.say("role", "deduced" if is_top else "unknown", decides)
    said.say(
        "running", "unknown" if running is None else "deduced", refused[0].failed if all_refused else decides
    )
    return NodeState(
        name=name,
        role="primary" if is_top else "unknown",
        running=running,
        link=None,
        phase=None,
        in_sync=None,
        primary=None,
        addresses=(name,),
        candidates=_candidates(instant, name),
        basis=said.basis | {name: "stated"},
        because=said.because,
    )


def _was_replica(instant: Instant, address: Address | None) -> bool:
    """Whether some log shows an address as a replica: it may have been promoted since, or not."""
    return any(
        spans[0].start.time <= instant.on(history.name)
        for history in instant.nodes
        for peer, spans in history.replicas.items()
        if peer == address
    )


_PHASE_SEEN: dict[ReplicaPhase, LinkPhase] = {"online": "connected", "wait_bgsave": "wait_bgsave"}
"""What the primary's view of a replica says of the replica's own phase."""


def _candidates(instant: Instant, name: str) -> tuple[str, ...]:
    named = instant.joined.identity.candidates.items()
    return tuple(sorted(node for address, nodes in named if str(address) == name for node in nodes))


def _downstream_only(instant: Instant, states: _States) -> tuple[_States, _States]:
    """Replicas that are known by their address alone: those attached to some primary, and those lost."""
    latest: dict[Address, _Known] = {}
    for history in instant.nodes:
        if states[history.name].running is False:
            continue
        for peer, spans in history.replicas.items():
            span = span_at(spans, instant.on(history.name))
            if span is None or not isinstance(peer, Address) or peer in instant.joined.identity.owner:
                continue
            since = span.start.time - instant.joined.shift(history.name)
            known = (span.phase != "gone", since, history.name, span)
            latest[peer] = max(latest.get(peer, known), known, key=lambda known: known[:3])
    attached, lost = {}, {}
    for peer, known in latest.items():
        name, primary = str(peer), known[2]
        if known[0] and peer not in instant.joined.identity.taken:
            attached[name] = _downstream_state(instant, known, name, states.get(primary))
        elif not known[0]:
            lost[name] = _lost_state(instant, known, name)
    return attached, {name: state for name, state in lost.items() if not _is_explained(state, states)}


def _is_explained(state: NodeState, states: _States) -> bool:
    """Whether a server whose log is there may be the lost one, and says that it left or was left."""
    may_be = [states[name] for name in state.candidates if name in states]
    return any(
        not (own.role == "replica" and own.in_sync and own.primary == state.detached_from) for own in may_be
    )


def _perhaps_lost(instant: Instant, states: _States, lost: _States) -> _States:
    """Where it is open which of several replicas was lost, none of them is known to be in sync."""
    found = {}
    for state in lost.values():
        for name in state.candidates:
            if (own := states.get(name)) is not None and own.in_sync:
                found[name] = attrs.evolve(
                    own,
                    in_sync=None,
                    basis={**own.basis, "in_sync": "unknown"},
                    because={**own.because, "in_sync": state.because["detached_from"]},
                )
    return found


def _lost_state(instant: Instant, known: _Known, name: str) -> NodeState:
    """A replica that its primary lost: down, cut off, promoted, or gone to another primary."""
    _, _, primary, span = known
    said = _Statements()
    said.say("detached_from", "stated", span.start)
    for what in ("role", "running", "in_sync", "primary"):
        said.say(what, "unknown", span.start)
    return NodeState(
        name=name,
        role="unknown",
        running=None,
        link=None,
        phase=None,
        in_sync=None,
        primary=None,
        detached_from=primary,
        addresses=(name,),
        candidates=_candidates(instant, name),
        basis=said.basis | {name: "stated"},
        because=said.because,
    )


_Known = tuple[bool, float, str, ReplicaSpan]
"""Whether a replica is attached, since when, by which primary's log, and its phase there."""


def _downstream_state(instant: Instant, known: _Known, name: str, upstream: NodeState | None) -> NodeState:
    _, _, primary, span = known
    said = _Statements()
    for what in ("role", "in_sync", "primary", "running"):
        said.say(what, "deduced", span.start)
    return NodeState(
        name=name,
        role="replica",
        running=True,
        link="connected" if span.phase == "online" else "unknown",
        phase=_PHASE_SEEN.get(span.phase),
        in_sync=span.phase == "online",
        primary=primary,
        addresses=(name,),
        candidates=_candidates(instant, name),
        basis=said.basis | {name: "stated"},
        because=said.because,
    )
