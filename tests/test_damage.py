"""Damaged messages: read where they can be only one message, and marked; never guessed."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from redislog import Event, parse_line
from redislog.events.versions import expand
from redislog.grammar.damage import edit_distance
from redislog.matching import Recognised, recognise, tables
from redislog.report.explain import explain_line
from redislog.report.jsonio import structure, unstructure
from redislog.values import Damage
from tests import catalogue
from tests.catalogue import Row
from tests.foreign_texts import FOREIGN
from tests.test_grammar import filled

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
        "MASTER <-> started",  # two words missing
        "MASTER <-> the REPLICA sync was started",  # two words too many
        "Connection with lost.",  # a word missing of few
        "Connection to master lost now.",  # a word too many in few
        "I am not able to sync with MASTER: failing",  # nothing that is near
        "MASTER <-> REPLICA synk started",  # a word of less than five letters
        "Rconnecting to MASTER 10.0.202.28:6379",  # Connecting or Reconnecting
        "Error resurrecting the cached master, impossible to add the wreadable handler: x",  # or writable
    ],
)
def test_what_may_be_another_message_is_not_read_as_one(message: str) -> None:
    assert key_of(message) == ("unrecognized", False)


@pytest.mark.parametrize(
    ("letter", "message", "key", "damage"),
    [
        ("S", "MASTER <-> REPLICHA sync started", "replica.sync-started", Damage("REPLICHA", "REPLICA")),
        ("S", "MASTER <-> sync started", "replica.sync-started", None),
        ("S", "MASTER <-> REPLICA full sync started", "replica.sync-started", Damage("full", "")),
        ("S", "MASTER <\u2013> REPLICA sync started", "replica.sync-started", Damage("<\u2013>", "<->")),
        (
            "S",
            "MASTER <-> REPLICA  sync started",
            "replica.sync-started",
            Damage("REPLICA  sync", "REPLICA sync"),
        ),
        (
            "S",
            "MASTER <-> REPLICA syncstarted",
            "replica.sync-started",
            Damage("syncstarted", "sync started"),
        ),
        (
            "M",
            "Connection with replica 10.0.0.3:6379 lost",
            "primary.replica-link-lost",
            Damage("lost", "lost."),
        ),
        (
            "M",
            "Starting Partial resynchronization request from 10.0.0.3:6379 accepted. "
            "Sending 14 bytes of backlog starting from offset 563.",
            "primary.psync-accepted",
            Damage("Starting", ""),
        ),
        (
            "M",
            "Partial resynchronization request from 10.0.0.3:6379accepted. "
            "Sending 14 bytes of backlog starting from offset 563.",
            "primary.psync-accepted",
            Damage("10.0.0.3:6379accepted.", "10.0.0.3:6379 accepted."),
        ),
        (
            "S",
            f"Setting secondary replication ID to {'a' * 40}, valid up to offset: 15. New replication ID {'b' * 40}",
            "replica.replid-shifted",
            Damage("", "is"),
        ),
    ],
)
def test_one_piece_of_wear_is_read_and_said(
    letter: str, message: str, key: str, damage: Damage | None
) -> None:
    event = parse_line(f"1:{letter} 29 May 2023 07:48:59.118 * {message}")
    assert (event.key, event.damaged) == (key, True)
    assert damage is None or event.damage == damage


@pytest.mark.parametrize(
    "message",
    [
        "Partial resynchronization not possible (no cached primary at all)",
        "The server is not now ready to accept connections on port 6379",
        "Background saving never terminated with success",
        "MASTER <-> REPLICA sync: Not finished with success",
        "Successful partial resynchronization with primary failed.",
        "MASTER <-> REPLICA sync: Finished without success",
    ],
)
def test_a_word_that_turns_what_is_said_is_no_wear(message: str) -> None:
    event = parse_line(PREFIX + message)
    assert not event.damaged


def test_what_differs_is_shown_and_kept() -> None:
    line = PREFIX + "MASTER <-> REPLICA full sync started"
    event = parse_line(line)
    assert str(event.damage) == "'full' is too much"
    assert "damage=" in repr(event)
    assert "  damage    'full' is too much" in explain_line(line)
    assert structure(unstructure(event), Event) == event
    assert unstructure(event)["damage"] == {"written": "full", "meant": ""}
    line = PREFIX + "MASTER <-> REPLICA sync started"
    assert parse_line(line).damage is None
    assert "damage" not in repr(parse_line(line)) + explain_line(line)
    assert unstructure(parse_line(line))["damage"] is None


def worn(text: str, chance: random.Random) -> Iterator[str]:
    """A text with one piece of wear, of each kind that it can have."""
    words = text.split(" ")
    blanks = [at for at, character in enumerate(text) if character == " "]
    if blanks:
        at = chance.choice(blanks)
        yield text[:at] + " " + text[at:]
        yield text[:at] + text[at + 1 :]
    if text.endswith("."):
        yield text[:-1]
    yield text + "."
    yield text.replace("'", "\u2019").replace('"', "\u201d")
    yield text.replace("-", chance.choice("\u2010\u2013\u2014"))
    yield text.replace("--", "\u2014")
    if len(words) >= 5:
        at = chance.randrange(len(words))
        yield " ".join([*words[:at], *words[at + 1 :]])
        put = chance.choice(["the", "now", "just", "replica", "sync", "primary", "Starting", "again"])
        yield " ".join([*words[:at], put, *words[at:]])


@pytest.mark.parametrize("part", range(8))
def test_no_wording_with_one_piece_of_wear_is_another_message(part: int) -> None:
    chance = random.Random(part)
    read = tried = 0
    for entry in tables().messages.entries[part::8]:
        whole = filled(entry, part % 4)
        true = recognise(whole)
        if true is None or true.damage is not None or true.truncated:
            continue
        for text in worn(whole, chance):
            found = recognise(text)
            tried += text != whole
            if found is not None and found.damage is not None:
                read += 1
                assert found.entry.key == true.entry.key, (text, found.damage)
    assert read > tried * 0.4


@pytest.mark.parametrize("name", FOREIGN)
def test_no_foreign_text_is_a_damaged_message(name: str) -> None:
    for line in FOREIGN[name].splitlines():
        for text in (line, line.strip(), line.rpartition(":  ")[2], line.rpartition("] ")[2]):
            found = recognise(text)
            assert found is None or found.damage is None or quotes_a_wording(found), text


def quotes_a_wording(found: Recognised) -> bool:
    """Whether a foreign text holds a message but for its last stop, or its blanks: it is foreign by what is around it."""
    damage = found.damage
    return damage is not None and (not damage.meant or damage.written.strip(" .") == damage.meant.strip(" ."))


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
