"""Histories tell servers apart, and join them: who was promoted is none that is given the new ID by its primary."""

from __future__ import annotations

import pytest

from redislog import Timeline, replay

OLD, NEW, OTHER = (
    "2ba403b0a69dcacbfe92650ac8758ae236693d5c",
    "5f01e7a777abda968d9765145d5bc09146226615",
    "c" * 40,
)


def line(at: str, who: str, message: str) -> str:
    return f"{who} 02 Sep 2023 15:{at} * {message}"


def promoted(who: str = "6855:M") -> list[str]:
    shifted = (
        f"Setting secondary replication ID to {OLD}, valid up to offset: 4802. New replication ID is {NEW}"
    )
    return [
        line("43:16.871", who, shifted),
        line("43:16.871", who, "Discarding previously cached master state."),
        line("43:33.820", who, "1 changes in 900 seconds. Saving..."),
    ]


def follows(who: str = "6923:S", asked: str = OLD, given: str = NEW, to: str = "") -> list[str]:
    return [
        line("44:00.427", who, f"Connecting to MASTER {to}".rstrip()),
        line("44:00.427", who, "MASTER <-> REPLICA sync started"),
        line("44:00.427", who, "Non blocking connect for SYNC fired the event."),
        line("44:00.427", who, "Master replied to PING, replication can continue..."),
        line("44:00.428", who, f"Trying a partial resynchronization (request {asked}:4802)."),
        line("44:00.428", who, "Successful partial resynchronization with master."),
        line("44:00.428", who, f"Master replication ID changed to {given}"),
        line("44:00.428", who, "MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization."),
    ]


def roles(timeline: Timeline) -> list[str]:
    return sorted(state.role for state in timeline.verdict.nodes.values())


@pytest.mark.parametrize("to", ["", "10.0.0.1:6379"], ids=["an address that was cut out", "an address"])
def test_who_is_given_what_another_began_is_another_server(to: str) -> None:
    timeline = replay({"post": ["On the new master:", *promoted(), "", "On the slave:", "", *follows(to=to)]})
    assert {"primary", "replica"} == set(roles(timeline))


@pytest.mark.parametrize("to", ["", "10.0.0.1:6379"], ids=["an address that was cut out", "an address"])
def test_they_are_told_apart_without_titles(to: str) -> None:
    timeline = replay(
        {"post": ["So we promoted it.", "", *promoted(), "", "Then the other one.", "", *follows(to=to)]}
    )
    assert {"primary", "replica"} == set(roles(timeline))
    if not to:
        (group,) = timeline.verdict.groups
        assert (group.status, group.because[0].kind) == ("healthy", "lineage")


@pytest.mark.parametrize(("asked", "given"), [(OTHER, NEW), (OLD, OTHER)])
def test_another_step_of_history_may_be_the_same_server_s_which_was_started_again(
    asked: str, given: str
) -> None:
    timeline = replay({"post": [*promoted(), *follows(asked=asked, given=given)]})
    assert roles(timeline) in (["replica"], ["replica", "unknown"])
    assert any("taken for one server" in each for each in timeline.coverage.missing)


def test_a_connected_replica_of_unknown_upstream_is_of_the_primary_s_history() -> None:
    timeline = replay({"a": promoted(), "b": follows()})
    (group,) = timeline.verdict.groups
    assert (group.primary, group.members, group.status) == ("a", ("a", "b"), "healthy")


def test_a_replica_that_has_lost_its_link_may_be_of_another_group() -> None:
    lost = line("45:00.000", "6923:S", "Connection with master lost.")
    assert len(replay({"a": promoted(), "b": [*follows(), lost]}).verdict.groups) == 2


def test_a_sync_that_tells_no_id_leaves_no_history() -> None:
    """With a channel for the snapshot (Redis 8.2+) none is told: the one that was asked for is the old primary's."""
    asked = [
        text for text in follows(to="8.8.4.4:6379") if "Successful" not in text and "changed to" not in text
    ][:-1]
    synced = [
        *asked,
        line("44:00.428", "6923:S", "PSYNC is not possible, initialize RDB channel."),
        line("44:00.430", "6923:S", "Starting to receive RDB and replication stream in parallel."),
        line(
            "44:00.431",
            "6923:S",
            "MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF to disk",
        ),
        line("44:00.432", "6923:S", "MASTER <-> REPLICA sync: Loading DB in memory"),
        line("44:00.433", "6923:S", "MASTER <-> REPLICA sync: Flushing old data"),
        line("44:00.434", "6923:S", "MASTER <-> REPLICA sync: Finished with success"),
    ]
    timeline = replay({"a": promoted(), "b": synced})
    assert {group.members for group in timeline.verdict.groups} == {("8.8.4.4:6379", "b"), ("a",)}
