"""What ``redislog timeline`` shows: what changed a state, on one clock, repeats told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import attrs

from redislog.events.base import Event, own_fields
from redislog.node.effects import effects
from redislog.node.history import subject_of
from redislog.node.tables import RUNS
from redislog.report.page import Block, Piece, paragraph
from redislog.report.words import clock
from redislog.timeline.joining import Told
from redislog.timeline.values import ClockOffset
from redislog.values import Address


@attrs.define
class Entry:
    """A line of the story, and how often it came again until when while nothing else became of its server."""

    told: Told
    count: int = 1
    last: datetime | None = None


def changes(event: Event) -> bool:
    """Whether a message changes a state: a process, a role, a link, a Sentinel's view, or clients' way."""
    if event.CATEGORY in ("sentinel", "cluster", "sidecar"):
        return True
    return bool(effects(event.key)) and RUNS.get(event.key) != "starting"


def folded(story: Iterable[Told]) -> list[Entry]:
    """The lines of a story, those that a server prints again and again in its attempts told once.

    What a server says twice is the same attempt again, until it says that one has come to its end.
    """
    entries: list[Entry] = []
    open_: dict[tuple[str, str], dict[tuple[str, ...], Entry]] = {}
    for told in story:
        place = (told.node, told.event.source or "")
        known = open_.setdefault(place, {})
        about = _about(told.event)
        entry = known.get(about)
        if entry is not None:
            entry.count += 1
            entry.last = told.at
            continue
        if _is_news(told.event):
            known.clear()
        entry = known[about] = Entry(told)
        entries.append(entry)
    return entries


def _about(event: Event) -> tuple[str, ...]:
    addresses = (getattr(event, field.name) for field in own_fields(type(event)))
    return (*subject_of(event), *(str(each) for each in addresses if isinstance(each, Address)))


def _is_news(event: Event) -> bool:
    """Whether something has come to its end: a start, a role, a sync that is done."""
    return any(
        sentence.startswith(("process: ", "role: ")) or sentence.endswith(("-> connected", "-> online"))
        for sentence in effects(event.key)
    )


def story_page(
    story: Iterable[Told], clocks: Iterable[ClockOffset], *, verbose: bool = False
) -> Iterator[Block]:
    """The whole story; with ``verbose`` every line of it for itself."""
    shown = [told for told in story if verbose or changes(told.event)]
    entries = [Entry(told) for told in shown] if verbose else folded(shown)
    for each in clocks:
        low = "?" if each.low is None else f"{each.low * 1000:+.0f}"
        high = "?" if each.high is None else f"{each.high * 1000:+.0f}"
        words = f"# {each.node} minus {each.reference}: {low} to {high} ms, corrected below"
        yield paragraph(Piece(words, "faint"))
    width = max((len(entry.told.node) for entry in entries), default=0)
    day: str | None = None
    for entry in entries:
        at = entry.told.at
        if at is not None and day != f"{at:%Y-%m-%d}":
            day = f"{at:%Y-%m-%d}"
            yield paragraph(Piece(day, "title"))
        yield line_of(entry, width)


def line_of(entry: Entry, width: int = 0) -> Block:
    """One line of the story; without a date, its own stamp stands for its time."""
    told = entry.told
    stamp = clock(told.at) if told.at is not None else told.event.header.stamp or "-"
    again = ""
    if entry.count > 1:
        again = f" (x{entry.count}{f', until {clock(entry.last)}' if entry.last is not None else ''})"
    return paragraph(
        f"{stamp} ",
        Piece(told.node.ljust(width), "name"),
        f" {told.event.flag or '-'} {told.event.message}",
        Piece(again, "faint"),
        hanging=6,
    )
