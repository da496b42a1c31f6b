"""Names that a user gives: one that is known, or an error that names the nearest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

_NEAREST = 3
"""How many names an error suggests."""
_WIDEST = 200


class UnknownNameError(ValueError):
    """A name that nothing is known by; ``nearest`` are the names that it may have been meant for, the nearest first."""

    def __init__(self, what: str, name: str, nearest: Sequence[str]) -> None:
        self.name, self.nearest = name, tuple(nearest)
        meant = f"; did you mean {' or '.join(self.nearest)}?" if nearest else ""
        super().__init__(f"unknown {what} {name!r}{meant}")


def one_of(name: str, known: Iterable[str], what: str) -> str:
    """A name, if it is one of those that are known.

    Raises
    ------
    UnknownNameError
        else, with the nearest of them.

    >>> one_of("split-brian", ["split-brain", "crash"], "finding")
    Traceback (most recent call last):
    redislog.naming.UnknownNameError: unknown finding 'split-brian'; did you mean split-brain?
    """
    names = tuple(known)
    if name in names:
        return name
    raise UnknownNameError(what, name, nearest(name, names))


def matching(glob: str, known: Iterable[str], what: str) -> tuple[str, ...]:
    """The names that a glob matches: at least one.

    Raises
    ------
    UnknownNameError
        else, with the nearest names, or the nearest globs where it is one.

    >>> matching("role.*", ["role.promoted", "crash.signal"], "key")
    ('role.promoted',)
    """
    names = tuple(dict.fromkeys(known))
    found = tuple(name for name in names if fnmatchcase(name, glob))
    if found:
        return found
    raise UnknownNameError(what, glob, _nearest_globs(glob, names) if "*" in glob else nearest(glob, names))


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The names that lie nearest to one: all that are one edit away, then those few edits away, or that it is a part of.

    >>> nearest("verdit", ["verdict", "timeline", "events"])
    ('verdict',)
    >>> nearest("granted", ["sync.full-granted", "sync.refused"])
    ('sync.full-granted',)
    """
    asked = name.lower()[:_WIDEST]
    names = sorted(set(known))
    ranked = _ranked(asked, names)
    next_to = [each for distance, each in ranked if distance <= 1]
    close = [each for distance, each in ranked if distance > 1]
    parts = [each for each in names if len(asked) > 2 and asked in each.lower()]
    return tuple(dict.fromkeys([*next_to, *(close + parts)[: max(0, _NEAREST - len(next_to))]]))


def _ranked(asked: str, names: Sequence[str]) -> list[tuple[int, str]]:
    """The names that were perhaps meant, with their distances: the nearest, and some more than are shown.

    Few edits are counted fast, so that far names are looked at only where too few are near.
    """
    ranked: list[tuple[int, str]] = []
    for most in sorted({min(count, _far(asked)) for count in (1, 3, _far(asked))}):
        distances = ((_distance(asked, each.lower()[:_WIDEST], most), each) for each in names)
        ranked = sorted((distance, each) for distance, each in distances if distance <= most)
        if len(ranked) >= _NEAREST:
            break
    return ranked


def _distance(asked: str, name: str, most: int) -> int:
    """How far a name is from what was asked for, the whole or its end: ``server-0`` is one of ``redis-server-0``."""
    ends = {name, *(name[place + 1 :] for place, letter in enumerate(name) if letter in "-./: ")}
    near = (end for end in ends if abs(len(end) - len(asked)) <= most and (len(end) > 3 or end == name))
    return min((edits(asked, end, most) for end in near), default=most + 1)


def _far(asked: str) -> int:
    """From how many edits on a name was not meant."""
    return max(1, len(asked) // 3)


def _nearest_globs(glob: str, names: Sequence[str]) -> tuple[str, ...]:
    """Globs of the same shape that match something: ``rolle.*`` is near to ``role.*``."""
    head, _, tail = glob.partition("*")
    if tail:
        return nearest(glob.replace("*", ""), names)
    heads = {
        name[:end] for name in names for end in range(1, len(name) + 1) if name[end - 1 : end] in (".", "-")
    }
    return tuple(f"{each}*" for each in nearest(head, heads)) or nearest(head, names)


def edits(one: str, other: str, most: int | None = None) -> int:
    """How many letters must be put in, left out, changed, or exchanged with their neighbour.

    Where they are more than ``most``, any number above it.

    >>> edits("role", "rolle"), edits("brian", "brain"), edits("", "abc")
    (1, 1, 3)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [number]
        for place, its in enumerate(other, start=1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != its))
            swapped = number > 1 and place > 1 and letter == other[place - 2] and one[number - 2] == its
            row.append(min(cost, earlier[place - 2] + 1) if swapped else cost)
        if most is not None and min(row) > most and min(before) > most:
            return most + 1
    return row[-1]
