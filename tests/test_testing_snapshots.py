"""`canonical`: the same story gives the same text, whatever version tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from redislog.testing import canonical

FIXTURES = Path(__file__).parent.parent / "fixtures"
VERSIONS = ("6.2", "7.0", "8.2")

OTHER_STORIES = {
    "cluster-replica-migrates-and-is-elected": "another replica was elected",
    "cycle": "6.2 refuses a replica whose primary has no link",
    "dataset-damaged-thrown-away-cut": "it was told to follow before it had read its file",
    "disk-read-only-primary": "a retry more",
    "disk-read-only-replica": "a retry more",
    "every-server-a-primary": "another server was first",
    "failover-frozen": "another replica was elected",
    "failover-stopped": "another replica was elected",
    "level-warning-in-sync-warning": "from 7.2 on less is printed at that level",
    "level-warning-primary-down-warning": "from 7.2 on less is printed at that level",
    "output-buffer-loops": "6.2 forgets what it had at the first grant",
    "output-buffer-recovers": "6.2 forgets what it had at the first grant",
    "primary-cut-off-healed": "more was written",
    "primary-cut-off-parted": "another replica was elected",
    "primary-that-moves": "from 7.0 on a primary that starts from a file serves partial resyncs",
    "promoted-after-a-death": "the last lines came later",
    "rolling-restart": "from 7.0 on a primary that starts from a file serves partial resyncs",
    "mixed-releases-primary-v7.0": "the replica is of another release",
    "old-primary-is-made-a-replica": "another replica was elected",
}
"""Recorded runs in which the servers themselves did other things, or print less."""


def logs(version: str, name: str) -> list[Path]:
    return sorted((FIXTURES / version / name).glob("*.log"))


NAMES = sorted({path.name for version in VERSIONS for path in (FIXTURES / version).iterdir()})


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OTHER_STORIES])
def test_a_change_of_version_changes_nothing(name: str) -> None:
    told = {canonical(its) for version in VERSIONS if (its := logs(version, name))}
    assert len(told) == 1


def test_the_text_names_who_did_what_and_no_time_id_or_address() -> None:
    assert canonical(logs("7.0", "replica-restarted-sigterm-saved")) == GOLDEN


GOLDEN = """\
server-0
  replica
  full resync from server-1: done (no cached master)
  stops
  starts again
  replica
  partial resync from server-1: done
server-1
  primary
server-2
  replica
  full resync from server-1: done (no cached master)
verdict
  healthy: primary server-1
  server-0: replica of server-1, in sync
  server-2: replica of server-1, in sync"""


def test_addresses_without_a_log_are_called_by_numbers() -> None:
    told = canonical(logs("7.0", "flapping")[:1])
    assert "from address-1" in told
    assert "127.0.0" not in told
