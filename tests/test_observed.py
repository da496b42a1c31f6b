"""What Sentinels alone let conclude: the primary and the replicas by address, and never more than they saw."""

from __future__ import annotations

from pathlib import Path

import pytest

from redislog import Verdict, replay
from tests import logs
from tests.found import PAIR
from tests.logs import OTHER, PRIMARY, REPLICA, seen_by_sentinel
from tests.test_fixtures import FIXTURES, server_of, truth_of
from tests.truth import contradictions

WATCHED = sorted(path.parent for path in FIXTURES.rglob("sentinel-0.log"))
NOT_TOLD = (
    "sentinel-hostname-gives-up",
    "sentinel-names-a-replica-a-minute",
    "sentinel-names-a-replica-a-moment",
)
"""Runs whose Sentinels were told of no server, or of a replica as the primary."""
SWITCH = "+switch-master mymaster 10.0.0.1 6379 10.0.0.2 6379"


def word(verdict: Verdict, name: str) -> tuple[object, object]:
    return verdict.nodes[name].role, verdict.nodes[name].running


@pytest.fixture(params=WATCHED, ids=lambda folder: str(folder.relative_to(FIXTURES)))
def folder(request: pytest.FixtureRequest) -> Path:
    """Each recorded run with Sentinels."""
    found: Path = request.param
    return found


def test_sentinels_alone_name_the_primary_and_say_nothing_wrong(folder: Path) -> None:
    servers = {name: server_of(fields) for name, fields in truth_of(folder)["servers"].items()}
    captures = {path.stem: path.read_bytes() for path in folder.glob("sentinel-*.log")}
    timeline = replay(captures)
    primaries = [server.address for server in servers.values() if server.role == "primary"]
    if len(primaries) == 1 and folder.name not in NOT_TOLD:
        assert timeline.verdict.primary == primaries[0]
        assert timeline.verdict.nodes[primaries[0]].basis["role"] == "deduced"
    else:
        assert timeline.verdict.primary is None
    assert list(contradictions(timeline, servers)) == []
    for name, text in captures.items():
        assert list(contradictions(replay({name: text}), servers)) == []


def test_sentinels_and_any_one_server_say_nothing_wrong(folder: Path) -> None:
    servers = {name: server_of(fields) for name, fields in truth_of(folder)["servers"].items()}
    watching = {path.stem: path.read_bytes() for path in folder.glob("sentinel-*.log")}
    for name in servers:
        captures = {name: (folder / f"{name}.log").read_bytes(), **watching}
        assert list(contradictions(replay(captures), servers)) == []


def test_a_primary_is_named_once_it_was_seen() -> None:
    start = logs.sentinel_starts(5)
    assert logs.verdict(s=start[:3]).nodes == {}
    verdict = logs.verdict(s=start)
    assert (verdict.primary, verdict.status) == (PRIMARY, "unknown")
    assert (word(verdict, PRIMARY), word(verdict, REPLICA)) == (("primary", True), ("replica", True))
    assert [each.source for each in verdict.nodes[PRIMARY].because["role"]] == ["s"]


def test_servers_that_are_listed_again_after_a_switch_were_not_seen() -> None:
    """The old primary is listed as a replica at once; whether it lives, or becomes one, is not said."""
    again = "+slave slave 10.0.0.1:6379 10.0.0.1 6379 @ mymaster 10.0.0.2 6379"
    switched = [*logs.sentinel_starts(5), seen_by_sentinel(60, SWITCH), seen_by_sentinel(60, again)]
    verdict = logs.verdict(s=switched)
    assert (verdict.primary, list(verdict.nodes)) == (REPLICA, [REPLICA])
    made = seen_by_sentinel(70, again.replace("+slave slave", "+convert-to-slave slave"))
    assert word(logs.verdict(s=[*switched, made]), PRIMARY) == ("replica", True)


def test_a_primary_that_one_sentinel_does_not_reach_may_run() -> None:
    suspected = [*logs.sentinel_starts(5), *logs.sentinel_suspects(60, quorum=False)]
    assert word(logs.verdict(s=suspected), PRIMARY) == ("primary", None)
    back = seen_by_sentinel(63, "-sdown master mymaster 10.0.0.1 6379")
    assert word(logs.verdict(s=[*suspected, back]), PRIMARY) == ("primary", True)


def test_a_primary_that_a_quorum_has_not_reached_for_long_is_down() -> None:
    lost = [*logs.sentinel_starts(5), *logs.sentinel_suspects(60)]
    assert word(logs.verdict(s=lost), PRIMARY) == ("primary", None)
    verdict = logs.verdict(s=[*lost, *logs.sentinel_tries(180), *logs.sentinel_gives_up(190)])
    assert (verdict.status, word(verdict, PRIMARY)) == ("no-primary", ("primary", False))


def test_sentinels_that_name_different_primaries_name_none() -> None:
    switched = [*logs.sentinel_starts(5), seen_by_sentinel(60, SWITCH)]
    verdict = logs.verdict(s=switched, t=logs.sentinel_starts(5, 1))
    assert verdict.primary is None
    assert verdict.status == "unknown"


def test_a_server_s_own_log_goes_before_what_a_sentinel_saw() -> None:
    verdict = logs.verdict(**PAIR, s=[*logs.sentinel_starts(5), seen_by_sentinel(60, SWITCH)])
    assert (verdict.primary, verdict.status, list(verdict.nodes)) == ("p", "healthy", ["p", "r"])


def test_an_address_that_may_be_a_captured_server_s_is_no_server_of_its_own() -> None:
    verdict = logs.verdict(p=logs.start(0, "M"), s=logs.sentinel_starts(5))
    assert list(verdict.nodes) == ["p"]


def test_no_second_primary_is_made_of_a_sentinel_s_word() -> None:
    """The replica's log may be older than the Sentinel's, or newer: no clock says which."""
    switched = [*logs.sentinel_starts(5), seen_by_sentinel(60, SWITCH.replace("10.0.0.2", "10.0.0.3"))]
    verdict = logs.verdict(**PAIR, s=switched)
    assert (verdict.primaries, verdict.nodes[OTHER].role) == (("p",), "unknown")


def test_servers_that_one_sentinel_watches_are_one_group() -> None:
    listed = f"+slave slave {OTHER} 10.0.0.3 6379 @ mymaster 10.0.0.1 6379"
    verdict = logs.verdict(s=[*logs.sentinel_starts(5), seen_by_sentinel(8, listed)])
    assert [group.members for group in verdict.groups] == [(PRIMARY, REPLICA, OTHER)]


def test_a_primary_s_own_log_says_who_its_replicas_are() -> None:
    """Sentinels list servers that are long gone, until they are reset."""
    gone = f"+slave slave {OTHER} 10.0.0.3 6379 @ mymaster 10.0.0.1 6379"
    down = seen_by_sentinel(90, gone.replace("+slave", "+sdown", 1))
    verdict = logs.verdict(**PAIR, s=[*logs.sentinel_starts(5), seen_by_sentinel(8, gone), down])
    assert (verdict.status, list(verdict.nodes)) == ("healthy", ["p", "r"])


def test_a_server_that_sentinels_have_not_reached_since_its_last_line_is_perhaps_down() -> None:
    """Its own log stops, which says nothing; that they do not reach it may be the network."""
    server = [*logs.start(0, "M"), *logs.serves(10)]
    watching = [*logs.sentinel_starts(1), *logs.sentinel_suspects(60)]
    verdict = logs.verdict(server=server, watching=watching)
    assert word(verdict, "server") == ("primary", None)
    assert verdict.nodes["server"].because["running"][0].source == "watching"
    assert verdict.status == "unknown"


def test_a_primary_that_sentinels_replaced_is_one_no_longer_by_its_replicas_old_place() -> None:
    """With the old primary's log alone its replica is still that; by the Sentinels it took over."""
    server = [*logs.start(0, "M"), *logs.serves(10)]
    watching = [
        *logs.sentinel_starts(1),
        *logs.sentinel_suspects(60),
        logs.seen_by_sentinel(65, SWITCH),
    ]
    verdict = logs.verdict(server=server, watching=watching)
    assert word(verdict, "server") == ("primary", None)
    assert word(verdict, logs.REPLICA) == ("primary", True)
