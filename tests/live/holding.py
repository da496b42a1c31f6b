"""A scenario's captures held against the servers' own word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import redislog
from redislog import Timeline
from tests.holding import untrue
from tests.truth import Truth

from .harness import Deployment
from .truth import read_truth


class Held(NamedTuple):
    """What was captured, what the servers said then, and what redislog says."""

    captures: dict[str, bytes]
    truth: Truth
    timeline: Timeline


def hold_against_truth(
    deployment: Deployment,
    status: str | None = None,
    *,
    whole: bool = True,
    beside: Mapping[str, bytes] | None = None,
) -> Held:
    """Replay the captures, and others beside them, and fail on everything that is not as the servers say."""
    # Captures first: where servers go on meanwhile, no log tells of more than they were asked for.
    captures = {**deployment.captures(), **(beside or {})}
    truth = read_truth(deployment)
    timeline = redislog.replay(captures)
    if wrong := untrue(captures, truth, status, whole=whole):
        listed = "\n".join(f"  {line}" for line in wrong)
        raise AssertionError(
            f"Redis {deployment.release}, captures in {deployment.folder}:\n{listed}\n\n{timeline.verdict}"
        )
    return Held(captures, truth, timeline)
