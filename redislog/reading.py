"""From lines to events: unwrap, read the prefix, find the message, build the event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import chain, islice

import attrs

from redislog.capture import Captured, Found, ServerLine, Unwrapper, decode
from redislog.capture.paste import unescaped
from redislog.counting import Counting, nothing
from redislog.events.base import Event, Foreign, Header, Unrecognized
from redislog.events.index import event_class
from redislog.grammar.escapes import plain
from redislog.grammar.heads import Head
from redislog.grammar.joined import split, without_end
from redislog.grammar.marks import FLAG_OF_ROLE, LEVELS, Ground, Level
from redislog.grammar.remarks import is_framed
from redislog.grammar.stamps import MONTHS, paired_zone
from redislog.matching import (
    Recognised,
    Remarked,
    build_event,
    is_wording,
    recognise,
    recognise_handed_over,
    tables,
    without_remark,
)
from redislog.origin import SERVER_CONTAINERS, Origin
from redislog.stream import Stream
from redislog.wrapping import Break, Wrapping

_HEAD = 300
"""So many lines are looked at before a text is read, to see whether its lines are broken."""
_UNBROKEN = re.compile(
    r"(?:\d{1,10}:[MSCX]|\[\d{1,10}\]|pid=\d{1,10}) ?|\d{1,10}:signal|\s*\Z"
    r"|\s*+[^\sA-Za-z0-9](?:[^A-Za-z0-9]{7}|[^A-Za-z0-9]*\Z)"
)
"""How lines begin that are no piece of another: with a server's head, or as a line of its logo."""

Hour = tuple[str, int, int]
"""The hour of a server's stamp, and day and hour of the collector's."""

Lines = str | bytes | Iterable[str | bytes]
"""Lines, or one text to be cut into lines."""


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
    lines: Lines,
    *,
    source: str | None = None,
    tz: str | None = None,
    year: int | None = None,
    form: str | None = None,
) -> Iterator[Event]:
    """Read lines, one event a line, in order; one event a record where a record stands in several lines.

    ``lines`` is any iterable of lines, or one text to be cut into lines; ``source`` names it where the
    lines do not. ``tz`` (a name of the IANA database) makes naive stamps aware. ``year`` is the year of the
    first stamp that has none; it rolls over where December is followed by January. ``form`` is the only
    form of capture to expect (`redislog.capture.form_names`); without, it is found by looking.

    A line that a terminal wrapped is read as one where only the whole is a known message. A record in several
    lines is a part-marked container record, or one of a JSON document, a CSV table or a
    list of fields: its event has the number of the line that it begins at or stands in, and lines that only
    build up such a record give no event.
    """
    found = text_lines(lines)
    make = partial(Reader, source=source, tz=tz, year=year, form=form)
    if not isinstance(found, list | tuple) or all(_UNBROKEN.match(decode(line)) for line in found[:_HEAD]):
        return make().read_all(found)
    reader = make()
    coming = reader.read_all(found)
    first = list(islice(coming, _HEAD))
    if not reader.breaks:
        return chain(first, coming)
    return make(breaks=_shown_breaks(found[:_HEAD], form)).read_all(found)


def _shown_breaks(lines: Sequence[str | bytes], form: str | None) -> frozenset[Break]:
    """How lines were broken, as the first lines of a stream show them."""
    reader = Reader(form=form)
    for _ in reader.read_all(lines):
        pass
    return reader.breaks


def text_lines(lines: Lines) -> Iterable[str | bytes]:
    r"""Lines as they are; one str or bytes value is cut at ``\n``."""
    if isinstance(lines, str):
        return _without_last_empty(lines.split("\n"))
    if isinstance(lines, bytes):
        return _without_last_empty(lines.split(b"\n"))
    return lines


def _without_last_empty(lines: list[str] | list[bytes]) -> Iterable[str | bytes]:
    return lines[:-1] if not lines[-1] else lines


def has_server_line(lines: Lines) -> bool:
    """Whether any of some lines is a server's, or of a container that watches servers."""
    found = text_lines(lines)
    reader = Reader()
    if any(map(_is_of_servers, reader.read_all(found))):
        return True
    breaks = reader.breaks if isinstance(found, list | tuple) else frozenset()
    return bool(breaks) and any(map(_is_of_servers, Reader(breaks=breaks).read_all(found)))


def _is_of_servers(event: Event) -> bool:
    return event.pid is not None or event.CATEGORY in ("sidecar", "host")


@attrs.frozen
class State:
    """All that lines need from those before them, at a place where no record, block or wrapped line is open.

    ``found`` is what the stream has shown of what stands around its lines; ``zone`` is that of stamps without
    one, by the collector's stamp in ``hour``; ``breaks`` say how lines were broken.
    """

    found: Found
    zone: str | None = None
    hour: Hour | None = None
    breaks: frozenset[Break] = frozenset()


class Reader:
    """Reads one stream of lines; keeps what a line needs from those before it.

    That is the form of the capture, the number of the block of raw lines, the year of stamps without one,
    and the zone of those without one, where the collector's stamp shows it.
    """

    def __init__(
        self,
        *,
        source: str | None = None,
        tz: str | None = None,
        year: int | None = None,
        form: str | None = None,
        breaks: Iterable[Break] = (),
    ) -> None:
        self.source = source
        self._tz = tz
        self._zone: str | None = None
        self._hour: Hour | None = None
        self.first_pair: tuple[Hour, str | None] | None = None
        self._year = year
        self._month = 0
        self.blocks = 0
        self._in_block = False
        self._breaks: set[Break] = set(breaks)
        self._pids: set[int] = set()
        self.unwrapper = Unwrapper(_match_layout, form=form)

    @property
    def breaks(self) -> frozenset[Break]:
        """How lines were broken, as far as the stream has shown."""
        return frozenset(self._breaks)

    @property
    def state(self) -> State | None:
        """What the next line needs, if it is a server's; None within a record, and where a year is counted on."""
        found = self.unwrapper.found if self._year is None else None
        return None if found is None else State(found, self._zone, self._hour, self.breaks)

    def go_on(self, state: State) -> None:
        """Go on as one that has come to a state."""
        self.unwrapper.go_on(state.found)
        self._zone, self._hour = state.zone, state.hour
        self._breaks = set(state.breaks)

    def feed(self, line: str | bytes) -> list[Event]:
        """The events of the records that the next line completes."""
        return [event for captured in self.unwrapper.feed(line) for event in self._events(captured)]

    def read_all(
        self, lines: Iterable[str | bytes], counting: Counting | None = None, *, after: int = 0
    ) -> Iterator[Event]:
        """The events of all lines of a stream, in order; what a terminal wrapped is one.

        Lines that ``counting`` counts give no event. The first line is that after so many others.
        """
        return Stream(self, Wrapping(self._breaks), counting or nothing()).read(lines, after)

    def read_in_full(self, number: int, line: str | bytes, *, goes_on: bool) -> list[Event]:
        """The events of the records that a line of a number completes; ``goes_on`` if the one before it was read so too."""
        self._in_block = self._in_block and goes_on
        self.unwrapper.number = number - 1
        return self.feed(line)

    def close(self) -> list[Event]:
        """The events of the records that the end of the stream completes."""
        return [event for captured in self.unwrapper.close() for event in self._events(captured)]

    @property
    def pending(self) -> bool:
        """Whether a record has begun that is not complete."""
        return self.unwrapper.pending

    def read(self, line: str | bytes) -> Event:
        """The event of a line that stands alone; of several records in it, the last."""
        events = self.feed(line) or self.close()
        return events[-1] if events else self._raw(Captured(decode(line)))

    def _events(self, captured: Captured) -> Iterator[Event]:
        """The events of a captured record: several, where more of a server's were joined in it."""
        if captured.server is None:
            yield self._bare(captured) if captured.bare else self._raw(captured)
            return
        self._pids.add(int(captured.server[1]["pid"]))
        for server, each in self._parted(captured, captured.server):
            self._pids.add(int(server[1]["pid"]))
            yield self._server_line(server, each)

    def _parted(self, captured: Captured, server: ServerLine) -> list[tuple[ServerLine, Captured]]:
        """A record in a server's format, or those that are joined in it."""
        text = without_end(captured.text)
        match = server[1]
        joined = bool(match["message"]) and server[0] != "json"
        texts = split(text, match.start("message"), self._pids, is_wording) if joined else [text]
        if texts == [captured.text]:
            return [(server, captured)]
        servers = [_match_layout(each) for each in texts]
        parts = [
            (found, attrs.evolve(captured, text=each, server=found))
            for each, found in zip(texts, servers, strict=True)
            if found is not None
        ]
        return parts if len(parts) == len(texts) else [(server, captured)]

    def _server_line(self, server: ServerLine, captured: Captured) -> Event:
        layout, match = server
        parts = match.groupdict()
        role = parts.get("role")
        flag = FLAG_OF_ROLE.get(role, role) if role else None
        letter = "H" if layout.endswith("handler") else flag
        return self._message(
            letter,
            captured,
            message=plain(layout, parts["message"] or ""),
            pid=int(parts["pid"]),
            flag=flag,
            level=LEVELS.get(parts.get("mark") or ""),
            stamp=parts["stamp"],
        )

    def _bare(self, captured: Captured) -> Event:
        """A message without the server's own prefix, as syslog hands it on."""
        return self._message(
            None,
            captured,
            message=captured.text,
            pid=captured.pid,
            flag=None,
            level=captured.level,  # type: ignore[arg-type]
            stamp=captured.stamp,
        )

    def build_weaker(self, line: Event, head: Head, message: str) -> Event:
        """The event of a line that was in no server's format, and is a server's by the lines around it."""
        header = line.header
        stamp = header.collected.isoformat() if head.stamp is None and header.collected else head.stamp
        captured = Captured(
            message, header.prefix, header.origin, header.collected, number=header.line_number
        )
        return self._message(
            head.role,
            captured,
            message=message,
            pid=head.pid,
            flag=head.role,
            level=LEVELS.get(head.mark or ""),
            stamp=stamp,
            ground=head.ground,
        )

    def _message(
        self,
        letter: str | None,
        captured: Captured,
        *,
        message: str,
        pid: int | None,
        flag: str | None,
        level: Level | None,
        stamp: str | None,
        ground: Ground | None = None,
    ) -> Event:
        self._in_block = False
        where = captured.origin
        recognised = recognise(message, letter)
        if (recognised is None or recognised.damage) and (clean := unescaped(message)) != message:
            again = recognise(clean, letter)
            if again is not None:
                message, recognised = clean, again
        remark = None
        if handed := _handed_over(message, captured.prefix, recognised, letter):
            message, recognised, remark = handed.message, handed.recognised, handed.remark or None
        header = Header(
            message=message,
            source=self._source(where),
            line_number=captured.number,
            pid=pid,
            flag=flag,
            level=level,
            stamp=stamp,
            year=self._year_of(stamp or "", captured.collected),
            tz=self._tz or self._zone_of(stamp, captured.collected),
            collected=captured.collected,
            prefix=captured.prefix,
            origin=where,
            ground=ground,
            remark=remark,
        )
        return Unrecognized(header, "unrecognized") if recognised is None else build_event(recognised, header)

    def _raw(self, captured: Captured) -> Event:
        """A line in no server's format."""
        self.blocks += not self._in_block
        self._in_block = True
        header = Header(
            message=captured.text,
            source=self._source(captured.origin),
            line_number=captured.number,
            collected=captured.collected,
            prefix=captured.prefix,
            origin=captured.origin,
            block=self.blocks,
        )
        if result := tables().raw.match(captured.text):
            entry, values = result
            cls = event_class(entry.target)
            if cls.CATEGORY == "host":
                year = self._year_of(captured.stamp or "", captured.collected)
                header = attrs.evolve(header, stamp=captured.stamp, year=year, tz=self._tz)
            return cls(header, entry.key, **values)
        if captured.prefix and (result := tables().raw.match(captured.prefix + captured.text)):
            entry, values = result
            whole = captured.prefix + captured.text
            header = attrs.evolve(header, message=whole, prefix="", origin=None, source=self.source)
            return event_class(entry.target)(header, entry.key, **values)
        return Foreign(header, "foreign")

    def _source(self, where: Origin | None) -> str | None:
        """The node of a line: what its capture names, else the stream, with the container if one is named."""
        if where is None or where.source is not None:
            return where.source if where is not None else self.source
        if where.container in SERVER_CONTAINERS or self.source is None:
            return self.source
        return f"{self.source}/{where.container}"

    def _zone_of(self, stamp: str | None, collected: datetime | None) -> str | None:
        """The zone of a naive stamp, by the collector's: found once for each hour of both."""
        if collected is None or stamp is None:
            return self._zone
        hour = (stamp[:14], collected.day, collected.hour)
        if hour != self._hour:
            self._zone = paired_zone(stamp, self._year_of(stamp, collected), collected)
            self._hour = hour
            self.first_pair = self.first_pair or (hour, self._zone)
        return self._zone

    def _year_of(self, stamp: str, collected: datetime | None) -> int | None:
        """The year of a stamp without one: the collector's, or the given one, rolled over at New Year."""
        name = stamp[3:6] if stamp[:1].isdigit() else stamp[:3]
        if name not in MONTHS or (self._year is None and collected is None):
            return None
        month = MONTHS.index(name) + 1
        if collected is not None:
            return (
                collected.year + ((collected.month, month) == (12, 1)) - ((collected.month, month) == (1, 12))
            )
        if (self._month, month) == (12, 1) and self._year is not None:
            self._year += 1
        self._month = month
        return self._year


def _handed_over(
    message: str, prefix: str, recognised: Recognised | None, letter: str | None
) -> Remarked | None:
    """What a message was before somebody wrote behind it, framed it or masked values in it; None where it is as it was."""
    if recognised is None or recognised.damage:
        return recognise_handed_over(message, letter)
    if (
        "  " in message
        or "\t" in message
        or message[-2:] == "^C"
        or not message.isascii()
        or is_framed(prefix, message)
    ):
        return without_remark(message, prefix, recognised, letter)
    return None


_BEGINNINGS = frozenset("0123456789[p{")
"""What a server's line begins with, in any layout."""


def _match_layout(text: str) -> ServerLine | None:
    if text[:1] not in _BEGINNINGS:
        return None
    for name, layout in tables().layouts.items():
        if match := layout.match(text):
            return name, match
    return None
