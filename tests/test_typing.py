"""The public API as typed programs see it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

USES = Path(__file__).with_name("typed_uses.py")


def mypy(folder: Path, text: str) -> list[str]:
    """What mypy finds in a program of somebody else's, who has the library installed."""
    (folder / "program.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--config-file=", "program.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    return done.stdout.splitlines()


def test_a_typed_program_sees_the_types_of_the_whole_api_and_what_it_does_wrong(tmp_path: Path) -> None:
    text = USES.read_text(encoding="utf-8")
    assert mypy(tmp_path, text) == []
    lines = [line.partition("  # type: ignore[") for line in text.splitlines()]
    marked = {(number, code.partition("]")[0]) for number, (_, _, code) in enumerate(lines, 1) if code}
    errors = mypy(tmp_path, "\n".join(line for line, _, _ in lines))
    found = {re.fullmatch(r"program\.py:(\d+): error: .*\[(.+)\]", line) for line in errors}
    assert {(int(match[1]), match[2]) for match in found if match} == marked, "\n".join(errors)
