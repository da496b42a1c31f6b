"""Wear: what editors, mail, pages and hands do to a message, undone.

A message that misses exactly may be a wording with one of these:

- a full stop, or another mark behind a word, lost or put;
- a blank doubled, or missing between two words;
- quotes and dashes as typesetters have them, blanks that do not break;
- one word too many or too few, in a wording of five words or more of which four are its own. Words that turn what
  is said (``not``, ``failed``) are never taken for wear.

All wordings near enough are looked for, whatever may be read of them: where those of two keys are, it is neither.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache
from typing import Literal, NamedTuple

from redislog.grammar.dispatch import Dispatcher
from redislog.grammar.tokens import TOKENS

_VALUE = re.compile(r"<[a-z_][a-z_0-9]*:([^>]*)>")
_TYPESET = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u00b4", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f", " "),
    }
)
_LONG_DASHES = {ord("\u2013"): "--", ord("\u2014"): "--"}
_STOPS = ".,:;!"
_DIGITS = re.compile(r"\d\S*\d|\d")
_TURNING = frozenset(
    [
        "not",
        "no",
        "never",
        "nothing",
        "without",
        "cannot",
        "can't",
        "won't",
        "isn't",
        "wasn't",
        "didn't",
        "don't",
        "failed",
        "fail",
        "fails",
        "failing",
        "failure",
        "error",
        "unable",
        "impossible",
        "unless",
        "almost",
        "nearly",
        "would",
        "could",
        "should",
        "aborted",
        "refused",
        "rejected",
    ]
)
"""Words that turn what is said."""
_VALUES = ("0", "0" * 40, "0.0.0.0:0", "some")
"""Values of which each is one of some kinds."""
_FEWEST_WORDS = 5
_FEWEST_OWN = 4
_MOST_WORDS = 40
_PLACES = 3
"""So many words at the beginning of a wording are looked up."""


class Wording(NamedTuple):
    """A wording as what is looked for.

    ``own`` are its literal words without digits; ``others`` stand for those that are values; ``words`` is how many
    it has, at least where a value may be ``several``.
    """

    own: Counter[str]
    others: frozenset[str]
    words: int
    several: bool


class Edit(NamedTuple):
    """What makes words a wording, and whether that may be read: a word is put, taken out, put for another, or parted."""

    number: int
    place: int
    what: Literal["put", "drop", "swap", "part", "stop"]
    word: str = ""
    at: int = 0
    sure: bool = True

    def made(self, words: list[str]) -> str:
        """The message that words are after it."""
        before, behind = words[: self.place], words[self.place + (self.what != "put") :]
        return " ".join([*before, *self._middle(words), *behind])

    def _middle(self, words: list[str]) -> list[str]:
        if self.what in ("put", "swap"):
            return [self.word]
        if self.what == "drop":
            return []
        word = words[self.place]
        if self.what == "part":
            return [word[: self.at], word[self.at :]]
        return [word[:-1] if word.endswith(".") else f"{word}."]


class Wear:
    """Finds what worn messages were, with the help of a dispatcher."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._found = lru_cache(maxsize=4096)(self._edits)
        self._known = cache(self._wording)

    def near(self, text: str) -> Iterator[tuple[int, str, bool]]:
        """What a message may have been: the number of a wording, the text, and whether that may be read."""
        if text.isascii() and "  " not in text:
            written = [text.split(" ")] if self._found(_DIGITS.sub("0", text)) else []
        else:
            for each in _typeset(text):
                yield from ((number, each, True) for number in self._dispatcher.candidates(each))
            every = text.translate(_TYPESET).split(" ")
            single = [word for word in every if word]
            written = [single] if every == single else [single, every]
        for words in written:
            for edit in self._found(_DIGITS.sub("0", " ".join(words))):
                yield edit.number, edit.made(words), edit.sure

    def _edits(self, text: str) -> tuple[Edit, ...]:
        """What makes a text's words one of the wordings that begin about as they do."""
        words = tuple(text.split(" "))
        if not 1 < len(words) <= _MOST_WORDS:
            return ()
        found: list[Edit] = []
        counted = Counter(words)
        size = sum(word != "" for word in words)
        for number in self._numbers(words):
            its = self._known(number)
            if not its.several and abs(its.words - size) > 1:
                continue
            missing = list((its.own - counted).elements())
            if not missing:
                found += _without_one(words, number, its)
            elif len(missing) <= 2:
                found += _mended(words, number, its, missing)
        return tuple(found) if any(edit.sure for edit in found) else ()

    def _numbers(self, words: tuple[str, ...]) -> Iterable[int]:
        """The wordings that have one of a message's first words about where it stands."""
        places = [(place, near) for place in range(_PLACES) for near in (place - 1, place, place + 1)]
        rows = (
            self._by_place.get((place, words[near]), ()) for place, near in places if 0 <= near < len(words)
        )
        return sorted({number for row in rows for number in row})

    def _wording(self, number: int) -> Wording:
        """A wording as what is looked for, made when it is first near to something."""
        entry = self._dispatcher.entries[number]
        words = entry.skeleton.split(" ")
        kinds = {kind for kinds in _VALUE.findall(entry.template) for kind in kinds.split("|")}
        others = {word for kind in kinds - TOKENS.keys() for word in kind.split(" ") if word}
        others |= {word.replace("\0", value) for word in words if "\0" in word for value in _VALUES}
        several = any(kind not in TOKENS or not TOKENS[kind].one_word for kind in kinds)
        own = Counter(filter(_is_own, words))
        return Wording(own, frozenset(others), sum(word != "" for word in words), several)

    @cached_property
    def _by_place(self) -> dict[tuple[int, str], list[int]]:
        """The wordings, by each of their first words and where it stands."""
        index: dict[tuple[int, str], list[int]] = defaultdict(list)
        for number, skeleton in enumerate(self._dispatcher.skeletons()):
            for place, word in enumerate(skeleton.split(" ", _PLACES)[:_PLACES]):
                if _is_own(word):
                    index[place, word].append(number)
        return index


def _is_own(word: str) -> bool:
    """Whether a word of a wording's literal text stands there as it is, and has no digit."""
    return word != "" and "\0" not in word and _DIGITS.search(word) is None


def _typeset(text: str) -> Iterator[str]:
    """A message with its quotes, dashes and blanks as a server has them."""
    for plain in {text, text.translate(_TYPESET), text.translate(_LONG_DASHES).translate(_TYPESET)}:
        single = " ".join([word for word in plain.split(" ") if word])
        yield from (each for each in {plain, single} if each != text)


def _without_one(words: tuple[str, ...], number: int, its: Wording) -> Iterator[Edit]:
    yield Edit(number, len(words) - 1, "stop")
    for place, word in enumerate(words):
        yield Edit(number, place, "drop", sure=_says_little(word, its))
    for place in range(len(words) + 1):
        yield from (Edit(number, place, "put", word, sure=False) for word in its.others)


def _mended(words: tuple[str, ...], number: int, its: Wording, missing: list[str]) -> Iterator[Edit]:
    lost = missing[0]
    for place, word in enumerate(words):
        if len(missing) == 2:
            yield from (
                Edit(number, place, "part", at=len(one))
                for one, other in (missing, missing[::-1])
                if one + other == word
            )
        elif word.rstrip(_STOPS) == lost.rstrip(_STOPS):
            yield Edit(number, place, "swap", lost)
        elif word.endswith(lost):
            yield Edit(number, place, "part", at=-len(lost))
        elif word.startswith(lost):
            yield Edit(number, place, "part", at=len(lost))
    if len(missing) == 1:
        sure = _says_little(lost, its)
        yield from (Edit(number, place, "put", lost, sure=sure) for place in range(len(words) + 1))


def _says_little(word: str, its: Wording) -> bool:
    """Whether a word of a wording, or in it, may be lost or put without turning what is said."""
    plain = word.strip(_STOPS).lower()
    enough = its.words >= _FEWEST_WORDS and its.own.total() >= _FEWEST_OWN
    return enough and plain.isalpha() and plain not in _TURNING
