"""What is told of captures while they are read: how far, and what could not be."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO


class Watch:
    """Keeps the remarks on what could not be read, and counts bytes (as they are on disk) and lines."""

    def __init__(self) -> None:
        self.remarks: list[str] = []
        self.lines = 0
        self.total = 0
        self._done = 0
        self._reading: IO[bytes] | None = None

    def remark(self, text: str) -> None:
        """Keep a remark, once."""
        if text not in self.remarks:
            self.remarks.append(text)

    def passed(self, lines: int) -> None:
        """So many lines more have been read."""
        self.lines += lines

    def close(self) -> None:
        """Nothing more will be read."""

    def add(self, size: int) -> None:
        """So many bytes more have been read."""
        self._done += size

    @contextmanager
    def reading(self, file: IO[bytes] | None, size: int) -> Iterator[None]:
        """While a capture of a size on disk is read; of a file on disk it is known how far."""
        self._reading = file
        try:
            yield
        finally:
            self._reading = None
            self._done += size

    @property
    def done(self) -> int:
        """Bytes that have been read."""
        if self._reading is not None:
            with suppress(OSError, ValueError):
                return self._done + os.lseek(self._reading.fileno(), 0, os.SEEK_CUR)
        return self._done
