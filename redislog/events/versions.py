"""The releases whose wordings are known, where and when each was read, and ranges over them.

A new release is one more row of `RELEASES`; what it no longer prints then needs an end to its open range, what it
prints anew a wording: `python -m tools.survey` lists both from the release's sources.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple


class Release(NamedTuple):
    """One release series: ``read`` is what its wordings were read in, ``on`` the month in which that was done."""

    product: str
    version: str
    read: str
    on: str

    @property
    def name(self) -> str:
        """Product and series: ``redis 7.2``."""
        return f"{self.product} {self.version}"


RELEASES = (
    Release("redis", "2.6", "sources, tag 2.6.17", "2024-10"),
    Release("redis", "2.8", "sources, tags 2.8.0 and 2.8.24", "2024-10"),
    Release("redis", "3.0", "sources, tags 3.0.0 and 3.0.7", "2024-10"),
    Release("redis", "3.2", "sources, tags 3.2.0 and 3.2.13", "2024-10"),
    Release("redis", "4.0", "sources, tags 4.0.0 and 4.0.14", "2024-10"),
    Release("redis", "5.0", "sources, tags 5.0.0 and 5.0.14", "2024-10"),
    Release("redis", "6.0", "sources, tags 6.0.0 and 6.0.20", "2024-10"),
    Release("redis", "6.2", "sources, tags 6.2.0 and 6.2.16", "2024-10"),
    Release("redis", "7.0", "sources, tags 7.0.0 and 7.0.15", "2024-10"),
    Release("redis", "7.2", "sources, tags 7.2.0 and 7.2.6", "2024-10"),
    Release("redis", "7.4", "sources, tags 7.4.0 and 7.4.1", "2024-10"),
    Release("redis", "8.0", "sources of Debian 5:8.0.6", "2026-11"),
    Release("redis", "8.2", "texts in the program 8.2.3", "2026-11"),
    Release("redis", "8.6", "sources of Debian 5:8.6.3-1", "2026-11"),
    Release("valkey", "7.2", "sources, tags 7.2.5 and 7.2.7", "2024-10"),
    Release("valkey", "8.0", "sources, tags 8.0.0 and 8.0.1", "2024-10"),
    Release("valkey", "8.1", "sources of Debian 8.1.1", "2026-11"),
    Release("valkey", "9.0", "texts in the program 9.0.0", "2026-11"),
    Release("valkey", "9.1", "sources of Debian 9.1.2", "2026-11"),
)
"""Every release series of a server whose wordings are known, by product, the oldest first."""

SERIES: tuple[str, ...] = tuple(release.name for release in RELEASES)
"""Their names."""

CHART = ("4.22", "4.35", "4.39")
"""The redis-ha chart, whose scripts run beside the servers."""
HAPROXY = ("2.6", "3.0", "3.1", "3.2")
KEYDB = ("6.3",)
"""Of KeyDB only what Redis 6.2, its origin, does not print; read in its sources, branch main, 2026-11."""
HOSTS = {
    "systemd": ("219", "237", "249", "257"),
    "linux": ("3.10", "4.18", "4.19", "6.12"),
    "docker": ("20.10", "28"),
}
"""What runs servers, and tells of their end."""
_SERIES_OF = {
    **{
        product: tuple(release.version for release in RELEASES if release.product == product)
        for product in ("redis", "valkey")
    },
    "chart": CHART,
    "haproxy": HAPROXY,
    "keydb": KEYDB,
    **HOSTS,
}


def version_named(name: str) -> str:
    """A series or an exact release by its name; ``7.0`` alone is Redis's.

    Raises
    ------
    UnknownNameError
        if it is none that is known, with the nearest.

    >>> version_named("7.0"), version_named("valkey 8.1"), version_named("redis 7.0.15")
    ('redis 7.0', 'valkey 8.1', 'redis 7.0.15')
    """
    words = " ".join(name.lower().split())
    asked = f"redis {words}" if words[:1].isdigit() else words
    if asked in SERIES or (asked.count(".") == 2 and asked.rpartition(".")[0] in SERIES):
        return asked
    from redislog.naming import UnknownNameError, nearest

    raise UnknownNameError("version", name, nearest(asked, SERIES))


@cache
def expand(ranges: str) -> tuple[str, ...]:
    """The series and exact releases that a range notation names.

    ``7.2-8.0`` is every series from the first to the last, ``8.0+`` every one from the first on.

    Raises
    ------
    ValueError
        for a product or version that is not known.

    >>> expand("redis 7.2-8.0; valkey 7.2")
    ('redis 7.2', 'redis 7.4', 'redis 8.0', 'valkey 7.2')
    >>> expand("redis 2.8.0")
    ('redis 2.8.0',)
    >>> expand("redis 7.4+") == tuple(f"redis {version}" for version in ("7.4", "8.0", "8.2", "8.6"))
    True
    """
    named: list[str] = []
    for part in ranges.split(";"):
        product, _, versions = part.strip().partition(" ")
        if product not in _SERIES_OF:
            known = ", ".join(_SERIES_OF)
            raise ValueError(f"expected one of {known}, got {product!r} in {ranges!r}")
        for item in versions.split(","):
            named += [f"{product} {version}" for version in _versions(_SERIES_OF[product], item.strip())]
    return tuple(named)


def _versions(series: tuple[str, ...], item: str) -> tuple[str, ...]:
    """The versions that one item of a range names."""
    first, dash, last = item.partition("-")
    if dash and first in series and last in series:
        return series[series.index(first) : series.index(last) + 1]
    if item.endswith("+") and item[:-1] in series:
        return series[series.index(item[:-1]) :]
    if item in series or item.rpartition(".")[0] in series:
        return (item,)
    raise ValueError(f"unknown version {item!r}, expected one of {', '.join(series)}")


def following(product: str, version: str) -> str:
    """The series after one.

    >>> following("redis", "7.0")
    '7.2'
    """
    series = _SERIES_OF[product]
    return series[series.index(version) + 1]


def by_version(notation: str, version: str) -> str | None:
    """What a notation such as ``warning[redis 2.8-7.0] notice[redis 7.2+]`` says for one version.

    A notation without brackets holds for every version.

    >>> by_version("warning[redis 2.8-7.0] notice[redis 7.2+; valkey 7.2]", "redis 7.4")
    'notice'
    """
    if "[" not in notation:
        return notation
    for part in notation.split("]"):
        value, bracket, ranges = part.strip().partition("[")
        if bracket and version in expand(ranges):
            return value
    return None


def every_value(notation: str) -> tuple[str, ...]:
    """All that a notation by version says, whatever the version.

    >>> every_value("C,X[redis 4.0+] M,S,X[valkey 8.1+]"), every_value("M,S")
    (('C,X', 'M,S,X'), ('M,S',))
    """
    return tuple(part.strip() for part in re.split(r"\[[^]]*\]", notation) if part.strip())


def release_of(version: str) -> Release | None:
    """The release that a series, or an exact release of it, belongs to; None where it is not known.

    >>> release_of("valkey 8.1.3").read
    'sources of Debian 8.1.1'
    """
    for release in RELEASES:
        if version == release.name or version.startswith(f"{release.name}."):
            return release
    return None


def standing(product: str, version: str) -> str | None:
    """What of a server's messages may not be known, as its release is not; None where it is.

    >>> standing("Valkey", "9.2.0")
    'valkey 9.2.0 is newer than 9.1, the newest of which all messages are known: others stand as unrecognized'
    >>> standing("redis", "7.2.4"), standing("redis", "255.255.255") is None
    (None, False)
    """
    product = product.lower()
    known = [release.version for release in RELEASES if release.product == product]
    if not known:
        return f"{product} {version} is a fork: its messages are read where they are those of Redis or Valkey"
    if is_newer(product, version):
        newest = f"newer than {known[-1]}, the newest of which all messages are known"
        return f"{product} {version} is {newest}: others stand as unrecognized"
    if release_of(f"{product} {version}") is None:
        return f"{product} {version} was not read: its messages are known where releases beside it print them"
    return None


def is_newer(product: str, version: str) -> bool:
    """Whether a server's version is later than all that are known of its product; False of another product.

    >>> is_newer("Valkey", "9.2.0"), is_newer("redis", "8.6.9"), is_newer("redis", "8.4.0")
    (True, False, False)
    """
    known = _SERIES_OF.get(product.lower(), ())
    numbers = _numbers(version)
    return bool(known and numbers) and numbers[:2] > _numbers(known[-1])


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version, comparable."""
    match = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(map(int, match[0].split("."))) if match else ()
