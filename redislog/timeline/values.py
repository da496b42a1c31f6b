"""What many logs together say: resyncs, clocks, roles, failovers.

Every time in them is a `datetime` on the reference's clock (that of the earliest primary), as far as the clocks'
offsets are known; what a log itself printed stands in its lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import attrs

from redislog.evidence import Evidence
from redislog.node.tables import Role
from redislog.shortly import moment, shortly, span

Basis = Literal["stated", "deduced", "likely", "unknown"]
"""Where a statement comes from: a line says it; lines together show it, and nothing else is possible; it is the only
explanation with what is captured, though something that is not there could refute it; or nothing says it.
"""

PhaseName = Literal[
    "handshake", "diskless-delay", "wait_bgsave", "bgsave", "transfer", "wait_loading", "loading"
]


@attrs.frozen
class Phase:
    """A part of a resync; both ends are told by ``node``'s log, and ``seconds`` are measured on its clock.

    ``diskless-delay`` is the time that the primary waits for more replicas before it starts a diskless
    snapshot (``repl-diskless-sync-delay``, 5 s by default); ``wait_bgsave`` any other wait for a snapshot;
    ``bgsave`` the time that a snapshot on disk takes; ``wait_loading`` how long a snapshot that a thread of the
    replica has received lies there until the main thread looks, once a second (Valkey 9.0+).
    """

    name: PhaseName
    start: datetime | None
    end: datetime | None
    node: str
    seconds: float | None


@attrs.frozen(repr=False)
class Resync:
    """One sync of a replica with its primary, from one log or from both.

    ``primary`` and ``replica`` are names, or addresses where no node is known by them; ``replica`` is None
    where a primary served one of several replicas and the logs do not tell which. ``why`` says why a full
    resync was not partial; ``requested_offset`` is the byte of the stream from which the replica asked to go on,
    None where it asked for all or no line says. ``started`` and ``ended`` are told by the replica's log where that is
    there, else by the primary's, and None where its stamps have no year; ``begun`` and ``over`` are the same in seconds of
    the reference's clock, which stamps without a year and times of day have, too; ``parted`` is when the link that it
    made was lost, in the same seconds, None where it lasts; ``bytes`` is the size that a log states, of the snapshot or of the backlog sent.
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
    begun: float | None = None
    over: float | None = None
    parted: float | None = None

    def __repr__(self) -> str:
        ends = f"{self.replica or 'one of several replicas'} from {self.primary or 'an unknown primary'}"
        why = f"why: {self.why}" if self.why else None
        return shortly("Resync", [self.kind, ends, span(self.started, self.ended), self.outcome, why])


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
    """A time that a node spent in one role; ``end`` is None where it lasts."""

    node: str
    role: Role
    start: datetime | None
    end: datetime | None
    basis: Basis
    evidence: tuple[Evidence, ...]


@attrs.frozen(repr=False)
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
    ``offset_lost`` is how many bytes the old primary had written that the new one never had. ``because`` has for
    each step that is told (``requested`` to ``attached``) the line that tells it, also where its stamp has no year.
    """

    node: str
    old_primary: str | None
    requested: datetime | None
    suspected: datetime | None
    detected: datetime | None
    elected: datetime | None
    promoted: datetime | None
    attached: datetime | None
    seconds_without_primary: float | None
    planned: bool | None
    asked_by: str | None
    offset_lost: int | None
    evidence: tuple[Evidence, ...]
    because: Mapping[str, tuple[Evidence, ...]] = attrs.field(factory=dict)

    def __repr__(self) -> str:
        planned = {True: "planned", False: "not planned", None: None}[self.planned]
        without = self.seconds_without_primary
        gap = f"{without:.3f} s without a primary" if without is not None else None
        asked = f"asked by {self.asked_by}" if self.asked_by else None
        who = f"{self.node} took over from {self.old_primary or 'an unknown primary'}"
        return shortly("Failover", [who, moment(self.promoted), planned, asked, gap])


@attrs.frozen(repr=False)
class SlotMigration:
    """Slots of a Cluster on their way from one shard to another: Valkey's ``CLUSTER MIGRATESLOTS`` (9.0+), Redis's
    ``CLUSTER MIGRATION IMPORT`` (8.4+).

    ``id`` is the name that all its lines have, 40 hex digits; ``source`` and ``target`` are the nodes that give and
    take the slots, by name, or by node ID where no log is known by it, None where no line says it; ``slots`` the ranges
    as printed, ``0-100 200-300``. ``paused`` is where the source stopped writes for the hand-over. ``started``,
    ``paused`` and ``ended`` are told by the source's log where it is there, else by the target's. ``seconds`` is how
    long it took, ``seconds_paused`` how long writes were stopped, on the clock of that log. ``outcome`` is
    ``done`` once the target owns the slots; ``reason`` is what a server says of a failure.
    """

    id: str
    source: str | None
    target: str | None
    slots: str
    started: datetime | None
    paused: datetime | None
    ended: datetime | None
    seconds: float | None
    seconds_paused: float | None
    outcome: Literal["done", "failed", "cancelled", "open"]
    reason: str | None
    evidence: tuple[Evidence, ...]

    def __repr__(self) -> str:
        ends = f"slots {self.slots} from {self.source or 'an unknown node'} to {self.target or 'an unknown node'}"
        return shortly("SlotMigration", [ends, span(self.started, self.ended), self.outcome, self.reason])


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
