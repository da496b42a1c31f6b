"""What every rule is given."""

from __future__ import annotations

import attrs

from redislog.timeline.values import Resync
from redislog.topology.groups import Members
from redislog.topology.instant import Instant
from redislog.topology.values import NodeState


@attrs.frozen
class View:
    """An instant with the states, groups and resyncs that hold then."""

    instant: Instant
    states: dict[str, NodeState]
    groups: tuple[Members, ...]
    resyncs: tuple[Resync, ...]
