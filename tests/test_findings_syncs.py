"""Findings on full resyncs, and on primaries whose data was lost."""

from __future__ import annotations

import pytest

from tests import logs
from tests.found import PAIR, absent, alone
from tests.logs import OTHER, PRIMARY, REPLICA, line
from tests.test_findings_links import closes


def test_a_loop_is_found_together_with_its_cause() -> None:
    rounds = [text for at in (20, 22, 24) for text in logs.loses_transfer(at)]
    served = [
        text
        for at in (20, 22, 24)
        for text in (*logs.is_asked(at + 0.005), closes(at + 0.9), *logs.loses_replica(at + 0.95))
    ]
    found = alone("full-resync-loop", p=[*PAIR["p"], *served], r=[*logs.start(19, "S"), *rounds])
    assert "output buffer" in found.summary
    assert any("output buffer limits" in each.text and each.count == 3 for each in found.evidence)


def test_in_a_loop_the_rounds_themselves_are_not_findings() -> None:
    rounds = [text for at in (20, 22, 24) for text in logs.loses_transfer(at)]
    reason = (
        f"Unable to partial resync with replica {REPLICA} for lack of backlog (Replica request was: 563)."
    )
    served = [
        text
        for at in (20, 22, 24)
        for text in (
            *logs.is_asked(at + 0.005)[:1],
            line(at + 0.006, "M", reason),
            *logs.is_asked(at + 0.005)[1:],
            closes(at + 0.9),
            *logs.loses_replica(at + 0.95),
        )
    ]
    captures = {"p": [*PAIR["p"], *served], "r": [*logs.start(19, "S"), *rounds]}
    assert alone("full-resync-loop", **captures).nodes == ("r", "p")
    assert absent("backlog-too-small", **captures)
    assert absent("avoidable-full-resync", **captures)


def came_back(offset: int = 900_000) -> dict[str, list[str]]:
    """A replica that comes back after the primary's backlog went on."""
    refused = (
        f"Unable to partial resync with replica {REPLICA} for lack of backlog (Replica request was: 563)."
    )
    asked = logs.serves(61, replid=None)
    replica = [
        *PAIR["r"],
        *logs.loses_primary(60),
        *logs.asks_to_continue(61),
        *logs.is_granted(61.502, offset=offset),
        *logs.receives(61.503),
        *logs.loads(61.504),
        *logs.finishes(62),
    ]
    return {
        "p": [*PAIR["p"], *logs.loses_replica(60), asked[0], line(61.005, "M", refused), *asked[1:]],
        "r": replica,
    }


def test_a_backlog_that_is_too_small_is_found_with_the_size_that_would_have_done() -> None:
    found = alone("backlog-too-small", **came_back())
    assert found.nodes == ("p", "r")
    assert str(900_000 - 563) in found.summary
    assert "879kb would just have done" in found.advice
    assert absent("backlog-too-small", p=[*PAIR["p"], *logs.loses_replica(60), *logs.serves_partially(61)])


def test_a_backlog_that_was_freed_is_another_matter_than_its_size() -> None:
    captures = came_back()
    freed = line(60.5, "M", "Replication backlog freed after 3600 seconds without connected replicas.")
    at = next(number for number, text in enumerate(captures["p"]) if "00:01:01" in text)
    captures["p"].insert(at, freed)
    assert "repl-backlog-ttl" in alone("backlog-too-small", **captures).advice


def test_a_slow_sync_says_which_phase_took_the_time() -> None:
    replica = [
        *logs.start(0, "S"),
        *logs.asks(1),
        *logs.is_granted(2),
        line(3, "S", "MASTER <-> REPLICA sync: receiving 104857600 bytes from master to disk"),
        *logs.loads(53),
        *logs.finishes(55),
    ]
    found = alone("slow-sync", r=replica)
    assert (found.severity, "50 s of it transfer" in found.summary) == ("info", True)
    assert absent("slow-sync", **PAIR)


def test_a_sync_that_does_not_end_is_found_by_the_time_of_the_other_logs() -> None:
    stuck = [*logs.start(9, "S"), *logs.asks(10), *logs.is_granted(10.502), *logs.receives(10.503)]
    served = [*logs.start(0, "M"), *logs.serves(10)[:-3]]
    later = [*served, line(900, "M", "10 changes in 300 seconds. Saving...")]
    found = alone("sync-stuck", p=later, r=stuck)
    assert (found.severity, found.nodes[0], "transfer" in found.summary) == ("critical", "r", True)
    assert absent("sync-stuck", p=[*served, line(60, "M", "10 changes in 300 seconds. Saving...")], r=stuck)


# primaries


def restarts(*loads: str) -> list[str]:
    banner, rest = logs.start(70, "M")[:-1], logs.start(70, "M")[-1:]
    return [*banner, *[line(70, "M", text) for text in loads], *rest]


def test_a_primary_that_came_back_empty_is_found() -> None:
    again = logs.serves(72, replid=logs.NEW_REPLID)
    found = alone("primary-restarted-empty", p=[*PAIR["p"], *restarts(), *again])
    assert (found.severity, found.nodes) == ("critical", ("p", REPLICA))


def test_a_primary_that_got_its_data_as_a_replica_before_is_not_empty() -> None:
    became = [*logs.is_demoted(71, OTHER), *logs.full_sync(72, OTHER), *logs.is_promoted(80)]
    assert absent(
        "primary-restarted-empty", p=[*PAIR["p"], *restarts(), *became, *logs.serves(90, replid=None)]
    )


def test_a_primary_that_loaded_its_data_or_was_not_copied_is_not_empty() -> None:
    again = logs.serves(72, replid=logs.NEW_REPLID)
    loaded = restarts(
        "Done loading RDB, keys loaded: 12, keys expired: 0.", "DB loaded from disk: 0.000 seconds"
    )
    assert absent("primary-restarted-empty", p=[*PAIR["p"], *loaded, *again])
    assert absent("primary-restarted-empty", p=[*PAIR["p"], *restarts()])


def returns_with(offset: int) -> list[str]:
    refused = f"Partial resynchronization not accepted: Requested offset for second ID was {offset}, but I can reply up to 10000"
    asked = logs.serves(80, PRIMARY, replid=None)
    return [*PAIR["r"], *logs.is_promoted(60), asked[0], line(80.005, "M", refused), *asked[1:]]


def test_writes_that_nobody_has_are_found_and_counted() -> None:
    found = alone("diverged-primary", r=returns_with(110_000))
    assert (found.severity, found.nodes) == ("critical", (PRIMARY, "r"))
    assert "100000 bytes" in found.summary
    assert alone("diverged-primary", r=returns_with(10_100)).severity == "warning"
    assert absent(
        "diverged-primary", r=[*PAIR["r"], *logs.is_promoted(60), *logs.serves_partially(80, PRIMARY)]
    )


def test_data_from_a_stranger_is_found() -> None:
    stranger = "203.0.113.7:6379".replace("203.0.113", "8.8.4")
    repointed = [*PAIR["r"], *logs.loses_primary(60), *logs.full_sync(61, stranger)]
    assert alone("rogue-primary", p=PAIR["p"], r=repointed).severity == "warning"
    module = line(70, "S", "Module 'system' loaded from ./exp.so")
    assert alone("rogue-primary", p=PAIR["p"], r=[*repointed, module]).severity == "critical"
    inside = [*PAIR["r"], *logs.loses_primary(60), *logs.full_sync(61, OTHER)]
    assert absent("rogue-primary", p=PAIR["p"], r=inside)


SHOWN = "id=28 addr={host}:36638 fd=9 name= age=1 idle=0 flags=N db=0 sub=0 psub=0 multi=-1 cmd=slaveof"


def orders(host: str, client: str, replid: str = "e" * 40, *rest: str) -> list[str]:
    """A client lets a server follow another one, and take all data from it."""
    return [
        *logs.start(9, "M"),
        *logs.is_demoted(60, f"{host}:21000")[:-1],
        line(60, "S", f"REPLICAOF {host}:21000 enabled (user request from '{SHOWN.format(host=client)}')"),
        *logs.asks(61, f"{host}:21000"),
        line(61.5, "S", f"Full resync from master: {replid}:0"),
        *logs.receives(61.6),
        *logs.loads(61.7),
        *(line(61.8, "S", text, "#") for text in rest),
    ]


NO_SNAPSHOT = "Wrong signature trying to load DB from file"


@pytest.mark.parametrize(
    ("lines", "severity", "words"),
    [
        (orders("192.3.70.16", "192.3.70.16", "e" * 40, NO_SNAPSHOT), "critical", "no snapshot"),
        (orders("192.3.70.16", "10.0.0.9", "Z" * 40), "critical", "an ID that no server makes"),
        (orders("10.0.0.7", "10.0.0.9", "Z" * 40), "critical", "an ID that no server makes"),
        (orders("192.3.70.16", "192.3.70.16", "e" * 40), None, ""),
        (orders("10.0.0.7", "10.0.0.9", "e" * 40, NO_SNAPSHOT), None, ""),
        (orders("10.0.0.7", "10.0.0.7", "e" * 40), None, ""),
    ],
)
def test_a_stranger_that_makes_itself_the_primary_is_found(
    lines: list[str], severity: str | None, words: str
) -> None:
    if severity is None:
        assert absent("rogue-primary", r=lines)
        return
    found = alone("rogue-primary", r=lines)
    assert (found.severity, words.split()[-1] in found.summary) == (severity, True)


def test_a_module_that_is_loaded_at_the_start_is_nobody_s_attack() -> None:
    lines = logs.start(9, "S")
    lines.insert(-1, line(9, "S", "Module 'search' loaded from /lib/redisearch.so"))
    assert absent("rogue-primary", p=PAIR["p"], r=[*lines, *logs.full_sync(10)])


def test_a_primary_that_lost_all_replicas_is_found() -> None:
    found = alone("not-enough-replicas", p=[*PAIR["p"], *logs.loses_replica(60)])
    assert (found.severity, found.nodes) == ("warning", ("p", REPLICA))
    both = [*PAIR["p"], *logs.serves(20, OTHER, replid=None), *logs.loses_replica(60)]
    assert absent("not-enough-replicas", p=both)


def test_a_write_that_is_refused_for_lack_of_replicas_is_found() -> None:
    error = (
        "== CRITICAL == This replica is sending an error to its master: "
        "'NOREPLICAS Not enough good replicas to write.' after processing the command 'set'"
    )
    assert alone("not-enough-replicas", r=[*PAIR["r"], line(60, "S", error, "#")]).severity == "critical"
    other = error.replace("NOREPLICAS Not enough good replicas to write.", "OOM command not allowed")
    assert absent("not-enough-replicas", r=[*PAIR["r"], line(60, "S", other, "#")])


@pytest.mark.parametrize(
    ("lines", "when"),
    [
        (logs.loses_transfer(71), "while the snapshot came: I/O error"),
        (
            [
                *logs.asks(71),
                *logs.is_granted(71.5),
                *logs.receives(71.6),
                *logs.loads(71.7),
                line(71.8, "S", "Failed trying to load the MASTER synchronization DB from disk", "#"),
            ],
            "while it was loaded: Failed trying to load",
        ),
    ],
    ids=["transfer", "loading"],
)
def test_the_line_with_which_a_sync_failed_is_told_until_one_succeeds(lines: list[str], when: str) -> None:
    replica = [*PAIR["r"], *logs.loses_primary(70), *lines]
    found = alone("sync-failed", p=PAIR["p"], r=replica)
    assert (found.severity, found.nodes[0], found.open) == ("warning", "r", True)
    assert f"the last full resync of r failed {when}" in found.summary
    assert absent("sync-failed", p=PAIR["p"], r=[*replica, *logs.full_sync(80)])
    assert absent("sync-failed", p=PAIR["p"], r=[*replica, *logs.is_promoted(80)])
