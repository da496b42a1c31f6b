"""What nodes of a Cluster say of each other: node IDs, and the addresses that lines state for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from redislog.evidence import evidence_of
from redislog.hints import Hint
from redislog.node.history import NodeHistory, Point
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


def stated_addresses(nodes: Mapping[str, NodeHistory]) -> Iterator[Hint]:
    """Addresses of servers whose logs are there, as lines state them.

    An address that moved from one server to another is left out: what is stated here holds for all time.
    """
    stated: dict[Address, dict[str, Hint]] = {}
    for hint in _statements(nodes):
        stated.setdefault(hint.address, {})[hint.name] = hint
    for hints in stated.values():
        if len(hints) == 1:
            yield from hints.values()


def _statements(nodes: Mapping[str, NodeHistory]) -> Iterator[Hint]:
    """A node says its own ID, any node says which address an ID has now; of itself, a node says a new IP."""
    ids = own_ids(nodes)
    for name, history in nodes.items():
        ports = {run.port for run in history.runs if run.port is not None}
        for incident in history.incidents:
            event: Any = incident.last.event
            if incident.key == "cluster.node-address" and event.node in ids:
                yield Hint(ids[event.node][0], Address(event.ip, event.port), *evidence_of(event))
            if incident.key == "cluster.myself-ip" and len(ports) == 1:
                yield Hint(name, Address(event.ip, *ports), *evidence_of(event))
