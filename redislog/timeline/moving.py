"""Addresses that lead to one server after another: that of a Service, of a load balancer, or one that was handed on.

A replica that goes there again finds another primary. Each of its syncs is then told by another log: as the replication
ID and what was asked for say, at the time when that log has the request, and from the one address that both know the
replica by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from redislog.node.history import NodeHistory
from redislog.timeline.choices import Session
from redislog.timeline.identity import Identity
from redislog.timeline.leftover import Leftover
from redislog.timeline.requests import Requests, Served
from redislog.timeline.sessions import address_attempts
from redislog.values import Address


@attrs.frozen
class Moved:
    """An address by which a replica reached several servers: its syncs there in order, each with its other end.

    ``host`` is the address that the replica has in all their logs.
    """

    replica: str
    address: Address
    syncs: tuple[tuple[int, Served], ...]
    host: Address


def with_moved(nodes: Mapping[str, NodeHistory], identity: Identity) -> Identity:
    """What is known of addresses, and besides of those that lead to one server after another."""
    found = list(_moved(nodes, identity)) if len(nodes) > 2 else []
    if not found:
        return identity
    joins: dict[Session, Session] = {
        (each.replica, number): (served.primary, served.number)
        for each in found
        for number, served in each.syncs
    }
    hosts = {each.host: each.replica for each in found if identity.owner_of(each.host) is None}
    addresses = {each.address for each in found} | hosts.keys()
    return attrs.evolve(
        identity,
        joins={**identity.joins, **joins},
        leftover=_less_left(identity, joins),
        served_by={**identity.served_by, **{replica: name for replica, (name, _) in joins.items()}},
        kinds={
            **identity.kinds,
            **{replica: nodes[name].services[number].kind for replica, (name, number) in joins.items()},
        },
        likely={**identity.likely, **hosts},
        unsure=identity.unsure | {(name, address) for address, name in hosts.items()},
        taken=identity.taken | addresses,
        candidates={
            address: names for address, names in identity.candidates.items() if address not in addresses
        },
        moved={
            (each.replica, each.address): tuple(
                (nodes[each.replica].attempts[number].start.order, served.primary)
                for number, served in each.syncs
            )
            for each in found
        },
    )


def _less_left(identity: Identity, joins: Mapping[Session, Session]) -> dict[str, Leftover]:
    """What of each primary's syncs no replica's log tells of, without those whose replicas are known now."""
    left = dict(identity.leftover)
    for primary, number in joins.values():
        its = left[primary]
        left[primary] = attrs.evolve(its, alone=its.alone - {number}, open=its.open - {number})
    return left


def _moved(nodes: Mapping[str, NodeHistory], identity: Identity) -> Iterator[Moved]:
    requests = Requests(nodes, nodes)
    taken = set(identity.joins.values())
    for name, history in nodes.items():
        for address, attempts in address_attempts(history).items():
            done = [number for number in attempts if history.attempts[number].kind is not None]
            owner = identity.owner_of(address, name)
            if len(done) < 2 or (owner is not None and (owner, address) in identity.stated):
                continue
            syncs = [(number, served) for number in done for served in _only(requests, history, number)]
            if owner is not None and not _go_elsewhere(identity, name, owner, syncs):
                continue
            if len(syncs) < len(done) or any(
                (served.primary, served.number) in taken and identity.joins.get((name, number)) is None
                for number, served in syncs
            ):
                continue
            primaries = [served.primary for _, served in syncs]
            hosts = {served.replica for _, served in syncs}
            if len(set(primaries)) > 1 and len(hosts) == 1 and name not in primaries:
                yield Moved(name, address, tuple(syncs), hosts.pop())


def _go_elsewhere(identity: Identity, name: str, owner: str, syncs: list[tuple[int, Served]]) -> bool:
    """Whether what is known of an address holds for the first syncs of a replica there, and others told of all later ones."""
    known = [identity.joins.get((name, number)) for number, _ in syncs]
    told = [(served.primary, served.number) for _, served in syncs]
    first = next((place for place, each in enumerate(told) if each[0] != owner), len(told))
    at_first = all(its in (None, each) for its, each in zip(known[:first], told[:first], strict=True))
    return at_first and not any(known[first:]) and all(each[0] != owner for each in told[first:])


def _only(requests: Requests, history: NodeHistory, number: int) -> list[Served]:
    """The one sync that fits an attempt, none where there are several."""
    found = [each for each in requests.when(history.attempts[number]) if each.primary != history.name]
    return found if len(found) == 1 else []
