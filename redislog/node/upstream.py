"""The fold of a replica's upstream link: its phases, and its attempts to get in sync."""

from __future__ import annotations

from typing import Any, Literal

import attrs

from redislog.events.base import Event
from redislog.events.replica_load import Flushing
from redislog.node.history import Attempt, Gap, LinkSpan, Point
from redislog.node.tables import FULL_RESYNC_WHY, SNAPSHOT_SAVED, UPSTREAM, LinkPhase
from redislog.values import Address

_ADDRESSED = {
    "replica.connecting",
    "replica.reconnecting",
    "replica.reconnecting-after-failure",
    "role.demoted",
}

_PARTIAL = {"replica.psync-success", "replica.psync-accepted"}

_ATTEMPT: tuple[LinkPhase, ...] = ("handshake", "psync", "wait_bgsave", "transfer", "loading", "connected")
"""The phases of an attempt after its first line, in order."""


def _address(event: Event) -> Address:
    values: Any = event
    return Address(values.host, values.port)


class UpstreamFold:
    """Follows one server's link to its primary."""

    def __init__(self) -> None:
        self.spans: list[LinkSpan] = []
        self.attempts: list[Attempt] = []
        self.gaps: list[Gap] = []
        self.primary: Address | None = None
        self._open: Attempt | None = None
        self._spans_before = 0
        self._first_of_life = 0

    @property
    def phase(self) -> LinkPhase | None:
        """The present phase, None before anything said it."""
        return self.spans[-1].phase if self.spans and self.spans[-1].end is None else None

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt that has not ended."""
        return self._open

    def restart(self, point: Point) -> None:
        """The process began anew: nothing of its link is left."""
        if self._open is not None:
            self._close(attrs.evolve(self._open, failed=point))
        self._end_span(point)
        self._first_of_life = len(self.attempts)
        self.primary = None

    def begin(self, point: Point) -> None:
        """The first sign that this server is a replica."""
        if self.phase is None:
            self._enter("connect", point)

    def feed(self, point: Point) -> bool | None:
        """Take in one event.

        True: it changed something. False: it did not. None: it closed an attempt just like the one
        before, which was taken back, with all events since that attempt began.
        """
        key = point.event.key
        if key in _ADDRESSED:
            self._point_to(_address(point.event), point)
        if key == "role.demoted":
            return self._demoted(point)
        step = UPSTREAM.get(key)
        if step is None:
            return self._note(point)
        before = self.phase
        if _tells_of_no_step(point.event, before):
            return False
        to: LinkPhase = step.to  # type: ignore[assignment]
        if before is None and to == "none":
            return self._enter(to, point)
        other = key in _PARTIAL and self._open is not None and _has_no_history(self._open)
        if before is not None and (other or before not in step.expected):
            self.gaps.append(Gap(point, before))
            self._leave_behind(before, to, other=other)
        if to == "connect" and before in (None, "none"):
            return self._enter("connect", point) if before is None else False
        self._advance(point, to)
        changed = self._enter(to, point)
        if to in ("connect", "none") and self._open is not None:
            return self._fail(attrs.evolve(self._open, failed=point))
        return changed or key in FULL_RESYNC_WHY or key == "replica.handshake.ping-ok"

    def _point_to(self, primary: Address, point: Point) -> None:
        """The server follows an address; an attempt at another one ends there, and no line says so."""
        self.primary = primary
        if self._open is not None and self._open.primary not in (None, primary):
            self._close(attrs.evolve(self._open, failed=point))
            self._enter("connect", point)

    def _leave_behind(self, before: LinkPhase, to: LinkPhase, *, other: bool) -> None:
        """What the attempt cannot come to is of another one, which began in missing lines: no later phase."""
        is_back = to in _ATTEMPT and before in _ATTEMPT and _ATTEMPT.index(to) <= _ATTEMPT.index(before)
        if (other or is_back) and self._open is not None:
            self._close(self._open)

    def _demoted(self, point: Point) -> bool:
        """``REPLICAOF`` took effect; from 6.2 on the connecting line stands before this one."""
        if self.phase in (None, "none"):
            self._enter("connect", point)
        return True

    def _note(self, point: Point) -> bool:
        """Lines that change no phase, but say something of the attempt."""
        key = point.event.key
        if self._open is None or key not in FULL_RESYNC_WHY or not key.startswith("replica."):
            return False
        self._open = attrs.evolve(self._open, why=(FULL_RESYNC_WHY[key], point))
        return True

    def _enter(self, phase: LinkPhase, point: Point) -> bool:
        if self.phase == phase and (phase == "none" or self.spans[-1].primary == self.primary):
            return False
        self._end_span(point)
        self.spans.append(LinkSpan(phase, point, None if phase == "none" else self.primary))
        return True

    def _end_span(self, point: Point) -> None:
        if self.spans and self.spans[-1].end is None:
            self.spans[-1] = attrs.evolve(self.spans[-1], end=point)

    def _advance(self, point: Point, to: LinkPhase) -> None:
        """Write an event into the attempt that it belongs to."""
        if to == "connecting" and not self._goes_on:
            if self._open is not None:
                self._close(attrs.evolve(self._open, failed=point))
            self._spans_before = len(self.spans)
            self._open = Attempt(point, self.primary)
        if to in ("connect", "none"):
            return
        attempt = self._open
        if attempt is None:
            if to == "connected" and self.phase == "connected":
                return
            # Its first lines are missing: they may have named another primary.
            self.primary = None
            self._spans_before = len(self.spans)
            attempt = Attempt(point, None, headless=True)
        self._open = _written(attempt, point, to)
        if to == "connected":
            self._close(self._open)

    @property
    def _goes_on(self) -> bool:
        """Whether a line on connecting belongs to the attempt that is open: nothing was asked, of no other server."""
        attempt = self._open
        return attempt is not None and attempt.asked is None and attempt.primary == self.primary

    def _fail(self, attempt: Attempt) -> bool | None:
        previous = self.attempts[-1] if len(self.attempts) > self._first_of_life else None
        if previous is None or not _alike(previous, attempt) or not self._only_retried(attempt):
            self._close(attempt)
            return True
        self.attempts[-1] = attrs.evolve(
            previous, count=previous.count + 1, last_start=attempt.start, failed=attempt.failed
        )
        self._open = None
        del self.spans[self._spans_before :]
        self.spans[-1] = attrs.evolve(self.spans[-1], end=None)
        return None

    def _only_retried(self, attempt: Attempt) -> bool:
        """Whether nothing but this attempt came since the one before failed: no promotion, for one."""
        if not self._spans_before:
            return False
        before = self.spans[self._spans_before - 1]
        return (before.phase, before.primary) == ("connect", attempt.primary)

    def _close(self, attempt: Attempt) -> None:
        self.attempts.append(attempt)
        self._open = None


def _written(attempt: Attempt, point: Point, to: LinkPhase) -> Attempt:
    """The attempt with one more event in it."""
    event: Any = point.event
    key = event.key
    if key in FULL_RESYNC_WHY:
        attempt = attrs.evolve(attempt, why=(FULL_RESYNC_WHY[key], point))
    if key == "replica.psync-request":
        attempt = attrs.evolve(attempt, requested=(event.replid, event.offset))
    match to:
        case "psync":
            return attrs.evolve(attempt, asked=point)
        case "wait_bgsave":
            if key == "replica.retry-with-sync":
                return attempt
            if key == "replica.full-sync-from-primary":
                attempt = attrs.evolve(attempt, replid=event.replid, offset=event.offset)
            return attrs.evolve(attempt, kind="full", granted=attempt.granted or point)
        case "transfer":
            if key in SNAPSHOT_SAVED:
                return attrs.evolve(attempt, kind="full", received=attempt.received or point)
            size = getattr(event, "bytes", None)
            return attrs.evolve(attempt, kind="full", receiving=attempt.receiving or point, bytes=size)
        case "loading":
            return attrs.evolve(attempt, kind="full", loading=attempt.loading or point)
        case "connected":
            kind: Literal["full", "partial"] = "full" if key == "replica.full-sync.finished" else "partial"
            replid, offset = attempt.replid, attempt.offset
            if kind == "partial" and attempt.requested is not None:
                replid, offset = attempt.requested
            return attrs.evolve(attempt, kind=kind, replid=replid, offset=offset, finished=point)
    return attempt


def _has_no_history(attempt: Attempt) -> bool:
    """Whether an attempt can only be answered by a full resync, or was."""
    return attempt.kind == "full" or (attempt.asked is not None and attempt.requested is None)


def _tells_of_no_step(event: Event, before: LinkPhase | None) -> bool:
    """Whether a line is no step of the link's, though others of its key are.

    Valkey's dual channel says ``accepted a Partial Resynchronization`` before it loads a full snapshot; the old data
    is flushed (9.1+) of a server's own file too.
    """
    if event.key == "replica.psync-accepted":
        return (getattr(event, "tail", None) or ".") != "."
    return isinstance(event, Flushing) and event.of_any_load and before != "loading"


def _alike(one: Attempt, other: Attempt) -> bool:
    """Whether two attempts failed in the same way before anything was granted."""
    if one.kind or other.kind or one.failed is None or other.failed is None:
        return False
    return (one.primary, one.failed.event.key, one.failed.event.message) == (
        other.primary,
        other.failed.event.key,
        other.failed.event.message,
    )
