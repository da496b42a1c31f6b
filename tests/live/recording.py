"""Runs kept as fixtures: ``pytest tests/live --record`` writes captures and truth, for where no server is.

``fixtures/<version>/<scenario>/`` holds each server's capture and ``truth.toml``, which is what the servers
said of themselves and the status that the scenario is of; ``tests/test_fixtures.py`` reads it.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from redislog.testing.simulate.truth import Truth
from tests.holding import Findings

from .holding import Held
from .releases import Release

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
_RELEASE = re.compile(r"(?<![^-])(valkey-)?\d+\.\d+(?![^-])")
_MOST_BYTES = 60_000
"""Scenarios that print more are for live runs only."""


def scenario_of(test: pytest.Item) -> str:
    """A test's name without its release and its log level: ``replica-restarted-sigterm``."""
    name, _, parameters = test.name.removeprefix("test_").partition("[")
    words = _RELEASE.sub("", parameters.rstrip("]")).split("-")
    words = [word for word in words if word not in ("", "notice")]
    return "-".join([name.replace("_", "-"), *words])


def record(held: Held, release: Release, scenario: str, *, whole: bool, findings: Findings) -> None:
    """Write a scenario's captures and truth, the old ones replaced."""
    if sum(map(len, held.captures.values())) > _MOST_BYTES:
        return
    folder = FIXTURES / str(release) / scenario
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in held.captures.items():
        (folder / f"{name}.log").write_bytes(text)
    lines = _toml(list(held.captures), held.timeline.verdict.status, held.truth, findings, whole=whole)
    (folder / "truth.toml").write_text("\n".join(lines) + "\n")


def _toml(
    captures: list[str], status: str, truth: Truth, findings: Findings, *, whole: bool
) -> Iterator[str]:
    yield "# What the servers said of themselves when the captures ended. Recorded: see CONTRIBUTING.md."
    yield ""
    yield f"captures = {json.dumps([f'{name}.log' for name in captures])}"
    yield f"whole = {json.dumps(whole)} # whether the captures say all of it"
    yield ""
    yield "[verdict]"
    yield f"status = {json.dumps(status)}"
    if findings:
        yield ""
        yield "[findings] # what is to be found, or nearly and is not"
        yield from (f"{code} = {json.dumps(said)}" for code, said in findings.items())
    for name, server in truth.items():
        yield ""
        yield f"[servers.{name}]"
        for field, value in server._asdict().items():
            if field == "syncs":
                yield f"syncs = {json.dumps(list(value))} # full, partial"
            elif field == "ahead":
                yield from (
                    (f"ahead = {json.dumps('was set' if value is None else value)}",) if value != 0 else ()
                )
            elif value not in (None, frozenset()) and (field, value) != ("silenced", False):
                yield f"{field} = {json.dumps(sorted(value) if isinstance(value, frozenset) else value)}"
