"""How a replica connects to its primary, and loses the link again."""

from redislog.events.base import Event, event, message, wording


@event
class Connecting(Event):
    """The replica starts to connect to the primary that it is set to follow.

    A name is resolved only when the connection is made; IPv6 hosts are printed without brackets. Source:
    Redis 2.6+, ``replication.c:replicationCron``.
    """

    CATEGORY = "replication"

    host: str
    port: int

    MESSAGES = (
        message(
            "replica.connecting",
            "the replica starts to connect to its primary",
            wording("Connecting to MASTER <host:host>:<port:port>", "redis 2.6+; valkey 7.2"),
            wording(
                "Connecting to PRIMARY <host:host>:<port:port>",
                "valkey 8.0+",
                source="replication.c:replicationSetPrimary,replication.c:replicationCron",
            ),
            level="notice",
            roles="S",
            source="replication.c:replicationCron,replication.c:replicationSetMaster",
        ),
        message(
            "replica.reconnecting",
            "the link is lost, and the replica reconnects at once",
            wording("Reconnecting to MASTER <host:host>:<port:port>", "redis 6.2+; valkey 7.2"),
            wording(
                "Reconnecting to PRIMARY <host:host>:<port:port>",
                "valkey 8.0+",
                source="replication.c:replicationHandlePrimaryDisconnection",
            ),
            level="notice",
            roles="S",
            source="replication.c:replicationHandleMasterDisconnection",
        ),
        message(
            "replica.reconnecting-after-failure",
            "an attempt to sync failed, and the replica reconnects at once",
            wording("Reconnecting to MASTER <host:host>:<port:port> after failure", "redis 6.2+; valkey 7.2"),
            wording("Reconnecting to PRIMARY <host:host>:<port:port> after failure", "valkey 8.0+"),
            level="notice",
            roles="S",
            source="replication.c:cancelReplicationHandshake",
        ),
    )


@event
class SyncStarted(Event):
    """The replica issued the TCP connect; whether it succeeds is not known yet.

    In a network that drops packets this is the last line of a replica until the time-out. Source: Redis
    2.6+, ``replication.c:replicationCron``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.sync-started",
            "the TCP connect to the primary was issued",
            wording("MASTER <-> SLAVE sync started", "redis 2.6-4.0"),
            wording(
                "MASTER <-> REPLICA sync started",
                "redis 5.0+; valkey 7.2",
                source="replication.c:replicationCron,replication.c:connectWithMaster",
            ),
            wording(
                "PRIMARY <-> REPLICA sync started",
                "valkey 8.0+",
                source="replication.c:connectWithPrimary",
            ),
            level="notice",
            roles="S",
            source="replication.c:replicationCron",
        ),
    )


@event
class Connected(Event):
    """The TCP connect ended; if it failed, `ConnectFailed` follows.

    Source: Redis 2.6+, ``replication.c:syncWithMaster``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.connected",
            "the TCP connect to the primary ended, well or not",
            wording("Non blocking connect for SYNC fired the event.", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="S",
            source="replication.c:syncWithMaster,replication.c:syncWithPrimary",
        ),
    )


@event
class ConnectFailed(Event):
    """The replica could not connect to its primary.

    ``error`` is the system's or the TLS library's text. Source: Redis 2.6+,
    ``replication.c:syncWithMaster``.
    """

    CATEGORY = "replication"

    error: str

    MESSAGES = (
        message(
            "replica.connect-error",
            "the connection to the primary failed: refused, timed out or unreachable",
            wording("Error condition on socket for SYNC: <error:errno>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="S",
            source="replication.c:syncWithMaster,replication.c:syncWithPrimary",
        ),
        message(
            "replica.connect-failed",
            "the connection to the primary failed at once: name not resolved or no route",
            wording("Unable to connect to MASTER: <error:errno>", "redis 2.6+; valkey 7.2"),
            wording(
                "Unable to connect to Primary: <error:errno>",
                "valkey 8.0",
                source="replication.c:syncWithPrimary",
            ),
            wording(
                "Unable to connect to PRIMARY: <error:errno>",
                "valkey 8.0+",
                source="replication.c:connectWithPrimary",
            ),
            wording(
                "Unable to connect to master: <error:errno>",
                "redis 8.0+",
                source="replication.c:syncWithMaster",
            ),
            wording(
                "Dual channel replication: Unable to connect to Primary: <error:errno>",
                "valkey 8.1+",
                source="replication.c:syncWithPrimary",
            ),
            level="warning",
            roles="S",
            source="replication.c:connectWithMaster",
        ),
    )


@event
class PrimaryTimedOut(Event):
    """The primary was silent for longer than ``repl-timeout``: in the handshake, in the transfer, or with the
    link up.

    Source: Redis 2.6+, ``replication.c:replicationCron``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.timeout-connecting",
            "connect or handshake took longer than repl-timeout",
            wording("Timeout connecting to the MASTER...", "redis 2.6+; valkey 7.2"),
            wording("Timeout connecting to the PRIMARY...", "valkey 8.0+"),
            level="warning",
            roles="S",
            source="replication.c:replicationCron",
        ),
        message(
            "replica.timeout-transfer",
            "the snapshot's transfer stalled for longer than repl-timeout",
            wording(
                "Timeout receiving bulk data from MASTER... If the problem persists try to set the 'repl-timeout' parameter in redis.conf to a larger value.",
                "redis 2.6+; valkey 7.2",
            ),
            wording(
                "Timeout receiving bulk data from MASTER... If the problem persists try to set the 'repl-timeout' parameter in keydb.conf to a larger value.",
                "keydb 6.3",
                level="warning",
                roles="S",
                source="replication.cpp:replicationCron",
            ),
            wording(
                "Timeout receiving bulk data from PRIMARY... If the problem persists try to set the 'repl-timeout' parameter in valkey.conf to a larger value.",
                "valkey 8.0+",
            ),
            level="warning",
            roles="S",
            source="replication.c:replicationCron",
        ),
        message(
            "replica.timeout-primary",
            "the link was up, but neither data nor PING came for longer than repl-timeout",
            wording("MASTER time out: no data nor PING received...", "redis 2.6"),
            wording("MASTER timeout: no data nor PING received...", "redis 2.8+; valkey 7.2"),
            wording("PRIMARY timeout: no data nor PING received...", "valkey 8.0+"),
            level="warning",
            roles="S",
            source="replication.c:replicationCron",
        ),
    )


@event
class PrimaryLinkLost(Event):
    """The link to the primary is gone.

    A node that is being promoted prints it too, and since 6.2 one that is pointed elsewhere, both already
    with the role letter M. Source: Redis 2.8+, ``networking.c:freeClient``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.primary-link-lost",
            "the link to the primary is gone",
            wording("Connection with master lost.", "redis 2.8+; valkey 7.2"),
            wording("Connection with primary lost.", "valkey 8.0+", level="notice"),
            level="warning[redis 2.8-7.0] notice[redis 7.2+; valkey 7.2]",
            roles="S,M",
            source="networking.c:freeClient",
        ),
    )
