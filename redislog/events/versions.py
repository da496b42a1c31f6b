"""Products and versions, in the order in which they were published, and ranges over them."""

from __future__ import annotations

from functools import cache

REDIS = ("2.6", "2.8", "3.0", "3.2", "4.0", "5.0", "6.0", "6.2", "7.0", "7.2", "7.4", "8.0", "8.2")
VALKEY = ("7.2", "8.0", "8.1")
SERIES: tuple[str, ...] = (*(f"redis {v}" for v in REDIS), *(f"valkey {v}" for v in VALKEY))
"""Every release series of a server whose wordings are known."""

CHART = ("4.22", "4.35", "4.39")
"""The redis-ha chart, whose scripts run beside the servers."""
HAPROXY = ("2.6", "3.0", "3.1")
_SERIES_OF = {"redis": REDIS, "valkey": VALKEY, "chart": CHART, "haproxy": HAPROXY}


@cache
def expand(ranges: str) -> tuple[str, ...]:
    """The series and exact releases that a range notation names.

    Raises
    ------
    ValueError
        for a product or version that is not known.

    >>> expand("redis 7.2-8.0; valkey 7.2")
    ('redis 7.2', 'redis 7.4', 'redis 8.0', 'valkey 7.2')
    >>> expand("redis 2.8.0")
    ('redis 2.8.0',)
    """
    named: list[str] = []
    for part in ranges.split(";"):
        product, _, versions = part.strip().partition(" ")
        if product not in _SERIES_OF:
            raise ValueError(f"expected redis, valkey, chart or haproxy, got {product!r} in {ranges!r}")
        series = _SERIES_OF[product]
        for item in versions.split(","):
            first, dash, last = item.strip().partition("-")
            if dash:
                named += [f"{product} {v}" for v in series[series.index(first) : series.index(last) + 1]]
            elif first in series or first.rpartition(".")[0] in series:
                named.append(f"{product} {first}")
            else:
                raise ValueError(f"unknown version {item.strip()!r} in {ranges!r}")
    return tuple(named)


def by_version(notation: str, version: str) -> str | None:
    """What a notation such as ``warning[redis 2.8-7.0] notice[redis 7.2-8.0]`` says for one version.

    A notation without brackets holds for every version.

    >>> by_version("warning[redis 2.8-7.0] notice[redis 7.2-8.0; valkey 7.2]", "redis 7.4")
    'notice'
    """
    if "[" not in notation:
        return notation
    for part in notation.split("]"):
        value, bracket, ranges = part.strip().partition("[")
        if bracket and version in expand(ranges):
            return value
    return None
