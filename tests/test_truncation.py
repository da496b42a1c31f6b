"""Messages that the server cut at 1,023 bytes."""

from __future__ import annotations

import pytest

from redislog import ClientRecord, parse_line
from redislog.events.role import Demoted, Promoted
from redislog.grammar.sizes import CUT_AT

PREFIX = "1:M 29 May 2023 07:49:04.519 * "
CLIENT = "id=5 addr=10.0.0.9:52345 laddr=10.0.0.2:6379 fd=8 name=" + "x" * 2000


def cut(message: str) -> str:
    return PREFIX + message.encode()[:CUT_AT].decode(errors="surrogateescape")


def test_the_value_in_which_the_cut_is_keeps_what_is_left_of_it() -> None:
    event = parse_line(cut(f"MASTER MODE enabled (user request from '{CLIENT}')"))
    assert isinstance(event, Promoted)
    assert event.truncated
    assert isinstance(event.client, ClientRecord)
    assert event.client.id == 5
    assert len(event.message) == CUT_AT


def test_the_values_before_the_cut_are_read() -> None:
    line = cut(f"REPLICAOF fd00::11:6379 enabled (user request from '{CLIENT}')").replace("1:M", "1:S")
    event = parse_line(line)
    assert isinstance(event, Demoted)
    assert (event.host, event.port, event.truncated) == ("fd00::11", 6379, True)


def test_a_character_that_the_cut_splits_does_no_harm() -> None:
    message = f"MASTER MODE enabled (user request from 'id=5 name={'é' * 600}')".encode()[:CUT_AT]
    event = parse_line(PREFIX.encode() + message)
    assert (event.key, event.truncated) == ("role.promoted", True)


@pytest.mark.parametrize("length", [CUT_AT - 10, CUT_AT + 1])
def test_only_a_message_of_that_length_was_cut(length: int) -> None:
    message = f"MASTER MODE enabled (user request from '{CLIENT}')"[:length]
    assert parse_line(PREFIX + message).key == "unrecognized"


def test_a_long_message_that_is_whole_is_not_truncated() -> None:
    message = "MASTER MODE enabled (user request from '')"
    whole = message.replace("''", f"'{'x' * (CUT_AT - len(message))}'")
    event = parse_line(PREFIX + whole)
    assert len(whole) == CUT_AT
    assert (event.key, event.truncated) == ("role.promoted", False)


def test_an_unknown_text_of_that_length_stays_unknown() -> None:
    assert parse_line(PREFIX + "MASTER " + "x" * (CUT_AT - 7)).key == "unrecognized"
