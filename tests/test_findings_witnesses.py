"""Findings on Sentinels and on Cluster."""

from __future__ import annotations

from tests import logs
from tests.found import PAIR, absent, alone
from tests.logs import line, seen_by_sentinel

START = logs.sentinel_starts(5)
LATER = [seen_by_sentinel(600, "+new-epoch 9")]


def test_a_suspicion_that_no_quorum_shares_is_found() -> None:
    alone_ = [*START, *logs.sentinel_suspects(60, quorum=False)]
    found = alone("sentinel-no-quorum", s=[*alone_, *LATER])
    assert (found.severity, found.nodes) == ("critical", ("s", "10.0.0.1:6379"))


def test_the_other_logs_tell_how_long_a_silent_sentinel_waits() -> None:
    waits = [*START, *logs.sentinel_suspects(60, quorum=False)]
    later = [*PAIR["p"], line(90, "M", "10 changes in 300 seconds. Saving...")]
    assert "30 s" in alone("sentinel-no-quorum", p=later, s=waits).summary


def test_a_suspicion_that_passed_or_that_a_quorum_shares_is_not() -> None:
    passed = [
        *logs.sentinel_suspects(60, quorum=False),
        seen_by_sentinel(63, "-sdown master mymaster 10.0.0.1 6379"),
    ]
    assert absent("sentinel-no-quorum", s=[*START, *passed, *LATER])
    assert absent("sentinel-no-quorum", s=[*START, *logs.sentinel_suspects(60), *LATER])
    assert absent("sentinel-no-quorum", s=[*START, *logs.sentinel_suspects(60, quorum=False)])


def test_too_few_sentinels_for_a_failover_are_found_before_it_is_needed() -> None:
    down = f"sdown sentinel {logs.QUORUM[-1]} 10.0.0.20 26379 @ mymaster 10.0.0.1 6379"
    found = alone("sentinel-no-quorum", s=[*START, seen_by_sentinel(60, f"+{down}")])
    assert (found.severity, "1 of 2" in found.summary) == ("warning", True)
    found_anew = seen_by_sentinel(62, logs.sentinel_starts(60)[-1].split("# ", 1)[1])
    assert absent("sentinel-no-quorum", s=[*START, seen_by_sentinel(60, f"+{down}"), found_anew])
    back = seen_by_sentinel(61, f"-{down}")
    assert absent("sentinel-no-quorum", s=[*START, seen_by_sentinel(60, f"+{down}"), back])


def test_tilt_is_found_and_is_info_once_it_is_over() -> None:
    begun = [*START, seen_by_sentinel(60, "+tilt #tilt mode entered")]
    assert alone("sentinel-tilt", s=begun).severity == "warning"
    over = [*begun, seen_by_sentinel(90, "-tilt #tilt mode exited")]
    assert alone("sentinel-tilt", s=over).severity == "info"
    assert absent("sentinel-tilt", s=START)


def test_a_failover_that_was_given_up_is_found_with_the_reason() -> None:
    tried = [
        *START,
        *logs.sentinel_suspects(60),
        *logs.sentinel_tries(61),
        *logs.sentinel_gives_up(70, "no-good-slave"),
    ]
    found = alone("failover-aborted", s=tried)
    assert (found.severity, "no replica was fit" in found.summary) == ("critical", True)
    assert alone("failover-aborted", s=[*tried, *logs.sentinel_leads(120)]).severity == "info"
    assert absent("failover-aborted", s=[*START, *logs.sentinel_leads(61)])


def test_a_failover_that_another_sentinel_brought_to_its_end_is_info() -> None:
    tried = [*START, *logs.sentinel_tries(66), *logs.sentinel_gives_up(76)]
    other = [*logs.sentinel_starts(5, 1), *logs.sentinel_leads(66, 1)]
    assert alone("failover-aborted", s=tried, t=other).severity == "info"


def test_a_failover_command_that_came_to_nothing_is_found() -> None:
    aborted = line(60, "M", "FAILOVER to 10.0.0.2:6379 aborted: Replica never caught up before timeout")
    assert "never caught up" in alone("failover-aborted", p=[*PAIR["p"], aborted]).summary
    requested = line(60, "M", "FAILOVER requested to 10.0.0.2:6379.")
    assert absent("failover-aborted", p=[*PAIR["p"], requested])


def test_a_sentinel_that_names_a_replica_as_the_primary_is_found() -> None:
    switched = [*START, seen_by_sentinel(60, "+switch-master mymaster 10.0.0.1 6379 10.0.0.2 6379")]
    found = alone("sentinel-disagrees", **PAIR, s=[*switched, *LATER])
    assert found.nodes == ("s", "r")
    assert absent("sentinel-disagrees", **PAIR, s=[*START, *LATER])


def test_a_server_that_a_sentinel_replaced_and_that_stays_primary_is_found() -> None:
    switched = [*START, seen_by_sentinel(60, "+switch-master mymaster 10.0.0.1 6379 10.0.0.3 6379")]
    found = alone("sentinel-disagrees", **PAIR, s=[*switched, *LATER])
    assert (found.severity, found.nodes) == ("warning", ("s", "p"))
    assert absent("sentinel-disagrees", **PAIR, s=switched)
    stopped = {**PAIR, "p": [*PAIR["p"], *logs.stop(59, "M")]}
    assert absent("sentinel-disagrees", **stopped, s=[*switched, *LATER])


def test_sentinels_that_name_different_primaries_are_found_once_the_news_had_time() -> None:
    switched = [*START, seen_by_sentinel(60, "+switch-master mymaster 10.0.0.1 6379 10.0.0.2 6379")]
    other = logs.sentinel_starts(5, 1)
    assert alone("sentinel-disagrees", s=[*switched, *LATER], t=[*other, *LATER]).nodes == ("s", "t")
    assert absent("sentinel-disagrees", s=switched, t=other)


def test_a_name_that_sentinel_cannot_resolve_is_found() -> None:
    unknown = seen_by_sentinel(1, "Failed to resolve hostname 'redis-0.redis'")
    assert "redis-0.redis" in alone("sentinel-hostname", s=[unknown]).summary
    assert alone("sentinel-hostname", s=[unknown, *START]).severity == "info"
    assert absent("sentinel-hostname", s=START)


# Cluster


def test_a_cluster_that_is_down_is_found_and_is_info_once_it_is_up() -> None:
    down = [*PAIR["p"], line(60, "M", "Cluster state changed: fail", "#")]
    assert alone("cluster-down", p=down).severity == "critical"
    up = line(90, "M", "Cluster state changed: ok", "#")
    assert alone("cluster-down", p=[*down, up]).severity == "info"
    assert absent("cluster-down", p=[*PAIR["p"], up])


def test_a_cluster_failover_that_is_denied_is_found_with_the_reason() -> None:
    candidate = "b" * 40
    own = line(9, "S", f"Node configuration loaded, I'm {candidate}")
    denied = line(60, "M", f"Failover auth denied to {candidate}: its master is up", "#")
    captures = {"p": [*PAIR["p"], denied], "r": [*PAIR["r"][:3], own, *PAIR["r"][3:]]}
    found = alone("cluster-failover-denied", **captures)
    assert (found.severity, found.nodes, "its primary is up" in found.summary) == (
        "critical",
        ("r", "p"),
        True,
    )
    won = line(70, "S", "Failover election won: I'm the new master.", "#")
    assert alone("cluster-failover-denied", p=captures["p"], r=[*captures["r"], won]).severity == "info"
    granted = line(60, "M", f"Failover auth granted to {candidate} for epoch 7", "#")
    assert absent("cluster-failover-denied", p=[*PAIR["p"], granted], r=captures["r"])


def test_a_replica_with_data_that_is_too_old_to_take_over_is_found() -> None:
    message = (
        "Currently unable to failover: Disconnected from master for longer than allowed. "
        "Please check the 'cluster-replica-validity-factor' configuration option."
    )
    found = alone("cluster-failover-denied", r=[*PAIR["r"], line(60, "S", message, "#")])
    assert "cluster-replica-validity-factor" in found.advice


def test_sentinels_that_are_down_and_were_not_listed_are_counted() -> None:
    """The head of the log, in which they are listed, may be cut off."""
    down = [
        seen_by_sentinel(
            60, f"+sdown sentinel {str(number) * 40} 10.0.0.{number} 26379 @ mymaster 10.0.0.1 6379"
        )
        for number in (1, 2, 3)
    ]
    switched = seen_by_sentinel(50, "+switch-master mymaster 10.0.0.2 6379 10.0.0.1 6379")
    found = alone("sentinel-no-quorum", s=[switched, *down, *LATER])
    assert "reaches 1 of 4 Sentinels" in found.summary
