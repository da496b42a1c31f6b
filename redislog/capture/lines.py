"""Streams to lines, bytes to text, and the value that every form unwraps a line to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import attrs


@attrs.frozen
class Captured:
    """A line without what a collector put around it.

    ``collected`` is the collector's own stamp (aware); ``prefix`` the text that was taken off. ``bare``
    says that a server handed over its message without its own prefix; then ``pid``, ``stamp`` and ``level``
    are what the collector says of them.
    """

    text: str
    prefix: str
    pod: str | None = None
    container: str | None = None
    host: str | None = None
    collected: datetime | None = None
    bare: bool = False
    pid: int | None = None
    stamp: str | None = None
    level: str | None = None

    @property
    def source(self) -> str | None:
        """Name of the node that printed the line: the pod, with the container where it is not Redis."""
        if self.pod is None or self.container in (None, "redis", "valkey"):
            return self.pod
        return f"{self.pod}/{self.container}"


def decode(line: str | bytes) -> str:
    r"""A line as text without its line end; bytes that are not UTF-8 are kept as lone surrogates.

    >>> decode(b"caf\xc3\xa9 \xff\r\n")
    'café \udcff'
    """
    text = line if isinstance(line, str) else line.decode("utf-8", "surrogateescape")
    return text.rstrip("\r\n").removeprefix("\ufeff")


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
