"""Time stamps: from printed text to parts and to a date, once for each distinct text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import attrs

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = {name: number for number, name in enumerate(MONTHS, start=1)}
_LEGACY = re.compile(r"(\d\d) ([A-Z][a-z]{2}) (?:(\d{4}) )?(\d\d):(\d\d):(\d\d)\.(\d{3})")


@attrs.frozen
class Stamp:
    """A printed time stamp, read.

    ``year`` is None where the line has none (Redis 2.6 to 4.0) and nothing else says it; ``millisecond``
    is None for the whole seconds of signal-handler lines; ``at`` is the date, where there is a year.
    """

    text: str
    year: int | None
    month: int
    day: int
    hour: int
    minute: int
    second: int
    millisecond: int | None
    at: datetime | None

    @property
    def order(self) -> tuple[int, int, int, int, int, int]:
        """Sorts stamps of one year, whether the year is known or not."""
        return (self.month, self.day, self.hour, self.minute, self.second, self.millisecond or 0)


@lru_cache(maxsize=4096)
def read_stamp(text: str, year: int | None = None, zone: str | None = None) -> Stamp | None:
    """Read a stamp in any of the forms that servers print.

    ``year`` completes a stamp without one; ``zone`` (a name of the IANA database) makes a naive one aware.
    None where the text has the form of a stamp and is no date (``31 Feb``).

    >>> read_stamp("29 May 2023 07:48:59.135").at
    datetime.datetime(2023, 5, 29, 7, 48, 59, 135000)
    >>> read_stamp("29 May 07:48:59.135").at is None
    True
    >>> read_stamp("1714723262500").at
    datetime.datetime(2024, 5, 3, 8, 1, 2, 500000, tzinfo=datetime.timezone.utc)
    """
    if match := _LEGACY.fullmatch(text):
        day, name, printed_year, hour, minute, second, millisecond = match.groups()
        if name not in _MONTH:
            return None
        full_year = int(printed_year) if printed_year else year
        numbers = (_MONTH[name], int(day), int(hour), int(minute), int(second))
        try:
            when = datetime(full_year or 2000, *numbers, int(millisecond) * 1000)
        except ValueError:
            return None
        at = _in_zone(when, zone) if full_year else None
        return Stamp(text, full_year, *numbers, int(millisecond), at)
    try:
        when = _from_unix(text) if text.isdecimal() else datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return None
    return Stamp(
        text,
        when.year,
        when.month,
        when.day,
        when.hour,
        when.minute,
        when.second,
        when.microsecond // 1000 if len(text) > 11 else None,
        when,
    )


def _from_unix(text: str) -> datetime:
    """Unix time: seconds in signal-handler lines, milliseconds in Valkey's ``milliseconds`` format."""
    milliseconds = int(text) if len(text) > 11 else int(text) * 1000
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def _in_zone(when: datetime, zone: str | None) -> datetime:
    return when if zone is None else when.replace(tzinfo=ZoneInfo(zone))
