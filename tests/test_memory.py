"""What is kept of a log: what changed something, and no other line."""

from __future__ import annotations

import gc

import pytest

from redislog import Event, parse, replay
from tests.benchmarks.logs import lines_of


def events_alive() -> int:
    """How many events are held by anything."""
    gc.collect()
    return sum(isinstance(each, Event) for each in gc.get_objects())


@pytest.mark.parametrize("name", ["realistic", "unknown", "debug", "kubectl", "logfmt", "storm", "refused"])
def test_parse_holds_no_event_that_it_has_given(name: str) -> None:
    before = events_alive()
    for number, _ in enumerate(parse(lines_of(name, 2_000))):
        if not number % 500:
            assert events_alive() - before < 5


@pytest.mark.parametrize("name", ["realistic", "unknown", "debug", "kubectl", "logfmt", "refused"])
def test_a_timeline_holds_the_events_that_changed_something(name: str) -> None:
    before = events_alive()
    timeline = replay({name: lines_of(name, 5_000)})
    held = events_alive() - before
    assert held <= len(timeline.events) + 30
    assert held < 150


def test_a_timeline_of_a_storm_grows_with_its_syncs() -> None:
    before = events_alive()
    timeline = replay({"storm": lines_of("storm", 5_000)})
    assert events_alive() - before < 6 * len(timeline.resyncs) + 100
