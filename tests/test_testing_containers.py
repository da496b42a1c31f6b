"""The wait strategy, held against the real classes of Testcontainers with a container that replays a recorded run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

containers = pytest.importorskip("redislog.testing.containers", reason="needs the extra testcontainers")
from testcontainers.core.wait_strategies import CompositeWaitStrategy  # noqa: E402

from redislog.testing.containers import ReplicationWaitStrategy  # noqa: E402

LOG = (Path(__file__).parent.parent / "fixtures" / "7.0" / "flapping" / "server-0.log").read_bytes()
LINES = LOG.splitlines(keepends=True)
SYNCED = [
    number
    for number, line in enumerate(LINES, start=1)
    if b"Finished with success" in line or b"Successful partial resynchronization" in line
]


class Container:
    """What a wait strategy sees of a container: its log grows by some lines at each look, and then it ends."""

    def __init__(self, lines: Any = LINES, step: Any = 1, ends: Any = False) -> None:
        self._lines, self._step, self._ends = lines, step, ends
        self.shown = 0
        self.looks = 0

    def get_logs(self) -> Any:
        self.looks += 1
        self.shown = min(len(self._lines), self.shown + self._step)
        return b"".join(self._lines[: self.shown]), b""

    def reload(self) -> None:
        pass

    @property
    def status(self) -> Any:
        return "exited" if self._ends and self.shown == len(self._lines) else "running"

    def get_container_host_ip(self) -> str:
        return "127.0.0.1"

    def get_exposed_port(self, port: int) -> int:
        return port

    def get_wrapped_container(self) -> Any:
        return self


def strategy(timeout: Any = 20) -> Any:
    return ReplicationWaitStrategy().with_poll_interval(0.0).with_startup_timeout(timeout)


def test_the_second_sync_is_waited_for_and_not_the_first() -> None:
    assert len(SYNCED) >= 2
    for times in (1, 2):
        container = Container()
        strategy().in_sync(times=times).wait_until_ready(container)
        assert container.shown == pytest.approx(SYNCED[times - 1], abs=1)


def test_an_event_is_waited_for_so_many_times() -> None:
    container = Container()
    strategy().event("replica.primary-link-lost", times=2).wait_until_ready(container)
    lost = [number for number, line in enumerate(LINES, start=1) if b"Connection with master lost" in line]
    assert container.shown == lost[1]


def test_a_verdict_is_waited_for() -> None:
    strategy().healthy().wait_until_ready(Container())


def test_it_composes_with_others() -> None:
    container = Container()
    CompositeWaitStrategy(strategy().in_sync(), strategy().event("replica.psync-success")).wait_until_ready(
        container
    )


def test_at_the_timeout_it_says_what_the_log_says() -> None:
    with pytest.raises(TimeoutError) as raised:
        strategy(timeout=0).in_sync(times=90).wait_until_ready(Container(step=99))
    text = str(raised.value)
    assert "expected: in sync 90 times" in text
    assert "last of container" in text


def test_a_container_that_ended_is_not_waited_for() -> None:
    with pytest.raises(RuntimeError, match="the container ended"):
        strategy().in_sync(times=90).wait_until_ready(Container(step=99, ends=True))


def test_a_container_that_ended_may_have_shown_it() -> None:
    strategy().in_sync().wait_until_ready(Container(step=len(LINES), ends=True))


def test_a_misspelt_message_is_an_error_before_anything_is_waited_for() -> None:
    with pytest.raises(ValueError, match="did you mean"):
        strategy().event("replica.psync-sucess")
    with pytest.raises(ValueError, match="nothing to wait for"):
        strategy().wait_until_ready(Container())
