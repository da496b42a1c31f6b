"""Text for terminals: 80 columns, no colour needed, nothing that a log could smuggle in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from redislog.events.base import Event, own_fields
from redislog.shortly import printable
from redislog.topology.values import NodeState, Verdict

if TYPE_CHECKING:
    pass

WIDTH = 80


def summary(verdict: Verdict) -> str:
    """A verdict in a few lines: status, nodes, findings, coverage."""
    return "\n".join(_summary_lines(verdict))


def _summary_lines(verdict: Verdict) -> Iterator[str]:
    yield from _headline(verdict)
    for state in verdict.nodes.values():
        yield wrapped(f"  {_sentence(state)}", "    ")
    for finding in verdict.findings:
        yield wrapped(f"  {finding.severity}: {printable(finding.summary)}", "    ")


def _headline(verdict: Verdict) -> Iterator[str]:
    when = f" at {verdict.at.isoformat(sep=' ')}" if verdict.at else ""
    if len(verdict.groups) == 1:
        group = verdict.groups[0]
        who = f"primary {group.primary}, " if group.primary else ""
        yield wrapped(printable(f"{verdict.status}{when}: {who}{group.reason}"), "  ")
        return
    yield f"{verdict.status}{when}: {len(verdict.groups)} groups"
    for group in verdict.groups:
        who = f"primary {group.primary}, " if group.primary else ""
        yield wrapped(printable(f"  {group.status}: {who}{group.reason}"), "    ")


def _sentence(state: NodeState) -> str:
    parts = [f"{state.name}: {state.role}"]
    if state.running is False:
        parts.append("down")
    elif state.running is None:
        parts.append("perhaps down")
    if state.role == "replica":
        parts.append(f"of {state.primary}" if state.primary else "of an unknown primary")
        parts.append(_in_sync(state))
    if known := [address for address in state.addresses if address != state.name]:
        parts.append(f"known as {', '.join(known)}")
    return printable(" ".join(parts[:2]) + "".join(f", {part}" for part in parts[2:]))


def _in_sync(state: NodeState) -> str:
    if state.in_sync is None:
        return "sync unknown"
    words = "in sync" if state.in_sync else f"not in sync ({state.phase or state.link})"
    return words + (" (deduced)" if state.basis.get("in_sync") == "deduced" else "")


def event_details(event: Event) -> str:
    """One line for one event: where it stands, its key and its values."""
    values = "".join(f" {field.name}={getattr(event, field.name)!r}" for field in own_fields(type(event)))
    marks = " (damaged)" if event.damaged else ""
    shown = values if event.key not in ("unrecognized", "foreign") else f" {event.message!r}"
    return printable(f"{event.source or '-'}:{event.line_number} {event.key}{marks}{shown}")


def wrapped(text: str, indent: str) -> str:
    """Text folded at `WIDTH` columns, the lines after the first indented."""
    return "\n".join(
        textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)
    )
