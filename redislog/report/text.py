"""Text for terminals: 80 columns, no colour needed, nothing that a log could smuggle in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from redislog.events.base import Event, own_fields
from redislog.timeline.values import ClockOffset, Failover, Moment, Resync, Route
from redislog.topology.values import Coverage, Finding, NodeState, Verdict

if TYPE_CHECKING:
    from redislog.topology.whois import Subject

WIDTH = 80
_SILENT = 300.0
"""Seconds after which it is said how old a server's last line is."""


def printable(text: str) -> str:
    r"""Text that cannot command a terminal: everything unprintable is escaped.

    >>> printable("red \x1b[31m")
    'red \\x1b[31m'
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text
    )


def summary(verdict: Verdict) -> str:
    """A verdict in a few lines: status, nodes, findings, coverage."""
    return "\n".join(_summary_lines(verdict))


def verdict_report(
    verdict: Verdict,
    resyncs: Iterable[Resync],
    clocks: Iterable[ClockOffset],
    failovers: Iterable[Failover] = (),
    routes: Iterable[Route] = (),
    *,
    verbose: bool = False,
) -> str:
    """All that the command ``redislog verdict`` prints."""
    lines = [*_headline(verdict), "", *_node_table(verdict)]
    if resync_lines := [line for resync in resyncs for line in _resync(resync)]:
        lines += ["", "resyncs", *resync_lines]
    if failover_lines := [line for failover in failovers for line in _failover(failover)]:
        lines += ["", "failovers", *failover_lines]
    if route_lines := [_route(route) for route in routes]:
        lines += ["", "clients", *route_lines]
    if clock_lines := [_clock(clock) for clock in clocks]:
        lines += ["", "clocks", *clock_lines]
    if verdict.findings:
        lines += ["", "findings", *(line for finding in verdict.findings for line in _finding(finding))]
    if verbose:
        lines += ["", "evidence", *_evidence(verdict)]
    lines += ["", *_coverage(verdict.coverage)]
    return "\n".join(lines)


def _summary_lines(verdict: Verdict) -> Iterator[str]:
    yield from _headline(verdict)
    for state in verdict.nodes.values():
        yield wrapped(f"  {_sentence(state)}", "    ")
    for finding in verdict.findings:
        yield wrapped(f"  {finding.severity}: {printable(finding.summary)}", "    ")


def _headline(verdict: Verdict) -> Iterator[str]:
    when = f" at {verdict.at.isoformat(sep=' ')}" if verdict.at else ""
    if len(verdict.groups) == 1:
        group = verdict.groups[0]
        who = f"primary {group.primary}, " if group.primary else ""
        yield wrapped(printable(f"{verdict.status}{when}: {who}{group.reason}"), "  ")
        return
    yield f"{verdict.status}{when}: {len(verdict.groups)} groups"
    for group in verdict.groups:
        who = f"primary {group.primary}, " if group.primary else ""
        yield wrapped(printable(f"  {group.status}: {who}{group.reason}"), "    ")


def _sentence(state: NodeState) -> str:
    parts = [f"{state.name}: {state.role}"]
    if state.running is False:
        parts.append("down")
    elif state.running is None:
        parts.append("perhaps down")
    if state.role == "replica":
        parts.append(f"of {state.primary}" if state.primary else "of an unknown primary")
        parts.append(_in_sync(state))
    if known := [address for address in state.addresses if address != state.name]:
        parts.append(f"known as {', '.join(known)}")
    return printable(" ".join(parts[:2]) + "".join(f", {part}" for part in parts[2:]))


def _in_sync(state: NodeState) -> str:
    if state.in_sync is None:
        return "sync unknown"
    words = "in sync" if state.in_sync else f"not in sync ({state.phase or state.link})"
    return words + (" (deduced)" if state.basis.get("in_sync") == "deduced" else "")


def _node_table(verdict: Verdict) -> Iterator[str]:
    rows = [("node", "role", "link", "in sync", "address")]
    for state in verdict.nodes.values():
        down = {True: "", False: " (down)", None: " (down?)"}[state.running]
        sync = {True: "yes", False: "no", None: "unknown" if state.role == "replica" else ""}[state.in_sync]
        link = "" if state.running is False else state.phase or state.link or ""
        mark = "~" if state.basis.get("in_sync") == "deduced" else ""
        rows.append((printable(state.name), state.role + down, link, sync + mark, _addresses(state)))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row[:4], widths, strict=True)]
        yield ("  " + "  ".join([*cells, row[4]])).rstrip()
    if any("~" in cell for row in rows for cell in row[3:]):
        yield "  ~ deduced from several lines (-v shows them)"
    silent = [
        f"{state.name} {state.last_seen:%H:%M:%S} ({timedelta(seconds=round(state.silent_for))} earlier)"
        for state in verdict.nodes.values()
        if state.last_seen is not None and state.silent_for is not None and state.silent_for >= _SILENT
    ]
    if silent:
        yield wrapped(printable(f"  last lines before the last of all: {', '.join(silent)}"), "    ")


def _addresses(state: NodeState) -> str:
    known = [
        address + ("~" if state.basis.get(address) == "deduced" else "")
        for address in state.addresses
        if address != state.name
    ]
    if state.candidates:
        known.append(f"({' or '.join(state.candidates)}?)")
    return printable(" ".join(known))


def _resync(resync: Resync) -> Iterator[str]:
    when = resync.started.strftime("%H:%M:%S.%f")[:-3] if resync.started else "?"
    replica = resync.replica or "one of several replicas"
    ends = f"{replica} from {resync.primary or 'an unknown primary'}"
    yield wrapped(printable(f"  {when} {resync.kind}, {resync.outcome}: {ends}"), "    ")
    details = [
        f"why: {resync.why}" if resync.why else "",
        f"{resync.bytes} bytes" if resync.bytes is not None else "",
        f"offset {resync.offset}" if resync.offset is not None else "",
        f"of {resync.replid}" if resync.replid else "",
    ]
    if any(details):
        yield wrapped("    " + printable(", ".join(filter(None, details))), "    ")
    lengths = [f"{phase.name} {phase.seconds:.3f} s" for phase in resync.phases if phase.seconds is not None]
    if lengths:
        yield wrapped("    " + ", ".join(lengths), "    ")


def _failover(failover: Failover) -> Iterator[str]:
    yield wrapped(
        printable(
            f"  {_time(failover.promoted)} {failover.node} took over from {failover.old_primary or 'an unknown primary'}"
        ),
        "    ",
    )
    steps = [
        f"{name} {_time(moment)}"
        for name, moment in (
            ("requested", failover.requested),
            ("suspected", failover.suspected),
            ("detected", failover.detected),
            ("elected", failover.elected),
            ("first replica", failover.attached),
        )
        if moment is not None
    ]
    without, lost = failover.seconds_without_primary, failover.offset_lost
    details = [
        {True: "planned", False: "not planned", None: ""}[failover.planned],
        f"asked by {failover.asked_by}" if failover.asked_by else "",
        f"{without:.3f} s without a primary" if without is not None else "",
        f"{lost} bytes lost" if lost is not None else "",
    ]
    for words in (steps, [each for each in details if each]):
        if words:
            yield wrapped("    " + printable(", ".join(words)), "    ")


def _route(route: Route) -> str:
    since = f" since {route.start.strftime('%H:%M:%S')}" if route.start is not None else ""
    until = f" until {route.end.strftime('%H:%M:%S')}" if route.end is not None else ""
    sent = "sent" if route.over else "sends"
    node = f" ({route.node})" if route.node is not None else ""
    mark = "~" if "deduced" in route.basis.values() else ""
    return wrapped(
        printable(f"  {route.proxy} {sent} them to {route.server}{node}{mark}{since}{until}"), "    "
    )


def _time(moment: Moment | None) -> str:
    at = moment.at if moment is not None else None
    return at.strftime("%H:%M:%S.%f")[:-3] if at is not None else "?"


def _clock(clock: ClockOffset) -> str:
    low = "?" if clock.low is None else f"{clock.low * 1000:+.0f}"
    high = "?" if clock.high is None else f"{clock.high * 1000:+.0f}"
    return wrapped(printable(f"  {clock.node} minus {clock.reference}: {low} to {high} ms"), "    ")


def _finding(finding: Finding) -> Iterator[str]:
    yield wrapped(f"  {finding.severity} {finding.code}: {printable(finding.summary)}", "    ")
    yield wrapped(f"    {printable(finding.advice)}", "    ")
    for line in finding.evidence:
        yield wrapped(f"    {printable(str(line))}", "      ")


def _evidence(verdict: Verdict) -> Iterator[str]:
    for state in verdict.nodes.values():
        for what, lines in state.because.items():
            if lines:
                yield printable(f"  {state.name}: {what} ({state.basis.get(what, 'stated')})")
            for line in lines:
                yield wrapped(f"    {printable(str(line))}", "      ")


def _coverage(coverage: Coverage) -> Iterator[str]:
    damaged = f" ({coverage.damaged} damaged)" if coverage.damaged else ""
    yield (
        f"{coverage.lines} lines: {coverage.recognised} recognised{damaged}, "
        f"{coverage.unrecognized} unrecognized, {coverage.foreign} foreign"
    )
    for lack in coverage.missing:
        yield wrapped(printable(lack), "  ")


def whois_report(subjects: Iterable[Subject]) -> Iterator[str]:
    """All that the command ``redislog whois`` prints."""
    for subject in subjects:
        yield printable(f"{subject.name} ({subject.kind})")
        for alias in subject.aliases:
            words = {"unknown": "possible, others fit as well"}.get(alias.basis, alias.basis)
            span = f", since {alias.since}" if alias.since is not None else ""
            span += f", until {alias.until}" if alias.until is not None else ""
            yield wrapped(printable(f"  {alias.kind} {alias.value}: {words}{span}"), "    ")
            for line in alias.evidence:
                yield wrapped(f"    {printable(str(line))}", "      ")


def event_details(event: Event) -> str:
    """One line for one event: where it stands, its key and its values."""
    values = "".join(f" {field.name}={getattr(event, field.name)!r}" for field in own_fields(type(event)))
    marks = " (damaged)" if event.damaged else ""
    shown = values if event.key not in ("unrecognized", "foreign") else f" {event.message!r}"
    return printable(f"{event.source or '-'}:{event.line_number} {event.key}{marks}{shown}")


def timeline_report(events: Iterable[Event], clocks: Iterable[ClockOffset]) -> Iterator[str]:
    """All that the command ``redislog timeline`` prints."""
    shown = list(events)
    for clock in clocks:
        yield f"# {_clock(clock).strip()}"
    width = max((len(printable(event.source or "")) for event in shown), default=0)
    day: str | None = None
    for event in shown:
        stamp = event.header.stamp or "-"
        at = event.at or (event.header.collected if event.CATEGORY == "sidecar" else None)
        if at is not None:
            today = _day(at)
            if today != day:
                day = today
                yield day
            stamp = at.strftime("%H:%M:%S.%f")[:-3]
        name = printable(event.source or "").ljust(width)
        yield from textwrap.wrap(
            f"{stamp} {name} {event.flag or '-'} {printable(event.message)}",
            WIDTH,
            subsequent_indent=" " * 6,
            break_on_hyphens=False,
        )


def _day(at: datetime) -> str:
    return at.strftime("%Y-%m-%d")


def wrapped(text: str, indent: str) -> str:
    """Text folded at `WIDTH` columns, the lines after the first indented."""
    return "\n".join(
        textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)
    )
