"""Damage: a message that misses exactly, but can only be one wording.

Three rules, none about one capture:

- the decoration of a start banner may be any run of ``o``, ``O`` and ``0``;
- a message that differs from wordings of one key in a single literal word is that message, when the word
  is long enough to be recognised, close enough to the true one, and not a word that servers print;
- a message that differs in a mark, a blank, quotes, dashes, or in a word too many or too few is the only one that is
  so near (`redislog.grammar.wear`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from redislog.grammar.dispatch import Dispatcher, Entry
from redislog.grammar.sizes import CUT_AT

if TYPE_CHECKING:
    from redislog.grammar.wear import Wear

BANNER = "oO0OoO0OoO0Oo"
_DECORATION = frozenset("oO0")
_DECORATED = re.compile(r"[oO0]{8,} (.*) [oO0]{8,}")
_DIGIT = re.compile(r"\d").search
_SHORTEST_WORD = 5


class Repaired(NamedTuple):
    """The entry that a damaged message is, its values, and the message as a server prints it."""

    entry: Entry
    values: dict[str, str | None]
    text: str


class Repair:
    """Reads damaged messages with the help of a dispatcher."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._read = lru_cache(maxsize=4096)(self._replacements)

    def match(self, text: str, letter: str | None = None) -> Repaired | None:
        """What a damaged message is; None if none or more than one fits."""
        if text[:1] in _DECORATION and (banner := _DECORATED.fullmatch(text)) is not None:
            true = f"{BANNER} {banner[1]} {BANNER}"
            found = self._dispatcher.match(true, letter)
            return None if found is None else Repaired(*found, true)
        if len(text) > CUT_AT or not self.may_match(text):
            return None
        near = [*self._misspelt(text, letter), *self._worn(text)]
        if len({repaired.entry.key for repaired, _ in near}) != 1:
            return None
        texts = dict.fromkeys(repaired.text for repaired, sure in near if sure)
        known = ((true, self._dispatcher.match(true, letter)) for true in texts)
        whole = [Repaired(*its, true) for true, its in known if its is not None]
        one_way = len({tuple(sorted(repaired.values.items())) for repaired in whole}) == 1
        return whole[0] if one_way and whole[0].entry.key == near[0][0].entry.key else None

    def _misspelt(self, text: str, letter: str | None) -> Iterator[tuple[Repaired, bool]]:
        """What a message is that may have a misspelt word."""
        words = text.split(" ")
        for position, true_word in self._read(_shape(text)):
            repaired = " ".join([*words[:position], true_word, *words[position + 1 :]])
            if result := self._dispatcher.match(repaired, letter):
                yield Repaired(*result, repaired), True

    def _worn(self, text: str) -> Iterator[tuple[Repaired, bool]]:
        """What a message is that may be worn."""
        for number, worn, sure in self._wear.near(text):
            if match := self._dispatcher.pattern(number).match(worn):
                yield Repaired(self._dispatcher.entries[number], match.groupdict(), worn), sure

    @cached_property
    def _wear(self) -> Wear:
        from redislog.grammar.wear import Wear

        return Wear(self._dispatcher)

    def may_match(self, text: str) -> bool:
        """Whether a message begins as some wording does, or would with one word more or less."""
        first, blank, others = text.partition(" ")
        if not blank:
            return False
        second = others.partition(" ")[0]
        one, other = self._starts
        return first in one or second in other or second in one or first in other

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """Every word that some wording prints as it stands, and others, with NUL in the place of a value."""
        return frozenset(word for skeleton in self._dispatcher.skeletons() for word in skeleton.split(" "))

    @cached_property
    def _starts(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words that stand first in some wording, and those that stand second."""
        starts = self._by_start
        one, other = (frozenset(word for place, word in starts if place == each) for each in (0, 1))
        return one, other

    @cached_property
    def _by_start(self) -> dict[tuple[int, str], list[str]]:
        """The wordings' literal texts, by the words that stand first and second."""
        index: dict[tuple[int, str], list[str]] = defaultdict(list)
        for skeleton in self._dispatcher.skeletons():
            for position, word in enumerate(skeleton.split(" ", 2)[:2]):
                if "\0" not in word:
                    index[position, word].append(skeleton)
        return index

    def _replacements(self, shape: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
        """Which word of a message could be a misspelling of which literal word: (position, true word)."""
        suspects = [
            (position, word)
            for position, word in enumerate(shape)
            if len(word) >= _SHORTEST_WORD and word not in self._vocabulary and "\0" not in word
        ]
        if not suspects or len(shape) < 3:
            return ()
        present = frozenset(shape)
        near = {
            (position, missing)
            for literal in self._candidates(shape)
            for missing in _only(literal - present)
            for position, word in suspects
            if len(missing) >= _SHORTEST_WORD and edit_distance(word, missing) <= (len(missing) + 1) // 2
        }
        return tuple(sorted(near))

    def _candidates(self, shape: tuple[str, ...]) -> Iterator[frozenset[str]]:
        """Literal words of the wordings that begin as a message does."""
        for position in (0, 1):
            yield from map(_literal_words, self._by_start.get((position, shape[position]), ()))


def _shape(text: str) -> tuple[str, ...]:
    """The words of a message without its numbers, so that those which differ only in them are looked at once."""
    return tuple([word if _DIGIT(word) is None else "\0" for word in text.split(" ")])


def _literal_words(skeleton: str) -> frozenset[str]:
    return frozenset(word for word in skeleton.split(" ") if word and "\0" not in word)


def _only(words: frozenset[str]) -> frozenset[str]:
    return words if len(words) == 1 else frozenset()


def edit_distance(one: str, other: str) -> int:
    """How many characters must be inserted, deleted or replaced (Levenshtein).

    >>> edit_distance("REPLICHA", "REPLICA"), edit_distance("REPLICATION", "REPLICA")
    (1, 4)
    """
    row = list(range(len(other) + 1))
    for line, letter in enumerate(one, start=1):
        previous, row = row, [line]
        for column, other_letter in enumerate(other, start=1):
            row.append(
                min(previous[column] + 1, row[-1] + 1, previous[column - 1] + (letter != other_letter))
            )
    return row[-1]
