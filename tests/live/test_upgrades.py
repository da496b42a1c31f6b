"""Rolling upgrades: replicas first, then a failover, and the old primary last."""

from __future__ import annotations

import pytest

from tests.holding import Findings

from .conftest import Deploy, Hold, skip_if
from .harness import Deployment, Server, wait_for
from .places import Special
from .releases import RELEASES, UPGRADED, Release, why_missing
from .steps import start_all

pytestmark = pytest.mark.parametrize("log_level", ["notice"])

FROM = {"8.6": "7.0", "valkey-9.1": "valkey-8.1"}
"""The release that an upgrade to one begins with; Valkey loads no snapshot of a Redis since 7.4."""
GOES_ON: Findings = {"version-mix": "info", "rdb-version": "none"}


def upgrade(server: Server, release: Release) -> None:
    """Stop it, and start the other release in its place, with the primary that it has now."""
    server.call("CONFIG", "REWRITE")
    server.end()
    server.upgrade(release)
    server.start()


@pytest.mark.parametrize("until", ["replicas", "failover", "all"])
def test_rolling_upgrade(deploy: Deploy, hold: Hold, release: Release, until: str) -> None:
    old = next(each for each in (*RELEASES, *UPGRADED) if str(each) == FROM[str(release)])
    skip_if(why_missing(old))
    deployment = deploy()
    primary, *replicas = start_all(deployment, Special(release=old))
    for replica in replicas:
        upgrade(replica, release)
        deployment.settle()
    if until == "replicas":
        hold(deployment, "healthy", findings=GOES_ON)
        return
    fail_over(deployment, primary, replicas[0])
    if until == "failover":
        hold(deployment, "healthy", findings=GOES_ON)
        return
    upgrade(primary, release)
    deployment.settle()
    timeline = hold(deployment, "healthy", findings={"version-mix": "none", "rdb-version": "none"})
    assert timeline.verdict.primary == replicas[0].name
    assert [each.planned for each in timeline.failovers] == [True]


def fail_over(deployment: Deployment, primary: Server, replica: Server) -> None:
    """Let a replica take over, and the others follow it."""
    primary.call("FAILOVER", "TO", replica.host, replica.port)
    wait_for(lambda: replica.info("replication")["role"] == "master", "it is promoted")
    for server in deployment.running:
        if server not in (primary, replica):
            server.call("REPLICAOF", replica.host, replica.port)
    wait_for(lambda: replica.info("replication")["connected_slaves"] == 2, "both others follow")
    deployment.settle()
