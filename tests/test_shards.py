"""Nodes of one Cluster: who failed by the majority's word, which shard is left alone, and that all are one Cluster."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from redislog import Verdict, replay

OLD, HEIR, VOTER, OTHER = ("b8" * 20, "11" * 20, "e9" * 20, "0a" * 20)
"""The node IDs of a primary that fails, of its replica, and of the primaries of two other shards."""
PRIMARY = "10.9.1.201:6379"
SHIFTED = (
    f"Setting secondary replication ID to {'3b1f' * 10}, valid up to offset: 30717. "
    f"New replication ID is {'90aa' * 10}"
)


class Words:
    """The lines of one release."""

    def __init__(self, *, named: bool, pair: str, primary: str) -> None:
        self._named, self._pair, self._primary = named, pair, primary

    def _id(self, node: str) -> str:
        return f"{node} ()" if self._named else node

    def fails(self, node: str) -> str:
        return f"Marking node {self._id(node)} as failing (quorum reached)."

    def is_told(self, node: str, by: str) -> str:
        return f"FAIL message received from {self._id(by)} about {self._id(node)}"

    def answers(self, node: str) -> str:
        return f"Clear FAIL state for node {self._id(node)}: is reachable again and nobody is serving its slots after some time."

    def tries(self, address: str) -> list[str]:
        return [f"Connecting to {self._primary} {address}", f"{self._pair} sync started"]


WORDS = pytest.mark.parametrize(
    "words",
    [
        Words(named=False, pair="MASTER <-> SLAVE", primary="MASTER"),
        Words(named=False, pair="MASTER <-> REPLICA", primary="MASTER"),
        Words(named=True, pair="MASTER <-> REPLICA", primary="MASTER"),
        Words(named=True, pair="PRIMARY <-> REPLICA", primary="PRIMARY"),
    ],
    ids=["Redis 4.0", "Redis 7.0", "Redis 7.2", "Valkey 9.0"],
)


def line(second: float, letter: str, message: str, pid: int) -> str:
    return f"{pid}:{letter} 10 Nov 2025 18:20:{second:06.3f} * {message}"


def log(pid: int, *messages: tuple[float, str, str]) -> list[str]:
    return [line(second, letter, message, pid) for second, letter, message in messages]


def heir(words: Words, *, alone: bool = True) -> list[str]:
    """The replica is refused, told of the failure, and elected; another replica may follow it."""
    messages = [
        *((8.396, "S", text) for text in words.tries(PRIMARY)),
        (8.397, "S", "Error condition on socket for SYNC: Connection refused"),
        (9.437, "S", words.is_told(OLD, VOTER)),
        (9.438, "S", "Start of election delayed for 526 milliseconds (rank #0, offset 30716)."),
        (9.967, "S", "Starting a failover election for epoch 7."),
        (9.972, "S", "Failover election won: I'm the new master."),
        (9.972, "M", SHIFTED),
        (9.973, "M", "Cluster state changed: ok"),
    ]
    if not alone:
        messages += [
            (11.0, "M", "Replica 10.9.1.202:6379 asks for synchronization"),
            (11.0, "M", "Full resync requested by replica 10.9.1.202:6379"),
            (12.0, "M", "Synchronization with replica 10.9.1.202:6379 succeeded"),
        ]
    return log(1368, *messages)


def voter(words: Words, pid: int, *more: tuple[float, str, str]) -> list[str]:
    return log(
        pid,
        (9.435, "M", words.fails(OLD) if pid % 2 else words.is_told(OLD, VOTER)),
        (9.435, "M", "Cluster state changed: fail"),
        (9.969, "M", f"Failover auth granted to {HEIR} for epoch 7"),
        (9.975, "M", "Cluster state changed: ok"),
        *more,
    )


def judged(**logs: Sequence[str]) -> Verdict:
    return replay(logs).verdict


def found(verdict: Verdict) -> dict[str, bool]:
    return {finding.code: finding.open for finding in verdict.findings}


@WORDS
@pytest.mark.parametrize("order", ["wxy", "yxw"])
def test_a_shard_that_failed_over_has_no_replica_left(words: Words, order: str) -> None:
    logs = {"w": heir(words), "x": voter(words, 1336), "y": voter(words, 1337)}
    timeline = replay({name: logs[name] for name in order})
    verdict = timeline.verdict
    assert verdict.status == "degraded"
    assert sorted(verdict.primaries) == ["w", "x", "y"]
    state = verdict.nodes[PRIMARY]
    assert (state.running, state.basis["running"]) == (False, "deduced")
    assert len(timeline.failovers) == 1
    assert found(verdict)["primary-unreachable"] is False
    assert {group.cluster for group in verdict.groups} == {min(OLD, VOTER)[:8]}
    assert len(verdict.groups) == 3
    (alone,) = [group for group in verdict.groups if group.status == "degraded"]
    assert sorted(alone.members) == [PRIMARY, "w"]


@WORDS
def test_a_shard_that_has_another_replica_is_well(words: Words) -> None:
    verdict = judged(w=heir(words, alone=False), x=voter(words, 1336))
    assert (verdict.status, verdict.nodes[PRIMARY].running) == ("healthy", False)


@WORDS
def test_the_heir_s_log_alone_says_so(words: Words) -> None:
    verdict = judged(w=heir(words))
    assert (verdict.status, verdict.primaries) == ("degraded", ("w",))
    assert verdict.nodes[PRIMARY].running is False


@WORDS
def test_a_failure_that_is_cleared_is_over(words: Words) -> None:
    back = [line(40.0, "M", words.answers(OLD), 1368)]
    verdict = judged(w=[*heir(words), *back])
    assert verdict.nodes.get(PRIMARY) is None or verdict.nodes[PRIMARY].running is not False


@WORDS
def test_where_two_fail_it_is_not_known_which_was_the_heir_s(words: Words) -> None:
    lines = heir(words)
    lines.insert(4, line(9.438, "S", words.is_told(OTHER, VOTER), 1368))
    verdict = judged(w=lines)
    assert PRIMARY not in verdict.nodes or verdict.nodes[PRIMARY].running is not False


@WORDS
def test_voters_alone_do_not_say_who_failed(words: Words) -> None:
    verdict = judged(x=voter(words, 1336), y=voter(words, 1337))
    assert set(verdict.nodes) == {"x", "y"}
    assert len({group.cluster for group in verdict.groups}) == 1


@WORDS
def test_two_clusters_in_one_capture_are_two(words: Words) -> None:
    text = "\n".join([*voter(words, 1336)])
    for old, new in ((OLD, "c7" * 20), (HEIR, "c8" * 20), (VOTER, "c9" * 20)):
        text = text.replace(old, new)
    verdict = judged(w=heir(words), x=voter(words, 1337), z=text.splitlines())
    clusters = {member: group.cluster for group in verdict.groups for member in group.members}
    assert clusters["w"] == clusters["x"] != clusters["z"] is not None


def test_servers_of_no_cluster_are_of_none() -> None:
    verdict = judged(p=log(7, (1.0, "M", "Ready to accept connections")))
    assert [group.cluster for group in verdict.groups] == [None]
