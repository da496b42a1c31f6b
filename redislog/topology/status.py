"""The status of a group: a table, the worst first; the first row that holds is the status.

The documentation shows this table.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from redislog.grammar.stamps import seconds
from redislog.timeline.values import Resync
from redislog.topology.groups import Members
from redislog.topology.values import Status


def _split(group: Members) -> str | None:
    names = [state.name for state in group.primaries]
    return f"{len(names)} primaries run: {', '.join(names)}" if len(names) > 1 else None


def _no_primary(group: Members) -> str | None:
    if group.primaries:
        return None
    if any(state.role == "unknown" and state.running is not False for state in group.distinct):
        return None
    if any(state.primary is None for state in group.replicas):
        return None
    down = [state.name for state in group.states if state.role != "replica"]
    return f"{', '.join(down)} is down" if down else "every server is a replica"


def _resync_loop(group: Members) -> str | None:
    for replica in group.replicas:
        begun = [r for r in group.resyncs if r.replica == replica.name and r.kind == "full" and r.started]
        if not replica.in_sync and len(loop := loop_of(begun)) >= 3:
            return f"{replica.name} began {len(loop)} full resyncs and is not in sync"
    return None


def loop_of(resyncs: list[Resync]) -> list[Resync]:
    """The full resyncs at the end that follow each other within the time that the longest of them took."""
    ordered = sorted((r for r in resyncs if r.started is not None), key=_start)
    loop: list[Resync] = []
    longest = 0.0
    for resync in reversed(ordered):
        longest = max(longest, _between(resync.started, resync.ended))
        following = loop[-1].started if loop else None
        if _between(resync.ended, following) > longest:
            break
        loop.append(resync)
    return loop[::-1]


def _start(resync: Resync) -> float:
    return seconds(resync.started) if resync.started is not None else 0.0


def _between(earlier: datetime | None, later: datetime | None) -> float:
    """Seconds between two times, where both are known: else 0."""
    return seconds(later) - seconds(earlier) if earlier is not None and later is not None else 0.0


def _degraded(group: Members) -> str | None:
    reasons = {
        "down": [state.name for state in group.replicas if state.running is False],
        "not in sync": [s.name for s in group.replicas if s.in_sync is False and s.running is not False],
        "lost": [state.name for state in group.states if state.detached_from is not None],
    }
    return "; ".join(f"{what}: {', '.join(names)}" for what, names in reasons.items() if names) or None


def _unknown(group: Members) -> str | None:
    unsure = [state.name for state in group.distinct if state.role == "unknown"]
    unsure += [state.name for state in group.replicas if state.in_sync is None]
    unsure += [state.name for state in group.states if state.role == "primary" and state.running is None]
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
        "two or more running primaries of one group (one lineage, or claimed for the same replicas or Sentinel name) at that instant",
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
    Row("degraded", "one primary, and a replica known not in sync, down or detached", _degraded),
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
