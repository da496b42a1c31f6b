"""Whose line it is: excerpts of one server's log are one server's, whatever was left out of them or came between."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from redislog import parse, replay

AT = datetime(2025, 12, 1, 19, 24, 17, 393000)
Said = tuple[float, str, str]
"""Seconds after the line before, the role letter and level mark, and the message."""

CHOSEN: dict[str, list[Said]] = {
    "refused, then a damaged snapshot": [
        (0, "S #", "Error condition on socket for SYNC: Connection refused"),
        (21, "S #", "Wrong signature trying to load DB from file"),
        (0, "S #", "Failed trying to load the MASTER synchronization DB from disk"),
    ],
    "refused, then the end of a sync": [
        (0, "S #", "Error condition on socket for SYNC: Connection refused"),
        (9, "S *", "MASTER <-> REPLICA sync: Finished with success"),
    ],
    "refused, then the snapshot": [
        (0, "S #", "Error condition on socket for SYNC: No route to host"),
        (2, "S *", "Full resync from master: 3b1f0c9e77d2a4458e6601b7c2d9f4a6e8057713:101"),
        (5, "S *", "MASTER <-> SLAVE sync: Loading DB in memory"),
    ],
    "in sync, then another try": [
        (0, "S *", "MASTER <-> REPLICA sync: Finished with success"),
        (3600, "S *", "Connecting to MASTER 10.0.0.4:6379"),
        (1, "S #", "Error condition on socket for SYNC: Connection refused"),
    ],
    "in sync, then refused": [
        (0, "S *", "MASTER <-> SLAVE sync: Finished with success"),
        (60, "S #", "Error condition on socket for SYNC: Operation now in progress"),
    ],
    "a try in the middle of which another begins": [
        (0, "S *", "MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF to disk"),
        (61, "S *", "Master replied to PING, replication can continue..."),
        (0, "S #", "Unable to AUTH to MASTER: -WRONGPASS invalid username-password pair or user is disabled."),
    ],
    "only the answers to PING": [
        (0, "S *", "Master replied to PING, replication can continue..."),
        (60, "S *", "Master replied to PING, replication can continue..."),
        (60, "S *", "Master replied to PING, replication can continue..."),
    ],
    "refused, then the answer": [
        (0, "S #", "Error condition on socket for SYNC: Connection reset by peer"),
        (0.9, "S *", "Master replied to PING, replication can continue..."),
    ],
    "loading, then a timeout": [
        (0, "S *", "MASTER <-> REPLICA sync: Loading DB in memory"),
        (120, "S *", "Full resync from master: 3b1f0c9e77d2a4458e6601b7c2d9f4a6e8057713:101"),
        (61, "S #", "Timeout receiving bulk data from MASTER... If the problem persists try to set the 'repl-timeout' parameter in redis.conf to a larger value."),
    ],
    "a partial resync after a refusal": [
        (0, "S #", "Error condition on socket for SYNC: Connection refused"),
        (4, "S *", "Successful partial resynchronization with master."),
    ],
}  # fmt: skip


def written(said: list[Said], pid: int = 1, at: datetime = AT) -> list[str]:
    """Lines of one process."""
    lines = []
    for after, head, message in said:
        at += timedelta(seconds=after)
        letter, mark = head.split()
        lines.append(f"{pid}:{letter} {at:%d %b %Y %H:%M:%S}.{at.microsecond // 1000:03} {mark} {message}")
    return lines


@pytest.mark.parametrize("pid", [1, 7, 4711])
@pytest.mark.parametrize("name", CHOSEN)
def test_lines_that_were_chosen_from_one_log_are_one_server_s(name: str, pid: int) -> None:
    timeline = replay({"node": written(CHOSEN[name], pid)})
    assert timeline.nodes == ("node",)
    assert timeline.verdict.nodes["node"].role == "replica"


@pytest.mark.parametrize("name", CHOSEN)
def test_that_lines_may_be_another_server_s_is_said(name: str) -> None:
    verdict = replay({"node": written(CHOSEN[name])}).verdict
    may_be = any("some lines may be another server's" in each for each in verdict.coverage.missing)
    first, second = (message for _, _, message in CHOSEN[name][:2])
    assert may_be or first == second or name == "in sync, then refused"


def test_what_is_printed_at_once_is_whole() -> None:
    at_once = [(0.0, head, message) for _, head, message in CHOSEN["refused, then the snapshot"]]
    assert replay({"all": written(at_once)}).nodes == ()


def test_a_full_sync_that_failed_in_the_last_line_is_known_where_only_warnings_are_printed() -> None:
    failed = replay({"node": written(CHOSEN["refused, then a damaged snapshot"])}).verdict.nodes["node"]
    refused = replay({"node": written(CHOSEN["refused, then a damaged snapshot"][:1])}).verdict.nodes["node"]
    assert (failed.in_sync, refused.in_sync) == (False, None)


FIRST: dict[str, list[Said]] = {
    "refused": [(0, "S *", "Connecting to MASTER 10.0.0.4:6379"), (1, "S #", "Error condition on socket for SYNC: Connection refused")],
    "not let in": [(0, "S *", "Master replied to PING, replication can continue..."), (0.002, "S #", "Unable to AUTH to MASTER: -ERR Client sent AUTH, but no password is set")],
    "in sync": [(0, "S *", "MASTER <-> REPLICA sync: Finished with success")],
    "a primary": [(0, "M *", "Background saving terminated with success"), (9, "M *", "10 changes in 300 seconds. Saving...")],
    "serves": [(0, "M *", "Synchronization with replica 10.0.0.5:6379 succeeded")],
}  # fmt: skip
SECOND: dict[str, list[Said]] = {
    "tries": [(3600, "S *", "Connecting to MASTER 10.0.0.4:6379"), (0.001, "S *", "MASTER <-> REPLICA sync started"), (0.001, "S #", "Error condition on socket for SYNC: Connection refused")],
    "is not let in": [(3600, "S *", "Connecting to MASTER 10.0.0.4:6379"), (0.001, "S *", "MASTER <-> REPLICA sync started"), (0, "S *", "Non blocking connect for SYNC fired the event."), (0.001, "S *", "Master replied to PING, replication can continue..."), (0.001, "S #", "Unable to AUTH to MASTER: -ERR invalid password")],
    "lost it": [(90, "S #", "Connection with master lost."), (0, "S *", "Caching the disconnected master state."), (0.001, "S *", "Connecting to MASTER 10.0.0.4:6379")],
}  # fmt: skip


@pytest.mark.parametrize("between", [[], ["", "after the restart:"], ["..."]])
@pytest.mark.parametrize("second", SECOND)
@pytest.mark.parametrize("first", FIRST)
def test_processes_one_after_another_are_lives_of_one_server(
    first: str, second: str, between: list[str]
) -> None:
    later = AT + timedelta(seconds=60)
    lines = [*written(FIRST[first], 6113), *between, *written(SECOND[second], 6234, later)]
    timeline = replay({"node": lines})
    assert timeline.nodes == ("node",)
    assert timeline.verdict.nodes["node"].role == "replica"
    assert len(timeline.joined.nodes["node"].runs) == 2
    assert any("killed and started again" in each for each in timeline.verdict.coverage.missing)


def test_three_lives_are_three_runs() -> None:
    lives = [
        line
        for number, said in enumerate([FIRST["refused"], SECOND["tries"], SECOND["is not let in"]])
        for line in written(said, 900 + number, AT + timedelta(hours=2 * number))
    ]
    assert len(replay({"node": lives}).joined.nodes["node"].runs) == 3


@pytest.mark.parametrize("second", SECOND)
def test_processes_in_turn_are_no_one_server_s(second: str) -> None:
    one, other = written(FIRST["refused"] * 3, 6113), written(SECOND[second], 6234, AT - timedelta(hours=1))
    assert replay({"all": [one[0], *other, *one[1:]]}).nodes != ("all",)


ELECTED: list[Said] = [
    (0, "S *", "FAIL message received from a26c81be0000000000000000000000000000dead () about f47d7c3a0000000000000000000000000000beef ()"),
    (0, "S #", "Starting a failover election for epoch 8."),
    (0.016, "S #", "Failover election won: I'm the new master."),
    (0, "S #", "configEpoch set to 8 after successful failover"),
    (0, "M *", "Partial resynchronization request from 127.0.0.1:7003 accepted. Sending 2525869 bytes of backlog starting from offset 20123095."),
]  # fmt: skip


@pytest.mark.parametrize("pid", [1, 410])
@pytest.mark.parametrize("after", [0.0, 0.4, 12.0])
def test_one_that_was_elected_turns_at_any_line(after: float, pid: int) -> None:
    said = [*ELECTED[:-1], (after, *ELECTED[-1][1:])]
    timeline = replay({"node": written(said, pid)})
    assert timeline.verdict.nodes["node"].role == "primary"


LONG = [
    "Partial resynchronization request from 127.0.0.1:7003 accepted. Sending 2525869 bytes of backlog starting from offset 20123095.",
    "Replication backlog created, my new replication IDs are '3b1f0c9e77d2a4458e6601b7c2d9f4a6e8057713' and '0000000000000000000000000000000000000000'",
    "Trying a partial resynchronization (request 3b1f0c9e77d2a4458e6601b7c2d9f4a6e8057713:101).",
    "MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF to disk",
    "Timeout receiving bulk data from MASTER... If the problem persists try to set the 'repl-timeout' parameter in redis.conf to a larger value.",
    "Fork CoW for RDB: current 1 MB, peak 1 MB, average 0 MB",
    "Done loading RDB, keys loaded: 1, keys expired: 0.",
    "Full resync requested by replica 10.0.0.5:6379",
    "Synchronization with replica 10.0.0.5:6379 succeeded",
    "Error condition on socket for SYNC: Connection refused by the peer",
]


@pytest.mark.parametrize("indent", ["  ", "\t", " " * 21])
@pytest.mark.parametrize("stamp", ["01 Dec 2025 19:24:17.393", "01 Dec 19:24:17.393", "19:24:17.393"])
@pytest.mark.parametrize("message", LONG)
def test_a_record_that_was_broken_by_hand_is_one(message: str, stamp: str, indent: str) -> None:
    words = message.split(" ")
    cut = len(words) // 2
    around = [
        f"712:S {stamp} * Connecting to MASTER 10.0.0.4:6379",
        f"712:S {stamp} * MASTER <-> REPLICA sync started",
    ]
    broken = [f"712:S {stamp} * {' '.join(words[:cut])}", f"{indent}{' '.join(words[cut:])}"]
    whole = [f"712:S {stamp} * {message}"]
    events = list(parse([*around, *broken, *around]))
    assert [event.key for event in events] == [event.key for event in parse([*around, *whole, *around])]
    assert events[2].line_number == 3


@pytest.mark.parametrize(
    "following", ["  at Foo.bar(Foo.java:12)", "\tcaused by: timeout", "   maxmemory 100mb"]
)
def test_what_makes_no_message_of_a_line_is_no_part_of_it(following: str) -> None:
    line = "712:S 01 Dec 2025 19:24:17.393 * a message of some module"
    assert [event.key for event in parse([line, following])] == ["unrecognized", "foreign"]
