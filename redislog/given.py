"""The entry point of hypothesis: ``st.from_type`` of a class of events makes what a server prints.

Hypothesis loads it with itself, so that it imports nothing else; strategies are made when they are drawn from.
"""

from __future__ import annotations

from redislog.made import tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hypothesis.strategies import SearchStrategy


def register() -> None:
    """Register every class of events, also those that are imported later."""
    tell(_register)


def _register(cls: type) -> None:
    from hypothesis.strategies import register_type_strategy

    register_type_strategy(cls, _strategy)


def _strategy(cls: type) -> SearchStrategy[Any]:
    from redislog.testing.strategies import events_of

    return events_of(cls)
