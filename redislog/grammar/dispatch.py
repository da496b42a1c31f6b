"""Dispatch: from a message to the one wording that it is, by leading words and one regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

ALSO_SPOKEN = {"C": "MS", "S": "M", "X": ""}
"""What a process prints beyond the messages that are known of its role letter: a child what servers print in
either role, a replica what a primary prints, for it may have replicas of its own, and a Sentinel anything,
for it runs no scripts that could imitate it. A primary never prints what only a replica prints.
"""

LEADING_WORDS = 6
"""How many leading words of a wording the index may use."""


class Entry(NamedTuple):
    """One wording in the index.

    ``target`` is ``module:Class`` of its event class; ``template`` the wording; ``pattern`` its lowered
    expression; ``roles`` the role letters that can stand before it (``H`` a signal handler's line);
    ``weight`` is `redislog.grammar.notation.Template.weight`.
    """

    key: str
    target: str
    template: str
    pattern: str
    roles: str
    weight: Sequence[int]

    @property
    def skeleton(self) -> str:
        """The wording's literal text, with NUL in the place of each value."""
        return skeleton_of(self.template)


_VALUE = re.compile(r"<[a-z_][a-z_0-9]*:[^>]*>")
_ESCAPE = re.compile(r"\\(.)")


@cache
def skeleton_of(template: str) -> str:
    r"""The literal text of a wording, with NUL in the place of each value.

    >>> skeleton_of("port=<port:port>.")
    'port=\x00.'
    """
    literal = _VALUE.sub("\0", template)
    if "\\" not in literal:
        return literal
    return _ESCAPE.sub(lambda escape: "\n" if escape[1] == "n" else escape[1], literal)


class Dispatcher:
    """Finds the wording of a message among many.

    ``buckets`` maps the first words of a message to the numbers of all entries that can match it, the one
    that says more first (`redislog.grammar.buckets`). A longer run of words holds what shorter runs hold,
    so the bucket of the longest run is enough.
    """

    def __init__(self, entries: Sequence[Entry], buckets: Mapping[str, Sequence[int]]) -> None:
        self.entries = entries
        self._compiled: list[re.Pattern[str] | None] = [None] * len(entries)
        self.root = Node(buckets.get("", ()), entries)
        for words, numbers in sorted(buckets.items()):
            if words:
                self.root.add(words.split(" "), numbers)

    def candidates(self, text: str) -> Sequence[int]:
        """Numbers of the entries that share the message's leading words."""
        node = self.root
        found = node.numbers
        for word in text.split(" ", LEADING_WORDS):
            following = node.following.get(word)
            if following is None:
                break
            node = following
            if node.numbers is not None:
                found = node.numbers
        return found or ()

    def match(self, text: str, letter: str | None = None) -> tuple[Entry, dict[str, str | None]] | None:
        """The entry whose wording the message is, and the printed text of its values.

        ``letter`` is the role letter of the line (``H`` for a signal handler's), None where it has none: a
        message that cannot stand after that letter only imitates one.
        """
        candidates = self.candidates(text)
        found = self._among(candidates, text, letter)
        if found is None and letter in ALSO_SPOKEN:
            return self._among(candidates, text, ALSO_SPOKEN[letter])
        return found

    def _among(
        self, candidates: Sequence[int], text: str, letter: str | None
    ) -> tuple[Entry, dict[str, str | None]] | None:
        for number in candidates:
            if letter is not None and letter not in self.entries[number].roles:
                continue
            if match := self.pattern(number).match(text):
                return self.entries[number], match.groupdict()
        return None

    def pattern(self, number: int) -> re.Pattern[str]:
        """The expression of an entry, compiled on first use."""
        pattern = self._compiled[number]
        if pattern is None:
            pattern = self._compiled[number] = re.compile(self.entries[number].pattern)
        return pattern

    def skeletons(self) -> Iterator[str]:
        """The literal text of every entry."""
        return (entry.skeleton for entry in self.entries)


class Node:
    """The words that may follow some leading words, and the entries that begin with these; None: no bucket."""

    __slots__ = ("_entries", "following", "numbers")

    def __init__(self, numbers: Sequence[int] | None, entries: Sequence[Entry]) -> None:
        self.numbers = numbers
        self.following: dict[str, Node] = {}
        self._entries = entries

    def add(self, words: list[str], numbers: Sequence[int]) -> None:
        """Put a bucket in its place below this node."""
        node = self
        for word in words:
            following = node.following.get(word)
            if following is None:
                following = node.following[word] = Node(None, self._entries)
            node = following
        node.numbers = numbers

    def all_numbers(self, otherwise: Sequence[int]) -> Sequence[int]:
        """The entries of this node and of those below it, the one that says more first.

        ``otherwise`` are those of the node above, which count where this one has no bucket.
        """
        return sorted(
            self._numbers_below(otherwise), key=lambda n: (*(-part for part in self._entries[n].weight), n)
        )

    def _numbers_below(self, otherwise: Sequence[int]) -> set[int]:
        own = self.numbers if self.numbers is not None else otherwise
        return set(own).union(*(node._numbers_below(own) for node in self.following.values()))
