"""One stream that several servers' lines stand in without names, as ``kubectl logs -l`` prints them.

Their logs stand one after another: a part ends where time goes back and the next line is a start banner. After that each start banner without a
shutdown before it opens a part, as a container's log begins with one.

Their lines stand in turn: two processes that are alive at once are two servers. A process is alive from its
first line to its last, and children belong to the process that announced their pid, else to the one that
spoke last. A process that begins after another has ended follows it on the same server, if it has a start
banner, the other a shutdown, and there is one such alone. One whose shutdown is not printed may have been
killed, unless primaries name as many replicas as there are processes of replicas: then each is a server.

Lines are not of one server, and cannot be told apart, where time goes back and the role letter changes; where
the role letter changes and no line near says why; where a replica that is in sync shakes hands again without
having lost its primary; where a server that replicates becomes ready without a start; where the pid changes
without a start banner. That is said, and no server is made of it.
"""

from __future__ import annotations

import re
from typing import Any

import attrs

from redislog.events.base import Event
from redislog.grammar.stamps import seconds
from redislog.node.tables import LETTER_IS_EARLY, RUNS

_JUMP = 1.0
_JUMP_AFTER_END = 10.0
"""How far time must go back, in seconds; further after a shutdown, for a clock may be set between two lives."""
_TURNS = 4
_WITHIN = 60.0
_NEAR = 12
_AFTER = 4
"""Within how many lines before and after it a change of the role letter is explained."""
_MOST_HELD = 5000
_EXPLAINS = ("role.", "cluster.", "failover.", "sentinel.", "replica.primary", "server.start", "server.mode")
_ENDS = ("server.exit", "server.shutdown", "signal", "crash.")
_IN_SYNC = {"replica.full-sync.finished", "replica.psync-success"}
_LOST = ("role.", "cluster.", "failover.", "server.", "crash.", "replica.primary", "replica.timeout", "replica.re",
         "replica.connecting", "replica.connect-", "replica.sync-", "replica.rdb-channel", "replica.dual-channel")  # fmt: skip
_HANDS = {
    "replica.connected",
    "replica.handshake.ping-ok",
    "replica.psync-request",
    "replica.psync-impossible",
    "replica.full-sync-from-primary",
    "replica.full-sync.flushing",
    "replica.full-sync.loading",
    "replica.full-sync.finished",
}
_READY = {"server.mode", "server.ready", "server.ready-unix"}
_CHILD = re.compile(r"\bpid:? (\d{1,10})\b")


def names_child(text: str) -> bool:
    """Whether a message, or the wording of one, may name a child process."""
    return "pid" in text


def _begins(event: Event) -> bool:
    return RUNS.get(event.key) == "start"


def _ends(event: Event) -> bool:
    return event.key.startswith(_ENDS) or "shutdown" in event.key


def _is_main(event: Event) -> bool:
    """Whether a line is of a server's own process, and says so."""
    return event.pid is not None and (event.flag in ("M", "S") or (event.flag == "C" and _begins(event)))


@attrs.define
class _Life:
    """One process: the numbers and times of its first and last line, and whether they are a start and an end."""

    pid: int
    first: int
    last: int
    banner: bool
    begin: float
    end: float
    ended: bool = False
    replica: bool = False

    def extend(self, number: int, event: Event) -> None:
        """Take in a later line."""
        self.last = number
        self.end = max(self.end, _time(event, self.end))
        self.ended = _ends(event)
        self.replica = event.flag == "S"

    def overlaps(self, other: _Life) -> bool:
        """Whether both processes were alive at once."""
        one, later = (self, other) if self.first <= other.first else (other, self)
        return later.first < one.last or later.begin < one.end - _JUMP


def _time(event: Event, otherwise: float) -> float:
    return seconds(event.at) if event.at is not None else otherwise


class StreamParts:
    """Tells which part of a stream without names a line belongs to.

    From the first line of a second process on, lines are held, as a later line shows whether the first is
    alive; `close` gives them at the latest.
    """

    def __init__(self) -> None:
        self._sequences = [_Sequence()]
        self._part_of: dict[int, int] | None = None
        self._children: dict[int, int] = {}
        self._lives: dict[int, _Life] = {}
        self._current: int | None = None
        self._held: list[Event] | None = None
        self._number = 0
        self._replicas: set[str] = set()
        self._impossible = False
        self._decided = False

    @property
    def mixed(self) -> bool:
        """Whether the lines are of several servers that cannot be told apart."""
        return (
            self._impossible
            or any(each.mixed for each in self._sequences)
            or (len(self._sequences) > 1 and any(each.parts > 1 for each in self._sequences))
        )

    @property
    def doubtful(self) -> bool:
        """Whether the last lines may be another server's."""
        return any(each.doubtful for each in self._sequences)

    def feed(self, event: Event) -> list[tuple[Event, int]]:
        """Events whose part, from 1, is known by the next one."""
        self._number += 1
        new = self._follow(event)
        if self._decided or (self._held is None and not (new and len(self._lives) > 1)):
            return [(event, self._placed(event))]
        self._held = self._held or []
        self._held.append(event)
        return self.close() if len(self._held) >= _MOST_HELD else []

    @property
    def is_one(self) -> bool:
        """Whether all lines are of one process so far, or of one server's in a row, and none is held."""
        return self._held is None and self._part_of is None and not self.mixed

    def pass_over(self, lines: int, *, strange: bool) -> None:
        """Count lines that change nothing; ``strange`` if messages that nothing here knows are among them."""
        self._number += lines
        self._sequences[0].pass_over(lines, strange=strange)

    def adopt(self, message: str, pid: int) -> None:
        """Note the child processes that a message names."""
        for child in _CHILD.findall(message):
            self._children[int(child)] = pid

    def close(self) -> list[tuple[Event, int]]:
        """What was held, with its parts; what follows is held no more."""
        held, self._held = self._held, None
        if held is None:
            return []
        self._decided = True
        self._decide()
        return [(event, self._placed(event)) for event in held]

    def _follow(self, event: Event) -> bool:
        """Write a line into the life of its process; whether the process is new."""
        if not _is_main(event) or event.pid is None:
            return False
        pid = event.pid
        if self._current is not None and self._decided and pid != self._current:
            self._impossible |= self._part_of is None and pid in self._lives and not _begins(event)
            self._impossible |= self._part_of is not None and pid not in self._part_of
        self._current = pid
        if event.key == "primary.sync-requested":
            values: Any = event
            self._replicas.add(str(values.replica))
        self.adopt(event.message, pid)
        life = self._lives.get(pid)
        if life is not None:
            life.extend(self._number, event)
            return False
        at = _time(event, 0.0)
        self._lives[pid] = _Life(pid, self._number, self._number, _begins(event), at, at, _ends(event))
        return True

    def _decide(self) -> None:
        """One part for each server, by which processes were alive at once."""
        lives = sorted(self._lives.values(), key=lambda life: life.first)
        if not any(one.overlaps(other) for n, one in enumerate(lives) for other in lives[n + 1 :]):
            self._impossible |= any(not life.banner for life in lives[1:])
            return
        each_its_own = len(self._replicas) >= sum(life.replica for life in lives)
        parts: list[_Life] = []
        self._part_of = {}
        for life in lives:
            before = [n for n, part in enumerate(parts) if not part.overlaps(life)]
            followed = [n for n in before if parts[n].ended and life.banner]
            if len(followed) > 1 or (before and not followed and not (each_its_own and life.replica)):
                self._impossible = True
            number = followed[0] if followed else len(parts)
            parts[number : number + 1] = [life]
            self._part_of[life.pid] = number + 1
        self._sequences += [_Sequence() for _ in parts[1:]]

    def _placed(self, event: Event) -> int:
        if self._part_of is None:
            return self._sequences[0].feed(event)
        pid = event.pid
        if pid is not None and pid not in self._part_of:
            pid = self._children.get(pid, self._current)
        elif pid is not None and _is_main(event):
            self._current = pid
        number = self._part_of.get(pid if pid is not None else self._current or 0, 1)
        self._sequences[number - 1].feed(event)
        return number


class _Sequence:
    """Tells the logs in a stream apart that stand one after another."""

    def __init__(self) -> None:
        self.parts = 1
        self.mixed = False
        self._time: float | None = None
        self._letter: str | None = None
        self._explained = True
        self._headed = False
        self._ended = False
        self._turns: list[float] = []
        self._lines = 0
        self._unexplained: int | None = None
        self._near = -_NEAR
        self._in_sync = False
        self._spoken = False

    @property
    def doubtful(self) -> bool:
        """Whether the role letter changed just before the end, and no line said why."""
        return self._unexplained is not None

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
        self._contradict(event, starts, turned)
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
        self._ended = _ends(event)
        return self.parts

    def pass_over(self, lines: int, *, strange: bool) -> None:
        """Count lines that change nothing; what is not known may explain a change of the letter."""
        self._lines += lines
        self._explained |= strange

    def _contradict(self, event: Event, starts: bool, turned: bool) -> None:
        """What one server cannot print after the lines before."""
        self._lines += 1
        key = event.key
        self._spoken = not starts and (self._spoken or key.startswith(("replica.", "primary.")))
        if starts or key.startswith(_EXPLAINS) or key in LETTER_IS_EARLY:
            self._near, self._unexplained = self._lines, None
        elif self._lines - self._near > _NEAR and (
            (self._in_sync and key == "replica.connecting")
            or (turned and event.level not in ("warning", None))
        ):
            self._unexplained = self._lines
        if self._unexplained is not None and self._lines - self._unexplained > _AFTER:
            self.mixed = True
        if (self._in_sync and key in _HANDS) or (self._spoken and key in _READY and not starts):
            self.mixed = True
        elif key in _IN_SYNC:
            self._in_sync = True
        elif starts or key in LETTER_IS_EARLY or event.flag != "S" or key.startswith(_LOST):
            self._in_sync = False

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
