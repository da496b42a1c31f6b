"""What other servers' lines say of one that is silent, left, or has no log; and what they do not say."""

from __future__ import annotations

import pytest

from redislog import NodeState, Verdict, replay
from redislog.hints import Hint
from tests import logs
from tests.logs import NEW_REPLID, OTHER, PRIMARY, REPLICA, REPLID, line, told

PAIR = {"p": [*logs.start(0, "M"), *logs.serves(10)], "r": [*logs.start(9, "S"), *logs.full_sync(10)]}
TWO = {
    "p": [*logs.start(0, "M"), *logs.serves(10), *logs.serves(15, OTHER, replid=None)],
    "a": [*logs.start(9, "S"), *logs.full_sync(10)],
    "b": [*logs.start(14, "S"), *logs.full_sync(15)],
}
"""A primary with two replicas; as clocks are not known, it is open which of them has which address."""


def word(state: NodeState) -> tuple[object, ...]:
    return state.role, state.running, state.in_sync


def follows(at: float, primary: str) -> list[str]:
    """A replica is pointed at another primary and goes on there."""
    return [
        line(at, "M", "Connection with master lost.", "#"),
        *logs.connects(at, primary)[:2],
        line(at + 0.001, "S", f"REPLICAOF {primary} enabled (user request from '{logs.CLIENT}')"),
        *logs.connects(at, primary)[2:],
        *logs.partial_sync(at + 0.1, primary)[4:],
    ]


# a replica that left


def test_of_a_replica_that_its_primary_lost_only_that_is_known() -> None:
    verdict = logs.verdict(p=[*PAIR["p"], *logs.loses_replica(60)])
    state = verdict.nodes[REPLICA]
    assert word(state) == ("unknown", None, None)
    assert (state.primary, state.detached_from) == (None, "p")
    assert [each.text for each in state.because["detached_from"]] == [
        f"Connection with replica {REPLICA} lost."
    ]
    assert (verdict.status, verdict.groups[0].reason) == ("degraded", f"lost: {REPLICA}")


def test_a_replica_that_was_lost_and_is_silent_for_longer_than_repl_timeout_is_down() -> None:
    """It would have noticed, and said so; before that nobody knows."""
    for lines, running in (
        ([], None),
        ([line(120, "M", "1 changes in 3600 seconds. Saving...")], None),
        ([line(121, "M", "1 changes in 3600 seconds. Saving...")], False),
    ):
        verdict = logs.verdict(**{**PAIR, "p": [*PAIR["p"], *logs.loses_replica(60), *lines]})
        state = verdict.nodes["r"]
        assert (word(state), state.link, state.phase) == (("replica", running, False), "unknown", None)
        assert (verdict.status, state.basis["in_sync"]) == ("degraded", "deduced")
    assert (state.basis["running"], state.because["running"][0].source) == ("deduced", "p")
    assert verdict.groups[0].reason == "down: r"


def test_a_replica_that_is_silent_and_was_not_lost_is_as_it_was_and_its_age_is_known() -> None:
    verdict = logs.verdict(
        **{**PAIR, "p": [*PAIR["p"], line(3611, "M", "1 changes in 3600 seconds. Saving...")]}
    )
    assert (verdict.status, word(verdict.nodes["r"])) == ("healthy", ("replica", True, True))
    assert verdict.nodes["r"].silent_for == pytest.approx(3600, abs=0.1)
    assert verdict.nodes["p"].silent_for == 0


def test_a_server_that_stopped_has_no_link() -> None:
    state = logs.verdict(**{**PAIR, "r": [*PAIR["r"], *logs.stop(60, "S")]}).nodes["r"]
    assert (word(state), state.link, state.phase) == (("replica", False, False), "unknown", None)


def test_where_a_primary_lost_a_replica_without_a_name_no_one_without_a_log_is_known_to_be_there() -> None:
    nameless = line(60, "M", "Connection with replica client id #7 lost.", "#")
    verdict = logs.verdict(p=[*TWO["p"], nameless])
    assert [word(verdict.nodes[name]) for name in (REPLICA, OTHER)] == [("unknown", None, None)] * 2
    back = logs.verdict(p=[*TWO["p"], nameless, *logs.serves_partially(61)])
    assert [word(back.nodes[name])[2] for name in (REPLICA, OTHER)] == [
        True,
        True,
    ]  # It was the one that was lost.
    assert [word(logs.verdict(**{**TWO, "p": [*TWO["p"], nameless]}).nodes[name])[2] for name in "ab"] == [
        True,
        True,
    ]


def test_a_replica_that_another_serves_since_is_not_lost() -> None:
    served = told(
        61,
        "S",
        f"Replica {OTHER} asks for synchronization",
        f"Partial resynchronization request from {OTHER} accepted. Sending 0 bytes of backlog starting "
        "from offset 563.",
    )
    verdict = logs.verdict(
        p=[*TWO["p"], *logs.loses_replica(60, OTHER)],
        r=[*logs.start(9, "S"), *logs.full_sync(10), *served],
    )
    state = verdict.nodes[OTHER]
    assert (*word(state), state.primary, state.detached_from) == ("replica", True, True, "r", None)


def test_where_it_is_open_which_replica_was_lost_no_one_is_said_to_be_in_sync() -> None:
    """Their clocks are not the primary's, and both synced alike."""
    verdict = logs.verdict(
        p=[*TWO["p"], *logs.loses_replica(60, OTHER)],
        a=[*logs.start(29, "S"), *logs.full_sync(30)],
        b=[*logs.start(34, "S"), *logs.full_sync(35)],
    )
    assert verdict.status == "degraded"
    assert verdict.nodes[OTHER].detached_from == "p"
    assert (verdict.nodes["a"].in_sync, verdict.nodes["b"].in_sync) == (None, None)


def test_a_replica_s_own_word_tells_that_it_was_the_one_that_left() -> None:
    verdict = logs.verdict(
        **{**TWO, "p": [*TWO["p"], *logs.loses_replica(60, OTHER)], "b": [*TWO["b"], *logs.stop(60, "S")]}
    )
    assert OTHER not in verdict.nodes
    assert verdict.nodes["a"].in_sync


# a primary without a log


def test_an_address_that_was_a_replica_is_not_taken_for_the_top() -> None:
    """It is followed: as a replica in a chain, or because it was promoted."""
    verdict = logs.verdict(
        p=[*logs.start(0, "M"), *logs.serves(10), *logs.stop(60, "M")],
        b=[*logs.start(20, "S"), *logs.full_sync(30, REPLICA)],
    )
    assert verdict.nodes[REPLICA].role == "unknown"


def test_an_address_that_may_be_a_replica_s_is_not_taken_for_the_top() -> None:
    """A replica whose log begins in the middle may be the one that another follows."""
    verdict = logs.verdict(
        a=[*logs.loses_primary(60), *logs.is_refused(61)], b=[*logs.start(9, "S"), *logs.full_sync(10, OTHER)]
    )
    assert verdict.nodes[OTHER].role == "unknown"


def test_replicas_that_stopped_do_not_say_that_their_primary_runs() -> None:
    verdict = logs.verdict(r=[*PAIR["r"], *logs.stop(60, "S")])
    assert verdict.nodes[PRIMARY].running is None


def test_a_replica_that_only_tries_sync_has_been_granted_nothing() -> None:
    captures = {"r": [*logs.start(0, "S"), *logs.lacks_password(1)[:-1]]}
    timeline = replay(captures)
    assert timeline.resyncs == ()
    assert word(timeline.verdict.nodes[PRIMARY]) == ("unknown", None, None)


def test_a_server_is_not_at_an_address_that_served_it() -> None:
    """So the one address that is left is its own."""
    verdict = logs.verdict(
        p=[*logs.start(0, "M"), *logs.serves(10), *logs.serves(15, OTHER, replid=None)],
        b=[*logs.start(14, "S"), *logs.full_sync(15), *follows(60, REPLICA)],
    )
    assert verdict.nodes["b"].addresses == (OTHER,)


# a primary that fell silent


def promoted(*more: str) -> Verdict:
    """Its replica was promoted, and it never noticed."""
    return logs.verdict(p=PAIR["p"], r=[*PAIR["r"], *logs.is_promoted(60), *more])


def test_a_primary_that_never_noticed_that_its_replica_left_is_not_known_to_run() -> None:
    verdict = promoted()
    assert word(verdict.nodes["p"]) == ("primary", None, None)
    assert (verdict.status, verdict.primary, verdict.primaries) == ("degraded", "r", ("r",))
    assert verdict.nodes["p"].because["running"][0].source == "r"


def test_later_than_the_time_out_it_is_down() -> None:
    verdict = promoted(line(130, "M", "DB saved on disk"))
    assert verdict.nodes["p"].running is False
    assert (verdict.status, verdict.primary) == ("degraded", "r")  # No replica is left.


def test_a_primary_that_noticed_runs_on() -> None:
    verdict = logs.verdict(
        p=[*PAIR["p"], *logs.loses_replica(60)],
        r=[*PAIR["r"], *logs.is_promoted(60), line(130, "M", "DB saved on disk")],
    )
    assert (verdict.status, verdict.primaries) == ("split-brain", ("p", "r"))


def test_a_refusal_counts_though_the_replica_went_elsewhere_since() -> None:
    verdict = logs.verdict(
        p=PAIR["p"],
        r=[*PAIR["r"], *logs.loses_primary(60), *logs.is_refused(60.1), *follows(62, OTHER)],
    )
    assert verdict.nodes["p"].running is False
    assert verdict.primary == OTHER


def test_that_a_replica_was_refused_holds_for_the_time_that_it_ran() -> None:
    refused = [*logs.start(0, "S"), *logs.is_refused(1)]
    assert logs.verdict(r=refused).nodes[PRIMARY].running is False
    assert logs.verdict(r=[*refused, *logs.stop(2, "S")]).nodes[PRIMARY].running is None


def test_where_nothing_joins_the_clocks_it_is_open_whether_a_refusal_was_before_the_start() -> None:
    logs_of = {
        "p": logs.start(10, "M"),
        "r": [*logs.start(0, "S"), *logs.is_refused(20), *logs.is_promoted(21)],
    }
    verdict = replay(logs_of, hints=[Hint.given("p", PRIMARY)]).verdict
    assert verdict.nodes["p"].running is None
    assert verdict.nodes["p"].because["running"][0].source == "r"


def test_a_sync_that_its_primary_began_to_serve_counts_though_the_replica_does_not_know_yet() -> None:
    refusal = (
        f"Partial resynchronization not accepted: Replication ID mismatch (Replica asked for '{REPLID}', "
        f"my replication IDs are '{NEW_REPLID}' and '{logs.NO_REPLID}')"
    )
    primary = [
        *logs.start(0, "M"),
        *told(1.005, "M", f"Replica {REPLICA} asks for synchronization", refusal),
        *told(1.007, "M", "Delay next BGSAVE for diskless SYNC"),
    ]
    (resync,) = replay({"p": primary, "r": [*logs.start(0, "S"), *logs.asks_to_continue(1)]}).resyncs
    assert (resync.kind, resync.why, resync.outcome) == ("full", "replication ID mismatch", "open")
    assert (resync.primary, resync.replica) == ("p", "r")


def test_a_primary_does_not_serve_by_the_replication_ids_of_its_life_before() -> None:
    """From 7.0 on one that starts from a snapshot has a new ID, and no line says which."""
    again = logs.serves(60, replid=None)
    primary = [*PAIR["p"], *logs.stop(50, "M"), *logs.start(51, "M"), *again]
    second = [line.replace(REPLID, NEW_REPLID) for line in logs.full_sync(60)]
    replica = [*PAIR["r"], *logs.stop(49, "S"), *logs.start(59, "S"), *second]
    resyncs = replay({"p": primary, "r": replica}).resyncs
    assert [(resync.primary, resync.replica) for resync in resyncs] == [("p", "r")] * 2


def test_a_replica_with_replicas_of_its_own_is_one_server_when_it_is_promoted() -> None:
    """They are disconnected in the middle of the promotion, to learn of the new replication ID."""
    *turn, mode = logs.is_promoted(60)
    served = [line.replace(":M ", ":S ") for line in logs.serves_partially(20, OTHER)]
    log = [*PAIR["r"], *served, *turn, *logs.loses_replica(60, OTHER), mode]
    timeline = replay({"r": log})
    assert timeline.nodes == ("r",)
    assert timeline.verdict.nodes["r"].role == "primary"


# captures whose beginning is cut off


def test_a_request_that_is_cut_off_bounds_no_clock() -> None:
    """The line that a replica is online is no request, though it is the first that is there."""
    (clock,) = replay({"p": PAIR["p"][-2:], "r": [*PAIR["r"][7:]]}).clocks or (None,)
    assert clock is None or clock.low is None or clock.low < 0
    assert clock is None or clock.high is None or clock.high > 0


def test_a_second_channel_s_request_is_no_beginning() -> None:
    asked = f"Replica {REPLICA} asks for synchronization"
    primary = told(
        10.02,
        "M",
        asked,
        f"Full resync requested by replica {REPLICA} (rdb-channel)",
        "Starting BGSAVE for SYNC with target: replicas sockets (rdb-channel)",
        f"Synchronization with replica {REPLICA} succeeded",
    )
    replica = [
        *logs.start(9, "S"),
        *logs.asks(10),
        *told(10.01, "S", "PSYNC is not possible, initialize RDB channel."),
        *logs.receives(10.03),
        *logs.loads(10.04),
        *logs.finishes(10.05),
    ]
    timeline = replay({"p": primary, "r": replica})
    assert len(timeline.resyncs) == 1
    assert all(clock.high is None or clock.high > 0 for clock in timeline.clocks)


def test_the_id_before_a_change_that_is_cut_off_may_be_any() -> None:
    """So a partial resync by it is one sync, though its two ends name different replication IDs."""
    middle = [
        line(60.1, "S", f"Master replication ID changed to {NEW_REPLID}", "#"),
        line(60.1, "S", "MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization."),
        line(60.305, "S", f"Replica {OTHER} asks for synchronization"),
        line(
            60.305,
            "S",
            f"Partial resynchronization request from {OTHER} accepted. Sending 0 bytes of backlog starting "
            "from offset 563.",
        ),
    ]
    third = [*logs.start(9, "S"), *logs.full_sync(10), *logs.loses_primary(60.2), *logs.partial_sync(60.3)]
    partial = [resync for resync in replay({"m": middle, "t": third}).resyncs if resync.kind == "partial"]
    assert [resync.replica for resync in partial if resync.replica != "m"] == ["t"]


def test_a_replica_of_an_unknown_primary_may_have_one() -> None:
    cut = told(60, "S", "MASTER <-> REPLICA sync started")
    retries = [line(60.01, "S", "Error condition on socket for SYNC: Connection refused", "#")]
    assert logs.verdict(r=[*cut, *retries]).status != "no-primary"


# one history


def test_a_second_promotion_still_shows_the_lineage_of_the_first_primary() -> None:
    between = "b" * 40
    verdict = logs.verdict(
        p=[*PAIR["p"], *logs.stop(59, "M")],
        r=[
            *PAIR["r"],
            *logs.loses_primary(60),
            *logs.connects(61, OTHER),
            line(61.1, "S", f"Trying a partial resynchronization (request {REPLID}:563)."),
            line(61.1, "S", "Successful partial resynchronization with master."),
            line(61.1, "S", f"Master replication ID changed to {between}", "#"),
            line(61.1, "S", "MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization."),
            *logs.is_promoted(70, previous=between),
        ],
    )
    assert [group.members for group in verdict.groups] == [("p", "r")]


def test_a_primary_whose_replication_id_changed_serves_by_the_one_before() -> None:
    """The end of a FAILOVER: the old primary is a replica, and serves another by the old ID."""
    old = [
        *logs.start(0, "M"),
        *logs.serves(10, OTHER),
        *logs.is_demoted(60, REPLICA),
        line(60.1, "S", f"Trying a partial resynchronization (request {REPLID}:563)."),
        line(60.1, "S", "Successful partial resynchronization with master."),
        line(60.1, "S", f"Master replication ID changed to {NEW_REPLID}", "#"),
        line(60.1, "S", "MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization."),
        line(60.2, "S", f"Connection with replica {OTHER} lost.", "#"),
        line(60.305, "S", f"Replica {OTHER} asks for synchronization"),
        line(
            60.305,
            "S",
            f"Partial resynchronization request from {OTHER} accepted. Sending 0 bytes of backlog starting "
            "from offset 563.",
        ),
    ]
    third = [
        *logs.start(9, "S"),
        *logs.full_sync(10),
        *logs.loses_primary(60.2),
        *logs.partial_sync(60.3),
    ]
    partial = [resync for resync in replay({"old": old, "third": third}).resyncs if resync.kind == "partial"]
    assert sorted((resync.replica, resync.primary) for resync in partial) == [
        ("old", REPLICA),
        ("third", "old"),
    ]


def test_each_group_has_a_clock_to_go_by() -> None:
    """A server that nothing joins with the others may be the earliest primary."""
    captures = {
        "alone": logs.start(0, "M"),
        "p": [*logs.start(100, "M"), *logs.serves(110)],
        "r": [*logs.start(9, "S"), *logs.full_sync(10)],
    }
    (clock,) = replay(captures).clocks
    assert (clock.node, clock.reference) in (("r", "p"), ("p", "r"))
    assert abs(clock.estimate) > 99


def test_a_server_that_stopped_no_longer_tells_that_its_primary_has_no_link() -> None:
    """The primary may have been promoted since."""
    refused = line(
        1.01, "S", "Master is currently unable to PSYNC but should be in the future: -NOMASTERLINK"
    )
    tried = [*logs.start(0, "S"), *logs.asks_to_continue(1), refused]
    assert logs.verdict(r=tried).nodes[PRIMARY].role == "replica"
    assert logs.verdict(r=[*tried, *logs.stop(2, "S")]).nodes[PRIMARY].role == "unknown"


NODE_ID, TELLER = "a" * 40, "b" * 40


def in_cluster(until: float, *, cleared: bool = False) -> Verdict:
    """A Cluster's primary loses its replica to another one, and is then held for failed."""
    back = line(90, "S", f"Clear FAIL state for node {NODE_ID}: replica is reachable again.")
    last = line(until, "S", "1 changes in 3600 seconds. Saving...")
    failed = line(60, "S", f"FAIL message received from {TELLER} about {NODE_ID}")
    return logs.verdict(
        a=[
            *logs.start(0, "M"),
            line(0, "M", f"No cluster configuration found, I'm {NODE_ID}"),
            *logs.serves(10),
            *logs.loses_replica(50),
        ],
        r=[
            *logs.start(9, "S"),
            *logs.full_sync(10),
            *follows(50, OTHER),
            failed,
            *([back] if cleared else []),
            last,
        ],
    )


def test_a_cluster_s_node_that_a_majority_does_not_reach_is_down_at_once() -> None:
    """A majority has not reached it for cluster-node-timeout by then."""
    state = in_cluster(61).nodes["a"]
    assert (state.running, state.basis["running"]) == (False, "deduced")
    assert "FAIL message" in state.because["running"][0].text
    assert in_cluster(200, cleared=True).nodes["a"].running is True


@pytest.mark.parametrize("lost", ["both", "the replica"])
def test_of_a_shard_that_a_majority_does_not_reach_no_server_is_known_to_run(lost: str) -> None:
    """Both ends of its link are lost at once: that neither tells of it shows nothing."""
    missed = [NODE_ID, "c" * 40] if lost == "both" else ["c" * 40]
    verdict = logs.verdict(
        a=[
            *logs.start(0, "M"),
            line(0, "M", f"No cluster configuration found, I'm {NODE_ID}"),
            *logs.serves(10),
        ],
        r=[
            *logs.start(9, "S"),
            line(9, "S", f"No cluster configuration found, I'm {'c' * 40}"),
            *logs.full_sync(10),
        ],
        t=[
            *logs.start(0, "M"),
            line(0, "M", f"No cluster configuration found, I'm {TELLER}"),
            *(line(60, "M", f"FAIL message received from {'d' * 40} about {each}") for each in missed),
        ],
    )
    assert ("a" in verdict.primaries) is (lost == "the replica")
    assert "t" in verdict.primaries
