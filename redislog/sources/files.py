"""Files on disk, packed or not, and the files in a folder or an archive."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, cast

import attrs

from redislog.sources.packing import SourceError, Unpacked, beginning, open_packed
from redislog.sources.watch import Watch

_BLOCK = 1 << 18
_ZIP = b"PK\x03\x04"
_TAR = 257, b"ustar"
"""Where in an archive of tar its mark is."""


@attrs.frozen
class File:
    """A file, or a member of an archive.

    ``path`` is how to call it; ``relative`` its path within the folder or archive; ``disk`` the file on
    disk that holds it; ``size`` its size there, in bytes (of a member of a packed tar: unpacked).
    """

    path: str
    relative: str
    disk: Path
    member: str | None = None
    size: int = 0

    @property
    def modified(self) -> datetime:
        """When the file on disk was last changed, in local time."""
        return datetime.fromtimestamp(self.disk.stat().st_mtime)

    @property
    def alone(self) -> Path | None:
        """The file on disk, if it is one and no other file is in it."""
        return self.disk if self.member is None and self.disk.is_file() else None

    def head(self, size: int) -> bytes:
        """Its first bytes; of a packed file that is broken, those that can be read."""
        with self._stream(Watch()) as file:
            data = b""
            while len(data) < size and (more := file.read(size - len(data))):
                data += more
            return data

    @contextmanager
    def opened(self, watch: Watch) -> Iterator[Iterable[str | bytes]]:
        """Its lines; where a packed file is broken, those before."""
        with self._stream(watch) as file:
            yield cast(Iterable[bytes], file)

    @contextmanager
    def _stream(self, watch: Watch) -> Iterator[io.BufferedReader]:
        """Its bytes, unpacked."""
        with ExitStack() as stack:
            try:
                raw = self._unpacked(stack, watch)
            except SourceError as error:
                raise SourceError(f"{self.path}: {error}") from error
            except OSError as error:
                raise SourceError(f"{self.path}: {error.strerror or error}") from error
            try:
                yield raw.buffered()
            except OSError as error:
                raise SourceError(f"{self.path}: {error.strerror or error}") from error
            if raw.broken is not None:
                watch.remark(f"{self.path}: broken, read up to where it can be unpacked ({raw.broken})")

    def _unpacked(self, stack: ExitStack, watch: Watch) -> Unpacked:
        disk = stack.enter_context(self.disk.open("rb", buffering=_BLOCK))
        stack.enter_context(watch.reading(None if self.member else disk, self.size))
        if self.member is None:
            return Unpacked(disk)
        import tarfile
        import zipfile
        import zlib

        broken = (zlib.error, zipfile.BadZipFile, tarfile.TarError)
        if beginning(disk).startswith(_ZIP):
            archive = stack.enter_context(zipfile.ZipFile(disk))
            return Unpacked(stack.enter_context(archive.open(self.member)), broken)
        packed = open_packed(disk)
        file, errors = packed or (disk, ())
        tar = stack.enter_context(tarfile.TarFile(fileobj=file))
        found = tar.extractfile(next(each for each in tar if each.name == self.member))
        return Unpacked(cast(IO[bytes], found), (*broken, *errors))


def files_of(path: Path) -> list[File] | None:
    """The files in a folder or an archive, in the order of their paths; None for a single file.

    Raises
    ------
    SourceError
        for a path that does not exist or cannot be read.
    """
    if not path.exists():
        raise SourceError(f"{path}: no such file or folder")
    if path.is_dir():
        inside = [each for each in sorted(path.rglob("*")) if each.is_file() and not _hidden(each, path)]
        found = []
        for each in inside:
            nested = _members(each)
            found += [single(each, str(each.relative_to(path)))] if nested is None else nested
        return found
    return _members(path)


def single(path: Path, relative: str | None = None) -> File:
    """A file on disk."""
    size = path.stat().st_size if path.is_file() else 0
    return File(str(path), relative or path.name, path, size=size)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _members(path: Path) -> list[File] | None:
    """The files in an archive, as far as it can be read; None for what is none."""
    if not path.is_file():
        return None
    try:
        with path.open("rb", buffering=_BLOCK) as disk:
            names = _names_in_zip(disk) if beginning(disk).startswith(_ZIP) else _names_in_tar(disk)
    except SourceError as error:
        raise SourceError(f"{path}: {error}") from error
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror or error}") from error
    if names is None:
        return None
    return [File(f"{path}/{name}", name, path, name, size) for name, size in sorted(names)]


_Names = list[tuple[str, int]]


def _names_in_zip(disk: IO[bytes]) -> _Names | None:
    import zipfile

    try:
        with zipfile.ZipFile(disk) as archive:
            return [(info.filename, info.compress_size) for info in archive.infolist() if not info.is_dir()]
    except zipfile.BadZipFile:
        return None


def _names_in_tar(disk: IO[bytes]) -> _Names | None:
    place, mark = _TAR
    with Unpacked(disk) as raw:
        if raw.buffered().read(place + len(mark))[place:] != mark:
            return None
    import tarfile
    import zlib

    disk.seek(0)
    file, errors = open_packed(disk) or (disk, ())
    names: _Names = []
    with (
        suppress(tarfile.TarError, zlib.error, EOFError, *errors),
        tarfile.TarFile(fileobj=file) as tar,
    ):
        names += ((info.name, info.size) for info in tar if info.isfile())
    return names
