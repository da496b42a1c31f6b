"""How a replica connects to its primary, and loses the link again."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("replication", "replication.c", level="warning", roles="S")


@event(_PRINTER, level="notice")
class Connecting(Event):
    """The replica starts to connect to the primary that it is set to follow.

    A name is resolved only when the connection is made; IPv6 hosts are printed without brackets. Source:
    Redis 2.6+, ``replication.c:replicationCron``.
    """

    host: str
    port: int

    MESSAGES = (
        message("replica.connecting", by="replication{Cron,SetMaster}")(
            "the replica starts to connect to its primary",
            "redis 2.6+; valkey 7.2 | valkey 8.0+, by replication{SetPrimary,Cron}: Connecting to <MASTER|PRIMARY> <host:host>:<port:port>",
        ),
        message("replica.reconnecting", by="replicationHandleMasterDisconnection")(
            "the link is lost, and the replica reconnects at once",
            "redis 6.2+; valkey 7.2 | valkey 8.0+, by replicationHandlePrimaryDisconnection: Reconnecting to <MASTER|PRIMARY> <host:host>:<port:port>",
        ),
        message("replica.reconnecting-after-failure", by="cancelReplicationHandshake")(
            "an attempt to sync failed, and the replica reconnects at once",
            "redis 6.2+; valkey 7.2 | valkey 8.0+: Reconnecting to <MASTER|PRIMARY> <host:host>:<port:port> after failure",
        ),
    )


@event(_PRINTER, level="notice", by="replicationCron")
class SyncStarted(Event):
    """The replica issued the TCP connect; whether it succeeds is not known yet.

    In a network that drops packets this is the last line of a replica until the time-out. Source: Redis
    2.6+, ``replication.c:replicationCron``.
    """

    MESSAGES = (
        message("replica.sync-started")(
            "the TCP connect to the primary was issued",
            "redis 2.6-4.0 | redis 5.0+; valkey 7.2, by replicationCron,connectWithMaster: MASTER <-> <SLAVE|REPLICA> sync started",
            "valkey 8.0+, by connectWithPrimary: PRIMARY <-> REPLICA sync started",
        ),
    )


@event(_PRINTER, level="notice", by="syncWith{Master,Primary}")
class Connected(Event):
    """The TCP connect ended; if it failed, `ConnectFailed` follows.

    Source: Redis 2.6+, ``replication.c:syncWithMaster``.
    """

    MESSAGES = (
        message("replica.connected")(
            "the TCP connect to the primary ended, well or not",
            "2.6+: Non blocking connect for SYNC fired the event.",
        ),
    )


@event(_PRINTER)
class ConnectFailed(Event):
    """The replica could not connect to its primary.

    ``error`` is the system's or the TLS library's text. Source: Redis 2.6+,
    ``replication.c:syncWithMaster``.
    """

    error: str

    MESSAGES = (
        message("replica.connect-error", by="syncWith{Master,Primary}")(
            "the connection to the primary failed: refused, timed out or unreachable",
            "2.6+: Error condition on socket for SYNC: <error:errno>",
        ),
        message("replica.connect-failed", by="syncWithPrimary")(
            "the connection to the primary failed at once: name not resolved or no route",
            "redis 2.6+; valkey 7.2, by connectWithMaster | valkey 8.0: Unable to connect to <MASTER|Primary>: <error:errno>",
            "valkey 8.0+, by connectWithPrimary | redis 8.0+, by syncWithMaster: Unable to connect to <PRIMARY|master>: <error:errno>",
            "valkey 8.1+: Dual channel replication: Unable to connect to Primary: <error:errno>",
        ),
    )


@event(_PRINTER, by="replicationCron")
class PrimaryTimedOut(Event):
    """The primary was silent for longer than ``repl-timeout``: in the handshake, in the transfer, or with the
    link up.

    Source: Redis 2.6+, ``replication.c:replicationCron``.
    """

    MESSAGES = (
        message("replica.timeout-connecting")(
            "connect or handshake took longer than repl-timeout",
            "redis 2.6+; valkey 7.2 | valkey 8.0+: Timeout connecting to the <MASTER|PRIMARY>...",
        ),
        message("replica.timeout-transfer")(
            "the snapshot's transfer stalled for longer than repl-timeout",
            "redis 2.6+; valkey 7.2 | keydb 6.3, by replication.cpp:replicationCron | valkey 8.0+: Timeout receiving bulk data from <MASTER|MASTER|PRIMARY>... If the problem persists try to set the 'repl-timeout' parameter in <redis|keydb|valkey>.conf to a larger value.",
        ),
        message("replica.timeout-primary")(
            "the link was up, but neither data nor PING came for longer than repl-timeout",
            "redis 2.6: MASTER time out: no data nor PING received...",
            "redis 2.8+; valkey 7.2 | valkey 8.0+: <MASTER|PRIMARY> timeout: no data nor PING received...",
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", roles="S,M", by="networking.c:freeClient")
class PrimaryLinkLost(Event):
    """The link to the primary is gone.

    A node that is being promoted prints it too, and since 6.2 one that is pointed elsewhere, both already
    with the role letter M. Source: Redis 2.8+, ``networking.c:freeClient``.
    """

    MESSAGES = (
        message("replica.primary-link-lost")(
            "the link to the primary is gone",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, at notice: Connection with <master|primary> lost.",
        ),
    )
