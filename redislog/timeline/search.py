"""The search for the assignments of addresses to servers that explain most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from redislog.timeline.choices import Choice, Session
from redislog.timeline.clocks import Interval
from redislog.values import Address

MOST_ASSIGNMENTS = 2000
MOST_STEPS = 200_000


class Solution(NamedTuple):
    """The assignments that account for most attempts, ``explained`` of them.

    ``complete`` is False where there were too many to look at all.
    """

    best: list[tuple[Choice, ...]]
    explained: int
    complete: bool


def solved(questions: list[list[Choice]], owner: Mapping[Address, str]) -> Solution:
    """The best answers to some questions, and those that are the best if one that is not sure is wrong.

    ``owner`` says who is at some addresses. The questions are searched through until `MOST_ASSIGNMENTS` are found, or
    `MOST_STEPS` are gone.
    """
    searches = [_Search(questions, owner, MOST_STEPS)]
    others = () if searches[0].exhausted else _without_the_unsure(questions, searches[0].best, owner)
    for remaining in others:
        if searches[-1].exhausted:
            break
        left = MOST_STEPS - sum(search.steps for search in searches)
        searches.append(_Search(remaining, owner, max(left, 0)))
    complete = not any(search.exhausted for search in searches)
    return Solution(
        [each for search in searches for each in search.best], searches[0].best_score[0], complete
    )


def _without_the_unsure(
    questions: list[list[Choice]], best: list[tuple[Choice, ...]], owner: Mapping[Address, str]
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

    def __init__(self, questions: list[list[Choice]], owner: Mapping[Address, str], most_steps: int) -> None:
        self._questions = [
            [_Option.of(choice) for choice in choices] for choices in sorted(questions, key=len)
        ]
        most = [max(option.choice.alignment.explained for option in options) for options in self._questions]
        self._still = [sum(most[position:]) for position in range(len(most) + 1)]
        ports = sum(any(option.choice.port_agrees for option in options) for options in self._questions)
        self._highest_score = (self._still[0], ports)
        self._most_steps = most_steps
        self.steps = 0
        self.best_score = (0, 0)
        self.best: list[tuple[Choice, ...]] = [()]
        self._try(0, _Assignment((), dict(owner), {}, frozenset(), 0, 0))

    @property
    def exhausted(self) -> bool:
        """Whether there were more possibilities than were looked at."""
        return self.steps >= self._most_steps or len(self.best) >= MOST_ASSIGNMENTS

    @property
    def _gives_up(self) -> bool:
        """Whether nothing that is still to be found would make less of what stays open."""
        full = len(self.best) >= MOST_ASSIGNMENTS and self.best_score == self._highest_score
        return full or self.steps >= self._most_steps

    def _try(self, position: int, assignment: _Assignment) -> None:
        self.steps += 1
        if self._gives_up or assignment.explained + self._still[position] < self.best_score[0]:
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
        if score > self.best_score:
            self.best_score, self.best = score, []
        if score == self.best_score and len(self.best) < MOST_ASSIGNMENTS:
            self.best.append(assignment.chosen)
