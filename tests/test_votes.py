"""Sentinels' clocks: bounded by votes and by the orders that servers obey, and the order that follows."""

from __future__ import annotations

import pytest

from redislog import ClockOffset, Timeline, replay
from tests import logs
from tests.logs import seen_by_sentinel
from tests.test_failovers import PAIR, promoted_by_sentinel


def leads(late: float = 0.0) -> list[str]:
    """A Sentinel that is elected, and whose clock is fast by some seconds."""
    return [*logs.sentinel_starts(5 + late), *logs.sentinel_leads(66 + late)]


def votes(late: float = 0.0) -> list[str]:
    """The Sentinel that votes for it, a moment later."""
    return [
        *logs.sentinel_starts(5 + late, 2),
        seen_by_sentinel(66.005 + late, f"+vote-for-leader {logs.QUORUM[0]} 1"),
        seen_by_sentinel(68.5 + late, "+switch-master mymaster 10.0.0.1 6379 10.0.0.2 6379"),
    ]


def the(timeline: Timeline, node: str) -> ClockOffset:
    (found,) = [clock for clock in timeline.clocks if clock.node == node]
    return found


@pytest.mark.parametrize("late", [0.0, 3.0, 3600.0, -3600.0])
def test_a_vote_bounds_the_clocks_of_two_sentinels(late: float) -> None:
    """QUORUM[2] prints its vote after the request, and before the leader has it."""
    clock = the(replay({"s": leads(), "t": votes(3600 + late)}), "t")
    assert clock.low is not None
    assert clock.high is not None
    assert clock.low < 3600 + late < clock.high
    assert clock.high - clock.low < 0.05
    assert len(clock.evidence) >= 3


@pytest.mark.parametrize("late", [0.0, 3600.0, -86400.0 / 48])
def test_a_promotion_on_a_sentinel_s_order_bounds_its_clock(late: float) -> None:
    served = logs.serves_partially(68, "10.0.0.3:6379")
    replica = [*PAIR["r"], *logs.loses_primary(60), *promoted_by_sentinel(66.5), *served]
    timeline = replay({"p": PAIR["p"], "r": replica, "s": leads(3600 + late)})
    clock = the(timeline, "s")
    assert clock.low is not None
    assert clock.high is not None
    assert clock.low < 3600 + late < clock.high
    (failover,) = timeline.failovers
    assert (failover.node, failover.asked_by) == ("r", "Sentinel s")


def test_a_sentinel_that_nothing_bounds_has_no_offset() -> None:
    assert replay({**PAIR, "s": logs.sentinel_starts(5)}).joined.shift("s") == 0.0
    assert [clock.node for clock in replay({**PAIR, "s": logs.sentinel_starts(5)}).clocks] == ["r"]


def test_a_vote_for_another_epoch_bounds_nothing() -> None:
    other = [text.replace(f"{logs.QUORUM[0]} 1", f"{logs.QUORUM[0]} 2") for text in votes()]
    assert [clock.node for clock in replay({"s": leads(), "t": other}).clocks] == []


def test_the_timeline_shows_no_vote_before_it_was_asked_for() -> None:
    timeline = replay({"s": leads(), "t": votes(-3)})
    shown = [(event.source, event.key) for event in timeline.events]
    asked = shown.index(("s", "sentinel.+try-failover"))
    given = shown.index(("t", "sentinel.+vote-for-leader"))
    assert asked < given < shown.index(("s", "sentinel.vote-received"))


def alone(late: float = 0.0) -> dict[str, list[str]]:
    """The log of the promoted server, which nobody follows, and that of the Sentinel that ordered it."""
    replica = [*PAIR["r"], *logs.loses_primary(60), *promoted_by_sentinel(66.5)]
    return {"r": replica, "s": leads(late)}


def test_the_server_that_obeyed_has_the_address_that_was_promoted() -> None:
    state = replay(alone()).verdict.nodes["r"]
    assert (state.addresses, state.basis[logs.REPLICA]) == ((logs.REPLICA,), "deduced")
    assert "+promoted-slave" in state.because[logs.REPLICA][0].text


def test_an_order_at_another_time_or_one_of_two_says_nothing_of_an_address() -> None:
    assert replay(alone(late=7200)).verdict.nodes["r"].addresses == ()
    twice = alone()
    twice["s"] += logs.sentinel_leads(500)
    assert replay(twice).verdict.nodes["r"].addresses == ()
    cut = {**alone(), "r": alone()["r"][8:]}
    assert replay(cut).verdict.nodes["r"].addresses == ()
