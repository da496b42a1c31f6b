"""JSON: what is written is read back equal, and says its schema."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from redislog import (
    ClockOffset,
    Event,
    Failover,
    Resync,
    RoleChange,
    Verdict,
    parse_line,
    structure,
    unstructure,
)
from redislog.events.index import messages as declared_messages
from redislog.events.versions import expand
from tests import catalogue
from tests.argocd import SERVERS, replayed


def through_json(value: Any, cls: type[Any]) -> Any:
    """A value written as JSON text and read back."""
    data = json.loads(json.dumps(unstructure(value)))
    assert data["schema"] == 1
    return structure(data, cls)


def test_events_of_all_classes_are_read_back_equal() -> None:
    classes = {cls for cls, message in declared_messages()}
    seen: set[type[Event]] = set()
    for row in catalogue.rows():
        version = expand(row.versions)[0]
        for turn in range(catalogue.turns(row, version)):
            for line in catalogue.printed(row, version, turn).line.split("\n"):
                event = parse_line(line, source="a.log")
                again = through_json(event, Event)
                assert again == event
                assert type(again) is type(event)
                seen.add(type(event))
    assert classes - seen == set()


@given(catalogue.messages())
def test_events_with_any_values_are_read_back_equal(printed: catalogue.Printed) -> None:
    event = parse_line(printed.line.replace("\n", " "))
    assert through_json(event, Event) == event


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe",
        b"1:M 29 May 2023 07:47:57.186 * \xff",
        b"[pod/a/redis] 2026-11-23T01:27:49.875385319Z 1:M 29 May 2023 07:47:57.186 * Ready to accept connections",
        b"1:M 29 May 07:47:57.186 * Ready to accept connections",
        b"1:M 2024-05-03T10:01:02.500+02:00 * Ready to accept connections",
        b"1:M 31 Feb 2023 07:47:57.186 * Ready to accept connections",
        b"1:M 29 May 2023 07:47:57.186 * MASTER <-> REPLICHA sync started",
    ],
)
def test_unusual_lines_are_read_back_equal(line: bytes) -> None:
    event = parse_line(line)
    assert through_json(event, Event) == event


@pytest.mark.parametrize("names", [(), SERVERS[:1], SERVERS[1:2], SERVERS[1:]])
def test_what_a_timeline_says_is_read_back_equal(names: tuple[str, ...]) -> None:
    timeline = replayed(*names)
    assert through_json(timeline.verdict, Verdict) == timeline.verdict
    for cls, values in (
        (Resync, timeline.resyncs),
        (ClockOffset, timeline.clocks),
        (RoleChange, timeline.roles),
        (Failover, timeline.failovers),
    ):
        for value in values:
            assert through_json(value, cls) == value


def test_another_schema_is_refused() -> None:
    data = unstructure(replayed().verdict)
    with pytest.raises(ValueError, match="schema"):
        structure({**data, "schema": 2}, Verdict)


def test_an_unknown_key_is_refused() -> None:
    data = unstructure(parse_line("x"))
    with pytest.raises(ValueError, match="no-such-key"):
        structure({**data, "key": "no-such-key"}, Event)


def test_an_event_s_json_has_names_that_programs_may_rely_on() -> None:
    event = parse_line(
        "1:M 29 May 2023 07:48:59.135 * Replica 10.0.25.220:6379 asks for synchronization", source="a"
    )
    data = unstructure(event)
    expected = {
        "schema": 1,
        "key": "primary.sync-requested",
        "at": "2023-05-29T07:48:59.135000",
        "pid": 1,
        "flag": "M",
        "level": "notice",
        "message": "Replica 10.0.25.220:6379 asks for synchronization",
        "source": "a",
        "line_number": 1,
        "damaged": False,
        "truncated": False,
        "fields": {"replica": "10.0.25.220:6379"},
    }
    assert {name: data.get(name) for name in expected} == expected


def test_a_verdict_s_json_has_names_that_programs_may_rely_on() -> None:
    data = unstructure(replayed().verdict)
    assert (data["status"], data["primary"]) == ("healthy", "argocd-redis-ha-server-0")
    node = data["nodes"]["argocd-redis-ha-server-1"]
    assert (node["role"], node["in_sync"], node["addresses"]) == ("replica", True, ["10.0.25.220:6379"])
