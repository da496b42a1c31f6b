"""Data and code that come from outside the deployment."""

from __future__ import annotations

import pytest

from tests.holding import Findings, Outcome

from .conftest import Deploy, Hold
from .harness import wait_for
from .network import Network
from .places import Special
from .releases import Release
from .steps import PRIMARY, fill, finding, follow, wait_said

pytestmark = pytest.mark.parametrize("log_level", ["notice"])


@pytest.mark.parametrize("whose", ["a-stranger", "a-neighbour"])
def test_replica_is_pointed_elsewhere(deploy: Deploy, hold: Hold, network: Network, whose: str) -> None:
    """Somebody lets a replica copy a server that no log is of: one at a public address, one beside it."""
    deployment, outside = deploy(network=network), deploy(network=network)
    primary = deployment.start(PRIMARY)
    replica = deployment.start("server-0", replica_of=primary)
    deployment.settle()
    host = network.add_stranger() if whose == "a-stranger" else network.add()
    other = outside.start("other", Special(host=host))
    fill(other, 10)
    network.introduce(host, deployment.host_of(replica))
    follow(replica, other)
    wait_for(lambda: other.syncs().full == 1, "it asked")
    wait_for(lambda: replica.info("replication")["master_link_status"] == "up", "it has copied")
    findings: Findings = {"rogue-primary": "warning" if whose == "a-stranger" else "none"}
    timeline = hold(deployment, findings=findings, whole=False)
    if whose == "a-stranger":
        found = finding(timeline, "rogue-primary")
        assert found.nodes == ("server-0",)
        assert other.address in found.summary


@pytest.mark.parametrize("when", ["after-a-sync", "at-its-start"])
def test_module_is_loaded(deploy: Deploy, hold: Hold, release: Release, when: str) -> None:
    """A module after a full resync is how open servers are broken into; one that is configured is not."""
    path = release.module()
    if path is None:
        pytest.skip(f"no module comes with Redis {release}")
    deployment = deploy(enable_module_command="yes")
    (deployment.folder / "graph.so").symlink_to(path)
    primary = deployment.start(PRIMARY)
    configured = {"loadmodule": "../graph.so"} if when == "at-its-start" else {}
    replica = deployment.start("server-0", replica_of=primary, **configured)
    deployment.settle()
    if when == "after-a-sync":
        replica.call("MODULE", "LOAD", str(deployment.folder / "graph.so"))
        wait_said(replica, "Module 'graph' loaded")
    severity: Outcome = "critical" if when == "after-a-sync" else "none"
    status = "degraded" if when == "after-a-sync" else "healthy"
    timeline = hold(deployment, status, findings={"rogue-primary": severity, "module-missing": "none"})
    if when == "after-a-sync":
        assert finding(timeline, "rogue-primary").nodes == ("server-0",)
