"""HAProxy, which is no Redis server, but says which servers it holds for the primary, and sends clients there.

It prints no time, and only changes: a server that passes its first check leaves no line. How many are active
after a change is printed, so that the one server that is left is known where the chart names all of them.
"""

from __future__ import annotations

import re
from typing import Any

import attrs

from redislog.events.base import Event
from redislog.timeline.marks import Mark

PRIMARY_BACKEND = "bk_redis_master"
"""The backend of the redis-ha chart whose servers answer ``role:master``."""
_SENTINEL_BACKEND = re.compile(r"check_if_redis_is_master_(\d+)")
_FIRST_CHECK = 10.0
"""Seconds within which every server is checked once: the chart checks each three seconds."""
_EXPECTS = re.compile(r"\(expect string '([^']+)'\)")
_ADDRESS = re.compile(r"[0-9a-f.:]*[.:][0-9a-f.:]*")


_COME = {"haproxy.server-up", "haproxy.maintenance-over", "haproxy.drain-over"}
_GO = {"haproxy.server-down", "haproxy.server-down-by-hand", "haproxy.maintenance", "haproxy.drain"}
"""What begins and what ends a time in which clients are sent to a server."""


@attrs.frozen
class Turn:
    """A time in which a server of a backend was up, and at one address.

    Not ``stated``: the one that was left of all. ``host`` is its address, where a line says that it has it now.
    """

    backend: str
    server: str
    start: Mark
    end: Mark | None = None
    stated: bool = True
    host: tuple[str, Mark] | None = None


@attrs.frozen
class Outage:
    """A time in which no server of a backend was up."""

    backend: str
    start: Mark
    end: Mark | None = None
    at_start: bool = True


@attrs.frozen
class Proxy:
    """All that one HAProxy's log says.

    ``backends`` are those whose servers answer that they are primaries, with the line that says so where one
    does; ``active`` is how many servers of each are up after the last line on it; ``hosts`` the addresses of
    servers as its checks name them, and ``announced`` the names and addresses by number as its own config-init
    resolved them.
    """

    name: str
    last: Mark | None
    backends: dict[str, Mark | None]
    active: dict[str, tuple[int, Mark]]
    turns: tuple[Turn, ...]
    outages: tuple[Outage, ...]
    hosts: dict[str, tuple[str, Mark]]
    announced: dict[int, tuple[str, str, Mark]]
    marks: tuple[Mark, ...]


class ProxyFold:
    """Folds the lines of one HAProxy and of its config-init, in the order of its log."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lines = 0
        self._last: Mark | None = None
        self._marks: list[Mark] = []
        self._backends: dict[str, Mark | None] = {}
        self._active: dict[str, tuple[int, Mark]] = {}
        self._hosts: dict[str, tuple[str, Mark]] = {}
        self._announced: dict[int, tuple[str, str, Mark]] = {}

    def feed(self, event: Event) -> None:
        """Take in the next line."""
        self._lines += 1
        if event.truncated:
            return
        mark = Mark.of(self._lines, event)
        line: Any = event
        if event.key == "haproxy.announce":
            self._announced[line.index] = (f"{line.name}-server-{line.index}", line.host, mark)
            return
        self._last = mark
        self._marks.append(mark)
        if event.key in _COME | _GO:
            self._count(line, mark)
        elif event.key == "haproxy.worker":
            self._active.clear()
        if event.key == "haproxy.server-down" and (expected := _EXPECTS.search(line.info)):
            self._learn(line.backend, expected[1], mark)
        if getattr(line, "backend", None) == PRIMARY_BACKEND:
            self._backends.setdefault(PRIMARY_BACKEND, None)

    def _count(self, line: Any, mark: Mark) -> None:
        """How many servers are up; a line that puts one back does not say how many there are then."""
        if line.active is None:
            self._active.pop(line.backend, None)
        else:
            self._active[line.backend] = (line.active + line.backup, mark)

    def _learn(self, backend: str, expected: str, mark: Mark) -> None:
        """A failed check says what it expects: a primary, or that Sentinel names an address."""
        if expected == "role:master":
            self._backends[backend] = self._backends.get(backend) or mark
        number = _SENTINEL_BACKEND.fullmatch(backend)
        if number is not None and _ADDRESS.fullmatch(expected):
            self._hosts.setdefault(f"R{number[1]}", (expected, mark))

    @property
    def history(self) -> Proxy:
        """What is known so far."""
        turns, outages = _Turns(self._names(), self._backends).of(self._marks)
        return Proxy(
            name=self.name,
            last=self._last,
            backends=dict(self._backends),
            active=dict(self._active),
            turns=tuple(turns),
            outages=tuple(outages),
            hosts=dict(self._hosts),
            announced=dict(self._announced),
            marks=tuple(self._marks),
        )

    def _names(self) -> set[str]:
        """All servers of the chart's primary backend: a number each, in the backends that ask Sentinels too."""
        names = {f"R{number}" for number in self._announced}
        for mark in self._marks:
            line: Any = mark.event
            if number := _SENTINEL_BACKEND.fullmatch(getattr(line, "backend", "")):
                names |= {f"R{number[1]}", *([line.server] if hasattr(line, "server") else [])}
        return names


class _Turns:
    """Follows which servers are up; a new process begins with nothing known."""

    def __init__(self, names: set[str], backends: dict[str, Mark | None]) -> None:
        self._names = names
        self._backends = backends
        self._turns: list[Turn | None] = []
        self._outages: list[Outage] = []
        self._spoken: set[tuple[str, str]] = set()
        self._up: dict[tuple[str, str], int] = {}
        self._empty: dict[str, int] = {}
        self._hosts: dict[tuple[str, str], tuple[str, Mark]] = {}

    def of(self, marks: list[Mark]) -> tuple[list[Turn], list[Outage]]:
        """All turns and outages, in order."""
        for mark in marks:
            line: Any = mark.event
            if mark.event.key == "haproxy.worker":
                for up in list(self._up):
                    self._end(up, mark)
                self._spoken.clear()
                self._hosts.clear()
            elif getattr(line, "backend", None) in self._backends:
                self._follow(line, mark)
        return self._known, self._outages

    @property
    def _known(self) -> list[Turn]:
        return [turn for turn in self._turns if turn is not None]

    def _follow(self, line: Any, mark: Mark) -> None:
        if mark.event.key == "haproxy.no-server":
            at_start = not any(turn.backend == line.backend for turn in self._known)
            self._empty[line.backend] = len(self._outages)
            self._outages.append(Outage(line.backend, mark, at_start=at_start))
            return
        named = (line.backend, line.server)
        if mark.event.key == "haproxy.address":
            self._move(named, line.new, mark)
            return
        self._spoken.add(named)
        if mark.event.key in _COME:
            self._begin(named, mark, stated=True)
        elif mark.event.key in _GO:
            self._end(named, mark)
        if line.backend == PRIMARY_BACKEND and line.active is not None:
            self._infer(line, mark)

    def _move(self, named: tuple[str, str], host: str, mark: Mark) -> None:
        """Whoever is sent to a server reaches another host from now on."""
        self._hosts[named] = (host, mark)
        number = self._up.get(named)
        turn = self._turns[number] if number is not None else None
        if number is not None and turn is not None:
            self._turns[number] = attrs.evolve(turn, end=mark)
            self._up[named] = len(self._turns)
            self._turns.append(attrs.evolve(turn, start=mark, host=(host, mark)))

    def _infer(self, line: Any, mark: Mark) -> None:
        """The one that is left and never printed a line is known where all are named."""
        silent = sorted(
            name
            for name in self._names
            if (line.backend, name) not in self._spoken and (line.backend, name) not in self._up
        )
        up = sum(backend == line.backend for backend, _ in self._up)
        if len(silent) == 1 and line.active + line.backup - up == 1:
            self._begin((line.backend, silent[0]), mark, stated=False)

    def _begin(self, named: tuple[str, str], mark: Mark, *, stated: bool) -> None:
        if named in self._up:
            return
        self._up[named] = len(self._turns)
        self._turns.append(Turn(*named, mark, stated=stated, host=self._hosts.get(named)))
        if (number := self._empty.pop(named[0], None)) is not None:
            self._outages[number] = attrs.evolve(self._outages[number], end=mark)

    def _end(self, named: tuple[str, str], mark: Mark) -> None:
        number = self._up.pop(named, None)
        turn = self._turns[number] if number is not None else None
        if number is None or turn is None:
            return
        known = self._turns[:number] + self._turns[number + 1 :]
        first = not any(other is not None and other.backend == named[0] for other in known)
        self._turns[number] = None if first and _was_unchecked(turn, mark) else attrs.evolve(turn, end=mark)


def _was_unchecked(turn: Turn, end: Mark) -> bool:
    """Whether a server may have counted as up only until its first check, as all do at a start."""
    line: Any = end.event
    if turn.stated or getattr(line, "active", 1) + getattr(line, "backup", 0) > 0:
        return False
    if turn.start.time is None or end.time is None:
        return True
    return end.time - turn.start.time < _FIRST_CHECK
