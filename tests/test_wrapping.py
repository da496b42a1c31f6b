"""A record that was broken over several lines is one event, and knows the line that it begins at."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from redislog import parse
from tests.test_joined import LOGS, printed
from tests.transforms_writer import Write, each_line_of, filled, wrapped

LONG = [
    ("M", "#", "WARNING: The TCP backlog setting of 511 cannot be enforced because /proc/sys/net/core/somaxconn is set to the lower value of 128."),
    ("M", "*", f"Replication backlog created, my new replication IDs are '{'3b1f' * 10}' and '{'0' * 40}'"),
    ("M", "*", f"Partial resynchronization not accepted: Replication ID mismatch (Replica asked for '{'77aa' * 10}', my replication IDs are '{'3b1f' * 10}' and '{'0' * 40}')"),
    ("M", "*", "Ready to accept connections tcp"),
    ("S", "*", f"Trying a partial resynchronization (request {'3b1f' * 10}:44101)."),
    ("S", "*", "MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF to disk"),
    ("S", "#", "Setting secondary replication ID to " + "3b1f" * 10 + ", valid up to offset: 44102. New replication ID is " + "77aa" * 10),
]  # fmt: skip
ALL = {**LOGS, "long": LONG}
WAYS: dict[str, Write] = {
    **{f"a terminal of {width}": wrapped(width) for width in (48, 60, 80, 100, 120, 132)},
    **{f"a terminal of {width}, indented": wrapped(width, "  ") for width in (60, 80, 120)},
    **{f"a mail of {width}": filled(width) for width in (60, 72, 80, 120)},
    **{f"a page of {width}, indented": filled(width, "\t") for width in (60, 80, 120)},
    **{f"a quoted mail of {width}": each_line_of(filled(width), "> ") for width in (66, 72, 76)},
    "an answer to a quoted mail": each_line_of(filled(72), ">> "),
    "indented, all of it": each_line_of(wrapped(80), "    "),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("layout", ["legacy", "without a year"])
def test_a_broken_log_says_what_it_says_whole(way: str, name: str, layout: str) -> None:
    lines = printed(ALL[name], layout, 712)
    broken = list(WAYS[way](lines))
    apart = [(event.key, event.message) for event in parse(lines)]
    events = [event for event in parse(broken) if event.message.strip()]
    assert [(event.key, event.message) for event in events] == apart
    numbers = [number for number, line in enumerate(broken, start=1) if "712:" in line or "1220:" in line]
    assert [event.line_number for event in events] == numbers


@example(50, "replica", False, "")
@given(
    st.integers(50, 160), st.sampled_from(sorted(ALL)), st.booleans(), st.sampled_from(["", "  ", "      "])
)
def test_at_any_width(width: int, name: str, hard: bool, indent: str) -> None:
    lines = printed(ALL[name], "legacy", 31007)
    broken = list((wrapped if hard else filled)(width, indent)(lines))
    keys = [event.key for event in parse(lines)]
    found = [event.key for event in parse(broken) if event.key != "foreign"]
    assert found == keys


def test_what_follows_a_line_is_no_part_of_it_where_there_was_room() -> None:
    lines = printed(LOGS["replica"][:3], "legacy", 712)
    events = list(parse([*lines, "hello", *lines]))
    assert [event.message for event in events[2:4]] == [
        "Error condition on socket for SYNC: Connection refused",
        "hello",
    ]
