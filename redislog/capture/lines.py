"""Streams to lines, bytes to text, and the value that every form unwraps a line to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import attrs

from redislog.origin import Origin

ServerLine = tuple[str, re.Match[str]]
"""A line in a server's own format: the name of its layout, and its parts."""

_COLOURS = re.compile(r"(?:\x1b|#033)(?:\[[0-9;?]*[A-Za-z]|\([A-Z0-9]|\][^\x07]*\x07)")


@attrs.define
class Captured:
    """A line without what a collector put around it.

    ``collected`` is the collector's own stamp (aware); ``prefix`` the text that was taken off; ``origin``
    what is said of where it was printed. ``bare`` says that a server handed over its message without its
    own prefix; then ``pid``, ``stamp`` and ``level`` are what the collector says of them. ``server`` is the
    line in the server's own format, None if it is in none; ``number`` the number of the line in its
    stream, 0 for the one that was read last.
    """

    text: str
    prefix: str = ""
    origin: Origin | None = None
    collected: datetime | None = None
    bare: bool = False
    pid: int | None = None
    stamp: str | None = None
    level: str | None = None
    server: ServerLine | None = None
    number: int = 0
    part: bool = False

    @property
    def source(self) -> str | None:
        """Name of the node that printed the line."""
        return self.origin.source if self.origin is not None else None


@attrs.frozen
class Steady:
    """What a form puts before each of many lines in a row, as regular expressions.

    ``names`` is the part that stays; a stamp of the collector (RFC 3339) may follow, and then ``behind``.
    """

    names: str
    behind: str


@attrs.frozen
class Form:
    """One way to put lines around a server's.

    ``unwrap`` gives the line inside, None where this form does not stand around the text. ``claims`` says
    whether that is believed of a line that no server printed before the form was seen in its stream.
    ``steady`` is given by forms that are long; what it matches, ``unwrap`` takes off too.
    """

    name: str
    layout: str
    loses: str
    unwrap: Callable[[str], Captured | None]
    claims: Callable[[Captured], bool] = lambda _: True
    steady: Steady | None = None


def decode(line: str | bytes) -> str:
    r"""A line as text without its line end; bytes that are not UTF-8 are kept as lone surrogates.

    >>> decode(b"caf\xc3\xa9 \xff\r\n")
    'café \udcff'
    """
    text = line if isinstance(line, str) else line.decode("utf-8", "surrogateescape")
    return text.rstrip("\r\n").removeprefix("\ufeff")


def has_colours(text: str) -> bool:
    """Whether a line may hold codes of a terminal."""
    return "\x1b" in text or "#033" in text


def without_colours(text: str) -> str:
    r"""A line without the codes of a terminal, as such or as syslog escapes them.

    >>> without_colours("\x1b[31m[redis-0]\x1b(B\x1b[m 1:M")
    '[redis-0] 1:M'
    """
    return _COLOURS.sub("", text)


def split_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    r"""Cut a stream, given in any chunks, into lines at ``\n``; a last line needs none.

    >>> list(split_lines([b"one\ntw", b"o\nth", b"ree"]))
    [b'one', b'two', b'three']
    """
    pending: list[bytes] = []
    for chunk in chunks:
        first, *rest = chunk.split(b"\n")
        pending.append(first)
        if rest:
            yield b"".join(pending)
            yield from rest[:-1]
            pending = [rest[-1]]
    if last := b"".join(pending):
        yield last


class Decoder:
    r"""Lines of bytes to text, also where a stream is UTF-16, which its byte order mark says.

    Such a stream that was cut at ``\n`` bytes has half of each line end left over.

    >>> decoder = Decoder()
    >>> [decoder.decode(line) for line in "1:M\r\n1:S\r\n".encode("utf-16").split(b"\n")]
    ['1:M', '1:S', '']
    """

    def __init__(self) -> None:
        self._encoding: str | None = None

    @property
    def plain(self) -> bool:
        """Whether the stream is UTF-8, as far as it was read."""
        return self._encoding is None

    def decode(self, line: str | bytes) -> str:
        """The text of the next line."""
        if isinstance(line, bytes):
            if line[:2] in (b"\xff\xfe", b"\xfe\xff"):
                self._encoding = "utf-16-le" if line[:1] == b"\xff" else "utf-16-be"
                line = line[2:]
            if self._encoding is not None:
                line = self._halves(line).decode(self._encoding, "replace")
        text = decode(line)
        return text.lstrip("\0") if text[:1] == "\0" and len(text) > 1 else text

    def _halves(self, line: bytes) -> bytes:
        line = line.removesuffix(b"\n")
        if self._encoding == "utf-16-le":
            return line[1:] if len(line) % 2 else line
        return line[:-1] if len(line) % 2 else line


def aware(stamp: str, fraction: str | None, zone: str) -> datetime | None:
    """The date of an ISO stamp, its fraction (with the dot) and its zone; None if there is no such date.

    >>> aware("2026-11-23T01:27:49", ".875385319", "Z").isoformat()
    '2026-11-23T01:27:49.875385+00:00'
    """
    try:
        return datetime.fromisoformat(f"{stamp}{fraction[:7] if fraction else ''}{zone}")
    except ValueError:
        return None
