"""Printing events again, in the wording and the line format of a named product and version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from redislog.events.base import Event, Header, field_name, own_fields
from redislog.events.index import message_of, target_of
from redislog.events.versions import SERIES, by_version, expand
from redislog.events.wordings import Wording
from redislog.grammar.notation import Placeholder, read_template
from redislog.grammar.stamps import MONTHS
from redislog.values import Address, current_words

_WITHOUT_ROLE = ("redis 2.6", "redis 2.8")
_MARKS = {"debug": ".", "verbose": "-", "notice": "*", "warning": "#", "nul": "\0"}


class RenderError(ValueError):
    """A product or version that cannot print what an event says: which, and what it lacks."""


def render_line(event: Event, version: str) -> str:
    """The line that a server of that version prints for an event.

    ``version`` is a release series as in ``redis 7.0`` or ``valkey 8.1``, or one of the exact releases that
    a wording names. Raw events have no prefix. Reading the line gives the same class, key and own fields.

    Raises
    ------
    RenderError
        if that version has no wording for the event or for one of its values, or needs a stamp or a year
        that the event lacks.

    >>> from redislog.reading import parse_line
    >>> event = parse_line("1:S 29 May 2023 07:49:04.507 * MASTER <-> REPLICA sync: Finished with success")
    >>> render_line(event, "valkey 8.0")
    '1:S 29 May 2023 07:49:04.507 * PRIMARY <-> REPLICA sync: Finished with success'
    >>> render_line(event, "redis 2.8")
    '[1] 29 May 07:49:04.507 * MASTER <-> SLAVE sync: Finished with success'
    """
    return prefixed(event, *_wording_and_text(event, version), version)


def prefixed(event: Event, wording: Wording, text: str, version: str) -> str:
    """A message with the prefix that a version prints before it, made of what the event's line had."""
    series = series_of(version)
    levels = _levels(wording, version)
    if levels == ["raw"]:
        return text.strip("\n")
    text = text.rstrip("\n")
    if wording.roles == "H":
        return _handler_prefix(event, series) + text
    mark = _MARKS[event.level if event.level in levels else levels[0]]
    pid = event.pid or 1
    letter = _letter(event, wording, version)
    who = f"[{pid}]" if letter is None else f"{pid}:{letter}"
    return f"{who} {_stamp(event, series)} {mark} {text}"


def _levels(wording: Wording, version: str) -> list[str]:
    """The levels at which a version prints a wording."""
    spoken = (version, series_of(version))
    return next(filter(None, (by_version(wording.level, each) for each in spoken)), "notice").split("|")


def _roles(wording: Wording, version: str) -> list[str]:
    """The role letters that a version prints before a wording, the likeliest first."""
    return (by_version(wording.roles, series_of(version)) or "-").split(",")


def render_message(event: Event, version: str) -> str:
    """The message alone, without a prefix; arguments and errors as for `render_line`."""
    return _wording_and_text(event, version)[1]


def series_of(version: str) -> str:
    """The release series of an exact release, or the series itself.

    >>> series_of("redis 2.8.0"), series_of("valkey 8.0")
    ('redis 2.8', 'valkey 8.0')
    """
    series = version if version in SERIES else version.rpartition(".")[0]
    if series not in SERIES:
        raise RenderError(f"unknown version {version!r}: expected one of {', '.join(SERIES)}")
    return series


def wordings_of(cls: type[Event], key: str, version: str) -> list[Wording]:
    """The wordings of a message that a version prints."""
    every = message_of(target_of(cls), key).wordings
    exact = [wording for wording in every if version in expand(wording.versions)]
    series = series_of(version)
    return exact or [wording for wording in every if series in expand(wording.versions)]


def _wording_and_text(event: Event, version: str) -> tuple[Wording, str]:
    if event.key in ("unrecognized", "foreign"):
        raise RenderError(f"an event of key {event.key!r} has no wording")
    values = own_values(event)
    problems = []
    found = []
    for wording in wordings_of(type(event), event.key, version):
        try:
            text = wording_text(wording, values, version)
        except RenderError as problem:
            problems.append(str(problem))
            continue
        if _reads_back(event, text, _letter(event, wording, version)):
            found.append((wording, text))
        else:
            problems.append(f"{text!r} does not say all of it")
    if found:
        return next((pair for pair in found if pair[1] == event.message), found[0])
    if problems:
        raise RenderError(f"{version} cannot print {event.key!r} with these values: {'; '.join(problems)}")
    raise RenderError(f"{version} does not print {event.key!r}")


def own_values(event: Event) -> dict[str, Any]:
    """The values of an event's own fields, without those that are None."""
    fields = ((field.name, getattr(event, field.name)) for field in own_fields(type(event)) if field.init)
    return {name: value for name, value in fields if value is not None}


def _letter(event: Event, wording: Wording, version: str) -> str | None:
    """The role letter of the line, None where a version prints none, ``-`` for a raw line."""
    if _levels(wording, version) == ["raw"]:
        return "-"
    if series_of(version) in _WITHOUT_ROLE:
        return None
    roles = _roles(wording, version)
    return event.flag if event.flag in roles else roles[0]


def _reads_back(event: Event, text: str, letter: str | None) -> bool:
    """Whether a text is read as the same message with the same values."""
    from redislog.matching import Recognised, build_event, recognise, tables

    if letter == "-":
        lines = [line for line in text.split("\n") if line]
        found = tables().raw.match(lines[0]) if lines else None
        read = None if found is None else build_event(Recognised(*found), Header(text))
    else:
        recognised = recognise(text.rstrip("\n"), letter)
        read = None if recognised is None or recognised.damage else build_event(recognised, Header(text))
    return read is not None and read.key == event.key and own_values(read) == own_values(event)


def wording_text(wording: Wording, values: dict[str, Any], version: str) -> str:
    """A wording with its values filled in.

    Raises
    ------
    RenderError
        if a value is missing, or is none of the words that the wording allows.
    """
    return "".join(_texts(wording, values, series_of(version)))


def _texts(wording: Wording, values: dict[str, Any], series: str) -> Iterator[str]:
    template = read_template(wording.template)
    for part in template.parts:
        if isinstance(part, str):
            yield part
            continue
        name = field_name(part.name)
        if name not in values:
            raise RenderError(f"its wording needs {name}")
        yield _value_text(part, values[name], series)


def _value_text(part: Placeholder, value: Any, series: str) -> str:
    for word in part.words:
        if str(value) in (word, current_words(word)):
            return word
    if part.token is None:
        raise RenderError(f"{part.name} is {value!r}, not one of {', '.join(part.words)}")
    if isinstance(value, float):
        return f"{value:.2f}" if part.token.name == "float2" else f"{value:.3f}"
    if isinstance(value, Address):
        return _address_text(value, series)
    return str(value)


def _address_text(address: Address, series: str) -> str:
    """A replica's name; IPv6 in brackets since 3.2, where the port is known."""
    old = series in ("redis 2.8", "redis 3.0", "redis 3.2", "redis 4.0")
    if address.port is None:
        return f"{address.host}:<unknown-{'slave' if old else 'replica'}-port>"
    if series in ("redis 2.6", "redis 2.8", "redis 3.0"):
        return f"{address.host}:{address.port}"
    return str(address)


def _stamp(event: Event, series: str) -> str:
    stamp = event.stamp
    if stamp is None or stamp.month is None or stamp.day is None:
        raise RenderError("the event has no stamp, or only a time of day")
    if series in ("redis 2.6", "redis 2.8", "redis 3.0", "redis 3.2", "redis 4.0"):
        year = ""
    elif stamp.year is None:
        raise RenderError(f"{series} prints a year, and the event's stamp has none")
    else:
        year = f"{stamp.year:04} "
    time = f"{stamp.hour:02}:{stamp.minute:02}:{stamp.second:02}.{stamp.millisecond or 0:03}"
    return f"{stamp.day:02} {MONTHS[stamp.month - 1]} {year}{time}"


def _handler_prefix(event: Event, series: str) -> str:
    from redislog.grammar.stamps import seconds

    at = event.at
    if at is None:
        raise RenderError("a signal handler prints unix time, and the event has no date")
    pid = event.pid or 1
    who = f"[{pid} | signal handler]" if series in _WITHOUT_ROLE else f"{pid}:signal-handler"
    return f"{who} ({int(seconds(at))}) "
