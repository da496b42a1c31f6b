"""The fold of one server's events: everything that its own log says, and nothing of other servers."""

from __future__ import annotations

from typing import Any

import attrs

from redislog.events.base import Event, settle
from redislog.node.clock import Clock
from redislog.node.downstream import DownstreamFold
from redislog.node.history import Gap, Incident, Jump, Lineage, NodeHistory, Point, RoleSpan, subject_of
from redislog.node.lives import LivesFold
from redislog.node.migrations import MigrationsFold
from redislog.node.tables import (
    ELECTED,
    LETTER_IS_EARLY,
    LETTER_ROLE,
    MILESTONES,
    ROLES,
    RUNS,
    Role,
    is_notable,
    role_without_letter,
    serves,
)
from redislog.node.upstream import UpstreamFold

_TOO_FAR_BACK = 2.0
"""Seconds by which a stamp may be before that of the line above it: handlers of signals cut to seconds."""


class NodeFold:
    """Folds the events of one server, in the order of its log."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._upstream = UpstreamFold()
        self._downstream = DownstreamFold()
        self._lives = LivesFold()
        self._migrations = MigrationsFold()
        self._roles: list[RoleSpan] = []
        self._lineage: list[Lineage] = []
        self._gaps: list[Gap] = []
        self._points: list[Point] = []
        self._incidents: list[Incident] = []
        self._jumps: list[Jump] = []
        self._is_elected = False
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
        if time is None and event.ground is None and event.flag is None and event.key not in RUNS:
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
        changed = self._lives.feed(point)
        changed |= self._role(point)
        changed |= self._history(point)
        changed |= self._migrations.feed(point)
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
    def says_nothing(self) -> bool:
        """Whether no line says anything of a role, a link or a replica, as a Sentinel's first lines do not."""
        return not (self._roles or self._upstream.spans or self._downstream.spans)

    @property
    def rests(self) -> bool:
        """Whether a quiet message (`is_quiet`) of the process that spoke last changes nothing."""
        return self._lives.rests

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
        self._lives.speak()
        self._lines += lines

    def _follow(self, point: Point) -> None:
        """A line of another process than before: where it is none of a start, lines are missing."""
        event = point.event
        of_server = event.flag in LETTER_ROLE
        other_process = of_server and self._pid not in (None, event.pid)
        begins = self._lives.begins_another(point, other_process=other_process)
        if other_process and not begins:
            self._gaps.append(Gap(point, "start"))
        if begins or other_process:
            self._end_life(point)
            self._lives.begin(point)
        if of_server:
            self._pid = event.pid

    def _end_life(self, point: Point) -> None:
        """All that the process before held is over: nothing of it is left."""
        self._lives.end_unseen(point)
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

    def _role(self, point: Point) -> bool:
        event = point.event
        role: Role | None = ROLES.get(event.key)
        by_letter = role is None
        if event.key in ELECTED:
            self._is_elected = True
        is_early = event.key in LETTER_IS_EARLY and not (self._is_elected and event.flag == "M")
        if by_letter and event.flag is not None and not is_early:
            role = LETTER_ROLE.get(event.flag)
        elif by_letter and event.flag is None:
            role = role_without_letter(event.key)
        deduced = role is None and event.flag is None and self._is_known_to_follow_nobody(event)
        if deduced:
            role = "primary"
        if role is None:
            return False
        run = self._lives.runs[-1]
        if role == "replica" and run.start is not None and run.notices:
            self._upstream.begin(point)
        current = self._roles[-1] if self._roles and self._roles[-1].end is None else None
        if current is not None and current.role == role:
            if current.by_letter and not by_letter:
                self._roles[-1] = attrs.evolve(current, by_letter=False)
            return not by_letter
        if current is not None:
            self._roles[-1] = attrs.evolve(current, end=point)
        self._roles.append(RoleSpan(role, point, by_letter=by_letter, deduced=deduced))
        self._is_elected = False
        return True

    def _is_known_to_follow_nobody(self, event: Event) -> bool:
        """Whether a server of before 3.0, whose lines have no letter, serves, and did not follow since it began."""
        says_none = not self._roles or self._roles[-1].end is not None
        from_the_start = self._lives.runs[-1].start is not None
        return says_none and from_the_start and self._upstream.phase is None and serves(event.key)

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
            runs=tuple(self._lives.runs),
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
            migrations=tuple(self._migrations.parts.values()),
        )
