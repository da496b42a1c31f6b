"""Values say in one short line who, what and when: that is what a failed assertion prints."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from redislog import Event, Failover, Finding, NodeState, Resync, Timeline, Verdict, parse_line, replay
from redislog.testing.strategies import lines
from tests import logs
from tests.argocd import SERVER_0, SERVER_1, replayed

PRIMARY, REPLICA = "10.0.0.1:6379", "10.0.0.2:6379"


def is_short(value: object) -> bool:
    """Whether it is one line of at most 200 characters that names its class."""
    text = repr(value)
    return text.isprintable() and len(text) <= 200 and text.startswith(f"<{type(value).__name__} ")


@given(st.one_of(lines(), st.text(), st.binary()))
def test_events_are_short_whatever_they_hold(line: str | bytes) -> None:
    event = parse_line(line, source="a" * 300 + "\n.log")
    assert repr(event).isprintable()
    assert len(repr(event)) <= 200
    assert ":1)>" in repr(event) or repr(event).endswith("\u2026>")


def test_an_event_says_what_when_and_where() -> None:
    event = parse_line(
        "1:M 29 May 2023 07:48:59.135 * Replica 10.0.25.220:6379 asks for synchronization", source="a.log"
    )
    assert repr(event) == (
        "<SyncRequested primary.sync-requested 2023-05-29 07:48:59.135 replica=10.0.25.220:6379 (a.log:1)>"
    )


def story() -> Timeline:
    """A failover by hand, after a resync."""
    replica = [*logs.start(0, "S"), *logs.full_sync(10, PRIMARY), *logs.is_promoted(60)]
    return replay({"p": [*logs.start(0, "M"), *logs.serves(10, REPLICA)], "r": replica})


def test_all_that_a_timeline_says_is_short() -> None:
    for timeline in (replayed(), story()):
        verdict = timeline.verdict
        values: list[Any] = [timeline, verdict, *verdict.nodes.values(), *verdict.findings, *timeline.resyncs]
        assert all(map(is_short, [*values, *timeline.failovers, *timeline.events])), values


def test_they_say_who_what_and_when() -> None:
    timeline = replayed()
    first, second = repr(timeline.verdict), repr(timeline.resyncs[0])
    assert first.startswith(f"<Verdict healthy at the end: primary {SERVER_0}, 2 of 2 replicas in sync")
    assert second.startswith(f"<Resync full {SERVER_1} from {SERVER_0} 2023-05-29 07:48:59.1")
    assert "done why: no cached master>" in second
    assert "replica of" in repr(timeline.verdict.nodes[SERVER_1])
    (failover,) = story().failovers
    assert repr(failover).startswith("<Failover r took over from ")
    assert "70 lines of 3 captures" in repr(timeline)


@given(st.text(), st.text())
def test_values_of_any_text_are_short(name: str, words: str) -> None:
    made = [
        Finding("crash", "critical", (name,) * 30, None, None, words * 9, words, ()),
        NodeState(name * 9, "replica", None, "connected", None, None, words * 9),
        Resync("full", name * 9, None, words * 9, None, None, (), "open", None, None, None, ()),
        Failover(name * 9, words * 9, None, None, None, None, None, None, None, None, words, None, ()),
    ]
    coverage = replay({}).coverage
    verdict = Verdict("unknown", None, (name * 9, words), (), {}, tuple(made[:1]), coverage)  # type: ignore[arg-type]
    assert all(map(is_short, [*made, verdict]))
    assert isinstance(parse_line(words), Event)
