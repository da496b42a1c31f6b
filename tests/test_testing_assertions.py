"""The assertions of `redislog.testing` on recorded runs: they hold where it is so, and say why where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import redislog
from redislog.testing import (
    Watcher,
    assert_events,
    assert_failovers,
    assert_healthy,
    assert_in_sync,
    assert_no,
    assert_no_data_lost,
    assert_resyncs,
    assert_topology,
    count,
    mark,
    unresolved,
)
from redislog.testing.failing import LINES, WIDTH

FIXTURES = Path(__file__).parent.parent / "fixtures"
RUNS = FIXTURES / "7.0"
FLAPPING = RUNS / "flapping"
STUCK = RUNS / "sync-stuck-stuck"
SPLIT = RUNS / "every-server-a-primary"
TAKEN = RUNS / "old-primary-is-made-a-replica"


def logs(run: Any) -> Any:
    return sorted(run.glob("*.log"))


def failing(check: Any, *arguments: Any, **options: Any) -> Any:
    """The text of a failure, which is never too long to be read."""
    with pytest.raises(AssertionError) as raised:
        check(*arguments, **options)
    text = str(raised.value)
    lines = text.splitlines()
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= WIDTH
    assert lines[0].startswith("expected: ")
    assert any(line.startswith("found:    ") for line in lines[:4])
    return text


@pytest.mark.parametrize("given", [logs, lambda run: redislog.replay(logs(run))], ids=["paths", "timeline"])
def test_what_is_so_passes(given: Any) -> None:
    run = given(FLAPPING)
    assert_healthy(run)
    assert_topology(run, primary="server-1", replicas=["server-0", "server-2"])
    assert_in_sync(run, "server-0", primary="server-1")
    assert_failovers(run, count=0)
    assert_no_data_lost(run)


def test_a_verdict_that_is_not_healthy_is_told_with_its_reason_and_its_lines() -> None:
    text = failing(assert_healthy, logs(STUCK))
    assert "found:    degraded: not in sync: server-0" in text
    assert "decided by:" in "\n".join(text.splitlines()[:4])


def test_another_primary_is_named() -> None:
    assert "found:    server-1" in failing(
        assert_topology, logs(FLAPPING), primary="server-0", replicas=["server-1", "server-2"]
    )
    assert "server-0 and server-1 and server-2" in failing(
        assert_topology, logs(SPLIT), primary="server-0", replicas=[]
    )


def test_a_replica_too_many_is_named() -> None:
    text = failing(assert_topology, logs(FLAPPING), primary="server-1", replicas=["server-0"])
    assert "found:    server-0, server-2" in text


def test_a_server_that_is_not_there_is_told_with_those_that_are() -> None:
    assert "known: server-0, server-1, server-2" in failing(assert_in_sync, logs(FLAPPING), "server-3")


def test_a_replica_that_is_not_in_sync_is_told_with_its_phase() -> None:
    assert "not in sync, link transfer" in failing(assert_in_sync, logs(STUCK), "server-0")


def test_events_are_looked_for_in_their_order() -> None:
    log = FLAPPING / "server-0.log"
    assert_events(log, ["server.starting", "replica.full-sync.finished", "replica.primary-link-lost"])
    text = failing(assert_events, log, ["replica.primary-link-lost", "server.starting"])
    assert "none after 'replica.primary-link-lost'; 1 elsewhere in the log" in text
    assert_events(log, ["replica.primary-link-lost", "server.starting"], in_order=False)


def test_an_event_of_its_own_is_wanted_for_each_matcher() -> None:
    log = (FLAPPING / "server-0.log").read_text()
    once = "replica.full-sync.finished"
    assert count(log, once) == 1
    failing(assert_events, log, [once, once], in_order=False)


def test_what_must_not_be_there_is_shown_where_it_is() -> None:
    log = FLAPPING / "server-0.log"
    assert_no(log, "failover.*")
    text = failing(assert_no, log, "replica.primary-link-lost")
    assert f"{log.stem}:" in text


def test_only_what_came_after_a_mark_counts() -> None:
    lines = (FLAPPING / "server-0.log").read_text().splitlines(keepends=True)
    before = mark("".join(lines[:30]))
    whole = "".join(lines)
    assert count(whole, "server.starting") == 1
    assert count(whole, "server.starting", since=before) == 0
    assert_no(whole, "server.starting", since=before)
    assert_resyncs({"log": whole}, full=0, since=before)


def test_resyncs_are_counted_and_told_with_their_reasons() -> None:
    assert_resyncs(logs(FLAPPING), full=2)
    assert "(no cached master)" in failing(assert_resyncs, logs(FLAPPING), full=1)


def test_failovers_are_counted_and_measured() -> None:
    assert_failovers(logs(TAKEN), count=1)
    assert "to server-" in failing(assert_failovers, logs(TAKEN), count=2)
    failing(assert_failovers, logs(TAKEN), within=0.0)


def test_two_primaries_lose_data() -> None:
    assert "no data lost" in failing(assert_no_data_lost, logs(SPLIT))


def test_a_failure_that_the_log_shows_healed_is_resolved() -> None:
    assert unresolved(logs(FLAPPING)[0].read_text()) == ()
    assert {finding.code for finding in unresolved(logs(STUCK))} >= {"sync-stuck"}


def test_a_timeline_has_no_events_to_be_counted() -> None:
    with pytest.raises(TypeError, match="hand over the captures"):
        assert_no(redislog.replay(logs(FLAPPING)), "failover.*")  # type: ignore[arg-type]


def test_a_watcher_is_read_where_it_stands() -> None:
    watcher = Watcher()
    watcher.feed((FLAPPING / "server-0.log").read_text(), name="server-0")
    assert_in_sync(watcher, "server-0")
    assert_events(watcher, ["server.starting"])
