"""The command: what it prints, its exit codes, and that bad input is answered, never with a traceback."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

from redislog.command import main
from tests import logs
from tests.argocd import ADDRESS, FOLDER, LOGS, SERVER_0, SERVER_1, SERVERS

HEALTHY, NOT_HEALTHY, WRONG_USE, NO_REDIS = 0, 1, 2, 3
SERVER_LINE = "1:M 29 May 2023 07:47:57.186 * Ready to accept connections"


class Run:
    """What one run of the command gave."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err
        assert "Traceback" not in out + err


class Command(Protocol):
    """Runs the command in this process; ``stdin`` is what is piped in."""

    def __call__(self, *arguments: object, stdin: bytes = b"") -> Run: ...


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs the command."""

    def command(*arguments: object, stdin: bytes = b"") -> Run:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
        captured = capsys.readouterr()
        return Run(code, captured.out, captured.err)

    return command


def test_a_folder_gets_its_verdict(run: Command) -> None:
    done = run(FOLDER)
    assert (done.code, done.err) == (HEALTHY, "")
    assert done.out.startswith(f"healthy: primary {SERVER_0}")
    assert all(address in done.out for address in ADDRESS.values())


def test_verdict_is_the_default_and_has_a_name(run: Command) -> None:
    assert run("verdict", FOLDER).out == run(FOLDER).out


def test_files_in_any_order_and_named_files_give_the_same(run: Command) -> None:
    files = [FOLDER / f"{name}.log" for name in SERVERS]
    named = [f"{name}={FOLDER / name}.log" for name in SERVERS]
    assert run(*files).out == run(*reversed(files)).out == run(*named).out
    assert run(*files).out.splitlines()[0] == run(FOLDER).out.splitlines()[0]


def test_a_name_is_what_the_node_is_called(run: Command) -> None:
    done = run(f"alpha={FOLDER / SERVER_0}.log")
    assert "primary alpha" in done.out
    assert SERVER_0 not in done.out


def test_standard_input_is_read(run: Command) -> None:
    done = run("-", stdin=LOGS[SERVER_0].encode())
    assert done.code == HEALTHY
    assert "primary stdin" in done.out


def test_what_kubectl_prints_of_several_pods_is_told_apart(run: Command) -> None:
    stream = "".join(
        f"[pod/{name}/redis] {line}\n" for name, text in LOGS.items() for line in text.splitlines()
    )
    done = run("-", stdin=stream.encode())
    assert done.code == HEALTHY
    assert done.out.startswith(f"healthy: primary {SERVER_0}, 2 of 2 replicas")


def test_the_text_fits_80_columns_and_names_what_matters(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for arguments in ((FOLDER,), ("-v", FOLDER), ("timeline", FOLDER)):
        done = run(*arguments) if arguments[0] != "-v" else run("verdict", *arguments)
        assert max(map(len, done.out.splitlines())) <= 80, arguments
    text = run(FOLDER).out
    for words in (
        "diskless-delay 5.372 s",
        "no cached master",
        "offset 563",
        "13 damaged",
    ):
        assert words in " ".join(text.split()), words


def test_verbose_shows_the_deciding_lines(run: Command) -> None:
    done = run("verdict", "-v", FOLDER)
    words = " ".join(done.out.split())
    assert f"{SERVER_0}:8: Replica 10.0.25.220:6379 asks for synchronization" in words
    assert words not in " ".join(run(FOLDER).out.split())


def test_json_holds_the_verdict_and_all_beside_it(run: Command) -> None:
    done = run("--format", "json", FOLDER)
    data = json.loads(done.out)
    assert (done.code, data["schema"]) == (HEALTHY, 1)
    assert (data["verdict"]["status"], data["verdict"]["primary"]) == ("healthy", SERVER_0)
    assert [resync["offset"] for resync in data["resyncs"]] == [563, 10678]
    assert len(data["clocks"]) == 2
    assert {"failovers", "roles"} <= set(data)


def test_events_are_one_line_each(run: Command) -> None:
    done = run("events", FOLDER)
    assert done.code == HEALTHY
    assert len(done.out.splitlines()) == 70
    assert f"{SERVER_0}:8 primary.sync-requested" in done.out


def test_events_in_json_are_one_object_a_line(run: Command) -> None:
    events = [json.loads(line) for line in run("events", "--format", "json", FOLDER).out.splitlines()]
    assert len(events) == 70
    assert {event["schema"] for event in events} == {1}
    assert sum(event["damaged"] for event in events) == 13


def in_order(text: str, *words: str) -> bool:
    """Whether words stand in a text one after the other."""
    at = -1
    for each in words:
        at = text.find(each, at + 1)
        if at < 0:
            return False
    return True


def test_the_timeline_is_printed_in_true_order(run: Command) -> None:
    text = " ".join(run("timeline", FOLDER).out.split())
    assert in_order(
        text,
        f"{SERVER_1} S Partial resynchronization not possible",
        f"{SERVER_0} M Replica 10.0.25.220:6379 asks for synchronization",
        f"07:49:04.507 {SERVER_0} M Starting BGSAVE",
        f"07:49:04.507 {SERVER_1} S Full resync from master",
        f"{SERVER_0} M Synchronization with replica 10.0.25.220:6379 succeeded",
    )


def test_the_timeline_in_json_is_the_events_that_changed_something(run: Command) -> None:
    events = [json.loads(line) for line in run("timeline", "--format", "json", FOLDER).out.splitlines()]
    assert 0 < len(events) < 70
    assert events[0]["key"] == "server.starting"


@pytest.mark.parametrize("at", ["2023-05-29T07:49:02", "2023-05-29 07:49:02", "07:49:02"])
def test_an_instant_is_judged(run: Command, at: str) -> None:
    done = run("verdict", "--at", at, FOLDER)
    assert done.code == NOT_HEALTHY
    assert done.out.startswith("degraded")
    assert "wait_bgsave" in done.out


def test_until_reads_only_what_was_there_by_then(run: Command) -> None:
    done = run("--until", "2023-05-29T07:49:02", FOLDER)
    assert (done.code, done.out.split(":")[0].split()[0]) == (NOT_HEALTHY, "degraded")
    assert "70 lines" not in done.out


def test_since_shows_nothing_older_but_judges_with_it(run: Command) -> None:
    done = run("--since", "2023-05-29T07:49:30", FOLDER)
    assert done.code == HEALTHY
    assert "offset 10678" in done.out
    assert "offset 563" not in done.out
    events = run("events", "--since", "2023-05-29T07:49:30", FOLDER)
    assert 0 < len(events.out.splitlines()) < 70


def test_a_time_zone_makes_stamps_aware(run: Command) -> None:
    data = json.loads(run("--format", "json", "--tz", "Europe/Berlin", FOLDER).out)
    assert data["resyncs"][0]["started"] == "2023-05-29T07:48:59.129500+02:00"
    assert run(
        "verdict", "--tz", "Europe/Berlin", "--at", "2023-05-29T05:49:02+00:00", FOLDER
    ).out.startswith("degraded")


def test_a_year_completes_stamps_that_have_none(run: Command) -> None:
    line = b"1:M 29 May 07:47:57.186 * The server is now ready to accept connections on port 6379\n"
    event = json.loads(run("events", "--year", "2016", "--format", "json", "-", stdin=line).out)
    assert event["at"] == "2016-05-29T07:47:57.186000"


@pytest.mark.parametrize(
    ("status", "lines", "code"),
    [
        ("healthy", logs.start(0, "M"), HEALTHY),
        ("degraded", [*logs.start(0, "S"), *logs.lacks_password(1)], NOT_HEALTHY),
        ("no-primary", [*logs.start(0, "S"), *logs.is_refused(1)], NOT_HEALTHY),
    ],
)
def test_only_healthy_ends_with_zero(run: Command, status: str, lines: list[str], code: int) -> None:
    done = run("-", stdin="\n".join(lines).encode())
    assert (done.out.partition(":")[0], done.code) == (status, code)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("verdict",),
        ("--format", "yaml", FOLDER),
        ("--no-such-option", FOLDER),
        ("--at", "yesterday", FOLDER),
        ("--since", "25:99", FOLDER),
        ("--until", "", FOLDER),
        ("--tz", "Mars/Olympus", FOLDER),
        ("--year", "MMXXIII", FOLDER),
        ("timeline", "--at", "07:49:02", FOLDER),
    ],
)
def test_wrong_use_is_said(run: Command, arguments: tuple[object, ...]) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (WRONG_USE, "")
    assert done.err


@pytest.mark.parametrize("arguments", [("--help",), ("verdict", "--help"), ("--version",)])
def test_help_and_version_are_printed(run: Command, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.code, done.err) == (0, "")
    assert "redislog" in done.out


@pytest.mark.parametrize("command", ["verdict", "timeline", "events"])
def test_a_missing_file_is_named(run: Command, tmp_path: Path, command: str) -> None:
    path = tmp_path / "no-such.log"
    done = run(command, FOLDER, path)
    assert (done.code, done.out) == (WRONG_USE, "")
    assert str(path) in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read_is_named(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "secret.log"
    path.write_text(SERVER_LINE)
    path.chmod(0)
    done = run(path)
    assert (done.code, done.out) == (WRONG_USE, "")
    assert str(path) in done.err


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that fails when it is read")
@pytest.mark.parametrize("command", ["verdict", "timeline", "events"])
def test_a_file_that_fails_while_it_is_read_is_named(run: Command, command: str) -> None:
    done = run(command, "/proc/self/mem")
    assert done.code == WRONG_USE
    assert "/proc/self/mem" in done.err


def test_a_folder_given_as_a_named_file_is_named(run: Command, tmp_path: Path) -> None:
    done = run(f"name={tmp_path}")
    assert (done.code, done.out) == (WRONG_USE, "")
    assert str(tmp_path) in done.err


def test_a_folder_without_logs_is_named(run: Command, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no line of a server\n")
    done = run(tmp_path)
    assert done.code in (WRONG_USE, NO_REDIS)
    assert str(tmp_path) in done.err


def test_two_captures_of_one_name_are_refused(run: Command, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "redis.log").write_text(SERVER_LINE)
    done = run(tmp_path / "a" / "redis.log", tmp_path / "b" / "redis.log")
    assert (done.code, done.out) == (WRONG_USE, "")
    assert "NAME=PATH" in done.err
    assert run(tmp_path).code == HEALTHY, "in one folder they are told apart by their paths"


@pytest.mark.parametrize("command", ["verdict", "timeline", "events"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\n\n\r\n",
        b"some text\n",
        bytes(range(256)) * 40,
        b"\x1f\x8b\x08\x00" + bytes(range(200, 120, -1)),
    ],
    ids=["empty", "newline", "newlines", "text", "binary", "compressed"],
)
def test_input_without_a_server_s_line_is_said(
    run: Command, tmp_path: Path, command: str, data: bytes
) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(data)
    for done in (run(command, path), run(command, "-", stdin=data)):
        assert done.code == NO_REDIS
        assert "no line of a Redis server" in done.err


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\xff\x00 junk\n%s\n",
        b"%s\r\n",
        b"%s\r",
        b"\xef\xbb\xbf%s\n",
        b"1:M 29 May 2023 07:47:57.185 * undecodable \xff byte\n%s",
        b"x" * 10_000_000 + b"\n%s\n",
        b"1:M 29 May 2023 07:47:57.185 * " + b"9 " * 5_000_000 + b"\n%s\n",
    ],
    ids=["binary", "crlf", "cr", "bom", "undecodable", "long-foreign", "long-message"],
)
def test_a_server_s_line_is_found_among_anything(run: Command, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(data.replace(b"%s", SERVER_LINE.encode()))
    done = run(path)
    assert (done.code, done.out.partition(":")[0]) == (HEALTHY, "healthy")


def test_control_characters_cannot_command_the_terminal(run: Command, tmp_path: Path) -> None:
    evil = "\x1b[31m\x1b]0;title\x07\x08\x9b1m\u202e"
    lines = [
        SERVER_LINE,
        f"1:S 29 May 2023 07:47:58.186 * Connecting to MASTER {evil.replace(' ', '')}:6379",
        f"1:S 29 May 2023 07:47:58.187 # Error condition on socket for SYNC: {evil}",
        f"1:S 29 May 2023 07:47:58.187 # {evil}",
        f"[pod/{evil}/redis] {SERVER_LINE}",
    ]
    path = tmp_path / "a.log"
    path.write_text("\n".join(lines), encoding="utf-8")
    for arguments in (("verdict", "-v"), ("timeline",), ("events",), ("events", "--format", "json")):
        done = run(*arguments, f"name{evil}={path}")
        assert not any(each in done.out + done.err for each in "\x1b\x07\x08\x9b\u202e"), arguments
        assert done.out


def piped(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "redislog", *arguments],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize(
    "environment", [{}, {"NO_COLOR": "1"}, {"TERM": "xterm-256color"}, {"PYTHONUTF8": "0", "LC_ALL": "C"}]
)
def test_a_pipe_gets_plain_text(environment: dict[str, str]) -> None:
    done = piped(str(FOLDER), **environment)
    assert (done.returncode, done.stderr) == (HEALTHY, b"")
    assert done.stdout.startswith(b"healthy")
    assert b"\x1b" not in done.stdout


def test_undecodable_text_can_be_printed_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b"1:M 29 May 2023 07:47:57.185 * \xff \xc3\xa9\n" + SERVER_LINE.encode())
    for command in ("verdict", "events", "timeline"):
        done = piped(command, str(path), PYTHONUTF8="0", LC_ALL="C", PYTHONIOENCODING="ascii")
        assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("command", ["verdict", "timeline", "events"])
def test_a_pipe_that_closes_early_is_no_error(tmp_path: Path, command: str) -> None:
    path = tmp_path / "a.log"
    path.write_text("\n".join([*logs.start(0, "M"), *(f"{SERVER_LINE}" for _ in range(20_000))]))
    process = subprocess.Popen(
        [sys.executable, "-m", "redislog", command, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=30)
    assert errors == b""
    assert process.returncode in (HEALTHY, NOT_HEALTHY)
