"""Damaged messages: read where they can be only one message, and marked; never guessed."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from redislog import parse_line
from redislog.events.versions import expand
from redislog.grammar.damage import edit_distance
from tests import catalogue
from tests.catalogue import Row

PREFIX = "1:S 29 May 2023 07:48:59.118 * "


def key_of(message: str, letter: str = "S") -> tuple[str, bool]:
    event = parse_line(f"1:{letter} 29 May 2023 07:48:59.118 * {message}")
    return event.key, event.damaged


@pytest.mark.parametrize("word", ["REPLICHA", "REPLICATION", "REPICA", "RREPLICA"])
def test_a_misspelt_word_is_read_and_marked(word: str) -> None:
    assert key_of(f"MASTER <-> {word} sync started") == ("replica.sync-started", True)
    assert key_of(f"MASTER <-> {word} sync: Finished with success") == ("replica.full-sync.finished", True)


def test_the_values_of_a_damaged_message_are_read_too() -> None:
    event = parse_line(PREFIX + "Full resink from master: f5936d9c489e2cf341f75b48235c72981f770077:563")
    assert (event.key, event.damaged) == ("replica.full-sync-from-primary", True)
    assert getattr(event, "offset", None) == 563


def test_zeros_in_a_value_do_not_hide_a_misspelt_word() -> None:
    message = f"Replication backlock created, my new replication IDs are '{'f' * 40}' and '{'0' * 40}'"
    assert key_of(message) == ("primary.backlog-created", True)


@pytest.mark.parametrize(
    ("letter", "message", "key"),
    [
        ("S", "MASTER <-> REPLICA sync started", "replica.sync-started"),
        ("C", "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo", "server.starting"),
        ("S", f"Full resync from master: {'0' * 40}:563", "replica.full-sync-from-primary"),
    ],
)
def test_a_true_message_is_not_marked(letter: str, message: str, key: str) -> None:
    assert key_of(message, letter) == (key, False)


@pytest.mark.parametrize(
    "message",
    [
        "MASTER <-> CLUSTER sync started",  # a word that is too far from REPLICA
        "MASTER <-> CONNECTION sync started",
        "MASTER <-> PRIMARY sync started",
        "Connection with replicas 10.0.0.2:6379 lost.",  # a word that servers print
        "MASTR <-> REPLICHA sync started",  # two misspelt words
        "MASTER <-> sync started",  # a word missing
        "MASTER <-> REPLICA REPLICHA sync started",  # a word too many
        "MASTER <-> REPLICA synk started",  # a word of less than five letters
        "Rconnecting to MASTER 10.0.202.28:6379",  # Connecting or Reconnecting
        "Error resurrecting the cached master, impossible to add the wreadable handler: x",  # or writable
    ],
)
def test_what_may_be_another_message_is_not_read_as_one(message: str) -> None:
    assert key_of(message) == ("unrecognized", False)


@given(st.text("oO0", min_size=8, max_size=20), st.text("oO0", min_size=8, max_size=20))
def test_a_banner_s_decoration_may_be_any_run_of_o_and_zero(left: str, right: str) -> None:
    for product in ("Redis", "Valkey"):
        true = (left, right) == ("oO0OoO0OoO0Oo",) * 2
        assert key_of(f"{left} {product} is starting {right}", "C") == ("server.starting", not true)


@pytest.mark.parametrize(
    "message", ["oO0 Redis is starting oO0", "oO0OoO0OoO0Oo Memcached was started oO0OoO0OoO0Oo"]
)
def test_not_every_banner_is_a_server_s(message: str) -> None:
    assert key_of(message, "C") == ("unrecognized", False)


SPELT = [
    row for row in catalogue.rows() if not row.is_raw and row.category in ("replication", "rdb", "lifecycle")
]


@given(st.sampled_from(SPELT), st.data())
def test_a_misspelling_never_makes_one_message_another(row: Row, data: st.DataObject) -> None:
    version = expand(row.versions)[0]
    printed = catalogue.printed(row, version)
    literal = [word for part in row.parts if isinstance(part, str) for word in part.split()]
    long = [word for word in literal if len(word) >= 5 and word.isalpha() and f" {word} " in printed.line]
    assume(long)
    word = data.draw(st.sampled_from(long))
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("xqzjwk"))
    line = printed.line.replace(f" {word} ", f" {word[:at]}{letter}{word[at + 1 :]} ", 1)
    event = parse_line(line)
    assert event.key in (row.key, "unrecognized"), line


def test_most_single_misspellings_in_replication_messages_are_read() -> None:
    read = tried = 0
    for row in catalogue.rows_of("redis 7.0"):
        if row.category != "replication":
            continue
        line = catalogue.printed(row, "redis 7.0").line
        words = [word for part in row.parts if isinstance(part, str) for word in part.split()]
        for word in words:
            if len(word) >= 6 and word.isalpha() and line.count(f" {word} ") == 1:
                tried += 1
                read += parse_line(line.replace(f" {word} ", f" {word[:2]}x{word[2:]} ")).key == row.key
    assert tried > 100
    assert read > 0.8 * tried


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_edit_distance_is_a_distance(one: str, other: str, third: str) -> None:
    assert edit_distance(one, other) == edit_distance(other, one)
    assert (edit_distance(one, other) == 0) == (one == other)
    assert edit_distance(one, third) <= edit_distance(one, other) + edit_distance(other, third)
    assert abs(len(one) - len(other)) <= edit_distance(one, other) <= max(len(one), len(other))
