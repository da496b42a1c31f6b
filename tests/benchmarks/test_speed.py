"""How fast lines become events, beside what others make of the same lines in the same run.

``python -m tests.benchmarks README.md`` runs this and writes the table of the README.
"""

from __future__ import annotations

import importlib.util
import resource
import shutil
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from redislog import parse, replay
from tests.benchmarks import contestants
from tests.benchmarks.floor import floor
from tests.benchmarks.logs import lines_of

LINES = 50_000
ROUNDS = 5
FORMS = {"kubectl": "kubectl", "logfmt": "logfmt"}
OTHERS = ("replica", "unknown", "debug", "kubectl", "logfmt", "storm")
MEDIANS: dict[tuple[str, str], float] = {}
"""Microseconds a line, by log and contestant."""


@cache
def log(name: str, lines: int = LINES) -> list[bytes]:
    """A log's lines, as a file gives them."""
    return list(lines_of(name, lines))


def exhausted(values: Iterable[object]) -> None:
    """Read to the end."""
    deque(values, maxlen=0)


def children_time() -> float:
    """Processor time of programs that have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(
    benchmark: Any,
    name: str,
    contestant: str,
    run: Callable[[], object],
    lines: int = LINES,
    rounds: int = ROUNDS,
) -> None:
    """Measure a contestant: the median of some rounds of processor time."""
    benchmark.group = name
    benchmark.extra_info.update(log=name, contestant=contestant, lines=lines)
    benchmark.pedantic(run, rounds=rounds, warmup_rounds=1)
    if benchmark.stats is not None:
        MEDIANS[name, contestant] = benchmark.stats.stats.median / lines * 1e6


processor_time = pytest.mark.benchmark(timer=time.process_time)


@processor_time
@pytest.mark.parametrize("name", ["realistic", *OTHERS])
def test_floor(benchmark: Any, name: str) -> None:
    form = FORMS.get(name, "bare")
    measured(benchmark, name, "floor", lambda: exhausted(floor(log(name), form)))


@processor_time
@pytest.mark.parametrize("name", ["realistic", *OTHERS])
def test_parse(benchmark: Any, name: str) -> None:
    measured(benchmark, name, "parse", lambda: exhausted(parse(log(name))))


@processor_time
@pytest.mark.parametrize("name", ["realistic", *OTHERS, "refused"])
def test_replay(benchmark: Any, name: str) -> None:
    measured(benchmark, name, "replay", lambda: replay({name: log(name)}).verdict)


@processor_time
def test_pygrok(benchmark: Any) -> None:
    pytest.importorskip("pygrok")
    measured(benchmark, "realistic", "pygrok", lambda: contestants.grok(log("realistic")))


@processor_time
def test_drain3(benchmark: Any) -> None:
    pytest.importorskip("drain3")
    measured(benchmark, "realistic", "drain3", lambda: contestants.drain(log("realistic")))


@processor_time
def test_pyparsing(benchmark: Any) -> None:
    grammar = contestants.Pyparsing()
    measured(benchmark, "realistic", "pyparsing", lambda: grammar.read(log("realistic", 2_000)), 2_000, 3)


@pytest.mark.benchmark(timer=children_time)
@pytest.mark.skipif(shutil.which("lnav") is None, reason="lnav is not installed")
def test_lnav(benchmark: Any, tmp_path: Path) -> None:
    path = tmp_path / "realistic.log"
    path.write_bytes(b"".join(log("realistic", 10 * LINES)))
    measured(benchmark, "realistic", "lnav", lambda: contestants.lnav(path, tmp_path), 10 * LINES, 3)


@pytest.mark.parametrize("name", ["realistic", *OTHERS])
def test_the_floor_reads_the_same_messages(name: str) -> None:
    by_hand = Counter(
        line.key for line in floor(log(name), FORMS.get(name, "bare")) if not isinstance(line, str)
    )
    assert by_hand == Counter(event.key for event in parse(log(name)) if event.pid is not None)


def ratio(one: str, other: str, name: str = "realistic") -> float:
    """How many times the one takes what the other takes."""
    if (name, one) not in MEDIANS or (name, other) not in MEDIANS:
        pytest.skip("not measured")
    found = MEDIANS[name, one] / MEDIANS[name, other]
    print(f"{name}: {one} takes {found:.2f} times what {other} takes")  # noqa: T201
    return found


def test_typed_events_come_near_the_floor() -> None:
    assert ratio("parse", "floor") <= 1.5


def test_typed_events_are_faster_than_pygrok_s_headers() -> None:
    assert ratio("parse", "pygrok") < 1


def test_typed_events_are_faster_than_drain3_s_templates() -> None:
    assert ratio("parse", "drain3") < 1


def test_the_lowered_grammar_is_far_faster_than_its_definition() -> None:
    assert ratio("pyparsing", "parse") >= 30


def test_the_verdict_costs_little_more_than_the_events() -> None:
    assert ratio("replay", "parse") <= 1.5


def test_all_are_here() -> None:
    missing = [name for name in ("pygrok", "drain3") if importlib.util.find_spec(name) is None]
    assert not missing, "pip install -e '.[benchmarks]'"
