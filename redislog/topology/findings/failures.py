"""Findings on full resyncs that failed, by the replica's own word."""

from __future__ import annotations

from collections.abc import Iterator

from redislog.node.history import Attempt
from redislog.topology.findings.base import View, found, rule
from redislog.topology.values import Finding

_TOLD = frozenset(
    {
        "replica.timeout-transfer",
        "replica.full-sync.primary-error",
        "replica.full-sync.disk-write-error",
        "replica.full-sync.fsync-error",
        "replica.full-sync.rename-error",
        "replica.full-sync.tempfile-error",
    }
)
"""What a finding of its own tells of: a time-out, a password, a disk."""
_LOADING = "See the lines before it for what the replica could not read or write: its folder and disk, its version, a module."
_ON_THE_WAY = (
    "See the primary's log at that time: whether it closed the link (output buffer, repl-timeout), was restarted, or "
    "its child died; if not, the network between them."
)


@rule(
    "sync-failed",
    "warning",
    meaning="A replica's last full resync failed and it is not in sync since: in which phase, and the line that says so. "
    "Where a time-out, a password or a full disk is the cause, or it fails on the way again and again, that is told instead.",
)
def sync_failed(view: View) -> Iterator[Finding]:
    """A replica whose last full resync failed."""
    for history in view.instant.nodes:
        state = view.states[history.name]
        if state.role != "replica" or state.in_sync or state.running is False:
            continue
        attempts = view.instant.attempts(history)
        ended = [each for each in attempts if view.has_come(history.name, each.failed)]
        last = ended[-1] if ended else None
        if last is None or last.failed is None or last.kind != "full" or last.failed.event.key in _TOLD:
            continue
        if last.loading is None and view.loop_of(state):
            continue
        yield found(
            "sync-failed",
            "warning",
            (history.name, state.primary),
            f"the last full resync of {history.name} failed {_when(last)}: {last.failed.event.message}",
            _LOADING if last.loading is not None else _ON_THE_WAY,
            last.granted or last.start,
            last.failed,
        )


def _when(attempt: Attempt) -> str:
    if attempt.loading is not None:
        return "while it was loaded"
    return "while the snapshot came" if attempt.receiving is not None else "before the snapshot came"


RULES = (sync_failed,)
