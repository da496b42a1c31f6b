"""Rows of lines that change nothing: one process and its children, one role letter, one day, quiet messages.

The first and the last line of a row are folded as any other; of those between it is enough to count them.
"""

from __future__ import annotations

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
    ``lines`` counts all lines, ``unrecognized`` those whose messages nothing here knows.
    """

    frame: Frame
    time: str
    fold: NodeFold
    parts: StreamParts | None
    lines: int = 0
    unrecognized: int = 0
    last: Event | None = None
    child: Event | None = None

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
        if kind == "names child" and self.parts is not None:
            self.parts.adopt(message, self.frame.pid)
        elif kind == "unrecognized" and not names_child(message):
            self.unrecognized += 1
        else:
            return kind == "names child"
        return True

    @property
    def ends(self) -> tuple[Event, ...]:
        """The lines at its end that are to be folded."""
        return tuple(event for event in (self.last, self.child) if event is not None)

    def pass_over(self) -> None:
        """Count the lines before the ends."""
        between = self.lines - len(self.ends)
        self.fold.pass_over(between)
        if self.parts is not None:
            self.parts.pass_over(between, strange=bool(self.unrecognized))


def row_after(read: Read, fold: NodeFold | None, parts: StreamParts | None) -> QuietRow | None:
    """The row that a folded line begins; None if lines like it may change something."""
    frame, _, own, entry, _ = read
    if (
        fold is None
        or not fold.rests
        or frame.flag not in ("M", "S")
        or _kind_of(entry) not in ("quiet", "names child")
    ):
        return None
    if parts is not None and not parts.is_one:
        return None
    return QuietRow(frame, own["time"], fold, parts)


_KINDS: dict[str, str] = {}
"""What each wording does in a row; how many there are bounds it."""


def _kind_of(entry: Entry) -> str:
    if entry is UNRECOGNIZED:
        kind = "unrecognized"
    elif not tables.is_quiet(entry.key):
        kind = "loud"
    else:
        kind = "names child" if names_child(entry.template) else "quiet"
    _KINDS[entry.template] = kind
    return kind
