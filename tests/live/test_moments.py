"""What is said of the moments in a story, with all that the captures tell of before and after."""

from __future__ import annotations

import signal
import time
from datetime import UTC, datetime

import pytest

import redislog
from redislog.testing.simulate.truth import Truth
from tests.truth import misstated

from .conftest import Deploy
from .harness import Deployment, Server, wait_for
from .steps import follow, start_all, wait_down, wait_said
from .truth import read_truth

pytestmark = pytest.mark.parametrize("log_level", ["notice"])

_PAUSE = 0.3
"""Seconds in which nobody prints anything around a moment: clocks are known to some milliseconds."""


def moment_of(deployment: Deployment) -> tuple[datetime, Truth]:
    """A moment at which nobody had just printed anything, nor was about to, and the servers' own word of it."""
    while True:
        before = deployment.captures()
        time.sleep(_PAUSE)
        now, truth = datetime.now(UTC).replace(tzinfo=None), read_truth(deployment)
        time.sleep(_PAUSE)
        if deployment.captures() == before:
            return now, truth


def settled(deployment: Deployment, server: Server, syncs: int) -> None:
    """Wait until a server has served so many syncs, and all is settled."""
    wait_for(lambda: sum(server.syncs()) >= syncs, f"{server.name} has served {syncs}")
    deployment.settle()


def test_each_moment_of_a_story_is_told_as_it_was(deploy: Deploy) -> None:
    deployment = deploy()
    primary, one, other = start_all(deployment)
    moments = [moment_of(deployment)]
    one.end()
    wait_said(primary, "lost.")
    moments.append(moment_of(deployment))
    one.start()
    follow(one, primary)
    settled(deployment, primary, 3)
    moments.append(moment_of(deployment))
    other.call("REPLICAOF", "NO", "ONE")
    follow(one, other)
    settled(deployment, other, 1)
    moments.append(moment_of(deployment))
    follow(primary, other)
    settled(deployment, other, 2)
    moments.append(moment_of(deployment))
    other.end(signal.SIGKILL)
    wait_down(primary, one)
    wait_said(one, "Connection refused")
    primary.call("REPLICAOF", "NO", "ONE")
    follow(one, primary)
    wait_for(lambda: primary.info("replication")["connected_slaves"] == 1, "it is followed")
    deployment.settle()
    moments.append(moment_of(deployment))
    timeline = redislog.replay(deployment.captures())
    for number, (at, truth) in enumerate(moments):
        verdict = timeline.at(at)
        assert list(misstated(verdict, truth)) == [], f"moment {number}\n{verdict}"
        said = {name: verdict.nodes[name].role for name, server in truth.items() if server.running}
        assert said == {name: server.role for name, server in truth.items() if server.running}
    statuses = [timeline.at(at).status for at, _ in moments]
    assert statuses == ["healthy", "degraded", "healthy", "split-brain", "healthy", "healthy"]
