"""Others that read logs, each as a function of lines; and redislog's own grammar in pure pyparsing."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyparsing as pp

from redislog.events.index import INDEX
from redislog.grammar.buckets import leading_words
from redislog.grammar.build import message_expression
from redislog.grammar.dispatch import Entry
from redislog.grammar.notation import read_template
from redislog.grammar.prefix import layouts

HEADER = (
    "%{POSINT:pid}:%{WORD:role} %{MONTHDAY:day} %{MONTH:month} %{YEAR:year} %{TIME:time} "
    "%{NOTSPACE:mark} %{GREEDYDATA:message}"
)
"""The prefix of a line, for grok."""

_LNAV_FORMAT = {
    "$schema": "https://lnav.org/schemas/format-v1.schema.json",
    "redis_log": {
        "title": "Redis",
        "description": "Log of a Redis server",
        "regex": {
            "bare": {
                "pattern": "^(?<pid>\\d+):(?<role>[MSCX]) (?<timestamp>\\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d{3}) "
                "(?<mark>[.\\-*#]) (?<body>.*)$"
            }
        },
        "timestamp-format": ["%d %b %Y %H:%M:%S.%L"],
        "level-field": "mark",
        "level": {"debug": "\\.", "info": "-", "notice": "\\*", "warning": "#"},
        "value": {
            "pid": {"kind": "string"},
            "role": {"kind": "string", "identifier": True},
            "mark": {"kind": "string"},
        },
        "sample": [{"line": "1:M 29 May 2023 07:48:59.135 * Ready to accept connections"}],
    },
}


def grok(lines: Iterable[bytes]) -> int:
    """Read headers with pygrok; how many lines had one."""
    from pygrok import Grok

    match = Grok(HEADER).match
    return sum(match(line.decode()) is not None for line in lines)


def drain(lines: Iterable[bytes]) -> int:
    """Sort messages by their templates with drain3, as it is set up by default; how many templates there are."""
    from drain3 import TemplateMiner
    from drain3.template_miner_config import TemplateMinerConfig

    logging.getLogger("drain3").setLevel(logging.WARNING)
    miner = TemplateMiner(config=TemplateMinerConfig())
    for line in lines:
        miner.add_log_message(line.decode().rstrip("\n").split(" ", 6)[-1])
    return len(miner.drain.clusters)


def lnav(path: Path, home: Path) -> int:
    """Read a file with lnav into a table and count its lines."""
    folder = home / ".lnav" / "formats" / "redis"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "redis.json").write_text(json.dumps(_LNAV_FORMAT))
    query = ";SELECT count(*) AS n FROM redis_log"
    command = [shutil.which("lnav") or "lnav", "-N", "-n", "-c", query, "-c", ":write-csv-to -", str(path)]
    done = subprocess.run(command, env={**os.environ, "HOME": str(home)}, capture_output=True, check=True)
    return int(done.stdout.split()[-1])


class Pyparsing:
    """The reference grammar as it is defined, with the messages sorted by their first word."""

    def __init__(self) -> None:
        index = json.loads(INDEX.read_text(encoding="utf-8"))
        self._prefix = layouts()["legacy"]
        self._by_word: dict[str, list[pp.ParserElement]] = {}
        entries = (Entry(*row) for row in index["messages"])
        for template in dict.fromkeys(entry.template for entry in entries):
            for words in leading_words(template):
                self._by_word.setdefault(words[0] if words else "", []).append(_expression(template))

    @cache  # noqa: B019
    def _messages(self, word: str) -> pp.ParserElement:
        return pp.MatchFirst([*self._by_word.get(word, ()), *self._by_word[""]])

    def read(self, lines: Iterable[bytes]) -> int:
        """How many lines are of a known message."""
        known = 0
        for line in lines:
            try:
                message = self._prefix.parse_string(line.decode().rstrip("\n"))["message"]
                self._messages(message.partition(" ")[0]).parse_string(message)
            except pp.ParseException:
                continue
            known += 1
        return known


def _expression(template: str) -> pp.ParserElement:
    return message_expression(read_template(template))
