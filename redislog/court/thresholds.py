"""How long silence counts: every length of time that the court goes by, with its source.

What the captures themselves state takes the place of a default: that a quorum agreed (``+odown``) stands behind
``down-after-milliseconds`` of each Sentinel, and the FAIL of a Cluster behind ``cluster-node-timeout`` of a majority.
"""

from __future__ import annotations

from typing import NamedTuple

REPL_TIMEOUT = 60.0
"""Seconds after which a living server notices that the other end of its link is gone."""
FAILED_OVER = 60.0
"""Seconds after which a server that a quorum of Sentinels does not reach is held for stopped, if it prints nothing."""

RETRIES_AFTER = 1.0
"""Seconds in which a replica that lost its link, or whose sync failed, tries again."""


class Threshold(NamedTuple):
    """A length of time: its name, its seconds, where the default is from, and what it is used for."""

    name: str
    seconds: float
    source: str
    meaning: str


THRESHOLDS: tuple[Threshold, ...] = (
    Threshold(
        "repl-timeout",
        REPL_TIMEOUT,
        "redis.conf; `replication.c:replicationCron`",
        "a primary that does not tell of a replica's return, or of its leaving, for so long says that the other is gone",
    ),
    Threshold(
        "agreed for",
        FAILED_OVER,
        "twice the default of `down-after-milliseconds` (`sentinel.c:SENTINEL_DEFAULT_DOWN_AFTER`)",
        "a server that a quorum of Sentinels does not reach for so long, and that prints nothing, has stopped",
    ),
    Threshold(
        "retries after",
        RETRIES_AFTER,
        "`replication.c:replicationCron`",
        "a sync that failed says so long that its replica is not in sync, where a success would leave no line (level "
        "warning); and a replica that lost its link was not connected for so long",
    ),
)
