"""Stamps without a year, the collector's stamp, and clocks that jump."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from redislog import Event, parse, replay
from redislog.command import main

OLD_YEAR = [
    "7:M 30 Dec 23:59:58.000 * Background saving started by pid 12",
    "7:M 31 Dec 23:59:59.000 * DB saved on disk",
    "7:M 01 Jan 00:00:00.500 * Background saving terminated with success",
]


def dates(events: list[Event]) -> list[str | None]:
    return [event.at.isoformat(timespec="seconds") if event.at else None for event in events]


def test_a_stamp_without_a_year_has_no_date_but_its_parts() -> None:
    *_, last = parse(OLD_YEAR)
    assert last.at is None
    assert last.stamp is not None
    assert (last.stamp.year, last.stamp.month, last.stamp.day, last.stamp.millisecond) == (None, 1, 1, 500)


def test_a_given_year_rolls_over_at_new_year() -> None:
    assert dates(list(parse(OLD_YEAR, year=2016))) == [
        "2016-12-30T23:59:58",
        "2016-12-31T23:59:59",
        "2017-01-01T00:00:00",
    ]


@pytest.mark.parametrize(
    ("collected", "year"),
    [("2017-01-01T00:00:00.001000000Z", 2016), ("2016-12-31T23:59:59.100000000Z", 2016)],
)
def test_the_collector_s_stamp_says_the_year(collected: str, year: int) -> None:
    (event,) = parse([f"{collected} 7:M 31 Dec 23:59:59.000 * DB saved on disk"])
    assert event.at is not None
    assert event.at.year == year
    assert event.collected is not None
    assert event.collected.tzinfo is not None


def test_the_file_s_date_says_the_year_where_the_caller_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "redis.log"
    path.write_text("\n".join(OLD_YEAR) + "\n")
    changed = datetime(2019, 1, 1, 0, 5, tzinfo=UTC).timestamp()
    os.utime(path, (changed, changed))
    assert main(["events", str(path), "--year", "file", "--format", "json"]) == 0
    shown = capsys.readouterr().out
    assert '"at": "2018-12-30T' in shown
    assert '"at": "2019-01-01T' in shown


def test_a_named_zone_makes_stamps_aware() -> None:
    (event,) = parse(["1:M 29 May 2023 07:49:04.519 * DB saved on disk"], tz="Europe/Berlin")
    assert event.at is not None
    assert event.at.astimezone(UTC) == datetime(2023, 5, 29, 5, 49, 4, 519000, UTC)


def test_a_log_without_a_year_keeps_its_order_over_new_year() -> None:
    start = ["7:M 31 Dec 23:59:59.000 * Server started, Redis version 3.2.13"]
    ready = ["7:M 01 Jan 00:00:01.000 * The server is now ready to accept connections on port 6379"]
    timeline = replay({"old": [*start, *ready]})
    assert [event.key for event in timeline.events][:1] == ["server.started"]
    assert timeline.events[-1].key == "server.ready"


def test_a_clock_that_jumps_back_does_not_reorder_a_file() -> None:
    lines = [
        "1:S 29 Oct 2023 02:59:59.000 * Connecting to MASTER 10.0.0.1:6379",
        "1:S 29 Oct 2023 02:00:00.000 * MASTER <-> REPLICA sync started",
        "1:S 29 Oct 2023 02:00:00.001 * Non blocking connect for SYNC fired the event.",
    ]
    timeline = replay({"r": lines})
    assert [event.line_number for event in timeline.events] == [1, 3]
    assert timeline.verdict.nodes["r"].phase == "handshake"
