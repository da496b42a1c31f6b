"""An operator's end-to-end test, on what ``kubectl logs`` left in a folder (``LOGS``) after the cluster was up."""

import os
from pathlib import Path

import pytest

from redislog.testing import (
    assert_events,
    assert_failovers,
    assert_in_sync,
    assert_no,
    assert_resyncs,
    assert_topology,
    having,
    unresolved,
)

LOGS = Path(os.environ["LOGS"])
PRIMARY, *REPLICAS = sorted(path.stem for path in LOGS.glob("*.log"))


@pytest.fixture
def cluster(redis_logs):
    for path in sorted(LOGS.glob("*.log")):
        redis_logs.add(path.stem, path)
    return redis_logs


@pytest.mark.redislog(expect="healthy")
def test_the_cluster_comes_up(cluster):
    assert_topology(cluster.watcher, primary=PRIMARY, replicas=REPLICAS)
    for replica in REPLICAS:
        assert_in_sync(cluster.watcher, replica, primary=PRIMARY)
    assert_failovers(cluster.watcher, count=0)
    assert cluster.verdict.primary == PRIMARY


def test_each_replica_is_synced_once_and_nothing_is_left_open(cluster):
    assert_resyncs(cluster.watcher, full=len(REPLICAS), partial=0)
    assert_no(cluster.watcher, "crash.*")
    assert not [finding for finding in unresolved(cluster.watcher) if finding.severity == "critical"]


def test_what_happens_after_a_step_is_told_apart(cluster):
    mark = cluster.mark()
    assert_no(cluster.watcher, "replica.*", since=mark)
    assert_events(
        cluster.watcher,
        [
            "primary.sync-requested",
            having("primary.replica-online", replica=lambda address: address.port == 6379),
        ],
    )
