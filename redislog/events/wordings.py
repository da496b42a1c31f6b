"""All wordings of a message, in full: what its declaration leaves to its class and module, and its short forms, read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import attrs

from redislog.events.declaring import Declared, Printer
from redislog.events.versions import following


@attrs.frozen
class Wording:
    """One text of a message, in the notation of `redislog.grammar.notation`, and who prints it.

    ``versions``, ``level``, ``roles`` and ``source`` as in the catalogue: ranges over products, level by
    version, role letters by likelihood (``H``: signal-handler line, ``-``: raw), ``file.c:function``.
    """

    template: str
    versions: str
    level: str
    roles: str
    source: str


@attrs.frozen
class Message:
    """One message of the catalogue: its key, what it means, and every wording of it."""

    key: str
    meaning: str
    wordings: tuple[Wording, ...]


def resolved(declared: Declared, printer: Printer) -> Message:
    """A message with all that its class and module say for it."""
    its = printer.but(declared.level, declared.roles, declared.by)
    return Message(
        declared.key,
        declared.meaning,
        tuple(found for text in declared.texts for found in _wordings(text, its)),
    )


_CHOICE = re.compile(r"<([^<>:]*\|[^<>:]*)>")
"""Words of which each range of releases has its own, in that order."""
_CLAUSE = re.compile(r", (at|as|by) ")
_PARAMETERS = {"at": "level", "as": "roles", "by": "by"}
"""What is said of one text, by the parameter of `Printer.but`."""


def _wordings(line: str, printer: Printer) -> Iterator[Wording]:
    """The wordings that a line of a declaration stands for.

    Raises
    ------
    ValueError
        if it does not begin with releases and a colon, or has not a word for each range.

    >>> for found in _wordings("redis 2.8-4.0 | 5.0+, at notice: <Slave|Replica> is gone", Printer(level="debug")):
    ...     print(found.versions, "-", found.level, "-", found.template)
    redis 2.8-4.0 - debug - Slave is gone
    redis 5.0+; valkey 7.2+ - notice - Replica is gone
    """
    label, colon, text = line.partition(": ")
    if not colon:
        raise ValueError(f"expected 'releases: text', got {line!r}")
    labels = label.split(" | ")
    texts = _texts(text, len(labels))
    if len(labels) == 1:
        labels *= len(texts)
    if len(texts) != len(labels):
        raise ValueError(f"{len(labels)} ranges of releases for {len(texts)} texts in {line!r}")
    for releases, template in zip(labels, texts, strict=True):
        versions, its = _printed(releases, printer)
        yield Wording(template, versions, _level(its.level, versions), its.roles, source_of(its))


def _texts(text: str, number: int) -> list[str]:
    """A text with each of the words that it gives to choose from; as often as asked if it gives none."""
    if "|" not in text:
        return [text] * number
    choices = [words.split("|") for words in _CHOICE.findall(text)]
    turns = len(choices[0]) if choices else number
    return [_CHOICE.sub(lambda words, turn=turn: words[1].split("|")[turn], text) for turn in range(turns)]  # type: ignore[misc]


@cache
def _printed(releases: str, printer: Printer) -> tuple[str, Printer]:
    """The ranges of a text with their products, and who prints it.

    >>> _printed("5.0+, as M,S, by freeClient", Printer())
    ('redis 5.0+; valkey 7.2+', Printer(category='other', file='', level='', roles='M,S', by='freeClient'))
    """
    versions, *clauses = _CLAUSE.split(releases)
    said = {_PARAMETERS[word]: what for word, what in zip(clauses[::2], clauses[1::2], strict=True)}
    full = f"redis {versions}; valkey 7.2+" if versions[:1].isdigit() else versions
    return full, printer.but(**said)


_UNTIL = re.compile(r"(?P<before>\S+) until (?P<last>[\d.]+), then (?P<after>\S+)")
_OPEN = re.compile(r"redis (?P<first>[\d.]+)\+; (?P<others>.+)")


@cache
def _level(level: str, versions: str) -> str:
    """The level of a text, by the releases that print it where it changed.

    Raises
    ------
    ValueError
        if it changed, and they are not all of Redis's from one on, and others.

    >>> _level("warning until 7.0, then notice", "redis 3.0+; valkey 7.2")
    'warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2]'
    """
    changed = _UNTIL.fullmatch(level)
    if changed is None:
        return level
    printed = _OPEN.fullmatch(versions)
    if printed is None:
        raise ValueError(f"the level of {versions!r} does not follow from {level!r}")
    before, last, after = changed.groups()
    until = last if printed["first"] == last else f"{printed['first']}-{last}"
    return f"{before}[redis {until}] {after}[redis {following('redis', last)}+; {printed['others']}]"


@cache
def source_of(printer: Printer) -> str:
    """Where the text is printed, as ``file:function``: of the printer's file, where the first function names none.

    >>> source_of(Printer(file="rdb.c", by="rdbLoad,aof.c:loadAppendOnlyFile"))
    'rdb.c:rdbLoad,aof.c:loadAppendOnlyFile'
    >>> source_of(Printer(file="replication.c", by="{slave,replica}ofCommand,cluster{,_legacy}.c:clusterCron"))
    'replication.c:slaveofCommand,replication.c:replicaofCommand,cluster.c:clusterCron,cluster_legacy.c:clusterCron'
    >>> source_of(Printer(file="config-init.sh"))
    'config-init.sh'
    """
    functions = _COMMA.split(printer.by)
    if ":" in functions[0] or "." in functions[0]:
        return _names(printer.by)
    named = (each if ":" in each else f"{printer.file}:{each}" for each in functions)
    return _names(",".join(named) if printer.by else printer.file)


_COMMA = re.compile(r",(?![^{]*\})")
_BRACES = re.compile(r"([^,{]*)\{([^{}]*)\}([^,]*)")
"""A name with parts to choose from, each of which stands for a name."""


def _names(functions: str) -> str:
    """Functions with all names that one with braces stands for."""
    if "{" not in functions:
        return functions
    return _BRACES.sub(
        lambda found: ",".join(f"{found[1]}{part}{found[3]}" for part in found[2].split(",")), functions
    )
