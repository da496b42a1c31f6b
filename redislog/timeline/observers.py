"""Observers: Sentinel processes, which are no Redis servers, but say what they see of them.

A Sentinel's log is folded into what it states over time: which address is the primary of a group, which are
its replicas, whom it holds for down, how elections went, when it trusted no clock (tilt).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import attrs

from redislog.events.base import Event
from redislog.node.clock import Clock
from redislog.node.history import Incident, Point
from redislog.timeline.seen import Sight, SightFold
from redislog.values import Address

ABORTED = {
    "sentinel.-failover-abort-not-elected": "it was not elected by a majority of all Sentinels",
    "sentinel.-failover-abort-no-good-slave": "no replica was fit for promotion",
    "sentinel.-failover-abort-slave-timeout": "the chosen replica did not become primary in time",
    "sentinel.-failover-abort-race": "another Sentinel was faster",
    "sentinel.-failover-abort-master-is-back": "the primary answered again",
    "sentinel.-failover-abort-x-sdown": "the promoted replica went down",
}
"""Why a Sentinel gave a failover up."""

_INCIDENTS = frozenset(
    {
        "sentinel.+convert-to-slave",
        "sentinel.+fix-slave-config",
        "sentinel.+reboot",
        "sentinel.-role-change",
        "sentinel.config-not-writable",
        "sentinel.config-save-failed",
        "sentinel.resolve-failed",
    }
)


@attrs.frozen
class Named:
    """A time in which a Sentinel named one address as the primary of a group."""

    group: str
    address: Address
    start: Point
    end: Point | None = None
    quorum: int | None = None


@attrs.frozen
class Listed:
    """A server or another Sentinel that a Sentinel lists under a group; ``id`` is its name for it."""

    group: str
    kind: Literal["replica", "sentinel"]
    address: Address
    id: str
    start: Point


@attrs.frozen
class Down:
    """A time in which a Sentinel held an instance for down; ``objective`` is where a quorum agreed.

    That of a primary ends with ``-sdown``, or where the group has another one. That of a replica does not end there:
    the Sentinel then forgets in silence whom it held for down (``sentinel.c:sentinelResetMasterAndChangeAddress``), and
    that is no answer of the replica's.
    """

    group: str
    kind: str
    address: Address
    start: Point
    end: Point | None = None
    objective: Point | None = None


@attrs.frozen
class Election:
    """One try of a failover as one Sentinel saw it; tries that were given up alike are counted.

    ``votes`` are (voter, chosen leader, line). A Sentinel that did not lead has only votes and ``switched``.
    """

    group: str
    start: Point
    old: Address | None = None
    forced: Point | None = None
    votes: tuple[tuple[str, str, Point], ...] = ()
    elected: Point | None = None
    selected: Point | None = None
    promoted: Point | None = None
    replica: Address | None = None
    aborted: Point | None = None
    switched: Point | None = None
    count: int = 1


@attrs.frozen
class Observer:
    """All that one Sentinel's log says, on its own clock; ``id`` is what others name it by."""

    name: str
    first: Point | None
    last: Point | None
    lines: int
    id: tuple[str, Point] | None
    primaries: tuple[Named, ...]
    listed: tuple[Listed, ...]
    downs: tuple[Down, ...]
    elections: tuple[Election, ...]
    tilts: tuple[tuple[Point, Point | None], ...]
    incidents: tuple[Incident, ...]
    points: tuple[Point, ...]
    sights: tuple[Sight, ...]

    def named_at(self, group: str, time: float) -> Named | None:
        """Which address it named as the primary of a group at an instant of its clock."""
        found = [each for each in self.primaries if each.group == group and each.start.time <= time]
        return found[-1] if found and (found[-1].end is None or found[-1].end.time > time) else None

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the groups that it monitors, or monitored."""
        return tuple(dict.fromkeys(each.group for each in self.primaries))


class ObserverFold:
    """Folds the events of one Sentinel, in the order of its log."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lines = 0
        self._first: Point | None = None
        self._last: Point | None = None
        self._time = 0.0
        self._clock = Clock()
        self._id: tuple[str, Point] | None = None
        self._primaries: list[Named] = []
        self._listed: list[Listed] = []
        self._downs: list[Down] = []
        self._elections: list[Election] = []
        self._tilts: list[tuple[Point, Point | None]] = []
        self._incidents: list[Incident] = []
        self._points: list[Point] = []
        self._forced: dict[str, Point] = {}
        self._seen = SightFold()

    def feed(self, event: Event) -> bool:
        """Take in the next event; whether it said something new."""
        self._lines += 1
        time = self._clock.time_of(event)
        if time is None or event.truncated:
            return False
        self._time = time
        point = Point(self._time, self._lines, event)
        self._first = self._first or point
        self._last = point
        self._seen.feed(point)
        step = _STEPS.get(event.key)
        if event.key in ABORTED:
            step = ObserverFold._gave_up
        if event.key in _INCIDENTS:
            self._note(point)
        changed = step is not None and step(self, point)
        if changed:
            self._points.append(point)
        return changed

    @property
    def history(self) -> Observer:
        """What is known so far."""
        return Observer(
            name=self.name,
            first=self._first,
            last=self._last,
            lines=self._lines,
            id=self._id,
            primaries=tuple(self._primaries),
            listed=tuple(self._listed),
            downs=tuple(self._downs),
            elections=tuple(self._elections),
            tilts=tuple(self._tilts),
            incidents=tuple(self._incidents),
            points=tuple(self._points),
            sights=tuple(self._seen.sights),
        )

    def _note(self, point: Point) -> None:
        last = self._incidents[-1] if self._incidents else None
        if last is not None and last.last.event.message == point.event.message:
            self._incidents[-1] = attrs.evolve(last, last=point, count=last.count + 1)
        else:
            self._incidents.append(Incident(point, point))

    def _identified(self, point: Point) -> bool:
        event: Any = point.event
        self._id = (event.runid, point)
        return True

    def _names(self, group: str, address: Address, point: Point, quorum: int | None = None) -> bool:
        for number, each in enumerate(self._primaries):
            if each.group == group and each.end is None:
                if each.address == address:
                    return False
                self._primaries[number] = attrs.evolve(each, end=point)
                quorum = quorum or each.quorum
        self._primaries.append(Named(group, address, point, quorum=quorum))
        self._forgets(group, point, but=address)
        return True

    def _forgets(self, group: str, point: Point, but: Address | None = None) -> None:
        """End what it held of a primary of a group that it no longer looks at."""
        for number, down in enumerate(self._downs):
            if (down.group, down.kind, down.end) == (group, "primary", None) and down.address != but:
                self._downs[number] = attrs.evolve(down, end=point)

    def _monitors(self, point: Point) -> bool:
        event: Any = point.event
        return self._names(event.name, Address(event.ip, event.port), point, event.quorum)

    def _stopped_monitoring(self, point: Point) -> bool:
        event: Any = point.event
        for number, each in enumerate(self._primaries):
            if each.group == event.name and each.end is None:
                self._primaries[number] = attrs.evolve(each, end=point)
        self._forgets(event.name, point)
        return True

    def _lists(self, point: Point) -> bool:
        event: Any = point.event
        self._names(event.name, Address(event.master_ip, event.master_port), point)
        kind: Literal["replica", "sentinel"] = "sentinel" if event.key == "sentinel.+sentinel" else "replica"
        if kind == "sentinel":
            self._up(point)
        found = Listed(event.name, kind, Address(event.ip, event.port), event.instance, point)
        if any(
            (each.group, each.address, each.id) == (found.group, found.address, found.id)
            for each in self._listed
        ):
            return False
        self._listed.append(found)
        return True

    def _down(self, point: Point) -> bool:
        event: Any = point.event
        address = Address(event.ip, event.port)
        if event.kind == "primary":
            self._names(event.name, address, point)
        if any((down.group, down.address, down.end) == (event.name, address, None) for down in self._downs):
            return False
        self._downs.append(Down(event.name, event.kind, address, point))
        return True

    def _objective(self, point: Point) -> bool:
        return self._amend_down(point, lambda down: attrs.evolve(down, objective=down.objective or point))

    def _up(self, point: Point) -> bool:
        return self._amend_down(point, lambda down: attrs.evolve(down, end=point))

    def _amend_down(self, point: Point, change: Callable[[Down], Down]) -> bool:
        event: Any = point.event
        address = Address(event.ip, event.port)
        for number in reversed(range(len(self._downs))):
            down = self._downs[number]
            if down.address == address and down.group == event.name and down.end is None:
                self._downs[number] = change(down)
                return self._downs[number] != down
        return False

    def _ordered(self, point: Point) -> bool:
        event: Any = point.event
        self._forced[event.name] = point
        return True

    def _tries(self, point: Point) -> bool:
        event: Any = point.event
        forced = self._forced.pop(event.name, None)
        self._elections.append(Election(event.name, point, Address(event.ip, event.port), forced=forced))
        return True

    def _open_election(self, group: str, point: Point) -> int:
        """The number of the group's election that has not ended; votes do not say their group."""
        for number in reversed(range(len(self._elections))):
            election = self._elections[number]
            if "" in (group, election.group) or election.group == group:
                if election.aborted is None and election.switched is None:
                    return number
                break
        self._elections.append(Election(group, point))
        return len(self._elections) - 1

    def _amend(self, named: str, point: Point, **changes: Any) -> bool:
        number = self._open_election(named, point)
        self._elections[number] = attrs.evolve(self._elections[number], **changes)
        return True

    def _votes(self, point: Point) -> bool:
        event: Any = point.event
        voter = getattr(event, "voter", None) or (self._id[0] if self._id else "")
        votes = self._elections[self._open_election("", point)].votes
        return self._amend("", point, votes=(*votes, (voter, event.leader, point)))

    def _elected(self, point: Point) -> bool:
        event: Any = point.event
        return self._amend(event.name, point, elected=point)

    def _selected(self, point: Point) -> bool:
        event: Any = point.event
        return self._amend(event.name, point, selected=point, replica=Address(event.ip, event.port))

    def _promoted(self, point: Point) -> bool:
        event: Any = point.event
        return self._amend(event.name, point, promoted=point)

    def _gave_up(self, point: Point) -> bool:
        event: Any = point.event
        number = self._open_election(event.name, point)
        before = self._elections[number - 1] if number else None
        if before is not None and before.aborted and before.aborted.event.message == event.message:
            again = attrs.evolve(before, aborted=point, count=before.count + 1)
            self._elections[number - 1 : number + 1] = [again]
            return False
        self._elections[number] = attrs.evolve(self._elections[number], aborted=point)
        return True

    def _switched(self, point: Point) -> bool:
        event: Any = point.event
        new, old = Address(event.new_ip, event.new_port), Address(event.old_ip, event.old_port)
        self._names(event.name, new, point)
        self._forgets(event.name, point)
        return self._amend(event.name, point, group=event.name, old=old, switched=point, replica=new)

    def _tilts_in(self, point: Point) -> bool:
        self._tilts.append((point, None))
        return True

    def _tilts_out(self, point: Point) -> bool:
        if self._tilts and self._tilts[-1][1] is None:
            self._tilts[-1] = (self._tilts[-1][0], point)
        return True


_STEPS: dict[str, Callable[[ObserverFold, Point], bool]] = {
    "sentinel.id": ObserverFold._identified,
    "sentinel.+monitor": ObserverFold._monitors,
    "sentinel.-monitor": ObserverFold._stopped_monitoring,
    "sentinel.+slave": ObserverFold._lists,
    "sentinel.+sentinel": ObserverFold._lists,
    "sentinel.+sdown": ObserverFold._down,
    "sentinel.-sdown": ObserverFold._up,
    "sentinel.+odown": ObserverFold._objective,
    "sentinel.failover-forced": ObserverFold._ordered,
    "sentinel.+try-failover": ObserverFold._tries,
    "sentinel.+failover-triggered": ObserverFold._tries,
    "sentinel.+vote-for-leader": ObserverFold._votes,
    "sentinel.vote-received": ObserverFold._votes,
    "sentinel.+elected-leader": ObserverFold._elected,
    "sentinel.+selected-slave": ObserverFold._selected,
    "sentinel.+promoted-slave": ObserverFold._promoted,
    "sentinel.+switch-master": ObserverFold._switched,
    "sentinel.+redirect-to-master": ObserverFold._switched,
    "sentinel.+tilt": ObserverFold._tilts_in,
    "sentinel.-tilt": ObserverFold._tilts_out,
}
"""What each line of a Sentinel says. Source: ``sentinel.c:sentinelEvent``."""
