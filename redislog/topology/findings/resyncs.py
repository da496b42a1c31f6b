"""Findings on full resyncs: those that repeat, and those that a setting would have spared."""

from __future__ import annotations

from collections.abc import Iterator

from redislog.topology.findings.base import View
from redislog.topology.status import loop_of
from redislog.topology.values import Finding

_ADVICE = {
    "lack of backlog": "Set repl-backlog-size to more bytes than are written while a replica is away.",
    "replication ID mismatch": "A primary that restarts without its history makes every replica copy all data: "
    "let it save on shutdown, or fail over before a restart.",
    "offset ahead of the primary": "The replica holds writes that the primary does not: see which side is right.",
    "offset beyond the second replication ID": "The old primary took writes after its replica was promoted; they are lost.",
}


def full_resync_loop(view: View) -> Iterator[Finding]:
    """A replica that resyncs in full again and again."""
    for state in view.states.values():
        own = [resync for resync in view.resyncs if resync.replica == state.name and resync.kind == "full"]
        loop = loop_of(own)
        if state.role != "replica" or state.in_sync or len(loop) < 3:
            continue
        yield Finding(
            code="full-resync-loop",
            severity="critical",
            nodes=(state.name,),
            start=loop[0].started,
            end=loop[-1].ended,
            summary=f"{state.name} began {len(loop)} full resyncs and is still not in sync",
            advice="See why each one ended: output buffer, time-out, disk or network.",
            evidence=loop[-1].evidence[-1:],
        )


def avoidable_full_resync(view: View) -> Iterator[Finding]:
    """A full resync of a replica that had a history, and why it could not go on from there."""
    for resync in view.resyncs:
        if resync.kind == "full" and resync.why in _ADVICE:
            replica = resync.replica or "a replica"
            yield Finding(
                code="avoidable-full-resync",
                severity="info" if resync.outcome == "done" else "warning",
                nodes=tuple(name for name in (resync.primary, resync.replica) if name),
                start=resync.started,
                end=resync.ended,
                summary=f"{replica} copied all data anew: {resync.why}",
                advice=_ADVICE[resync.why],
                evidence=resync.evidence,
            )
