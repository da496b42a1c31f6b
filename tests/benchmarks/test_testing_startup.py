"""How much later pytest and hypothesis start where the package is installed and not used: whole processes, in turn.

Processor time, with bytecode at hand.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROUNDS = 21
PYTEST_MS, HYPOTHESIS_MS = 10, 3
SCAN = "import importlib.metadata; list(importlib.metadata.entry_points(group='hypothesis'))"
"""What hypothesis does for others' entry points, whether or not there are any."""

Run = Callable[..., float]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs Python anew, in a folder with one test; milliseconds of processor time from its start to its end."""
    (tmp_path / "test_nothing.py").write_text("def test_nothing():\n    pass\n")
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    plain["PYTHONPYCACHEPREFIX"] = str(tmp_path / "bytecode")

    def milliseconds(*arguments: str, **environment: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, *arguments],
            env=plain | environment,
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return 1000.0 * float(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    return milliseconds


def later(what: str, ours: Callable[[], float], without: Callable[[], float]) -> float:
    """By how many milliseconds a process with the package ends later: the least that each took, of runs in turn."""
    ours()
    without()
    rounds = [(ours(), without()) for _ in range(ROUNDS)]
    one, other = (min(times) for times in zip(*rounds, strict=True))
    print(f"{what}: {one - other:+.1f} ms of {other:.0f} ms")  # noqa: T201
    return float(one - other)


def test_pytest_starts_no_later(run: Run) -> None:
    command = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "test_nothing.py")
    found = later("pytest", lambda: run(*command), lambda: run(*command, "-p", "no:redislog"))
    assert found <= PYTEST_MS


def test_hypothesis_is_imported_no_later(run: Run) -> None:
    pytest.importorskip("hypothesis")
    found = later(
        "import hypothesis",
        lambda: run("-c", "import hypothesis"),
        lambda: run("-c", f"{SCAN}; import hypothesis", HYPOTHESIS_NO_PLUGINS="1"),
    )
    assert found <= HYPOTHESIS_MS
