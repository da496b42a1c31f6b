"""One stream that several servers' lines stand in without names, as ``kubectl logs -l`` prints them.

Their logs stand one after another: a part ends where time goes back and the next line is a start banner. After that each start banner without a
shutdown before it opens a part, as a container's log begins with one.
Where time goes back and the role letter changes with nothing that explains it, the heads of the logs are cut,
and joints between replicas cannot be seen. Nor can lines of several servers in turn be told apart: the role
letter changes to and fro within seconds, and no line says why. That is said, and no server is made of it.
"""

from __future__ import annotations

from redislog.events.base import Event
from redislog.grammar.stamps import seconds

_JUMP = 1.0
_JUMP_AFTER_END = 10.0
"""How far time must go back, in seconds; further after a shutdown, for a clock may be set between two lives."""
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
        self._headed = False
        self._ended = False
        self._turns: list[float] = []

    def feed(self, event: Event) -> int:
        """The number of the part, from 1, that the next event belongs to."""
        letter = event.flag if event.flag in ("M", "S") else None
        at = event.at
        if at is None or event.pid is None:
            return self.parts
        time = seconds(at)
        back = self._time is not None and time < self._time - (_JUMP_AFTER_END if self._ended else _JUMP)
        starts = event.key == "server.starting"
        turned = letter is not None and self._letter not in (None, letter)
        if event.flag == "C" and not starts:
            return self.parts
        if (
            starts
            and self._time is not None
            and self._headed
            and (back or (self.parts > 1 and not self._ended))
        ):
            self.parts += 1
            self._turns.clear()
            turned = False
        elif back and not self._explains(event) and (turned or starts):
            self.mixed = True
        if self._time is None:
            self._headed = starts
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
