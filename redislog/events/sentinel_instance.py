"""What the events have in common that a Sentinel prints of a primary, a replica or another Sentinel alike."""

from redislog.events.base import Event, event


@event
class InstanceEvent(Event):
    """A Sentinel's event that can be about any instance: a primary, a replica or another Sentinel.

    ``name`` is the configured name of the group. ``instance`` is the Sentinel's own name of a replica or of
    another Sentinel, None for a primary; ``ip`` and ``port`` are the instance's, ``master_ip`` and
    ``master_port`` those of its primary. Source: Redis 2.6+, ``sentinel.c:sentinelEvent``.
    """

    CATEGORY = "sentinel"

    name: str
    ip: str
    port: int
    instance: str | None = None
    master_ip: str | None = None
    master_port: int | None = None

    @property
    def kind(self) -> str:
        """What the instance is: ``primary``, ``replica`` or ``sentinel``."""
        if self.instance is None:
            return "primary"
        return "sentinel" if self.message.split(" ", 2)[1].startswith("sen") else "replica"
