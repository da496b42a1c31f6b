"""Several captures read at once, each by a process: what it says comes back as a `Timeline` of its own.

Only what was folded travels between the processes, never single events. A process is forked where that is
safe (Linux, no other thread), else started anew.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from redislog.events.index import any_outside
from redislog.gathering import Way
from redislog.sources import Capture, SourceError
from redislog.sources.watch import Watch

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PAYS = 8 * 2**20
"""From so many bytes in the second largest capture on, a second process takes less time than it costs."""
FILE_PAYS = 24 * 2**20
"""From so many bytes on, several processes read one file in less time than one."""
_INTERVAL = 0.1

_Folded = TypeVar("_Folded")
Fold = Callable[[Capture, Way, Watch], _Folded]
"""What a process does with one capture; a function of a module, and its value can be pickled."""


class _Told(Watch):
    """Tells another process how far this one is."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        super().__init__()
        self._connection = connection
        self._next = 0.0

    def passed(self, lines: int) -> None:
        """So many lines more have been read."""
        super().passed(lines)
        if (now := time.monotonic()) >= self._next:
            self.tell()
            self._next = now + _INTERVAL

    def tell(self) -> None:
        """Say how far it is."""
        self._connection.send(("passed", (self.lines, self.done)))


def processes_for(captures: Sequence[Capture], jobs: int | None) -> int:
    """How many processes read some captures: ``jobs`` at most; without, as many as pay.

    One where a capture cannot be opened by another process, and where messages are known that were
    registered in this one.
    """
    ours = [capture for capture in captures if capture.reopens]
    if any_outside() or (jobs is None and not can_fork()):
        return 1
    if jobs is None:
        large = sum(capture.size >= PAYS for capture in ours)
        jobs = min(large, processors())
    return max(1, min(jobs, len(ours)))


def process_context() -> Any:
    """How processes are started: forked where that is safe."""
    import multiprocessing

    return multiprocessing.get_context("fork" if can_fork() else "spawn")


def processors() -> int:
    """How many processors there are for this process."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def can_fork() -> bool:
    """Whether a process can be forked safely."""
    return sys.platform == "linux" and threading.active_count() == 1


def read_by_many(
    captures: Sequence[Capture], way: Way, fold: Fold[_Folded], jobs: int, watch: Watch
) -> Generator[tuple[Capture, _Folded], None, None]:
    """Each capture with what a process made of it, in the order in which they are given.

    Raises
    ------
    SourceError
        if a capture cannot be read, or a process is ended from outside.
    """
    context = process_context()
    shares = _shares(captures, jobs)
    pipes = [context.Pipe(duplex=False) for _ in shares]
    ends = [end for pipe in pipes for end in pipe]
    processes = []
    try:
        for share, (_, sender) in zip(shares, pipes, strict=True):
            its = [(number, captures[number]) for number in share]
            others = (
                [end for end in ends if end is not sender] if context.get_start_method() == "fork" else []
            )
            process = context.Process(target=_work, args=(its, way, fold, sender, others), daemon=True)
            process.start()
            processes.append(process)
        for _, sender in pipes:
            sender.close()
        found: dict[int, _Folded] = {}
        arriving = _arriving([receiver for receiver, _ in pipes], watch)
        for number, capture in enumerate(captures):
            while number not in found:
                its_number, folded = next(arriving)
                found[its_number] = folded
            yield capture, found.pop(number)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()
            process.close()
        for end in ends:
            end.close()


def _shares(captures: Sequence[Capture], jobs: int) -> list[list[int]]:
    """The numbers of the captures for each process: the largest first, each to the one that has least."""
    shares: list[list[int]] = [[] for _ in range(jobs)]
    sizes = [0] * jobs
    for number in sorted(range(len(captures)), key=lambda n: -captures[n].size):
        least = sizes.index(min(sizes))
        shares[least].append(number)
        sizes[least] += captures[number].size + 1
    return [sorted(share) for share in shares if share]


def _arriving(receivers: list[Connection[Any, Any]], watch: Watch) -> Iterator[tuple[int, Any]]:
    """What the processes made of their captures, as it comes."""
    from multiprocessing.connection import wait

    progress: dict[Any, tuple[int, int]] = dict.fromkeys(receivers, (0, 0))
    while progress:
        for receiver in wait(list(progress)):
            kind, value = received(receiver)
            if kind == "passed":
                lines, done = value
                lines_before, done_before = progress[receiver]
                progress[receiver] = value
                watch.add(done - done_before)
                watch.passed(lines - lines_before)
            elif kind == "folded":
                number, folded, remarks = value
                for remark in remarks:
                    watch.remark(remark)
                yield number, folded
            elif kind == "error":
                raise value
            else:
                del progress[receiver]


def received(receiver: Any) -> tuple[str, Any]:
    """What a process says next: of which kind it is, and what.

    Raises
    ------
    SourceError
        if the process was ended from outside.
    """
    try:
        message: tuple[str, Any] = receiver.recv()
    except (EOFError, ConnectionError):
        raise SourceError("a process that read captures was ended; --jobs 1 does without any") from None
    return message


def begin_work(others: Sequence[Connection[Any, Any]]) -> None:
    """What a process does first: signals are for the one that started it, and ends of others' pipes for them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for end in others:
        end.close()


def _work(
    captures: list[tuple[int, Capture]],
    way: Way,
    fold: Fold[Any],
    sender: Connection[Any, Any],
    others: list[Connection[Any, Any]],
) -> None:
    """What a process does: its captures one after another."""
    begin_work(others)
    watch = _Told(sender)
    with suppress(BrokenPipeError):
        try:
            for number, capture in captures:
                remarks = len(watch.remarks)
                folded = fold(capture, way, watch)
                watch.tell()
                sender.send(("folded", (number, folded, watch.remarks[remarks:])))
            sender.send(("end", None))
        except BrokenPipeError:
            raise
        except Exception as error:
            sender.send(("error", error))
    sender.close()
