"""Every time that stands beside another is on one clock: no effect is told before its cause, however wrong clocks are."""

from __future__ import annotations

import io
import itertools
import re
from contextlib import redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from redislog import Timeline, replay
from redislog.command import main
from tests.holding import shifted
from tests.test_fixtures import truth_of

FIXTURES = Path(__file__).parent.parent / "fixtures" / "7.0"
RUNS = ("failover-killed", "failover-command-to-one", "healthy-start-no-distinct", "output-buffer-loops")
OFF = (3, -3, 3600, -3600)
SLACK = timedelta(milliseconds=2)
"""Stamps are cut to the millisecond, at both ends."""
STEPS = ("requested", "suspected", "detected", "elected", "promoted", "attached")


def captures(run: str) -> dict[str, bytes]:
    """The logs of a recorded run."""
    folder = FIXTURES / run
    named = truth_of(folder)["captures"]
    paths = named if isinstance(named, dict) else {Path(each).stem: each for each in named}
    return {name: (folder / path).read_bytes() for name, path in paths.items()}


def with_clocks_off() -> list[tuple[str, str, int]]:
    """A run, the log whose clock is off, and by how many seconds."""
    return [(run, name, off) for run in RUNS for name in captures(run) for off in OFF]


def in_order(times: list[datetime]) -> bool:
    """Whether times follow each other, as far as stamps tell."""
    return all(later >= earlier - SLACK for earlier, later in itertools.pairwise(times))


def replayed(run: str, name: str, off: int) -> Timeline:
    logs = captures(run)
    return replay({**logs, name: shifted(logs[name], off)})


@pytest.mark.parametrize(("run", "name", "off"), with_clocks_off())
def test_no_step_is_told_before_its_cause(run: str, name: str, off: int) -> None:
    timeline = replayed(run, name, off)
    for failover in timeline.failovers:
        steps = [getattr(failover, step) for step in STEPS]
        assert in_order([step for step in steps if step is not None]), failover
    for resync in timeline.resyncs:
        own = [
            phase for phase in resync.phases if phase.name != "bgsave"
        ]  # it may have begun for another replica
        ends = [each for phase in own for each in (phase.start, phase.end) if each is not None]
        assert all(resync.started is None or each >= resync.started - SLACK for each in ends), resync
        assert resync.ended is None or all(each <= resync.ended + SLACK for each in ends), resync
    assert in_order([each.started for each in timeline.resyncs if each.started is not None])
    assert in_order([each.promoted for each in timeline.failovers if each.promoted is not None])
    assert in_order([told.at for told in timeline.joined.story if told.at is not None])


@pytest.mark.parametrize(("run", "name", "off"), [each for each in with_clocks_off() if each[2] > 0][::2])
def test_what_is_printed_is_in_the_order_of_its_times(run: str, name: str, off: int, tmp_path: Path) -> None:
    for each, text in captures(run).items():
        (tmp_path / f"{each}.log").write_bytes(shifted(text, off) if each == name else text)
    out = io.StringIO()
    with redirect_stdout(out):
        assert main(["timeline", "-v", str(tmp_path)]) == 0
    printed = re.findall(r"^(?:(\d{4}-\d\d-\d\d)|(\d\d:\d\d:\d\d\.\d{3}))", out.getvalue(), re.MULTILINE)
    day, times = "", []
    for date, time in printed:
        day = date or day
        if time:
            times.append(datetime.fromisoformat(f"{day}T{time}"))
    assert len(times) > 5
    assert in_order(times)


def test_a_log_s_own_time_is_told_on_the_reference_s_clock() -> None:
    timeline = replayed("healthy-start-no-distinct", "server-1", 3600)
    at = datetime(2026, 1, 1, 12)
    assert len(timeline.clocks) == 2
    for clock in timeline.clocks:
        apart = timeline.on_reference(at, clock.node) - timeline.on_reference(at, clock.reference)
        assert abs(apart.total_seconds() - 3600) < 1
    assert all(timeline.at(each.started).nodes for each in timeline.resyncs if each.started is not None)
