"""Findings: each with a capture that has it, and one that nearly has it and must not."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redislog import Failover, replay, structure, unstructure
from redislog.testing.strategies import lines
from redislog.topology.findings import RULES
from tests import logs
from tests.argocd import replayed
from tests.found import PAIR, absent, codes, only
from tests.logs import OTHER, PRIMARY, REPLICA, line, told


def test_codes_are_unique_and_every_rule_says_what_it_means() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert all(rule.meaning.endswith(".") for rule in RULES)


def test_a_healthy_pair_has_none() -> None:
    assert codes(logs.verdict(**PAIR)) == []


@pytest.mark.parametrize(
    "first", [logs.start(5, "S"), [*logs.start(5, "S"), *logs.is_refused(6), *logs.is_refused(7)]]
)
def test_a_start_that_ended_well_has_nothing_worth_a_warning(first: list[str]) -> None:
    verdict = logs.verdict(p=PAIR["p"], r=[*first, *logs.full_sync(10)])
    assert [each for each in verdict.findings if each.severity != "info"] == []


def test_the_argo_cd_capture_has_nothing_worth_a_warning() -> None:
    assert [each for each in replayed().verdict.findings if each.severity != "info"] == []


def test_two_running_primaries_are_found() -> None:
    verdict = logs.verdict(p=[*PAIR["p"], *logs.loses_replica(60)], r=[*PAIR["r"], *logs.is_promoted(60)])
    found = only(verdict, "split-brain")
    assert (found.severity, found.nodes) == ("critical", ("p", "r"))
    assert {each.source for each in found.evidence} == {"p", "r"}
    assert found.start is not None
    assert (found.start.minute, found.start.second) == (1, 0)


def test_a_promotion_after_the_old_primary_stopped_is_no_split_brain() -> None:
    assert absent("split-brain", p=[*PAIR["p"], *logs.stop(59, "M")], r=[*PAIR["r"], *logs.is_promoted(60)])


def test_a_primary_that_is_not_reached_is_found_with_the_number_of_attempts() -> None:
    refused = [text for at in range(61, 161) for text in logs.is_refused(at)]
    found = only(logs.verdict(r=[*PAIR["r"], *logs.loses_primary(60), *refused]), "primary-unreachable")
    assert found.nodes == ("r",)
    assert PRIMARY in found.summary
    assert "100" in found.summary
    assert len(found.evidence) < 5
    assert (found.start, found.end) != (None, None)


def test_a_primary_that_was_reached_in_the_end_is_not_unreachable() -> None:
    refused = [text for at in range(61, 70) for text in logs.is_refused(at)]
    assert absent(
        "primary-unreachable", r=[*PAIR["r"], *logs.loses_primary(60), *refused, *logs.partial_sync(70)]
    )


def test_a_primary_that_answers_is_not_unreachable() -> None:
    assert absent("primary-unreachable", r=[*PAIR["r"], *logs.loses_primary(60), *logs.lacks_password(61)])


def test_a_loop_of_full_resyncs_is_found() -> None:
    rounds = [text for at in (1, 3, 5) for text in logs.loses_transfer(at)]
    found = only(logs.verdict(r=[*logs.start(0, "S"), *rounds]), "full-resync-loop")
    assert (found.severity, found.nodes) == ("critical", ("r", PRIMARY))
    assert "3" in found.summary
    assert "every 2 s" in found.summary


def test_two_full_resyncs_or_a_loop_that_ended_are_no_loop() -> None:
    two = [text for at in (1, 3) for text in logs.loses_transfer(at)]
    assert absent("full-resync-loop", r=[*logs.start(0, "S"), *two])
    settled = [*two, *logs.loses_transfer(5), *logs.full_sync(7), *told(3600, "S", "DB saved on disk")]
    assert absent("full-resync-loop", r=[*logs.start(0, "S"), *settled])


def refused_for(reason: str) -> list[str]:
    asked = logs.serves(61, replid=None)
    return [*PAIR["p"], *logs.loses_replica(60), asked[0], line(61.005, "M", reason), *asked[1:]]


def test_a_full_resync_for_lack_of_backlog_is_found() -> None:
    reason = (
        f"Unable to partial resync with replica {REPLICA} for lack of backlog (Replica request was: 563)."
    )
    found = only(logs.verdict(p=refused_for(reason)), "avoidable-full-resync")
    assert "lack of backlog" in found.summary
    assert "repl-backlog-size" in found.advice
    assert any(reason == each.text for each in found.evidence)


def test_a_full_resync_after_a_replication_id_mismatch_is_found() -> None:
    reason = (
        f"Partial resynchronization not accepted: Replication ID mismatch (Replica asked for '{logs.NEW_REPLID}', "
        f"my replication IDs are '{logs.REPLID}' and '{logs.NO_REPLID}')"
    )
    assert "mismatch" in only(logs.verdict(p=refused_for(reason)), "avoidable-full-resync").summary


def asked_for_all(offset: int, *end: str) -> dict[str, list[str]]:
    """A replica asks to go on in another history than its primary's, and must copy all."""
    request = f"Trying a partial resynchronization (request {logs.NEW_REPLID}:{offset})."
    return {
        "r": [
            *logs.start(9, "S"),
            *logs.connects(10),
            line(10.004, "S", request),
            *logs.is_granted(10.5),
            *end,
        ],
        "p": [*logs.start(0, "M"), *with_mismatch(logs.serves(10))],
    }


def with_mismatch(served: list[str]) -> list[str]:
    ours = f"my replication IDs are '{logs.NO_REPLID}' and '{logs.NO_REPLID}'"
    why = f"Replication ID mismatch (Replica asked for '{logs.NEW_REPLID}', {ours})"
    return [served[0], line(10.006, "M", f"Partial resynchronization not accepted: {why}"), *served[2:]]


def test_a_copy_that_is_not_done_is_worth_a_warning_until_the_replica_is_a_primary() -> None:
    severities = {
        "warning": (),
        "info": (*logs.receives(10.6), *logs.loads(10.7), *logs.finishes(11)),
    }
    for severity, end in severities.items():
        assert only(logs.verdict(**asked_for_all(500, *end)), "avoidable-full-resync").severity == severity
    promoted = asked_for_all(500, *logs.is_promoted(60))
    found = only(logs.verdict(**promoted), "avoidable-full-resync")
    assert (found.severity, "had to copy" in found.summary) == ("info", True)


def test_a_server_that_had_nothing_yet_has_lost_nothing() -> None:
    """A new node of a Cluster was a primary for a moment: it asks to go on from its first byte."""
    assert absent("avoidable-full-resync", **asked_for_all(1))


def test_a_first_full_resync_is_no_fault() -> None:
    assert absent("avoidable-full-resync", p=[*PAIR["p"], *logs.serves(20, OTHER, replid=None)], r=PAIR["r"])


def test_the_worst_finding_stands_first() -> None:
    reason = (
        f"Unable to partial resync with replica {REPLICA} for lack of backlog (Replica request was: 563)."
    )
    verdict = logs.verdict(p=refused_for(reason), r=[*logs.start(0, "S"), *logs.is_refused(1, OTHER)])
    order = ["critical", "warning", "info"]
    severities = [order.index(finding.severity) for finding in verdict.findings]
    assert codes(verdict) == ["primary-unreachable", "backlog-too-small", "avoidable-full-resync"]
    assert severities == sorted(severities)


def test_what_had_not_begun_is_not_found() -> None:
    timeline = replay({"p": [*PAIR["p"], *logs.loses_replica(60)], "r": [*PAIR["r"], *logs.is_promoted(60)]})
    assert codes(timeline.at(datetime(2023, 5, 29, 0, 0, 59))) == []
    assert codes(timeline.at(datetime(2023, 5, 29, 0, 1, 1))) == ["split-brain"]


_LINES = st.lists(
    st.one_of(
        *(
            lines(keys)
            for keys in (
                "replica.*",
                "primary.*",
                "role.*",
                "rdb.*",
                "sentinel.*",
                "cluster.*",
                "failover.*",
                "crash.[spa]*",
                "client.output*",
                "server.start*",
            )
        )
    ),
    max_size=25,
)


@given(st.lists(_LINES, min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_no_lines_whatever_make_a_rule_fail(captures: list[list[str]]) -> None:
    timeline = replay({f"server-{number}": text for number, text in enumerate(captures)})
    for finding in timeline.verdict.findings:
        assert finding.evidence
        assert finding.nodes
        assert unstructure(finding)
    for failover in timeline.failovers:
        assert structure(unstructure(failover), Failover) == failover
    for name in (*timeline.nodes, *timeline.observers):
        assert timeline.whois(name)
