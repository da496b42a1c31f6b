"""Servers that only Sentinels name, by an address: their roles, where no server's log says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from redislog.evidence import evidence_of
from redislog.node.tables import Role
from redislog.timeline.observers import Observer
from redislog.timeline.seen import Sight
from redislog.topology.instant import Instant
from redislog.topology.statements import Statements
from redislog.topology.values import NodeState
from redislog.values import Address

States = dict[str, NodeState]
_LONG_AGO = 60.0
"""Seconds after which a server that a quorum of Sentinels does not reach is held for stopped."""


def watched(instant: Instant, observer: Observer) -> Iterator[tuple[str, Address, tuple[Sight, ...]]]:
    """Each group that a Sentinel monitors at an instant: its name, its primary, and the last sight of each server."""
    now = instant.on(observer.name)
    for group in observer.groups:
        named = observer.named_at(group, now)
        if named is None:
            continue
        last = {
            sight.address: sight
            for sight in observer.sights
            if sight.group == group and sight.point.time <= now
        }
        yield group, named.address, tuple(last.values())


def by_sentinels(instant: Instant, states: States) -> States:
    """States of servers that no log is of, as far as Sentinels agree and no server's log says otherwise.

    Of a server whose log is there its own word counts. An address that may be such a server's is left out:
    nothing says that they are two. So is one that Sentinels only list, for they list servers that are long gone;
    and one of a group whose primary's own log is there, for that says who its replicas are.
    """
    seen: dict[Address, list[tuple[Observer, str, Sight]]] = {}
    named: dict[str, set[Address]] = {}
    for observer in instant.observers:
        for group, primary, sights in watched(instant, observer):
            named.setdefault(group, set()).add(primary)
            for sight in sights:
                seen.setdefault(sight.address, []).append((observer, group, sight))
    found: States = {}
    for address, sightings in sorted(seen.items()):
        if address in instant.joined.identity.owner or _may_be_captured(instant, states, address):
            continue
        role = _role(address, [sight for *_, sight in sightings], named)
        if role == "primary" and _another_runs(
            instant, states, address, {group for _, group, _ in sightings}
        ):
            role = "unknown"
        known = states.get(str(address))
        running = _running(instant, address, sightings)
        decisive = [sight for *_, sight in sightings]
        groups = {group for _, group, _ in sightings}
        if known is None and not _is_needed(instant, address, role, [named[group] for group in groups]):
            continue
        if role == "replica" and running is None:
            role = "unknown"  # No Sentinel reaches it: what it has become since is not said.
        if known is None:
            primaries = set().union(*(named[group] for group in groups))
            found[str(address)] = _seen_state(instant, address, role, running, decisive, primaries)
        elif role == "primary" and _may_have_left(states, known):
            found[str(address)] = _seen_state(instant, address, role, running, decisive, {address})
        elif known.role == "unknown" and role == "primary":
            found[str(address)] = _completed(known, role, running, decisive)
    return found


def _is_needed(instant: Instant, address: Address, role: Role, named: list[set[Address]]) -> bool:
    """Whether an address is a server that no log tells of: a primary by name, or a replica of one without a log."""
    primaries = set().union(*named)
    if address in primaries:
        return True
    return role == "replica" and not any(instant.node_at(primary) for primary in primaries)


def _role(address: Address, sights: Iterable[Sight], named: dict[str, set[Address]]) -> Role:
    """The role that all Sentinels agree on; that of the primary only if all of them name it as that."""
    roles = {sight.role for sight in sights} - {"unknown"}
    names = [named[group] for group in {sight.group for sight in sights}]
    if roles == {"primary"} and all(each == {address} for each in names):
        return "primary"
    return "replica" if roles == {"replica"} and not any(address in each for each in names) else "unknown"


def _running(instant: Instant, address: Address, sightings: list[tuple[Observer, str, Sight]]) -> bool | None:
    """Whether it runs: it answers, or a quorum has not reached it for long."""
    downs = [
        (observer, down)
        for observer, group, _ in sightings
        for down in observer.downs
        if (down.group, down.address) == (group, address)
        and down.start.time <= instant.on(observer.name)
        and (down.end is None or down.end.time > instant.on(observer.name))
    ]
    if not downs:
        return True if any(sight.running for *_, sight in sightings) else None
    agreed = [
        down.objective is not None
        and instant.until(observer.name, observer.last) - down.objective.time > _LONG_AGO
        for observer, down in downs
    ]
    return False if any(agreed) and len(downs) == len(sightings) else None


def _may_be_captured(instant: Instant, states: States, address: Address) -> bool:
    """Whether an address may be that of a server whose log is there, and whose address is not known.

    What a server names as its replica is another one.
    """
    if address in instant.joined.identity.candidates or address in instant.joined.identity.taken:
        return True
    return any(
        not states[history.name].addresses and address not in history.replicas for history in instant.nodes
    )


def _may_have_left(states: States, known: NodeState) -> bool:
    """Whether a server is a replica only by the log of a primary that has perhaps stopped since."""
    upstream = states.get(known.primary or "")
    return known.role == "replica" and upstream is not None and upstream.running is not True


def _another_runs(instant: Instant, states: States, address: Address, groups: set[str]) -> bool:
    """Whether servers' logs show another server of these groups that runs as primary."""
    others = {
        instant.joined.name_of(sight.address)
        for observer in instant.observers
        for group, _, sights in watched(instant, observer)
        for sight in sights
        if group in groups and sight.address != address
    }
    return any(
        states[name].role == "primary" and states[name].running is not False
        for name in others & states.keys()
    )


def _seen_state(
    instant: Instant,
    address: Address,
    role: Role,
    running: bool | None,
    sights: list[Sight],
    primaries: set[Address],
) -> NodeState:
    """What Sentinels say of a server; whom a replica follows only where all of them name that primary."""
    name = str(address)
    points = [sight.point for sight in sights]
    said = Statements()
    said.say("role", "unknown" if role == "unknown" else "deduced", *points)
    said.say("running", "unknown" if running is None else "deduced", *points)
    followed = {sight.primary for sight in sights} - {None}
    upstream = followed.pop() if role == "replica" and followed == primaries and len(followed) == 1 else None
    if role == "replica":
        said.say("in_sync", "unknown")
        said.say("primary", "deduced" if upstream else "unknown", *points)
    return NodeState(
        name=name,
        role=role,
        running=running,
        link="unknown" if role == "replica" else None,
        phase=None,
        in_sync=None,
        primary=instant.joined.name_of(upstream) if upstream is not None else None,
        addresses=(name,),
        basis=said.basis | {name: "stated"},
        because=said.because,
    )


def _completed(known: NodeState, role: Role, running: bool | None, sights: list[Sight]) -> NodeState:
    """A state of which other servers' logs leave the role open: the Sentinels name it as the primary."""
    lines = evidence_of(*(sight.point.event for sight in sights))
    if known.running is not None:
        running = known.running
    return attrs.evolve(
        known,
        role=role,
        running=running,
        detached_from=None,
        basis={**known.basis, "role": "deduced", "running": "unknown" if running is None else "deduced"},
        because={**known.because, "role": lines, "running": known.because.get("running") or lines},
    )
