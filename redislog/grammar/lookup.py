"""Lookup: the few wordings that a message can be, by its first words; this runs on every line.

It says the same as `redislog.grammar.dispatch.Dispatcher.match`, for a message that is a wording exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from redislog.grammar.dispatch import ALSO_SPOKEN, Dispatcher
from redislog.grammar.tokens import TOKENS

Row = list[Any]
"""A wording: the function that matches it, its entry, its event class (None before it was seen), and whether
its values may hold any characters."""

Rows = Sequence[Row]

FEW = 6
"""How many wordings are tried one after another before a message's second word is looked at."""

_KINDS = re.compile(r"<[a-z_][a-z_0-9]*:([^>]*)>")
_COUNTED = re.compile(r"<[a-z_]+:int> (\S+) ")


class Lookup:
    """The wordings that can stand after one role letter.

    ``known`` maps the first word of a message to rows, or to more of them by its second word, where None
    stands for any other. What it lacks, `rows` finds.
    """

    def __init__(
        self, dispatcher: Dispatcher, letter: str, shared: dict[int, Row], class_of: Callable[[str], type]
    ) -> None:
        self.known: dict[str, Rows | dict[str | None, Rows]] = {}
        self._dispatcher = dispatcher
        self._letters = (letter, *((ALSO_SPOKEN[letter],) if letter in ALSO_SPOKEN else ()))
        self._shared = shared
        self._class_of = class_of
        self._open: dict[str, Rows] = {}

    def rows(self, words: list[str]) -> Rows:
        """The wordings of a message whose first word is not known yet, or never will be: it is a value."""
        first = words[0]
        second = words[1] if len(words) > 1 else None
        node = self._dispatcher.root.following.get(first)
        if node is None:
            return self._open_rows(first, second)
        beyond = self._dispatcher.root.numbers or ()
        everything = node.all_numbers(beyond)
        if len(everything) <= FEW + len(beyond):
            self.known[first] = found = self._rows(everything, first)
            return found
        by_second: dict[str | None, Rows] = {None: self._rows(node.numbers or beyond, first)}
        for word, following in node.following.items():
            by_second[word] = self._rows(following.all_numbers(node.numbers or beyond), first)
        self.known[first] = by_second
        return by_second.get(second) or by_second[None]

    def _open_rows(self, first: str, second: str | None) -> Rows:
        """The wordings that begin with a value, or with less than a word."""
        number = first.isdecimal()
        kind = f"0 {second}" if number else first[:1]
        found = self._open.get(kind)
        if found is None:
            found = self._rows(self._dispatcher.root.numbers or (), first)
            if number:
                found = [row for row in found if _may_count(row[1].template, second)]
                if not any(_COUNTED.match(row[1].template) for row in found):
                    return found
            self._open[kind] = found
        return found

    def _rows(self, numbers: Sequence[int], first: str) -> Rows:
        """Rows in the order in which they are tried: those of the letter itself, then what it also speaks."""
        entries = self._dispatcher.entries
        possible = [number for number in numbers if entries[number].skeleton[:1] in ("\0", first[:1])]
        return [
            self._row(number)
            for position, letter in enumerate(self._letters)
            for number in possible
            if letter in entries[number].roles
            and not (position and self._letters[0] in entries[number].roles)
        ]

    def _row(self, number: int) -> Row:
        row = self._shared.get(number)
        if row is None:
            entry = self._dispatcher.entries[number]
            row = self._shared[number] = [None, entry, None, _may_hold_any(entry.template)]
            row[0] = self._compiling(row, number)
        return row

    def _compiling(self, row: Row, number: int) -> Callable[[str], re.Match[str] | None]:
        """Matches, and makes the rest of the row ready the first time that it does."""

        def match(text: str) -> re.Match[str] | None:
            pattern = self._dispatcher.pattern(number)
            found = pattern.match(text)
            if found is not None:
                row[0], row[2] = pattern.match, self._class_of(row[1].target)
            return found

        return match


def _may_count(template: str, second: str | None) -> bool:
    """Whether a wording can begin with a number and a word."""
    counted = _COUNTED.match(template)
    return template[:1] == "<" and (counted is None or counted[1] == second)


def _may_hold_any(template: str) -> bool:
    """Whether any value of a wording can have characters that no server prints itself."""
    kinds = {kind for kinds in _KINDS.findall(template) for kind in kinds.split("|")}
    return any(kind in TOKENS and not TOKENS[kind].plain for kind in kinds)
