"""Failovers, each as one object: what the promoted server, Sentinels, and Cluster nodes say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from redislog.evidence import evidence_of
from redislog.node.history import NodeHistory, Point, run_at
from redislog.timeline.dating import Dating
from redislog.timeline.identity import Identity
from redislog.timeline.observers import Down, Election, Observer
from redislog.timeline.takeovers import (
    TOGETHER,
    Moment,
    Promotion,
    Words,
    asked_by_client,
    followed_before,
    loss_of_link,
    moment,
    was_linked,
    words_of,
)
from redislog.timeline.values import Failover
from redislog.values import Address

_STEPS = ("requested", "suspected", "detected", "elected", "promoted", "attached")
_STATED = ("role.promoted", "role.promoted-failover")


@attrs.frozen
class _Switch:
    """One change of a group's primary, as one or several Sentinels saw it."""

    sightings: tuple[tuple[Observer, Election], ...]

    @property
    def election(self) -> Election:
        """What the Sentinel that led says, or the first that saw it."""
        return self._leading[1]

    @property
    def observer(self) -> Observer:
        """The Sentinel that led, or the first that saw it."""
        return self._leading[0]

    @property
    def _leading(self) -> tuple[Observer, Election]:
        return next((each for each in self.sightings if each[1].elected), self.sightings[0])


def all_failovers(
    nodes: Mapping[str, NodeHistory],
    observers: Mapping[str, Observer],
    identity: Identity,
    dating: Dating,
) -> tuple[Failover, ...]:
    """Every failover that some log shows, in order on the reference's clock."""
    shift = dating.shift
    promotions = sorted(
        (promotion for history in nodes.values() for promotion in _promotions(history)),
        key=lambda each: each.line.time - shift.get(each.history.name, 0.0),
    )
    switches = list(_switches(observers.values(), shift))
    found: list[tuple[float, Failover]] = []
    for promotion in promotions:
        switch = _switch_of(promotion, switches, identity, shift)
        if switch is not None:
            switches.remove(switch)
        name = promotion.history.name
        failover = _of_server(promotion, switch, nodes, identity, dating)
        found.append((promotion.line.time - shift.get(name, 0.0), failover))
    for switch in switches:
        election = switch.election
        if election.switched is not None and election.replica is not None:
            time = election.switched.time - shift.get(switch.observer.name, 0.0)
            found.append((time, _of_sentinels(switch, election.replica, identity, dating)))
    return tuple(failover for _, failover in sorted(found, key=lambda item: (item[0], item[1].node)))


def _promotions(history: NodeHistory) -> Iterator[Promotion]:
    """Changes from replica to primary within one life of the process."""
    for before, span in zip(history.roles, history.roles[1:], strict=False):
        if (before.role, span.role) != ("replica", "primary"):
            continue
        if run_at(history.runs, before.start.time) != run_at(history.runs, span.start.time):
            continue
        if any(
            incident.key.startswith("failover.aborted")
            for incident in history.incidents
            if before.start.order <= incident.last.order <= span.start.order
        ):
            continue
        end = span.end.order if span.end is not None else history.lines + 1
        stated = (
            point
            for point in history.points
            if point.event.key in _STATED and span.start.order <= point.order <= end
        )
        yield Promotion(history, span, next(stated, span.start))


def _switches(observers: Iterable[Observer], shift: Mapping[str, float]) -> Iterator[_Switch]:
    """The ``+switch-master`` lines of all Sentinels, those of one change together."""
    open_: list[tuple[float, list[tuple[Observer, Election]]]] = []
    seen = [
        (election.switched.time - shift.get(observer.name, 0.0), observer, election)
        for observer in observers
        for election in observer.elections
        if election.switched is not None
    ]
    for time, observer, election in sorted(seen, key=lambda item: (item[0], item[1].name)):
        for begun, together in open_:
            first = together[0][1]
            same = (first.group, first.old, first.replica) == (election.group, election.old, election.replica)
            if same and time - begun <= TOGETHER and observer not in (other for other, _ in together):
                together.append((observer, election))
                break
        else:
            open_.append((time, [(observer, election)]))
    return (_Switch(tuple(together)) for _, together in open_)


def _switch_of(
    promotion: Promotion, switches: list[_Switch], identity: Identity, shift: Mapping[str, float]
) -> _Switch | None:
    """What Sentinels say of a promotion: by its address, or by the Sentinel that the server names."""
    name = promotion.history.name
    time = promotion.line.time - shift.get(name, 0.0)
    fitting = []
    for switch in switches:
        election = switch.election
        owner = identity.owner_of(election.replica) if election.replica is not None else None
        leader = switch.observer.id
        asked = leader is not None and asked_by_client(promotion) == f"sentinel-{leader[0][:8]}-cmd"
        switched = (election.switched or election.start).time - shift.get(switch.observer.name, 0.0)
        distance = abs(switched - time)
        if distance <= TOGETHER and (owner == name or (owner is None and asked)):
            fitting.append((distance, switch))
    return min(fitting, key=lambda item: item[0])[1] if fitting else None


def _of_server(
    promotion: Promotion,
    switch: _Switch | None,
    nodes: Mapping[str, NodeHistory],
    identity: Identity,
    dating: Dating,
) -> Failover:
    """A failover that the promoted server's own log shows."""
    history, line = promotion.history, promotion.line
    old = _old_primary(promotion, identity)
    words = words_of(promotion, nodes, old)
    old = old or words.old
    evidence = [line.event]
    if switch is not None:
        words = _words_of(switch, dating)
        evidence += [point.event for point in _points(switch)]
        if old is None and switch.election.old is not None:
            old = identity.owner_of(switch.election.old) or str(switch.election.old)
    lost = loss_of_link(promotion)
    attached = _attached(promotion, nodes, identity)
    offset, refused = _offset_lost(promotion)
    evidence += [point.event for point in (lost, refused) if point is not None]
    steps = _steps(words, moment(history.name, line), attached)
    told = (line for name, each in steps.items() if name != "promoted" for line in each.evidence)
    return Failover(
        node=history.name,
        old_primary=old,
        **_dated(steps, dating),
        seconds_without_primary=_without(promotion, lost, words),
        planned=words.planned,
        asked_by=words.asked_by,
        offset_lost=offset,
        evidence=tuple(dict.fromkeys((*evidence_of(*evidence), *told))),
        because={name: each.evidence for name, each in steps.items()},
    )


def _steps(words: Words, promoted: Moment | None, attached: Moment | None) -> dict[str, Moment]:
    """The steps that are told, in order."""
    steps = {
        "requested": words.requested,
        "suspected": words.suspected,
        "detected": words.detected,
        "elected": words.elected,
        "promoted": promoted,
        "attached": attached,
    }
    return {name: each for name, each in steps.items() if each is not None}


def _dated(steps: Mapping[str, Moment], dating: Dating) -> dict[str, Any]:
    """When each step was, None for those that are not told."""
    times = {name: dating.when(each.point, each.teller) for name, each in steps.items()}
    return {name: times.get(name) for name in _STEPS}


def _without(promotion: Promotion, lost: Point | None, words: Words) -> float | None:
    """Seconds without a primary: since the link was lost; where the promotion itself ended it, by the others' words."""
    if lost is not None and not was_linked(promotion):
        return round(max(0.0, promotion.line.time - lost.time), 3)
    if words.seconds is not None:
        return words.seconds
    return None if lost is None else 0.0


def _words_of(switch: _Switch, dating: Dating) -> Words:
    """What Sentinels say of a failover."""
    election, observer = switch.election, switch.observer
    down = _down_of(observer, election)
    promoted = election.promoted or election.switched
    suspected, detected = _downs(switch, dating)
    forced = next(((o.name, e.forced) for o, e in switch.sightings if e.forced is not None), None)
    return Words(
        requested=moment(*forced) if forced is not None else None,
        suspected=suspected,
        detected=detected,
        elected=moment(observer.name, election.elected),
        planned=_planned(switch, detected),
        asked_by=f"Sentinel {observer.name}" if election.elected else None,
        seconds=round(promoted.time - down.start.time, 3)
        if down is not None and promoted is not None
        else None,
    )


def _of_sentinels(switch: _Switch, replica: Address, identity: Identity, dating: Dating) -> Failover:
    """A failover that only Sentinels show."""
    election, words = switch.election, _words_of(switch, dating)
    steps = _steps(words, moment(switch.observer.name, election.promoted or election.switched), None)
    return Failover(
        node=identity.owner_of(replica) or str(replica),
        old_primary=(identity.owner_of(election.old) or str(election.old)) if election.old else None,
        **_dated(steps, dating),
        seconds_without_primary=words.seconds,
        planned=words.planned,
        asked_by=words.asked_by,
        offset_lost=None,
        evidence=evidence_of(*(point.event for point in _points(switch))),
        because={name: each.evidence for name, each in steps.items()},
    )


def _points(switch: _Switch) -> list[Point]:
    election = switch.election
    found = (election.forced, election.start, election.elected, election.promoted, election.switched)
    return [point for point in found if point is not None]


def _planned(switch: _Switch, detected: Moment | None) -> bool | None:
    if any(election.forced for _, election in switch.sightings):
        return True
    return False if detected is not None else None


def _down_of(observer: Observer, election: Election) -> Down | None:
    """The time in which a Sentinel held the old primary for down before it switched."""
    until = (election.switched or election.start).time
    found = [
        down
        for down in observer.downs
        if down.kind == "primary"
        and down.group == election.group
        and down.start.time <= until
        and (down.end is None or down.end.time >= election.start.time)
    ]
    return found[-1] if found else None


def _downs(switch: _Switch, dating: Dating) -> tuple[Moment | None, Moment | None]:
    """Where the first Sentinel suspected the old primary, and where the first saw a quorum."""
    seen = [
        (observer.name, down)
        for observer, election in switch.sightings
        if (down := _down_of(observer, election)) is not None
    ]
    suspected = [Moment(name, down.start) for name, down in seen]
    detected = [Moment(name, down.objective) for name, down in seen if down.objective is not None]
    first, agreed = (
        min(moments, key=lambda each: each.point.time - dating.shift.get(each.teller, 0.0), default=None)
        for moments in (suspected, detected)
    )
    return first, agreed


def _old_primary(promotion: Promotion, identity: Identity) -> str | None:
    """The node or the address that the server followed before."""
    followed = followed_before(promotion)
    if followed is None:
        return None
    return identity.owner_of(followed, promotion.history.name) or str(followed)


def _attached(promotion: Promotion, nodes: Mapping[str, NodeHistory], identity: Identity) -> Moment | None:
    """The first replica in sync: by the new primary's log, else by the first replica's."""
    name, line = promotion.history.name, promotion.line
    until = promotion.span.end.order if promotion.span.end is not None else promotion.history.lines + 1
    online = [
        service.online
        for service in promotion.history.services
        if service.online is not None and line.order < service.online.order <= until
    ]
    if online:
        return moment(name, min(online, key=lambda point: point.order))
    joined = [
        (attempt.finished, replica)
        for replica, history in nodes.items()
        for number, attempt in enumerate(history.attempts)
        if attempt.finished is not None
        and identity.served_by.get((replica, number)) == name
        and attempt.finished.time >= line.time
    ]
    first = min(joined, key=lambda item: item[0].time, default=None)
    return moment(first[1], first[0]) if first else None


def _offset_lost(promotion: Promotion) -> tuple[int | None, Point | None]:
    """How far beyond the promotion the old primary had gone when it came back."""
    until = promotion.span.end.order if promotion.span.end is not None else promotion.history.lines + 1
    found = []
    for incident in promotion.history.incidents:
        event: Any = incident.last.event
        if incident.key == "primary.psync-refused.second-id-offset" and (
            promotion.line.order < incident.last.order <= until
        ):
            found.append((event.offset - event.max_offset, incident.last))
    return max(found, key=lambda item: item[0]) if found else (None, None)
