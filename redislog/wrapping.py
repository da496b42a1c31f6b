"""A server's line that a terminal or a mail wrapped to several, made whole again.

The first line has the server's prefix and a message that is not known whole; the others have no prefix.
Where some of them make it a known message, they are its pieces. A terminal fills its width: all pieces
between the first and the last are equally long, so a piece as long as the one before it may have another
after it. A blank at a break is lost where lines were copied without the blanks at their ends.
Once a stream has shown its width, a known message that ends there may be the beginning of a longer one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import attrs

from redislog.events.base import Event
from redislog.matching import Recognised, build_event, recognise

_MOST_PIECES = 12
_MOST_BLANKS = 4
"""Above this number of breaks no blanks are tried at them."""


def may_go_on(event: Event) -> bool:
    """Whether a server's line is not known whole."""
    return event.flag is not None and (event.key == "unrecognized" or event.damaged or event.truncated)


def width(event: Event) -> int:
    """How wide a server's line is, but for what all lines of its layout have."""
    header = event.header
    return len(header.prefix) + len(str(header.pid)) + len(header.stamp or "") + len(header.message)


class Wrapped:
    """A server's line that may go on in the lines after it."""

    def __init__(self, first: Event) -> None:
        self._first = first
        self._doubtful = may_go_on(first)
        self.width = width(first)
        self._pieces: list[Event] = []
        self._whole: Event | None = None
        self._used = 0

    @property
    def is_wrapped(self) -> bool:
        """Whether pieces were found."""
        return self._whole is not None

    def takes(self, event: Event) -> bool:
        """Whether the next event may be a piece; then it is held."""
        if event.key != "foreign" or (event.origin is not None and event.source != self._first.source):
            return False
        if not self._may_go_on(event):
            return False
        self._pieces.append(event)
        if (whole := self._joined()) is not None:
            self._whole, self._used = whole, len(self._pieces)
        return True

    def events(self) -> Iterator[Event]:
        """What was held: the whole line, where there is one, and the lines that are not of it."""
        yield self._whole or self._first
        yield from self._pieces[self._used :]

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

    def _joined(self) -> Event | None:
        """All pieces as one known message, None if they are none; one with a misspelt word where none is exact."""
        breaks = len(self._pieces)
        damaged: Event | None = None
        ways = product(("", " "), repeat=breaks) if breaks <= _MOST_BLANKS else [("",) * breaks]
        for way in ways:
            message = self._first.message + "".join(
                between + piece.message for between, piece in zip(way, self._pieces, strict=True)
            )
            found = recognise(message, self._first.flag)
            if found is None or found.truncated:
                continue
            whole = self._built(found, message)
            if not found.damaged and (self._doubtful or whole.key == self._first.key):
                return whole
            damaged = damaged or whole
        return damaged if self._first.key == "unrecognized" else None

    def _built(self, found: Recognised, message: str) -> Event:
        return build_event(found, attrs.evolve(self._first.header, message=message))
