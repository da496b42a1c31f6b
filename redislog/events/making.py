"""How event classes are made: attrs classes whose converters follow from their annotations."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, dataclass_transform, get_args, get_origin, overload

import attrs

from redislog.events.declaring import Printer
from redislog.made import made as tell_of
from redislog.values import (
    Address,
    ClientId,
    ClientRecord,
    Peer,
    Quoted,
    parse_client,
    parse_peer,
    parse_quoted,
)

_T = TypeVar("_T")


def _optional(parse: Callable[[Any], Any]) -> attrs.Converter[Any, Any]:
    return attrs.Converter(lambda value: None if value is None else parse(value))


_CONVERTERS: dict[Any, attrs.Converter[Any, Any]] = {
    int: _optional(int),
    float: _optional(float),
    Address: _optional(Address.parse),
    Peer: _optional(parse_peer),
    ClientRecord: _optional(parse_client),
    Quoted: _optional(parse_quoted),
}


def _converter(annotation: Any) -> attrs.Converter[Any, Any] | None:
    if annotation in _CONVERTERS or get_origin(annotation) not in (Union, UnionType):
        return _CONVERTERS.get(annotation)
    rest = tuple(kind for kind in get_args(annotation) if kind is not NoneType)
    return _CONVERTERS.get(Peer if set(rest) == {Address, ClientId} else rest[0])


def _convert_by_type(cls: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    postponed = any(isinstance(field.type, str) for field in fields)
    types = inspect.get_annotations(cls, eval_str=True) if postponed else {}
    converted = []
    for field in fields:
        converter = None if field.converter is not None else _converter(types.get(field.name, field.type))
        converted.append(field if converter is None else field.evolve(converter=converter))
    return converted


@overload
def event(cls: type[_T], /) -> type[_T]: ...
@overload
def event(
    printer: Printer, /, *, level: str = "", roles: str = "", by: str = ""
) -> Callable[[type[_T]], type[_T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(attrs.field,))
def event(
    cls: type[_T] | Printer, /, *, level: str = "", roles: str = "", by: str = ""
) -> type[_T] | Callable[[type[_T]], type[_T]]:
    """Make an event class: an attrs class whose converters follow from its annotations.

    Every converter lets None pass: of a truncated message, the values after the cut are missing. With a printer, what
    holds for its messages: ``@event(_PRINTER, level="notice", by="freeClient")``.
    """
    if not isinstance(cls, Printer):
        return _made(cls)
    printer = cls.but(level, roles, by)

    def decorate(declared: type[_T]) -> type[_T]:
        declared.PRINTER, declared.CATEGORY = printer, printer.category  # type: ignore[attr-defined]
        return _made(declared)

    return decorate


def _made(cls: type[_T]) -> type[_T]:
    make: Callable[[type[_T]], type[_T]] = _without_fields
    if inspect.get_annotations(cls) or not attrs.has(cls) or any(map(_is_method, vars(cls).values())):
        make = attrs.frozen(eq=False, repr=False, weakref_slot=False, field_transformer=_convert_by_type)
    made = make(cls)
    tell_of(made)
    return made


def _is_method(value: object) -> bool:
    return callable(value) or isinstance(value, property)


def _without_fields(cls: type[_T]) -> type[_T]:
    """A class of its base's fields alone, with slots: all of attrs's methods are the base's, and not made anew."""
    own = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    made: type[_T] = type(
        cls.__name__, cls.__bases__, {**own, "__slots__": (), "__qualname__": cls.__qualname__}
    )
    return made
