"""Logs that speak of one history: those that name a replication ID in common, directly or by way of others.

A replication ID is drawn at random (``replication.c:changeReplicationId``), and passed on by syncs alone: two logs that
name one are of servers that took part in one replication. A log without any ID may be of any.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from redislog.node.history import NodeHistory

_H = TypeVar("_H", bound=Hashable)


class Unions(Generic[_H]):
    """Things that are put together, two by two; each begins alone."""

    def __init__(self) -> None:
        self._parents: dict[_H, _H] = {}

    def find(self, thing: _H) -> _H:
        """The one that stands for all that a thing was put together with."""
        top = thing
        while (parent := self._parents.get(top, top)) != top:
            top = parent
        while (parent := self._parents.get(thing, thing)) != top:
            self._parents[thing] = top
            thing = parent
        return top

    def unite(self, things: Iterable[_H]) -> None:
        """Put things together, with all that they are together with."""
        tops = [self.find(thing) for thing in things]
        for top in tops[1:]:
            if top != tops[0]:
                self._parents[top] = tops[0]


def named_ids(history: NodeHistory) -> Iterator[str]:
    """Every replication ID that a log names: those that the server held, asked for, was granted, or was asked for."""
    for lineage in history.lineage:
        yield lineage.replid
        if lineage.replid2 is not None:
            yield lineage.replid2
    for attempt in history.attempts:
        if attempt.replid is not None:
            yield attempt.replid
        if attempt.requested is not None:
            yield attempt.requested[0]
    for service in history.services:
        if service.requested_replid is not None:
            yield service.requested_replid


def families_of(nodes: Mapping[str, NodeHistory]) -> dict[str, str]:
    """The family of every log that names an ID, by the name of one of its members.

    The IDs of nobody (``?``, and the zeros that a server without a second one prints) join nothing.
    """
    unions: Unions[str] = Unions()
    first: dict[str, str] = {}
    for name, history in nodes.items():
        for replid in named_ids(history):
            if replid.strip("0?"):
                unions.unite((first.setdefault(replid, name), name))
    named = set(first.values())
    members = {name: unions.find(name) for name in nodes}
    return {name: family for name, family in members.items() if family in named}
