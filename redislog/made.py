"""Who is told of each class of events as it is made: modules of events are imported on first use only."""

from __future__ import annotations

from collections.abc import Callable

_made: list[type] = []
_told: list[Callable[[type], None]] = []


def made(cls: type) -> None:
    """Tell of a class."""
    _made.append(cls)
    for each in _told:
        each(cls)


def tell(whom: Callable[[type], None]) -> None:
    """Tell somebody of every class, those that are there and those to come."""
    _told.append(whom)
    for cls in _made:
        whom(cls)
