"""Assertions on what captures say; each raises `AssertionError` with what was expected, found, and decided.

``captures`` are what `redislog.replay` takes, or a `Timeline`, or a `Watcher`; ``log`` is one of these but a
`Timeline` (which keeps only events that changed something), or a text or lines as `redislog.parse` takes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NoReturn

from redislog.evidence import Evidence, evidence_of
from redislog.reading import Lines
from redislog.replaying import Timeline
from redislog.sources import Captures
from redislog.testing import expectations
from redislog.testing.expectations import Outcome
from redislog.testing.failing import failure
from redislog.testing.marks import Mark
from redislog.testing.matchers import Matcher, described, matches
from redislog.testing.reading import Read, read_captures, read_log
from redislog.testing.watcher import Watcher
from redislog.topology.values import Finding

__tracebackhide__ = True
__unittest = True  # by which unittest leaves a module's frames out of a failure's traceback

Log = Captures | Lines | Watcher
Seen = Captures | Timeline | Watcher


def assert_healthy(captures: Seen) -> None:
    """The verdict is ``healthy``: one running primary a group, every replica in sync, nothing critical open."""
    __tracebackhide__ = True
    read = read_captures(captures)
    _hold(read, expectations.status(read))


def assert_topology(captures: Seen, *, primary: str, replicas: Iterable[str]) -> None:
    """One server is the only primary, and the replicas that follow it are those named, whether in sync or not."""
    __tracebackhide__ = True
    read = read_captures(captures)
    _hold(read, expectations.primary(read, primary))
    _hold(read, expectations.replicas_of(read, primary, replicas))


def assert_in_sync(captures: Seen, replica: str, *, primary: str | None = None) -> None:
    """A replica is in sync, with the primary named if one is."""
    __tracebackhide__ = True
    read = read_captures(captures)
    _hold(read, expectations.in_sync(read, replica, of=primary))


def assert_events(
    log: Log, matchers: Sequence[Matcher], *, in_order: bool = True, since: Mark | None = None
) -> None:
    """Each matcher means an event of its own; in the order given, if ``in_order``, which is each server's own order."""
    __tracebackhide__ = True
    read = read_log(log)
    wanted = [matches(matcher) for matcher in matchers]
    events = list(read.events(since=since))
    position = 0
    used: set[int] = set()
    for number, (matcher, means) in enumerate(zip(matchers, wanted, strict=True)):
        start = position if in_order else 0
        at = next((i for i in range(start, len(events)) if i not in used and means(events[i])), None)
        if at is None:
            before = evidence_of(events[position - 1]) if in_order and position else ()
            after = f" after {described(matchers[number - 1])}" if before else ""
            found = f"none{after}{_elsewhere(read, matcher, in_order)}"
            _fail(read, f"{described(matcher)} (number {number + 1} of {len(matchers)})", found, before)
        used.add(at)
        position = at + 1


def assert_no(log: Log, matcher: Matcher, *, since: Mark | None = None) -> None:
    """A matcher means no event."""
    __tracebackhide__ = True
    read = read_log(log)
    _hold(read, expectations.no_event(read, matcher, since=since))


def assert_resyncs(
    captures: Seen, *, full: int | None = None, partial: int | None = None, since: Mark | None = None
) -> None:
    """So many resyncs began, full and partial, whether they succeeded or not; only those that began after a mark.

    What is None is not looked at.
    """
    __tracebackhide__ = True
    read = read_captures(captures)
    for kind, wanted in (("full", full), ("partial", partial)):
        if wanted is not None:
            _hold(read, expectations.resyncs(read, kind, wanted, since=since))


def assert_failovers(
    captures: Seen,
    *,
    count: int | None = None,
    planned: bool | None = None,
    within: float | None = None,
    since: Mark | None = None,
) -> None:
    """So many failovers; all of them planned, or none, if that is said; each without a primary for no longer.

    ``within`` is the most seconds without a primary; a failover whose logs do not say how long it was has none
    that would do. Only those after a mark count.
    """
    __tracebackhide__ = True
    read = read_captures(captures)
    if count is not None:
        _hold(read, expectations.failovers(read, count, since=since))
    for each in expectations.failovers_after(read, since):
        if planned is not None:
            _hold(read, expectations.was_planned(each, planned))
        if within is not None:
            _hold(read, expectations.was_short(each, within))


def assert_no_data_lost(captures: Seen) -> None:
    """No log shows that bytes of a primary's stream were lost: none that a new primary never had, none of a split.

    Nothing is shown where the old primary's log is missing or cut: hand over all logs.
    """
    __tracebackhide__ = True
    read = read_captures(captures)
    for outcome in expectations.no_data_lost(read):
        _hold(read, outcome)


def unresolved(log: Log) -> tuple[Finding, ...]:
    """The failures that a log does not show healed: findings, warning or worse, that are open at its end."""
    return tuple(
        finding for finding in read_log(log).verdict.findings if finding.severity != "info" and finding.open
    )


def count(log: Log, matcher: Matcher, *, since: Mark | None = None) -> int:
    """How many events of a log a matcher means; only those after a mark."""
    return read_log(log).count(matcher, since=since)


def mark(log: Log) -> Mark:
    """How far a log has come."""
    return read_log(log).mark()


def _hold(read: Read, outcome: Outcome) -> None:
    __tracebackhide__ = True
    if not outcome.ok:
        _fail(read, outcome.expected, outcome.found, outcome.evidence, outcome.nodes)


def _fail(
    read: Read, expected: str, found: str, evidence: Iterable[Evidence], nodes: Sequence[str] = ()
) -> NoReturn:
    __tracebackhide__ = True
    raise AssertionError(failure(expected, found, evidence, read.watcher, verdict=read.verdict, nodes=nodes))


def _elsewhere(read: Read, matcher: Matcher, in_order: bool) -> str:
    """How many there are in the whole log, where that tells more."""
    if not in_order:
        return ""
    all_in_all = read.count(matcher)
    return f"; {all_in_all} elsewhere in the log" if all_in_all else ""
