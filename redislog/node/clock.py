"""When a line was printed, in seconds on its server's own clock."""

from __future__ import annotations

from datetime import UTC, datetime

from redislog.events.base import Event
from redislog.grammar.stamps import seconds

_LEAP_YEAR = 366 * 86400


class Clock:
    """Reads the stamps of one log, in order.

    Naive local time counts as UTC. Stamps without a year begin in the year 2000; each New Year adds the
    seconds of a leap year.
    """

    def __init__(self) -> None:
        self._month = 0
        self._new_years = 0

    def time_of(self, event: Event) -> float | None:
        """Seconds of a line's stamp, None where it has none."""
        stamp = event.stamp
        if stamp is None:
            return None
        if stamp.at is not None:
            return seconds(stamp.at)
        self._new_years += (self._month, stamp.month) == (12, 1)
        self._month = stamp.month
        month, day, hour, minute, second, millisecond = stamp.order
        at = datetime(2000, month, day, hour, minute, second, millisecond * 1000, tzinfo=UTC)
        return seconds(at) + self._new_years * _LEAP_YEAR
