"""Strategies: what hypothesis makes of event classes, what becomes of lines, and how short examples shrink."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from redislog import Event, Foreign, Unrecognized, parse_line
from redislog.events import FullSyncGranted, SyncRequested
from redislog.testing.strategies import deployments, events, lines, mutations

LINE = "1:S 29 May 2023 07:49:04.507 * MASTER <-> REPLICA sync: Finished with success"


@settings(max_examples=20)
@given(st.from_type(FullSyncGranted), st.from_type(SyncRequested))
def test_an_event_class_is_made_as_a_server_prints_it(granted: FullSyncGranted, asked: SyncRequested) -> None:
    assert granted.key in {message.key for message in FullSyncGranted.MESSAGES}
    assert granted.replid is not None
    assert isinstance(asked, SyncRequested)


@settings(max_examples=20)
@given(st.from_type(Event), st.from_type(Foreign), st.from_type(Unrecognized))
def test_so_are_those_that_all_share(any_: Event, foreign: Foreign, unrecognized: Unrecognized) -> None:
    assert any_.key
    assert (foreign.key, unrecognized.key) == ("foreign", "unrecognized")


@pytest.mark.parametrize("first", ["hypothesis", "redislog.events"])
def test_it_does_not_matter_which_is_imported_first(first: str) -> None:
    code = f"""
import {first}
from hypothesis import find, settings, strategies as st
from redislog.events import FullSyncGranted
print(find(st.from_type(FullSyncGranted), lambda event: True).key)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "replica.full-sync-from-primary\n"


def test_what_hypothesis_finds_first_imports_nothing_of_the_library() -> None:
    code = "import sys, hypothesis; print([each for each in sys.modules if each.startswith('redislog')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(eval(done.stdout)) <= {"redislog", "redislog._version", "redislog.given", "redislog.made"}


@settings(max_examples=40)
@given(st.data(), lines())
def test_a_mutation_is_another_line_and_is_read_without_an_error(data: st.DataObject, line: str) -> None:
    other = data.draw(mutations(line))
    assert other != line
    assert parse_line(other).key


def test_examples_shrink_to_what_is_short() -> None:
    plain = find(deployments(), lambda s: True)
    assert [moment.step for moment in plain.moments] == ["start()"]
    killed = find(deployments(), lambda s: s.truth["redis-0"].running is False)
    assert repr(killed) == (
        "story(primary='redis-0', replicas=['redis-1'], version='redis 6.2'): start(), kill('redis-0')"
    )


def test_what_no_version_prints_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"no message of redis 7\.0 matches"):
        events("replica.full-sync.finish", "redis 7.0")
