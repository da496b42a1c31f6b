"""What many logs together say: resyncs, clocks, roles, failovers."""

from __future__ import annotations

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
    resync was not partial. ``started`` and ``ended`` are on the replica's clock where its log is there,
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
class Failover:
    """A replica that became primary.

    ``planned`` is True for the FAILOVER command, None where the log does not say who asked and why;
    ``asked_by`` is the client that the line names.
    """

    node: str
    at: datetime | None
    planned: bool | None
    asked_by: str | None
    evidence: tuple[Evidence, ...]
