"""A Cluster: several groups, whose replicas are elected or asked to become primaries."""

from __future__ import annotations

import signal
from functools import partial

import pytest

from tests.holding import Findings

from .conftest import Deploy, Hold
from .harness import Deployment, Server, wait_for
from .places import Option
from .steps import finding, wait_said

pytestmark = pytest.mark.parametrize("log_level", ["notice"])

_SLOTS = 16384


def start_cluster(deploy: Deploy, **options: Option) -> tuple[Deployment, list[Server], Server]:
    """Three primaries that share all slots, and a replica of the first."""
    settings = {"cluster_enabled": "yes", "cluster_node_timeout": 1000, "cluster_replica_validity_factor": 0}
    deployment = deploy(**settings, **options)
    *primaries, replica = (deployment.start(f"node-{number}") for number in range(4))
    for number, server in enumerate(primaries):
        first, last = _SLOTS * number // 3, _SLOTS * (number + 1) // 3
        server.call("CLUSTER ADDSLOTS", *range(first, last))
        server.call("CLUSTER SET-CONFIG-EPOCH", number + 1)
    for server in (*primaries[1:], replica):
        primaries[0].call("CLUSTER MEET", server.host, server.port)
    everyone = [*primaries, replica]
    wait_for(lambda: all(_known(server) == 4 for server in everyone), "all know each other")
    top = primaries[0].call("CLUSTER MYID")
    replica.call("CLUSTER REPLICATE", top)
    wait_for(lambda: all(_is_ok(server) for server in everyone), "the cluster is well")
    deployment.settle()
    wait_for(lambda: all(_sees_replica(server, top) for server in everyone), "all know the replica")
    return deployment, primaries, replica


def _known(server: Server) -> int:
    return int(_cluster_info(server)["cluster_known_nodes"])


def _is_ok(server: Server) -> bool:
    return _cluster_info(server)["cluster_state"] == "ok"


def _sees_replica(server: Server, top: str) -> bool:
    return any(node["master_id"] == top for node in server.call("CLUSTER NODES").values())


def _cluster_info(server: Server) -> dict[str, str]:
    fields: dict[str, str] = server.call("CLUSTER INFO")
    return fields


def test_cluster_failover_by_kill(deploy: Deploy, hold: Hold) -> None:
    deployment, primaries, replica = start_cluster(deploy)
    primaries[0].end(signal.SIGKILL)
    wait_for(lambda: replica.info("replication")["role"] == "master", "it is promoted")
    wait_for(lambda: all(_is_ok(server) for server in deployment.running), "the cluster is well")
    timeline = hold(deployment, whole=False)
    assert {"node-1", "node-2", "node-3"} <= set(timeline.verdict.primaries)


@pytest.mark.parametrize("how", ["plain", "FORCE", "TAKEOVER"])
def test_cluster_failover_by_request(deploy: Deploy, hold: Hold, how: str) -> None:
    deployment, _, replica = start_cluster(deploy)
    replica.call("CLUSTER FAILOVER", *([how] if how != "plain" else []))
    wait_for(lambda: sum(replica.syncs()) == 1, "the old primary follows")
    deployment.settle()
    # A node that hears of the old primary's new role before the new one's slots sees them uncovered for a moment.
    wait_for(lambda: all(_is_ok(server) for server in deployment.running), "the cluster is well")
    findings: Findings = {"cluster-failover-denied": ("info", "none"), "cluster-down": ("info", "none")}
    hold(deployment, "healthy", findings=findings)


def test_cluster_failover_on_shutdown(deploy: Deploy, hold: Hold) -> None:
    """A primary that is told to end hands its slots over first: nobody ever holds it for failing."""
    deployment, primaries, replica = start_cluster(deploy, shutdown_on_sigterm="failover")
    primaries[0].end()
    wait_for(lambda: replica.info("replication")["role"] == "master", "it is promoted")
    wait_for(lambda: all(_is_ok(server) for server in deployment.running), "the cluster is well")
    timeline = hold(
        deployment, findings={"cluster-down": "none", "cluster-failover-denied": ("info", "none")}
    )
    assert timeline.verdict.nodes[primaries[0].name].running is False
    (failover,) = timeline.failovers
    assert (failover.node, failover.old_primary, failover.planned) == (replica.name, primaries[0].name, True)


def test_cluster_failover_denied(deploy: Deploy, hold: Hold) -> None:
    """A replica is told to take over, and one primary of three is left to vote."""
    deployment, primaries, replica = start_cluster(deploy)
    for server in primaries[:2]:
        server.end()
    replica.call("CLUSTER FAILOVER", "FORCE")
    wait_said(replica, "Currently unable to failover")
    timeline = hold(deployment, whole=False, findings={"cluster-failover-denied": "critical"})
    assert replica.name in finding(timeline, "cluster-failover-denied").nodes


def test_cluster_replica_restarted(deploy: Deploy, hold: Hold) -> None:
    """It loads what it had before it knows whom it follows."""
    deployment, _, replica = start_cluster(deploy)
    replica.call("SAVE")
    replica.end()
    replica.start()
    deployment.settle()
    wait_for(lambda: all(_is_ok(server) for server in deployment.running), "the cluster is well")
    hold(deployment, "healthy")


def test_cluster_loses_slots(deploy: Deploy, hold: Hold) -> None:
    """A primary without replicas is killed: nobody takes its slots over."""
    deployment, primaries, _ = start_cluster(deploy)
    primaries[2].end(signal.SIGKILL)
    wait_for(lambda: not any(_is_ok(server) for server in deployment.running), "the cluster is down")
    verdict = hold(deployment, "degraded", whole=False).verdict
    assert verdict.nodes["node-2"].running is None
    assert {each.severity for each in verdict.findings if each.code == "cluster-down"} == {"critical"}


def test_cluster_shard_lost(deploy: Deploy, hold: Hold) -> None:
    """A primary and the replica that would take over from it are killed: the other shards know, and go on or stop."""
    deployment, primaries, replica = start_cluster(deploy)
    for server in (replica, primaries[0]):
        server.end(signal.SIGKILL)
    wait_for(lambda: not any(_is_ok(server) for server in primaries[1:]), "the cluster is down")
    for server in primaries[1:]:
        for failed in (primaries[0], replica):
            knows = partial(_knows_as_failed, server, failed.port)
            wait_for(knows, f"{server.name} knows that {failed.name} failed", seconds=60)
    verdict = hold(deployment, "degraded", whole=False, findings={"cluster-down": "critical"}).verdict
    assert set(verdict.primaries) == {"node-1", "node-2"}
    assert {group.cluster for group in verdict.groups} == {verdict.groups[0].cluster} != {None}


def _knows_as_failed(server: Server, port: int) -> bool:
    """Whether a node has been told that a majority does not reach the one that has a port."""
    nodes = server.call("CLUSTER NODES")
    failed = [address for address, node in nodes.items() if "fail" in node["flags"].split(",")]
    return any(address.partition("@")[0].endswith(f":{port}") for address in failed)


def test_cluster_down(deploy: Deploy, hold: Hold) -> None:
    """Two of three primaries are gone: nobody can be elected."""
    deployment, primaries, _ = start_cluster(deploy)
    for server in primaries[1:]:
        server.end()
    wait_for(lambda: not _is_ok(primaries[0]), "the cluster is down")
    findings: Findings = {"cluster-down": "critical", "cluster-failover-denied": "none"}
    hold(deployment, whole=False, findings=findings)
