"""The prefix of a line and its time stamp, in every layout that a server prints."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislog import Foreign, parse, parse_line
from redislog.grammar.stamps import read_stamp
from redislog.matching import tables
from tests.test_grammar import filled

MESSAGE = "Ready to accept connections"
OF_LETTER = {
    "M": (MESSAGE, "server.ready"),
    "S": (MESSAGE, "server.ready"),
    "C": ("DB saved on disk", "rdb.saved"),
    "X": ("+new-epoch 7", "sentinel.+new-epoch"),
    "H": ("Received SIGTERM scheduling shutdown...", "server.signal"),
    "": (MESSAGE, "server.ready"),
}
"""A message that may stand after a role letter (``H``: in a signal handler's line), and its key."""
EAST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("prefix", "pid", "flag", "level", "at"),
    [
        ("1:M 29 May 2023 07:47:57.186 *", 1, "M", "notice", datetime(2023, 5, 29, 7, 47, 57, 186000)),
        ("2155:S 03 May 10:01:02.500 -", 2155, "S", "verbose", None),
        ("[2155] 03 May 10:01:02.500 .", 2155, None, "debug", None),
        ("2155:X 03 May 2024 10:01:02.500 \0", 2155, "X", None, datetime(2024, 5, 3, 10, 1, 2, 500000)),
        ("2155:signal-handler (1714723262)", 2155, None, None, datetime(2024, 5, 3, 8, 1, 2, tzinfo=UTC)),
        ("[2155 | signal handler] (1714723262)", 2155, None, None, datetime(2024, 5, 3, 8, 1, 2, tzinfo=UTC)),
        (
            "2155:C 2024-05-03T10:01:02.500+02:00 #",
            2155,
            "C",
            "warning",
            datetime(2024, 5, 3, 10, 1, 2, 500000, tzinfo=EAST),
        ),
        ("2155:M 1714723262500 *", 2155, "M", "notice", datetime(2024, 5, 3, 8, 1, 2, 500000, tzinfo=UTC)),
    ],
)
def test_a_line_says_who_printed_it_when_and_how_loud(
    prefix: str, pid: int, flag: str | None, level: str | None, at: datetime | None
) -> None:
    message, key = OF_LETTER["H" if "signal" in prefix else flag or ""]
    event = parse_line(f"{prefix} {message}")
    assert (event.pid, event.flag, event.level, event.at) == (pid, flag, level, at)
    assert (event.key, event.message) == (key, message)


HEADS = (
    "1:M 29 May 2023 07:47:57.186 * ",
    "31007:S 29 May 07:47:57.186 # ",
    "1:C 29 May 2023 07:47:57.186 . ",
    "26379:X 2023-05-29T07:47:57.186+02:00 - ",
    "[2155] 03 May 10:01:02.500 - ",
    "2155:signal-handler (1714723262) ",
)


@cache
def read_as() -> dict[str, set[str]]:
    """A message of each wording, and the keys of all wordings that fit it."""
    grammar = tables().messages
    texts = [filled(entry, 1) for entry in grammar.entries]
    return {
        text: {
            grammar.entries[number].key
            for number in grammar.candidates(text)
            if grammar.pattern(number).match(text)
        }
        for text in texts
    }


@pytest.mark.parametrize("head", HEADS)
def test_a_known_wording_is_read_whatever_stands_before_it(head: str) -> None:
    wrong = [text for text, keys in read_as().items() if parse_line(f"{head}{text}").key not in keys]
    assert wrong == []


@pytest.mark.parametrize("name", ["Redis", "Valkey"])
@pytest.mark.parametrize("letter", "MSCX")
@pytest.mark.parametrize("mark", ".-*#")
def test_a_start_is_seen_by_its_words_alone(name: str, letter: str, mark: str) -> None:
    head = f"1:{letter} 26 Nov 2026 19:20:00.269 {mark}"
    lines = [
        f"{head} oO0OoO0OoO0Oo {name} is starting oO0OoO0OoO0Oo",
        f"{head} {name} version=8.0.1, bits=64, commit=00000000, modified=0, pid=1, just started",
        f"{head} Configuration loaded",
        f"{head} Ready to accept connections tcp",
    ]
    keys = [event.key for event in parse(lines)]
    assert keys == ["server.starting", "server.version", "server.config-loaded", "server.ready"]


def test_where_two_wordings_fit_the_letter_tells_which() -> None:
    text = "29 May 2023 07:47:57.186 * AOF rewrite: 0 MB of memory used by copy-on-write"
    assert parse_line(f"1:C {text}").key == "rdb.cow"
    assert parse_line(f"1:M {text}").key == "aof.aof-rewrite-mb-of-memory-used-by"


@pytest.mark.parametrize(
    ("role", "flag"), [("primary", "M"), ("replica", "S"), ("sentinel", "X"), ("RDB/AOF", "C")]
)
@pytest.mark.parametrize(
    ("word", "level"), [("debug", "debug"), ("info", "verbose"), ("notice", "notice"), ("warning", "warning")]
)
def test_logfmt_says_the_same_in_words(role: str, flag: str, word: str, level: str) -> None:
    message, key = OF_LETTER[flag]
    event = parse_line(
        f'pid=2155 role={role} timestamp="03 May 2024 10:01:02.500" level={word} message="{message}"'
    )
    assert (event.key, event.pid, event.flag, event.level) == (key, 2155, flag, level)
    assert event.at == datetime(2024, 5, 3, 10, 1, 2, 500000)


@pytest.mark.parametrize("stamp", ["2024-05-03T10:01:02.500+02:00", "1714723262500"])
def test_logfmt_has_all_forms_of_stamps(stamp: str) -> None:
    event = parse_line(f'pid=1 role=primary timestamp="{stamp}" level=notice message="{MESSAGE}"')
    assert event.at == datetime(2024, 5, 3, 10, 1, 2, 500000, tzinfo=EAST)


def test_formats_may_change_within_one_file() -> None:
    lines = [
        f"1:M 03 May 2024 10:01:02.500 * {MESSAGE}",
        f"1:M 2024-05-03T10:01:02.500+00:00 * {MESSAGE}",
        f'pid=1 role=primary timestamp="03 May 2024 10:01:02.500" level=notice message="{MESSAGE}"',
        f"1:M 1714723262500 * {MESSAGE}",
    ]
    assert [event.key for event in parse(lines)] == ["server.ready"] * 4


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Ready to accept connections",
        "1:M Ready to accept connections",
        "1:Z 29 May 2023 07:47:57.186 * Ready to accept connections",
        "1:M 29 May 2023 07:47:57.186 ! Ready to accept connections",
        "1:M 29 May 2023 07:47:57 * Ready to accept connections",
        "1:M  29 May 2023 07:47:57.186 * Ready to accept connections",
        "12345678901:M 29 May 2023 07:47:57.186 * Ready to accept connections",
        'pid=1 role=primary timestamp="03 May 2024 10:01:02.500" level=notice message="open',
    ],
)
def test_what_is_not_a_server_s_prefix_makes_a_line_foreign(line: str) -> None:
    event = parse_line(line)
    assert isinstance(event, Foreign)
    assert (event.key, event.message, event.pid, event.at) == ("foreign", line, None, None)


@pytest.mark.parametrize("message", ["", " ", "  indented", "trailing  ", "a\ttab", "x: '\"' é"])
def test_the_message_begins_right_after_the_mark_and_one_blank(message: str) -> None:
    event = parse_line(f"1:M 29 May 2023 07:47:57.186 * {message}")
    assert event.message == message


def test_an_impossible_date_is_kept_as_text() -> None:
    event = parse_line(f"1:M 31 Feb 2023 07:47:57.186 * {MESSAGE}")
    assert (event.key, event.at, event.stamp, event.header.stamp) == (
        "server.ready",
        None,
        None,
        "31 Feb 2023 07:47:57.186",
    )


def test_a_stamp_without_a_year_keeps_its_parts() -> None:
    stamp = read_stamp("29 Feb 07:48:59.135")
    assert stamp is not None
    assert (stamp.year, stamp.month, stamp.day) == (None, 2, 29)
    assert (stamp.hour, stamp.minute, stamp.second, stamp.millisecond) == (7, 48, 59, 135)
    assert stamp.at is None


def test_a_year_from_elsewhere_completes_a_stamp_where_the_date_exists() -> None:
    stamp = read_stamp("29 Feb 07:48:59.135", 2024)
    assert stamp is not None
    assert stamp.at == datetime(2024, 2, 29, 7, 48, 59, 135000)
    assert read_stamp("29 Feb 07:48:59.135", 2023) is None


def test_a_printed_year_is_never_overruled() -> None:
    stamp = read_stamp("29 May 2023 07:48:59.135", 1999)
    assert stamp is not None
    assert stamp.year == 2023


def test_the_year_rolls_over_from_december_to_january() -> None:
    stamps = ("30 Dec 10:00:00.000", "31 Dec 23:59:59.999", "01 Jan 00:00:00.000", "02 Jan 10:00:00.000")
    lines = [f"1:M {stamp} * {MESSAGE}" for stamp in stamps]
    years = [event.at.year for event in parse(lines, year=2023) if event.at is not None]
    assert years == [2023, 2023, 2024, 2024]


def test_a_clock_that_jumps_back_within_a_year_keeps_the_year() -> None:
    stamps = ("31 Mar 03:00:00.000", "31 Mar 02:59:59.000", "28 Feb 10:00:00.000", "01 Jan 10:00:00.000")
    lines = [f"1:M {stamp} * {MESSAGE}" for stamp in stamps]
    assert {event.at.year for event in parse(lines, year=2023) if event.at is not None} == {2023}


def test_a_named_zone_makes_naive_stamps_aware_with_its_summer_time() -> None:
    lines = [f"1:M {day} 2023 12:00:00.000 * {MESSAGE}" for day in ("29 May", "29 Jan")]
    summer, winter = (event.at for event in parse(lines, tz="Europe/Berlin"))
    assert summer is not None
    assert winter is not None
    assert summer.utcoffset() == timedelta(hours=2)
    assert winter.utcoffset() == timedelta(hours=1)


def test_a_stamp_with_an_offset_keeps_it_whatever_zone_is_named() -> None:
    (event,) = parse([f"1:M 2024-05-03T10:01:02.500-05:00 * {MESSAGE}"], tz="Europe/Berlin")
    assert event.at is not None
    assert event.at.utcoffset() == timedelta(hours=-5)


@given(st.datetimes(datetime(1970, 1, 2), datetime(9999, 12, 31)))
def test_every_form_of_a_stamp_says_the_same_instant(when: datetime) -> None:
    when = when.replace(microsecond=when.microsecond // 1000 * 1000)
    utc = when.replace(tzinfo=UTC)
    milliseconds = (utc - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    legacy = f"{when:%d %b} {when.year:04} {when:%H:%M:%S}.{when.microsecond // 1000:03}"
    iso = f"{when.year:04}-{when:%m-%dT%H:%M:%S}.{when.microsecond // 1000:03}+00:00"
    stamps = [read_stamp(text) for text in (legacy, iso, str(milliseconds).zfill(12))]
    assert [stamp and stamp.at for stamp in stamps] == [when, utc, utc]


@given(st.text(alphabet="0123456789 JanFebMay:.+-T", max_size=30))
def test_no_stamp_raises(text: str) -> None:
    read_stamp(text)
