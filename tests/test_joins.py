"""Which sync in a replica's log is which in a primary's: what cannot be one is not joined."""

from __future__ import annotations

from redislog import Timeline, replay
from tests import logs
from tests.logs import OTHER, PRIMARY, line, told


def joined(timeline: Timeline) -> dict[tuple[str, int], tuple[str, int]]:
    return dict(timeline.joined.identity.joins)


def test_a_replica_that_asked_to_go_on_is_not_the_one_that_asked_for_all() -> None:
    """The stranger's log is not there; over a channel of its own (8.2) no line names the ID that it was given."""
    copied = [
        *logs.asks_to_continue(20, OTHER),
        line(21.01, "S", "PSYNC is not possible, initialize RDB channel."),
        *logs.receives(21.02),
        *logs.loads(21.03),
        *logs.finishes(21.04),
    ]
    timeline = replay({"p": [*logs.start(0, "M"), *logs.serves(10)], "r": copied})
    assert joined(timeline) == {}
    assert (timeline.verdict.nodes["r"].primary, timeline.verdict.nodes["p"].addresses) == (OTHER, ())
    assert timeline.clocks == ()


def fails_to_serve(at: float) -> list[str]:
    """A primary that cannot fork refuses a replica."""
    failed = told(
        at + 0.004,
        "M",
        "Starting BGSAVE for SYNC with target: disk",
        "Can't save in background: fork: Resource temporarily unavailable",
        "BGSAVE for replication failed",
    )
    return [*logs.is_asked(at)[:2], *failed]


def is_not_served(at: float) -> list[str]:
    """The replica's side of it."""
    reply = "Master does not support PSYNC or is in error state (reply: -ERR BGSAVE failed, replication can't continue"
    failed = "I/O error reading bulk count from MASTER: Operation now in progress"
    return [
        *logs.asks(at),
        *told(at + 0.02, "S", reply, "Retrying with SYNC..."),
        line(at + 0.03, "S", failed, "#"),
    ]


def test_a_snapshot_that_came_through_is_none_that_could_not_be_made() -> None:
    """The primary's log ends before it could fork again."""
    tries = range(10, 20)
    primary = [*logs.start(0, "M"), *(text for at in tries for text in fails_to_serve(at + 0.01))]
    replica = [
        *logs.start(9, "S"),
        *(text for at in tries for text in is_not_served(at)),
        *logs.full_sync(30),
    ]
    timeline = replay({"p": primary, "r": replica})
    assert ("r", len(timeline.joined.nodes["r"].attempts) - 1) not in joined(timeline)
    for clock in timeline.clocks:
        assert (clock.low is None or clock.low < 0) and (clock.high is None or clock.high > 0)


def test_a_finished_sync_may_be_another_than_the_one_that_a_log_ends_in() -> None:
    begun = [*logs.start(0, "M"), *logs.is_asked(10)]
    timeline = replay({"p": begun, "r": [*logs.start(9, "S"), *logs.full_sync(40)]})
    assert timeline.clocks == ()
    assert timeline.verdict.nodes["r"].primary == PRIMARY
    whole = replay(
        {"p": [*logs.start(0, "M"), *logs.serves(10)], "r": [*logs.start(9, "S"), *logs.full_sync(10)]}
    )
    assert whole.verdict.nodes["r"].primary == "p"


def test_of_too_many_ways_to_join_two_logs_the_first_and_the_last_are_looked_at() -> None:
    """A replica asks again and again; of its own log one time is left, and any that its primary saw may be meant."""
    times = [10 + 0.1 * number for number in range(100)]
    primary = [*logs.start(0, "M"), *(text for at in times for text in fails_to_serve(at + 0.01))]
    for number in (2, 50, 97):
        granted = [*logs.asks(times[number]), *logs.is_granted(times[number] + 0.02)]
        (clock,) = replay({"p": primary, "r": granted}).clocks
        assert clock.low is None or clock.low < 0
        assert clock.high is None or clock.high > 0
