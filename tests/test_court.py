"""Who is believed: each witness makes claims, one table decides between them."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest

from redislog import Timeline, Verdict, replay
from redislog.court.claim import Claim, Claims
from redislog.court.decide import WITNESSES
from redislog.court.table import ROWS, TABLE, words_of
from redislog.topology.judge import judge
from redislog.topology.status import ORDER
from redislog.values import Address
from tests import logs
from tests.test_fixtures import FIXTURES, FOLDERS, replayed, server_of, truth_of
from tests.truth import misstated


def _name(folder: Path) -> str:
    return folder.name


RECORDED = [folder for folder in FOLDERS if "servers" in truth_of(folder)]
NEWEST = [folder for folder in RECORDED if folder.parent.name == max(each.parent.name for each in RECORDED)]
_SCENARIOS = {name: list(its) for name, its in itertools.groupby(sorted(RECORDED, key=_name), _name)}
ONE_EACH = [folders[number % len(folders)] for number, folders in enumerate(_SCENARIOS.values())]
"""Each recorded scenario once, of the releases in turn."""


def by_name(folder: Path) -> str:
    return str(folder.relative_to(FIXTURES))


def captures_of(folder: Path) -> dict[str, bytes]:
    return {Path(path).stem: (folder / path).read_bytes() for path in truth_of(folder)["captures"]}


def said_by(timeline: Timeline, *witnesses: object) -> Verdict:
    """The verdict where only some witnesses are heard."""
    made = (each for each in WITNESSES if each in witnesses)
    claims = Claims(claim for witness in made for claim in witness.claims(timeline.joined))
    return judge(timeline.joined, claims, timeline.coverage)


@pytest.mark.parametrize("folder", RECORDED, ids=by_name)
def test_each_witness_alone_and_any_two_say_nothing_wrong(folder: Path) -> None:
    truth = {name: server_of(fields) for name, fields in truth_of(folder)["servers"].items()}
    timeline = replayed(folder)
    for some in (*itertools.combinations(WITNESSES, 1), *itertools.combinations(WITNESSES, 2)):
        assert list(misstated(said_by(timeline, *some), truth)) == []


@pytest.mark.parametrize("folder", ONE_EACH, ids=by_name)
def test_every_instant_has_a_verdict(folder: Path) -> None:
    """At each event, a millisecond before and after it; also of servers whose own logs begin later, or are not there."""
    timeline = replayed(folder)
    times = {event.at for event in timeline.events if event.at is not None}
    for time in sorted(times):
        for step in (-1, 0, 1):
            verdict = timeline.at(time + timedelta(milliseconds=step))
            for state in verdict.nodes.values():
                assert all(Address.parse(address).port for address in state.addresses)


@pytest.mark.parametrize("folder", ONE_EACH, ids=by_name)
def test_every_instant_has_a_verdict_with_a_capture_left_out(folder: Path) -> None:
    captures = captures_of(folder)
    for left_out in captures:
        timeline = replay({name: text for name, text in captures.items() if name != left_out})
        times = sorted({event.at for event in timeline.events if event.at is not None})
        for time in times[:: max(1, len(times) // 5)]:
            for step in (-1, 0, 1):
                states = timeline.at(time + timedelta(milliseconds=step)).nodes.values()
                assert all(Address.parse(address).port for state in states for address in state.addresses)


@pytest.mark.parametrize("folder", NEWEST[1::4], ids=by_name)
def test_more_of_the_same_truth_never_makes_it_better_than_it_is(folder: Path) -> None:
    """Where some captures show how bad it is, no other one takes that back."""
    captures, truth = captures_of(folder), ORDER.index(truth_of(folder)["verdict"]["status"])
    shown = {
        some: ORDER.index(replay({name: captures[name] for name in some}).verdict.status) <= truth
        for count in range(1, len(captures) + 1)
        for some in itertools.combinations(sorted(captures), count)
    }
    for some in filter(shown.get, shown):
        more = (tuple(sorted((*some, name))) for name in captures if name not in some)
        assert [each for each in more if not shown[each]] == []


def test_a_server_that_others_speak_of_before_its_first_line_has_no_name_for_an_address() -> None:
    timeline = logs.replayed(
        p=[*logs.start(0, "M"), *logs.serves(10)], r=[*logs.start(9, "S"), *logs.full_sync(10)][-2:]
    )
    first = timeline.joined.nodes["r"].first
    assert first is not None
    assert first.event.at is not None
    states = timeline.at(first.event.at - timedelta(milliseconds=10)).nodes
    assert all(":" in address for state in states.values() for address in state.addresses)


def test_every_claim_falls_under_a_row() -> None:
    """What no row hears nobody needs to say."""
    made: set[tuple[str, str]] = set()
    for folder in RECORDED[::3]:
        joined = replayed(folder).joined
        claims: list[Claim] = [claim for witness in WITNESSES for claim in witness.claims(joined)]
        made |= {(claim.what, claim.testimony) for claim in claims}
    rows = {(row.what, row.testimony) for row in TABLE}
    assert made - rows == set()


def test_all_that_a_row_asks_is_said_in_words() -> None:
    for row in TABLE:
        assert row in ROWS[row.what]
        assert all(words_of(condition) for condition in (*row.needs, *row.doubts))


def test_why_names_the_witness_that_decided_first_and_what_became_of_the_others() -> None:
    verdict = logs.verdict(
        p=[*logs.start(0, "M"), *logs.serves(10), *logs.loses_replica(60)],
        r=[*logs.start(9, "S"), *logs.full_sync(10)],
    )
    (lost,) = verdict.why("r", "in_sync")
    assert (lost.value, lost.basis) == (verdict.nodes["r"].in_sync, "deduced")
    assert [(each.witness, each.weight) for each in lost.claims[:2]] == [
        ("its primary", "decides"),
        ("its own log", "goes behind"),
    ]
    assert lost.claims[0].evidence == lost.evidence != ()
    assert {each.what for each in verdict.why("p")} >= {"role", "running"}
    with pytest.raises(ValueError, match="no server is called 'x'"):
        verdict.why("x")
    with pytest.raises(ValueError, match="nothing is decided on 'link' of p"):
        verdict.why("p", "link")


SHORT_WRITE = "Write error or short write writing to the DB dump file needed for {} synchronization: No space left on device"


@pytest.mark.parametrize("sent_after", [-0.005, 0.0, 0.005, 0.5], ids=lambda seconds: f"{seconds:+g}")
@pytest.mark.parametrize(
    "fails",
    [
        [
            "MASTER <-> REPLICA sync: receiving 2179 bytes from master to disk",
            SHORT_WRITE.format("MASTER <-> REPLICA"),
        ],
        [
            "Replica main thread creating Bio thread to save RDB to disk",
            "Replica bio thread: PRIMARY <-> REPLICA sync: receiving 2179 bytes from primary to disk",
            f"Replica bio thread: {SHORT_WRITE.format('PRIMARY <-> REPLICA')}",
            "Replica bio thread: Error downloading RDB",
        ],
    ],
    ids=["at once", "in a thread"],
)
def test_a_sync_that_failed_at_the_replica_is_no_sync_that_its_primary_has_sent(
    fails: list[str], sent_after: float
) -> None:
    """The primary has sent all, and has not yet seen the link end."""
    replica = [*logs.start(9, "S"), *logs.asks(10), *logs.is_granted(10.5), *logs.told(10.6, "S", *fails)]
    timeline = logs.replayed(
        p=[*logs.start(0, "M"), *logs.serves(10, took=0.6 + sent_after)],
        r=replica,
    )
    state = timeline.verdict.nodes["r"]
    assert (state.in_sync, state.link, state.phase) == (False, "connect", "connect")


def test_a_sync_that_its_primary_has_sent_after_one_that_failed_is_another() -> None:
    failed = [
        *logs.asks(10),
        *logs.is_granted(10.5),
        *logs.told(10.6, "S", SHORT_WRITE.format("MASTER <-> REPLICA")),
    ]
    verdict = logs.verdict(
        p=[
            *logs.start(0, "M"),
            *logs.serves(10, took=0.6),
            *logs.loses_replica(10.7),
            *logs.serves(11, replid=None),
        ],
        r=[*logs.start(9, "S"), *failed],
    )
    assert verdict.nodes["r"].in_sync is True


@pytest.mark.parametrize(("later", "in_sync"), [(0.5, False), (30, None)])
def test_where_only_warnings_are_printed_a_sync_that_failed_is_known_until_it_is_tried_again(
    later: float, in_sync: bool | None
) -> None:
    """One that succeeds then leaves no line."""
    warnings = [logs.line(20, "S", SHORT_WRITE.format("MASTER <-> REPLICA"), "#")]
    other = [*logs.start(0, "M"), logs.line(20 + later, "M", "DB saved on disk")]
    verdict = replay({"r": warnings, "other": other}).verdict
    assert (verdict.nodes["r"].role, verdict.nodes["r"].in_sync) == ("replica", in_sync)
