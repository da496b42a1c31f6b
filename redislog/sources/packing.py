"""Packed files, known by how they begin: gzip, bzip2, xz, Zstandard, and archives of tar and zip."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import IO, Any, NamedTuple, cast

_BLOCK = 1 << 18
"""How many bytes are read at once."""
_NEEDED = 10
"""How many bytes tell what a file is."""


class SourceError(Exception):
    """A capture that cannot be read: which path, and why."""


class _Unpacker(NamedTuple):
    """A packed file, opened; and what it raises where it is broken."""

    file: IO[bytes]
    errors: tuple[type[Exception], ...]


def _gzip(file: IO[bytes]) -> _Unpacker:
    import gzip
    import zlib

    return _Unpacker(cast(IO[bytes], gzip.GzipFile(fileobj=file)), (zlib.error,))


def _bzip2(file: IO[bytes]) -> _Unpacker:
    import bz2

    return _Unpacker(bz2.BZ2File(file), ())


def _xz(file: IO[bytes]) -> _Unpacker:
    import lzma

    return _Unpacker(lzma.LZMAFile(file), (lzma.LZMAError,))


def _zstandard(file: IO[bytes]) -> _Unpacker:
    zstd = zstandard_library()
    return _Unpacker(zstd.ZstdFile(file), (zstd.ZstdError,))


def zstandard_library() -> Any:
    """The standard library's from Python 3.14 on, else the same as a package."""
    from importlib import import_module

    for name in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(name)
        except ImportError:
            continue
    raise SourceError(
        "it is packed with Zstandard; reading that needs the extra: pip install 'redislog[zstd]'"
    )


_PACKINGS: tuple[tuple[re.Pattern[bytes], Callable[[IO[bytes]], _Unpacker]], ...] = (
    (re.compile(rb"\x1f\x8b\x08"), _gzip),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), _bzip2),
    (re.compile(rb"\xfd7zXZ\x00"), _xz),
    (re.compile(rb"\x28\xb5\x2f\xfd"), _zstandard),
)


def open_packed(file: IO[bytes]) -> _Unpacker | None:
    """The unpacked bytes of a file at its beginning, as a file; None where it is not packed.

    Raises
    ------
    SourceError
        if the library that unpacks it is not installed.
    """
    head = beginning(file)
    return next((opened(file) for magic, opened in _PACKINGS if magic.match(head)), None)


def is_packed(file: IO[bytes]) -> bool:
    """Whether a file at its beginning is packed."""
    head = beginning(file)
    return any(magic.match(head) for magic, _ in _PACKINGS)


def beginning(file: IO[bytes]) -> bytes:
    """The first bytes of a file, which are still to be read."""
    return cast(io.BufferedReader, file).peek(_NEEDED)[:_NEEDED]


class Unpacked(io.RawIOBase):
    """The bytes of a file, unpacked if it is packed, up to where it is broken; ``broken`` then says how.

    ``errors`` is what the file itself raises where it is broken: a member of an archive.
    """

    def __init__(self, file: IO[bytes], errors: tuple[type[Exception], ...] = ()) -> None:
        if not hasattr(file, "peek"):
            file = io.BufferedReader(cast(io.RawIOBase, file))
        self.broken: str | None = None
        self._errors: tuple[type[Exception], ...] = (EOFError, *errors)
        self._file: Any = file
        try:
            packed = open_packed(file)
        except self._errors as error:
            self.broken = str(error)
            return
        if packed is not None:
            self._file = packed.file
            self._errors = (*self._errors, *packed.errors)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on; the end of a broken file is where nothing more can be unpacked."""
        if self.broken is not None:
            return 0
        try:
            data = self._file.read1(len(buffer))
        except OSError as error:
            if error.errno is not None:
                raise
            self.broken = str(error)
            return 0
        except self._errors as error:
            self.broken = str(error)
            return 0
        buffer[: len(data)] = data
        return len(data)

    def buffered(self) -> io.BufferedReader:
        """To be read line by line."""
        return io.BufferedReader(self, _BLOCK)
