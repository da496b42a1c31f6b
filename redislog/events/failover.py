"""The FAILOVER command, and a shutdown that waits for replicas: both hand over what the primary holds."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import Peer

_PRINTER = Printer("replication", "replication.c", level="notice", roles="M")


@event(_PRINTER, by="failoverCommand")
class FailoverRequested(Event):
    """FAILOVER was called: the primary holds writes back until the target has caught up.

    ``host`` and ``port`` are the target, None for any replica. Source: Redis 6.2+,
    ``replication.c:failoverCommand``.
    """

    host: str | None = None
    port: int | None = None

    MESSAGES = (
        message("failover.requested")(
            "FAILOVER to one replica begins", "6.2+: FAILOVER requested to <host:host>:<port:port>."
        ),
        message("failover.requested-any")(
            "FAILOVER to any replica begins", "6.2+: FAILOVER requested to any replica."
        ),
    )


@event(_PRINTER, by="updateFailoverStatus")
class FailoverProceeding(Event):
    """FAILOVER goes on: the roles are about to change.

    Source: Redis 6.2+, ``replication.c:updateFailoverStatus``.
    """

    host: str
    port: int

    MESSAGES = (
        message("failover.target-synced")(
            "the target of FAILOVER has caught up",
            "6.2+: Failover target <host:host>:<port:port> is synced, failing over.",
        ),
        message("failover.forced")(
            "FAILOVER goes on although the target has not caught up in time",
            "6.2+: FAILOVER to <host:host>:<port:port> time out exceeded, failing over.",
        ),
    )


@event(_PRINTER, by="abortFailover")
class FailoverAborted(Event):
    """FAILOVER was given up; the primary stays primary.

    ``host`` and ``port`` are the target, None for any replica. Source: Redis 6.2+,
    ``replication.c:abortFailover``.
    """

    reason: str
    host: str | None = None
    port: int | None = None

    MESSAGES = (
        message("failover.aborted")(
            "FAILOVER to one replica is given up",
            "6.2+: FAILOVER to <host:host>:<port:port> aborted: <reason:Failover manually aborted|Replica never caught up before timeout|Failover target rejected psync request|Write error to failover target>",
        ),
        message("failover.aborted-any")(
            "FAILOVER to any replica is given up",
            "6.2+: FAILOVER to any replica aborted: <reason:Failover manually aborted|Replica never caught up before timeout|Failover target rejected psync request|Write error to failover target>",
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", roles="S,M", by="syncCommand")
class FailoverRequestReceived(Event):
    """The primary asks this replica to take over.

    ``replid`` is the replication ID that it sent. Source: Redis 6.2+, ``replication.c:syncCommand``.
    """

    replid: str

    MESSAGES = (
        message("failover.request-received")(
            "the primary asks this replica to take over",
            "6.2+: Failover request received for replid <replid:text>.",
        ),
    )


@event(_PRINTER, by="server.c:prepareForShutdown")
class ShutdownWaiting(Event):
    """The shutdown waits, up to ``shutdown-timeout``, for replicas that have not caught up.

    Source: Redis 7.0+, ``server.c:prepareForShutdown``.
    """

    MESSAGES = (
        message("shutdown.waiting-for-replicas")(
            "the shutdown waits for replicas to catch up", "7.0+: Waiting for replicas before shutting down."
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", by="server.c:finishShutdown")
class ReplicaLagging(Event):
    """At shutdown one replica lacks a part of the stream.

    ``behind`` is bytes, ``lag`` seconds since its last acknowledgement. Source: Redis 7.0+,
    ``server.c:finishShutdown``.
    """

    replica: Peer
    behind: int
    lag: int
    state: str

    MESSAGES = (
        message("shutdown.lagging-replica")(
            "at shutdown a replica lacks a part of the stream",
            "7.0+: Lagging replica <replica:addr> reported offset <behind:int> behind master, lag=<lag:int>, state=<state:wait_bgsave|send_bulk|online>.",
        ),
    )


@event(_PRINTER, by="server.c:finishShutdown")
class ReplicasInSync(Event):
    """At shutdown ``in_sync`` of the ``replicas`` hold all of the stream.

    Source: Redis 7.0+, ``server.c:finishShutdown``.
    """

    in_sync: int
    replicas: int

    MESSAGES = (
        message("shutdown.replicas-in-sync")(
            "at shutdown, how many replicas hold all of the stream",
            "7.0+: <in_sync:int> of <replicas:int> replicas are in sync when shutting down.",
        ),
    )
