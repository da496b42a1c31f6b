"""Lookup: the few wordings that a message can be, by how it begins and ends; this runs on every line.

It says the same as `redislog.grammar.dispatch.Dispatcher.match`, for a message that is a wording exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from redislog.grammar.dispatch import Dispatcher, Entry, standing
from redislog.grammar.tokens import NUMERIC, TOKENS

Row = list[Any]
"""A wording: the function that matches it, its entry, its event class (None before it was seen), and what its
values may hold: `PLAIN`, `ONE_WORD` or `ANY_TEXT`."""

PLAIN, ONE_WORD, ANY_TEXT = range(3)
"""What the values of a wording may hold: characters that they name; any in a word that it goes on behind; any text."""

Rows = Sequence[Row]

_FEW = 2
"""How many wordings are tried one after another without a look at a message's second word."""

_VALUE = re.compile(r"<[a-z_][a-z_0-9]*:([^>]*)>")
_LAST_VALUE = re.compile(r"<[a-z_][a-z_0-9]*:([^>]*)>\Z")


class Lookup(dict[str, "ByEnd"]):
    """The wordings by a message's first word, then by its last character; nearest to one role letter first."""

    def __init__(self, dispatcher: Dispatcher, letter: str, shared: dict[int, Row]) -> None:
        super().__init__()
        self._dispatcher = dispatcher
        self._letter = letter
        self._shared = shared
        self._open: dict[str, ByEnd] = {}

    def __missing__(self, first: str) -> ByEnd:
        """The wordings of a first word that was not seen yet, or never will be again: it is a value."""
        root = self._dispatcher.root
        begins = first[:1] or " "
        node = root.after(first)
        if node is not None:
            self[first] = found = ByEnd(self._rows(node.all_numbers(root.numbers or ()), begins))
            return found
        if begins not in self._open:
            made = ByEnd(self._rows(root.numbers or (), begins))
            if not begins.isascii():
                return made
            self._open[begins] = made
        return self._open[begins]

    def _rows(self, numbers: Sequence[int], begins: str) -> Rows:
        """Rows in the order in which they are tried: those that stand nearest to the letter first."""
        entries = self._dispatcher.entries
        possible = [number for number in numbers if _can_begin(entries[number], begins)]
        possible.sort(key=lambda number: standing(self._letter, entries[number].roles))
        return [self._row(number) for number in possible]

    def _row(self, number: int) -> Row:
        row = self._shared.get(number)
        if row is None:
            entry = self._dispatcher.entries[number]
            row = self._shared[number] = [None, entry, None, _may_hold(entry)]
            row[0] = self._compiling(row, number)
        return row

    def _compiling(self, row: Row, number: int) -> Callable[[str], re.Match[str] | None]:
        """Matches, and compiles the expression the first time."""

        def match(text: str) -> re.Match[str] | None:
            row[0] = self._dispatcher.pattern(number).match
            found: re.Match[str] | None = row[0](text)
            return found

        return match


class ByEnd(dict[str, "Rows | dict[str | None, Rows]"]):
    """Wordings by a message's last character, and where many are left, by its second word.

    There None stands for any other second word.
    """

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, last: str) -> Rows | dict[str | None, Rows]:
        rows = [row for row in self._rows if _can_end(row[1], last)]
        found: Rows | dict[str | None, Rows] = rows
        if len(rows) > _FEW:
            seconds = [_second_word(row[1]) for row in rows]
            found = {
                word: [row for row, its in zip(rows, seconds, strict=True) if its in (None, word)]
                for word in {*seconds, None}
            }
        if last.isascii():
            self[last] = found
        return found


def _can_begin(entry: Entry, character: str) -> bool:
    """Whether a message of a wording can begin with a character."""
    if not entry.skeleton.startswith("\0"):
        return entry.skeleton[:1] == character
    kinds = _VALUE.match(entry.template)
    return kinds is None or kinds[1] not in NUMERIC or character in "-0123456789"


def _can_end(entry: Entry, character: str) -> bool:
    """Whether a message of a wording can end with a character; a blank at its end may be missing."""
    value = _LAST_VALUE.search(entry.template)
    if value is None:
        return entry.skeleton[-1:] in (" ", character)
    return value[1] not in NUMERIC or character in "0123456789"


def _second_word(entry: Entry) -> str | None:
    """The second word of a wording; None if it is a value, or may be elsewhere."""
    words = entry.skeleton.split(" ")
    if len(words) < 2 or "\0" in words[1] or words[1] == "" or not _is_one_word(words[0], entry):
        return None
    return words[1]


def _is_one_word(first: str, entry: Entry) -> bool:
    """Whether no blank can stand in the first word."""
    kinds = {
        kind for value in _VALUE.findall(entry.template)[: first.count("\0")] for kind in value.split("|")
    }
    return all(kind in TOKENS and TOKENS[kind].one_word for kind in kinds)


def _may_hold(entry: Entry) -> int:
    """What the values of a wording may hold that no server prints itself."""
    values = [kinds.split("|") for kinds in _VALUE.findall(entry.template)]
    wide = [TOKENS[kind] for kinds in values for kind in kinds if kind in TOKENS and not TOKENS[kind].plain]
    if not wide:
        return PLAIN
    ends_wide = entry.skeleton.endswith("\0") and any(
        kind in TOKENS and TOKENS[kind].ends_wide for kind in values[-1]
    )
    return ONE_WORD if all(token.names_its_blanks for token in wide) and not ends_wide else ANY_TEXT
