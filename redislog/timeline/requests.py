"""The syncs that were asked for, by the time at which primaries' logs say so."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

import attrs

from redislog.node.history import Attempt, NodeHistory, Point
from redislog.timeline.clocks import Interval, session_interval
from redislog.timeline.sessions import could_be_one
from redislog.values import Address

EARLY, LATE = 0.005, 0.03
"""Seconds by which a request may be stamped before it was sent, and after, where clocks agree."""
_AGREE = Interval(-LATE, LATE)
_ACKNOWLEDGED = 1.0
"""Seconds after its end in which a primary sees a sync acknowledged at the latest (Redis, replication.c, replicationCron)."""


@attrs.frozen
class Served:
    """A sync that a primary's log shows from its request on: its number there, and who asked."""

    time: float
    primary: str
    number: int
    replica: Address


class Requests:
    """All syncs that some logs show from the request on."""

    def __init__(self, nodes: Mapping[str, NodeHistory], names: Iterable[str]) -> None:
        self._nodes = nodes
        primaries = tuple(names)
        found = [
            Served(service.asked.time, name, number, service.replica)
            for name in primaries
            for number, service in enumerate(nodes[name].services)
            if isinstance(service.replica, Address) and not service.headless
        ]
        self._cut_off = {
            name: sorted(service.asked.time for service in nodes[name].services if service.headless)
            for name in primaries
        }
        self._served = sorted(found, key=lambda each: each.time)
        self._times = [each.time for each in self._served]

    def when(self, attempt: Attempt) -> Iterator[Served]:
        """Those that were asked for when a replica says that it asked, as far as both ends agree."""
        if attempt.asked is None:
            return
        place = bisect_left(self._times, attempt.asked.time - EARLY)
        while place < len(self._times) and self._times[place] <= attempt.asked.time + LATE:
            each = self._served[place]
            place += 1
            primary = self._nodes[each.primary]
            service = primary.services[each.number]
            bounds = session_interval(attempt, service).both(_AGREE)
            if (
                not bounds.empty
                and could_be_one(attempt, primary, service)
                and not self._may_be_cut_off(each.primary, attempt, attempt.asked)
            ):
                yield each

    def _may_be_cut_off(self, primary: str, attempt: Attempt, asked: Point) -> bool:
        """Whether a primary's log shows another sync that may be this one and whose request is cut off.

        Its first line that is there stands anywhere from the request to the end of the sync.
        """
        end = attempt.finished or attempt.failed
        latest = math.inf if end is None else end.time + _ACKNOWLEDGED + LATE
        times = self._cut_off[primary]
        place = bisect_left(times, asked.time - EARLY)
        return place < len(times) and times[place] <= latest
