"""What servers would say of themselves: the truth that a verdict on their logs is held against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Syncs(NamedTuple):
    """What ``INFO stats`` counts: the syncs that a server began to serve."""

    full: int = 0
    partial: int = 0


class ServerTruth(NamedTuple):
    """What a server says of itself; of one that does not answer, only what it had served.

    ``running`` is None of a frozen server: its process is there, and nobody can tell. ``online`` are the
    addresses of replicas that it counts as online: it may do so before they have loaded what they got.
    ``also`` are addresses that it had before, or under which others see it. ``ahead`` is how many seconds its
    clock is ahead of the others', None where it was set while the server ran.
    """

    address: str
    running: bool | None
    syncs: Syncs
    role: str | None = None
    link: str | None = None
    primary: str | None = None
    in_sync: bool | None = None
    silenced: bool = False
    online: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    ahead: float | None = 0.0

    @property
    def addresses(self) -> frozenset[str]:
        """Every address that is its own, or was."""
        return self.also | {self.address}


Truth = Mapping[str, ServerTruth]
"""What each server says of itself, by its name."""
