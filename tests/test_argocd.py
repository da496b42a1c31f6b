"""What is to be concluded from the capture of Argo CD's HA Redis, point by point."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations, permutations

import pytest

from redislog import Event, NodeState, Resync, Timeline, Verdict, parse, replay
from tests.argocd import ADDRESS, FOLDER, LOGS, REPLID, SERVER_0, SERVER_1, SERVER_2, SERVERS, replayed

SUBSETS = [names for size in (1, 2) for names in combinations(SERVERS, size)]
OWNER = {address: name for name, address in ADDRESS.items()}


def test_the_group_is_healthy_with_its_primary() -> None:
    verdict = replayed().verdict
    assert (verdict.status, verdict.primary, verdict.primaries) == ("healthy", SERVER_0, (SERVER_0,))
    assert [group.members for group in verdict.groups] == [SERVERS]
    assert verdict.findings == ()


@pytest.mark.parametrize("name", [SERVER_1, SERVER_2])
def test_both_others_are_its_replicas_in_sync(name: str) -> None:
    state = replayed().verdict.nodes[name]
    assert (state.role, state.link, state.phase, state.in_sync) == ("replica", "connected", "connected", True)
    assert (state.primary, state.running) == (SERVER_0, True)
    assert (state.basis["role"], state.basis["in_sync"]) == ("stated", "stated")


@pytest.mark.parametrize("name", SERVERS)
def test_whose_address_is_whose_is_deduced_and_shown(name: str) -> None:
    state = replayed().verdict.nodes[name]
    assert state.addresses == (ADDRESS[name],)
    assert state.basis[ADDRESS[name]] == "deduced"
    lines = state.because[ADDRESS[name]]
    assert any(ADDRESS[name].partition(":")[0] in line.text for line in lines)
    assert len({line.source for line in lines}) == 2, "only two logs together show whose address it is"


def test_every_line_of_evidence_is_a_line_of_a_log() -> None:
    timeline = replayed()
    evidence = [line for state in timeline.verdict.nodes.values() for line in state.evidence]
    evidence += [line for resync in timeline.resyncs for line in resync.evidence]
    evidence += [line for clock in timeline.clocks for line in clock.evidence]
    assert len(evidence) > 20
    for line in evidence:
        assert LOGS[line.source].splitlines()[line.line_number - 1].endswith(line.text)


def test_there_were_two_full_resyncs_and_why() -> None:
    first, second = replayed().resyncs
    assert [(r.kind, r.outcome, r.why, r.primary) for r in (first, second)] == [
        ("full", "done", "no cached master", SERVER_0)
    ] * 2
    assert (first.replica, first.replid, first.offset) == (SERVER_1, REPLID, 563)
    assert (second.replica, second.replid, second.offset) == (SERVER_2, REPLID, 10678)
    assert first.bytes is None, "a streamed snapshot's size is nowhere logged"


def on_the_day(clock: str) -> datetime:
    return datetime.fromisoformat(f"2023-05-29T{clock}")


def lengths(resync: Resync) -> dict[str, float | None]:
    return {phase.name: phase.seconds for phase in resync.phases}


def test_the_phases_have_their_lengths_and_the_diskless_delay_its_name() -> None:
    first, second = replayed().resyncs
    assert lengths(first)["diskless-delay"] == 5.372
    assert lengths(second)["diskless-delay"] == 5.798
    assert lengths(first)["loading"] == 0.010
    assert lengths(second)["loading"] == 0.013
    for resync in (first, second):
        for phase in resync.phases:
            assert phase.start is not None
            assert phase.end is not None
            assert (phase.end - phase.start).total_seconds() == phase.seconds


def test_a_resync_s_evidence_is_from_both_logs() -> None:
    for resync in replayed().resyncs:
        assert {line.source for line in resync.evidence} == {SERVER_0, resync.replica}


def test_no_line_is_unrecognized_and_the_damaged_ones_are_marked() -> None:
    damaged = {}
    for name, text in LOGS.items():
        events = list(parse(text, source=name))
        assert [event.message for event in events if event.key in ("unrecognized", "foreign")] == []
        damaged[name] = [event.key for event in events if event.damaged]
    misspelt = [
        "replica.sync-started",
        "replica.full-sync.receiving-streamed",
        "replica.full-sync.flushing",
        "replica.full-sync.loading",
        "replica.full-sync.finished",
    ]
    assert damaged == {
        SERVER_0: ["server.starting"],
        SERVER_1: ["server.starting", *misspelt],
        SERVER_2: ["server.starting", *misspelt],
    }


def test_the_clocks_are_bounded_to_milliseconds() -> None:
    one, two = replayed().clocks
    assert (one.node, one.reference, one.low, one.high) == (SERVER_1, SERVER_0, -0.013, -0.010)
    assert (two.node, two.reference, two.low, two.high) == (SERVER_2, SERVER_0, -0.003, 0.0)
    assert -0.013 < one.estimate < -0.010


def position(events: tuple[Event, ...], source: str, words: str) -> int:
    (found,) = [n for n, event in enumerate(events) if event.source == source and words in event.message]
    return found


def test_no_effect_stands_before_its_cause() -> None:
    events = replayed().events
    for replica in (SERVER_1, SERVER_2):
        address = ADDRESS[replica]
        asked = position(events, replica, "Partial resynchronization not possible")
        seen = position(events, SERVER_0, f"Replica {address} asks for synchronization")
        started = [n for n, e in enumerate(events) if e.source == SERVER_0 and "Starting BGSAVE" in e.message]
        granted = position(events, replica, "Full resync from master")
        finished = position(events, replica, "Finished with success")
        online = position(events, SERVER_0, f"Synchronization with replica {address} succeeded")
        assert asked < seen < min(n for n in started if n > seen) < granted < finished < online


def test_every_server_s_own_order_is_kept() -> None:
    events = replayed().events
    for name in SERVERS:
        numbers = [event.line_number for event in events if event.source == name]
        assert numbers == sorted(numbers)


def test_events_are_those_that_parse_gives() -> None:
    of_parse = {event for name, text in LOGS.items() for event in parse(text, source=name)}
    assert set(replayed().events) <= of_parse


def test_in_the_middle_of_the_first_sync() -> None:
    verdict = replayed().at(datetime(2023, 5, 29, 7, 49, 2))
    state = verdict.nodes[SERVER_1]
    assert (state.link, state.phase, state.in_sync) == ("handshake", "wait_bgsave", False)
    assert (state.role, state.primary) == ("replica", SERVER_0)
    assert SERVER_2 not in verdict.nodes
    assert ADDRESS[SERVER_2] not in verdict.nodes
    assert (verdict.status, verdict.primary) == ("degraded", SERVER_0)
    assert verdict.at == datetime(2023, 5, 29, 7, 49, 2)


@pytest.mark.parametrize(
    ("clock", "nodes", "status"),
    [
        ("07:47:57.100", [], "unknown"),
        ("07:48:30", [SERVER_0], "healthy"),
        ("07:49:02", [SERVER_0, SERVER_1], "degraded"),
        ("07:49:30", [SERVER_0, SERVER_1], "healthy"),
        ("07:50:00", [SERVER_0, SERVER_1, SERVER_2], "degraded"),
        ("07:50:30", [SERVER_0, SERVER_1, SERVER_2], "healthy"),
    ],
)
def test_the_group_over_time(clock: str, nodes: list[str], status: str) -> None:
    verdict = replayed().at(on_the_day(clock))
    assert (list(verdict.nodes), verdict.status) == (nodes, status)


def test_after_the_end_nothing_is_different_from_the_end() -> None:
    later = replayed().at(datetime(2030, 1, 1))
    assert (later.status, later.nodes) == (replayed().verdict.status, replayed().verdict.nodes)


def owners(name: str) -> set[str]:
    """The servers that a name or an address stands for; several where it says "or"."""
    return {OWNER.get(each, each) for each in name.partition(" (")[0].split(" or ")}


def refuted(state: NodeState, truth: NodeState) -> Iterator[str]:
    """What a state says that is not true; that it may be the same as another one says nothing yet."""
    if state.role not in (truth.role, "unknown"):
        yield f"role {state.role}"
    if state.running is False:
        yield "down"
    if state.in_sync not in (truth.in_sync, None):
        yield f"in sync {state.in_sync}"
    if state.primary is not None and truth.primary not in owners(state.primary):
        yield f"primary {state.primary}"
    if not all(truth.name in owners(address) for address in state.addresses):
        yield f"addresses {state.addresses}"


def untrue(some: Verdict, whole: Verdict) -> dict[str, list[list[str]]]:
    """The states of one verdict that another refutes, whichever server each of them is."""
    reasons = {
        name: [[*refuted(state, whole.nodes[each])] for each in owners(name) if each in whole.nodes]
        for name, state in some.nodes.items()
    }
    return {name: found for name, found in reasons.items() if all(found)}


def same(resync: Resync, truth: Resync) -> bool:
    """Whether one log's view of a resync agrees with that of all."""
    ends = ((resync.primary, truth.primary), (resync.replica, truth.replica))
    said = ((resync.why, truth.why), (resync.offset, truth.offset), (resync.replid, truth.replid))
    return (
        (resync.kind, resync.outcome) == (truth.kind, truth.outcome)
        and all(end is None or true in owners(end) for end, true in ends)
        and all(value in (None, true) for value, true in said)
    )


@pytest.mark.parametrize("names", SUBSETS)
def test_some_of_the_logs_say_nothing_that_all_refute(names: tuple[str, ...]) -> None:
    some, whole = replayed(*names), replayed()
    assert untrue(some.verdict, whole.verdict) == {}
    assert all(any(same(resync, truth) for truth in whole.resyncs) for resync in some.resyncs)
    assert some.verdict.primary is not None
    assert owners(some.verdict.primary) == {SERVER_0}
    for clock in some.clocks:
        (truth,) = [each for each in whole.clocks if each.node == clock.node]
        assert truth.low is not None
        assert truth.high is not None
        assert clock.low is None or clock.low <= truth.low
        assert clock.high is None or truth.high <= clock.high


@pytest.mark.parametrize("names", SUBSETS)
@pytest.mark.parametrize("clock", ["07:48:30", "07:49:02", "07:49:30", "07:50:02", "07:50:30"])
def test_nor_of_an_instant(names: tuple[str, ...], clock: str) -> None:
    instant = on_the_day(clock)
    assert untrue(replayed(*names).at(instant), replayed().at(instant)) == {}


def test_the_primary_s_log_alone() -> None:
    verdict = replayed(SERVER_0).verdict
    assert (verdict.status, verdict.primary) == ("healthy", SERVER_0)
    for address in (ADDRESS[SERVER_1], ADDRESS[SERVER_2]):
        state = verdict.nodes[address]
        assert (state.role, state.in_sync, state.primary) == ("replica", True, SERVER_0)
        assert state.basis["in_sync"] == "deduced"
    assert verdict.nodes[SERVER_0].addresses == (), "no log names its own server's address"


@pytest.mark.parametrize("names", [(SERVER_1,), (SERVER_2,), (SERVER_1, SERVER_2)])
def test_replicas_logs_alone(names: tuple[str, ...]) -> None:
    verdict = replayed(*names).verdict
    primary = verdict.nodes[ADDRESS[SERVER_0]]
    assert (verdict.status, verdict.primary) == ("healthy", ADDRESS[SERVER_0])
    assert (primary.role, primary.running, primary.basis["role"]) == ("primary", True, "deduced")
    for name in names:
        state = verdict.nodes[name]
        assert (state.in_sync, state.primary, state.addresses) == (True, ADDRESS[SERVER_0], ())
    assert len(verdict.nodes) == len(names) + 1


@pytest.mark.parametrize(("mine", "other"), [(SERVER_1, SERVER_2), (SERVER_2, SERVER_1)])
def test_the_primary_s_log_and_one_replica_s(mine: str, other: str) -> None:
    verdict = replayed(SERVER_0, mine).verdict
    assert verdict.status == "healthy"
    assert [group.reason for group in verdict.groups] == ["2 of 2 replicas in sync"]
    others = set(verdict.nodes) - {SERVER_0, mine}
    if verdict.nodes[mine].addresses:
        assert verdict.nodes[mine].addresses == (ADDRESS[mine],)
        assert others == {ADDRESS[other]}
    else:
        assert set(verdict.nodes[mine].candidates) == {ADDRESS[mine], ADDRESS[other]}
        assert other in set().union(*map(owners, others)) <= {SERVER_1, SERVER_2}
    assert verdict.nodes[SERVER_0].addresses == (ADDRESS[SERVER_0],)


def without_lines(name: str, *words: str) -> list[str]:
    return [line for line in LOGS[name].splitlines() if not any(word in line for word in words)]


def test_a_join_that_only_the_clocks_make_unique_is_likely() -> None:
    """Without the ends of the delay nothing else tells which of two requests was this replica's."""
    timeline = replay(
        {
            SERVER_0: without_lines(
                SERVER_0, "Starting BGSAVE", "Background RDB", "Diskless", "Synchron", "Streamed"
            ),
            SERVER_1: without_lines(SERVER_1, "Full resync", "MASTER <-> REPLICATION sync:"),
        }
    )
    state = timeline.verdict.nodes[SERVER_1]
    assert state.addresses == (ADDRESS[SERVER_1],)
    assert state.basis[ADDRESS[SERVER_1]] == "likely"


def everything(timeline: Timeline) -> tuple[object, ...]:
    return (
        timeline.verdict,
        timeline.resyncs,
        timeline.clocks,
        timeline.roles,
        timeline.events,
        timeline.coverage,
        timeline.at(datetime(2023, 5, 29, 7, 49, 2)),
    )


@pytest.mark.parametrize("order", list(permutations(SERVERS)))
def test_the_order_of_captures_changes_nothing(order: tuple[str, ...]) -> None:
    expected = everything(replayed())
    assert everything(replay({name: FOLDER / f"{name}.log" for name in order})) == expected
    assert everything(replay([FOLDER / f"{name}.log" for name in order])) == expected
    assert everything(replay({name: LOGS[name] for name in order})) == expected


def test_files_text_and_bytes_say_the_same() -> None:
    expected = everything(replayed())
    assert everything(replay({name: text.encode() for name, text in LOGS.items()})) == expected
    assert everything(replay({name: text.splitlines() for name, text in LOGS.items()})) == expected


def test_the_folder_says_what_its_logs_say() -> None:
    whole, logs_alone = replay(FOLDER), replayed()
    assert (whole.verdict.status, whole.verdict.primary) == ("healthy", SERVER_0)
    assert (whole.nodes, whole.clocks) == (logs_alone.nodes, logs_alone.clocks)
    assert [(r.kind, r.primary, r.replica, r.phases) for r in whole.resyncs] == [
        (r.kind, r.primary, r.replica, r.phases) for r in logs_alone.resyncs
    ]


def test_the_summary_says_it_in_a_few_lines() -> None:
    text = str(replayed().verdict)
    assert text.startswith(f"healthy: primary {SERVER_0}")
    assert all(name in text and ADDRESS[name] in text for name in SERVERS)
    assert max(map(len, text.splitlines())) <= 80
