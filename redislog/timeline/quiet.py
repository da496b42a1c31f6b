"""Rows of lines that change nothing: one process and its children, one role letter, one day, quiet messages.

The first line of a row is folded as any other, and so is the last, unless a line of the same process follows
that is folded; of those between it is enough to count them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from redislog.counting import Count, Counting, Rule
from redislog.events.base import UNRECOGNIZED, Event, Frame, Read
from redislog.grammar.dispatch import Entry
from redislog.matching import event_of
from redislog.node import tables
from redislog.timeline.streams import children_in, names_child

_MOST_NOTED = 256
"""Lines of which something is noted, in one row; after them another one begins."""


@attrs.frozen
class Passed:
    """The lines of a row after its first one, which was folded before.

    ``source`` and ``pid`` are those of the process; ``lines`` is how many there are, ``unrecognized`` how many
    have messages that nothing here knows; ``strange`` says whether one may have said anything;
    ``children`` are the child processes that are named. ``kept`` are lines that are kept for themselves and not
    folded, each with the number of lines up to it; ``ends`` are lines that are folded after all
    others were counted.
    """

    source: str | None
    pid: int
    lines: int
    unrecognized: int
    strange: bool
    children: tuple[int, ...]
    kept: tuple[tuple[Event, int], ...]
    ends: tuple[Event, ...]


@attrs.define(eq=False)
class QuietRow(Count):
    """A row that has begun: its first line is folded.

    ``child`` is the last line of a child process that was counted too.
    """

    child: Read | None = None
    children: list[int] = attrs.Factory(list)
    kept: list[tuple[Read, int]] = attrs.Factory(list)

    def take(self, read: Read) -> bool:
        """Whether a line goes on with the row; then it is counted."""
        frame, _, own, entry, _ = read
        time = own["time"]
        if time < self.time:
            return False
        kind = _KINDS.get(entry.template) or _kind_of(entry)
        if frame is self.frame and kind != "loud" and len(self.kept) + len(self.children) < _MOST_NOTED:
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
            self.kept.append((read, self.lines + 1))
        self.unrecognized += kind == "unrecognized"
        self.strange |= kind in ("unrecognized", "chatter")
        if names_child(message := read[2]["message"]):
            self.children += children_in(message)

    def passed(self, following: Read | None = None) -> Passed:
        """What was counted; ``following`` is the line after it, which is folded next."""
        ends: list[Read] = []
        if following is None or following[0] is not self.frame or following[2]["time"] < self.time:
            ends = [read for read in (self.last, self.child) if read is not None]
            if len(ends) == 2 and ends[0][1] > ends[1][1]:
                ends.pop()
        kept = [(read, lines) for read, lines in self.kept if not any(read is end for end in ends)]
        return Passed(
            self.frame.source,
            self.frame.pid,
            self.lines,
            self.unrecognized,
            self.strange,
            tuple(self.children),
            tuple((event_of(read), lines) for read, lines in kept),
            tuple(map(event_of, ends)),
        )


def in_rows(
    events: Iterable[Event], counting: Counting | None, rests: Callable[[Event], bool]
) -> Iterator[Event | Passed]:
    """The events of one capture, but for those of rows, which are given as what was passed over.

    ``rests`` says, once an event is folded, whether lines like it change nothing; ``counting`` is that of the
    reader, which then makes no events of such lines.
    """
    counts: dict[Frame, Count] = {} if counting is None else counting.counts
    rows: dict[str | None, QuietRow] = {}
    for event in events:
        read = event.read
        name = event.source if read is None else read[0].source
        row = rows.get(name)
        if row is not None:
            if read is not None and row.take(read):
                continue
            del rows[name], counts[row.frame]
            if row.lines:
                yield row.passed(read)
        yield event
        if read is not None and _may_begin(read) and rests(event):
            rows[name] = counts[read[0]] = QuietRow(read[0], read[2]["time"])
    counts.clear()
    yield from (row.passed() for row in rows.values() if row.lines)


def _may_begin(read: Read) -> bool:
    """Whether lines like one may change nothing."""
    entry = read[3]
    return read[0].flag in ("M", "S") and (_KINDS.get(entry.template) or _kind_of(entry)) != "loud"


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


def quiet_lines() -> Counting:
    """What a reader need not show of rows: a name that somebody gave may say anything, and is shown."""
    return Counting(_rule_of, lambda message: "pass" if names_child(message) else "strange")


def _rule_of(entry: Entry) -> Rule:
    kind = _kind_of(entry)
    if kind == "chatter" and "nodename" not in entry.template:
        return "strange"
    return "count" if kind == "quiet" else "pass"
