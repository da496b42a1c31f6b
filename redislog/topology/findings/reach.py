"""Findings on replicas that do not get to their primary: not reached, refused, in a circle, in a chain."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from redislog.node.history import NodeHistory, run_at, span_at
from redislog.topology.findings.base import View, found, rule, times, while_behind
from redislog.topology.values import Finding

_REASONS = (
    (re.compile(r"refused", re.IGNORECASE), "nothing listens there (connection refused)"),
    (
        re.compile(r"timed out|timeout", re.IGNORECASE),
        "no answer (timed out): a firewall, or a host that is down",
    ),
    (re.compile(r"no route|unreachable", re.IGNORECASE), "there is no route to it"),
    (
        re.compile(r"not known|resolution|does not resolve|no address", re.IGNORECASE),
        "its name is not found",
    ),
    (
        re.compile(r"reset by peer|broken pipe|closed", re.IGNORECASE),
        "it, or a proxy before it, closed the connection",
    ),
)
_NOT_REACHED = {"replica.connect-error", "replica.connect-failed", "replica.timeout-connecting"}
_NO_ANSWER = {
    "replica.handshake.ping-error",
    "replica.handshake.ping-io-error",
    "replica.handshake.no-reply",
    "replica.handshake.read-error",
    "replica.handshake.send-error",
    "replica.handshake.write-error",
    "replica.psync-no-reply",
}
"""What ends an attempt that reached something, and got no answer from it; unless the answer is that a password is wanted."""
_AUTH = re.compile(r"NOAUTH|NOPERM|WRONGPASS|invalid password|invalid username|operation not permitted")
_AUTH_KEYS = (
    "replica.handshake.ping-error",
    "replica.handshake.auth-failed",
    "replica.handshake.no-listening-port",
    "replica.handshake.no-ip-address",
    "replica.handshake.no-capa",
    "replica.handshake.no-version",
    "replica.psync-unsupported",
    "replica.full-sync.primary-error",
)
_NO_LINK_KEYS = ("replica.psync-try-later", "replica.psync-unsupported", "replica.full-sync.primary-error")


@rule(
    "primary-unreachable",
    "critical",
    "info",
    meaning="A replica's last attempts did not reach its primary: refused, timed out, no route, name not found, no answer. Info where "
    "it took over since.",
    over=("info",),
)
def primary_unreachable(view: View) -> Iterator[Finding]:
    """A replica whose last attempts did not reach its primary."""
    for history in view.instant.nodes:
        attempts = view.instant.attempts(history)
        under_way = attempts.pop() if attempts and _is_under_way(view, history) else None
        last = attempts[-1] if attempts else None
        if last is not None and last.primary is None and under_way is not None:
            last = attrs.evolve(last, primary=under_way.primary)  # its own line is cut off
        run = run_at(history.runs, view.instant.on(history.name))
        if last is None or last.primary is None or last.failed is None or run is None or not run.notices:
            continue
        state = view.states[history.name]
        failed = last.failed.event
        silent = failed.key in _NO_ANSWER and _AUTH.search(failed.message) is None
        if not (silent or failed.key in _NOT_REACHED) or not view.has_come(history.name, last.failed):
            continue
        took_over = history.in_cluster and state.role == "primary" and state.running is True
        if not took_over and (state.role != "replica" or state.in_sync or state.running is False):
            continue
        why = next((words for form, words in _REASONS if form.search(failed.message)), failed.message)
        yield found(
            "primary-unreachable",
            "info" if took_over else "critical",
            (history.name,),
            f"{history.name} tried {last.primary} {times(last.count)} and "
            f"{'got no answer' if silent else 'did not reach it'}: {why}",
            "See whether the server at that address runs, and whether address and port are right.",
            last.start,
            last.failed,
        )


def _is_under_way(view: View, history: NodeHistory) -> bool:
    """Whether a replica tries to connect just now, and nothing has come of it yet."""
    link = span_at(history.links, view.instant.on(history.name))
    last = view.instant.attempts(history)[-1]
    return link is not None and link.phase == "connecting" and not view.has_come(history.name, last.failed)


@rule(
    "auth-refused",
    "critical",
    "info",
    meaning="A primary refused a replica: no password, a wrong one, or a user without the permission. "
    "The line that calls itself `(Non critical)` is its first sign. Info once it is in sync, or a primary.",
    over=("info",),
)
def auth_refused(view: View) -> Iterator[Finding]:
    """A replica that its primary refuses."""
    for history in view.instant.nodes:
        refused = [
            incident
            for incident in view.incidents(history, *_AUTH_KEYS)
            if _AUTH.search(incident.first.event.message)
        ]
        if not refused:
            continue
        text = " ".join(incident.first.event.message for incident in refused)
        misleading = next((each for each in refused if "(Non critical)" in each.first.event.message), None)
        note = "; the line that calls itself (Non critical) says the same" if misleading else ""
        yield found(
            "auth-refused",
            while_behind(is_well=view.is_well(history.name), otherwise="info"),
            (history.name, view.states[history.name].primary),
            f"{history.name} is refused by its primary: {_what_was_refused(text)}{note}",
            _auth_advice(text),
            misleading,
            *refused[:2],
        )


def _what_was_refused(text: str) -> str:
    if "NOPERM" in text:
        return "its user lacks a permission (NOPERM)"
    return "no password was given (NOAUTH)" if "NOAUTH" in text else "the password or user is wrong"


def _auth_advice(text: str) -> str:
    if "NOPERM" in text:
        return "Give the replication user +psync +replconf +ping on the primary (ACL SETUSER)."
    if "NOAUTH" in text:
        return "Set masterauth (and masteruser with ACLs) on the replica to what the primary requires."
    return "Correct masterauth or masteruser on the replica: the primary knows no such user and password."


@rule(
    "replica-of-itself",
    "critical",
    meaning="A server is configured to replicate from its own address; it never gets in sync.",
)
def replica_of_itself(view: View) -> Iterator[Finding]:
    """A server that follows itself."""
    for history in view.instant.nodes:
        link = span_at(history.links, view.instant.on(history.name))
        state = view.states[history.name]
        if link is not None and state.role == "replica" and state.primary == history.name:
            yield found(
                "replica-of-itself",
                "critical",
                (history.name,),
                f"{history.name} follows {link.primary}, which is its own address",
                "Point it to its primary with REPLICAOF, or make it one with REPLICAOF NO ONE.",
                link.start,
            )


@rule(
    "replication-cycle",
    "critical",
    meaning="Replicas follow each other in a circle, with no primary at its top: none of them is in sync.",
)
def replication_cycle(view: View) -> Iterator[Finding]:
    """Replicas in a circle."""
    seen: set[str] = set()
    for name in view.states:
        circle = _circle(view, name)
        if not circle or seen & set(circle):
            continue
        seen |= set(circle)
        lines = [line for each in circle for line in view.states[each].because.get("primary", ())]
        yield found(
            "replication-cycle",
            "critical",
            circle,
            f"{' follows '.join([*circle, circle[0]])}: no primary",
            f"Make the one with the newest data a primary: REPLICAOF NO ONE on {circle[0]} or another of them.",
            *lines,
        )


def _circle(view: View, name: str) -> list[str]:
    """The replicas from a server on that come back to it."""
    path = [name]
    while (state := view.states.get(path[-1])) is not None and state.role == "replica" and state.primary:
        if state.primary == name:
            return path if len(path) > 1 else []
        if state.primary in path:
            return []
        path.append(state.primary)
    return []


@rule(
    "upstream-not-linked",
    "critical",
    "warning",
    meaning="A replica's primary is a replica itself and has no link to its own primary (`NOMASTERLINK`, a "
    "broken chain). Critical where the replica is refused for it, warning where it keeps old data.",
)
def upstream_not_linked(view: View) -> Iterator[Finding]:
    """A replica below a replica that is cut off."""
    for history in view.instant.nodes:
        state = view.states[history.name]
        if state.role != "replica" or state.primary in (None, history.name):
            continue
        upstream = view.states.get(state.primary)
        refused = [
            incident
            for incident in view.incidents(history, *_NO_LINK_KEYS)
            if "NOMASTERLINK" in incident.first.event.message and _is_last(view, history, incident.last.order)
        ]
        if refused and not state.in_sync:
            yield found(
                "upstream-not-linked",
                "critical",
                (history.name, state.primary),
                f"{history.name} is refused by {state.primary}, which has no link to its own primary",
                f"Repair the link of {state.primary}, or point {history.name} to the primary itself.",
                refused[-1],
            )
        elif (
            state.in_sync
            and upstream is not None
            and upstream.role == "replica"
            and upstream.in_sync is False
        ):
            lines = [*upstream.because.get("link", ()), *state.because.get("primary", ())]
            yield found(
                "upstream-not-linked",
                "warning",
                (history.name, state.primary),
                f"{history.name} follows {state.primary}, which is not in sync itself: it gets nothing new",
                f"Repair the link of {state.primary}, or point {history.name} to the primary itself.",
                *lines,
            )


def _is_last(view: View, history: NodeHistory, order: int) -> bool:
    """Whether nothing was granted after a line."""
    return not any(
        point is not None and point.order > order
        for attempt in view.instant.attempts(history)
        for point in (attempt.granted, attempt.finished)
    )


RULES = (primary_unreachable, auth_refused, replica_of_itself, replication_cycle, upstream_not_linked)
