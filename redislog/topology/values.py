"""The verdict and what it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import attrs

from redislog.court.claim import What
from redislog.court.decision import Decision
from redislog.evidence import Evidence
from redislog.node.tables import LinkPhase, LinkWord, Role
from redislog.shortly import moment, shortly, span
from redislog.timeline.values import Basis

Status = Literal["split-brain", "no-primary", "resync-loop", "degraded", "unknown", "healthy"]
Severity = Literal["info", "warning", "critical"]
BondKind = Literal["lineage", "address", "sentinel", "cluster", "workload", "proxy"]
"""What makes servers one group: they replicate from each other or share a history; two logs name one address; Sentinels
watch them under one name; nodes of one Cluster; one workload (a StatefulSet, a Compose service); one HAProxy backend.
"""
GroupKind = Literal["cluster", "sentinel", "workload", "proxy", "lineage", "address", "server"]
"""The most telling of a group's bonds, in this order; ``server`` is one alone."""


@attrs.frozen(repr=False)
class NodeState:
    """One server at an instant.

    ``name`` is the name of its capture, or an address where only others speak of it. ``link`` is the word
    of the ``ROLE`` command, None for a primary; ``phase`` the finer word of `redislog.node.tables`.
    ``primary`` is the name, or the address, of the server that it follows; ``addresses`` those that it is
    known by at the instant (``host:port``); ``candidates`` the names or addresses that it may be the same as, where that
    stays open. ``detached_from`` is the server that lost it as a replica, where nothing says what became of
    it. ``offset`` is where its last sync began, in bytes of the stream of ``replid``. ``last_seen``
    is its last line up to the instant, ``silent_for`` how many seconds after that the last
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

    def __repr__(self) -> str:
        follows = f"of {self.primary or 'an unknown primary'}" if self.role == "replica" else None
        sync = {True: "in sync", False: "not in sync", None: "sync unknown"}[self.in_sync]
        words = [
            f"{self.name}: {self.role}",
            follows,
            {True: None, False: "down", None: "perhaps down"}[self.running],
            self.phase or self.link,
            sync if self.role == "replica" else None,
            f"last seen {moment(self.last_seen)}" if self.last_seen is not None else None,
            *(each for each in self.addresses if each != self.name),
        ]
        return shortly("NodeState", words)


@attrs.frozen
class Bond:
    """Why some servers belong to one group: what kind of bond it is, in words, and the lines that show it.

    ``name`` is what the bond calls the group, None where it does not name it.
    """

    kind: BondKind
    nodes: tuple[str, ...]
    reason: str
    evidence: tuple[Evidence, ...] = ()
    name: str | None = None


@attrs.frozen
class Group:
    """Servers that belong together, and how they are; ``reason`` says what decided.

    ``primaries`` and ``primary`` are as those of `Verdict`.

    ``kind`` is the most telling of the bonds that are ``because``, ``name`` what people call it (the name that Sentinels
    know it by, its workload), None where nothing names it; ``cluster`` is the Cluster of which it is a shard: all shards
    of one have the same.
    """

    status: Status
    primary: str | None
    primaries: tuple[str, ...]
    members: tuple[str, ...]
    reason: str
    kind: GroupKind = "server"
    name: str | None = None
    cluster: str | None = None
    because: tuple[Bond, ...] = ()


@attrs.frozen(repr=False)
class Finding:
    """Something that a reader should know: what, since when, what to do, and the lines that show it.

    ``open`` says that it holds at the instant of the verdict, and not only before it: what healed, or is done and past,
    is not.
    """

    code: str
    severity: Severity
    nodes: tuple[str, ...]
    start: datetime | None
    end: datetime | None
    summary: str
    advice: str
    evidence: tuple[Evidence, ...]
    open: bool = True

    def __repr__(self) -> str:
        state = None if self.open else "(over)"
        who = f"on {', '.join(self.nodes)}" if self.nodes else None
        return shortly(
            "Finding", [self.severity, self.code, state, span(self.start, self.end), f"{self.summary};", who]
        )


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
    weaker: int = 0


@attrs.frozen
class Coverage:
    """How much of all captures was understood, in lines, and what they lack.

    ``recognised`` includes damaged and truncated lines. ``weaker`` are those of all server's lines whose own head
    was cut short, replaced or lost, so that the lines around them speak for them (`redislog.grammar.heads`).
    ``missing`` names what limits the verdict.
    """

    lines: int
    recognised: int
    unrecognized: int
    foreign: int
    damaged: int
    truncated: int
    weaker: int
    sources: tuple[SourceCoverage, ...]
    missing: tuple[str, ...] = ()


@attrs.frozen(repr=False)
class Verdict:
    """What the captures say of the replication at one instant; ``at`` is None for their end.

    ``primaries`` are those that are known to run. ``primary`` is the only one of them; where none is known to run, the only
    primary that may, as one that answers nobody. ``decisions`` has, for each server, what
    was decided of it and why. ``str()`` is a summary.
    """

    status: Status
    primary: str | None
    primaries: tuple[str, ...]
    groups: tuple[Group, ...]
    nodes: Mapping[str, NodeState]
    findings: tuple[Finding, ...]
    coverage: Coverage
    at: datetime | None = None
    decisions: Mapping[str, Mapping[What, Decision]] = attrs.field(factory=dict, repr=False)

    def why(self, node: str, what: What | None = None) -> tuple[Decision, ...]:
        """What decided of a server, of one thing or of all: each with every claim on it, the winner first.

        Raises
        ------
        ValueError
            if there is no server of that name, or nothing of that kind is said of it.
        """
        if node not in self.decisions:
            raise ValueError(f"no server is called {node!r}: there are {', '.join(self.decisions) or 'none'}")
        found = self.decisions[node]
        if what is not None and what not in found:
            raise ValueError(f"nothing is decided on {what!r} of {node}: there are {', '.join(found)}")
        return tuple(found.values()) if what is None else (found[what],)

    def __repr__(self) -> str:
        when = f"at {moment(self.at)}" if self.at is not None else "at the end"
        who = f"primary {' and '.join(self.primaries)}," if self.primaries else "no primary,"
        codes = [f"{each.severity} {each.code}" for each in self.findings if each.severity != "info"]
        reasons = "; ".join(each.reason for each in self.groups)
        findings = f"({', '.join(dict.fromkeys(codes))})" if codes else None
        return shortly("Verdict", [self.status, f"{when}:", who, reasons, findings])

    def __str__(self) -> str:
        from redislog.report.text import summary

        return summary(self)
