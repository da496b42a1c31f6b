"""The state of every server at an instant: those whose logs are there, and those that only others name."""

from __future__ import annotations

import math
from typing import Any

import attrs

from redislog.evidence import Evidence, evidence_of
from redislog.node.history import LinkSpan, NodeHistory, Point, ReplicaSpan, RoleSpan, Run, run_at, span_at
from redislog.node.tables import LINK_WORD, LinkPhase
from redislog.topology.addresses import downstream_only, perhaps_lost, upstream_only
from redislog.topology.instant import Instant
from redislog.topology.missed import missed
from redislog.topology.observed import by_sentinels
from redislog.topology.statements import Statements
from redislog.topology.values import NodeState
from redislog.values import Address

_NOTICED_AFTER = 60.0
"""Seconds after which a server notices that the other end is gone: ``repl-timeout``, unless set otherwise."""
_NO_LINK: dict[str, Any] = {"link": "unknown", "phase": None}
"""Of a replica that does not run, or was lost after its last line: what its log says of its link is over."""


def node_states(instant: Instant) -> dict[str, NodeState]:
    """Every known server at an instant, by name, in order of names."""
    states = {history.name: _own_state(instant, history) for history in instant.nodes}
    for history in instant.nodes:
        states[history.name] = _seen_by_others(instant, history, states[history.name])
    states |= missed(instant, states)
    upstream = upstream_only(instant, states)
    downstream, lost = downstream_only(instant, states)
    states |= {**lost, **upstream, **downstream}
    states |= perhaps_lost(instant, states, lost)
    states |= by_sentinels(instant, states)
    return {name: _without_link(state) for name, state in sorted(states.items())}


def _without_link(state: NodeState) -> NodeState:
    """A replica that does not run has no link."""
    if state.running is not False or state.link is None:
        return state
    return attrs.evolve(state, **_NO_LINK, basis={**state.basis, "link": "unknown"})


def _own_state(instant: Instant, history: NodeHistory) -> NodeState:
    """What a server's own log says of it."""
    time = instant.on(history.name)
    said = Statements()
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
    held = instant.joined.held(history.name, time)
    addresses = [each.address for each in held if each.until is None]
    for address in addresses:
        hint = instant.joined.identity.stated.get(address)
        said.basis[str(address)] = "stated" if hint and not hint.deduced else "deduced"
        said.because[str(address)] = (
            (hint.evidence,) if hint else _address_evidence(instant, history, address)
        )
    lineages = [lineage for lineage in history.lineage if lineage.start.time <= time]
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
        primary=instant.followed_by(history, upstream) if upstream is not None else None,
        addresses=tuple(map(str, addresses)),
        candidates=tuple(
            str(address)
            for address, names in instant.joined.identity.candidates.items()
            if history.name in names
        ),
        replid=lineages[-1].replid if lineages else None,
        offset=lineages[-1].offset if lineages else None,
        last_seen=last.event.at if last else None,
        silent_for=_silent_for(instant, history, last),
        basis=said.basis,
        because=said.because,
    )


def _silent_for(instant: Instant, history: NodeHistory, last: Point | None) -> float | None:
    """Seconds from a server's last line to the last of any server."""
    if last is None:
        return None
    return max(0.0, round(instant.latest - (last.time - instant.joined.shift(history.name)), 3))


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


def _running(run: Run | None, time: float, said: Statements) -> bool | None:
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
    state = _by_another_primary(instant, history, state, silent_since)
    for address in instant.joined.addresses(history.name):
        for other in instant.nodes:
            span = span_at(other.replicas.get(address, ()), instant.on(other.name))
            if span is not None and state.primary == other.name and state.role == "replica":
                lost = span.unsure or span.start
                since = lost.time - instant.joined.shift(other.name)
                is_shared = span.phase == "gone" and _has_unnamed_replica(instant, other, history)
                if span.unsure is not None:
                    is_shared = _is_shared(instant, other, address, history)
                if is_shared and since > silent_since and state.in_sync:
                    state = _with(state, {"in_sync": None, "running": None}, lost)
                elif span.unsure is None:
                    state = _by_its_primary(instant, history, state, other, span)
            refused = instant.refused_by(address, other)
            failed = refused.failed if refused is not None and state.running is not False else None
            if failed is not None:
                state = _refused(instant, history, state, other, failed)
    return _by_its_replicas(instant, history, state, silent_since)


def _refused(
    instant: Instant, history: NodeHistory, state: NodeState, other: NodeHistory, failed: Point
) -> NodeState:
    """A server that refused another after its own last line has stopped.

    Where the clocks leave open which was later, it is not known whether it has started since.
    """
    if (
        history.last is None
        or failed.time + instant.joined.apart(history.name, other.name).high <= history.last.time
    ):
        return state
    after = failed.time + instant.joined.apart(history.name, other.name).low > history.last.time
    return _with(state, {"running": False if after else None}, failed)


def _by_another_primary(
    instant: Instant, history: NodeHistory, state: NodeState, silent_since: float
) -> NodeState:
    """A replica whose log had ended when others began to serve it follows the one that did so last."""
    if state.role != "replica" or state.running is False:
        return state
    serving = [
        (span.start.time - instant.joined.shift(other.name), other.name, span)
        for address in instant.joined.addresses(history.name)
        for other in instant.nodes
        if other is not history
        and (span := span_at(other.replicas.get(address, ()), instant.on(other.name))) is not None
        and span.phase != "gone"
    ]
    since, primary, span = max(serving, key=lambda each: each[:2], default=(-math.inf, None, None))
    if primary in (None, state.primary) or span is None or since <= silent_since:
        return state
    run = run_at(instant.joined.nodes[primary].runs, instant.on(primary))
    in_sync = span.phase == "online" and (run is None or run.end is None)
    link = "connected" if in_sync else "unknown"
    changed = {"primary": primary, "in_sync": in_sync, "link": link, "phase": None}
    return _with(state, changed, span.start)


def _is_shared(instant: Instant, primary: NodeHistory, address: Address, replica: NodeHistory) -> bool:
    """Whether a primary served some other server under a replica's address: both are behind one gateway."""
    own = {
        service
        for (name, _), service in instant.joined.identity.joins.items()
        if (name, service[0]) == (replica.name, primary.name)
    }
    return any(
        service.replica == address and (primary.name, number) not in own
        for number, service in enumerate(primary.services)
    )


def _has_unnamed_replica(instant: Instant, primary: NodeHistory, but: NodeHistory) -> bool:
    """Whether a primary has another replica whose address nobody knows: what it tells of one may be of that."""
    return any(
        _follows(instant, other) == primary.name
        for other in instant.nodes
        if other is not but and not instant.joined.addresses(other.name)
    )


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


def _by_its_primary(
    instant: Instant, history: NodeHistory, state: NodeState, other: NodeHistory, span: ReplicaSpan
) -> NodeState:
    """What a primary says of a replica: that its link is served, or that it was lost after its last line.

    It may follow a server that left no log. Where there is none, one that lives notices within ``repl-timeout``
    that it was lost, and says so: if it is silent for longer, it has stopped.
    """
    if state.in_sync is None and state.link == "unknown":
        return _with(state, {"in_sync": span.phase == "online"}, span.start)
    silent = history.last.time if history.last is not None else math.inf
    after = span.start.time - instant.joined.shift(other.name) > silent - instant.joined.shift(history.name)
    if span.phase != "gone" or not after or not state.in_sync:
        return state
    if instant.has_strangers:
        lost = {"in_sync": None, "running": None, "detached_from": state.primary}
        return _with(state, {**lost, **_NO_LINK}, span.start)
    until = instant.until(other.name, other.last)
    for_sure = span.start.time + instant.joined.apart(history.name, other.name).low > silent
    stopped = until - span.start.time > _NOTICED_AFTER and for_sure
    return _with(state, {"in_sync": False, "running": False if stopped else None, **_NO_LINK}, span.start)


def _with(state: NodeState, statements: dict[str, Any], point: Point) -> NodeState:
    """The state with statements that other logs let deduce."""
    lines = evidence_of(point.event)
    return attrs.evolve(
        state,
        **statements,
        basis={**state.basis, **dict.fromkeys(statements, "deduced")},
        because={**state.because, **dict.fromkeys(statements, lines)},
    )
