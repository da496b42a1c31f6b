"""The lines of one stream, most of them read by what differs from the lines before: the loops that run on each line.

A line of a known lane (`redislog.lanes`) with a known message is read here, any other in full by the reader.
There are two loops. One makes an event of each line; the other, while lines may be counted
(`redislog.counting`), makes none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from redislog.counting import Count, Counting
from redislog.events.base import UNRECOGNIZED, Event, Frame, Read, set_read
from redislog.grammar.lookup import ANY_TEXT
from redislog.lanes import NO_LANE, Lane, Lanes
from redislog.matching import class_of_row, event_of, is_strange
from redislog.weaker import Weaker
from redislog.wrapping import Wrapping

if TYPE_CHECKING:
    from redislog.reading import Reader

_new = object.__new__


_ENDS = frozenset("*_~=`|>C")
"""How messages end that may stand in a frame, or before what a terminal shows of a key."""


def may_be_more(message: str, last: str, date: str) -> bool:
    """Whether a message that may end in any text may hold another record, a remark, or the end of a frame.

    ``last`` is its last character, ``date`` begins the stamps of the lines around it.
    """
    if date in message or "\t" in message or (last in _ENDS and (last != "C" or message[-2:] == "^C")):
        return True
    # a mark is looked for first: that costs a tenth of a look for two blanks
    angled = "<" in message or ">" in message
    marked = angled or "#" in message or "/" in message or "(" in message or "[" in message or "{" in message
    return marked and "  " in message


Numbered = tuple[int, str | bytes]
"""A line with its number, from 1."""


class Stream:
    """Reads the lines of one stream, once."""

    def __init__(self, reader: Reader, wrapping: Wrapping, counting: Counting) -> None:
        self._reader = reader
        self._counting = counting
        self._lanes = Lanes()
        self._wrapping = wrapping
        self._weaker = Weaker(reader.build_weaker)
        self._wrapping_of_weaker = Wrapping(weaker=True)
        self._doubtful: Read | None = None

    def read(self, lines: Iterable[str | bytes], after: int) -> Iterator[Event]:
        """The events of all lines, in order, but for those that are counted; what a terminal wrapped is one."""
        lanes, wrapping = self._lanes, self._wrapping
        lane = NO_LANE
        start, size, match, place, _, only, frames = lane
        counts = self._counting.counts
        held: Event | None = None
        after_full = False
        if wrapped := bool(wrapping.breaks):
            counts = {}
        numbered = enumerate(lines, start=after + 1)
        for number, line in numbered:
            if counts and held is None and not after_full:
                left, read, lane = self._count((number, line), numbered, lane)
                start, size, match, place, _, only, frames = lane
                if self._doubtful is not None:
                    held = event_of(self._doubtful)
                if read is not None:
                    yield event_of(read)
                    continue
                if left is None:
                    break
                number, line = left
            try:
                text = line if type(line) is str else line.decode()  # type: ignore[union-attr]
            except UnicodeDecodeError:
                text = ""
            if not text.startswith(start):
                lane = lanes.of(text)
                start, size, match, place, _, only, frames = lane
            frame = None
            if (parts := match(text, size)) and (
                frame := only or frames.get(parts["head"]) or frames.of(parts)
            ):
                message = parts[place]
                first, _, others = message.partition(" ")
                last = message[-1:]
                rows: Any = frame.lookup[first][last]
                if rows.__class__ is dict:
                    rows = rows.get(others.partition(" ")[0]) or rows[None]
                values = None
                for row in rows:
                    if (values := row[0](message)) is not None:
                        break
                if (
                    not row[3]
                    or not (
                        "\x1b" in message
                        or ("#" in message and "#033" in message)
                        or not message.isascii()
                        or (row[3] == ANY_TEXT and may_be_more(message, last, frame.date))
                    )
                    if values is not None
                    else is_strange(message, frame.flag)
                ):
                    if held is not None:
                        yield held
                        held = None
                    elif after_full:
                        yield from self._close()
                        after_full = False
                        if wrapped := bool(wrapping.breaks):
                            counts = {}
                    if values is None:
                        held = event_of((frame, number, parts, UNRECOGNIZED, None))
                        continue
                    event = _new(row[2] or class_of_row(row))
                    set_read(event, (frame, number, parts, row[1], values))
                    if wrapped and wrapping.ends_a_row(event):
                        held = event
                    else:
                        yield event
                    continue
            if held is not None:
                wrapping.hold(held)
                held = None
            events = self._reader.read_in_full(number, line, goes_on=after_full)
            yield from self._judged(wrapping.feed(events))
            lanes.learn(text, events, self._reader.unwrapper, known=frame is not None)
            lane = lanes.of(text)
            start, size, match, place, _, only, frames = lane
            after_full = True
        if held is not None:
            wrapping.hold(held)
        yield from self._judged(wrapping.feed(self._reader.close()))
        yield from self._close()

    def _close(self) -> list[Event]:
        """What is held back by those that look at several lines."""
        judged = self._judged(self._wrapping.close())
        whole = self._wrapping_of_weaker
        return [*judged, *whole.feed(self._weaker.close()), *whole.close()]

    def _judged(self, events: Iterable[Event]) -> list[Event]:
        """Events, those that may be a server's by the lines around them looked at, once those are there."""
        return self._wrapping_of_weaker.feed(self._weaker.feed(events))

    def _count(
        self, first_line: Numbered, numbered: Iterator[Numbered], lane: Lane
    ) -> tuple[Numbered | None, Read | None, Lane]:
        """Count lines; the first one that is not counted, as it was read, if it was, and the lane of the last.

        No line is left at the end of the stream. A message that nothing here knows may go on in the line
        after it: it is counted once a server's line follows. One that is left is doubtful.
        """
        counting, lanes = self._counting, self._lanes
        counts, rules = counting.counts, counting.rules
        start, size, match, place, clock, only, frames = lane
        doubtful: Read | None = None
        frame: Frame | None = None
        count: Count | None = None
        for number, line in chain((first_line,), numbered):
            try:
                text = line if type(line) is str else line.decode()  # type: ignore[union-attr]
            except UnicodeDecodeError:
                break
            if not text.startswith(start):
                lane = lanes.of(text)
                start, size, match, place, clock, only, frames = lane
            if not (parts := match(text, size)):
                break
            its = only or frames.get(parts["head"]) or frames.of(parts)
            if its is None:
                break
            if its is not frame:
                frame, count = its, counts.get(its)
            message = parts[place]
            first, _, others = message.partition(" ")
            last = message[-1:]
            rows: Any = its.lookup[first][last]
            if rows.__class__ is dict:
                rows = rows.get(others.partition(" ")[0]) or rows[None]
            for row in rows:
                if (values := row[0](message)) is not None:
                    entry = row[1]
                    known = not row[3] or not (
                        "\x1b" in message
                        or ("#" in message and "#033" in message)
                        or not message.isascii()
                        or (row[3] == ANY_TEXT and may_be_more(message, last, its.date))
                    )
                    rule = rules.get(entry[2]) or counting.rule_of(entry)
                    break
            else:
                values, entry = None, UNRECOGNIZED
                known = is_strange(message, its.flag)
                rule = counting.unknown(message)
            if not known:
                break
            if doubtful is not None:
                counts[doubtful[0]].add_unrecognized(doubtful)
                doubtful = None
            read = its, number, parts, entry, values
            if count is None or rule == "pass" or (time := parts[clock]) < count.time:
                self._doubtful = None
                if values is not None:
                    return (number, line), read, lane
                break
            if values is None:
                doubtful = read
                continue
            count.time, count.last = time, read
            count.lines += 1
            if rule != "count":
                count.strange = True
        else:
            self._doubtful = doubtful
            return None, None, lane
        self._doubtful = doubtful
        return (number, line), None, lane
