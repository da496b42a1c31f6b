"""What the name of a file says of the lines in it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePath

from redislog.capture.cri import origin_of_path
from redislog.origin import Origin, origin

CONTAINERS = (
    "redis", "valkey", "sentinel", "config-init", "split-brain-fix", "haproxy", "redis-exporter", "metrics",
    "exporter", "secret-init", "fix-permissions",
)  # fmt: skip
_LOG_SUFFIXES = {".log", ".txt", ".out", ".json", ".jsonl", ".ndjson", ".csv", ".export"}
_PACKED = re.compile(r"\.(?:gz|bz2|xz|zst)\Z")
_ROTATED = re.compile(r"(?<=\.log)[.-](\d{1,14})\Z")
_PREVIOUS = re.compile(r"[-_.](?:previous|prev)\Z")
_CONTAINER = re.compile(
    rf"(.+?)[_.]({'|'.join(CONTAINERS)})\Z|(.+-(?:\d{{1,5}}|[0-9a-f]{{6,10}}-[a-z0-9]{{5}}))-({'|'.join(CONTAINERS)})\Z"
)
_SAVED = re.compile(r"-\d{18,19}\Z")
"""When k9s saved it, in nanoseconds."""
_DATED = re.compile(r"(?:19|20)\d\d[-_.]?[01]\d")
_ONE_OF_SEVERAL = re.compile(
    r"(?:[^/]*/)?[^/]*[A-Za-z][-_.]?\d{1,3}|(?:[^/]*/)?[^/]*-[0-9a-f]{6,10}-[a-z0-9]{5}"
)
_MUST_GATHER = re.compile(
    r"(?:.*/)?namespaces/([a-z0-9-]+)/pods/([a-z0-9.-]+)/([a-z0-9-]+)/\3/logs/(current|previous)\.log(?:\.\w+)?\Z"
)


def origin_of_file(path: str) -> Origin:
    """The pod, container and restart that the path of a file names; at least its own name.

    >>> origin_of_file("logs/argocd-redis-ha-server-0.log").source
    'argocd-redis-ha-server-0'
    >>> origin_of_file("redis-0_sentinel.log").source, origin_of_file("server-1-previous.log").restart
    ('redis-0/sentinel', 'previous')
    >>> origin_of_file("redis-0-sentinel.log").source, origin_of_file("redis-0-1685346604519319000.log").source
    ('redis-0/sentinel', 'redis-0')
    """
    if match := _MUST_GATHER.match(path):
        return origin(*match.groups()[:3], "previous" if match[4] == "previous" else None)
    if found := origin_of_path(path):
        return found
    name = _PACKED.sub("", PurePath(path.replace("\\", "/")).name)
    restart = match[1] if (match := _ROTATED.search(name)) else None
    name = _ROTATED.sub("", name)
    stem = name[: name.rindex(".")] if any(name.endswith(suffix) for suffix in _LOG_SUFFIXES) else name
    if not stem:
        stem = name
    stem = _SAVED.sub("", stem)
    if _PREVIOUS.search(stem):
        stem, restart = _PREVIOUS.sub("", stem), "previous"
    if match := _CONTAINER.match(stem):
        return origin(None, match[1] or match[3], match[2] or match[4], restart)
    return origin(None, stem, None, restart)


@lru_cache(maxsize=1024)
def names_one_server(name: str) -> bool:
    """Whether the name of a capture is that of one of several servers: it ends in a number, or as a pod's does.

    A namespace may stand before it.

    >>> [names_one_server(name) for name in ("argocd-redis-ha-server-0", "redis_2", "cache-7d4b9c5f6-x2x9z")]
    [True, True, True]
    >>> [names_one_server(name) for name in ("redis", "stdin", "all-2023-11-20", "logs/redis")]
    [False, False, False, False]
    """
    return _ONE_OF_SEVERAL.fullmatch(name) is not None and _DATED.search(name) is None
