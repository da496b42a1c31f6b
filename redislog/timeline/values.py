"""What many logs together say: resyncs, clocks, roles, failovers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import attrs

from redislog.evidence import Evidence
from redislog.node.tables import Role

Basis = Literal["stated", "deduced", "unknown"]
"""Where a statement comes from: a line says it, lines together show it, or nothing does."""

PhaseName = Literal["handshake", "diskless-delay", "wait_bgsave", "bgsave", "transfer", "loading"]


@attrs.frozen
class Phase:
    """A part of a resync, with both ends on the clock of one node.

    ``diskless-delay`` is the time that the primary waits for more replicas before it starts a diskless
    snapshot (``repl-diskless-sync-delay``, 5 s by default); ``wait_bgsave`` any other wait for a snapshot;
    ``bgsave`` the time that a snapshot on disk takes.
    """

    name: PhaseName
    start: datetime | None
    end: datetime | None
    node: str
    seconds: float | None


@attrs.frozen
class Resync:
    """One sync of a replica with its primary, from one log or from both.

    ``primary`` and ``replica`` are names, or addresses where no node is known by them; ``replica`` is None
    where a primary served one of several replicas and the logs do not tell which. ``why`` says why a full
    resync was not partial; ``requested_offset`` is the byte of the stream from which the replica asked to go on,
    None where it asked for all or no line says. ``started`` and ``ended`` are on the replica's clock where its log is there,
    else on the primary's; ``bytes`` is the size that a log states, of the snapshot or of the backlog sent.
    """

    kind: Literal["full", "partial"]
    primary: str | None
    replica: str | None
    why: str | None
    started: datetime | None
    ended: datetime | None
    phases: tuple[Phase, ...]
    outcome: Literal["done", "failed", "open"]
    bytes: int | None
    replid: str | None
    offset: int | None
    evidence: tuple[Evidence, ...]
    requested_offset: int | None = None


@attrs.frozen
class ClockOffset:
    """How far one node's clock is from another's: node's minus reference's, in seconds.

    The offset lies strictly between ``low`` and ``high``; either is None where nothing bounds it.
    ``estimate`` is the offset that is used where one must be chosen.
    """

    node: str
    reference: str
    low: float | None
    high: float | None
    estimate: float
    evidence: tuple[Evidence, ...]


@attrs.frozen
class RoleChange:
    """A time that a node spent in one role, on its own clock; ``end`` is None where it lasts."""

    node: str
    role: Role
    start: datetime | None
    end: datetime | None
    basis: Basis
    evidence: tuple[Evidence, ...]


@attrs.frozen
class Moment:
    """When something happened, on the clock of the log that says it: ``teller``'s."""

    at: datetime | None
    teller: str
    evidence: Evidence


@attrs.frozen
class Failover:
    """A replica that became primary, by an election, by the ``FAILOVER`` command, or by hand.

    ``node`` is the new primary and ``old_primary`` the one before it: a name, or an address where no log of
    it is there. ``requested`` is where somebody asked for it; ``suspected`` is where one Sentinel held the old primary for down (``+sdown``), ``detected``
    where a quorum did (``+odown``, or the FAIL state in a cluster), ``elected`` where a leader, or the
    replica itself in a cluster, won the election; ``promoted`` where the replica took the role, ``attached``
    where a first replica was in sync with it. ``seconds_without_primary`` is the time from the loss of the
    old primary to the promotion, both on the clock of one log: the new primary's; a Sentinel's, where the link
    was there until the promotion, as to a primary that is frozen; or the old primary's, which takes no writes
    from ``FAILOVER`` on.
    ``planned`` is True for a failover that a user asked for, False for one after the primary was found
    down, None where the logs do not say; ``asked_by`` names the client, Sentinel or node that asked.
    ``offset_lost`` is how many bytes the old primary had written that the new one never had.
    """

    node: str
    old_primary: str | None
    requested: Moment | None
    suspected: Moment | None
    detected: Moment | None
    elected: Moment | None
    promoted: Moment | None
    attached: Moment | None
    seconds_without_primary: float | None
    planned: bool | None
    asked_by: str | None
    offset_lost: int | None
    evidence: tuple[Evidence, ...]


@attrs.frozen
class Route:
    """A time in which HAProxy held a server for the primary, and sent clients there.

    ``server`` is HAProxy's own name for it in ``backend``; ``node`` the name or the host of the server that it
    is, None where nothing says it. ``start`` and ``end`` are the collector's time, None where it gave none, for
    HAProxy prints none; ``over`` says that it has ended. ``basis`` has ``up`` and ``node``.
    """

    proxy: str
    backend: str
    server: str
    node: str | None
    start: datetime | None
    end: datetime | None
    over: bool
    basis: Mapping[str, Basis]
    evidence: tuple[Evidence, ...]
