"""Long work shows on a terminal how far it is, and nowhere else."""

from __future__ import annotations

import io
import os
import pty
import select
import sys
from pathlib import Path

import pytest

from redislog.command import main
from redislog.gathering import Way, read_events
from redislog.report import progress
from redislog.report.progress import Progress, terminal_watch
from redislog.sources import open_captures
from tests.benchmarks.logs import lines_of


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def shown(total: int, done: int, lines: int, after: float) -> str:
    """What stands on the terminal after some seconds."""
    terminal, clock = io.StringIO(), Clock()
    watch = Progress(terminal, clock)
    watch.total = total
    watch.add(done)
    clock.now += after
    watch.passed(lines)
    return terminal.getvalue().strip("\r").removesuffix("\x1b[K")


def test_it_says_what_is_done_how_fast_and_how_long_it_will_take() -> None:
    assert shown(200_000_000, 50_000_000, 500_000, 2) == " 25%  50.0 of 200.0 MB  250,000 lines/s  0:06 left"
    assert shown(10**11, 10**9, 10**7, 100).endswith("100,000 lines/s  2:45:00 left")


def test_what_is_piped_in_has_no_known_end() -> None:
    assert shown(0, 0, 500_000, 2) == "500,000 lines  250,000 lines/s"


def test_short_work_shows_nothing() -> None:
    assert shown(200, 50, 5, 0.9) == ""


def test_the_line_is_written_ten_times_a_second_and_taken_away() -> None:
    terminal, clock = io.StringIO(), Clock()
    watch = Progress(terminal, clock)
    clock.now += 1
    for _ in range(1_000):
        clock.now += 0.001
        watch.passed(100)
    assert 9 <= terminal.getvalue().count("\r") <= 11
    watch.close()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_bytes_are_counted_as_they_are_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b"".join(lines_of("realistic", 30_000)))
    watch, seen = Progress(io.StringIO()), []
    for number, _ in enumerate(read_events(open_captures(path).captures, Way(), watch)):
        if not number % 1_000:
            seen.append(watch.done)
    assert seen == sorted(seen)
    assert len(set(seen)) > 5
    assert watch.done == watch.total == path.stat().st_size


def test_no_pipe_gets_it() -> None:
    assert not isinstance(terminal_watch(), Progress)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_terminal_gets_it_and_has_none_of_it_in_the_end(
    tmp_path: Path, jobs: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("realistic", "replica"):
        (tmp_path / f"{name}.log").write_bytes(b"".join(lines_of(name, 4_000)))
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as screen, os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setattr(progress, "_QUIET", 0.0)
        monkeypatch.setenv("TERM", "xterm")
        assert main(["verdict", "--jobs", jobs, str(tmp_path)]) == 0
        written = b""
        while select.select([screen], [], [], 0)[0]:
            written += screen.read(65536)
    assert b"lines/s" in written
    assert written.endswith(b"\r\x1b[K")
    assert capsys.readouterr().out.startswith("healthy")
