"""The tables of the README, made from the code that they describe.

``python -m redislog.report.docs README.md`` writes them anew between their markers; a test keeps them fresh.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from redislog.court.table import TABLE as COURT
from redislog.court.table import words_of
from redislog.court.thresholds import THRESHOLDS
from redislog.events.index import messages
from redislog.events.render import wordings_of
from redislog.events.versions import RELEASES, SERIES
from redislog.node.tables import DOWNSTREAM, UPSTREAM, Step
from redislog.topology.findings import RULES
from redislog.topology.status import TABLE

_CATEGORIES = ("replication", "sentinel", "cluster", "rdb", "lifecycle", "memory", "aof", "other")


def status_table() -> Iterator[str]:
    """What each status means, the worst first."""
    yield "| status | exactly |"
    yield "| --- | --- |"
    yield from (f"| `{row.status}` | {row.meaning} |" for row in TABLE)


def findings_table() -> Iterator[str]:
    """What each finding means, and how bad it is."""
    yield "| code | severity | meaning |"
    yield "| --- | --- | --- |"
    for rule in sorted(RULES, key=lambda each: each.code):
        yield f"| `{rule.code}` | {', '.join(rule.severities)} | {rule.meaning} |"


def messages_table() -> Iterator[str]:
    """How many messages of each version of a server are known, by category."""
    counts = {(category, series): 0 for category in _CATEGORIES for series in SERIES}
    keys = dict.fromkeys(_CATEGORIES, 0)
    for cls, message in messages():
        if cls.CATEGORY not in _CATEGORIES:
            continue
        keys[cls.CATEGORY] += 1
        for series in SERIES:
            counts[cls.CATEGORY, series] += len(wordings_of(cls, message.key, series))
    yield f"| version | {' | '.join(_CATEGORIES)} | all | read in | on |"
    yield f"| --- {'| ---: ' * (len(_CATEGORIES) + 1)}| --- | --- |"
    for release in RELEASES:
        row = [counts[category, release.name] for category in _CATEGORIES]
        yield f"| {release.name} | {' | '.join(map(str, row))} | {sum(row)} | {release.read} | {release.on} |"
    row = [keys[category] for category in _CATEGORIES]
    yield f"| **keys** | {' | '.join(map(str, row))} | {sum(row)} | | |"


def transition_table() -> Iterator[str]:
    """Which messages move which link."""
    yield "| message | expected in | then |"
    yield "| --- | --- | --- |"
    for steps in (UPSTREAM, DOWNSTREAM):
        yield from (_transition(key, step) for key, step in steps.items())


def _transition(key: str, step: Step) -> str:
    return f"| `{key}` | {', '.join(sorted(step.expected))} | {step.to} |"


def court_table() -> Iterator[str]:
    """Which witness goes before which, for each thing that can be said of a server."""
    yield "| of its | witness | says | counts | only where | unknown where |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for row in COURT:
        needs, doubts = ("; ".join(map(words_of, each)) for each in (row.needs, row.doubts))
        yield f"| {row.what} | {row.witness} | {row.meaning} | {row.counts} | {needs} | {doubts} |"


def thresholds_table() -> Iterator[str]:
    """How long silence counts."""
    yield "| threshold | seconds | source | meaning |"
    yield "| --- | ---: | --- | --- |"
    yield from (f"| {each.name} | {each.seconds:g} | {each.source} | {each.meaning} |" for each in THRESHOLDS)


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "status": status_table,
    "findings": findings_table,
    "messages": messages_table,
    "transitions": transition_table,
    "court": court_table,
    "thresholds": thresholds_table,
}


def refreshed(text: str) -> str:
    """A document with its generated tables as they are now."""

    def table(match: re.Match[str]) -> str:
        return "\n".join([match[1], *TABLES[match[2]](), match[3]])

    return re.sub(r"(<!-- table: (\w+) -->)\n.*?(<!-- end -->)", table, text, flags=re.DOTALL)


def main(arguments: list[str]) -> None:
    """Write the tables of some documents anew."""
    for name in arguments:
        path = Path(name)
        path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
