"""What two logs say at one time, if their clocks agree: which sync of one is likely which of the other.

Clocks of servers in one capture mostly agree to a few milliseconds, and a request is read within milliseconds of being
sent. Where nothing else tells servers apart, a request that one log has when another says that it was sent is likely
that one. It is not certain: a clock that is wrong by as much as syncs lie apart would refute it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile

from redislog.node.history import NodeHistory
from redislog.timeline.choices import Choice
from redislog.timeline.clocks import Interval, session_interval
from redislog.timeline.requests import EARLY, LATE, Requests
from redislog.timeline.sessions import Alignment, address_attempts, begins_with_a_start
from redislog.values import Address

_SEPARATED = re.compile(r"[^0-9A-Za-z]+")


def coincident(nodes: Mapping[str, NodeHistory], names: Iterable[str]) -> list[list[Choice]]:
    """The likely explanations of each attempt of some logs by another of them.

    Of several that fit, those of most syncs stay, then those of a log whose name begins like the replica's.
    """
    among = sorted(names)
    requests = Requests(nodes, among)
    found = []
    follows = {name: {each.primary for each in nodes[name].attempts if each.kind} for name in among}
    for name in among:
        replica, followed = nodes[name], follows[name]
        for upstream, attempts in address_attempts(replica).items():
            pairs: dict[tuple[str, Address], list[tuple[int, int]]] = {}
            for number in attempts:
                for each in requests.when(replica.attempts[number]):
                    is_other = each.primary != name and upstream not in follows[each.primary]
                    is_other = is_other and not _may_be_cut_off(replica, number, nodes[each.primary])
                    if is_other and each.replica not in (upstream, *followed):
                        pairs.setdefault((each.primary, each.replica), []).append((number, each.number))
            ports = {run.port for run in replica.runs}
            options = [
                _choice(nodes, name, upstream, *ends, _each_once(its))
                for ends, its in pairs.items()
                if None in ports or not ports or ends[1].port in ports
            ]
            if best := _best([option for option in options if not option.alignment.interval.empty]):
                found.append(best)
    return found


def _may_be_cut_off(replica: NodeHistory, number: int, primary: NodeHistory) -> bool:
    """Whether the request of a replica that goes on at once may stand just before a primary's log begins.

    What ended its link, may have ended those of others, so that they ask at the same time.
    """
    asked = replica.attempts[number].asked
    if asked is None or primary.first is None or begins_with_a_start(primary):
        return False
    lost = (link.start for link in replica.links if link.start.event.key == "replica.primary-link-lost")
    at_once = any(0 <= asked.time - end.time <= LATE for end in lost)
    return at_once and primary.first.time > asked.time - EARLY


def _each_once(pairs: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Pairs in order, each end in one of them."""
    found: list[tuple[int, int]] = []
    for attempt, service in sorted(pairs):
        if not found or (attempt > found[-1][0] and service > found[-1][1]):
            found.append((attempt, service))
    return tuple(found)


def _choice(
    nodes: Mapping[str, NodeHistory],
    replica: str,
    upstream: Address,
    primary: str,
    downstream: Address,
    pairs: tuple[tuple[int, int], ...],
) -> Choice:
    interval = Interval()
    for attempt, service in pairs:
        ends = nodes[replica].attempts[attempt], nodes[primary].services[service]
        interval = interval.both(session_interval(*ends))
    ports = {run.port for run in nodes[replica].runs}
    return Choice(
        replica, upstream, primary, (downstream,), Alignment(pairs, interval), downstream.port in ports
    )


def _best(options: list[Choice]) -> list[Choice]:
    most = max((len(option.alignment.pairs) for option in options), default=0)
    fitting = [option for option in options if len(option.alignment.pairs) == most]
    alike = max((_alike(option) for option in fitting), default=0)
    return [option for option in fitting if _alike(option) == alike]


def _alike(choice: Choice) -> int:
    """How many parts the names of both logs begin with in common: those of one deployment often do."""
    parts = zip(*(_SEPARATED.split(name) for name in (choice.replica, choice.primary)), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], parts))
