"""The verdict on one instant of a joined timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import attrs

from redislog.court.claim import Claims
from redislog.court.decide import Court
from redislog.court.instant import Instant
from redislog.grammar.stamps import seconds
from redislog.timeline.joining import Joined
from redislog.timeline.values import Resync
from redislog.topology.findings import all_findings
from redislog.topology.findings.base import View
from redislog.topology.groups import Members, groups
from redislog.topology.nodes import decisions, node_states
from redislog.topology.shards import clusters_of
from redislog.topology.status import ORDER, status_of
from redislog.topology.values import Coverage, Finding, Group, Verdict


def judge(joined: Joined, claims: Claims, coverage: Coverage, at: datetime | None = None) -> Verdict:
    """What the captures say of the replication at an instant of the reference's clock, or at their end."""
    instant = Instant(joined) if at is None else Instant(joined, seconds(at))
    court = Court(instant, claims)
    states = node_states(court)
    resyncs = tuple(resync for resync in joined.resyncs if _has_begun(instant, resync))
    found = groups(instant, states, resyncs)
    findings = all_findings(View(instant, states, tuple(found), resyncs))
    clusters = clusters_of(instant, found)
    alarming = [finding for finding in findings if finding.open and finding.severity == "critical"]
    members = frozenset(name for group in found for name in group.names)
    judged = tuple(
        _judged(attrs.evolve(group, alarms=alarms_of(group, members, alarming), cluster=clusters.get(number)))
        for number, group in enumerate(found)
    )
    primaries = tuple(name for group in judged for name in group.primaries)
    leading = [group.primary for group in judged if group.primary is not None]
    return Verdict(
        status=min((group.status for group in judged), key=ORDER.index, default="unknown"),
        primary=leading[0] if len(leading) == 1 and set(primaries) <= set(leading) else None,
        primaries=primaries,
        groups=judged,
        nodes=states,
        findings=findings,
        coverage=coverage,
        at=at,
        decisions=decisions(court),
    )


def _has_begun(instant: Instant, resync: Resync) -> bool:
    if resync.started is None:
        return True
    return seconds(resync.started) <= instant.time


def alarms_of(group: Members, members: frozenset[str], alarming: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of some findings that are on a group; one that names no server of any group is on all of them."""
    return tuple(
        finding
        for finding in alarming
        if members.isdisjoint(finding.nodes) or not set(group.names).isdisjoint(finding.nodes)
    )


def _judged(members: Members) -> Group:
    status, reason = status_of(members)
    return Group(
        status=status,
        primary=members.primary,
        primaries=tuple(state.name for state in members.primaries),
        members=members.names,
        reason=reason,
        kind=members.kind,
        name=members.name,
        cluster=members.cluster,
        because=members.because,
    )
