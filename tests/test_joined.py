"""Several records in one line are several events, whatever stands between them; all know their line."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislog import parse, parse_line, replay
from tests.catalogue import messages

ID = "3b1f0c9e77d2a4458e6601b7c2d9f4a6e8057713"
REPLICA = [
    ("S", "*", "Connecting to MASTER 10.60.0.4:6379"),
    ("S", "*", "MASTER <-> REPLICA sync started"),
    ("S", "#", "Error condition on socket for SYNC: Connection refused"),
    ("S", "*", "Connecting to MASTER 10.60.0.4:6379"),
    ("S", "*", "MASTER <-> REPLICA sync started"),
    ("S", "*", "Non blocking connect for SYNC fired the event."),
    ("S", "*", "Master replied to PING, replication can continue..."),
    ("S", "*", f"Trying a partial resynchronization (request {ID}:4409)."),
    ("S", "*", f"Full resync from master: {ID}:4410"),
    ("S", "*", "MASTER <-> REPLICA sync: receiving 8812 bytes from master to disk"),
    ("S", "*", "MASTER <-> REPLICA sync: Flushing old data"),
    ("S", "*", "MASTER <-> REPLICA sync: Loading DB in memory"),
    ("S", "*", "MASTER <-> REPLICA sync: Finished with success"),
]
PRIMARY = [
    ("M", "*", "Replica 10.60.0.9:6379 asks for synchronization"),
    ("M", "*", "Full resync requested by replica 10.60.0.9:6379"),
    ("M", "*", "Starting BGSAVE for SYNC with target: disk"),
    ("M", "*", "Background saving started by pid 1220"),
    ("C", "*", "DB saved on disk"),
    ("M", "*", "Background saving terminated with success"),
    ("M", "*", "Synchronization with replica 10.60.0.9:6379 succeeded"),
    ("M", "-", "DB 0: 12 keys (0 volatile) in 16 slots HT."),
]
SENTINEL = [
    ("X", "#", "+sdown master mymaster 10.60.0.4 6379"),
    ("X", "#", "+odown master mymaster 10.60.0.4 6379 #quorum 2/2"),
    ("X", "#", "+new-epoch 17"),
    ("X", "#", "+try-failover master mymaster 10.60.0.4 6379"),
    ("X", "#", f"+vote-for-leader {ID} 17"),
    ("X", "#", "+switch-master mymaster 10.60.0.4 6379 10.60.0.9 6379"),
]
CLUSTER = [
    ("M", "*", "FAIL message received from 07c37dfeb235213a872192d90877d0cd55635b91 about " + ID),
    ("M", "#", "Cluster state changed: fail"),
    ("S", "#", "Start of election delayed for 711 milliseconds (rank #0, offset 4410)."),
    ("S", "#", "Starting a failover election for epoch 7."),
    ("M", "*", "configEpoch set to 7 after successful failover"),
]
VALKEY = [
    ("M", "*", "oO0OoO0OoO0Oo Valkey is starting oO0OoO0OoO0Oo"),
    ("M", "*", "Valkey version=8.1.3, bits=64, commit=00000000, modified=0, pid=1, just started"),
    ("M", "*", "Ready to accept connections tcp"),
    ("S", "*", "Connecting to PRIMARY redis-0.redis:6379"),
    ("S", "*", "PRIMARY <-> REPLICA sync started"),
    ("S", "*", f"Full resync from primary: {ID}:14"),
]
LOGS = {"replica": REPLICA, "primary": PRIMARY, "sentinel": SENTINEL, "cluster": CLUSTER, "valkey": VALKEY}
BETWEEN = [
    "",
    " ",
    "   ",
    "\t",
    ",",
    ", ",
    "<br>",
    "<br/>",
    "<br />\t",
    "\\n",
    "\\r\\n",
    "\r",
    "; ",
    '", "',
    "</p><p>",
]
LAYOUTS = {
    "legacy": "{pid}:{role} 04 Feb 2024 09:14:{second:02}.118 {mark} {text}",
    "without a year": "{pid}:{role} 04 Feb 09:14:{second:02}.118 {mark} {text}",
    "iso": "{pid}:{role} 2024-02-04T09:14:{second:02}.118+01:00 {mark} {text}",
    "unix": "{pid}:{role} 17070344{second:02}118 {mark} {text}",
    "bracket": "[{pid}] 04 Feb 09:14:{second:02}.118 {mark} {text}",
}


def printed(log: list[tuple[str, str, str]], layout: str, pid: int) -> list[str]:
    return [
        LAYOUTS[layout].format(
            pid=1220 if role == "C" else pid, role=role, second=number + 10, mark=mark, text=text
        )
        for number, (role, mark, text) in enumerate(log)
    ]


def events_of(lines: Iterable[str]) -> list[Any]:
    return list(parse(lines))


@pytest.mark.parametrize("between", BETWEEN, ids=repr)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize("pid", [1, 712, 31007])
def test_joined_records_say_what_they_say_apart(between: str, layout: str, log: str, pid: int) -> None:
    lines = printed(LOGS[log], layout, pid)
    apart = [(event.key, event.pid, event.message, event.header.stamp) for event in parse(lines)]
    chance = random.Random(f"{log}{pid}{between}")
    at = sorted({0, *chance.sample(range(1, len(lines)), 2)})
    rows = [lines[one:other] for one, other in zip(at, [*at[1:], len(lines)], strict=True)]
    joined = list(parse([between.join(row) for row in rows]))
    assert [(event.key, event.pid, event.message, event.header.stamp) for event in joined] == apart
    numbers = [number for number, row in enumerate(rows, start=1) for _ in row]
    assert [event.line_number for event in joined] == numbers


@given(st.data())
def test_any_two_messages_joined_are_two_events(data: st.DataObject) -> None:
    one, other = (data.draw(messages("replication")) for _ in range(2))
    if one.is_raw or other.is_raw or "\n" in one.message + other.message:
        return
    head = "4712:S 04 Feb 2024 09:14:02.118 * "
    first = parse_line(head + one.message)
    events = list(parse([f"{head}{one.message}<br>{head}{other.message}"]))
    assert len(events) == 2
    assert events[0].message == first.message.strip(" ") or events[0].key == first.key


def test_a_page_s_tags_and_entities_are_no_part_of_its_lines() -> None:
    page = (
        "<html><body><pre>31:S 02 Oct 2025 11:22:31.001 * Connecting to MASTER 10.1.1.1:6379<br>"
        "31:S 02 Oct 2025 11:22:31.002 * MASTER &lt;-&gt; REPLICA sync started<br />",
        "31:S 02 Oct 2025 11:22:31.003 # Error condition on socket for SYNC: Connection refused</pre>",
    )
    events = events_of(page)
    assert [event.key for event in events] == [
        "replica.connecting",
        "replica.sync-started",
        "replica.connect-error",
    ]
    assert events[2].error == "Connection refused"


def test_a_number_that_touches_the_next_head_is_the_message_s() -> None:
    lines = printed(REPLICA[7:9], "legacy", 712)
    first, second = events_of(["".join(reversed(lines))])
    assert (first.offset, second.offset, second.pid) == (4410, 4409, 712)


def test_a_value_that_ends_in_any_text_does_not_swallow_the_next_record() -> None:
    lines = printed(REPLICA[:4], "legacy", 712)
    long = [*lines * 40, lines[2] + lines[3]]
    events = list(parse(long))
    assert [event.key for event in events[-2:]] == ["replica.connect-error", "replica.connecting"]
    assert len(events) == len(lines) * 40 + 2


def test_joined_records_are_folded_like_others() -> None:
    lines = printed(REPLICA, "legacy", 712)
    timeline = replay({"replica": ["".join(lines)]})
    node = timeline.verdict.nodes["replica"]
    assert (node.role, node.in_sync, str(node.primary)) == ("replica", True, "10.60.0.4:6379")
    assert timeline.coverage.lines == len(lines)
