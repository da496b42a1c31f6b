"""A clock that servers read instead of the machine's: ahead of it, behind, or set while they run.

libfaketime stands between a server and the system, and reads from a file how far the clock is ahead. Only
the time of day is changed, as where a machine's clock is set: what a server measures by a monotonic clock goes on.
"""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

_LIBRARIES = Path("/usr/lib")


@cache
def _library() -> Path | None:
    return next(iter(sorted(_LIBRARIES.glob("*/faketime/libfaketime.so.1"))), None)


@cache
def clock_missing() -> str:
    """Why no server can have a clock of its own; empty if one can."""
    return "" if _library() else "libfaketime is not installed: it comes with the Debian package faketime"


if TYPE_CHECKING:
    from .releases import Release


class Clock:
    """A clock of one server, or one that several share, kept in a file. At first it is the machine's."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._ahead = 0.0
        self._was_read = False
        self.steady: float | None = 0.0
        """Seconds that it is ahead of the machine's; None where it was set while a server read it."""
        self._write()

    def environment(self, release: Release) -> dict[str, str]:
        """What a process of a release is told that is to read it."""
        self._was_read = True
        # Debian's server of 7.0 brings an allocator that asks for the time as it starts, and so for memory, and so
        # on: with that of the C library before it, it starts. Others start as they are, but for Redis 8.6, which
        # starts with neither (`choice` leaves it out).
        allocator = ":libc.so.6" if release.version < (8, 0) else ""
        return {
            "LD_PRELOAD": f"{_library()}{allocator}",
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    @property
    def passed(self) -> float:
        """Seconds that it was set forward by, in all."""
        return self._ahead

    def set(self, ahead: float) -> None:
        """Set it to so many seconds ahead of the machine's."""
        self._ahead = ahead
        self.steady = None if self._was_read else ahead
        self._write()

    def forward(self, seconds: float) -> None:
        """Let some time pass at once, for all that read it."""
        self.set(self._ahead + seconds)

    def hurry(self) -> None:
        """Let a second pass in a tenth of it: a server takes such a step for its own slowness."""
        self.forward(0.9)
        time.sleep(0.1)

    def _write(self) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(f"{self._ahead:+f}s\n")
        new.replace(self._file)
