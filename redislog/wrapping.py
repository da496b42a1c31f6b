"""A server's line that a terminal or a mail wrapped to several, made whole again.

The first line has the server's prefix and a message that is not known whole; the others have no prefix.
Where some of them make it a known message, they are its pieces. A terminal fills its width: all pieces
between the first and the last are equally long, so a piece as long as the one before it may have another
after it. A blank at a break is lost where lines were copied without the blanks at their ends.
A message that the server itself prints over several lines may begin with a line of none: there the breaks are its own.
Once a stream has shown its width, a known message that ends there may be the beginning of a longer one.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import attrs

from redislog.events.base import Event
from redislog.matching import build_event, recognise

_MOST_PIECES = 12
_MOST_BLANKS = 4
"""Above this number of breaks no blanks are tried at them."""


class Wrapping:
    """Holds back a server's line that may go on in the lines after it.

    ``widths`` are those that the stream has shown.
    """

    def __init__(self, widths: set[int] | None = None) -> None:
        self.widths = set() if widths is None else widths
        self._first: Event | None = None
        self._pieces: list[Event] = []
        self._whole: Event | None = None
        self._used = 0

    def hold(self, event: Event) -> None:
        """Hold back a server's line whose message is not known whole, where none is held."""
        self._first = event

    def ends_a_row(self, event: Event) -> bool:
        """Whether a server's line ends at a width that the stream has shown."""
        return event.flag is not None and _width(event) in self.widths

    def feed(self, events: Iterable[Event]) -> list[Event]:
        """The events that the next ones complete, in order."""
        found: list[Event] = []
        for event in events:
            if self._first is not None:
                if self._takes(self._first, event):
                    continue
                found += self.close()
            if _is_doubtful(event) or (self.widths and self.ends_a_row(event)):
                self.hold(event)
            else:
                found.append(event)
        return found

    def close(self) -> list[Event]:
        """What was held: the whole line, where there is one, and the lines that are not of it."""
        if self._first is None:
            return []
        if self._whole is not None and self._first.message:
            self.widths.add(_width(self._first))
        found = [self._whole or self._first, *self._pieces[self._used :]]
        self._first = self._whole = None
        self._pieces, self._used = [], 0
        return found

    def _takes(self, first: Event, event: Event) -> bool:
        """Whether the next event may be a piece; then it is held."""
        if event.key != "foreign" or (event.origin is not None and event.source != first.source):
            return False
        if not self._may_go_on(event):
            return False
        self._pieces.append(event)
        if (whole := self._joined(first)) is not None:
            self._whole, self._used = whole, len(self._pieces)
        return True

    def _may_go_on(self, event: Event) -> bool:
        """Whether a piece can follow those before it: the width is that of all but the last."""
        widths = [len(piece.message) for piece in self._pieces]
        if not widths:
            return True
        longest = widths[0]
        return (
            len(widths) < _MOST_PIECES
            and all(width in (longest, longest - 1) for width in widths)
            and len(event.message) <= longest + 1
        )

    def _joined(self, first: Event) -> Event | None:
        """All pieces as one known message, None if they are none; one with a misspelt word where none is exact."""
        breaks = len(self._pieces)
        damaged: Event | None = None
        at_break = ("", " ") if first.message else ("\n",)
        ways = product(at_break, repeat=breaks) if breaks <= _MOST_BLANKS else [at_break[:1] * breaks]
        for way in ways:
            message = first.message + "".join(
                between + piece.message for between, piece in zip(way, self._pieces, strict=True)
            )
            found = recognise(message, first.flag)
            if found is None or found.truncated:
                continue
            whole = build_event(found, attrs.evolve(first.header, message=message))
            if not found.damaged and (_is_doubtful(first) or whole.key == first.key):
                return whole
            damaged = damaged or whole
        return damaged if first.key == "unrecognized" else None


def _is_doubtful(event: Event) -> bool:
    """Whether a server's line is not known whole."""
    return event.flag is not None and (event.key == "unrecognized" or event.damaged or event.truncated)


def _width(event: Event) -> int:
    """How wide a server's line is, but for what all lines of its layout have."""
    header = event.header
    return len(header.prefix) + len(str(header.pid)) + len(header.stamp or "") + len(header.message)
