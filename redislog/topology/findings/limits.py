"""Findings on limits that a link runs into: output buffers, time-outs, and links that break again and again."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from redislog.node.history import Attempt, NodeHistory, Point
from redislog.topology.findings.base import View, found, rule, size, span, times, while_behind
from redislog.topology.values import Finding

DEFAULT_TIMEOUT = 60.0
"""``repl-timeout``, in seconds, where nobody changed it."""
_CLOSED = ("client.output-buffer-limit", "client.output-buffer-limit-closed")
_REPLICA_COMMANDS = {"sync", "psync", "replconf"}
_TIMEOUTS = ("replica.timeout-transfer", "replica.timeout-primary")
_PRIMARY_TIMEOUTS = ("primary.replica-timeout", "primary.replica-timeout-full-sync")
_LOST = ("replica.primary-link-lost", "replica.timeout-primary")
_FLAPS = 3
_WINDOW = 600.0


@rule(
    "output-buffer-limit",
    "critical",
    "warning",
    meaning="A primary closed the link of a replica whose output buffer was full; the replica starts again. "
    "Critical while the replica is not in sync, warning if it got through since.",
    over=("warning",),
)
def output_buffer_limit(view: View) -> Iterator[Finding]:
    """A replica that was too slow for its output buffer."""
    for history, incident in view.every(*_CLOSED):
        event: Any = incident.last.event
        client = event.client
        if client is None or not ("S" in (client.flags or "") or client.cmd in _REPLICA_COMMANDS):
            continue
        replica = view.named(client.addr.host) if client.addr is not None else None
        who = replica or (client.addr.host if client.addr is not None else "a replica")
        used = client.omem or 0
        took = f" within {client.age} s" if client.age else ""
        yield found(
            "output-buffer-limit",
            while_behind(is_well=_recovered(view, history, replica, incident.last), otherwise="warning"),
            (history.name, replica),
            f"{history.name} closed the link of {who} {times(incident.count)}: "
            f"its output buffer held {size(used)}{took}",
            f"Raise the limit to more than is written during a sync, twice as much to begin with: "
            f"CONFIG SET client-output-buffer-limit 'replica {size(2 * used)} {size(2 * used)} 60'.",
            incident,
        )


def _recovered(view: View, history: NodeHistory, replica: str | None, point: Point) -> bool:
    """Whether the replica is in sync now, or a primary itself; of one without a name, whether any came online afterwards."""
    if replica is not None:
        return view.is_well(replica)
    return any(
        service.online is not None and service.online.order > point.order for service in history.services
    )


@rule(
    "repl-timeout",
    "critical",
    "warning",
    meaning="One side heard nothing from the other for `repl-timeout` seconds and gave up. Critical while "
    "the replica is not in sync.",
    over=("warning",),
)
def repl_timeout(view: View) -> Iterator[Finding]:
    """A link that timed out."""
    for history, incident in view.every(*_TIMEOUTS):
        tries = [each for each in view.instant.attempts(history) if each.failed == incident.last]
        began = (tries[-1].receiving or tries[-1].asked) if tries else None
        lasted = incident.last.time - began.time if began is not None else 0.0
        spent = f" after {lasted:.0f} s of transfer" if lasted >= 1 else ""
        yield found(
            "repl-timeout",
            while_behind(is_well=view.is_well(history.name), otherwise="warning"),
            (history.name, view.states[history.name].primary),
            f"{history.name} gave its primary up {times(incident.count)}{spent}: nothing came for repl-timeout",
            _timeout_advice(max(DEFAULT_TIMEOUT, lasted)),
            incident,
        )
    for history, incident in view.every(*_PRIMARY_TIMEOUTS):
        event: Any = incident.last.event
        named = view.name_of(event.replica)
        yield found(
            "repl-timeout",
            while_behind(is_well=_recovered(view, history, named, incident.last), otherwise="warning"),
            (history.name, named),
            f"{history.name} gave its replica {event.replica} up {times(incident.count)}: no answer for repl-timeout",
            _timeout_advice(DEFAULT_TIMEOUT),
            incident,
        )


def _timeout_advice(seconds: float) -> str:
    value = math.ceil(2 * seconds / 10) * 10
    return (
        f"See whether the other side was busy, frozen or cut off; if it was slow, CONFIG SET repl-timeout {value} "
        f"on both (default {DEFAULT_TIMEOUT:.0f})."
    )


@rule(
    "load-exceeds-timeout",
    "critical",
    "warning",
    meaning="A replica takes longer to load its snapshot than `repl-timeout` (60 s by default), and lost the "
    "link over it. Critical while it is not in sync.",
    over=("warning",),
)
def load_exceeds_timeout(view: View) -> Iterator[Finding]:
    """A load that outlasts the link."""
    for history in view.instant.nodes:
        slow = [each for each in view.instant.attempts(history) if _lost_by_loading(history, each)]
        if not slow:
            continue
        longest = max(_loading_seconds(each) for each in slow)
        yield found(
            "load-exceeds-timeout",
            while_behind(is_well=view.is_well(history.name), otherwise="warning"),
            (history.name, view.states[history.name].primary),
            f"{history.name} took {longest:.0f} s to load and lost the link over it {times(len(slow))}",
            f"CONFIG SET repl-timeout {math.ceil(longest * 1.5 / 10) * 10} on both sides, "
            "and client-output-buffer-limit replica to more than is written in that time.",
            slow[0].loading,
            slow[-1].finished or slow[-1].failed,
        )


def _loading_seconds(attempt: Attempt) -> float:
    end = attempt.finished or attempt.failed
    return end.time - attempt.loading.time if attempt.loading is not None and end is not None else 0.0


def _lost_by_loading(history: NodeHistory, attempt: Attempt) -> bool:
    """Whether a load of more than the default time-out failed, or the link broke as soon as it was done."""
    if _loading_seconds(attempt) <= DEFAULT_TIMEOUT:
        return False
    if attempt.finished is None:
        return attempt.failed is not None and attempt.failed.event.key not in (
            "server.starting",
            "role.promoted",
        )
    ended = [link.end for link in history.links if link.start == attempt.finished and link.end is not None]
    return any(end.event.key in _LOST and end.time - attempt.finished.time < 1 for end in ended)


@rule(
    "link-flapping",
    "warning",
    meaning="A replica lost the link to its primary three times or more within ten minutes, and came back each time.",
    over=("warning",),
)
def link_flapping(view: View) -> Iterator[Finding]:
    """A link that breaks again and again."""
    for history in view.instant.nodes:
        state = view.states[history.name]
        if view.loop_of(state):
            continue
        lost = [
            link.end
            for number, link in enumerate(history.links)
            if link.phase == "connected"
            and link.end is not None
            and link.end.event.key in _LOST
            and view.has_come(history.name, link.end)
            and _comes_back(history, number)
        ]
        last = [point for point in lost if lost[-1].time - point.time <= _WINDOW]
        if len(last) < _FLAPS:
            continue
        period = (last[-1].time - last[0].time) / (len(last) - 1)
        yield found(
            "link-flapping",
            "warning",
            (history.name, state.primary),
            f"{history.name} lost its primary {len(last)} times, every {span(period)}",
            "See what ends the link on the other side: time-outs, output buffer, network, restarts.",
            last[0],
            last[-1],
        )


def _comes_back(history: NodeHistory, number: int) -> bool:
    """Whether a server tried the same primary after a link: it was neither promoted nor pointed to another."""
    links = history.links
    following = (links[each] for each in range(number + 1, len(links)) if links[each].phase != "connect")
    tried = next(following, None)
    return tried is not None and tried.phase != "none" and tried.primary == links[number].primary


RULES = (output_buffer_limit, repl_timeout, load_exceeds_timeout, link_flapping)
