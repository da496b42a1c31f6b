"""Several captures of one node to one history: each line once, in the server's order.

The two sequences are aligned line by line. Equal lines of one sequence are legitimate (a server can print
the same in one millisecond twice), so what counts is how often each of them has a line. Lines without a stamp
stay with the stamped line before them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import pairwise

from redislog.events.base import Event, put_in_zone
from redislog.grammar.stamps import seconds

_DIGITS_OF_SECONDS = 11

Chunk = list[Event]
"""A stamped line, with the lines without a stamp after it."""


def merged(sequences: Iterable[Sequence[Event]]) -> list[Event]:
    """The events of one node that several captures hold, each line once."""
    logs = [events for events in sequences if events]
    _tell_zone(logs)
    chunked = sorted((_chunks(in_order(events)) for events in logs), key=_begin)
    nothing: list[Chunk] = []
    return [event for chunk in reduce(_merge, chunked, nothing) for event in chunk]


def _tell_zone(logs: Sequence[Sequence[Event]]) -> None:
    """Read all stamps in the one zone that any capture states: one server prints them."""
    if len({events[0].header.tz for events in logs}) == 1:
        return
    stamped = [event for events in logs for event in events if event.header.stamp is not None]
    zones = {event.header.tz for event in stamped} - {None}
    for event in stamped if len(zones) == 1 else ():
        if event.header.tz is None:
            put_in_zone(event, *zones)


def in_order(events: Sequence[Event]) -> list[Event]:
    """The events as the server printed them: an export that has the newest first is turned round.

    It is one if time goes back more often than forth. Lines of signal handlers do not count: they have whole
    seconds, in UTC.
    """
    times = [seconds(event.at) for event in events if event.at is not None and not _is_of_a_handler(event)]
    forth = sum(later > time for time, later in pairwise(times))
    back = sum(later < time for time, later in pairwise(times))
    return list(events)[::-1] if back > forth else list(events)


def _is_of_a_handler(event: Event) -> bool:
    stamp = event.header.stamp or ""
    return stamp.isdecimal() and len(stamp) <= _DIGITS_OF_SECONDS


def _chunks(events: Iterable[Event]) -> list[Chunk]:
    chunks: list[Chunk] = []
    for event in events:
        if event.stamp is not None or not chunks:
            chunks.append([event])
        else:
            chunks[-1].append(event)
    return chunks


def _begin(chunks: list[Chunk]) -> float:
    return next((_time(chunk) for chunk in chunks if chunk[0].at is not None), 0.0)


def _time(chunk: Chunk) -> float:
    at = chunk[0].at
    return seconds(at) if at is not None else 0.0


def _words(chunk: Chunk) -> tuple[object, ...]:
    event = chunk[0]
    return event.header.stamp, event.pid, event.flag, event.message


def _merge(first: list[Chunk], second: list[Chunk]) -> list[Chunk]:
    """Two sequences to one: what both have next is one, else what only one has, else the earlier."""
    first, second = _without_cut_end(first, second), _without_cut_end(second, first)
    left, right = Counter(map(_words, first)), Counter(map(_words, second))
    found: list[Chunk] = []
    here = there = 0
    while here < len(first) and there < len(second):
        one, other = first[here], second[there]
        its, others = _words(one), _words(other)
        if its == others:
            found.append(max(one, other, key=len))
            here, there = here + 1, there + 1
            left[its] -= 1
            right[its] -= 1
        elif left[others] and (not right[its] or _time(one) <= _time(other)):
            found.append(one)
            here += 1
            left[its] -= 1
            if right[its]:
                second = _without(second, there, its)
                right[its] -= 1
        elif right[its] or _time(other) < _time(one):
            found.append(other)
            there += 1
            right[others] -= 1
        else:
            found.append(one)
            here += 1
            left[its] -= 1
    return found + first[here:] + second[there:]


def _without(chunks: list[Chunk], start: int, words: tuple[object, ...]) -> list[Chunk]:
    """The sequence without the next chunk of these words: both have it, in another order."""
    place = next((n for n in range(start, len(chunks)) if _words(chunks[n]) == words), None)
    return chunks if place is None else chunks[:place] + chunks[place + 1 :]


def _without_cut_end(chunks: list[Chunk], others: list[Chunk]) -> list[Chunk]:
    """The sequence without its last line, if that is the beginning of one that the other has whole."""
    if not chunks:
        return chunks
    last = chunks[-1][0]
    whole = any(
        other[0].header.stamp == last.header.stamp
        and len(other[0].message) > len(last.message)
        and other[0].message.startswith(last.message)
        for other in others
    )
    return chunks[:-1] if whole and last.key in ("unrecognized", "foreign") else chunks
