"""Servers that only others name, by an address: primaries that are followed, replicas that are served or lost."""

from __future__ import annotations

import attrs

from redislog.node.history import LinkSpan, NodeHistory, Point, ReplicaSpan, span_at
from redislog.node.tables import UNANSWERED, LinkPhase, ReplicaPhase, Role
from redislog.topology.instant import Instant
from redislog.topology.statements import Statements
from redislog.topology.values import NodeState
from redislog.values import Address

States = dict[str, NodeState]


def upstream_only(instant: Instant, states: dict[str, NodeState]) -> dict[str, NodeState]:
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
    instant: Instant, states: States, name: str, followers: list[tuple[NodeHistory, LinkSpan]]
) -> NodeState:
    """What replicas say of their primary; those that have stopped, of the time before."""
    served = [link for _, link in followers if _is_served(link)]
    alive = [each for each in followers if states[each[0].name].running is not False]
    address = followers[0][1].primary
    if no_link := [
        point for history, _ in alive if (point := _no_link(instant, history, address)) is not None
    ]:
        if _may_have_been_replica(instant, states, address):
            return _unlinked_state(instant, name, no_link, "unknown", None)
        linked_since = any(own.in_sync for own in _may_be(instant, states, address))
        return _unlinked_state(instant, name, no_link, "replica", None if linked_since else False)
    is_top = bool(served) and not (
        _was_replica(instant, address)
        or _may_be(instant, states, address)
        or any(_shares_its_history(instant, states, history) for history, _ in followers)
        or any(_changed_its_role(instant, history) for history, _ in followers)
    )
    refused = [
        attempt
        for history, link in alive
        if link.primary is not None and (attempt := instant.refused_after(link.primary, history)) is not None
    ]
    said = Statements()
    serves_now = [link for _, link in alive if _is_served(link)]
    decides = (serves_now or served or [link for _, link in followers])[0].start
    all_refused = not served and bool(refused) and len(refused) == len(alive)
    running = False if all_refused else True if serves_now else None
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


def _no_link(instant: Instant, history: NodeHistory, address: Address | None) -> Point | None:
    """Where a server was sent away last by an address that is a replica without link (``NOMASTERLINK``)."""
    tried = [attempt for attempt in instant.attempts(history) if attempt.primary == address]
    failed = tried[-1].failed if tried else None
    if failed is None or failed.time > instant.on(history.name):
        return None
    return failed if "NOMASTERLINK" in failed.event.message else None


def _unlinked_state(
    instant: Instant, name: str, points: list[Point], role: Role, in_sync: bool | None
) -> NodeState:
    """A server that answered that it is a replica, and has no link (``replication.c:syncCommand``).

    No link to it is left, whose end would tell that it has stopped since. ``role`` is unknown where it may be a
    server whose own log says that it is none now; ``in_sync`` None where it may be one that has its link.
    """
    said = Statements()
    said.say("role", "unknown" if role == "unknown" else "deduced", *points)
    said.say("running", "unknown", *points)
    said.say("in_sync", "unknown" if in_sync is None else "deduced", *points)
    said.say("primary", "unknown")
    return NodeState(
        name=name,
        role=role,
        running=None,
        link="unknown" if role == "replica" else None,
        phase=None,
        in_sync=in_sync,
        primary=None,
        addresses=(name,),
        candidates=_candidates(instant, name),
        basis=said.basis | {name: "stated"},
        because=said.because,
    )


def _shares_its_history(instant: Instant, states: States, history: NodeHistory) -> bool:
    """Whether a server was told to follow another one, and goes on there under the replication ID that it had.

    A server that is promoted takes an ID of its own (``replication.c:shiftReplicationId``): this one was not, so
    that it follows the primary that the other followed, if that one runs, or is that one by another way.
    """
    shares, before, former = False, 0, None
    orders = [point.order for point in history.points if point.event.key == "role.demoted"]
    renamed = [
        each.start.order for each in history.lineage if each.start.event.key == "replica.replid-changed"
    ]
    for attempt in instant.attempts(history):
        if attempt.kind is None or attempt.finished is None:
            continue
        until = attempt.finished.order
        # The line that names another ID stands behind the one that says that the link is there.
        if attempt.kind == "full" or any(before < order <= until + 1 for order in renamed):
            shares = False
        elif any(before < order <= until for order in orders):
            own = states.get(instant.joined.name_of(former)) if former is not None else None
            shares = own is None or own.running is not False
        before, former = until, attempt.primary
    return shares


def _changed_its_role(instant: Instant, history: NodeHistory) -> bool:
    """Whether a server's primary dropped it, and took it back at once under another replication ID.

    It was promoted, or made a replica of one that was (``FAILOVER``). One that restarts takes another ID too (7.0+);
    meanwhile nothing listens there.
    """
    tried = instant.attempts(history)
    if len(tried) < 2 or tried[-1].kind != "partial" or tried[-1].finished is None:
        return False
    before, last = tried[-2], tried[-1].finished.order
    if before.finished is None or before.primary != tried[-1].primary:
        return False
    # The line that names another ID stands behind the one that says that the link is there.
    return any(
        each.start.event.key == "replica.replid-changed"
        and before.finished.order + 1 < each.start.order <= last + 1
        for each in history.lineage
    )


def _was_replica(instant: Instant, address: Address | None) -> bool:
    """Whether some log shows an address as a replica: it may have been promoted since, or not."""
    return any(
        spans[0].start.time <= instant.on(history.name)
        for history in instant.nodes
        for peer, spans in history.replicas.items()
        if peer == address
    )


def _may_be(instant: Instant, states: States, address: Address | None) -> list[NodeState]:
    """The replicas whose logs are there that an address may be of: they never went to it."""
    return [
        states[history.name]
        for history in instant.nodes
        if states[history.name].role == "replica"
        and not states[history.name].addresses
        and address not in {attempt.primary for attempt in history.attempts}
    ]


def _may_have_been_replica(instant: Instant, states: States, address: Address | None) -> bool:
    """Whether an address may be of a server whose log is there that was a replica and is none now."""
    return any(
        states[history.name].role == "primary"
        and not states[history.name].addresses
        and address not in {attempt.primary for attempt in history.attempts}
        and any(span.role == "replica" for span in history.roles)
        for history in instant.nodes
    )


_PHASE_SEEN: dict[ReplicaPhase, LinkPhase] = {"online": "connected", "wait_bgsave": "wait_bgsave"}
"""What the primary's view of a replica says of the replica's own phase."""


def _candidates(instant: Instant, name: str) -> tuple[str, ...]:
    named = instant.joined.identity.candidates.items()
    return tuple(sorted(node for address, nodes in named if str(address) == name for node in nodes))


def downstream_only(instant: Instant, states: States) -> tuple[States, States]:
    """Replicas that are known by their address alone: those attached to some primary, and those lost."""
    latest: dict[Address, _Known] = {}
    for history in instant.nodes:
        if states[history.name].running is False:
            continue
        for peer, spans in history.replicas.items():
            span = span_at(spans, instant.on(history.name))
            if span is None or not isinstance(peer, Address) or peer in instant.joined.identity.owner:
                continue
            if states[history.name].primary == str(peer):
                continue  # It follows that server now, and what its log says of it as a replica is older.
            since = span.start.time - instant.joined.shift(history.name)
            known = (span.phase != "gone", since, history.name, span)
            latest[peer] = max(latest.get(peer, known), known, key=lambda known: known[:3])
    attached, lost = {}, {}
    for peer, known in latest.items():
        name = str(peer)
        if known[0] and peer not in instant.joined.identity.taken and known[3].unsure is not None:
            attached[name] = _lost_state(instant, known, name, sure=False)
        elif known[0] and peer not in instant.joined.identity.taken:
            attached[name] = _downstream_state(instant, known, name, states)
        elif not known[0]:
            lost[name] = _lost_state(instant, known, name, sure=True)
    return attached, {name: state for name, state in lost.items() if not _is_explained(state, states)}


def _is_explained(state: NodeState, states: States) -> bool:
    """Whether a server whose log is there may be the lost one, and says that it left or was left."""
    may_be = [states[name] for name in state.candidates if name in states]
    return any(
        not (own.role == "replica" and own.in_sync and own.primary == state.detached_from) for own in may_be
    )


def perhaps_lost(instant: Instant, states: States, lost: States) -> States:
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


def _lost_state(instant: Instant, known: _Known, name: str, *, sure: bool) -> NodeState:
    """A replica that its primary lost, or may have lost: down, cut off, promoted, or gone to another primary."""
    _, _, primary, span = known
    said = Statements()
    if sure:
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
        detached_from=primary if sure else None,
        addresses=(name,),
        candidates=_candidates(instant, name),
        basis=said.basis | {name: "stated"},
        because=said.because,
    )


_Known = tuple[bool, float, str, ReplicaSpan]
"""Whether a replica is attached, since when, by which primary's log, and its phase there."""


def _gap_after(instant: Instant, primary: str, span: ReplicaSpan) -> Point | None:
    """Where lines of a primary are missing since it last told of a replica: they may have told more."""
    points = (gap.point for gap in instant.joined.nodes[primary].gaps)
    return next(
        (point for point in points if span.start.order < point.order and point.time <= instant.on(primary)),
        None,
    )


def _may_be_linked(states: States, primary: str) -> bool:
    """Whether a replica whose address nobody knows is in sync with a primary: any of its replicas may be that one."""
    return any(
        own.role == "replica" and own.in_sync and own.primary == primary and not own.addresses
        for own in states.values()
    )


def _downstream_state(instant: Instant, known: _Known, name: str, states: States) -> NodeState:
    _, _, primary, span = known
    said = Statements()
    for what in ("role", "in_sync", "primary", "running"):
        said.say(what, "deduced", span.start)
    doubt = span.unsure or _gap_after(instant, primary, span)
    if span.unsure is not None:
        said.say("running", "unknown", span.unsure)
    if span.phase == "send_bulk" and span.start.event.key == "primary.full-sync.streamed":
        doubt = span.start  # Nothing before it is there: with two channels it may have been online already.
    if span.phase != "online" and _may_be_linked(states, primary):
        doubt = doubt or span.start
    if states[primary].running is None:
        doubt = doubt or span.start  # It has perhaps stopped since, and its replicas went on.
    if doubt is not None:
        said.say("in_sync", "unknown", doubt)
    return NodeState(
        name=name,
        role="replica",
        running=None if span.unsure else True,
        link="connected" if span.phase == "online" and not doubt else "unknown",
        phase=_PHASE_SEEN.get(span.phase),
        in_sync=None if doubt else span.phase == "online",
        primary=primary,
        addresses=(name,),
        candidates=_candidates(instant, name),
        basis=said.basis | {name: "stated"},
        because=said.because,
    )
