"""Streams without names: what one server prints is never cut in two, what several print is never made one."""

from __future__ import annotations

import itertools
import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from redislog import parse, replay
from redislog.timeline.streams import StreamParts
from tests import logs

FIXTURES = Path(__file__).parent.parent / "fixtures"
VERSIONS = sorted(
    path.name for path in FIXTURES.iterdir() if re.fullmatch(r"(?:valkey-)?\d+\.\d+", path.name)
)
TAILS = (0, 10, 30)
"""Lines that are left of a log; 0 for all."""


def tail(path: Path, lines: int) -> list[bytes]:
    """The last lines of a log."""
    return path.read_bytes().splitlines(keepends=True)[-lines:]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_recorded_log_is_one_server_s_wherever_it_is_cut(version: str) -> None:
    wrong = []
    for path in sorted((FIXTURES / version).glob("*/*.log")):
        for lines in TAILS:
            parts = StreamParts()
            placed = [
                each
                for event in parse(b"".join(tail(path, lines)))
                if event.pid is not None and event.flag != "X"
                for each in parts.feed(event)
            ]
            placed += parts.close()
            if parts.mixed or parts.doubtful or {number for _, number in placed} - {1}:
                wrong.append(f"{path.parent.name}/{path.name}, the last {lines} lines")
    assert wrong == []


def pairs(version: str) -> Iterator[tuple[Path, Path]]:
    """Pairs of servers' logs of one run."""
    for truth in sorted((FIXTURES / version).glob("*/truth.toml")):
        servers = tomllib.loads(truth.read_text())["servers"]
        logs = [truth.parent / f"{name}.log" for name in sorted(servers)]
        yield from itertools.permutations([path for path in logs if path.exists()], 2)


def stamp(line: bytes) -> bytes:
    """What puts the lines of a run in order: the time of day."""
    match = re.match(rb"\d+:\w \d\d \w{3} \d{4} (\S+)", line)
    return match[1] if match is not None else b""


def clock(printed: bytes) -> float:
    """A time of day in seconds."""
    hours, minutes, seconds = printed.split(b":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def claims(lines: list[bytes]) -> tuple[bool, bool]:
    """Whether a stream's lines are made one server that is judged, and whether it is said that it may be several."""
    timeline = replay({"all": lines})
    limits = timeline.verdict.coverage.missing
    alone = timeline.nodes == ("all",) and timeline.verdict.status != "unknown"
    return alone, any("another server's" in each or "apart" in each for each in limits)


@pytest.mark.parametrize("version", VERSIONS)
def test_whole_logs_in_turn_are_told_apart_or_it_is_said_that_they_may_not_be(version: str) -> None:
    """Also with one pid each, as in containers."""
    chosen = random.Random(version).sample(list(pairs(version)), 60)
    wrong = []
    for one, other in chosen:
        lines = sorted(tail(one, 0) + tail(other, 0), key=stamp)
        for pids in (lines, [re.sub(rb"^\d+(?=:[MSC] )", b"1", line) for line in lines]):
            alone, said = claims(pids)
            if alone and not said:
                wrong.append(f"{one.parent.name}: {one.stem}, {other.stem}")
    assert wrong == []


@pytest.mark.parametrize("version", VERSIONS)
def test_tails_one_after_another_between_which_time_goes_back_are_never_one_server(version: str) -> None:
    chosen = random.Random(version).sample(list(pairs(version)), 60)
    wrong = []
    for one, other in chosen:
        first, second = (
            [re.sub(rb"^\d+(?=:[MSC] )", b"1", line) for line in tail(path, 20)] for path in (one, other)
        )
        # Of the end of a crash report no line has a time.
        last, begins = (next(filter(None, map(stamp, lines)), None) for lines in (first[::-1], second))
        if last is not None and begins is not None and clock(begins) < clock(last) - 0.0015:
            alone, said = claims(first + second)
            if alone and not said:
                wrong.append(f"{one.parent.name}: {one.stem}, {other.stem}")
    assert wrong == []


@pytest.mark.parametrize("pid", [1, 19759])
@pytest.mark.parametrize(
    "after",
    ["DB saved on disk", "Cluster state changed: fail", "configEpoch set to 4 after successful failover"],
)
def test_a_replica_that_is_elected_is_a_primary_on_its_next_line(pid: int, after: str) -> None:
    lines = [
        *logs.full_sync(10),
        *logs.loses_primary(60),
        logs.line(60.2, "S", "Failover election won: I'm the new master."),
        logs.line(60.2, "M", after),
        logs.line(70, "M", "DB saved on disk"),
    ]
    timeline = replay({"all": [line.replace("1:", f"{pid}:", 1) for line in lines]})
    assert timeline.nodes == ("all",)
    assert timeline.verdict.nodes["all"].role == "primary"
