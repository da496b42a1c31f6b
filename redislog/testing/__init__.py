"""For other tools' tests: assertions on captured logs, a watcher of growing ones, marks, and strategies.

Nothing here opens what a test did not hand over, reads a clock that it was not given, or prints.

>>> from redislog.testing import assert_in_sync
>>> log = "1:S 29 May 2023 07:49:04.507 * MASTER <-> REPLICA sync: Finished with success"
>>> assert_in_sync({"b": log}, "b")
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redislog.testing.assertions import (
        assert_events,
        assert_failovers,
        assert_healthy,
        assert_in_sync,
        assert_no,
        assert_no_data_lost,
        assert_resyncs,
        assert_topology,
        count,
        mark,
        unresolved,
    )
    from redislog.testing.marks import Mark
    from redislog.testing.matchers import having
    from redislog.testing.snapshots import canonical
    from redislog.testing.watcher import EndedError, Watcher

__all__ = [
    "EndedError",
    "Mark",
    "Watcher",
    "assert_events",
    "assert_failovers",
    "assert_healthy",
    "assert_in_sync",
    "assert_no",
    "assert_no_data_lost",
    "assert_resyncs",
    "assert_topology",
    "canonical",
    "count",
    "having",
    "mark",
    "unresolved",
]

_HOMES = {
    "redislog.testing.marks": ("Mark",),
    "redislog.testing.matchers": ("having",),
    "redislog.testing.snapshots": ("canonical",),
    "redislog.testing.watcher": ("EndedError", "Watcher"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name on its first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(_HOME_OF.get(name, "redislog.testing.assertions")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
