"""Who may be meant where an address belongs to no captured server for certain."""

from __future__ import annotations

from collections.abc import Callable

from redislog.court.instant import NO_LINK, Instant
from redislog.node.history import Attempt, NodeHistory, RoleSpan, span_at
from redislog.values import Address

Addresses = Callable[[str], tuple[Address, ...]]
"""The addresses that a server is known by at the instant."""


def _role(instant: Instant, history: NodeHistory) -> str | None:
    span: RoleSpan | None = span_at(history.roles, instant.on(history.name))
    if span is None or (span.end is not None and span.end.time <= instant.on(history.name)):
        return None
    return span.role


def _tried(history: NodeHistory, about: str) -> bool:
    return any(str(attempt.primary) == about for attempt in history.attempts)


def may_be_replicas(instant: Instant, about: str, addresses: Addresses) -> list[str]:
    """The captured replicas that an address may be of: they never went to it."""
    return [
        history.name
        for history in instant.nodes
        if _role(instant, history) == "replica" and not addresses(history.name) and not _tried(history, about)
    ]


def may_have_been_replica(instant: Instant, about: str, addresses: Addresses) -> bool:
    """Whether an address may be of a captured server that was a replica and is none now."""
    return any(
        _role(instant, history) == "primary"
        and not addresses(history.name)
        and not _tried(history, about)
        and any(span.role == "replica" for span in history.roles)
        for history in instant.nodes
    )


def may_be_captured(instant: Instant, about: str, addresses: Addresses) -> bool:
    """Whether an address may be that of a captured server whose address is not known.

    What a server names as its replica is another one.
    """
    identity = instant.joined.identity
    if about in map(str, identity.candidates) or about in map(str, identity.taken):
        return True
    return any(
        not addresses(history.name) and about not in map(str, history.replicas) for history in instant.nodes
    )


def was_replica(instant: Instant, about: str) -> bool:
    """Whether some log shows an address as a replica: it may have been promoted since, or not."""
    return any(
        spans[0].start.time <= instant.on(history.name)
        for history in instant.nodes
        for peer, spans in history.replicas.items()
        if str(peer) == about
    )


def has_unnamed_replica(instant: Instant, primary: str, but: str) -> bool:
    """Whether a primary has another replica whose address nobody knows: what it tells of one may be of that."""
    return any(
        _follows(instant, other) == primary
        for other in instant.nodes
        if other.name != but and not instant.joined.addresses(other.name)
    )


def _follows(instant: Instant, replica: NodeHistory) -> str | None:
    """The primary that a server follows or tries to, None of one that follows nobody."""
    link = span_at(replica.links, instant.on(replica.name))
    if link is None or link.primary is None:
        return None
    return instant.joined.met(link.primary, replica.name, link.start.order)


def is_shared(instant: Instant, primary: str, replica: str) -> bool:
    """Whether a primary served some other server under a replica's address: both are behind one gateway."""
    own = {
        service
        for (name, _), service in instant.joined.identity.joins.items()
        if (name, service[0]) == (replica, primary)
    }
    addresses = instant.joined.known_as(replica, primary)
    return any(
        service.replica in addresses and (primary, number) not in own
        for number, service in enumerate(instant.joined.nodes[primary].services)
    )


def shares_its_history(instant: Instant, replica: str, is_down: Callable[[str], bool]) -> bool:
    """Whether a server was told to follow another one, and goes on there under the replication ID that it had.

    A server that is promoted takes an ID of its own (``replication.c:shiftReplicationId``): this one was not, so
    that it follows the primary that the other followed, if that one runs, or is that one by another way.
    """
    history = instant.joined.nodes[replica]
    shares, before, former = False, 0, None
    orders = [point.order for point in history.points if point.event.key == "role.demoted"]
    renamed = _renamed(history)
    for attempt in instant.attempts(history):
        if attempt.kind is None or attempt.finished is None:
            continue
        until = attempt.finished.order
        # The line that names another ID stands behind the one that says that the link is there.
        if attempt.kind == "full" or any(before < order <= until + 1 for order in renamed):
            shares = False
        elif any(before < order <= until for order in orders):
            shares = former is None or not is_down(instant.joined.name_of(former, replica))
        before, former = until, attempt.primary
    return shares


def changed_its_role(instant: Instant, replica: str) -> bool:
    """Whether a server's primary dropped it, and took it back at once under another replication ID.

    It was promoted, or made a replica of one that was (``FAILOVER``). One that restarts takes another ID too (7.0+);
    meanwhile nothing listens there.
    """
    history = instant.joined.nodes[replica]
    tried = [attempt for attempt in instant.attempts(history) if not _is_put_off(attempt)]
    if len(tried) < 2 or tried[-1].kind != "partial" or tried[-1].finished is None:
        return False
    before, last = tried[-2], tried[-1].finished.order
    if before.finished is None or before.primary != tried[-1].primary:
        return False
    # The line that names another ID stands behind the one that says that the link is there.
    return any(before.finished.order + 1 < order <= last + 1 for order in _renamed(history))


def _is_put_off(attempt: Attempt) -> bool:
    """Whether an attempt was told to come again: the primary hands over, or has no link itself."""
    return attempt.failed is not None and NO_LINK in attempt.failed.event.message


def _renamed(history: NodeHistory) -> list[int]:
    return [each.start.order for each in history.lineage if each.start.event.key == "replica.replid-changed"]
