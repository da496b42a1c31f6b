"""What Sentinels and primaries say together of one server at an instant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from redislog.court.claim import Claim
from redislog.court.sentinels import watched
from redislog.node.history import span_at
from redislog.node.tables import Role
from redislog.timeline.observers import Down, Observer
from redislog.timeline.seen import Sight
from redislog.values import Address

if TYPE_CHECKING:
    from redislog.court.decide import Court

Sighting = tuple[Observer, str, Sight]


def _sightings(court: Court, about: str) -> list[Sighting]:
    """The last sights of a server, by each Sentinel in each group."""
    return [each for each in court.sightings if str(each[2].address) == about]


def _named(court: Court, about: str) -> list[set[Address]]:
    """Whom the Sentinels name as the primaries of the groups in which they saw a server."""
    groups = {group for _, group, _ in _sightings(court, about)}
    return [court.named[group] for group in sorted(groups)]


def role(court: Court, about: str) -> Role:
    """The role that all Sentinels agree on; that of the primary only if all of them name it as that."""
    roles = {sight.role for *_, sight in _sightings(court, about)} - {"unknown"}
    names = [set(map(str, each)) for each in _named(court, about)]
    if roles == {"primary"} and all(each == {about} for each in names):
        return "primary"
    return "replica" if roles == {"replica"} and not any(about in each for each in names) else "unknown"


def _open_downs(court: Court, about: str) -> list[tuple[Observer, Down]]:
    return [
        (observer, down)
        for observer, group, _ in _sightings(court, about)
        for down in observer.downs
        if down.group == group
        and str(down.address) == about
        and down.start.time <= court.instant.on(observer.name)
        and (down.end is None or down.end.time > court.instant.on(observer.name))
    ]


def down_for(court: Court, about: str) -> Callable[[Iterable[object]], bool] | None:
    """`all` where every Sentinel that knows a server holds it for down, `any` where some do, None where none does."""
    downs = _open_downs(court, about)
    if not downs:
        return None
    return all if len(downs) == len(_sightings(court, about)) else any


def answers(court: Court, about: str) -> bool:
    """Whether a server answers a Sentinel, and none holds it for down, or all do for long."""
    if down_for(court, about) is None:
        return any(sight.running for *_, sight in _sightings(court, about))
    return court.value(about, "running") is False


def upstream(court: Court, about: str) -> str | None:
    """Whom a server follows, where all Sentinels name the primary that it was seen to follow."""
    followed = {sight.primary for *_, sight in _sightings(court, about)} - {None}
    named: set[Address] = set().union(*_named(court, about))
    if len(followed) != 1 or followed != named:
        return None
    return court.instant.joined.name_of(named.pop())


def is_needed(court: Court, about: str) -> bool:
    """Whether an address is a server that no log tells of: a primary by name, or a replica of one without a log."""
    primaries: set[Address] = set().union(*_named(court, about))
    if about in map(str, primaries):
        return True
    return role(court, about) == "replica" and not any(court.instant.node_at(each) for each in primaries)


def another_runs(court: Court, about: str) -> bool:
    """Whether servers' logs show another server of a server's groups that runs as primary."""
    groups = {group for _, group, _ in _sightings(court, about)}
    others = {
        court.instant.joined.name_of(sight.address)
        for observer in court.instant.observers
        for group, _, sights in watched(court.instant, observer)
        for sight in sights
        if group in groups and str(sight.address) != about
    }
    return any(
        court.value(name, "role") == "primary" and court.value(name, "running") is not False
        for name in others
        if court.has_log(name)
    )


def may_have_gone_on(court: Court, claim: Claim) -> bool:
    """Whether a primary may know less of a replica than it says: lines are missing, or another may be meant."""
    history = court.instant.joined.nodes[claim.teller]
    now = court.instant.on(claim.teller)
    if any(claim.stamp < gap.point.time <= now for gap in history.gaps):
        return True
    if claim.value is True:
        return False
    spans = [
        span_at(spans, now)
        for peer, spans in history.replicas.items()
        if isinstance(peer, Address) and court.instant.joined.name_of(peer, claim.teller) == claim.about
    ]
    # With two channels it may have been online already, where nothing before that line is there.
    streamed = any(
        span is not None
        and span.phase == "send_bulk"
        and span.start.event.key == "primary.full-sync.streamed"
        for span in spans
    )
    return streamed or any(
        court.value(name, "role") == "replica"
        and court.says_in_sync(name)
        and court.value(name, "primary") == claim.teller
        and not court.addresses(name)
        for name in court.logs
    )


def candidates_with(court: Court, claim: Claim) -> tuple[str, ...]:
    """The servers of which a primary lost one, itself among them."""
    history = court.instant.joined.nodes[claim.teller]
    found: set[str] = set()
    for address, names in court.instant.joined.identity.candidates.items():
        span = span_at(history.replicas.get(address, ()), court.instant.on(claim.teller))
        if claim.about in names and span is not None and span.phase == "gone":
            found |= names
    return tuple(sorted(found))
