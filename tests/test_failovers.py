"""Failovers as one object, and Sentinels, which are no servers, but say what they see."""

from __future__ import annotations

from datetime import datetime

from redislog import Failover, Timeline, replay
from tests import logs
from tests.logs import REPLICA, line

PAIR = {"p": [*logs.start(0, "M"), *logs.serves(10)], "r": [*logs.start(9, "S"), *logs.full_sync(10)]}
SENTINEL = [*logs.sentinel_starts(5), *logs.sentinel_suspects(65), *logs.sentinel_leads(66)]


def promoted_by_sentinel(at: float) -> list[str]:
    """The replica is told by the Sentinel to be a primary."""
    lines = logs.is_promoted(at)
    client = logs.CLIENT.replace("name=", f"name=sentinel-{logs.QUORUM[0][:8]}-cmd")
    return [*lines[:-1], line(at, "M", f"MASTER MODE enabled (user request from '{client}')")]


def only(timeline: Timeline) -> Failover:
    (found,) = timeline.failovers
    return found


def teller(failover: Failover, step: str) -> str:
    """The log that tells a step."""
    (line,) = failover.because[step]
    return line.source


def test_a_promotion_by_hand_names_the_client_and_nothing_more() -> None:
    found = only(replay({**PAIR, "r": [*PAIR["r"], *logs.is_promoted(60)]}))
    assert (found.node, found.old_primary, found.asked_by) == ("r", "p", "10.0.0.9:50000")
    assert (found.planned, found.detected, found.elected) == (True, None, None)
    assert found.seconds_without_primary == 0.0
    assert teller(found, "promoted") == "r"
    assert found.promoted == datetime(2023, 5, 29, 0, 1)


def test_a_promotion_by_hand_after_the_primary_was_lost_is_not_planned() -> None:
    lost = [*PAIR["r"], *logs.loses_primary(58), *logs.is_refused(59), *logs.is_promoted(60)[2:]]
    found = only(replay({**PAIR, "r": lost}))
    assert (found.planned, found.seconds_without_primary) == (False, 2.0)


def test_a_failover_command_is_asked_of_the_old_primary_which_takes_no_writes_meanwhile() -> None:
    asked = [
        line(60, "M", f"FAILOVER requested to {REPLICA}."),
        line(61, "M", f"Failover target {REPLICA} is synced, failing over."),
    ]
    promoted = [
        *logs.is_promoted(61)[:-1],
        line(61, "M", f"MASTER MODE enabled (failover request from '{logs.CLIENT}')"),
    ]
    captures = {"p": [*PAIR["p"], *asked, *logs.is_demoted(61, REPLICA)[:-1]], "r": [*PAIR["r"], *promoted]}
    found = only(replay(captures))
    assert (found.planned, found.asked_by, found.seconds_without_primary) == (True, "p", 1.0)
    assert found.requested is not None
    assert teller(found, "requested") == "p"
    alone = only(replay({"r": captures["r"]}))
    assert (alone.planned, alone.requested, alone.seconds_without_primary) == (True, None, 0.0)


def test_a_frozen_primary_was_none_since_sentinels_missed_it() -> None:
    """Its replica's link ends with the promotion only; it is the Sentinel that lost the primary before."""
    found = only(replay({**PAIR, "r": [*PAIR["r"], *promoted_by_sentinel(67)], "s": SENTINEL}))
    assert found.seconds_without_primary == 2.0


def test_a_failover_by_sentinel_is_one_object_with_all_its_steps() -> None:
    lost = [*PAIR["r"], *logs.loses_primary(60), *promoted_by_sentinel(67)]
    served = logs.serves_partially(68, "10.0.0.3:6379")
    found = only(replay({"p": PAIR["p"], "r": [*lost, *served], "s": SENTINEL}))
    assert (found.node, found.old_primary, found.asked_by) == ("r", "p", "Sentinel s")
    assert found.planned is False
    assert found.seconds_without_primary == 7.0
    steps = ["suspected", "detected", "elected", "promoted", "attached"]
    assert [teller(found, step) for step in steps] == ["s", "s", "s", "r", "r"]
    steps_at = [found.suspected, found.detected, found.elected, found.promoted, found.attached]
    times = [step for step in steps_at if step is not None]
    assert len(times) == 5
    assert times == sorted(times)
    assert {each.source for each in found.evidence} == {"r", "s"}


def test_several_sentinels_tell_of_one_failover() -> None:
    other = [
        *logs.sentinel_starts(5, 1),
        *logs.sentinel_suspects(65.2),
        logs.seen_by_sentinel(66.01, f"+vote-for-leader {logs.QUORUM[0]} 1"),
        logs.seen_by_sentinel(68.5, "+switch-master mymaster 10.0.0.1 6379 10.0.0.2 6379"),
    ]
    found = only(replay({"s": SENTINEL, "t": other}))
    assert (found.node, found.old_primary, found.planned) == (REPLICA, "10.0.0.1:6379", False)
    assert found.seconds_without_primary == 2.0
    assert found.elected is not None
    assert teller(found, "elected") == "s"


def test_a_failover_that_a_user_ordered_is_planned() -> None:
    ordered = logs.seen_by_sentinel(65.9, "Executing user requested FAILOVER of 'mymaster'")
    found = only(replay({"s": [*logs.sentinel_starts(5), ordered, *logs.sentinel_leads(66)]}))
    assert (found.planned, found.detected) == (True, None)


def test_switches_back_and_forth_are_failovers_of_their_own() -> None:
    back = logs.seen_by_sentinel(100, "+switch-master mymaster 10.0.0.2 6379 10.0.0.1 6379")
    again = logs.seen_by_sentinel(150, "+switch-master mymaster 10.0.0.1 6379 10.0.0.2 6379")
    timeline = replay({"s": [*SENTINEL, back, again]})
    assert [each.node for each in timeline.failovers] == [REPLICA, "10.0.0.1:6379", REPLICA]
    assert [each.detected is not None for each in timeline.failovers] == [True, False, False]


def test_the_writes_that_nobody_else_has_are_counted() -> None:
    refused = (
        "Partial resynchronization not accepted: Requested offset for second ID was 10100, "
        "but I can reply up to 10000"
    )
    asked = logs.serves(80, "10.0.0.1:6379", replid=None)
    lines = [*PAIR["r"], *logs.is_promoted(60), asked[0], line(80.005, "M", refused), *asked[1:]]
    assert only(replay({"r": lines})).offset_lost == 100


def test_a_replica_that_restarts_as_a_primary_was_not_failed_over_to() -> None:
    assert replay({"r": [*PAIR["r"], *logs.stop(60, "S"), *logs.start(70, "M")]}).failovers == ()


def test_a_cluster_node_that_wins_an_election_is_a_failover() -> None:
    old, own = "a" * 40, "b" * 40
    lines = [
        *PAIR["r"],
        line(60, "S", f"FAIL message received from {'c' * 40} about {old}"),
        line(60.1, "S", "Start of election delayed for 500 milliseconds (rank #0, offset 700).", "#"),
        line(60.6, "S", "Starting a failover election for epoch 7.", "#"),
        line(60.7, "S", "Failover election won: I'm the new master.", "#"),
        line(60.7, "S", "configEpoch set to 7 after successful failover", "#"),
        line(60.7, "M", "Discarding previously cached master state."),
        line(60.7, "M", "Cluster state changed: ok", "#"),
    ]
    cluster = line(9, "S", f"No cluster configuration found, I'm {own}")
    found = only(
        replay(
            {
                "p": [*PAIR["p"], line(50, "M", f"Node configuration loaded, I'm {old}")],
                "r": [*lines[:3], cluster, *lines[3:]],
            }
        )
    )
    assert (found.node, found.old_primary, found.planned, found.asked_by) == ("r", "p", False, "r")
    assert found.detected is not None
    assert found.elected is not None


# Sentinels


def test_a_sentinel_is_an_observer_and_no_server() -> None:
    timeline = replay({**PAIR, "s": SENTINEL})
    assert timeline.nodes == ("p", "r")
    assert timeline.observers == ("s",)
    assert "s" not in timeline.verdict.nodes


def test_a_sentinel_s_last_words_make_no_server_of_it() -> None:
    last = "1:signal-handler (1685346000) Received SIGTERM scheduling shutdown..."
    timeline = replay({"s": [*SENTINEL, last]})
    assert (timeline.nodes, timeline.observers) == ((), ("s",))


def test_server_and_sentinel_in_one_capture_are_told_apart() -> None:
    timeline = replay({"p": [*PAIR["p"], *SENTINEL]})
    assert (timeline.nodes, timeline.observers) == (("p",), ("p",))


def test_what_a_sentinel_states_is_kept_over_time() -> None:
    observer = replay({"s": SENTINEL}).joined.observers["s"]
    named = [(str(each.address), each.quorum) for each in observer.primaries]
    assert named == [("10.0.0.1:6379", 2), (REPLICA, 2)]
    assert [(each.kind, str(each.address)) for each in observer.listed] == [
        ("replica", REPLICA),
        ("sentinel", "10.0.0.20:26379"),
    ]
    (down,) = observer.downs
    assert (down.kind, down.objective is not None) == ("primary", True)
    assert down.end is not None
    assert down.end.event.key == "sentinel.+switch-master"
    (election,) = observer.elections
    assert [vote[1] for vote in election.votes] == [logs.QUORUM[0]] * 2


def test_failovers_given_up_alike_are_counted() -> None:
    tries = [
        text
        for at in range(100, 400, 60)
        for text in (*logs.sentinel_tries(at), *logs.sentinel_gives_up(at + 9))
    ]
    (election,) = replay({"s": [*logs.sentinel_starts(5), *tries]}).joined.observers["s"].elections
    assert election.count == 5


def test_an_address_that_a_cluster_states_is_the_node_s() -> None:
    own, at = "b" * 40, "10.0.0.2:6379"
    peer = [*logs.start(0, "M"), line(5, "M", f"Address updated for node {own}, now {at}")]
    timeline = replay(
        {"a": peer, "b": [line(0, "M", f"No cluster configuration found, I'm {own}"), *logs.start(1, "M")]}
    )
    assert timeline.verdict.nodes["b"].addresses == (at,)
    assert timeline.verdict.nodes["b"].basis[at] == "stated"
