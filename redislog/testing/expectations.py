"""What may be expected of captures, and what was found: values that the assertions and ``redislog check`` both tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from redislog.evidence import Evidence, evidence_of
from redislog.naming import one_of
from redislog.testing.marks import Mark
from redislog.testing.matchers import Matcher, described, matches
from redislog.testing.reading import Read
from redislog.timeline.values import Failover, Resync
from redislog.topology.findings import known_codes
from redislog.topology.values import Finding, Severity, Status

LOSES_DATA = ("diverged-primary", "primary-restarted-empty", "split-brain")
"""Findings that say that data was lost, or will be."""
SEVERE: dict[str, tuple[Severity, ...]] = {"critical": ("critical",), "warning": ("critical", "warning")}
"""What a severity means where no finding is wanted: those as bad, or worse."""


@attrs.frozen
class Outcome:
    """Whether something is as expected: both in words, the lines that decided, and the servers that it is about."""

    ok: bool
    expected: str
    found: str
    evidence: tuple[Evidence, ...] = ()
    nodes: tuple[str, ...] = ()


def status(read: Read, wanted: Status = "healthy") -> Outcome:
    """The verdict has a status."""
    verdict = read.verdict
    reasons = dict.fromkeys(group.reason for group in verdict.groups if group.status == verdict.status)
    why = "; ".join(reasons) or "; ".join(verdict.coverage.missing) or "nothing is known"
    found = f"{verdict.status}: {why}"
    worst = [line for each in verdict.findings if each.severity != "info" for line in each.evidence]
    decided = [line for state in verdict.nodes.values() for line in state.evidence]
    lines = decided if verdict.status == "healthy" else worst or decided
    return Outcome(verdict.status == wanted, wanted, found, tuple(lines))


def primary(read: Read, name: str) -> Outcome:
    """One server is the only primary."""
    primaries = read.verdict.primaries
    nodes = tuple(dict.fromkeys([name, *primaries]))
    found = " and ".join(primaries) or "no primary"
    return Outcome(primaries == (name,), f"primary {name}", found, _about(read, nodes, "role"), nodes)


def replicas_of(read: Read, name: str, wanted: Iterable[str]) -> Outcome:
    """The replicas that follow a primary are those named, whether in sync or not."""
    names = tuple(sorted(wanted))
    follow = _followers(read, name)
    nodes = tuple(sorted({*follow} ^ {*names})) or follow
    expected = f"replicas of {name}: {', '.join(names) or 'none'}"
    lines = _about(read, nodes, "primary", "role", "link")
    return Outcome(follow == names, expected, ", ".join(follow) or "none", lines, nodes)


def replica_count(read: Read, wanted: int, *, of: str | None = None) -> Outcome:
    """So many replicas, whether in sync or not; of one primary, if one is named."""
    follow = _followers(read, of)
    whose = f" of {of}" if of is not None else ""
    found = f"{len(follow)}" + (f": {', '.join(follow)}" if follow else "")
    lines = _about(read, follow, "primary", "role", "link")
    return Outcome(len(follow) == wanted, f"{wanted} replicas{whose}", found, lines, follow)


def in_sync(read: Read, replica: str, *, of: str | None = None) -> Outcome:
    """A replica is in sync, with the primary named if one is."""
    state = read.verdict.nodes.get(replica)
    expected = f"{replica} in sync" + (f" with {of}" if of is not None else "")
    if state is None:
        known = ", ".join(sorted(read.verdict.nodes)) or "none"
        return Outcome(False, expected, f"no server {replica}; known: {known}")
    word = {True: "in sync", False: "not in sync", None: "unknown whether in sync"}[state.in_sync]
    found = f"{state.role}, {word}, link {state.phase or state.link}, primary {state.primary}"
    ok = bool(state.in_sync) and of in (None, state.primary)
    return Outcome(ok, expected, found, _about(read, [replica], "in_sync", "link", "role"), (replica,))


def resyncs(read: Read, kind: str, wanted: int, *, since: Mark | None = None) -> Outcome:
    """So many resyncs of a kind, ``full`` or ``partial``, began, whether they succeeded or not."""
    after = read.after(since)
    its = [each for each in read.timeline.resyncs if each.kind == kind and after(each.evidence)]
    found = f"{len(its)}" + "".join(f"; {_resync(each)}" for each in its)
    lines = tuple(line for resync in its for line in resync.evidence[:1])
    return Outcome(len(its) == wanted, f"{wanted} {kind} resyncs", found, lines)


def failovers(read: Read, wanted: int, *, since: Mark | None = None) -> Outcome:
    """So many failovers."""
    its = failovers_after(read, since)
    found = f"{len(its)}" + "".join(f"; to {each.node}" for each in its)
    lines = tuple(line for each in its for line in decided(each))
    return Outcome(len(its) == wanted, f"{wanted} failovers", found, lines)


def failovers_after(read: Read, since: Mark | None) -> list[Failover]:
    """The failovers that came after a mark."""
    after = read.after(since)
    return [each for each in read.timeline.failovers if after(decided(each))]


def was_planned(failover: Failover, wanted: bool) -> Outcome:
    """A failover was planned, or was not."""
    word = {True: "planned", False: "not planned", None: "unknown"}
    found = f"to {failover.node}: {word[failover.planned]}"
    ok = failover.planned is wanted
    return Outcome(ok, f"failovers {word[wanted]}", found, decided(failover), (failover.node,))


def was_short(failover: Failover, within: float) -> Outcome:
    """A failover took no more seconds without a primary; one of which the logs do not say it did not."""
    took = failover.seconds_without_primary
    found = f"to {failover.node}: {'unknown' if took is None else f'{took:.3f} s'}"
    ok = took is not None and took <= within
    return Outcome(ok, f"at most {within:g} s without a primary", found, decided(failover), (failover.node,))


def no_finding(read: Read, what: str, *, since: Mark | None = None) -> Outcome:
    """No finding of a code, open or over, that came after a mark; or none open as bad as a severity.

    Raises
    ------
    UnknownNameError
        if there is neither such a finding nor such a severity.
    """
    expected = f"no {what}"
    if what in SEVERE:
        its = [each for each in read.verdict.findings if each.open and each.severity in SEVERE[what]]
        expected += " finding is open"
    else:
        one_of(what, (*SEVERE, *known_codes()), "finding")
        its = [each for each in read.verdict.findings if each.code == what and _touches(read, each, since)]
    nodes = tuple(dict.fromkeys(node for each in its for node in each.nodes))
    found = "; ".join(f"{each.code}: {each.summary}" for each in its) or "none"
    return Outcome(not its, expected, found, tuple(line for each in its for line in each.evidence), nodes)


def no_data_lost(read: Read) -> Iterator[Outcome]:
    """What shows that bytes of a primary's stream were lost: nothing, where that is so."""
    for failover in read.timeline.failovers:
        if failover.offset_lost:
            found = f"{failover.offset_lost} bytes lost when {failover.node} took over"
            yield Outcome(False, "no data lost", found, failover.evidence, (failover.node,))
    for finding in read.verdict.findings:
        if finding.code in LOSES_DATA and finding.severity != "info":
            yield Outcome(False, "no data lost", finding.summary, finding.evidence, finding.nodes)


def no_event(read: Read, matcher: Matcher, *, since: Mark | None = None) -> Outcome:
    """A matcher means no event."""
    means = matches(matcher)
    found = [event for event in read.events(since=since) if means(event)]
    sources = tuple(event.source or "" for event in found)
    return Outcome(not found, f"no {described(matcher)}", f"{len(found)}", evidence_of(*found), sources)


def decided(failover: Failover) -> tuple[Evidence, ...]:
    """The lines by which a failover is known."""
    because = failover.because
    return because.get("promoted") or because.get("elected") or failover.evidence


def _followers(read: Read, name: str | None) -> tuple[str, ...]:
    states = read.verdict.nodes.items()
    return tuple(
        sorted(
            node
            for node, state in states
            if state.role == "replica" and (name is None or state.primary == name)
        )
    )


def _touches(read: Read, finding: Finding, since: Mark | None) -> bool:
    """Whether any line of a finding came after a mark."""
    after = read.after(since)
    return since is None or any(after([line]) for line in finding.evidence)


def _about(read: Read, nodes: Sequence[str], *what: str) -> tuple[Evidence, ...]:
    """The lines that decided what is said of some servers."""
    states = [read.verdict.nodes[name] for name in nodes if name in read.verdict.nodes]
    return tuple(
        dict.fromkeys(line for state in states for each in what for line in state.because.get(each, ()))
    )


def _resync(resync: Resync) -> str:
    why = f" ({resync.why})" if resync.why else ""
    return f"{resync.replica or 'a replica'} from {resync.primary or 'its primary'}, {resync.outcome}{why}"
