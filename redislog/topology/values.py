"""The verdict and what it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import attrs

from redislog.evidence import Evidence
from redislog.node.tables import LinkPhase, LinkWord, Role
from redislog.timeline.values import Basis

Status = Literal["split-brain", "no-primary", "resync-loop", "degraded", "unknown", "healthy"]
Severity = Literal["info", "warning", "critical"]


@attrs.frozen
class NodeState:
    """One server at an instant.

    ``name`` is the name of its capture, or an address where only others speak of it. ``link`` is the word
    of the ``ROLE`` command, None for a primary; ``phase`` the finer word of `redislog.node.tables`.
    ``primary`` is the name, or the address, of the server that it follows; ``addresses`` those that it is
    known by at the instant (``host:port``); ``candidates`` the names or addresses that it may be the same as, where that
    stays open. ``detached_from`` is the server that lost it as a replica, where nothing says what became of
    it. ``offset`` is where its last sync began, in bytes of the stream of ``replid``. ``last_seen``
    is its last line up to the instant, on its own clock, ``silent_for`` how many seconds after that the last
    line of any server was printed: a log that stops is not a server that stopped. ``basis`` says for each
    statement whether a line says it or lines together show it, ``because`` which lines; an address has entries
    of its own in both.
    """

    name: str
    role: Role
    running: bool | None
    link: LinkWord | None
    phase: LinkPhase | None
    in_sync: bool | None
    primary: str | None
    addresses: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    detached_from: str | None = None
    replid: str | None = None
    offset: int | None = None
    last_seen: datetime | None = None
    silent_for: float | None = None
    basis: Mapping[str, Basis] = attrs.field(factory=dict)
    because: Mapping[str, tuple[Evidence, ...]] = attrs.field(factory=dict)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All lines that decided, each once."""
        return tuple(dict.fromkeys(line for lines in self.because.values() for line in lines))


@attrs.frozen
class Group:
    """Servers that replicate with each other, and how they are; ``reason`` says what decided."""

    status: Status
    primary: str | None
    primaries: tuple[str, ...]
    members: tuple[str, ...]
    reason: str


@attrs.frozen
class Finding:
    """Something that a reader should know: what, since when, what to do, and the lines that show it."""

    code: str
    severity: Severity
    nodes: tuple[str, ...]
    start: datetime | None
    end: datetime | None
    summary: str
    advice: str
    evidence: tuple[Evidence, ...]


@attrs.frozen
class SourceCoverage:
    """How much of one capture was understood, in lines."""

    source: str
    lines: int = 0
    recognised: int = 0
    unrecognized: int = 0
    foreign: int = 0
    damaged: int = 0
    truncated: int = 0


@attrs.frozen
class Coverage:
    """How much of all captures was understood, in lines, and what they lack.

    ``recognised`` includes damaged and truncated lines. ``missing`` names what limits the verdict.
    """

    lines: int
    recognised: int
    unrecognized: int
    foreign: int
    damaged: int
    truncated: int
    sources: tuple[SourceCoverage, ...]
    missing: tuple[str, ...] = ()


@attrs.frozen
class Verdict:
    """What the captures say of the replication at one instant; ``at`` is None for their end.

    ``primary`` is the primary where there is exactly one group with exactly one. ``str()`` is a summary.
    """

    status: Status
    primary: str | None
    primaries: tuple[str, ...]
    groups: tuple[Group, ...]
    nodes: Mapping[str, NodeState]
    findings: tuple[Finding, ...]
    coverage: Coverage
    at: datetime | None = None

    def __str__(self) -> str:
        from redislog.report.text import summary

        return summary(self)
