"""Addresses that are stated: by the caller, by files, by clients' records; and contradictions of what is stated."""

from __future__ import annotations

import pytest

from redislog import Address, Evidence, Hint, Timeline, replay
from redislog.command import main
from redislog.hints import given
from tests import logs
from tests.argocd import ADDRESS, FOLDER, SERVER_0, SERVER_1
from tests.found import PAIR
from tests.logs import OTHER, PRIMARY, REPLICA

APART = {"p": logs.start(0, "M"), "r": [*logs.start(9, "S"), *logs.full_sync(10)]}
"""A primary whose log is cut before its replica came: nothing joins the two."""


def said(timeline: Timeline, name: str, address: str) -> str | None:
    """On which basis a node has an address."""
    return timeline.verdict.nodes[name].basis.get(address)


@pytest.mark.parametrize("address", [PRIMARY, PRIMARY.partition(":")[0]])
def test_what_the_caller_says_of_a_node_is_stated(address: str) -> None:
    timeline = replay(APART, nodes={"p": address})
    assert (timeline.verdict.primary, timeline.verdict.nodes["r"].primary) == ("p", "p")
    assert said(timeline, "p", PRIMARY) == "stated"


def test_a_node_may_have_several_addresses() -> None:
    timeline = replay(APART, nodes={"p": [PRIMARY, OTHER]})
    assert timeline.verdict.nodes["p"].addresses == (PRIMARY, OTHER)


def test_servers_of_one_host_are_told_apart_by_their_ports() -> None:
    one, other = "10.0.0.1:6379", "10.0.0.1:6380"
    lines = {
        "p": APART["p"],
        "r": [*logs.start(9, "S"), *logs.full_sync(10, one)],
        "s": [*logs.start(9, "S"), *logs.full_sync(10, one), *logs.loses_primary(20)],
    }
    timeline = replay(lines, nodes={"p": one, "r": other})
    assert timeline.verdict.nodes["p"].addresses == (one,)
    assert timeline.verdict.nodes["r"].addresses == (other,)
    assert timeline.coverage.missing == ()


def test_what_contradicts_the_logs_is_reported_and_not_used() -> None:
    whole = replay(PAIR)
    timeline = replay(PAIR, nodes={"r": PRIMARY})
    assert timeline.verdict.nodes == whole.verdict.nodes
    assert [lack for lack in timeline.coverage.missing if PRIMARY in lack and "contradicts" in lack]


def test_the_caller_is_believed_before_a_file() -> None:
    file = Hint("r", Address.parse(PRIMARY), Evidence("r.conf", 3, "replica-announce-ip 10.0.0.1"))
    captures = {**APART, "r": logs.start(9, "S"), "s": APART["r"]}
    timeline = replay(captures, nodes={"p": PRIMARY}, hints=[file])
    assert said(timeline, "p", PRIMARY) == "stated"
    assert any("r.conf:3" in lack for lack in timeline.coverage.missing)


def test_a_name_that_no_capture_has_is_reported() -> None:
    timeline = replay(APART, nodes={"q": PRIMARY})
    assert [lack for lack in timeline.coverage.missing if "q=" in lack and "no capture" in lack]


def test_a_mapping_is_a_list_of_hints() -> None:
    assert list(given({"p": PRIMARY})) == [Hint.given("p", PRIMARY)]


def test_the_command_takes_an_address_and_reports_a_wrong_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(FOLDER), "--node", f"{SERVER_1}={ADDRESS[SERVER_1]}"]) == 0
    assert f"{ADDRESS[SERVER_1]}~" not in capsys.readouterr().out
    main([str(FOLDER), "--node", f"{SERVER_1}={ADDRESS[SERVER_0]}"])
    assert "contradicts the logs, not used" in " ".join(capsys.readouterr().out.split())
    with pytest.raises(SystemExit):
        main([str(FOLDER), "--node", "=1"])


# clients' records


def asked_by_client(at: float, own: str) -> list[str]:
    """A client that reached the server at an address makes a primary of it."""
    return [text.replace("fd=8", f"laddr={own} fd=8") for text in logs.is_promoted(at)]


def test_a_client_s_record_states_the_server_s_own_address() -> None:
    timeline = replay({"r": [*PAIR["r"], *asked_by_client(60, REPLICA)]})
    assert said(timeline, "r", REPLICA) == "stated"
    (subject,) = timeline.whois(REPLICA)
    (alias,) = [each for each in subject.aliases if each.value == REPLICA]
    assert (subject.name, f"laddr={REPLICA}" in alias.evidence[0].text) == ("r", True)
    assert alias.since is not None


@pytest.mark.parametrize("own", ["127.0.0.1:6379", "10.0.0.2:40123"])
def test_a_loopback_address_or_another_port_states_nothing(own: str) -> None:
    assert replay({"r": [*PAIR["r"], *asked_by_client(60, own)]}).verdict.nodes["r"].addresses == ()
