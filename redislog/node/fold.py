"""The fold of one server's events: everything that its own log says, and nothing of other servers."""

from __future__ import annotations

from typing import Any

import attrs

from redislog.events.base import Event, settle
from redislog.node.clock import Clock
from redislog.node.downstream import DownstreamFold
from redislog.node.history import Gap, Incident, Jump, Lineage, NodeHistory, Point, RoleSpan, Run, subject_of
from redislog.node.tables import (
    LETTER_IS_EARLY,
    LETTER_ROLE,
    MILESTONES,
    ROLES,
    RUNS,
    Role,
    is_notable,
)
from redislog.node.upstream import UpstreamFold

_TOO_FAR_BACK = 2.0
"""Seconds by which a stamp may be before that of the line above it: handlers of signals cut to seconds."""
_FINE_LEVELS = {"debug", "verbose", "notice"}


class NodeFold:
    """Folds the events of one server, in the order of its log."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._upstream = UpstreamFold()
        self._downstream = DownstreamFold()
        self._runs: list[Run] = []
        self._roles: list[RoleSpan] = []
        self._lineage: list[Lineage] = []
        self._gaps: list[Gap] = []
        self._points: list[Point] = []
        self._incidents: list[Incident] = []
        self._jumps: list[Jump] = []
        self._series: dict[tuple[str, ...], int] = {}
        self._first: Point | None = None
        self._last: Point | None = None
        self._lines = 0
        self._time = 0.0
        self._clock = Clock()
        self._pid: int | None = None

    def feed(self, event: Event) -> bool:
        """Take in the next event; whether it changed something."""
        self._lines += 1
        time = self._clock.time_of(event)
        if time is None and (event.flag is None and event.key not in RUNS):
            return False
        back = 0.0 if time is None or self._last is None or event.flag is None else self._time - time
        if back > _TOO_FAR_BACK and self._last is not None and event.pid == self._last.event.pid:
            self._jumps.append(Jump(self._last, event, round(back, 3)))
        self._time = self._time if time is None else time
        point = Point(self._time, self._lines, event)
        self._first = self._first or point
        self._last = point
        self._follow(point)
        self._note(point)
        changed = self._run(point)
        changed |= self._role(point)
        changed |= self._history(point)
        upstream = self._upstream.feed(point) if event.flag != "C" else False
        if upstream is None:
            self._take_back()
            return False
        changed |= upstream
        changed |= self._downstream.feed(point) if event.flag != "C" else False
        if changed:
            settle(event)
            self._points.append(point)
        return changed

    @property
    def rests(self) -> bool:
        """Whether a quiet message (`is_quiet`) of the process that spoke last changes nothing."""
        return bool(self._runs) and self._runs[-1].notices

    def keep(self, event: Event, lines: int) -> None:
        """Keep what is at most kept (`is_at_most_kept`), the last of so many lines that `pass_over` will count."""
        time = self._clock.time_of(event)
        point = Point(self._time if time is None else time, self._lines + lines, event)
        self._note(point)
        if self._downstream.feed(point):
            settle(event)
            self._points.append(point)

    def pass_over(self, lines: int) -> None:
        """Count lines with quiet messages."""
        self._lines += lines

    def _follow(self, point: Point) -> None:
        """A server's line of another process than before: the lines in which that began are missing."""
        event = point.event
        if event.flag not in LETTER_ROLE:
            return
        if self._pid not in (None, event.pid):
            self._gaps.append(Gap(point, "start"))
            self._end_life(point)
            self._runs.append(Run(point))
        self._pid = event.pid

    def _end_life(self, point: Point) -> None:
        """All that the process before held is over: nothing of it is left."""
        if self._runs and self._runs[-1].end is None:
            self._runs[-1] = attrs.evolve(self._runs[-1], end=point, ended_by="start")
        self._upstream.restart(point)
        self._downstream.restart(point)
        if self._roles and self._roles[-1].end is None:
            self._roles[-1] = attrs.evolve(self._roles[-1], end=point)
        self._pid = None

    def _note(self, point: Point) -> None:
        """Keep a notable event; one that repeats is counted until a milestone ends the series."""
        key = point.event.key
        whole = is_notable(key) and not point.event.truncated
        subject = subject_of(point.event) if whole else ()
        repeats = self._series.get(subject) == len(self._incidents) - 1 >= 0
        if key in MILESTONES and not repeats:
            self._series.clear()
        if not subject:
            return
        settle(point.event)
        number = self._series.setdefault(subject, len(self._incidents))
        if number == len(self._incidents):
            self._incidents.append(Incident(point, point))
        else:
            series = self._incidents[number]
            self._incidents[number] = attrs.evolve(series, last=point, count=series.count + 1)

    def _take_back(self) -> None:
        """Drop the events of an attempt that only repeated the one before it."""
        last_start = self._upstream.attempts[-1].last_start
        while self._points and last_start is not None and self._points[-1].order >= last_start.order:
            self._points.pop()

    def _run(self, point: Point) -> bool:
        event: Any = point.event
        step = RUNS.get(event.key)
        if step == "start":
            return self._started(point)
        if event.key == "server.mode" and self._runs:
            run = self._runs[-1]
            self._runs[-1] = attrs.evolve(run, mode=event.mode or run.mode, port=event.port, notices=True)
            return True
        if not self._runs:
            self._runs.append(Run(point))
        if not self._runs[-1].notices and event.level in _FINE_LEVELS and event.flag != "C":
            self._runs[-1] = attrs.evolve(self._runs[-1], notices=True)
        if step is None:
            return False
        if step == "ready":
            port = getattr(event, "port", None) or self._runs[-1].port
            self._runs[-1] = attrs.evolve(self._runs[-1], ready=self._runs[-1].ready or point, port=port)
        else:
            self._runs[-1] = attrs.evolve(self._runs[-1], end=point, ended_by=step)
        return True

    def _started(self, point: Point) -> bool:
        """A start banner opens a run; the version line opens one only where there was no banner."""
        event: Any = point.event
        current = self._runs[-1] if self._runs else None
        fresh = current is not None and current.start is not None and current.version is None
        fresh = fresh and not self._downstream.attached and self._is_silent_since(current)
        if event.key == "server.starting" or not fresh:
            self._end_life(point)
            self._runs.append(Run(point, start=point))
        product = "valkey" if "alkey" in event.message else "redis"
        version = getattr(event, "version", None)
        self._runs[-1] = attrs.evolve(self._runs[-1], product=product, version=version)
        return True

    def _is_silent_since(self, run: Run | None) -> bool:
        return run is not None and (not self._roles or self._roles[-1].end is not None)

    def _role(self, point: Point) -> bool:
        event = point.event
        role: Role | None = ROLES.get(event.key)
        by_letter = role is None
        if by_letter and event.flag is not None and event.key not in LETTER_IS_EARLY:
            role = LETTER_ROLE.get(event.flag)
        if role is None:
            return False
        if role == "replica" and self._runs[-1].start is not None and self._runs[-1].notices:
            self._upstream.begin(point)
        current = self._roles[-1] if self._roles and self._roles[-1].end is None else None
        if current is not None and current.role == role:
            if current.by_letter and not by_letter:
                self._roles[-1] = attrs.evolve(current, by_letter=False)
            return not by_letter
        if current is not None:
            self._roles[-1] = attrs.evolve(current, end=point)
        self._roles.append(RoleSpan(role, point, by_letter=by_letter))
        return True

    def _history(self, point: Point) -> bool:
        """Replication IDs that the server took or was given."""
        event: Any = point.event
        match event.key:
            case "primary.backlog-created":
                self._lineage.append(Lineage(point, event.replid, event.replid2))
            case "replica.replid-shifted":
                self._lineage.append(Lineage(point, event.replid, event.replid2, event.max_offset))
            case "replica.full-sync-from-primary":
                self._lineage.append(Lineage(point, event.replid, None, event.offset))
            case "replica.replid-changed":
                before = self._lineage[-1].replid if self._lineage else None
                self._lineage.append(Lineage(point, event.replid, before))
            case "replica.psync-request":
                if self._lineage and event.replid in (self._lineage[-1].replid, self._lineage[-1].replid2):
                    return False
                self._lineage.append(Lineage(point, event.replid, None, event.offset))
            case _:
                return False
        return True

    @property
    def lines(self) -> int:
        """How many events were fed."""
        return self._lines

    @property
    def history(self) -> NodeHistory:
        """What is known so far."""
        pending = self._upstream.open_attempt
        return NodeHistory(
            name=self.name,
            first=self._first,
            last=self._last,
            lines=self._lines,
            runs=tuple(self._runs),
            roles=tuple(self._roles),
            links=tuple(self._upstream.spans),
            attempts=(*self._upstream.attempts, *([pending] if pending else [])),
            replicas={peer: tuple(spans) for peer, spans in self._downstream.spans.items()},
            services=tuple(self._downstream.services),
            lineage=tuple(self._lineage),
            gaps=(*self._gaps, *self._upstream.gaps, *self._downstream.gaps),
            points=tuple(self._points),
            incidents=tuple(self._incidents),
            jumps=tuple(self._jumps),
        )
