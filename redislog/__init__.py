"""Reads what Redis and Valkey servers print, and says what their replication did.

>>> import redislog
>>> event = redislog.parse_line("1:M 29 May 2023 07:48:59.135 * Replica 10.0.25.220:6379 asks for synchronization")
>>> event.key, event.replica.host
('primary.sync-requested', '10.0.25.220')
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from redislog._version import __version__

if TYPE_CHECKING:
    from redislog.court.decision import Decision, Weighed
    from redislog.events.base import Event, Foreign, Unrecognized
    from redislog.events.render import RenderError
    from redislog.evidence import Evidence
    from redislog.hints import Hint
    from redislog.matching import register
    from redislog.naming import UnknownNameError
    from redislog.reading import parse, parse_line
    from redislog.replaying import Timeline, replay
    from redislog.report.jsonio import structure, unstructure
    from redislog.sources import SourceError
    from redislog.timeline.values import (
        ClockOffset,
        Failover,
        Phase,
        Resync,
        RoleChange,
        Route,
        SlotMigration,
    )
    from redislog.topology.values import Bond, Coverage, Finding, Group, NodeState, Verdict
    from redislog.topology.whois import Alias, AmbiguousError, Subject
    from redislog.values import Address, ClientId, ClientRecord, Quoted

__all__ = [
    "Address",
    "Alias",
    "AmbiguousError",
    "Bond",
    "ClientId",
    "ClientRecord",
    "ClockOffset",
    "Coverage",
    "Decision",
    "Event",
    "Evidence",
    "Failover",
    "Finding",
    "Foreign",
    "Group",
    "Hint",
    "NodeState",
    "Phase",
    "Quoted",
    "RenderError",
    "Resync",
    "RoleChange",
    "Route",
    "SlotMigration",
    "SourceError",
    "Subject",
    "Timeline",
    "UnknownNameError",
    "Unrecognized",
    "Verdict",
    "Weighed",
    "__version__",
    "parse",
    "parse_line",
    "register",
    "replay",
    "structure",
    "unstructure",
]

_HOMES = {
    "redislog.court.decision": ("Decision", "Weighed"),
    "redislog.events.base": ("Event", "Foreign", "Unrecognized"),
    "redislog.evidence": ("Evidence",),
    "redislog.hints": ("Hint",),
    "redislog.events.render": ("RenderError",),
    "redislog.matching": ("register",),
    "redislog.naming": ("UnknownNameError",),
    "redislog.reading": ("parse", "parse_line"),
    "redislog.replaying": ("Timeline", "replay"),
    "redislog.report.jsonio": ("structure", "unstructure"),
    "redislog.sources": ("SourceError",),
    "redislog.timeline.values": (
        "ClockOffset",
        "Failover",
        "Phase",
        "Resync",
        "RoleChange",
        "Route",
        "SlotMigration",
    ),
    "redislog.topology.values": ("Bond", "Coverage", "Finding", "Group", "NodeState", "Verdict"),
    "redislog.topology.whois": ("Alias", "AmbiguousError", "Subject"),
    "redislog.values": ("Address", "ClientId", "ClientRecord", "Quoted"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name on its first use."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
