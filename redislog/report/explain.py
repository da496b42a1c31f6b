"""What a line means, and which messages are known."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from redislog.events.base import Event, Header, own_fields
from redislog.events.index import event_class, message_of, messages, target_of
from redislog.events.render import wordings_of
from redislog.events.versions import version_named
from redislog.grammar.marks import Ground
from redislog.matching import build_event, recognise
from redislog.naming import matching
from redislog.node.effects import effects
from redislog.reading import parse, parse_line
from redislog.report.text import wrapped
from redislog.shortly import printable


@attrs.frozen
class KnownMessage:
    """One message of the catalogue, as ``redislog messages`` lists it."""

    key: str
    event: str
    category: str
    meaning: str
    wordings: tuple[dict[str, str], ...]


GROUNDS: dict[Ground, str] = {
    "short-head": "what is left of a server's own head, and the lines around it",
    "other-head": "its words behind another program's head, and the lines around it",
    "no-head": "its words alone, and the lines around it",
}
"""What a line without its own whole head is read on."""


def explain_lines(lines: Iterable[str]) -> Iterator[str]:
    """What each of several lines means that were handed over together: each may speak for the others."""
    for event in parse(list(lines)):
        if event.message.strip() or event.pid is not None:
            yield explain_line(event.message) if event.key == "foreign" else "\n".join(_explanation(event))


def explain_line(line: str) -> str:
    """What a line means: key, fields, meaning, versions, what it changes. A bare message is read, too."""
    event = parse_line(line)
    if event.key == "foreign" and (found := recognise(event.message.strip())) is not None:
        event = build_event(found, Header(event.message.strip()))
    return "\n".join(_explanation(event))


def _explanation(event: Event) -> Iterator[str]:
    yield wrapped(printable(event.message), "  ")
    if event.key == "foreign":
        yield "  foreign: not in a server's line format"
        return
    if event.key == "unrecognized":
        yield "  unrecognized: a server's line whose message is not known"
        yield from _stamp_lines(event)
        if event.ground is not None:
            yield f"  read on   {GROUNDS[event.ground]}"
        return
    cls = type(event)
    message = message_of(target_of(cls), event.key)
    yield f"  key       {event.key}{' (damaged)' if event.damaged else ''}{' (cut)' if event.truncated else ''}"
    if event.damage is not None:
        yield wrapped(printable(f"  damage    {event.damage}"), " " * 12)
    yield wrapped(f"  meaning   {message.meaning}", " " * 12)
    yield wrapped(f"  event     {cls.__name__}: {_first_paragraph(cls)}", " " * 12)
    for number, field in enumerate(own_fields(cls)):
        value = getattr(event, field.name)
        if value is not None:
            yield wrapped(printable(f"  {'fields' if not number else '':9} {field.name} = {value}"), " " * 12)
    yield from _stamp_lines(event)
    if event.ground is not None:
        yield f"  read on   {GROUNDS[event.ground]}"
    for number, wording in enumerate(message.wordings):
        title = "versions" if not number else ""
        yield wrapped(f"  {title:9} {wording.versions}", " " * 12)
        yield wrapped(f"            {wording.template}", " " * 14)
    yield wrapped(f"  source    {message.wordings[0].source}", " " * 12)
    for number, effect in enumerate(effects(event.key) or ("nothing",)):
        yield wrapped(f"  {'changes' if not number else '':9} {effect}", " " * 12)


def _stamp_lines(event: Event) -> Iterator[str]:
    if event.header.stamp is not None:
        role = {"M": "primary", "S": "replica", "C": "child or start-up", "X": "Sentinel"}.get(
            event.flag or ""
        )
        who = f", {event.flag} ({role})" if role else ""
        yield printable(f"  line      {event.header.stamp}, pid {event.pid}{who}, level {event.level}")


def _first_paragraph(cls: type[Event]) -> str:
    return " ".join((inspect.getdoc(cls) or "").partition("\n\n")[0].split())


def known_messages(glob: str = "*", version: str | None = None) -> Iterator[KnownMessage]:
    """The known messages whose keys match a glob, as one version prints them or in all wordings."""
    declared = sorted(messages(), key=lambda pair: pair[1].key)
    wanted = set(matching(glob, (message.key for _, message in declared), "key"))
    version = None if version is None else version_named(version)
    for cls, message in declared:
        if message.key not in wanted:
            continue
        wordings = message.wordings if version is None else wordings_of(cls, message.key, version)
        if wordings:
            yield KnownMessage(
                key=message.key,
                event=event_class(target_of(cls)).__name__,
                category=cls.CATEGORY,
                meaning=message.meaning,
                wordings=tuple(attrs.asdict(wording) for wording in wordings),
            )


def message_lines(known: KnownMessage) -> Iterator[str]:
    """A known message as text."""
    yield f"{known.key}  {known.event}"
    yield wrapped(f"  {known.meaning}", "  ")
    for wording in known.wordings:
        yield wrapped(f"    {wording['template']}", "      ")
        yield wrapped(f"      {wording['versions']}", "        ")


def as_json(known: KnownMessage) -> dict[str, Any]:
    """A known message as a JSON object."""
    return attrs.asdict(known)
