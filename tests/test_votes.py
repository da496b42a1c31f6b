"""Sentinels' clocks: bounded by votes and by the orders that servers obey, and the order that follows."""

from __future__ import annotations

import re

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


def without_names(lines: list[str]) -> list[str]:
    """As a server prints them that hides its clients' names (Valkey 9.1)."""
    return [re.sub(r"\bname=\S*", "name=*redacted*", line) for line in lines]


@pytest.mark.parametrize("late", [0.0, 3600.0, -86400.0 / 48])
def test_the_one_promotion_bounds_a_sentinel_s_clock_where_names_are_hidden(late: float) -> None:
    replica = without_names([*PAIR["r"], *logs.loses_primary(60), *promoted_by_sentinel(66.5)])
    replica += logs.serves_partially(68, "10.0.0.3:6379")
    clock = the(replay({"p": PAIR["p"], "r": replica, "s": leads(3600 + late)}), "s")
    assert clock.low is not None
    assert clock.high is not None
    assert clock.low < 3600 + late < clock.high


def test_of_two_promotions_by_hidden_names_none_bounds_a_clock() -> None:
    twice = without_names([*PAIR["r"], *promoted_by_sentinel(40), *promoted_by_sentinel(66.5)])
    clocks = replay({"p": PAIR["p"], "r": twice, "s": leads()}).clocks
    assert "s" not in {clock.node for clock in clocks}


def test_whether_a_client_that_hides_its_name_planned_a_promotion_is_not_known() -> None:
    """It may be a Sentinel that does not reach a primary which its replica still reaches."""
    replica = without_names([*PAIR["r"], *promoted_by_sentinel(66.5)])
    (failover,) = replay({"p": PAIR["p"], "r": replica}).failovers
    assert (failover.planned, failover.asked_by) == (None, "10.0.0.9:50000")


def by_a_library(at: float) -> list[str]:
    """A promotion that a client asks for which says its library, and hides its name."""
    return [
        line.replace("name=*", "lib-name=jedis name=*") for line in without_names(promoted_by_sentinel(at))
    ]


def test_a_client_that_says_its_library_is_no_sentinel() -> None:
    (failover,) = replay({"p": PAIR["p"], "r": [*PAIR["r"], *by_a_library(66.5)]}).failovers
    assert (failover.planned, failover.asked_by) == (True, "10.0.0.9:50000")


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
