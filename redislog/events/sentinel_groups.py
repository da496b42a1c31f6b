"""Which groups a Sentinel monitors, and with which options.

A group is known by ``name``, the configured name of its primary; ``ip`` and ``port`` are the primary's.
"""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("sentinel", "sentinel.c", level="warning", roles="X")


@event(_PRINTER, by="sentinel.c:sentinelGenerateInitialMonitorEvents,sentinelCommand")
class MonitoringStarted(Event):
    """The Sentinel monitors a primary from now on: at start-up, or by ``SENTINEL MONITOR``.

    ``quorum`` is the number of Sentinels that must agree before the primary is objectively down. Source:
    Redis 2.8+, ``sentinel.c:sentinelGenerateInitialMonitorEvents``.
    """

    name: str
    ip: str
    port: int
    quorum: int

    MESSAGES = (
        message("sentinel.+monitor")(
            "monitoring of a primary begins, with this quorum",
            "2.8+: +monitor master <name:mastername> <ip:host> <port:port> quorum <quorum:int>",
        ),
    )


@event(_PRINTER, by="sentinelCommand")
class MonitoringStopped(Event):
    """``SENTINEL REMOVE`` ended the monitoring of a primary.

    Source: Redis 2.8+, ``sentinel.c:sentinelCommand``.
    """

    name: str
    ip: str
    port: int

    MESSAGES = (
        message("sentinel.-monitor")(
            "a primary is no longer monitored",
            "2.8+: -monitor master <name:mastername> <ip:host> <port:port>",
        ),
    )


@event(_PRINTER, by="sentinel.c:sentinelResetMaster,sentinelResetPrimary")
class PrimaryReset(Event):
    """All that was known of a primary's replicas and Sentinels is forgotten: ``SENTINEL RESET``.

    Source: Redis 2.6+, ``sentinel.c:sentinelResetMaster``.
    """

    name: str
    ip: str
    port: int

    MESSAGES = (
        message("sentinel.+reset-master")(
            "state of a primary was reset; replicas and Sentinels are found anew",
            "2.6+: +reset-master master <name:mastername> <ip:host> <port:port>",
        ),
    )


@event(_PRINTER, by="sentinelSetCommand")
class SentinelOptionSet(Event):
    """``SENTINEL SET`` changed an option of a monitored primary.

    ``value2`` is the new name of a command for ``rename-command``, which alone takes two values. Source:
    Redis 2.8+, ``sentinel.c:sentinelSetCommand``.
    """

    name: str
    ip: str
    port: int
    option: str
    value: str | None = None
    value2: str | None = None

    MESSAGES = (
        message("sentinel.+set")(
            "an option of a monitored primary was changed",
            "2.8+: +set master <name:mastername> <ip:host> <port:port> <option:word> <value:text>",
            "5.0+: +set master <name:mastername> <ip:host> <port:port> <option:rename-command|RENAME-COMMAND> <value:word> <value2:word>",
            "5.0+: +set master <name:mastername> <ip:host> <port:port> <option:word>",
        ),
    )
