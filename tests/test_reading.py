"""Any input is read: no line raises, each gives one event, and how a stream is cut changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from redislog import Event, Foreign, Timeline, Unrecognized, parse, parse_line, replay
from redislog.capture import decode, split_lines
from tests import catalogue
from tests.argocd import LOGS, replayed

NINES = "9" * 5000
FULL_SYNC = "1:S 29 May 2023 07:49:04.496 * Full resync from master: "

server_lines = catalogue.messages().map(lambda printed: printed.line)
broken_lines = st.builds(
    lambda line, at, piece: line[:at] + piece + line[at:],
    server_lines,
    st.integers(0, 90),
    st.text(max_size=3),
)
any_text = st.text(max_size=40) | server_lines | broken_lines
any_bytes = st.binary(max_size=40) | any_text.map(lambda text: text.encode("utf-8", "surrogatepass"))
lines_of_any_kind = st.lists(any_text | any_bytes, max_size=8)


def cut(data: bytes, places: Iterable[int]) -> list[bytes]:
    """A stream in pieces, cut at some places."""
    ends = sorted(min(place, len(data)) for place in places)
    return [data[start:end] for start, end in zip([0, *ends], [*ends, len(data)], strict=True)]


@given(any_text | any_bytes)
@example(b"")
@example("\0")
@example("\r")
@example("\ud800")
@example(f"{FULL_SYNC}{'f' * 40}:{NINES}")
@example(f"1:S 29 May 2023 07:48:59.118 * Connecting to MASTER 10.0.202.28:{NINES}")
@example(f"{NINES}:S 29 May 2023 07:48:59.118 * Connecting to MASTER 10.0.202.28:6379")
@example("1:S 29 May 0000 07:48:59.118 * Connecting to MASTER :0")
@example("1:S 99 Xyz 2023 99:99:99.999 * Connecting to MASTER ::")
@example("generated_response:")
@example("[pod/a/redis] 9999-99-99T99:99:99Z x")
def test_no_line_raises(line: str | bytes) -> None:
    event = parse_line(line, source="here")
    assert isinstance(event, Event)
    assert event.line_number == 1
    assert str(event.key)
    assert repr(event)
    assert event.at is None or isinstance(event.at, datetime)


@given(lines_of_any_kind)
def test_every_line_gives_one_event_in_order(lines: list[str | bytes]) -> None:
    events = list(parse(lines, source="here"))
    assert [event.line_number for event in events] == list(range(1, len(lines) + 1))
    assert [event.source or "" for event in events] == [event.source for event in events]


@given(st.lists(any_bytes, max_size=4), st.lists(st.integers(0, 400), max_size=6))
def test_a_stream_may_be_cut_anywhere(lines: list[bytes], places: list[int]) -> None:
    data = b"\n".join(lines)
    whole = list(split_lines([data]))
    assert list(split_lines(cut(data, places))) == whole
    assert b"\n".join(whole) == data.removesuffix(b"\n")
    assert list(parse(split_lines(cut(data, places)))) == list(parse(whole))


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", []),
        (b"one", [b"one"]),
        (b"one\n", [b"one"]),
        (b"one\n\n", [b"one", b""]),
        (b"\none", [b"", b"one"]),
        (b"one\r\ntwo\r", [b"one\r", b"two\r"]),
    ],
)
def test_a_stream_is_cut_at_newlines_and_its_last_line_needs_none(data: bytes, lines: list[bytes]) -> None:
    assert list(split_lines([data])) == lines
    assert list(split_lines([data[place : place + 1] for place in range(len(data))])) == lines


@given(lines_of_any_kind)
def test_one_text_and_its_lines_are_read_alike(lines: list[str | bytes]) -> None:
    texts = [decode(line).replace("\n", " ") for line in lines]
    whole = "".join(f"{text}\n" for text in texts)
    assert list(parse(whole)) == list(parse(texts))
    if texts and texts[-1]:
        assert list(parse(whole.removesuffix("\n"))) == list(parse(texts))
    if not re.search("[\ud800-\udfff]", whole):
        assert list(parse(whole.encode())) == list(parse(texts))


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r"])
def test_the_end_of_a_line_is_no_part_of_it(end: str) -> None:
    line = "1:M 29 May 2023 07:47:57.186 * Ready to accept connections"
    assert parse_line(line + end) == parse_line(line)
    assert parse_line((line + end).encode()) == parse_line(line)


def test_bytes_that_are_no_text_are_kept() -> None:
    line = b"1:M 29 May 2023 07:47:57.186 * Some \xff\xfe thing"
    event = parse_line(line)
    assert isinstance(event, Unrecognized)
    assert event.message.encode("utf-8", "surrogateescape") == b"Some \xff\xfe thing"
    foreign = parse_line(b"\x89PNG\r\x00")
    assert isinstance(foreign, Foreign)
    assert foreign.message.encode("utf-8", "surrogateescape") == b"\x89PNG\r\x00"


def test_a_value_that_is_no_text_is_kept_in_its_field() -> None:
    event = parse_line(b"1:S 29 May 2023 07:47:57.186 # MASTER aborted replication with an error: \xff")
    assert event.key == "replica.full-sync.primary-error"
    assert getattr(event, "error", None) == "\udcff"


def test_runs_of_foreign_lines_are_numbered() -> None:
    server = "1:M 29 May 2023 07:47:57.186 * Ready to accept connections"
    events = list(parse(["logo", "art", server, server, "more art", server]))
    assert [getattr(event, "block", None) for event in events if isinstance(event, Foreign)] == [1, 1, 2]


def test_an_unknown_message_keeps_what_stands_around_it() -> None:
    event = parse_line("7:S 29 May 2023 07:47:57.186 - Something that no server prints", source="a.log")
    assert isinstance(event, Unrecognized)
    assert (event.key, event.pid, event.flag, event.level) == ("unrecognized", 7, "S", "verbose")
    assert (event.source, event.line_number) == ("a.log", 1)


def test_old_and_new_words_give_the_same_event() -> None:
    old, new = (
        parse_line(f"1:M 29 May 2023 07:49:04.507 * Starting BGSAVE for SYNC with target: {words}")
        for words in ("slaves sockets", "replicas sockets")
    )
    assert (type(old), old.key) == (type(new), new.key)
    assert getattr(old, "target", None) == getattr(new, "target", None) == "replicas sockets"


def test_equal_lines_give_equal_events_and_other_places_other_ones() -> None:
    line = "1:M 29 May 2023 07:47:57.186 * Ready to accept connections"
    assert parse_line(line) == parse_line(line)
    assert hash(parse_line(line)) == hash(parse_line(line))
    assert parse_line(line, source="a") != parse_line(line, source="b")
    first, second = parse([line, line])
    assert first != second


zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
stamps = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))


@given(
    server_lines.filter(lambda line: not re.search(r"[\n\r]", line)),
    st.booleans(),
    st.none() | stamps,
    zones,
    st.sampled_from(["000", "319", ""]),
)
def test_what_kubectl_puts_before_a_line_is_taken_off(
    line: str, names: bool, collected: datetime | None, zone: timezone, nanoseconds: str
) -> None:
    prefix = "[pod/argocd-redis-ha-server-1/redis] " if names else ""
    if collected is not None:
        at = collected.astimezone(zone).isoformat(timespec="microseconds")
        prefix += f"{at[:26]}{nanoseconds}{at[26:].replace('+00:00', 'Z')} "
    plain, wrapped = parse_line(line), parse_line(prefix + line, source="capture")
    assert (type(wrapped), wrapped.key, wrapped.message) == (type(plain), plain.key, plain.message)
    assert (wrapped.pid, wrapped.flag, wrapped.level, wrapped.header.stamp) == (
        plain.pid,
        plain.flag,
        plain.level,
        plain.header.stamp,
    )
    assert wrapped.source == ("argocd-redis-ha-server-1" if names else "capture")
    assert wrapped.header.collected == collected
    assert wrapped.header.prefix == prefix


def test_a_container_that_is_not_redis_keeps_its_name() -> None:
    event = parse_line("[pod/argocd-redis-ha-server-1/sentinel] 1:X 29 May 2023 07:47:57.186 # +new-epoch 7")
    assert (event.key, event.source) == ("sentinel.+new-epoch", "argocd-redis-ha-server-1/sentinel")


def test_one_stream_of_several_pods_is_told_apart() -> None:
    stream = [f"[pod/{name}/redis] {line}" for name, text in LOGS.items() for line in text.splitlines()]
    together = replay({"stdin": stream})
    apart = replayed()
    assert together.nodes == apart.nodes
    assert together.verdict.status == apart.verdict.status
    assert [attrs.evolve(resync, evidence=()) for resync in together.resyncs] == [
        attrs.evolve(resync, evidence=()) for resync in apart.resyncs
    ]


def everything(timeline: Timeline) -> tuple[object, ...]:
    """All that a timeline says."""
    return (
        timeline.verdict,
        timeline.resyncs,
        timeline.clocks,
        timeline.roles,
        timeline.failovers,
        timeline.events,
        timeline.nodes,
        timeline.coverage,
    )


def test_feeding_line_by_line_says_the_same_as_the_whole() -> None:
    timeline = Timeline()
    for name, text in LOGS.items():
        for line in text.splitlines():
            timeline.feed(line, name)
    assert everything(timeline) == everything(replayed())


def test_asking_in_between_changes_nothing() -> None:
    timeline = Timeline()
    for name, text in reversed(LOGS.items()):
        for line in text.splitlines():
            timeline.feed(line, name)
            assert timeline.verdict.status
    assert everything(timeline) == everything(replayed())


@given(st.lists(st.sampled_from(sorted(LOGS)), max_size=80))
def test_how_the_lines_of_several_sources_alternate_changes_nothing(turns: list[str]) -> None:
    waiting = {name: text.splitlines() for name, text in LOGS.items()}
    timeline = Timeline()
    for name in (*turns, *(name for name, lines in waiting.items() for _ in lines)):
        if waiting[name]:
            timeline.feed(waiting[name].pop(0), name)
    assert everything(timeline) == everything(replayed())


@given(st.lists(any_text.map(lambda text: text.replace("\n", " ")), max_size=12))
def test_any_lines_can_be_replayed(lines: list[str]) -> None:
    whole = replay({"a": lines})
    piecemeal = Timeline()
    piecemeal.know("a")
    for line in lines:
        piecemeal.feed(line, "a")
    assert everything(whole) == everything(piecemeal)
    assert whole.coverage.lines == len(lines)
    assert str(whole.verdict)


def test_the_registers_of_a_crash_report_are_one_message() -> None:
    """The server prints them over several lines, of which the first has none."""
    prefix = "5476:M 25 Nov 2026 14:47:29.657 # "
    dump = ["RAX:0000000000000000 RBX:0000000000000002", "CSGSFS:002b000000000033"]
    lines = [prefix, *dump, f"{prefix}(00007ffe290084ef) -> 00007ffe29008680"]
    assert [event.key for event in parse(lines)] == ["crash.registers-dump", "crash.stack-word"]
    assert [event.key for event in parse([prefix, "no register"])] == ["unrecognized", "foreign"]
