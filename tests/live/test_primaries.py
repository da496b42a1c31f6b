"""Changes of the primary, by hand and by ``FAILOVER``."""

from __future__ import annotations

import signal
from functools import partial

import pytest

from redislog.testing.simulate.truth import Syncs

from .conftest import Deploy, Hold
from .harness import Server, wait_for
from .steps import fill, follow, start_all, wait_down, wait_said

pytestmark = pytest.mark.parametrize("log_level", ["notice"])


def test_promoted_and_followed(deploy: Deploy, hold: Hold) -> None:
    """The others go on by the second replication ID."""
    deployment = deploy()
    primary, one, other = start_all(deployment)
    one.call("REPLICAOF", "NO", "ONE")
    follow(other, one)
    follow(primary, one)
    wait_for(lambda: sum(one.syncs()) == 2, "two have asked")
    deployment.settle()
    assert one.syncs().partial == 2
    hold(deployment, "healthy", findings={"split-brain": "none"})


def test_promoted_after_a_death(deploy: Deploy, hold: Hold) -> None:
    deployment = deploy()
    primary, one, other = start_all(deployment)
    primary.end(signal.SIGKILL)
    wait_down(one, other)
    one.call("REPLICAOF", "NO", "ONE")
    follow(other, one)
    wait_for(lambda: sum(one.syncs()) == 1, "it asked")
    deployment.settle()
    timeline = hold(deployment, whole=False)
    assert timeline.verdict.primary == "server-0"


def test_old_primary_returns(deploy: Deploy, hold: Hold) -> None:
    """It comes back as a primary beside the new one, and is made a replica."""
    deployment = deploy()
    primary, one, other = start_all(deployment)
    primary.end(signal.SIGKILL)
    wait_down(one, other)
    one.call("REPLICAOF", "NO", "ONE")
    follow(other, one)
    wait_for(lambda: sum(one.syncs()) == 1, "it asked")
    primary.start()
    follow(primary, one)
    wait_for(lambda: sum(one.syncs()) == 2, "it asked")
    deployment.settle()
    hold(deployment, "healthy", findings={"diverged-primary": "none"})


def test_old_primary_with_writes_of_its_own(deploy: Deploy, hold: Hold) -> None:
    """What it took after the other's promotion is lost."""
    deployment = deploy()
    primary, one, other = start_all(deployment)
    one.call("REPLICAOF", "NO", "ONE")
    fill(primary, 10)
    deployment.settle()
    follow(other, one)
    follow(primary, one)
    wait_for(lambda: sum(one.syncs()) == 2, "two have asked")
    deployment.settle()
    assert one.syncs().full == 2
    hold(deployment, "healthy", findings={"diverged-primary": "critical"})


@pytest.mark.parametrize("followed", ["followed", "alone"])
def test_two_primaries_at_the_end(deploy: Deploy, hold: Hold, followed: str) -> None:
    deployment = deploy()
    _, one, other = start_all(deployment)
    one.call("REPLICAOF", "NO", "ONE")
    if followed == "followed":
        follow(other, one)
        wait_for(lambda: sum(one.syncs()) == 1, "it asked")
    deployment.settle()
    hold(deployment, "split-brain", findings={"split-brain": "critical"})


def test_every_server_a_primary(deploy: Deploy, hold: Hold) -> None:
    deployment = deploy()
    _, one, other = start_all(deployment)
    one.call("REPLICAOF", "NO", "ONE")
    other.call("REPLICAOF", "NO", "ONE")
    deployment.settle()
    hold(deployment, "split-brain")


def test_role_flapping(deploy: Deploy, hold: Hold) -> None:
    """A replica that is promoted and demoted again and again."""
    deployment = deploy()
    primary, one, _ = start_all(deployment)
    for _ in range(3):
        before = primary.syncs()
        one.call("REPLICAOF", "NO", "ONE")
        follow(one, primary)
        wait_for(partial(_has_served_more, primary, before), "it asked")
        deployment.settle()
    hold(deployment, "healthy", findings={"link-flapping": "none"})


@pytest.mark.parametrize("how", ["to-one", "to-any", "aborted", "forced"])
def test_failover_command(deploy: Deploy, hold: Hold, how: str) -> None:
    """A third server stays a replica of the old primary, and so behind it in a chain."""
    deployment = deploy()
    primary, one, _ = start_all(deployment)
    if how in ("aborted", "forced"):
        one.freeze()
        fill(primary, 10)
        arguments = ("FORCE", "TIMEOUT", 500) if how == "forced" else ()
        primary.call("FAILOVER", "TO", one.host, one.port, *arguments)
        if how == "forced":
            wait_said(primary, "time out exceeded, failing over")
        else:
            primary.call("FAILOVER", "ABORT")
        one.thaw()
    else:
        target = ("TO", one.host, one.port) if how == "to-one" else ()
        primary.call("FAILOVER", *target)
    if how != "aborted":
        wait_for(lambda: primary.info("replication")["role"] == "slave", "it is a replica")
    if how == "forced":
        wait_for(partial(_has_ended_its_failover, primary), "the failover has ended")
    deployment.settle()
    hold(deployment, "healthy", findings={"failover-aborted": "critical" if how == "aborted" else "none"})


def _has_served_more(server: Server, before: Syncs) -> bool:
    return server.syncs() != before


def _has_ended_its_failover(server: Server) -> bool:
    return bool(server.info("replication")["master_failover_state"] == "no-failover")
