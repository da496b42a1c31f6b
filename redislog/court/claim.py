"""A claim: what one witness says of one server, from when to when, and the lines that it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

import attrs

from redislog.evidence import Evidence, evidence_of
from redislog.node.history import Point
from redislog.timeline.dating import Dating
from redislog.timeline.joining import Joined
from redislog.timeline.values import Basis

What = Literal["running", "role", "primary", "link", "phase", "in_sync", "detached_from"]
"""What can be said of a server, by the names of the fields of `NodeState`."""
Witness = Literal["its own log", "its primary", "its replicas", "Cluster peers", "Sentinels", "the host"]


@attrs.frozen
class Claim:
    """What one witness says of one server.

    ``about`` is the name of a server, or an address that no log belongs to. ``testimony`` names the kind of thing that
    was seen: a row of `redislog.court.table` says what it is worth. ``value`` is None where what was seen is that it can
    no longer be told. It holds from ``start`` to before ``until``, in seconds on the reference's clock, infinity where
    nothing ended it; ``stamp`` is when it was seen on the clock of the ``teller``, whose log it is from; ``since`` and
    ``ended`` are when the lines at both ends were printed; where it began before its line, ``since`` is that.
    """

    about: str
    what: What
    value: Any
    testimony: str
    teller: str
    start: float
    stamp: float
    since: datetime | None
    until: float = math.inf
    ended: datetime | None = None
    basis: Basis = "deduced"
    evidence: tuple[Evidence, ...] = ()

    def holds(self, time: float) -> bool:
        """Whether it holds at an instant of the reference's clock; infinity is the end of all captures."""
        return self.start <= time and (time < self.until or self.until == math.inf)


@attrs.frozen
class Teller:
    """One log as a witness: it puts its lines on the reference's clock."""

    name: str
    shift: float
    dating: Dating

    @classmethod
    def of(cls, joined: Joined, name: str) -> Teller:
        """The log of a server or a Sentinel."""
        return cls(name, joined.shift(name), joined.dating)

    def at(self, point: Point | None) -> float:
        """When a line was printed, in seconds on the reference's clock; infinity where there is none."""
        return math.inf if point is None else self.time(point.time)

    def time(self, stamp: float) -> float:
        """A time of its clock on the reference's, to the microsecond."""
        return round(stamp - self.shift, 6)

    def says(
        self,
        testimony: str,
        about: str,
        values: Mapping[What, Any],
        since: Point,
        until: Point | None = None,
        *,
        after: float = 0.0,
        basis: Basis = "deduced",
        proof: Iterable[Point | None] = (),
    ) -> Iterator[Claim]:
        """Claims that begin with a line, or some seconds ``after`` it (before, where negative), and end before another."""
        lines = evidence_of(*(point.event for point in proof or (since,) if point is not None))
        start, end = self.time(since.time + after), self.at(until)
        printed = self.dating.when(since, self.name)
        if start < end:
            for what, value in values.items():
                yield Claim(
                    about=about,
                    what=what,
                    value=value,
                    testimony=testimony,
                    teller=self.name,
                    start=start,
                    stamp=since.time,
                    since=printed + timedelta(seconds=min(after, 0.0)) if printed is not None else None,
                    until=end,
                    ended=self.dating.when(until, self.name),
                    basis=basis,
                    evidence=lines,
                )


class Claims:
    """All claims on the servers of a joined timeline, looked up by whom and what they are about."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._by_subject: dict[str, dict[What, list[Claim]]] = {}
        for claim in claims:
            self._by_subject.setdefault(claim.about, {}).setdefault(claim.what, []).append(claim)

    @property
    def subjects(self) -> tuple[str, ...]:
        """All that something is said of, in order of names."""
        return tuple(sorted(self._by_subject))

    def on(self, about: str, what: What, time: float) -> list[Claim]:
        """What is said of a server at an instant, the latest claims first."""
        known = self._by_subject.get(about, {}).get(what, [])
        return sorted((claim for claim in known if claim.holds(time)), key=lambda claim: -claim.start)

    def speak_of(self, about: str, time: float) -> bool:
        """Whether anything is said of a server at an instant."""
        return any(
            claim.holds(time) for claims in self._by_subject.get(about, {}).values() for claim in claims
        )
