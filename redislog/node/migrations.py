"""The fold of one server's part in slot migrations: each is a small replication between two shards of a Cluster."""

from __future__ import annotations

from typing import Any

import attrs

from redislog.events.spellings import SlotMigrationEvent
from redislog.node.history import MigrationPart, Outcome, Point, Side
from redislog.node.tables import MIGRATIONS, MigrationStep

_ENDS: dict[str, Outcome] = {
    "success": "done",
    "failed": "failed",
    "cancelled": "cancelled",
    "canceled": "cancelled",
}
"""What Valkey calls the ends of a migration (``cluster_migrateslots.c``; 9.0 and 9.1 spell one of them in two ways)."""
_BY_REQUEST = "Cancelled"
"""How Redis begins the cause of a migration that somebody called off (``cluster_asm.c:asmTaskCancel``)."""


class MigrationsFold:
    """Follows the slot migrations that one server takes part in, or whose primary does."""

    def __init__(self) -> None:
        self.parts: dict[str, MigrationPart] = {}

    def feed(self, point: Point) -> bool:
        """Take in one event; whether it changed something."""
        step = MIGRATIONS.get(point.event.key)
        told = _told(point.event) if step is not None else None
        if step is None or told is None:
            return False
        before = self.parts.get(told.name)
        part = _stepped(_named(before or MigrationPart(told.name, told.slots, point), told), step, point)
        self.parts[told.name] = part
        return part != before


@attrs.frozen
class _Told:
    """What a line says of the migration that it is about; an end is None where the line does not name it."""

    name: str
    slots: str
    side: Side | None
    source: str | None = None
    target: str | None = None


def _told(event: Any) -> _Told | None:
    if isinstance(event, SlotMigrationEvent):
        if (of := event.of) is None:
            return None
        if event.flag == "S" or of.node is None:
            return _Told(of.name, of.slots, None)
        if of.operation == "export":
            return _Told(of.name, of.slots, "source", target=of.node)
        return _Told(of.name, of.slots, "target", source=of.node)
    imports = event.key.startswith("cluster.asm.import") or getattr(event, "kind", None) == "Import"
    side: Side = "target" if imports else "source"
    return _Told(
        event.task,
        event.slots,
        side,
        source=getattr(event, "node", None),
        target=getattr(event, "node2", None),
    )


def _named(part: MigrationPart, told: _Told) -> MigrationPart:
    return attrs.evolve(
        part,
        side=part.side or told.side,
        source=told.source or part.source,
        target=told.target or part.target,
    )


def _stepped(part: MigrationPart, step: MigrationStep, point: Point) -> MigrationPart:
    event: Any = point.event
    match step:
        case "begun":
            return attrs.evolve(part, started=part.started or point)
        case "paused":
            return attrs.evolve(part, paused=part.paused or point)
        case "done":
            return attrs.evolve(part, ended=part.ended or point, outcome="done")
        case "failed":
            reason = getattr(event, "error", None) or part.reason
            called_off = (reason or "").startswith(_BY_REQUEST)
            return attrs.evolve(
                part,
                ended=part.ended or point,
                outcome="cancelled" if called_off else "failed",
                reason=reason,
            )
        case "ended":
            outcome = _ENDS.get(event.state, "failed")
            return attrs.evolve(part, ended=point, outcome=outcome, reason=event.reason or None)
        case "moves":
            return attrs.evolve(part, paused=part.paused or point) if event.to == "failover-paused" else part
