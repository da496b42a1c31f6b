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

from redislog.capture import Form, Steady, Unwrapper
from redislog.events.base import Event, Frame
from redislog.matching import tables

_MOST = 32
_HOUR = r"(?P<hour>\d{4}-\d\d-\d\dT\d\d)"
_REST = r"(?P<rest>:[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d))"
_BARE = Steady("", "")
_YEARLESS = len("29 May ")


class Lane(NamedTuple):
    """How its lines begin, and what matches their rest.

    ``frame`` is that of all its lines, or ``frames`` has them by the text between the collector's stamp and
    the server's time.
    """

    start: str
    size: int
    match: Callable[[str, int], re.Match[str] | None]
    frame: Frame | None
    frames: dict[str, Frame]


NO_LANE = Lane("\n", 0, lambda _text, _size: None, None, {})
"""The lane of lines that must be read in full."""


class Lanes:
    """The lanes of one stream, the latest first."""

    def __init__(self) -> None:
        self._lanes: list[Lane] = []
        self._around: tuple[object, object] = (None, None)
        self._settled = False

    def of(self, text: str) -> Lane:
        """The lane of a line."""
        for lane in self._lanes if self._settled else ():
            if text.startswith(lane.start):
                return lane
        return NO_LANE

    def learn(self, text: str, events: list[Event], unwrapper: Unwrapper) -> None:
        """Make a lane of a line that was read in full."""
        self._settled = unwrapper.settled
        if self._around != (around := (unwrapper.form, unwrapper.heading)):
            self._lanes.clear()
            self._around = around
        if self._settled and len(events) == 1 and events[0].flag is not None:
            self._add(text, events[0], unwrapper.form)

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
        header, text = event.header, found.string
        stamped = found["hour"] is not None
        lookup = tables().lookups[header.flag or ""]
        frame = Frame(
            header.source,
            header.pid or 0,
            header.flag or "",
            found["date"],
            header.year,
            header.tz,
            found["hour"],
            None if stamped else header.prefix,
            header.origin,
            lookup,
            lookup.known,
        )
        if len(frame.date) == _YEARLESS:
            self._lanes.clear()
        start = text[: found.end("hour") if stamped else found.start("time")]
        known = self.of(start)
        if stamped and known.start == start:
            known.frames[text[found.start("pid") : found.start("time")]] = frame
            return
        del self._lanes[_MOST:]
        frames = {text[found.start("pid") : found.start("time")]: frame} if stamped else {}
        rest = patterns.stamped if stamped else patterns.bare
        self._lanes.insert(0, Lane(start, len(start), rest.match, None if stamped else frame, frames))


class _Patterns(NamedTuple):
    """A form around a layout: all of a line; what follows the hour; what follows the date."""

    whole: re.Pattern[str]
    stamped: re.Pattern[str]
    bare: re.Pattern[str]


@lru_cache(maxsize=64)
def _patterns(steady: Steady, layout: tuple[str, str]) -> _Patterns:
    same, rest = layout
    return _Patterns(
        re.compile(f"{steady.names}(?:{_HOUR}{_REST}{steady.behind})?{same}{rest}"),
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
        and header.prefix == found.string[: found.start("pid")]
        and header.collected == collected
    )
