"""Ways in which replication does not come about."""

from __future__ import annotations

import signal

import pytest

from .conftest import Deploy, Hold
from .harness import wait_for
from .steps import PRIMARY, fill, follow, start_all, wait_down, wait_said

notice = pytest.mark.parametrize("log_level", ["notice"])

_NOWHERE = "127.0.0.99 6399"


@notice
@pytest.mark.parametrize("password", ["no-password", "wrong-password"])
def test_password(deploy: Deploy, hold: Hold, password: str) -> None:
    deployment = deploy()
    primary = deployment.start(PRIMARY)
    options = {"masterauth": "wrong"} if password == "wrong-password" else {}
    primary.call("CONFIG", "SET", "requirepass", "right")
    replica = deployment.start("server-0", replica_of=primary, **options)
    wait_said(replica, "sync started", 2)
    hold(deployment, "degraded", whole=False, findings={"auth-refused": "critical"})


@notice
def test_acl_without_the_permission(deploy: Deploy, hold: Hold) -> None:
    deployment = deploy()
    primary = deployment.start(PRIMARY)
    primary.call("ACL", "SETUSER", "sync", "on", ">right", "+ping")
    replica = deployment.start("server-0", replica_of=primary, masteruser="sync", masterauth="right")
    wait_said(replica, "sync started", 2)
    hold(deployment, "degraded", whole=False, findings={"auth-refused": "critical"})


@notice
@pytest.mark.parametrize("where", [_NOWHERE, "nowhere.invalid 6379"], ids=["refused", "no-such-name"])
def test_primary_that_is_not_there(deploy: Deploy, hold: Hold, where: str) -> None:
    deployment = deploy()
    for name in ("server-0", "server-2"):
        replica = deployment.start(name, replicaof=where)
        wait_said(replica, "onnecting to MASTER", 2)
        wait_down(replica)
    timeline = hold(deployment, whole=False, findings={"primary-unreachable": "critical"})
    assert timeline.verdict.primaries == ()
    assert timeline.verdict.status in ("no-primary", "degraded")


@notice
@pytest.mark.parametrize("phase", ["waiting", "transfer", "loading"])
def test_captured_on_the_way(deploy: Deploy, hold: Hold, phase: str) -> None:
    """A first sync that has not ended when the captures do."""
    slow_save = {"rdb_key_save_delay": 50000} if phase != "loading" else {}
    diskless = "no" if phase == "waiting" else "yes"
    deployment = deploy(repl_diskless_sync=diskless, rdbcompression="no", **slow_save)
    primary = deployment.start(PRIMARY)
    # While it loads, a server looks at its clients every two megabytes only, and is asked several times.
    fill(primary, 16 if phase == "loading" else 100, size=3_000_000 if phase == "loading" else 1000)
    replica = deployment.start("server-0", key_load_delay=400000 if phase == "loading" else 0)
    follow(replica, primary)
    said = {
        "waiting": "Full resync from master",
        "transfer": "receiving streamed RDB",
        "loading": "Loading DB in memory",
    }
    wait_said(replica, said[phase])
    link = replica.call("ROLE")[3]
    timeline = hold(deployment, "degraded")
    assert timeline.verdict.nodes["server-0"].link == link


@notice
def test_bgsave_killed(deploy: Deploy, hold: Hold) -> None:
    """Each snapshot for a replica is killed, until one is not."""
    deployment = deploy(repl_diskless_sync="no", rdb_key_save_delay=20000)
    primary = deployment.start(PRIMARY)
    fill(primary, 50)
    replica = deployment.start("server-0", replica_of=primary)
    for number in range(3):
        wait_for(primary.signal_child, "there is a child to kill")
        wait_said(primary, "terminated by signal 9", number + 1)
    hold(deployment, whole=False)
    primary.call("CONFIG", "SET", "rdb-key-save-delay", 0)
    wait_for(lambda: replica.info("replication")["master_link_status"] == "up", "in sync at last")
    deployment.settle()
    hold(deployment, "healthy")


@notice
def test_all_down(deploy: Deploy, hold: Hold) -> None:
    deployment = deploy()
    primary, *replicas = start_all(deployment)
    for server in (*replicas, primary):
        server.end()
    hold(deployment, "no-primary", findings={"capture-gap": "none"})


@notice
def test_all_killed(deploy: Deploy, hold: Hold) -> None:
    """Nobody is left to say so: no log is wrong, none is right."""
    deployment = deploy()
    primary, one, other = start_all(deployment)
    primary.end(signal.SIGKILL)
    wait_said(one, "Connection refused")
    wait_said(other, "Connection refused")
    one.end(signal.SIGKILL)
    other.end(signal.SIGKILL)
    hold(deployment, "no-primary", whole=False)


@notice
def test_min_replicas(deploy: Deploy, hold: Hold) -> None:
    """A primary that takes no writes is a primary."""
    deployment = deploy(min_replicas_to_write=1)
    primary = deployment.start(PRIMARY)
    replica = deployment.start("server-0", replica_of=primary)
    deployment.settle()
    replica.end()
    wait_for(lambda: primary.info("replication")["connected_slaves"] == 0, "the primary sees it gone")
    hold(deployment, "degraded", findings={"not-enough-replicas": "warning"})


@pytest.mark.parametrize("log_level", ["warning"])
@pytest.mark.parametrize("ends", ["in-sync", "primary-down"])
def test_level_warning(deploy: Deploy, hold: Hold, ends: str) -> None:
    """At level warning a sync may leave no line: what is not told is unknown."""
    deployment = deploy()
    primary, *replicas = start_all(deployment)
    if ends == "primary-down":
        primary.end()
        wait_down(*replicas)
    timeline = hold(deployment, whole=False, findings={"capture-gap": "info"})
    if ends == "in-sync":
        assert timeline.verdict.status in ("unknown", "healthy")
    else:
        assert timeline.verdict.status != "healthy"
