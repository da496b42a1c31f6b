"""From a log's own clock to the reference's: the one clock on which times are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import attrs

from redislog.node.history import Point, time_of


@attrs.frozen
class Dating:
    """``shift`` is each log's clock minus the reference's, in seconds, as far as it is known."""

    shift: Mapping[str, float]

    def on_reference(self, at: datetime, name: str) -> datetime:
        """A log's own time on the reference's clock."""
        shift = self.shift.get(name, 0.0)
        try:
            return at - timedelta(seconds=shift) if shift else at
        except OverflowError:
            return at

    def when(self, point: Point | None, name: str) -> datetime | None:
        """When a line of a log was printed; None where its stamp has no year."""
        at = point.event.at if point is not None else None
        return None if at is None else self.on_reference(at, name)

    def seconds(self, point: Point | None, name: str) -> float | None:
        """The same in seconds, also of a stamp without a year; None of a line that lost its time."""
        time = time_of(point)
        return None if time is None else time - self.shift.get(name, 0.0)
