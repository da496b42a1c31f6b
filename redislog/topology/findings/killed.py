"""Findings on servers that something outside of them ended."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from redislog.timeline.deaths import Death
from redislog.topology.findings.base import View, found, rule
from redislog.topology.values import Finding, Severity

_WHO = {
    "systemd": "systemd says",
    "kernel": "the host's kernel says",
    "docker": "Docker says",
    "kubernetes": "Kubernetes says",
}
_ADVICE = {
    "OOMKilled": "Raise the memory limit of the container or unit above maxmemory plus what a fork copies, "
    "or lower maxmemory; look at what else on the host takes memory.",
    "Unhealthy": "Look at the liveness probe: a server that loads or forks may answer later than it allows.",
}
_OTHERWISE = (
    "Find out who ended it: the host's journal, the kubelet's log, or an administrator's shell history."
)


@rule(
    "killed-from-outside",
    "critical",
    "warning",
    meaning="Something outside of a server ended it, and it could not say so itself: the kernel for want of memory, "
    "a signal, a probe. Critical while no later line of its own shows it alive, else warning.",
    over=("warning",),
)
def killed_from_outside(view: View) -> Iterator[Finding]:
    """A server that was killed, with who tells it, and why."""
    for death in view.instant.joined.deaths:
        name = death.node
        if not death.killed or name not in view.states or not _has_come(view, death):
            continue
        severity: Severity = "critical" if view.states[name].running is False and death.after else "warning"
        told = found(
            "killed-from-outside",
            severity,
            (name,),
            f"{name} was killed: {death.why}, {_WHO[death.teller]}",
            _ADVICE.get(death.why, _OTHERWISE),
            *death.evidence,
        )
        yield attrs.evolve(told, start=death.at, end=death.at)


def _has_come(view: View, death: Death) -> bool:
    return death.time is None or death.time <= view.instant.on(death.node)


RULES = (killed_from_outside,)
