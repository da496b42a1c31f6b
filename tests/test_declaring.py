"""Declaring a message: what a text does not say, its message, class and module say, the nearest first."""

from __future__ import annotations

import pickle

import attrs
import pytest

import redislog
from redislog.events import Event, PrimaryCached, message
from redislog.events.declaring import Printer
from redislog.events.wordings import Wording, resolved

_PRINTER = Printer("replication", "replication.c", level="notice", roles="M,S")


_CLASS = _PRINTER.but(level="warning", by="freeClient")
"""As ``@event(_PRINTER, level="warning", by="freeClient")`` makes of it."""

LINK = message("gone.link")("a link is gone", "redis 7.2: link gone")
ALL = message("gone.all", roles="X", by="{master,primary}Gone,{redis,server}.c:main")(
    "all are gone",
    "redis 2.6 | redis 2.8-4.0, at debug | 5.0+, as S, by networking.c:freeClient: <slave|slave|replica> gone",
    "valkey 8.0+: gone by <TLS|TCP>",
)


def test_what_a_text_does_not_say_its_class_and_module_say() -> None:
    assert resolved(LINK, _CLASS).wordings == (
        Wording("link gone", "redis 7.2", "warning", "M,S", "replication.c:freeClient"),
    )
    assert resolved(LINK, _PRINTER).wordings[0].level == "notice"


def test_what_is_nearest_to_a_text_holds() -> None:
    by = "replication.c:masterGone,replication.c:primaryGone,redis.c:main,server.c:main"
    assert resolved(ALL, _CLASS).wordings[:3] == (
        Wording("slave gone", "redis 2.6", "warning", "X", by),
        Wording("slave gone", "redis 2.8-4.0", "debug", "X", by),
        Wording("replica gone", "redis 5.0+; valkey 7.2+", "warning", "S", "networking.c:freeClient"),
    )


def test_an_event_without_fields_of_its_own_is_a_value_as_all_others() -> None:
    line = "1:S 29 May 2023 07:49:04.507 * Caching the disconnected master state."
    event = redislog.parse_line(line, source="server-1")
    assert isinstance(event, PrimaryCached)
    assert PrimaryCached.__module__ == "redislog.events.replica_psync"
    assert not hasattr(event, "__dict__")
    assert pickle.loads(pickle.dumps(event)) == event
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        event.key = "another"  # type: ignore[misc]


def test_words_to_choose_from_are_a_text_each() -> None:
    chosen = resolved(ALL, _CLASS).wordings[3:]
    assert [found.template for found in chosen] == ["gone by TLS", "gone by TCP"]
    assert {found.versions for found in chosen} == {"valkey 8.0+"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("no releases", "expected 'releases: text'"),
        ("redis 9.9+: a text", "unknown version '9.9+'"),
        ("radis 7.0: a text", "expected one of redis, valkey"),
        ("redis 7.0, on notice: a text", "unknown version 'on notice'"),
        ("redis 7.0 | redis 7.2 | 8.0+: <one|two> words", "3 ranges of releases for 2 texts"),
        ("redis 6.0-7.4, at warning until 7.0, then notice: a text", "does not follow from"),
    ],
)
def test_a_declaration_that_cannot_be_read_is_refused(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault.replace("+", r"\+")):

        @redislog.register
        class Wrong(Event):
            """Declared wrongly."""

            MESSAGES = (message("ours.wrong", level="notice", roles="M")("it is wrong", text),)
