"""The time for which a node is known by an address: addresses move.

Who names a node is a log: its primary's, by the address that it is served under; a replica's, by the one that it
follows. Where that log names it by another one from then on, the address has moved. One log may know a node by one
address and another log by another, as by a Service's and a pod's: these hold side by side.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import attrs

from redislog.node.history import NodeHistory, Point
from redislog.timeline.identity import Identity
from redislog.values import Address


@attrs.frozen
class Use:
    """An address by which a log names a node in a sync; ``point`` is that sync's first line in the node's own log."""

    by: tuple[str, str]
    address: Address
    point: Point


@attrs.frozen
class Held:
    """An address of a node; ``until`` is where another took its place, None where it holds still."""

    address: Address
    until: Point | None = None


def held_addresses(
    nodes: Mapping[str, NodeHistory], identity: Identity, name: str, time: float = math.inf
) -> Iterator[Held]:
    """The addresses of a node up to a time on its own clock, in order; what a hint states holds for all time."""
    series: dict[tuple[str, str], list[Use]] = {}
    for use in sorted(_uses(nodes, identity, name), key=lambda use: use.point.order):
        series.setdefault(use.by, []).append(use)
    begun = [[use for use in uses if use.point.time <= time] or uses[:1] for uses in series.values()]
    now = {uses[-1].address for uses in begun}
    for address in identity.addresses_of(name):
        named = [uses for uses in begun if any(use.address == address for use in uses)]
        is_used = any(use.address == address for uses in series.values() for use in uses)
        if address in now or (name, address) in identity.stated or not is_used:
            yield Held(address)
        elif named:
            yield Held(address, max((_left(uses, address) for uses in named), key=lambda point: point.order))


def _left(uses: list[Use], address: Address) -> Point:
    """Where a log names a node by another address for the first time since it named it by one."""
    last = max(number for number, use in enumerate(uses) if use.address == address)
    return uses[last + 1].point


def _uses(nodes: Mapping[str, NodeHistory], identity: Identity, name: str) -> Iterator[Use]:
    for (replica, number), (primary, served) in identity.joins_of(name):
        attempt = nodes[replica].attempts[number]
        service = nodes[primary].services[served]
        if replica == name and isinstance(service.replica, Address):
            yield Use((primary, "replica"), service.replica, attempt.start)
        if primary == name and attempt.primary is not None:
            yield Use((replica, "primary"), attempt.primary, service.asked)
