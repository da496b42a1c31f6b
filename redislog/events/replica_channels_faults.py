"""A full sync over two connections that the replica gave up."""

from redislog.events.base import Event, event, message, wording
from redislog.events.spellings import dual_channel


@event
class TwoChannelSyncFailed(Event):
    """The replica gave up a full sync over two connections, or the primary does not do it.

    ``error`` is the primary's or the system's text, ``code`` the number of PSYNC's result, ``when`` says
    that it was during the load, ``conn`` is the connection as ``fd=N``. Source: Redis 8.2+, Valkey 8.0+,
    ``replication.c``.
    """

    CATEGORY = "replication"

    error: str | None = None
    conn: str | None = None
    code: int | None = None
    when: str | None = None

    MESSAGES = (
        message(
            "replica.dual-channel.connect-error",
            "the RDB connection could not be made",
            *dual_channel("Error condition on socket for dual channel replication: <error:errno>"),
            wording(
                "Error condition on socket for rdb channel replication: <error:errno>",
                "redis 8.0+",
                source="replication.c:rdbChannelFullSyncWithMaster",
            ),
            level="warning",
            roles="S",
            source="replication.c:fullSyncWithPrimary,replication.c:dualChannelFullSyncWithPrimary",
        ),
        message(
            "replica.event-error-main",
            "the event loop kept the main connection's handler",
            *dual_channel("Can't clear main connection handler: <error:errno> (<conn:word>)"),
            wording(
                "Can't set read handler for main channel: <error:errno>",
                "redis 8.0+",
                source="replication.c:rdbChannelHandleFullresyncReply",
            ),
            level="warning",
            roles="S",
            source="replication.c:syncWithPrimary",
        ),
        message(
            "replica.dual-channel.event-error",
            "the event loop refused the main channel's read handler",
            *dual_channel("Error while setting readable handler: <error:errno>"),
            level="warning",
            roles="S",
            source="replication.c:dualChannelSyncHandlePsync",
        ),
        message(
            "replica.dual-channel.send-error",
            "a command could not be sent on the RDB connection",
            *dual_channel("Sending command to primary in dual channel replication handshake: <error:text>"),
            level="warning",
            roles="S",
            source="replication.c:fullSyncWithPrimary,replication.c:dualChannelReplHandleHandshake",
        ),
        message(
            "replica.dual-channel.unsupported",
            "the primary does not know a sync with offset",
            *dual_channel(
                "Server does not support sync with offset, dual channel sync approach cannot be used: <error:text>"
            ),
            level="notice",
            roles="S",
            source="replication.c:fullSyncWithPrimary,replication.c:dualChannelReplHandleReplconfReply",
        ),
        message(
            "replica.dual-channel.no-identify",
            "the primary refuses REPLCONF identify",
            *dual_channel("Primary does not understand REPLCONF identify: <error:text>"),
            level="notice",
            roles="S",
            source="replication.c:setupMainConnForPsync,replication.c:dualChannelReplMainConnRecvCapaReply",
        ),
        message(
            "replica.dual-channel.endoff-bad",
            "the snapshot's end offset is malformed",
            *dual_channel("Received unexpected $ENDOFF response: <error:text>"),
            level="warning",
            roles="S",
            source="replication.c:fullSyncWithPrimary,replication.c:dualChannelReplHandleEndOffsetResponse",
        ),
        message(
            "replica.dual-channel.read-error",
            "the main channel could not be read",
            wording("Error reading from primary: <error:errno>", "valkey 8.0"),
            level="notice",
            roles="S",
            source="replication.c:readIntoReplDataBlock",
        ),
        message(
            "replica.dual-channel.closed",
            "the primary closed the main channel",
            wording("Provisional primary closed connection", "valkey 8.0"),
            wording(
                "Dual channel replication: Provisional primary closed connection",
                "valkey 8.1+",
                level="warning",
            ),
            level="verbose",
            roles="S",
            source="replication.c:readIntoReplDataBlock",
        ),
        message(
            "replica.dual-channel.stream-failed",
            "the stream that came during the load could not be applied",
            *dual_channel("Failed to stream local replication buffer into memory"),
            level="warning",
            roles="S",
            source="replication.c:dualChannelSyncSuccess",
        ),
        message(
            "replica.dual-channel.abort",
            "the dual channel sync is given up",
            *dual_channel("Aborting dual channel sync"),
            level="notice",
            roles="S",
            source="replication.c:replicationAbortDualChannelSyncTransfer",
        ),
        message(
            "replica.dual-channel.abort-psync-result",
            "the main channel's PSYNC failed, and the sync is given up",
            wording("Aborting dual channel sync. Main channel psync result <code:int>", "valkey 8.0"),
            wording(
                "Dual channel replication: Aborting dual channel sync. Main channel psync result <code:int> <error:text>",
                "valkey 8.1+",
                source="replication.c:dualChannelSetupMainConnForPsync",
            ),
            level="warning",
            roles="S",
            source="replication.c:setupMainConnForPsync",
        ),
        message(
            "replica.dual-channel.abort-write-error",
            "the main channel could not be written, and the sync is given up",
            *dual_channel("Aborting dual channel sync. Write error."),
            level="warning",
            roles="S",
            source="replication.c:setupMainConnForPsync,replication.c:dualChannelReplMainConnSendPsync",
        ),
        message(
            "replica.dual-channel.failed",
            "the dual channel sync failed",
            wording("Dual channel sync failed with error <error:text>", "valkey 8.1+"),
            wording(
                "rdb channel sync failed with error: <error:text>",
                "redis 8.0+",
                source="replication.c:rdbChannelFullSyncWithMaster",
            ),
            level="warning",
            roles="S",
            source="replication.c:dualChannelFullSyncWithPrimary",
        ),
        message(
            "replica.rdb-channel.main-error",
            "the main channel could not be read while the snapshot came",
            wording("Main channel error while reading from master: <error:errno>", "redis 8.0+"),
            level="warning",
            roles="S",
            source="replication.c:readReplBufferErrorHandler",
        ),
        message(
            "replica.rdb-channel.aborted",
            "the sync over the RDB channel is given up",
            wording("Aborting rdb channel sync<when:| while loading the RDB.>", "redis 8.0+"),
            level="notice",
            roles="S",
            source="replication.c:rdbChannelAbort",
        ),
        message(
            "replica.rdb-channel.bad-psync-reply",
            "the primary's answer to PSYNC on the RDB channel is none that is known",
            wording("Received unexpected psync reply: <error:text>", "redis 8.0+"),
            level="warning",
            roles="S",
            source="replication.c:rdbChannelHandleFullresyncReply",
        ),
        message(
            "replica.rdb-channel.bad-reply",
            "the primary's offer of an RDB channel cannot be read",
            wording("Master replied with wrong +RDBCHANNELSYNC syntax: <error:text>", "redis 8.0+"),
            level="warning",
            roles="S",
            source="replication.c:slaveTryPartialResynchronization",
        ),
        message(
            "replica.rdb-channel.replconf-refused",
            "the primary refused REPLCONF on the RDB channel",
            wording("Master replied error to replconf: <error:text>", "redis 8.0+"),
            level="warning",
            roles="S",
            source="replication.c:rdbChannelHandleReplconfReply",
        ),
        message(
            "replica.rdb-channel.send-error",
            "a command could not be sent on the RDB connection",
            wording(
                "Error sending AUTH to master in rdb channel replication handshake: <error:text>",
                "redis 8.0+",
            ),
            wording(
                "Error sending REPLCONF command to master in rdb channel handshake: <error:text>",
                "redis 8.0+",
            ),
            level="warning",
            roles="S",
            source="replication.c:rdbChannelSendHandshake",
        ),
        message(
            "replica.rdb-channel.stream-failed",
            "the main connection ended while the kept stream was being applied",
            wording(
                "Master client was freed while streaming accumulated replication data to db.", "redis 8.0+"
            ),
            level="warning",
            roles="S",
            source="replication.c:rdbChannelStreamReplDataToDb",
        ),
        message(
            "replica.dual-channel-replication-primary-rejected-replconf",
            "the primary refused REPLCONF ip-address on the RDB channel",
            wording(
                "Dual channel replication: Primary rejected REPLCONF ip-address: <error:text>", "valkey 9.1+"
            ),
            level="warning",
            roles="S",
            source="replication.c:dualChannelReplHandleReplconfReply",
        ),
    )
