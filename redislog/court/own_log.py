"""A server's own log as a witness: that its process lives or ended, its role, its link and whom it follows."""

from __future__ import annotations

from collections.abc import Iterator

from redislog.court.claim import Claim, Teller, What
from redislog.court.instant import Instant
from redislog.court.thresholds import RETRIES_AFTER
from redislog.node.history import LinkSpan, NodeHistory, Point, Run
from redislog.node.tables import LINK_WORD, UPSTREAM
from redislog.timeline.joining import Joined


def claims(joined: Joined) -> Iterator[Claim]:
    """What each server says of itself."""
    for history in joined.nodes.values():
        teller = Teller.of(joined, history.name)
        yield from _life(teller, history)
        for span in history.roles:
            yield from teller.says(
                "own.serves" if span.deduced else "own.role",
                history.name,
                {"role": span.role},
                span.start,
                span.end,
                basis="deduced" if span.deduced else "stated",
            )
        for link in history.links:
            yield from _link(joined, teller, history, link)


def _life(teller: Teller, history: NodeHistory) -> Iterator[Claim]:
    """It lives from the first line of a process, until it says that it ends, or the next one begins."""
    for number, run in enumerate(history.runs):
        following = _following(history, number)
        ended = run.end if run.ended_by in ("stop", "crash") else None
        yield from teller.says(
            "own.life",
            history.name,
            {"running": True},
            run.first,
            ended or following,
            proof=(run.ready or run.start,),
        )
        if ended is not None:
            yield from teller.says(
                "own.end", history.name, {"running": False}, ended, following, basis="stated"
            )


def _following(history: NodeHistory, number: int) -> Point | None:
    return history.runs[number + 1].first if number + 1 < len(history.runs) else None


def _link(joined: Joined, teller: Teller, history: NodeHistory, link: LinkSpan) -> Iterator[Claim]:
    """A phase of its link, in the lives of its process in which it prints such lines."""
    if link.phase == "none":
        return
    said: dict[What, object] = {
        "link": LINK_WORD.get(link.phase),
        "phase": link.phase,
        "in_sync": link.phase == "connected",
    }
    for number, run in enumerate(history.runs):
        following = _following(history, number)
        failed = None if run.notices else _just_failed(joined, history, link)
        if not _overlap(link, run, following) or not (run.notices or failed):
            continue
        since = failed or (link.start if link.start.order >= run.first.order else run.first)
        until = min((end for end in (link.end, following) if end is not None), key=_order, default=None)
        yield from teller.says(
            "own.link", history.name, said, since, until, basis="stated", proof=(failed or link.start,)
        )
        if link.primary is not None:
            followed = Instant(joined).followed_by(history, link.primary, link.start.order)
            named = joined.identity.met(link.primary, history.name, link.start.order)
            basis = joined.identity.basis_of(named, link.primary) if named is not None else "stated"
            yield from teller.says(
                "own.link",
                history.name,
                {"primary": followed},
                since,
                until,
                basis="likely" if basis == "likely" else "deduced" if named is not None else "stated",
                proof=(link.start,),
            )


def _just_failed(joined: Joined, history: NodeHistory, link: LinkSpan) -> Point | None:
    """The last line of a log, if it is that a full sync failed: where only warnings are printed, that is known at least.

    It is for as long as the replica has not tried again: one that succeeds then leaves no line.
    """
    last = history.last
    if link.phase != "connect" or link.end is not None or last is None:
        return None
    row = UPSTREAM.get(last.event.key)
    failed = last.event.key.startswith("replica.full-sync.") and row is not None and row.to == "connect"
    until = last.time - joined.shift(history.name) + RETRIES_AFTER
    others = ((it.last, joined.shift(it.name)) for it in joined.nodes.values())
    tried_again = any(point is not None and point.time - shift > until for point, shift in others)
    return last if failed and not tried_again else None


def _overlap(link: LinkSpan, run: Run, following: Point | None) -> bool:
    begins_before = following is None or link.start.order < following.order
    ends_after = link.end is None or link.end.order > run.first.order
    return begins_before and ends_after


def _order(point: Point) -> int:
    return point.order
