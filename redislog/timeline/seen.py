"""What a Sentinel saw of servers, line by line: role, and whether they answer.

That a Sentinel lists a server is no sight of it: after a switch it lists all again that it knew, also those
that are dead, and the old primary as a replica that it may never become.
"""

from __future__ import annotations

from typing import Any

import attrs

from redislog.node.history import Point
from redislog.node.tables import Role
from redislog.values import Address

_LISTED_AGAIN = 0.5
"""Seconds after a switch in which the known replicas are listed again."""
_SWITCHES = ("sentinel.+switch-master", "sentinel.+redirect-to-master")
_FORGETS = ("sentinel.+reset-master", "sentinel.-monitor")
_AS_REPLICA = (
    "sentinel.+convert-to-slave",
    "sentinel.+fix-slave-config",
    "sentinel.+slave-reconf-inprog",
    "sentinel.+slave-reconf-done",
)
_TOLD = ("sentinel.+convert-to-slave", "sentinel.+fix-slave-config")
_REACHES = {"sentinel.+sdown": None, "sentinel.-sdown": True, "sentinel.+reboot": True}
_REPORTS = ("sentinel.+role-change", "sentinel.-role-change")


@attrs.frozen
class Sight:
    """What one Sentinel knows of a server of a group from a line on.

    ``running`` is None where it does not answer; ``primary`` is the one that it followed when it was seen last.
    """

    group: str
    address: Address
    role: Role
    running: bool | None
    primary: Address | None
    point: Point


class SightFold:
    """Folds a Sentinel's lines to what it saw."""

    def __init__(self) -> None:
        self.sights: list[Sight] = []
        self._now: dict[tuple[str, Address], Sight] = {}
        self._switched: dict[str, float] = {}

    def feed(self, point: Point) -> None:
        """Take in the next line."""
        event: Any = point.event
        key = event.key
        if key == "sentinel.+slave":
            self._listed(event, point)
        elif key in _SWITCHES:
            self._switch(event, point)
        elif key in _FORGETS:
            for group, address in [known for known in self._now if known[0] == event.name]:
                self._see(group, address, point, "unknown", running=None)
                del self._now[group, address]
        elif key in _REACHES:
            if event.kind != "sentinel":
                self._reach(event.name, Address(event.ip, event.port), point, running=_REACHES[key])
        elif key == "sentinel.+promoted-slave":
            self._see(event.name, Address(event.ip, event.port), point, "primary", running=True)
        elif key in _AS_REPLICA:
            told = Address(event.master_ip, event.master_port) if key in _TOLD else None
            self._see(event.name, Address(event.ip, event.port), point, "replica", running=True, primary=told)
        elif key in _REPORTS:
            self._see(event.name, Address(event.ip, event.port), point, event.role, running=True)

    def _switch(self, event: Any, point: Point) -> None:
        """The group has another primary; whom the others follow by now was not seen."""
        self._switched[event.name] = point.time
        for (group, address), known in list(self._now.items()):
            if group == event.name:
                self._see(group, address, point, known.role, running=known.running)
        answers = True if event.key == "sentinel.+switch-master" else None
        self._see(event.name, Address(event.new_ip, event.new_port), point, "primary", running=answers)
        self._see(event.name, Address(event.old_ip, event.old_port), point, "unknown", running=None)

    def _listed(self, event: Any, point: Point) -> None:
        """A primary's ``INFO`` names a replica that is new; after a switch, the known ones are listed again."""
        address = Address(event.ip, event.port)
        if (event.name, address) in self._now:
            return
        if point.time - self._switched.get(event.name, -_LISTED_AGAIN) < _LISTED_AGAIN:
            return
        primary = Address(event.master_ip, event.master_port)
        self._see(event.name, address, point, "replica", running=True, primary=primary)
        self._see(event.name, primary, point, "primary", running=True)

    def _reach(self, group: str, address: Address, point: Point, *, running: bool | None) -> None:
        """A server answers, or no longer does; what it was, it is still."""
        known = self._now.get((group, address))
        role, primary = (known.role, known.primary) if known is not None else ("unknown", None)
        self._see(group, address, point, role, running=running, primary=primary)

    def _see(
        self,
        group: str,
        address: Address,
        point: Point,
        role: Role,
        *,
        running: bool | None,
        primary: Address | None = None,
    ) -> None:
        sight = Sight(group, address, role, running, primary, point)
        known = self._now.get((group, address))
        if known is None or attrs.evolve(sight, point=known.point) != known:
            self._now[group, address] = sight
            self.sights.append(sight)
