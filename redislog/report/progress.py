"""How far reading is, on one line of a terminal: what is done, how fast, how long it will take."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TextIO

from redislog.sources.watch import Watch

_QUIET = 1.0
"""Work that takes less, in seconds, shows nothing."""
_INTERVAL = 0.1
_MB = 1_000_000


class Progress(Watch):
    """Writes to a terminal how far reading is; `close` takes the line away again.

    ``now`` tells seconds; lines and bytes are told by whoever reads.
    """

    def __init__(self, terminal: TextIO, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._terminal = terminal
        self._now = now
        self._begun = now()
        self._next = self._begun + _QUIET
        self._shown = False

    def passed(self, lines: int) -> None:
        """So many lines more have been read; shown ten times a second."""
        super().passed(lines)
        now = self._now()
        if now < self._next:
            return
        self._next = now + _INTERVAL
        self._shown = True
        self._terminal.write(f"\r{self._text(now - self._begun)}\x1b[K")
        self._terminal.flush()

    def close(self) -> None:
        """Take the line away."""
        if self._shown:
            self._terminal.write("\r\x1b[K")
            self._terminal.flush()
        self._shown = False
        self._next = float("inf")

    def _text(self, seconds: float) -> str:
        rate = f"{self.lines / seconds:,.0f} lines/s"
        if not self.total:
            return f"{self.lines:,} lines  {rate}"
        done = min(self.done, self.total)
        size = f"{done / self.total:4.0%}  {done / _MB:,.1f} of {self.total / _MB:,.1f} MB"
        if not done:
            return f"{size}  {rate}"
        left = round((self.total - done) * seconds / done)
        minutes, left = divmod(left, 60)
        hours, minutes = divmod(minutes, 60)
        clock = f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
        return f"{size}  {rate}  {clock} left"


def terminal_watch(*, alone: bool = True) -> Watch:
    """A watch that shows its progress where standard error is a terminal.

    ``alone`` is whether nothing is printed to standard output meanwhile; else nothing is shown where that is
    the same terminal.
    """
    able = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return Progress(sys.stderr) if able and (alone or not sys.stdout.isatty()) else Watch()
