"""``redislog wait``: ends as soon as a growing log shows what is waited for, and says why it ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from redislog.command import main
from tests.logs import resync

FIXTURES = Path(__file__).parent.parent / "fixtures"
RUN = FIXTURES / "7.0" / "flapping"
REPLICA = (RUN / "server-0.log").read_bytes()
LOST = "1:S 29 May 2023 20:00:00.107 * Connection with master lost.\n"
SYNCED = "replica.full-sync.finished"
LINE = "1:S 29 May 2023 07:49:{:02}.507 * MASTER <-> REPLICA sync: Finished with success\n"
IS_SO, TIMEOUT, WRONG_USE, ENDED = 0, 1, 2, 3
_SOON = 0.2
"""Seconds within which the command ends after the line that it waits for."""


def started(*arguments: object, stdin: Any = subprocess.DEVNULL) -> Any:
    """The command, which an interruption ends also where these tests are run in the background."""
    return subprocess.Popen(
        [sys.executable, "-m", "redislog", "wait", *map(str, arguments)],
        stdin=stdin,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )


def piped(text: bytes, *arguments: object) -> Any:
    """The exit code and what was printed, of text that is piped in and ends."""
    process = subprocess.run(
        [sys.executable, "-m", "redislog", "wait", *map(str, arguments)],
        input=text,
        stdout=subprocess.PIPE,
        check=False,
    )
    return process.returncode, process.stdout.decode()


def still_runs(process: Any, seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return True
    return False


def _target(link: Path) -> Path | None:
    try:
        return link.readlink()
    except FileNotFoundError:
        return None


def until_it_reads(pid: int, path: Path) -> None:
    """Wait until a process has opened a file."""
    folder = Path(f"/proc/{pid}/fd")
    for _ in range(600):
        if any(_target(each) == path for each in folder.iterdir()):
            return
        time.sleep(0.05)
    raise AssertionError("it never opened the file")


@pytest.mark.parametrize("how", ["file", "pipe"])
def test_the_second_event_ends_it_at_once_and_the_first_does_not(how: str, tmp_path: Path) -> None:
    """Within 200 ms, once in three times at least: the machine may be busy."""
    times = (ended_after_the_second(how, tmp_path / f"{number}" / "b.log") for number in range(3))
    assert any(seconds < _SOON for seconds in times)


def ended_after_the_second(how: str, log: Path) -> float:
    """How many seconds after its second event is written the command has ended; it goes on after the first."""
    log.parent.mkdir()
    if how == "pipe":
        os.mkfifo(log)
    else:
        log.touch()
    process = started("--event", SYNCED, "--times", 2, "--timeout", 60, log)
    until_it_reads(process.pid, log)
    with log.open("a") as file:
        print(LINE.format(1), end="", file=file, flush=True)
        assert still_runs(process, 1.0)
        print(LINE.format(2), end="", file=file, flush=True)
        written = time.monotonic()
        out, _ = process.communicate(timeout=10)
    seconds = time.monotonic() - written
    assert process.returncode == IS_SO
    assert out == f"ok: '{SYNCED}' 2 times: b:2: MASTER <-> REPLICA sync: Finished with success\n"
    return seconds


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--event", SYNCED], f"ok: '{SYNCED}' 1 times: stdin:"),
        (["--synced", "stdin"], "ok: stdin in sync: stdin:"),
        (["--until", "healthy"], "ok: healthy: healthy"),
        ([], "ok: healthy: healthy"),
    ],
)
def test_what_is_so_ends_it(arguments: Any, reason: str) -> None:
    code, out = piped(REPLICA, *arguments)
    assert code == IS_SO
    assert out.startswith(reason)


@pytest.mark.parametrize(
    "arguments", [["--event", SYNCED, "--times", "2"], ["--synced", "other"], ["--until", "split-brain"]]
)
def test_an_input_that_ends_before_says_so(arguments: Any) -> None:
    code, out = piped(REPLICA, *arguments)
    assert code == ENDED
    assert "found:    not so when the input ended" in out
    assert "last of stdin:" in out


def test_a_last_line_without_an_end_counts() -> None:
    assert piped(LINE.format(1).rstrip().encode(), "--event", SYNCED)[0] == IS_SO


def test_the_timeout_ends_it_and_the_reason_is_what_was_seen(tmp_path: Path, capsys: Any) -> None:
    log = tmp_path / "b.log"
    log.write_text(LINE.format(1))
    assert main(["wait", "--event", SYNCED, "--times", "2", "--timeout", "0.2", str(log)]) == TIMEOUT
    out = capsys.readouterr().out
    assert f"expected: '{SYNCED}' 2 times" in out
    assert "found:    not so after 0.2 s" in out
    assert main(["wait", "--timeout", "0", str(tmp_path / "none.log")]) == TIMEOUT
    assert "none.log is not there" in " ".join(capsys.readouterr().out.split())


def test_a_message_that_does_not_exist_is_an_error_at_once(tmp_path: Path, capsys: Any) -> None:
    assert main(["wait", "--event", "replica.full-sync.finish", str(tmp_path / "b.log")]) == WRONG_USE
    assert "did you mean replica.full-sync.finished" in capsys.readouterr().err


def test_what_was_printed_before_a_mark_does_not_count(tmp_path: Path, capsys: Any) -> None:
    log = tmp_path / "b.log"
    log.write_text("".join(resync(number) for number in range(20)))
    main(["mark", str(log)])
    mark = tmp_path / "M"
    mark.write_text(capsys.readouterr().out)
    wait = ["wait", "--event", SYNCED, "--timeout", "0.3", "--since", str(mark), str(log)]
    assert main(wait) == TIMEOUT
    with log.open("a") as file:
        file.write(resync(21))
    assert main(wait) == IS_SO
    assert "b:105:" in capsys.readouterr().out
    assert main([*wait, "--times", "2"]) == TIMEOUT
    synced = ["wait", "--synced", "b", "--timeout", "0.3", str(log)]
    assert main(synced) == IS_SO
    assert main([*synced, "--since", str(mark)]) == IS_SO


@pytest.mark.parametrize("how", ["moved", "cut"])
def test_a_file_that_is_rotated_is_read_on(how: str, tmp_path: Path, capsys: Any) -> None:
    log = tmp_path / "b.log"
    log.write_text(LINE.format(1) + LINE.format(2)[:30])

    def rotate() -> None:
        until_it_reads(os.getpid(), log)
        time.sleep(0.2)
        if how == "moved":
            log.rename(tmp_path / "b.log.1")
        log.write_text(LINE.format(3))

    thread = threading.Thread(target=rotate)
    thread.start()
    assert main(["wait", "--event", SYNCED, "--times", "2", "--timeout", "30", str(log)]) == IS_SO
    thread.join()


def test_an_old_state_in_the_middle_of_a_log_is_not_the_state(tmp_path: Path) -> None:
    """A long log in which the replica was in sync for ages, and is not at its end."""
    log = tmp_path / "b.log"
    cycle = "".join(map(resync, range(60)))
    hours = (cycle.replace(" 07:", f" {hour:02}:") for hour in range(8, 20))
    log.write_text("".join(hours) + LOST)
    assert main(["wait", "--synced", "b", "--timeout", "2", str(log)]) == TIMEOUT


def test_it_ends_with_an_interruption(tmp_path: Path) -> None:
    log = tmp_path / "b.log"
    log.touch()
    process = started("--timeout", 60, log)
    until_it_reads(process.pid, log)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    assert process.returncode == 130
