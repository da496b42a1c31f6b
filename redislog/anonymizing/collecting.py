"""Which names captures hold: by the fields of their events, by the origins of their lines, and by how they look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from redislog.capture.names import origin_of_file
from redislog.events.base import Event, own_fields
from redislog.events.index import message_of, target_of
from redislog.grammar.notation import read_template
from redislog.reading import parse
from redislog.values import ClientRecord

_NAMES = frozenset(
    {"addr", "host", "instname", "ipport", "mastername", "nodename", "sentname", "path", "filename"}
)
"""The tokens whose values are names, or hold them."""
_PORT = re.compile(r":(?:[0-9]+|<unknown-(?:slave|replica)-port>)\Z")
_HOST_NAME = re.compile(r"(?<![\w.-])[A-Za-z0-9][\w-]*(?:\.[A-Za-z0-9][\w-]*)+\.?(?![\w-])")
"""Names with dots, as hints hold them."""
_ASSIGNED = re.compile(
    r'(?im)^\s*"?(?:name|namespace|user|requirepass|masterauth|masteruser|nodename|hostname)"?[ :=]+"?([^\s",{}]+)'
)
"""Names in manifests and configurations."""
_NO_FIELDS = frozenset({"foreign", "unrecognized"})


@attrs.frozen
class Names:
    """Names that captures hold, and the texts that may hold addresses and IDs."""

    names: frozenset[str]
    texts: tuple[str, ...]


def collect(texts: Mapping[str, str]) -> Names:
    """The names in some files, by the files' names."""
    found: set[str] = set()
    for name, text in texts.items():
        found.update(_of_origin(origin_of_file(name)))
        found.add(name)
        server_lines = 0
        for event in parse(text, source=name):
            server_lines += event.pid is not None
            found.update(_of_event(event))
        if not server_lines:
            found.update(_HOST_NAME.findall(text))
            found.update(_ASSIGNED.findall(text))
    return Names(frozenset(each for each in found if each), (*texts, *texts.values()))


def _of_event(event: Event) -> Iterator[str]:
    if event.origin is not None:
        yield from _of_origin(event.origin)
    if event.key in _NO_FIELDS:
        return
    kinds = _kinds(event)
    for field in own_fields(type(event)):
        value = getattr(event, field.name)
        if isinstance(value, ClientRecord):
            yield from _of_client(value)
        elif value is not None and _NAMES & kinds.get(field.name, frozenset()):
            yield _host(str(value))


def _of_origin(origin: Any) -> Iterator[str]:
    for name in (origin.namespace, origin.pod, origin.host, origin.file):
        if name is not None:
            yield name


def _of_client(client: ClientRecord) -> Iterator[str]:
    for key in ("name", "user"):
        if value := client.fields.get(key):
            yield value
    for key in ("addr", "laddr"):
        if value := client.fields.get(key):
            yield _host(value)


def _host(text: str) -> str:
    """An address without its port; an IPv6 address without brackets has none."""
    return _PORT.sub("", text).strip("[]") if text.count(":") == 1 or text.startswith("[") else text


_KINDS: dict[tuple[str, str], dict[str, frozenset[str]]] = {}


def _kinds(event: Event) -> dict[str, frozenset[str]]:
    """The tokens of an event's fields, in any wording of its message."""
    place = target_of(type(event)), event.key
    if place not in _KINDS:
        from redislog.events.base import field_name

        kinds: dict[str, set[str]] = {}
        for wording in message_of(*place).wordings:
            for part in read_template(wording.template).placeholders:
                token = part.token.name if part.token is not None else ""
                kinds.setdefault(field_name(part.name), set()).add(token)
        _KINDS[place] = {name: frozenset(its) for name, its in kinds.items()}
    return _KINDS[place]
