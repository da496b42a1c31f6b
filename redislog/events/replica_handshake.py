"""The handshake between connect and PSYNC, as the replica sees it."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.events.spellings import dual_channel

_PRINTER = Printer("replication", "replication.c", level="warning", roles="S")


@event(_PRINTER, level="notice", by="syncWithMaster")
class PrimaryPinged(Event):
    """The primary answered the replica's PING; the handshake goes on.

    Source: Redis 2.6+, ``replication.c:syncWithMaster``.
    """

    MESSAGES = (
        message("replica.handshake.ping-ok")(
            "the primary answered PING, and the handshake goes on",
            "redis 2.6+; valkey 7.2 | valkey 8.0+, by syncWithPrimary: <Master|Primary> replied to PING, replication can continue...",
        ),
    )


@event(_PRINTER, by="syncWithMaster")
class HandshakeFailed(Event):
    """The link could not be set up: the primary refused, the connection broke, or the event loop failed.

    ``error`` is the primary's reply or the system's text; ``state`` the number of the state in which the
    replica found itself by mistake; ``fd`` the socket's descriptor, or ``conn`` the connection where it is
    not printed as ``fd=N``. Source: Redis 2.6+, ``replication.c:syncWithMaster`` and what it calls.
    """

    error: str | None = None
    state: int | None = None
    fd: int | None = None
    conn: str | None = None

    MESSAGES = (
        message("replica.handshake.ping-error")(
            "the primary answered PING with an error",
            "redis 2.6+; valkey 7.2 | valkey 8.0+, by syncWithPrimary: Error reply to PING from <master|primary>: '<error:text>'",
        ),
        message("replica.handshake.ping-io-error")(
            "the connection broke at PING",
            "redis 2.6: I/O error reading PING reply from master: <error:errno>",
        ),
        message("replica.handshake.auth-failed")(
            "the primary refused the replica's user or password",
            "redis 2.6+; valkey 7.2 | valkey 8.0, by fullSyncWithPrimary,dualChannelReplHandleAuthReply: Unable to AUTH to <MASTER|Primary>: <error:text>",
            "valkey 8.0+, by syncWithPrimary | redis 8.0+, by rdbChannelHandleAuthReply: Unable to AUTH to <PRIMARY|master>: <error:text>",
            "valkey 8.1+, by dualChannelReplHandleAuthReply: Dual channel replication: Unable to AUTH to Primary: <error:text>",
        ),
        message("replica.handshake.write-error")(
            "the handshake could not be written to the connection",
            "redis 2.6+; valkey 7.2: I/O error writing to MASTER: <error:errno>",
            "valkey 8.0, by fullSyncWithPrimary,dualChannelReplHandleReplconfReply: I/O error writing to Primary: <error:errno>",
            "valkey 8.0+, by syncWithPrimary | redis 8.0+, by rdbChannelHandleReplconfReply: I/O error writing to <PRIMARY|Master>: <error:errno>",
            "valkey 8.1+, by dualChannelReplHandleReplconfReply: Dual channel replication: I/O error writing to Primary: <error:errno>",
        ),
        message("replica.handshake.send-error")(
            "a command of the handshake could not be sent",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, by syncWithPrimary: Sending command to <master|primary> in replication handshake: <error:text>",
        ),
        message("replica.handshake.read-error", by="receiveSynchronousResponse")(
            "the primary's answer could not be read",
            "7.0+: Failed to read response from the server: <error:errno>",
        ),
        message("replica.handshake.no-reply")(
            "the primary did not answer a command of the handshake",
            "redis 7.0+; valkey 7.2 | valkey 8.0-8.1, by syncWithPrimary: <Master|Primary> did not respond to command during SYNC handshake",
        ),
        message("replica.handshake.no-reply-auth", by="fullSyncWithPrimary,dualChannelReplHandleAuthReply")(
            "the primary did not answer AUTH on the RDB connection",
            *dual_channel("Primary did not respond to auth command during SYNC handshake"),
            "redis 8.0+, by rdbChannelHandleAuthReply: Master did not respond to auth command during rdb channel handshake",
        ),
        message(
            "replica.handshake.no-reply-replconf", by="fullSyncWithPrimary,dualChannelReplHandleReplconfReply"
        )(
            "the primary did not answer REPLCONF on the RDB connection",
            *dual_channel("Primary did not respond to replconf command during SYNC handshake"),
            "redis 8.0+, by rdbChannelHandleReplconfReply: Master did not respond to replconf command during rdb channel handshake",
            "valkey 9.1+, by dualChannelReplHandleReplconfReply: Dual channel replication: Primary did not respond to REPLCONF ip-address command during SYNC handshake",
        ),
        message("replica.state-machine-error")(
            "the replica's own state of the handshake is wrong",
            "redis 2.8-8.0; valkey 7.2 | valkey 8.0+, by syncWithPrimary: <syncWithMaster|syncWithPrimary>(): state machine error, state should be RECEIVE_PSYNC but is <state:int>",
            "redis 8.2+: syncWithMaster(): state machine error, state should be RECEIVE_PSYNC_REPLY but is <state:int>",
        ),
        message("replica.event-error")(
            "the event loop refused the sync's read handler",
            "redis 2.6-5.0: Can't create readable event for SYNC: <error:errno> (fd=<fd:int>)",
            "redis 2.6-5.0, by connectWithMaster: Can't create readable event for SYNC",
            "6.0+, by syncWithMaster,{fullSync,sync}WithPrimary,dualChannelReplHandleHandshake: Can't create readable event for SYNC: <error:errno> (<conn:word>)",
            "redis 8.0+, by rdbChannelHandleFullresyncReply: Can't create readable event for rdb channel connection: <error:errno> (<conn:word>)",
            "redis 8.0+, by rdbChannelStreamReplDataToDb: Can't create readable event for master client: <error:errno>",
            "valkey 8.1+, by dualChannelReplHandleHandshake: Dual channel replication: Can't create readable event for SYNC: <error:errno> (<conn:word>)",
            "valkey 9.0+, by syncWithPrimary: Can't create readable event for Bio SYNC: <error:errno> (<conn:word>)",
        ),
        message("replica.resurrect-error-read", by="replicationResurrectCachedMaster")(
            "the event loop refused the read handler of a link to be resumed",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, by replicationSteadyStateInit: Error resurrecting the cached <master|primary>, impossible to add the readable handler: <error:errno>",
        ),
        message("replica.resurrect-error-write", by="replicationResurrectCachedMaster")(
            "the event loop refused the write handler of a link to be resumed",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, by replicationSteadyStateInit: Error resurrecting the cached <master|primary>, impossible to add the writable handler: <error:errno>",
        ),
    )


@event(_PRINTER, level="notice", by="syncWithMaster")
class ReplconfRefused(Event):
    """The primary refused one REPLCONF command of the handshake; the sync goes on without it.

    ``error`` is the primary's reply. NOAUTH or NOPERM in it means that all that follows will be refused
    too. Source: Redis 2.6+, ``replication.c:syncWithMaster``.
    """

    error: str

    MESSAGES = (
        message("replica.handshake.no-listening-port")(
            "the primary refuses REPLCONF listening-port",
            "redis 2.6: (non critical): Master does not understand REPLCONF listening-port: <error:text>",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, by syncWithPrimary: (Non critical) <Master|Primary> does not understand REPLCONF listening-port: <error:text>",
        ),
        message("replica.handshake.no-ip-address")(
            "the primary refuses REPLCONF ip-address",
            "redis 3.2+; valkey 7.2 | valkey 8.0+, by syncWithPrimary: (Non critical) <Master|Primary> does not understand REPLCONF ip-address: <error:text>",
        ),
        message("replica.handshake.no-capa")(
            "the primary refuses REPLCONF capa",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, by syncWithPrimary: (Non critical) <Master|Primary> does not understand REPLCONF capa: <error:text>",
        ),
        message("replica.handshake.no-version", by="syncWithPrimary")(
            "the primary refuses REPLCONF version",
            "valkey 8.0+: (Non critical) Primary does not understand REPLCONF VERSION: <error:text>",
        ),
        message("replica.handshake.noncritical-rdb-no-compress")(
            "an older primary does not know rdb-no-compress",
            "redis 8.6+: (Non critical) Master does not understand REPLCONF rdb-no-compress: <error:text>",
        ),
        message("replica.handshake.noncritical-node-id", by="syncWithPrimaryHandleReceiveNodeIDReplyState")(
            "an older primary does not know SET-CLUSTER-NODE-ID",
            "valkey 9.0+: (Non critical) Primary does not understand REPLCONF SET-CLUSTER-NODE-ID: <error:text>",
        ),
    )
