"""How messages are declared: by `message`, and by a `Printer` for what holds for all messages of a module.

A message is its key, what it means, and a line for each text: the releases that print it, a colon, and the text in
the notation of `redislog.grammar.notation` ::

    message("primary.replica-online", by="putSlaveOnline")(
        "the replica has received the snapshot and gets the stream",
        "redis 2.6, by sendBulkToSlave: Synchronization with slave succeeded",
        "redis 2.8-4.0 | 5.0+: Synchronization with <slave|replica> <replica:addr> succeeded",
    )

The level at which it is printed, the role letters before it and the functions that print it are said for a module
(`Printer`), a class (`redislog.events.making.event`), a message (`message`) or one text, behind its releases: ``at
notice``, ``as M,S``, ``by freeClient``. What is nearest to the text holds.

Short forms. A range without a product is Redis's, and all of Valkey, which began as Redis 7.2: ``5.0+`` is
``redis 5.0+; valkey 7.2+``. Texts that differ in single words are one line, with
the releases and the words in the same order, or with all words for the same releases. A level that changed says when: ``warning until 7.0, then notice``. Functions, or files, that differ in a part are one
name, as in a shell: ``{master,primary}TryPartialResynchronization``.
"""

from __future__ import annotations

from typing import NamedTuple


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


class Declared(NamedTuple):
    """A message as it was declared: what it does not say, its class says (`redislog.events.wordings.resolved`)."""

    key: str
    meaning: str
    texts: tuple[str, ...]
    level: str
    roles: str
    by: str


class _Head:
    """The head of a declaration; it is called with the rest."""

    __slots__ = ("by", "key", "level", "roles")

    def __init__(self, key: str, level: str, roles: str, by: str) -> None:
        self.key, self.level, self.roles, self.by = key, level, roles, by

    def __call__(self, meaning: str, *texts: str) -> Declared:
        """What the message means, and its texts, each behind the releases that print it."""
        return Declared(self.key, meaning, texts, self.level, self.roles, self.by)


def message(key: str, *, level: str = "", roles: str = "", by: str = "") -> _Head:
    """Declare one message of an event class: called with what it means and its texts.

    ``level`` is the level that it is printed at, also by version: ``warning[redis 2.8-7.0] notice[redis 7.2+]``;
    ``roles`` the role letters, the likeliest first; ``by`` the functions that print it, separated by commas.
    """
    return _Head(key, level, roles, by)
