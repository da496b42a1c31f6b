"""The fold of a server's lives: where a process began, what it is, when it was ready, and how it ended."""

from __future__ import annotations

from typing import Any

import attrs

from redislog.events.base import Event
from redislog.events.index import message_of, target_of
from redislog.node.history import Point, Run
from redislog.node.tables import Life, life_step

_FINE_LEVELS = {"debug", "verbose", "notice"}
_BEGIN = ("start", "starting")


class LivesFold:
    """Follows the processes of one server, one after the other."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self._begun: set[str] = set()
        self._has_spoken = False

    @property
    def rests(self) -> bool:
        """Whether a quiet message of the process that spoke last changes nothing."""
        return bool(self.runs) and self.runs[-1].notices and self._has_spoken and self.runs[-1].end is None

    def begins_another(self, point: Point, *, other_process: bool) -> bool:
        """Whether a line is one of another process than the one whose lines stand above it."""
        step = _step(point)
        if step not in (*_BEGIN, "ready") or not self.runs:
            return False
        before = self.runs[-1]
        if step == "ready":
            return before.end is not None
        is_over = before.end is not None or before.ready is not None or point.event.key in self._begun
        return is_over or other_process or (step == "start" and self._has_spoken)

    def begin(self, point: Point) -> None:
        """Another process began: at this line, or, where no line of its start is there, before it."""
        is_start = _step(point) in (*_BEGIN, "ready")
        self.runs.append(Run(point, start=point if is_start else None))
        self._begun = set()
        self._has_spoken = False

    def end_unseen(self, point: Point) -> None:
        """The process is over, and only what comes after shows it."""
        if self.runs and self.runs[-1].end is None:
            self.runs[-1] = attrs.evolve(self.runs[-1], end=point, ended_by="start")

    def feed(self, point: Point) -> bool:
        """Take in one event of the process that is there; whether it changed something."""
        event: Any = point.event
        step = _step(point)
        if not self.runs:
            self.runs.append(Run(point))
        run = self.runs[-1]
        if event.flag != "C" and not run.notices and (_is_fine(event) or event.key == "server.mode"):
            run = attrs.evolve(run, notices=True)
        if step in _BEGIN:
            self._begun.add(event.key)
        elif event.flag is not None or event.ground is not None:
            self._has_spoken = True
        if step == "fails":
            step = "stop" if run.ready is None and (run.start or self._begun) else None
        self.runs[-1] = _stepped(run, step, point)
        return step in ("start", "ready", "stop", "crash") or event.key == "server.mode"

    def speak(self) -> None:
        """The process that is there printed something that says nothing of its life."""
        self._has_spoken = True


def _step(point: Point) -> Life | None:
    return life_step(point.event.key, point.event.message)


def _stepped(run: Run, step: str | None, point: Point) -> Run:
    """The life with one more line in it."""
    event: Any = point.event
    if event.key == "server.mode":
        return attrs.evolve(run, mode=event.mode or run.mode, port=event.port)
    match step:
        case "start":
            product = event.product.lower()
            version = getattr(event, "version", None) or run.version
            return attrs.evolve(run, start=run.start or point, product=product, version=version)
        case "ready":
            port = getattr(event, "port", None) or run.port
            return attrs.evolve(run, ready=run.ready or point, port=port)
        case "stop" | "crash":
            return attrs.evolve(run, end=point, ended_by=step)
    return run


def _is_fine(event: Event) -> bool:
    """Whether a line shows that notices are printed: by its level, or by its message where its mark is lost."""
    if event.level is not None or event.ground is None or event.key == "unrecognized":
        return event.level in _FINE_LEVELS
    declared = message_of(target_of(type(event)), event.key)
    return not any("warning" in wording.level for wording in declared.wordings)
