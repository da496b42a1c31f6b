"""Several processes find the same as one."""

from __future__ import annotations

import copy
import json
import multiprocessing
import os
import pickle
from itertools import islice
from pathlib import Path

import pytest

import redislog
from redislog import SourceError, parse, replay, unstructure, workers
from redislog.events import Event, message
from redislog.gathering import Way
from redislog.replaying import Timeline
from redislog.sources import Capture, open_captures
from redislog.sources.watch import Watch
from tests import logs
from tests.argocd import LOGS
from tests.benchmarks.logs import LOGS as LONG
from tests.benchmarks.logs import lines_of


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A primary's and a replica's log, a replica's that is refused, and a stream of two servers."""
    folder = tmp_path_factory.mktemp("deployment")
    for name in ("storm", "storm-replica", "refused"):
        (folder / f"{name}.log").write_bytes(b"".join(lines_of(name, 1_500)))
    one, other = [*logs.start(100, "M"), *logs.serves(101)], [*logs.start(0, "S", 7000), *logs.full_sync(1)]
    (folder / "one-after-another.log").write_text("\n".join([*one, *other]))
    (folder / "two.log").write_text("\n".join([*one, *other]))
    return folder


def told(timeline: Timeline) -> str:
    """All that a timeline says."""
    return json.dumps(
        {
            "verdict": unstructure(timeline.verdict),
            "events": [unstructure(event) for event in timeline.events],
            "rest": [
                repr(each)
                for each in (
                    timeline.resyncs,
                    timeline.failovers,
                    timeline.roles,
                    timeline.clocks,
                    timeline.nodes,
                )
            ],
        }
    )


@pytest.mark.parametrize("name", ["storm", "unknown", "kubectl"])
def test_an_event_can_be_copied_and_sent(name: str) -> None:
    events = list(parse(lines_of(name, 400), source=name))
    sent = [pickle.loads(pickle.dumps(event)) for event in events]
    copied = [copy.copy(event) for event in parse(lines_of(name, 400), source=name)]
    assert events == sent == copied
    whole, again = Timeline(), Timeline()
    for event in sent:
        whole.add(event, name)
    again.add_all(copied, name)
    assert told(whole) == told(again) == told(replay({name: lines_of(name, 400)}))


@pytest.mark.parametrize("jobs", [2, 3, 8])
def test_several_processes_find_the_same_as_one(deployment: Path, jobs: int) -> None:
    assert told(replay(deployment, jobs=jobs)) == told(replay(deployment, jobs=1))


def test_processes_that_start_anew_find_the_same(deployment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: False)
    assert told(replay(deployment, jobs=2)) == told(replay(deployment, jobs=1))


def test_captures_that_share_a_server_are_joined_whoever_reads_them(tmp_path: Path) -> None:
    for name, text in LOGS.items():
        lines = text.splitlines(keepends=True)
        (tmp_path / f"{name}.log.1").write_text("".join(lines[:20]))
        (tmp_path / f"{name}.log").write_text("".join(lines[15:]))
    assert told(replay(tmp_path, jobs=2)) == told(replay(tmp_path, jobs=1))


def test_servers_that_are_named_late_in_two_captures_are_one(tmp_path: Path) -> None:
    bare = "".join(f"{text}\n" for text in islice(LONG["realistic"](), 400))
    for number, texts in enumerate((logs.start(0, "M"), logs.serves(1))):
        named = "".join(f"[pod/redis-9/redis] {text}\n" for text in texts)
        (tmp_path / f"pod-{number}.log").write_text(bare + named)
    together = replay(tmp_path, jobs=2)
    assert "redis-9" in together.nodes
    assert told(together) == told(replay(tmp_path, jobs=1))


def test_only_large_captures_are_worth_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: True)
    monkeypatch.setattr(workers, "processors", lambda: 4)
    sizes = {"small": workers.PAYS // 100, "large": workers.PAYS, "other": workers.PAYS * 2}
    captures = [
        Capture(name, lambda _: pytest.fail("it is read"), reopens=True, size=size)
        for name, size in sizes.items()
    ]
    assert workers.processes_for(captures[:2], None) == 1
    assert workers.processes_for(captures, None) == 2
    assert workers.processes_for(captures, 1) == 1
    assert workers.processes_for(captures, 9) == 3


def test_messages_of_the_caller_s_own_are_read_by_one_process(deployment: Path) -> None:
    from redislog.matching import forget

    @redislog.register
    class Tick(Event):
        """Ours."""

        MESSAGES = (message("ours.tick", level="notice")("it ticks", "redis 7.0: <ours> tick"),)

    try:
        captures = open_captures(deployment).captures
        assert workers.processes_for(captures, 2) == 1
    finally:
        forget()


def fails(capture: Capture, way: Way, watch: Watch) -> str:
    """Cannot read one of the captures."""
    if capture.name == "storm":
        raise SourceError(f"{capture.name}: gone")
    return capture.name


def dies(capture: Capture, way: Way, watch: Watch) -> str:
    """Is ended from outside."""
    os._exit(9)


@pytest.mark.parametrize(("fold", "words"), [(fails, "storm: gone"), (dies, "was ended")])
def test_what_a_process_cannot_read_is_an_error_and_no_process_is_left(
    deployment: Path, fold: workers.Fold[str], words: str
) -> None:
    captures = open_captures(deployment).captures
    with pytest.raises(SourceError, match=words):
        list(workers.read_by_many(captures, Way(), fold, 2, Watch()))
    assert not multiprocessing.active_children()


def test_whoever_stops_early_leaves_no_process(deployment: Path) -> None:
    captures = open_captures(deployment).captures
    reading = workers.read_by_many(captures, Way(), names, 2, Watch())
    assert next(reading)[1] == captures[0].name
    reading.close()
    assert not multiprocessing.active_children()


def names(capture: Capture, way: Way, watch: Watch) -> str:
    """The name of a capture, once it is read."""
    with capture.open(watch) as lines:
        watch.passed(sum(1 for _ in lines))
    return capture.name


def test_it_is_told_how_far_the_processes_are(deployment: Path) -> None:
    captures = open_captures(deployment).captures
    watch = Watch()
    assert [name for _, name in workers.read_by_many(captures, Way(), names, 2, watch)] == [
        capture.name for capture in captures
    ]
    files = list(deployment.iterdir())
    assert watch.done == sum(file.stat().st_size for file in files)
    assert watch.lines == sum(len(file.read_text().splitlines()) for file in files)
