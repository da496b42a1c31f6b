"""`canonical`: what happened, as a text for golden files that no other run of the same story changes.

Times, process IDs, replication IDs and ports differ from run to run, and wordings from version to version; who
was what, who synced with whom and why, and how it ended do not. So each server's story is told by itself, in its own
order: which of two servers was faster is left to chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from redislog.grammar.stamps import seconds
from redislog.node.history import NodeHistory, Point
from redislog.replaying import Timeline
from redislog.sources import Captures
from redislog.testing.reading import Read, read_captures
from redislog.testing.watcher import Watcher
from redislog.timeline.values import Failover, Resync

_Step = tuple[float, int, str]
"""When something happened on a server's own clock, in seconds; a rank within one moment; what it was."""


def canonical(captures: Captures | Timeline | Watcher) -> str:
    """What happened, one line each: every server's runs, roles and syncs, the failovers, the verdict.

    ``captures`` are what `redislog.replay` takes, or a `Timeline`, or a `Watcher`. Addresses that no log is known by
    are called ``address-1``, ``address-2``, ... in the order in which they are named. Lines that repeat the one before
    them are counted.

    >>> print(canonical({"a": "1:M 29 May 2023 07:49:04.507 * Ready to accept connections"}))
    a
      primary
    verdict
      healthy: primary a
    """
    return "\n".join(_Story(read_captures(captures)).lines())


class _Story:
    """One timeline, and the names of the addresses in it."""

    def __init__(self, read: Read) -> None:
        self._timeline = read.timeline
        self._verdict = read.verdict
        self._addresses: dict[str, str] = {}

    def lines(self) -> Iterator[str]:
        histories = self._timeline.joined.nodes
        for name in sorted(histories):
            yield name
            yield from _folded(text for _, _, text in sorted(self._steps(histories[name])))
        if failovers := self._timeline.failovers:
            yield "failovers"
            yield from (f"  {self._failover(each)}" for each in failovers)
        yield "verdict"
        yield from self._judged()

    def _steps(self, history: NodeHistory) -> Iterator[_Step]:
        """What happened to a server, each with its time: a role that was taken before a sync that it made needed."""
        starts = [run.start for run in history.runs if run.start is not None]
        yield from ((self._at(start, history), 0, "starts again") for start in starts[1:])
        for run in history.runs:
            if run.end is not None and run.ended_by in ("stop", "crash"):
                yield self._at(run.end, history), 0, {"stop": "stops", "crash": "crashes"}[str(run.ended_by)]
        for role in self._timeline.roles:
            if role.node == history.name and role.role != "unknown":
                yield _time(role.start), 1, role.role
        for resync in self._timeline.resyncs:
            if resync.replica == history.name:
                yield _time(resync.started), 2, self._resync(resync)

    def _at(self, point: Point, history: NodeHistory) -> float:
        return _time(self._timeline.joined.dating.when(point, history.name))

    def _resync(self, resync: Resync) -> str:
        why = f" ({resync.why})" if resync.why else ""
        return f"{resync.kind} resync from {self._name(resync.primary)}: {resync.outcome}{why}"

    def _failover(self, failover: Failover) -> str:
        planned = {True: "planned", False: "not planned", None: "by an unknown cause"}[failover.planned]
        lost = ", data lost" if failover.offset_lost else ""
        return f"{failover.node} from {self._name(failover.old_primary)}, {planned}{lost}"

    def _judged(self) -> Iterator[str]:
        verdict = self._verdict
        who = " and ".join(map(self._name, verdict.primaries))
        yield f"  {verdict.status}: primary {who}" if who else f"  {verdict.status}"
        for name, state in sorted(verdict.nodes.items()):
            if state.role == "replica":
                sync = {True: "in sync", False: "not in sync", None: "unknown whether in sync"}[state.in_sync]
                yield f"  {self._name(name)}: replica of {self._name(state.primary)}, {sync}"
        severe = {f"{each.severity} {each.code}" for each in verdict.findings if each.severity != "info"}
        yield from (f"  {each}" for each in sorted(severe))

    def _name(self, name: str | None) -> str:
        if name is None:
            return "an unknown server"
        if name in self._timeline.joined.nodes:
            return name
        return self._addresses.setdefault(name, f"address-{len(self._addresses) + 1}")


def _time(at: datetime | None) -> float:
    return seconds(at) if at is not None else float("-inf")


def _folded(texts: Iterable[str]) -> Iterator[str]:
    """Lines, those that repeat the one before them counted."""
    last, count = "", 0
    for text in (*texts, ""):
        if text == last:
            count += 1
            continue
        if last:
            yield f"  {last}" + (f" x{count}" if count > 1 else "")
        last, count = text, 1
