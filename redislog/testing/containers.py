"""A wait strategy of Testcontainers for Python: waits for what a server's log says, not for a text in it.

Needs the extra ``testcontainers`` (4.10 or later: its structured wait strategies).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Self

from testcontainers.core.waiting_utils import WaitStrategy, WaitStrategyTarget

from redislog.testing.failing import failure
from redislog.testing.marks import Mark
from redislog.testing.matchers import Matcher, described, matches
from redislog.testing.watcher import Watcher

_RUNS = ("created", "running", "restarting")
"""The states of a container that may still print (Docker Engine API, ``ContainerState.Status``)."""
_STREAMS = ("stdout", "stderr")


class ReplicationWaitStrategy(WaitStrategy):
    """Waits until one container's log shows what its methods ask for: all of it, where several are called.

    Reads only what is new at each look; honours the start-up timeout and the poll interval, and composes with other
    strategies. ``since`` is a mark that `watcher` gave: what was printed before it does not count.

    ``ReplicationWaitStrategy().in_sync(times=2)`` waits for the second sync of a replica.

    Raises
    ------
    TimeoutError
        when the start-up timeout is over; the text has the verdict and the last events.
    RuntimeError
        when the container has ended before.
    """

    def __init__(self, *, name: str = "container", since: Mark | None = None) -> None:
        super().__init__()
        self.watcher = Watcher()
        self._name = name
        self._since = since
        self._wanted: list[tuple[str, Callable[[], bool]]] = []

    def in_sync(self, *, times: int = 1) -> Self:
        """Wait for so many syncs that succeeded, full or partial: a replica's own, or those that a primary served."""
        return self._want(f"in sync {times} times", lambda: self.watcher.syncs(since=self._since) >= times)

    def healthy(self) -> Self:
        """Wait until the verdict on the container's log is ``healthy``."""
        return self._want("healthy", lambda: self.watcher.verdict.status == "healthy")

    def event(self, matcher: Matcher, *, times: int = 1) -> Self:
        """Wait for so many events that a matcher means; one that can match nothing is an error at once."""
        matches(matcher)
        return self._want(
            f"{described(matcher)} {times} times",
            lambda: self.watcher.seen(matcher, since=self._since, times=times),
        )

    def wait_until_ready(self, container: WaitStrategyTarget) -> None:
        """Wait until all that was asked for is so; errors as said above."""
        if not self._wanted:
            raise ValueError("nothing to wait for: call in_sync(), healthy() or event(...) first")
        end = time.monotonic() + self._startup_timeout
        while True:
            runs = _runs(container)
            self._read(container)
            missing = [words for words, done in self._wanted if not done()]
            if not missing:
                return
            if not runs:
                raise RuntimeError(self._failure(missing, "the container ended"))
            if time.monotonic() >= end:
                raise TimeoutError(self._failure(missing, f"not so within {self._startup_timeout:g} s"))
            time.sleep(max(0.0, min(self._poll_interval, end - time.monotonic())))

    def _want(self, words: str, done: Callable[[], bool]) -> Self:
        self._wanted.append((words, done))
        return self

    def _read(self, container: WaitStrategyTarget) -> None:
        for stream, text in zip(_STREAMS, container.get_logs(), strict=True):
            name = self._name if stream == "stdout" else f"{self._name}/{stream}"
            if text:
                self.watcher.pull(lambda text=text: text, name=name)  # type: ignore[misc]

    def _failure(self, missing: list[str], found: str) -> str:
        return failure("; ".join(missing), found, (), self.watcher)


def _runs(container: WaitStrategyTarget) -> bool:
    container.reload()
    return container.status in _RUNS
