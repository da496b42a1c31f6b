"""A full sync over two connections that the replica gave up."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.events.spellings import dual_channel

_PRINTER = Printer("replication", "replication.c", level="warning", roles="S")


@event(_PRINTER, by="readIntoReplDataBlock")
class TwoChannelSyncFailed(Event):
    """The replica gave up a full sync over two connections, or the primary does not do it.

    ``error`` is the primary's or the system's text, ``code`` the number of PSYNC's result, ``when`` says
    that it was during the load, ``conn`` is the connection as ``fd=N``. Source: Redis 8.2+, Valkey 8.0+,
    ``replication.c``.
    """

    error: str | None = None
    conn: str | None = None
    code: int | None = None
    when: str | None = None

    MESSAGES = (
        message(
            "replica.dual-channel.connect-error", by="fullSyncWithPrimary,dualChannelFullSyncWithPrimary"
        )(
            "the RDB connection could not be made",
            *dual_channel("Error condition on socket for dual channel replication: <error:errno>"),
            "redis 8.0+, by rdbChannelFullSyncWithMaster: Error condition on socket for rdb channel replication: <error:errno>",
        ),
        message("replica.event-error-main", by="syncWithPrimary")(
            "the event loop kept the main connection's handler",
            *dual_channel("Can't clear main connection handler: <error:errno> (<conn:word>)"),
            "redis 8.0+, by rdbChannelHandleFullresyncReply: Can't set read handler for main channel: <error:errno>",
        ),
        message("replica.dual-channel.event-error", by="dualChannelSyncHandlePsync")(
            "the event loop refused the main channel's read handler",
            *dual_channel("Error while setting readable handler: <error:errno>"),
        ),
        message("replica.dual-channel.send-error", by="fullSyncWithPrimary,dualChannelReplHandleHandshake")(
            "a command could not be sent on the RDB connection",
            *dual_channel("Sending command to primary in dual channel replication handshake: <error:text>"),
        ),
        message(
            "replica.dual-channel.unsupported",
            level="notice",
            by="fullSyncWithPrimary,dualChannelReplHandleReplconfReply",
        )(
            "the primary does not know a sync with offset",
            *dual_channel(
                "Server does not support sync with offset, dual channel sync approach cannot be used: <error:text>"
            ),
        ),
        message(
            "replica.dual-channel.no-identify",
            level="notice",
            by="setupMainConnForPsync,dualChannelReplMainConnRecvCapaReply",
        )(
            "the primary refuses REPLCONF identify",
            *dual_channel("Primary does not understand REPLCONF identify: <error:text>"),
        ),
        message(
            "replica.dual-channel.endoff-bad", by="fullSyncWithPrimary,dualChannelReplHandleEndOffsetResponse"
        )(
            "the snapshot's end offset is malformed",
            *dual_channel("Received unexpected $ENDOFF response: <error:text>"),
        ),
        message("replica.dual-channel.read-error", level="notice")(
            "the main channel could not be read", "valkey 8.0: Error reading from primary: <error:errno>"
        ),
        message("replica.dual-channel.closed", level="verbose")(
            "the primary closed the main channel",
            "valkey 8.0: Provisional primary closed connection",
            "valkey 8.1+, at warning: Dual channel replication: Provisional primary closed connection",
        ),
        message("replica.dual-channel.stream-failed", by="dualChannelSyncSuccess")(
            "the stream that came during the load could not be applied",
            *dual_channel("Failed to stream local replication buffer into memory"),
        ),
        message("replica.dual-channel.abort", level="notice", by="replicationAbortDualChannelSyncTransfer")(
            "the dual channel sync is given up", *dual_channel("Aborting dual channel sync")
        ),
        message("replica.dual-channel.abort-psync-result", by="setupMainConnForPsync")(
            "the main channel's PSYNC failed, and the sync is given up",
            "valkey 8.0: Aborting dual channel sync. Main channel psync result <code:int>",
            "valkey 8.1+, by dualChannelSetupMainConnForPsync: Dual channel replication: Aborting dual channel sync. Main channel psync result <code:int> <error:text>",
        ),
        message(
            "replica.dual-channel.abort-write-error",
            by="setupMainConnForPsync,dualChannelReplMainConnSendPsync",
        )(
            "the main channel could not be written, and the sync is given up",
            *dual_channel("Aborting dual channel sync. Write error."),
        ),
        message("replica.dual-channel.failed", by="dualChannelFullSyncWithPrimary")(
            "the dual channel sync failed",
            "valkey 8.1+: Dual channel sync failed with error <error:text>",
            "redis 8.0+, by rdbChannelFullSyncWithMaster: rdb channel sync failed with error: <error:text>",
        ),
        message("replica.rdb-channel.main-error", by="readReplBufferErrorHandler")(
            "the main channel could not be read while the snapshot came",
            "redis 8.0+: Main channel error while reading from master: <error:errno>",
        ),
        message("replica.rdb-channel.aborted", level="notice", by="rdbChannelAbort")(
            "the sync over the RDB channel is given up",
            "redis 8.0+: Aborting rdb channel sync<when:| while loading the RDB.>",
        ),
        message("replica.rdb-channel.bad-psync-reply", by="rdbChannelHandleFullresyncReply")(
            "the primary's answer to PSYNC on the RDB channel is none that is known",
            "redis 8.0+: Received unexpected psync reply: <error:text>",
        ),
        message("replica.rdb-channel.bad-reply", by="slaveTryPartialResynchronization")(
            "the primary's offer of an RDB channel cannot be read",
            "redis 8.0+: Master replied with wrong +RDBCHANNELSYNC syntax: <error:text>",
        ),
        message("replica.rdb-channel.replconf-refused", by="rdbChannelHandleReplconfReply")(
            "the primary refused REPLCONF on the RDB channel",
            "redis 8.0+: Master replied error to replconf: <error:text>",
        ),
        message("replica.rdb-channel.send-error", by="rdbChannelSendHandshake")(
            "a command could not be sent on the RDB connection",
            "redis 8.0+: Error sending AUTH to master in rdb channel replication handshake: <error:text>",
            "redis 8.0+: Error sending REPLCONF command to master in rdb channel handshake: <error:text>",
        ),
        message("replica.rdb-channel.stream-failed", by="rdbChannelStreamReplDataToDb")(
            "the main connection ended while the kept stream was being applied",
            "redis 8.0+: Master client was freed while streaming accumulated replication data to db.",
        ),
        message("replica.dual-channel-replication-primary-rejected-replconf")(
            "the primary refused REPLCONF ip-address on the RDB channel",
            "valkey 9.1+, by dualChannelReplHandleReplconfReply: Dual channel replication: Primary rejected REPLCONF ip-address: <error:text>",
        ),
    )
