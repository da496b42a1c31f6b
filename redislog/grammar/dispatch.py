"""Dispatch: from a message to the one wording that it is, by leading words and one regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

_NEXT = {"C": "MS", "S": "M", "H": "C"}
"""Whose messages are nearest to those of a role letter: a child's and a server's before it is ready are what
servers print in either role; a replica may have replicas of its own.
"""


def standing(letter: str | None, roles: str) -> int:
    """How near the letters that a wording is known to follow are to that of a line, 0 being nearest.

    A role letter is a witness: where two wordings fit a message, it tells which was printed, and it never keeps
    a known wording from being read. Releases differ in it (Valkey 9.1 prints ``M`` or ``S`` from its first line
    on, where others print ``C`` until they are ready), and captures lose it.

    >>> standing("S", "CS"), standing("S", "M"), standing("M", "C"), standing(None, "X")
    (0, 1, 2, 0)
    """
    if letter is None or letter in roles:
        return 0
    return 1 if any(each in roles for each in _NEXT.get(letter, "")) else 2


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

    @property
    def longest_literal(self) -> str:
        """The longest piece of the wording's literal text between two values."""
        return max(self.skeleton.split("\0"), key=len)


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
        self._needed: list[str | None] = [None] * len(entries)
        self.root = Node(
            [(words.split(" ") if words else [], numbers) for words, numbers in buckets.items()], entries
        )

    def candidates(self, text: str) -> Sequence[int]:
        """Numbers of the entries that share the message's leading words."""
        node = self.root
        found = node.numbers
        for word in text.split(" ", LEADING_WORDS):
            following = node.after(word)
            if following is None:
                break
            node = following
            if node.numbers is not None:
                found = node.numbers
        return found or ()

    @cached_property
    def _seconds(self) -> tuple[str, ...]:
        """What stands second in wordings whose first word is a value, up to the next value."""
        words = (skeleton.split(" ", 2) for skeleton in self.skeletons() if skeleton.startswith("\0 "))
        begins = {word.partition("\0")[0] for _, word, *_ in words}
        return tuple(begin for begin in begins if begin)

    def may_begin(self, first: str, second: str) -> bool:
        """Whether some wording begins with two words, by the first of them, or by the second where that is a value."""
        return self.root.goes_on(first) or second.startswith(self._seconds)

    def match(self, text: str, letter: str | None = None) -> tuple[Entry, dict[str, str | None]] | None:
        """The entry whose wording the message is, and the printed text of its values.

        ``letter`` is the role letter of the line (``H`` for a signal handler's), None where it has none; where
        several wordings fit, the one that stands nearest to it is taken (`standing`).
        """
        best: tuple[Entry, re.Match[str]] | None = None
        nearest = 3
        for number in self.candidates(text):
            entry = self.entries[number]
            distance = standing(letter, entry.roles)
            if (
                distance < nearest
                and self._may_be(number, text)
                and (match := self.pattern(number).match(text))
            ):
                best, nearest = (entry, match), distance
                if not distance:
                    break
        return None if best is None else (best[0], best[1].groupdict())

    def _may_be(self, number: int, text: str) -> bool:
        """Whether a text holds the wording's longest literal; one that was met before is not asked.

        Compiling an expression costs a hundred times what a look for its literal does, and wordings that begin with
        a value are candidates for every text.
        """
        if self._compiled[number] is not None:
            return True
        needed = self._needed[number]
        if needed is None:
            needed = self._needed[number] = self.entries[number].longest_literal
        return needed in text

    def pattern(self, number: int) -> re.Pattern[str]:
        """The expression of an entry, compiled on first use."""
        pattern = self._compiled[number]
        if pattern is None:
            pattern = self._compiled[number] = re.compile(self.entries[number].pattern)
        return pattern

    def skeletons(self) -> Iterator[str]:
        """The literal text of every entry."""
        return (entry.skeleton for entry in self.entries)


Bucket = tuple[Sequence[str], Sequence[int]]
"""Leading words, and the numbers of the entries that can match a message which begins so."""


class Node:
    """The words that may follow some leading words, and the entries that begin with these; None: no bucket.

    ``depth`` is how many leading words there are. What lies below a word is laid out when it is asked for: of all
    that servers can print, a log holds little.
    """

    __slots__ = ("_below", "_depth", "_entries", "_following", "numbers")

    def __init__(self, buckets: Iterable[Bucket], entries: Sequence[Entry], depth: int = 0) -> None:
        self.numbers: Sequence[int] | None = None
        self._below: dict[str, list[Bucket]] = {}
        self._following: dict[str, Node] = {}
        self._entries = entries
        self._depth = depth
        for words, numbers in buckets:
            if len(words) == depth:
                self.numbers = numbers
            else:
                self._below.setdefault(words[depth], []).append((words, numbers))

    def goes_on(self, word: str) -> bool:
        """Whether some wording goes on with a word."""
        return word in self._below

    def after(self, word: str) -> Node | None:
        """What may follow a word after the leading ones; None where nothing does."""
        node = self._following.get(word)
        if node is None and word in self._below:
            node = self._following[word] = Node(self._below[word], self._entries, self._depth + 1)
        return node

    def all_numbers(self, otherwise: Sequence[int]) -> Sequence[int]:
        """The entries of this node and of those below it, the one that says more first.

        ``otherwise`` are those of the node above, which count where this one has no bucket.
        """
        return sorted(
            self._numbers_below(otherwise), key=lambda n: (*(-part for part in self._entries[n].weight), n)
        )

    def _numbers_below(self, otherwise: Sequence[int]) -> set[int]:
        own = self.numbers if self.numbers is not None else otherwise
        below = (node for word in self._below if (node := self.after(word)))
        return set(own).union(*(node._numbers_below(own) for node in below))
