"""Behind the address of a Service stands one primary after another; what a replica meant by it is known each time."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from redislog import Verdict, replay
from tests import logs

SERVICE, REPLICA = "10.96.44.5:6379", "10.42.0.12:6379"
FIRST, SECOND, THIRD = ("3b" * 20, "90" * 20, "c4" * 20)
NONE = "0" * 40


class Words:
    """The words of one release."""

    def __init__(self, primary: str, pair: str, replica: str) -> None:
        self.primary, self.pair, self.replica = primary, pair, replica


WORDS = pytest.mark.parametrize(
    "words",
    [
        Words("MASTER", "MASTER <-> SLAVE", "Slave"),
        Words("MASTER", "MASTER <-> REPLICA", "Replica"),
        Words("PRIMARY", "PRIMARY <-> REPLICA", "Replica"),
    ],
    ids=["Redis 4.0", "Redis 7.0", "Valkey 8.1"],
)
ADDRESS = pytest.mark.parametrize("service", [SERVICE, "orders-primary.shop.svc:6379", "[fd00::5]:6380"])


def line(second: float, letter: str, message: str) -> str:
    return f"1:{letter} 23 Nov 2025 01:{int(second // 60):02}:{second % 60:06.3f} * {message}"


def syncs(words: Words, begin: float, replid: str, service: str, asked: str | None = None) -> list[str]:
    """The replica's side of a full sync that takes 0.9 s."""
    low = words.primary.lower()
    request = (
        "Partial resynchronization not possible (no cached master)"
        if asked is None
        else f"Trying a partial resynchronization (request {asked}:28)."
    )
    return [
        line(begin - 0.001, "S", f"Connecting to {words.primary} {service}"),
        line(begin - 0.001, "S", f"{words.pair} sync started"),
        line(begin, "S", "Non blocking connect for SYNC fired the event."),
        line(begin, "S", f"{low.capitalize()} replied to PING, replication can continue..."),
        line(begin, "S", request),
        line(begin + 0.9, "S", f"Full resync from {low}: {replid}:28"),
        line(begin + 0.95, "S", f"{words.pair} sync: Finished with success"),
    ]


def loses(words: Words, at: float) -> list[str]:
    return [line(at, "S", f"Connection with {words.primary.lower()} lost.")]


def serves(
    words: Words, begin: float, replid: str, asked: str | None = None, ready: float = 0.1
) -> list[str]:
    """The primary's side, from its start on."""
    who = f"{words.replica.lower()} {REPLICA}"
    refused = (
        f"Partial resynchronization not accepted: Replication ID mismatch ({words.replica} asked for '{asked}', "
        f"my replication IDs are '{'c0' * 20}' and '{NONE}')"
    )
    return [
        line(ready, "M", "Ready to accept connections"),
        line(begin, "M", f"{words.replica} {REPLICA} asks for synchronization"),
        line(begin, "M", refused if asked is not None else f"Full resync requested by {who}"),
        line(begin, "M", f"Replication backlog created, my new replication IDs are '{replid}' and '{NONE}'"),
        line(begin + 0.92, "M", f"Synchronization with {who} succeeded"),
    ]


def judged(logs: dict[str, list[str]], order: Sequence[str] | None = None) -> Verdict:
    return replay({name: logs[name] for name in order or logs}).verdict


def moved_once(words: Words, service: str) -> dict[str, list[str]]:
    return {
        "a": serves(words, 5, FIRST),
        "b": [
            *syncs(words, 5, FIRST, service),
            *loses(words, 30),
            *syncs(words, 30.01, SECOND, service, FIRST),
        ],
        "c": serves(words, 30.01, SECOND, FIRST),
    }


@WORDS
@ADDRESS
def test_the_replica_follows_the_one_that_is_there_now(words: Words, service: str) -> None:
    logs = moved_once(words, service)
    for order in itertools.permutations(logs):
        verdict = judged(logs, order)
        assert set(verdict.nodes) == {"a", "b", "c"}
        assert (verdict.status, verdict.primary, verdict.primaries) == ("degraded", "c", ("c",))
        assert verdict.nodes["a"].running is None
        state = verdict.nodes["b"]
        assert (state.role, state.in_sync, state.primary) == ("replica", True, "c")
        found = {each.code: each.severity for each in verdict.findings}
        assert found["split-brain"] == "warning"


@WORDS
def test_one_that_says_that_it_ends_is_no_second_primary(words: Words) -> None:
    logs = moved_once(words, SERVICE)
    bye = [line(29.9, "M", "Redis is now ready to exit, bye bye...")]
    verdict = judged({**logs, "a": logs["a"] + bye})
    assert (verdict.primaries, verdict.nodes["a"].running) == (("c",), False)
    assert "split-brain" not in {each.code for each in verdict.findings}


@WORDS
def test_two_that_both_go_on_are_a_split_brain(words: Words) -> None:
    logs = moved_once(words, SERVICE)
    alive = [line(40, "M", "DB saved on disk")]
    verdict = judged({**logs, "a": logs["a"] + alive})
    assert (verdict.status, sorted(verdict.primaries)) == ("split-brain", ["a", "c"])


@WORDS
def test_each_sync_is_with_the_one_that_was_there(words: Words) -> None:
    logs = moved_once(words, SERVICE)
    logs["b"] += [*loses(words, 50), *syncs(words, 50.01, THIRD, SERVICE, SECOND)]
    logs["d"] = serves(words, 50.01, THIRD, SECOND)
    timeline = replay(logs)
    assert [(each.replica, each.primary) for each in timeline.resyncs] == [("b", "a"), ("b", "c"), ("b", "d")]
    assert timeline.verdict.nodes["b"].primary == "d"


@WORDS
def test_where_a_log_is_missing_the_address_stays_open(words: Words) -> None:
    logs = moved_once(words, SERVICE)
    for name in ("a", "c"):
        verdict = judged({each: lines for each, lines in logs.items() if each != name})
        assert verdict.nodes["b"].in_sync is True
        assert verdict.status != "split-brain"


def test_a_replica_that_takes_its_primary_s_place_behind_a_service_is_followed_there() -> None:
    """It was a replica there itself: what all its syncs say of the address holds until the primary ended."""
    captures = {
        "p": [
            *logs.start(0, "M"),
            *logs.serves(10),
            *logs.serves(15, logs.OTHER, replid=None),
            *logs.stop(60, "M"),
        ],
        "heir": [
            *logs.start(9, "S"),
            *logs.full_sync(10),
            *logs.loses_primary(60.01),
            *logs.is_promoted(61),
            *logs.serves_partially(62, logs.OTHER),
        ],
        "r": [*logs.start(14, "S"), *logs.full_sync(15), *logs.loses_primary(60.01), *logs.partial_sync(62)],
    }
    timeline = replay(captures)
    state = timeline.verdict.nodes["r"]
    assert (state.primary, state.in_sync) == ("heir", True)
    assert (timeline.verdict.primaries, timeline.verdict.nodes["p"].running) == (("heir",), False)
    assert [(each.replica, each.primary, each.kind) for each in timeline.resyncs] == [
        ("heir", "p", "full"),
        ("r", "p", "full"),
        ("r", "heir", "partial"),
    ]
