"""What real servers print from start to crash: every line of it must be known."""

from __future__ import annotations

from contextlib import suppress

import pytest
from redis.exceptions import RedisError

import redislog
from redislog import Event, Timeline

from .conftest import Deploy
from .harness import Deployment, Server, wait_for
from .releases import Release

KNOWN_GAPS = {"": "the registers in a crash report begin with a newline: their text is on the next line"}
"""Messages of these servers that are not known, and why."""


def events_of(deployment: Deployment) -> list[Event]:
    captures = deployment.captures()
    return [event for name, text in captures.items() for event in redislog.parse(text, source=name)]


def unknown(events: list[Event]) -> list[str]:
    """Lines that should have been known."""
    lines = [event.message for event in events if event.key == "unrecognized"]
    return [line for line in lines if line not in KNOWN_GAPS]


def crash(server: Server) -> None:
    """Make a server end by a segmentation fault."""
    with suppress(RedisError, OSError):
        server.call("DEBUG", "SEGFAULT")
    wait_for(lambda: not server.running, f"{server.name} has crashed")


@pytest.fixture
def debug(release: Release) -> dict[str, str]:
    """The option that allows the DEBUG command, where there is one (7.0+)."""
    return release.may_debug


def test_a_life_with_failover_and_crash(deploy: Deploy, debug: dict[str, str]) -> None:
    deployment = deploy(repl_diskless_sync="yes", repl_diskless_sync_delay=0, appendonly="yes", **debug)
    first = deployment.start("server-0")
    second = deployment.start("server-1", replica_of=first)
    deployment.settle()
    for number in range(200):
        first.call("SET", f"key:{number}", "x" * number)
    first.call("BGSAVE")
    wait_for(lambda: not first.info("persistence")["rdb_bgsave_in_progress"], "the snapshot is done")
    first.call("BGREWRITEAOF")
    wait_for(lambda: not first.info("persistence")["aof_rewrite_in_progress"], "the AOF is rewritten")
    first.call("CONFIG", "SET", "save", "60 1")
    first.call("FAILOVER")
    wait_for(lambda: second.info("replication")["role"] == "master", "server-1 is the primary")
    deployment.settle()
    first.call("REPLICAOF", "NO", "ONE")
    crash(first)
    second.end()
    events = events_of(deployment)
    assert unknown(events) == []
    assert {"crash.signal", "server.exit", "role.promoted-failover", "role.promoted"} <= {
        e.key for e in events
    }
    assert {event.block for event in events if event.key == "foreign"} != {None}


def test_the_crashed_server_is_not_running(deploy: Deploy, debug: dict[str, str]) -> None:
    deployment = deploy(**debug)
    server = deployment.start("server-0")
    crash(server)
    timeline: Timeline = redislog.replay(deployment.captures())
    state = timeline.verdict.nodes["server-0"]
    assert (state.running, state.basis["running"]) == (False, "stated")
    assert timeline.verdict.status == "no-primary"
