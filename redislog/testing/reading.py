"""What tests hand over, read once: captures, logs, timelines and watchers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from os import PathLike
from typing import cast

from redislog.events.base import Event
from redislog.evidence import Evidence
from redislog.gathering import Way, events_by, planned
from redislog.hints import Hint
from redislog.reading import Lines
from redislog.replaying import Timeline
from redislog.sources import Captures, Found, open_captures
from redislog.sources.watch import Watch
from redislog.testing.marks import Mark
from redislog.testing.matchers import Matcher
from redislog.testing.watcher import Watcher, always
from redislog.topology.values import Verdict

_NAME = "log"
"""The name of a server whose log is handed over without one."""


class Read:
    """Captures that were read: their timeline, and their events, where a `Timeline` alone is not all there is."""

    def __init__(self, timeline: Timeline, watcher: Watcher | None = None) -> None:
        self.timeline = timeline
        self.watcher = watcher
        self._verdict: Verdict | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict at the end of all."""
        if self.watcher is not None:
            return self.watcher.verdict
        if self._verdict is None:
            self._verdict = self.timeline.verdict
        return self._verdict

    def events(self, *, since: Mark | None = None) -> Iterator[Event]:
        """Every event, each server's in order; only those after a mark."""
        return self._watcher("events").events(since=since)

    def count(self, matcher: Matcher, *, since: Mark | None = None) -> int:
        """How many events a matcher means; only those after a mark."""
        return self._watcher("events").count(matcher, since=since)

    def mark(self) -> Mark:
        """How far the logs have come."""
        return self._watcher("marks").mark()

    def after(self, since: Mark | None) -> Callable[[Iterable[Evidence]], bool]:
        """Whether all the lines that tell of something were printed after a mark."""
        return always if since is None else self._watcher("marks").after(since)

    def _watcher(self, what: str) -> Watcher:
        if self.watcher is None:
            raise TypeError(
                f"a Timeline keeps only events that changed something: for {what} hand over the captures, or a Watcher"
            )
        return self.watcher


def read_captures(captures: Captures | Timeline | Watcher) -> Read:
    """What `redislog.replay` takes, or a timeline, or a watcher; errors as of `redislog.replay`."""
    if isinstance(captures, Timeline):
        return Read(captures)
    if isinstance(captures, Watcher):
        return Read(captures.timeline, captures)
    return read_found(open_captures(captures))


def read_found(
    found: Found, way: Way | None = None, hints: Iterable[Hint] = (), watch: Watch | None = None
) -> Read:
    """Captures that were found; ``hints`` are what is known of addresses beside those found.

    ``watch`` is told how far they are read.
    """
    watcher = Watcher()
    watcher.timeline = Timeline(hints=(*hints, *found.hints), endings=found.endings)
    for capture in found.captures:
        watcher.timeline.know(capture.name)
    way, watch = way or Way(), watch or Watch()
    watch.total = sum(capture.size for capture in found.captures)
    with ExitStack() as stack:
        plan = planned(found.captures, way, stack, watch)
        for name, event in events_by(plan, way, watch):
            watcher.add(event, name)
    watcher.timeline.unify(found.captures, plan, way)
    return Read(watcher.timeline, watcher)


def read_log(log: Captures | Lines | Timeline | Watcher) -> Read:
    """As `read_captures`; also a text, or lines, of one server."""
    if isinstance(log, str | bytes):
        return read_captures({_NAME: log})
    if isinstance(log, Watcher | Timeline | Mapping | PathLike):
        return read_captures(log)
    parts = list(cast("Iterable[PathLike[str] | str | bytes]", log))
    if any(isinstance(part, PathLike) for part in parts):
        return read_captures(cast("list[PathLike[str]]", parts))
    return read_captures({_NAME: cast("list[str | bytes]", parts)})
