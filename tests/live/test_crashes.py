"""Servers that crash, and servers that cannot start another process."""

from __future__ import annotations

import pytest
import redis

from tests.holding import Outcome

from .conftest import Deploy, Hold, skip_if
from .harness import wait_for
from .places import Special
from .releases import Release
from .steps import PRIMARY, finding, wait_said
from .users import user_missing

pytestmark = pytest.mark.parametrize("log_level", ["notice"])


@pytest.mark.parametrize("how", ["segfault", "assertion", "panic"])
@pytest.mark.parametrize("ends", ["down", "started-again"])
def test_crash(deploy: Deploy, hold: Hold, release: Release, how: str, ends: str) -> None:
    """A replica crashes, and is started again or not."""
    deployment = deploy(**release.may_debug)
    primary = deployment.start(PRIMARY)
    replica = deployment.start("server-0", replica_of=primary)
    deployment.settle()
    replica.crash({"segfault": "SEGFAULT", "assertion": "ASSERT", "panic": "PANIC"}[how])
    wait_for(lambda: primary.info("replication")["connected_slaves"] == 0, "the primary sees it gone")
    why = {
        "segfault": "crashed by signal: 11",
        "assertion": "'1 == 2' is not true",
        "panic": "Guru Meditation: DEBUG PANIC called",
    }[how]
    if ends == "down":
        timeline = hold(deployment, "degraded", findings={"crash": "critical", "gave-up": "none"})
    else:
        replica.start()
        deployment.settle()
        timeline = hold(deployment, "healthy", findings={"crash": "warning", "gave-up": "none"})
    found = finding(timeline, "crash")
    assert found.nodes == ("server-0",)
    assert why in found.summary
    assert why in found.evidence[0].text


@pytest.mark.parametrize("ends", ["failing", "mended"])
def test_fork_failed(deploy: Deploy, hold: Hold, ends: str) -> None:
    """A primary may have no more processes, and so cannot save."""
    skip_if(user_missing())
    deployment = deploy()
    primary = deployment.start(PRIMARY, Special(own_user=True))
    deployment.start("server-0", replica_of=primary)
    deployment.settle()
    primary.limit_processes(1)
    for _ in range(3):
        with pytest.raises(redis.ResponseError):
            primary.call("BGSAVE")
    if ends == "mended":
        primary.limit_processes(1000)
        done = primary.said("Background saving terminated with success")
        primary.call("BGSAVE")
        wait_said(primary, "Background saving terminated with success", done + 1)
    severity: Outcome = "critical" if ends == "failing" else "info"
    status = "degraded" if ends == "failing" else "healthy"
    timeline = hold(deployment, status, findings={"fork-failed": severity})
    found = finding(timeline, "fork-failed")
    assert found.nodes == (PRIMARY,)
    assert "3 times: Can't save in background: fork" in found.summary
