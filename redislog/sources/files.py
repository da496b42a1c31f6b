"""Files on disk, compressed files, and the files in a folder or an archive."""

from __future__ import annotations

import gzip
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import attrs

_ARCHIVES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".zip")
_BROKEN = (tarfile.TarError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError)
_GZIP = b"\x1f\x8b"


class SourceError(Exception):
    """A capture that cannot be read: which path, and why."""


@attrs.frozen
class File:
    """A file, or a member of an archive.

    ``path`` is how to call it; ``relative`` its path within the folder or archive; ``disk`` the file on
    disk that holds it.
    """

    path: str
    relative: str
    disk: Path
    member: str | None = None

    @property
    def modified(self) -> datetime:
        """When the file on disk was last changed, in local time."""
        return datetime.fromtimestamp(self.disk.stat().st_mtime)

    def head(self, size: int) -> bytes:
        """Its first bytes; of a compressed file that is broken, those that can be read."""
        with self.stream() as file:
            data = b""
            try:
                while len(data) < size and (more := file.read(size - len(data))):
                    data += more
            except _BROKEN:
                pass
            return data

    @contextmanager
    def opened(self) -> Iterator[Iterable[str | bytes]]:
        """Its lines."""
        with self.stream() as file:
            yield _survived(file)

    @contextmanager
    def stream(self) -> Iterator[IO[bytes]]:
        """Its bytes, unpacked."""
        try:
            if self.member is None:
                with self.disk.open("rb") as file:
                    packed = file.read(2) == _GZIP if file.seekable() else False
                    if file.seekable():
                        file.seek(0)
                    yield gzip.GzipFile(fileobj=file) if packed else file  # type: ignore[misc]
            elif zipfile.is_zipfile(self.disk):
                with zipfile.ZipFile(self.disk) as archive, archive.open(self.member) as inner:
                    yield _unpacked(inner, self.member)
            else:
                with tarfile.open(self.disk) as tar:
                    found = tar.extractfile(self.member)
                    if found is not None:
                        yield _unpacked(found, self.member)
        except OSError as error:
            raise SourceError(f"{self.path}: {error.strerror or error}") from error


def _unpacked(file: IO[bytes], name: str) -> IO[bytes]:
    return gzip.GzipFile(fileobj=file) if name.endswith(".gz") else file  # type: ignore[return-value]


def _survived(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file, up to where a compressed one is broken."""
    try:
        yield from file
    except _BROKEN:
        return


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
            found += [File(str(each), str(each.relative_to(path)), each)] if nested is None else nested
        return found
    return _members(path)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _members(path: Path) -> list[File] | None:
    """The files in an archive; None for what is none."""
    if not path.name.endswith(_ARCHIVES):
        return None
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                names = [info.filename for info in archive.infolist() if not info.is_dir()]
        else:
            with tarfile.open(path) as tar:
                names = [info.name for info in tar if info.isfile()]
    except _BROKEN:
        return None
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror or error}") from error
    return [File(f"{path}/{name}", name, path, name) for name in sorted(names)]
