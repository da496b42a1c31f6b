"""The verdict on one instant of a joined timeline."""

from __future__ import annotations

from datetime import datetime

from redislog.grammar.stamps import seconds
from redislog.timeline.joining import Joined
from redislog.timeline.values import Resync
from redislog.topology.findings import all_findings
from redislog.topology.findings.base import View
from redislog.topology.groups import Members, groups
from redislog.topology.instant import Instant
from redislog.topology.states import node_states
from redislog.topology.status import ORDER, status_of
from redislog.topology.values import Coverage, Group, Verdict


def judge(joined: Joined, coverage: Coverage, at: datetime | None = None) -> Verdict:
    """What the captures say of the replication at an instant of the reference's clock, or at their end."""
    instant = Instant(joined) if at is None else Instant(joined, seconds(at))
    states = node_states(instant)
    resyncs = tuple(resync for resync in joined.resyncs if _has_begun(instant, resync))
    found = groups(instant, states, resyncs)
    judged = tuple(_judged(group) for group in found)
    primaries = tuple(name for group in judged for name in group.primaries)
    return Verdict(
        status=min((group.status for group in judged), key=ORDER.index, default="unknown"),
        primary=primaries[0] if len(primaries) == 1 else None,
        primaries=primaries,
        groups=judged,
        nodes=states,
        findings=all_findings(View(instant, states, tuple(found), resyncs)),
        coverage=coverage,
        at=at,
    )


def _has_begun(instant: Instant, resync: Resync) -> bool:
    if resync.started is None:
        return True
    named = resync.replica if resync.replica in instant.joined.nodes else resync.primary
    return seconds(resync.started) <= instant.on(named or "")


def _judged(members: Members) -> Group:
    status, reason = status_of(members)
    primaries = tuple(state.name for state in members.primaries)
    return Group(
        status=status,
        primary=primaries[0] if len(primaries) == 1 else None,
        primaries=primaries,
        members=members.names,
        reason=reason,
    )
