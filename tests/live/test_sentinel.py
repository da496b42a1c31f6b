"""Failovers that Sentinels lead."""

from __future__ import annotations

import signal
from functools import partial

import pytest

from tests.holding import Findings, Outcome

from .clocks import Clock
from .conftest import Deploy, Hold
from .harness import ELECTED_WITHIN, Deployment, Server, wait_for
from .steps import PRIMARY, finding, lists_replicas, start_all, wait_said

pytestmark = pytest.mark.parametrize("log_level", ["notice"])


FAILED_OVER: Findings = {
    "sentinel-no-quorum": "none",
    "sentinel-disagrees": "none",
    "sentinel-hostname": "none",
}
"""A failover is none of these."""


def start_watched(deployment: Deployment, *, patience: int = 1000) -> tuple[Server, Server, Server]:
    """A primary, two replicas, and three Sentinels that know all of them, and wait so many milliseconds."""
    servers = start_all(deployment)
    for _ in range(3):
        deployment.start_sentinel(servers[0], patience=patience)
    for sentinel in deployment.sentinels.values():
        wait_for(partial(_knows_all, sentinel), f"{sentinel.name} knows all")
    return servers


def _knows_all(sentinel: Server) -> bool:
    """Whether a Sentinel knows the others, and reaches the primary: it elects nobody in place of one that it misses."""
    fields = sentinel.call("SENTINEL MASTER", "main")
    known = (int(fields["num-slaves"]), int(fields["num-other-sentinels"]))
    return known == (2, 2) and "s_down" not in fields["flags"]


def wait_switched(deployment: Deployment, old: Server) -> Server:
    """Wait until all Sentinels name another primary, and the last replica follows it; that primary."""
    agreed = "the Sentinels agree on another"
    wait_for(lambda: named(deployment) not in (None, old), agreed, seconds=ELECTED_WITHIN)
    new = named(deployment)
    assert new is not None
    wait_for(lambda: sum(new.syncs()) >= 1, "it is followed", seconds=40)
    return new


def _handed_over(deployment: Deployment, old: Server) -> bool:
    """Whether a Sentinel names another primary; asked to, where it is not at it: not elected, it does not try again."""
    sentinel = deployment.sentinels["sentinel-0"]
    fields = sentinel.call("SENTINEL MASTER", "main")
    if deployment.name_at(fields["ip"], int(fields["port"])) != old.name:
        return True
    if not {"failover_in_progress", "s_down"} & set(fields["flags"].split(",")):
        sentinel.call("SENTINEL FAILOVER", "main", "COORDINATED")
    return False


def named(deployment: Deployment) -> Server | None:
    """The server that all Sentinels call primary."""
    names = {deployment.name_at(*primary_of(sentinel)) for sentinel in deployment.sentinels.values()}
    return deployment.servers[names.pop()] if len(names) == 1 else None


def _is_whole(deployment: Deployment) -> bool:
    """Whether all others follow the server that the Sentinels name, whichever it is by now."""
    primary = named(deployment)
    return primary is not None and primary.info("replication")["connected_slaves"] == 2


def primary_of(sentinel: Server) -> tuple[str, int]:
    """Where the primary is by a Sentinel's word."""
    fields = sentinel.call("SENTINEL MASTER", "main")
    return fields["ip"], int(fields["port"])


@pytest.mark.parametrize("how", ["killed", "frozen", "stopped"])
def test_failover(deploy: Deploy, hold: Hold, how: str) -> None:
    deployment = deploy()
    primary, *_ = start_watched(deployment)
    if how == "frozen":
        primary.freeze()
    else:
        primary.end(signal.SIGKILL if how == "killed" else signal.SIGTERM)
    new = wait_switched(deployment, primary)
    deployment.settle()
    timeline = hold(deployment, whole=how == "stopped", findings=FAILED_OVER)
    assert new.name in timeline.verdict.primaries


def test_failover_by_request(deploy: Deploy, hold: Hold) -> None:
    deployment = deploy()
    primary, *_ = start_watched(deployment)
    deployment.sentinels["sentinel-0"].call("SENTINEL FAILOVER", "main")
    wait_switched(deployment, primary)
    wait_for(partial(_is_whole, deployment), "both others follow", seconds=40)
    deployment.settle()
    hold(deployment, "healthy", findings={"diverged-primary": ("warning", "none")})


def test_failover_coordinated(deploy: Deploy, hold: Hold) -> None:
    """A Sentinel lets the primary hand over by its own FAILOVER: nobody copies all data."""
    deployment = deploy()
    primary, *replicas = start_watched(deployment)
    full = sum(each.syncs().full for each in (primary, *replicas))
    wait_for(
        partial(_handed_over, deployment, primary), "the primary has handed over", seconds=ELECTED_WITHIN
    )
    new = wait_switched(deployment, primary)
    wait_for(partial(_is_whole, deployment), "both others follow", seconds=40)
    deployment.settle()
    assert sum(each.syncs().full for each in (primary, *replicas)) == full
    timeline = hold(deployment, "healthy", findings=FAILED_OVER)
    (failover,) = timeline.failovers
    assert (failover.node, failover.old_primary, failover.planned) == (new.name, primary.name, True)


@pytest.mark.parametrize("named_after", ["a-minute", "a-moment"])
def test_sentinel_names_a_replica(deploy: Deploy, hold: Hold, clock: Clock, named_after: str) -> None:
    """A Sentinel is told that a replica is the primary; one Sentinel alone does not get it right."""
    deployment = deploy(clock=clock)
    _, replica, _ = start_all(deployment)
    sentinel = deployment.start_sentinel(replica, patience=600_000)
    wait_for(lambda: sentinel.call("SENTINEL MASTER", "main")["role-reported"] == "slave", "it has asked")
    if named_after == "a-minute":
        clock.forward(70)
        wait_said(sentinel, "+tilt")
    disagrees: Outcome = "critical" if named_after == "a-minute" else "none"
    tilt: Outcome = "warning" if named_after == "a-minute" else "none"
    findings: Findings = {"sentinel-disagrees": disagrees, "sentinel-tilt": tilt}
    status = "degraded" if named_after == "a-minute" else "healthy"
    timeline = hold(deployment, status, findings=findings)
    assert timeline.verdict.primary == PRIMARY
    if named_after == "a-minute":
        assert finding(timeline, "sentinel-disagrees").nodes == ("sentinel-0", replica.name)


@pytest.mark.parametrize("then", ["gives-up", "is-told-an-address"])
def test_sentinel_hostname(deploy: Deploy, hold: Hold, then: str) -> None:
    """A Sentinel is told a name that nobody knows."""
    deployment = deploy()
    primary, *_ = start_all(deployment)
    sentinel = deployment.add_sentinel(primary, host="nowhere.invalid")
    sentinel.launch()
    sentinel.wait_gone()
    if then == "is-told-an-address":
        sentinel.replace("nowhere.invalid", primary.host)
        sentinel.start()
        wait_for(lambda: lists_replicas(sentinel) == 2, "it knows the replicas")
    severity: Outcome = "warning" if then == "gives-up" else "info"
    timeline = hold(deployment, "healthy", findings={"sentinel-hostname": severity})
    assert "nowhere.invalid" in finding(timeline, "sentinel-hostname").summary


def test_old_primary_is_made_a_replica(deploy: Deploy, hold: Hold) -> None:
    deployment = deploy()
    primary, *_ = start_watched(deployment)
    primary.end(signal.SIGKILL)
    wait_switched(deployment, primary)
    primary.start()
    wait_for(partial(_is_whole, deployment), "both others follow", seconds=40)
    deployment.settle()
    hold(deployment, "healthy")
