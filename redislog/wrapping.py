"""A server's line that was broken to several, by a terminal, a mail, a table or a page, made whole again.

The first line has the server's prefix and a message that is not known whole; the others have no prefix.
Where some of them make it a known message, they are its pieces. Two things can be done to a line: it is cut where the
width is full, or at the last blank before; what follows may be indented, or quoted like the first. In both ways no
line had room for the first word of the next one; the widest line of all tells how much room there is, those aside
that are one word, which may be wider than the room. A blank at a
break is lost where lines were copied without the blanks at their ends.
A message that the server itself prints over several lines may begin with a line of none: there the breaks are its own.
Who breaks a line by hand does so anywhere, and indents what follows.
Once a stream has shown its width, a known message that ends near it may be the beginning of a longer one; then it
counts how the stream's other lines were broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

import attrs

from redislog.events.base import Event
from redislog.matching import build_event, recognise

_MOST_PIECES = 12
_MOST_BLANKS = 4
"""Above this number of breaks not every way to put blanks at them is tried."""
_LONGEST_WORD = 45
"""Characters of the longest word that had no room at a line's end: a replication ID with what stands around it."""
_INDENTS = ("  ", "\t")
_QUOTES = frozenset(" \t>|│┃")
_HEAD = 6
"""Characters of a line's head beside pid and stamp."""


class Break(NamedTuple):
    """How a line was broken: at which width, whether at blanks, and what stands before each of its pieces.

    ``at_blanks`` is None where the line does not tell.
    """

    width: int
    at_blanks: bool | None
    indent: str


class Wrapping:
    """Holds back a server's line that may go on in the lines after it.

    ``breaks`` are those that the stream has shown; ``weaker`` if it is the turn of lines that are a server's by those
    around them.
    """

    def __init__(self, breaks: set[Break] | None = None, *, weaker: bool = False) -> None:
        self.breaks = set() if breaks is None else breaks
        self._weaker = weaker
        self._first: Event | None = None
        self._pieces: list[Event] = []
        self._whole: Event | None = None
        self._used = 0

    def hold(self, event: Event) -> None:
        """Hold back a server's line whose message is not known whole, where none is held."""
        self._first = event

    def ends_a_row(self, event: Event) -> bool:
        """Whether a server's line ends near the width that the stream has shown."""
        return event.flag is not None and _width(event) >= self._room - _LONGEST_WORD

    @property
    def _room(self) -> int:
        """The width of the stream's widest line that was broken; 0 where none was."""
        return max((each.width for each in self.breaks), default=0)

    def feed(self, events: Iterable[Event]) -> list[Event]:
        """The events that the next ones complete, in order."""
        found: list[Event] = []
        for event in events:
            if self._first is not None:
                if self._takes(self._first, event):
                    continue
                found += self.close()
            if (event.ground is not None) is not self._weaker:
                found.append(event)
            elif _is_doubtful(event) or (self.breaks and self.ends_a_row(event)):
                self.hold(event)
            else:
                found.append(event)
        return found

    def close(self) -> list[Event]:
        """What was held: the whole line, where there is one, and the lines that are not of it."""
        if self._first is None:
            return []
        if (
            self._whole is not None
            and self._first.message
            and self._is_full(self._first, self._pieces[: self._used])
        ):
            self._learn(self._first, self._whole, self._pieces[: self._used])
        found = [self._whole or self._first, *self._pieces[self._used :]]
        self._first = self._whole = None
        self._pieces, self._used = [], 0
        return found

    def _learn(self, first: Event, whole: Event, pieces: Sequence[Event]) -> None:
        """Keep how a line was broken, where that is not told by how others were."""
        at_blanks, indent = None, ""
        if _is_doubtful(first) and not whole.damaged:
            both = _with_bare(first, pieces)
            raw = "".join([first.message, *(text for text, _ in both)])
            bare = "".join([first.message, *(text for _, text in both)])
            filled = " ".join([first.message.rstrip(" "), *(text.rstrip(" ") for _, text in both)])
            if (whole.message in (raw, bare)) != (whole.message == filled):
                at_blanks = whole.message == filled
                indent = min((text[: len(text) - len(end)] for text, end in both), key=len)
        self.breaks.add(Break(_room_of(first, pieces), at_blanks, indent))

    def _takes(self, first: Event, event: Event) -> bool:
        """Whether the next event may be a piece; then it is held."""
        if event.key != "foreign" or (event.origin is not None and event.source != first.source):
            return False
        if not event.message.strip() or not self._may_go_on(first, event):
            return False
        self._pieces.append(event)
        if (whole := self._joined(first)) is not None:
            self._whole, self._used = whole, len(self._pieces)
        return True

    def _may_go_on(self, first: Event, event: Event) -> bool:
        """Whether a piece can follow those before it."""
        if len(self._pieces) >= _MOST_PIECES:
            return False
        pieces = [*self._pieces, event]
        return not first.message or self._is_full(first, pieces) or _is_by_hand(first, pieces)

    def _is_full(self, first: Event, pieces: Sequence[Event]) -> bool:
        """Whether no line had room for the first word of the next one."""
        widths = _widths(first, pieces)
        room = max(_room_of(first, pieces), self._room)
        words = [_unquoted(first, piece.message).split(" ", 1)[0] for piece in pieces]
        return all(width + 1 + len(word) >= room for width, word in zip(widths, words, strict=False))

    def _joined(self, first: Event) -> Event | None:
        """All pieces as one known message, None if they are none; one with a misspelt word where none is exact."""
        damaged: Event | None = None
        for message in self._ways(first):
            found = recognise(message, first.flag)
            if found is None or found.truncated:
                continue
            whole = build_event(found, attrs.evolve(first.header, message=message))
            if found.damage is None and (_is_doubtful(first) or whole.key == first.key):
                return whole
            damaged = damaged or whole
        full = not first.message or self._is_full(first, self._pieces)
        return damaged if first.key == "unrecognized" and full else None

    def _ways_as_before(self, first: Event) -> Iterator[str]:
        """The messages that the pieces are if they were broken as the stream's other lines were."""
        for way in sorted(self.breaks, key=lambda each: -each.width):
            if way.at_blanks is None:
                continue
            pieces = _with_bare(first, self._pieces)
            if way.at_blanks:
                yield " ".join([first.message.rstrip(" "), *(bare.rstrip(" ") for _, bare in pieces)])
            elif all(text.startswith(way.indent) for text, _ in pieces):
                yield "".join([first.message, *(text.removeprefix(way.indent) for text, _ in pieces)])

    def _ways(self, first: Event) -> Iterator[str]:
        """The messages that the pieces can be, the likeliest first."""
        raw = [piece.message for piece in self._pieces]
        if not _is_doubtful(first):
            yield from self._ways_as_before(first)
        if not first.message:
            yield "\n".join(("", *raw))
        cut = [first.message, *(_unquoted(first, text, indent=False) for text in raw)]
        bare = [first.message.rstrip(" "), *(_unquoted(first, text).rstrip(" ") for text in raw)]
        indent = min(len(text) - len(text.lstrip(" ")) for text in cut[1:])
        yield "".join(cut)
        yield "".join([cut[0], *(text[indent:] for text in cut[1:])])
        yield " ".join(bare)
        widths = _widths(first, self._pieces)
        room = max(*widths, self._room)
        yield _with(bare, ["" if width >= room else " " for width in widths[:-1]])
        if len(raw) <= _MOST_BLANKS:
            for between in product(("", " "), repeat=len(raw)):
                yield _with(bare, between)


def _is_by_hand(first: Event, pieces: Iterable[Event]) -> bool:
    """Whether the lines below one that is not known whole are all indented, as what was broken by hand is."""
    texts = (_unquoted(first, piece.message, indent=False) for piece in pieces)
    return first.key == "unrecognized" and all(text.startswith(_INDENTS) for text in texts)


def _with_bare(first: Event, pieces: Iterable[Event]) -> list[tuple[str, str]]:
    """The text of each piece, and that without its indent."""
    return [
        (_unquoted(first, piece.message, indent=False), _unquoted(first, piece.message)) for piece in pieces
    ]


def _with(pieces: Sequence[str], between: Sequence[str]) -> str:
    """Pieces with a text between each two."""
    return pieces[0] + "".join(
        blank + piece for blank, (_, piece) in zip(between, pairwise(pieces), strict=True)
    )


def _unquoted(first: Event, text: str, *, indent: bool = True) -> str:
    """A piece without the quote marks of its first line, and without an indent."""
    quote = first.header.prefix
    if quote and _QUOTES.issuperset(quote) and text.startswith(quote.rstrip()):
        text = text[len(quote.rstrip()) :].removeprefix(" ")
    return text.lstrip(" \t") if indent else text


def _is_doubtful(event: Event) -> bool:
    """Whether a server's line is not known whole."""
    return (event.flag is not None or event.ground is not None) and (
        event.key == "unrecognized" or event.damaged or event.truncated
    )


def _widths(first: Event, pieces: Iterable[Event]) -> list[int]:
    """How wide a line and its pieces are."""
    return [_width(first), *map(_width_of, pieces)]


def _width_of(piece: Event) -> int:
    """How wide a piece is."""
    return len(piece.message) + len(piece.header.prefix)


def _room_of(first: Event, pieces: Iterable[Event]) -> int:
    """How wide the widest line is that has several words; one word goes over the edge where it is too wide."""
    of_several = [piece for piece in pieces if len(piece.message.split(None, 1)) > 1]
    return max(_width(first), *map(_width_of, of_several), 0)


def _width(event: Event) -> int:
    """How wide a server's line is."""
    header = event.header
    return len(header.prefix) + len(str(header.pid)) + len(header.stamp or "") + len(header.message) + _HEAD
