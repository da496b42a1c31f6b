"""One ordered history of many servers: no effect before its cause."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping

from redislog.node.history import Point

Place = tuple[str, int]
"""A line: (node, order within the node)."""


def in_true_order(
    points: Mapping[str, Iterable[Point]], shift: Mapping[str, float], causes: Iterable[tuple[Place, Place]]
) -> list[tuple[str, Point]]:
    """Merge the lines of several servers.

    ``shift`` is each node's clock minus the reference's, in seconds; ``causes`` are pairs (cause, effect).
    Each server's own order is kept, then cause before effect, then the reference's time, then the name.
    """
    streams = {name: list(items) for name, items in sorted(points.items())}
    present = {(name, point.order) for name, items in streams.items() for point in items}
    waits_for: dict[Place, set[Place]] = {}
    for cause, effect in causes:
        if cause in present and effect in present:
            waits_for.setdefault(effect, set()).add(cause)
    done: set[Place] = set()
    merged: list[tuple[str, Point]] = []
    heads = [(items[0].time - shift.get(name, 0.0), name, 0) for name, items in streams.items() if items]
    heapq.heapify(heads)
    while heads:
        held = []
        while True:
            time, name, position = heapq.heappop(heads)
            point = streams[name][position]
            if done.issuperset(waits_for.get((name, point.order), ())) or not heads:
                break
            held.append((time, name, position))
        done.add((name, point.order))
        merged.append((name, point))
        if position + 1 < len(streams[name]):
            following = streams[name][position + 1]
            heapq.heappush(heads, (following.time - shift.get(name, 0.0), name, position + 1))
        for item in held:
            heapq.heappush(heads, item)
    return merged
