"""The verdict on a group: each status with what has it, and with what nearly has it and must not."""

from __future__ import annotations

from datetime import datetime

import pytest

from redislog import Hint, Timeline, Verdict, replay
from redislog.topology.status import ORDER, TABLE
from tests import logs
from tests.logs import OTHER, PRIMARY, REPLICA, line, told

PAIR = {"p": [*logs.start(0, "M"), *logs.serves(10)], "r": [*logs.start(9, "S"), *logs.full_sync(10)]}
"""A primary and a replica in sync."""


def status(verdict: Verdict) -> str:
    return verdict.status


def verdict_at(instant: str, **captures: list[str]) -> Verdict:
    return replay(captures).at(datetime.fromisoformat(f"2023-05-29T{instant}"))


def test_the_table_has_all_statuses_the_worst_first() -> None:
    assert ORDER == ("split-brain", "no-primary", "resync-loop", "degraded", "unknown", "healthy")
    assert all(row.meaning for row in TABLE)


# healthy


def test_a_primary_and_its_replica_in_sync_are_healthy() -> None:
    verdict = logs.verdict(**PAIR)
    assert (verdict.status, verdict.primary) == ("healthy", "p")
    assert (verdict.nodes["r"].in_sync, verdict.nodes["r"].primary) == (True, "p")


def test_a_lone_primary_that_never_had_a_replica_is_healthy() -> None:
    verdict = logs.verdict(p=logs.start(0, "M"))
    assert (verdict.status, verdict.primary) == ("healthy", "p")


def test_a_primary_s_log_alone_shows_its_replica_in_sync_by_deduction() -> None:
    verdict = logs.verdict(p=PAIR["p"])
    state = verdict.nodes[REPLICA]
    assert (verdict.status, state.in_sync, state.basis["in_sync"]) == ("healthy", True, "deduced")


def test_a_replica_s_log_alone_shows_its_primary_by_its_address() -> None:
    verdict = logs.verdict(r=PAIR["r"])
    assert (verdict.status, verdict.primary) == ("healthy", PRIMARY)
    assert (verdict.nodes[PRIMARY].role, verdict.nodes[PRIMARY].basis["role"]) == ("primary", "deduced")


def test_two_groups_that_share_nothing_are_healthy_each() -> None:
    verdict = logs.verdict(a=logs.start(0, "M"), b=logs.start(0, "M"))
    assert (verdict.status, len(verdict.groups), verdict.primary) == ("healthy", 2, None)
    assert verdict.primaries == ("a", "b")


def test_a_replica_that_came_back_is_healthy() -> None:
    verdict = logs.verdict(
        p=[*PAIR["p"], *logs.loses_replica(60), *logs.serves_partially(61)],
        r=[*PAIR["r"], *logs.loses_primary(60), *logs.partial_sync(61)],
    )
    assert verdict.status == "healthy"


def test_a_finished_failover_is_healthy() -> None:
    verdict = logs.verdict(
        old=[
            *logs.start(0, "M"),
            *logs.serves(10),
            *logs.is_demoted(60, REPLICA),
            *logs.partial_sync(60.1, REPLICA)[2:],
        ],
        new=[
            *logs.start(9, "S"),
            *logs.full_sync(10),
            *logs.is_promoted(59),
            *logs.serves_partially(60.1, PRIMARY),
        ],
    )
    assert (verdict.status, verdict.primary) == ("healthy", "new")


# split-brain


def test_a_promoted_replica_beside_a_primary_that_runs_on_is_a_split_brain() -> None:
    verdict = logs.verdict(p=[*PAIR["p"], *logs.loses_replica(60)], r=[*PAIR["r"], *logs.is_promoted(60)])
    assert (verdict.status, verdict.primary, verdict.primaries) == ("split-brain", None, ("p", "r"))


def test_two_primaries_of_the_same_replica_are_a_split_brain() -> None:
    first = [*logs.start(0, "M"), *logs.serves(10, OTHER)]
    second = [*logs.start(0, "M"), *logs.serves(20, OTHER, replid=logs.NEW_REPLID)]
    assert status(logs.verdict(a=first, b=second)) == "split-brain"


def test_a_replica_that_moved_from_one_primary_to_another_joins_no_split_brain() -> None:
    first = [*logs.start(0, "M"), *logs.serves(10, OTHER), *logs.loses_replica(19, OTHER)]
    second = [*logs.start(0, "M"), *logs.serves(20, OTHER, replid=logs.NEW_REPLID)]
    assert status(logs.verdict(a=first, b=second)) != "split-brain"


def test_a_promoted_replica_is_alone_where_the_old_primary_stopped() -> None:
    verdict = logs.verdict(p=[*PAIR["p"], *logs.stop(59, "M")], r=[*PAIR["r"], *logs.is_promoted(60)])
    assert verdict.status != "split-brain"
    assert verdict.primary == "r"


def test_a_promoted_replica_is_alone_where_the_old_primary_is_demoted() -> None:
    verdict = logs.verdict(
        p=[*PAIR["p"], *logs.is_demoted(61, REPLICA)],
        r=[*PAIR["r"], *logs.is_promoted(60)],
    )
    assert (verdict.status, verdict.primary) == ("degraded", "r")


def test_before_the_promotion_there_is_no_split_brain() -> None:
    captures = {"p": [*PAIR["p"], *logs.loses_replica(60)], "r": [*PAIR["r"], *logs.is_promoted(60)]}
    assert verdict_at("00:00:59", **captures).status == "healthy"
    assert verdict_at("00:01:01", **captures).status == "split-brain"


# no-primary


def test_replicas_that_are_all_refused_have_no_primary() -> None:
    verdict = logs.verdict(
        a=[*logs.start(0, "S"), *logs.full_sync(1), *logs.loses_primary(60), *logs.is_refused(61)],
        b=[*logs.start(0, "S"), *logs.full_sync(1), *logs.loses_primary(60), *logs.is_refused(61)],
    )
    assert verdict.status == "no-primary"
    assert (verdict.nodes[PRIMARY].running, verdict.nodes[PRIMARY].basis["running"]) == (False, "deduced")


def test_where_one_replica_still_reaches_it_the_primary_runs() -> None:
    verdict = logs.verdict(
        a=[*logs.start(0, "S"), *logs.full_sync(1), *logs.loses_primary(60), *logs.is_refused(61)],
        b=[*logs.start(0, "S"), *logs.full_sync(1), *logs.loses_primary(60), *logs.partial_sync(62)],
    )
    assert (verdict.status, verdict.nodes[PRIMARY].running) == ("degraded", True)


def test_a_primary_that_stopped_leaves_none() -> None:
    verdict = logs.verdict(
        p=[*PAIR["p"], *logs.stop(60, "M")], r=[*PAIR["r"], *logs.loses_primary(60), *logs.is_refused(61)]
    )
    assert (verdict.status, verdict.nodes["p"].running) == ("no-primary", False)


def test_a_primary_that_came_back_is_one() -> None:
    restarted = [*PAIR["p"], *logs.stop(60, "M"), *logs.start(70, "M"), *logs.serves(80)]
    replica = [*PAIR["r"], *logs.loses_primary(60), *logs.is_refused(61), *logs.full_sync(80)]
    assert status(logs.verdict(p=restarted, r=replica)) == "healthy"


def test_two_replicas_of_each_other_have_no_primary() -> None:
    hints = [Hint.given("a", PRIMARY), Hint.given("b", REPLICA)]
    captures = {
        "a": [*logs.start(0, "S"), *logs.connects(1, REPLICA)],
        "b": [*logs.start(0, "S"), *logs.connects(1, PRIMARY)],
    }
    assert replay(captures, hints=hints).verdict.status == "no-primary"


def test_a_chain_whose_top_is_a_replica_without_link_has_no_primary() -> None:
    middle = [*logs.start(0, "S"), *logs.full_sync(1, OTHER), *logs.serves(10, replid=None)]
    middle = [text.replace("1:M", "1:S") for text in middle]
    leaf = [*logs.start(9, "S"), *logs.full_sync(10)]
    lost = [*logs.loses_primary(60), *logs.is_refused(61, OTHER)]
    assert status(logs.verdict(middle=middle, leaf=leaf)) == "healthy"
    assert status(logs.verdict(middle=[*middle, *lost], leaf=leaf)) == "no-primary"


# resync-loop


def test_three_full_resyncs_in_a_row_are_a_loop() -> None:
    verdict = logs.verdict(
        r=[*logs.start(0, "S"), *(text for at in (1, 3, 5) for text in logs.loses_transfer(at))]
    )
    assert verdict.status == "resync-loop"


def test_two_are_none() -> None:
    verdict = logs.verdict(
        r=[*logs.start(0, "S"), *(text for at in (1, 3) for text in logs.loses_transfer(at))]
    )
    assert verdict.status == "degraded"


def test_a_loop_in_which_each_round_says_success_is_one() -> None:
    rounds = [[*logs.full_sync(at, took=10), *logs.loses_primary(at + 11)] for at in (1, 20, 40)]
    assert (
        status(logs.verdict(r=[*logs.start(0, "S"), *(text for each in rounds for text in each)]))
        == "resync-loop"
    )


def test_full_resyncs_with_quiet_times_between_them_are_none() -> None:
    rounds = [[*logs.full_sync(at, took=10), *logs.loses_primary(at + 300)] for at in (1, 600, 1200)]
    assert (
        status(logs.verdict(r=[*logs.start(0, "S"), *(text for each in rounds for text in each)]))
        == "degraded"
    )


def test_a_loop_that_settled_is_none() -> None:
    rounds = [text for at in (1, 3, 5) for text in logs.loses_transfer(at)]
    verdict = logs.verdict(
        r=[*logs.start(0, "S"), *rounds, *logs.full_sync(7), *told(3600, "S", "DB saved on disk")]
    )
    assert verdict.status == "healthy"


# degraded


@pytest.mark.parametrize(
    "end",
    [
        logs.loses_primary(60),
        [*logs.loses_primary(60), *logs.connects(61)],
        [*logs.loses_primary(60), *logs.asks_to_continue(61)],
        [*logs.loses_primary(60), *logs.asks(61), *logs.is_granted(62)],
        [*logs.loses_primary(60), *logs.asks(61), *logs.is_granted(62), *logs.receives(63), *logs.loads(64)],
        [*logs.loses_primary(60), *logs.lacks_password(61), *logs.lacks_password(62)],
        [
            *logs.loses_primary(60),
            *logs.connects(61)[:2],
            line(122, "S", "Timeout connecting to the MASTER...", "#"),
        ],
    ],
)
def test_a_replica_that_is_not_in_sync_degrades_its_group(end: list[str]) -> None:
    verdict = logs.verdict(p=PAIR["p"], r=[*PAIR["r"], *end])
    assert (verdict.status, verdict.nodes["r"].in_sync) == ("degraded", False)


def test_a_primary_that_answers_but_refuses_is_no_missing_primary() -> None:
    verdict = logs.verdict(
        r=[*logs.start(0, "S"), *(text for at in range(1, 9) for text in logs.lacks_password(at))]
    )
    assert verdict.status == "degraded"


def test_a_primary_that_is_loading_is_no_missing_primary() -> None:
    loading = "Error reply to PING from master: '-LOADING Redis is loading the dataset in memory'"
    verdict = logs.verdict(r=[*logs.start(0, "S"), *logs.connects(1)[:3], line(1.003, "S", loading, "#")])
    assert verdict.status == "degraded"


def test_a_primary_that_is_silent_is_no_missing_primary() -> None:
    verdict = logs.verdict(
        r=[*logs.start(0, "S"), *logs.full_sync(1), *logs.loses_primary(60), *logs.connects(61)[:2]]
    )
    assert verdict.status == "degraded"


def test_a_replica_that_the_primary_lost_degrades_its_group() -> None:
    verdict = logs.verdict(p=[*PAIR["p"], *logs.loses_replica(60)])
    state = verdict.nodes[REPLICA]
    assert (verdict.status, state.detached_from) == ("degraded", "p")
    assert (state.role, state.running, state.in_sync, state.primary) == ("unknown", None, None, None)


def test_a_replica_that_stopped_degrades_its_group() -> None:
    verdict = logs.verdict(p=[*PAIR["p"], *logs.loses_replica(60)], r=[*PAIR["r"], *logs.stop(60, "S")])
    assert (verdict.status, verdict.nodes["r"].running) == ("degraded", False)
    assert verdict.nodes["r"].in_sync is False


def test_a_silent_replica_that_the_primary_lost_is_not_in_sync() -> None:
    verdict = logs.verdict(p=[*PAIR["p"], *logs.loses_replica(60)], r=PAIR["r"])
    assert (verdict.status, verdict.nodes["r"].in_sync) == ("degraded", False)
    assert verdict.nodes["r"].basis["in_sync"] == "deduced"


def test_the_end_of_a_primary_s_log_is_no_end_of_its_replicas() -> None:
    later = told(3600, "S", "DB saved on disk")
    assert status(logs.verdict(p=PAIR["p"], r=[*PAIR["r"], *later])) == "healthy"


# unknown


def test_a_log_at_level_warning_does_not_say_whether_a_replica_is_in_sync() -> None:
    verdict = logs.verdict(r=logs.warnings_only([*logs.start(0, "S"), *logs.is_refused(1)]))
    assert verdict.nodes["r"].in_sync is None
    assert verdict.status == "unknown"


def test_the_same_log_at_level_notice_does() -> None:
    verdict = logs.verdict(r=[*logs.start(0, "S"), *logs.is_refused(1)])
    assert (verdict.nodes["r"].in_sync, verdict.status) == (False, "no-primary")


def test_beside_a_primary_s_log_it_is_still_not_said_which_of_its_replicas_that_is() -> None:
    verdict = logs.verdict(p=PAIR["p"], r=logs.warnings_only(PAIR["r"]))
    assert verdict.status == "unknown"


def test_a_start_alone_says_no_role() -> None:
    verdict = logs.verdict(r=logs.start(0, "M")[:3])
    assert (verdict.nodes["r"].role, verdict.status) == ("unknown", "unknown")


def test_nothing_at_all_is_unknown() -> None:
    assert Timeline().verdict.status == "unknown"
    assert replay({"a": []}).verdict.status == "unknown"


# the worst group decides


def test_the_worst_group_decides() -> None:
    verdict = logs.verdict(
        a=logs.start(0, "M"),
        b=[*logs.start(0, "S"), *logs.full_sync(1), *logs.loses_primary(60), *logs.is_refused(61)],
    )
    assert [group.status for group in verdict.groups] == ["no-primary", "healthy"]
    assert verdict.status == "no-primary"


def test_the_primary_of_a_replica_that_is_a_replica_itself_is_no_primary() -> None:
    """A chain: what one is connected to is a primary only where no line shows that it is a replica."""
    middle = [*logs.start(0, "S"), *logs.full_sync(1, OTHER)]
    middle += [text.replace("1:M", "1:S") for text in logs.serves(10, replid=None)]
    verdict = logs.verdict(middle=middle, leaf=[*logs.start(9, "S"), *logs.full_sync(10)])
    assert (verdict.primary, verdict.nodes["leaf"].primary) == (OTHER, "middle")
    assert verdict.nodes["middle"].role == "replica"


def test_a_sentinel_s_log_is_no_server_of_the_group() -> None:
    sentinel = [line(5, "X", "+sdown master mymaster 10.0.0.1 6379", "#")]
    assert list(logs.verdict(p=logs.start(0, "M"), s=sentinel).nodes) == ["p"]


def test_a_replica_that_was_granted_a_snapshot_is_in_state_sync_before_it_comes() -> None:
    """As the ROLE command says; where only the primary holds its request, it is still in its handshake."""
    granted = logs.verdict(r=[*logs.start(0, "S"), *logs.asks(1), *logs.is_granted(1.1)]).nodes["r"]
    assert (granted.phase, granted.link) == ("wait_bgsave", "sync")
    asked = logs.verdict(
        p=[*logs.start(0, "M"), *logs.is_asked(1.005)], r=[*logs.start(0, "S"), *logs.asks(1)]
    ).nodes["r"]
    assert (asked.phase, asked.link) == ("wait_bgsave", "handshake")


def test_attempts_of_two_lives_are_not_one() -> None:
    """The primary that the new life follows is named in its own lines."""
    lives = [
        *logs.start(0, "S"),
        *logs.is_refused(1),
        *logs.stop(2, "S"),
        *logs.start(3, "S"),
        *logs.is_refused(4),
    ]
    assert logs.verdict(r=lives).nodes["r"].primary == PRIMARY
