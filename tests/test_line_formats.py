"""Every message of the newest Valkey in its other two line formats, logfmt and JSON, with each form of stamp."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislog import parse, parse_line
from redislog.events.base import field_name
from tests import catalogue
from tests.catalogue import Printed, Row, Slot
from tests.test_messages import wrong_values

ROLES = {"M": "primary", "S": "replica", "C": "RDB/AOF", "X": "sentinel"}
LEVELS = {".": "debug", "-": "info", "*": "notice", "#": "warning"}
STAMPS = ("03 May 2024 10:01:02.500", "2024-05-03T10:01:02.500+02:00", "1714723262500")


def as_json(role: str, level: str, stamp: str, message: str) -> str:
    """The line that ``log-format json`` prints: five keys in this order, the pid a number."""
    parts = {"pid": 2155, "role": role, "timestamp": stamp, "level": level, "message": message}
    return json.dumps(parts, separators=(",", ":"), ensure_ascii=False)


def as_logfmt(role: str, level: str, stamp: str, message: str) -> str:
    """The line that ``log-format logfmt`` prints: no double quote and no newline is left in the message."""
    plain = message.replace('"', "'").replace("\r", " ").replace("\n", " ")
    return f'pid=2155 role={role} timestamp="{stamp}" level={level} message="{plain}"'


def printed(version: str) -> list[tuple[Row, Printed]]:
    """Each message that a version prints with a prefix, in every filling."""
    return [
        (row, made)
        for row in catalogue.rows_of(version)
        for turn in range(catalogue.turns(row, version))
        if (made := catalogue.printed(row, version, turn)).mark in LEVELS and made.letter in ROLES
    ]


def test_every_message_is_read_from_json_with_its_values() -> None:
    wrong = []
    for number, (row, made) in enumerate(printed("valkey 9.1")):
        assert made.mark and made.letter
        line = as_json(ROLES[made.letter], LEVELS[made.mark], STAMPS[number % 3], made.message)
        event = parse_line(line)
        if event.key != row.key or (wrong_values(event, row, made.values) and "\n" not in made.message):
            wrong.append((event.key, row.key, line))
        elif (event.pid, event.flag) != (2155, made.letter) or event.at is None:
            wrong.append(("prefix", row.key, line))
    assert not wrong, wrong[:5]


def test_every_message_is_read_from_logfmt_whose_wording_has_quotes_or_newlines() -> None:
    wrong = []
    seen = 0
    for number, (row, made) in enumerate(printed("valkey 9.1")):
        text = "".join(part for part in row.parts if isinstance(part, str)).rstrip("\n")
        if not any(sign in text for sign in '"\n') and "quoted" not in {slot.kind for slot in row.slots}:
            continue
        if any('"' in made.values[slot.name] and slot.kind != "quoted" for slot in row.slots):
            continue
        assert made.mark and made.letter
        seen += 1
        line = as_logfmt(ROLES[made.letter], LEVELS[made.mark], STAMPS[number % 3], made.message)
        event = parse_line(line)
        if event.key != row.key or not all(_says(event, slot, made.values[slot.name]) for slot in row.slots):
            wrong.append((event.key, row.key, line))
    assert seen > 10
    assert not wrong, wrong[:5]


def _says(event: object, slot: Slot, text: str) -> bool:
    value = str(getattr(event, field_name(slot.name)))
    return value.replace('"', "'") == text.replace('"', "'") or slot.kind != "quoted"


def test_a_message_of_json_is_as_it_was_said() -> None:
    said = 'Unrecoverable error: corrupted cluster config file "/data/\\nodes.conf\n".'
    assert parse_line(as_json("primary", "warning", STAMPS[0], said)).message == said


@pytest.mark.parametrize("stamp", STAMPS)
def test_json_of_a_server_within_a_collector_s_record(stamp: str) -> None:
    line = as_json("replica", "notice", stamp, "MASTER <-> REPLICA sync: Finished with success")
    docker = json.dumps({"log": line + "\n", "stream": "stdout", "time": "2024-05-03T08:01:02.6Z"})
    cri = f"2024-05-03T08:01:02.600000000Z stdout F {line}"
    for text in (line, docker, cri):
        (event,) = parse([text])
        assert (event.key, event.flag, event.level) == ("replica.full-sync.finished", "S", "notice"), text


@pytest.mark.parametrize("stamp", STAMPS)
def test_a_store_s_record_whose_keys_are_the_line_s_own_parts(stamp: str) -> None:
    parts = {
        "level": "notice",
        "message": "MASTER <-> REPLICA sync: Finished with success",
        "pid": 2155,
        "role": "replica",
        "timestamp": stamp,
    }
    for record in ({**parts, "kubernetes": {"pod_name": "redis-1"}}, {**parts, "pid": "2155"}):
        (event,) = parse([json.dumps(record)])
        assert (event.key, event.pid, event.flag) == ("replica.full-sync.finished", 2155, "S")
        assert event.level == "notice"
        assert event.stamp is not None
        assert event.stamp.text == stamp


@given(st.text(), st.sampled_from(STAMPS), st.sampled_from(sorted(ROLES.values())))
def test_no_message_is_lost_in_json(message: str, stamp: str, role: str) -> None:
    events = list(parse([as_json(role, "notice", stamp, message)]))
    assert [event.message.rstrip("\n") for event in events] == [message.rstrip("\n")]
    assert events[0].pid == 2155


@pytest.mark.parametrize("name", ["KeyDB", "Redict", "Valkey", "Redis", "Some-Fork"])
def test_a_fork_s_name_is_a_value(name: str) -> None:
    head = "1:24:C 14 Dec 2023 08:15:48.143 #"
    banner = parse_line(f"{head} oO0OoO0OoO0Oo {name} is starting oO0OoO0OoO0Oo")
    version = parse_line(
        f"{head} {name} version=6.3.4, bits=64, commit=7e7e5e57, modified=0, pid=1, just started"
    )
    assert (banner.key, version.key) == ("server.starting", "server.version")
    assert banner.product == version.product == name  # type: ignore[attr-defined]
