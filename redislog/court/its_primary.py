"""A primary's log as a witness on its replicas: that it serves them, how far they are, and that it lost them."""

from __future__ import annotations

from collections.abc import Iterator

from redislog.court.claim import Claim, Teller, What
from redislog.court.thresholds import REPL_TIMEOUT
from redislog.node.history import NodeHistory, Point, ReplicaSpan
from redislog.node.tables import LinkPhase, ReplicaPhase
from redislog.timeline.joining import Joined
from redislog.values import Address

_PHASE_SEEN: dict[ReplicaPhase, LinkPhase] = {"online": "connected", "wait_bgsave": "wait_bgsave"}
"""What the primary's view of a replica says of the replica's own phase."""
_WAITING = ("wait_bgsave", "send_bulk")


def claims(joined: Joined) -> Iterator[Claim]:
    """What each primary says of the servers that it serves, or served."""
    for history in joined.nodes.values():
        teller = Teller.of(joined, history.name)
        for peer, spans in history.replicas.items():
            if not isinstance(peer, Address):
                continue
            for number, span in enumerate(spans):
                following = spans[number + 1].start if number + 1 < len(spans) else None
                yield from _told(joined, teller, history, peer, span, following)
    yield from _requests(joined)


def _told(
    joined: Joined,
    teller: Teller,
    history: NodeHistory,
    peer: Address,
    span: ReplicaSpan,
    following: Point | None,
) -> Iterator[Claim]:
    about = joined.name_of(peer, history.name)
    if span.phase == "gone":
        yield from _lost(joined, teller, history, peer, span, following)
        return
    served: dict[What, object] = {
        "running": True,
        "role": "replica",
        "primary": history.name,
        "in_sync": span.phase == "online",
        "link": "connected" if span.phase == "online" else None,
        "phase": _PHASE_SEEN.get(span.phase),
    }
    yield from teller.says("primary.serves", about, served, span.start, span.unsure or following)
    if span.unsure is not None:
        doubt: dict[What, object] = {"running": None, "role": None, "in_sync": None}
        yield from teller.says("primary.perhaps-lost", about, doubt, span.unsure, following)


def _lost(
    joined: Joined,
    teller: Teller,
    history: NodeHistory,
    peer: Address,
    span: ReplicaSpan,
    following: Point | None,
) -> Iterator[Claim]:
    """A replica whose link ended: it is down, cut off, promoted, or gone to another primary."""
    about = joined.name_of(peer, history.name)
    gone: dict[What, object] = {"running": None, "role": None, "in_sync": False, "link": None, "phase": None}
    yield from teller.says("primary.lost", about, gone, span.start, following)
    yield from teller.says(
        "primary.lost", about, {"detached_from": history.name}, span.start, following, basis="stated"
    )
    if history.last is not None and history.last.time - span.start.time > REPL_TIMEOUT:
        yield from teller.says(
            "primary.lost-for-long", about, {"running": False}, span.start, following, after=REPL_TIMEOUT
        )
    for candidate in sorted(joined.identity.candidates.get(peer, ())):
        yield from teller.says("primary.lost-one-of", candidate, {"in_sync": None}, span.start, following)


def _requests(joined: Joined) -> Iterator[Claim]:
    """A replica that waits for an answer knows less than the primary that holds its request."""
    for (replica, _), (name, number) in joined.identity.joins.items():
        history = joined.nodes[name]
        service = history.services[number]
        spans = history.replicas.get(service.replica, ())
        for position, span in enumerate(spans):
            following = spans[position + 1].start if position + 1 < len(spans) else None
            is_its = service.asked.order <= span.start.order and (
                service.online is None or span.start.order < service.online.order
            )
            if span.phase in _WAITING and is_its:
                yield from Teller.of(joined, name).says(
                    "primary.queues", replica, {"phase": "wait_bgsave"}, span.start, following
                )
