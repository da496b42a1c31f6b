"""Which sync in a replica's log is which sync in a primary's log: all ways that time and content allow."""

from __future__ import annotations

import math

import attrs

from redislog.node.history import Attempt, NodeHistory, Service
from redislog.timeline.clocks import Interval, session_interval
from redislog.values import Address

_MANY = 2000
"""Above this number of pairs only the later sessions choose the offset."""
_MOST_ALIGNMENTS = 8


@attrs.frozen
class Alignment:
    """Sessions of a replica's log joined with sessions of one address in a primary's log, under one offset."""

    pairs: tuple[tuple[int, int], ...]
    interval: Interval


def alignments(
    replica: NodeHistory, attempts: list[int], primary: NodeHistory, services: list[int]
) -> list[Alignment]:
    """All ways to join as many sessions as possible in order, no effect before its cause.

    ``attempts`` and ``services`` number the sessions of the two histories that may be joined.
    """
    intervals = {
        (a, s): interval
        for a in attempts
        for s in services
        if could_be_one(replica.attempts[a], primary, primary.services[s])
        and not (interval := session_interval(replica.attempts[a], primary.services[s])).empty
    }
    deciding = list(intervals.values())
    if len(deciding) > _MANY:
        deciding = deciding[-_MANY:]
    found: dict[tuple[tuple[int, int], ...], Interval] = {}
    for offset in sorted({_inside(interval) for interval in deciding}):
        pairs = _in_order(attempts, services, intervals, offset)
        if pairs and pairs not in found:
            joint = Interval()
            for pair in pairs:
                joint = joint.both(intervals[pair])
            found[pairs] = joint
    longest = max(map(len, found), default=0)
    best = [Alignment(pairs, interval) for pairs, interval in found.items() if len(pairs) == longest]
    return best[:_MOST_ALIGNMENTS]


def could_be_one(attempt: Attempt, primary: NodeHistory, service: Service) -> bool:
    """Whether what the two ends say agrees: kind, replication ID, offset."""
    if attempt.asked is None and attempt.granted is None and attempt.receiving is None:
        return False
    if attempt.kind is not None and service.kind is not None and attempt.kind != service.kind:
        return False
    if attempt.kind is None and (service.online is not None or service.bgsave is not None):
        return attempt.failed is None
    requested = attempt.requested[1] if attempt.requested else None
    if requested is not None and service.requested_offset not in (None, requested):
        return False
    asked_for = attempt.requested[0] if attempt.requested else None
    if asked_for is not None and service.requested_replid not in (None, asked_for):
        return False
    known = _replids_at(primary, service)
    return attempt.replid is None or not known or attempt.replid in known


def _replids_at(primary: NodeHistory, service: Service) -> set[str]:
    """The replication IDs that the primary held when it answered, as far as its log says."""
    order = (service.granted or service.online or service.asked).order
    held = [lineage for lineage in primary.lineage if lineage.start.order <= order]
    if held and held[-1].replid2 is None and held[-1].start.event.key == "replica.replid-changed":
        return set()  # The ID before is not there, and it still serves by that.
    return {replid for replid in (held[-1].replid, held[-1].replid2) if replid} if held else set()


def _inside(interval: Interval) -> float:
    if interval.low == -math.inf:
        return interval.high - 1e-6 if interval.high < math.inf else 0.0
    return interval.low + 1e-6


def _in_order(
    attempts: list[int], services: list[int], intervals: dict[tuple[int, int], Interval], offset: float
) -> tuple[tuple[int, int], ...]:
    """Join sessions in order under one offset, each with the first that fits."""
    pairs = []
    free = 0
    for attempt in attempts:
        for position in range(free, len(services)):
            interval = intervals.get((attempt, services[position]))
            if interval is not None and offset in interval:
                pairs.append((attempt, services[position]))
                free = position + 1
                break
    return tuple(pairs)


def address_services(primary: NodeHistory) -> dict[Address, list[int]]:
    """The numbers of a primary's served syncs, by the address of the replica."""
    found: dict[Address, list[int]] = {}
    for number, service in enumerate(primary.services):
        if isinstance(service.replica, Address):
            found.setdefault(service.replica, []).append(number)
    return found


def address_attempts(replica: NodeHistory) -> dict[Address, list[int]]:
    """The numbers of a replica's attempts, by the address of the primary that it tried."""
    found: dict[Address, list[int]] = {}
    for number, attempt in enumerate(replica.attempts):
        if attempt.primary is not None:
            found.setdefault(attempt.primary, []).append(number)
    return found
