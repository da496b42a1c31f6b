"""Findings on Sentinels: no quorum, tilt, failovers given up, other words than the servers', names."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import attrs

from redislog.grammar.stamps import seconds
from redislog.timeline.observers import ABORTED, Down, Observer
from redislog.topology.findings.base import View, found, rule, times
from redislog.topology.values import Finding

_PATIENCE = 5.0
"""Seconds in which Sentinels usually agree, once one of them suspects."""
_SPREAD = 60.0
"""Seconds that news of a new primary may take from one Sentinel to the others."""


@rule(
    "sentinel-no-quorum",
    "critical",
    "warning",
    meaning="A Sentinel holds the primary for down and no quorum agrees, so that nothing is failed over; or too "
    "many Sentinels are down for a failover to be possible (warning).",
)
def sentinel_no_quorum(view: View) -> Iterator[Finding]:
    """Sentinels that cannot agree."""
    for observer in view.observers:
        now = view.end + view.instant.joined.shift(observer.name)
        for down in observer.downs:
            if down.kind != "primary" or down.start.time > now or down.objective is not None:
                continue
            if down.end is not None or now - down.start.time < _PATIENCE:
                continue
            if any(e.switched and e.switched.order > down.start.order for e in observer.elections):
                continue
            yield found(
                "sentinel-no-quorum",
                "critical",
                (observer.name, view.name_of(down.address)),
                f"Sentinel {observer.name} has held {down.address} for down for {now - down.start.time:.0f} s, "
                "and no quorum agrees",
                "See whether the other Sentinels run and reach the primary: no failover happens before. "
                "SENTINEL CKQUORUM tells.",
                down.start,
            )
        yield from _too_few(view, observer, now)


def _now(view: View, observer: Observer) -> float:
    """The instant on a Sentinel's clock, at most its last line."""
    last = observer.last.time if observer.last is not None else 0.0
    return min(view.instant.on(observer.name), last)


def _too_few(view: View, observer: Observer, now: float) -> Iterator[Finding]:
    for group in observer.groups:
        known = {each.id for each in observer.listed if each.group == group and each.kind == "sentinel"}
        named = observer.named_at(group, now)
        down = {down.address: down for down in _open(observer, "sentinel", group, now)}
        listed = {each.address for each in observer.listed if each.group == group and each.kind == "sentinel"}
        voters = len(known) + len(down.keys() - listed) + 1
        needed = max(voters // 2 + 1, (named.quorum if named is not None else None) or 1)
        if down and voters - len(down) < needed:
            yield found(
                "sentinel-no-quorum",
                "warning",
                (observer.name,),
                f"Sentinel {observer.name} reaches {voters - len(down)} of {voters} Sentinels of {group}, "
                f"{needed} are needed for a failover",
                "Start the Sentinels that are down, at least a majority.",
                *(each.start for each in down.values()),
            )


def _open(observer: Observer, kind: str, group: str, now: float) -> list[Down]:
    return [
        down
        for down in observer.downs
        if (down.kind, down.group) == (kind, group)
        and down.start.time <= now
        and (down.end is None or down.end.time > now)
    ]


@rule(
    "sentinel-tilt",
    "warning",
    "info",
    meaning="A Sentinel did not trust its clock (tilt) and started no failover: its process stood still, or the "
    "clock was set. Info once it is over.",
    over=("info",),
)
def sentinel_tilt(view: View) -> Iterator[Finding]:
    """A Sentinel in tilt mode."""
    for observer in view.observers:
        tilts = [tilt for tilt in observer.tilts if view.has_come(observer.name, tilt[0])]
        if not tilts:
            continue
        begun, ended = tilts[-1]
        over = view.has_come(observer.name, ended)
        yield found(
            "sentinel-tilt",
            "info" if over else "warning",
            (observer.name,),
            f"Sentinel {observer.name} entered tilt mode {times(len(tilts))}"
            + ("" if over else " and is in it: it fails nothing over"),
            "See what stopped the process for more than two seconds: CPU limits, swapping, a paused or migrated "
            "machine, a clock that was set.",
            begun,
            ended if over else None,
        )


@rule(
    "failover-aborted",
    "critical",
    "info",
    meaning="A failover was given up, and why. Info where one succeeded afterwards, or another Sentinel's did.",
    over=("info",),
)
def failover_aborted(view: View) -> Iterator[Finding]:
    """A failover that came to nothing."""
    switched = [
        election.switched.time
        for observer in view.observers
        for election in observer.elections
        if election.switched is not None and view.has_come(observer.name, election.switched)
    ]
    for observer in view.observers:
        for election in observer.elections:
            if election.aborted is None or not view.has_come(observer.name, election.aborted):
                continue
            late = max(switched, default=-math.inf) >= election.start.time
            made = found(
                "failover-aborted",
                "info" if late else "critical",
                (observer.name,),
                f"Sentinel {observer.name} gave a failover of {election.group} up {times(election.count)}: "
                f"{ABORTED[election.aborted.event.key]}",
                _ABORT_ADVICE.get(election.aborted.event.key, "See what the Sentinels say of each other."),
                election.start,
                election.aborted,
            )
            still_down = _open(observer, "primary", election.group, view.instant.on(observer.name))
            yield attrs.evolve(made, open=bool(still_down))
    for history, incident in view.every("failover.aborted", "failover.aborted-any"):
        event: Any = incident.last.event
        given_up = view.time(history.name, incident.last)
        promoted = any(
            failover.promoted is not None and seconds(failover.promoted) >= given_up
            for failover in view.instant.joined.failovers
        )
        made = found(
            "failover-aborted",
            "info" if promoted else "critical",
            (history.name,),
            f"FAILOVER of {history.name} came to nothing {times(incident.count)}: {event.reason}",
            "See whether the target is in sync; give FAILOVER a longer TIMEOUT, or FORCE.",
            incident,
        )
        yield attrs.evolve(made, open=False)  # The server goes on as the primary that it was.


_ABORT_ADVICE = {
    "sentinel.-failover-abort-not-elected": "A majority of all Sentinels, also of those that are down, must vote: "
    "start the missing ones, and remove dead ones with SENTINEL RESET.",
    "sentinel.-failover-abort-no-good-slave": "No replica was reachable, recently in sync and of replica-priority above 0: "
    "see each replica's link.",
    "sentinel.-failover-abort-slave-timeout": "The chosen replica did not obey: see whether it runs, and whether "
    "Sentinel may call REPLICAOF there (ACL, renamed commands).",
}


@rule(
    "sentinel-disagrees",
    "critical",
    "warning",
    meaning="Sentinel names one server as the primary, and the servers' own logs say that it is a replica; or two "
    "Sentinels name different ones. Clients that ask Sentinel write to the wrong place. Warning where a server "
    "that Sentinel replaced is primary by its own log: cut off, or its log is older.",
)
def sentinel_disagrees(view: View) -> Iterator[Finding]:
    """Sentinel says B, the servers say A."""
    for observer in view.observers:
        for group in observer.groups:
            named = observer.named_at(group, view.instant.on(observer.name))
            state = view.states.get(view.name_of(named.address)) if named is not None else None
            if (
                named is None
                or state is None
                or state.role != "replica"
                or state.basis.get("role") != "stated"
            ):
                continue
            said = [
                span.start
                for history in view.instant.nodes
                if history.name == state.name
                for span in history.roles[-1:]
            ]
            settled = observer.last is not None and all(
                view.time(observer.name, observer.last) - view.time(state.name, point) > _SPREAD
                for point in said
            )
            if settled:
                yield found(
                    "sentinel-disagrees",
                    "critical",
                    (observer.name, state.name),
                    f"Sentinel {observer.name} names {state.name} ({named.address}) as the primary of {group}, "
                    f"and its own log says that it is a replica of {state.primary or 'another'}",
                    "See who changed roles behind Sentinel's back; SENTINEL FAILOVER or SENTINEL RESET sets it right.",
                    named.start,
                    *said,
                )
        yield from _replaced(view, observer)
    yield from _among_themselves(view)


def _replaced(view: View, observer: Observer) -> Iterator[Finding]:
    """A server that a Sentinel replaced long ago, and whose own log still says that it is the primary."""
    for before, named in pairwise(observer.primaries):
        old = view.states.get(view.name_of(before.address))
        current = observer.named_at(named.group, view.instant.on(observer.name)) == named
        new = view.states.get(view.name_of(named.address))
        if old is None or before.group != named.group or not current:
            continue
        if new is not None and new.role == "replica":
            continue  # Its own log contradicts the Sentinel, which is told of it.
        lasts = _now(view, observer) - named.start.time > _SPREAD
        stays = old.role == "primary" and old.basis.get("role") == "stated" and old.running is not False
        if lasts and stays and old.name != view.name_of(named.address):
            yield found(
                "sentinel-disagrees",
                "warning",
                (observer.name, old.name),
                f"Sentinel {observer.name} names {named.address} as the primary of {named.group}, and "
                f"{old.name}, which it replaced, is still one by its own log",
                "See whether it runs: if it does, it is cut off from Sentinels and takes writes that will be lost.",
                named.start,
                *old.because.get("role", ()),
            )


def _among_themselves(view: View) -> Iterator[Finding]:
    for number, one in enumerate(view.observers):
        for other in view.observers[number + 1 :]:
            for group in one.groups:
                first = one.named_at(group, view.instant.on(one.name))
                second = other.named_at(group, view.instant.on(other.name))
                if first is None or second is None or first.address == second.address:
                    continue
                since = max(first.start.time, second.start.time)
                if min(_now(view, one), _now(view, other)) - since > _SPREAD:
                    yield found(
                        "sentinel-disagrees",
                        "critical",
                        (one.name, other.name),
                        f"Sentinel {one.name} names {first.address} as the primary of {group}, "
                        f"Sentinel {other.name} {second.address}",
                        "See whether they reach each other, and whether both groups of that name are one.",
                        first.start,
                        second.start,
                    )


@rule(
    "sentinel-hostname",
    "warning",
    "info",
    meaning="A Sentinel could not resolve a host name (or `resolve-hostnames` is off): what is known by it is not "
    "monitored. Info where it was monitored afterwards.",
    over=("info",),
)
def sentinel_hostname(view: View) -> Iterator[Finding]:
    """A name that Sentinel cannot resolve."""
    for observer in view.observers:
        for incident in observer.incidents:
            if incident.key != "sentinel.resolve-failed" or not view.has_come(observer.name, incident.first):
                continue
            event: Any = incident.last.event
            later = any(named.start.order > incident.last.order for named in observer.primaries)
            yield found(
                "sentinel-hostname",
                "info" if later else "warning",
                (observer.name,),
                f"Sentinel {observer.name} could not resolve '{event.host}' {times(incident.count)}",
                "Set sentinel resolve-hostnames yes (and announce-hostnames where needed), and see the name server.",
                incident,
            )


RULES = (
    sentinel_no_quorum,
    sentinel_tilt,
    failover_aborted,
    sentinel_disagrees,
    sentinel_hostname,
)
