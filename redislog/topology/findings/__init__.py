"""Findings: one small module a rule family; `RULES` lists every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from redislog.topology.findings.base import View
from redislog.topology.findings.primaries import primary_unreachable, split_brain
from redislog.topology.findings.resyncs import avoidable_full_resync, full_resync_loop
from redislog.topology.values import Finding

RULES: tuple[Callable[[View], Iterable[Finding]], ...] = (
    split_brain,
    primary_unreachable,
    full_resync_loop,
    avoidable_full_resync,
)

_SEVERITY = ("critical", "warning", "info")


def all_findings(view: View) -> tuple[Finding, ...]:
    """What every rule finds, the worst first."""
    found = [finding for rule in RULES for finding in rule(view)]
    return tuple(
        sorted(found, key=lambda finding: (_SEVERITY.index(finding.severity), finding.code, finding.nodes))
    )
