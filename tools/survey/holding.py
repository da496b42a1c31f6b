"""Holds what a source tree prints against the declared wordings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from redislog import parse
from redislog.events.index import messages
from redislog.events.versions import SERIES, by_version, expand
from redislog.events.wordings import Wording
from redislog.grammar.notation import Placeholder, read_template
from tools.survey.sources import Call, Survey

_ENOUGH = 4
_MOST = 128
_NOT_SOURCES = ("redislog.events.sidecars",)


class Declared(NamedTuple):
    """One wording of a message, in every form that its words give it: NUL stands for other values."""

    key: str
    wording: Wording
    forms: tuple[str, ...]


class Difference(NamedTuple):
    """What the next release asks for: a text that is new, gone, or printed otherwise than is declared.

    ``kind`` is ``new``, ``gone``, ``versions`` (known, but not of this release) or ``level``; ``key`` is the
    message where there is one; ``was`` what is declared now.
    """

    kind: str
    place: str
    level: str
    text: str
    key: str = ""
    was: str = ""

    def __str__(self) -> str:
        head = f"{self.kind:8} {self.place}"
        known = f"\n         {self.key}: {self.was}" if self.key else ""
        return f"{head}  {self.level}\n         {visible(self.text)}{known}"


def visible(text: str) -> str:
    """A text on one line, its values as ``<value>``: what to make a wording of."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\0", "<value>")


def nearest(product: str, version: str) -> str:
    """The known series that a release is held against: its own, or the one before it.

    Raises
    ------
    ValueError
        for a product none of whose releases is known.
    """
    own = [name for name in SERIES if name.startswith(f"{product} ")]
    if not own:
        raise ValueError(f"expected redis or valkey, got {product!r}")

    def numbers(name: str) -> tuple[int, ...]:
        return tuple(map(int, re.findall(r"\d+", name.partition(" ")[2])))

    series = tuple(map(int, re.findall(r"\d+", version)[:2]))
    before = [name for name in own if numbers(name) <= series]
    return before[-1] if before else own[0]


@cache
def declared() -> tuple[Declared, ...]:
    """Every wording of a server's message."""
    return tuple(
        Declared(message.key, wording, tuple(_forms(wording.template)))
        for cls, message in messages()
        if not cls.__module__.startswith(_NOT_SOURCES)
        for wording in message.wordings
    )


def _forms(template: str) -> Iterator[str]:
    parts: list[list[str]] = []
    for part in read_template(template).parts:
        if isinstance(part, Placeholder):
            parts.append([*part.words, *(["\0"] if part.token is not None or not part.words else [])])
        else:
            parts.append([part])
    count = 1
    for each in parts:
        count *= len(each)
    if count > _MOST:
        parts = [each if len(each) == 1 else ["\0"] for each in parts]
    for pieces in product(*parts):
        yield _plain("".join(pieces))


def _plain(text: str) -> str:
    """The first line of a text that says something, without blanks at its end."""
    return next((line.rstrip(" ") for line in text.split("\n") if line.strip(" \0")), "\0")


def same(printed: str, known: str) -> bool:
    r"""Whether two texts with NUL for values can be one message: each value takes what the other says there.

    >>> same("Slot \0 of \0", "Slot \0 of node \0"), same("Slot \0 lost", "Slot \0 found")
    (True, False)
    """
    if printed == known:
        return True
    words = min(len(printed.replace("\0", "").strip()), len(known.replace("\0", "").strip()))
    if words < _ENOUGH:
        return False
    return _takes(printed, known) or _takes(known, printed)


def _takes(general: str, special: str) -> bool:
    return _expression(general).fullmatch(special) is not None


@cache
def _expression(text: str) -> re.Pattern[str]:
    return re.compile("(?s:.*?)".join(map(re.escape, text.split("\0"))))


def differences(survey: Survey, series: str) -> list[Difference]:
    """What of a release's log calls is new, gone or changed against what is declared of a series."""
    own = [each for each in declared() if series in expand(each.wording.versions)]
    here = _Shelf(own)
    elsewhere = _Shelf([each for each in declared() if series not in expand(each.wording.versions)])
    printers: dict[Wording, list[Call]] = defaultdict(list)
    found: list[Difference] = []
    for call in {call.text: call for call in reversed(survey.calls)}.values():
        text, *following = _lines(call.text) or [""]
        matching = here.of(text)
        for each in (*matching, *(each for line in following for each in here.of(line))):
            printers[each.wording].append(call)
        known = elsewhere.of(text) if text and not matching else []
        if known or (text and not matching and not _is_read(call)):
            found.append(_new(call, text, known))
    others = "\n".join(survey.elsewhere)
    for each in own:
        if each.wording not in printers and not _stands_in(each, others):
            found.append(_difference("gone", each, each.wording.level))
        elif level := _other_level(each.wording, series, printers[each.wording]):
            found.append(_difference("level", each, level))
    return sorted(found, key=lambda each: (each.kind, each.place, each.text))


def _lines(text: str) -> list[str]:
    """The lines of a text that have words of their own; what it is, is said by the first."""
    return [line.rstrip(" ") for line in text.split("\n") if len(line.replace("\0", "").strip()) >= _ENOUGH]


def _is_read(call: Call) -> bool:
    """Whether a call's lines with plausible values are read by a wording that has no text of its own to compare."""
    for value, letter in product(("0" * 16, "1", "1.2.3.4:6379"), "MS"):
        head = "" if "raw" in call.level else f"1:{letter} 29 May 2023 07:49:04.507 * "
        events = parse((head + call.text.replace("\0", value)).split("\n"))
        if any(event.key not in ("unrecognized", "foreign") and not event.damaged for event in events):
            return True
    return False


def _stands_in(each: Declared, texts: str) -> bool:
    """Whether a wording's longest literal text is one that no log call prints by itself."""
    literals = [part for part in read_template(each.wording.template).parts if isinstance(part, str)]
    longest = max((line.strip(" :.,[]()'\"") for part in literals for line in part.split("\n")), key=len)
    return len(longest) < _ENOUGH or longest in texts


class _Shelf:
    """Wordings by their first word, for a text that begins with one."""

    def __init__(self, wordings: Sequence[Declared]) -> None:
        self._by_word: dict[str, list[tuple[str, Declared]]] = defaultdict(list)
        for each in wordings:
            for form in each.forms:
                self._by_word[_first(form)].append((form, each))
        self._all = [pair for pairs in self._by_word.values() for pair in pairs]

    def of(self, text: str) -> list[Declared]:
        """The wordings that a text can be, those with exactly its text before all others."""
        word = _first(text)
        near = [*self._by_word.get(word, ()), *self._by_word.get("", ())] if word else self._all
        exact = [each for form, each in near if form == text]
        return exact or [each for form, each in near if same(text, form)]


def _first(text: str) -> str:
    """The first word of a text; nothing where a value stands in it."""
    word = text.partition(" ")[0]
    return "" if "\0" in word or "\n" in word else word


def _new(call: Call, text: str, known: Sequence[Declared]) -> Difference:
    if not known:
        return Difference("new", call.place, call.level, text)
    return Difference("versions", call.place, call.level, text, known[0].key, known[0].wording.versions)


def _difference(kind: str, each: Declared, level: str) -> Difference:
    was = each.wording.versions if kind == "gone" else each.wording.level
    return Difference(kind, each.wording.source, level, each.forms[0], each.key, was)


def _other_level(wording: Wording, series: str, calls: Sequence[Call]) -> str:
    """The levels at which the files that a wording names print it, where these are none that are declared."""
    now = set((by_version(wording.level, series) or "").split("|"))
    own = [call for call in calls if f"{call.file.rpartition('/')[2]}:" in wording.source]
    printed = {word for call in own for word in call.level.split("|")}
    return "" if not printed or "?" in printed or printed & now else "|".join(sorted(printed))
