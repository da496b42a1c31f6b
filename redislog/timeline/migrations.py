"""Slot migrations: what both ends, and their replicas, say of each, as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from redislog.evidence import evidence_of
from redislog.node.history import MigrationPart, NodeHistory, Point
from redislog.timeline.cluster import own_ids
from redislog.timeline.dating import Dating
from redislog.timeline.values import SlotMigration

_Part = tuple[str, MigrationPart]


def all_migrations(nodes: Mapping[str, NodeHistory], dating: Dating) -> tuple[SlotMigration, ...]:
    """Every slot migration that some log shows, in order."""
    ids = {node_id: name for node_id, (name, _) in own_ids(nodes).items()}
    together: dict[str, list[_Part]] = {}
    for name, history in nodes.items():
        for part in history.migrations:
            together.setdefault(part.name, []).append((name, part))

    def begun(parts: list[_Part]) -> float:
        return min(dating.seconds(part.first, name) or 0.0 for name, part in parts)

    return tuple(_joined(parts, ids, dating) for parts in sorted(together.values(), key=begun))


def _joined(parts: list[_Part], ids: Mapping[str, str], dating: Dating) -> SlotMigration:
    """One migration; its times are the source's where that log is there, else the target's."""
    ordered = sorted(parts, key=lambda each: ("source", "target", None).index(each[1].side))
    name, told = ordered[0]
    outcome = _outcome(part for _, part in parts)
    reasons = (part.reason for _, part in ordered if part.outcome == outcome and part.reason)
    # An end that has another log's word alone is on that log's clock.
    teller, end = next(((name, part) for name, part in ordered if part.outcome == outcome), ordered[0])
    own_end = end.ended if teller == name else None
    return SlotMigration(
        id=told.name,
        source=_end("source", ordered, ids),
        target=_end("target", ordered, ids),
        slots=told.slots,
        started=dating.when(told.started or told.first, name),
        paused=dating.when(told.paused, name),
        ended=dating.when(end.ended, teller),
        seconds=_between(told.started or told.first, own_end),
        seconds_paused=_between(told.paused, own_end),
        outcome=outcome,
        reason=next(reasons, None),
        evidence=evidence_of(*(point.event for _, part in ordered for point in part.points)),
    )


def _between(start: Point | None, end: Point | None) -> float | None:
    return None if start is None or end is None else round(end.time - start.time, 3)


def _end(side: Literal["source", "target"], parts: list[_Part], ids: Mapping[str, str]) -> str | None:
    """The node at one end: whose log tells of it as its own, or that is known by the ID, or the ID."""
    for name, part in parts:
        if part.side == side:
            return name
    return next(_stated(side, parts, ids), None)


def _stated(side: str, parts: list[_Part], ids: Mapping[str, str]) -> Iterator[str]:
    for _, part in parts:
        node_id = part.source if side == "source" else part.target
        if node_id is not None:
            yield ids.get(node_id, node_id)


def _outcome(parts: Iterable[MigrationPart]) -> Literal["done", "failed", "cancelled", "open"]:
    """That the slots have a new owner is decided by the target; who calls a migration off knows why it failed."""
    found = {part.outcome for part in parts}
    for outcome in ("done", "cancelled", "failed"):
        if outcome in found:
            return outcome
    return "open"
