"""All that ``redislog verdict`` shows, in the order of what a tired person needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from redislog.evidence import Evidence, first_stamp
from redislog.matching import wording_of
from redislog.node.tables import RUNS
from redislog.report.overview import Overview, headline
from redislog.report.page import EMPTY, Block, Meaning, Paragraph, Piece, Table, paragraph, section
from redislog.report.words import ReplicationIds, ago, clock, listed, since
from redislog.timeline.values import ClockOffset, Failover, Resync, Route, SlotMigration
from redislog.topology.values import Coverage, Finding, NodeState, Severity, Verdict

_LAST = 5
"""How many resyncs are shown, the last of them."""
_SILENT = 300.0
"""Seconds after which it is said how old a server's last line is."""
_OFF = 0.1
"""Seconds from which on it is said how far a clock is off."""
_NO_SERVER_LINE = ": no line of a Redis server"
_NO_SERVERS = (
    "haproxy",
    "exporter",
    "metrics",
    "init",
    "fix",
    "proxy",
    "sidecar",
    "copyutil",
    "reloader",
    "auth",
)
"""Words in the names of containers that never print a server's line."""
_COLOURS: dict[Severity, Meaning] = {"critical": "critical", "warning": "warning", "info": "info"}

Fits = Callable[[list[Block]], bool]
"""Whether blocks fit on a first screen."""


def verdict_page(overview: Overview, fits: Fits, *, verbose: bool = False) -> list[Block]:
    """The whole page; the headline, findings and servers stand on the first screen if they can.

    Where findings with what to do and a line of proof do not fit there, each is told in short first, and in full below the servers.
    """
    verdict = overview.verdict
    severe = [each for each in verdict.findings if each.severity != "info"]
    begin, servers = [headline(overview)], [EMPTY, *_servers(verdict)]
    full: list[Block] = [EMPTY, *_each(_in_full(each, verbose=verbose) for each in severe)] if severe else []
    page = [*begin, *full, *servers]
    if severe and not verbose and not fits(page):
        short = [EMPTY, *(_in_short(each) for each in severe)]
        page = [*begin, *short, *servers, *section("findings", full[1:])]
    page += section("failovers", _each(_failover(each) for each in overview.failovers))
    page += section("slot migrations", _each(_migration(each) for each in overview.slot_migrations))
    page += _resyncs(overview, verbose=verbose)
    page += section("for your information", _infos(verdict, verbose=verbose))
    page += section("clients", _routes(overview.routes))
    page += section("clocks", _clocks(overview.clocks, verbose=verbose))
    if verbose:
        page += section("evidence", _evidence(verdict))
    return [*page, EMPTY, *_coverage(verdict.coverage, verbose=verbose)]


def _each(blocks: Iterable[Iterable[Block]]) -> Iterator[Block]:
    return (block for several in blocks for block in several)


def _title(finding: Finding) -> Piece:
    return Piece(f"{finding.severity} {finding.code}", _COLOURS[finding.severity])


def _when(finding: Finding) -> str:
    if finding.open:
        return since(finding.start, finding.evidence)
    stamp = f"{finding.start:%H:%M:%S}" if finding.start is not None else first_stamp(finding.evidence)
    return f" {stamp}, over" if stamp is not None else ", over"


def _in_short(finding: Finding) -> Paragraph:
    return paragraph(_title(finding), f"{_when(finding)}: {finding.summary}", lines=1)


def _in_full(finding: Finding, *, verbose: bool) -> Iterator[Block]:
    """What, what to do, and the line that decided; all of them where that is wished."""
    yield paragraph(_title(finding), f"{_when(finding)}: {finding.summary}")
    yield paragraph(finding.advice, indent=2, hanging=2)
    lines = finding.evidence if verbose else _telling(finding.evidence)
    for line in lines:
        yield paragraph(Piece(str(line), "faint"), indent=2, lines=None if verbose else 1)


def _telling(lines: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The last line; one that every start prints shows no more than the role letter that it has."""
    for line in reversed(lines):
        wording = wording_of(line.text)
        if wording is None or RUNS.get(wording.key) != "starting":
            return (line,)
    return lines[-1:]


def _servers(verdict: Verdict) -> Iterator[Block]:
    """Every server, and how old the last line is of those that are silent."""
    rows = [tuple(Piece(title, "faint") for title in ("node", "role", "link", "in sync", "address"))]
    rows += [_row(state) for state in verdict.nodes.values()]
    yield Table(tuple(rows))
    if any("~" in cell.text for row in rows for cell in row[3:]):
        yield paragraph(Piece("~ deduced from several lines (-v shows them)", "faint"), indent=2)
    silent = [
        f"{state.name} {state.last_seen:%H:%M:%S} ({ago(state.silent_for)} earlier)"
        for state in verdict.nodes.values()
        if state.last_seen is not None and state.silent_for is not None and state.silent_for >= _SILENT
    ]
    if silent:
        yield paragraph(f"last lines before the last of all: {', '.join(silent)}", indent=2)


def _row(state: NodeState) -> tuple[Piece, ...]:
    down = {True: "", False: " (down)", None: " (down?)"}[state.running]
    sync = {True: "yes", False: "no", None: "unknown" if state.role == "replica" else ""}[state.in_sync]
    link = "" if state.running is False else state.phase or state.link or ""
    mark = "~" if state.basis.get("in_sync") in ("deduced", "likely") else ""
    colours: dict[bool | None, Meaning] = {True: "good", False: "critical", None: "unknown"}
    return (
        Piece(state.name, "name"),
        Piece(state.role + down, "critical" if down else ""),
        Piece(link, "" if link in ("", "connected") else "warning"),
        Piece(sync + mark, colours[state.in_sync] if sync else ""),
        Piece(_addresses(state)),
    )


def _addresses(state: NodeState) -> str:
    known = [
        address + ("~" if state.basis.get(address) in ("deduced", "likely") else "")
        for address in state.addresses
        if address != state.name
    ]
    if state.candidates:
        known.append(f"({' or '.join(state.candidates)}?)")
    return " ".join(known)


def _failover(failover: Failover) -> Iterator[Block]:
    old = failover.old_primary or "an unknown primary"
    told = failover.because
    when = clock(failover.promoted, told.get("promoted", ()))
    yield paragraph(f"{when} {failover.node} took over from {old}", indent=2)
    at_steps = [
        ("requested", failover.requested, told.get("requested", ())),
        ("suspected", failover.suspected, told.get("suspected", ())),
        ("detected", failover.detected, told.get("detected", ())),
        ("elected", failover.elected, told.get("elected", ())),
        ("first replica", failover.attached, told.get("attached", ())),
    ]
    steps = [
        f"{name} {clock(at, lines)}"
        for name, at, lines in sorted(at_steps, key=lambda step: (step[1] is None, step[1]))
        if at is not None or first_stamp(lines) is not None
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
            yield paragraph(", ".join(words), indent=4)


def _migration(migration: SlotMigration) -> Iterator[Block]:
    """Both ends and how it ended; how long it took, and how long writes were paused."""
    ends = f"{migration.source or 'an unknown node'} to {migration.target or 'an unknown node'}"
    colours: dict[str, Meaning] = {
        "done": "good",
        "failed": "critical",
        "cancelled": "warning",
        "open": "warning",
    }
    outcome = Piece(migration.outcome, colours[migration.outcome])
    yield paragraph(
        f"{clock(migration.started, migration.evidence)} slots {migration.slots} from {ends}: ",
        outcome,
        indent=2,
    )
    took, paused = migration.seconds, migration.seconds_paused
    details = [
        f"{took:.3f} s" if took is not None else "",
        f"writes paused for {paused:.3f} s" if paused is not None else "",
        migration.reason or "",
    ]
    if any(details):
        yield paragraph(", ".join(each for each in details if each), indent=4, hanging=4)


def _resyncs(overview: Overview, *, verbose: bool) -> list[Block]:
    """The last resyncs, and how many there are."""
    found = overview.resyncs
    shown = found if verbose else found[-_LAST:]
    ids = ReplicationIds(
        [each.replid for each in found] + [state.replid for state in overview.verdict.nodes.values()]
    )
    title = f"resyncs (the last {len(shown)} of {len(found)})" if len(shown) < len(found) else "resyncs"
    return section(title, _each(_resync(each, ids) for each in shown))


def _resync(resync: Resync, ids: ReplicationIds) -> Iterator[Block]:
    replica = resync.replica or "one of several replicas"
    colours: dict[str, Meaning] = {"done": "good", "failed": "critical", "open": "warning"}
    outcome = Piece(resync.outcome, colours[resync.outcome])
    yield paragraph(
        f"{clock(resync.started, resync.evidence)} {resync.kind}, ",
        outcome,
        f": {replica} from {resync.primary or 'an unknown primary'}",
        indent=2,
    )
    details = [
        f"why: {resync.why}" if resync.why else "",
        f"{resync.bytes} bytes" if resync.bytes is not None else "",
        f"offset {resync.offset}" if resync.offset is not None else "",
        f"of {ids.short(resync.replid)}" if resync.replid else "",
        *(f"{each.name} {each.seconds:.3f} s" for each in resync.phases if each.seconds),
    ]
    if any(details):
        yield paragraph(", ".join(filter(None, details)), indent=4, hanging=4)


def _infos(verdict: Verdict, *, verbose: bool) -> Iterator[Block]:
    """Findings that explain, a line each; those of one code are counted."""
    infos = [each for each in verdict.findings if each.severity == "info"]
    if verbose:
        yield from _each(_in_full(each, verbose=True) for each in infos)
        return
    for code, alike in groupby(infos, key=lambda each: each.code):
        first, *others = alike
        more = f" (and {len(others)} more)" if others else ""
        room = paragraph(Piece(code, "info"), f"{more}: {first.summary}", indent=2, lines=1)
        yield room


def _routes(routes: Iterable[Route]) -> Iterator[Block]:
    """Where HAProxy sends the clients, the proxies that send them alike together."""
    alike: dict[tuple[str, str | None, bool, str], list[Route]] = {}
    for route in routes:
        mark = "~" if "deduced" in route.basis.values() else ""
        alike.setdefault((route.server, route.node, route.over, mark), []).append(route)
    for (server, node, over, mark), its in alike.items():
        proxies = list(dict.fromkeys(route.proxy for route in its))
        starts = [route.start for route in its if route.start is not None]
        ends = [route.end for route in its if route.end is not None]
        begun = since(min(starts)) if starts else ""
        ended = f" until {max(ends):%H:%M:%S}" if ends and over else ""
        verb = "sent" if over else "sends" if len(proxies) == 1 else "send"
        meant = f" ({node})" if node is not None else ""
        yield paragraph(f"{listed(proxies)} {verb} them to {server}{meant}{mark}{begun}{ended}", indent=2)


def _clocks(clocks: Iterable[ClockOffset], *, verbose: bool) -> Iterator[Block]:
    """The clocks that are off by more than a little."""
    for each in clocks:
        if verbose or abs(each.estimate) > _OFF:
            low = "?" if each.low is None else f"{each.low * 1000:+.0f}"
            high = "?" if each.high is None else f"{each.high * 1000:+.0f}"
            yield paragraph(f"{each.node} minus {each.reference}: {low} to {high} ms", indent=2)


def _evidence(verdict: Verdict) -> Iterator[Block]:
    for state in verdict.nodes.values():
        rows = {str(what): each.row for what, each in verdict.decisions.get(state.name, {}).items()}
        for what, lines in state.because.items():
            if lines:
                row = f"; {rows[what]}" if rows.get(what) else ""
                basis = state.basis.get(what, "stated")
                yield paragraph(f"{state.name}: {what} ({basis}{row})", indent=2)
            for line in lines:
                yield paragraph(Piece(str(line), "faint"), indent=4)


def _coverage(coverage: Coverage, *, verbose: bool) -> Iterator[Block]:
    remarks = [(coverage.damaged, "damaged"), (coverage.weaker, "without their own whole heads")]
    said = ", ".join(f"{count} {what}" for count, what in remarks if count)
    yield paragraph(
        f"{coverage.lines} lines: {coverage.recognised} recognised{f' ({said})' if said else ''}, "
        f"{coverage.unrecognized} unrecognized, {coverage.foreign} foreign"
    )
    for lack in coverage.missing:
        if verbose or not _is_expected(lack):
            yield paragraph(lack, lines=None if verbose else 2)


def _is_expected(lack: str) -> bool:
    """Whether a container without a server's line is one that never has any."""
    name = lack.removesuffix(_NO_SERVER_LINE)
    return name != lack and any(word in name.lower().replace("/", "-").split("-") for word in _NO_SERVERS)
