"""Logs that are cut, while other logs are not there: what they do not decide stays open."""

from __future__ import annotations

import pytest

from redislog import Timeline
from redislog.values import Address
from tests import logs
from tests.logs import OTHER, PRIMARY, REPLICA, line, told


def owners(timeline: Timeline) -> dict[str, str]:
    """Which address is whose."""
    return {str(address): name for address, name in timeline.joined.identity.owner.items()}


def candidates(timeline: Timeline, address: str) -> set[str]:
    """Whose an address may be."""
    return set(timeline.joined.identity.candidates.get(Address.parse(address), ()))


def likely(timeline: Timeline) -> dict[str, str]:
    """Whose an address likely is, if the clocks agree."""
    return {str(address): name for address, name in timeline.joined.identity.likely.items()}


def succeeded(at: float, replica: str) -> list[str]:
    return told(at, "M", f"Synchronization with replica {replica} succeeded")


def repointed(at: float, primary: str, renamed: bool = False) -> list[str]:
    """A replica is told to follow another server, and goes on there; ``renamed``: under another ID."""
    order = line(at, "S", f"REPLICAOF {primary} enabled (user request from '{logs.CLIENT}')")
    *before, accepted = logs.partial_sync(at, primary)
    changed = line(at + 0.008, "S", f"Master replication ID changed to {logs.NEW_REPLID}", "#")
    return [*logs.loses_primary(at - 0.001), order, *before, *([changed] if renamed else []), accepted]


# Which address is a replica's

FIRST_SYNC = 10.0


def test_of_two_that_come_back_at_once_a_log_that_begins_between_their_first_syncs_tells_neither() -> None:
    """Of the one whose first sync is cut off, the log tells less; that makes it no less likely."""
    p = [
        *succeeded(FIRST_SYNC + 1.5, OTHER),
        *logs.serves_partially(60, REPLICA),
        *logs.serves_partially(60, OTHER),
    ]
    r = [
        *logs.start(9, "S"),
        *logs.full_sync(FIRST_SYNC),
        *logs.loses_primary(59),
        *logs.partial_sync(60),
    ]
    timeline = logs.replayed(p=p, r=r)
    assert REPLICA not in owners(timeline)
    assert OTHER not in owners(timeline)
    assert candidates(timeline, REPLICA) == candidates(timeline, OTHER) == {"r"}


def test_two_syncs_that_fit_from_both_sides_tell_it_also_in_a_log_that_is_cut() -> None:
    p = [*logs.serves_partially(60), *logs.serves_partially(90), *logs.serves_partially(123)]
    r = [
        *logs.start(9, "S"),
        *logs.full_sync(10),
        *(text for at in (60, 90, 123) for text in (*logs.loses_primary(at - 1), *logs.partial_sync(at))),
    ]
    assert owners(logs.replayed(p=p, r=r)) == {PRIMARY: "p", REPLICA: "r"}


P = [*logs.start(0, "M"), *logs.serves(10, took=0.04)]


def test_a_sync_after_the_primary_s_last_line_is_not_taken_for_one_before_it() -> None:
    """If the clocks are equal it is another one, of which the primary's log tells no more."""
    r = [*logs.start(39, "S"), *logs.full_sync(40, took=0.04)]
    timeline = logs.replayed(p=P, r=r)
    assert owners(timeline) == {PRIMARY: "p"}
    assert candidates(timeline, REPLICA) == {"r"}
    assert timeline.clocks == ()


@pytest.mark.parametrize("before_its_end", [0.0, 0.001, 0.01, 0.02])
def test_a_sync_as_the_primary_s_log_ends_is_not_taken_for_one_before_it(before_its_end: float) -> None:
    """The request may be read some milliseconds after it was sent, and then it is not in the log."""
    at = 10.042 - 0.005 - before_its_end
    timeline = logs.replayed(p=P, r=[*logs.start(9, "S"), *logs.full_sync(at, took=0.04)])
    assert owners(timeline) == {PRIMARY: "p"}
    assert candidates(timeline, REPLICA) == {"r"}
    assert timeline.clocks == ()


def test_where_the_primary_s_log_goes_on_it_is() -> None:
    r = [*logs.start(39, "S"), *logs.full_sync(40, took=0.04)]
    timeline = logs.replayed(p=[*P, line(300, "M", "Background saving started by pid 42")], r=r)
    assert owners(timeline) == {PRIMARY: "p", REPLICA: "r"}


def test_a_sync_that_took_as_long_in_both_logs_is_one_under_any_clocks() -> None:
    p = [*logs.start(0, "M"), *logs.serves(10, took=6.0)]
    r = [*logs.start(3609, "S"), *logs.full_sync(3610, took=6.0)]
    assert owners(logs.replayed(p=p, r=r)) == {PRIMARY: "p", REPLICA: "r"}


def test_a_single_sync_of_another_port_is_not_surely_the_replica_s() -> None:
    r = [*logs.start(9, "S", port=6380), *logs.full_sync(10, took=0.04)]
    timeline = logs.replayed(p=[*P, line(300, "M", "Background saving started by pid 42")], r=r)
    assert owners(timeline) == {PRIMARY: "p"}
    assert candidates(timeline, REPLICA) == {"r"}


def test_two_syncs_of_another_clock_do_not_outdo_one_of_the_same_clock_and_one_that_is_cut_off() -> None:
    """Two replicas that start one after the other also come back one after the other."""
    p = [
        *logs.start(0, "M", port=6379),
        *logs.serves(10, REPLICA, took=0.04),
        *logs.serves(10.5, OTHER, took=0.04, replid=None),
        *logs.serves_partially(60, REPLICA),
    ]
    other = [
        *logs.start(9, "S"),
        *logs.full_sync(10.5, took=0.04),
        *logs.loses_primary(59),
        *logs.partial_sync(60.5),
    ]
    timeline = logs.replayed(p=p, other=other)
    assert owners(timeline) == {PRIMARY: "p"}
    assert candidates(timeline, REPLICA) == {"other"}
    assert likely(timeline) == {OTHER: "other"}


@pytest.mark.parametrize("apart", [0.001, 0.01, 0.02, 0.04])
@pytest.mark.parametrize("took", [0.042, 0.3, 30.0])
def test_of_two_first_syncs_at_once_the_one_request_that_is_left_is_not_the_first_one_s(
    apart: float, took: float
) -> None:
    """Both are served by one snapshot; of the first one the log has the end alone, which may be much later."""
    p = [
        line(10.001, "M", "Background saving started by pid 42"),
        *told(
            10 + apart,
            "M",
            f"Replica {OTHER} asks for synchronization",
            f"Full resync requested by replica {OTHER}",
            "Waiting for end of BGSAVE for SYNC",
        ),
        line(10 + took, "M", "Background saving terminated with success"),
        *succeeded(10 + took, REPLICA),
        *succeeded(10 + took, OTHER),
    ]
    timeline = logs.replayed(p=p, one=_copies(10, 10 + took), two=_copies(10 + apart, 10 + took))
    said = {**owners(timeline), **likely(timeline)}
    assert said.get(OTHER, "two") == "two"
    assert said.get(REPLICA, "one") == "one"


def _copies(asked: float, saved: float) -> list[str]:
    """A replica that is granted a full resync at once, and gets it when the snapshot is there."""
    return [
        *logs.start(9, "S"),
        *logs.asks(asked - 0.004),
        *logs.is_granted(asked + 0.001, offset=0),
        line(saved, "S", "MASTER <-> REPLICA sync: receiving 2183 bytes from master to disk"),
        *logs.loads(saved),
        *logs.finishes(saved + 0.002),
    ]


# One server that has two names


def test_an_address_that_may_be_the_primary_s_is_no_second_primary() -> None:
    p = [*logs.serves_partially(60)]
    r = [*logs.loses_primary(58), *logs.partial_sync(59)]
    verdict = logs.verdict(p=p, r=r)
    assert verdict.nodes[PRIMARY].candidates == ("p",)
    assert (verdict.status, verdict.primaries) == ("healthy", ("p",))


def test_an_address_that_is_likely_the_primary_s_has_no_row_of_its_own() -> None:
    """Both logs say it at the same millisecond."""
    p = [*logs.serves_partially(60)]
    r = [*logs.loses_primary(59), *logs.partial_sync(60)]
    verdict = logs.verdict(p=p, r=r)
    assert (verdict.status, set(verdict.nodes)) == ("healthy", {"p", "r"})
    assert verdict.nodes["r"].primary == "p"
    assert verdict.nodes["r"].basis["primary"] == verdict.nodes["p"].basis[PRIMARY] == "likely"


def test_an_address_that_the_other_primary_has_named_is_a_second_one() -> None:
    """A server is promoted, and another stays with the old primary: they are two."""
    promoted = [*logs.start(9, "S"), *logs.full_sync(10), *logs.is_promoted(50)]
    r = [*logs.start(9, "S"), *logs.full_sync(10)]
    assert logs.verdict(promoted=promoted, r=r).primaries == (PRIMARY, "promoted")


# The role of a server that only its replica names


def test_who_serves_on_under_the_same_replication_id_need_not_be_the_primary() -> None:
    """A server that is promoted takes an ID of its own; this one may follow the primary that the replica left."""
    whole = [*logs.start(9, "S"), *logs.full_sync(10), *repointed(60, OTHER)]
    for r in (whole, repointed(60, OTHER)):
        assert logs.verdict(r=r).nodes[OTHER].role == "unknown"


def test_who_serves_on_under_a_new_replication_id_is_the_primary() -> None:
    r = [*logs.start(9, "S"), *logs.full_sync(10), *repointed(60, OTHER, renamed=True)]
    assert logs.verdict(r=r).nodes[OTHER].role == "primary"


def test_the_primary_that_a_replica_comes_back_to_is_it_still() -> None:
    r = [*logs.start(9, "S"), *logs.full_sync(10), *logs.loses_primary(59), *logs.partial_sync(60)]
    assert logs.verdict(r=r).nodes[PRIMARY].role == "primary"


# A replica that was lost after its last line


def test_a_lost_replica_may_follow_a_server_that_left_no_log() -> None:
    p = [
        *logs.start(0, "M"),
        *logs.serves(10),
        *logs.serves(30, "10.0.0.3:6380", replid=None),
        *logs.loses_replica(60, "10.0.0.3:6380"),
        *logs.loses_replica(61),
    ]
    r = [*logs.start(9, "S"), *logs.full_sync(10)]
    verdict = logs.verdict(p=p, r=r)
    assert (verdict.status, verdict.nodes["r"].detached_from) == ("degraded", "p")
    assert (verdict.nodes["r"].in_sync, verdict.nodes["r"].running) == (None, None)


def test_where_no_other_server_is_known_it_follows_none() -> None:
    p = [*logs.start(0, "M"), *logs.serves(10), *logs.loses_replica(60)]
    state = logs.verdict(p=p, r=[*logs.start(9, "S"), *logs.full_sync(10)]).nodes["r"]
    assert (state.in_sync, state.running) == (False, None)


# A primary whose replicas stop one after the other


def test_that_a_primary_runs_is_shown_by_a_replica_that_does() -> None:
    stopped = [*logs.start(9, "S"), *logs.full_sync(10), *logs.stop(60, "S")]
    waits = [*logs.start(9, "S"), *logs.full_sync(10)[:-1]]
    state = logs.verdict(a=stopped, b=waits).nodes[PRIMARY]
    assert state.running is True
    assert {told.source for told in state.because["running"]} == {"b"}


# A server that was a replica without link when it was asked


def test_one_that_answered_as_a_replica_may_be_a_primary_since() -> None:
    sent_away = told(
        20.005,
        "S",
        "Master is currently unable to PSYNC but should be in the future: "
        "-NOMASTERLINK Can't SYNC while not connected with my master",
    )
    r = [*logs.start(19, "S"), *logs.asks(20, OTHER), *sent_away]
    other = [*logs.start(0, "S"), *logs.is_refused(1), *logs.stop(30, "S"), *logs.start(31, "M")]
    assert logs.verdict(r=r).nodes[OTHER].role == "replica"
    assert logs.verdict(r=r, other=other).nodes[OTHER].role == "unknown"


def test_two_replicas_that_find_the_same_of_the_primary_s_clock_are_its_replicas() -> None:
    """The clock of the primary is an hour slow, and its last line is the end of the second one's sync."""
    p = [*P, *logs.serves(10.5, OTHER, took=0.04, replid=None)]
    one, other = ([*logs.start(3609, "S"), *logs.full_sync(3600 + at, took=0.04)] for at in (10, 10.5))
    timeline = logs.replayed(p=p, one=one, other=other)
    assert owners(timeline) == {PRIMARY: "p"}
    assert [round(clock.estimate) for clock in timeline.clocks] == [3600, 3600]


# Which of several syncs is open, and its kind is not


def test_a_sync_that_may_be_either_of_two_counts_as_one_of_their_kind() -> None:
    """Attempts that failed alike are one in the replica's log, and each is one in the primary's."""
    r, p = logs.start(0, "S"), logs.start(0, "M")
    for at in (10, 10.01):
        r += logs.asks(at)
        r += told(
            at + 0.005,
            "S",
            "Unexpected reply to PSYNC from master: -Reading from master: Connection reset by peer",
            "Retrying with SYNC...",
            "I/O error reading bulk count from MASTER: Connection reset by peer",
        )
        p += [*logs.is_asked(at + 0.005)[:2], *logs.loses_replica(at + 0.007)]
    r += logs.asks(20)
    p += logs.is_asked(20.005)
    resyncs = logs.replayed(p=p, r=r).resyncs
    assert [(resync.primary, resync.kind) for resync in resyncs] == [("p", "full")] * 3
