"""Findings on primaries: two of them, an empty one, one whose writes are lost, one left alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from redislog.node.history import Incident, NodeHistory, Point, Run
from redislog.topology.findings.base import View, found, rule
from redislog.topology.groups import Members
from redislog.topology.values import Finding

_LOADED = (
    "rdb.loaded",
    "rdb.loaded-at-start",
    "aof.db-loaded-from-append-only-file-seconds",
    "aof.db-loaded-from-base-file-seconds",
)
_IDLE = 500.0
"""Bytes a second that an idle primary's stream may have: its pings, and the messages that Sentinels publish."""


@rule(
    "split-brain",
    "critical",
    "warning",
    meaning="Two or more servers of one group run as primary: both take writes, and those of one side will be lost. "
    "Warning where some of them may be down.",
)
def split_brain(view: View) -> Iterator[Finding]:
    """Two or more primaries in one group, that run or may run."""
    for group in view.groups:
        names = tuple(state.name for state in group.possible)
        if len(names) < 2:
            continue
        both_run = len(group.primaries) > 1
        lines = tuple(line for state in group.possible for line in state.because.get("role", ()))
        starts = [
            span.start
            for history in view.instant.nodes
            if history.name in names
            for span in history.roles
            if view.has_come(history.name, span.start)
        ]
        begun = [point for point in starts if point.event.at is not None]
        made = found(
            "split-brain",
            "critical" if both_run else "warning",
            names,
            f"{len(names)} servers of one group run as primary: {', '.join(names)}{_doubt(group)}{_sides(view, group, names)}",
            "Decide which one keeps its data, and make the others its replicas with REPLICAOF.",
            *lines,
        )
        latest = max(begun, key=lambda point: point.time, default=None)
        yield attrs.evolve(made, start=latest.event.at if latest is not None else None)


def _doubt(group: Members) -> str:
    """Which of the primaries may be down."""
    unsure = [state.name for state in group.possible if state.running is None]
    return f" ({' and '.join(unsure)} may be down)" if unsure else ""


def _sides(view: View, group: Members, names: tuple[str, ...]) -> str:
    """Whom the replicas follow, and whom Sentinels name."""
    sides = []
    for name in names:
        followers = [state.name for state in group.replicas if state.primary == name]
        named_by = [
            observer.name
            for observer in view.observers
            for group_name in observer.groups
            if (named := observer.named_at(group_name, view.instant.on(observer.name))) is not None
            and view.instant.joined.name_of(named.address) == name
        ]
        words = (
            [f"{', '.join(followers)} follow" if len(followers) > 1 else f"{followers[0]} follows"]
            if followers
            else []
        )
        words += [f"Sentinel {', '.join(named_by)} names"] if named_by else []
        sides += [f"{' and '.join(words)} {name}"] if words else []
    return f"; {'; '.join(sides)}" if sides else ""


@rule(
    "primary-restarted-empty",
    "critical",
    meaning="A primary started again without loading any data, and its replicas copied the emptiness: what was "
    "in memory only is lost.",
    over=("critical",),
)
def primary_restarted_empty(view: View) -> Iterator[Finding]:
    """A restart that lost the data."""
    for history in view.instant.nodes:
        for before, run in zip(history.runs, history.runs[1:], strict=False):
            if run.start is None or not view.has_come(history.name, run.ready):
                continue
            served = [
                s for s in history.services if s.online is not None and _within(s.online.order, before, run)
            ]
            copied = [
                s
                for s in history.services
                if s.kind == "full"
                and s.online is not None
                and view.has_come(history.name, s.online)
                and _within(s.online.order, run, _after(history, run))
                and not _was_filled(history, run, s.online)
            ]
            if served and copied and run.notices and not _loads(view, history, run):
                yield found(
                    "primary-restarted-empty",
                    "critical",
                    (history.name, *(view.name_of(service.replica) for service in copied)),
                    f"{history.name} started again without any data, and {len(copied)} full resync(s) copied that",
                    "Restore a backup. Then: persistence on the primary (appendonly yes, or save), or a delay before "
                    "its restart that is longer than Sentinel's down-after-milliseconds.",
                    run.start,
                    run.ready,
                    copied[0].asked,
                )


def _was_filled(history: NodeHistory, run: Run, until: Point) -> bool:
    """Whether a server got its data as a replica between its start and a line."""
    start = run.start.order if run.start is not None else 0
    return any(
        attempt.finished is not None and start < attempt.finished.order < until.order
        for attempt in history.attempts
    )


def _after(history: NodeHistory, run: Run) -> Run | None:
    position = history.runs.index(run) + 1
    return history.runs[position] if position < len(history.runs) else None


def _within(order: int, run: Run, following: Run | None) -> bool:
    starts = run.start.order if run.start is not None else 0
    ends = following.start.order if following is not None and following.start is not None else None
    return starts < order and (ends is None or order < ends)


def _loads(view: View, history: NodeHistory, run: Run) -> bool:
    """Whether a start read a dataset from a file."""
    if run.start is None or run.ready is None:
        return False
    return any(
        run.start.order < incident.last.order <= run.ready.order
        and getattr(incident.last.event, "keys", 1) != 0
        for incident in view.incidents(history, *_LOADED)
    )


@rule(
    "diverged-primary",
    "critical",
    "warning",
    meaning="An old primary came back with bytes of its stream that the new one never had; its full resync threw "
    "them away. Warning where they are so few for the time that they may be pings and Sentinel's messages only.",
    over=(
        "critical",
        "warning",
    ),
)
def diverged_primary(view: View) -> Iterator[Finding]:
    """Writes that nobody has any more."""
    for history in view.instant.nodes:
        for span in history.roles:
            beyond = [
                (service.why[1].event, service)
                for service in history.services
                if service.why is not None
                and service.why[1].event.key == "primary.psync-refused.second-id-offset"
                and view.has_come(history.name, service.why[1])
                and service.asked.order > span.start.order
                and (span.end is None or service.asked.order < span.end.order)
            ]
            lost = [(_beyond(event), service) for event, service in beyond if _beyond(event) > 0]
            if not lost:
                continue
            most, service = max(lost, key=lambda item: item[0])
            idle = most <= _IDLE * (service.asked.time - span.start.time)
            names = [view.name_of(each.replica) for _, each in sorted(lost, key=lambda item: -item[0])]
            yield found(
                "diverged-primary",
                "warning" if idle else "critical",
                (*names, history.name),
                f"{names[0]} had {most} bytes of the stream that {history.name} never had; they are lost"
                + (" (so few may be pings and messages of Sentinels)" if idle else ""),
                "Set min-replicas-to-write 1 and min-replicas-max-lag 10, so that a primary that is cut off stops "
                "taking writes; its last snapshot may still hold the lost ones.",
                service.asked,
                service.why[1] if service.why is not None else None,
            )


def _beyond(event: Any) -> int:
    return int(event.offset - event.max_offset)


def _is_refused(_: View, __: NodeHistory, incident: Incident) -> bool:
    return "NOREPLICAS" in incident.last.event.message


@rule(
    "not-enough-replicas",
    "critical",
    "warning",
    meaning="A primary has replicas, and none of them is in sync: with `min-replicas-to-write` it refuses writes, "
    "without it a failure now loses data. Critical where a line says that writes are refused (NOREPLICAS).",
)
def not_enough_replicas(view: View) -> Iterator[Finding]:
    """A primary that is left alone."""
    for history, incident in view.every("critical.error-reply-on-link", where=_is_refused):
        yield found(
            "not-enough-replicas",
            "critical",
            (history.name,),
            f"writes are refused for lack of replicas: {incident.last.event.message}",
            "Bring replicas back, or lower min-replicas-to-write.",
            incident,
        )
    for group in view.groups:
        for primary in group.possible:
            own = [state for state in group.states if primary.name in (state.primary, state.detached_from)]
            if own and all(state.in_sync is False or state.detached_from is not None for state in own):
                lines = [line for state in own for what in _LOSS for line in state.because.get(what, ())]
                yield found(
                    "not-enough-replicas",
                    "warning",
                    (primary.name, *(state.name for state in own)),
                    f"none of the {len(own)} replicas of {primary.name} is in sync",
                    "With min-replicas-to-write 1 or more it refuses writes now (NOREPLICAS); without, a failure loses data.",
                    *lines,
                )


_LOSS = ("in_sync", "detached_from")

RULES = (
    split_brain,
    primary_restarted_empty,
    diverged_primary,
    not_enough_replicas,
)
