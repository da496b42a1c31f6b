"""Lanes: lines in a row that begin alike, so that only what differs is read of each.

A line is read in full once (`redislog.reading.Reader`); what stays the same in the lines after it, namely
names, process, role letter, date and the hour of the collector's stamp, makes a lane. A line that begins
as a lane does is one of it, where its rest has the lane's layout.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

import attrs

from redislog.capture import Form, Steady, Unwrapper
from redislog.events.base import Event, Frame
from redislog.grammar.marks import FLAG_OF_ROLE
from redislog.matching import tables

_MOST = 256
_HOUR = r"(?P<hour>\d{4}-\d\d-\d\dT\d\d)"
_REST = r"(?P<rest>:[0-5]\d:[0-5]\d(?:\.\d{1,9}+)?+(?:Z|[+-]\d\d:\d\d))"
_BARE = Steady("", "")


class Lane(NamedTuple):
    """How its lines begin, what matches their rest, and the numbers of the groups that are message and time.

    ``frame`` is that of all its lines; where it is None, ``frames`` has them by the server's own beginning
    of a line, which follows the collector's stamp.
    """

    start: str
    size: int
    match: Callable[[str, int], re.Match[str] | None]
    message: int
    time: int
    frame: Frame | None
    frames: Frames


class Frames(dict[str, Frame]):
    """Frames of one origin and date, by how a server's lines begin: processes and roles may change."""

    base: Frame | None = None

    def of(self, found: re.Match[str]) -> Frame | None:
        """The frame of a line of another process or role; None if its date is another one."""
        if self.base is None or found["date"] != self.base.date:
            return None
        flag = FLAG_OF_ROLE.get(found["role"], found["role"])
        frame = attrs.evolve(self.base, pid=int(found["pid"]), flag=flag, lookup=tables().lookups[flag])
        if len(self) >= _MOST:
            self.clear()
        self[found["head"]] = frame
        return frame


class Lanes:
    """The lanes of one stream, by how their lines begin."""

    def __init__(self) -> None:
        self._lanes: dict[str, Lane] = {}
        self._sizes: list[int] = []
        self._bases: dict[str, tuple[_Patterns, Frames]] = {}
        self._around: tuple[object, object] = (None, None)
        self._settled = False

    def of(self, text: str) -> Lane:
        """The lane of a line."""
        if not self._settled:
            return NO_LANE
        for size in self._sizes:
            if (lane := self._lanes.get(text[:size])) is not None:
                return lane
        for names, (patterns, frames) in self._bases.items():
            if text.startswith(names) and (found := patterns.same.match(text, len(names))) is not None:
                frame = frames.get(found["head"]) or frames.of(found)
                if frame is not None:
                    return self._kept(_lane(text[: found.end()], patterns.bare, frame, frames))
        return NO_LANE

    def learn(self, text: str, events: list[Event], unwrapper: Unwrapper, *, known: bool) -> None:
        """Make a lane of a line that was read in full; ``known`` if it is of one."""
        self._settled = unwrapper.settled
        if self._around != (around := (unwrapper.form, unwrapper.heading)):
            self._clear()
            self._around = around
        if self._settled and not known and len(events) == 1 and events[0].flag is not None:
            self._add(text, events[0], unwrapper.form)

    def _clear(self) -> None:
        self._lanes.clear()
        self._sizes.clear()
        self._bases.clear()

    def _add(self, text: str, event: Event, form: Form | None) -> None:
        steady = _BARE if form is None else form.steady
        if steady is None:
            return
        for layout in tables().steady_layouts:
            patterns = _patterns(steady, layout)
            found = patterns.whole.match(text)
            if found is not None and _says_the_same(found, event):
                self._put(found, event, patterns)
                return

    def _put(self, found: re.Match[str], event: Event, patterns: _Patterns) -> None:
        header, hour = event.header, found["hour"]
        frame = Frame(
            header.source,
            header.pid or 0,
            header.flag or "",
            found["date"],
            header.year,
            header.tz,
            hour,
            header.prefix if hour is None else None,
            header.origin,
            tables().lookups[header.flag or ""],
        )
        names = found.string[: found.start("head" if hour is None else "hour")]
        for start in [start for start in self._lanes if start.startswith(names)]:
            del self._lanes[start]
        frames = Frames()
        frames.base = frame
        if hour is None:
            self._bases[names] = patterns, frames
            return
        start = names + hour
        self._kept(_lane(start, patterns.stamped, None, frames))

    def _kept(self, lane: Lane) -> Lane:
        if len(self._lanes) >= _MOST:
            self._lanes.clear()
            self._sizes.clear()
        self._lanes[lane.start] = lane
        if lane.size not in self._sizes:
            self._sizes.append(lane.size)
        return lane


class _Patterns(NamedTuple):
    """A form around a layout: all of a line; the server's beginning; what follows the hour; the date."""

    whole: re.Pattern[str]
    same: re.Pattern[str]
    stamped: re.Pattern[str]
    bare: re.Pattern[str]


@lru_cache(maxsize=64)
def _patterns(steady: Steady, layout: tuple[str, str]) -> _Patterns:
    same, rest = layout
    return _Patterns(
        re.compile(f"{steady.names}(?:{_HOUR}{_REST}{steady.behind})?(?P<head>{same}){rest}"),
        re.compile(f"(?P<head>{same})"),
        re.compile(f"{_REST}{steady.behind}(?P<head>{same}){rest}"),
        re.compile(rest),
    )


def _says_the_same(found: re.Match[str], event: Event) -> bool:
    """Whether a line's parts are those that were read of it."""
    header = event.header
    collected = datetime.fromisoformat(found["hour"] + found["rest"]) if found["hour"] else None
    return (
        header.stamp == found["date"] + found["time"]
        and header.message == found["message"]
        and header.prefix == found.string[: found.start("head")]
        and header.collected == collected
    )


def _lane(start: str, rest: re.Pattern[str], frame: Frame | None, frames: Frames) -> Lane:
    groups = rest.groupindex
    return Lane(start, len(start), rest.match, groups["message"], groups["time"], frame, frames)


def _no_match(_text: str, _size: int) -> None:
    return None


NO_LANE = Lane("\n", 0, _no_match, 0, 0, None, Frames())
"""The lane of lines that must be read in full."""
