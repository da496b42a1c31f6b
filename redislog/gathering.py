"""From captures to one sequence of events: merged, put in order, each line once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal

import attrs

from redislog.counting import Counting
from redislog.events.base import Event, put_apart
from redislog.grammar.stamps import seconds
from redislog.reading import Reader, parse
from redislog.sources import Capture, SourceError
from redislog.sources.watch import Watch
from redislog.timeline.merging import in_order, merged
from redislog.wrapping import Break

if TYPE_CHECKING:
    from redislog.years import Deduced

if TYPE_CHECKING:
    from redislog.timeline.sameness import Comparable

Year = int | Literal["file"]
_HEAD = 300
_BLOCK = 1024
_OFTEN = 256
"""After so many lines it is told how far reading is."""


@attrs.frozen
class Way:
    """How captures are read: `redislog.reading.parse` says what ``tz`` and ``form`` are.

    ``year`` is that of each capture's first stamp, or ``file``; nothing later than ``until`` is read.
    """

    tz: str | None = None
    year: Year | None = None
    until: datetime | None = None
    form: str | None = None


@attrs.frozen
class Plan:
    """What can be read by itself, and what must be gathered.

    A capture whose servers no other capture has is read line by line. Where several hold lines of one
    server, and where an export has the newest line first, each server's lines are gathered, put in order
    and merged.
    """

    alone: tuple[Capture, ...]
    together: tuple[Capture, ...]


@attrs.frozen
class _Look:
    """What the first lines of a capture show: the servers that they name, and whether it must be held.

    It must where records are the newest first, or one is not complete yet. ``breaks`` say how lines are broken.
    ``undated`` is whether the first stamp lacks its year, ``deduced`` which one it is, if something tells.
    """

    nodes: frozenset[str]
    held: bool
    breaks: frozenset[Break]
    undated: bool
    deduced: Deduced | None


def read_events(
    captures: Iterable[Capture], way: Way, watch: Watch | None = None
) -> Iterator[tuple[str, Event]]:
    """Every event of some captures, with the name of its capture.

    ``watch`` is told how far they are read, and what of them cannot be.
    """
    watch = watch or Watch()
    captures = list(captures)
    watch.total = sum(capture.size for capture in captures)
    with ExitStack() as stack:
        yield from events_by(planned(captures, way, stack, watch), way, watch)


def events_by(plan: Plan, way: Way, watch: Watch) -> Iterator[tuple[str, Event]]:
    """Every event of the captures of a plan, with the name of its capture."""
    for capture in plan.alone:
        for event in events_of(capture, way, watch):
            yield capture.name, event
    yield from gathered(plan.together, way, watch)


def planned(captures: Iterable[Capture], way: Way, stack: ExitStack, watch: Watch) -> Plan:
    """Look at the first lines of captures; those that open only once stay open until ``stack`` ends."""
    opened = [_peeked(stack, capture, watch) for capture in captures]
    looks = [_look(capture, head) for capture, head in opened]
    common = _common(looks)
    dated = way.year is None and all(look.deduced is not None for look in looks if look.undated)
    alone: list[Capture] = []
    together: list[Capture] = []
    for (plain, _), look in zip(opened, looks, strict=True):
        capture = attrs.evolve(plain, breaks=look.breaks) if look.breaks else plain
        if dated and look.deduced is not None:
            capture = attrs.evolve(capture, year=look.deduced.year)
            watch.remark(f"{plain.name}: {look.deduced}")
        (together if look.held or look.nodes & common else alone).append(capture)
    return Plan(tuple(alone), tuple(together))


def events_of(capture: Capture, way: Way, watch: Watch) -> Iterator[Event]:
    """The events of one capture, in its order."""
    with capture.open(watch) as lines:
        for number, event in enumerate(_read(capture, way, lines), start=1):
            if not number % _OFTEN:
                watch.passed(_OFTEN)
            yield event


def counted_events_of(capture: Capture, way: Way, watch: Watch, counting: Counting) -> Iterator[Event]:
    """The events of one capture, in its order, but for the lines that ``counting`` counts."""
    with capture.open(watch) as lines:
        yield from _read(capture, way, chain.from_iterable(_blocks(lines, watch)), counting)


def _read(
    capture: Capture, way: Way, lines: Iterable[str | bytes], counting: Counting | None = None
) -> Iterator[Event]:
    """The events of a capture's lines; none is counted where the time of each decides."""
    year = _file_year(capture) if way.year == "file" else way.year or capture.year
    reader = Reader(source=capture.node, tz=way.tz, year=year, form=way.form, breaks=capture.breaks)
    if way.until is not None:
        return _until(reader.read_all(lines), way.until)
    return reader.read_all(lines, counting)


def _blocks(lines: Iterable[str | bytes], watch: Watch) -> Iterator[list[str | bytes]]:
    """Lines, many at once; of each block it is told when it is read."""
    coming = iter(lines)
    while block := list(islice(coming, _BLOCK)):
        yield block
        watch.passed(len(block))


def gathered(captures: Sequence[Capture], way: Way, watch: Watch) -> Iterator[tuple[str, Event]]:
    """The events of captures that share servers: server by server, each line once.

    Servers of one name in two captures that contradict each other are told apart by the captures' names.

    Raises
    ------
    SourceError
        if they do, or nothing shows that they are one, and the caller gave them that name.
    """
    parts = {capture.name: _by_server(events_of(capture, way, watch)) for capture in captures}
    apart = _contradicting(captures, parts)
    sequences: dict[str, list[list[tuple[str, Event]]]] = {}
    for capture in captures:
        for name, events in parts[capture.name].items():
            if capture.name in apart:
                for event in events:
                    put_apart(event, capture.name)
            place = f"{capture.name}/{name}" if capture.name in apart else name
            sequences.setdefault(place, []).append([(capture.name, event) for event in events])
    for _, its in sorted(sequences.items()):
        yield from _merged(its)


def _by_server(events: Iterable[Event]) -> dict[str, list[Event]]:
    """The events of a capture, by the servers that they name."""
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.source or "", []).append(event)
    return found


def _contradicting(captures: Sequence[Capture], parts: Mapping[str, Mapping[str, list[Event]]]) -> set[str]:
    """The captures that hold lines of one name that no one server can have printed."""
    from redislog.timeline.sameness import agreement, comparable

    apart: set[str] = set()
    holding: dict[str, list[tuple[Capture, Comparable]]] = {}
    for capture in captures:
        for name, events in parts[capture.name].items():
            lines = comparable(events)
            before = holding.setdefault(name, [])
            found = [(other, agreement(others, lines)) for other, others in before]
            denied = {other.name for other, agreed in found if agreed.contradicts}
            named = [(other, agreed) for other, agreed in found if capture.twice and other.twice]
            proven = capture.twice == "one" or any(it.proves or other.twice == "one" for other, it in named)
            if named and (not proven or any(other.name in denied for other, _ in named)):
                raise SourceError(f"two captures are named {name!r}: name them with NAME=PATH")
            apart |= denied | ({capture.name} if denied else set())
            before.append((capture, lines))
    return apart


def _peeked(stack: ExitStack, capture: Capture, watch: Watch) -> tuple[Capture, list[str | bytes]]:
    """The first lines, and the capture to be read from its beginning."""
    if capture.reopens:
        with capture.open(Watch()) as lines:
            return capture, list(islice(lines, _HEAD))
    rest = iter(stack.enter_context(capture.open(watch)))
    head = list(islice(rest, _HEAD))
    return attrs.evolve(capture, open=lambda _: nullcontext(chain(head, rest))), head


def _look(capture: Capture, head: list[str | bytes]) -> _Look:
    reader = Reader(source=capture.node)
    pending = False

    def lines() -> Iterator[str | bytes]:
        nonlocal pending
        yield from head
        pending = reader.pending

    by_node: dict[str, list[Event]] = {}
    events = list(reader.read_all(lines()))
    for event in events:
        if event.pid is not None:
            by_node.setdefault(event.source or "", []).append(event)
    backwards = any(in_order(each)[0] is not each[0] for each in by_node.values())
    first = next((event.stamp for event in events if event.stamp is not None), None)
    undated = first is not None and first.at is None and first.month is not None
    return _Look(
        frozenset(by_node) | {capture.node},
        pending or backwards,
        reader.breaks,
        undated,
        _deduced(capture.name, events) if undated else None,
    )


def _deduced(name: str, events: list[Event]) -> Deduced | None:
    from redislog.years import deduced_year

    return deduced_year(name, events)


def _common(looks: list[_Look]) -> set[str]:
    """The nodes that more than one capture has."""
    names = [name for look in looks for name in look.nodes]
    return {name for name in names if names.count(name) > 1} | (
        {name for look in looks if look.held for name in look.nodes} if len(looks) > 1 else set()
    )


def _merged(sequences: list[list[tuple[str, Event]]]) -> Iterator[tuple[str, Event]]:
    captures = {id(event): name for sequence in sequences for name, event in sequence}
    for event in merged([event for _, event in sequence] for sequence in sequences):
        yield captures[id(event)], event


def _until(events: Iterable[Event], until: datetime) -> Iterator[Event]:
    late = False
    for event in events:
        if event.at is not None:
            late = seconds(event.at) > seconds(until)
        if not late:
            yield event


def _file_year(capture: Capture) -> int | None:
    """The year of a file's first stamp, if its last line was printed in the year of its last change."""
    if capture.modified is None:
        return None
    year = capture.modified.year
    first: int | None = None
    last = 0
    with capture.open(Watch()) as lines:
        for event in parse(lines, year=year):
            if event.header.year:
                last = event.header.year
                first = first or last
    return year - (last - first) if first is not None else None
