"""The host as a witness, and Docker and Kubernetes: that a server's process ended, which it could not say itself."""

from __future__ import annotations

import math
from collections.abc import Iterator

from redislog.court.claim import Claim
from redislog.node.history import NodeHistory
from redislog.timeline.deaths import Death
from redislog.timeline.joining import Joined


def claims(joined: Joined) -> Iterator[Claim]:
    """Each end of a process that is told, from then until a later line of the server's own."""
    for death in joined.deaths:
        history = joined.nodes[death.node]
        begin = _begin(history, death)
        if begin is None:
            continue
        shift = joined.shift(death.node)
        yield Claim(
            about=death.node,
            what="running",
            value=False,
            testimony="host.ended",
            teller=death.teller,
            start=round(begin - shift, 6),
            stamp=begin,
            since=death.at,
            until=_next_line(history, death, begin) - shift,
            basis="deduced",
            evidence=death.evidence,
        )


def _begin(history: NodeHistory, death: Death) -> float | None:
    """When it ended, in seconds on the server's clock; at its last line where only the order of lines says it."""
    if death.time is not None:
        return death.time
    return history.last.time if death.after and history.last is not None else None


def _next_line(history: NodeHistory, death: Death, begin: float) -> float:
    """When the server's own log goes on; infinity where it does not."""
    if death.after or history.last is None:
        return math.inf
    lines = (*(run.first for run in history.runs), *history.points, history.last)
    return min((point.time for point in lines if point.time > begin), default=begin)
