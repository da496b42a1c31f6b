"""What nodes of a Cluster say of themselves: their node IDs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from redislog.node.history import NodeHistory, Point

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
