"""What a failed expectation says: what was expected and found, the deciding lines, the verdict, the last events."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from redislog.events.base import Event
from redislog.evidence import Evidence
from redislog.report.text import summary
from redislog.shortly import printable

if TYPE_CHECKING:
    from redislog.testing.watcher import Watcher
    from redislog.topology.values import Verdict

WIDTH = 100
"""Columns of a failure's text, at most."""
LINES = 40
"""Lines of a failure's text, at most."""
_DECIDING = 5
_VERDICT = 10
_LAST = 4
_SERVERS = 4


def failure(
    expected: str,
    found: str,
    evidence: Iterable[Evidence],
    read: Watcher | None = None,
    *,
    verdict: Verdict | None = None,
    nodes: Sequence[str] = (),
) -> str:
    """The text of a failure, within `WIDTH` columns and `LINES` lines.

    ``evidence`` are the lines that decided; the verdict is that on all that was read, if none is given; the last
    events are those of ``nodes``, or of all servers.
    """
    lines = [
        *_folded(f"expected: {expected}"),
        *_folded(f"found:    {found}"),
        *_deciding(evidence),
    ]
    verdict = verdict if verdict is not None or read is None else read.verdict
    if verdict is not None:
        lines += ["verdict:", *_cut([f"  {line}" for line in summary(verdict).splitlines()], _VERDICT)]
    if read is not None:
        lines += _last_events(read, nodes)
    return "\n".join(line[:WIDTH] for line in _cut(lines, LINES))


def _folded(text: str) -> list[str]:
    return textwrap.wrap(printable(text), WIDTH, subsequent_indent="          ", break_on_hyphens=False)[:3]


def _deciding(evidence: Iterable[Evidence]) -> list[str]:
    shown = _cut([_short(f"  {line}") for line in evidence], _DECIDING)
    return ["decided by:", *shown] if shown else []


def _last_events(read: Watcher, nodes: Sequence[str]) -> Iterator[str]:
    by_source: dict[str, list[Event]] = {}
    for event in read.events():
        if event.key != "foreign":
            by_source.setdefault(event.source or "", []).append(event)
    chosen = list(dict.fromkeys(name for name in nodes if name in by_source)) or sorted(by_source)
    for name in chosen[:_SERVERS]:
        yield _short(f"last of {name}:")
        for event in by_source[name][-_LAST:]:
            yield _short(f"  {event.line_number}: {event.header.stamp or ''} {event.message}")
    if len(chosen) > _SERVERS:
        yield f"... and {len(chosen) - _SERVERS} more servers"


def _short(text: str) -> str:
    text = printable(text)
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 3]}..."


def _cut(lines: Sequence[str], most: int) -> list[str]:
    """The first lines, with a word on how many were left out."""
    if len(lines) <= most:
        return list(lines)
    return [*lines[: most - 1], f"  ... {len(lines) - most + 1} more lines"]
