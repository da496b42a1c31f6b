"""Deaths of servers that others tell: systemd, the kernel, Docker, Kubernetes.

A process that is killed by SIGKILL prints nothing, so that its own log only ends. What is told here is joined to the
server by the process ID on its host, by the port in the unit's name, or by the name of the pod or container; of a host
with one server, it is that one's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import attrs

from redislog.evidence import Evidence
from redislog.grammar.stamps import seconds
from redislog.hints.endings import SERVER, Ending, Teller
from redislog.node.history import NodeHistory

_PORT = re.compile(r"(?<!\d)(\d{3,5})(?!\d)")
_TOGETHER = 5.0
"""Seconds within which two lines of one host speak of one death."""


@attrs.frozen
class Death:
    """The end of a server's process that others tell: ``node`` is its name in the captures.

    ``time`` is in seconds on the teller's clock, which is the server's where both are of one host, None where nothing
    says it; ``after`` says whether it was after the last line of the server's log: None where that is not known.
    """

    node: str
    teller: Teller
    why: str
    killed: bool
    code: int | None
    at: datetime | None
    time: float | None
    after: bool | None
    evidence: tuple[Evidence, ...]


def deaths_of(
    nodes: Mapping[str, NodeHistory], endings: Iterable[Ending], captures: Mapping[str, str]
) -> tuple[Death, ...]:
    """The ends that are those of servers whose logs are there, each once, in order.

    ``captures`` says in which capture the last line of a server stands: without times, the order of lines decides.
    """
    found: dict[str, list[Death]] = {}
    for ending in endings:
        name = _node_of(nodes, ending)
        if name is None:
            continue
        death = _death(nodes[name], ending, captures.get(name))
        known = found.setdefault(name, [])
        same = next((n for n, each in enumerate(known) if _is_one(each, death)), None)
        if same is None:
            known.append(death)
        else:
            known[same] = _both(known[same], death)
    every = (death for deaths in found.values() for death in deaths)
    return tuple(sorted(every, key=lambda death: (death.time is None, death.time or 0.0, death.node)))


def _node_of(nodes: Mapping[str, NodeHistory], ending: Ending) -> str | None:
    """The server whose process ended, where that is one only."""
    here = [name for name in nodes if ending.host is not None and _is_on(nodes[name], ending.host)]
    if ending.pid is not None and ending.pid > 1:
        by_pid = [name for name in here or nodes if ending.pid in _pids(nodes[name])]
        if len(by_pid) == 1:
            return by_pid[0]
    if ending.about is not None:
        named = [name for name in nodes if is_named(name, ending.about)]
        if ending.about in named:
            return ending.about
        namespace = ending.about.rpartition("/")[0]
        named = [name for name in named if _namespace_of(nodes[name]) in (None, namespace) or not namespace]
        if len(named) == 1:
            return named[0]
        ports = {int(port) for port in _PORT.findall(ending.about)}
        by_port = [name for name in here if ports & {run.port for run in nodes[name].runs}]
        if len(by_port) == 1:
            return by_port[0]
        if not SERVER.search(ending.about):
            return None
    return here[0] if len(here) == 1 else None


def is_named(name: str, about: str) -> bool:
    """Whether a server's name in the captures is that of a pod, unit or container, with its namespace or project or not.

    >>> is_named("redis-0", "shop/redis-0"), is_named("shop-redis-1", "redis-1"), is_named("redis-1", "redis-10")
    (True, False, False)
    """
    plain = about.rpartition("/")[2].removesuffix(".service")
    return name in (about, plain) or name.rpartition("/")[2] in (about, plain)


def _namespace_of(history: NodeHistory) -> str | None:
    origin = history.first.event.origin if history.first is not None else None
    return origin.namespace if origin is not None else None


def _is_on(history: NodeHistory, host: str) -> bool:
    origin = history.first.event.origin if history.first is not None else None
    stated = origin.host.partition("/")[0] if origin is not None and origin.host else None
    return host in (stated, history.name, history.name.partition("/")[0])


def _pids(history: NodeHistory) -> set[int | None]:
    return {run.first.event.pid for run in history.runs} | {
        point.event.pid for point in (history.first, history.last) if point is not None
    }


def _death(history: NodeHistory, ending: Ending, capture: str | None) -> Death:
    last = history.last
    at = ending.at
    if at is None and ending.clock is not None and last is not None and last.event.at is not None:
        at = _in_year(ending.clock, last.event.at)
    time = seconds(at) if at is not None else None
    return Death(
        history.name,
        ending.teller,
        ending.why,
        ending.killed,
        ending.code,
        at,
        time,
        _is_after(history, ending, time, capture),
        ending.evidence,
    )


def _in_year(clock: tuple[int, int, int, int, int], near: datetime) -> datetime | None:
    """The date of a stamp without a year that lies nearest to another."""
    found = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            found.append(datetime(year, *clock, tzinfo=near.tzinfo))
        except ValueError:
            continue
    return min(found, key=lambda date: abs((date - near).total_seconds()), default=None)


def _is_after(history: NodeHistory, ending: Ending, time: float | None, capture: str | None) -> bool | None:
    """Whether the end was after the last line of a log: stamps of whole seconds are of any moment of theirs."""
    last = history.last
    if last is None or ending.restarted:
        return False if ending.restarted else None
    if time is None:
        is_there = ending.place is not None and ending.place[0] == capture
        return last.event.line_number < ending.place[1] if ending.place and is_there else None
    whole = time == math.floor(time)
    return time + (1.0 if whole else 0.0) > last.time


def _is_one(one: Death, other: Death) -> bool:
    if one.time is None or other.time is None:
        return one.time is other.time
    return abs(one.time - other.time) <= _TOGETHER


def _both(one: Death, other: Death) -> Death:
    """Two tellings of one death: want of memory says more than the signal that it sends."""
    weightier = next((each for each in (one, other) if each.why == "OOMKilled"), one)
    exact = one if one.time is not None else other
    return attrs.evolve(
        weightier,
        code=one.code if one.code is not None else other.code,
        at=exact.at,
        time=exact.time,
        after=one.after if one.after is not None else other.after,
        killed=one.killed or other.killed,
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
    )


def later(deaths: Iterable[Death], name: str, until: float) -> Iterator[Death]:
    """The deaths of a server up to a time on its clock, without those after which its own log goes on."""
    for death in deaths:
        if death.node == name and death.after and (death.time is None or death.time <= until):
            yield death
