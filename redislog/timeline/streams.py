"""One stream that several servers' lines stand in without names, as ``kubectl logs -l`` prints them.

Their logs stand one after another: a part ends where time goes back and the next line is a start banner, or
has another role letter, without anything that explains it. After that each start banner opens a part, as a
container's log begins with one. Lines of several servers in turn cannot be told apart: the role letter
changes to and fro within seconds, and no line says why. That is said, and no server is made of it.
"""

from __future__ import annotations

from redislog.events.base import Event
from redislog.grammar.stamps import seconds

_JUMP = 1.0
_TURNS = 4
_WITHIN = 60.0
_EXPLAINS = ("role.", "cluster.", "failover.", "sentinel.", "replica.primary", "server.start", "server.mode")
_ENDS = ("server.exit", "server.shutdown", "signal", "crash.")


class StreamParts:
    """Tells which part of a stream without names a line belongs to."""

    def __init__(self) -> None:
        self.parts = 1
        self.mixed = False
        self._time: float | None = None
        self._letter: str | None = None
        self._explained = True
        self._ended = False
        self._turns: list[float] = []

    def feed(self, event: Event) -> int:
        """The number of the part, from 1, that the next event belongs to."""
        letter = event.flag if event.flag in ("M", "S") else None
        at = event.at
        if at is None or event.pid is None:
            return self.parts
        time = seconds(at)
        back = self._time is not None and time < self._time - _JUMP
        starts = event.key == "server.starting"
        turned = letter is not None and self._letter not in (None, letter)
        if event.flag == "C" and not starts:
            return self.parts
        if (back and not self._ended and (starts or (turned and not self._explains(event)))) or (
            starts and self.parts > 1 and self._time is not None
        ):
            self.parts += 1
            self._turns.clear()
            turned = False
        if self._explains(event) or starts:
            self._explained = True
        elif turned:
            self._turn(time)
        self._time = time
        self._letter = letter or (None if starts else self._letter)
        self._ended = event.key.startswith(_ENDS) or "shutdown" in event.key
        return self.parts

    def _explains(self, event: Event) -> bool:
        return event.key.startswith(_EXPLAINS) or event.key in ("unrecognized", "foreign")

    def _turn(self, time: float) -> None:
        """Count a change of the letter that nothing explains; an explanation holds for one change."""
        if self._explained:
            self._explained = False
            return
        self._turns = [turn for turn in self._turns if abs(time - turn) <= _WITHIN] + [time]
        if len(self._turns) >= _TURNS:
            self.mixed = True
