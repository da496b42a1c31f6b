"""Slots that move from one shard of a Cluster to another, by the migration that newest servers do themselves."""

from __future__ import annotations

import pytest

from .conftest import Deploy, Hold
from .harness import Server, wait_for
from .releases import Release
from .steps import fill_slots, wait_said
from .test_cluster import start_cluster

pytestmark = pytest.mark.parametrize("log_level", ["notice"])

FIRST, LAST = 0, 1000


def migrate(release: Release, source: Server, target: Server) -> None:
    """Move some slots: Redis tells the target, Valkey the source."""
    if release.product == "redis":
        target.call("CLUSTER", "MIGRATION", "IMPORT", FIRST, LAST)
    else:
        node = target.call("CLUSTER MYID")
        source.call("CLUSTER", "MIGRATESLOTS", "SLOTSRANGE", FIRST, LAST, "NODE", node)


def states(release: Release, server: Server) -> list[str]:
    """What a server says of the migrations that it takes part in."""
    asked = ("MIGRATION", "STATUS", "ALL") if release.product == "redis" else ("GETSLOTMIGRATIONS",)
    rows = server.call("CLUSTER", *asked)
    return [dict(zip(row[::2], row[1::2], strict=True))["state"] for row in rows]


def cancel(release: Release, source: Server, target: Server) -> None:
    if release.product == "redis":
        target.call("CLUSTER", "MIGRATION", "CANCEL", "ALL")
    else:
        source.call("CLUSTER", "CANCELSLOTMIGRATIONS")


@pytest.mark.parametrize("ends", ["done", "cancelled"])
def test_slot_migration(deploy: Deploy, hold: Hold, release: Release, ends: str) -> None:
    """It is a small replication between shards: nobody's role or upstream changes, and nobody resyncs."""
    deployment, (source, target, _), _ = start_cluster(deploy, **release.may_debug)
    fill_slots(source, 200)
    if ends == "cancelled":
        source.call("CONFIG", "SET", "rdb-key-save-delay", 50_000)
    migrate(release, source, target)
    if ends == "done":
        wait_for(lambda: states(release, source) in (["completed"], ["success"]), "the slots have moved")
    else:
        wait_said(
            source,
            "slot migration destination socket"
            if release.product == "redis"
            else "Beginning snapshot of slot migration",
        )
        cancel(release, source, target)
        wait_for(
            lambda: states(release, source) in (["canceled"], ["failed"], ["cancelled"]), "it is given up"
        )
    deployment.settle()
    timeline = hold(deployment, "healthy")
    (migration,) = timeline.slot_migrations
    assert (migration.source, migration.target, migration.slots) == (
        source.name,
        target.name,
        f"{FIRST}-{LAST}",
    )
    assert migration.outcome == ends
