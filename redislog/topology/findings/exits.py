"""Findings on servers that ended by themselves, as they could not go on."""

from __future__ import annotations

from collections.abc import Iterator

from redislog.node.exits import AT_START, GIVES_UP
from redislog.node.history import NodeHistory, Run
from redislog.topology.findings.base import View, found, rule, times
from redislog.topology.values import Finding


@rule(
    "gave-up",
    "critical",
    "info",
    meaning="A server ended by itself, as it could not go on: it could not listen, read its configuration, load or write its "
    "data. Info once it has started again.",
    over=("info",),
)
def gave_up(view: View) -> Iterator[Finding]:
    """A server that exits, and why it says so."""
    for history in view.instant.nodes:
        lives = [run for run in history.runs if view.has_come(history.name, run.first)]
        ended = [run for run in lives if run.end is not None and _gives_up(view, history, run)]
        if not ended or ended[-1].end is None:
            continue
        last = ended[-1].end
        back = ended[-1] is not lives[-1]
        causes = [
            each
            for each in view.incidents(history, *_CAUSES)
            if ended[-1].first.order <= each.first.order < last.order
        ]
        said = (causes[-1].last if causes and last.event.key in _SAY_LITTLE else last).event.message
        often = f" {times(len(ended))}" if len(ended) > 1 else ""
        since = " and started again" if back else ""
        yield found(
            "gave-up",
            "info" if back else "critical",
            (history.name,),
            f"{history.name} gave up{often}{since}: {said}",
            next(advice for family, advice in _TO_DO if last.event.key.startswith(family)),
            *causes[-1:],
            last,
        )


def _gives_up(view: View, history: NodeHistory, run: Run) -> bool:
    if run.end is None or not view.has_come(history.name, run.end):
        return False
    key = run.end.event.key
    return key in GIVES_UP or (key in AT_START and run.ended_by == "stop")


_CAUSES = (
    "server.listen-error",
    "rdb.corrupt.",
    "rdb.read-error.",
    "rdb.short-read",
    "rdb.version-unsupported",
    "rdb.wrong-signature",
    "rdb.checksum-wrong",
    "rdb.module-missing",
)
"""What may stand before the line with which a server gives up, and say more of it."""
_SAY_LITTLE = ("rdb.check.error", "rdb.load-fatal", "rdb.terminating", "server.listen-failed")
"""Lines with which a server gives up that do not say why."""
_DATA = "Repair or restore the file that the lines name (redis-check-rdb, redis-check-aof), or run a release that can read it."
_TO_DO = (
    (
        "server.listen",
        "See what else listens there (ss -ltnp), and whether bind and port name an address of this host.",
    ),
    (
        "cluster.listen",
        "See what else listens on the port of the cluster bus, and whether it is free on this host.",
    ),
    (
        "aof.can-t-open",
        "See whether the server may write there: who owns the file and its folder, and whether the volume is full, or "
        "mounted read-only.",
    ),
    ("rdb.", _DATA),
    ("aof.", _DATA),
    ("replica.aof", _DATA),
    ("", "Mend what the line names, and start it again."),
)


RULES = (gave_up,)
