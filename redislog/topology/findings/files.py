"""Findings on snapshots and files: forks that fail, full disks, saves that fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from redislog.node.history import Incident, NodeHistory
from redislog.topology.findings.base import View, found, rule, size, times
from redislog.topology.values import Finding

_FORKS = (
    "rdb.bgsave-fork-error",
    "aof.can-t-rewrite-append-only-file-in",
    "other.can-t-fork-for-module",
)
_WRITES = (
    "rdb.save-open-error",
    "rdb.save-write-error",
    "rdb.save-fsync-dir-error",
    "rdb.save-rename-error",
    "aof.error-writing-to-the-aof-file",
    "aof.short-write-while-writing-to-the-aof",
    "aof.exiting-on-error-writing-to-the-append",
    "aof.exiting-on-short-write-while-writing-to",
    "replica.full-sync.tempfile-error",
    "replica.full-sync.disk-write-error",
    "replica.full-sync.fsync-error",
    "replica.full-sync.rename-error",
)
_FULL = re.compile(r"No space left|quota exceeded|short write", re.IGNORECASE)
_KILLED_ON_PURPOSE = 10
"""SIGUSR1: the server itself ends its child, for a new sync or at shutdown."""


def _saved_after(view: View, history: NodeHistory, incident: Incident) -> bool:
    """Whether a snapshot was written, or a sync finished, after an incident."""
    saved = any(done.last.order > incident.last.order for done in view.incidents(history, "rdb.bgsave-done"))
    synced = any(
        attempt.finished is not None and attempt.finished.order > incident.last.order
        for attempt in view.instant.attempts(history)
    )
    return saved or (synced and incident.key.startswith("replica."))


@rule(
    "fork-failed",
    "critical",
    "info",
    meaning="A server could not fork: it writes no snapshot and serves no full resync. Info once a snapshot was written.",
    over=("info",),
)
def fork_failed(view: View) -> Iterator[Finding]:
    """A server that cannot fork."""
    for history, incident in view.every(*_FORKS):
        yield found(
            "fork-failed",
            "info" if _saved_after(view, history, incident) else "critical",
            (history.name,),
            f"{history.name} could not fork {times(incident.count)}: {incident.first.event.message}",
            "Set vm.overcommit_memory = 1 on the host, and leave memory free: a child may need as much as the server.",
            incident,
        )


def _says_full(_: View, __: NodeHistory, incident: Incident) -> bool:
    return _FULL.search(incident.first.event.message) is not None


@rule(
    "disk-full",
    "critical",
    "info",
    meaning="A server could not write, as the disk is full. Info once it has written again.",
    over=("info",),
)
def disk_full(view: View) -> Iterator[Finding]:
    """A disk without space."""
    for history, incident in view.every(*_WRITES, where=_says_full):
        needed = max((attempt.bytes or 0 for attempt in view.instant.attempts(history)), default=0)
        room = f"the last snapshot alone took {size(needed)}" if needed else "twice the size of a snapshot"
        yield found(
            "disk-full",
            "info" if _saved_after(view, history, incident) else "critical",
            (history.name,),
            f"{history.name} could not write {times(incident.count)}: the disk is full",
            f"Free space in its dir, or give it a larger volume: {room}.",
            incident,
        )


def _still_fails(view: View, history: NodeHistory, incident: Incident) -> bool:
    event: Any = incident.last.event
    on_purpose = getattr(event, "signal", None) == _KILLED_ON_PURPOSE
    return not on_purpose and not _saved_after(view, history, incident)


@rule(
    "bgsave-failing",
    "critical",
    "warning",
    meaning="Background saves fail and none has succeeded since: by default the primary then refuses writes "
    "(`stop-writes-on-bgsave-error`). Warning for one, critical for more. A child that the server itself ended is none.",
)
def bgsave_failing(view: View) -> Iterator[Finding]:
    """Saves that fail, the last one too."""
    for history, incident in view.every("rdb.bgsave-error", "rdb.bgsave-signal", where=_still_fails):
        event: Any = incident.last.event
        causes = [each for each in view.incidents(history, *_FORKS, *_WRITES) if "aof." not in each.key]
        why = f": {causes[-1].last.event.message}" if causes else f": {event.message}"
        yield found(
            "bgsave-failing",
            "critical" if incident.count > 1 else "warning",
            (history.name,),
            f"{history.name} failed to save in the background {times(incident.count)}{why}",
            "Repair what the line names (space, permissions, memory); then BGSAVE. "
            "Until one succeeds a primary refuses writes, unless stop-writes-on-bgsave-error is no.",
            incident,
            *causes[-1:],
        )


RULES = (fork_failed, disk_full, bgsave_failing)
