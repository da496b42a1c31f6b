"""What a first screen is made of, and its first line."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from redislog.report.page import Meaning, Paragraph, Piece, paragraph
from redislog.report.words import listed, since
from redislog.report.worst import open_findings
from redislog.timeline.values import ClockOffset, Failover, Resync, RoleChange, Route, SlotMigration
from redislog.topology.values import Finding, Group, NodeState, Verdict

COLOURS: dict[str, Meaning] = {
    "healthy": "good",
    "degraded": "warning",
    "unknown": "unknown",
    "split-brain": "critical",
    "no-primary": "critical",
    "resync-loop": "critical",
}
_LINES = 2
"""How many the first paragraph may have."""
_FEW = 3
"""How many servers are named one by one."""


@attrs.frozen
class Overview:
    """A verdict and all that is shown beside it, as far as it is to be shown."""

    verdict: Verdict
    resyncs: tuple[Resync, ...] = ()
    failovers: tuple[Failover, ...] = ()
    slot_migrations: tuple[SlotMigration, ...] = ()
    roles: tuple[RoleChange, ...] = ()
    routes: tuple[Route, ...] = ()
    clocks: tuple[ClockOffset, ...] = ()


def headline(overview: Overview) -> Paragraph:
    """The first line: the worst of status and findings, in words."""
    verdict = overview.verdict
    when = f" at {verdict.at.isoformat(sep=' ')}" if verdict.at else ""
    words = "; ".join(part for part in _parts(overview) if part)
    return paragraph(
        Piece(verdict.status, COLOURS[verdict.status]), f"{when}: {words}", hanging=2, lines=_LINES
    )


def _parts(overview: Overview) -> Iterator[str]:
    verdict = overview.verdict
    worst = [group for group in verdict.groups if group.status == verdict.status]
    if not worst:
        yield "no server is known"
        return
    if len(verdict.groups) > 1:
        yield f"{len(worst)} of {len(verdict.groups)} {_sort(verdict)}, {_called(worst[0])}: {_group(overview, worst[0])}"
    else:
        yield _group(overview, worst[0])
    yield from _more(verdict, worst[0])


def _sort(verdict: Verdict) -> str:
    """What the groups are: the shards of one Cluster, or whatever is in the captures."""
    clusters = {group.cluster for group in verdict.groups}
    name = clusters.pop() if len(clusters) == 1 else None
    return f"shards of Cluster {name}" if name is not None else "groups"


def _called(group: Group) -> str:
    return group.name or (group.members[0] if group.members else "")


def _group(overview: Overview, group: Group) -> str:
    """What is so with one group: who, what, since when, why."""
    states = [overview.verdict.nodes[name] for name in group.members if name in overview.verdict.nodes]
    if group.status == "split-brain":
        return _split(overview, group)
    if group.status == "no-primary":
        return _without_primary(overview, group, states)
    if group.status == "degraded":
        return _degraded(overview, group, states)
    return f"{_primary(overview.verdict, states, group)}{group.reason}{_not_running(states, group)}"


def _split(overview: Overview, group: Group) -> str:
    begun = [
        role.start
        for role in overview.roles
        if role.node in group.primaries and role.role == "primary" and role.end is None and role.start
    ]
    both = "both run" if len(group.primaries) == 2 else "all run"
    since_when = since(max(begun)) if len(begun) == len(group.primaries) else ""
    sent = {route.node for route in overview.routes if not route.over and route.node in group.primaries}
    reach = ""
    if sent:
        reach = f"; clients reach {'both' if len(sent) == 2 else listed(sorted(map(str, sent)))}"
    return f"{listed(group.primaries)} {both} as primary{since_when}{reach}"


def _without_primary(overview: Overview, group: Group, states: list[NodeState]) -> str:
    down = [state for state in states if state.running is False]
    waiting = [state.name for state in states if state.role == "replica" and state.running is not False]
    first = _down(down[0]) if len(down) == 1 else group.reason
    if not waiting or not down:
        return first + _why(overview.verdict, group)
    if len(waiting) > _FEW:
        return f"{first}; {len(waiting)} replicas have no primary"
    return f"{first}; {listed(waiting)} {'has' if len(waiting) == 1 else 'have'} no primary"


def _down(state: NodeState) -> str:
    seen = f", its last line at {state.last_seen:%H:%M:%S}" if state.last_seen is not None else ""
    return f"{state.name} is down{seen}"


def _degraded(overview: Overview, group: Group, states: list[NodeState]) -> str:
    return f"{_primary(overview.verdict, states, group)}{group.reason}{_since(overview.verdict, group)}{_why(overview.verdict, group)}"


def _primary(verdict: Verdict, states: list[NodeState], group: Group) -> str:
    """The primary that runs; else the one that may, and since when it answers nobody."""
    if group.primaries:
        return f"primary {group.primary}, " if group.primary else ""
    unsure = [state.name for state in states if state.role == "primary" and state.running is None]
    return f"primary {unsure[0]} {_silence(verdict, unsure[0])}; " if len(unsure) == 1 else ""


def _silence(verdict: Verdict, name: str) -> str:
    """What is known of a server that may be down."""
    (life,) = verdict.why(name, "running")
    said = next((each for each in life.claims if each.weight == "decides"), None)
    begun = since(said.since) if said is not None else ""
    silent = said is not None and ".un" in said.testimony
    return f"has not answered{begun}" if silent else f"may be down{begun}"


def _about(verdict: Verdict, group: Group) -> list[Finding]:
    """The open critical findings on a group."""
    members = set(group.members)
    return [
        each
        for each in open_findings(verdict, "critical")
        if not each.nodes or not members.isdisjoint(each.nodes)
    ]


def _since(verdict: Verdict, group: Group) -> str:
    begun = [since(each.start, each.evidence) for each in _about(verdict, group)]
    return next(filter(None, begun), "")


def _why(verdict: Verdict, group: Group) -> str:
    """The worst finding on a group, where its reason does not hold it already."""
    found = [each for each in _about(verdict, group) if each.code not in group.reason]
    return f": {found[0].summary}" if found else ""


def _not_running(states: list[NodeState], group: Group) -> str:
    """A dead server is named, also where the rest is well."""
    down = [state.name for state in states if state.running is False and state.name not in group.reason]
    return f"; down: {listed(down)}" if down else ""


def _more(verdict: Verdict, told: Group) -> Iterator[str]:
    """What is wrong elsewhere: dead servers of other groups, and findings by their number."""
    dead = [
        state.name
        for state in verdict.nodes.values()
        if state.running is False and state.name not in told.members
    ]
    if dead:
        yield f"down: {listed(dead) if len(dead) <= _FEW else f'{len(dead)} servers'}"
    if warnings := open_findings(verdict, "warning"):
        codes = list(dict.fromkeys(each.code for each in warnings))
        yield f"{'warning' if len(codes) == 1 else 'warnings'}: {', '.join(codes)}"
