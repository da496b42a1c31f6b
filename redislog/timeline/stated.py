"""Addresses that lines state: nothing has to be deduced of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from redislog.hints import Hint
from redislog.node.history import NodeHistory
from redislog.timeline.cluster import own_ids
from redislog.values import Address

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts that every server may be reached at, so that they say nothing of which it is."""


def stated_addresses(nodes: Mapping[str, NodeHistory]) -> Iterator[Hint]:
    """Addresses of servers whose logs are there, as lines state them.

    An address that moved from one server to another is left out: what is stated here holds for all time.
    """
    stated: dict[Address, dict[str, Hint]] = {}
    for hint in (*_by_cluster(nodes), *_by_clients(nodes)):
        stated.setdefault(hint.address, {}).setdefault(hint.name, hint)
    for hints in stated.values():
        if len(hints) == 1:
            yield from hints.values()


def _by_cluster(nodes: Mapping[str, NodeHistory]) -> Iterator[Hint]:
    """A node says its own ID, any node says which address an ID has now; of itself, a node says a new IP."""
    ids = own_ids(nodes)
    for name, history in nodes.items():
        ports = {run.port for run in history.runs if run.port is not None}
        for incident in history.incidents:
            event: Any = incident.last.event
            if incident.key == "cluster.node-address" and event.node in ids:
                yield Hint.of_line(ids[event.node][0], Address(event.ip, event.port), event)
            if incident.key == "cluster.myself-ip" and len(ports) == 1:
                yield Hint.of_line(name, Address(event.ip, *ports), event)


def _by_clients(nodes: Mapping[str, NodeHistory]) -> Iterator[Hint]:
    """A client's record names the server's own end of the connection (``laddr``, 6.2+).

    Of a connection that the server opened itself, as the one to its primary, the port is another.
    """
    for name, history in nodes.items():
        ports = {run.port for run in history.runs if run.port is not None}
        points = (*history.points, *(incident.first for incident in history.incidents))
        for point in points:
            client = getattr(point.event, "client", None)
            own = client.laddr if client is not None else None
            if own is not None and own.host not in LOOPBACK and own.port in ports:
                yield Hint.of_line(name, own, point.event)
