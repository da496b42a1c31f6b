"""What all events share: the header of a line, and the `Event` base."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from redislog.events.declaring import Declared, Printer
from redislog.events.making import event as event
from redislog.grammar.dispatch import Entry
from redislog.grammar.marks import LEVELS, Ground, Level
from redislog.grammar.stamps import Stamp, read_stamp
from redislog.origin import Origin, origin
from redislog.shortly import moment, shortly
from redislog.values import Damage

if TYPE_CHECKING:
    from redislog.grammar.lookup import Lookup


@attrs.frozen
class Header:
    """What stands around a message: where its line was found, and the line's own prefix.

    ``line_number`` counts from 1 within ``source``; ``stamp`` is the printed time stamp; ``year`` is the
    year of a stamp that has none, where it is known; ``tz`` makes a naive stamp aware; ``collected`` is
    the collector's own stamp; ``prefix`` is what a collector put before the line; ``origin`` is what it
    says of where the line was printed; ``block`` numbers the runs of lines that are in no server's format, from 1, and is None for a line that is; ``ground`` is what a server's line was read on where its own
    head is not whole, else None; ``damage`` is how a damaged message differs from what a server prints; ``remark`` is what somebody wrote behind the message, which is without it.
    """

    message: str
    source: str | None = None
    line_number: int = 1
    pid: int | None = None
    flag: str | None = None
    level: Level | None = None
    stamp: str | None = None
    year: int | None = None
    tz: str | None = None
    collected: datetime | None = None
    prefix: str = ""
    origin: Origin | None = None
    block: int | None = None
    damage: Damage | None = None
    truncated: bool = False
    ground: Ground | None = None
    remark: str | None = None


@attrs.frozen(eq=False)
class Frame:
    """What stays the same from one line of a process to its next: all of a header but the line's own parts.

    ``date`` begins each stamp; ``hour`` begins the collector's, None where it has none; then ``prefix``, which
    ends in it, is each line's own. ``lookup`` knows the messages that can stand after the role
    letter.
    """

    source: str | None
    pid: int
    flag: str
    date: str
    year: int | None
    tz: str | None
    hour: str | None
    prefix: str | None
    origin: Origin | None
    lookup: Lookup


Read = tuple[Frame, int, "re.Match[str]", Entry, "re.Match[str] | None"]
"""A line as it was read: frame, number in its source, the match of its own parts, the wording's entry, and
the match of the message, None of one that is not known."""

UNRECOGNIZED = Entry("unrecognized", "base:Unrecognized", "", "", "", ())
"""Stands for the entry of a message that nothing here knows."""


def header_of(read: Read) -> Header:
    """The header of a line as it was read."""
    frame, number, parts, _, _ = read
    collected = None if frame.hour is None else datetime.fromisoformat(frame.hour + parts["rest"])
    return Header(
        parts["message"],
        frame.source,
        number,
        frame.pid,
        frame.flag,
        LEVELS.get(parts["mark"]),
        frame.date + parts["time"],
        frame.year,
        frame.tz,
        collected,
        parts.string[: parts.start("head")] if frame.prefix is None else frame.prefix,
        frame.origin,
    )


class _AsRead:
    """The place of a line as it was read, apart from the attributes that are made of it; None without one."""

    __slots__ = ("read",)

    read: Read | None


set_read: Callable[[Any, Read | None], None] = _AsRead.__dict__["read"].__set__
"""Give an empty event the line that its attributes are made of."""


def settle(event: Event) -> None:
    """Make all attributes of an event, and let go of the line that they are made of: for one that is kept."""
    if event.read is not None:
        values_of(event)
        set_read(event, None)


def renumber(event: Event, lines: int, blocks: int) -> None:
    """Count an event that was just made in a part of a source by the lines and blocks before that part."""
    header = event.header
    block = None if header.block is None else header.block + blocks
    moved = attrs.evolve(header, line_number=header.line_number + lines, block=block)
    object.__setattr__(event, "header", moved)


def put_apart(event: Event, capture: str) -> None:
    """Tell an event that was just made from those of another server of its name, by the name of its capture."""
    header = event.header
    if header.origin is None or header.origin.source is None:
        moved = attrs.evolve(header, source=capture)
    else:
        namespace = origin(capture).over(header.origin) if header.origin.namespace is None else header.origin
        moved = attrs.evolve(header, origin=namespace)
    object.__setattr__(event, "header", moved)


def put_in_zone(event: Event, zone: str | None) -> None:
    """Make the stamp of an event that was just made one of a zone, if it is naive."""
    object.__setattr__(event, "header", attrs.evolve(event.header, tz=zone))


@event
class Event(_AsRead):
    """What one line says. Every event has these attributes, and the fields of its class.

    ``key`` is the catalogue's name of the message, or ``unrecognized`` or ``foreign``. What `parse` gives has
    its attributes made, and its fields converted, on first use.
    """

    header: Header
    key: str

    CATEGORY: ClassVar[str] = "other"
    PRINTER: ClassVar[Printer] = Printer()
    MESSAGES: ClassVar[tuple[Declared, ...]] = ()

    def __attrs_pre_init__(self) -> None:
        set_read(self, None)

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            """Make an attribute that has no value yet of the line as it was read."""
            if name == "read":
                return None  # of one that was copied, or came from another process
            read = self.read
            if read is not None and name == "header":
                made = header_of(read)
            elif read is not None and name == "key":
                made = read[3].key
            elif read is not None and hasattr(type(self), name):
                self.__init__(self.header, self.key, **read[4].groupdict())
                return getattr(self, name)
            else:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            object.__setattr__(self, name, made)
            return made

    @property
    def at(self) -> datetime | None:
        """When the server printed the line.

        Naive: the server's local time. Aware: where the line, the collector or the caller names the zone.
        None: no stamp, or one without a year (see `stamp`).
        """
        stamp = self.stamp
        return stamp.at if stamp is not None else None

    @property
    def stamp(self) -> Stamp | None:
        """The parts of the printed time stamp, None if the line has none."""
        header = self.header
        return read_stamp(header.stamp, header.year, header.tz) if header.stamp is not None else None

    @property
    def pid(self) -> int | None:
        """ID of the process that printed the line."""
        return self.header.pid

    @property
    def flag(self) -> str | None:
        """Role letter as printed: ``M`` primary, ``S`` replica, ``C`` child or start-up, ``X`` Sentinel."""
        return self.header.flag

    @property
    def level(self) -> Level | None:
        """The printed level, None where the mark is missing or unknown."""
        return self.header.level

    @property
    def message(self) -> str:
        """The message, without the line's prefix."""
        return self.header.message

    @property
    def source(self) -> str | None:
        """Name of the capture that holds the line."""
        return self.header.source

    @property
    def origin(self) -> Origin | None:
        """Namespace, pod, container, restart, file and host, as far as the capture states them."""
        return self.header.origin

    @property
    def collected(self) -> datetime | None:
        """The collector's own stamp, aware; None if it has none."""
        return self.header.collected

    @property
    def line_number(self) -> int:
        """Number of the line within its source, from 1."""
        return self.header.line_number

    @property
    def block(self) -> int | None:
        """Number of the run of raw lines (a crash report, a logo) that this one belongs to, from 1."""
        return self.header.block

    @property
    def damaged(self) -> bool:
        """Whether the message is not quite a known wording, but cannot be another one."""
        return self.header.damage is not None

    @property
    def damage(self) -> Damage | None:
        """How a damaged message differs from what a server prints; None of one that is whole."""
        return self.header.damage

    @property
    def truncated(self) -> bool:
        """Whether the server cut the message at its buffer's end."""
        return self.header.truncated

    @property
    def remark(self) -> str | None:
        """What somebody wrote behind the message when they handed the log over, without its mark; None if nothing."""
        return self.header.remark

    @property
    def ground(self) -> Ground | None:
        """What a line was read on whose own head is not whole; None where it is (`redislog.grammar.marks.Ground`)."""
        return self.header.ground

    def render(self, version: str) -> str:
        """The line that a server of a named version prints for this event: ``render("valkey 8.0")``.

        Raises
        ------
        RenderError
            if that version cannot print it; see `redislog.events.render.render_line`.
        """
        from redislog.events.render import render_line

        return render_line(self, version)

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values_of(self) == values_of(other)

    def __hash__(self) -> int:
        return hash((self.__class__, values_of(self)))

    def __repr__(self) -> str:
        fields = ((field.name, getattr(self, field.name)) for field in own_fields(type(self)))
        own = [f"{name}={value}" for name, value in fields if value is not None]
        said = [self.message] if isinstance(self, Unrecognized | Foreign) else own
        where = f"{self.source}:{self.line_number}" if self.source else f"line {self.line_number}"
        when = [moment(self.at)] if self.at is not None else []
        harm = [f"damage={str(self.damage)!r}"] if self.damage is not None else []
        return shortly(type(self).__name__, [self.key, *when, *said, *harm], f"({where})")


def values_of(event: object) -> tuple[Any, ...]:
    """All values of an attrs instance, in the order of its fields."""
    fields = attrs.fields(type(event))  # type: ignore[arg-type]
    return tuple(getattr(event, field.name) for field in fields)


def own_fields(cls: type[Event]) -> tuple[attrs.Attribute[Any], ...]:
    """The fields that an event class adds to those of every event."""
    return tuple(attrs.fields(cls))[2:]  # type: ignore[arg-type]


_RESERVED = frozenset(name for name in vars(Event) if not name.startswith("_")) | {"header", "key"}


def field_name(placeholder: str) -> str:
    """The attribute that holds a placeholder's value: its own name, with ``_`` where that is taken.

    >>> field_name("replid"), field_name("from"), field_name("pid")
    ('replid', 'from_', 'pid_')
    """
    return f"{placeholder}_" if keyword.iskeyword(placeholder) or placeholder in _RESERVED else placeholder


@event
class Unrecognized(Event):
    """A line in a server's format whose message nothing here knows."""


@event
class Foreign(Event):
    """A line that no server printed in its format: a logo, a stack trace, a collector's own words."""
