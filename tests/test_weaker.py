"""Lines that lost their heads, or have another program's: read where the lines around them speak for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislog import parse, parse_line, replay
from redislog.events.base import Event
from tests.catalogue import messages
from tests.test_joined import ID, LOGS

AT = datetime(2024, 2, 4, 9, 14, 2, 118000)
SHORT = {
    "mark": "{mark} ",
    "mark, indented": "   {mark} ",
    "mark, quoted": "> {mark} ",
    "time and mark": "{at:%H:%M:%S}.118 {mark} ",
    "time without milliseconds": "{at:%H:%M:%S} {mark} ",
    "time alone": "{at:%H:%M:%S}.118 ",
    "time and letter": "{at:%H:%M:%S}.118 {role} {mark} ",
    "letter and time": "{role} {at:%H:%M:%S}.118 {mark} ",
    "pid and role": "712:{role} {mark} ",
    "pid and role, without a mark": "712:{role} ",
    "pid, as before 3.0": "[712] {mark} ",
    "time with pid and role": "712:{role} {at:%H:%M:%S}.118 {mark} ",
    "date without pid": "{at:%d %b %Y %H:%M:%S}.118 {mark} ",
    "date without pid and mark": "{at:%d %b %Y %H:%M:%S}.118 ",
    "date without a year": "{at:%d %b %H:%M:%S}.118 {mark} ",
}
OTHER = {
    "testcontainers": "INFO  c.e.CacheTest - STDOUT: {mark} ",
    "log4j": "{at:%Y-%m-%d %H:%M:%S},118 INFO  [docker-java-stream--171] c.e.CacheTest - ",
    "logback": "{at:%H:%M:%S}.118 [docker-java-stream--171] INFO 🐳 [redis:7.2] -- {mark} ",
    "klog": "I0204 {at:%H:%M:%S}.118001       1 redis.go:127] ",
    "logging": "INFO:redis:{mark} ",
    "logging, formatted": "{at:%Y-%m-%d %H:%M:%S},118 - redis.server - INFO - ",
    "pytest": "INFO     redis:conftest.py:12 {mark} ",
    "a GitLab runner": "{at:%Y-%m-%dT%H:%M:%S}.118000Z 01O {mark} ",
    "a GitHub runner": "{at:%Y-%m-%dT%H:%M:%S}.1180001Z {mark} ",
    "Jenkins": "[{at:%Y-%m-%dT%H:%M:%S}.118Z] {mark} ",
    "docker-compose": "redis-1  | {mark} ",
    "streams": "[stdout] ",
    "slf4j and a name": "{at:%H:%M:%S}.118 INFO  redis-0: ",
}


def headed(layout: str, name: str, step: float = 1.0) -> list[str]:
    """A log with heads of a layout, a line each so many seconds."""
    return [
        layout.format(mark=mark, role=role, at=AT + timedelta(seconds=number * step)) + text
        for number, (role, mark, text) in enumerate(LOGS[name])
    ]


def keys_of(lines: list[str]) -> list[str]:
    return [event.key for event in parse(lines)]


def whole(name: str) -> list[str]:
    return headed("712:{role} {at:%d %b %Y %H:%M:%S}.118 {mark} ", name)


@pytest.mark.parametrize("name", LOGS)
@pytest.mark.parametrize("layout", [*SHORT, *OTHER])
def test_a_log_says_the_same_without_its_own_whole_heads(layout: str, name: str) -> None:
    lines = headed((SHORT | OTHER)[layout], name)
    events = list(parse(lines))
    assert [event.key for event in events] == keys_of(whole(name))
    assert [event.line_number for event in events] == list(range(1, len(lines) + 1))
    assert [event.message for event in events] == [text for _, _, text in LOGS[name]]
    assert {event.ground for event in events} <= {"short-head", "other-head"}
    coverage = replay({"node": lines}).coverage
    assert (coverage.weaker, coverage.foreign, coverage.unrecognized) == (len(lines), 0, 0)


@pytest.mark.parametrize("name", LOGS)
def test_a_log_says_the_same_without_heads(name: str) -> None:
    events = list(parse(headed("", name)))
    assert [event.key for event in events] == keys_of(whole(name))
    assert {event.ground for event in events} == {"no-head"}


@pytest.mark.parametrize("name", LOGS)
@pytest.mark.parametrize("between", ["<br>", "<br/>", "\\n"])
def test_messages_that_are_joined_without_heads_are_told_apart(name: str, between: str) -> None:
    assert keys_of([between.join(headed("{mark} ", name))]) == keys_of(whole(name))


@pytest.mark.parametrize("layout", SHORT)
def test_what_is_left_of_a_head_is_kept(layout: str) -> None:
    event = next(parse(headed(SHORT[layout], "replica")))
    text = SHORT[layout]
    assert (event.pid == 712) == ("712" in text)
    assert (event.flag == "S") == ("{role}" in text)
    assert (event.level == "notice") == ("{mark}" in text)
    assert (event.header.stamp is not None) == ("{at" in text)
    assert event.header.stamp is None or event.header.stamp in headed(text, "replica")[0]


def test_one_line_alone_is_nobody_s() -> None:
    for layout in (*SHORT.values(), *OTHER.values(), ""):
        line = headed(layout, "replica")[1]
        assert parse_line(line).key == "foreign"
        assert keys_of([line]) == ["foreign"]


def test_a_message_that_nothing_knows_is_a_server_s_among_its_like() -> None:
    lines = headed(SHORT["time and mark"], "replica")
    lines.insert(4, "09:14:04.500 * A message of a release to come, with 12 things")
    event = list(parse(lines))[4]
    assert (event.key, event.ground, event.message[:9]) == ("unrecognized", "short-head", "A message")


def test_prose_around_a_log_is_not_read() -> None:
    lines = ["My replica does this:", "", *headed("", "replica"), "", "What can I do?"]
    keys = keys_of(lines)
    assert keys == ["foreign", "foreign", *keys_of(whole("replica")), "foreign", "foreign"]


def test_messages_among_much_prose_are_quotes() -> None:
    prose = [
        "The replica prints this line when it begins.",
        "We saw that at ten.",
        "Then it was well.",
        "And so on.",
    ]
    lines = [*prose, *headed("", "replica")[:3], *prose]
    assert set(keys_of(lines)) == {"foreign"}


def test_times_of_day_pass_midnight_and_give_durations() -> None:
    texts = [text for _, _, text in LOGS["replica"][3:]]
    clocks = ["23:59:57.000", "23:59:57.001", "23:59:57.002", "23:59:57.003", "23:59:57.004", "23:59:58.000"]
    clocks += ["23:59:59.500", "00:00:02.500", "00:00:02.600", "00:00:03.000"]
    timeline = replay({"replica": [f"{clock} * {text}" for clock, text in zip(clocks, texts, strict=True)]})
    (resync,) = timeline.resyncs
    assert (resync.begun, resync.over) != (None, None)
    assert {phase.name: phase.seconds for phase in resync.phases}["transfer"] == 3.0
    assert timeline.verdict.nodes["replica"].in_sync is True


def test_order_takes_the_place_of_time() -> None:
    timeline = replay({"replica": headed("", "replica")})
    (resync,) = timeline.resyncs
    assert (resync.kind, resync.outcome, resync.replid, resync.offset) == ("full", "done", ID, 4410)
    assert {phase.seconds for phase in resync.phases} == {None}
    node = timeline.verdict.nodes["replica"]
    assert (node.role, node.in_sync, str(node.primary)) == ("replica", True, "10.60.0.4:6379")


def test_a_sentinel_without_letters_is_no_server() -> None:
    lines = ["oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo", *headed("", "sentinel")]
    timeline = replay({"watcher": lines})
    assert timeline.observers == ("watcher",)
    assert "watcher" not in timeline.verdict.nodes


@given(st.lists(messages("replication"), min_size=6, max_size=12))
def test_a_line_is_the_message_that_it_is_with_its_head_or_nobody_s(printed: list[Any]) -> None:
    texts = [
        each.message for each in printed if not each.is_raw and "\n" not in each.message and each.message
    ]
    with_heads = [parse_line(f"712:S 04 Feb 2024 09:14:02.118 * {text}") for text in texts]
    events: list[Event] = list(parse([f"09:14:02.118 * {text}" for text in texts]))
    assert len(events) == len(texts)
    for event, same in zip(events, with_heads, strict=True):
        assert event.key in (same.key, "foreign", "unrecognized")
