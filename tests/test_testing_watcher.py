"""`Watcher` and marks: each line once, however the text comes; what is new after a mark."""

from __future__ import annotations

import asyncio
import itertools
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import redislog
from redislog.testing import EndedError, Mark, Watcher

SYNCED = "replica.full-sync.finished"
LINE = "1:S 29 May 2023 07:49:04.{:03d} * MASTER <-> REPLICA sync: Finished with success\n"
FIXTURES = Path(__file__).parent.parent / "fixtures"
RUN = FIXTURES / "7.0" / "flapping"
TEXT = (RUN / "server-0.log").read_text()


def told(watcher: Any) -> Any:
    return [(event.key, event.line_number) for event in watcher.events()]


@settings(max_examples=30)
@given(st.lists(st.integers(0, len(TEXT)), max_size=8))
def test_where_the_text_is_cut_changes_nothing(cuts: Any) -> None:
    whole, cut = Watcher(), Watcher()
    whole.feed(TEXT)
    for start, end in itertools.pairwise([0, *sorted(cuts), len(TEXT)]):
        cut.feed(TEXT[start:end].encode())
    assert told(cut) == told(whole)
    assert cut.verdict == whole.verdict


@settings(max_examples=30)
@given(st.lists(st.integers(0, len(TEXT)), max_size=6))
def test_a_log_that_is_read_as_a_whole_again_gives_each_line_once(ends: Any) -> None:
    whole, pulled = Watcher(), Watcher()
    whole.feed(TEXT)
    for end in [*sorted(ends), len(TEXT)]:
        pulled.pull(partial(TEXT.__getitem__, slice(end)))
    assert told(pulled) == told(whole)


def test_a_log_that_was_rotated_goes_on_where_its_last_lines_are_known() -> None:
    lines = [LINE.format(n) for n in range(60)]
    watcher = Watcher()
    watcher.pull(lambda: "".join(lines[:40]))
    mark = watcher.mark()
    watcher.pull(lambda: "".join(lines[20:50]))
    watcher.pull(lambda: "".join(lines[55:]))
    assert watcher.count(SYNCED) == 55
    assert watcher.count(SYNCED, since=mark) == 15


def test_a_second_sync_is_not_satisfied_by_the_first_ones_line() -> None:
    watcher = Watcher()
    watcher.feed(LINE.format(1), name="b")
    mark = watcher.mark()
    assert watcher.seen(SYNCED)
    assert not watcher.seen(SYNCED, since=mark)
    assert not watcher.seen(SYNCED, times=2)
    watcher.feed(LINE.format(2), name="b")
    assert watcher.seen(SYNCED, since=mark)
    assert watcher.seen(SYNCED, times=2)


@settings(max_examples=30)
@given(st.integers(1, 59), st.integers(1, 200))
def test_a_log_that_is_read_anew_bit_by_bit_has_nothing_new_up_to_the_mark(before: int, size: int) -> None:
    """As where the log of another process is followed: its beginning is no second sync."""
    lines = [LINE.format(n) for n in range(60)]
    first = Watcher()
    first.feed("".join(lines[:before]))
    again, text = Watcher(), "".join(lines)
    done = again.counting(SYNCED, since=first.mark())
    for start in range(0, len(text), size):
        again.feed(text[start : start + size])
        assert done() == (again.count(SYNCED) > before) == again.seen(SYNCED, since=first.mark())


def test_a_log_that_begins_later_than_it_did_is_known_again_by_its_last_lines() -> None:
    lines = [LINE.format(n) for n in range(60)]
    first = Watcher()
    first.feed("".join(lines[:40]))
    for begins in (0, 10, 36, 45):
        again = Watcher()
        done = again.counting(SYNCED, since=first.mark(), times=60 - max(begins, 40))
        for line in lines[begins:]:
            again.feed(line)
            done()
        assert done()
        assert again.count(SYNCED, since=first.mark()) == 60 - max(begins, 40)


def test_lines_that_are_the_same_are_told_apart_by_their_number() -> None:
    watcher = Watcher()
    watcher.feed(LINE.format(1) * 3)
    mark = watcher.mark()
    watcher.feed(LINE.format(1) * 2)
    assert watcher.count(SYNCED, since=mark) == 2


def test_a_mark_goes_to_json_and_back() -> None:
    watcher = Watcher()
    watcher.feed(TEXT)
    mark = watcher.mark()
    assert Mark.from_json(json.loads(json.dumps(mark.to_json()))) == mark
    with pytest.raises(ValueError, match="schema 2"):
        Mark.from_json({"schema": 2, "mark": {}})
    with pytest.raises(ValueError, match="no mark"):
        Mark.from_json([])


def test_waiting_ends_with_the_line_that_was_waited_for() -> Any:
    watcher = Watcher()
    taken = []

    def chunks() -> Any:
        for n in range(5):
            taken.append(n)
            yield LINE.format(n)

    watcher.wait_for(SYNCED, chunks(), times=2)
    assert taken == [0, 1]


def test_waiting_ends_when_time_is_over_and_says_what_it_saw() -> None:
    now = iter(range(100))
    watcher = Watcher()
    with pytest.raises(TimeoutError) as raised:
        watcher.wait_for(SYNCED, itertools.repeat(None), timeout=5, clock=lambda: next(now), name="b")
    assert str(raised.value).startswith(f"expected: '{SYNCED}'\nfound:    not so after 5 s")


def test_waiting_ends_with_the_log() -> None:
    with pytest.raises(EndedError, match="when the log ended"):
        Watcher().wait_for(SYNCED, [LINE.format(1)], times=2)
    Watcher().wait_for(SYNCED, [LINE.format(1).rstrip()])


def test_a_verdict_is_waited_for() -> None:
    watcher = Watcher()
    verdict = watcher.until(lambda verdict: verdict.status == "healthy", TEXT.splitlines(keepends=True))
    assert verdict.status == "healthy"
    assert sum(1 for _ in watcher.events()) < len(TEXT.splitlines())


def test_chunks_may_come_asynchronously() -> Any:
    async def chunks() -> Any:
        for n in range(3):
            yield LINE.format(n)

    watcher = Watcher()
    asyncio.run(watcher.wait_for_async(SYNCED, chunks(), times=3))
    with pytest.raises(EndedError):
        asyncio.run(Watcher().wait_for_async(SYNCED, chunks(), times=4))


def test_a_watcher_says_what_replay_says() -> None:
    logs = {path.stem: path.read_text() for path in sorted(RUN.glob("*.log"))}
    watcher = Watcher()
    for name, text in logs.items():
        watcher.feed(text, name=name)
    assert watcher.verdict.status == redislog.replay(logs).verdict.status
    assert watcher.verdict.nodes == redislog.replay(logs).verdict.nodes
