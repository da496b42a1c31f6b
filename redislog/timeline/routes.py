"""Where HAProxy sent the clients of the primary: its servers' own names, and the nodes that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from redislog.events.base import Event
from redislog.evidence import evidence_of
from redislog.node.history import NodeHistory
from redislog.timeline.identity import Identity
from redislog.timeline.proxies import PRIMARY_BACKEND, Proxy, Turn
from redislog.timeline.values import Basis, Route

_NUMBERED = re.compile(r"R(\d+)")
_POD = re.compile(r"(.+)-haproxy-[a-z0-9]+-[a-z0-9]+")


def all_routes(
    proxies: Mapping[str, Proxy], nodes: Mapping[str, NodeHistory], identity: Identity
) -> Iterator[Route]:
    """Every time in which a server was up in a backend of primaries, in the order of each HAProxy's log."""
    for proxy in proxies.values():
        for turn in proxy.turns:
            node, basis, proof = _node_of(proxy, turn, nodes, identity)
            yield Route(
                proxy=proxy.name,
                backend=turn.backend,
                server=turn.server,
                node=node,
                start=turn.start.at,
                end=turn.end.at if turn.end is not None else None,
                over=turn.end is not None,
                basis={"up": "stated" if turn.stated else "deduced", "node": basis},
                evidence=evidence_of(
                    turn.start.event, turn.end.event if turn.end is not None else None, proof
                ),
            )


def _node_of(
    proxy: Proxy, turn: Turn, nodes: Mapping[str, NodeHistory], identity: Identity
) -> tuple[str | None, Basis, Event | None]:
    """The node that a server of HAProxy is, by an address, by its config-init, or by the chart's numbers."""
    if turn.host is not None:
        host, mark = turn.host
        return _owner(host, identity) or host, "stated", mark.event
    number = _NUMBERED.fullmatch(turn.server)
    if turn.backend != PRIMARY_BACKEND or number is None:
        return None, "unknown", None
    announced = proxy.announced.get(int(number[1]))
    if announced is not None:
        name, host, mark = announced
        owner = _owner(host, identity) or (name if name in nodes else None)
        return owner or host, "stated", mark.event
    if turn.server in proxy.hosts:
        host, mark = proxy.hosts[turn.server]
        return _owner(host, identity) or host, "stated", mark.event
    pod = _POD.fullmatch(proxy.name)
    name = f"{pod[1]}-server-{number[1]}" if pod is not None else ""
    return (name, "deduced", None) if name in nodes else (None, "unknown", None)


def _owner(host: str, identity: Identity) -> str | None:
    """The node of which all known addresses of a host are."""
    owners = {owner for address, owner in identity.owner.items() if address.host == host}
    return owners.pop() if len(owners) == 1 else None
