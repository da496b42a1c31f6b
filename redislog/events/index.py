"""The index of all messages: which wording is which class, and which leading words lead to it.

`_index.json` is generated from the classes (`redislog.events.generate`) and checked in, so that no line needs
pyparsing or an event module that it does not speak of. Messages from outside the package are added to it
by `register`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from redislog.events.base import Event
    from redislog.events.wordings import Message

INDEX = Path(__file__).with_name("_index.json")
"""The generated index."""

_NOT_MESSAGES = {
    "_names",
    "base",
    "declaring",
    "faces",
    "generate",
    "index",
    "making",
    "render",
    "spellings",
    "versions",
    "wordings",
}
_PACKAGE = "redislog.events"
_OUTSIDE: dict[str, type[Event]] = {}
_FORGET: list[Callable[[], None]] = []

_P = ParamSpec("_P")
_T = TypeVar("_T")


def until_registered(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """A function whose answers are kept as long as the messages that are known stay the same."""
    cached = cache(function)
    _FORGET.append(cached.cache_clear)
    return cached  # type: ignore[return-value]


@until_registered
def event_class(target: str) -> type[Event]:
    """The class that ``module:Class`` names, its module imported on first use."""
    if target in _OUTSIDE:
        return _OUTSIDE[target]
    module, _, name = target.partition(":")
    found: type[Event] = getattr(importlib.import_module(f"{_PACKAGE}.{module}"), name)
    return found


def target_of(cls: type[Event]) -> str:
    """The name of an event class in the index."""
    package, _, module = cls.__module__.rpartition(".")
    return f"{module if package == _PACKAGE else cls.__module__}:{cls.__qualname__}"


def add_outside(cls: type[Event]) -> None:
    """Make a class from outside the package known by its name in the index."""
    _OUTSIDE[target_of(cls)] = cls
    _forget_answers()


def any_outside() -> bool:
    """Whether there is a class from outside the package."""
    return bool(_OUTSIDE)


def clear_outside() -> None:
    """Forget every class from outside the package."""
    _OUTSIDE.clear()
    _forget_answers()


def _forget_answers() -> None:
    for forget in _FORGET:
        forget()


def event_classes() -> Iterator[type[Event]]:
    """Every event class that declares messages: the package's, in the order of modules and declarations,
    then those that were registered.
    """
    from redislog.events.base import Event

    package = importlib.import_module(_PACKAGE)
    for info in pkgutil.iter_modules(package.__path__):
        if info.name in _NOT_MESSAGES:
            continue
        module = importlib.import_module(f"{_PACKAGE}.{info.name}")
        for value in vars(module).values():
            if (
                isinstance(value, type)
                and issubclass(value, Event)
                and value.__module__ == module.__name__
                and "MESSAGES" in vars(value)
            ):
                yield value
    yield from _OUTSIDE.values()


def messages() -> Iterator[tuple[type[Event], Message]]:
    """Every declared message with its class."""
    for cls in event_classes():
        for declared in messages_of(cls):
            yield cls, declared


@until_registered
def messages_of(cls: type[Event]) -> tuple[Message, ...]:
    """The messages that a class declares, with all that the class and its module say for them."""
    from redislog.events.wordings import resolved

    return tuple(resolved(declared, cls.PRINTER) for declared in cls.MESSAGES)


def known_keys() -> tuple[str, ...]:
    """The keys of all messages, and of lines that are none of them."""
    from redislog.matching import tables

    grammar = tables()
    found = {entry.key for entries in (grammar.messages.entries, grammar.raw.entries) for entry in entries}
    return (*sorted(found), "unrecognized", "foreign")


@until_registered
def message_of(target: str, key: str) -> Message:
    """The declaration of one message, by its class and key."""
    return next(declared for declared in messages_of(event_class(target)) if declared.key == key)
