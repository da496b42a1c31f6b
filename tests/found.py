"""What the tests of findings have in common."""

from __future__ import annotations

from redislog import Finding, Verdict
from redislog.topology.findings import RULES
from tests import logs

PAIR = {"p": [*logs.start(0, "M"), *logs.serves(10)], "r": [*logs.start(9, "S"), *logs.full_sync(10)]}
"""A primary and a replica in sync."""
_SEVERITIES = {rule.code: rule.severities for rule in RULES}


def codes(verdict: Verdict) -> list[str]:
    return [finding.code for finding in verdict.findings]


def found(verdict: Verdict, code: str) -> list[Finding]:
    """The findings of a code, with what every finding must have."""
    findings = [finding for finding in verdict.findings if finding.code == code]
    for finding in findings:
        assert finding.severity in _SEVERITIES[code]
        assert finding.summary
        assert finding.advice
        assert finding.nodes
        assert finding.evidence
    return findings


def only(verdict: Verdict, code: str) -> Finding:
    """The one finding of a code."""
    (finding,) = found(verdict, code)
    return finding


def alone(code: str, **captures: list[str]) -> Finding:
    """The one finding of a code in some captures."""
    return only(logs.verdict(**captures), code)


def absent(code: str, **captures: list[str]) -> bool:
    """Whether some captures have no finding of a code."""
    return found(logs.verdict(**captures), code) == []
