"""What nodes of a Cluster say of themselves and of each other: their node IDs, and who has failed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from redislog.node.history import NodeHistory, Point
from redislog.node.tables import ELECTED
from redislog.values import Address

OWN_ID = ("cluster.myself-loaded", "cluster.myself-new", "cluster.myself-reset")
"""Messages in which a server says its own node ID."""


def own_ids(nodes: Mapping[str, NodeHistory]) -> dict[str, tuple[str, Point]]:
    """Which server has which node ID, with the line in which it says so."""
    found: dict[str, tuple[str, Point]] = {}
    for name, history in nodes.items():
        for incident in history.incidents:
            if incident.key in OWN_ID:
                event: Any = incident.last.event
                found[event.myself] = (name, incident.last)
    return found


_FAILED = {"cluster.node-failing": "node", "cluster.fail-message": "about"}
_CLEARED = {"cluster.node-fail-cleared": "node", "cluster.node-fail-cleared-primary": "node"}
"""What nodes of a Cluster say of one that a majority does not reach, and the field that holds its ID."""
_NODE_ID = re.compile(r"\b[0-9a-f]{40}\b")


@attrs.frozen
class Failure:
    """A time for which one node holds another for failed; ``node`` is the other's ID, ``end`` None where it lasts."""

    node: str
    start: Point
    end: Point | None = None


def failures(history: NodeHistory) -> list[Failure]:
    """The times for which a node holds others for failed, in order of their ends."""
    found: list[Failure] = []
    failed: dict[str, Point] = {}
    for incident in sorted(history.incidents, key=lambda incident: incident.last.order):
        event: Any = incident.last.event
        if incident.key in _FAILED:
            failed.setdefault(getattr(event, _FAILED[incident.key]), incident.last)
        elif incident.key in _CLEARED:
            node = getattr(event, _CLEARED[incident.key])
            if node in failed:
                found.append(Failure(node, failed.pop(node), incident.last))
    return found + [Failure(node, since) for node, since in failed.items()]


def ids_by_election(history: NodeHistory) -> Iterator[tuple[str, Address]]:
    """The ID of each primary that a node took over from, and its address: the one that it held for failed then."""
    elections = [incident.last for incident in history.incidents if incident.key in ELECTED]
    known = failures(history) if elections else []
    for election in elections:
        won = election.order
        failed = {
            each.node
            for each in known
            if each.start.order < won and (each.end is None or each.end.order > won)
        }
        followed = [link.primary for link in history.links if link.primary and link.start.order < won]
        if len(failed) == 1 and followed:
            yield failed.pop(), followed[-1]


def named_ids(history: NodeHistory, until: float) -> frozenset[str]:
    """Every node ID that a log names up to a time of its clock."""
    return frozenset(
        found
        for incident in history.incidents
        if incident.key.startswith("cluster.") and incident.first.time <= until
        for point in (incident.first, incident.last)
        for found in _NODE_ID.findall(point.event.message)
    )
