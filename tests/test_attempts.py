"""A replica's attempts to get in sync: which are one with a count, and which stay apart."""

from __future__ import annotations

import pytest

from redislog import replay
from tests import logs
from tests.logs import PRIMARY, REPLICA, folded


@pytest.mark.parametrize("failure", [logs.is_refused, logs.lacks_password])
def test_attempts_that_fail_alike_are_one_with_a_count(failure: object) -> None:
    assert callable(failure)
    few = folded(logs.start(0, "S"), *(failure(number) for number in range(1, 4)))
    many = folded(logs.start(0, "S"), *(failure(number) for number in range(1, 2001)))
    (attempt,) = many.attempts
    assert attempt.count == 2000
    assert attempt.last_start is not None
    assert (attempt.start.time % 86400, attempt.last_start.time % 86400) == (1, 2000)
    for name in ("attempts", "links", "points", "roles", "runs", "gaps", "lineage"):
        assert len(getattr(many, name)) == len(getattr(few, name)), name


def test_attempts_that_fail_in_different_ways_stay_apart() -> None:
    history = folded(logs.start(0, "S"), logs.is_refused(1), logs.lacks_password(2), logs.is_refused(3))
    assert [attempt.count for attempt in history.attempts] == [1, 1, 1]


def test_attempts_at_different_addresses_stay_apart() -> None:
    history = folded(
        logs.start(0, "S"), logs.is_refused(1), logs.is_refused(2, REPLICA), logs.is_refused(3, REPLICA)
    )
    assert [(str(attempt.primary), attempt.count) for attempt in history.attempts] == [
        (PRIMARY, 1),
        (REPLICA, 2),
    ]


def test_an_attempt_that_is_given_up_for_another_server_is_one_of_its_own() -> None:
    """Nothing was asked yet."""
    history = folded(logs.start(0, "S"), logs.connects(1)[:3], logs.full_sync(2, REPLICA))
    assert [(str(attempt.primary), attempt.kind) for attempt in history.attempts] == [
        (PRIMARY, None),
        (REPLICA, "full"),
    ]


@pytest.mark.parametrize("lines", [2, 3, 4], ids=["connecting", "connected", "greeted"])
def test_a_replica_that_is_told_to_follow_another_while_it_connects_is_one_server(lines: int) -> None:
    """From 6.2 on it says first that it connects, and then that it was told to."""
    to_another = [*logs.connects(2, REPLICA)[:2], logs.is_demoted(2.01, REPLICA)[-1]]
    log = [*logs.start(0, "S"), *logs.connects(1)[:lines], *to_another]
    timeline = replay({"server": log})
    assert timeline.nodes == ("server",)
    assert timeline.verdict.nodes["server"].primary == REPLICA


@pytest.mark.parametrize("between", [logs.is_promoted(2), logs.start(2, "S")], ids=["promotion", "restart"])
def test_attempts_with_a_promotion_or_a_restart_between_them_stay_apart(between: list[str]) -> None:
    history = folded(logs.start(0, "S"), logs.is_refused(1), between, logs.is_refused(3))
    assert [attempt.count for attempt in history.attempts] == [1, 1]
    assert (history.links[-1].phase, str(history.links[-1].primary)) == ("connect", PRIMARY)


def test_failed_full_resyncs_are_never_folded() -> None:
    history = folded(logs.start(0, "S"), *(logs.loses_transfer(at) for at in (1, 3, 5)))
    assert [attempt.kind for attempt in history.attempts] == ["full"] * 3


def test_a_success_after_repeated_failures_is_an_attempt_of_its_own() -> None:
    refused = [logs.is_refused(number) for number in range(1, 100)]
    history = folded(logs.start(0, "S"), *refused, logs.full_sync(100))
    assert [(attempt.count, attempt.finished is not None) for attempt in history.attempts] == [
        (99, False),
        (1, True),
    ]
    assert history.links[-1].phase == "connected"
