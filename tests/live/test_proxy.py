"""HAProxy in front of three servers: what its log says of where clients are sent is what HAProxy says itself."""

from __future__ import annotations

import signal

import pytest

import redislog
from redislog import Timeline

from .conftest import Deploy, Hold
from .harness import Deployment, Server, wait_for
from .proxy import Proxy
from .steps import PRIMARY, follow, start_all
from .test_sentinel import named, start_watched, wait_switched

pytestmark = pytest.mark.parametrize("log_level", ["notice"])


def wait_up(proxy: Proxy, *servers: str) -> None:
    """Wait until HAProxy holds these and no others for the primary."""
    wait_for(lambda: proxy.up() == set(servers), f"HAProxy has {servers} up")


def hold_both(
    hold: Hold, deployment: Deployment, proxy: Proxy, *, status: str, whole: bool = True
) -> Timeline:
    """Hold the servers' captures with HAProxy's against the servers, and its routes against its statistics."""
    capture, up = proxy.at_one_moment()
    timeline = hold(deployment, status, whole=whole, beside={"haproxy": capture})
    assert {route.server for route in timeline.routes if not route.over} == up
    names = {f"R{number}": name for number, name in enumerate(deployment.servers)}
    assert all(route.node in (None, names[route.server]) for route in timeline.routes)
    assert "haproxy" not in timeline.verdict.nodes
    return timeline


def codes(timeline: Timeline) -> set[str]:
    return {each.code for each in timeline.verdict.findings if each.severity != "info"}


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
        timeline = hold_both(hold, deployment, proxy, status="healthy", whole=False)
    assert [(each.server, each.node, each.over) for each in timeline.routes if each.server != first] == [
        (number_of(deployment, new), new.name, False)
    ]
    assert not codes(timeline) & {"proxy-disagrees", "proxy-two-primaries", "proxy-no-server"}


def test_proxy_two_primaries(deploy: Deploy, hold: Hold) -> None:
    deployment = deploy()
    _, one, _ = start_all(deployment)
    with Proxy(deployment) as proxy:
        wait_up(proxy, "R0")
        one.call("REPLICAOF", "NO", "ONE")
        wait_up(proxy, "R0", "R1")
        deployment.settle()
        timeline = hold_both(hold, deployment, proxy, status="split-brain")
        found = codes(timeline)
        unnamed = redislog.replay({"haproxy": proxy.capture.split(b"announce-2\n")[1]})
    assert found & {"proxy-two-primaries", "proxy-disagrees"} == {"proxy-two-primaries"}
    assert "proxy-two-primaries" in codes(unnamed)


def test_proxy_finds_nobody(deploy: Deploy, hold: Hold) -> None:
    deployment = deploy()
    primary, one, other = start_all(deployment)
    with Proxy(deployment) as proxy:
        wait_up(proxy, "R0")
        primary.end()
        wait_up(proxy)
        timeline = hold_both(hold, deployment, proxy, status="no-primary")
        assert "proxy-no-server" in codes(timeline)
        one.call("REPLICAOF", "NO", "ONE")
        follow(other, one)
        wait_up(proxy, "R1")
        deployment.settle()
        again = hold_both(hold, deployment, proxy, status="healthy", whole=False)
    assert "proxy-no-server" not in codes(again)
    assert PRIMARY in again.verdict.nodes
