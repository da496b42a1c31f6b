"""Issues and exports: each fence and table is one capture, named by the words above it; rows name their servers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislog import parse, replay
from redislog.capture.blocks import named_in
from redislog.capture.columns import origin_of_cells

TRIES = [
    ("18 Jun 2024 15:23:36.849", "*", "Connecting to MASTER 172.20.181.236:6379"),
    ("18 Jun 2024 15:23:36.849", "*", "MASTER <-> REPLICA sync started"),
    ("18 Jun 2024 15:23:36.850", "#", "Error condition on socket for SYNC: Connection refused"),
]
SYNCS = [
    ("18 Jun 2024 15:26:55.109", "*", "Connecting to MASTER 172.20.75.109:6379"),
    ("18 Jun 2024 15:26:55.109", "*", "MASTER <-> REPLICA sync started"),
    ("18 Jun 2024 15:26:55.110", "*", "Non blocking connect for SYNC fired the event."),
    ("18 Jun 2024 15:26:55.110", "*", "Master replied to PING, replication can continue..."),
    (
        "18 Jun 2024 15:26:55.112",
        "*",
        "Full resync from master: 3b1f0c9e77d2a4458e6601b7c2d9f4a6e8057713:101",
    ),
    ("18 Jun 2024 15:26:55.113", "*", "MASTER <-> REPLICA sync: Finished with success"),
]
Said = Sequence[tuple[str, str, str]]
Block = Callable[[list[str]], list[str]]


def lines_of(said: Said) -> list[str]:
    """The lines of one server in a container."""
    return [f"1:S {stamp} {mark} {message}" for stamp, mark, message in said]


def collected(line: str) -> str:
    """A collector's clock, three hours ahead of the line's."""
    hour = int(line[16:18]) + 3
    return f"2024-06-18 {hour}:{line[19:28]}"


BLOCKS: dict[str, Block] = {
    "a fence": lambda lines: ["```", *lines, "```"],
    "a fence of a language": lambda lines: ["```text", *lines, "```"],
    "a fence of tildes": lambda lines: ["~~~", *lines, "~~~"],
    "a long fence": lambda lines: ["`````log", *lines, "`````"],
    "a fence in a list": lambda lines: ["  ```", *(f"  {line}" for line in lines), "  ```"],
    "a fence in a quote": lambda lines: ["> ```", *(f"> {line}" for line in lines), "> ```"],
    "a fence after a blank line": lambda lines: ["", "```console", *lines, "```", ""],
    "a table": lambda lines: ["| time | line |", "|---|---|", *(f"| {collected(line)} | {line} |" for line in lines)],
    "a table with an empty column": lambda lines: ["| | time | line |", "|--|------|------|", *(f"|  | {collected(line)} | {line} |" for line in lines)],
    "a table of lines alone": lambda lines: ["| # | log |", "|:--|:--:|", *(f"| {number} | `{line}` |" for number, line in enumerate(lines))],
    "a drawn table": lambda lines: ["+----+------+", "| id | message |", "+====+======+", *(f"| 7 | {line} |" for line in lines), "+----+------+"],
    "a box": lambda lines: ["┌────┬────┐", "│ id │ message │", "├────┼────┤", *(f"│ 7 │ {line} │" for line in lines), "└────┴────┘"],
    "a table without a head": lambda lines: [f"| {collected(line)} | {line} |" for line in lines],
    "a pre": lambda lines: ["<pre>", *lines, "</pre>"],
    "a pre with a class": lambda lines: ['<pre class="log"><code>', *lines, "</code></pre>"],
    "a fence with a command": lambda lines: ["```", "$ tail -n 6 /var/log/redis/redis.log", *lines, "```"],
}  # fmt: skip
WORDS = {
    "{name} keeps trying:": "plain",
    "{name} (thinks {other} is the master):": "with an aside",
    "### {name}": "a heading",
    "**{name}**": "bold",
    "* __{name}__ log:": "a list item",
    "2. logs of `{name}`": "a numbered item",
    "<summary>{name} logs</summary>": "a summary",
    "<details><summary><b>{name}</b></summary>": "details",
    "Here is what pod/{name} says:": "a pod",
    "#### Logs from {name}.redis-headless.default.svc:": "a host",
    "> {name}:": "quoted",
}


@pytest.mark.parametrize("words", WORDS, ids=WORDS.values())
@pytest.mark.parametrize("block", BLOCKS)
def test_each_block_is_one_capture_named_by_the_words_above_it(block: str, words: str) -> None:
    text = ["I see this since the upgrade.", ""]
    for name, other, said in (("redis-0", "redis-1", TRIES), ("redis-1", "redis-0", SYNCS)):
        text += [words.format(name=name, other=other), *BLOCKS[block](lines_of(said)), ""]
    verdict = replay({"issue.md": [*text, "What can I do?"]}).verdict
    states = {
        name: (state.in_sync, state.primary) for name, state in verdict.nodes.items() if "." not in name
    }
    assert states == {"redis-0": (False, "172.20.181.236:6379"), "redis-1": (True, "172.20.75.109:6379")}
    assert verdict.coverage.unrecognized == 0


@pytest.mark.parametrize("block", BLOCKS)
def test_a_line_in_a_block_is_the_same_line(block: str) -> None:
    lines = BLOCKS[block](lines_of(SYNCS))
    events = [event for event in parse(["redis-1:", *lines]) if event.pid is not None]
    assert [event.key for event in events] == [event.key for event in parse(lines_of(SYNCS))]
    assert [event.stamp for event in events] == [event.stamp for event in parse(lines_of(SYNCS))]
    assert all(event.message in ["redis-1:", *lines][event.line_number - 1] for event in events)
    assert {event.source for event in events} == {"redis-1"}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("node-0 (tries to connect to node-1):", "node-0"),
        ("Master", "master"),
        ("## Logs of the old master", "old-master"),
        ("New primary:", "new-primary"),
        ("Node B", "node-B"),
        ("**slave 2**", "slave-2"),
        ("Sentinel 3 log", "sentinel-3"),
        ("<summary>cache-7d4b9c5f6-x2x9z</summary>", "cache-7d4b9c5f6-x2x9z"),
        ("$ kubectl logs redis-0 -c redis", "redis-0"),
        ("redis_master.log", "master"),
        ("server3", "server3"),
        ("__redis_node_1__", "redis_node_1"),
        ("valkey-cluster-5:", "valkey-cluster-5"),
    ],
)
def test_words_that_name_a_server(words: str, name: str) -> None:
    found = named_in(words)
    assert found is not None
    assert found.source == name


@pytest.mark.parametrize(
    "words",
    [
        "", "Expected behaviour", "Redis version 7.2.4", "redis6", "issue-12", "Step-2", "Logs:", "10.0.0.4:6379 says",
        "v7", "ubuntu22", "Steps to reproduce the behavior:", "Server log", "See https://example.com/redis/1234", "x" * 500,
    ],
)  # fmt: skip
def test_words_that_name_none(words: str) -> None:
    assert named_in(words) is None


@given(st.text(max_size=300))
def test_any_words_name_one_server_or_none(words: str) -> None:
    found = named_in(words)
    assert found is None or found.source is None or found.source.strip()


def test_what_follows_a_block_is_not_of_it() -> None:
    text = ["redis-1:", "```", *lines_of(SYNCS), "```", *lines_of(TRIES)]
    found = [event.source for event in parse(text, source="issue") if event.pid is not None]
    assert found == ["redis-1"] * len(SYNCS) + ["issue"] * len(TRIES)


def test_a_block_without_words_is_of_what_stands_around_it() -> None:
    text = ["```", *lines_of(SYNCS), "```", "", "Expected behaviour", "", "```", *lines_of(TRIES), "```"]
    assert {event.source for event in parse(text, source="issue") if event.pid is not None} == {"issue"}


Row = Callable[[str, str], str]
ROWS: dict[str, tuple[str, Row]] = {
    "a CSV export": ('"@timestamp","kubernetes.pod.name",message', lambda name, line: f'"June 18th 2024, 18:23:36.849","{name}","{line}"'),
    "a CSV export, Kibana's words": ('"@timestamp",pod,Message', lambda name, line: f'"Jun 18, 2024 @ 18:23:36.849",{name},"{line}"'),
    "hosts": ("time,host,line", lambda name, line: f'2024-06-18T18:23:36Z,{name},"{line}"'),
    "hosts that have names of their own": ("Date,Hostname,Log", lambda name, line: f'Tue Jun 18 18:23:36 2024,{name},"{line}"'),
    "semicolons": ("time;pod;message", lambda name, line: f'18.06.2024 18:23:36;{name};"{line}"'),
    "tabs": ("time\tpod\tmessage", lambda name, line: f"Jun 18, 2024 @ 18:23:36.849\t{name}\t{line}"),
    "a Markdown table": ("| time | pod | line |", lambda name, line: f"| Jun 18, 2024 @ 18:23:36.849 | {name} | {line} |"),
    "a Markdown table, empty cells": ("| | Pod | | Log |", lambda name, line: f"| | {name} |  | {line} |"),
    "a table without closing bars": ("| host | message", lambda name, line: f"| {name} | {line}"),
    "a box": ("│ Time │ Server │ Message │", lambda name, line: f"│ 18:23:36 │ {name} │ {line} │"),
    "bars without a head": ("", lambda name, line: f"| Jun 18, 2024 | {name} | {line} |"),
    "tabs without a head": ("", lambda name, line: f"Jun 18, 2024 @ 18:23:36.849\t{name}\t{line}"),
    "CSV without a head": ("", lambda name, line: f'"June 18th 2024, 18:23:36.849","{name}","{line}"'),
}  # fmt: skip


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("form", ROWS)
def test_rows_of_an_export_name_their_servers(form: str, *, newest_first: bool) -> None:
    head, row = ROWS[form]
    lines = [("cache-server-0", line) for line in lines_of(TRIES)]
    lines += [("cache-server-1", line) for line in lines_of(SYNCS)]
    rows = [row(name, line) for name, line in (lines[::-1] if newest_first else lines)]
    verdict = replay({"export.csv": [head, *rows] if head else rows}).verdict
    states = {
        name: (state.in_sync, state.primary) for name, state in verdict.nodes.items() if "." not in name
    }
    assert states == {
        "cache-server-0": (False, "172.20.181.236:6379"),
        "cache-server-1": (True, "172.20.75.109:6379"),
    }
    assert verdict.coverage.unrecognized == 0


def test_cells_that_name_no_server() -> None:
    for before in ("", "| 2024-06-18 | ", "a, b; ", "| redis | ", '"warn","x",'):
        assert origin_of_cells(before) is None


@pytest.mark.parametrize(
    "text",
    [
        ["| name | message |", "|---|---|", "| a | hello |"],
        ["| 1:S |", "| x |"],
        ["```"],
        ["| time | line |"],
        ["|"],
        ["┌──┐", "└──┘"],
        ["```", "1:S 31 Feb 2024 15:23:36.849 * x", "~~~", "```"],
    ],
)
def test_no_table_and_no_fence_is_an_error(text: list[str]) -> None:
    assert len(list(parse(text))) <= len(text)


TITLES = {
    "**{name}:**": "bold",
    "### {name}": "a heading",
    "--- {name} log output ---": "a rule",
    "Log of {name}:": "words",
    "And {name} (the new one) says:": "a sentence",
    "=== logs from {name} ===": "equals",
    "<b>{name}</b>": "a tag",
}


@pytest.mark.parametrize("words", TITLES, ids=TITLES.values())
@pytest.mark.parametrize("indent", ["", " ", "    "])
@pytest.mark.parametrize("between", [[], [""]], ids=["right above", "a blank line between"])
def test_a_title_right_above_lines_names_them_without_a_fence(
    words: str, indent: str, between: list[str]
) -> None:
    text = ["It broke tonight.", ""]
    for name, said in (("redis-0", TRIES), ("redis-1", SYNCS)):
        text += [words.format(name=name), *between, *(indent + line for line in lines_of(said)), ""]
    verdict = replay({"issue.md": [*text, "Thanks for any help:", "me"]}).verdict
    states = {name: state.in_sync for name, state in verdict.nodes.items() if "." not in name}
    assert states == {"redis-0": False, "redis-1": True}


@pytest.mark.parametrize("roles", [("Master", "Slave"), ("Primary", "Replica"), ("Node A", "Node B")])
def test_roles_and_letters_name_lines_without_a_fence(roles: tuple[str, str]) -> None:
    one, other = roles
    events = list(parse([f"{one}:", *lines_of(TRIES), "", f"{other}:", *lines_of(SYNCS)]))
    names = [event.source for event in events if event.pid is not None]
    assert len(set(names)) == 2
    assert None not in names


@pytest.mark.parametrize(
    "line",
    [
        "Then redis-3 came into play, and all was fine for some hours.",
        "08:12:33.12 INFO ==> redis-3:",
        "redis-3:6379> INFO replication",
        "The replica-2 pod was restarted, see below:\n\nMore of the same:",
        "Expected behaviour:",
        "replica-3:\n  image: redis",
    ],
)
def test_prose_between_lines_changes_no_names(line: str) -> None:
    text = ["redis-1:", *lines_of(SYNCS[:3]), *line.split("\n"), *lines_of(SYNCS[3:])]
    assert {event.source for event in parse(text, source="issue") if event.pid is not None} == {"redis-1"}
