"""Findings on data and code from a stranger: the known way to break into an open server is to make it a replica."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Any

import attrs

from redislog.node.history import Attempt, Incident, NodeHistory, Point
from redislog.topology.findings.base import View, found, rule
from redislog.topology.values import Finding
from redislog.values import Address

_SOON = 600.0
"""Seconds after a full resync in which what a server does with the file is a consequence of it."""
_HEX = re.compile(r"[0-9a-f]+")
_NO_SNAPSHOT = ("rdb.wrong-signature",)
_MODULES = ("other.module-loaded-from",)


@attrs.frozen
class _Sign:
    """Something that no server of one's own does: in words, with its line; ``sure`` where it is a break-in's work alone."""

    words: str
    line: Point | Incident
    sure: bool = False


@rule(
    "rogue-primary",
    "critical",
    "warning",
    meaning="A server took its dataset from a stranger: an address outside the deployment, a client that names itself the "
    "primary, a replication ID that no server makes, a file that is no snapshot, or a module right after it: the known "
    "way to break into an open server. Critical where the file or the ID is none of a server's, or a module follows.",
)
def rogue_primary(view: View) -> Iterator[Finding]:
    """Data or code from a stranger."""
    for history in view.instant.nodes:
        for attempt in view.instant.attempts(history):
            if attempt.kind != "full" or attempt.primary is None or attempt.granted is None:
                continue
            signs = list(_signs(view, history, attempt, attempt.granted))
            if not any(sign.sure for sign in signs) and not _is_outside(view, history, attempt):
                continue
            outside = ", outside the deployment" if _is_outside(view, history, attempt) else ""
            words = "".join(f", {sign.words}" for sign in signs)
            yield found(
                "rogue-primary",
                "critical" if any(sign.sure for sign in signs) else "warning",
                (history.name,),
                f"{history.name} took all data from {attempt.primary}{outside}{words}",
                "If nobody of yours did this, treat the host as broken into: isolate it, rotate secrets, "
                "set requirepass or ACLs, bind and enable-module-command no.",
                attempt.start,
                attempt.granted,
                *(sign.line for sign in signs),
            )
            break


def _signs(view: View, history: NodeHistory, attempt: Attempt, given: Point) -> Iterator[_Sign]:
    order = _order_of_its_own(view, history, attempt, given)
    if order is not None:
        yield _Sign("told to by a client of that very host", order)
    if attempt.replid is not None and _HEX.fullmatch(attempt.replid) is None:
        yield _Sign("under a replication ID that no server makes", given, sure=True)
    stranger = order is not None or _is_outside(view, history, attempt)
    after = [
        each
        for each in view.incidents(history, *_NO_SNAPSHOT, *_MODULES)
        if 0 <= each.first.time - given.time <= _SOON and each.first.order > given.order
    ]
    for each in after:
        if each.key in _NO_SNAPSHOT and stranger:
            yield _Sign("and what came was no snapshot", each, sure=True)
            break
    for each in after:
        ready = any(run.ready and run.ready.order < each.first.order for run in history.runs)
        if each.key in _MODULES and ready:
            yield _Sign("and then a module", each, sure=True)
            break


def _order_of_its_own(view: View, history: NodeHistory, attempt: Attempt, given: Point) -> Point | None:
    """The order to follow a primary, where a client from the primary's own, public address gave it.

    The line that tells of it stands below the first ones of the attempt.
    """
    host = attempt.primary.host if attempt.primary is not None else ""
    for point in history.points:
        if point.event.key != "role.demoted" or point.order > given.order:
            continue
        event: Any = point.event
        client = getattr(event, "client", None)
        asked_by = client.addr.host if client is not None and client.addr is not None else None
        if asked_by == host and _is_public(host) and view.has_come(history.name, point):
            return point
    return None


def _is_outside(view: View, history: NodeHistory, attempt: Attempt) -> bool:
    """Whether an address is public where all others in the logs are private."""
    if attempt.primary is None or not _is_public(attempt.primary.host):
        return False
    others = {
        address.host
        for address in (
            *view.instant.joined.identity.owner,
            *(each.primary for each in history.attempts if each.primary is not None),
            *(peer for other in view.instant.nodes for peer in other.replicas if isinstance(peer, Address)),
        )
        if address != attempt.primary
    }
    return bool(others) and not any(map(_is_public, others))


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return False


RULES = (rogue_primary,)
