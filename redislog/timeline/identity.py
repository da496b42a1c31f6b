"""Identity: which address is which node, deduced from the logs alone.

A replica's log names its primary by an address, a primary's log names its replicas by theirs, and no log
names its own. Identity and clocks are solved together: every assignment of addresses to nodes is kept under
which no effect precedes its cause, then those that account for most syncs. What all of them say is accepted;
where they differ, or where what is meant may be missing of a log, the question stays open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property, reduce
from typing import Literal

import attrs

from redislog.hints import Hint
from redislog.node.history import NodeHistory
from redislog.timeline.choices import Choice, Session, all_choices
from redislog.timeline.clocks import Interval
from redislog.timeline.components import Component, common, components, owners
from redislog.timeline.families import families_of
from redislog.timeline.leftover import Leftover, leftovers
from redislog.timeline.sessions import is_told
from redislog.timeline.values import Basis
from redislog.values import Address


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
class Identity:
    """What is known of addresses, of joined syncs and of clock offsets.

    ``owner`` maps addresses to nodes, ``likely`` those whose it likely is, if the clocks agree; ``views`` has, for a log that does not mean the server that others mean by an
    address, whom it means, None where that is not known (networks are apart, and addresses are used again); ``unsure`` are the nodes with addresses that are
    no more than likely. ``stated``
    are what hints say: (node, address) to the hint; ``candidates`` those that stay open to the nodes that fit; ``taken``
    are those that belong to some node whose log is there, whichever it is; ``joins``
    a replica's session to a primary's; ``served_by`` a replica's session to its primary where only that is
    sure, ``kinds`` to the kind of sync that the primary calls it; ``leftover`` says for each primary which of its sessions belong to no attempt in any log;
    ``offsets`` bounds the clock of a replica minus that of a primary; ``too_large`` are the nodes of which there
    were too many possibilities to look at. ``moved`` has, for a replica and an address that leads to one server after
    another, who was there from which of the replica's lines on.
    """

    owner: dict[Address, str]
    likely: dict[Address, str]
    views: dict[str, dict[Address, str | None]]
    unsure: frozenset[tuple[str, Address]]
    stated: dict[tuple[str, Address], Hint]
    candidates: dict[Address, frozenset[str]]
    taken: frozenset[Address]
    joins: dict[Session, Session]
    served_by: dict[Session, str]
    kinds: dict[Session, Literal["full", "partial"] | None]
    leftover: dict[str, Leftover]
    offsets: dict[tuple[str, str], Offset]
    too_large: frozenset[str]
    moved: Mapping[tuple[str, Address], tuple[tuple[int, str], ...]] = attrs.field(factory=dict)

    @property
    def complete(self) -> bool:
        """Whether all possibilities were looked at."""
        return not self.too_large

    def owner_of(self, address: Address, by: str | None = None) -> str | None:
        """The node that is meant by an address; ``by`` is the node whose log names it, where it is known."""
        view = self.views.get(by or "", {})
        if address in view:
            return view[address]
        return self.owner.get(address) or self.likely.get(address)

    def met(self, address: Address, by: str, order: int) -> str | None:
        """The node that a log means by an address at one of its lines."""
        known = self.moved.get((by, address))
        if known is None:
            return self.owner_of(address, by)
        return next((name for start, name in reversed(known) if start <= order), known[0][1])

    def basis_of(self, name: str, address: Address) -> Basis:
        """How it is known that an address is a node's."""
        if hint := self.stated.get((name, address)):
            return "deduced" if hint.deduced else "stated"
        return "likely" if (name, address) in self.unsure else "deduced"

    def addresses_of(self, name: str) -> list[Address]:
        """Every address that some log means a node by, in order."""
        return self._addresses.get(name, [])

    def joins_of(self, name: str) -> list[tuple[Session, Session]]:
        """The joined syncs of which one end is a node's."""
        return self._joins.get(name, [])

    @cached_property
    def _joins(self) -> dict[str, list[tuple[Session, Session]]]:
        found: dict[str, list[tuple[Session, Session]]] = {}
        for replica, primary in sorted(self.joins.items()):
            for name in {replica[0], primary[0]}:
                found.setdefault(name, []).append((replica, primary))
        return found

    @cached_property
    def _addresses(self) -> dict[str, list[Address]]:
        found: dict[str, set[Address]] = {}
        views = (item for view in self.views.values() for item in view.items())
        for address, name in (*self.owner.items(), *self.likely.items(), *views):
            found.setdefault(name or "", set()).add(address)
        return {name: sorted(addresses) for name, addresses in found.items()}


@attrs.frozen
class _Part:
    """What the answers of one component say alike."""

    owner: dict[Address, str]
    likely: dict[Address, str]
    candidates: dict[Address, frozenset[str]]
    taken: frozenset[Address]
    joins: dict[Session, Session]
    served_by: dict[Session, str]
    kinds: dict[Session, Literal["full", "partial"] | None]
    leftover: dict[str, Leftover]
    offsets: dict[tuple[str, str], Offset]


def identify(histories: Iterable[NodeHistory], hints: Iterable[Hint] = ()) -> Identity:
    """Solve identity and clocks for the nodes whose logs are there; ``hints`` state some addresses."""
    nodes = {history.name: history for history in sorted(histories, key=lambda history: history.name)}
    families = families_of(nodes)
    possible = all_choices(nodes, families)
    questions = [choices for _, choices in sorted(possible.items()) if choices]
    known = [hint for hint in hints if hint.name in nodes]
    solutions = components(nodes, families, questions, known)
    homeless = _homeless(nodes, possible)
    parts = [_agreement(nodes, each, homeless) for each in solutions]
    owner, likely, views = _views(solutions, parts)
    return Identity(
        owner=owner,
        likely=likely,
        views=views,
        unsure=frozenset((name, address) for part in parts for address, name in part.likely.items()),
        stated={(hint.name, address): hint for each in solutions for address, hint in each.stated.items()},
        candidates=_open(parts, owner.keys() | likely.keys()),
        taken=frozenset[Address]().union(*(part.taken for part in parts)),
        joins={replica: primary for part in parts for replica, primary in part.joins.items()},
        served_by={replica: primary for part in parts for replica, primary in part.served_by.items()},
        kinds={replica: kind for part in parts for replica, kind in part.kinds.items()},
        leftover={name: left for part in parts for name, left in part.leftover.items()},
        offsets={pair: offset for part in parts for pair, offset in part.offsets.items()},
        too_large=frozenset(name for each in solutions if not each.solution.complete for name in each.nodes),
    )


def _homeless(
    nodes: Mapping[str, NodeHistory], possible: Mapping[tuple[str, Address], list[Choice]]
) -> list[Session]:
    """The attempts of which no line says at which address, or when they asked or were answered: nothing tells their
    primary's syncs from others. And those that no log explains, as lines of it may be missing.
    """
    return [
        (name, number)
        for name, history in nodes.items()
        for number, attempt in enumerate(history.attempts)
        if attempt.kind is not None
        and (attempt.primary is None or not is_told(attempt) or not possible.get((name, attempt.primary)))
    ]


def _views(
    solutions: list[Component], parts: list[_Part]
) -> tuple[dict[Address, str], dict[Address, str], dict[str, dict[Address, str | None]]]:
    """Whose each address is, whose it likely is, and what a component's logs mean by one where others mean another."""
    named: dict[Address, dict[int, str | None]] = {}
    for number, (component, part) in enumerate(zip(solutions, parts, strict=True)):
        for address in filter(_tells_apart, component.addresses):
            named.setdefault(address, {})[number] = part.owner.get(address) or part.likely.get(address)
    owner: dict[Address, str] = {}
    likely: dict[Address, str] = {}
    views: dict[str, dict[Address, str | None]] = {}
    for address, by in named.items():
        known = [name for name in dict.fromkeys(by.values()) if name is not None]
        if len(known) == 1:
            is_certain = any(parts[number].owner.get(address) for number in by)
            (owner if is_certain else likely)[address] = known[0]
        for number, name in by.items() if len(by) > 1 and known else ():
            for node in solutions[number].nodes if name is None or len(known) > 1 else ():
                views.setdefault(node, {})[address] = name
    return owner, likely, views


def _tells_apart(address: Address) -> bool:
    """Whether an address is one server's, and not whatever was masked alike."""
    return address.tells_apart


def _open(parts: list[_Part], known: Collection[Address]) -> dict[Address, frozenset[str]]:
    found: dict[Address, frozenset[str]] = {}
    for part in parts:
        for address, names in part.candidates.items():
            if address not in known:
                found[address] = found.get(address, frozenset()) | names
    return dict(sorted(found.items(), key=lambda item: item[0]))


def _agreement(nodes: Mapping[str, NodeHistory], component: Component, homeless: list[Session]) -> _Part:
    """What all assignments say alike, and what is likely besides; nothing where not all of them were seen."""
    best = component.solution.best if component.solution.complete else [()]
    owned = [owners(assignment) for assignment in best]
    certain = dict(component.certain)
    candidates = _candidates(owned)
    near = [_agreement(nodes, each, []) for each in component.near]
    likely = _likely(near, certain, candidates)
    near_joins = {
        replica: primary
        for each in near
        for replica, primary in each.joins.items()
        if _is_used(nodes, replica, primary, certain | likely)
    }
    joins = [
        _with_likely({replica: primary for choice in each for replica, primary in choice.joins}, near_joins)
        for each in best
    ]
    served = [{replica: primary[0] for replica, primary in each.items()} for each in joins]
    kinds = [
        {replica: nodes[name].services[number].kind for replica, (name, number) in each.items()}
        for each in joins
    ]
    clocks = [_clocks(assignment) for assignment in best]
    known = certain | likely
    offsets = {
        pair: Offset(
            reduce(Interval.either, (each[pair] for each in clocks)),
            min((each[pair].middle for each in clocks), key=abs),
        )
        for pair in clocks[0]
        if all(pair in each for each in clocks)
    }
    return _Part(
        owner={} if component.likely else certain,
        likely=known if component.likely else likely,
        candidates={
            address: frozenset(names) for address, names in sorted(candidates.items()) if address not in known
        },
        taken=frozenset.intersection(*(frozenset(each) for each in owned)) | likely.keys(),
        joins=common(joins),
        served_by=common(served),
        kinds=common(kinds),
        leftover=leftovers(nodes, component.nodes, joins, known, homeless),
        offsets={pair: offset for each in near for pair, offset in each.offsets.items()} | offsets,
    )


def _candidates(owned: Iterable[Mapping[Address, str]]) -> dict[Address, set[str]]:
    """Whom some assignments have at each address."""
    found: dict[Address, set[str]] = {}
    for each in owned:
        for address, name in each.items():
            found.setdefault(address, set()).add(name)
    return found


def _likely(
    near: list[_Part], certain: Mapping[Address, str], candidates: Mapping[Address, set[str]]
) -> dict[Address, str]:
    """Whose open addresses likely are: what must be leaves it possible, and no part of the logs says otherwise."""
    found: dict[Address, str] = {}
    refused = set()
    for part in near:
        for address, name in part.likely.items():
            if address in certain:
                continue
            if name not in candidates.get(address, {name}) or found.setdefault(address, name) != name:
                refused.add(address)
    return {address: name for address, name in found.items() if address not in refused}


def _is_used(
    nodes: Mapping[str, NodeHistory], replica: Session, primary: Session, known: Mapping[Address, str]
) -> bool:
    """Whether both ends of a sync are known by the addresses that each has for the other."""
    upstream = nodes[replica[0]].attempts[replica[1]].primary
    downstream = nodes[primary[0]].services[primary[1]].replica
    return (
        upstream is not None
        and isinstance(downstream, Address)
        and known.get(upstream) == primary[0]
        and known.get(downstream) == replica[0]
    )


def _with_likely(joins: dict[Session, Session], likely: Mapping[Session, Session]) -> dict[Session, Session]:
    """Joined syncs with those that are likely in place of others that would need the same ends."""
    taken = set(likely.values())
    return {ours: its for ours, its in joins.items() if its not in taken} | dict(likely)


def _clocks(assignment: tuple[Choice, ...]) -> dict[tuple[str, str], Interval]:
    clocks: dict[tuple[str, str], Interval] = {}
    for choice in assignment:
        pair = (choice.replica, choice.primary)
        if choice.alignment.pairs:
            clocks[pair] = clocks.get(pair, Interval()).both(choice.alignment.interval)
    return clocks
