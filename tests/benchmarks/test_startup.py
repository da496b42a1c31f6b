"""How long it takes until the first line is read, and until a person has the verdict; with bytecode at hand."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest

from tests.argocd import FOLDER

ROUNDS = 15
LINE = "1:M 29 May 2023 07:48:59.135 * Replica 10.0.25.220:6379 asks for synchronization"
FIRST_EVENT = f"import redislog; redislog.parse_line({LINE!r})"
YARDSTICK = "import pyparsing, attrs"
TIMED = "import time; begin = time.process_time(); {}; print(time.process_time() - begin)"
COMMANDS = {
    "module": ("-m", "redislog"),
    "script": ("-c", "import sys; from redislog.__main__ import main; sys.exit(main())"),
}

Python = Callable[..., str]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Python:
    """Runs Python anew; what it imports is compiled the first time, whatever the environment says of bytecode."""
    cache = str(tmp_path_factory.mktemp("bytecode"))
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = cache
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])

    def run(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    return run


def ratio(what: str, ours: Callable[[], float], yardstick: Callable[[], float]) -> float:
    """How much longer ours takes than the yardstick: medians of runs in turn, after one that compiles."""
    ours()
    yardstick()
    rounds = [(ours(), yardstick()) for _ in range(ROUNDS)]
    one, other = (median(times) for times in zip(*rounds, strict=True))
    print(f"{what} {one * 1000:.0f} ms, {YARDSTICK} {other * 1000:.0f} ms: {one / other:.2f}")  # noqa: T201
    return float(one / other)


def process_seconds(python: Python, *arguments: str) -> float:
    """Seconds of processor time that a process takes, from its start to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    python(*arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return float(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def test_the_first_event_comes_soon(python: Python) -> None:
    def seconds(code: str) -> float:
        """Without the interpreter's own start."""
        return float(python("-c", TIMED.format(code)))

    assert ratio("first event", lambda: seconds(FIRST_EVENT), lambda: seconds(YARDSTICK)) < 2


def test_the_first_event_needs_no_grammar_library(python: Python) -> None:
    python(
        "-c",
        f"{FIRST_EVENT}; import sys; assert 'pyparsing' not in sys.modules and 'cattrs' not in sys.modules",
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_the_verdict_comes_soon(python: Python, command: str) -> None:
    def verdict() -> float:
        return process_seconds(python, *COMMANDS[command], str(FOLDER))

    assert ratio(f"verdict, {command}", verdict, lambda: process_seconds(python, "-c", YARDSTICK)) < 2.5
