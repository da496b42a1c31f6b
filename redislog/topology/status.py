"""The status of a group: a table, the worst first; the first row that holds is the status.

The documentation shows this table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from redislog.court.thresholds import RETRIES_AFTER
from redislog.timeline.values import Resync
from redislog.topology.groups import Members
from redislog.topology.values import NodeState, Status


def _split(group: Members) -> str | None:
    names = [state.name for state in group.primaries]
    return f"{len(names)} primaries run: {', '.join(names)}" if len(names) > 1 else None


def _no_primary(group: Members) -> str | None:
    if group.possible:
        return None
    if any(state.role == "unknown" and state.running is not False for state in group.distinct):
        return None
    down = [state.name for state in group.states if state.role != "replica"]
    tops = [state for state in group.replicas if state.primary not in group.names]
    if any(not (down and state.primary is None and state.in_sync is False) for state in tops):
        return None
    return f"{', '.join(down)} is down" if down else "every server is a replica"


def _resync_loop(group: Members) -> str | None:
    for state in group.states:
        begun = [r for r in group.resyncs if r.replica == state.name]
        if is_behind(state) and len(loop := loop_of(begun)) >= 3:
            return f"{state.name} began {len(loop)} full resyncs and is not in sync"
    return None


def is_behind(state: NodeState) -> bool:
    """Whether a server is a replica that is not in sync, by its own log or its primary's, which lost it."""
    is_replica = state.role == "replica" or (state.role == "unknown" and state.detached_from is not None)
    return is_replica and not state.in_sync


def loop_of(resyncs: list[Resync]) -> list[Resync]:
    """The full resyncs at the end of one replica's resyncs between which it was never connected for longer than the
    longest of them took.

    After one that was done it was connected until it lost its link, or, where no line says when, until it began anew, but
    for the second in which it tries again; after one that failed it was not. Order takes the place of time where lines lost theirs.
    """
    ordered = sorted(resyncs, key=lambda resync: resync.begun or 0.0)
    loop: list[Resync] = []
    longest = connected = 0.0
    following = None
    for resync in reversed(ordered):
        if resync.outcome == "done":
            connected += max(0.0, _connected(resync, following))
        following = resync.begun
        if resync.kind != "full":
            continue
        longest = max(longest, _between(resync.begun, resync.over))
        if loop and connected > longest:
            break
        loop.append(resync)
        connected = 0.0
    return loop[::-1]


def _connected(resync: Resync, following: float | None) -> float:
    """Seconds for which the link lasted that a sync made, until the next one began at the latest."""
    until = _between(resync.over, following) - RETRIES_AFTER
    return until if resync.parted is None else min(until, _between(resync.over, resync.parted))


def _between(earlier: float | None, later: float | None) -> float:
    """Seconds between two times, where both are known: else 0."""
    return later - earlier if earlier is not None and later is not None else 0.0


def _degraded(group: Members) -> str | None:
    reasons = {
        "down": [state.name for state in group.replicas if state.running is False],
        "not in sync": [s.name for s in group.replicas if s.in_sync is False and s.running is not False],
        "lost": [state.name for state in group.states if state.detached_from is not None],
    }
    words = [f"{what}: {', '.join(names)}" for what, names in reasons.items() if names]
    if group.primaries and (others := [s.name for s in group.possible if s.running is None]):
        words.append(f"perhaps a second primary: {', '.join(others)}, which may be down")
    if not group.replicas and (before := [s.name for s in group.states if s.running is False]):
        words.append(f"no replica is left: {', '.join(before)}, primary before, is down")
    alarms = [f"{alarm.code}: {alarm.summary}" for alarm in group.alarms]
    return "; ".join(words or alarms) or None


def _unknown(group: Members) -> str | None:
    unsure = [state.name for state in group.distinct if state.role == "unknown"]
    unsure += [state.name for state in group.replicas if state.in_sync is None]
    unsure += [state.name for state in group.states if state.role == "primary" and state.running is None]
    unsure += () if group.replicas else group.unseen
    return f"the logs do not say how {', '.join(unsure)} is" if unsure else None


def _healthy(group: Members) -> str | None:
    down = [state.name for state in group.states if state.running is False]
    before = f"; {', '.join(down)}, primary before, is down" if down else ""
    if not group.replicas:
        return "a lone primary" + before
    return f"{group.replica_count} of {group.replica_count} replicas in sync" + before


class Row(NamedTuple):
    """A status, what it means exactly, and what holds where it holds."""

    status: Status
    meaning: str
    reason: Callable[[Members], str | None]


TABLE: tuple[Row, ...] = (
    Row(
        "split-brain",
        "two or more running primaries of one group (one lineage, one name that Sentinels watch, one workload, or one HAProxy backend) at that instant",
        _split,
    ),
    Row(
        "no-primary",
        "a group with servers but none running as primary (also a cycle, also a chain whose top is a replica without link)",
        _no_primary,
    ),
    Row(
        "resync-loop",
        "a replica that began three or more full resyncs without staying connected between them longer than one of them took, the last one not settled",
        _resync_loop,
    ),
    Row(
        "degraded",
        "one primary, and a replica known not in sync, down or detached, or a primary that may be a second one, or none left as the primary before is down, or a critical finding on the group that is open",
        _degraded,
    ),
    Row(
        "unknown",
        "nothing worse is shown, and the role or sync of some node that matters is not said",
        _unknown,
    ),
    Row(
        "healthy",
        "one running primary a group, every known replica in sync; a lone primary that never had a replica is healthy too",
        _healthy,
    ),
)
ORDER: tuple[Status, ...] = tuple(row.status for row in TABLE)


def status_of(group: Members) -> tuple[Status, str]:
    """The status of a group and what decided it."""
    for row in TABLE:
        reason = row.reason(group)
        if reason is not None:
            return row.status, reason
    raise AssertionError("the last row of the table always holds")
