"""Findings on snapshots that cannot be loaded: too new, a module missing, damaged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from redislog.node.history import Incident, NodeHistory, run_at
from redislog.topology.findings.base import View, found, rule, times, while_behind
from redislog.topology.values import Finding, Severity

_RELEASE = {7: "Redis 3.2", 8: "Redis 4.0", 9: "Redis 5.0", 10: "Redis 7.0", 11: "Redis 7.2", 12: "Redis 7.4"}
"""The first release that reads a version of the format. Source: ``rdb.h:RDB_VERSION``."""
_MODULE_VALUE = "rdb.corrupt.the-rdb-file-contains-module"
_MODULES = ("rdb.module-missing", "rdb.module-aux-missing", "rdb.module-load-failed", _MODULE_VALUE)
_DAMAGED = ("rdb.wrong-signature", "rdb.checksum-wrong", "rdb.corrupt.", "rdb.short-read", "rdb.read-error.")
_CUT_SHORT = ("rdb.short-read", "rdb.read-error.")


def _severity(view: View, history: NodeHistory, incident: Incident) -> Severity:
    """Info where the server serves, or is in sync, afterwards."""
    ready = any(
        run.ready is not None
        and run.ready.order > incident.last.order
        and view.has_come(history.name, run.ready)
        for run in history.runs
    )
    return while_behind(is_well=ready or view.in_sync(history.name), otherwise="info")


@rule(
    "rdb-version",
    "critical",
    "info",
    meaning="A snapshot is in a newer format than the server reads: it can neither start from it nor sync with "
    "that primary. Info once it is in sync.",
    over=("info",),
)
def rdb_version(view: View) -> Iterator[Finding]:
    """A snapshot that is too new."""
    for history, incident in view.every("rdb.version-unsupported"):
        event: Any = incident.last.event
        version = event.rdb_version
        needs = _RELEASE.get(version, "the release that wrote it")
        primary = view.states[history.name].primary if view.states[history.name].role == "replica" else None
        yield found(
            "rdb-version",
            _severity(view, history, incident),
            (history.name, primary),
            f"{history.name} cannot read snapshots of format version {version} (tried {times(incident.count)})",
            f"Run {needs} or newer on {history.name}: replicas are upgraded before their primary.",
            incident,
        )


@rule(
    "module-missing",
    "critical",
    "info",
    meaning="A snapshot holds data of a module that the server has not loaded. Info once it is in sync.",
    over=("info",),
)
def module_missing(view: View) -> Iterator[Finding]:
    """A module that the data needs."""
    for history, incident in view.every(*_MODULES):
        event: Any = incident.last.event
        if incident.key == _MODULE_VALUE and not _lacks_a_module(incident):
            continue
        yield found(
            "module-missing",
            _severity(view, history, incident),
            (history.name,),
            f"{history.name} cannot load data of the module '{event.module}' (tried {times(incident.count)})",
            f"Load the module '{event.module}' with loadmodule, in the version that wrote the data.",
            incident,
        )


def _lacks_a_module(incident: Incident) -> bool:
    """Whether a value cannot be read as no module knows it (6.2+ say so as of a damaged one)."""
    return incident.key == _MODULE_VALUE and "no matching module" in incident.first.event.message


def _is_damage(_: View, history: NodeHistory, incident: Incident) -> bool:
    if _lacks_a_module(incident):
        return False
    run = run_at(history.runs, incident.first.time)
    at_start = run is None or run.ready is None or run.ready.order > incident.first.order
    return at_start or not incident.key.startswith(_CUT_SHORT)


@rule(
    "rdb-corrupt",
    "critical",
    "info",
    meaning="A snapshot is damaged. A file that ends too early counts at a start only: a transfer that breaks "
    "looks the same. Info once the server serves again.",
    over=("info",),
)
def rdb_corrupt(view: View) -> Iterator[Finding]:
    """A snapshot that is damaged."""
    seen: set[str] = set()
    for history, incident in view.every(*_DAMAGED, where=_is_damage):
        if history.name in seen:
            continue
        seen.add(history.name)
        yield found(
            "rdb-corrupt",
            _severity(view, history, incident),
            (history.name,),
            f"{history.name} read a damaged snapshot {times(incident.count)}: {incident.first.event.message}",
            "Check the file with redis-check-rdb. A replica may delete its own and sync anew; on a primary restore a backup.",
            incident,
        )


RULES = (rdb_version, module_missing, rdb_corrupt)
