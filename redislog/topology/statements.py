"""What is said of a server, on what basis, and by which lines."""

from __future__ import annotations

from redislog.evidence import Evidence, evidence_of
from redislog.node.history import Point
from redislog.timeline.values import Basis


class Statements:
    """Collects them."""

    def __init__(self) -> None:
        self.basis: dict[str, Basis] = {}
        self.because: dict[str, tuple[Evidence, ...]] = {}

    def say(self, what: str, basis: Basis, *points: Point | None) -> None:
        """Keep a statement and the lines that it rests on."""
        self.basis[what] = basis
        self.because[what] = evidence_of(*(point.event for point in points if point is not None))
