"""Stamps without a year, the collector's stamp, and clocks that jump."""

from __future__ import annotations

import json
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


JULY = [
    "7:M 22 Jul 16:09:14.084 * Server started, Redis version 3.2.13",
    "7:M 23 Jul 16:09:14.084 * The server is now ready to accept connections on port 6379",
]
SENTINEL = "9:X 23 Jul 16:09:14.084 # Next failover delay: I will not start a failover before Sat Jul 23 16:15:14 2016"


@pytest.mark.parametrize(
    "name",
    [
        "redis-2016-07-23.log",
        "redis_20160723.log",
        "redis.log-20160724",
        "redis.2016.07.23.txt",
        "23.07.2016 redis.txt",
        "redis 07-23-2016.log",
        "redis-23Jul2016.log",
        "redis-Jul-24-2016.log",
        "2016_Aug_01.log",
        "20160723T161500.log",
        "20160723-1615.log",
        "incident 2016-08-30/node-1.log",
    ],
)
def test_a_date_in_a_file_s_name_says_the_year(name: str) -> None:
    timeline = replay({name: JULY})
    assert {each.at.year for each in timeline.events if each.at is not None} == {2016}
    assert f"{name}: its stamps have no year; 2016 is deduced from the date in its name" in (
        timeline.verdict.coverage.missing
    )
    assert "16:09:14" in str(timeline.events[0].header.stamp)


def test_a_name_s_date_is_of_the_year_in_which_the_log_is_near_to_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rotated-2017-01-01.log"
    path.write_text("\n".join(OLD_YEAR) + "\n")
    assert main(["events", str(path), "--format", "json"]) == 0
    years = [json.loads(line)["at"][:4] for line in capsys.readouterr().out.splitlines()]
    assert years == ["2016", "2016", "2017"]


@pytest.mark.parametrize(
    "name",
    [
        "redis.log",
        "redis-6379.log",
        "redis-2016.log",  # may be a port
        "redis-2016-01-05.log",  # far from July of any year
        "redis-2016-13-45.log",
        "redis-3.2.13.log",
        "node-120160723.log",
        "2016-07-23 2018-07-23.log",  # two dates
    ],
)
def test_a_name_without_a_date_near_to_the_log_s_says_no_year(name: str) -> None:
    timeline = replay({name: JULY})
    assert {each.at for each in timeline.events} == {None}
    assert not any("deduced" in each for each in timeline.verdict.coverage.missing)


@pytest.mark.parametrize(
    "line", [SENTINEL, "$ date", "Sat Jul 23 16:20:01 CEST 2016", "ctime: Mon Aug  1 00:00:00 2016"]
)
def test_a_date_in_a_log_s_text_says_the_year(line: str) -> None:
    timeline = replay({"redis.log": [*JULY, line]})
    said = line != "$ date"
    assert {each.at is not None for each in timeline.events} == {said}
    assert (
        any("2016 is deduced from a date in its text" in each for each in timeline.verdict.coverage.missing)
        == said
    )


def test_what_the_caller_says_goes_before_what_a_name_does() -> None:
    (first, *_) = replay({"redis-2016-07-23.log": JULY}, year=2015).events
    assert first.at is not None
    assert first.at.year == 2015


def test_no_year_is_deduced_where_it_would_be_of_some_captures_only() -> None:
    timeline = replay({"redis-2016-07-23.log": JULY, "other.log": JULY})
    assert {each.at for each in timeline.events} == {None}


def test_printed_years_are_not_deduced() -> None:
    lines = [line.replace("Jul ", "Jul 2015 ") for line in JULY]
    timeline = replay({"redis-2016-07-23.log": lines})
    assert {each.at.year for each in timeline.events if each.at is not None} == {2015}
    assert not any("deduced" in each for each in timeline.verdict.coverage.missing)


def test_rotated_logs_of_one_server_are_dated_by_their_names() -> None:
    first = [
        "7:M 22 Jul 16:09:13.084 * Server started, Redis version 3.2.13",
        "7:M 22 Jul 16:09:14.084 * The server is now ready to accept connections on port 6379",
        "7:M 22 Jul 17:00:00.000 * Slave 10.0.0.2:6379 asks for synchronization",
        "7:M 22 Jul 17:00:01.000 * Synchronization with slave 10.0.0.2:6379 succeeded",
    ]
    second = [*first[2:], "7:M 23 Jul 09:00:00.000 # Connection with slave 10.0.0.2:6379 lost."]
    timeline = replay({"redis-2016-07-22.log": first, "redis-2016-07-23.log": second})
    assert {each.at.year if each.at is not None else None for each in timeline.events} == {2016}
