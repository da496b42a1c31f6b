"""Which groups a Sentinel monitors, and with which options.

A group is known by ``name``, the configured name of its primary; ``ip`` and ``port`` are the primary's.
"""

from redislog.events.base import Event, event, message, wording


@event
class MonitoringStarted(Event):
    """The Sentinel monitors a primary from now on: at start-up, or by ``SENTINEL MONITOR``.

    ``quorum`` is the number of Sentinels that must agree before the primary is objectively down. Source:
    Redis 2.8+, ``sentinel.c:sentinelGenerateInitialMonitorEvents``.
    """

    CATEGORY = "sentinel"

    name: str
    ip: str
    port: int
    quorum: int

    MESSAGES = (
        message(
            "sentinel.+monitor",
            "monitoring of a primary begins, with this quorum",
            wording(
                "+monitor master <name:mastername> <ip:host> <port:port> quorum <quorum:int>",
                "redis 2.8+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelGenerateInitialMonitorEvents,sentinelCommand",
        ),
    )


@event
class MonitoringStopped(Event):
    """``SENTINEL REMOVE`` ended the monitoring of a primary.

    Source: Redis 2.8+, ``sentinel.c:sentinelCommand``.
    """

    CATEGORY = "sentinel"

    name: str
    ip: str
    port: int

    MESSAGES = (
        message(
            "sentinel.-monitor",
            "a primary is no longer monitored",
            wording("-monitor master <name:mastername> <ip:host> <port:port>", "redis 2.8+; valkey 7.2+"),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelCommand",
        ),
    )


@event
class PrimaryReset(Event):
    """All that was known of a primary's replicas and Sentinels is forgotten: ``SENTINEL RESET``.

    Source: Redis 2.6+, ``sentinel.c:sentinelResetMaster``.
    """

    CATEGORY = "sentinel"

    name: str
    ip: str
    port: int

    MESSAGES = (
        message(
            "sentinel.+reset-master",
            "state of a primary was reset; replicas and Sentinels are found anew",
            wording(
                "+reset-master master <name:mastername> <ip:host> <port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelResetMaster,sentinelResetPrimary",
        ),
    )


@event
class SentinelOptionSet(Event):
    """``SENTINEL SET`` changed an option of a monitored primary.

    ``value2`` is the new name of a command for ``rename-command``, which alone takes two values. Source:
    Redis 2.8+, ``sentinel.c:sentinelSetCommand``.
    """

    CATEGORY = "sentinel"

    name: str
    ip: str
    port: int
    option: str
    value: str | None = None
    value2: str | None = None

    MESSAGES = (
        message(
            "sentinel.+set",
            "an option of a monitored primary was changed",
            wording(
                "+set master <name:mastername> <ip:host> <port:port> <option:word> <value:text>",
                "redis 2.8+; valkey 7.2+",
            ),
            wording(
                "+set master <name:mastername> <ip:host> <port:port> <option:rename-command|RENAME-COMMAND> <value:word> <value2:word>",
                "redis 5.0+; valkey 7.2+",
            ),
            wording(
                "+set master <name:mastername> <ip:host> <port:port> <option:word>",
                "redis 5.0+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelSetCommand",
        ),
    )
