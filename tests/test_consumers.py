"""Seven suites as outside projects would write them, each run in a new environment in which the wheel is installed.

Nothing of these tests is there: the suite is copied to a folder of its own, and finds logs in ``LOGS``.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from tests.schemas import SCHEMAS, faults

ROOT = Path(__file__).parent.parent
SUITES = Path(__file__).parent / "consumers"
FIXTURES = ROOT / "fixtures"


class Suite(NamedTuple):
    """A suite: how it is run, what it needs beside the wheel, the logs that it reads, and how many tests it has."""

    name: str
    run: tuple[str, ...]
    needs: tuple[str, ...] = ()
    extra: str = ""
    logs: str = "7.0/flapping"
    tests: int = 0


_PYTEST = ("{python}", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--junitxml=report.xml")
_ALL = (
    Suite("operator", _PYTEST, needs=("pytest",), logs="argocd-redis-ha", tests=3),
    Suite("chart", _PYTEST, needs=("pytest",), tests=7),
    Suite("testcontainers", _PYTEST, needs=("pytest",), extra="[testcontainers]", tests=3),
    Suite("client", _PYTEST, needs=("pytest",), tests=3),
    Suite("hypothesis", _PYTEST, needs=("pytest",), extra="[testing]", tests=4),
    Suite("unittest", ("{python}", "-m", "unittest", "-v", "test_plain"), tests=4),
    Suite("shell", ("bash", "run.sh")),
)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The wheel, built once a session, whoever needs it first."""
    shared = tmp_path_factory.getbasetemp()
    shared = (shared if worker_id == "master" else shared.parent) / "wheel"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not list(shared.glob("*.whl")):
            pip("wheel", "--no-deps", "-w", str(shared), str(ROOT))
    (built,) = shared.glob("*.whl")
    return built


def pip(*arguments: str) -> None:
    """Run pip, and show what it says only where it fails."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("suite", _ALL, ids=lambda suite: suite.name)
def test_an_outside_suite_passes_with_the_wheel(suite: Suite, wheel: Path, tmp_path: Path) -> None:
    environment, project = tmp_path / "environment", tmp_path / "project"
    shutil.copytree(SUITES / suite.name, project, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    pip("--python", str(environment), "install", f"{wheel}{suite.extra}", *suite.needs)
    done = subprocess.run(
        [part.format(python=environment / "bin" / "python") for part in suite.run],
        cwd=project,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "LOGS": str(FIXTURES / suite.logs),
            "BIN": str(environment / "bin"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ran = done.stderr.count("... ok") if "unittest" in suite.run else 0
    for report in project.glob("*.xml"):
        assert faults(report, "jenkins") == []
        if report.name == "report.xml":
            ran += sum(1 for _ in ElementTree.parse(report).iter("testcase"))
    assert ran == suite.tests
    for report in project.glob("checked-*.xml"):
        assert [faults(report, schema) for schema in SCHEMAS] == [[], []]
