"""Which sync in a replica's log is which sync in a primary's log: all ways that time and content allow."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from typing import TypeVar

import attrs

from redislog.node.history import Attempt, NodeHistory, Service
from redislog.timeline.clocks import RESOLUTION, Interval, session_interval
from redislog.values import Address

_T = TypeVar("_T")

_PROBES = 8
"""Sessions at either end by which offsets are compared before all sessions are."""
_NEAR = 6
"""Requests that are looked at for one attempt, from the first that an offset allows."""
_MOST_OFFSETS = 64
_MOST_ALIGNMENTS = 8


@attrs.frozen
class Alignment:
    """Sessions of a replica's log joined with sessions of one address in a primary's log, under one offset.

    ``outside`` counts the attempts that are joined with none, as they may be of a time that is missing of the
    primary's log; ``firm`` the pairs that bound the offset on both sides.
    """

    pairs: tuple[tuple[int, int], ...]
    interval: Interval
    outside: int = 0
    firm: int = 0

    @property
    def explained(self) -> int:
        """How many attempts it accounts for."""
        return len(self.pairs) + self.outside


def alignments(
    replica: NodeHistory,
    attempts: list[int],
    primary: NodeHistory,
    services: list[int],
    within: Interval | None = None,
    enough: int = 0,
) -> list[Alignment]:
    """All ways to join as many sessions as possible in order, no effect before its cause.

    ``attempts`` and ``services`` number the sessions of the two histories that may be joined. ``within`` is for a
    primary's log that may be cut, and says which offsets are possible: an attempt that may be of the time before its
    first line, or after its last, then counts like one that is joined, up to ``enough`` attempts.
    """
    pairing = _Pairing(replica, primary, services, None if within is None else enough)
    probes = attempts if len(attempts) <= 2 * _PROBES else attempts[:_PROBES] + attempts[-_PROBES:]
    offsets = {
        _inside(allowed)
        for attempt in probes
        for service in services
        if (interval := pairing.interval(attempt, service)) is not None
        and not (allowed := interval.both(within or Interval())).empty
    }
    scores = {offset: pairing.explained(probes, offset) for offset in offsets}
    best_score = max(scores.values(), default=0)
    likely = sorted(offset for offset, score in scores.items() if score == best_score)
    found = {
        pairs: pairing.alignment(attempts, pairs)
        for offset in _spread(likely, _MOST_OFFSETS)
        if (pairs := pairing.in_order(attempts, offset))
    }
    most = max((each.explained for each in found.values()), default=0)
    return _spread([each for each in found.values() if each.explained == most], _MOST_ALIGNMENTS)


def _spread(possible: list[_T], most: int) -> list[_T]:
    """Some of many possibilities that stand in order, with the first and the last: what these say alike, all do.

    >>> _spread([1, 2, 3, 4, 5, 6, 7], 4)
    [1, 3, 5, 7]
    """
    if len(possible) <= most:
        return possible
    return [possible[number * (len(possible) - 1) // (most - 1)] for number in range(most)]


def begins_with_a_start(history: NodeHistory) -> bool:
    """Whether a log is whole at its head."""
    starts = [run.first.order for run in history.runs if run.start is not None]
    return bool(starts) and (not history.roles or starts[0] <= history.roles[0].start.order)


class _Pairing:
    """Which attempt can be which served sync, and under which offsets."""

    def __init__(
        self, replica: NodeHistory, primary: NodeHistory, services: list[int], enough: int | None
    ) -> None:
        self._replica = replica
        self._primary = primary
        self._services = services
        self._asked = [primary.services[number].asked.time for number in services]
        self._known: dict[tuple[int, int], Interval | None] = {}
        self._enough = enough
        self._begins, self._ends = -math.inf, math.inf
        if enough is not None and primary.first is not None and primary.last is not None:
            self._begins = -math.inf if begins_with_a_start(primary) else primary.first.time
            self._ends = primary.last.time

    def interval(self, attempt: int, service: int) -> Interval | None:
        """The offsets under which two sessions can be one, None if they cannot."""
        pair = (attempt, service)
        if pair not in self._known:
            ends = self._replica.attempts[attempt], self._primary.services[service]
            interval = session_interval(*ends)
            possible = not interval.empty and could_be_one(ends[0], self._primary, ends[1])
            self._known[pair] = interval if possible else None
        return self._known[pair]

    def in_order(self, attempts: list[int], offset: float) -> tuple[tuple[int, int], ...]:
        """Join sessions in order under one offset, each with the first that fits."""
        pairs = []
        free = 0
        for attempt in attempts:
            ours = self._replica.attempts[attempt]
            earliest = (ours.asked or ours.start).time - offset - RESOLUTION
            start = max(free, bisect_left(self._asked, earliest))
            for position in range(start, min(start + _NEAR, len(self._services))):
                interval = self.interval(attempt, self._services[position])
                if interval is not None and offset in interval:
                    pairs.append((attempt, self._services[position]))
                    free = position + 1
                    break
        return tuple(pairs)

    def explained(self, attempts: list[int], offset: float) -> int:
        """How many attempts are joined under an offset, or may have been when the primary's log does not."""
        pairs = self.in_order(attempts, offset)
        return self.alignment(attempts, pairs).explained if pairs else 0

    def alignment(self, attempts: list[int], pairs: tuple[tuple[int, int], ...]) -> Alignment:
        """Some pairs with all that follows from them."""
        interval = self.joint(pairs)
        bounds = (self.interval(*pair) or Interval() for pair in pairs)
        firm = sum(math.inf not in (-bound.low, bound.high) for bound in bounds)
        return Alignment(pairs, interval, self._outside(attempts, pairs, interval), firm)

    def _outside(self, attempts: list[int], pairs: tuple[tuple[int, int], ...], offsets: Interval) -> int:
        joined = {attempt for attempt, _ in pairs}
        others = (self._replica.attempts[number] for number in attempts if number not in joined)
        times = [(attempt.asked or attempt.start).time for attempt in others if is_told(attempt)]
        found = sum(
            time - offsets.high < self._begins + RESOLUTION or time - offsets.low > self._ends
            for time in times
        )
        return max(0, min(found, (self._enough or 0) - len(pairs)))

    def joint(self, pairs: tuple[tuple[int, int], ...]) -> Interval:
        """The offsets under which all of some pairs are one each."""
        joint = Interval()
        for attempt, service in pairs:
            joint = joint.both(self.interval(attempt, service) or Interval())
        return joint


def could_be_one(attempt: Attempt, primary: NodeHistory, service: Service) -> bool:
    """Whether two ends can be told to be one: the replica's says when it asked or was answered, and they agree."""
    return is_told(attempt) and agree(attempt, primary, service)


def is_told(attempt: Attempt) -> bool:
    """Whether a replica's end says when it asked or was answered."""
    return any((attempt.asked, attempt.granted, attempt.receiving))


def agree(attempt: Attempt, primary: NodeHistory, service: Service) -> bool:
    """Whether what the two ends say agrees: kind, replication ID, offset, whether there was one to go on from, and
    whether a snapshot came through.
    """
    if attempt.kind is not None and service.kind is not None and attempt.kind != service.kind:
        return False
    if attempt.kind is None and (service.online is not None or service.bgsave is not None):
        return attempt.failed is None
    if attempt.requested is not None and service.anew and service.why is None:
        return False
    unsent = service.failed is not None and service.failed.event.key.startswith("primary.full-sync.")
    if attempt.finished is not None and unsent:
        return False
    requested = attempt.requested[1] if attempt.requested else None
    if requested is not None and service.requested_offset not in (None, requested):
        return False
    asked_for = attempt.requested[0] if attempt.requested else None
    if asked_for is not None and service.requested_replid not in (None, asked_for):
        return False
    known = replids_at(primary, service)
    return attempt.replid is None or not known or attempt.replid in known


def replids_at(primary: NodeHistory, service: Service) -> set[str]:
    """The replication IDs that the primary held when it answered, as far as its log says."""
    if service.headless:
        return set()  # Lines before it are missing: it may have been given another ID in them.
    order = (service.granted or service.online or service.asked).order
    place = bisect_right(primary.lineage, order, key=lambda lineage: lineage.start.order)
    if not place:
        return set()
    held = primary.lineage[place - 1]
    if any(held.start.order < run.first.order <= order for run in primary.runs):
        return set()  # It has started since; what it holds now, it need not have said.
    if held.replid2 is None and held.start.event.key == "replica.replid-changed":
        return set()  # The ID before is not there, and it still serves by that.
    given = held.start.event.key.startswith("replica.") and held.start.event.key != "replica.replid-shifted"
    if given and any(
        span.role == "primary" and held.start.order < span.start.order <= order for span in primary.roles
    ):
        return set()  # It took an ID of its own when it was promoted, in lines that are not there.
    if any(
        attempt.kind == "full"
        and attempt.replid is None
        and attempt.start.order <= order
        and attempt.points[-1].order > held.start.order
        for attempt in primary.attempts
    ):
        return set()  # Over a channel of its own (8.2) it is given an ID that no line names.
    return {replid for replid in (held.replid, held.replid2) if replid}


def _inside(interval: Interval) -> float:
    if interval.low == -math.inf:
        return interval.high - 1e-6 if interval.high < math.inf else 0.0
    return interval.low + 1e-6


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
