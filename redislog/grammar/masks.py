"""Masks: what people put where an address, a number, an ID or a name was, before they hand a log over.

A message is read with a value of each kind that its masks may stand for; what it is known with, it is. The values
are then put back as they are written: text as `redislog.values.Masked`, numbers as None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import product

from redislog.grammar.dispatch import Entry
from redislog.values import MASK

Values = dict[str, str | None]
Match = Callable[[str], tuple[Entry, Values] | None]

_MOST = 5
"""Different masks in one message, at most."""
_LONGEST = 2048
_SIGNS = r"<\[{$%*_?#…•█▇■▒"
_MAY_MASK = re.compile(
    rf"[{_SIGNS}.xXnA-Z](?:(?<=[{_SIGNS}])|(?<=\.)[.xXn]|(?<=[xXn])\.|(?<=x)[xX]|(?<=[A-Z])[A-ZxX])"
)
"""What every mask holds, quickly found: a sign, dots in a row, an octet in letters, capitals or an x in a row."""
_NUMBERS = ("number", "address", "id", "word")
_ORDERS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        re.compile(r"[0-9a-f]{3,}(?:\.{2,}|…)|(?i:repl?_?id|run_?id|node_?id|sha|hash)"),
        ("id", "word", "number", "address"),
    ),
    (
        re.compile(r"(?i:ip|host|addr|server|node|replica|slave|master|primary|name)|\."),
        ("address", "word", "id", "number"),
    ),
)
_SAMPLES: dict[str, Callable[[int], str]] = {
    "number": lambda number: f"90009{number:02d}",
    "address": lambda number: f"203.0.113.{200 + number}",
    "id": lambda number: f"{number:02x}" + "9e" * 19,
    "word": lambda number: f"masked{number:02d}",
}


def may_hold_masks(message: str) -> bool:
    """Whether a message that nothing knows may be one with masks.

    >>> may_hold_masks("Connecting to MASTER <ip>:6379"), may_hold_masks("Connecting to the moon")
    (True, False)
    """
    return (
        len(message) <= _LONGEST
        and _MAY_MASK.search(message) is not None
        and MASK.search(message) is not None
    )


def read_masked(message: str, match: Match) -> tuple[Entry, dict[str, str | None], dict[str, str]] | None:
    """The entry of a message with masks, its values, and for each stand-in in them what is written there.

    None if it is no message whatever the masks stand for.
    """
    if len(message) > _LONGEST:
        return None
    masks = list(dict.fromkeys(found[0] for found in MASK.finditer(message)))
    if not 0 < len(masks) <= _MOST:
        return None
    for kinds in _ways(tuple(masks)):
        samples = {
            mask: _SAMPLES[kind](number) for number, (mask, kind) in enumerate(zip(masks, kinds, strict=True))
        }
        if found := match(MASK.sub(lambda part, its=samples: its[part[0]], message)):  # type: ignore[misc]
            entry, values = found
            return entry, values, {sample: mask for mask, sample in samples.items()}
    return None


@lru_cache(maxsize=1024)
def _ways(masks: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """What masks may stand for, the likeliest first."""
    return tuple(product(*map(_kinds, masks)))


def _kinds(mask: str) -> tuple[str, ...]:
    return next((kinds for pattern, kinds in _ORDERS if pattern.search(mask)), _NUMBERS)
