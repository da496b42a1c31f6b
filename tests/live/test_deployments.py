"""Whole deployments as Kubernetes has them: Services, a StatefulSet's split brain, several deployments in one capture."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

import redislog
from redislog.testing.simulate.truth import ServerTruth, Truth
from tests.test_sameness import of_a_node
from tests.truth import differences

from .conftest import Deploy, Hold
from .harness import Deployment, Server, wait_for
from .keeper import Keeper
from .network import Network
from .proxy import Proxy
from .releases import Release
from .steps import PRIMARY, REPLICAS, fill, finding, lists_replicas, start_all, wait_down, wait_said
from .truth import read_truth

pytestmark = pytest.mark.parametrize("log_level", ["notice"])

QUICK = {"repl_timeout": 3, "repl_ping_replica_period": 1}
PODS = tuple(f"redis-ha-server-{number}" for number in range(3))


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "stopped"])
def test_service_whose_endpoint_moves(deploy: Deploy, network: Network, by: signal.Signals) -> None:
    """All follow a Service address. The primary behind it ends, another one takes its place there, and is followed."""
    deployment = deploy(network=network, ports="same", **QUICK)
    heir = deployment.start(REPLICAS[0])
    primary = deployment.start(PRIMARY)
    service = network.service()
    primary.take(service)
    fill(primary, 100)
    other = deployment.start(REPLICAS[1])
    for replica in (heir, other):
        replica.call("REPLICAOF", service, primary.port)
    wait_for(lambda: primary.info("replication")["connected_slaves"] == 2, "both follow", seconds=40)
    deployment.settle()
    primary.end(by)
    wait_down(heir, other)
    heir.call("REPLICAOF", "NO", "ONE")
    primary.leave(service)
    heir.take(service)
    deployment.host_of(other).forget_neighbours()
    wait_for(lambda: sum(heir.syncs()) >= 1, "it is followed", seconds=60)
    deployment.settle()
    timeline = redislog.replay(deployment.captures())
    verdict = timeline.verdict
    assert verdict.status in ("degraded", "healthy")
    assert verdict.primaries == (heir.name,)
    assert verdict.nodes[primary.name].running is not True
    assert (verdict.nodes[other.name].primary, verdict.nodes[other.name].in_sync) == (heir.name, True)
    assert ("split-brain", "critical") not in {(each.code, each.severity) for each in verdict.findings}
    served = [each.replica for each in timeline.resyncs if each.primary == heir.name]
    assert served == [other.name] * sum(heir.syncs())


def test_a_frozen_primary_that_nobody_replaces(deploy: Deploy, hold: Hold) -> None:
    """It accepts connections and answers nobody, to the end; its replicas say so, and no line of its own does."""
    deployment = deploy(**QUICK)
    primary, *replicas = start_all(deployment)
    primary.freeze()
    wait_down(*replicas)
    verdict = hold(deployment, whole=False, findings={"repl-timeout": "critical"}).verdict
    assert verdict.primaries == ()
    assert verdict.nodes[primary.name].running is not True
    assert primary.name in str(verdict).splitlines()[0]


def test_stateful_set_in_a_lasting_split_brain(deploy: Deploy, hold: Hold) -> None:
    """Pod 0's Sentinel holds its own server for the primary, the others' hold pod 1's, and they never meet."""
    deployment = deploy()
    first, second, third = (deployment.start(name) for name in PODS)
    fill(first, 10)
    fill(second, 100)
    third.call("REPLICAOF", second.host, second.port)
    watched = (first, second, second)
    sentinels = [deployment.start_sentinel(server, 1, patience=30_000) for server in watched]
    for sentinel in sentinels[1:]:
        wait_for(
            partial(_knows_all, sentinel), f"{sentinel.name} knows the replica and the other", seconds=60
        )
    deployment.settle()
    keepers = [Keeper(deployment.servers[name], sentinels[n], n) for n, name in enumerate(PODS)]
    for server in (first, second):
        server.freeze()
    with Proxy(deployment) as proxy:
        # HAProxy tells of a server that comes up only where it has missed it before.
        wait_for(lambda: proxy.up() == set(), "HAProxy finds none", seconds=40)
        for server in (first, second):
            server.thaw()
        wait_for(lambda: proxy.up() == {"R0", "R1"}, "HAProxy sends clients to both", seconds=40)
        deployment.settle()
        named = [keeper.look() for _ in range(2) for keeper in keepers]
        assert set(named) == {first.host, second.host}
        beside = {
            f"{name}/split-brain-fix": keeper.capture for name, keeper in zip(PODS, keepers, strict=True)
        }
        capture, up = proxy.at_one_moment()
        timeline = hold(
            deployment,
            "split-brain",
            whole=False,
            beside={"haproxy": capture, **beside},
            findings={"split-brain": "critical", "proxy-two-primaries": "warning"},
        )
    assert up == {"R0", "R1"}
    assert set(timeline.verdict.primaries) == {first.name, second.name}
    assert len(timeline.verdict.groups) == 1
    assert set(finding(timeline, "split-brain").nodes) >= {first.name, second.name}


def _knows_all(sentinel: Server) -> bool:
    fields = sentinel.call("SENTINEL MASTER", "main")
    return lists_replicas(sentinel) == 1 and int(fields["num-other-sentinels"]) == 1


@pytest.fixture
def two(release: Release, log_level: str, tmp_path: Path) -> Iterator[dict[str, Deployment]]:
    """Two deployments whose servers are called alike, by their namespaces."""
    with ExitStack() as stack:
        found = {}
        for space in ("blue", "red"):
            (tmp_path / space).mkdir()
            made = Deployment(release, tmp_path / space, ports="distinct", loglevel=log_level)
            found[space] = stack.enter_context(made)
        yield found


@pytest.mark.parametrize("form", ["namespaces-in-one-capture", "a-capture-each", "a-node-s-folder"])
def test_two_deployments_of_one_name(two: dict[str, Deployment], tmp_path: Path, form: str) -> None:
    for deployment in two.values():
        start_all(deployment)
    for deployment in two.values():
        deployment.settle()
        for server in deployment.servers.values():
            # Each prints while the others do: of two that never do, nothing shows that one did not follow the other.
            server.call("BGSAVE")
            wait_said(server, "Background saving terminated with success")
    captures = {space: deployment.captures() for space, deployment in two.items()}
    timeline = redislog.replay(_in_form(captures, tmp_path, form))
    assert list(differences(timeline, _truth(two, timeline.nodes))) == []
    assert (timeline.verdict.status, len(timeline.verdict.groups)) == ("healthy", 2)


def _in_form(
    captures: Mapping[str, Mapping[str, bytes]], top: Path, form: str
) -> Path | dict[str, list[str]]:
    """What was captured, as stern, kubectl, or the node itself has it."""
    lines = {
        space: [(pod, line) for pod, capture in its.items() for line in capture.decode().splitlines()]
        for space, its in captures.items()
    }
    if form == "namespaces-in-one-capture":
        return {"all": [f"{space} {pod} redis {line}" for space, its in lines.items() for pod, line in its]}
    if form == "a-capture-each":
        return {space: [f"[pod/{pod}/redis] {line}" for pod, line in its] for space, its in lines.items()}
    folder = top / "captured" / "pods"
    for space, its in captures.items():
        for pod, capture in its.items():
            file = folder / f"{space}_{pod}_7f0b7a3c-2d4e-4b1a-9a55-0d6c3a1f9e11" / "redis" / "0.log"
            file.parent.mkdir(parents=True)
            file.write_text("".join(of_a_node(pod, line) + "\n" for line in capture.decode().splitlines()))
    return folder


def _truth(two: Mapping[str, Deployment], names: Iterable[str]) -> Truth:
    """The servers' word, by the names that redislog has for them: with the namespace where it is needed."""
    known = set(names)
    truth: dict[str, ServerTruth] = {}
    for space, deployment in two.items():
        called = {
            name: f"{space}/{name}" if f"{space}/{name}" in known else name for name in deployment.servers
        }
        for name, server in read_truth(deployment).items():
            primary = called.get(server.primary or "", server.primary)
            truth[called[name]] = server._replace(primary=primary)
    return truth


def test_twenty_deployments_in_one_capture(deploy: Deploy) -> None:
    """A primary and a replica each, all started within seconds; one in four has seen its replica promoted."""
    deployment = deploy(ports="same")
    pairs = []
    for number in range(20):
        primary = deployment.start(f"shop-{number}-redis-0")
        pairs.append((primary, deployment.start(f"shop-{number}-redis-1", replica_of=primary)))
    deployment.settle()
    for primary, replica in pairs[::4]:
        replica.call("REPLICAOF", "NO", "ONE")
        primary.call("REPLICAOF", replica.host, replica.port)
        wait_for(lambda replica=replica: sum(replica.syncs()) >= 1, "it is followed", seconds=60)  # type: ignore[misc]
    deployment.settle()
    lines = [
        f"[pod/{name}/redis] {line}"
        for name, capture in deployment.captures().items()
        for line in capture.decode().splitlines()
    ]
    timeline = redislog.replay({"all": lines})
    assert list(differences(timeline, read_truth(deployment))) == []
    assert (timeline.verdict.status, len(timeline.verdict.groups)) == ("healthy", 20)
