"""Findings: one small module a rule family; `RULES` lists every rule."""

from __future__ import annotations

from redislog.topology.findings import (
    clusters,
    datasets,
    deployment,
    exits,
    failures,
    files,
    killed,
    limits,
    primaries,
    reach,
    resyncs,
    sentinels,
    strangers,
    watchers,
)
from redislog.topology.findings.base import Rule, View
from redislog.topology.values import Finding

RULES: tuple[Rule, ...] = (
    *primaries.RULES,
    *strangers.RULES,
    *reach.RULES,
    *killed.RULES,
    *exits.RULES,
    *resyncs.RULES,
    *failures.RULES,
    *limits.RULES,
    *sentinels.RULES,
    *watchers.RULES,
    *clusters.RULES,
    *files.RULES,
    *datasets.RULES,
    *deployment.RULES,
)

_SEVERITY = ("critical", "warning", "info")


def all_findings(view: View) -> tuple[Finding, ...]:
    """What every rule finds, the worst first."""
    found = [finding for rule in RULES for finding in rule.findings(view)]
    return tuple(
        sorted(found, key=lambda finding: (_SEVERITY.index(finding.severity), finding.code, finding.nodes))
    )


def known_codes() -> tuple[str, ...]:
    """The codes of all findings that there are."""
    return tuple(dict.fromkeys(rule.code for rule in RULES))
