"""Logs that still grow: pipes, and files that are rotated or begun anew meanwhile."""

from __future__ import annotations

import os
import select
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from redislog.sources.packing import SourceError

_BLOCK = 1 << 16
_LOOK = 0.05
"""Seconds from one look at a file to the next: nothing says that one has grown."""


class Following:
    """What is new in pipes and files, by the names of their captures, as it comes.

    A pipe ends where its writer does; a file never does. One that is not there yet is waited for; one that was rotated
    is read on from its new beginning.
    """

    def __init__(self) -> None:
        self._pipes: dict[int, str] = {}
        self._files: dict[str, _File] = {}

    def pipe(self, name: str, descriptor: int) -> None:
        """Follow an open pipe, or whatever standard input is."""
        self._pipes[descriptor] = name

    def path(self, name: str, path: Path) -> None:
        """Follow a file, or a named pipe.

        Raises
        ------
        SourceError
            if it is neither, or may not be read.
        """
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            mode = stat.S_IFREG
        except OSError as error:
            raise SourceError(f"{path}: {error.strerror}") from error
        if stat.S_ISFIFO(mode):
            self.pipe(name, os.open(path, os.O_RDONLY | os.O_NONBLOCK))
        elif stat.S_ISREG(mode):
            self._files[name] = _File(path)
        else:
            raise SourceError(f"{path}: expected a file or a pipe")

    @property
    def ended(self) -> bool:
        """Whether nothing more can come."""
        return not self._pipes and not self._files

    @property
    def missing(self) -> list[Path]:
        """The files that have not been there yet."""
        return [file.path for file in self._files.values() if not file.found]

    @property
    def behind(self) -> bool:
        """Whether a file holds more than was read."""
        return any(file.behind for file in self._files.values())

    def read(self, timeout: float) -> list[tuple[str, bytes]]:
        """What is new; waits so many seconds for something, at most."""
        end = time.monotonic() + timeout
        while True:
            found = [*self._of_files(), *self._of_pipes(0)]
            left = end - time.monotonic()
            if found or self.ended or left <= 0:
                return found
            wait = min(left, _LOOK) if self._files else left
            if found := list(self._of_pipes(wait)):
                return found
            if not self._pipes:
                time.sleep(wait)

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()

    def _of_pipes(self, wait: float) -> Iterator[tuple[str, bytes]]:
        ready, _, _ = select.select(list(self._pipes), [], [], wait) if self._pipes else ([], [], [])
        for descriptor in ready:
            with suppress(BlockingIOError):
                chunk = os.read(descriptor, _BLOCK)
                if chunk:
                    yield self._pipes[descriptor], chunk
                else:
                    del self._pipes[descriptor]

    def _of_files(self) -> Iterator[tuple[str, bytes]]:
        for name, file in self._files.items():
            if chunk := file.new():
                yield name, chunk


class _File:
    """A file that grows; ``found`` is whether it has been there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None
        self._in_line = False

    @property
    def found(self) -> bool:
        return self._descriptor is not None

    @property
    def behind(self) -> bool:
        if self._descriptor is None:
            return False
        return os.lseek(self._descriptor, 0, os.SEEK_CUR) < os.fstat(self._descriptor).st_size

    def new(self) -> bytes:
        """What was written since the last time; a line that was broken off by a rotation ends there."""
        chunk = self._more()
        if not chunk and self._begins_anew():
            chunk = (b"\n" if self._in_line else b"") + self._more()
        if chunk:
            self._in_line = not chunk.endswith(b"\n")
        return chunk

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _more(self) -> bytes:
        return b"" if self._descriptor is None else os.read(self._descriptor, _BLOCK)

    def _begins_anew(self) -> bool:
        """Go to the beginning, where the file is there now, is another one, or was cut short; whether it was so."""
        try:
            there = self.path.stat()
            if self._descriptor is None:
                self._descriptor = os.open(self.path, os.O_RDONLY)
                return True
            own = os.fstat(self._descriptor)
            if (own.st_dev, own.st_ino) != (there.st_dev, there.st_ino):
                self.close()
                self._descriptor = os.open(self.path, os.O_RDONLY)
                return True
        except OSError:
            return False
        if own.st_size < os.lseek(self._descriptor, 0, os.SEEK_CUR):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            return True
        return False
