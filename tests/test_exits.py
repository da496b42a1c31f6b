"""A server that says that it gives up is down from then on, and a finding says why it never came up."""

from __future__ import annotations

import pytest

from redislog import Verdict, replay

NO_ADDRESS = "bind: Cannot assign requested address"
IN_USE = "bind: Address already in use"

ENDS = {
    "Redis 2.6: the port": [f"Opening port 6379: {IN_USE}"],
    "Redis 3.2: the address": [f"Creating Server TCP listening socket *:6379: {IN_USE}"],
    "Redis 6.0: the address": [f"Could not create server TCP listening socket 10.5.5.5:6379: {NO_ADDRESS}"],
    "Redis 7.2: the port": [
        f"Warning: Could not create server TCP listening socket 10.5.5.5:6379: {NO_ADDRESS}",
        "Failed listening on port 6379 (tcp), aborting.",
    ],
    "a Unix socket": ["Failed opening Unix socket: bind: Permission denied"],
    "the bus of a Cluster": ["Failed listening on port 16379 (cluster), aborting."],
    "no listener": ["Configured to not listen anywhere, exiting."],
    "a snapshot of a newer release": [
        "Can't handle RDB format version 11",
        "Fatal error loading the DB, check server logs. Exiting.",
    ],
    "a snapshot of an older one": ["Fatal error loading the DB: Invalid argument. Exiting."],
    "a damaged AOF": [
        "Bad file format reading the append only file: make a backup of your AOF file, "
        "then use ./redis-check-aof --fix <filename>"
    ],
    "an AOF on a full disk": [
        "Can't recover from AOF write error when the AOF fsync policy is 'always'. Exiting..."
    ],
    "a module": ["Can't load module from /opt/redisearch.so: server aborting"],
    "the users": ["Aborting Redis startup because of ACL errors: /etc/redis/users.acl:1: Syntax error"],
    "open files": [
        "Your current 'ulimit -n' of 32 is not enough for the server to start. "
        "Please increase your open file limit to at least 10032. Exiting."
    ],
    "a lock": [
        "Sorry, the cluster configuration file nodes.conf is already used by a different Redis Cluster node. "
        "Please make sure that different nodes use different cluster configuration files."
    ],
    "a signal while it loads": ["Received shutdown signal during loading, exiting now."],
}
GOES_ON = {
    "one of several addresses": [
        "Warning: Could not create server TCP listening socket ::*:6379: unable to bind socket, errno: 97",
    ],
    "a signal while it loads": ["Received shutdown signal during loading, scheduling shutdown."],
    "another kernel": [
        "WARNING Your kernel has a bug that could lead to data corruption during background save. "
        "Please upgrade to the latest stable kernel."
    ],
}


def printed(at: str, *messages: str, pid: int = 88, letter: str = "M") -> list[str]:
    return [f"{pid}:{letter} 12 Jul 2023 {at}.00{number} # {text}" for number, text in enumerate(messages)]


def begins(at: str, pid: int = 88) -> list[str]:
    return printed(
        at,
        "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo",
        "Redis version=7.2.4, bits=64, commit=00000000, modified=0, pid=88, just started",
        pid=pid,
        letter="C",
    )


def serves(at: str, pid: int = 88) -> list[str]:
    return printed(at, "Server initialized", "Ready to accept connections tcp", pid=pid)


def judged(*parts: list[str]) -> Verdict:
    return replay({"redis": [line for part in parts for line in part]}).verdict


@pytest.mark.parametrize("messages", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("whole", [True, False], ids=["from its start", "the last lines"])
def test_a_server_that_gives_up_is_no_running_primary(messages: list[str], whole: bool) -> None:
    verdict = judged(begins("10:00:00") if whole else [], printed("10:00:01", *messages))
    state = verdict.nodes["redis"]
    assert (verdict.status, verdict.primaries, state.running) == ("no-primary", (), False)
    assert state.basis["running"] == "stated"
    found = {finding.code: finding for finding in verdict.findings if finding.severity == "critical"}
    assert ("gave-up" in found) == ("signal" not in messages[0])
    if "gave-up" in found:
        assert found["gave-up"].summary in {f"redis gave up: {message}" for message in messages}
        assert messages[-1] in {line.text for line in found["gave-up"].evidence}
        assert found["gave-up"].open


@pytest.mark.parametrize("messages", ENDS.values(), ids=ENDS)
def test_it_runs_again_from_the_next_start_on(messages: list[str]) -> None:
    verdict = judged(
        begins("10:00:00"), printed("10:00:01", *messages), begins("10:00:05", 90), serves("10:00:06", 90)
    )
    assert (verdict.status, verdict.nodes["redis"].running) == ("healthy", True)
    assert all(each.severity != "critical" or not each.open for each in verdict.findings)


@pytest.mark.parametrize("messages", ENDS.values(), ids=ENDS)
def test_a_server_that_tries_again_and_again_is_down_each_time(messages: list[str]) -> None:
    lives = [
        part
        for n in range(4)
        for part in (begins(f"10:0{n}:00", 80 + n), printed(f"10:0{n}:01", *messages, pid=80 + n))
    ]
    verdict = judged(*lives)
    assert (verdict.status, verdict.nodes["redis"].running) == ("no-primary", False)
    assert ["4 times" in each.summary for each in verdict.findings if each.code == "gave-up"] in ([True], [])


@pytest.mark.parametrize("messages", GOES_ON.values(), ids=GOES_ON)
def test_a_server_that_goes_on_runs(messages: list[str]) -> None:
    verdict = judged(begins("10:00:00"), printed("10:00:01", *messages), serves("10:00:02"))
    assert verdict.nodes["redis"].running is True
    assert "gave-up" not in {finding.code for finding in verdict.findings}


AT_START = {
    "Redis 6.2: its AOF": "Can't open the append-only file: Read-only file system",
    "Redis 7.0: its AOF": "Can't open the append-only file appendonly.aof.1.incr.aof: Permission denied",
    "Redis 7.0: its folder": "Can't open or create append-only dir appendonlydir: Permission denied",
    "Redis 7.0: an older AOF": "Error trying to move the old AOF file appendonly.aof into dir appendonlydir: Is a directory",
}


@pytest.mark.parametrize("message", AT_START.values(), ids=AT_START)
def test_what_ends_a_server_that_starts_does_not_end_one_that_is_ready(message: str) -> None:
    starts = judged(begins("10:00:00"), printed("10:00:01", "Server initialized", message))
    assert (starts.status, starts.nodes["redis"].running) == ("no-primary", False)
    assert f"redis gave up: {message}" in {finding.summary for finding in starts.findings}
    ready = judged(begins("10:00:00"), serves("10:00:01"), printed("10:09:00", message))
    assert ready.nodes["redis"].running is True
    assert "gave-up" not in {finding.code for finding in ready.findings}
    cut = judged(printed("10:09:00", message))
    assert cut.nodes["redis"].running is not False
