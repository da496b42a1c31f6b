"""Rows of lines that change nothing: one process and its children, one role letter, one day, quiet messages.

The first line of a row is folded as any other, and so is the last, unless a line of the same process follows
that is folded; of those between it is enough to count them.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from redislog.events.base import UNRECOGNIZED, Event, Frame, Read
from redislog.grammar.dispatch import Entry
from redislog.node import tables
from redislog.node.fold import NodeFold
from redislog.timeline.streams import StreamParts, names_child


@attrs.define
class QuietRow:
    """A row that has begun: its first line is folded.

    ``last`` is the last line after it of the process itself, ``child`` one of a child's after that;
    ``lines`` counts all lines, ``unrecognized`` those whose messages nothing here knows, ``chatter`` those of
    packets in a Cluster.
    """

    frame: Frame
    time: str
    frame_time: int
    fold: NodeFold
    parts: StreamParts | None
    lines: int = 0
    unrecognized: int = 0
    chatter: int = 0
    last: Event | None = None
    child: Event | None = None

    def run(self, events: Iterator[Event]) -> tuple[int, Event | None]:
        """Count the next lines while they are plainly of the row; how many, and the first that is not."""
        frame, time, last, lines = self.frame, self.time, self.last, 0
        following = None
        place = self.frame_time
        for event in events:
            if (
                (read := event.read) is None
                or read[0] is not frame
                or _KINDS.get(read[3].template) != "quiet"
                or (now := read[2][place]) < time
            ):
                following = event
                break
            time, last = now, event
            lines += 1
        if lines:
            self.time, self.last, self.child = time, last, None
            self.lines += lines
        return lines, following

    def take(self, event: Event, read: Read) -> bool:
        """Whether a line goes on with the row; then it is counted."""
        frame, _, own, entry, _ = read
        time = own["time"]
        if time < self.time:
            return False
        kind = _KINDS.get(entry.template) or _kind_of(entry)
        if frame is self.frame:
            if kind != "quiet" and not self._takes(kind, own["message"]):
                return False
            self.last = event
            self.child = None
        elif kind == "quiet" and frame.flag == "C" and frame.date == self.frame.date:
            self.child = event
        else:
            return False
        self.time = time
        self.lines += 1
        return True

    def _takes(self, kind: str, message: str) -> bool:
        if kind in ("loud", "kept"):
            return False
        self.unrecognized += kind == "unrecognized"
        self.chatter += kind == "chatter"
        if self.parts is not None and names_child(message):
            self.parts.adopt(message, self.frame.pid)
        return True

    def end(self, following: Read | None) -> tuple[Event, ...]:
        """Count its lines, but for those that are still to be folded: these, in order.

        ``following`` is the line after it, which is folded next.
        """
        ends: tuple[Event, ...] = ()
        if following is None or following[0] is not self.frame or following[2]["time"] < self.time:
            ends = tuple(event for event in (self.last, self.child) if event is not None)
        passed = self.lines - len(ends)
        self.fold.pass_over(passed)
        if self.parts is not None:
            self.parts.pass_over(passed, strange=bool(self.unrecognized + self.chatter))
        return ends


def row_after(read: Read, fold: NodeFold | None, parts: StreamParts | None) -> QuietRow | None:
    """The row that a folded line begins; None if lines like it may change something."""
    frame, _, own, entry, _ = read
    if fold is None or not fold.rests or frame.flag not in ("M", "S") or _kind_of(entry) == "loud":
        return None
    if parts is not None and not parts.is_one:
        return None
    return QuietRow(frame, own["time"], own.re.groupindex["time"], fold, parts)


_KINDS: dict[str, str] = {}
"""What each wording does in a row; how many there are bounds it."""


def _kind_of(entry: Entry) -> str:
    if entry is UNRECOGNIZED:
        kind = "unrecognized"
    elif entry.key in tables.CHATTER:
        kind = "chatter"
    elif not tables.is_quiet(entry.key):
        kind = "kept" if tables.says_no_role(entry.key) else "loud"
    else:
        kind = "names child" if names_child(entry.template) else "quiet"
    _KINDS[entry.template] = kind
    return kind
