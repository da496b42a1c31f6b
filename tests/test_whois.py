"""Who is who: names, addresses and IDs, since when, and by which lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from redislog import Alias, AmbiguousError, Hint, Subject, Timeline, replay
from redislog.command import main
from tests import logs
from tests.argocd import replayed
from tests.found import PAIR
from tests.logs import PRIMARY, REPLICA, REPLID, line
from tests.test_watchers import ALL_DOWN, announces, finds, up

SENTINEL = [*logs.sentinel_starts(5), *logs.sentinel_leads(66)]


def the(timeline: Timeline, thing: str) -> Subject:
    (subject,) = timeline.whois(thing)
    return subject


def alias(subject: Subject, value: str) -> Alias:
    (found,) = [each for each in subject.aliases if each.value == value]
    return found


@pytest.mark.parametrize("thing", ["argocd-redis-ha-server-0", "server-0", "SERVER-0"])
def test_a_pod_s_name_finds_all_of_its_containers(thing: str) -> None:
    pod = "argocd-redis-ha-server-0"
    timeline = replay(
        {pod: logs.start(0, "M"), f"{pod}/sentinel": SENTINEL, "argocd-redis-ha-server-1": logs.start(1, "S")}
    )
    assert [(each.name, each.kind) for each in timeline.whois(thing)] == [
        (pod, "server"),
        (f"{pod}/sentinel", "Sentinel"),
    ]
    assert the(timeline, f"{pod}/sentinel").kind == "Sentinel"


@pytest.mark.parametrize("thing", ["argocd-redis-ha-server-1", "SERVER-1", "10.0.25.220:6379", "25.220"])
def test_a_name_an_address_or_a_part_of_one_finds_the_server(thing: str) -> None:
    subject = the(replayed(), thing)
    assert (subject.name, subject.kind) == ("argocd-redis-ha-server-1", "server")
    address = alias(subject, "10.0.25.220:6379")
    assert (address.basis, address.since is not None) == ("deduced", True)
    assert {each.source for each in address.evidence} == {
        "argocd-redis-ha-server-0",
        "argocd-redis-ha-server-1",
    }


def test_a_replication_id_finds_all_servers_that_hold_it() -> None:
    assert [each.name for each in replay(PAIR).whois(REPLID[:8])] == ["p", "r"]


def test_a_replication_id_holds_for_a_time() -> None:
    held = alias(the(replay({"r": [*PAIR["r"], *logs.is_promoted(60)]}), "r"), logs.NEW_REPLID)
    assert (held.since is not None, held.until) == (True, None)
    other = "e" * 40
    again = [
        *PAIR["r"],
        *logs.loses_primary(60),
        *[text.replace(REPLID, other) for text in logs.full_sync(70)],
    ]
    first = alias(the(replay({"r": again}), "r"), REPLID)
    assert first.until == alias(the(replay({"r": again}), "r"), other).since


def test_a_part_that_fits_several_is_refused_with_what_it_fits() -> None:
    with pytest.raises(AmbiguousError) as caught:
        replay(PAIR).whois("10.0.0.")
    assert caught.value.fits == (PRIMARY, REPLICA)


def test_what_nobody_is_known_by_finds_nothing() -> None:
    assert replay(PAIR).whois("203.0.113.1") == ()


def test_an_address_without_a_log_is_shown_with_the_lines_that_name_it() -> None:
    subject = the(replay({"r": PAIR["r"]}), PRIMARY)
    assert subject.kind == "address"
    assert [each.source for each in alias(subject, PRIMARY).evidence] == ["r"]


def test_an_address_that_the_caller_states_is_stated() -> None:
    timeline = replay({"r": PAIR["r"]}, hints=[Hint.given("r", "10.1.2.3:6379")])
    assert alias(the(timeline, "10.1.2.3"), "10.1.2.3:6379").basis == "stated"


def test_a_sentinel_s_id_and_group_are_joined() -> None:
    other = [*logs.sentinel_starts(5, 1)]
    timeline = replay({**PAIR, "s": SENTINEL, "t": other})
    sentinel = the(timeline, logs.QUORUM[0][:10])
    assert (sentinel.name, sentinel.kind) == ("s", "Sentinel")
    assert alias(sentinel, "10.0.0.21:26379").basis == "stated"
    groups = [each for each in the(timeline, "p").aliases if each.kind == "group"]
    assert [(each.value, each.until is not None) for each in groups] == [
        ("mymaster", True),
        ("mymaster", False),
    ]


def test_that_a_sentinel_saw_a_server_as_a_replica_is_joined() -> None:
    (seen,) = [
        each for each in the(replay({**PAIR, "s": SENTINEL}), "r").aliases if each.kind == "replica in group"
    ]
    assert (seen.value, seen.since is not None, seen.until is not None) == ("mymaster", True, True)
    assert "+slave" in seen.evidence[0].text


def test_what_haproxy_and_scripts_call_a_server_is_joined() -> None:
    captures = {
        "ha-haproxy-d4496b596-69zmp/haproxy": [*ALL_DOWN, up("R0", 1)],
        "ha-server-0": PAIR["p"],
        "ha-server-1": PAIR["r"],
        "ha-server-1/split-brain-fix": finds(60, "10.0.0.1"),
    }
    timeline = replay(captures)
    subject = the(timeline, "R0")
    assert (subject.name, alias(subject, "R0").kind) == ("ha-server-0", "HAProxy server")
    found = alias(subject, "ha-server-1")
    assert (found.kind, found.since is not None) == ("found as primary by", True)
    assert the(timeline, "ha-server-1").name == "ha-server-1"
    assert the(timeline, "69zmp").kind == "HAProxy"


def test_scripts_of_a_pod_without_a_server_s_log_are_known_by_its_address() -> None:
    subject = the(replay({"ha-server-2/config-init": announces("10.0.0.3"), **PAIR}), "10.0.0.3")
    assert (subject.name, subject.kind) == ("ha-server-2", "scripts")


def test_a_cluster_node_id_is_joined() -> None:
    own = "b" * 40
    timeline = replay({"p": [line(0, "M", f"No cluster configuration found, I'm {own}"), *PAIR["p"]]})
    assert the(timeline, own).name == "p"


@pytest.fixture
def pair(tmp_path: Path) -> str:
    for name, lines in PAIR.items():
        (tmp_path / f"{name}.log").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(tmp_path)


def test_the_command_prints_it(pair: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["whois", PRIMARY, pair]) == 0
    shown = capsys.readouterr().out
    assert f"address {PRIMARY}: deduced, since 2023-05-29 00:00:10" in shown
    assert "Connecting to MASTER 10.0.0.1:6379" in shown


def test_the_command_prints_json(pair: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["whois", "p", pair, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["schema"], data["subjects"][0]["name"]) == (1, "p")


@pytest.mark.parametrize(
    ("thing", "words"), [("10.0.0", "may be any of"), ("nobody", "nothing in the captures")]
)
def test_the_command_says_what_is_wrong(
    pair: str, thing: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["whois", thing, pair]) == 2
    assert words in capsys.readouterr().err
