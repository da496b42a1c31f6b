"""From lines to events: unwrap, read the prefix, find the message, build the event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from redislog.capture import Captured, decode, unwrap
from redislog.events.base import Event, Foreign, Header, Level, Unrecognized
from redislog.events.index import event_class
from redislog.grammar.damage import Repair
from redislog.grammar.dispatch import Dispatcher
from redislog.grammar.prefix import FLAG_OF_ROLE, LEVEL_OF_MARK, LEVEL_OF_WORD
from redislog.grammar.stamps import MONTHS

_LEVELS: dict[str, Level] = {**LEVEL_OF_MARK, **LEVEL_OF_WORD}  # type: ignore[dict-item]


class _Tables(NamedTuple):
    """The lowered grammar, compiled."""

    layouts: tuple[re.Pattern[str], ...]
    messages: Dispatcher
    raw: Dispatcher
    repair: Repair


@cache
def tables() -> _Tables:
    """The generated index, ready for use."""
    from redislog.events import _index

    messages = Dispatcher(_index.MESSAGES, _index.MESSAGES_BUCKETS)
    raw = Dispatcher(_index.RAW, _index.RAW_BUCKETS)
    layouts = tuple(re.compile(pattern) for pattern in _index.LAYOUTS.values())
    return _Tables(layouts, messages, raw, Repair(messages))


def parse_line(line: str | bytes, *, source: str | None = None) -> Event:
    """Read one line.

    Never raises on content: a server's line with an unknown message gives `Unrecognized`, any other line
    `Foreign`.

    >>> event = parse_line("1:S 29 May 2023 07:49:04.507 * MASTER <-> REPLICA sync: Finished with success")
    >>> event.key, event.flag, event.at.isoformat()
    ('replica.full-sync.finished', 'S', '2023-05-29T07:49:04.507000')
    """
    return Reader(source=source).read(line)


def parse(
    lines: Iterable[str | bytes], *, source: str | None = None, tz: str | None = None, year: int | None = None
) -> Iterator[Event]:
    """Read lines, one event a line, in order.

    ``lines`` is any iterable of lines, or one text to be cut into lines; ``source`` names it. ``tz`` (a
    name of the IANA database) makes naive stamps aware. ``year`` is the year of the first stamp that has
    none; it rolls over where December is followed by January.
    """
    reader = Reader(source=source, tz=tz, year=year)
    return map(reader.read, text_lines(lines))


def text_lines(lines: Iterable[str | bytes]) -> Iterable[str | bytes]:
    r"""Lines as they are; one str or bytes value is cut at ``\n``."""
    if isinstance(lines, str):
        return _without_last_empty(lines.split("\n"))
    if isinstance(lines, bytes):
        return _without_last_empty(lines.split(b"\n"))
    return lines


def _without_last_empty(lines: list[str] | list[bytes]) -> Iterable[str | bytes]:
    return lines[:-1] if not lines[-1] else lines


def has_server_line(lines: Iterable[str | bytes]) -> bool:
    """Whether any of some lines is in a server's line format."""
    return any(event.pid is not None for event in parse(lines))


class Reader:
    """Reads one stream of lines; keeps what a line needs from those before it.

    That is the line's number, the number of the foreign block, and the year of stamps without one.
    """

    def __init__(self, *, source: str | None = None, tz: str | None = None, year: int | None = None) -> None:
        self.source = source
        self._tz = tz
        self._year = year
        self._month = 0
        self._line_number = 0
        self._blocks = 0
        self._in_block = False

    def read(self, line: str | bytes) -> Event:
        """The event of the next line."""
        self._line_number += 1
        text = decode(line)
        captured = None
        match = self._match_prefix(text)
        if match is None and (captured := unwrap(text)) is not None:
            match = self._match_prefix(captured.text)
        if match is None:
            return self._raw(captured or Captured(text, ""))
        self._in_block = False
        return self._server_line(match, captured)

    def _match_prefix(self, text: str) -> re.Match[str] | None:
        for layout in tables().layouts:
            if match := layout.match(text):
                return match
        return None

    def _server_line(self, match: re.Match[str], captured: Captured | None) -> Event:
        parts = match.groupdict()
        message = parts["message"] or ""
        role = parts.get("role")
        stamp = parts["stamp"]
        mark = parts.get("mark")
        found = tables().messages.match(message)
        if found is None and message.endswith(" "):
            found = tables().messages.match(message.rstrip(" "))
        repaired = tables().repair.match(message) if found is None else None
        header = Header(
            message=message,
            source=(captured.source if captured else None) or self.source,
            line_number=self._line_number,
            pid=int(parts["pid"]),
            flag=FLAG_OF_ROLE.get(role, role) if role else None,
            level=_LEVELS.get(mark) if mark else None,
            stamp=stamp,
            year=self._year_of(stamp),
            tz=self._tz,
            collected=captured.collected if captured else None,
            prefix=captured.prefix if captured else "",
            damaged=repaired is not None,
        )
        result = found or repaired
        if result is None:
            return Unrecognized(header, "unrecognized")
        entry, values = result
        return event_class(entry.target)(header, entry.key, **values)

    def _raw(self, captured: Captured) -> Event:
        header = Header(
            message=captured.text,
            source=captured.source or self.source,
            line_number=self._line_number,
            collected=captured.collected,
            prefix=captured.prefix,
        )
        self._blocks += not self._in_block
        self._in_block = True
        if result := tables().raw.match(captured.text):
            entry, values = result
            return event_class(entry.target)(header, entry.key, **values)
        return Foreign(header, "foreign", self._blocks)

    def _year_of(self, stamp: str) -> int | None:
        """The year of a stamp without one, rolled over where January follows December."""
        if self._year is None or stamp[3:6] not in MONTHS:
            return None
        month = MONTHS.index(stamp[3:6]) + 1
        if month == 1 and self._month == 12:
            self._year += 1
        self._month = month
        return self._year
