"""A line that is read by its rest alone says what it says when it is read in full."""

from __future__ import annotations

import copy
import pickle
import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislog import Event, parse
from redislog.events.base import values_of
from redislog.matching import tables
from redislog.reading import Reader
from redislog.testing.simulate.forms import FORMS, Printed
from redislog.wrapping import Wrapping
from tests import catalogue
from tests.benchmarks.logs import LOGS, lines_of
from tests.test_grammar import damaged, filled

FIXTURES = Path(__file__).parent.parent / "fixtures"
CAPTURES = sorted(path for path in FIXTURES.rglob("*") if path.is_file() and path.suffix in (".log", ".txt"))
STEADY = (
    "kubectl-prefix",
    "kubectl-command-timestamps",
    "kubectl-prefix-timestamps",
    "cri-headings",
    "stern",
    "stern-timestamps",
    "compose",
)
PAUSES = [*[timedelta()] * 5, timedelta(seconds=3), timedelta(hours=1), timedelta(days=1)]
AT = datetime(2023, 12, 31, 23, 59, 58, 135000, UTC)


def in_full(lines: Iterable[str | bytes], **options: Any) -> list[Event]:
    """The events of lines that are all read in full."""
    reader, wrapping = Reader(**options), Wrapping()
    found = [event for line in lines for event in wrapping.feed(reader.feed(line))]
    return [*found, *wrapping.feed(reader.close()), *wrapping.close()]


def told(events: Iterable[Event]) -> list[tuple[type[Event], Any]]:
    """All that events say, with all that stands around them."""
    return [(type(event), values_of(event)) for event in events]


@pytest.mark.parametrize("letter", "MSCX")
def test_lookup_finds_what_dispatch_finds(letter: str) -> None:
    dispatcher, lookup = tables().messages, tables().lookups[letter]
    chance = random.Random(letter)
    for entry in dispatcher.entries:
        whole = filled(entry, 1)
        for text in (whole, filled(entry, 2), *damaged(whole, chance)):
            words = text.split(" ", 2)
            rows: Any = lookup[words[0]][text[-1:]]
            if isinstance(rows, dict):
                rows = rows.get(words[1] if len(words) > 1 else None) or rows[None]
            found = [(row[1], match.groupdict()) for row in rows if (match := row[0](text))][:1]
            expected = dispatcher.match(text, letter)
            assert found == ([] if expected is None else [expected]), (letter, text)


@pytest.mark.parametrize("capture", CAPTURES, ids=lambda path: str(path.relative_to(FIXTURES)))
def test_a_capture_says_the_same_by_both_ways(capture: Path) -> None:
    lines = capture.read_bytes().splitlines(keepends=True)
    assert told(parse(lines, source="pod")) == told(in_full(lines, source="pod"))


@pytest.mark.parametrize("name", LOGS)
def test_a_long_log_says_the_same_by_both_ways(name: str) -> None:
    lines = list(lines_of(name, 2000))
    assert told(parse(lines)) == told(in_full(lines))


@cache
def phrases() -> list[str]:
    """Lines of every version, of many messages, some damaged."""
    chance = random.Random(7)
    found = []
    for row in catalogue.rows()[::9]:
        for version in ("redis 2.8", "redis 4.0", "redis 7.2", "valkey 8.1"):
            if row in catalogue.rows_of(version):
                line = catalogue.printed(row, version, chance.randrange(3)).line
                found += [line, *list(damaged(line, chance))[:2]]
    return found


STAMPS = {
    "day": ("{pid}:{letter} {at:%d %b %Y %H:%M:%S}.135 * ", ""),
    "yearless": ("{pid}:{letter} {at:%d %b %H:%M:%S}.135 - ", ""),
    "iso": ("{pid}:{letter} {at:%Y-%m-%dT%H:%M:%S}.135+02:00 # ", ""),
    "unix": ("{pid}:{letter} {unix} . ", ""),
    "logfmt": ('pid={pid} role={role} timestamp="{at:%d %b %Y %H:%M:%S}.135" level=info message="', '"'),
}
ROLES = {"M": "primary", "S": "replica", "C": "RDB/AOF", "X": "sentinel"}
MESSAGES = (
    "Ready to accept connections",
    "DB 0: 12 keys (3 volatile) in 16 slots HT.",
    "Accepted 10.0.0.1:51234",
    "Replica 10.0.0.3:6379 asks for synchronization",
    "Connection with replica client id #11 lost.",
    "Failed opening the temp RDB file temp-7.rdb (in server root dir /data) for saving: No\x1b[31m space",
    "10000 changes in 60 seconds. Saving...",
    "MASTER <-> REPLICA sync: Finished with success",
    "MASTER <-> REPLICA sync: Finished with sucess",
    "MASTER &lt;-&gt; REPLICA sync started",
    "something that nothing knows",
    "Background saving started by pid 42 ",
    "Background saving started by\tpid 42",
    "+sdown master mymaster 10.0.0.1 6379",
    "Accepted 10.0.0.1:51234  # the first",
    "Accepted 10.0.█.█:51234",
    "Reading from client: Connection reset by peer  <-- here",
    "Reading from client: Connection reset by peer^C",
    "Client closed connection id=7 addr=10.0.0.1:51234 cmd=PSYNC",
    "Client closed connection id=7 addr=10.0.0.1:51234  (why?)",
    "Reading from client: broken *",
    "worker xx of <pool> went on",
    "",
)


@st.composite
def streams(draw: st.DrawFn) -> list[str | bytes]:
    """Lines of some processes, with what may stand between and around them."""
    form = draw(st.sampled_from([None, *STEADY]))
    letters = draw(st.sampled_from(["M", "S", "X", "MC", "MS", "MSCX"]))
    stamps = draw(st.sampled_from([*([kind] for kind in STAMPS), sorted(STAMPS)]))
    at = AT
    printed: list[Printed] = []
    for _ in range(draw(st.integers(1, 40))):
        kind = draw(st.sampled_from([0, 1, 1, 2, 2, 2, 2, 2]))
        at += draw(st.sampled_from(PAUSES))
        if kind == 0:
            text = draw(st.sampled_from(phrases()))
        elif kind == 1:
            text = draw(
                st.sampled_from(
                    [
                        "",
                        "# Server",
                        "--- 22 RECURSIVE ---",
                        "$ kubectl logs redis-7 -c redis",
                        "{",
                        "==> redis-2.log <==",
                    ]
                )
            )
        else:
            letter = draw(st.sampled_from(letters))
            begin, end = STAMPS[draw(st.sampled_from(stamps))]
            unix = int((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)
            pid = draw(st.sampled_from([1, 42]))
            prefix = begin.format(pid=pid, letter=letter, role=ROLES[letter], at=at, unix=unix)
            text = prefix + draw(st.sampled_from([*MESSAGES, *MESSAGES[:5]])) + end
        pod = draw(st.sampled_from(["redis-0", "redis-1"]))
        printed.append(Printed(pod, draw(st.sampled_from(["redis", "sentinel"])), text, at))
    written = [line.text for line in printed] if form is None else FORMS[form](printed).split("\n")
    ends = draw(st.sampled_from(["", "\n", "\r\n"]))
    lines: list[str | bytes] = []
    for line in written:
        text = line + ends
        lines.append(
            text.encode() + draw(st.sampled_from([b"", b"", b"", b"\xff"])) if draw(st.booleans()) else text
        )
    return lines


@given(streams(), st.sampled_from([None, 2023]), st.sampled_from([None, "Europe/Berlin"]))
def test_any_stream_says_the_same_by_both_ways(
    lines: list[str | bytes], year: int | None, tz: str | None
) -> None:
    expected = in_full(lines, source="log", year=year, tz=tz)
    assert told(parse(lines, source="log", year=year, tz=tz)) == told(expected)


def test_an_event_is_a_value_however_it_was_read() -> None:
    line = "1:M 29 May 2023 07:49:04.507 * Replica 10.0.0.3:6379 asks for synchronization"
    first, again = parse([line, line])
    assert pickle.loads(pickle.dumps(again)) == copy.copy(again) == again
    assert (again.line_number, first.line_number) == (2, 1)
    with pytest.raises(AttributeError):
        again.key = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="no attribute 'primary'"):
        _ = again.primary  # type: ignore[attr-defined]
    assert not hasattr(again, "nothing")
