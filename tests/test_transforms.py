"""What people do to logs before they hand them over makes no verdict wrong, and none other where all is kept.

Some recorded runs are tried with each transformation; with ``REDISLOG_ALL_RUNS=1`` all are. The share of
statements that survive is printed by ``python -m tests.transforms``.
"""

from __future__ import annotations

import os

import pytest

from tests.transforms import runs, tried
from tests.transforms_writer import TRANSFORMS, Transform

_STRIDE = 1 if os.environ.get("REDISLOG_ALL_RUNS") else 79
"""Every how many runs one is tried; a prime, so that each transformation has runs of every release."""


@pytest.mark.parametrize("transform", TRANSFORMS, ids=lambda transform: transform.name)
def test_nothing_wrong_is_said_of_what_people_hand_over(transform: Transform) -> None:
    first = TRANSFORMS.index(transform) % _STRIDE
    outcomes = {run.name: tried(run, transform) for run in runs()[first::_STRIDE]}
    assert {name: outcome.wrong for name, outcome in outcomes.items() if outcome.wrong} == {}


def test_every_statement_survives_where_nothing_is_done() -> None:
    assert {tried(run, TRANSFORMS[0]).share for run in runs()[::97]} == {1.0}
