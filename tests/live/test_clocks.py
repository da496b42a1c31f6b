"""Clocks that are wrong or set, and time that passes: servers that read another clock than the machine's."""

from __future__ import annotations

import signal

import pytest

from tests.holding import Findings, Outcome

from .clocks import Clock
from .conftest import Deploy, Hold
from .harness import wait_for
from .places import Special
from .steps import PRIMARY, fill, finding, follow, lists_replicas, start_all, wait_said

pytestmark = pytest.mark.parametrize("log_level", ["notice"])


@pytest.mark.parametrize("ahead", ["an-hour", "seconds", "hardly"])
def test_clock_offset(deploy: Deploy, hold: Hold, clock: Clock, ahead: str) -> None:
    """A replica's clock is ahead of its primary's; one that is hardly so is not worth a word.

    That both logs speak of one sync shows in how long it took.
    """
    clock.set({"an-hour": 3600.0, "seconds": 3.0, "hardly": 0.3}[ahead])
    deployment = deploy(repl_diskless_sync="yes", repl_diskless_sync_delay=1)
    primary = deployment.start(PRIMARY)
    deployment.start("server-0", Special(clock=clock), replica_of=primary)
    deployment.settle()
    severities: dict[str, Outcome] = {"an-hour": "warning", "seconds": "info", "hardly": "none"}
    timeline = hold(deployment, "healthy", findings={"clock-offset": severities[ahead]})
    if ahead != "hardly":
        assert set(finding(timeline, "clock-offset").nodes) == {"server-0", PRIMARY}


@pytest.mark.parametrize("back", ["minutes", "a-second"])
def test_clock_jump(deploy: Deploy, hold: Hold, clock: Clock, back: str) -> None:
    """A replica's clock is set back while it runs."""
    deployment = deploy()
    primary = deployment.start(PRIMARY)
    replica = deployment.start("server-0", Special(clock=clock), replica_of=primary)
    deployment.settle()
    clock.set({"minutes": -300.0, "a-second": -1.5}[back])
    replica.call("BGSAVE")
    wait_said(replica, "Background saving terminated with success")
    deployment.settle()
    severity: Outcome = "warning" if back == "minutes" else "none"
    timeline = hold(deployment, "healthy", findings={"clock-jump": severity})
    if back == "minutes":
        assert finding(timeline, "clock-jump").nodes == ("server-0",)


@pytest.mark.parametrize("waits", ["slow", "quick"])
def test_slow_sync(deploy: Deploy, hold: Hold, clock: Clock, waits: str) -> None:
    """A primary waits for more replicas before it sends a snapshot."""
    seconds = 40 if waits == "slow" else 20
    deployment = deploy(clock=clock, repl_diskless_sync="yes", repl_diskless_sync_delay=seconds)
    primary = deployment.start(PRIMARY)
    deployment.start("server-0", replica_of=primary)
    wait_said(primary, "Delay next BGSAVE for diskless SYNC")
    clock.forward(seconds)
    deployment.settle()
    timeline = hold(deployment, "healthy", findings={"slow-sync": "info" if waits == "slow" else "none"})
    if waits == "slow":
        assert "diskless-delay" in finding(timeline, "slow-sync").summary


@pytest.mark.parametrize("ends", ["stuck", "goes-on", "just-waits"])
def test_sync_stuck(deploy: Deploy, hold: Hold, clock: Clock, ends: str) -> None:
    """The process that sends a snapshot stands still for minutes; another replica's log tells how long."""
    deployment = deploy(clock=clock, repl_timeout=3600, repl_diskless_sync="yes", rdbcompression="no")
    primary = deployment.start(PRIMARY)
    other = deployment.start("server-2", replica_of=primary)
    deployment.settle()
    fill(primary, 100)
    primary.call("CONFIG", "SET", "rdb-key-save-delay", 20000)
    replica = deployment.start("server-0", replica_of=primary)
    wait_said(replica, "receiving streamed RDB")
    wait_for(lambda: primary.signal_child(signal.SIGSTOP), "there is a child to stop")
    try:
        clock.forward(200 if ends == "just-waits" else 320)
        other.call("BGSAVE")
        wait_said(other, "Background saving terminated with success")
        if ends != "goes-on":
            stuck: Outcome = "critical" if ends == "stuck" else "none"
            timeline = hold(deployment, "degraded", findings={"sync-stuck": stuck})
            if ends == "stuck":
                assert "transfer" in finding(timeline, "sync-stuck").summary
            return
    finally:
        primary.signal_child(signal.SIGCONT)
    primary.call("CONFIG", "SET", "rdb-key-save-delay", 0)
    deployment.settle()
    hold(deployment, "healthy", findings={"sync-stuck": "none", "slow-sync": "info"})


@pytest.mark.parametrize("link", ["lost", "kept"])
def test_load_exceeds_timeout(deploy: Deploy, hold: Hold, clock: Clock, link: str) -> None:
    """A replica loads for more than a minute; of a small snapshot it says nothing to its primary meanwhile."""
    deployment = deploy(clock=clock, repl_timeout=60 if link == "lost" else 600)
    primary = deployment.start(PRIMARY)
    fill(primary, 10)
    replica = deployment.start("server-0", key_load_delay=300_000)
    follow(replica, primary)
    wait_said(primary, f"Synchronization with replica {replica.address} succeeded")
    # Where a thread of its own takes the snapshot, loading begins up to a second later.
    wait_said(replica, "Loading DB in memory")
    clock.forward(70)
    if link == "lost":
        wait_said(primary, "Disconnecting timedout replica")
        wait_for(lambda: primary.syncs().partial > 0, "it asked again")
    deployment.settle()
    lost: Outcome = "warning" if link == "lost" else "none"
    findings: Findings = {"load-exceeds-timeout": lost, "repl-timeout": lost, "slow-sync": "info"}
    timeline = hold(deployment, "healthy", findings=findings)
    if link == "lost":
        assert finding(timeline, "load-exceeds-timeout").nodes == ("server-0", PRIMARY)


@pytest.mark.parametrize("ends", ["in-it", "over", "never-in-it"])
def test_sentinel_tilt(deploy: Deploy, hold: Hold, clock: Clock, ends: str) -> None:
    """A Sentinel's clock is set: it does nothing for half a minute."""
    deployment = deploy(clock=clock)
    primary, *_ = start_all(deployment)
    sentinel = deployment.start_sentinel(primary, patience=60_000)
    wait_for(lambda: lists_replicas(sentinel) == 2, "it knows the replicas")
    clock.forward(1 if ends == "never-in-it" else 10)
    if ends != "never-in-it":
        wait_said(sentinel, "+tilt")
    if ends == "over":
        while not sentinel.said("-tilt") and clock.passed < 120:
            clock.hurry()
        wait_said(sentinel, "-tilt")
    severities: dict[str, Outcome] = {"in-it": "warning", "over": "info", "never-in-it": "none"}
    timeline = hold(deployment, "healthy", findings={"sentinel-tilt": severities[ends]})
    if ends != "never-in-it":
        assert finding(timeline, "sentinel-tilt").nodes == ("sentinel-0",)
