"""What happens to a link between a primary and a replica."""

from __future__ import annotations

import signal
from functools import partial

import pytest

from tests.holding import Findings

from .conftest import Deploy, Hold
from .harness import Server, wait_for
from .steps import fill, follow, start_all, wait_down, wait_said, writing

pytestmark = pytest.mark.parametrize("log_level", ["notice"])

SMALL_BUFFER = {"client_output_buffer_limit": "replica 500kb 0 0", "repl_backlog_size": "1mb"}
"""No replica's buffer is smaller than the backlog (7.0+), which is 10 MB by default from Valkey 8.0 on."""


def test_backlog_too_small(deploy: Deploy, hold: Hold) -> None:
    """A replica that was away for more than the backlog holds copies all anew."""
    deployment = deploy(repl_backlog_size="16kb")
    primary, one, _ = start_all(deployment)
    before = primary.syncs()
    one.freeze()
    primary.call("CLIENT", "KILL", "TYPE", "replica")
    fill(primary, 100)
    one.thaw()
    wait_for(lambda: primary.syncs().full > before.full, "a full resync")
    deployment.settle()
    timeline = hold(
        deployment, "healthy", findings={"backlog-too-small": "warning", "avoidable-full-resync": "info"}
    )
    assert "lack of backlog" in {resync.why for resync in timeline.resyncs}


def test_primary_restarted_empty(deploy: Deploy, hold: Hold) -> None:
    """Nothing was saved, and nothing is left."""
    deployment = deploy(repl_diskless_sync="yes")
    primary, *replicas = start_all(deployment)
    primary.end(signal.SIGKILL)
    wait_down(*replicas)
    primary.start()
    wait_for(lambda: primary.info("stats")["sync_full"] == 2, "two full resyncs")
    deployment.settle()
    hold(deployment, "healthy", findings={"primary-restarted-empty": "critical"})


@pytest.mark.parametrize("saved", ["saved", "empty"])
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL], ids=lambda by: by.name.lower())
def test_replica_restarted(deploy: Deploy, hold: Hold, by: signal.Signals, saved: str) -> None:
    """With what it saved at its end a replica goes on from there; else it copies all."""
    deployment = deploy(save="3600 1" if saved == "saved" else '""')
    primary, one, _ = start_all(deployment)
    before = primary.syncs()
    one.end(by)
    wait_for(lambda: primary.info("replication")["connected_slaves"] == 1, "the primary sees it gone")
    fill(primary, 10)
    one.start()
    wait_for(lambda: primary.syncs() != before, "it asked")
    deployment.settle()
    hold(deployment, "healthy", findings={"crash": "none"})


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL], ids=lambda by: by.name.lower())
def test_replica_down(deploy: Deploy, hold: Hold, by: signal.Signals) -> None:
    deployment = deploy()
    primary, one, _ = start_all(deployment)
    one.end(by)
    wait_for(lambda: primary.info("replication")["connected_slaves"] == 1, "the primary sees it gone")
    hold(deployment, "degraded", whole=by == signal.SIGTERM, findings={"not-enough-replicas": "none"})


def test_rolling_restart(deploy: Deploy, hold: Hold) -> None:
    """Each replica and at last the primary; all that was saved."""
    deployment = deploy(save="3600 1")
    primary, *replicas = start_all(deployment)
    for server in (*replicas, primary):
        server.end()
        server.start()
        wait_for(lambda: primary.info("replication")["connected_slaves"] == 2, "two replicas are back")
        deployment.settle()
    hold(deployment, "healthy", findings={"primary-restarted-empty": "none", "version-mix": "none"})


def test_chain(deploy: Deploy, hold: Hold) -> None:
    deployment = deploy()
    primary, one, other = start_all(deployment)
    follow(other, one)
    wait_for(lambda: one.syncs() != (0, 0), "it asked")
    deployment.settle()
    fill(primary, 10)
    hold(deployment, "healthy")


@pytest.mark.parametrize("broken", ["top", "middle"])
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL], ids=lambda by: by.name.lower())
def test_chain_that_breaks(deploy: Deploy, hold: Hold, broken: str, by: signal.Signals) -> None:
    deployment = deploy()
    primary, one, other = start_all(deployment)
    follow(other, one)
    wait_for(lambda: one.syncs() != (0, 0), "it asked")
    deployment.settle()
    (primary if broken == "top" else one).end(by)
    last = one if broken == "top" else other
    wait_said(last, "Connection refused")
    if broken == "middle":
        wait_for(lambda: primary.info("replication")["connected_slaves"] == 0, "the primary sees it gone")
    if broken == "top":
        hold(deployment, "no-primary", findings={"upstream-not-linked": "warning"})
    else:
        hold(deployment, "degraded", findings={"upstream-not-linked": "none"})


def test_chain_whose_middle_has_no_link(deploy: Deploy, hold: Hold) -> None:
    """A replica that comes while its primary's own link is down is sent away."""
    deployment = deploy()
    primary, one, other = start_all(deployment)
    primary.end()
    wait_said(one, "Connection refused")
    follow(other, one)
    wait_said(other, "sync started", 3)
    hold(deployment, "no-primary", findings={"auth-refused": "none"})


def test_cycle(deploy: Deploy, hold: Hold) -> None:
    """Replicas of each other, with nobody above them."""
    deployment = deploy()
    primary, one, other = start_all(deployment)
    follow(other, one)
    wait_for(lambda: one.syncs() != (0, 0), "it asked")
    deployment.settle()
    follow(one, other)
    primary.end()
    for server in (one, other):
        wait_for(partial(_has_link_or_was_sent_away, server), f"{server.name} has its answer")
    hold(deployment, "no-primary", findings={"replication-cycle": "critical", "replica-of-itself": "none"})


def _has_link_or_was_sent_away(server: Server) -> bool:
    up = server.info("replication")["master_link_status"] == "up"
    return up or server.said("NOMASTERLINK") > 0


def test_replica_of_itself(deploy: Deploy, hold: Hold) -> None:
    """A primary that is told to follow its own address; of its replicas, those that come anew are sent away."""
    deployment = deploy()
    primary, *replicas = start_all(deployment)
    follow(primary, primary)
    for replica in replicas:
        replica.end()
        replica.start()
    for server in (primary, *replicas):
        wait_said(server, "NOMASTERLINK", 3)
    timeline = hold(
        deployment, "no-primary", findings={"replica-of-itself": "critical", "replication-cycle": "none"}
    )
    assert "replica-of-itself" in {each.code for each in timeline.verdict.findings}


@pytest.mark.parametrize("frozen", ["primary", "replica"])
def test_repl_timeout(deploy: Deploy, hold: Hold, frozen: str) -> None:
    deployment = deploy(repl_timeout=2, repl_ping_replica_period=1)
    primary, one, other = start_all(deployment)
    if frozen == "primary":
        primary.freeze()
        for replica in (one, other):
            wait_said(replica, "MASTER timeout")
    else:
        one.freeze()
        wait_said(primary, "isconnecting timedout")
    timeline = hold(deployment, whole=frozen == "primary", findings={"repl-timeout": "critical"})
    assert timeline.verdict.status in ("degraded", "no-primary")


def test_repl_timeout_that_passes(deploy: Deploy, hold: Hold) -> None:
    deployment = deploy(repl_timeout=2, repl_ping_replica_period=1)
    primary, one, _ = start_all(deployment)
    before = primary.syncs()
    one.freeze()
    wait_said(primary, "isconnecting timedout")
    one.thaw()
    wait_for(lambda: primary.syncs() != before, "it asked")
    deployment.settle()
    hold(deployment, "healthy", findings={"repl-timeout": "warning", "output-buffer-limit": "none"})


@pytest.mark.parametrize("ends", ["given-up", "passes"])
def test_repl_timeout_during_transfer(deploy: Deploy, hold: Hold, ends: str) -> None:
    """The child that streams the snapshot stands still."""
    deployment = deploy(
        repl_timeout=2, repl_diskless_sync="yes", rdbcompression="no", rdb_key_save_delay=10000
    )
    primary = deployment.start("server-1")
    fill(primary, 400)
    replica = deployment.start("server-0", replica_of=primary)
    wait_said(replica, "receiving streamed RDB")
    stop = partial(primary.signal_child, signal.SIGSTOP)
    wait_for(stop, "there is a child to stop")
    wait_said(replica, "Timeout receiving bulk data")
    if ends == "given-up":
        findings: Findings = {"repl-timeout": "critical", "rdb-corrupt": "none"}
        hold(deployment, "degraded", whole=False, findings=findings)
        return
    primary.call("CONFIG", "SET", "rdb-key-save-delay", 0)
    primary.signal_child(signal.SIGCONT)
    wait_for(lambda: replica.info("replication")["master_link_status"] == "up", "in sync at last")
    deployment.settle()
    hold(deployment, "healthy", findings={"repl-timeout": "warning", "rdb-corrupt": "none"})


@pytest.mark.parametrize("ends", ["loads", "recovers"])
def test_output_buffer_during_load(deploy: Deploy, hold: Hold, ends: str) -> None:
    """While a replica loads it takes nothing: what is written meanwhile is more than its output buffer may hold."""
    deployment = deploy(**SMALL_BUFFER, repl_diskless_sync="no", rdbcompression="no")
    primary = deployment.start("server-1")
    # While it loads, a server looks at its clients every two megabytes only.
    fill(primary, 12, size=3_000_000)
    replica = deployment.start("server-0", key_load_delay=600000)
    follow(replica, primary)
    wait_said(replica, "Loading DB in memory")
    with writing(primary, pause=0.001):
        wait_said(primary, "overcoming of output buffer limits")
    if ends == "loads":
        hold(deployment, "degraded", findings={"output-buffer-limit": "critical"})
        return
    wait_said(replica, "Finished with success")
    replica.call("CONFIG", "SET", "key-load-delay", 0)
    wait_for(lambda: sum(primary.syncs()) >= 2, "it asked again")
    deployment.settle()
    findings: Findings = {"output-buffer-limit": "warning", "backlog-too-small": "warning"}
    hold(deployment, "healthy", findings=findings)


@pytest.mark.parametrize("ends", ["loops", "recovers"])
def test_output_buffer(deploy: Deploy, hold: Hold, ends: str) -> None:
    """More is written while a snapshot is taken than the replica's output buffer may hold."""
    deployment = deploy(**SMALL_BUFFER, repl_diskless_sync="no", rdb_key_save_delay=20000)
    primary = deployment.start("server-1")
    fill(primary, 30)
    replica = deployment.start("server-0")
    with writing(primary):
        follow(replica, primary)
        wait_said(primary, "overcoming of output buffer limits", 3)
        if ends == "loops":
            findings: Findings = {"output-buffer-limit": "critical", "full-resync-loop": "critical"}
            hold(deployment, "resync-loop", whole=False, findings=findings)
    if ends == "recovers":
        primary.call("CONFIG", "SET", "rdb-key-save-delay", 0)
        deployment.settle()
        findings = {"output-buffer-limit": "warning", "full-resync-loop": "none"}
        none: Findings = {"avoidable-full-resync": "none", "sync-failed": "none"}
        hold(deployment, "healthy", findings={**findings, **none})


@pytest.mark.parametrize("mode", ["swapdb", "on-empty-db"])
def test_diskless_load(deploy: Deploy, hold: Hold, mode: str) -> None:
    deployment = deploy(repl_diskless_load=mode, repl_diskless_sync="yes")
    start_all(deployment)
    hold(deployment, "healthy")


def test_dataset_at_start(deploy: Deploy, hold: Hold) -> None:
    """Servers that load what they saved: that is no sync."""
    deployment = deploy(save="3600 1", appendonly="yes")
    servers = start_all(deployment)
    for server in servers:
        wait_for(partial(_has_its_file, server), f"{server.name} has written its file")
        server.end()
    for server in servers:
        server.start()
    deployment.settle()
    hold(deployment, "healthy", findings={"rdb-corrupt": "none"})


def test_flapping(deploy: Deploy, hold: Hold) -> None:
    """A link that breaks again and again, and stays at last."""
    deployment = deploy()
    primary, *_ = start_all(deployment)
    for _ in range(4):
        expected = primary.syncs().partial + primary.call("CLIENT", "KILL", "TYPE", "replica")
        wait_for(partial(_has_served, primary, expected), "the links are taken up again")
        deployment.settle()
    hold(deployment, "healthy", findings={"link-flapping": "warning"})


def _has_its_file(server: Server) -> bool:
    """An append-only file that is being written for the first time keeps a server from ending."""
    persistence = server.info("persistence")
    return not persistence["aof_rewrite_in_progress"] and not persistence["aof_rewrite_scheduled"]


def _has_served(server: Server, partial_syncs: int) -> bool:
    return server.syncs().partial == partial_syncs
