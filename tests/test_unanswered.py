"""A primary that answers nobody: it may be frozen, cut off or dead, and no log of its own says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from redislog import Verdict, replay
from redislog.command import main

PRIMARY, REPLICA = "10.42.0.11:6379", "10.42.0.12:6379"


CLIENT = "id=7 addr=10.0.0.9:50000 fd=8 name= age=0 idle=0 flags=N db=0 cmd=replicaof"


class Words:
    """What changed of Redis's words over the releases."""

    def __init__(self, primary: str, replica: str, pair: str) -> None:
        self.primary, self.replica, self.pair = primary, replica, pair

    def timed_out(self) -> str:
        return f"{self.primary} timeout: no data nor PING received..."

    def lost(self) -> str:
        return f"Connection with {self.primary.lower()} lost."


OLD = Words("MASTER", "Slave", "MASTER <-> SLAVE")
NEW = Words("MASTER", "Replica", "MASTER <-> REPLICA")
VALKEY = Words("PRIMARY", "Replica", "PRIMARY <-> REPLICA")
ALL = pytest.mark.parametrize("words", [OLD, NEW, VALKEY], ids=["Redis 4.0", "Redis 7.0", "Valkey 8.1"])


def at(time: str, letter: str, message: str) -> str:
    return f"7:{letter} 23 Nov 2025 {time} * {message}"


def serves(words: Words, time: str, replica: str = REPLICA) -> list[str]:
    low = words.replica.lower()
    return [
        at(f"{time}.840", "M", f"{words.replica} {replica} asks for synchronization"),
        at(f"{time}.840", "M", f"Full resync requested by {low} {replica}"),
        at(f"{time}.990", "M", f"Synchronization with {low} {replica} succeeded"),
    ]


def follows(words: Words, time: str) -> list[str]:
    return [
        at(f"{time}.839", "S", f"Connecting to {words.primary} {PRIMARY}"),
        at(f"{time}.840", "S", f"{words.pair} sync started"),
        at(f"{time}.840", "S", "Non blocking connect for SYNC fired the event."),
        at(f"{time}.840", "S", f"{words.primary.capitalize()} replied to PING, replication can continue..."),
        at(f"{time}.840", "S", "Partial resynchronization not possible (no cached master)"),
        at(f"{time}.988", "S", f"Full resync from {words.primary.lower()}: {'3b1f' * 10}:14"),
        at(f"{time}.995", "S", f"{words.pair} sync: Finished with success"),
    ]


def waits_in_vain(words: Words, time: str) -> list[str]:
    return [
        at(f"{time}.400", "S", words.timed_out()),
        at(f"{time}.400", "S", words.lost()),
        at(f"{time}.400", "S", f"Connecting to {words.primary} {PRIMARY}"),
        at(f"{time}.400", "S", f"{words.pair} sync started"),
        at(f"{time}.401", "S", "Non blocking connect for SYNC fired the event."),
    ]


def judged(**logs: list[str]) -> Verdict:
    return replay(logs).verdict


@ALL
def test_a_primary_that_answers_nobody_is_not_among_those_that_run(words: Words) -> None:
    p, r = serves(words, "01:38:02"), follows(words, "01:38:02")
    before = judged(p=p, r=r)
    assert (before.status, before.primaries) == ("healthy", ("p",))
    verdict = judged(p=p, r=[*r, *waits_in_vain(words, "01:39:04")])
    assert (verdict.status, verdict.primaries, verdict.primary) == ("degraded", (), "p")
    assert verdict.nodes["p"].running is None
    assert (verdict.nodes["r"].in_sync, verdict.nodes["r"].primary) == (False, "p")


@ALL
def test_it_runs_again_with_its_next_line(words: Words) -> None:
    p = [*serves(words, "01:38:02"), at("01:39:30.000", "M", "DB saved on disk")]
    verdict = judged(p=p, r=[*follows(words, "01:38:02"), *waits_in_vain(words, "01:39:04")])
    assert verdict.primaries == ("p",)


@ALL
def test_the_first_line_names_it_and_since_when(
    words: Words,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    logs = {
        "p": serves(words, "01:38:02"),
        "r": [*follows(words, "01:38:02"), *waits_in_vain(words, "01:39:04")],
    }
    for name, lines in logs.items():
        (tmp_path / f"{name}.log").write_text("\n".join(lines))
    main(["verdict", *(str(tmp_path / f"{name}.log") for name in logs)])
    assert "primary p has not answered since 01:38:04" in capsys.readouterr().out.split("\n\n")[0]


@ALL
def test_a_primary_that_one_cannot_follow_is_a_split_brain_in_doubt(words: Words) -> None:
    """The replica was made a primary while the old one answers nobody: whether that one lives, nothing says."""
    promoted = [
        at("01:39:10.000", "M", "Connection with master lost."),
        at("01:39:10.000", "M", "Discarding previously cached master state."),
        at(
            "01:39:10.000",
            "M",
            f"Setting secondary replication ID to {'3b1f' * 10}, valid up to offset: 29. New replication ID is {'90aa' * 10}",
        ),
        at("01:39:10.000", "M", f"MASTER MODE enabled (user request from '{CLIENT}')"),
    ]
    verdict = judged(
        p=serves(words, "01:38:02"),
        r=[*follows(words, "01:38:02"), *waits_in_vain(words, "01:39:04"), *promoted],
    )
    assert (verdict.status == "split-brain", verdict.primaries) == (False, ("r",))
    assert [each.severity for each in verdict.findings if each.code == "split-brain"] == ["warning"]
