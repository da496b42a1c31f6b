"""An instant of a joined timeline, on every node's own clock."""

from __future__ import annotations

import math
from functools import cached_property

import attrs

from redislog.node.history import Attempt, NodeHistory, Point
from redislog.timeline.joining import Joined
from redislog.timeline.observers import Observer
from redislog.timeline.stated import LOOPBACK
from redislog.values import Address, Peer

NOT_CONNECTED = {"replica.connect-error", "replica.connect-failed"}
REFUSED = "Connection refused"
NO_LINK = "NOMASTERLINK"
"""What a server answers that asks for a sync while it has no link itself, or hands over (``replication.c:syncCommand``)."""


@attrs.frozen
class Instant:
    """A moment in seconds on the reference's clock; infinity is the end of all captures."""

    joined: Joined
    time: float = math.inf

    def on(self, name: str) -> float:
        """The moment on one node's clock, in seconds."""
        return self.time if self.time == math.inf else self.time + self.joined.shift(name)

    def until(self, name: str, last: Point | None) -> float:
        """The moment, or the last line of a log if that is before it, on the clock of that log, in seconds."""
        return self.on(name) if last is None else min(self.on(name), last.time)

    @cached_property
    def nodes(self) -> list[NodeHistory]:
        """The nodes that have printed something by then."""
        return [
            history
            for history in self.joined.nodes.values()
            if history.first is not None and history.first.time <= self.on(history.name)
        ]

    @cached_property
    def observers(self) -> list[Observer]:
        """The Sentinels that have printed something by then."""
        return [
            observer
            for observer in self.joined.observers.values()
            if observer.first is not None and observer.first.time <= self.on(observer.name)
        ]

    @cached_property
    def latest(self) -> float:
        """The last line of any node up to then, in seconds on the reference's clock."""
        ends = (h.last.time - self.joined.shift(h.name) for h in self.nodes if h.last is not None)
        return min(self.time, max(ends, default=-math.inf))

    @cached_property
    def has_strangers(self) -> bool:
        """Whether logs name an address that may be of a server that left no log."""
        identity = self.joined.identity
        known = identity.owner.keys() | identity.taken
        named = {peer for history in self.nodes for peer in history.replicas if isinstance(peer, Address)}
        named |= {each.primary for history in self.nodes for each in history.attempts if each.primary}
        named |= {sight.address for observer in self.observers for sight in observer.sights}
        return not named <= known

    def node_at(self, peer: Peer, by: str | None = None) -> NodeHistory | None:
        """The node that a log means by an address, if its log is there."""
        owner = self.joined.identity.owner_of(peer, by) if isinstance(peer, Address) else None
        return self.joined.nodes.get(owner) if owner is not None else None

    def followed_by(self, history: NodeHistory, address: Address, order: int) -> str:
        """The server at an address that another follows at one of its lines; a loopback address with its own port is its own.

        A server that follows itself reaches itself and is granted nothing
        (``replication.c:syncCommand``: NOMASTERLINK).
        """
        tried = [attempt for attempt in self.attempts(history) if attempt.primary == address]
        ports = {run.port for run in history.runs}
        answered = bool(tried) and self.refused_by(address, history) is None
        is_own = address.host in LOOPBACK and address.port in ports
        if is_own and answered and not any(attempt.kind for attempt in tried):
            return history.name
        return self.joined.met(address, history.name, order)

    def attempts(self, history: NodeHistory) -> list[Attempt]:
        """A node's attempts that had begun by then, in order."""
        return [attempt for attempt in history.attempts if attempt.start.time <= self.on(history.name)]

    def refused_by(self, address: Address, history: NodeHistory) -> Attempt | None:
        """A node's last attempt at an address, if nothing listened there."""
        attempts = [attempt for attempt in self.attempts(history) if attempt.primary == address]
        last = attempts[-1] if attempts else None
        if last is None or last.failed is None or last.failed.time > self.on(history.name):
            return None
        event = last.failed.event
        return last if event.key in NOT_CONNECTED and REFUSED in event.message else None

    def refused_after(self, address: Address, history: NodeHistory) -> Attempt | None:
        """A node's last attempt, if it was to reach an address where nothing listens."""
        last = self.attempts(history)[-1:]
        return self.refused_by(address, history) if last and last[0].primary == address else None
