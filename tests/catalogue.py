"""The catalogue's tables, and the lines that servers print by them, filled with usual and unusual values.

This reads the tables on its own, without the package's notation, so that the two check each other.
"""

from __future__ import annotations

import csv
import re
from functools import cache, partial
from pathlib import Path

import attrs
from hypothesis import strategies as st

from redislog.events.versions import by_version, expand
from tests.values import TYPES, edge_values, strategy

TABLES = Path(__file__).parent.parent / "fixtures" / "catalogue"
REALLY: dict[tuple[str, str, str], str | tuple[str, ...]] = {
    ("other.client-closed-connection", "reason", ""): "client",
    ("crash.tid-failed-to-find-sigblk-or", "text", ""): ("2155", "1"),
    ("crash.tid-failed-to-find-sigblk-or", "text2", ""): ("/proc/2155/task", "/proc/self/task"),
    ("crash.tid-failed-to-find-sigblk-or", "text3", ""): "pid",
    ("crash.registers-dump", "registers", ""): ("RAX:0000000000000000 RBX:00007f4c1c00e000",),
    ("cluster.slots-cache-mismatch", "text", ""): ("*1", "*2 (it's: x)"),
    ("cluster.slots-cache-mismatch", "text2", ""): ("*1", "$-1"),
    ("other.script-sha", "text2", ""): ("return redis.call('get', KEYS[1])",),
    ("aof.", "line", ""): "text",
    ("sentinel.+set", "option", "value2"): ("rename-command", "RENAME-COMMAND"),
}
"""Where the table names a wider type than the source prints: (key, placeholder, another one in the same
wording) to a type, or to the only values."""
ONE_NAME = {
    ("cluster.link-write-error", "redis 3.0-4.0"): ("<error:errno>", "<reason:errno>"),
    ("other.module-fork-exited-pid-retcode-bysignal", "redis 6.0"): ("<module_child_pid:", "<child_pid:"),
    ("primary.replica-timeout", "redis 2.8.0"): ("<ip:host>:<port:port>", "<replica:addr>"),
    ("replica.full-sync.rename-error", "redis 2.6-4.0"): ("dump.rdb", "<filename:dump.rdb>"),
    ("replica.full-sync.rename-error", "redis 5.0"): ("dump.rdb", "<filename:dump.rdb>"),
}
"""Wordings in which the table names a value otherwise than in others of the same message, whose text is the
same: (key, versions) to what stands there and to what it is called in the others."""
MARKS = {"debug": ".", "verbose": "-", "notice": "*", "warning": "#", "nul": "\0"}
_PLACEHOLDER = re.compile(r"<([a-z_][a-z_0-9]*):([^>]*)>")


@attrs.frozen
class Slot:
    """A placeholder: its name, the words that it may be, and the type of other values."""

    name: str
    words: tuple[str, ...]
    kind: str | None


@attrs.frozen
class Row:
    """One row of a table."""

    key: str
    category: str
    level: str
    roles: str
    template: str
    versions: str
    source: str
    meaning: str

    @property
    def parts(self) -> tuple[str | Slot, ...]:
        """Literal texts and placeholders, in order."""
        return _parts(self.key, self.template)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The placeholders, in order."""
        return tuple(part for part in self.parts if isinstance(part, Slot))

    @property
    def is_raw(self) -> bool:
        """Whether some version prints it without any prefix."""
        return "raw" in self.level

    @property
    def has_words(self) -> bool:
        """Whether a line of it can be told from any other text."""
        return any(isinstance(part, str) and part.strip() for part in self.parts)

    @property
    def bare(self) -> str:
        """The template with names only: what two declarations of one wording have in common."""
        return _PLACEHOLDER.sub(r"<\1>", self.template)


def bare(template: str) -> str:
    """A template with the names of its placeholders only."""
    return _PLACEHOLDER.sub(r"<\1>", template)


@cache
def rows() -> tuple[Row, ...]:
    """All rows of both tables."""
    found = []
    for name in (
        "messages.tsv",
        "newest.tsv",
        "early-releases.tsv",
        "sidecars.tsv",
        "hosts.tsv",
        "forks.tsv",
    ):
        with (TABLES / name).open(encoding="utf-8", newline="") as file:
            table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [Row(**{column: text or "" for column, text in row.items()}) for row in table]
    return tuple(_with_one_name(row) for row in found)


def _with_one_name(row: Row) -> Row:
    if (row.key, row.versions) not in ONE_NAME:
        return row
    here, elsewhere = ONE_NAME[row.key, row.versions]
    assert here in row.template
    return attrs.evolve(row, template=row.template.replace(here, elsewhere))


@cache
def versions() -> tuple[str, ...]:
    """Every version that the tables name, exact releases among them."""
    return tuple(dict.fromkeys(version for row in rows() for version in expand(row.versions)))


@cache
def rows_of(version: str) -> tuple[Row, ...]:
    """The rows that a version prints."""
    return tuple(row for row in rows() if version in expand(row.versions))


@cache
def _parts(key: str, template: str) -> tuple[str | Slot, ...]:
    parts: list[str | Slot] = []
    end = 0
    for match in _PLACEHOLDER.finditer(template):
        if match.start() > end:
            parts.append(_unescaped(template[end : match.start()]))
        parts.append(_slot(key, template, match[1], match[2].split("|")))
        end = match.end()
    if end < len(template):
        parts.append(_unescaped(template[end:]))
    return tuple(parts)


def _slot(key: str, template: str, name: str, kinds: list[str]) -> Slot:
    for (its_key, its_name, other), really in REALLY.items():
        if (its_key, its_name) == (key, name) and f"<{other}" in template:
            kinds = [really] if isinstance(really, str) else list(really)
    types = [kind for kind in kinds if kind in TYPES]
    words = tuple(kind for kind in kinds if kind not in TYPES)
    return Slot(name, words, types[0] if types else None)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], text)


@attrs.frozen
class Printed:
    """A message that a version prints: its row, its text, and the text of every value in it."""

    row: Row
    version: str
    message: str
    values: dict[str, str]
    letter: str | None
    mark: str | None

    @property
    def line(self) -> str:
        """The message in the version's line format; it may have newlines of its own."""
        if self.mark is None:
            return self.message
        return prefix(self.version, self.letter, self.mark) + self.message

    @property
    def is_raw(self) -> bool:
        """Whether there is no prefix."""
        return self.mark is None

    @property
    def first_line_values(self) -> dict[str, str]:
        """The values that stand in the first of its physical lines that has text."""
        names = []
        for position, part in enumerate(self.row.parts):
            if isinstance(part, Slot):
                names.append(part.name)
            elif "\n" in (part if position else part.lstrip("\n")):
                break
        return {name: self.values[name] for name in names}


def prefix(version: str, letter: str | None, mark: str) -> str:
    """What a version prints before a message, in its own line format."""
    if letter == "H":
        return f"{'[2155 | signal handler]' if is_2x(version) else '2155:signal-handler'} (1714723262) "
    if is_2x(version):
        return f"[2155] 03 May 10:01:02.500 {mark} "
    year = "" if series(version) < (5, 0) else "2024 "
    return f"2155:{letter} 03 May {year}10:01:02.500 {mark} "


def series(version: str) -> tuple[int, int]:
    """The numbers of a version, comparable: Valkey 7.2 came from Redis 7.2."""
    major, minor, *_ = version.partition(" ")[2].split(".")
    return int(major), int(minor)


def is_2x(version: str) -> bool:
    """Whether the version prints its pid in brackets, and no role letter."""
    return series(version) < (3, 0)


def turns(row: Row, version: str) -> int:
    """How many fillings it takes until every value of every placeholder was there."""
    return max((len(_choices(row, position, version)) for position in range(len(row.parts))), default=1)


@cache
def _choices(row: Row, position: int, version: str) -> tuple[str, ...]:
    """The values for one part of a row; a literal is itself."""
    part = row.parts[position]
    if isinstance(part, str):
        return (part,)
    typed = edge_values(part.kind, version, part.name) if part.kind else ()
    return (*part.words, *(value for value in typed if _can_be_read(row, position, value)))


def _can_be_read(row: Row, position: int, value: str) -> bool:
    """Nobody can read a text that holds the very words that end it, unless these end the message."""
    following = row.parts[position + 1 :]
    if len(following) < 2 or not isinstance(following[0], str):
        return True
    part = row.parts[position]
    assert isinstance(part, Slot)
    return part.kind in ("host", "client", "addr", "quoted") or following[0] not in value


def printed(row: Row, version: str, turn: int = 0) -> Printed:
    """A row's message as a version prints it, filled with the values of one turn."""
    values = {}
    text = []
    for position, part in enumerate(row.parts):
        choices = _choices(row, position, version)
        value = choices[(turn + position) % len(choices)]
        text.append(value)
        if isinstance(part, Slot):
            values[part.name] = value
    return _dressed(row, version, "".join(text), values, turn)


def _dressed(row: Row, version: str, message: str, values: dict[str, str], turn: int) -> Printed:
    level = by_version(row.level, version) or ""
    if level == "raw":
        return Printed(row, version, message, values, None, None)
    levels, letters = level.split("|"), (by_version(row.roles, version) or "-").split(",")
    letter = letters[turn % len(letters)]
    mark = MARKS[levels[turn % len(levels)]]
    return Printed(row, version, message, values, None if letter == "-" else letter, mark)


@st.composite
def messages(draw: st.DrawFn, only: str | None = None) -> Printed:
    """Any message of any version (of one category), with any values that can be read back."""
    chosen = st.sampled_from(rows() if only is None else [row for row in rows() if row.category == only])
    row = draw(chosen)
    version = draw(st.sampled_from(expand(row.versions)))
    values = {}
    text = []
    for position, part in enumerate(row.parts):
        if isinstance(part, str):
            text.append(part)
            continue
        options: list[st.SearchStrategy[str]] = [st.just(word) for word in part.words]
        if part.kind:
            typed = strategy(part.kind, version, part.name)
            options.append(typed.filter(partial(_can_be_read, row, position)))
        value = draw(st.one_of(options))
        values[part.name] = value
        text.append(value)
    return _dressed(row, version, "".join(text), values, draw(st.integers(0, 3)))
