"""Logs that bear on each other's identity: what cannot touch is solved apart, and one that is too large hinders no other.

Logs are of one component where one may have served the other. Two components that name one address are one network,
so that it is one server's; unless each of them knows for certain whose it is, or together they explain less. Then it is
two servers' in two networks (namespaces, hosts, Compose projects), or one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import attrs

from redislog.hints import Hint
from redislog.node.history import NodeHistory
from redislog.timeline.choices import Choice
from redislog.timeline.coincidence import coincident
from redislog.timeline.families import Unions
from redislog.timeline.search import Solution, solved
from redislog.timeline.sessions import is_told
from redislog.values import Address

Questions = list[list[Choice]]

_FEW = 8
"""Questions that are answered without regard to clocks first, also where several deployments may use one address."""

_K = TypeVar("_K")
_V = TypeVar("_V")


@attrs.frozen
class Component:
    """Some logs, the questions that they leave, and their answers; ``stated`` are the addresses that hints give them.

    ``likely`` says that the answers hold if the clocks agree; ``near`` are, of one that leaves questions open, the
    answers to them that hold if the clocks agree.
    """

    nodes: frozenset[str]
    questions: Questions
    stated: Mapping[Address, Hint]
    solution: Solution
    likely: bool = False
    near: tuple[Component, ...] = ()

    @classmethod
    def solved(
        cls,
        nodes: frozenset[str],
        questions: Questions,
        stated: Mapping[Address, Hint],
        known: Mapping[Address, str] | None = None,
        *,
        likely: bool = False,
    ) -> Component:
        """A component with its answers; ``known`` are addresses that are certain already."""
        likely = likely or any(choice.by_clock for choices in questions for choice in choices)
        owner = {**(known or {}), **{address: hint.name for address, hint in stated.items()}}
        return cls(nodes, questions, stated, solved(questions, owner), likely)

    @property
    def addresses(self) -> frozenset[Address]:
        """Every address that an answer, or a hint, is about."""
        named = (
            address
            for choices in self.questions
            for choice in choices
            for address in (choice.upstream, *choice.downstreams)
        )
        return frozenset(named) | self.stated.keys()

    @property
    def certain(self) -> Mapping[Address, str]:
        """Whose an address is by all answers; nothing where not all were seen."""
        stated = {address: hint.name for address, hint in self.stated.items()}
        if not self.solution.complete:
            return stated
        return common([owners(each) for each in self.solution.best]) | stated


def owners(assignment: tuple[Choice, ...]) -> dict[Address, str]:
    """Who is at which address by one assignment."""
    found: dict[Address, str] = {}
    for choice in assignment:
        found |= {choice.upstream: choice.primary, **dict.fromkeys(choice.downstreams, choice.replica)}
    return found


def common(mappings: list[dict[_K, _V]]) -> dict[_K, _V]:
    """What all of some mappings say alike."""
    first, *others = mappings
    return {key: value for key, value in first.items() if all(other.get(key) == value for other in others)}


def components(
    nodes: Mapping[str, NodeHistory],
    families: Mapping[str, str],
    questions: Questions,
    hints: Iterable[Hint],
) -> list[Component]:
    """All logs, by what they have to do with each other, each part with its answers."""
    parts = [
        part
        for names, asked, stated in _apart(nodes, questions, hints)
        for part in _answered(nodes, families, names, asked, stated)
    ]
    return [_completed(nodes, part) for part in _in_networks(parts)]


def _answered(
    nodes: Mapping[str, NodeHistory],
    families: Mapping[str, str],
    names: frozenset[str],
    questions: Questions,
    stated: Mapping[Address, Hint],
) -> list[Component]:
    """A component; or its parts, as they are if the clocks agree, where that tells more than what must be.

    There may be too much that is possible, or it may be of several deployments that use the same addresses.
    """
    several = len({families[name] for name in names if name in families}) > 1
    if several and len(questions) > _FEW:
        near = _by_clocks(nodes, names, stated)
        if sum(part.solution.explained for part in near) >= _told(nodes, questions):
            return near
    part = Component.solved(names, questions, stated)
    if part.solution.complete and not several:
        return [part]
    near = _by_clocks(nodes, names, stated)
    explained = sum(part.solution.explained for part in near)
    better = not part.solution.complete or explained > part.solution.explained
    return near if better else [part]


def _told(nodes: Mapping[str, NodeHistory], questions: Questions) -> int:
    """How many attempts there are to explain."""
    return sum(
        is_told(attempt)
        for choices in questions
        for attempt in nodes[choices[0].replica].attempts
        if attempt.primary == choices[0].upstream
    )


def _by_clocks(
    nodes: Mapping[str, NodeHistory],
    names: frozenset[str],
    stated: Mapping[Address, Hint],
    known: Mapping[Address, str] | None = None,
) -> list[Component]:
    """The parts of some logs, and their answers, if the clocks agree."""
    parts = [
        Component.solved(its, asked, hints, known, likely=True)
        for its, asked, hints in _apart(names, coincident(nodes, names), stated.values())
    ]
    return list(_in_networks(parts))


def _completed(nodes: Mapping[str, NodeHistory], part: Component) -> Component:
    """A component that leaves questions open, with the answers to them that hold if the clocks agree."""
    certain = part.certain
    if not part.questions or part.addresses <= certain.keys():
        return part
    return attrs.evolve(part, near=tuple(_by_clocks(nodes, part.nodes, part.stated, certain)))


def _apart(
    names: Iterable[str], questions: Questions, hints: Iterable[Hint]
) -> Iterator[tuple[frozenset[str], Questions, Mapping[Address, Hint]]]:
    """Logs that may have served each other, with their questions and what hints say of them."""
    touching: Unions[str] = Unions()
    for choices in questions:
        touching.unite(name for choice in choices for name in (choice.replica, choice.primary))
    members: dict[str, set[str]] = {}
    for name in names:
        members.setdefault(touching.find(name), set()).add(name)
    asked: dict[str, Questions] = {}
    for choices in questions:
        asked.setdefault(touching.find(choices[0].replica), []).append(choices)
    stated: dict[str, list[Hint]] = {}
    for hint in hints:
        stated.setdefault(touching.find(hint.name), []).append(hint)
    for top, its in members.items():
        yield frozenset(its), asked.get(top, []), _agreed(stated.get(top, []))


def _agreed(hints: Iterable[Hint]) -> dict[Address, Hint]:
    """What hints say of addresses, where they do not give one to several servers."""
    found: dict[Address, dict[str, Hint]] = {}
    for hint in hints:
        found.setdefault(hint.address, {}).setdefault(hint.name, hint)
    return {address: hint for address, its in found.items() if len(its) == 1 for hint in its.values()}


def _in_networks(parts: list[Component]) -> Iterator[Component]:
    """Parts that name an address in common as one, where they may be of one network."""
    sharing: Unions[int] = Unions()
    first: dict[Address, int] = {}
    for number, part in enumerate(parts):
        for address in part.addresses:
            sharing.unite((first.setdefault(address, number), number))
    together: dict[int, list[Component]] = {}
    for number, part in enumerate(parts):
        together.setdefault(sharing.find(number), []).append(part)
    for its in together.values():
        yield from its if len(its) == 1 or _contradict(its) else _joined(its)


def _contradict(parts: list[Component]) -> bool:
    """Whether two parts know for certain that an address is another server's."""
    known: dict[Address, str] = {}
    for part in parts:
        for address, name in part.certain.items():
            if known.setdefault(address, name) != name:
                return True
    return False


def _joined(parts: list[Component]) -> list[Component]:
    """Several parts as one; as they were where they explain less together, or are too many to be looked at."""
    whole = Component.solved(
        frozenset[str]().union(*(part.nodes for part in parts)),
        [choices for part in parts for choices in part.questions],
        {address: hint for part in parts for address, hint in part.stated.items()},
        likely=any(part.likely for part in parts),
    )
    apart = sum(part.solution.explained for part in parts)
    return [whole] if whole.solution.complete and whole.solution.explained >= apart else parts
