"""How a server came to be promoted, by its own log and those of other servers: Cluster, ``FAILOVER``, by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from redislog.evidence import Evidence, evidence_of
from redislog.node.history import NodeHistory, Point, RoleSpan
from redislog.timeline.cluster import own_ids
from redislog.values import Address

TOGETHER = 600.0
"""Seconds within which Sentinels print the same switch, and stamps of one failover lie together."""
_CLUSTER_FAIL = ("cluster.node-failing", "cluster.fail-message")
_BY_REQUEST = ("cluster.failover-manual", "cluster.failover-forced", "cluster.failover-takeover")
_COMMAND = ("failover.requested", "failover.requested-any")
_SENTINEL = "sentinel-"
"""What Sentinels call their connections (``sentinel.c:sentinelSetClientName``)."""


@attrs.frozen
class Promotion:
    """A replica's log turns to that of a primary; ``line`` says so, or is the first in the new role."""

    history: NodeHistory
    span: RoleSpan
    line: Point


@attrs.frozen
class Moment:
    """When something happened, and the line that says so. ``teller`` is the log."""

    teller: str
    point: Point

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The line."""
        return evidence_of(self.point.event)


@attrs.frozen
class Words:
    """What logs say of how a failover came about; ``seconds`` without a primary as others than the new one saw it."""

    requested: Moment | None = None
    suspected: Moment | None = None
    detected: Moment | None = None
    elected: Moment | None = None
    planned: bool | None = None
    asked_by: str | None = None
    old: str | None = None
    seconds: float | None = None


def moment(teller: str, point: Point | None) -> Moment | None:
    """When a line was printed, and by whom."""
    return None if point is None else Moment(teller, point)


def words_of(promotion: Promotion, nodes: Mapping[str, NodeHistory], old: str | None) -> Words:
    """What servers' logs say of a promotion; ``old`` is whom the server followed."""
    if promotion.line.event.key == "role.promoted-failover":
        return _by_command(promotion, nodes, old)
    cluster = _by_cluster(promotion, nodes)
    if cluster is not None:
        return cluster
    client = asked_by_client(promotion)
    if client is None or client.startswith(_SENTINEL):
        return Words(asked_by=client)
    requested = moment(promotion.history.name, promotion.line)
    return Words(requested=requested, planned=_by_hand(promotion), asked_by=client)


def asked_by_client(promotion: Promotion) -> str | None:
    """The client that asked the server itself, by name or address."""
    client = getattr(promotion.line.event, "client", None)
    if client is None:
        return None
    return client.name or (str(client.addr) if client.addr else str(client))


def _by_hand(promotion: Promotion) -> bool | None:
    """Planned where the primary was still there, not planned where it was lost before.

    A client that hides its name may be a Sentinel, which may not have reached the primary, unless it says its library.
    """
    if loss_of_link(promotion) is None:
        return None
    client = getattr(promotion.line.event, "client", None)
    may_be_sentinel = client is not None and client.may_be_sentinel
    return None if was_linked(promotion) and may_be_sentinel else was_linked(promotion)


def followed_before(promotion: Promotion) -> Address | None:
    """Whom the server followed last before its promotion, by its own log."""
    followed = [
        link.primary
        for link in promotion.history.links
        if link.primary is not None and link.start.order < promotion.line.order
    ]
    return followed[-1] if followed else None


def loss_of_link(promotion: Promotion) -> Point | None:
    """Where the server lost the primary that it followed last, for the last time before its promotion."""
    ends = [
        link.end
        for link in promotion.history.links
        if link.phase == "connected"
        and link.primary in (None, followed_before(promotion))
        and link.end is not None
        and link.end.order <= promotion.line.order
    ]
    return ends[-1] if ends else None


def was_linked(promotion: Promotion) -> bool:
    """Whether the promotion itself ended the link: the letter is the new role's in the line that says so."""
    lost = loss_of_link(promotion)
    return lost is not None and (lost.order == promotion.line.order or lost.event.flag == "M")


def _by_command(promotion: Promotion, nodes: Mapping[str, NodeHistory], old: str | None) -> Words:
    """``FAILOVER``: the old primary is asked, takes no writes, and hands over to its replica."""
    words = Words(planned=True, asked_by=old or asked_by_client(promotion))
    history = nodes.get(old or "")
    if history is None:
        return words
    asked = [incident.last for incident in history.incidents if incident.key in _COMMAND]
    for before, after in zip(history.roles, history.roles[1:], strict=False):
        requests = [point for point in asked if before.start.order < point.order < after.start.order]
        near = abs(after.start.time - promotion.line.time) <= TOGETHER
        if (before.role, after.role) == ("primary", "replica") and requests and near:
            paused = round(after.start.time - requests[-1].time, 3)
            words = attrs.evolve(words, requested=moment(history.name, requests[-1]), seconds=paused)
    return words


def _by_cluster(promotion: Promotion, nodes: Mapping[str, NodeHistory]) -> Words | None:
    """What a Cluster node's log says of its own election."""
    history, name = promotion.history, promotion.history.name
    before = [
        incident.last
        for incident in history.incidents
        if incident.last.order <= promotion.line.order
        and promotion.line.time - incident.last.time <= TOGETHER
    ]
    won = _last(before, ("cluster.election-won", "cluster.failover-takeover"))
    if won is None:
        return None
    failed = _last(before, _CLUSTER_FAIL)
    asked = _last(before, _BY_REQUEST)
    event: Any = failed.event if failed is not None else None
    old_id = getattr(event, "about", None) or getattr(event, "node", None)
    owner = own_ids(nodes).get(old_id) if old_id else None
    client = getattr(asked.event, "client", None) if asked is not None else None
    return Words(
        requested=moment(name, asked),
        detected=moment(name, failed),
        elected=moment(name, won),
        planned=True if asked is not None else False if failed is not None else None,
        asked_by=(str(client.addr) if client is not None and client.addr else "a user") if asked else name,
        old=owner[0] if owner else old_id,
    )


def _last(points: list[Point], keys: tuple[str, ...]) -> Point | None:
    found = [point for point in points if point.event.key in keys]
    return found[-1] if found else None
