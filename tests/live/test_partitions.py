"""Servers that do not reach each other, though all of them run: only their hosts' network fails."""

from __future__ import annotations

import pytest

from tests.holding import Findings, Outcome

from .conftest import Deploy, Hold, skip_if
from .harness import ELECTED_WITHIN, Deployment, Server, wait_for
from .network import Network, translation_missing
from .places import Special
from .steps import PRIMARY, REPLICAS, fill, follow, start_all, wait_down, wait_said
from .test_sentinel import primary_of, start_watched

pytestmark = pytest.mark.parametrize("log_level", ["notice"])

QUICK = {"repl_timeout": 2, "repl_ping_replica_period": 1}
"""Both ends notice within seconds that the other does not answer."""


@pytest.mark.parametrize("ends", ["parted", "healed"])
def test_replica_cut_off(deploy: Deploy, hold: Hold, network: Network, ends: str) -> None:
    deployment = deploy(network=network, **QUICK)
    primary, one, _ = start_all(deployment)
    before = primary.syncs()
    network.cut_off(deployment.host_of(one))
    wait_said(primary, "isconnecting timedout")
    wait_down(one)
    fill(primary, 10)
    if ends == "healed":
        network.heal()
        wait_for(lambda: primary.syncs() != before, "it asked", seconds=40)
        deployment.settle()
        assert primary.syncs().partial == before.partial + 1
    severity: Outcome = "warning" if ends == "healed" else "critical"
    hold(deployment, "healthy" if ends == "healed" else "degraded", findings={"repl-timeout": severity})


@pytest.mark.parametrize("ends", ["parted", "healed"])
def test_primary_cut_off(deploy: Deploy, hold: Hold, network: Network, ends: str) -> None:
    """The others elect another; the old one goes on as a primary, alone with its Sentinel, until it is told."""
    deployment = deploy(network=network, **QUICK)
    primary, *_ = start_watched(deployment)
    network.cut_off(deployment.host_of(primary))
    wait_for(lambda: _elected(deployment) is not primary, "another is elected", seconds=ELECTED_WITHIN)
    new = _elected(deployment)
    wait_for(lambda: new.info("replication")["connected_slaves"] == 1, "it is followed", seconds=40)
    wait_for(lambda: primary.info("replication")["connected_slaves"] == 0, "it has lost its replicas")
    # It is missed by others before or after it has given them up; that it lives still is told by what it prints then.
    primary.call("BGSAVE")
    wait_said(primary, "Background saving terminated with success")
    if ends == "healed":
        fill(primary, 3)
        network.heal()
        wait_for(lambda: new.info("replication")["connected_slaves"] == 2, "both follow", seconds=60)
        deployment.settle()
    findings: Findings = (
        {"diverged-primary": ("warning", "critical"), "repl-timeout": "warning"}
        if ends == "healed"
        else {"split-brain": "critical", "sentinel-no-quorum": "warning"}
    )
    timeline = hold(deployment, "healthy" if ends == "healed" else "split-brain", findings=findings)
    assert new.name in timeline.verdict.primaries


def _elected(deployment: Deployment) -> Server:
    """The server that a Sentinel on the side of the most calls primary."""
    return deployment.servers[deployment.name_at(*primary_of(deployment.sentinels["sentinel-1"]))]


@pytest.mark.parametrize("how", ["lost", "no-route"])
def test_primary_not_reached(deploy: Deploy, hold: Hold, network: Network, how: str) -> None:
    """What is sent is lost on the way, or refused at its beginning; a connection that is there falls silent."""
    deployment = deploy(network=network, **QUICK)
    primary, one, _ = start_all(deployment)
    at_primary, at_replica = deployment.host_of(primary), deployment.host_of(one)
    at_replica.give_up_soon()
    if how == "lost":
        at_primary.route("blackhole", at_replica)
    else:
        at_replica.route("unreachable", at_primary)
    wait_said(primary, "isconnecting timedout")
    said = {"lost": ("Timeout connecting", "Connection timed out"), "no-route": ("No route to host",)}[how]
    wait_for(lambda: any(map(one.said, said)), "it has not reached its primary", seconds=40)
    timeline = hold(deployment, "degraded", findings={"primary-unreachable": "critical"})
    found = [each for each in timeline.verdict.findings if each.code == "primary-unreachable"]
    assert [each.nodes for each in found] == [("server-0",)]
    assert {"lost": "timed out", "no-route": "no route"}[how] in found[0].summary


def test_primary_reached_again(deploy: Deploy, hold: Hold, network: Network) -> None:
    deployment = deploy(network=network, **QUICK)
    primary, one, _ = start_all(deployment)
    before = primary.syncs()
    deployment.host_of(one).route("unreachable", deployment.host_of(primary))
    wait_said(one, "No route to host")
    deployment.host_of(one).route_back(deployment.host_of(primary))
    wait_for(lambda: primary.syncs() != before, "it asked", seconds=40)
    deployment.settle()
    findings: Findings = {"primary-unreachable": "none", "repl-timeout": "warning"}
    hold(deployment, "healthy", findings=findings)


def test_replica_that_moves(deploy: Deploy, hold: Hold, network: Network) -> None:
    """It restarts with another address; its log goes on."""
    deployment = deploy(network=network)
    primary, one, _ = start_all(deployment)
    before = primary.syncs()
    one.end()
    wait_for(lambda: primary.info("replication")["connected_slaves"] == 1, "the primary sees it gone")
    one.move(network.number())
    one.start()
    wait_for(lambda: primary.syncs() != before, "it asked")
    deployment.settle()
    hold(deployment, "healthy")


def test_primary_that_moves(deploy: Deploy, hold: Hold, network: Network) -> None:
    """Its replicas try the old address until they are told the new one."""
    deployment = deploy(network=network, save="3600 1")
    primary, one, other = start_all(deployment)
    before = primary.syncs()
    primary.end()
    primary.move(network.number())
    primary.start()
    wait_down(one, other)
    for replica in (one, other):
        follow(replica, primary)
    wait_for(lambda: sum(primary.syncs()) == sum(before) + 2, "both asked")
    deployment.settle()
    hold(deployment, "healthy")


def test_replicas_that_change_addresses(deploy: Deploy, hold: Hold, network: Network) -> None:
    """Each restarts with the address that was the other's."""
    deployment = deploy(network=network, ports="same")
    primary, one, other = start_all(deployment)
    numbers = [int(each.host.rpartition(".")[2]) for each in (one, other)]
    before = primary.syncs()
    for replica in (one, other):
        replica.end()
    wait_for(lambda: primary.info("replication")["connected_slaves"] == 0, "the primary sees them gone")
    for replica, number in zip((one, other), reversed(numbers), strict=True):
        replica.move(number)
    for replica in (one, other):
        replica.start()
    wait_for(lambda: sum(primary.syncs()) == sum(before) + 2, "both asked")
    deployment.settle()
    hold(deployment, whole=False)


@pytest.mark.parametrize("ports", ["same", "distinct"])
@pytest.mark.parametrize("ends", ["in-sync", "one-down"])
def test_replicas_behind_one_address(
    deploy: Deploy, hold: Hold, network: Network, ports: str, ends: str
) -> None:
    """Their primary sees both under the address of a gateway; with equal ports it cannot tell them apart."""
    skip_if(translation_missing())
    deployment = deploy(network=network, ports=ports)
    primary = deployment.start(PRIMARY)
    gateway = network.add_gateway()
    replicas = [
        deployment.start(name, Special(host=network.add(behind=gateway)), replica_of=primary)
        for name in REPLICAS
    ]
    deployment.settle()
    if ends == "one-down":
        replicas[0].end()
        wait_for(lambda: primary.info("replication")["connected_slaves"] == 1, "the primary sees it gone")
    hold(deployment, "degraded" if ends == "one-down" else "healthy", whole=ports == "distinct")
