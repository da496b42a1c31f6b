"""The year of stamps without one (Redis 2.6 to 4.0), where something about a capture tells of it.

That is a date in the name of its file, as people and log rotation write them, or a date in a text of it as ctime and
date print them: a Sentinel's ``I will not start a failover before Sat Jul 23 16:15:14 2016``, a shell's. Either counts
where it is within four months of a stamp: nearer to it in one year than in any other, by far.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import attrs

from redislog.events.base import Event
from redislog.grammar.stamps import MONTHS

_FARTHEST = 120
"""Days between a stamp and a date that tells its year, at most."""
_MONTH = "(?i:" + "|".join(MONTHS) + ")[a-z]*"
_BETWEEN = r"[-_. ]?"
_DATES = (
    rf"(?P<year>20\d\d){_BETWEEN}(?P<month>\d\d){_BETWEEN}(?P<day>\d\d)(?:T?\d{{4}}(?:\d\d)?)?",
    r"(?P<day>\d\d)[-_.](?P<month>\d\d)[-_.](?P<year>20\d\d)",
    r"(?P<month>\d\d)[-_.](?P<day>\d\d)[-_.](?P<year>20\d\d)",
    rf"(?P<day>\d\d?){_BETWEEN}(?P<name>{_MONTH}){_BETWEEN}(?P<year>20\d\d)",
    rf"(?P<year>20\d\d){_BETWEEN}(?P<name>{_MONTH}){_BETWEEN}(?P<day>\d\d?)",
    rf"(?P<name>{_MONTH}){_BETWEEN}(?P<day>\d\d?){_BETWEEN}(?P<year>20\d\d)",
)
"""Dates as they stand in names, between other characters than digits."""
_CTIME = (
    rf"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?P<name>{'|'.join(MONTHS)}) (?P<day>[ \d]\d) \d\d:\d\d:\d\d"
    r"(?: [A-Z]{2,5})? (?P<year>20\d\d)\b"
)


@attrs.frozen
class Deduced:
    """The year of a capture's first stamp, and what tells of it."""

    year: int
    by: str

    def __str__(self) -> str:
        return f"its stamps have no year; {self.year} is deduced from {self.by}"


def deduced_year(name: str, events: list[Event]) -> Deduced | None:
    """The year of the first stamp of a capture of some name, which begins with some events.

    None where its stamps have their years, nothing tells of them, or not all that does says the same.
    """
    stamped = [event for event in events if event.stamp is not None and event.stamp.month is not None]
    if not stamped or any(event.at is not None for event in stamped):
        return None
    found = dict.fromkeys(_by_texts(events, stamped[0]), "a date in its text")
    found |= dict.fromkeys(_by_name(name, stamped[0]), "the date in its name")
    return Deduced(*next(iter(found.items()))) if len(found) == 1 else None


def _by_name(name: str, first: Event) -> Iterator[int]:
    for pattern in _DATES:
        for match in re.finditer(rf"(?<![0-9]){pattern}(?![0-9])", name):
            parts = match.groupdict()
            written = parts.get("name")
            month = MONTHS.index(written[:3].capitalize()) + 1 if written else int(parts["month"])
            if told := _date(int(parts["year"]), month, int(parts["day"])):
                yield from _nearest(first, told)


def _by_texts(events: list[Event], first: Event) -> Iterator[int]:
    """By the dates in texts: each tells the year of the last stamp before it."""
    turns = 0
    last = first
    for event in events:
        if event.stamp is not None and event.stamp.month is not None and last.stamp is not None:
            turns += (last.stamp.month, event.stamp.month) == (12, 1)
            last = event
        for match in re.finditer(_CTIME, event.message):
            if told := _date(int(match["year"]), MONTHS.index(match["name"]) + 1, int(match["day"])):
                yield from (year - turns for year in _nearest(last, told))


def _nearest(event: Event, told: date) -> Iterator[int]:
    """The year in which a stamp lies near to a date; none where it does in no year."""
    stamp = event.stamp
    for year in (told.year - 1, told.year, told.year + 1):
        at = None if stamp is None else _date(year, stamp.month or 0, stamp.day or 0)
        if at is not None and abs((at - told).days) <= _FARTHEST:
            yield year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
