"""How messages are declared: by `message`, and by a `Printer` for what holds for all messages of a module.

A message is its key, what it means, and a line for each text: the releases that print it, a colon, and the text in
the notation of `redislog.grammar.notation` ::

    message("primary.replica-online", by="putSlaveOnline")(
        "the replica has received the snapshot and gets the stream",
        "redis 2.6, by sendBulkToSlave: Synchronization with slave succeeded",
        "redis 2.8-4.0 | 5.0+: Synchronization with <slave|replica> <replica:addr> succeeded",
    )

The level at which it is printed, the role letters before it and the functions that print it are said for a module
(`Printer`), a class (`redislog.events.base.event`), a message (`message`) or one text, behind its releases: ``at
notice``, ``as M,S``, ``by freeClient``. What is nearest to the text holds.

Short forms. A range without a product is Redis's, and all of Valkey, which began as Redis 7.2: ``5.0+`` is
``redis 5.0+; valkey 7.2+``. Texts that differ in single words are one line, with
the releases and the words in the same order, or with all words for the same releases. A level that changed says when: ``warning until 7.0, then notice``. Functions, or files, that differ in a part are one
name, as in a shell: ``{master,primary}TryPartialResynchronization``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import attrs

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


class Printer(NamedTuple):
    """What holds for the messages of a module or class, as far as they say nothing else.

    ``category`` is the subject under which they are counted; ``file`` the source file that functions without one are
    in; ``by`` the functions that print them.
    """

    category: str = "other"
    file: str = ""
    level: str = ""
    roles: str = ""
    by: str = ""

    def but(self, level: str = "", roles: str = "", by: str = "") -> Printer:
        """The same with what is said of some of its messages; what is empty stays."""
        return self._replace(level=level or self.level, roles=roles or self.roles, by=by or self.by)

    @property
    def source(self) -> str:
        """Where the text is printed, as ``file:function``: of the printer's file, where the first function names none.

        >>> Printer(file="rdb.c", by="rdbLoad,aof.c:loadAppendOnlyFile").source
        'rdb.c:rdbLoad,aof.c:loadAppendOnlyFile'
        >>> Printer(file="replication.c", by="{slave,replica}ofCommand,cluster{,_legacy}.c:clusterCron").source
        'replication.c:slaveofCommand,replication.c:replicaofCommand,cluster.c:clusterCron,cluster_legacy.c:clusterCron'
        >>> Printer(file="config-init.sh").source
        'config-init.sh'
        """
        functions = _COMMA.split(self.by)
        if ":" in functions[0] or "." in functions[0]:
            return _names(self.by)
        named = (each if ":" in each else f"{self.file}:{each}" for each in functions)
        return _names(",".join(named) if self.by else self.file)


class Declared(NamedTuple):
    """A message as it was declared: what it does not say, its class says (`resolved`)."""

    key: str
    meaning: str
    texts: tuple[str, ...]
    level: str
    roles: str
    by: str


class Keyed(NamedTuple):
    """The head of a declaration; it is called with the rest."""

    key: str
    level: str
    roles: str
    by: str

    def __call__(self, meaning: str, *texts: str) -> Declared:
        """What the message means, and its texts, each behind the releases that print it."""
        return Declared(self.key, meaning, texts, self.level, self.roles, self.by)


def message(key: str, *, level: str = "", roles: str = "", by: str = "") -> Keyed:
    """Declare one message of an event class: called with what it means and its texts.

    ``level`` is the level that it is printed at, also by version: ``warning[redis 2.8-7.0] notice[redis 7.2+]``;
    ``roles`` the role letters, the likeliest first; ``by`` the functions that print it, separated by commas.
    """
    return Keyed(key, level, roles, by)


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
_COMMA = re.compile(r",(?![^{]*\})")
_BRACES = re.compile(r"([^,{]*)\{([^{}]*)\}([^,]*)")
"""A name with parts to choose from, each of which stands for a name."""
_UNTIL = re.compile(r"(\S+) until ([\d.]+), then (\S+)")


def _wordings(line: str, printer: Printer) -> Iterator[Wording]:
    """The wordings that a line of a declaration stands for.

    Raises
    ------
    ValueError
        if it does not begin with releases and a colon.

    >>> for found in _wordings("redis 2.8-4.0 | 5.0+, at notice: <Slave|Replica> is gone", Printer(level="debug")):
    ...     print(found.versions, "-", found.level, "-", found.template)
    redis 2.8-4.0 - debug - Slave is gone
    redis 5.0+; valkey 7.2+ - notice - Replica is gone
    """
    label, colon, text = line.partition(": ")
    if not colon:
        raise ValueError(f"expected 'releases: text', got {line!r}")
    choices = [choice.split("|") for choice in _CHOICE.findall(text)]
    labels = label.split(" | ")
    for number, said in enumerate(labels * len(choices[0]) if choices and len(labels) == 1 else labels):
        versions, *clauses = _CLAUSE.split(said)
        its = printer.but(
            **{_PARAMETERS[word]: what for word, what in zip(clauses[::2], clauses[1::2], strict=True)}
        )
        template = _CHOICE.sub(lambda choice, turn=number: choice[1].split("|")[turn], text)  # type: ignore[misc]
        full = _ranges(versions)
        yield Wording(template, full, _level(its.level, full), its.roles, its.source)


def _names(functions: str) -> str:
    """Functions with all names that one with braces stands for."""
    return _BRACES.sub(
        lambda found: ",".join(f"{found[1]}{part}{found[3]}" for part in found[2].split(",")), functions
    )


def _ranges(versions: str) -> str:
    """A range over releases with its products."""
    return f"redis {versions}; valkey 7.2+" if versions[:1].isdigit() else versions


def _level(level: str, versions: str) -> str:
    """The level of a text by the releases that print it.

    >>> _level("warning until 7.0, then notice", "redis 3.0+; valkey 7.2")
    'warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2]'
    """
    changed = _UNTIL.fullmatch(level)
    if changed is None:
        return level
    before, last, after = changed.groups()
    redis, _, others = versions.partition("+; ")
    first = redis.removeprefix("redis ")
    until = last if first == last else f"{first}-{last}"
    return f"{before}[redis {until}] {after}[redis {following('redis', last)}+; {others}]"
