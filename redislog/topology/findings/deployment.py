"""Findings on clocks, versions and crashes, and on what the captures lack."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redislog.evidence import evidence_of
from redislog.node.history import NodeHistory, Run, run_at
from redislog.topology.findings.base import View, found, rule, times
from redislog.topology.values import Finding, NodeState

_NOTED = 1.0
_MISLEADING = 60.0
_CRASHES = ("crash.is-not-true", "crash.panic", "memory.oom", "crash.signal", "crash.assertion")
"""What a report says of a crash, the most telling first."""


@rule(
    "clock-offset",
    "warning",
    "info",
    meaning="The clocks of two servers differ by more than a second: their logs do not stand side by side. Warning "
    "from a minute on. The library corrects it.",
)
def clock_offset(view: View) -> Iterator[Finding]:
    """Clocks that differ."""
    for clock in view.instant.joined.clocks:
        least = max(clock.low or 0.0, -(clock.high or 0.0) if clock.high is not None else 0.0)
        if least < _NOTED:
            continue
        hours = round(clock.estimate / 3600)
        zone = hours != 0 and abs(clock.estimate - hours * 3600) < _MISLEADING
        yield found(
            "clock-offset",
            "warning" if least >= _MISLEADING else "info",
            (clock.node, clock.reference),
            f"the clock of {clock.node} is {abs(clock.estimate):.3f} s "
            f"{'ahead of' if clock.estimate > 0 else 'behind'} that of {clock.reference}",
            "Their logs are in different time zones: pass --tz, or set TZ alike."
            if zone
            else "Synchronise the clocks of the hosts (NTP, chrony).",
            *clock.evidence,
        )


@rule(
    "clock-jump",
    "warning",
    "info",
    meaning="A server's clock was set back while it ran, by more than two seconds. Warning from a minute on.",
    over=(
        "warning",
        "info",
    ),
)
def clock_jump(view: View) -> Iterator[Finding]:
    """A clock that was set back."""
    for history in view.instant.nodes:
        jumps = [jump for jump in history.jumps if view.has_come(history.name, jump.before)]
        if not jumps:
            continue
        most = max(jumps, key=lambda jump: jump.seconds)
        yield found(
            "clock-jump",
            "warning" if most.seconds >= _MISLEADING else "info",
            (history.name,),
            f"the clock of {history.name} went back {times(len(jumps))}, by up to {most.seconds:.1f} s",
            "Let the host's clock be slewed, not stepped; or the capture joins pieces that do not follow each other.",
            most.before,
            *evidence_of(most.event),
        )


@rule(
    "version-mix",
    "warning",
    "info",
    meaning="Servers of one group run different versions. Warning where a replica is older than its primary: it may "
    "not read the primary's snapshots; info of an old primary that handed over to it and is in sync, as an upgrade "
    "leaves it for last.",
)
def version_mix(view: View) -> Iterator[Finding]:
    """Different versions in one group."""
    runs = {history.name: run for history in view.instant.nodes if (run := _run(view, history)) is not None}
    for group in view.groups:
        known = {name: f"{runs[name].product} {runs[name].version}" for name in group.names if name in runs}
        if len(set(known.values())) < 2:
            continue
        older = [
            state.name
            for state in group.replicas
            if state.name in runs
            and state.primary in runs
            and _is_older(runs[state.name], runs[state.primary])
        ]
        left = [name for name in older if _has_handed_over(view, view.states[name])]
        wrong = [name for name in older if name not in left]
        yield found(
            "version-mix",
            "warning" if wrong else "info",
            known,
            "; ".join(f"{name} runs {version}" for name, version in known.items()),
            _upgrade_advice(wrong, left),
            *(runs[name].start for name in known),
        )


def _has_handed_over(view: View, state: NodeState) -> bool:
    """Whether an old server is in sync with a newer one that it was the primary of, until it handed over."""
    return state.in_sync is True and any(
        (each.old_primary, each.node, each.planned) == (state.name, state.primary, True)
        for each in view.instant.joined.failovers
    )


def _upgrade_advice(wrong: list[str], left: list[str]) -> str:
    if wrong:
        return f"Upgrade {', '.join(wrong)}: replicas first, then their primary."
    if left:
        return f"Upgrade {', '.join(left)} now: the old primary comes last, and may not read the new one's snapshots."
    return "Finish the upgrade; a new replica may follow an old primary, not the other way round."


def _run(view: View, history: NodeHistory) -> Run | None:
    run = run_at(history.runs, view.instant.on(history.name))
    return run if run is not None and run.version is not None else None


def _is_older(replica: Run, primary: Run) -> bool:
    """Whether the release series of one is before that of the other; only those of one product compare."""
    return replica.product == primary.product and _series(replica) < _series(primary)


def _series(run: Run) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", run.version or "")[:2])


@rule(
    "crash",
    "critical",
    "warning",
    meaning="A server crashed: a signal, a failed assertion, or no memory. Critical where it has not started again.",
    over=("warning",),
)
def crash(view: View) -> Iterator[Finding]:
    """A server that crashed."""
    for history in view.instant.nodes:
        reports = view.incidents(history, *_CRASHES)
        if not reports:
            continue
        last = max(report.last.order for report in reports)
        lives = [run.first for run in history.runs]
        back = any(first.order > last and view.has_come(history.name, first) for first in lives)
        began = max((first.order for first in lives if first.order < last), default=0)
        own = [report for report in reports if report.last.order > began]
        cause = min(own, key=lambda report: _CRASHES.index(report.key))
        version = run_at(history.runs, cause.last.time)
        release = f" ({version.product} {version.version})" if version is not None and version.version else ""
        yield found(
            "crash",
            "warning" if back else "critical",
            (history.name,),
            f"{history.name}{release} crashed{' and started again' if back else ''}: {cause.last.event.message}",
            "Keep the whole report from BUG REPORT START to END; upgrade to the last patch release, and test the memory.",
            cause,
            *[report for report in own if report.key in ("crash.signal", "crash.assertion")],
        )


@rule(
    "capture-gap",
    "info",
    meaning="What limits the verdict: a log that is missing or cut, and the moment that would settle it.",
)
def capture_gap(view: View) -> Iterator[Finding]:
    """A log that would say more."""
    for state in view.states.values():
        unsure = [
            what
            for what, value in (("role", state.role), ("in_sync", state.in_sync))
            if value in ("unknown", None) and (what == "role" or state.role == "replica")
        ]
        if not unsure or state.running is False:
            continue
        moment = f" after {state.last_seen}" if state.last_seen is not None else ""
        own = [history.last for history in view.instant.nodes if history.name == state.name]
        yield found(
            "capture-gap",
            "info",
            (state.name,),
            f"the logs do not say {' nor '.join(_WORDS[what] for what in unsure)} of {state.name}",
            f"The log of {state.name}{moment} would settle it, at level notice."
            if own
            else f"The log of the server at {state.name} would settle it.",
            *(state.evidence[:2] or own),
        )
    for history in view.instant.nodes:
        gaps = [gap for gap in history.gaps if view.has_come(history.name, gap.point)]
        if gaps:
            yield found(
                "capture-gap",
                "info",
                (history.name,),
                f"lines of {history.name} do not follow from those before in {len(gaps)} place(s): some may be missing",
                f"The lines of {history.name} just before {gaps[0].point.event.at} would show what happened.",
                gaps[0].point,
                gaps[-1].point,
            )


_WORDS = {"role": "the role", "in_sync": "whether it is in sync"}

RULES = (clock_offset, clock_jump, version_mix, crash, capture_gap)
