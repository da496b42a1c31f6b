"""Identity: which address is which node, deduced from the logs alone.

A replica's log names its primary by an address, a primary's log names its replicas by theirs, and no log
names its own. Identity and clocks are solved together: every assignment of addresses to nodes is kept under
which no effect precedes its cause, then those that join most syncs. What all of them say is accepted; where
they differ, the question stays open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import pairwise, permutations
from typing import TypeVar

import attrs

from redislog.hints import Hint
from redislog.node.history import Attempt, NodeHistory
from redislog.timeline.clocks import RESOLUTION, Interval
from redislog.timeline.sessions import (
    Alignment,
    address_attempts,
    address_services,
    agree,
    alignments,
    begins_with_a_start,
)
from redislog.values import Address

_MOST_ASSIGNMENTS = 2000
_MOST_STEPS = 200_000
_SMALL_PART = 0.1

_K = TypeVar("_K")
_V = TypeVar("_V")

Session = tuple[str, int]
"""A sync in one node's log: (node, number)."""


@attrs.frozen
class Choice:
    """One way to explain a replica's attempts at one address: which node that is, and how it names the replica.

    ``downstreams`` are the addresses of the replica, one after the other: each life of its process may have its own.
    Where a single sync of a life is all that speaks for it, the one that is meant may not be there: ``sure`` is False
    where the primary's log is cut at its head, as it may be in what was cut off, or in another log; ``doubtful``
    is True where it comes after the primary's last line unless the clocks differ, or its port is not the replica's.
    """

    replica: str
    upstream: Address
    primary: str
    downstreams: tuple[Address, ...]
    alignment: Alignment
    port_agrees: bool
    sure: bool = True
    doubtful: bool = False

    @property
    def without_a_sync(self) -> Choice:
        """The same primary, none of whose syncs that are there is meant."""
        outside = Alignment((), Interval(), outside=self.alignment.explained)
        return attrs.evolve(self, downstreams=(), alignment=outside, port_agrees=False)

    @property
    def joins(self) -> Iterator[tuple[Session, Session]]:
        """Joined sessions: (replica's, primary's)."""
        for attempt, service in self.alignment.pairs:
            yield (self.replica, attempt), (self.primary, service)


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
    sure; ``leftover`` says for each primary which of its sessions belong to no attempt in any log;
    ``offsets`` bounds the clock of a replica minus that of a primary; ``complete`` is False where there
    were too many possibilities to look at.
    """

    owner: dict[Address, str]
    stated: dict[Address, Hint]
    candidates: dict[Address, frozenset[str]]
    taken: frozenset[Address]
    joins: dict[Session, Session]
    served_by: dict[Session, str]
    leftover: dict[str, Leftover]
    offsets: dict[tuple[str, str], Offset]
    complete: bool


def identify(histories: Iterable[NodeHistory], hints: Iterable[Hint] = ()) -> Identity:
    """Solve identity and clocks for the nodes whose logs are there; ``hints`` state some addresses."""
    nodes = {history.name: history for history in sorted(histories, key=lambda history: history.name)}
    questions = [choices for _, choices in sorted(_choices(nodes).items()) if choices]
    stated = {hint.address: hint for hint in hints if hint.name in nodes}
    owner = {address: hint.name for address, hint in stated.items()}
    searches = [_Search(questions, owner)]
    searches += [_Search(others, owner) for others in _without_the_unsure(questions, searches[0].best, owner)]
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


def _choices(nodes: dict[str, NodeHistory]) -> dict[tuple[str, Address], list[Choice]]:
    """Every possible explanation of every replica's attempts at every address."""
    found: dict[tuple[str, Address], list[Choice]] = {}
    # No server serves itself: it answers that its link is down (``replication.c:syncCommand``).
    others = {name: {each.primary for each in node.attempts if each.kind} for name, node in nodes.items()}
    for replica in nodes.values():
        for upstream, attempts in address_attempts(replica).items():
            options = found.setdefault((replica.name, upstream), [])
            for primary in nodes.values():
                if primary is not replica and upstream not in others[primary.name]:
                    options += _explanations(replica, upstream, attempts, primary, others[replica.name])
    return found


def _explanations(
    replica: NodeHistory,
    upstream: Address,
    attempts: list[int],
    primary: NodeHistory,
    excluded: set[Address | None],
) -> Iterator[Choice]:
    """The explanations of a replica's attempts at one address by one primary's log."""
    services = {
        downstream: numbers
        for downstream, numbers in address_services(primary).items()
        if downstream not in excluded
    }
    ports = {run.port for run in replica.runs}
    for alignment, downstreams in _alignments(replica, attempts, primary, services):
        is_single = max(Counter(_lives(replica, alignment)).values()) == 1
        port_agrees = all(downstream.port in ports for downstream in downstreams)
        is_other = None not in ports and not port_agrees
        is_later = is_single and _is_after(primary, replica.attempts[alignment.pairs[0][0]])
        yield Choice(
            replica.name,
            upstream,
            primary.name,
            downstreams,
            alignment,
            port_agrees,
            sure=not is_single or begins_with_a_start(primary),
            doubtful=is_single and (is_later or is_other) and not _lasts_alike(alignment.interval),
        )


def _is_after(primary: NodeHistory, attempt: Attempt) -> bool:
    """Whether an attempt comes after the last line of the primary's log, if the clocks are equal."""
    asked = attempt.asked or attempt.start
    return primary.last is not None and asked.time > primary.last.time + RESOLUTION


def _lasts_alike(offsets: Interval) -> bool:
    """Whether both logs say to a small part of it how long a sync took, so that it is the same one."""
    if offsets.low_lines is None or offsets.high_lines is None:
        return False
    took = offsets.high_lines[1].time - offsets.low_lines[1].time
    return offsets.high - offsets.low < took * _SMALL_PART


def _alignments(
    replica: NodeHistory, attempts: list[int], primary: NodeHistory, services: dict[Address, list[int]]
) -> Iterator[tuple[Alignment, tuple[Address, ...]]]:
    """Every address that may be the replica's; and several, one after the other, where that joins more."""
    found: dict[tuple[Address, ...], list[Alignment]] = {
        (downstream,): alignments(replica, attempts, primary, numbers)
        for downstream, numbers in services.items()
    }
    known = max((len(each.pairs) for options in found.values() for each in options), default=0)
    if len(attempts) != known and len(replica.runs) > 1:
        for one, other in permutations(services, 2):
            if services[one][-1] < services[other][0]:
                found[one, other] = [
                    each
                    for each in alignments(replica, attempts, primary, services[one] + services[other])
                    if len(each.pairs) > known and _moves_between_lives(replica, primary, each)
                ]
    for downstreams, options in found.items():
        for alignment in options:
            yield alignment, downstreams
    best = [each for options in found.values() for each in options if len(each.pairs) == known]
    for within in _other_offsets(best, whole=begins_with_a_start(primary)):
        for downstream, numbers in services.items():
            for alignment in alignments(replica, attempts, primary, numbers, within, known):
                if alignment.explained == known and alignment not in found[downstream,]:
                    yield alignment, (downstream,)


def _other_offsets(best: list[Alignment], *, whole: bool) -> Iterator[Interval]:
    """The offsets under which fewer syncs than the most may be all that a primary's log can have.

    Where it is cut at its head, any offset; but those that two syncs or more tell from both sides are the true ones.
    What comes after its last line may be missing too; that is no less likely where the clocks differ less.
    """
    nearest = min((max(each.interval.low, -each.interval.high, 0.0) for each in best), default=0.0)
    if nearest:
        yield Interval(-nearest, nearest)
    firm = max((each.firm for each in best), default=0)
    if not whole and firm < 2:
        yield Interval()
    elif not whole:
        yield from (each.interval for each in best if each.firm == firm)


def _lives(replica: NodeHistory, alignment: Alignment) -> list[int]:
    """In which life of its process a replica began each sync: one life has one address."""
    starts = [run.start.order for run in replica.runs if run.start is not None]
    return [bisect_right(starts, replica.attempts[attempt].start.order) for attempt, _ in alignment.pairs]


def _moves_between_lives(replica: NodeHistory, primary: NodeHistory, alignment: Alignment) -> bool:
    """Whether a replica has another address only after its process began anew."""
    lives = _lives(replica, alignment)
    hosts = [primary.services[service].replica for _, service in alignment.pairs]
    steps = zip(pairwise(lives), pairwise(hosts), strict=True)
    return all(one_life != next_life or one == other for (one_life, next_life), (one, other) in steps)


class _Search:
    """All assignments of most joined syncs, by depth-first search with a bound."""

    def __init__(self, questions: list[list[Choice]], owner: dict[Address, str]) -> None:
        self._questions = questions
        most = [max(choice.alignment.explained for choice in choices) for choices in questions]
        self._still = [sum(most[position:]) for position in range(len(most) + 1)]
        self._steps = 0
        self._best_score = (0, 0)
        self.best: list[tuple[Choice, ...]] = [()]
        self._try(0, (), owner, {})

    @property
    def exhausted(self) -> bool:
        """Whether there were more possibilities than were looked at."""
        return self._steps >= _MOST_STEPS or len(self.best) >= _MOST_ASSIGNMENTS

    def _try(
        self,
        position: int,
        chosen: tuple[Choice, ...],
        owner: dict[Address, str],
        clocks: dict[tuple[str, str], Interval],
    ) -> None:
        self._steps += 1
        explained = sum(choice.alignment.explained for choice in chosen)
        if self._steps >= _MOST_STEPS or explained + self._still[position] < self._best_score[0]:
            return
        if position == len(self._questions):
            self._rate(chosen, explained)
            return
        for choice in self._questions[position]:
            extended = _with(choice, chosen, owner, clocks)
            if extended is not None:
                self._try(position + 1, (*chosen, choice), *extended)
        self._try(position + 1, chosen, owner, clocks)

    def _rate(self, chosen: tuple[Choice, ...], explained: int) -> None:
        score = (explained, sum(choice.port_agrees for choice in chosen))
        if score > self._best_score:
            self._best_score, self.best = score, []
        if score == self._best_score and len(self.best) < _MOST_ASSIGNMENTS:
            self.best.append(chosen)


def _with(
    choice: Choice,
    chosen: tuple[Choice, ...],
    owner: dict[Address, str],
    clocks: dict[tuple[str, str], Interval],
) -> tuple[dict[Address, str], dict[tuple[str, str], Interval]] | None:
    """The assignment with one more choice, None if that contradicts it."""
    names = {choice.upstream: choice.primary, **dict.fromkeys(choice.downstreams, choice.replica)}
    if choice.upstream in choice.downstreams or any(
        owner.get(address, name) != name for address, name in names.items()
    ):
        return None
    used = {service for other in chosen for _, service in other.joins}
    if any(service in used for _, service in choice.joins):
        return None
    pair = (choice.replica, choice.primary)
    interval = clocks.get(pair, Interval()).both(choice.alignment.interval)
    if interval.empty:
        return None
    return {**owner, **names}, {**clocks, pair: interval}


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
