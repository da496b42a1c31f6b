"""JSON through cattrs: every public value can be written, and read back equal.

Top-level objects carry ``"schema": 1``; keys and codes are a promise to other programs. Dates are ISO 8601,
addresses ``host:port``, client records their printed text.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, TypeVar

import attrs
from cattrs.preconf.json import JsonConverter, make_converter

from redislog.events.base import Event, Foreign, Header, Unrecognized, own_fields
from redislog.events.index import event_class, until_registered
from redislog.matching import tables
from redislog.origin import Origin, origin
from redislog.values import Address, ClientId, ClientRecord, Damage

SCHEMA = 1

_T = TypeVar("_T")


def unstructure(value: Any) -> dict[str, Any]:
    """A public value (an event, verdict, resync, ...) as a JSON object with its schema number."""
    return {"schema": SCHEMA, **converter().unstructure(value)}


def structure(data: dict[str, Any], cls: type[_T]) -> _T:
    """The value of a JSON object that `unstructure` made.

    Raises
    ------
    ValueError
        for an object of another schema.

    >>> from redislog.reading import parse_line
    >>> event = parse_line("1:S 29 May 2023 07:49:04.507 * MASTER <-> REPLICA sync: Finished with success")
    >>> structure(unstructure(event), Event) == event
    True
    """
    if data.get("schema", SCHEMA) != SCHEMA:
        raise ValueError(f"expected schema {SCHEMA}, got {data['schema']!r}")
    return converter().structure({key: value for key, value in data.items() if key != "schema"}, cls)


@cache
def converter() -> JsonConverter:
    """The converter that both directions use."""
    made = make_converter()
    made.register_unstructure_hook(Address, str)
    made.register_structure_hook(Address, lambda text, _: Address.parse(text))
    made.register_unstructure_hook(ClientRecord, str)
    made.register_unstructure_hook(ClientId, str)
    made.register_unstructure_hook_func(_is_event, _event_to_dict)
    made.register_structure_hook_func(_is_event, _event_from_dict)
    return made


def _is_event(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Event)


def _event_to_dict(event: Event) -> dict[str, Any]:
    header = event.header
    fields = {field.name: _plain(getattr(event, field.name)) for field in own_fields(type(event))}
    return {
        "key": event.key,
        "at": event.at.isoformat() if event.at else None,
        "pid": header.pid,
        "flag": header.flag,
        "level": header.level,
        "message": header.message,
        "source": header.source,
        "line_number": header.line_number,
        "block": header.block,
        "damaged": header.damage is not None,
        "damage": None if header.damage is None else attrs.asdict(header.damage),
        "truncated": header.truncated,
        "ground": header.ground,
        "remark": header.remark,
        "fields": fields,
        "stamp": header.stamp,
        "year": header.year,
        "tz": header.tz,
        "collected": header.collected.isoformat() if header.collected else None,
        "prefix": header.prefix,
        "origin": _said(header.origin),
    }


def _said(where: Origin | None) -> dict[str, str] | None:
    """What an origin says, without what it does not."""
    if where is None:
        return None
    return attrs.asdict(where, filter=lambda field, value: field.init and value is not None)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | float | str) else str(value)


def _event_from_dict(data: dict[str, Any], _: type[Event]) -> Event:
    names = {field.name for field in attrs.fields(Header)}
    values = {name: value for name, value in data.items() if name in names}
    if values.get("collected"):
        values["collected"] = datetime.fromisoformat(values["collected"])
    if values.get("damage"):
        values["damage"] = Damage(**values["damage"])
    if values.get("origin"):
        values["origin"] = origin(**values["origin"])
    return _class_of(data["key"])(Header(**values), data["key"], **data["fields"])


def _class_of(key: str) -> type[Event]:
    if key == "unrecognized":
        return Unrecognized
    if key == "foreign":
        return Foreign
    target = _targets().get(key)
    if target is None:
        raise ValueError(f"unknown key {key!r}")
    return event_class(target)


@until_registered
def _targets() -> dict[str, str]:
    grammar = tables()
    return {entry.key: entry.target for entry in (*grammar.messages.entries, *grammar.raw.entries)}
