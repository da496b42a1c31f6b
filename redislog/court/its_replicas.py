"""Replicas' logs as witnesses on the server that they follow: that it serves, refuses, or left them without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redislog.court.claim import Claim, Teller, What
from redislog.court.instant import NO_LINK, NOT_CONNECTED, REFUSED, Instant
from redislog.court.thresholds import REPL_TIMEOUT
from redislog.events.base import Event
from redislog.node.history import Attempt, LinkSpan, NodeHistory, Point
from redislog.node.tables import UNANSWERED
from redislog.timeline.joining import Joined
from redislog.values import Address

_GRANTED = ("wait_bgsave", "transfer", "loading", "connected")
_CUT_OFF = "replica.timeout-primary"
_SILENT = (
    "replica.timeout-connecting",
    "replica.timeout-transfer",
    "replica.handshake.no-reply",
    "replica.handshake.no-reply-auth",
    "replica.handshake.no-reply-replconf",
    "replica.psync-no-reply",
)
"""Lines with which a replica gives up to wait for its primary. Source: ``replication.c:replicationCron``, ``syncWithMaster``."""
_NO_ANSWER = re.compile("timed out|timeout|no route|unreachable", re.IGNORECASE)


def claims(joined: Joined) -> Iterator[Claim]:
    """What each replica says of the server that it follows."""
    latest = max((_end(joined, history) for history in joined.nodes.values()), default=0.0)
    for history in joined.nodes.values():
        teller = Teller.of(joined, history.name)
        for link in history.links:
            yield from _followed(joined, teller, history, link)
        for number, attempt in enumerate(history.attempts):
            yield from _tried(joined, teller, history, number, attempt)
        yield from _left(joined, teller, history, latest)
        yield from _unanswered(joined, teller, history)


def _end(joined: Joined, history: NodeHistory) -> float:
    return Teller.of(joined, history.name).at(history.last) if history.last is not None else 0.0


def _followed(joined: Joined, teller: Teller, history: NodeHistory, link: LinkSpan) -> Iterator[Claim]:
    """That it is followed says no role; that it granted a sync says that it runs, and most often the role."""
    if link.primary is None or link.phase == "none":
        return
    about = Instant(joined).followed_by(history, link.primary, link.start.order)
    yield from teller.says("replica.follows", about, {"role": None}, link.start, link.end)
    if link.phase in _GRANTED and link.start.event.key not in UNANSWERED:
        served: dict[What, object] = {"role": "primary", "running": True}
        yield from teller.says("replica.served", about, served, link.start, link.end)


def _tried(
    joined: Joined, teller: Teller, history: NodeHistory, number: int, attempt: Attempt
) -> Iterator[Claim]:
    """How an attempt failed; it holds until the next one at the same address."""
    if attempt.primary is None or attempt.failed is None:
        return
    about = joined.met(attempt.primary, history.name, attempt.start.order)
    following = _next_at(history, number, attempt.primary)
    event = attempt.failed.event
    if event.key in NOT_CONNECTED and REFUSED in event.message:
        yield from teller.says("replica.refused", about, {"running": False}, attempt.failed, following)
    if NO_LINK in event.message:
        chained: dict[What, object] = {"role": "replica", "in_sync": False, "running": None}
        yield from teller.says("replica.not-linked", about, chained, attempt.failed, following)


def _unanswered(joined: Joined, teller: Teller, history: NodeHistory) -> Iterator[Claim]:
    """That a primary did not answer in time, on a link that was there or when it was tried, until it does."""
    for link in history.links:
        is_cut_off = link.end is not None and link.end.event.key == _CUT_OFF
        if is_cut_off and link.end is not None and link.primary is not None:
            yield from _silence(joined, teller, history, link.primary, link.end, after=-REPL_TIMEOUT)
    for attempt in history.attempts:
        failed = attempt.failed
        if failed is not None and attempt.primary is not None and _is_silence(failed.event):
            waited = attempt.start.time - failed.time
            yield from _silence(joined, teller, history, attempt.primary, failed, after=waited)


def _is_silence(event: Event) -> bool:
    unreached = event.key in NOT_CONNECTED and _NO_ANSWER.search(event.message) is not None
    return unreached or event.key in _SILENT


def _silence(
    joined: Joined, teller: Teller, history: NodeHistory, primary: Address, end: Point, *, after: float
) -> Iterator[Claim]:
    about = joined.met(primary, history.name, end.order)
    answers = (
        each.asked
        for each in history.attempts
        if each.primary == primary and each.asked is not None and each.asked.order > end.order
    )
    yield from teller.says(
        "replica.unanswered", about, {"running": None}, end, next(answers, None), after=after
    )


def _next_at(history: NodeHistory, number: int, address: Address) -> Point | None:
    later = history.attempts[number + 1 :]
    return next((attempt.start for attempt in later if attempt.primary == address), None)


def _left(joined: Joined, teller: Teller, history: NodeHistory, latest: float) -> Iterator[Claim]:
    """Where its link to a primary ended: one that lives notices, and says so.

    Notices the end of a connection at once, and that it is cut off after ``repl-timeout``.
    """
    last: dict[str, tuple[LinkSpan, Point | None]] = {}
    for link in history.links:
        if link.phase == "connected" and link.primary is not None:
            about = joined.met(link.primary, history.name, link.start.order)
            if about in last and (end := last[about][0].end) is not None:
                last[about] = (last[about][0], link.start)
                yield from _departure(teller, about, end, link.start, latest)
            last[about] = (link, None)
    for about, (link, _) in last.items():
        if link.end is not None:
            yield from _departure(teller, about, link.end, None, latest)


def _departure(
    teller: Teller, about: str, end: Point, following: Point | None, latest: float
) -> Iterator[Claim]:
    yield from teller.says("replica.left", about, {"running": None}, end, following)
    if latest - teller.at(end) > REPL_TIMEOUT:
        yield from teller.says(
            "replica.left-for-long", about, {"running": False}, end, following, after=REPL_TIMEOUT
        )
