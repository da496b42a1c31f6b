"""Which logs are one server's, by what they say, whatever they are called.

A server's lines stand in several captures: as `kubectl logs` prints them and as the node keeps them, whole and cut.
Equal lines have one stamp to the millisecond, one pid, one role letter and one text. They are no proof yet: in
containers every server has pid 1, and two replicas that lose their primary say the same in the same millisecond, up to
37 lines in a row at six different times in our recorded runs. What counts as proof:

1. Three equal lines, one of them such as *only one server prints* (`is_of_one_server`): an ID of its own, or the
   address of a replica that it serves. Of the time that both logs tell of, nearly all lines must be equal.
2. *The same start* of a process, and equal lines at `_TIMES_AFTER_A_START` different times in all.
3. Equal lines at `_TIMES` different times.

For the last two, the log that has fewer lines of the time that both tell of must have none that the other lacks, but
for one that is cut off. Lines that the other lacks speak against it: of two that ran at once, each has some.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import attrs

from redislog.events.base import Event
from redislog.grammar.stamps import seconds
from redislog.node.clock import Clock
from redislog.node.history import NodeHistory
from redislog.node.tables import RUNS
from redislog.timeline.cluster import OWN_ID
from redislog.timeline.observers import Observer
from redislog.values import Address

_OF_ONE = frozenset({*OWN_ID, "primary.backlog-created", "replica.replid-shifted", "sentinel.id"})
"""Messages with an ID that a server made, or holds, for itself alone."""
_FINE = re.compile(r"[.,](?!000)\d{3}|\A\d{10}(?!000)\d{3}\Z")
"""What a stamp to the millisecond has; one of a whole second may have been cut to it, and is no proof."""
_FEWEST = 3
_NEARLY_ALL = 0.8
_TIMES = 12
"""Twice as many as the most at which two of our recorded servers said the same, with no other line between."""
_TIMES_AFTER_A_START = 6
_AT_ONCE = 0.1
"""Seconds by which two parts of one log may overlap: threads print their lines in any order, but at once."""
_LIKELY = 0.3
"""What of the lines that a history keeps must be equal, that looking at all lines pays: attempts that repeat are kept
as one, by where a log begins."""

Line = tuple[str, int, str | None, str]
"""What is equal in equal lines: stamp, pid, role letter and text."""


@attrs.frozen
class Timed:
    """A line that can be compared, with its time in seconds."""

    line: Line
    time: float
    event: Event


@attrs.frozen
class Comparable:
    """What of a log can be compared, and the times of its earliest and its latest line."""

    lines: tuple[Timed, ...]
    begin: float
    end: float

    def between(self, begin: float, end: float) -> list[Timed]:
        """The lines of a time."""
        return [each for each in self.lines if begin <= each.time <= end]


@attrs.frozen
class Agreement:
    """How two logs agree on the time that both tell of.

    ``seconds`` is how long that time is. ``equal`` counts the lines that both have, ``fewer`` those of the log that has fewer, ``more`` those of the other;
    ``times`` the different stamps of the equal ones. ``only`` says that one of these is such as only one server
    prints, ``starts`` that a start of the process is among them; ``first`` is the first of them, in both logs.
    """

    seconds: float = 0.0
    equal: int = 0
    fewer: int = 0
    more: int = 0
    times: int = 0
    only: bool = False
    starts: bool = False
    first: tuple[Event, Event] | None = None

    @property
    def proves(self) -> bool:
        """Whether both logs are one server's."""
        if self.only and self.equal >= _FEWEST:
            return self.equal >= _NEARLY_ALL * self.fewer
        needed = _TIMES_AFTER_A_START if self.starts else _TIMES
        return self.times >= needed and self.equal >= self.fewer - 1

    @property
    def is_likely(self) -> bool:
        """Whether lines that a history keeps let expect that all lines prove it."""
        shows = self.only or self.starts or self.times >= _TIMES // 2
        return shows and self.equal >= _LIKELY * self.fewer

    @property
    def contradicts(self) -> bool:
        """Whether both logs cannot be one server's: one has lines of a time in which the other prints, and has none such."""
        return self.seconds > _AT_ONCE and self.more > 1 and self.equal < max(1, self.fewer / 2)


def is_of_one_server(event: Event) -> bool:
    """Whether no two servers print a line at once, as it has an ID of its own or a replica that asked it alone."""
    if event.key in _OF_ONE:
        return True
    if not event.key.startswith("primary."):
        return False
    replica = getattr(event, "replica", None)
    return isinstance(replica, Address) and bool(replica.port) and replica.tells_apart


def comparable(events: Iterable[Event]) -> Comparable:
    """The lines of one log that can be equal to others: with a pid, and a stamp to the millisecond.

    Their times are those that are printed, in whatever zone: not every capture states it.
    """
    clock = Clock()
    found = []
    for event in events:
        at = event.at
        time = clock.time_of(event) if at is None else seconds(at.replace(tzinfo=None))
        stamp, pid = event.header.stamp, event.pid
        if time is not None and pid is not None and stamp is not None and _FINE.search(stamp):
            found.append(Timed((stamp, pid, event.flag, event.message), time, event))
    times = [each.time for each in found]
    return Comparable(tuple(found), min(times, default=math.inf), max(times, default=-math.inf))


def agreement(one: Comparable, other: Comparable) -> Agreement:
    """How two logs agree on the time from the later first line to the earlier last one."""
    begin, end = max(one.begin, other.begin), min(one.end, other.end)
    if begin > end:
        return Agreement()
    first, second = one.between(begin, end), other.between(begin, end)
    left: dict[Line, list[Event]] = {}
    for each in reversed(second):
        left.setdefault(each.line, []).append(each.event)
    equal = [(each.event, left[each.line].pop()) for each in first if left.get(each.line)]
    return Agreement(
        end - begin,
        len(equal),
        min(len(first), len(second)),
        max(len(first), len(second)),
        len({event.header.stamp for event, _ in equal}),
        any(is_of_one_server(event) for event, _ in equal),
        any(RUNS.get(event.key) == "start" for event, _ in equal),
        equal[0] if equal else None,
    )


def perhaps_one(histories: Iterable[NodeHistory | Observer]) -> Iterator[tuple[str, str]]:
    """Pairs of servers, or of Sentinels, whose histories have so much in common that they may be one, under two names."""
    kept = {history.name: comparable(_kept(history)) for history in histories}
    having: dict[Line, set[str]] = {}
    for name, lines in kept.items():
        for each in lines.lines:
            having.setdefault(each.line, set()).add(name)
    pairs = {pair for names in having.values() if len(names) > 1 for pair in combinations(sorted(names), 2)}
    yield from (pair for pair in sorted(pairs) if agreement(kept[pair[0]], kept[pair[1]]).is_likely)


def _kept(history: NodeHistory | Observer) -> list[Event]:
    """The events that a history keeps, in their order."""
    points = [*history.points, *(each for it in history.incidents for each in (it.first, it.last))]
    if isinstance(history, NodeHistory):
        points += [each for run in history.runs for each in (run.first, run.start) if each is not None]
    elif history.id is not None:
        points.append(history.id[1])
    by_order = {point.order: point.event for point in points}
    return [by_order[order] for order in sorted(by_order)]


def joined_names(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Names that belong together, as pairs of them do."""
    groups: list[set[str]] = []
    for pair in pairs:
        touched = [group for group in groups if not group.isdisjoint(pair)]
        groups = [group for group in groups if group not in touched]
        groups.append(set(pair).union(*touched))
    return groups


def all_one(logs: Mapping[str, Sequence[Event]]) -> Iterator[tuple[str, str, Agreement]]:
    """The pairs of some logs that are proven to be one server's."""
    lines = {name: comparable(events) for name, events in logs.items()}
    for one, other in combinations(sorted(lines), 2):
        found = agreement(lines[one], lines[other])
        if found.proves:
            yield one, other, found
