"""Which of a primary's syncs belong to no attempt in any log."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from redislog.node.history import Attempt, NodeHistory, Service
from redislog.timeline.choices import Session
from redislog.timeline.components import common
from redislog.timeline.requests import LATE
from redislog.timeline.sessions import agree
from redislog.values import Address


@attrs.frozen
class Leftover:
    """Sessions of a primary (numbers) that are not joined for certain.

    ``alone`` belong to no log that is there; of ``open`` ones, ``counts`` of each kind belong to none, and it
    is not known which.
    """

    alone: frozenset[int]
    open: frozenset[int]
    counts: dict[str | None, int]


def leftovers(
    nodes: Mapping[str, NodeHistory],
    among: frozenset[str],
    joins: list[dict[Session, Session]],
    owner: Mapping[Address, str],
    homeless: list[Session],
) -> dict[str, Leftover]:
    """The sessions of each primary of a component that are not joined for certain.

    Some may be those of attempts that are joined with none: two replicas may share one address behind a
    gateway, or have had each other's. ``homeless`` are attempts of which no line says at which address, or that no log
    explains.
    """
    certain = set(common(joins).values())
    own = [
        (name, number)
        for name in sorted(among)
        for number, attempt in enumerate(nodes[name].attempts)
        if attempt.kind is not None
    ]
    attempts = {
        session: nodes[session[0]].attempts[session[1]]
        for session in dict.fromkeys([*own, *homeless])
        if any(session not in each for each in joins)
    }
    found = {}
    for name in sorted(among):
        history = nodes[name]
        unsure = {number for number in range(len(history.services)) if (name, number) not in certain}
        could_be = [
            (session, number)
            for session, attempt in attempts.items()
            if session[0] != name and (attempt.primary is None or owner.get(attempt.primary, name) == name)
            for number in unsure
            if agree(attempt, history, history.services[number])
            and (
                session[0] in among or attempt.primary is None or _at_once(attempt, history.services[number])
            )
        ]
        possible: set[int] = set()
        counts: dict[str | None, int] = {}
        for each in joins:
            explained = {number for number in unsure if (name, number) in each.values()}
            free = [pair for pair in could_be if pair[0] not in each and pair[1] not in explained]
            possible |= explained | {number for _, number in free}
            for kind in {history.services[number].kind for number in unsure}:
                rest = _of_kind(history, unsure - explained, kind)
                hiding = {session for session, number in free if number in rest}
                hidden = min(len(hiding), len({number for _, number in free if number in rest}))
                counts[kind] = min(counts.get(kind, len(rest)), len(rest) - hidden)
        alone = unsure - possible
        found[name] = Leftover(
            frozenset(alone),
            frozenset(possible),
            {kind: count - len(_of_kind(history, alone, kind)) for kind, count in counts.items()},
        )
    return found


def _at_once(attempt: Attempt, service: Service) -> bool:
    """Whether two ends begin or end at one time, if the clocks agree: lines between may be missing, so that they do not fit."""
    pairs = (
        (attempt.asked or attempt.start, service.asked),
        (attempt.finished or attempt.failed, service.online or service.failed),
    )
    return any(
        ours is not None and theirs is not None and abs(ours.time - theirs.time) <= LATE
        for ours, theirs in pairs
    )


def _of_kind(history: NodeHistory, numbers: set[int], kind: str | None) -> set[int]:
    return {number for number in numbers if history.services[number].kind == kind}
