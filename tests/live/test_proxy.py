"""HAProxy in front of three servers: what its log says of where clients are sent is what HAProxy says itself."""

from __future__ import annotations

import signal

import pytest

import redislog
from redislog import Timeline
from tests.holding import Findings, Outcome

from .clocks import Clock
from .conftest import Deploy, Hold
from .harness import Deployment, Server, wait_for
from .names import NameServer
from .proxy import Proxy
from .steps import PRIMARY, finding, follow, start_all, wait_said
from .test_sentinel import named, start_watched, wait_switched

pytestmark = pytest.mark.parametrize("log_level", ["notice"])


WELL: Findings = {
    "proxy-disagrees": "none",
    "proxy-two-primaries": "none",
    "proxy-no-server": ("info", "none"),
}
"""After a failover HAProxy has one server; that it had none meanwhile it may have said."""


def wait_up(proxy: Proxy, *servers: str) -> None:
    """Wait until HAProxy holds these and no others for the primary."""
    wait_for(lambda: proxy.up() == set(servers), f"HAProxy has {servers} up")


def hold_both(
    hold: Hold,
    deployment: Deployment,
    proxy: Proxy,
    *,
    status: str,
    whole: bool = True,
    findings: Findings | None = None,
) -> Timeline:
    """Hold the servers' captures with HAProxy's against the servers, and its routes against its statistics."""
    capture, up = proxy.at_one_moment()
    timeline = hold(deployment, status, whole=whole, beside={"haproxy": capture}, findings=findings)
    assert {route.server for route in timeline.routes if not route.over} == up
    names = {f"R{number}": name for number, name in enumerate(deployment.servers)}
    assert all(route.node in (None, names[route.server]) for route in timeline.routes)
    assert "haproxy" not in timeline.verdict.nodes
    return timeline


def number_of(deployment: Deployment, server: Server) -> str:
    return f"R{list(deployment.servers).index(server.name)}"


def agreed(deployment: Deployment, proxy: Proxy) -> Server | None:
    """The server that Sentinels name, if it answers HAProxy as primary and most of them tell HAProxy so."""
    primary = named(deployment)
    if primary is None or proxy.up() != {number_of(deployment, primary)}:
        return None
    asked = proxy.up(f"check_if_redis_is_master_{number_of(deployment, primary)[1:]}")
    return primary if len(asked) >= 2 else None


def test_proxy_sentinel_failover(deploy: Deploy, hold: Hold) -> None:
    deployment = deploy()
    start_watched(deployment, patience=5000)
    with Proxy(deployment) as proxy:
        wait_for(lambda: agreed(deployment, proxy) is not None, "Sentinels and HAProxy agree", seconds=40)
        primary = agreed(deployment, proxy)
        assert primary is not None
        first = number_of(deployment, primary)
        primary.end(signal.SIGTERM)
        new = wait_switched(deployment, primary)
        deployment.settle()
        wait_up(proxy, number_of(deployment, new))
        timeline = hold_both(hold, deployment, proxy, status="healthy", whole=False, findings=WELL)
    assert [(each.server, each.node, each.over) for each in timeline.routes if each.server != first] == [
        (number_of(deployment, new), new.name, False)
    ]


def test_proxy_two_primaries(deploy: Deploy, hold: Hold) -> None:
    deployment = deploy()
    _, one, _ = start_all(deployment)
    with Proxy(deployment) as proxy:
        wait_up(proxy, "R0")
        one.call("REPLICAOF", "NO", "ONE")
        wait_up(proxy, "R0", "R1")
        deployment.settle()
        findings: Findings = {
            "proxy-two-primaries": "warning",
            "proxy-no-server": "none",
            "proxy-disagrees": "none",
        }
        hold_both(hold, deployment, proxy, status="split-brain", findings=findings)
        unnamed = redislog.replay({"haproxy": proxy.capture.split(b"announce-2\n")[1]})
    assert "proxy-two-primaries" in {each.code for each in unnamed.verdict.findings}


@pytest.mark.parametrize("ends", ["nobody", "another"])
def test_proxy_finds_nobody(deploy: Deploy, hold: Hold, ends: str) -> None:
    """That nobody was there before it saw any server come up is no news: so it is at a start."""
    deployment = deploy()
    primary, one, other = start_all(deployment)
    with Proxy(deployment) as proxy:
        wait_up(proxy, "R0")
        primary.end()
        wait_up(proxy)
        if ends == "nobody":
            findings: Findings = {"proxy-no-server": "critical"}
            timeline = hold_both(hold, deployment, proxy, status="no-primary", findings=findings)
            assert finding(timeline, "proxy-no-server").nodes == ("haproxy",)
            return
        one.call("REPLICAOF", "NO", "ONE")
        follow(other, one)
        wait_up(proxy, "R1")
        wait_for(lambda: sum(one.syncs()) == 1, "it asked")
        deployment.settle()
        one.end()
        wait_up(proxy)
        other.call("REPLICAOF", "NO", "ONE")
        wait_up(proxy, "R2")
        deployment.settle()
        findings = {"proxy-no-server": "info"}
        again = hold_both(hold, deployment, proxy, status="degraded", whole=False, findings=findings)
    assert PRIMARY in again.verdict.nodes


@pytest.mark.parametrize("for_", ["minutes", "a-moment"])
def test_proxy_disagrees(deploy: Deploy, hold: Hold, clock: Clock, for_: str) -> None:
    """HAProxy no longer asks the old primary, and sends clients to it although it is a replica."""
    deployment = deploy(clock=clock)
    primary, one, other = start_all(deployment)
    with Proxy(deployment) as proxy:
        wait_up(proxy, "R0")
        proxy.tell("disable health bk_redis_master/R0")
        one.call("REPLICAOF", "NO", "ONE")
        follow(other, one)
        follow(primary, one)
        wait_up(proxy, "R0", "R1")
        wait_for(lambda: sum(one.syncs()) == 2, "two have asked")
        deployment.settle()
        if for_ == "minutes":
            clock.forward(120)
            primary.call("BGSAVE")
            wait_said(primary, "Background saving terminated with success")
        severity: Outcome = "warning" if for_ == "minutes" else "none"
        findings: Findings = {"proxy-disagrees": severity, "proxy-two-primaries": "warning"}
        timeline = hold_both(hold, deployment, proxy, status="healthy", whole=False, findings=findings)
    if for_ == "minutes":
        assert finding(timeline, "proxy-disagrees").nodes == ("haproxy", PRIMARY)


@pytest.mark.parametrize("ends", ["in-service", "in-maintenance", "drained"])
def test_proxy_maintenance(deploy: Deploy, hold: Hold, ends: str) -> None:
    """The primary is taken out of service in HAProxy and put back, by hand; and taken out again."""
    deployment = deploy()
    start_all(deployment)
    with Proxy(deployment) as proxy:
        wait_up(proxy, "R0")
        states = {"in-service": (), "in-maintenance": ("maint",), "drained": ("drain",)}[ends]
        for state in ("maint", "ready", *states):
            proxy.tell(f"set server bk_redis_master/R0 state {state}")
            wait_up(proxy, *(["R0"] if state == "ready" else []))
        findings: Findings = {"proxy-no-server": ("info", "none") if ends == "in-service" else "critical"}
        status = "healthy" if ends == "in-service" else "degraded"
        timeline = hold_both(hold, deployment, proxy, status=status, findings=findings)
    last = timeline.routes[-1]
    assert (last.server, last.node, last.over) == ("R0", PRIMARY, ends != "in-service")
    if ends != "in-service":
        assert "set server bk_redis_master/R0 state ready" in finding(timeline, "proxy-no-server").advice


@pytest.mark.parametrize("then", ["it-moves", "it-is-gone"])
def test_proxy_server_by_name(deploy: Deploy, hold: Hold, then: str) -> None:
    """HAProxy knows the primary by a name, which is given to another server, or taken away."""
    deployment = deploy(ports="same")
    primary, one, other = start_all(deployment)
    with NameServer(primary.host) as names, Proxy(deployment, names) as proxy:
        wait_up(proxy, "R0")
        if then == "it-moves":
            one.call("REPLICAOF", "NO", "ONE")
            follow(other, one)
            follow(primary, one)
            wait_for(lambda: sum(one.syncs()) == 2, "two have asked")
            wait_up(proxy)
            names.address = one.host
            wait_up(proxy, "R0")
        else:
            names.address = None
            wait_up(proxy)
        deployment.settle()
        capture, up = proxy.at_one_moment()
        findings: Findings = {"proxy-no-server": "critical" if then == "it-is-gone" else ("info", "none")}
        beside = {"haproxy": capture}
        status = "degraded" if then == "it-is-gone" else "healthy"
        timeline = hold(deployment, status, whole=False, beside=beside, findings=findings)
    assert {route.server for route in timeline.routes if not route.over} == up
    nodes = [route.node for route in timeline.routes]
    assert nodes[0] == PRIMARY
    assert set(nodes[1:]) == ({one.name} if then == "it-moves" else set())
