"""What a failure looks like where people see it: pytest, unittest, JUnit's report, a summary of GitHub's.

``python -m tests.test_failure_texts`` writes the golden texts anew. The line that decided is among the first ten.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden" / "failures"
RUN = ROOT / "fixtures" / "7.0" / "sync-stuck-stuck"
FIRST = 10

PYTEST = """
from pathlib import Path
from redislog.testing import assert_healthy

def test_replication(redis_logs):
    for path in sorted(Path({run!r}).glob("*.log")):
        redis_logs.add(path.stem, path)
    assert_healthy(redis_logs.watcher)
"""
UNITTEST = """
import unittest
from pathlib import Path
from redislog.testing import assert_healthy

class Replication(unittest.TestCase):
    def test_replication(self):
        assert_healthy(sorted(Path({run!r}).glob("*.log")))
"""


_ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in ("CI", "BUILD_NUMBER")}
"""pytest shows a failure's whole text once more in its summary where it runs as CI."""


def ran(folder: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**_ENVIRONMENT, "COLUMNS": "100", "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout + done.stderr


def by_pytest(folder: Path) -> str:
    (folder / "test_it.py").write_text(PYTEST.format(run=str(RUN)))
    return ran(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "test_it.py")


def by_unittest(folder: Path) -> str:
    (folder / "test_it.py").write_text(UNITTEST.format(run=str(RUN)))
    return ran(folder, "-m", "unittest", "test_it")


def by_junit(folder: Path) -> str:
    ran(folder, "-m", "redislog", "check", str(RUN), "--junit", "report.xml")
    return (folder / "report.xml").read_text()


def by_github(folder: Path) -> str:
    summary = folder / "summary.md"
    ran(folder, "-m", "redislog", "check", str(RUN), "--github", GITHUB_STEP_SUMMARY=str(summary))
    return summary.read_text()


SHOWN: dict[str, Callable[[Path], str]] = {
    "pytest.txt": by_pytest,
    "unittest.txt": by_unittest,
    "junit.xml": by_junit,
    "github.md": by_github,
}
CHANGES = (
    (r"\d+\.\d+s\b", "0.00s"),
    (r'time="[\d.]+"', 'time="0.000"'),
    (r'timestamp="[^"]+"', 'timestamp="2023-05-29T07:49:04"'),
    (re.escape(str(ROOT)), "/project"),
    (r'File "\S*/test_it.py"', 'File "test_it.py"'),
    (r"line \d+, in (\w+)", r"line 0, in \1"),
    (r"\n +\^+\n", "\n"),
)
"""What differs from run to run, and from one version of Python to the next."""


def shown(name: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        text = SHOWN[name](Path(folder))
        text = text.replace(folder, "/project")
    for pattern, instead in CHANGES:
        text = re.sub(pattern, instead, text)
    return text


@pytest.mark.parametrize("name", SHOWN)
def test_a_failure_is_shown_as_it_was_looked_at(name: str) -> None:
    assert shown(name) == (GOLDEN / name).read_text(), "run python -m tests.test_failure_texts, and look"


@pytest.mark.parametrize("name", SHOWN)
def test_the_line_that_decided_is_among_the_first_ten(name: str) -> None:
    lines = (GOLDEN / name).read_text().splitlines()
    begins = next(number for number, line in enumerate(lines) if "expected" in line)
    assert any(re.search(r"server-\d:\d+: ", line) for line in lines[begins : begins + FIRST])


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name in SHOWN:
        (GOLDEN / name).write_text(shown(name))
