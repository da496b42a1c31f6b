"""Times that a user gives."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from redislog.command.codes import WrongUseError
from redislog.grammar.stamps import seconds
from redislog.replaying import Timeline


def instant_of(text: str | None, option: str, timeline: Timeline) -> datetime | None:
    """An instant on the reference's clock; a time without a date is on the day of its first line."""
    if text is None:
        return None
    joined = timeline.joined
    first = joined.nodes[joined.reference].first if joined.reference else None
    return time_of(text, option, first.event.at if first else None)


def time_of(text: str | None, option: str, day: datetime | None) -> datetime | None:
    """A time in ISO 8601; one without a date is on a day, where one is given.

    Raises
    ------
    WrongUseError
        if it is none.
    """
    if text is None:
        return None
    forms = [text] if day is None else [text, f"{day.date().isoformat()}T{text}"]
    for form in forms:
        with suppress(ValueError):
            return datetime.fromisoformat(form)
    raise WrongUseError(f"{option}: expected a time like 2023-05-29T07:49:02, got {text!r}")


def is_shown(when: datetime | None, since: datetime | None, until: datetime | None = None) -> bool:
    """Whether something lies between two times; what has no time does."""
    if when is None:
        return True
    after = since is None or seconds(when) >= seconds(since)
    return after and (until is None or seconds(when) <= seconds(until))
