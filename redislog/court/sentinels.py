"""Sentinels as witnesses: whom they reach, and in which role they saw the servers that no log is of."""

from __future__ import annotations

from collections.abc import Iterator

from redislog.court.claim import Claim, Teller, What
from redislog.court.instant import Instant
from redislog.court.thresholds import FAILED_OVER
from redislog.node.history import Point
from redislog.timeline.joining import Joined
from redislog.timeline.observers import Down, Election, Observer
from redislog.timeline.seen import Sight
from redislog.values import Address

Place = tuple[str, Address]
"""A group of a Sentinel, and an address in it."""


def claims(joined: Joined) -> Iterator[Claim]:
    """What each Sentinel says of servers."""
    for observer in joined.observers.values():
        teller = Teller.of(joined, observer.name)
        for place, downs in _unreached(observer).items():
            for number, (since, agreed, until) in enumerate(_periods(observer, place, downs)):
                kind = downs[0].kind if number == 0 else "replica"
                yield from _not_reached(joined, teller, observer, place[1], kind, since, agreed, until)
        yield from _sights(joined, teller, observer)
        for place, downs in _unreached(observer).items():
            yield from _without_heir(joined, teller, observer, place, downs)


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


def _unreached(observer: Observer) -> dict[Place, list[Down]]:
    """Whom a Sentinel held for down, each time."""
    found: dict[Place, list[Down]] = {}
    for down in observer.downs:
        if down.kind != "sentinel":
            found.setdefault((down.group, down.address), []).append(down)
    return found


def _periods(
    observer: Observer, place: Place, downs: list[Down]
) -> Iterator[tuple[Point, Point | None, Point | None]]:
    """Since when a server was not reached, where a quorum agreed, and where it answered again.

    A primary that another one replaced is held for down anew, as a replica: that is no news.
    """
    answers = [
        sight.point for sight in observer.sights if sight.running and (sight.group, sight.address) == place
    ]
    waiting = list(downs)
    while waiting:
        first = waiting[0]
        until = next((point for point in answers if point.order >= first.start.order), None)
        own = [down for down in waiting if until is None or down.start.order <= until.order]
        agreed = next((down.objective for down in own if down.objective is not None), None)
        yield first.start, agreed, until
        waiting = waiting[max(1, len(own)) :]


def _not_reached(
    joined: Joined,
    teller: Teller,
    observer: Observer,
    address: Address,
    kind: str,
    since: Point,
    agreed: Point | None,
    until: Point | None,
) -> Iterator[Claim]:
    """That a Sentinel does not reach a server says that it may be down; a quorum's word, after long, that it is."""
    about = joined.name_of(address)
    yield from teller.says("sentinel.unreached", about, {"running": None}, since, until)
    if agreed is not None and observer.last is not None and observer.last.time - agreed.time > FAILED_OVER:
        long_since = agreed.time - since.time + FAILED_OVER
        yield from teller.says("sentinel.agreed", about, {"running": False}, since, until, after=long_since)
    for history in joined.nodes.values() if about == str(address) else ():
        ports = {run.port for run in history.runs} - {None}
        if not joined.addresses(history.name) and (not ports or address.port in ports):
            testimony = f"sentinel.unreached-{kind}"
            yield from teller.says(testimony, history.name, {"running": None}, since, until)


def _without_heir(
    joined: Joined, teller: Teller, observer: Observer, place: Place, downs: list[Down]
) -> Iterator[Claim]:
    """That a quorum does not reach a primary, and that no replica was fit: nobody takes writes, from then on.

    Those that were held for down then were not promoted: they are what they were, as far as is known.
    """
    group, primary = place
    for since, agreed, until in _periods(observer, place, downs):
        given_up = next(
            (each for each in observer.elections if _finds_nobody(each, place, agreed, until)), None
        )
        if agreed is None or given_up is None:
            continue
        proof = (since, agreed, given_up.aborted)
        said: dict[What, object] = {"running": False}
        yield from teller.says(
            "sentinel.no-heir", joined.name_of(primary), said, given_up.start, until, proof=proof
        )
        unfit = {
            down.address: down
            for down in observer.downs
            if down.group == group and down.address != primary and down.kind == "replica"
            if down.start.order < given_up.start.order and not _ended_before(down, given_up.start)
        }
        for address, down in unfit.items():
            yield from teller.says(
                "sentinel.unfit",
                joined.name_of(address),
                {"role": "replica", "primary": joined.name_of(primary)},
                given_up.start,
                down.end,
                basis="likely",
                proof=(down.start, given_up.aborted),
            )


def _finds_nobody(election: Election, place: Place, agreed: Point | None, until: Point | None) -> bool:
    """Whether a failover of a primary was given up for want of a replica, while a quorum did not reach it."""
    return (
        agreed is not None
        and (election.group, election.old) == place
        and election.aborted is not None
        and election.aborted.event.key == "sentinel.-failover-abort-no-good-slave"
        and election.aborted.order > agreed.order
        and (until is None or election.aborted.order < until.order)
    )


def _ended_before(down: Down, point: Point) -> bool:
    return down.end is not None and down.end.order < point.order


def _sights(joined: Joined, teller: Teller, observer: Observer) -> Iterator[Claim]:
    """How a Sentinel saw the servers that no log is of."""
    for number, sight in enumerate(observer.sights):
        if joined.identity.owner_of(sight.address) is not None:
            continue
        following = next(
            (
                later.point
                for later in observer.sights[number + 1 :]
                if (later.group, later.address) == (sight.group, sight.address)
            ),
            None,
        )
        upstream = joined.name_of(sight.primary) if sight.primary is not None else None
        seen: dict[What, object] = {"role": sight.role, "running": sight.running, "primary": upstream}
        yield from teller.says("sentinel.sees", str(sight.address), seen, sight.point, following)
