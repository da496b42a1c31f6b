"""An instant of a joined timeline, on every node's own clock."""

from __future__ import annotations

import math

import attrs

from redislog.node.history import Attempt, NodeHistory
from redislog.timeline.joining import Joined
from redislog.values import Address

_NOT_CONNECTED = {"replica.connect-error", "replica.connect-failed"}
_REFUSED = "Connection refused"


@attrs.frozen
class Instant:
    """A moment in seconds on the reference's clock; infinity is the end of all captures."""

    joined: Joined
    time: float = math.inf

    def on(self, name: str) -> float:
        """The moment on one node's clock, in seconds."""
        return self.time if self.time == math.inf else self.time + self.joined.shift(name)

    @property
    def nodes(self) -> list[NodeHistory]:
        """The nodes that have printed something by then."""
        return [
            history
            for history in self.joined.nodes.values()
            if history.first is not None and history.first.time <= self.on(history.name)
        ]

    def attempts(self, history: NodeHistory) -> list[Attempt]:
        """A node's attempts that had begun by then, in order."""
        return [attempt for attempt in history.attempts if attempt.start.time <= self.on(history.name)]

    def refused_after(self, address: Address, history: NodeHistory) -> Attempt | None:
        """A node's last attempt, if it was to reach an address where nothing listens."""
        attempts = self.attempts(history)
        last = attempts[-1] if attempts else None
        if last is None or last.primary != address or last.failed is None:
            return None
        event = last.failed.event
        refused = event.key in _NOT_CONNECTED and _REFUSED in event.message
        return last if refused and last.failed.time <= self.on(history.name) else None
