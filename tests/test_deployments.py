"""Many deployments in one capture are told apart: by replication IDs, and by what is said at one time."""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile
from math import log

import pytest

from redislog import Timeline, replay
from redislog.testing.simulate.releases import RELEASES, Release
from tests.many import SERVERS, many_deployments

Captures = dict[str, list[str]]


def whole(captures: Captures) -> Captures:
    return captures


def without_ids(captures: Captures) -> Captures:
    """As primaries before 6.2 print them: no primary names its replication ID."""
    return {
        name: [line for line in lines if "Replication backlog created" not in line]
        for name, lines in captures.items()
    }


def cut(captures: Captures) -> Captures:
    """Without the lines of the start."""
    begins = (":C ", "monotonic clock", "Running mode", "Server initialized", "Ready to accept")
    return {
        name: [line for line in lines if not any(word in line for word in begins)]
        for name, lines in captures.items()
    }


def groups(timeline: Timeline) -> set[frozenset[str]]:
    return {frozenset(group.members) for group in timeline.verdict.groups}


def deployments(count: int) -> set[frozenset[str]]:
    return {frozenset(f"{n}-server-{server}" for server in range(SERVERS)) for n in range(count)}


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.name)
@pytest.mark.parametrize("same_addresses", [False, True], ids=["own addresses", "the same addresses"])
@pytest.mark.parametrize("eventful", [False, True], ids=["that only start", "with failovers"])
@pytest.mark.parametrize("form", [whole, without_ids, cut])
def test_twenty_deployments_are_told_apart(
    release: Release, same_addresses: bool, eventful: bool, form: Callable[[Captures], Captures]
) -> None:
    captures = many_deployments(20, release=release, same_addresses=same_addresses, eventful=eventful)
    timeline = replay(form(captures))
    assert groups(timeline) == deployments(20)
    assert timeline.verdict.status == "healthy"


def test_two_hundred_deployments_are_told_apart() -> None:
    assert groups(replay(without_ids(many_deployments(200)))) == deployments(200)


def test_the_cost_grows_with_the_number_of_deployments() -> None:
    """The slope of calls over number, both as logarithms: calls are counted, as time is others' too."""

    def calls(count: int) -> int:
        captures, profile = many_deployments(count), Profile()
        with profile:
            assert len(replay(captures).verdict.groups) == count
        return sum(entry.callcount for entry in profile.getstats())

    few, many = 20, 200
    assert log(calls(many) / calls(few)) / log(many / few) <= 1.1


def test_one_deployment_that_is_too_large_leaves_the_others_alone() -> None:
    """Its servers all did the same at the same time; the others say who they are."""
    captures = many_deployments(3)
    crowd = without_ids(cut(many_deployments(20, eventful=False)))
    times = {
        f"crowd-{name}": [f"{line[:25]}00:00.000{line[34:]}" for line in lines]
        for name, lines in crowd.items()
    }
    timeline = replay({**captures, **times})
    assert deployments(3) <= groups(timeline)
