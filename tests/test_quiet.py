"""Lines that change nothing are only counted; what is known is the same as if each had been folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislog import Event, Timeline, parse
from redislog.reading import Reader
from redislog.timeline.quiet import quiet_lines
from tests import logs
from tests.benchmarks.logs import LOGS, lines_of
from tests.logs import line

FIXTURES = Path(__file__).parent.parent / "fixtures"
CAPTURES = sorted(path for path in FIXTURES.glob("[0-9]*/*/*.log"))[::5]


def known(timeline: Timeline) -> list[object]:
    """All that a timeline says, and what it knows of each server."""
    joined = timeline.joined
    return [
        timeline.verdict,
        timeline.coverage,
        timeline.resyncs,
        timeline.roles,
        [(name, history) for name, history in joined.nodes.items()],
    ]


def in_rows(events: Iterable[Event], *, source: str, batch: int = 10**9) -> Timeline:
    timeline = Timeline()
    timeline.know(source)
    waiting = list(events)
    for start in range(0, len(waiting), batch):
        timeline.add_all(waiting[start : start + batch], source)
    return timeline


def as_they_are_read(lines: Iterable[str | bytes], *, source: str) -> Timeline:
    """No event is made of lines that change nothing."""
    timeline = Timeline()
    timeline.know(source)
    counting = quiet_lines()
    timeline.add_all(Reader(source=source).read_all(lines, counting), source, counting)
    return timeline


def one_by_one(events: Iterable[Event], *, source: str) -> Timeline:
    timeline = Timeline()
    timeline.know(source)
    for event in events:
        timeline.add(event, source)
    return timeline


def same(lines: Sequence[str | bytes], source: str = "all", batch: int = 10**9) -> None:
    """The same is known by all ways."""
    expected = known(one_by_one(parse(lines, source=source), source=source))
    assert known(in_rows(parse(lines, source=source), source=source, batch=batch)) == expected
    assert known(as_they_are_read(lines, source=source)) == expected


@pytest.mark.parametrize("name", LOGS)
def test_a_long_log_says_the_same(name: str) -> None:
    same(list(lines_of(name, 3000)))
    same(list(lines_of(name, 3000)), "server-0", 700)


@pytest.mark.parametrize("capture", CAPTURES, ids=lambda path: str(path.relative_to(FIXTURES)))
def test_a_recorded_log_says_the_same(capture: Path) -> None:
    same(capture.read_bytes().splitlines(keepends=True))


QUIET = (
    "Accepted 10.0.0.1:51234",
    "DB 0: 12 keys (3 volatile) in 16 slots HT.",
    "Background saving started by pid 42",
    "Background saving terminated with success",
    "10000 changes in 60 seconds. Saving...",
    "something that nothing knows, of pid 77",
    "something that nothing knows",
    "Failed opening the temp RDB file temp-7.rdb (in server root",
    "Synchronization with replica 10.0.0.3:6379 succeded",
    "GOSSIP 9e17f710b884dc209105f3c7fffdd5b03c81564b 10.0.1.5:6379@16379 master",
)


@st.composite
def mixed(draw: st.DrawFn) -> list[str]:
    """Quiet lines of a server and its children between lines that matter; time may stand still or go back."""
    at = 10.0
    lines = logs.start(0, "M") if draw(st.booleans()) else []
    for _ in range(draw(st.integers(1, 30))):
        at += draw(st.sampled_from([0.0, 0.0, 0.1, 1.0, -0.001, -3.0, 86400.0]))
        at = max(at, 1.0)
        kind = draw(st.integers(0, 12))
        if kind == 0:
            lines += logs.is_asked(at)
        elif kind == 1:
            lines += logs.loses_replica(at)
        elif kind == 2:
            lines += logs.is_promoted(at)
        elif kind == 3:
            lines += logs.is_demoted(at)
        elif kind == 4:
            message = draw(st.sampled_from(["DB saved on disk", "something that nothing knows, of pid 9"]))
            lines.append(line(at, "C", message).replace("1:C", draw(st.sampled_from(["42:C", "1:C"])), 1))
        elif kind == 5:
            lines.append(
                draw(st.sampled_from(["dir /data) for saving: No space left on device", "# Server", ""]))
            )
        else:
            letter = draw(st.sampled_from(["M", "M", "M", "S"]))
            text = line(at, letter, draw(st.sampled_from(QUIET)), draw(st.sampled_from("*-#")))
            lines.append(text.replace("1:", draw(st.sampled_from(["1:", "1:", "1:", "9:"])), 1))
    return lines


@given(mixed(), st.sampled_from(["all", "server-0"]), st.sampled_from([1, 3, 1000]))
def test_quiet_lines_between_others_change_nothing(lines: list[str], source: str, batch: int) -> None:
    same(lines, source, batch)


def test_a_log_whose_first_line_nothing_knows_is_a_server_s() -> None:
    same([line(1, "M", QUIET[6], "-"), line(2, "M", QUIET[0], "-"), line(3, "M", QUIET[1], "-")])


@pytest.mark.parametrize(("name", "most"), [("realistic", 0.12), ("debug", 0.05), ("unknown", 0.15)])
def test_of_most_lines_no_event_is_made(name: str, most: float) -> None:
    counting = quiet_lines()
    made = 0

    def events() -> Iterator[Event]:
        nonlocal made
        for event in Reader(source="all").read_all(lines_of(name, 3000), counting):
            made += 1
            yield event

    Timeline().add_all(events(), "all", counting)
    assert made < most * 3000


def test_the_last_of_many_quiet_lines_is_when_a_server_was_last_seen() -> None:
    lines = [*logs.start(0, "M"), *(line(10 + n, "M", QUIET[0], "-") for n in range(50))]
    timeline = in_rows(parse(lines, source="server-0"), source="server-0")
    state = timeline.verdict.nodes["server-0"]
    start = datetime(2023, 5, 29)
    assert state.last_seen == start + timedelta(seconds=59)
    assert timeline.joined.nodes["server-0"].lines == len(lines)
