"""From captures to one sequence of events: merged, put in order, each line once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, nullcontext
from datetime import datetime
from itertools import chain, islice
from typing import Literal

import attrs

from redislog.events.base import Event
from redislog.grammar.stamps import seconds
from redislog.reading import Reader, parse
from redislog.sources import Capture
from redislog.sources.watch import Watch
from redislog.timeline.merging import in_order, merged

Year = int | Literal["file"]
_HEAD = 300


@attrs.frozen
class _Look:
    """What the first lines of a capture show: the servers that they name, and whether it must be held.

    It must where records are the newest first, or one is not complete yet.
    """

    nodes: frozenset[str]
    held: bool


def read_events(
    captures: Iterable[Capture],
    *,
    tz: str | None = None,
    year: Year | None = None,
    until: datetime | None = None,
    form: str | None = None,
    watch: Watch | None = None,
) -> Iterator[tuple[str, Event]]:
    """Every event of some captures, with the name of its capture; nothing later than ``until``.

    ``watch`` is told how far they are read, and of those that cannot be read to their end.

    A capture whose servers no other capture has is read line by line. Where several hold lines of one
    server, and where an export has the newest line first, each server's lines are gathered, put in order
    and merged.
    """
    watch = watch or Watch()
    with ExitStack() as stack:
        opened = [(capture, *_peeked(stack, capture, watch)) for capture in captures]
        looks = [_look(capture, head) for capture, head, _ in opened]
        common = _common(looks)
        gathered: dict[str, list[list[tuple[str, Event]]]] = {}
        for (capture, head, rest), look in zip(opened, looks, strict=True):
            first = _file_year(capture) if year == "file" else year
            with nullcontext(chain(head, rest)) if rest is not None else capture.open(watch) as lines:
                events = _until(parse(lines, source=capture.node, tz=tz, year=first, form=form), until)
                if not look.held and not look.nodes & common:
                    for event in events:
                        yield capture.name, event
                    continue
                parts: dict[str, list[tuple[str, Event]]] = {}
                for event in events:
                    parts.setdefault(event.source or "", []).append((capture.name, event))
            for name, part in parts.items():
                gathered.setdefault(name, []).append(part)
    for _, sequences in sorted(gathered.items()):
        yield from _merged(sequences)


def _peeked(
    stack: ExitStack, capture: Capture, watch: Watch
) -> tuple[list[str | bytes], Iterator[str | bytes] | None]:
    """The first lines, and those after them; None where the capture can be opened once more."""
    if capture.reopens:
        with capture.open(Watch()) as lines:
            return list(islice(lines, _HEAD)), None
    rest = iter(stack.enter_context(capture.open(watch)))
    return list(islice(rest, _HEAD)), rest


def _look(capture: Capture, head: list[str | bytes]) -> _Look:
    reader = Reader(source=capture.node)
    events = [event for line in head for event in reader.feed(line)]
    pending = reader.pending
    events += reader.close()
    by_node: dict[str, list[Event]] = {}
    for event in events:
        if event.pid is not None:
            by_node.setdefault(event.source or "", []).append(event)
    backwards = any(in_order(each)[0] is not each[0] for each in by_node.values())
    return _Look(frozenset(by_node) | {capture.node}, pending or backwards)


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


def _until(events: Iterable[Event], until: datetime | None) -> Iterator[Event]:
    late = False
    for event in events:
        if until is not None and event.at is not None:
            late = seconds(event.at) > seconds(until)
        if not late:
            yield event


def _file_year(capture: Capture) -> int | None:
    """The year of a file's first stamp, if its last line was printed in the year of its last change."""
    if capture.modified is None:
        return None
    with capture.open(Watch()) as lines:
        years = [event.header.year for event in parse(lines, year=capture.modified.year) if event.header.year]
    return capture.modified.year - (years[-1] - years[0]) if years else None
