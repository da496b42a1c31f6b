"""What it costs to take a collector's words off a line, beside reading the bare line."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from redislog import parse
from redislog.testing.simulate.forms import FORMS, Printed
from tests.benchmarks.logs import lines_of

ROUNDS = 7
BEGIN = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
BARE = [line.decode().rstrip() for line in lines_of("realistic", 40_000)]
LINES = [
    Printed("redis-ha-server-0", "redis", text, BEGIN + timedelta(seconds=number / 4))
    for number, text in enumerate(BARE)
]


def seconds(lines: Iterable[str]) -> float:
    """Seconds to read some lines."""
    begin = time.process_time()
    for _ in parse(lines):
        pass
    return time.process_time() - begin


@pytest.mark.parametrize(
    "form", ["kubectl-prefix", "kubectl-prefix-timestamps", "cri-headings", "stern", "stern-timestamps"]
)
def test_unwrapping_adds_at_most_a_third(form: str) -> None:
    wrapped = FORMS[form](LINES).splitlines()
    times = [(seconds(BARE), seconds(wrapped)) for _ in range(ROUNDS)]
    bare, dressed = (min(each) for each in zip(*times, strict=True))
    print(f"{form}: {dressed / len(BARE) * 1e6:.1f} us a line, {dressed / bare - 1:+.0%}")  # noqa: T201
    assert dressed / bare < 1.35


def test_a_deployment_s_other_lines_take_time_in_proportion() -> None:
    other = (
        "[pod/argocd-server-c9ddd9797-fjnrz/argocd-server] 2023-05-29T07:51:00.1Z level=info msg=done call="
    )
    few, many = [f"{other}{n}" for n in range(10_000)], [f"{other}{n}" for n in range(80_000)]
    seconds(few)
    once, eight = min(seconds(few) for _ in range(3)), seconds(many)
    assert eight / once < 12
