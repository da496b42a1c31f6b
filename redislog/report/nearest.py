"""The known wording that a line which was not read is nearest to, and what differs: what a new version, or a wrapper, did."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

import attrs

from redislog.events.base import Event
from redislog.events.index import until_registered
from redislog.matching import tables
from redislog.shortly import printable

_VALUE = re.compile(r"\S*[\d\0]\S*")
_FEWEST_ALIKE = 0.5
"""The share of words that must be alike, of the longer one of a line and a wording."""
_LONGEST = 2048


@attrs.frozen
class Near:
    """A known wording near to a text: its key, as it is declared, and the words that only one of both has."""

    key: str
    template: str
    missing: tuple[str, ...]
    added: tuple[str, ...]


def nearest(message: str) -> Near | None:
    """The known wording that shares most words with a message, in their order; None where none shares half of them.

    >>> found = nearest("MASTER <-> REPLICA sync: Finished with great success")
    >>> found.key, found.missing, found.added
    ('replica.full-sync.finished', (), ('great',))
    """
    words = _words(message[:_LONGEST])
    known = Counter(words)
    best: tuple[float, int] = (_FEWEST_ALIKE, 0)
    found = None
    for number, (its, counted) in enumerate(_known()):
        longer = max(len(words), len(its))
        if not longer or sum((known & counted).values()) / longer < best[0]:
            continue
        alike = sum(
            block.size for block in SequenceMatcher(None, words, its, autojunk=False).get_matching_blocks()
        )
        score = alike / longer, sum(len(word) for word in set(words) & set(its))
        if score > best:
            best, found = score, number
    return None if found is None else _near(found, words)


def _near(number: int, words: tuple[str, ...]) -> Near:
    entry = tables().messages.entries[number]
    its, counted = _known()[number]
    known = Counter(words)
    return Near(
        entry.key,
        entry.template,
        tuple(word for word in its if counted[word] > known[word] and word != "\0"),
        tuple(word for word in words if known[word] > counted[word] and word != "\0"),
    )


@until_registered
def _known() -> tuple[tuple[tuple[str, ...], Counter[str]], ...]:
    """The words of every wording, in the order of the index."""
    found = (_words(entry.skeleton) for entry in tables().messages.entries)
    return tuple((words, Counter(words)) for words in found)


def _words(text: str) -> tuple[str, ...]:
    """The words of a text; what holds a value, or a digit, is one that all have."""
    return tuple("\0" if _VALUE.fullmatch(word) else word for word in text.split())


def unread_lines(event: Event) -> Iterator[str]:
    """What is shown of a line that was not read: where it stands, its text, and what it is nearest to."""
    yield printable(f"{event.source or '-'}:{event.line_number} {event.key} {event.message!r}")
    near = nearest(event.message)
    if near is None:
        yield "  near to nothing that is known"
        return
    yield printable(f"  nearest  {near.key}: {near.template}")
    differs = [f"without {' '.join(near.missing)!r}"] if near.missing else []
    differs += [f"with {' '.join(near.added)!r}"] if near.added else []
    yield printable(f"  differs  {', '.join(differs) or 'in values, or in the order of words'}")
