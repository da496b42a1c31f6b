"""Logs of gigabytes: what memory they take, and whether time grows with their lines only."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.benchmarks.logs import lines_of

MILLION = 1_000_000
COMMAND = """
import resource, sys
from redislog.command import main
code = main(sys.argv[1:])
with open("/proc/self/status") as status:
    own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
"""Runs the command, and says what it and the largest of its children held at their peaks, in kilobytes.

What the system counts for a process that was started from a larger one includes that one's.
"""


class Used(NamedTuple):
    """What a run of the command took: megabytes at its peak, its own and its largest child's, processor seconds,
    seconds, and what it printed."""

    peak: float
    child: float
    processor: float
    seconds: float
    out: bytes


def command(*arguments: object, log: tuple[str, int] | None = None) -> Used:
    """Run the command, with a log piped in if one is named; with what its children used."""
    writer = None
    if log is not None:
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.logs", log[0], str(log[1])], stdout=subprocess.PIPE
        )
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *map(str, arguments)],
        stdin=writer.stdout if writer is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    if writer is not None and writer.stdout is not None:
        writer.stdout.close()
    assert process.stdout is not None
    assert process.stderr is not None
    out = process.stdout.read()
    own, child = (int(size) / 1024 for size in process.stderr.read().split())
    process.stdout.close()
    process.stderr.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begin
    if writer is not None:
        writer.wait()
    assert process.returncode in (0, 1)
    return Used(own, child, used.ru_utime + used.ru_stime, seconds, out)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Used:
    """A run with nothing to do."""
    path = tmp_path_factory.mktemp("empty") / "empty.log"
    path.write_text("1:M 29 May 2023 07:48:59.135 * Ready to accept connections\n")
    return command(path)


def test_memory_does_not_grow_with_lines_and_time_does_with_nothing_else(empty: Used) -> None:
    ones = [command("-", log=("realistic", MILLION)) for _ in range(3)]
    ten = command("-", log=("realistic", 10 * MILLION))
    ones += [command("-", log=("realistic", MILLION)) for _ in range(2)]
    one = sorted(ones, key=lambda run: run.processor)[len(ones) // 2]
    ratio = ten.processor / one.processor
    print(  # noqa: T201
        f"empty {empty.peak:.1f} MB, {empty.processor:.2f} s; 1,000,000 lines {one.peak:.1f} MB, "
        f"{one.processor:.2f} s; 10,000,000 lines {ten.peak:.1f} MB, {ten.processor:.2f} s: {ratio:.2f} times"
    )
    assert one.peak - empty.peak < 60
    assert ten.peak - one.peak < 10
    assert 9 < ratio < 11


@pytest.mark.parametrize(("name", "most"), [("storm", 1_000), ("storm-replica", 1_000), ("refused", 40)])
def test_of_a_storm_only_its_syncs_take_memory(empty: Used, name: str, most: float) -> None:
    used = command("-", log=(name, MILLION))
    print(f"{name}: {used.peak - empty.peak:.1f} MB for 1,000,000 lines")  # noqa: T201
    assert used.peak - empty.peak < most


two_processors = pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="there is one processor")


@two_processors
@pytest.mark.parametrize("name", ["realistic", "kubectl"])
def test_one_large_file_is_read_faster_by_two_processors(tmp_path: Path, empty: Used, name: str) -> None:
    path = tmp_path / "redis.log"
    with path.open("wb") as file:
        file.writelines(lines_of(name, MILLION))
    rounds = [(command("--jobs", 1, path), command(path)) for _ in range(5)]
    one, two = (min(run.seconds for run in runs) for runs in zip(*rounds, strict=True))
    work, all_work = (
        sorted(run.processor for run in runs)[len(runs) // 2] for runs in zip(*rounds, strict=True)
    )
    peak = max(max(run.peak, run.child) for _, run in rounds)
    print(  # noqa: T201
        f"{name}: one process {one:.1f} s, two {two:.1f} s: {one / two:.2f} times faster, for "
        f"{all_work / work:.2f} times the processor time; a process takes {peak - empty.peak:.1f} MB"
    )
    assert len({run.out for runs in rounds for run in runs}) == 1
    assert peak - empty.peak < 60
    assert one / two >= 1.5


@two_processors
def test_two_large_files_on_two_processors_take_little_more_than_half_the_time(tmp_path: Path) -> None:
    for name in ("realistic", "replica"):
        with (tmp_path / f"{name}.log").open("wb") as file:
            file.writelines(lines_of(name, MILLION))
    rounds = [(command("--jobs", 1, tmp_path), command(tmp_path)) for _ in range(3)]
    one, two = (min(run.seconds for run in runs) for runs in zip(*rounds, strict=True))
    print(f"one process {one:.1f} s, two {two:.1f} s: {one / two:.2f} times faster")  # noqa: T201
    assert len({run.out for runs in rounds for run in runs}) == 1
    assert one / two >= 1.7
