"""Clocks: what must have happened before what bounds the offset between two of them.

The offset of a replica is its clock minus its primary's. Where a line of the replica (stamped r) was printed
before a line of the primary (stamped p), the offset is above ``r - p``; the other way round it is below.
Stamps are cut to the millisecond, so each bound is loose by one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Literal

import attrs

from redislog.node.history import Attempt, Point, Service

RESOLUTION = 0.001
"""Seconds by which a stamp may be too low."""


@attrs.frozen
class Interval:
    """An open interval of offsets, in seconds, with the lines that bound it: (replica's, primary's)."""

    low: float = -math.inf
    high: float = math.inf
    low_lines: tuple[Point, Point] | None = None
    high_lines: tuple[Point, Point] | None = None

    @property
    def empty(self) -> bool:
        """Whether no offset is possible."""
        return self.low >= self.high

    def __contains__(self, offset: float) -> bool:
        return self.low < offset < self.high

    @property
    def middle(self) -> float:
        """Its middle, or the offset nearest to 0 where one side is open."""
        if math.inf not in (-self.low, self.high):
            return (self.low + self.high) / 2
        return max(self.low, min(self.high, 0.0))

    @property
    def reversed(self) -> Interval:
        """The same offset seen from the other clock."""
        return Interval(-self.high, -self.low, self.high_lines, self.low_lines)

    def both(self, other: Interval) -> Interval:
        """The offsets that lie in both."""
        low = self if self.low >= other.low else other
        high = self if self.high <= other.high else other
        return Interval(low.low, high.high, low.low_lines, high.high_lines)

    def either(self, other: Interval) -> Interval:
        """The offsets that may lie in one of them."""
        low = self if self.low <= other.low else other
        high = self if self.high >= other.high else other
        return Interval(low.low, high.high, low.low_lines, high.high_lines)


def causes(attempt: Attempt, service: Service) -> Iterator[tuple[Point, Point, bool]]:
    """What happened before what if both are ends of one sync: (replica's line, primary's, replica first).

    - The replica prints its PSYNC before it sends it, the primary prints the request when it has it.
    - The primary answers a full resync when the snapshot starts or the replica is attached to one, after
      it printed so (``replication.c:startBgsaveForReplication``); a partial one after the request. With
      two channels the first answer comes after the request, the snapshot before its arrival.
      A replica that is attached to a running snapshot is answered before the line that says so
      (``replication.c:syncCommand``).
    - A snapshot on disk is sent when it is done.
    - Of an end whose first lines are missing, the first line that is there is no request.
    - Nothing follows from the line that a replica is online: from 7.0 on it comes at the end of the
      transfer, before the replica has loaded (``replication.c:updateSlavesWaitingBgsave``).
    """
    if attempt.asked is not None or not attempt.headless:
        yield attempt.asked or attempt.start, service.asked, True
    if attempt.granted is not None and not service.headless:
        answered = (
            service.asked if service.two_channels or service.attached else service.granted or service.asked
        )
        yield attempt.granted, answered, False
    if attempt.receiving is not None:
        if service.bgsave is not None and service.granted is not None:
            yield attempt.receiving, service.granted, False
        if service.bgsave_done is not None and service.diskless is False:
            yield attempt.receiving, service.bgsave_done, False
    if attempt.finished is not None and attempt.kind == "partial" and not service.headless:
        yield attempt.finished, service.asked, False


def session_interval(attempt: Attempt, service: Service) -> Interval:
    """The offsets under which two ends can be of one sync."""
    return interval_of(causes(attempt, service))


def interval_of(facts: Iterable[tuple[Point, Point, bool]]) -> Interval:
    """The offsets that no fact forbids; lines that lost their dates, or all of their time, say nothing of those that have them."""
    interval = Interval()
    for replica, primary, replica_first in facts:
        if not (_says(replica) == _says(primary) != "nothing"):
            continue
        difference = replica.time - primary.time
        if replica_first:
            bound = Interval(low=round(difference - RESOLUTION, 6), low_lines=(replica, primary))
        else:
            bound = Interval(high=round(difference + RESOLUTION, 6), high_lines=(replica, primary))
        interval = interval.both(bound)
    return interval


def _says(point: Point) -> Literal["date", "day", "time", "nothing"]:
    """What a line's stamp says: all of its date, all but the year, or the time of day alone."""
    stamp = point.event.stamp
    if stamp is None:
        return "nothing"
    if stamp.at is not None:
        return "date"
    return "time" if stamp.month is None else "day"
