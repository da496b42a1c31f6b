"""When a line was printed, in seconds on its server's own clock."""

from __future__ import annotations

from datetime import UTC, datetime

from redislog.events.base import Event
from redislog.grammar.stamps import Stamp, seconds

_DAY = 86400
_LEAP_YEAR = 366 * _DAY
_MIDNIGHT = _DAY / 2
"""A time of day that is so much before the one above it is one of the next day."""


class Clock:
    """Reads the stamps of one log, in order.

    Naive local time counts as UTC. Stamps without a year begin in the year 2000; each New Year adds the
    seconds of a leap year. Times of day begin at the day of the last date, or on the first of that year; each
    midnight adds a day.
    """

    def __init__(self) -> None:
        self._month = 0
        self._new_years = 0
        self._day = float(seconds(datetime(2000, 1, 1, tzinfo=UTC)))
        self._last = 0.0

    def time_of(self, event: Event) -> float | None:
        """Seconds of a line's stamp, None where it has none."""
        stamp = event.stamp
        if stamp is None:
            return None
        if stamp.month is None:
            return self._time_of_day(stamp)
        self._last = time = self._time_of_date(stamp)
        self._day = time - time % _DAY
        return time

    def _time_of_day(self, stamp: Stamp) -> float:
        """Seconds of a time of day: on the day of the stamp before it, or the next one."""
        time = (
            self._day + stamp.hour * 3600 + stamp.minute * 60 + stamp.second + (stamp.millisecond or 0) / 1000
        )
        if self._last - time > _MIDNIGHT:
            self._day += _DAY
            time += _DAY
        self._last = time
        return time

    def _time_of_date(self, stamp: Stamp) -> float:
        if stamp.at is not None:
            return seconds(stamp.at)
        self._new_years += (self._month, stamp.month) == (12, 1)
        self._month = stamp.month or 0
        month, day, hour, minute, second, millisecond = stamp.order
        at = datetime(2000, month, day, hour, minute, second, millisecond * 1000, tzinfo=UTC)
        return seconds(at) + self._new_years * _LEAP_YEAR
