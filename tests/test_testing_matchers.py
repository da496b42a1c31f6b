"""Matchers of `redislog.testing`: what they mean, and that a misspelt one is an error at once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redislog import parse_line
from redislog.events.index import messages
from redislog.events.replica_sync import FullSyncGranted
from redislog.testing import having
from redislog.testing.matchers import matches

GRANTED = parse_line(
    "1:S 29 May 2023 07:49:04.496 * Full resync from master: f5936d9c489e2cf341f75b48235c72981f770077:563"
)
ASKED = parse_line("1:M 29 May 2023 07:48:59.135 * Replica 10.0.25.220:6379 asks for synchronization")
KEYS = sorted({message.key for _, message in messages()})


@pytest.mark.parametrize(
    "matcher",
    [
        FullSyncGranted,
        "replica.full-sync-from-primary",
        "replica.*",
        having("replica.full-sync*", offset=563),
        having(FullSyncGranted, offset="563"),
        having(FullSyncGranted, offset=lambda offset: offset > 500, flag="S"),
    ],
)
def test_an_event_is_meant_by_its_class_its_key_or_its_fields(matcher: Any) -> None:
    assert matches(matcher)(GRANTED)
    assert not matches(matcher)(ASKED)


def test_an_address_is_meant_by_its_text() -> None:
    assert matches(having("primary.*", replica="10.0.25.220:6379"))(ASKED)
    assert not matches(having("primary.*", replica="10.0.25.220:6380"))(ASKED)


def test_a_key_that_does_not_exist_is_an_error_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"replica\.full-sync\.finished"):
        matches("replica.full-sync.finish")


def test_a_field_that_does_not_exist_is_an_error_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"'ofset'; did you mean offset"):
        having(FullSyncGranted, ofset=1)


def test_what_is_no_matcher_is_an_error() -> None:
    with pytest.raises(TypeError, match="a glob of keys"):
        matches(7)  # type: ignore[arg-type]


@settings(max_examples=25)
@given(st.sampled_from(KEYS), st.data())
def test_the_key_that_was_meant_is_named_one_edit_away(key: Any, data: Any) -> None:
    place = data.draw(st.integers(1, len(key) - 1))
    misspelt = key[:place] + key[place + 1 :]
    if misspelt in KEYS:
        return
    with pytest.raises(ValueError, match="did you mean ") as raised:
        matches(misspelt)
    assert key in str(raised.value).partition("did you mean ")[2].rstrip("?").split(" or ")
