"""Failovers of recorded runs: every way to fail over, on every release, as one object with all its steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from redislog import Failover
from tests.test_fixtures import FIXTURES, replayed, truth_of

SENTINEL = ("suspected", "detected", "elected", "promoted", "attached")
COMMAND = ("requested", "promoted", "attached")
STEPS = {
    "failover-killed": SENTINEL,
    "failover-stopped": SENTINEL,
    "failover-frozen": SENTINEL,
    "old-primary-is-made-a-replica": SENTINEL,
    "failover-by-request": ("requested", "elected", "promoted", "attached"),
    "failover-command-to-one": COMMAND,
    "failover-command-to-any": COMMAND,
    "failover-command-forced": COMMAND,
    "cluster-failover-by-kill": ("detected", "elected", "promoted"),
    "cluster-failover-by-request-plain": ("requested", "elected", "promoted", "attached"),
    "cluster-failover-by-request-FORCE": ("requested", "elected", "promoted", "attached"),
    "cluster-failover-by-request-TAKEOVER": ("requested", "elected", "promoted", "attached"),
    "promoted-and-followed": ("requested", "promoted", "attached"),
    "promoted-after-a-death": ("requested", "promoted", "attached"),
    "old-primary-returns": ("requested", "promoted", "attached"),
}
"""What happens in a failover of each kind; what is not named does not."""
NOT_PLANNED = {
    "failover-killed",
    "failover-stopped",
    "failover-frozen",
    "old-primary-is-made-a-replica",
    "cluster-failover-by-kill",
    "promoted-after-a-death",
    "old-primary-returns",
}
OLD, DOWN_AFTER = ("server-1", "node-0"), 1.0
"""The first primary of every scenario, and Sentinel's patience in them."""
RUNS = [path for path in sorted(FIXTURES.glob("*/*")) if path.name in STEPS]


@pytest.fixture(params=RUNS, ids=lambda folder: str(folder.relative_to(FIXTURES)))
def run(request: pytest.FixtureRequest) -> tuple[Path, Failover]:
    """A recorded run with its one failover."""
    (failover,) = replayed(request.param).failovers
    return request.param, failover


def test_the_new_primary_is_the_one_that_the_servers_name(run: tuple[Path, Failover]) -> None:
    folder, failover = run
    servers = truth_of(folder)["servers"]
    assert servers[failover.node]["role"] == "primary"
    assert failover.old_primary in OLD


def test_each_step_is_there_that_was_taken(run: tuple[Path, Failover]) -> None:
    folder, failover = run
    moments = {name: getattr(failover, name) for name in (*SENTINEL, "requested")}
    assert {name for name, moment in moments.items() if moment is not None} == set(STEPS[folder.name])
    assert all(line.text for step in STEPS[folder.name] for line in failover.because[step])
    assert all(failover.because[step] for step in STEPS[folder.name])


def test_it_says_whether_it_was_planned_and_who_asked(run: tuple[Path, Failover]) -> None:
    folder, failover = run
    assert failover.planned is (folder.name not in NOT_PLANNED)
    if "elected" in STEPS[folder.name] and not folder.name.startswith("cluster"):
        assert failover.asked_by in {f"Sentinel sentinel-{number}" for number in range(3)}
    elif folder.name.startswith("failover-command"):
        assert failover.asked_by == "server-1"
    else:
        assert failover.asked_by


def test_how_long_there_was_no_primary_is_as_long_as_it_took_to_notice(run: tuple[Path, Failover]) -> None:
    folder, failover = run
    seconds = failover.seconds_without_primary
    assert seconds is not None
    if folder.name in STEPS and "detected" in STEPS[folder.name]:
        assert DOWN_AFTER <= seconds < 10
    elif folder.name.startswith("failover-command"):
        assert 0 <= seconds < 5
    else:
        assert 0 <= seconds < 0.1
