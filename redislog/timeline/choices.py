"""Every way to explain a replica's attempts at one address: by which log, and under which address of its own.

Logs may be cut, and nothing says so at their ends. What explains most is not alone possible then: an attempt may be
of a time that the primary's log does not hold, and another address that explains the rest fits as well.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise, permutations

import attrs

from redislog.node.history import Attempt, NodeHistory
from redislog.timeline.clocks import RESOLUTION, Interval
from redislog.timeline.requests import LATE, Requests
from redislog.timeline.sessions import (
    Alignment,
    address_attempts,
    address_services,
    alignments,
    begins_with_a_start,
    is_told,
    replids_at,
)
from redislog.values import Address

_LONG_WAIT, _ALIKE = 0.1, 0.02
"""Seconds that a replica waited at least for its snapshot, and to which two logs that speak of one sync agree on that."""

_EQUAL = Interval(-RESOLUTION, RESOLUTION)
_MANY = 16
"""Logs without an ID that are looked at whenever they say what they say."""

Session = tuple[str, int]
"""A sync in one node's log: (node, number)."""


@attrs.frozen
class Choice:
    """One way to explain a replica's attempts at one address: which node that is, and how it names the replica.

    ``downstreams`` are the addresses of the replica, one after the other: each life of its process may have its own.
    Where a single sync of a life is all that speaks for it, the one that is meant may not be there: ``sure`` is False
    where the primary's log is cut at its head, as it may be in what was cut off, or in another log, and where a
    finished sync is joined with one that the primary's log ends in as it has just begun; ``doubtful``
    is True where it comes after the primary's last line unless the clocks differ, or its port is not the replica's. ``by_clock``: other logs were
    not looked at, as they are many, and do not say it at the same time.
    """

    replica: str
    upstream: Address
    primary: str
    downstreams: tuple[Address, ...]
    alignment: Alignment
    port_agrees: bool
    sure: bool = True
    doubtful: bool = False
    by_clock: bool = False

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


def all_choices(
    nodes: Mapping[str, NodeHistory], families: Mapping[str, str]
) -> dict[tuple[str, Address], list[Choice]]:
    """Every possible explanation of every replica's attempts at every address.

    Logs of one family, and those of none, come first; those of other families where they leave an attempt unexplained.
    """
    found: dict[tuple[str, Address], list[Choice]] = {}
    # No server serves itself: it answers that its link is down (``replication.c:syncCommand``).
    others = {name: {each.primary for each in node.attempts if each.kind} for name, node in nodes.items()}
    primaries = _Primaries(nodes, families)
    for replica in nodes.values():
        for upstream, attempts in address_attempts(replica).items():
            options = found.setdefault((replica.name, upstream), [])
            for akin in (True, False):
                possible, by_clock = primaries.of(replica, attempts, akin=akin)
                for primary in possible:
                    if primary is not replica and upstream not in others[primary.name]:
                        options += [
                            attrs.evolve(choice, by_clock=by_clock)
                            for choice in _explanations(
                                replica, upstream, attempts, primary, others[replica.name]
                            )
                        ]
                if _is_explained(replica, attempts, options, families):
                    break
    return found


def _is_explained(
    replica: NodeHistory, attempts: list[int], options: list[Choice], families: Mapping[str, str]
) -> bool:
    """Whether a log that names one of a replica's replication IDs has all of some attempts."""
    told = sum(is_told(replica.attempts[number]) for number in attempts)
    return any(
        len(option.alignment.pairs) >= told and families.get(option.primary) == families.get(replica.name)
        for option in options
    )


class _Primaries:
    """Who may have served whom, as far as replication IDs say it."""

    def __init__(self, nodes: Mapping[str, NodeHistory], families: Mapping[str, str]) -> None:
        self._families = families
        self._serving = [node for node in nodes.values() if node.services]
        self._requests = Requests(nodes, nodes)
        self._of: dict[str | None, list[NodeHistory]] = {}
        for node in self._serving:
            self._of.setdefault(families.get(node.name), []).append(node)
        self._open = [
            node for node in self._serving if any(not replids_at(node, service) for service in node.services)
        ]

    def of(self, replica: NodeHistory, attempts: list[int], *, akin: bool) -> tuple[list[NodeHistory], bool]:
        """The servers of its own family and of none, or all others that a replica's attempts may have gone to.

        And whether some are left out, as they are many and the clocks show others.
        """
        family = self._families.get(replica.name)
        tried = [replica.attempts[number] for number in attempts]
        if not akin:
            return self._of_others(family, tried), False
        own = self._of.get(family, []) if family is not None else []
        rest = self._of.get(None, []) if family is not None else self._serving
        if len(rest) > _MANY:
            seen = {each.primary for attempt in tried for each in self._requests.when(attempt)}
            if near := [node for node in rest if node.name in seen]:
                return [*own, *near], True
        return [*own, *rest], False

    def _of_others(self, family: str | None, tried: list[Attempt]) -> list[NodeHistory]:
        if family is None:
            return []
        without_id = any(each.replid is None and is_told(each) for each in tried)
        possible = self._serving if without_id else self._open
        return [node for node in possible if self._families.get(node.name) not in (family, None)]


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
    asked_once = sum(replica.attempts[number].asked is not None for number in attempts) == 1
    for alignment, downstreams in _alignments(replica, attempts, primary, services):
        is_single = max(Counter(_lives(replica, alignment)).values()) == 1
        port_agrees = all(downstream.port in ports for downstream in downstreams)
        is_other = None not in ports and not port_agrees
        only = replica.attempts[alignment.pairs[0][0]]
        is_later = is_single and _may_be_after(primary, only, alignment, asked_once=asked_once)
        yield Choice(
            replica.name,
            upstream,
            primary.name,
            downstreams,
            alignment,
            port_agrees,
            sure=(not is_single or begins_with_a_start(primary))
            and not _is_cut_off(replica, primary, alignment),
            doubtful=is_single and (is_later or is_other) and not _lasts_alike(replica, primary, alignment),
        )


def _is_cut_off(replica: NodeHistory, primary: NodeHistory, alignment: Alignment) -> bool:
    """Whether all that is joined is a finished sync with one that a primary's log ends in."""
    attempt, service = alignment.pairs[-1]
    begun = primary.services[service]
    ended = (begun.bgsave_done, begun.streamed, begun.channel_end, begun.online, begun.failed)
    return (
        len(alignment.pairs) == 1
        and replica.attempts[attempt].finished is not None
        and service == len(primary.services) - 1
        and not any(ended)
    )


def _may_be_after(primary: NodeHistory, attempt: Attempt, alignment: Alignment, *, asked_once: bool) -> bool:
    """Whether an attempt may come after the last line of the primary's log, if the clocks are equal.

    It does where it was made later; and, where no other request of the replica tells more, where it was made as the log
    ends, and is joined with a request that can only be its own if the clocks differ: its own is read some milliseconds
    later.
    """
    if primary.last is None:
        return False
    asked = attempt.asked or attempt.start
    at_other_time = asked_once and alignment.interval.both(_EQUAL).empty
    return asked.time > primary.last.time + (-LATE if at_other_time else RESOLUTION)


def _lasts_alike(replica: NodeHistory, primary: NodeHistory, alignment: Alignment) -> bool:
    """Whether both logs say how long a replica waited for its snapshot, and agree, so that it is one sync.

    With two channels the answer comes at once, and the snapshot when it begins.
    """
    for attempt_number, service_number in alignment.pairs:
        attempt, service = replica.attempts[attempt_number], primary.services[service_number]
        answered = attempt.receiving if service.two_channels else attempt.granted
        begun = service.bgsave or service.granted
        if attempt.asked is None or answered is None or begun is None:
            continue
        ours, theirs = answered.time - attempt.asked.time, begun.time - service.asked.time
        if theirs >= _LONG_WAIT and abs(ours - theirs) < _ALIKE:
            return True
    return False


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
                    found[downstream,].append(alignment)
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
    starts = [run.first.order for run in replica.runs]
    return [bisect_right(starts, replica.attempts[attempt].start.order) for attempt, _ in alignment.pairs]


def _moves_between_lives(replica: NodeHistory, primary: NodeHistory, alignment: Alignment) -> bool:
    """Whether a replica has another address only after its process began anew."""
    lives = _lives(replica, alignment)
    hosts = [primary.services[service].replica for _, service in alignment.pairs]
    steps = zip(pairwise(lives), pairwise(hosts), strict=True)
    return all(one_life != next_life or one == other for (one_life, next_life), (one, other) in steps)
