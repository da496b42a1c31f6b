"""A primary says that a sync is done when all is sent; a replica that cannot keep it says so in the same moment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from redislog import replay
from tests.test_fixtures import FIXTURES

RUNS = sorted(FIXTURES.glob("*/disk-of-a-replica-full-*"))


def upto(text: str, words: str, times: int = 1) -> list[str]:
    """The lines of a log until some words have stood in it so many times."""
    lines = text.splitlines()
    found = [number for number, line in enumerate(lines, 1) if words in line]
    return lines[: found[times - 1]]


@pytest.mark.parametrize("folder", RUNS, ids=lambda folder: str(folder.relative_to(FIXTURES)))
@pytest.mark.parametrize("later", [0, 1, 300])
def test_what_a_replica_could_not_keep_it_is_not_in_sync_with(folder: Path, later: int) -> None:
    """Whichever of both says so later, by so many milliseconds."""
    primary = upto((folder / "server-1.log").read_text(), "succeeded")
    asked = sum("asks for synchronization" in line for line in primary)
    replica = upto((folder / "server-0.log").read_text(), "No space left on device", asked)
    clock = re.search(r"(\d\d:\d\d:)(\d\d\.\d{3})", replica[-1])
    assert clock is not None
    stamp = f"{clock[1]}{float(clock[2]) + later / 1000:06.3f}"
    primary[-1] = re.sub(r"\d\d:\d\d:\d\d\.\d{3}", stamp, primary[-1], count=1)
    verdict = replay({"server-1": "\n".join(primary), "server-0": "\n".join(replica)}).verdict
    assert verdict.nodes["server-0"].in_sync is False
