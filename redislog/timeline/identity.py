"""Identity: which address is which node, deduced from the logs alone.

A replica's log names its primary by an address, a primary's log names its replicas by theirs, and no log
names its own. Identity and clocks are solved together: every assignment of addresses to nodes is kept under
which no effect precedes its cause, then those that account for most syncs. What all of them say is accepted;
where they differ, or where what is meant may be missing of a log, the question stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Literal, NamedTuple, TypeVar

import attrs

from redislog.hints import Hint
from redislog.node.history import NodeHistory
from redislog.timeline.choices import Choice, Session, all_choices
from redislog.timeline.clocks import Interval
from redislog.timeline.sessions import agree
from redislog.values import Address

_MOST_ASSIGNMENTS = 2000
_MOST_STEPS = 200_000

_K = TypeVar("_K")
_V = TypeVar("_V")


@attrs.frozen
class Offset:
    """What is known of a replica's clock minus its primary's.

    ``interval`` holds every possible offset; ``likely`` is the one to use: where several assignments are
    possible, the one under which the clocks differ least.
    """

    interval: Interval
    likely: float

    @property
    def reversed(self) -> Offset:
        """The same offset seen from the other clock."""
        return Offset(self.interval.reversed, -self.likely)


@attrs.frozen
class Leftover:
    """Sessions of a primary (numbers) that are not joined for certain.

    ``alone`` belong to no log that is there; of ``open`` ones, ``counts`` of each kind belong to none, and it
    is not known which.
    """

    alone: frozenset[int]
    open: frozenset[int]
    counts: dict[str | None, int]


@attrs.frozen
class Identity:
    """What is known of addresses, of joined syncs and of clock offsets.

    ``owner`` maps addresses to nodes, ``stated`` those of a hint to it; ``candidates`` those that stay open to the nodes that fit; ``taken``
    are those that belong to some node whose log is there, whichever it is; ``joins``
    a replica's session to a primary's; ``served_by`` a replica's session to its primary where only that is
    sure, ``kinds`` to the kind of sync that the primary calls it; ``leftover`` says for each primary which of its sessions belong to no attempt in any log;
    ``offsets`` bounds the clock of a replica minus that of a primary; ``complete`` is False where there
    were too many possibilities to look at.
    """

    owner: dict[Address, str]
    stated: dict[Address, Hint]
    candidates: dict[Address, frozenset[str]]
    taken: frozenset[Address]
    joins: dict[Session, Session]
    served_by: dict[Session, str]
    kinds: dict[Session, Literal["full", "partial"] | None]
    leftover: dict[str, Leftover]
    offsets: dict[tuple[str, str], Offset]
    complete: bool


def identify(histories: Iterable[NodeHistory], hints: Iterable[Hint] = ()) -> Identity:
    """Solve identity and clocks for the nodes whose logs are there; ``hints`` state some addresses."""
    nodes = {history.name: history for history in sorted(histories, key=lambda history: history.name)}
    questions = [choices for _, choices in sorted(all_choices(nodes).items()) if choices]
    stated = {hint.address: hint for hint in hints if hint.name in nodes}
    owner = {address: hint.name for address, hint in stated.items()}
    searches = [_Search(questions, owner)]
    if not searches[0].exhausted:
        others = _without_the_unsure(questions, searches[0].best, owner)
        searches += [_Search(remaining, owner) for remaining in others]
    complete = not any(search.exhausted for search in searches)
    return _agreement(nodes, [each for search in searches for each in search.best], stated, complete=complete)


def _without_the_unsure(
    questions: list[list[Choice]], best: list[tuple[Choice, ...]], owner: dict[Address, str]
) -> Iterator[list[list[Choice]]]:
    """The questions that remain if one of the answers is wrong, as what is meant is not there."""
    confirmed = {
        (choice.replica, choice.primary)
        for assignment in best
        for choice in assignment
        if _is_confirmed(choice, assignment)
    }
    for choice in dict.fromkeys(choice for assignment in best for choice in assignment):
        others = [choices for choices in questions if choice not in choices]
        if not choice.sure:
            yield others
        known = all(owner.get(address) == choice.replica for address in choice.downstreams)
        if choice.doubtful and not known and (choice.replica, choice.primary) not in confirmed:
            yield [*others, [choice.without_a_sync]]


def _is_confirmed(choice: Choice, assignment: Iterable[Choice]) -> bool:
    """Whether another replica finds the same of the primary's clock, so that it is the primary's that differs."""
    return any(
        other.primary == choice.primary
        and other.replica != choice.replica
        and other.alignment.firm > 0 < choice.alignment.firm
        and not other.alignment.interval.both(choice.alignment.interval).empty
        for other in assignment
    )


class _Option(NamedTuple):
    """A choice with what it lays down: who is at which address, and which of the primary's syncs it takes."""

    choice: Choice
    names: dict[Address, str]
    services: frozenset[Session]

    @classmethod
    def of(cls, choice: Choice) -> _Option:
        """A choice with what follows from it."""
        names = {choice.upstream: choice.primary, **dict.fromkeys(choice.downstreams, choice.replica)}
        return cls(choice, names, frozenset(service for _, service in choice.joins))


class _Assignment(NamedTuple):
    """Choices that do not contradict each other, and all that they lay down together."""

    chosen: tuple[Choice, ...]
    owner: dict[Address, str]
    clocks: dict[tuple[str, str], Interval]
    services: frozenset[Session]
    explained: int
    ports: int

    def extended(self, option: _Option) -> _Assignment | None:
        """The assignment with one more choice, None if that contradicts it."""
        choice, names, services = option
        if choice.upstream in choice.downstreams or not self.services.isdisjoint(services):
            return None
        if any(self.owner.get(address, name) != name for address, name in names.items()):
            return None
        pair = (choice.replica, choice.primary)
        interval = self.clocks.get(pair, _ANY).both(choice.alignment.interval)
        if interval.empty:
            return None
        return _Assignment(
            (*self.chosen, choice),
            {**self.owner, **names},
            {**self.clocks, pair: interval},
            self.services | services,
            self.explained + choice.alignment.explained,
            self.ports + choice.port_agrees,
        )


_ANY = Interval()


class _Search:
    """All assignments of most joined syncs, by depth-first search with a bound.

    Questions with few answers come first, so that what contradicts them is left early.
    """

    def __init__(self, questions: list[list[Choice]], owner: dict[Address, str]) -> None:
        self._questions = [
            [_Option.of(choice) for choice in choices] for choices in sorted(questions, key=len)
        ]
        most = [max(option.choice.alignment.explained for option in options) for options in self._questions]
        self._still = [sum(most[position:]) for position in range(len(most) + 1)]
        ports = sum(any(option.choice.port_agrees for option in options) for options in self._questions)
        self._highest_score = (self._still[0], ports)
        self._steps = 0
        self._best_score = (0, 0)
        self.best: list[tuple[Choice, ...]] = [()]
        self._try(0, _Assignment((), owner, {}, frozenset(), 0, 0))

    @property
    def exhausted(self) -> bool:
        """Whether there were more possibilities than were looked at."""
        return self._steps >= _MOST_STEPS or len(self.best) >= _MOST_ASSIGNMENTS

    @property
    def _gives_up(self) -> bool:
        """Whether nothing that is still to be found would make less of what stays open."""
        full = len(self.best) >= _MOST_ASSIGNMENTS and self._best_score == self._highest_score
        return full or self._steps >= _MOST_STEPS

    def _try(self, position: int, assignment: _Assignment) -> None:
        self._steps += 1
        if self._gives_up or assignment.explained + self._still[position] < self._best_score[0]:
            return
        if position == len(self._questions):
            self._rate(assignment)
            return
        for option in self._questions[position]:
            extended = assignment.extended(option)
            if extended is not None:
                self._try(position + 1, extended)
        self._try(position + 1, assignment)

    def _rate(self, assignment: _Assignment) -> None:
        score = (assignment.explained, assignment.ports)
        if score > self._best_score:
            self._best_score, self.best = score, []
        if score == self._best_score and len(self.best) < _MOST_ASSIGNMENTS:
            self.best.append(assignment.chosen)


def _agreement(
    nodes: dict[str, NodeHistory],
    best: list[tuple[Choice, ...]],
    stated: dict[Address, Hint],
    *,
    complete: bool,
) -> Identity:
    """What all assignments say alike; nothing where not all of them were seen."""
    if not complete:
        best = [()]
    owners = [_owners(assignment) for assignment in best]
    joins = [{replica: primary for choice in each for replica, primary in choice.joins} for each in best]
    served = [{replica: primary[0] for replica, primary in each.items()} for each in joins]
    kinds = [
        {replica: nodes[name].services[number].kind for replica, (name, number) in each.items()}
        for each in joins
    ]
    clocks = [_clocks(assignment) for assignment in best]
    candidates: dict[Address, set[str]] = {}
    for each in owners:
        for address, name in each.items():
            candidates.setdefault(address, set()).add(name)
    owner = _common(owners) | {address: hint.name for address, hint in stated.items()}
    return Identity(
        owner=owner,
        stated=stated,
        candidates={
            address: frozenset(names) for address, names in sorted(candidates.items()) if address not in owner
        },
        taken=frozenset.intersection(*(frozenset(each) for each in owners)),
        joins=_common(joins),
        served_by=_common(served),
        kinds=_common(kinds),
        leftover=_leftover(nodes, joins, owner),
        offsets={
            pair: Offset(
                reduce(Interval.either, (each[pair] for each in clocks)),
                min((each[pair].middle for each in clocks), key=abs),
            )
            for pair in clocks[0]
            if all(pair in each for each in clocks)
        },
        complete=complete,
    )


def _owners(assignment: tuple[Choice, ...]) -> dict[Address, str]:
    owners: dict[Address, str] = {}
    for choice in assignment:
        owners |= {choice.upstream: choice.primary, **dict.fromkeys(choice.downstreams, choice.replica)}
    return owners


def _clocks(assignment: tuple[Choice, ...]) -> dict[tuple[str, str], Interval]:
    clocks: dict[tuple[str, str], Interval] = {}
    for choice in assignment:
        pair = (choice.replica, choice.primary)
        if choice.alignment.pairs:
            clocks[pair] = clocks.get(pair, Interval()).both(choice.alignment.interval)
    return clocks


def _common(mappings: list[dict[_K, _V]]) -> dict[_K, _V]:
    first, *others = mappings
    return {key: value for key, value in first.items() if all(other.get(key) == value for other in others)}


def _leftover(
    nodes: dict[str, NodeHistory], joins: list[dict[Session, Session]], owner: dict[Address, str]
) -> dict[str, Leftover]:
    """The sessions of each primary that are not joined for certain.

    Some may be those of attempts that are joined with none: two replicas may share one address behind a
    gateway, or have had each other's.
    """
    certain = set(_common(joins).values())
    attempts = {
        (name, number): attempt
        for name, history in nodes.items()
        for number, attempt in enumerate(history.attempts)
        if attempt.kind is not None and any((name, number) not in each for each in joins)
    }
    found = {}
    for name, history in nodes.items():
        unsure = {number for number in range(len(history.services)) if (name, number) not in certain}
        could_be = [
            (session, number)
            for session, attempt in attempts.items()
            if session[0] != name and (attempt.primary is None or owner.get(attempt.primary, name) == name)
            for number in unsure
            if agree(attempt, history, history.services[number])
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


def _of_kind(history: NodeHistory, numbers: set[int], kind: str | None) -> set[int]:
    return {number for number in numbers if history.services[number].kind == kind}
