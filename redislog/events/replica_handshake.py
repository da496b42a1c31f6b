"""The handshake between connect and PSYNC, as the replica sees it."""

from redislog.events.base import Event, event, message, wording
from redislog.events.spellings import dual_channel


@event
class PrimaryPinged(Event):
    """The primary answered the replica's PING; the handshake goes on.

    Source: Redis 2.6+, ``replication.c:syncWithMaster``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.handshake.ping-ok",
            "the primary answered PING, and the handshake goes on",
            wording("Master replied to PING, replication can continue...", "redis 2.6+; valkey 7.2"),
            wording(
                "Primary replied to PING, replication can continue...",
                "valkey 8.0+",
                source="replication.c:syncWithPrimary",
            ),
            level="notice",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
    )


@event
class HandshakeFailed(Event):
    """The link could not be set up: the primary refused, the connection broke, or the event loop failed.

    ``error`` is the primary's reply or the system's text; ``state`` the number of the state in which the
    replica found itself by mistake; ``fd`` the socket's descriptor, or ``conn`` the connection where it is
    not printed as ``fd=N``. Source: Redis 2.6+, ``replication.c:syncWithMaster`` and what it calls.
    """

    CATEGORY = "replication"

    error: str | None = None
    state: int | None = None
    fd: int | None = None
    conn: str | None = None

    MESSAGES = (
        message(
            "replica.handshake.ping-error",
            "the primary answered PING with an error",
            wording("Error reply to PING from master: '<error:text>'", "redis 2.6+; valkey 7.2"),
            wording(
                "Error reply to PING from primary: '<error:text>'",
                "valkey 8.0+",
                source="replication.c:syncWithPrimary",
            ),
            level="warning",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
        message(
            "replica.handshake.ping-io-error",
            "the connection broke at PING",
            wording("I/O error reading PING reply from master: <error:errno>", "redis 2.6"),
            level="warning",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
        message(
            "replica.handshake.auth-failed",
            "the primary refused the replica's user or password",
            wording("Unable to AUTH to MASTER: <error:text>", "redis 2.6+; valkey 7.2"),
            wording(
                "Unable to AUTH to Primary: <error:text>",
                "valkey 8.0",
                source="replication.c:fullSyncWithPrimary,replication.c:dualChannelReplHandleAuthReply",
            ),
            wording(
                "Unable to AUTH to PRIMARY: <error:text>",
                "valkey 8.0+",
                source="replication.c:syncWithPrimary",
            ),
            wording(
                "Unable to AUTH to master: <error:text>",
                "redis 8.0+",
                source="replication.c:rdbChannelHandleAuthReply",
            ),
            wording(
                "Dual channel replication: Unable to AUTH to Primary: <error:text>",
                "valkey 8.1+",
                source="replication.c:dualChannelReplHandleAuthReply",
            ),
            level="warning",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
        message(
            "replica.handshake.write-error",
            "the handshake could not be written to the connection",
            wording("I/O error writing to MASTER: <error:errno>", "redis 2.6+; valkey 7.2"),
            wording(
                "I/O error writing to Primary: <error:errno>",
                "valkey 8.0",
                source="replication.c:fullSyncWithPrimary,replication.c:dualChannelReplHandleReplconfReply",
            ),
            wording(
                "I/O error writing to PRIMARY: <error:errno>",
                "valkey 8.0+",
                source="replication.c:syncWithPrimary",
            ),
            wording(
                "I/O error writing to Master: <error:errno>",
                "redis 8.0+",
                source="replication.c:rdbChannelHandleReplconfReply",
            ),
            wording(
                "Dual channel replication: I/O error writing to Primary: <error:errno>",
                "valkey 8.1+",
                source="replication.c:dualChannelReplHandleReplconfReply",
            ),
            level="warning",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
        message(
            "replica.handshake.send-error",
            "a command of the handshake could not be sent",
            wording(
                "Sending command to master in replication handshake: <error:text>",
                "redis 2.8+; valkey 7.2",
            ),
            wording(
                "Sending command to primary in replication handshake: <error:text>",
                "valkey 8.0+",
                source="replication.c:syncWithPrimary",
            ),
            level="warning",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
        message(
            "replica.handshake.read-error",
            "the primary's answer could not be read",
            wording("Failed to read response from the server: <error:errno>", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="S",
            source="replication.c:receiveSynchronousResponse",
        ),
        message(
            "replica.handshake.no-reply",
            "the primary did not answer a command of the handshake",
            wording("Master did not respond to command during SYNC handshake", "redis 7.0+; valkey 7.2"),
            wording(
                "Primary did not respond to command during SYNC handshake",
                "valkey 8.0-8.1",
                source="replication.c:syncWithPrimary",
            ),
            level="warning",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
        message(
            "replica.handshake.no-reply-auth",
            "the primary did not answer AUTH on the RDB connection",
            *dual_channel("Primary did not respond to auth command during SYNC handshake"),
            wording(
                "Master did not respond to auth command during rdb channel handshake",
                "redis 8.0+",
                source="replication.c:rdbChannelHandleAuthReply",
            ),
            level="warning",
            roles="S",
            source="replication.c:fullSyncWithPrimary,replication.c:dualChannelReplHandleAuthReply",
        ),
        message(
            "replica.handshake.no-reply-replconf",
            "the primary did not answer REPLCONF on the RDB connection",
            *dual_channel("Primary did not respond to replconf command during SYNC handshake"),
            wording(
                "Master did not respond to replconf command during rdb channel handshake",
                "redis 8.0+",
                source="replication.c:rdbChannelHandleReplconfReply",
            ),
            wording(
                "Dual channel replication: Primary did not respond to REPLCONF ip-address command during SYNC handshake",
                "valkey 9.1+",
                source="replication.c:dualChannelReplHandleReplconfReply",
            ),
            level="warning",
            roles="S",
            source="replication.c:fullSyncWithPrimary,replication.c:dualChannelReplHandleReplconfReply",
        ),
        message(
            "replica.state-machine-error",
            "the replica's own state of the handshake is wrong",
            wording(
                "syncWithMaster(): state machine error, state should be RECEIVE_PSYNC but is <state:int>",
                "redis 2.8-8.0; valkey 7.2",
            ),
            wording(
                "syncWithPrimary(): state machine error, state should be RECEIVE_PSYNC but is <state:int>",
                "valkey 8.0+",
                source="replication.c:syncWithPrimary",
            ),
            wording(
                "syncWithMaster(): state machine error, state should be RECEIVE_PSYNC_REPLY but is <state:int>",
                "redis 8.2+",
            ),
            level="warning",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
        message(
            "replica.event-error",
            "the event loop refused the sync's read handler",
            wording("Can't create readable event for SYNC: <error:errno> (fd=<fd:int>)", "redis 2.6-5.0"),
            wording(
                "Can't create readable event for SYNC",
                "redis 2.6-5.0",
                source="replication.c:connectWithMaster",
            ),
            wording(
                "Can't create readable event for SYNC: <error:errno> (<conn:word>)",
                "redis 6.0+; valkey 7.2+",
                source="replication.c:syncWithMaster,replication.c:fullSyncWithPrimary,replication.c:syncWithPrimary,replication.c:dualChannelReplHandleHandshake",
            ),
            wording(
                "Can't create readable event for rdb channel connection: <error:errno> (<conn:word>)",
                "redis 8.0+",
                source="replication.c:rdbChannelHandleFullresyncReply",
            ),
            wording(
                "Can't create readable event for master client: <error:errno>",
                "redis 8.0+",
                source="replication.c:rdbChannelStreamReplDataToDb",
            ),
            wording(
                "Dual channel replication: Can't create readable event for SYNC: <error:errno> (<conn:word>)",
                "valkey 8.1+",
                source="replication.c:dualChannelReplHandleHandshake",
            ),
            wording(
                "Can't create readable event for Bio SYNC: <error:errno> (<conn:word>)",
                "valkey 9.0+",
                source="replication.c:syncWithPrimary",
            ),
            level="warning",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
        message(
            "replica.resurrect-error-read",
            "the event loop refused the read handler of a link to be resumed",
            wording(
                "Error resurrecting the cached master, impossible to add the readable handler: <error:errno>",
                "redis 2.8+; valkey 7.2",
            ),
            wording(
                "Error resurrecting the cached primary, impossible to add the readable handler: <error:errno>",
                "valkey 8.0+",
                source="replication.c:replicationSteadyStateInit",
            ),
            level="warning",
            roles="S",
            source="replication.c:replicationResurrectCachedMaster",
        ),
        message(
            "replica.resurrect-error-write",
            "the event loop refused the write handler of a link to be resumed",
            wording(
                "Error resurrecting the cached master, impossible to add the writable handler: <error:errno>",
                "redis 2.8+; valkey 7.2",
            ),
            wording(
                "Error resurrecting the cached primary, impossible to add the writable handler: <error:errno>",
                "valkey 8.0+",
                source="replication.c:replicationSteadyStateInit",
            ),
            level="warning",
            roles="S",
            source="replication.c:replicationResurrectCachedMaster",
        ),
    )


@event
class ReplconfRefused(Event):
    """The primary refused one REPLCONF command of the handshake; the sync goes on without it.

    ``error`` is the primary's reply. NOAUTH or NOPERM in it means that all that follows will be refused
    too. Source: Redis 2.6+, ``replication.c:syncWithMaster``.
    """

    CATEGORY = "replication"

    error: str

    MESSAGES = (
        message(
            "replica.handshake.no-listening-port",
            "the primary refuses REPLCONF listening-port",
            wording(
                "(non critical): Master does not understand REPLCONF listening-port: <error:text>",
                "redis 2.6",
            ),
            wording(
                "(Non critical) Master does not understand REPLCONF listening-port: <error:text>",
                "redis 2.8+; valkey 7.2",
            ),
            wording(
                "(Non critical) Primary does not understand REPLCONF listening-port: <error:text>",
                "valkey 8.0+",
                source="replication.c:syncWithPrimary",
            ),
            level="notice",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
        message(
            "replica.handshake.no-ip-address",
            "the primary refuses REPLCONF ip-address",
            wording(
                "(Non critical) Master does not understand REPLCONF ip-address: <error:text>",
                "redis 3.2+; valkey 7.2",
            ),
            wording(
                "(Non critical) Primary does not understand REPLCONF ip-address: <error:text>",
                "valkey 8.0+",
                source="replication.c:syncWithPrimary",
            ),
            level="notice",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
        message(
            "replica.handshake.no-capa",
            "the primary refuses REPLCONF capa",
            wording(
                "(Non critical) Master does not understand REPLCONF capa: <error:text>",
                "redis 2.8+; valkey 7.2",
            ),
            wording(
                "(Non critical) Primary does not understand REPLCONF capa: <error:text>",
                "valkey 8.0+",
                source="replication.c:syncWithPrimary",
            ),
            level="notice",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
        message(
            "replica.handshake.no-version",
            "the primary refuses REPLCONF version",
            wording(
                "(Non critical) Primary does not understand REPLCONF VERSION: <error:text>", "valkey 8.0+"
            ),
            level="notice",
            roles="S",
            source="replication.c:syncWithPrimary",
        ),
        message(
            "replica.handshake.noncritical-rdb-no-compress",
            "an older primary does not know rdb-no-compress",
            wording(
                "(Non critical) Master does not understand REPLCONF rdb-no-compress: <error:text>",
                "redis 8.6+",
            ),
            level="notice",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
        message(
            "replica.handshake.noncritical-node-id",
            "an older primary does not know SET-CLUSTER-NODE-ID",
            wording(
                "(Non critical) Primary does not understand REPLCONF SET-CLUSTER-NODE-ID: <error:text>",
                "valkey 9.0+",
            ),
            level="notice",
            roles="S",
            source="replication.c:syncWithPrimaryHandleReceiveNodeIDReplyState",
        ),
    )
