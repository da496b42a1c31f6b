"""What is told of captures while they are read: how far, and what could not be."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO


class Watch:
    """Keeps the remarks on what could not be read, and how many bytes of files have been."""

    def __init__(self) -> None:
        self.remarks: list[str] = []
        self._done = 0
        self._reading: IO[bytes] | None = None

    def remark(self, text: str) -> None:
        """Keep a remark, once."""
        if text not in self.remarks:
            self.remarks.append(text)

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
        """Bytes that are read, as they are on disk; may be asked from another thread."""
        file = self._reading
        try:
            return self._done + (os.lseek(file.fileno(), 0, os.SEEK_CUR) if file is not None else 0)
        except (OSError, ValueError):
            return self._done
