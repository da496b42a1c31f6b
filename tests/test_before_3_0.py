"""Servers of before 3.0 print no role letter and no year: roles by what they do, stamps as they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from redislog import replay
from redislog.command.entry import main
from redislog.report.jsonio import unstructure

BEGIN = {
    "2.6": [
        ("16:08:03.088", "Server started, Redis version 2.6.17"),
        ("16:08:03.089", "The server is now ready to accept connections on port 6379"),
    ],
    "2.8": [
        ("16:08:03.088", "Server started, Redis version 2.8.19"),
        ("16:08:03.088", "DB loaded from disk: 0.000 seconds"),
        ("16:08:03.089", "The server is now ready to accept connections on port 6379"),
    ],
    "2.8, without a version": [
        ("16:08:03.089", "The server is now ready to accept connections on port 6379"),
    ],
}  # fmt: skip
SERVES = {
    "2.6": [
        ("16:09:14.084", "Slave ask for synchronization"),
        ("16:09:14.084", "Starting BGSAVE for SYNC"),
        ("16:09:20.005", "Background saving started by pid 1220"),
        ("16:09:20.206", "Background saving terminated with success"),
        ("16:09:20.210", "Synchronization with slave succeeded"),
    ],
    "2.8": [
        ("16:09:14.084", "Slave 10.4.0.8:6380 asks for synchronization"),
        ("16:09:14.084", "Full resync requested by slave 10.4.0.8:6380"),
        ("16:09:14.084", "Starting BGSAVE for SYNC with target: disk"),
        ("16:09:20.005", "Background saving started by pid 1220"),
        ("16:09:20.206", "Background saving terminated with success"),
        ("16:09:20.210", "Synchronization with slave 10.4.0.8:6380 succeeded"),
    ],
    "2.8, diskless": [
        ("16:09:14.084", "Slave 10.4.0.8:6380 asks for synchronization"),
        ("16:09:14.084", "Full resync requested by slave 10.4.0.8:6380"),
        ("16:09:14.084", "Starting BGSAVE for SYNC with target: slaves sockets"),
        ("16:09:20.005", "Background RDB transfer started by pid 1220"),
        ("16:09:20.206", "Background RDB transfer terminated with success"),
        ("16:09:20.210", "Synchronization with slave 10.4.0.8:6380 succeeded"),
    ],
    "2.8, in part": [
        ("16:09:14.084", "Slave 10.4.0.8:6380 asks for synchronization"),
        ("16:09:14.084", "Partial resynchronization request from 10.4.0.8:6380 accepted. Sending 110 bytes of backlog starting from offset 9000."),
    ],
}  # fmt: skip
FOLLOWS = [
    ("16:08:04.088", "Connecting to MASTER 10.4.0.7:6379"),
    ("16:08:04.089", "MASTER <-> SLAVE sync started"),
    ("16:08:04.090", "Non blocking connect for SYNC fired the event."),
    ("16:08:04.091", "Master replied to PING, replication can continue..."),
    ("16:08:04.092", "Partial resynchronization not possible (no cached master)"),
    ("16:08:04.093", "Full resync from master: 3b1f0c9e77d2a4458e6601b7c2d9f4a6e8057713:101"),
    ("16:08:05.093", "MASTER <-> SLAVE sync: receiving 18 bytes from master"),
    ("16:08:05.094", "MASTER <-> SLAVE sync: Loading DB in memory"),
    ("16:08:05.095", "MASTER <-> SLAVE sync: Finished with success"),
]


def printed(*parts: list[tuple[str, str]]) -> list[str]:
    """Lines as 2.6 and 2.8 print them."""
    return [f"[1204] 23 Jul {stamp} * {message}" for part in parts for stamp, message in part]


@pytest.mark.parametrize("serves", SERVES)
@pytest.mark.parametrize("begin", [each for each in BEGIN if "without" not in each])
def test_one_that_serves_and_follows_nobody_since_it_began_is_a_primary(begin: str, serves: str) -> None:
    verdict = replay({"master": printed(BEGIN[begin], SERVES[serves])}).verdict
    state = verdict.nodes["master"]
    assert (verdict.primary, state.role, state.basis["role"]) == ("master", "primary", "deduced")
    assert state.because["role"]


@pytest.mark.parametrize("serves", SERVES)
@pytest.mark.parametrize("begin", [[], *(each[-1:] for each in BEGIN.values() if len(each) == 0)])
def test_one_whose_beginning_is_not_there_may_be_a_replica(begin: list[tuple[str, str]], serves: str) -> None:
    assert replay({"master": printed(begin, SERVES[serves])}).verdict.nodes["master"].role == "unknown"


@pytest.mark.parametrize("serves", SERVES)
@pytest.mark.parametrize("begin", [[], BEGIN["2.8"]])
def test_one_that_follows_is_a_replica_also_where_it_serves(
    begin: list[tuple[str, str]], serves: str
) -> None:
    state = replay({"between": printed(begin, FOLLOWS, SERVES[serves])}).verdict.nodes["between"]
    assert (state.role, state.in_sync, state.primary) == ("replica", True, "10.4.0.7:6379")


def test_one_that_follows_later_is_a_primary_until_then() -> None:
    turned = [("16:10:00.000", "SLAVE OF 10.4.0.7:6379 enabled (user request)"), ("16:10:00.500", "Connecting to MASTER 10.4.0.7:6379")]  # fmt: skip
    timeline = replay({"node": printed(BEGIN["2.8"], SERVES["2.8"], turned)})
    assert [(each.role, each.basis) for each in timeline.roles] == [
        ("primary", "deduced"),
        ("replica", "stated"),
    ]


def test_one_that_serves_nobody_says_nothing_of_its_role() -> None:
    assert replay({"node": printed(BEGIN["2.8"])}).verdict.nodes["node"].role == "unknown"


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What the command prints."""
    main(list(words))
    return capsys.readouterr().out


STAMPS = {
    "2.8": "[1204] 23 Jul {} * ",
    "3.0": "1204:M 23 Jul {} * ",
    "4.0, syslog before it": "Jul 23 16:09:14 host redis[1204]: 1204:M 23 Jul {} * ",
    "a time of day": "1204:M {} * ",
    "a time of day alone": "{} * ",
}


@pytest.mark.parametrize("form", STAMPS)
def test_stamps_without_a_year_are_shown_as_they_stand(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "master.log"
    lost = [("16:19:20.210", "Connection with slave 10.4.0.8:6380 lost.")]
    lines = [
        STAMPS[form].format(stamp) + message for stamp, message in [*BEGIN["2.8"], *SERVES["2.8"], *lost]
    ]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    for words in (("verdict", "-v"), ("timeline",)):
        text = shown(capsys, *words, str(path))
        assert "16:09:14.084" in text
        assert "? full" not in text
    found = json.loads(shown(capsys, "verdict", "--format", "json", str(path)))
    findings = [line["stamp"] for finding in found["verdict"]["findings"] for line in finding["evidence"]]
    assert any("16:19:20.210" in stamp for stamp in findings if stamp)
    resync = unstructure(replay({"master": lines}).resyncs[0])
    assert "16:09:14.084" in resync["evidence"][0]["stamp"]
    assert [phase["seconds"] for phase in resync["phases"]] == [0.0, 6.122, 0.004]
