"""The scripts config-init and split-brain-fix of the redis-ha chart: whom they found as the primary, what they did.

``we are slave of redis master (X)`` is printed by every pod, also by the one that becomes the primary: it says
nothing of a role.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import attrs

from redislog.events.base import Event
from redislog.timeline.marks import Mark, container_of

_FOUND = ("config-init.primary-found", "config-init.primary-reachable")
_NONE = ("config-init.primary-not-found", "config-init.primary-unreachable", "split-brain-fix.no-primary")
_UNIVERSAL = {"UTC", "GMT"}


@attrs.frozen
class Look:
    """A time in which a script found one address as the primary, or none; looks alike are counted."""

    host: str | None
    first: Mark
    last: Mark
    count: int = 1


@attrs.frozen
class Keeper:
    """All that the scripts of one pod say: whom they found, when they configured the server anew, and why."""

    name: str
    looks: tuple[Look, ...]
    repairs: tuple[Mark, ...]
    announced: tuple[tuple[str, Mark], ...]
    marks: tuple[Mark, ...]


class KeeperFold:
    """Folds the lines of one pod's scripts, in the order of their logs."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lines = 0
        self._looks: list[Look] = []
        self._repairs: list[Mark] = []
        self._announced: list[tuple[str, Mark]] = []
        self._marks: list[Mark] = []
        self._told = False

    def feed(self, event: Event) -> None:
        """Take in the next line."""
        self._lines += 1
        line: Any = event
        if event.truncated:
            return
        date = getattr(line, "date", None)
        mark = Mark(self._lines, event, _read(date) if date else event.header.collected)
        key = event.key
        if key in _FOUND or key in _NONE:
            self._look(line.host if key in _FOUND else None, mark)
        elif key == "config-init.announce" and line.host not in (host for host, _ in self._announced):
            self._announced.append((line.host, mark))
        elif key == "split-brain-fix.reinitializing":
            self._told = True
            self._note(mark, repair=True)
        elif key == "config-init.start" and container_of(event) == "split-brain-fix":
            # Older scripts repair without a word, and only the beginning of config-init shows it.
            self._note(mark, repair=not self._told)
            self._told = False

    def _note(self, mark: Mark, *, repair: bool) -> None:
        self._marks.append(mark)
        if repair:
            self._repairs.append(mark)

    def _look(self, host: str | None, mark: Mark) -> None:
        last = self._looks[-1] if self._looks else None
        if last is not None and last.host == host:
            self._looks[-1] = attrs.evolve(last, last=mark, count=last.count + 1)
        else:
            self._looks.append(Look(host, mark, mark))
            self._marks.append(mark)

    @property
    def history(self) -> Keeper:
        """What is known so far."""
        return Keeper(
            name=self.name,
            looks=tuple(self._looks),
            repairs=tuple(self._repairs),
            announced=tuple(self._announced),
            marks=tuple(self._marks),
        )


def _read(date: str) -> datetime | None:
    """The date as ``date`` prints it; aware where its zone is UTC, else local time.

    >>> _read("Mon May 29 07:47:57 UTC 2023").isoformat()
    '2023-05-29T07:47:57+00:00'
    """
    *rest, zone, year = date.split()
    try:
        at = datetime.strptime(" ".join((*rest[1:], year)), "%b %d %H:%M:%S %Y")
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if zone in _UNIVERSAL else at
