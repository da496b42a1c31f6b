"""Every server at an instant, as the court decides: those whose logs are there, and those that only others name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from redislog.court.claim import What
from redislog.court.decide import Court
from redislog.court.decision import Decision
from redislog.court.instant import Instant
from redislog.evidence import Evidence, evidence_of
from redislog.node.history import NodeHistory, Point
from redislog.node.tables import LinkPhase, LinkWord
from redislog.timeline.values import Basis
from redislog.topology.values import NodeState
from redislog.values import Address


def node_states(court: Court) -> dict[str, NodeState]:
    """Every known server at an instant, by name, in order of names."""
    return {name: _state(court, name) for name in court.subjects}


def decisions(court: Court) -> dict[str, dict[What, Decision]]:
    """What was decided of every known server, and why."""
    return {
        name: {what: court.decision(name, what) for what in _asked(court, name)} for name in court.subjects
    }


def _state(court: Court, name: str) -> NodeState:
    said: dict[What, Decision] = {what: court.decision(name, what) for what in _asked(court, name)}
    value: dict[What, Any] = {what: decision.value for what, decision in said.items()}
    basis: dict[str, Basis] = {what: decision.basis for what, decision in said.items()}
    because = {str(what): decision.evidence for what, decision in said.items()}
    is_replica, running = value["role"] == "replica", value["running"]
    link: LinkWord | None = value.get("link")
    phase: LinkPhase | None = value.get("phase")
    in_sync: bool | None = value.get("in_sync")
    if running is False:
        link = phase = None
        in_sync = False if is_replica else None
        for what in ("in_sync", "link", "phase") if is_replica else ():
            basis[what], because[what] = "deduced", because["running"]
    for address, (how, lines) in _addresses(court, name):
        basis[address], because[address] = how, lines
    history = court.logs.get(name)
    lineages = (
        [each for each in history.lineage if each.start.time <= court.instant.on(name)] if history else []
    )
    last = _last(court.instant, history) if history is not None else None
    return NodeState(
        name=name,
        role=value["role"] or "unknown",
        running=running,
        link=link or "unknown" if is_replica else None,
        phase=phase if is_replica else None,
        in_sync=in_sync if is_replica else None,
        primary=value.get("primary"),
        addresses=tuple(address for address, _ in _addresses(court, name)),
        candidates=court.candidates(name),
        detached_from=value.get("detached_from"),
        replid=lineages[-1].replid if lineages else None,
        offset=lineages[-1].offset if lineages else None,
        last_seen=court.instant.joined.dating.when(last, name),
        silent_for=_silent_for(court.instant, name, last),
        basis=basis,
        because=because,
    )


def _asked(court: Court, name: str) -> Iterator[What]:
    """What is told of a server: of a replica also its link."""
    yield from ("role", "running", "detached_from")
    if court.value(name, "role") == "replica":
        yield from ("primary", "link", "phase", "in_sync")


def _addresses(court: Court, name: str) -> list[tuple[str, tuple[Basis, tuple[Evidence, ...]]]]:
    """The addresses that a server is known by at the instant, and why."""
    joined = court.instant.joined
    if name not in joined.nodes:
        return [(name, ("stated", ()))]
    found: list[tuple[str, tuple[Basis, tuple[Evidence, ...]]]] = []
    for address in court.addresses(name):
        hint = joined.identity.stated.get((name, address))
        basis = joined.identity.basis_of(name, address)
        lines = (hint.evidence,) if hint is not None else _both_ends(court.instant, name, address)
        found.append((str(address), (basis, lines)))
    return found


def _both_ends(instant: Instant, name: str, address: Address) -> tuple[Evidence, ...]:
    """The lines that show that an address is a node's: both ends of a sync in which it is named."""
    nodes = instant.joined.nodes
    for (replica, attempt_number), (primary, service_number) in instant.joined.identity.joins_of(name):
        attempt = nodes[replica].attempts[attempt_number]
        service = nodes[primary].services[service_number]
        if (name, address) in ((primary, attempt.primary), (replica, service.replica)):
            ends = (attempt.start, attempt.asked, attempt.granted, service.asked, service.granted)
            return evidence_of(*(point.event for point in ends if point is not None))
    return ()


def _last(instant: Instant, history: NodeHistory) -> Point | None:
    """Its last line by the instant that is kept, the very last at the end."""
    now = instant.on(history.name)
    if history.last is None or history.last.time <= now:
        return history.last
    return next((point for point in reversed(history.points) if point.time <= now), history.first)


def _silent_for(instant: Instant, name: str, last: Point | None) -> float | None:
    """Seconds from a server's last line to the last of any server."""
    if last is None:
        return None
    return max(0.0, round(instant.latest - (last.time - instant.joined.shift(name)), 3))
