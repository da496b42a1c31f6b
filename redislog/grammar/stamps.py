"""Time stamps: from printed text to parts and to a date, once for each distinct text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

import attrs

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = {name: number for number, name in enumerate(MONTHS, start=1)}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAIVE_EPOCH = _EPOCH.replace(tzinfo=None)
_SYSLOG = re.compile(r"([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d)")
_LEGACY = re.compile(r"(\d\d) ([A-Z][a-z]{2}) (?:(\d{4}) )?(\d\d):(\d\d):(\d\d)(?:\.(\d{3}))?")
_CLOCK = re.compile(r"(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?")


@attrs.frozen
class Stamp:
    """A printed time stamp, read.

    ``year`` is None where the line has none (Redis 2.6 to 4.0) and nothing else says it; ``month`` and ``day`` are,
    too, where only a time of day is left of the head; ``millisecond`` is None for the whole seconds of
    signal-handler lines; ``at`` is the date, where there is a year.
    """

    text: str
    year: int | None
    month: int | None
    day: int | None
    hour: int
    minute: int
    second: int
    millisecond: int | None
    at: datetime | None

    @property
    def order(self) -> tuple[int, int, int, int, int, int]:
        """Sorts stamps of one year, whether the year is known or not; of times of day, those of one day."""
        return (self.month or 0, self.day or 0, self.hour, self.minute, self.second, self.millisecond or 0)


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
        day, name, printed_year, *clock, millisecond = match.groups()
        return _dated(text, printed_year or year, name, day, clock, millisecond, zone)
    if match := _CLOCK.fullmatch(text):
        return _of_day(text, *match.groups())
    if match := _SYSLOG.fullmatch(text):
        name, day, *clock = match.groups()
        return _dated(text, year, name, day, clock, None, zone)
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


def _dated(
    text: str,
    year: str | int | None,
    name: str,
    day: str,
    clock: list[str],
    millisecond: str | None,
    zone: str | None,
) -> Stamp | None:
    """A stamp of parts; None if there is no such day."""
    if name not in _MONTH:
        return None
    hour, minute, second = map(int, clock)
    numbers = (_MONTH[name], int(day), hour, minute, second)
    try:
        when = datetime(int(year or 2000), *numbers, int(millisecond or 0) * 1000)
    except ValueError:
        return None
    at = _in_zone(when, zone) if year else None
    milliseconds = None if millisecond is None else int(millisecond)
    return Stamp(text, int(year) if year else None, *numbers, milliseconds, at)


def _of_day(text: str, hour: str, minute: str, second: str, fraction: str | None) -> Stamp | None:
    """A time of day, None if there is no such one."""
    numbers = int(hour), int(minute), int(second)
    if numbers > (23, 59, 60) or numbers[1] > 59 or numbers[2] > 60:
        return None
    milliseconds = None if fraction is None else int(fraction[:3].ljust(3, "0"))
    return Stamp(text, None, None, None, *numbers, milliseconds, None)


def _from_unix(text: str) -> datetime:
    """Unix time: seconds in signal-handler lines, milliseconds in Valkey's ``milliseconds`` format."""
    milliseconds = int(text) if len(text) > 11 else int(text) * 1000
    return _EPOCH + timedelta(milliseconds=milliseconds)


def _in_zone(when: datetime, zone: str | None) -> datetime:
    return when if zone is None else when.replace(tzinfo=_zone_named(zone))


@lru_cache(maxsize=64)
def _zone_named(name: str) -> tzinfo:
    """A zone by its name in the IANA database, or by its offset: ``+05:30``."""
    if name[:1] not in "+-":
        from zoneinfo import ZoneInfo

        return ZoneInfo(name)
    offset = timedelta(hours=int(name[1:3]), minutes=int(name[4:]))
    return timezone(offset if name[0] == "+" else -offset) if offset else UTC


_QUARTER = 900
_SLACK = 120
_FARTHEST = 14 * 3600


def paired_zone(text: str, year: int | None, collected: datetime) -> str | None:
    """The offset of a naive stamp, by the collector's stamp of the same line, to a quarter of an hour.

    None where they are not two stamps of one instant, and for a stamp that says its zone.

    >>> paired_zone("29 May 2023 09:48:59.135", None, datetime(2023, 5, 29, 7, 48, 59, 140000, UTC))
    '+02:00'
    """
    stamp = read_stamp(text, year)
    if stamp is None or stamp.at is None or stamp.at.tzinfo is not None:
        return None
    ahead = (stamp.at.replace(tzinfo=UTC) - collected).total_seconds()
    quarters = round(ahead / _QUARTER)
    if abs(ahead) > _FARTHEST + _SLACK or abs(ahead - quarters * _QUARTER) > _SLACK:
        return None
    hours, minutes = divmod(abs(quarters) * 15, 60)
    return f"{'-' if quarters < 0 else '+'}{hours:02}:{minutes:02}"


def seconds(at: datetime) -> float:
    """Seconds since 1970 of a date; a naive one is counted as if it were UTC."""
    return (at - (_NAIVE_EPOCH if at.tzinfo is None else _EPOCH)).total_seconds()
