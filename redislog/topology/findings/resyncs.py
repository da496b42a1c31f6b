"""Findings on full resyncs: those that repeat, that a setting would have spared, that are slow or stuck."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from redislog.node.history import Incident, NodeHistory, Point, Service
from redislog.timeline.values import Resync
from redislog.topology.findings.base import Proof, View, found, rule, size, span, times
from redislog.topology.values import Finding

_ADVICE = {
    "lack of backlog": "Set repl-backlog-size to more bytes than are written while a replica is away.",
    "replication ID mismatch": "The replica followed another primary before, or its primary restarted without its "
    "history, which makes every replica copy all data: let it save on shutdown, or fail over before a restart.",
    "offset ahead of the primary": "The replica holds writes that the primary does not: see which side is right.",
    "offset beyond the second replication ID": "The old primary took writes after its replica was promoted; they are lost.",
}
_CAUSES = {
    "client.output-buffer-limit": "the primary closes the link, as the replica's output buffer is full",
    "client.output-buffer-limit-closed": "the primary closes the link, as the replica's output buffer is full",
    "rdb.version-unsupported": "the replica cannot read the primary's snapshot format",
    "rdb.module-missing": "the replica lacks a module that the data needs",
    "rdb.module-aux-missing": "the replica lacks a module that the data needs",
    "rdb.checksum-wrong": "the snapshot arrives damaged",
    "replica.full-sync.tempfile-error": "the replica cannot write the snapshot to its disk",
    "replica.full-sync.disk-write-error": "the replica cannot write the snapshot to its disk",
    "replica.full-sync.rename-error": "the replica cannot write the snapshot to its disk",
    "rdb.bgsave-fork-error": "the primary cannot fork",
    "primary.full-sync.bgsave-failed": "the primary cannot make a snapshot",
    "primary.full-sync.bgsave-child-error": "the primary cannot make a snapshot",
    "primary.full-sync.diskless-error": "the primary's transfer fails",
    "replica.timeout-transfer": "the transfer times out (repl-timeout)",
    "primary.replica-timeout-full-sync": "the transfer times out (repl-timeout)",
    "primary.replica-timeout": "the replica does not answer in time (repl-timeout)",
    "replica.full-sync.primary-error": "the primary answers with an error",
    "crash.signal": "a server crashes",
    "memory.oom": "a server runs out of memory",
}
"""What can end a full resync, the most telling first."""
_SLOW = 30.0
_STUCK = 300.0


@rule(
    "full-resync-loop",
    "critical",
    meaning="A replica resyncs in full again and again and is not in sync; with the cause, where a log shows it.",
)
def full_resync_loop(view: View) -> Iterator[Finding]:
    """A replica that resyncs in full again and again."""
    for state in view.states.values():
        loop = view.loop_of(state)
        if not loop:
            continue
        cause = _cause(view, loop)
        first, last = loop[0], loop[-1]
        every = ""
        if first.begun is not None and last.begun is not None:
            period = (last.begun - first.begun) / (len(loop) - 1)
            every = f", every {span(period)}"
        why = f": {_CAUSES[cause.key]}" if cause is not None else ""
        proof: Proof = cause if cause is not None else next(iter(last.evidence[-1:]), None)
        made = found(
            "full-resync-loop",
            "critical",
            (state.name, last.primary),
            f"{state.name} began {len(loop)} full resyncs{every}, and is still not in sync{why}",
            f"End the cause: {_CAUSES[cause.key]}."
            if cause
            else "See why each one ended: buffer, time-out, disk, network.",
            next(iter(first.evidence[:1]), None),
            proof,
        )
        yield _between(made, first, last)


def _between(made: Finding, first: Resync, last: Resync) -> Finding:
    """A finding from the start of one resync to the end of another."""
    return attrs.evolve(made, start=first.started, end=last.ended)


def _cause(view: View, loop: list[Resync]) -> Incident | None:
    """The most telling line of either end while the loop ran."""
    begin, end = loop[0].begun, loop[-1].over if loop[-1].over is not None else loop[-1].begun
    if begin is None or end is None:
        return None
    low, high = begin - 1, end + 1
    both = [history for history in view.instant.nodes if history.name in (loop[-1].replica, loop[-1].primary)]
    for key in _CAUSES:
        for history in both:
            for incident in view.incidents(history, key):
                if (
                    view.time(history.name, incident.last) >= low
                    and view.time(history.name, incident.first) <= high
                ):
                    return incident
    return None


@rule(
    "avoidable-full-resync",
    "warning",
    "info",
    meaning="A replica that had a history copied all data anew, or has to, and why it could not go on from there. "
    "Info where the copy is done, or the replica is in sync or a primary since.",
    over=("info",),
)
def avoidable_full_resync(view: View) -> Iterator[Finding]:
    """Full resyncs of a replica that had a history, and why it could not go on from there."""
    alike: dict[tuple[str | None, str | None, str], list[Resync]] = {}
    for resync in view.resyncs:
        if resync.kind == "full" and resync.why in _ADVICE and _had_a_history(resync):
            alike.setdefault((resync.primary, resync.replica, resync.why), []).append(resync)
    for (primary, replica, why), resyncs in alike.items():
        if _is_in_loop(view, replica):
            continue
        first, last = resyncs[0], resyncs[-1]
        again = f" {times(len(resyncs))}" if len(resyncs) > 1 else ""
        copied = "copied" if any(resync.outcome == "done" for resync in resyncs) else "had to copy"
        made = found(
            "avoidable-full-resync",
            "info" if last.outcome == "done" or view.is_well(replica or "") else "warning",
            (primary, replica),
            f"{replica or 'a replica'} {copied} all data anew{again}: {why}",
            _ADVICE[why],
            *first.evidence,
        )
        yield _between(made, first, last)


def _had_a_history(resync: Resync) -> bool:
    """Whether a replica asked to go on from anywhere but the beginning: a new node of a Cluster has nothing yet."""
    return resync.requested_offset is None or resync.requested_offset > 1


@rule(
    "backlog-too-small",
    "warning",
    meaning="A replica came back too late for the backlog and had to copy all data; with the size that would have done.",
)
def backlog_too_small(view: View) -> Iterator[Finding]:
    """A backlog that no longer held what a replica lacked."""
    for history in view.instant.nodes:
        refused: dict[str, list[tuple[Service, Point, int | None]]] = {}
        for number, service in enumerate(history.services):
            if service.why is None or service.why[0] != "lack of backlog":
                continue
            if view.has_come(history.name, service.why[1]):
                replica, missed = _missed(view, history, number, service)
                refused.setdefault(replica, []).append((service, service.why[1], missed))
        for replica, refusals in refused.items():
            if _never_comes_back(view, replica):
                continue
            most = max((missed for _, _, missed in refusals if missed is not None), default=None)
            freed = [
                incident
                for incident in view.incidents(history, "primary.backlog-freed")
                if incident.last.order < refusals[-1][0].asked.order
            ]
            made = found(
                "backlog-too-small",
                "warning",
                (history.name, replica),
                f"{history.name} {times(len(refusals))} no longer had what {replica} lacked"
                + (f": {most} bytes" if most is not None else ""),
                _backlog_advice(most, freed=bool(freed)),
                Incident(refusals[0][1], refusals[-1][1], len(refusals)),
                *freed[-1:],
            )
            yield attrs.evolve(made, open=not view.is_well(replica or ""))


def _is_in_loop(view: View, replica: str | None) -> bool:
    """Whether a replica is in a loop, whose cause matters and not what each round says."""
    state = view.states.get(replica or "")
    return state is not None and bool(view.loop_of(state))


def _never_comes_back(view: View, replica: str) -> bool:
    """Whether a replica is in a loop no round of which is done: it lacks more each time, whatever the backlog holds."""
    state = view.states.get(replica)
    loop = view.loop_of(state) if state is not None else []
    return bool(loop) and all(resync.outcome != "done" for resync in loop)


def _missed(view: View, history: NodeHistory, number: int, service: Service) -> tuple[str, int | None]:
    """The replica, and how many bytes it lacked: from what it asked for to where its copy began."""
    joined = view.instant.joined
    end = (history.name, number)
    for (replica, attempt), served in joined.identity.joins.items():
        if served == end:
            offset = joined.nodes[replica].attempts[attempt].offset
            asked = service.requested_offset
            return (
                replica,
                offset - asked if offset is not None and asked is not None and offset > asked else None,
            )
    return view.name_of(service.replica), None


def _backlog_advice(missed: int | None, *, freed: bool) -> str:
    if freed:
        return "The backlog was freed while no replica was attached: raise repl-backlog-ttl, or set it to 0 (never)."
    if missed is None:
        return "Set repl-backlog-size to more bytes than are written while a replica is away."
    return (
        f"CONFIG SET repl-backlog-size {size(2 * missed)}: {size(missed)} would just have done (default 1mb)."
    )


_PHASE_ADVICE = {
    "handshake": "The primary answered late: see whether it was busy.",
    "diskless-delay": "The primary waits for more replicas: lower repl-diskless-sync-delay.",
    "wait_bgsave": "The replica waited for another snapshot to end: repl-diskless-sync yes lets it join the next at once.",
    "bgsave": "Writing the snapshot took the time: a faster disk, or repl-diskless-sync yes.",
    "transfer": "The transfer took the time: see the network between the two.",
    "wait_loading": "A thread had the snapshot: the main thread, which looks once a second, was busy.",
    "loading": "Loading took the time: keep repl-timeout and the replica's output buffer above it.",
}


@rule(
    "slow-sync",
    "info",
    meaning="A full resync that took half a minute or more, and the phase that took most of it.",
    over=("info",),
)
def slow_sync(view: View) -> Iterator[Finding]:
    """A full resync that took long."""
    for resync in view.resyncs:
        lengths = {phase.name: phase.seconds for phase in resync.phases if phase.seconds is not None}
        if resync.outcome != "done" or resync.kind != "full" or sum(lengths.values()) < _SLOW:
            continue
        name = max(lengths, key=lambda phase: lengths[phase])
        speed = ""
        if name == "transfer" and resync.bytes and lengths[name] > 0:
            speed = f", {size(resync.bytes / lengths[name])} a second"
        made = found(
            "slow-sync",
            "info",
            (resync.replica, resync.primary),
            f"{resync.replica or 'a replica'} took {sum(lengths.values()):.0f} s to sync in full, "
            f"{lengths[name]:.0f} s of it {name}{speed}",
            _PHASE_ADVICE[name],
            *resync.evidence[:1],
            *resync.evidence[-1:],
        )
        yield _between(made, resync, resync)


@rule(
    "sync-stuck",
    "critical",
    meaning="A full resync that has not ended five minutes after its last line: it waits, receives or loads.",
)
def sync_stuck(view: View) -> Iterator[Finding]:
    """A transfer or a load that does not end."""
    for history in view.instant.nodes:
        attempts = view.instant.attempts(history)
        last = attempts[-1] if attempts else None
        state = view.states[history.name]
        if (
            last is None
            or last.asked is None
            or state.in_sync
            or state.running is False
            or state.role != "replica"
        ):
            continue
        reached = [point for point in last.points if view.has_come(history.name, point)]
        if last.failed in reached or last.finished in reached:
            continue
        age = view.end - view.time(history.name, reached[-1])
        if age >= _STUCK:
            yield found(
                "sync-stuck",
                "critical",
                (history.name, state.primary),
                f"{history.name} has been in phase {state.phase or 'unknown'} for {age:.0f} s, with no end",
                "See whether both processes run and the network between them passes data; "
                "REPLICAOF to the same address starts the sync anew.",
                reached[-1],
            )


RULES = (full_resync_loop, avoidable_full_resync, backlog_too_small, slow_sync, sync_stuck)
