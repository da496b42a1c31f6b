"""Texts that several messages share: declared once, spelt as each release spells them."""

from __future__ import annotations

import re
from typing import NamedTuple

from redislog.events.base import Event, event

AT = "Internal error in RDB reading function at rdb.c:<line:int> -> "
AT_OFFSET = "Internal error in RDB reading offset <offset:offset>, function at rdb.c:<line:int> -> "
"""What stands before a fault of a snapshot: until Redis 5.0, and since 6.0 (``rdb.c:rdbReportError``)."""


def dual_channel(text: str) -> tuple[str, str]:
    """A text of the dual channel as Valkey 8.0 prints it, and with the prefix that it has from 8.1 on."""
    return f"valkey 8.0: {text}", f"valkey 8.1+: Dual channel replication: {text}"


class Migration(NamedTuple):
    """A slot migration as its lines name it.

    ``name`` is 40 hex digits, the same at both ends and at their replicas; ``operation`` is ``export`` or
    ``import``; ``node`` the ID of the other end, None where it is not known, ``alias`` its human name where it
    has one; ``slots`` the ranges as printed.
    """

    name: str
    operation: str
    node: str | None
    alias: str | None
    slots: str


_MIGRATION = re.compile(
    r"\{name: (?P<name>\w+), operation: (?P<operation>\w+), (?:source|target)_node_id: (?P<node>\w+)"
    r"(?:, \w+_human_name: (?P<alias>.*?))?, slots: (?P<slots>[^}]*)\}"
)


@event
class SlotMigrationEvent(Event):
    """What a line says of one slot migration, which it names.

    ``migration`` is the name as printed: ``{name: ID, operation: export, target_node_id: ID, slots: 0-99}``.
    Source: Valkey 9.0+, ``cluster_migrateslots.c:generateSlotMigrationJobDescription``.
    """

    migration: str

    @property
    def of(self) -> Migration | None:
        """The parts of the name; None where the line was cut in it."""
        match = _MIGRATION.fullmatch(self.migration or "")
        if match is None:
            return None
        name, operation, node, alias, slots = match.groups()
        return Migration(name, operation, None if node == "unknown" else node, alias, slots)
