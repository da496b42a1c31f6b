"""Findings on snapshots and files, on data that cannot be loaded, on clocks, versions and crashes."""

from __future__ import annotations

import pytest

from tests import logs
from tests.found import PAIR, absent, alone
from tests.logs import REPLICA, line

SAVED = "Background saving terminated with success"


def saves(at: float, *messages: str) -> list[str]:
    return [*PAIR["p"], *[line(at + number, "M", text, "#") for number, text in enumerate(messages)]]


def test_forks_that_fail_are_found_and_counted() -> None:
    failed = "Can't save in background: fork: Cannot allocate memory"
    found = alone("fork-failed", p=saves(60, failed, failed, failed))
    assert (found.severity, "3 times" in found.summary, "overcommit" in found.advice) == (
        "critical",
        True,
        True,
    )
    assert alone("fork-failed", p=saves(60, failed, SAVED)).severity == "info"
    assert absent("fork-failed", p=saves(60, "Background saving started by pid 42", SAVED))


def test_what_failed_again_after_it_went_well_is_one_finding() -> None:
    failed = "Can't save in background: fork: Cannot allocate memory"
    found = alone("fork-failed", p=saves(60, failed, SAVED, failed))
    assert (found.severity, "2 times" in found.summary) == ("critical", True)


@pytest.mark.parametrize(
    "message",
    [
        "Write error while saving DB to the disk(rdbSaveRio): No space left on device",
        "Error writing to the AOF file: No space left on device",
    ],
)
def test_a_full_disk_is_found(message: str) -> None:
    assert alone("disk-full", p=saves(60, message)).severity == "critical"
    assert absent("disk-full", p=saves(60, message.replace("No space left on device", "Input/output error")))


def test_a_replica_without_room_for_the_snapshot_is_told_how_large_it_is() -> None:
    failed = [
        *logs.start(0, "S"),
        *logs.asks(1),
        *logs.is_granted(2),
        line(3, "S", "MASTER <-> REPLICA sync: receiving 104857600 bytes from master to disk"),
        line(
            4,
            "S",
            "Write error or short write writing to the DB dump file needed for MASTER <-> REPLICA synchronization: No space left on device",
            "#",
        ),
    ]
    assert "100mb" in alone("disk-full", r=failed).advice


def test_saves_that_fail_are_found_with_the_line_that_says_why() -> None:
    why, failed = (
        "Failed opening the temp RDB file temp-42.rdb (in server root dir /data) for saving: Permission denied",
        "Background saving error",
    )
    found = alone("bgsave-failing", p=saves(60, why, failed, why, failed))
    assert (found.severity, "Permission denied" in found.summary) == ("critical", True)
    assert alone("bgsave-failing", p=saves(60, why, failed)).severity == "warning"
    assert absent("bgsave-failing", p=saves(60, why, failed, SAVED))


def test_a_child_that_the_server_ends_itself_is_no_failure() -> None:
    assert absent("bgsave-failing", p=saves(60, "Background saving terminated by signal 10"))
    assert alone("bgsave-failing", p=saves(60, "Background saving terminated by signal 9")).nodes == ("p",)


# data


def loads(message: str) -> list[str]:
    failed = "Failed trying to load the MASTER synchronization DB from disk, check server logs."
    return [
        *logs.start(0, "S"),
        *logs.asks(1),
        *logs.is_granted(2),
        *logs.receives(2.1),
        *logs.loads(2.2),
        line(2.3, "S", message, "#"),
        line(2.4, "S", failed, "#"),
    ]


def test_a_snapshot_that_is_too_new_is_found_with_the_release_that_reads_it() -> None:
    found = alone("rdb-version", r=loads("Can't handle RDB format version 11"))
    assert (found.severity, "Redis 7.2" in found.advice) == ("critical", True)
    synced = [*loads("Can't handle RDB format version 11"), *logs.full_sync(10)]
    assert alone("rdb-version", r=synced).severity == "info"
    assert absent("rdb-version", r=PAIR["r"])


def test_a_missing_module_is_found_by_name() -> None:
    message = "The RDB file contains module data I can't load: no matching module 'ft_index0'"
    assert "'ft_index0'" in alone("module-missing", r=loads(message)).advice
    started = [*logs.start(0, "S")[:-1], line(0, "S", "Module 'search' loaded from /lib/redisearch.so")]
    assert absent("module-missing", r=[*started, *logs.full_sync(10)])


def test_a_damaged_snapshot_is_found() -> None:
    wrong = "Wrong RDB checksum expected: (aaaaaaaaaaaaaaaa) but got (bbbbbbbbbbbbbbbb). Aborting now."
    assert alone("rdb-corrupt", r=loads(wrong)).severity == "critical"
    short = "Short read or OOM loading DB. Unrecoverable error, aborting now."
    at_start = [*logs.start(0, "M")[:-1], line(0, "M", short, "#")]
    assert alone("rdb-corrupt", p=at_start).nodes == ("p",)
    assert absent("rdb-corrupt", r=loads(short))


# clocks


def shifted(seconds: float) -> list[str]:
    return [*logs.start(9 + seconds, "S"), *logs.full_sync(10 + seconds)]


def test_a_clock_offset_is_found_and_an_hour_is_called_a_time_zone() -> None:
    assert alone("clock-offset", p=PAIR["p"], r=shifted(3)).severity == "info"
    hour = alone("clock-offset", p=PAIR["p"], r=shifted(3600))
    assert (hour.severity, "time zone" in hour.advice, "ahead" in hour.summary) == ("warning", True, True)
    assert absent("clock-offset", p=PAIR["p"], r=shifted(0.3))


def test_a_clock_that_is_set_back_is_found() -> None:
    back = [
        *PAIR["r"],
        line(300, "S", "10 changes in 300 seconds. Saving..."),
        line(100, "S", "DB saved on disk"),
    ]
    found = alone("clock-jump", r=back)
    assert (found.severity, "200.0 s" in found.summary) == ("warning", True)
    slightly = [
        *PAIR["r"],
        line(300, "S", "10 changes in 300 seconds. Saving..."),
        line(299, "S", "DB saved on disk"),
    ]
    assert absent("clock-jump", r=slightly)


# deployment


def of_version(lines: list[str], version: str) -> list[str]:
    return [text.replace("7.0.15", version) for text in lines]


def test_a_replica_that_is_older_than_its_primary_is_found() -> None:
    found = alone("version-mix", p=PAIR["p"], r=of_version(PAIR["r"], "6.2.14"))
    assert (found.severity, "Upgrade r" in found.advice) == ("warning", True)
    assert alone("version-mix", p=PAIR["p"], r=of_version(PAIR["r"], "7.2.4")).severity == "info"
    assert absent("version-mix", **PAIR)


def test_a_crash_is_found_and_is_worse_while_the_server_is_down() -> None:
    crashed = [*PAIR["p"], line(60, "M", "Redis 7.0.15 crashed by signal: 11, si_code: 1", "#")]
    assert alone("crash", p=crashed).severity == "critical"
    assert alone("crash", p=[*crashed, *logs.start(61, "M")]).severity == "warning"
    assert absent("crash", p=[*PAIR["p"], *logs.stop(60, "M")])


def test_a_server_that_gives_up_is_found_with_the_line_that_says_why() -> None:
    bound = "Warning: Could not create server TCP listening socket *:6379: bind: Address already in use"
    failed = [line(60, "M", bound, "#"), line(60, "M", "Failed listening on port 6379 (TCP), aborting.", "#")]
    found = alone("gave-up", p=[*logs.start(59, "M")[:3], *failed])
    assert (found.severity, found.open) == ("critical", True)
    assert ("Address already in use" in found.summary, len(found.evidence)) == (True, 2)
    assert alone("gave-up", p=[*failed, *logs.start(61, "M")]).severity == "info"
    assert absent("gave-up", p=[*failed[:1], *logs.start(61, "M")])
    assert absent("gave-up", p=[*PAIR["p"], *logs.stop(60, "M")])


def test_a_log_that_would_settle_the_verdict_is_named() -> None:
    quiet = logs.warnings_only([*logs.start(9, "S"), *logs.full_sync(10)])
    quiet.append(line(20, "S", "Disk is busy", "#"))
    found = alone("capture-gap", r=quiet)
    assert (found.severity, "level notice" in found.advice) == ("info", True)
    assert absent("capture-gap", **PAIR)


def test_a_place_where_lines_are_missing_is_named() -> None:
    cut = [*logs.start(9, "S"), *logs.connects(10), *logs.finishes(12)]
    assert "some may be missing" in alone("capture-gap", r=cut).summary
    assert REPLICA not in alone("capture-gap", r=cut).nodes


def test_of_a_crash_the_line_that_tells_why_is_shown_and_of_the_last_one_only() -> None:
    title = line(60, "M", "=== ASSERTION FAILED CLIENT CONTEXT ===", "#")
    why = line(60, "M", "==> debug.c:498 '1 == 2' is not true", "#")
    found = alone("crash", p=[*PAIR["p"], title, why])
    assert ("is not true" in found.summary, found.evidence[0].text) == (True, why.partition("# ")[2])
    killed = line(80, "M", "Redis 7.0.15 crashed by signal: 11, si_code: 1", "#")
    again = alone("crash", p=[*PAIR["p"], title, why, *logs.start(70, "M"), killed])
    assert ("by signal: 11" in again.summary, again.severity) == (True, "critical")
