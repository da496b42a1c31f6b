"""Runs kept as fixtures: ``pytest tests/live --record`` writes captures and truth, for where no server is.

``fixtures/<version>/<scenario>/`` holds each server's capture and ``truth.toml``, which is what the servers
said of themselves and the status that the scenario is of; ``tests/test_fixtures.py`` reads it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from redislog import Timeline

from .harness import Deployment
from .truth import ServerTruth, Truth, read_truth

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
_MOST_BYTES = 60_000
"""Scenarios that print more are for live runs only."""


def scenario_of(test: pytest.Item) -> str:
    """A test's name without its release and its log level: ``replica-restarted-sigterm``."""
    name, _, parameters = test.name.removeprefix("test_").partition("[")
    words = [word for word in parameters.rstrip("]").split("-") if not re.fullmatch(r"\d+\.\d+|notice", word)]
    return "-".join([name.replace("_", "-"), *words])


def record(deployment: Deployment, scenario: str, timeline: Timeline, *, whole: bool) -> None:
    """Write a scenario's captures and truth, the old ones replaced."""
    captures = deployment.captures()
    if sum(map(len, captures.values())) > _MOST_BYTES:
        return
    folder = FIXTURES / deployment.release.number / scenario
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in captures.items():
        (folder / f"{name}.log").write_bytes(text)
    truth = read_truth(deployment)
    lines = _toml(list(captures), timeline.verdict.status, truth, whole=whole)
    (folder / "truth.toml").write_text("\n".join(lines) + "\n")


def _toml(captures: list[str], status: str, truth: Truth, *, whole: bool) -> Iterator[str]:
    yield "# What the servers said of themselves when the captures ended."
    yield ""
    yield "captures = [" + ", ".join(f'"{name}.log"' for name in captures) + "]"
    yield ""
    yield "[verdict]"
    yield f'status = "{status}"'
    if whole and all(server.running is not None for server in truth.values()):
        primaries = sorted(name for name, server in truth.items() if server.role == "primary")
        yield "primaries = [" + ", ".join(f'"{name}"' for name in primaries) + "]"
    for name, server in truth.items() if whole else ():
        yield ""
        yield f"[servers.{name}]"
        yield from _server(server)


def _server(server: ServerTruth) -> Iterator[str]:
    if server.running is not None:
        yield f"running = {str(server.running).lower()}"
    yield f"full = {server.syncs.full}"
    yield f"partial = {server.syncs.partial}"
    if server.role is not None:
        yield f'role = "{server.role}"'
    if server.in_sync is not None:
        yield f"in_sync = {str(server.in_sync).lower()}"
    if server.primary is not None:
        yield f'primary = "{server.primary}"'
