"""The worst that a verdict says: what decides how the command ends."""

from __future__ import annotations

from typing import Literal

import attrs

from redislog.topology.values import Finding, Severity, Status, Verdict

FailOn = Literal["never", "critical", "warning", "info"]
FAIL_ON: tuple[FailOn, ...] = ("never", "critical", "warning", "info")
_SEVERITY: dict[Status, Severity] = {
    "split-brain": "critical",
    "no-primary": "critical",
    "resync-loop": "critical",
    "degraded": "warning",
    "unknown": "warning",
}
_RANK: dict[Severity, int] = {"critical": 0, "warning": 1, "info": 2}


@attrs.frozen
class Worst:
    """The worst of status and open findings: how bad, its name (a status or a finding's code), and in words."""

    severity: Severity | None
    name: str
    summary: str


@attrs.frozen
class Exit:
    """The exit code of ``verdict``, and why it is that."""

    code: int
    reason: str


def open_findings(verdict: Verdict, severity: Severity) -> list[Finding]:
    """The findings of a severity that hold at the instant."""
    return [each for each in verdict.findings if each.open and each.severity == severity]


def worst_of(verdict: Verdict) -> Worst:
    """The worst of a verdict."""
    said = [
        Worst(_SEVERITY.get(group.status), group.status, group.reason)
        for group in verdict.groups
        if group.status == verdict.status
    ]
    status = said[0] if said else Worst(_SEVERITY.get(verdict.status), verdict.status, "no server is known")
    found = [Worst(each.severity, each.code, each.summary) for each in verdict.findings if each.open]
    return min([status, *found], key=lambda each: 3 if each.severity is None else _RANK[each.severity])


def exit_of(verdict: Verdict, fail_on: FailOn = "critical") -> Exit:
    """How the command ends: 1 for any status but healthy, and for an open finding as bad as ``fail_on`` or worse."""
    if fail_on == "never":
        return Exit(0, "--fail-on never")
    if verdict.status != "healthy":
        return Exit(1, f"status {verdict.status}")
    for severity, rank in _RANK.items():
        codes = dict.fromkeys(each.code for each in open_findings(verdict, severity))
        if codes and rank <= _RANK[fail_on]:
            return Exit(1, f"open {severity} finding: {', '.join(codes)}")
    return Exit(0, "healthy")
