"""Tables, exports and issues with several fences: each block is one capture, named by the words before it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from redislog import parse, replay
from redislog.capture.blocks import named_in

PRIMARY = [
    "1:M 18 Jun 2024 15:26:55.111 * Replica 10.0.0.12:6379 asks for synchronization",
    "1:M 18 Jun 2024 15:26:55.112 * Full resync requested by replica 10.0.0.12:6379",
    "1:M 18 Jun 2024 15:27:01.210 * Synchronization with replica 10.0.0.12:6379 succeeded",
]
REPLICA = [
    "1:S 18 Jun 2024 15:26:55.109 * Connecting to MASTER 10.0.0.11:6379",
    "1:S 18 Jun 2024 15:26:55.109 * MASTER <-> REPLICA sync started",
    "1:S 18 Jun 2024 15:26:55.110 # Error condition on socket for SYNC: Connection refused",
]
SENTINEL = [
    "7:X 18 Jun 2024 15:26:55.109 # +sdown master mymaster 10.0.0.11 6379",
    "7:X 18 Jun 2024 15:26:56.109 # -sdown master mymaster 10.0.0.11 6379",
]
OLD = [
    "[1204] 23 Jul 16:09:14.084 * Connecting to MASTER 10.0.0.11:6379",
    "[1204] 23 Jul 16:09:14.085 * MASTER <-> SLAVE sync started",
]

NAMES = {
    "## redis-0": "redis-0",
    "redis-0:": "redis-0",
    "**redis-0**": "redis-0",
    "* `redis-0` keeps trying:": "redis-0",
    "2. node-1 (tries to connect to node-2):": "node-1",
    "<summary>redis-node-1.redis-headless logs</summary>": "redis-node-1",
    "<details><summary><b>valkey-3</b></summary>": "valkey-3",
    "Logs of node B:": "node-B",
    "- **Server 2**": "server-2",
    "And this is what the old master says": "old-master",
    "__Replica__": "replica",
    "Master log": "master",
    "Sentinel:": "sentinel",
    "*cache-7d9c5b8f6d-x2x9p*": "cache-7d9c5b8f6d-x2x9p",
}


@pytest.mark.parametrize("words", NAMES)
def test_what_words_name(words: str) -> None:
    found = named_in(words)
    assert found is not None
    assert found.source == NAMES[words]


@pytest.mark.parametrize(
    "words",
    [
        "", "Expected behaviour", "This happens since redis 7.0.15:", "on Ubuntu22, port 6379", "### Steps to reproduce",
        "See issue #7213", "v6.2.6", "Step 2", "the log", "it prints, again and again:", "x" * 400,
    ],
)  # fmt: skip
def test_what_words_do_not_name(words: str) -> None:
    assert named_in(words) is None


def fence(lines: list[str]) -> list[str]:
    """A fence around lines."""
    return ["```", *lines, "```"]


def language(lines: list[str]) -> list[str]:
    """A fence with tildes and a language, one blank line below its name."""
    return ["", "~~~log", *lines, "~~~", ""]


def markdown(lines: list[str]) -> list[str]:
    """A table with bars on both ends, an empty first column, and the collector's clock three hours ahead."""
    rows = [f"|  | 2024-06-18 18:26:55.109 | {line} |" for line in lines]
    return ["", "| | time | line |", "|--|------|------|", *rows, ""]


def coded(lines: list[str]) -> list[str]:
    """A table whose lines are marked as code."""
    rows = [f"| {n} | `{line}` |" for n, line in enumerate(lines)]
    return ["| # | Log message |", "|:-:|:----|", *rows, ""]


def drawn(lines: list[str]) -> list[str]:
    """A table drawn with + and -."""
    width = max(map(len, lines))
    rule = f"+-----+-{'-' * width}-+"
    return [rule, f"| n   | {'message':{width}} |", rule, *(f"| {n:<3} | {line:{width}} |" for n, line in enumerate(lines)), rule]  # fmt: skip


def boxed(lines: list[str]) -> list[str]:
    """A table drawn with lines."""
    width = max(map(len, lines))
    rule = "─" * (width + 2)
    return [f"┌{rule}┐", *(f"│ {line:{width}} │" for line in lines), f"└{rule}┘", ""]


def quoted(lines: list[str]) -> list[str]:
    """A fence in a quote."""
    return [f"> {line}".rstrip() for line in fence(lines)]


BLOCKS: list[Callable[[list[str]], list[str]]] = [fence, language, markdown, coded, drawn, boxed, quoted]


@pytest.mark.parametrize("second", BLOCKS)
@pytest.mark.parametrize("first", BLOCKS)
def test_each_block_is_a_capture_named_by_the_words_before(
    first: Callable[[list[str]], list[str]], second: Callable[[list[str]], list[str]]
) -> None:
    issue = ["It fails since Monday.", "", "redis-0:", *first(PRIMARY), "", "redis-1 (thinks redis-0 is the master):", *second(REPLICA), "", "Any idea?"]  # fmt: skip
    timeline = replay({"issue.md": issue})
    assert set(timeline.nodes) == {"redis-0", "redis-1"}
    nodes = timeline.verdict.nodes
    assert (nodes["redis-0"].role, nodes["redis-1"].role) == ("primary", "replica")
    assert sum(event.key == "unrecognized" for event in parse(issue)) == 0


@pytest.mark.parametrize("lines", [PRIMARY, REPLICA, SENTINEL, OLD])
@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_reads_as_its_lines(block: Callable[[list[str]], list[str]], lines: list[str]) -> None:
    found = [event for event in parse(["node-3", *block(lines)]) if event.key != "foreign"]
    assert [event.key for event in found] == [event.key for event in parse(lines)]
    assert {event.source for event in found} == {"node-3"}
    assert [event.stamp for event in found] == [event.stamp for event in parse(lines)]


@pytest.mark.parametrize("block", [fence, quoted, coded])
def test_a_block_without_words_is_of_what_stands_around(block: Callable[[list[str]], list[str]]) -> None:
    assert replay({"node": [*block(REPLICA)]}).nodes == ("node",)


@pytest.mark.parametrize("mark", ["`{}`", "**{}**", "- {}", "{}"])
@pytest.mark.parametrize("lines", [PRIMARY, REPLICA, SENTINEL, OLD])
def test_a_line_of_the_log_names_no_block(lines: list[str], mark: str) -> None:
    found = parse([mark.format(lines[0]), f"| {lines[1]} |", mark.format(lines[0]), *fence(lines[1:])])
    assert {event.source for event in found} == {None}


LOGO = r"""
                _._
           _.-``__ ''-._
      _.-``    `.  `_.  ''-._           Redis 5.0.3 (00000000/0) 64 bit
  .-`` .-```.  ```\/    _.,_ ''-._
 (    '      ,       .-`  | `,    )     Running in sentinel mode
 |`-._`-...-` __...-.``-._|'` _.-'|     Port: 26379
 |    `-._   `._    /     _.-'    |     PID: 7
  `-._    `-._  `-./  _.-'    _.-'
 |`-._`-._    `-.__.-'    _.-'_.-'|
 |    `-._`-._        _.-'_.-'    |           http://redis.io
""".splitlines()


def test_a_banner_is_no_block() -> None:
    assert {event.source for event in parse([*LOGO, *SENTINEL]) if event.key.startswith("sentinel.")} == {
        None
    }


EXPORTS: dict[str, Callable[[str, str, int], str]] = {
    "date in words, host, quoted": lambda line, host, n: (
        f'"Jun 18, 2024 @ 15:26:55.{n:03}","{host}","{line}"'
    ),
    "date in words, host, tabs": lambda line, host, n: f"Jun 18, 2024 @ 15:26:55.{n:03}\t{host}\t{line}",
    "host first": lambda line, host, n: f'{host},"18 Jun 2024 15:26:55.{n:03}","{line}"',
    "semicolons": lambda line, host, n: f"2024-06-18T15:26:55.{n:03}Z;{host};{line}",
    "bars": lambda line, host, n: f"| Jun 18, 2024 @ 15:26:55.{n:03} | {host} | {line} |",
    "bars, empty cells": lambda line, host, n: f"|  | {host} |  | {line} |  |",
}
HEADS: dict[str, str] = {
    "date in words, host, quoted": '"@timestamp","pod","message"',
    "date in words, host, tabs": "Time\tHost\tMessage",
    "host first": "node,time,line",
    "semicolons": "time;hostname;message",
    "bars": "| Time | Pod | Log line |",
    "bars, empty cells": "| | host | | log | |",
}


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("headed", [False, True])
@pytest.mark.parametrize("form", EXPORTS)
def test_rows_of_several_hosts(form: str, headed: bool, newest_first: bool) -> None:
    rows = [EXPORTS[form](line, host, n) for host, lines in (("redis-0", PRIMARY), ("redis-1", REPLICA)) for n, line in enumerate(lines)]  # fmt: skip
    if newest_first:
        rows.reverse()
    head = [HEADS[form], *(["|--|--|--|"] if form == "bars" else [])] if headed else []
    nodes = replay({"export": [*head, *rows]}).verdict.nodes
    assert {name for name in nodes if ":" not in name} == {"redis-0", "redis-1"}
    assert (nodes["redis-0"].role, nodes["redis-1"].role) == ("primary", "replica")
    assert nodes["redis-1"].in_sync is not True


MEANINGS = [
    "MASTER <-> REPLICA sync started,a replica connects",
    "Connection with master lost.,the link is gone",
    "Caching the disconnected master state.,it may go on from there",
    "Full resync from master: 3b1f0c9e77d2a4458e6601b7c2d9f4a6e8057713:101,all is sent",
]


@pytest.mark.parametrize(
    "heads", ["message | meaning", "log line | what it means", "text | see", "event | cause"]
)
@pytest.mark.parametrize("before", ["", "What the replica prints:", "redis-1:"])
def test_a_table_of_messages_and_what_they_mean_is_no_log(before: str, heads: str) -> None:
    rows = [f"| {row.replace(',', ' | ')} |" for row in MEANINGS]
    text = [before, f"| {heads} |", "|---|---|", *rows]
    assert {event.key for event in parse(text)} == {"foreign"}
    assert replay({"page.md": text}).nodes == ()


@pytest.mark.parametrize("heads", ["message,meaning", "text,see", "Log line,why"])
def test_nor_are_rows_of_such_a_table(heads: str) -> None:
    assert {event.key for event in parse([heads, *MEANINGS])} == {"foreign"}
