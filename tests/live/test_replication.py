"""A primary and two replicas, driven through the plain ways of replication."""

from __future__ import annotations

import signal

import pytest

from tests.holding import Findings

from .conftest import Deploy, Hold
from .harness import Deployment, Ports, wait_for

PRIMARY = "server-1"
REPLICAS = ("server-0", "server-2")


def start_all(deployment: Deployment) -> None:
    """Start a primary with some data, then its replicas; wait until all are in sync."""
    primary = deployment.start(PRIMARY)
    for number in range(100):
        primary.call("SET", f"key:{number}", "x" * number)
    for name in REPLICAS:
        deployment.start(name, replica_of=primary)
    deployment.settle()


@pytest.mark.parametrize("ports", ["same", "distinct"])
@pytest.mark.parametrize("diskless", ["yes", "no"])
def test_healthy_start(deploy: Deploy, hold: Hold, ports: Ports, diskless: str) -> None:
    deployment = deploy(ports=ports, repl_diskless_sync=diskless)
    start_all(deployment)
    timeline = hold(deployment)
    assert timeline.verdict.status == "healthy"
    assert {resync.outcome for resync in timeline.resyncs} == {"done"}
    assert {resync.why for resync in timeline.resyncs} == {"no cached master"}


def test_diskless_delay(deploy: Deploy, hold: Hold) -> None:
    deployment = deploy(ports="distinct", repl_diskless_sync="yes", repl_diskless_sync_delay=1)
    start_all(deployment)
    timeline = hold(deployment)
    assert timeline.verdict.status == "healthy"
    waits = {phase.name for resync in timeline.resyncs for phase in resync.phases}
    assert "diskless-delay" in waits


def test_replicas_by_command(deploy: Deploy, hold: Hold) -> None:
    """Primaries of their own that are told to follow another."""
    deployment = deploy(ports="same", repl_diskless_sync="yes")
    servers = [deployment.start(name) for name in (*REPLICAS, PRIMARY)]
    *replicas, primary = servers
    for replica in replicas:
        replica.call("REPLICAOF", primary.host, primary.port)
    deployment.settle()
    timeline = hold(deployment)
    assert timeline.verdict.status == "healthy"


@pytest.mark.parametrize(
    ("where", "kind"), [(REPLICAS[0], "master"), (PRIMARY, "replica")], ids=["at-replica", "at-primary"]
)
def test_dropped_link_is_taken_up_again(deploy: Deploy, hold: Hold, where: str, kind: str) -> None:
    deployment = deploy(ports="same", repl_diskless_sync="yes")
    start_all(deployment)
    primary = deployment.servers[PRIMARY]
    before = primary.syncs()
    dropped = deployment.servers[where].call("CLIENT", "KILL", "TYPE", kind)
    wait_for(lambda: primary.syncs().partial == before.partial + dropped, "the links are taken up again")
    deployment.settle()
    assert primary.syncs().full == before.full
    findings: Findings = {"backlog-too-small": "none", "avoidable-full-resync": "none"}
    timeline = hold(deployment, findings=findings)
    assert timeline.verdict.status == "healthy"


def test_primary_killed(deploy: Deploy, hold: Hold) -> None:
    deployment = deploy(ports="same", repl_diskless_sync="yes")
    start_all(deployment)
    deployment.servers[PRIMARY].end(signal.SIGKILL)
    replicas = [deployment.servers[name] for name in REPLICAS]
    wait_for(
        lambda: all(replica.said("Connection refused") >= 2 for replica in replicas), "the replicas retry"
    )
    timeline = hold(deployment, findings={"primary-unreachable": "critical", "repl-timeout": "none"})
    assert timeline.verdict.status == "no-primary"


def test_replica_made_primary(deploy: Deploy, hold: Hold) -> None:
    """The same lineage has two primaries now."""
    deployment = deploy(ports="same", repl_diskless_sync="yes")
    start_all(deployment)
    deployment.servers[REPLICAS[1]].call("REPLICAOF", "NO", "ONE")
    deployment.settle()
    timeline = hold(deployment)
    assert timeline.verdict.status == "split-brain"
