"""Events printed again, in the wording of another product or version."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redislog import RenderError, parse_line
from redislog.events.base import Event, own_fields
from redislog.events.versions import SERIES
from redislog.testing import strategies

ONLINE = "1:M 29 May 2023 07:49:04.519 * Synchronization with replica [fd00::1]:6379 succeeded"


def own(event: Event) -> tuple[object, ...]:
    """What must stay the same: class, key and own fields."""
    return (type(event), event.key, *(getattr(event, field.name) for field in own_fields(type(event))))


@pytest.mark.parametrize("version", SERIES)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_a_version_prints_is_read_back_as_the_same_event(version: str, data: st.DataObject) -> None:
    event = parse_line(data.draw(strategies.lines(version=version)))
    assert own(parse_line(event.render(version))) == own(event)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(line=strategies.lines(), other=st.sampled_from(SERIES))
def test_another_version_prints_the_same_event_or_says_that_it_cannot(line: str, other: str) -> None:
    event = parse_line(line)
    try:
        printed = event.render(other)
    except RenderError as error:
        assert other in str(error) or "stamp" in str(error) or "date" in str(error)
    else:
        assert own(parse_line(printed)) == own(event)


@pytest.mark.parametrize(
    ("version", "line"),
    [
        ("redis 2.8", "[1] 29 May 07:49:04.519 * Synchronization with slave fd00::1:6379 succeeded"),
        ("redis 3.2", "1:M 29 May 07:49:04.519 * Synchronization with slave [fd00::1]:6379 succeeded"),
        ("redis 8.2", ONLINE),
        ("valkey 8.1", ONLINE),
    ],
)
def test_each_version_has_its_own_words_and_prefix(version: str, line: str) -> None:
    assert parse_line(ONLINE).render(version) == line


def test_the_level_mark_is_that_of_the_version() -> None:
    lost = parse_line("1:M 29 May 2023 07:49:04.519 # Connection with replica 10.0.0.2:6379 lost.")
    assert " # " in lost.render("redis 7.0")
    assert " * " in lost.render("redis 7.2")


def test_a_signal_handler_prints_unix_time() -> None:
    line = "1:signal-handler (1685346544) Received SIGTERM scheduling shutdown..."
    assert parse_line(line).render("redis 7.0") == line


@pytest.mark.parametrize(
    ("line", "version", "says"),
    [
        (ONLINE, "redis 2.6", "redis 2.6 cannot print"),
        (ONLINE, "redis 9.9", "unknown version 'redis 9.9'"),
        ("1:M 29 May 2023 07:49:04.519 * something new", "redis 7.0", "has no wording"),
        ("[1] 29 May 07:49:04.519 * Slave asks for synchronization", "redis 7.0", "cannot print"),
        ("1:M 29 May 07:49:04.519 * Synchronization with slave 10.0.0.2:6379 succeeded", "redis 7.0", "year"),
        (
            "1:M 29 May 2023 07:49:04.519 * Replica 10.0.0.2:6379 rdb channel disconnected.",
            "redis 7.0",
            "redis 7.0 does not print",
        ),
    ],
)
def test_what_a_version_cannot_print_is_said(line: str, version: str, says: str) -> None:
    with pytest.raises(RenderError, match=says):
        parse_line(line).render(version)
