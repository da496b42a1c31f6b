"""The FAILOVER command, and a shutdown that waits for replicas: both hand over what the primary holds."""

from redislog.events.base import Event, event, message, wording
from redislog.values import Peer


@event
class FailoverRequested(Event):
    """FAILOVER was called: the primary holds writes back until the target has caught up.

    ``host`` and ``port`` are the target, None for any replica. Source: Redis 6.2+,
    ``replication.c:failoverCommand``.
    """

    CATEGORY = "replication"

    host: str | None = None
    port: int | None = None

    MESSAGES = (
        message(
            "failover.requested",
            "FAILOVER to one replica begins",
            wording("FAILOVER requested to <host:host>:<port:port>.", "redis 6.2+; valkey 7.2+"),
            level="notice",
            roles="M",
            source="replication.c:failoverCommand",
        ),
        message(
            "failover.requested-any",
            "FAILOVER to any replica begins",
            wording("FAILOVER requested to any replica.", "redis 6.2+; valkey 7.2+"),
            level="notice",
            roles="M",
            source="replication.c:failoverCommand",
        ),
    )


@event
class FailoverProceeding(Event):
    """FAILOVER goes on: the roles are about to change.

    Source: Redis 6.2+, ``replication.c:updateFailoverStatus``.
    """

    CATEGORY = "replication"

    host: str
    port: int

    MESSAGES = (
        message(
            "failover.target-synced",
            "the target of FAILOVER has caught up",
            wording(
                "Failover target <host:host>:<port:port> is synced, failing over.",
                "redis 6.2+; valkey 7.2+",
            ),
            level="notice",
            roles="M",
            source="replication.c:updateFailoverStatus",
        ),
        message(
            "failover.forced",
            "FAILOVER goes on although the target has not caught up in time",
            wording(
                "FAILOVER to <host:host>:<port:port> time out exceeded, failing over.",
                "redis 6.2+; valkey 7.2+",
            ),
            level="notice",
            roles="M",
            source="replication.c:updateFailoverStatus",
        ),
    )


@event
class FailoverAborted(Event):
    """FAILOVER was given up; the primary stays primary.

    ``host`` and ``port`` are the target, None for any replica. Source: Redis 6.2+,
    ``replication.c:abortFailover``.
    """

    CATEGORY = "replication"

    reason: str
    host: str | None = None
    port: int | None = None

    MESSAGES = (
        message(
            "failover.aborted",
            "FAILOVER to one replica is given up",
            wording(
                "FAILOVER to <host:host>:<port:port> aborted: <reason:Failover manually aborted|Replica never caught up before timeout|Failover target rejected psync request|Write error to failover target>",
                "redis 6.2+; valkey 7.2+",
            ),
            level="notice",
            roles="M",
            source="replication.c:abortFailover",
        ),
        message(
            "failover.aborted-any",
            "FAILOVER to any replica is given up",
            wording(
                "FAILOVER to any replica aborted: <reason:Failover manually aborted|Replica never caught up before timeout|Failover target rejected psync request|Write error to failover target>",
                "redis 6.2+; valkey 7.2+",
            ),
            level="notice",
            roles="M",
            source="replication.c:abortFailover",
        ),
    )


@event
class FailoverRequestReceived(Event):
    """The primary asks this replica to take over.

    ``replid`` is the replication ID that it sent. Source: Redis 6.2+, ``replication.c:syncCommand``.
    """

    CATEGORY = "replication"

    replid: str

    MESSAGES = (
        message(
            "failover.request-received",
            "the primary asks this replica to take over",
            wording("Failover request received for replid <replid:text>.", "redis 6.2+; valkey 7.2+"),
            level="warning[redis 6.2-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="S,M",
            source="replication.c:syncCommand",
        ),
    )


@event
class ShutdownWaiting(Event):
    """The shutdown waits, up to ``shutdown-timeout``, for replicas that have not caught up.

    Source: Redis 7.0+, ``server.c:prepareForShutdown``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "shutdown.waiting-for-replicas",
            "the shutdown waits for replicas to catch up",
            wording("Waiting for replicas before shutting down.", "redis 7.0+; valkey 7.2+"),
            level="notice",
            roles="M",
            source="server.c:prepareForShutdown",
        ),
    )


@event
class ReplicaLagging(Event):
    """At shutdown one replica lacks a part of the stream.

    ``behind`` is bytes, ``lag`` seconds since its last acknowledgement. Source: Redis 7.0+,
    ``server.c:finishShutdown``.
    """

    CATEGORY = "replication"

    replica: Peer
    behind: int
    lag: int
    state: str

    MESSAGES = (
        message(
            "shutdown.lagging-replica",
            "at shutdown a replica lacks a part of the stream",
            wording(
                "Lagging replica <replica:addr> reported offset <behind:int> behind master, lag=<lag:int>, state=<state:wait_bgsave|send_bulk|online>.",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning[redis 7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M",
            source="server.c:finishShutdown",
        ),
    )


@event
class ReplicasInSync(Event):
    """At shutdown ``in_sync`` of the ``replicas`` hold all of the stream.

    Source: Redis 7.0+, ``server.c:finishShutdown``.
    """

    CATEGORY = "replication"

    in_sync: int
    replicas: int

    MESSAGES = (
        message(
            "shutdown.replicas-in-sync",
            "at shutdown, how many replicas hold all of the stream",
            wording(
                "<in_sync:int> of <replicas:int> replicas are in sync when shutting down.",
                "redis 7.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M",
            source="server.c:finishShutdown",
        ),
    )
