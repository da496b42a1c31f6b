"""Nodes of a Cluster as witnesses on each other: that a majority of the primaries does not reach one (FAIL)."""

from __future__ import annotations

from collections.abc import Iterator

from redislog.court.claim import Claim, Teller, What
from redislog.timeline.cluster import failures, ids_by_election, own_ids
from redislog.timeline.joining import Joined

_FAILED: dict[What, object] = {"running": False, "role": "primary"}


def claims(joined: Joined) -> Iterator[Claim]:
    """What each node says of those that failed, where it is known who they are."""
    names = _names(joined)
    for history in joined.nodes.values() if names else ():
        teller = Teller.of(joined, history.name)
        for failure in failures(history):
            if failure.node in names:
                about = names[failure.node]
                yield from teller.says("cluster.failed", about, _FAILED, failure.start, failure.end)


def _names(joined: Joined) -> dict[str, str]:
    """Which server has which node ID: by its own word, or by that of the one that was elected in its place."""
    elected = {
        node: joined.name_of(address, name)
        for name, history in joined.nodes.items()
        for node, address in ids_by_election(history)
    }
    return elected | {node: name for node, (name, _) in own_ids(joined.nodes).items()}
