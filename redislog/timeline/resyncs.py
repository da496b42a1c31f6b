"""Both ends of one sync joined to one `Resync`, with its phases and the lines that show it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import attrs

from redislog.evidence import Evidence, evidence_of
from redislog.node.history import Attempt, NodeHistory, Point, Service, time_of
from redislog.node.tables import UNANSWERED
from redislog.timeline.dating import Dating
from redislog.timeline.identity import Identity
from redislog.timeline.values import Phase, PhaseName, Resync
from redislog.values import Peer


def all_resyncs(nodes: dict[str, NodeHistory], identity: Identity, dating: Dating) -> tuple[Resync, ...]:
    """Every resync that some log shows, in the order in which they began."""
    found = []
    for name, history in nodes.items():
        lost = _links_lost(history)
        for number, attempt in enumerate(history.attempts):
            joined = identity.joins.get((name, number))
            service = nodes[joined[0]].services[joined[1]] if joined else None
            kind = _kind(attempt, service) or identity.kinds.get((name, number))
            if kind is None:
                continue
            primary = identity.served_by.get((name, number)) or _primary_name(name, attempt, identity)
            made = _resync(name, attempt, kind, primary, service, dating)
            end = lost.get(attempt.finished.order) if attempt.finished is not None else None
            parted = dating.seconds(end, name)
            found.append((attempt.start, name, attrs.evolve(made, parted=parted)))
        found += _unjoined(history, identity, dating)
    found.sort(key=lambda item: (item[0].time - dating.shift.get(item[1], 0.0), item[1]))
    return tuple(resync for _, _, resync in found)


def _kind(attempt: Attempt, service: Service | None) -> Literal["full", "partial"] | None:
    """What a replica was granted, or is to be: as its primary says where it does not yet know itself."""
    if attempt.kind is not None or service is None:
        return attempt.kind
    return service.kind or ("full" if _waits_for_full(attempt) else None)


def _waits_for_full(attempt: Attempt) -> bool:
    """Whether a replica without history has asked: the answer can only be a full resync."""
    why = attempt.why
    asked = why is not None and why[1].event.key not in UNANSWERED and attempt.asked is not None
    return attempt.failed is None and asked


def _primary_name(replica: str, attempt: Attempt, identity: Identity) -> str | None:
    if attempt.primary is None:
        return None
    return identity.owner_of(attempt.primary, replica) or str(attempt.primary)


def _unjoined(
    history: NodeHistory, identity: Identity, dating: Dating
) -> Iterator[tuple[Point, str, Resync]]:
    """Syncs that only the primary's log shows."""
    leftover = identity.leftover[history.name]
    alone = [(history.services[number], True) for number in sorted(leftover.alone)]
    unsure = [history.services[number] for number in sorted(leftover.open)]
    shared = [
        (service, False)
        for kind, count in leftover.counts.items()
        for service in [each for each in unsure if each.kind == kind][:count]
    ]
    lost = _replicas_lost(history)
    for service, known in alone + shared:
        if service.kind is not None:
            replica = str(service.replica) if known else None
            made = _served(history.name, replica, service, dating)
            end = lost.get((service.replica, service.online.order)) if service.online is not None else None
            parted = dating.seconds(end, history.name)
            yield service.asked, history.name, attrs.evolve(made, parted=parted)


def _links_lost(history: NodeHistory) -> dict[int, Point | None]:
    """Where a replica lost each link that it had, by the place of the line that the link was made with."""
    return {link.start.order: link.end for link in reversed(history.links) if link.phase == "connected"}


def _replicas_lost(history: NodeHistory) -> dict[tuple[Peer, int], Point | None]:
    """Where a primary lost each replica that it had served, by the replica and the place of the line that says so."""
    return {
        (peer, span.start.order): span.unsure or span.end
        for peer, spans in history.replicas.items()
        for span in reversed(spans)
        if span.phase == "online"
    }


def _resync(
    replica: str,
    attempt: Attempt,
    kind: Literal["full", "partial"],
    primary: str | None,
    service: Service | None,
    dating: Dating,
) -> Resync:
    why = attempt.why
    if service is not None and service.why is not None:
        why = service.why
    phases = [*_replica_phases(replica, attempt, dating)]
    if service is not None and primary is not None:
        waits = [*_primary_waits(primary, service, dating)]
        if waits:
            phases = [phase for phase in phases if phase.name != "wait_bgsave"] + waits
    elif attempt.asked is not None and attempt.granted is not None and attempt.kind == "full":
        phases.append(_phase("wait_bgsave", attempt.asked, attempt.granted, replica, dating))
    end = attempt.finished or attempt.failed
    size = attempt.bytes
    requested = attempt.requested[1] if attempt.requested is not None else None
    if service is not None:
        size = service.bytes if size is None else size
        requested = service.requested_offset if requested is None else requested
    return Resync(
        kind=kind,
        primary=primary,
        replica=replica,
        why=why[0] if why and kind == "full" else None,
        started=dating.when(attempt.start, replica),
        ended=dating.when(end, replica),
        phases=tuple(sorted(phases, key=lambda phase: _PHASE_ORDER.index(phase.name))),
        outcome=_outcome(attempt.finished, attempt.failed),
        bytes=size,
        replid=attempt.replid,
        offset=attempt.offset,
        evidence=_evidence(attempt) + (_evidence(service) if service else ()),
        requested_offset=requested,
        begun=dating.seconds(attempt.start, replica),
        over=dating.seconds(end, replica),
    )


def _served(primary: str, replica: str | None, service: Service, dating: Dating) -> Resync:
    phases = [*_primary_waits(primary, service, dating)]
    sent = service.streamed or service.online
    begin = service.bgsave if service.diskless else service.bgsave_done
    if begin is not None and sent is not None:
        phases.append(_phase("transfer", begin, sent, primary, dating))
    end = service.online or service.failed
    kind = service.kind or "full"
    return Resync(
        kind=kind,
        primary=primary,
        replica=replica,
        why=service.why[0] if service.why and kind == "full" else None,
        started=dating.when(service.asked, primary),
        ended=dating.when(end, primary),
        phases=tuple(phases),
        outcome=_outcome(service.online, service.failed),
        bytes=service.bytes,
        replid=None,
        offset=service.requested_offset if kind == "partial" else None,
        evidence=_evidence(service),
        requested_offset=service.requested_offset,
        begun=dating.seconds(service.asked, primary),
        over=dating.seconds(end, primary),
    )


_PHASE_ORDER: tuple[PhaseName, ...] = (
    "handshake",
    "diskless-delay",
    "wait_bgsave",
    "bgsave",
    "transfer",
    "wait_loading",
    "loading",
)


def _phase(name: PhaseName, start: Point, end: Point | None, node: str, dating: Dating) -> Phase:
    first, last = time_of(start), time_of(end)
    length = None if first is None or last is None else round(last - first, 3)
    return Phase(name, dating.when(start, node), dating.when(end, node), node, length)


def _replica_phases(node: str, attempt: Attempt, dating: Dating) -> Iterator[Phase]:
    if attempt.asked is not None and attempt.asked is not attempt.start:
        yield _phase("handshake", attempt.start, attempt.asked, node, dating)
    if attempt.receiving is not None:
        received = attempt.received or attempt.loading or attempt.failed
        yield _phase("transfer", attempt.receiving, received, node, dating)
    if attempt.received is not None:
        yield _phase("wait_loading", attempt.received, attempt.loading or attempt.failed, node, dating)
    if attempt.loading is not None:
        yield _phase("loading", attempt.loading, attempt.finished or attempt.failed, node, dating)


def _primary_waits(node: str, service: Service, dating: Dating) -> Iterator[Phase]:
    """What a replica waits for at its primary before anything is sent."""
    if service.kind != "full":
        return
    until = service.bgsave or service.failed
    if service.delayed is not None:
        yield _phase("diskless-delay", service.delayed, until, node, dating)
    elif until is None or until.order > service.asked.order:
        yield _phase("wait_bgsave", service.asked, until, node, dating)
    if service.bgsave is not None and service.diskless is False:
        yield _phase("bgsave", service.bgsave, service.bgsave_done or service.failed, node, dating)


def _outcome(done: Point | None, failed: Point | None) -> Literal["done", "failed", "open"]:
    if done is not None:
        return "done"
    return "failed" if failed is not None else "open"


def _evidence(session: Attempt | Service) -> tuple[Evidence, ...]:
    points = list(session.points)
    if isinstance(session, Attempt) and session.why is not None:
        points.append(session.why[1])
    return evidence_of(*(point.event for point in sorted(points, key=lambda point: point.order)))
