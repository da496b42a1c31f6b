"""Lines of watchers that print no time of their own: their order, and the collector's time where it has one."""

from __future__ import annotations

from datetime import datetime

import attrs

from redislog.events.base import Event
from redislog.grammar.stamps import seconds


@attrs.frozen
class Mark:
    """A line in the log of a watcher: ``order`` counts its lines, ``at`` is when, where anything says it."""

    order: int
    event: Event
    at: datetime | None

    @classmethod
    def of(cls, order: int, event: Event) -> Mark:
        """A line with the time that it prints, or that the collector gave it."""
        return cls(order, event, event.at or event.header.collected)

    @property
    def time(self) -> float | None:
        """Seconds since 1970, None where nothing says it; a time without zone counts as UTC."""
        return seconds(self.at) if self.at is not None else None


def watcher_of(event: Event) -> str:
    """The pod of a watcher's line, or what its capture is called.

    Lines of several containers of one pod have one watcher.
    """
    if event.origin is not None and event.origin.pod is not None:
        return event.origin.pod
    source = event.source or ""
    return source.rpartition("/")[0] or source


def container_of(event: Event) -> str | None:
    """The container of a watcher's line, as far as its capture says it."""
    if event.origin is not None and event.origin.container is not None:
        return event.origin.container
    pod, _, container = (event.source or "").rpartition("/")
    return container if pod else None
