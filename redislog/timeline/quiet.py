"""Rows of lines that change nothing: one process and its children, one role letter, one day, quiet messages.

The first line of a row is folded as any other, and so is the last, unless a line of the same process follows
that is folded; of those between it is enough to count them.
"""

from __future__ import annotations

import attrs

from redislog.counting import Count, Counting, Rule
from redislog.events.base import UNRECOGNIZED, Event, Read
from redislog.grammar.dispatch import Entry
from redislog.matching import event_of
from redislog.node import tables
from redislog.node.fold import NodeFold
from redislog.timeline.streams import StreamParts, names_child


@attrs.define(eq=False)
class QuietRow(Count):
    """A row that has begun: its first line is folded.

    ``child`` is the last line of a child process that was counted too; ``kept`` a line that is to be kept for
    itself, if it is not folded, and how many lines there were up to it.
    """

    fold: NodeFold = attrs.field(kw_only=True)
    parts: StreamParts | None = attrs.field(kw_only=True)
    child: Read | None = None
    kept: tuple[Read, int] | None = None

    def take(self, read: Read) -> bool:
        """Whether a line goes on with the row; then it is counted."""
        frame, _, own, entry, _ = read
        time = own["time"]
        if time < self.time:
            return False
        kind = _KINDS.get(entry.template) or _kind_of(entry)
        if frame is self.frame and kind != "loud":
            self._keep()
            self.last = read
            if kind != "quiet":
                self._note(kind, read)
        elif kind in _OF_A_CHILD and frame.flag == "C" and frame.date == self.frame.date:
            self.child = read
            self.unrecognized += kind == "unrecognized"
        else:
            return False
        self.time = time
        self.lines += 1
        return True

    def _note(self, kind: str, read: Read) -> None:
        if kind == "kept":
            self.kept = read, self.lines + 1
        self.unrecognized += kind == "unrecognized"
        self.strange |= kind in ("unrecognized", "chatter")
        if self.parts is not None and names_child(message := read[2]["message"]):
            self.parts.adopt(message, self.frame.pid)

    def _keep(self) -> None:
        """Keep what is to be kept, as it will not be folded."""
        if self.kept is not None:
            read, lines = self.kept
            self.fold.keep(event_of(read), lines)
            self.kept = None

    def end(self, following: Read | None) -> tuple[Event, ...]:
        """Count its lines, but for those that are still to be folded: these, in order.

        ``following`` is the line after it, which is folded next.
        """
        last: list[Read] = []
        if following is None or following[0] is not self.frame or following[2]["time"] < self.time:
            last = [read for read in (self.last, self.child) if read is not None]
            if len(last) == 2 and last[0][1] > last[1][1]:
                last.pop()
        if self.kept is not None and not any(read is self.kept[0] for read in last):
            self._keep()
        passed = self.lines - len(last)
        self.fold.pass_over(passed)
        if self.parts is not None:
            self.parts.pass_over(passed, strange=self.strange)
        return tuple(map(event_of, last))


def row_after(read: Read, fold: NodeFold | None, parts: StreamParts | None) -> QuietRow | None:
    """The row that a folded line begins; None if lines like it may change something."""
    frame, _, own, entry, _ = read
    if fold is None or not fold.rests or frame.flag not in ("M", "S"):
        return None
    if (_KINDS.get(entry.template) or _kind_of(entry)) == "loud" or (parts is not None and not parts.is_one):
        return None
    return QuietRow(frame, own["time"], fold=fold, parts=parts)


_OF_A_CHILD = ("quiet", "unrecognized")
"""Kinds of a child's lines that change nothing."""

_KINDS: dict[str, str] = {}
"""What each wording does in a row; how many there are bounds it."""


def _kind_of(entry: Entry) -> str:
    if entry is UNRECOGNIZED:
        kind = "unrecognized"
    elif entry.key in tables.CHATTER:
        kind = "chatter"
    elif not tables.is_quiet(entry.key):
        kind = "kept" if tables.is_at_most_kept(entry.key) else "loud"
    else:
        kind = "names child" if names_child(entry.template) else "quiet"
    _KINDS[entry.template] = kind
    return kind


def counting() -> Counting:
    """What a reader need not show of rows: a name that somebody gave may say anything, and is shown."""
    return Counting(_rule_of, lambda message: "pass" if names_child(message) else "strange")


def _rule_of(entry: Entry) -> Rule:
    kind = _kind_of(entry)
    if kind == "chatter" and "nodename" not in entry.template:
        return "strange"
    return "count" if kind == "quiet" else "pass"
