"""The court at an instant: one fold over the rows of the table, for each thing that can be said of each server."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import attrs

from redislog.court import cluster, host, its_primary, its_replicas, own_log, sentinels
from redislog.court.claim import Claim, Claims, What
from redislog.court.decision import Decision, Weighed, Weight
from redislog.court.instant import Instant
from redislog.court.sentinels import watched
from redislog.court.sightings import Sighting
from redislog.court.table import ROWS, Condition, Row, words_of
from redislog.timeline.joining import Joined
from redislog.values import Address

WITNESSES = (own_log, host, its_primary, its_replicas, cluster, sentinels)
_OWN = "its own log"
_WEIGHTS: tuple[Weight, ...] = ("decides", "agrees", "goes behind", "in doubt", "does not count")


def all_claims(joined: Joined) -> Claims:
    """What every witness claims."""
    return Claims(claim for witness in WITNESSES for claim in witness.claims(joined))


@attrs.frozen
class Heard:
    """A claim as the court takes it: by which row, and the value that is left of it, None where it is in doubt.

    ``wants`` is the need that does not hold, for which it does not count, or the doubt that holds.
    """

    claim: Claim
    row: Row
    value: Any
    counts: bool = True
    wants: Condition | None = None


class Court:
    """All that is decided at one instant; each thing is decided when it is asked for, and once."""

    def __init__(self, instant: Instant, claims: Claims) -> None:
        self.instant = instant
        self.claims = claims
        self.logs = {history.name: history for history in instant.nodes}
        self.taken = frozenset(map(str, instant.joined.identity.taken))
        self._decided: dict[tuple[str, What], Decision] = {}
        self._open: set[tuple[str, What]] = set()
        self._addresses: dict[str, tuple[Address, ...]] = {}

    def value(self, about: str, what: What) -> Any:
        """What is held for true; while it is being decided, what the server's own log says."""
        if (about, what) in self._open:
            own = self.own(about, what)
            return own.value if own is not None else None
        return self.decision(about, what).value

    def decision(self, about: str, what: What) -> Decision:
        """What is held for true, and why."""
        key = (about, what)
        if key not in self._decided:
            self._open.add(key)
            self._decided[key] = self._decide(about, what)
            self._open.discard(key)
        return self._decided[key]

    def _decide(self, about: str, what: What) -> Decision:
        """The fold over the rows: what counts, in order of weight, and the first that stands."""
        heard = list(self._hear(about, what))
        standing = self._standing([each for each in heard if each.counts])
        winner = standing[0] if standing else None
        if winner is None:
            return Decision(about, what, claims=_weighed(heard, None))
        return Decision(
            about=about,
            what=what,
            value=winner.value,
            basis="unknown" if winner.value is None else winner.claim.basis,
            evidence=winner.claim.evidence,
            row=f"{winner.row.witness}: {winner.row.meaning}",
            claims=_weighed(heard, winner),
        )

    def _standing(self, heard: list[Heard]) -> list[Heard]:
        """The claims that stand against each other, the first of which decides."""
        own = next((each for each in heard if each.row.witness == _OWN), None)
        if own is None:
            left = [late for each in heard if (late := self._unless_older(each)) is not None]
            return [each for each in left if each.value is not None] or left
        above = heard[: heard.index(own)]
        later = [each for each in heard if each.row.counts != "always" and own.claim.until == math.inf]
        newer = [late for each in later if (late := self._unless_older(each)) is not None]
        telling = [each for each in newer if each.value is not None]
        if own.value is False:  # A doubt takes away what a log says is so, never what it says is not.
            newer = telling
        return [*above, *telling, *newer, own]

    def _hear(self, about: str, what: What) -> Iterator[Heard]:
        """The claims by the rows that they fall under, the weightiest first; those that want something do not count."""
        claims = self.claims.on(about, what, self.instant.time)
        for row in ROWS[what] if claims else ():
            for claim in claims:
                if claim.testimony != row.testimony:
                    continue
                lacks = next((need for need in row.needs if not need(self, claim)), None)
                if lacks is not None:
                    yield Heard(claim, row, claim.value, counts=False, wants=lacks)
                    continue
                doubt = next((doubt for doubt in row.doubts if doubt(self, claim)), None)
                yield Heard(claim, row, None if doubt else claim.value, wants=doubt)

    def _unless_older(self, heard: Heard) -> Heard | None:
        """A claim as it counts against the last line of the server's own log, None where that is newer."""
        claim, joined = heard.claim, self.instant.joined
        last = self.logs[claim.about].last if claim.about in self.logs else None
        if last is None or heard.row.counts == "always":
            return heard
        if heard.row.counts == "if later":
            later = claim.stamp - joined.shift(claim.teller) > last.time - joined.shift(claim.about)
            return heard if later or self.own(claim.about, claim.what) is None else None
        apart = joined.apart(claim.about, claim.teller)
        if claim.stamp + apart.high <= last.time:
            return None
        surely = claim.stamp + apart.low > last.time
        return heard if surely else attrs.evolve(heard, value=None)

    def own(self, about: str, what: What) -> Claim | None:
        """What a server's own log says of it."""
        claims = self.claims.on(about, what, self.instant.time)
        return next((claim for claim in claims if claim.testimony.startswith("own.")), None)

    def says_in_sync(self, name: str) -> bool:
        """Whether a server's own log says that it is in sync, and not that it ended."""
        link, life = self.own(name, "in_sync"), self.own(name, "running")
        return link is not None and link.value is True and life is not None and life.value is True

    def told(self, about: str, what: What, testimony: str) -> list[Claim]:
        """The claims of one kind, the latest first."""
        return [
            each for each in self.claims.on(about, what, self.instant.time) if each.testimony == testimony
        ]

    def has_log(self, name: str) -> bool:
        """Whether lines of a server's own are there by then."""
        return name in self.logs

    def is_down(self, name: str) -> bool:
        """Whether a server is known to be down."""
        return self.value(name, "running") is False

    def addresses(self, name: str) -> tuple[Address, ...]:
        """The addresses that a captured server is known by at the instant."""
        if name not in self._addresses:
            held = self.instant.joined.held(name, self.instant.on(name))
            self._addresses[name] = tuple(each.address for each in held if each.until is None)
        return self._addresses[name]

    def candidates(self, about: str) -> tuple[str, ...]:
        """The captured servers that an address may be of."""
        return self._candidates.get(about, ())

    def others_speak_of(self, about: str) -> bool:
        """Whether any server's log speaks of an address: the rows for a role hear them, and not a Sentinel alone."""
        claims = self.claims.on(about, "role", self.instant.time)
        rows = {row.testimony: row for row in ROWS["role"] if not row.testimony.startswith("sentinel.")}
        return any(
            claim.testimony in rows and all(holds(self, claim) for holds in rows[claim.testimony].needs)
            for claim in claims
        )

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Every server at the instant: those whose lines are there, and those of which anything that counts is said."""
        named = {about for about in self.claims.subjects if about not in self.logs}
        spoken = {about for about in named if self.decision(about, "role").row is not None}
        return tuple(sorted({*self.logs, *spoken}))

    @cached_property
    def has_strangers(self) -> bool:
        """Whether logs name an address that may be of a server that left no log."""
        return self.instant.has_strangers

    @cached_property
    def _candidates(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for address, names in self.instant.joined.identity.candidates.items():
            for name in names:
                found.setdefault(str(address), []).append(name)
                found.setdefault(name, []).append(str(address))
        return {name: tuple(sorted(others)) for name, others in found.items()}

    @cached_property
    def sightings(self) -> list[Sighting]:
        """The last sight of each server by each Sentinel, in each group that it monitors."""
        return [
            (observer, group, sight)
            for observer in self.instant.observers
            for group, _, sights in watched(self.instant, observer)
            for sight in sights
        ]

    @cached_property
    def named(self) -> dict[str, set[Address]]:
        """Whom the Sentinels name as the primary of each group."""
        found: dict[str, set[Address]] = {}
        for observer in self.instant.observers:
            for group, primary, _ in watched(self.instant, observer):
                found.setdefault(group, set()).add(primary)
        return found


def _weighed(heard: Iterable[Heard], winner: Heard | None) -> tuple[Weighed, ...]:
    """All claims, the one that decided first, each once: by the row under which it did most."""
    best: dict[Claim, tuple[int, Weighed]] = {}
    for each in heard:
        weight = _weight(each, winner)
        rank = _WEIGHTS.index(weight)
        if each.claim not in best or rank < best[each.claim][0]:
            best[each.claim] = rank, _told(each, weight)
    return tuple(weighed for _, weighed in sorted(best.values(), key=lambda item: item[0]))


def _weight(heard: Heard, winner: Heard | None) -> Weight:
    if winner is not None and heard.claim is winner.claim and heard.row is winner.row:
        return "decides"
    if not heard.counts:
        return "does not count"
    if heard.value is None:
        return "in doubt"
    return "agrees" if winner is not None and heard.value == winner.value else "goes behind"


def _told(heard: Heard, weight: Weight) -> Weighed:
    claim = heard.claim
    return Weighed(
        witness=heard.row.witness,
        testimony=claim.testimony,
        teller=claim.teller,
        value=claim.value,
        meaning=heard.row.meaning,
        weight=weight,
        since=claim.since,
        until=claim.ended,
        evidence=claim.evidence,
        wants=words_of(heard.wants) if heard.wants is not None else None,
    )
