"""Dispatch: from a message to the one wording that it is, by leading words and one regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

CHILD = "C"
"""The role letter of processes that are not the server itself."""

LEADING_WORDS = 3
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


def skeleton_of(template: str) -> str:
    r"""The literal text of a wording, with NUL in the place of each value.

    >>> skeleton_of("port=<port:port>.")
    'port=\x00.'
    """
    return _ESCAPE.sub(lambda escape: "\n" if escape[1] == "n" else escape[1], _VALUE.sub("\0", template))


class Dispatcher:
    """Finds the wording of a message among many.

    ``buckets`` maps the first words of a message to the numbers of all entries that can match it, the one
    with more literal characters first. A longer run of words is asked first, and holds what shorter runs
    hold, so one bucket is enough.
    """

    def __init__(self, entries: Sequence[Entry], buckets: Mapping[str, Sequence[int]]) -> None:
        self.entries = entries
        self._buckets = buckets
        self._compiled: list[re.Pattern[str] | None] = [None] * len(entries)

    def candidates(self, text: str) -> Sequence[int]:
        """Numbers of the entries that share the message's leading words."""
        buckets = self._buckets
        words = text.split(" ", LEADING_WORDS)
        for count in range(min(LEADING_WORDS, len(words)), 0, -1):
            found = buckets.get(" ".join(words[:count]))
            if found is not None:
                return found
        return buckets.get("", ())

    def match(self, text: str, letter: str | None = None) -> tuple[Entry, dict[str, str | None]] | None:
        """The entry whose wording the message is, and the printed text of its values.

        ``letter`` is the role letter of the line (``H`` for a signal handler's), None where it has none: a
        message that cannot stand after that letter only imitates one. Child processes (``C``) print what
        their server can print, too.
        """
        candidates = self.candidates(text)
        found = self._among(candidates, text, letter)
        return self._among(candidates, text, None) if found is None and letter == CHILD else found

    def _among(
        self, candidates: Sequence[int], text: str, letter: str | None
    ) -> tuple[Entry, dict[str, str | None]] | None:
        for number in candidates:
            if letter is not None and letter not in self.entries[number].roles:
                continue
            pattern = self._compiled[number]
            if pattern is None:
                pattern = self._compiled[number] = re.compile(self.entries[number].pattern)
            if match := pattern.match(text):
                return self.entries[number], match.groupdict()
        return None

    def skeletons(self) -> Iterator[str]:
        """The literal text of every entry."""
        return (entry.skeleton for entry in self.entries)


def leading_words(skeleton: str) -> tuple[str, ...]:
    r"""The complete words before the first value of a wording, as many as the index uses.

    >>> leading_words("Full resync from primary: ")
    ('Full', 'resync', 'from')
    >>> leading_words("Connection with replica \0 lost.")
    ('Connection', 'with', 'replica')
    >>> leading_words("port=\0")
    ()
    """
    fixed, value, _ = skeleton.partition("\0")
    words = fixed.split(" ")
    if value:
        words.pop()
    return tuple(words[:LEADING_WORDS])


def build_buckets(entries: Sequence[Entry]) -> dict[str, tuple[int, ...]]:
    """The index of leading words over wordings, the heaviest first."""
    own: dict[str, list[int]] = {"": []}
    for number, entry in enumerate(entries):
        own.setdefault(" ".join(leading_words(entry.skeleton)), []).append(number)
    buckets = {}
    for words in own:
        parts = words.split(" ") if words else []
        shorter = [" ".join(parts[:count]) for count in range(len(parts) + 1)]
        numbers = {number for key in {*shorter, words, ""} for number in own.get(key, ())}
        buckets[words] = tuple(sorted(numbers, key=lambda n: (*(-part for part in entries[n].weight), n)))
    return buckets
