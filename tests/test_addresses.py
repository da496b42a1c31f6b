"""Addresses that change, that are shared, or that a line does not name; lines that are missing between others."""

from __future__ import annotations

from datetime import datetime

from redislog.node.history import NodeHistory, ReplicaSpan
from redislog.values import Address
from tests import logs
from tests.logs import NEW_REPLID, OTHER, PRIMARY, REPLICA, REPLID, folded, line, told


def last_of(history: NodeHistory, replica: str = REPLICA) -> ReplicaSpan:
    return history.replicas[Address.parse(replica)][-1]


def nameless_loss(at: float, client: int = 7) -> list[str]:
    """A replica's connection is gone too fast for its address to be known."""
    return [line(at, "M", f"Connection with replica client id #{client} lost.", "#")]


# A server that is pointed to another primary


def test_an_attempt_ends_where_the_server_is_pointed_to_another_primary() -> None:
    history = folded(logs.start(0, "S"), logs.connects(1), logs.full_sync(2, OTHER))
    assert [str(attempt.primary) for attempt in history.attempts] == [PRIMARY, OTHER]
    assert history.attempts[0].failed is not None
    assert history.gaps == ()


# A replica that restarts with another address

P_OF_TWO_LIVES = [
    *logs.start(0, "M"),
    *logs.serves(10),
    *logs.loses_replica(60),
    *logs.serves(80, OTHER, replid=None),
]


def test_a_replica_that_restarts_may_have_another_address() -> None:
    r = [
        *logs.start(9, "S"),
        *logs.full_sync(10),
        *logs.stop(60, "S"),
        *logs.start(79, "S"),
        *logs.full_sync(80),
    ]
    timeline = logs.replayed(p=P_OF_TWO_LIVES, r=r)
    assert timeline.verdict.status == "healthy"
    assert timeline.verdict.nodes.keys() == {"p", "r"}
    assert timeline.verdict.nodes["r"].addresses == (OTHER,)
    before = timeline.at(datetime(2023, 5, 29, 0, 0, 50))
    assert before.nodes["r"].addresses == (REPLICA,)
    (known,) = timeline.whois("r")
    spans = [
        (alias.value, alias.until and alias.until.second)
        for alias in known.aliases
        if alias.kind == "address"
    ]
    assert spans == [(REPLICA, 20), (OTHER, None)]


def test_within_one_life_it_has_one_address() -> None:
    r = [*logs.start(9, "S"), *logs.full_sync(10), *logs.loses_primary(60), *logs.full_sync(80)]
    verdict = logs.verdict(p=P_OF_TWO_LIVES, r=r)
    assert OTHER in verdict.nodes
    assert verdict.nodes["r"].addresses != (REPLICA, OTHER)


# Two links from one address


def test_of_two_links_from_one_address_it_is_open_which_was_lost() -> None:
    history = folded(
        logs.start(0, "M"), logs.serves(10), logs.serves(20, replid=None), logs.loses_replica(60)
    )
    span = last_of(history)
    assert (span.phase, span.unsure is not None) == ("online", True)


def test_both_lost_it_is_gone() -> None:
    twice = [*logs.loses_replica(60), *logs.loses_replica(61)]
    history = folded(logs.start(0, "M"), logs.serves(10), logs.serves(20, replid=None), twice)
    assert last_of(history).phase == "gone"


def test_two_replicas_behind_one_address_are_two_syncs() -> None:
    p = [*logs.start(0, "M"), *logs.serves(10), *logs.serves(30, replid=None)]
    one = [*logs.start(9, "S"), *logs.full_sync(10)]
    other = [*logs.start(29, "S"), *logs.full_sync(30)]
    timeline_resyncs = logs.replayed(p=p, one=one, other=other).resyncs
    assert [(resync.primary, resync.kind) for resync in timeline_resyncs] == [("p", "full")] * 2


def asked_while_served(at: float) -> list[str]:
    """A replica asks; before its snapshot is sent another one does, from the same address."""
    return told(
        at,
        "M",
        f"Replica {REPLICA} asks for synchronization",
        f"Full resync requested by replica {REPLICA}",
        "Starting BGSAVE for SYNC with target: disk",
        "Background saving started by pid 42",
        f"Replica {REPLICA} asks for synchronization",
        f"Full resync requested by replica {REPLICA}",
        "Waiting for end of BGSAVE for SYNC",
        "Background saving terminated with success",
    )


def succeeded(at: float) -> list[str]:
    return told(at, "M", f"Synchronization with replica {REPLICA} succeeded")


def test_one_that_asks_while_another_from_its_address_is_served_makes_two_syncs_of_one_snapshot() -> None:
    history = folded(logs.start(0, "M"), asked_while_served(10), succeeded(11), succeeded(12))
    assert [(each.kind, each.failed, each.headless) for each in history.services] == [
        ("full", None, False)
    ] * 2
    ends = [(each.asked.time, each.online and each.online.time) for each in history.services]
    assert [round(end or 0) - int(asked) for asked, end in ends] == [1, 2]
    assert (last_of(history).phase, last_of(history).unsure, history.gaps) == ("online", None, ())


def test_while_one_of_two_from_an_address_is_served_it_is_open_which_is_in_sync() -> None:
    p = [*logs.start(0, "M"), *asked_while_served(10), *succeeded(11)]
    assert last_of(folded(p)).unsure is not None
    assert logs.verdict(p=p).nodes[REPLICA].in_sync is None


def test_of_two_that_are_served_the_loss_of_one_ends_one_sync() -> None:
    history = folded(logs.start(0, "M"), asked_while_served(10), logs.loses_replica(11), succeeded(12))
    assert [(each.failed is None, each.online is None) for each in history.services] == [
        (False, True),
        (True, False),
    ]
    assert last_of(history).phase == "online"


def test_a_snapshot_that_fails_ends_both_syncs_that_it_was_for() -> None:
    failed = [line(11, "M", "SYNC failed. BGSAVE child returned an error", "#")]
    lost = [*logs.loses_replica(11.001), *logs.loses_replica(11.002)]
    history = folded(
        logs.start(0, "M"), asked_while_served(10)[:-1], failed, lost, logs.serves(20, replid=None)
    )
    assert [each.failed is None for each in history.services] == [False, False, True]
    assert (last_of(history).phase, last_of(history).unsure) == ("online", None)


def test_one_of_two_that_was_lost_and_asks_again_makes_two_links_again() -> None:
    parts = (logs.start(0, "M"), logs.serves(10), logs.serves(20, replid=None), logs.loses_replica(60))
    history = folded(*parts, logs.serves_partially(61), logs.loses_replica(70))
    assert last_of(history).phase == "online"


# An address that may be of a server whose log is there


def test_one_that_had_no_link_may_have_it_since() -> None:
    """Who was sent away says nothing of later, with no link that would end; a replica whose address nobody knows may be the one."""
    sent_away = told(
        1.005,
        "S",
        "Master is currently unable to PSYNC but should be in the future: "
        "-NOMASTERLINK Can't SYNC while not connected with my master",
    )
    r = [*logs.start(0, "S"), *logs.asks(1, OTHER), *sent_away]
    other = [*logs.start(0, "S"), *logs.full_sync(4)]
    alone = logs.verdict(r=r).nodes[OTHER]
    assert (alone.role, alone.in_sync, alone.running) == ("replica", False, None)
    assert logs.verdict(r=r, other=other).nodes[OTHER].in_sync is None


# Lines that name a client's number alone


def test_a_loss_that_names_nobody_leaves_every_replica_open() -> None:
    history = folded(
        logs.start(0, "M"), logs.serves(10), logs.serves(20, OTHER, replid=None), nameless_loss(60)
    )
    assert last_of(history).unsure is not None
    assert last_of(history, OTHER).unsure is not None
    assert (
        logs.verdict(p=[*logs.start(0, "M"), *logs.serves(10), *nameless_loss(60)]).nodes[REPLICA].in_sync
        is None
    )


def test_it_was_the_replica_that_asks_again() -> None:
    parts = (logs.start(0, "M"), logs.serves(10), logs.serves(20, OTHER, replid=None), nameless_loss(60))
    history = folded(*parts, logs.serves_partially(61))
    assert (last_of(history).phase, last_of(history).unsure) == ("online", None)
    assert last_of(history, OTHER).unsure is None


def test_a_sync_s_end_that_names_a_number_is_of_the_replica_that_was_served() -> None:
    begun = logs.serves(10)[:-2]
    done = line(11, "M", "Synchronization with replica client id #7 succeeded")
    history = folded(logs.start(0, "M"), begun, [done], nameless_loss(12))
    assert [span.phase for span in history.replicas[Address.parse(REPLICA)]][-2:] == ["online", "gone"]
    assert len(history.services) == 1


# A snapshot that fails


def test_a_failed_snapshot_does_not_lose_who_waits_for_the_next() -> None:
    begun = [*logs.serves(10)[:-4], *logs.loses_replica(11)]
    waits = told(
        12,
        "M",
        f"Replica {OTHER} asks for synchronization",
        f"Full resync requested by replica {OTHER}",
        "Current BGSAVE has socket target. Waiting for next BGSAVE for SYNC",
        "Background transfer terminated by signal 10",
    )
    history = folded(logs.start(0, "M"), begun, waits)
    assert (last_of(history).phase, last_of(history, OTHER).phase) == ("gone", "wait_bgsave")


# Missing lines


def test_a_request_without_its_answer_says_that_lines_are_missing() -> None:
    p = [*logs.start(0, "M"), *logs.is_asked(10)[:1], *logs.serves(20, OTHER)]
    assert len(folded(p).gaps) == 1
    states = logs.verdict(p=p).nodes
    assert (states[REPLICA].in_sync, states[OTHER].in_sync) == (None, True)


def test_an_attempt_that_begins_in_missing_lines_is_at_nobody_knows_whom() -> None:
    begun = [*logs.asks(1), *logs.is_granted(2), *logs.receives(3)]
    history = folded(logs.start(0, "S"), begun, logs.partial_sync(9, OTHER)[3:])
    assert [(attempt.kind, attempt.primary is None) for attempt in history.attempts] == [
        ("full", False),
        ("partial", True),
    ]
    assert len(history.gaps) == 1


# A log that ends before the others


def test_a_replica_whose_log_had_ended_follows_who_serves_it_since() -> None:
    r = [*logs.start(9, "S"), *logs.full_sync(10)]
    p = [
        *logs.start(0, "M"),
        *logs.serves(10),
        *logs.serves(30, "10.0.0.3:6380", replid=None),
        *logs.loses_replica(60),
    ]
    q = [
        *logs.start(0, "S", port=6380),
        *logs.full_sync(30),
        *logs.is_promoted(50),
        *logs.serves_partially(60),
    ]
    state = logs.verdict(p=p, r=r, q=q).nodes["r"]
    assert (state.primary, state.in_sync, state.basis["in_sync"]) == ("q", True, "deduced")


def test_of_two_that_serve_a_replica_whose_log_had_ended_it_follows_the_last() -> None:
    """The one before lost it without saying whom."""
    nobody = line(60, "M", "Connection with replica client id #5 lost.", "#")
    captures = {
        "r": [*logs.start(9, "S"), *logs.asks(10), *logs.is_granted(10.5)],
        "a": [*logs.start(0, "S", port=6380), *logs.full_sync(30), *logs.is_promoted(50)],
        "z": [*logs.start(0, "M"), *logs.serves(10), *logs.serves(30, "10.0.0.3:6380", replid=None), nobody],
    }
    captures["a"] += logs.serves_partially(60)
    state = logs.verdict(**captures).nodes["r"]
    assert (state.primary, state.in_sync) == ("a", True)


def test_a_snapshot_that_was_sent_before_all_lines_that_are_there_says_nothing_of_now() -> None:
    p = [*logs.serves(10)[-2:-1], *logs.serves(30, OTHER, replid=None)]
    states = logs.verdict(p=p).nodes
    assert (states[REPLICA].in_sync, states[OTHER].in_sync) == (None, True)


def test_a_server_whose_start_is_missing_no_longer_holds_the_id_of_the_life_before() -> None:
    """Both ends of the second sync are one, though it is of an ID that no line of the primary names."""
    restarted = [line.replace("1:M", "2:M", 1) for line in logs.serves(70, replid=None)]
    again = [line.replace(REPLID, NEW_REPLID) for line in logs.full_sync(70)]
    replica = [*logs.start(9, "S"), *logs.full_sync(10), *logs.loses_primary(60), *again]
    primary = [*logs.start(0, "M"), *logs.serves(10), *restarted]
    timeline = logs.replayed(**{"server-0": primary, "server-1": replica})
    assert [(each.primary, each.replica, each.kind) for each in timeline.resyncs] == [
        ("server-0", "server-1", "full")
    ] * 2


def test_a_request_that_is_missing_may_have_been_answered_with_an_id_of_missing_lines_too() -> None:
    """The primary says only that it goes on from some offset: it is the sync that the replica tells of."""
    goes_on = [line.replace(REPLID, NEW_REPLID) for line in logs.partial_sync(60)]
    timeline = logs.replayed(
        p=[*logs.start(0, "M"), *logs.serves(10), logs.serves_partially(60)[-1]],
        r=[*logs.start(9, "S"), *logs.full_sync(10), *logs.loses_primary(59), *goes_on],
    )
    assert [(each.primary, each.replica, each.kind) for each in timeline.resyncs] == [
        ("p", "r", "full"),
        ("p", "r", "partial"),
    ]
