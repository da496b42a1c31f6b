"""A Testcontainers user that waits for the second sync of a replica, which the first one's line must not satisfy."""

import os
from pathlib import Path

import pytest
from testcontainers.core.wait_strategies import CompositeWaitStrategy

from redislog.testing.containers import ReplicationWaitStrategy

LINES = (Path(os.environ["LOGS"]) / "server-0.log").read_bytes().splitlines(keepends=True)


class Container:
    """A container whose log grows by a few lines at each look."""

    status = "running"

    def __init__(self, step=7):
        self.step, self.shown = step, 0

    def get_logs(self):
        self.shown = min(len(LINES), self.shown + self.step)
        return b"".join(LINES[: self.shown]), b""

    def reload(self):
        if self.shown == len(LINES):
            self.status = "exited"


def syncs(text):
    return text.count(b"Finished with success") + text.count(b"Successful partial resynchronization")


def test_the_second_sync_is_waited_for():
    container = Container()
    ReplicationWaitStrategy().in_sync(times=2).with_poll_interval(0.001).wait_until_ready(container)
    shown = b"".join(LINES[: container.shown])
    before = b"".join(LINES[: container.shown - container.step])
    assert syncs(before) < 2 <= syncs(shown)


def test_it_composes():
    container = Container()
    first = ReplicationWaitStrategy().event("server.ready").with_poll_interval(0.001)
    then = ReplicationWaitStrategy().healthy().with_poll_interval(0.001)
    CompositeWaitStrategy(first, then).wait_until_ready(container)


def test_a_container_that_ends_before_says_what_it_did():
    with pytest.raises(RuntimeError) as raised:
        ReplicationWaitStrategy().in_sync(times=99).with_poll_interval(0.001).wait_until_ready(Container(500))
    assert "in sync 99 times" in str(raised.value)
    assert "the container ended" in str(raised.value)
