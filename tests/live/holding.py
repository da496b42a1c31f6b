"""A scenario's captures held against the servers' own word."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import NamedTuple

import redislog
from redislog import Timeline
from redislog.testing.simulate.truth import Truth
from tests.holding import Findings, untrue

from .answers import Answers, misread, read_answers
from .harness import Deployment
from .truth import read_truth


class Held(NamedTuple):
    """What was captured, what the servers said then, and what redislog says."""

    captures: dict[str, bytes]
    truth: Truth
    timeline: Timeline


_BY_CHANCE_WITH_SENTINELS: Findings = {
    "sentinel-tilt": ("warning", "info", "none"),
    "diverged-primary": ("warning", "none"),
}
"""What is true now and then, whatever the scenario is: a Sentinel was not run for two seconds; Sentinels greeted
an old primary, and what they wrote is in its stream alone.
"""
_NEVER_PAUSES = 32_768
"""Bytes that only servers print in some seconds that try again at once, all the time."""


def _at_one_moment(deployment: Deployment, seconds: float = 10.0) -> tuple[dict[str, bytes], Truth, Answers]:
    """Captures, the servers' own word, and what watchers answer, between which no server printed anything.

    A server that fails and tries again is otherwise asked when its log is old already. One that never pauses
    is asked after its capture is taken: no log tells of more than its server was asked for.
    """
    deadline = time.monotonic() + seconds
    before = _size(deployment.captures())
    while True:
        captures = deployment.captures()
        truth, answers = read_truth(deployment), read_answers(deployment)
        printed = _size(captures) - before
        if deployment.captures() == captures or printed > _NEVER_PAUSES or time.monotonic() > deadline:
            return captures, truth, answers


def _size(captures: Mapping[str, bytes]) -> int:
    return sum(map(len, captures.values()))


def hold_against_truth(
    deployment: Deployment,
    status: str | None = None,
    *,
    whole: bool = True,
    beside: Mapping[str, bytes] | None = None,
    findings: Findings | None = None,
) -> Held:
    """Replay the captures, and others beside them, and fail on everything that is not as the servers say,
    or not found as it is to be.
    """
    captured, truth, answers = _at_one_moment(deployment)
    captures = {**captured, **(beside or {})}
    timeline = redislog.replay(captures)
    chance = _BY_CHANCE_WITH_SENTINELS if deployment.sentinels else {}
    wrong = untrue(captures, truth, status, whole=whole, findings={**chance, **(findings or {})})
    if wrong := [*misread(timeline, answers), *wrong]:
        listed = "\n".join(f"  {line}" for line in wrong)
        raise AssertionError(
            f"{deployment.release.title}, captures in {deployment.folder}:\n{listed}\n\n{timeline.verdict}"
        )
    return Held(captures, truth, timeline)
