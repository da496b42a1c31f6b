"""One stream that several servers' lines stand in without names, as ``kubectl logs -l`` prints them.

Their logs stand one after another: a part ends where time goes back and the next line is a start banner. A
start banner where time goes on is a restart if a shutdown is before it, or if nothing shows that the stream
holds several servers. Else it is of the server that its primary, in the same stream, names at that time.

Their lines stand in turn: two processes that are alive at once are two servers. A process is alive from its
first line to its last, and children belong to the process that announced their pid, else to the one that
spoke last. A process that begins after another has ended follows it on the same server, if it has a start
banner, the other a shutdown, and there is one such alone; one after a process that may have been killed
belongs to the server that its primary names. Where no two are alive at once, and none is given by its primary what
another one began as it was promoted, they are taken for lives of one server,
which is said where no banner shows it; but not where one begins in the middle of a sync, as the end of a log does.

What no one server prints in this order is of several that cannot be told apart: see `succession`. That is said,
and no server is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from redislog.events.base import Event
from redislog.node.clock import Clock
from redislog.timeline.succession import (
    Life,
    Requests,
    Sequence,
    begins,
    is_amid_a_sync,
    is_main,
    is_of_a_handler,
)

_MOST_HELD = 5000
_CHILD = re.compile(r"\bpid:? (\d{1,10})\b")


def names_child(text: str) -> bool:
    """Whether a message, or the wording of one, may name a child process."""
    return "pid" in text


def children_in(message: str) -> list[int]:
    """The child processes that a message names."""
    return [int(child) for child in _CHILD.findall(message)]


class StreamParts:
    """Tells which part of a stream without names a line belongs to.

    From the first line of a second process on, lines are held, as a later line shows whether the first is
    alive; `close` gives them at the latest.
    """

    def __init__(self) -> None:
        self._requests = Requests()
        self._sequences = [Sequence(self._requests)]
        self._part_of: dict[int, int] | None = None
        self._children: dict[int, int] = {}
        self._lives: dict[int, Life] = {}
        self._current: int | None = None
        self._held: list[tuple[Event, float | None]] | None = None
        self._clock = Clock()
        self._number = 0
        self._impossible = self._assumed = False
        self._decided = False

    @property
    def mixed(self) -> bool:
        """Whether the lines are of several servers that cannot be told apart."""
        if len(self._sequences) == 1:
            return self._impossible or self._sequences[0].mixed
        return self._impossible or any(each.mixed or each.parts > 1 for each in self._sequences)

    @property
    def doubtful(self) -> bool:
        """Whether the lines up to now leave open which server some of them are of."""
        return any(each.doubtful for each in self._sequences)

    @property
    def assumed(self) -> bool:
        """Whether a process is taken for one that was killed and started again, and may be another server's."""
        return self._assumed or any(each.assumed for each in self._sequences)

    def feed(self, event: Event) -> list[tuple[Event, int]]:
        """Events whose part, from 1, is known by the next one."""
        self._number += 1
        time = None if is_of_a_handler(event) else self._clock.time_of(event)
        new = self._follow(event, time)
        if self._decided or (self._held is None and not (new and len(self._lives) > 1)):
            return [(event, self._placed(event, time))]
        self._held = self._held or []
        self._held.append((event, time))
        return self.close() if len(self._held) >= _MOST_HELD else []

    @property
    def is_one(self) -> bool:
        """Whether no line is held, and all are of processes one after another."""
        return self._held is None and self._part_of is None and not self.mixed

    def pass_over(self, lines: int, *, strange: bool) -> None:
        """Count lines that change nothing; ``strange`` if messages that nothing here knows are among them."""
        self._number += lines
        if strange:
            self._sequences[0].forget()

    def adopt(self, children: Iterable[int], pid: int) -> None:
        """Note the child processes that a process names."""
        for child in children:
            self._children[child] = pid

    def close(self) -> list[tuple[Event, int]]:
        """What was held, with its parts; what follows is held no more."""
        held, self._held = self._held, None
        if held is None:
            return []
        self._decided = True
        self._decide()
        return [(event, self._placed(event, time)) for event, time in held]

    def _follow(self, event: Event, time: float | None) -> bool:
        """Write a line into the life of its process; whether the process is new."""
        if not is_main(event) or event.pid is None or time is None:
            return False
        pid = event.pid
        if self._current is not None and self._decided and pid != self._current:
            self._impossible |= self._part_of is None and pid in self._lives and not begins(event)
            self._impossible |= self._part_of is not None and pid not in self._part_of
        self._current = pid
        self._requests.note(event, time)
        if names_child(event.message):
            self.adopt(children_in(event.message), pid)
        life = self._lives.get(pid)
        if life is not None:
            life.extend(self._number, event, time)
            return False
        life = self._lives[pid] = Life(pid, self._number, self._number, begins(event), time, time)
        life.amid = is_amid_a_sync(event)
        life.extend(self._number, event, time)
        return True

    def _decide(self) -> None:
        """One part for each server, by which processes were alive at once."""
        lives = sorted(self._lives.values(), key=lambda life: life.first)
        if not any(_are_two(one, other) for n, one in enumerate(lives) for other in lives[n + 1 :]):
            self._impossible |= any(life.amid and not before.ended for before, life in pairwise(lives))
            self._assumed = any(not life.banner for life in lives[1:])
            return
        servers: list[list[Life]] = []
        self._part_of = {}
        for life in lives:
            number = self._server_of(life, servers)
            if number == len(servers):
                servers.append([])
            servers[number].append(life)
            self._part_of[life.pid] = number + 1
        self._sequences += [Sequence(self._requests) for _ in servers[1:]]

    def _server_of(self, life: Life, servers: list[list[Life]]) -> int:
        """The number, from 0, of the server that a process is of; a new one where it can be none of those."""
        before = [n for n, lives in enumerate(servers) if not _are_two(lives[-1], life)]
        ended = [n for n in before if servers[n][-1].ended and life.banner]
        same = [self._requests.same(servers[n][-1], life) for n in before]
        if True in same:
            return before[same.index(True)]
        if len(ended) == 1:
            return ended[0]
        self._impossible |= bool(ended) or None in same
        return len(servers)

    def _placed(self, event: Event, time: float | None) -> int:
        if self._part_of is None:
            return self._sequences[0].feed(event, time)
        pid = event.pid
        if pid is not None and pid not in self._part_of:
            pid = self._children.get(pid, self._current)
        elif pid is not None and is_main(event):
            self._current = pid
        number = self._part_of.get(pid if pid is not None else self._current or 0, 1)
        self._sequences[number - 1].feed(event, time)
        return number


def _are_two(one: Life, other: Life) -> bool:
    """Whether two processes are of two servers: both were alive at once, or one followed the other."""
    return one.overlaps(other) or other.follows(one) or one.follows(other)
