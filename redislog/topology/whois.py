"""Who is who: every name that a server or a Sentinel has in the logs, since when, and why that is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

import attrs

from redislog.court.claim import Claims
from redislog.court.decide import Court
from redislog.court.instant import Instant
from redislog.evidence import Evidence, evidence_of
from redislog.node.history import NodeHistory, Point
from redislog.timeline.cluster import own_ids
from redislog.timeline.joining import Joined
from redislog.timeline.marks import Mark
from redislog.timeline.observers import Observer
from redislog.timeline.values import Basis
from redislog.values import Address

Kind = Literal[
    "name",
    "address",
    "replication ID",
    "cluster node ID",
    "Sentinel ID",
    "group",
    "replica in group",
    "HAProxy server",
    "found as primary by",
]
_SAID_BY = {"found as primary by"}
"""Kinds whose values are names of others: nothing is looked up by them."""


@attrs.frozen
class Alias:
    """One thing that something is known by.

    ``since`` is when the first line says so, on the reference's clock, ``until`` when another took its place; ``basis`` is ``unknown`` where it may be so and other answers fit as well.
    """

    kind: Kind
    value: str
    basis: Basis
    since: datetime | None
    until: datetime | None
    evidence: tuple[Evidence, ...]


@attrs.frozen
class Subject:
    """A server, a Sentinel, or an address that no log belongs to; with all that it is known by."""

    name: str
    kind: Literal["server", "Sentinel", "HAProxy", "scripts", "address"]
    aliases: tuple[Alias, ...]


class AmbiguousError(ValueError):
    """A part of a name that fits several things; ``fits`` are they."""

    def __init__(self, thing: str, fits: Iterable[str]) -> None:
        self.fits = tuple(fits)
        super().__init__(f"{thing!r} may be any of {', '.join(self.fits)}")


def whois(joined: Joined, claims: Claims, thing: str) -> tuple[Subject, ...]:
    """All that a name, an address, an ID, or a part of one that fits nothing else belongs to.

    Several servers where they share it, as a replication ID, and all containers of a pod that it names; none where
    nothing has it.

    Raises
    ------
    AmbiguousError
        if ``thing`` is a part of several things that do not belong together.
    """
    known = dated_subjects(joined, claims)
    for fits in (_is, _has):
        values = {alias.value for each in known for alias in _names(each) if fits(alias.value, thing)}
        owners = [
            each
            for each in known
            if _pod(each) in values or any(alias.value in values for alias in _names(each))
        ]
        if len(values) > 1 and len(set(map(_pod, owners))) > 1:
            raise AmbiguousError(thing, sorted(values))
        if owners:
            return tuple(owners)
    return ()


def dated_subjects(joined: Joined, claims: Claims) -> tuple[Subject, ...]:
    """Everything that the logs name, in order of names."""
    return tuple(_dated(subject, joined) for subject in subjects(joined, claims))


def _dated(subject: Subject, joined: Joined) -> Subject:
    """A subject with its times on the reference's clock."""
    dating = joined.dating
    aliases = []
    for alias in subject.aliases:
        teller = alias.evidence[0].source if alias.evidence else ""
        since, until = (each and dating.on_reference(each, teller) for each in (alias.since, alias.until))
        aliases.append(attrs.evolve(alias, since=since, until=until))
    return attrs.evolve(subject, aliases=tuple(aliases))


def _names(subject: Subject) -> list[Alias]:
    return [alias for alias in subject.aliases if alias.kind not in _SAID_BY]


def _pod(subject: Subject) -> str:
    """The pod of a container; whatever else it is by its own name."""
    return subject.name.partition("/")[0]


def _is(value: str, thing: str) -> bool:
    return value.lower() == thing.lower()


def _has(value: str, thing: str) -> bool:
    return thing.lower() in value.lower()


def subjects(joined: Joined, claims: Claims) -> Iterator[Subject]:
    """Everything that the logs name, in order of names."""
    ids: dict[str, list[Alias]] = {}
    for node_id, (name, point) in own_ids(joined.nodes).items():
        ids.setdefault(name, []).append(_alias("cluster node ID", node_id, "stated", point))
    for name, history in joined.nodes.items():
        aliases = [
            _capture(history),
            *_addresses(joined, history),
            *ids.get(name, ()),
            *_replication_ids(history),
        ]
        aliases += _groups(joined, joined.addresses(name))
        aliases += _by_watchers(joined, name, {address.host for address in joined.addresses(name)})
        yield Subject(name, "server", tuple(aliases))
    for observer in joined.observers.values():
        yield Subject(observer.name, "Sentinel", tuple(_of_sentinel(joined, observer)))
    yield from _watchers(joined)
    yield from _addresses_alone(joined, claims)


def _watchers(joined: Joined) -> Iterator[Subject]:
    """HAProxy, and the scripts of pods whose servers left no log."""
    for proxy in joined.watchers.proxies.values():
        yield Subject(proxy.name, "HAProxy", (_told("name", proxy.name, "stated", *proxy.marks[:1]),))
    for keeper in joined.watchers.keepers.values():
        if keeper.name not in joined.nodes:
            announced = (_told("address", host, "stated", mark) for host, mark in keeper.announced)
            named = _told("name", keeper.name, "stated", *keeper.marks[:1])
            yield Subject(keeper.name, "scripts", (named, *announced))


def _by_watchers(joined: Joined, name: str, hosts: Iterable[str]) -> Iterator[Alias]:
    """What HAProxy calls a server, and which pods' scripts found it as the primary."""
    known = set(hosts)
    for route in joined.routes:
        if route.node is not None and (route.node == name or route.node in known):
            basis = route.basis["node"]
            yield Alias("HAProxy server", route.server, basis, route.start, route.end, route.evidence)
    for keeper in joined.watchers.keepers.values():
        for number, look in enumerate(keeper.looks):
            if look.host in known:
                following = keeper.looks[number + 1].first if number + 1 < len(keeper.looks) else None
                yield _told("found as primary by", keeper.name, "stated", look.first, until=following)


def _told(kind: Kind, value: str, basis: Basis, *proof: Mark, until: Mark | None = None) -> Alias:
    """What a watcher's lines say."""
    return Alias(
        kind=kind,
        value=value,
        basis=basis,
        since=proof[0].at if proof else None,
        until=until.at if until is not None else None,
        evidence=evidence_of(*(mark.event for mark in proof)),
    )


def _alias(kind: Kind, value: str, basis: Basis, *proof: Point | None, until: Point | None = None) -> Alias:
    points = [point for point in proof if point is not None]
    return Alias(
        kind=kind,
        value=value,
        basis=basis,
        since=points[0].event.at if points else None,
        until=until.event.at if until is not None else None,
        evidence=evidence_of(*(point.event for point in points)),
    )


def _capture(history: NodeHistory | Observer) -> Alias:
    return _alias("name", history.name, "stated", history.first)


def _addresses(joined: Joined, history: NodeHistory) -> Iterator[Alias]:
    identity = joined.identity
    for held in joined.held(history.name):
        address = held.address
        hint = identity.stated.get((history.name, address))
        if hint is not None:
            yield Alias(
                "address",
                str(address),
                identity.basis_of(history.name, address),
                hint.since,
                None,
                (hint.evidence,),
            )
        else:
            ends = _both_ends(joined, history.name, address)
            basis = identity.basis_of(history.name, address)
            yield _alias("address", str(address), basis, *ends, until=held.until)
    for address, names in identity.candidates.items():
        if history.name in names:
            yield _alias("address", str(address), "unknown", *_naming(joined, address))


def _both_ends(joined: Joined, name: str, address: Address) -> tuple[Point, ...]:
    """The lines of both ends of the first sync in which a server goes by an address."""
    for (replica, attempt_number), (primary, service_number) in sorted(joined.identity.joins.items()):
        attempt = joined.nodes[replica].attempts[attempt_number]
        service = joined.nodes[primary].services[service_number]
        if (name, address) in ((primary, attempt.primary), (replica, service.replica)):
            ends = (attempt.start, attempt.asked, service.asked, service.granted, attempt.granted)
            return tuple(point for point in ends if point is not None)
    return ()


def _replication_ids(history: NodeHistory) -> Iterator[Alias]:
    seen: set[str] = set()
    for number, lineage in enumerate(history.lineage):
        following = history.lineage[number + 1] if number + 1 < len(history.lineage) else None
        for replid in (lineage.replid, lineage.replid2):
            if replid is None or replid in seen or not replid.strip("0"):
                continue
            seen.add(replid)
            kept = following is None or replid in (following.replid, following.replid2)
            yield _alias(
                "replication ID",
                replid,
                "stated",
                lineage.start,
                until=None if kept or following is None else following.start,
            )


def _groups(joined: Joined, addresses: Iterable[Address]) -> list[Alias]:
    """The groups of which Sentinels name some addresses as the primary, and those in which they saw them as replicas."""
    wanted = set(addresses)
    found = [
        _alias("group", named.group, "stated", named.start, until=named.end)
        for observer in joined.observers.values()
        for named in observer.primaries
        if named.address in wanted
    ]
    for observer in joined.observers.values():
        for address in sorted(wanted):
            seen = [sight for sight in observer.sights if sight.address == address]
            first = next((sight for sight in seen if sight.role == "replica"), None)
            if first is not None:
                left = (
                    each.point
                    for each in seen
                    if each.point.order > first.point.order and each.role != "replica"
                )
                found.append(
                    _alias("replica in group", first.group, "stated", first.point, until=next(left, None))
                )
    return found


def _of_sentinel(joined: Joined, observer: Observer) -> Iterator[Alias]:
    yield _capture(observer)
    if observer.id is None:
        return
    yield _alias("Sentinel ID", observer.id[0], "stated", observer.id[1])
    for other in joined.observers.values():
        for listed in other.listed:
            if listed.kind == "sentinel" and listed.id == observer.id[0]:
                yield _alias("address", str(listed.address), "stated", listed.start, observer.id[1])


def _addresses_alone(joined: Joined, claims: Claims) -> Iterator[Subject]:
    """Addresses that logs name and that no log belongs to."""
    states = Court(Instant(joined), claims).subjects
    listed = {
        str(each.address)
        for observer in joined.observers.values()
        for each in observer.listed
        if each.kind == "replica"
    }
    named = {str(each.address) for observer in joined.observers.values() for each in observer.primaries}
    owned = {str(address) for address in joined.identity.owner}
    for name in sorted((set(states) - set(joined.nodes) | listed | named) - owned):
        address = Address.parse(name)
        aliases = [_alias("address", name, "stated", *_naming(joined, address)), *_groups(joined, [address])]
        yield Subject(name, "address", tuple(aliases))


def _naming(joined: Joined, address: Address) -> tuple[Point, ...]:
    """The first line of each log that names an address."""
    found = []
    for history in joined.nodes.values():
        points = [attempt.start for attempt in history.attempts if attempt.primary == address]
        points += [spans[0].start for peer, spans in history.replicas.items() if peer == address]
        found += [min(points, key=lambda point: point.order)] if points else []
    for observer in joined.observers.values():
        seen = [each.start for each in observer.primaries if each.address == address]
        seen += [each.start for each in observer.listed if each.address == address]
        found += [min(seen, key=lambda point: point.order)] if seen else []
    return tuple(sorted(found, key=lambda point: point.time))
