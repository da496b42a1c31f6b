"""Snapshots that cannot be written or read: full disks, read-only ones, releases and modules that differ."""

from __future__ import annotations

import pytest

from tests.holding import Findings, Outcome

from .conftest import Deploy, Hold, skip_if
from .disks import disk_missing
from .harness import wait_for
from .places import Special
from .releases import RELEASES, Release, why_missing
from .steps import PRIMARY, fill, finding, follow, wait_said

pytestmark = pytest.mark.parametrize("log_level", ["notice"])

DISK = "128k"
KEYS = 300
"""With a thousand bytes each they have no room there."""
UNCOMPRESSED = {"rdbcompression": "no", "repl_diskless_sync": "no"}


@pytest.fixture
def disks() -> None:
    """Servers may have disks of their own."""
    skip_if(disk_missing())


@pytest.mark.usefixtures("disks")
@pytest.mark.parametrize("ends", ["full", "mended"])
def test_disk_of_a_replica_full(deploy: Deploy, hold: Hold, ends: str) -> None:
    """It cannot keep what its primary sends, and asks again and again."""
    deployment = deploy(**UNCOMPRESSED)
    primary = deployment.start(PRIMARY)
    fill(primary, KEYS)
    replica = deployment.start("server-0", Special(disk=DISK), replica_of=primary)
    wait_said(replica, "No space left on device", 3)
    if ends == "full":
        timeline = hold(deployment, "resync-loop", whole=False, findings={"disk-full": "critical"})
    else:
        replica.remount("size=10m")
        deployment.settle()
        timeline = hold(deployment, "healthy", findings={"disk-full": "info"})
    assert finding(timeline, "disk-full").nodes == ("server-0",)


@pytest.mark.usefixtures("disks")
@pytest.mark.parametrize("ends", ["full", "mended"])
def test_disk_of_a_primary_full(deploy: Deploy, hold: Hold, ends: str) -> None:
    """It cannot save, and so cannot serve a replica from a file."""
    deployment = deploy(**UNCOMPRESSED)
    primary = deployment.start(PRIMARY, Special(disk=DISK))
    fill(primary, KEYS)
    primary.call("BGSAVE")
    wait_said(primary, "Background saving error")
    replica = deployment.start("server-0", replica_of=primary)
    wait_said(primary, "Background saving error", 3)
    if ends == "full":
        findings: Findings = {"disk-full": "critical", "bgsave-failing": "critical", "fork-failed": "none"}
        timeline = hold(deployment, whole=False, findings=findings)
    else:
        primary.remount("size=10m")
        wait_for(lambda: replica.info("replication")["master_link_status"] == "up", "in sync at last")
        deployment.settle()
        findings = {"disk-full": "info", "bgsave-failing": "none", "fork-failed": "none"}
        timeline = hold(deployment, "healthy", findings=findings)
    assert finding(timeline, "disk-full").nodes == ("server-1",)


@pytest.mark.usefixtures("disks")
@pytest.mark.parametrize("whose", ["primary", "replica"])
def test_disk_read_only(deploy: Deploy, hold: Hold, whose: str) -> None:
    deployment = deploy(**UNCOMPRESSED)
    primary = deployment.start(PRIMARY, Special(disk="10m"))
    fill(primary, 10)
    replica = deployment.start("server-0", Special(disk="10m"))
    (primary if whose == "primary" else replica).remount("ro")
    replica.call("REPLICAOF", primary.host, primary.port)
    if whose == "primary":
        wait_said(primary, "Read-only file system", 3)
    else:
        wait_said(replica, "Read-only file system", 2)
    failing: Outcome = "critical" if whose == "primary" else "none"
    timeline = hold(deployment, whole=False, findings={"disk-full": "none", "bgsave-failing": failing})
    assert timeline.verdict.status in ("degraded", "resync-loop")
    assert timeline.verdict.nodes["server-0"].in_sync is False


def _reads_snapshots_of(release: Release, other: Release) -> bool:
    """Whether a server loads what another release sends: Valkey numbers its formats otherwise than Redis since 7.2,
    and sends older replicas the format of that.
    """
    if other.product == "valkey":
        return release.product == "redis" and release.version >= (7, 2)
    return other.version < ((8, 0) if release.product == "valkey" else release.version)


@pytest.mark.parametrize("primary_release", RELEASES, ids=lambda each: f"primary-{each.mark}")
def test_mixed_releases(deploy: Deploy, hold: Hold, release: Release, primary_release: Release) -> None:
    """An older replica cannot read what a newer primary sends; of the other product, some can."""
    if release == primary_release:
        pytest.skip("one release only")
    skip_if(why_missing(primary_release))
    deployment = deploy(repl_diskless_sync="no")
    primary = deployment.start(PRIMARY, Special(release=primary_release))
    fill(primary, 10)
    replica = deployment.start("server-0", replica_of=primary)
    if _reads_snapshots_of(release, primary_release):
        deployment.settle()
        hold(
            deployment,
            "healthy",
            findings={"version-mix": "info", "rdb-version": "none", "sync-failed": "none"},
        )
        return
    wait_said(replica, "Can't handle RDB format version", 3)
    same = release.product == primary_release.product
    findings: Findings = {
        "version-mix": "warning" if same else "info",
        "rdb-version": "critical",
        "sync-failed": "warning",
    }
    timeline = hold(deployment, "resync-loop", whole=False, findings=findings)
    assert finding(timeline, "rdb-version").nodes == ("server-0", "server-1")


@pytest.mark.parametrize("damage", ["a-byte-differs", "cut"])
@pytest.mark.parametrize("ends", ["down", "thrown-away"])
def test_dataset_damaged(deploy: Deploy, hold: Hold, damage: str, ends: str) -> None:
    """A replica cannot start from its own file; without it, it copies all data anew."""
    deployment = deploy(rdbcompression="no")
    primary = deployment.start(PRIMARY)
    fill(primary, 10)
    replica = deployment.start("server-0", replica_of=primary)
    deployment.settle()
    replica.call("SAVE")
    replica.end()
    whole = replica.dataset.read_bytes()
    middle = len(whole) // 2
    changed = bytes([whole[middle] ^ 1]) + whole[middle + 1 :] if damage == "a-byte-differs" else b""
    replica.dataset.write_bytes(whole[:middle] + changed)
    replica.launch()
    replica.wait_gone()
    if ends == "down":
        timeline = hold(
            deployment, "degraded", findings={"rdb-corrupt": "critical", "gave-up": "critical"}, whole=False
        )
    else:
        replica.dataset.unlink()
        replica.start()
        deployment.settle()
        timeline = hold(deployment, "healthy", findings={"rdb-corrupt": "info", "gave-up": "info"})
    assert finding(timeline, "rdb-corrupt").nodes == ("server-0",)


def test_module_missing(deploy: Deploy, hold: Hold, release: Release) -> None:
    """The primary's data is of a module that its replica does not have."""
    path = release.module()
    if path is None:
        pytest.skip(f"no module comes with Redis {release}")
    deployment = deploy(repl_diskless_sync="no")
    # Under a name that is the same on every machine, as the server prints it.
    (deployment.folder / "graph.so").symlink_to(path)
    primary = deployment.start(PRIMARY, loadmodule="../graph.so")
    primary.call("GRAPH.QUERY", "g", "CREATE (:N)")
    # Told at its start whom to follow, it may have given up before it answers.
    replica = deployment.start("server-0")
    follow(replica, primary)
    wait_for(lambda: not replica.running, "it has given up")
    hold(deployment, "degraded", findings={"module-missing": "critical"})
