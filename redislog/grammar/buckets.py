"""The index of leading words: which wordings can begin with which words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from redislog.grammar.dispatch import LEADING_WORDS, Entry
from redislog.grammar.notation import Placeholder, read_template

_Words = tuple[str, ...]


def build_buckets(entries: Sequence[Entry]) -> dict[str, tuple[int, ...]]:
    """The numbers of the entries that can match a message, by its leading words, the heaviest first."""
    own: dict[_Words, list[int]] = {(): []}
    for number, entry in enumerate(entries):
        for words in leading_words(entry.template):
            own.setdefault(words if any(words) else (), []).append(number)
    buckets = {}
    for words in own:
        numbers = {
            number
            for length in range(len(words) + 1)
            for number in own.get(words[:length], ())
            if _can_follow(entries[number], words, length)
        }
        buckets[" ".join(words)] = tuple(
            sorted(numbers, key=lambda n: (*(-part for part in entries[n].weight), n))
        )
    return buckets


def leading_words(template: str) -> list[_Words]:
    """The complete words before the first value of a wording; several where it begins with one of some words.

    >>> leading_words("Full resync from primary: <replid:replid>:<offset:offset>")
    [('Full', 'resync', 'from', 'primary:')]
    >>> leading_words("<product:Redis|Sentinel> is now <state:word>")
    [('Redis', 'is', 'now'), ('Sentinel', 'is', 'now')]
    >>> leading_words("port=<port:port>")
    [()]
    """
    parts = read_template(template).parts
    beginnings = [""]
    for part in parts:
        if isinstance(part, Placeholder) and part.token is None and beginnings == [""]:
            beginnings = list(part.words)
        elif isinstance(part, Placeholder):
            complete = [beginning.split(" ")[:-1] for beginning in beginnings]
            return [tuple(words[:LEADING_WORDS]) for words in complete]
        else:
            beginnings = [beginning + part for beginning in beginnings]
    return [tuple(beginning.split(" ")[:LEADING_WORDS]) for beginning in beginnings]


def _can_follow(entry: Entry, words: _Words, length: int) -> bool:
    """Whether the word after an entry's own leading words can be that of a bucket.

    >>> from redislog.grammar.dispatch import Entry
    >>> entry = Entry("", "", "<n:int> of them", "", "", ())
    >>> _can_follow(entry, ("Full", "resync"), 0), _can_follow(entry, ("12", "of"), 0)
    (False, True)
    """
    if length == len(words) or length == LEADING_WORDS:
        return True
    expression = ""
    behind = 0
    parts = read_template(entry.template).parts
    for part, following in pairwise((*parts, "")):
        if isinstance(part, str):
            skipped = part.split(" ")
            if behind + len(skipped) - 1 > length:
                return (
                    re.fullmatch(expression + re.escape(skipped[length - behind]), words[length]) is not None
                )
            behind += len(skipped) - 1
            expression = re.escape(skipped[-1]) if len(skipped) > 1 else expression + re.escape(part)
        elif (
            part.token is None or part.words or part.token.open or " " in part.token.pattern or not following
        ):
            return re.match(expression, words[length]) is not None
        else:
            expression += f"(?:{part.token.pattern})"
    return True
