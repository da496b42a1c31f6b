"""Servers that are meant to be one deployment are one group, though they never spoke to each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from redislog import Verdict, replay

ID = {number: f"{number}" * 40 for number in range(1, 7)}


class Pod:
    """What the containers of one pod print, on one day, in the words of one product."""

    def __init__(self, name: str, *, replica: str = "Replica", namespace: str = "shop") -> None:
        self.name = name
        self.namespace = namespace
        self._word = replica
        self.server: list[str] = []
        self.sentinel: list[str] = []

    def prints(self, at: str, message: str, letter: str = "M") -> Pod:
        self.server.append(f"1:{letter} 23 Nov 2025 {at} * {message}")
        return self

    def is_primary(self, at: str) -> Pod:
        return self.prints(at, "Ready to accept connections")

    def serves(self, at: str, replica: str) -> Pod:
        for message in (
            f"{self._word} {replica} asks for synchronization",
            f"Full resync requested by {self._word.lower()} {replica}",
            f"Synchronization with {self._word.lower()} {replica} succeeded",
        ):
            self.prints(at, message)
        return self

    def watches(self, at: str, group: str, primary: str, *more: str) -> Pod:
        host, port = primary.rsplit(":", 1)
        lines = [f"+monitor master {group} {host} {port} quorum 2", *more]
        self.sentinel += [f"1:X 23 Nov 2025 {at} # {line}" for line in lines]
        return self


def in_files(pods: Sequence[Pod]) -> dict[str, list[str]]:
    """One capture a container, called as `kubectl cp` scripts call them; the Sentinels' first."""
    found = {f"{pod.name}/sentinel": pod.sentinel for pod in pods if pod.sentinel}
    return found | {pod.name: pod.server for pod in pods if pod.server}


def with_prefixes(pods: Sequence[Pod]) -> dict[str, list[str]]:
    """One capture of all, as `kubectl logs --prefix` prints it."""
    return {
        "all": [
            f"[pod/{pod.name}/{container}] {line}"
            for pod in reversed(pods)
            for container, lines in (("redis", pod.server), ("sentinel", pod.sentinel))
            for line in lines
        ]
    }


def in_cri(pods: Sequence[Pod]) -> dict[str, list[str]]:
    """One capture of all, as stern prints it with namespaces."""
    return {
        "all": [
            f"{pod.namespace} {pod.name} {container} {line}"
            for pod in pods
            for container, lines in (("sentinel", pod.sentinel), ("redis", pod.server))
            for line in lines
        ]
    }


FORMS = [in_files, with_prefixes, in_cri]
Form = Callable[[Sequence[Pod]], dict[str, list[str]]]


def judged(form: Form, *pods: Pod) -> Verdict:
    return replay(form(pods)).verdict


def codes(verdict: Verdict) -> set[str]:
    return {f"{finding.severity} {finding.code}" for finding in verdict.findings}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("word", ["Replica", "Slave"])
@pytest.mark.parametrize("stem", ["argocd-redis-ha-server", "cache-valkey-node", "db"])
def test_two_primaries_whose_sentinels_watch_one_group_are_a_split_brain(
    form: Form, word: str, stem: str
) -> None:
    first = Pod(f"{stem}-0", replica=word).is_primary("01:31:03.657")
    first.watches("01:31:03.837", "orders", "10.43.8.161:6379")
    other = Pod(f"{stem}-2", replica=word).serves("01:30:14.198", "10.43.117.5:6379")
    other.prints("01:36:19.130", "1 changes in 3600 seconds. Saving...")
    other.watches("01:30:34.900", "orders", "10.43.240.86:6379")
    knowing = f"+sentinel sentinel {ID[1]} 10.43.8.161 26379 @ orders 10.43.240.86 6379"
    first.sentinel.insert(0, f"1:X 23 Nov 2025 01:31:03.830 # Sentinel ID is {ID[1]}")
    other.sentinel.append(f"1:X 23 Nov 2025 01:31:05.000 * {knowing}")
    for pods in ((first, other), (other, first)):
        verdict = judged(form, *pods)
        assert verdict.status == "split-brain"
        assert sorted(verdict.primaries) == [first.name, other.name]
        assert "critical split-brain" in codes(verdict)
        (group,) = verdict.groups
        assert (group.kind, group.name) == ("sentinel", "orders")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("stem", ["argocd-redis-ha-server", "shop-redis", "valkey-node"])
def test_two_primaries_of_one_workload_that_replicates_are_a_split_brain(form: Form, stem: str) -> None:
    first = Pod(f"{stem}-1").is_primary("01:31:03.657")
    other = Pod(f"{stem}-0").serves("01:31:14.198", "10.43.117.5:6379")
    verdict = judged(form, first, other)
    assert (verdict.status, len(verdict.groups)) == ("split-brain", 1)
    assert (verdict.groups[0].kind, verdict.groups[0].name) == ("workload", stem)


def test_containers_of_one_compose_service_are_a_split_brain() -> None:
    lines = [*Pod("redis-1").is_primary("01:31:03.657").server]
    others = Pod("redis-2").serves("01:31:14.198", "172.18.0.4:6379").server
    text = [f"redis-1  | {line}" for line in lines] + [f"redis-2  | {line}" for line in others]
    assert replay({"compose": text}).verdict.status == "split-brain"


def test_two_servers_that_one_haproxy_sends_clients_to_are_a_split_brain() -> None:
    """It asks each of them, and both answer that they are primaries."""
    proxy = [
        f"[WARNING]  (17) : Server bk_redis_master/R{number} is UP, reason: Layer7 check passed, code: 0, "
        'info: "(tcp-check)", check duration: 1ms. '
        f"{number + 1} active and 0 backup servers online. 0 sessions requeued, 0 total in queue."
        for number in (0, 1)
    ]
    servers = (
        Pod("x-redis-ha-server-0").is_primary("01:31:03.657"),
        Pod("x-redis-ha-server-1").is_primary("01:31:04.657"),
    )
    captures = {**in_files(servers), "x-redis-ha-haproxy-5d8c9c8b7-x2x9z": proxy}
    verdict = replay(captures).verdict
    assert verdict.status == "split-brain"
    assert {bond.kind for bond in verdict.groups[0].because} >= {"proxy"}


@pytest.mark.parametrize("form", FORMS)
def test_servers_of_one_workload_without_replication_are_apart(form: Form) -> None:
    verdict = judged(form, *(Pod(f"redis-cache-{n}").is_primary(f"01:31:0{n}.657") for n in range(3)))
    assert (verdict.status, len(verdict.groups)) == ("healthy", 3)


@pytest.mark.parametrize("form", FORMS)
def test_shards_of_a_cluster_are_apart(form: Form) -> None:
    pods = [
        Pod(f"redis-{n}")
        .prints("01:31:00.000", "Running mode=cluster, port=6379.")
        .serves("01:31:14.198", f"10.43.117.{n}:6379")
        for n in range(3)
    ]
    verdict = judged(form, *pods)
    assert (verdict.status, len(verdict.groups)) == ("healthy", 3)


def test_deployments_of_one_name_in_other_namespaces_are_apart() -> None:
    pods = [
        Pod(f"redis-ha-server-{n}", namespace=namespace)
        .serves(f"01:31:1{n}.198", f"10.{place}.0.{n + 5}:6379")
        .watches("01:31:20.000", "mymaster", f"10.{place}.0.{n}:6379")
        for place, namespace in enumerate(("red", "blue"))
        for n in (0,)
    ]
    verdict = judged(in_cri, *pods)
    assert (verdict.status, len(verdict.groups)) == ("healthy", 2)


def test_sentinels_of_one_group_name_that_do_not_know_each_other_are_apart() -> None:
    """Every deployment's group may be called mymaster."""
    one = Pod("north-0").is_primary("01:31:03.657").watches("01:31:03.837", "mymaster", "10.1.0.1:6379")
    other = Pod("south-0").is_primary("01:31:03.657").watches("01:31:03.837", "mymaster", "10.2.0.1:6379")
    verdict = judged(in_files, one, other)
    assert (verdict.status, len(verdict.groups)) == ("healthy", 2)
