"""Words that several parts of a report say alike: names, times, IDs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from redislog.evidence import Evidence, first_stamp

_REPLID = 8


def together(names: Sequence[str]) -> list[str]:
    """Names that stand side by side: those after the first without what they begin alike with.

    >>> together(["ha-redis-server-0", "ha-redis-server-2"])
    ['ha-redis-server-0', '-server-2']
    >>> together(["redis-0", "redis-1"]), together(["a", "b"])
    (['redis-0', 'redis-1'], ['a', 'b'])
    """
    if len(names) < 2:
        return list(names)
    parts = [name.split("-") for name in names]
    alike = 0
    while all(len(each) > alike + 1 and each[alike] == parts[0][alike] for each in parts):
        alike += 1
    if alike < 2:
        return list(names)
    return [names[0], *("-" + "-".join(each[alike - 1 :]) for each in parts[1:])]


def listed(names: Iterable[str]) -> str:
    """Names in a row of words, shortened.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    *most, last = together(list(names)) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def clock(at: datetime | None, lines: Iterable[Evidence] = ()) -> str:
    """A time of day to the millisecond; without a date the first stamp of some lines as it stands, or a dash."""
    return at.strftime("%H:%M:%S.%f")[:-3] if at is not None else first_stamp(lines) or "-"


def since(at: datetime | None, lines: Iterable[Evidence] = ()) -> str:
    """Since when, to the second, or the first stamp of some lines as it stands; nothing where neither is known."""
    stamp = f"{at:%H:%M:%S}" if at is not None else first_stamp(lines)
    return f" since {stamp}" if stamp is not None else ""


def ago(seconds: float) -> str:
    """A length of time in hours, minutes and seconds."""
    return str(timedelta(seconds=round(seconds)))


class ReplicationIds:
    """Shortens replication IDs to eight digits where that says which one is meant.

    >>> ids = ReplicationIds(["f5936d9c489e2cf341f75b48235c72981f770077", "f5936d9c" + "0" * 32, "a" * 40])
    >>> ids.short("a" * 40), len(ids.short("f5936d9c" + "0" * 32))
    ('aaaaaaaa', 40)
    """

    def __init__(self, known: Iterable[str | None]) -> None:
        self._known = {each for each in known if each}

    def short(self, replid: str) -> str:
        """One of them, as short as it may be."""
        alike = [each for each in self._known if each.startswith(replid[:_REPLID])]
        return replid[:_REPLID] if len(alike) <= 1 else replid
