"""Matchers: which events a test means, by class, by key, and by the values of fields.

A matcher is an event class, a glob of keys (``"replica.full-sync.*"``), or what `having` makes of one of them
and the values of some fields. One that can match nothing (a key, or a field, that does not exist) is an error
at once, with the nearest names: a test that waits for a misspelt message must not pass, or wait, for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from typing import Any

import attrs

from redislog.events.base import Event, Foreign, Unrecognized, own_fields
from redislog.events.index import messages, until_registered
from redislog.naming import matching, one_of

_SHARED_FIELDS = ("at", "flag", "level", "line_number", "message", "pid", "source")
"""Attributes of every event that `having` takes beside the fields of its class."""


@attrs.frozen
class Having:
    """Events of a class, or of keys that match a glob, whose fields have some values; made by `having`.

    A value is what the field holds; or its text (``"10.0.0.1:6379"`` for an address); or a function from the
    field's value to whether it will do.
    """

    which: type[Event] | str
    fields: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        values = ", ".join(f"{name}={_shown(value)}" for name, value in self.fields)
        return f"{described(self.which)} having {values}"


Matcher = type[Event] | str | Having
"""What a test may name events by."""


def having(which: type[Event] | str, **fields: Any) -> Having:
    """Events of a class, or of keys that match a glob, whose fields have the values given.

    >>> from redislog import parse_line
    >>> granted = having("replica.full-sync-from-primary", offset=563)
    >>> line = "1:S 29 May 2023 07:49:04.496 * Full resync from master: f5936d9c489e2cf341f75b48235c72981f770077:563"
    >>> matches(granted)(parse_line(line))
    True
    >>> having("replica.full-sync-from-primary", ofset=563)
    Traceback (most recent call last):
    ...
    redislog.naming.UnknownNameError: unknown field of 'replica.full-sync-from-primary' 'ofset'; did you mean offset?

    Raises
    ------
    UnknownNameError
        if no message matches, or none that does has such a field.
    TypeError
        if ``which`` is neither a class of events nor a glob.
    """
    matcher = Having(which, tuple(sorted(fields.items())))
    matches(matcher)
    return matcher


def matches(matcher: Matcher) -> Callable[[Event], bool]:
    """The function that says of an event whether a matcher means it; errors as of `having`."""
    if isinstance(matcher, Having):
        return _having(matcher)
    if isinstance(matcher, str):
        keys = frozenset(_keys_of(matcher))
        return lambda event: event.key in keys
    if isinstance(matcher, type) and issubclass(matcher, Event):
        return lambda event: isinstance(event, matcher)
    raise TypeError(f"expected an event class, a glob of keys, or having(...), not {matcher!r}")


def described(matcher: Matcher) -> str:
    """A matcher in words, for messages."""
    if isinstance(matcher, type):
        return matcher.__name__
    return repr(matcher) if isinstance(matcher, str) else str(matcher)


def _shown(value: Any) -> str:
    return str(getattr(value, "__name__", value)) if callable(value) else repr(value)


def _having(matcher: Having) -> Callable[[Event], bool]:
    of_kind = matches(matcher.which)
    _check_fields(matcher)
    return lambda event: (
        of_kind(event)
        and all(
            hasattr(event, name) and _fits(getattr(event, name), wanted) for name, wanted in matcher.fields
        )
    )


def _fits(value: Any, wanted: Any) -> bool:
    if callable(wanted):
        return value is not None and bool(wanted(value))
    return bool(value == wanted) or (isinstance(wanted, str) and value is not None and str(value) == wanted)


def _check_fields(matcher: Having) -> None:
    known = {name for cls in _classes_of(matcher.which) for name in _field_names(cls)}
    for name, _ in matcher.fields:
        one_of(name, known, f"field of {described(matcher.which)}")


def _field_names(cls: type[Event]) -> tuple[str, ...]:
    return (*(field.name for field in own_fields(cls)), *_SHARED_FIELDS)


def _classes_of(which: type[Event] | str) -> Iterable[type[Event]]:
    if isinstance(which, str):
        return {cls for key, cls in _keys() if fnmatchcase(key, which)}
    return {cls for _, cls in _keys() if issubclass(cls, which)} | {which}


def _keys_of(glob: str) -> tuple[str, ...]:
    return matching(glob, (key for key, _ in _keys()), "key")


@until_registered
def _keys() -> tuple[tuple[str, type[Event]], ...]:
    declared = tuple((message.key, cls) for cls, message in messages())
    return (*declared, ("unrecognized", Unrecognized), ("foreign", Foreign))
