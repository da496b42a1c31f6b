"""The ways in which a test that greps goes wrong, each on recorded runs where the grep is wrong and `redislog` is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from redislog.testing import (
    Watcher,
    assert_events,
    assert_failovers,
    assert_in_sync,
    assert_no,
    assert_resyncs,
    count,
    mark,
    unresolved,
)

FIXTURES = Path(__file__).parent.parent / "fixtures"
RELEASES = ("6.2", "7.0", "8.2", "8.6", "valkey-9.1")
SYNCED = "replica.full-sync.finished"

Logs = dict[str, str]


class Way(NamedTuple):
    """A way to go wrong: the run, what the grep says of it, what `redislog` says, and what is true.

    ``on`` are the releases on which the grep is wrong: where it is not, a release's words or marks are those that its
    author saw.
    """

    run: str
    grep: Callable[[Logs], bool]
    ours: Callable[[Logs], bool]
    true: bool
    on: tuple[str, ...] = RELEASES


def found(pattern: str, *logs: str) -> bool:
    return any(re.search(pattern, log, re.MULTILINE) for log in logs)


def holds(check: Callable[..., None], *arguments: object, **options: object) -> bool:
    """Whether an assertion passes."""
    try:
        check(*arguments, **options)
    except AssertionError:
        return False
    return True


def of(release: str, run: str) -> Logs:
    """The logs of a recorded run."""
    return {path.stem: path.read_text() for path in sorted((FIXTURES / release / run).glob("*.log"))}


def with_a_sync(logs: Logs) -> str:
    """The log of a replica that had a full sync."""
    return next(log for log in logs.values() if count(log, SYNCED))


def cut_after_the_sync(log: str) -> tuple[str, str]:
    """A replica's log up to its first sync, and the whole."""
    lines = log.splitlines(keepends=True)
    end = next(number for number, line in enumerate(lines, start=1) if "Finished with success" in line)
    return "".join(lines[:end]), log


def synced_since(log: str) -> bool:
    before, whole = cut_after_the_sync(log)
    return count(whole, SYNCED, since=mark(before)) > 0


WAYS = {
    "the words change: MASTER is PRIMARY": Way(
        "healthy-start-yes-distinct",
        lambda logs: found("MASTER <-> REPLICA sync: Finished with success", logs["server-0"]),
        lambda logs: count(logs["server-0"], SYNCED) == 1,
        True,
        on=("valkey-9.1",),
    ),
    "the words change: MASTER MODE is PRIMARY MODE": Way(
        "replica-made-primary",
        lambda logs: found("MASTER MODE enabled", *logs.values()),
        lambda logs: holds(assert_failovers, logs, count=1),
        True,
        on=("valkey-9.1",),
    ),
    "the words change: tcp is added at the end": Way(
        "healthy-start-yes-distinct",
        lambda logs: found("Ready to accept connections$", logs["server-0"]),
        lambda logs: holds(assert_events, logs["server-0"], ["server.ready"]),
        True,
        on=("8.2", "8.6", "valkey-9.1"),
    ),
    "the mark of the level changes": Way(
        "healthy-start-yes-distinct",
        lambda logs: found(r"# Server initialized", logs["server-0"]),
        lambda logs: count(logs["server-0"], "server.initialized") == 1,
        True,
        on=("8.2", "8.6", "valkey-9.1"),
    ),
    "no line at the level of a warning is no failure": Way(
        "dropped-link-is-taken-up-again-at-replica",
        lambda logs: not found(r"\d # .*[Cc]onnection with master lost", *logs.values()),
        lambda logs: holds(assert_no, logs["server-0"], "replica.primary-link-lost"),
        False,
        on=("8.2", "8.6", "valkey-9.1"),
    ),
    "the first line satisfies the second wait": Way(
        "flapping",
        lambda logs: found("Finished with success", with_a_sync(logs)),
        lambda logs: synced_since(with_a_sync(logs)),
        False,
    ),
    "a partial sync has no such line": Way(
        "dropped-link-is-taken-up-again-at-replica",
        lambda logs: len(re.findall("Finished with success", logs["server-0"])) >= 2,
        lambda logs: watched(logs["server-0"]).syncs() >= 2,
        True,
    ),
    "it was so once": Way(
        "primary-killed",
        lambda logs: found("Finished with success", logs["server-0"]),
        lambda logs: holds(assert_in_sync, logs, "server-0"),
        False,
    ),
    "a retry that healed is an error": Way(
        "flapping",
        lambda logs: not found("(?i)error|lost|fail", *logs.values()),
        lambda logs: not unresolved(logs["server-0"]),
        True,
    ),
    "one failover is told three times": Way(
        "failover-killed",
        lambda logs: sum(len(re.findall(r"\+switch-master", log)) for log in logs.values()) == 1,
        lambda logs: holds(assert_failovers, logs, count=1),
        True,
    ),
    "both ends tell of one sync": Way(
        "healthy-start-yes-distinct",
        lambda logs: sum(len(re.findall("(?i)full resync", log)) for log in logs.values()) == 2,
        lambda logs: holds(assert_resyncs, logs, full=2, partial=0),
        True,
    ),
    "it is another server's line": Way(
        "replica-down-sigkill",
        lambda logs: found("Finished with success", "".join(logs.values())),
        lambda logs: holds(assert_in_sync, logs, "server-0"),
        False,
    ),
}


def watched(log: str) -> Watcher:
    watcher = Watcher()
    watcher.feed(log)
    return watcher


@pytest.mark.parametrize(
    ("way", "release"),
    [pytest.param(way, release, id=f"{name}-{release}") for name, way in WAYS.items() for release in way.on],
)
def test_where_a_grep_is_wrong_this_is_right(way: Way, release: str) -> None:
    logs = of(release, way.run)
    assert way.ours(logs) is way.true
    assert way.grep(logs) is not way.true


def test_each_release_has_some_and_none_has_only_those_of_words() -> None:
    assert {release for way in WAYS.values() for release in way.on} == set(RELEASES)


def test_an_answer_that_nobody_looks_at_cannot_pass() -> None:
    """A helper that returns a bool passes where its answer is thrown away; an assertion does not return."""
    logs = of("7.0", "primary-killed")
    found("Finished with success", logs["server-1"])
    with pytest.raises(AssertionError):
        assert_in_sync(logs, "server-0")


@pytest.mark.parametrize("release", ["6.2", "7.0", "8.2"])
def test_lines_sorted_by_their_stamps_are_not_in_order_where_a_clock_is_wrong(release: str) -> None:
    watcher = Watcher()
    for name, log in of(release, "clock-offset-an-hour").items():
        watcher.feed(log, name=name)
    keys = ("replica.psync-impossible", "primary.sync-requested", "replica.full-sync.finished")
    true = [event.key for event in watcher.timeline.events if event.key in keys]
    told = [event for event in watcher.events() if event.key in keys]
    by_stamp = [event.key for event in sorted(told, key=lambda event: str(event.at))]
    assert true[:2] == ["replica.psync-impossible", "primary.sync-requested"]
    assert by_stamp != true
