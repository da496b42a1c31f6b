"""Marks: how far the logs had come at a moment of a test, so that what came after it can be told apart.

A mark knows, for each server, how many lines it had printed, and the last of them. Where the log has only grown,
what is new begins after as many lines; where no more than its beginning was read again, nothing in it is. Where it was
rotated or cut, what is new begins after the last lines that the mark knows; where those are gone, all is new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from redislog.events.base import Event

_TAIL = 8
"""Lines by which the end of a log is known again: as many as no server prints twice alike."""
SCHEMA = 1


@attrs.frozen
class Position:
    """How far one server's log had come: its count of lines, and digests of its first and its last lines."""

    count: int
    head: tuple[str, ...]
    tail: tuple[str, ...]


@attrs.frozen
class Mark:
    """How far the logs of some servers had come, by the names of their sources; nothing of others is before it."""

    positions: Mapping[str, Position] = attrs.field(factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The mark as values of JSON, with ``"schema": 1``."""
        return {
            "schema": SCHEMA,
            "mark": {name: attrs.asdict(position) for name, position in sorted(self.positions.items())},
        }

    @classmethod
    def from_json(cls, value: Any) -> Mark:
        """The mark that `to_json` wrote.

        Raises
        ------
        ValueError
            if the value is no such mark.
        """
        try:
            if value["schema"] != SCHEMA:
                raise ValueError(f"a mark of schema {value['schema']!r}; this version reads {SCHEMA}")
            return cls(
                {
                    str(name): Position(
                        int(each["count"]), tuple(map(str, each["head"])), tuple(map(str, each["tail"]))
                    )
                    for name, each in value["mark"].items()
                }
            )
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(f"no mark that `redislog mark` wrote: {error!r}") from error


class Printed:
    """The lines that one server has printed, by their digests, as far as a test has read them."""

    def __init__(self) -> None:
        self._digests: list[str] = []
        self._starts: dict[Position, _Start] = {}

    def add(self, event: Event) -> None:
        """Take in the next line."""
        self._digests.append(digest(event))

    @property
    def position(self) -> Position:
        """How far the log has come."""
        digests = self._digests
        return Position(len(digests), tuple(digests[:_TAIL]), tuple(digests[-_TAIL:]))

    def since(self, position: Position | None) -> int:
        """How many lines were printed before a position, of those that are here; looks at what is new only."""
        if position is None:
            return 0
        return self._starts.setdefault(position, _Start(position)).go_on(self._digests)


class _Start:
    """Where what is new since a position begins, in a log that is read as it comes."""

    def __init__(self, position: Position) -> None:
        self._position = position
        self._before = 0
        self._read = 0
        self._from_the_beginning = True
        self._sure = False

    def go_on(self, digests: Sequence[str]) -> int:
        """How many lines were printed before the position, of those that are known now."""
        for end in range(self._read + 1, len(digests) + 1):
            if self._sure:
                break
            self._take(digests, end)
        self._read = len(digests)
        return self._before

    def _take(self, digests: Sequence[str], end: int) -> None:
        """Take in the line with which a number of lines are known."""
        position = self._position
        if (
            self._from_the_beginning
            and end <= len(position.head)
            and digests[end - 1] != position.head[end - 1]
        ):
            self._from_the_beginning, self._before = False, 0
        if self._ends_so(digests, end):
            self._before = end
            self._sure = self._from_the_beginning and end == position.count
        elif self._from_the_beginning:
            self._from_the_beginning = end < position.count
            self._before = end if self._from_the_beginning else 0

    def _ends_so(self, digests: Sequence[str], end: int) -> bool:
        """Whether lines end as they did at the position; of a log that begins within those, as far as it goes."""
        tail = self._position.tail
        window = tuple(digests[max(0, end - len(tail)) : end])
        return window == tail[-len(window) :] and len(window) == min(end, len(tail))


def digest(event: Event) -> str:
    """By what a line is known again: a digest of its stamp, process and message."""
    header = event.header
    text = f"{header.stamp}\0{header.pid}\0{header.message}"
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
