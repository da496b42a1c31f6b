"""Findings on primaries: two of them, or none that answers."""

from __future__ import annotations

from collections.abc import Iterator

from redislog.evidence import evidence_of
from redislog.topology.findings.base import View
from redislog.topology.values import Finding


def split_brain(view: View) -> Iterator[Finding]:
    """Two or more running primaries in one group."""
    for group in view.groups:
        names = tuple(state.name for state in group.primaries)
        if len(names) < 2:
            continue
        lines = tuple(line for state in group.primaries for line in state.because.get("role", ()))
        roles = [
            span.start.event.at
            for history in view.instant.nodes
            if history.name in names
            for span in history.roles[-1:]
        ]
        yield Finding(
            code="split-brain",
            severity="critical",
            nodes=names,
            start=max((at for at in roles if at is not None), default=None),
            end=None,
            summary=f"{len(names)} servers of one group run as primary: {', '.join(names)}",
            advice="Decide which one keeps its data, and make the others its replicas with REPLICAOF.",
            evidence=lines,
        )


def primary_unreachable(view: View) -> Iterator[Finding]:
    """A replica whose last attempts did not reach its primary."""
    for history in view.instant.nodes:
        attempts = view.instant.attempts(history)
        last = attempts[-1] if attempts else None
        if last is None or last.primary is None or last.failed is None:
            continue
        if view.instant.refused_after(last.primary, history) is None:
            continue
        times = f"{last.count} times" if last.count > 1 else "once"
        yield Finding(
            code="primary-unreachable",
            severity="critical",
            nodes=(history.name,),
            start=last.start.event.at,
            end=last.failed.event.at,
            summary=f"{history.name} tried {last.primary} {times} and did not reach it: {last.failed.event.message}",
            advice="See whether the server at that address runs, and whether address and port are right.",
            evidence=evidence_of(last.start.event, last.failed.event),
        )
