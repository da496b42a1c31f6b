"""A full sync over two connections as the replica sees it: Valkey's dual channel and Redis's RDB channel."""

from redislog.events.base import Event, event, message, wording


@event
class RdbChannelStarted(Event):
    """The replica opens a second connection, for the snapshot of a full sync.

    Source: Redis 8.2+, Valkey 8.0+, ``replication.c:replicaTryPartialResynchronization``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.psync-to-rdb-channel",
            "a full sync is needed, and the replica opens its RDB channel",
            wording("PSYNC is not possible, initialize RDB channel.", "redis 8.2; valkey 8.0-8.1"),
            level="notice",
            roles="S",
            source="replication.c:replicaTryPartialResynchronization",
        ),
    )


@event
class DualChannelStep(Event):
    """A step of the replica's dual channel sync, at log level debug.

    Source: Valkey 8.0+, ``replication.c``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.dual-channel.first-reply",
            "the primary answers on the RDB connection",
            wording("Received first reply from primary using rdb connection.", "valkey 8.0-8.1"),
            level="debug",
            roles="S",
            source="replication.c:fullSyncWithPrimary,replication.c:dualChannelReplHandleHandshake",
        ),
        message(
            "replica.dual-channel.endoff-empty",
            "an empty line keeps the RDB connection alive",
            wording("Received empty $ENDOFF response", "valkey 8.0-8.1"),
            level="debug",
            roles="S",
            source="replication.c:fullSyncWithPrimary,replication.c:dualChannelReplHandleEndOffsetResponse",
        ),
        message(
            "replica.dual-channel.psync-established",
            "the main channel is established after the snapshot was loaded",
            wording("Dual channel sync - psync established after rdb load", "valkey 8.0-8.1"),
            level="debug",
            roles="S",
            source="replication.c:dualChannelSyncHandlePsync",
        ),
    )


@event
class DualChannelBufferFull(Event):
    """The replica holds as much of the stream as it may while it loads; the primary must hold the rest.

    Source: Valkey 8.0+, ``replication.c:bufferReplData``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.dual-channel.buffer-full",
            "the replica's buffer for the stream is full",
            wording("Replication buffer limit reached, stopping buffering.", "valkey 8.0-8.1"),
            level="notice",
            roles="S",
            source="replication.c:bufferReplData",
        ),
    )


@event
class BufferedStreamStarted(Event):
    """The snapshot is loaded, and the stream that came meanwhile is being applied.

    ``bytes`` of it are waiting. Source: a running Redis 8.2.3.
    """

    CATEGORY = "replication"

    bytes: int

    MESSAGES = (
        message(
            "replica.rdb-channel.buffer-started",
            "the stream that came during the load is being applied",
            wording(
                "MASTER <-> REPLICA sync: Starting to stream replication buffer into the db (<bytes:int> bytes).",
                "redis 8.2",
            ),
            level="notice",
            roles="S",
            source="seen on a real 8.2.3",
        ),
    )


@event
class BufferedStreamApplied(Event):
    """The stream that came while the snapshot was loaded has been applied.

    ``bytes`` is its length; Valkey does not print it. Source: Redis 8.2+, Valkey 8.0+, ``replication.c``.
    """

    CATEGORY = "replication"

    bytes: int | None = None

    MESSAGES = (
        message(
            "replica.rdb-channel.buffer-finished",
            "the stream that came during the load has been applied",
            wording(
                "MASTER <-> REPLICA sync: Successfully streamed replication buffer into the db (<bytes:int> bytes in total)",
                "redis 8.2",
            ),
            level="notice",
            roles="S",
            source="seen on a real 8.2.3",
        ),
        message(
            "replica.dual-channel.stream-done",
            "the stream that came during the load has been applied",
            wording("Successfully streamed replication data into memory", "valkey 8.0-8.1"),
            level="notice",
            roles="S",
            source="replication.c:dualChannelSyncSuccess",
        ),
    )


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
            wording(
                "Error condition on socket for dual channel replication: <error:errno>", "valkey 8.0-8.1"
            ),
            level="warning",
            roles="S",
            source="replication.c:fullSyncWithPrimary,replication.c:dualChannelFullSyncWithPrimary",
        ),
        message(
            "replica.event-error-main",
            "the event loop kept the main connection's handler",
            wording("Can't clear main connection handler: <error:errno> (<conn:word>)", "valkey 8.0-8.1"),
            level="warning",
            roles="S",
            source="replication.c:syncWithPrimary",
        ),
        message(
            "replica.dual-channel.event-error",
            "the event loop refused the main channel's read handler",
            wording("Error while setting readable handler: <error:errno>", "valkey 8.0-8.1"),
            level="warning",
            roles="S",
            source="replication.c:dualChannelSyncHandlePsync",
        ),
        message(
            "replica.dual-channel.send-error",
            "a command could not be sent on the RDB connection",
            wording(
                "Sending command to primary in dual channel replication handshake: <error:text>",
                "valkey 8.0-8.1",
            ),
            level="warning",
            roles="S",
            source="replication.c:fullSyncWithPrimary,replication.c:dualChannelReplHandleHandshake",
        ),
        message(
            "replica.dual-channel.unsupported",
            "the primary does not know a sync with offset",
            wording(
                "Server does not support sync with offset, dual channel sync approach cannot be used: <error:text>",
                "valkey 8.0-8.1",
            ),
            level="notice",
            roles="S",
            source="replication.c:fullSyncWithPrimary,replication.c:dualChannelReplHandleReplconfReply",
        ),
        message(
            "replica.dual-channel.no-identify",
            "the primary refuses REPLCONF identify",
            wording("Primary does not understand REPLCONF identify: <error:text>", "valkey 8.0-8.1"),
            level="notice",
            roles="S",
            source="replication.c:setupMainConnForPsync,replication.c:dualChannelReplMainConnRecvCapaReply",
        ),
        message(
            "replica.dual-channel.endoff-bad",
            "the snapshot's end offset is malformed",
            wording("Received unexpected $ENDOFF response: <error:text>", "valkey 8.0-8.1"),
            level="warning",
            roles="S",
            source="replication.c:fullSyncWithPrimary,replication.c:dualChannelReplHandleEndOffsetResponse",
        ),
        message(
            "replica.dual-channel.read-error",
            "the main channel could not be read",
            wording("Error reading from primary: <error:errno>", "valkey 8.0-8.1"),
            level="notice",
            roles="S",
            source="replication.c:readIntoReplDataBlock",
        ),
        message(
            "replica.dual-channel.closed",
            "the primary closed the main channel",
            wording("Provisional primary closed connection", "valkey 8.0-8.1"),
            level="verbose",
            roles="S",
            source="replication.c:readIntoReplDataBlock",
        ),
        message(
            "replica.dual-channel.stream-failed",
            "the stream that came during the load could not be applied",
            wording("Failed to stream local replication buffer into memory", "valkey 8.0-8.1"),
            level="warning",
            roles="S",
            source="replication.c:dualChannelSyncSuccess",
        ),
        message(
            "replica.dual-channel.abort",
            "the dual channel sync is given up",
            wording("Aborting dual channel sync", "valkey 8.0-8.1"),
            level="notice",
            roles="S",
            source="replication.c:replicationAbortDualChannelSyncTransfer",
        ),
        message(
            "replica.dual-channel.abort-psync-result",
            "the main channel's PSYNC failed, and the sync is given up",
            wording("Aborting dual channel sync. Main channel psync result <code:int>", "valkey 8.0"),
            wording(
                "Aborting dual channel sync. Main channel psync result <code:int> <error:text>",
                "valkey 8.1",
                source="replication.c:dualChannelSetupMainConnForPsync",
            ),
            level="warning",
            roles="S",
            source="replication.c:setupMainConnForPsync",
        ),
        message(
            "replica.dual-channel.abort-write-error",
            "the main channel could not be written, and the sync is given up",
            wording("Aborting dual channel sync. Write error.", "valkey 8.0-8.1"),
            level="warning",
            roles="S",
            source="replication.c:setupMainConnForPsync,replication.c:dualChannelReplMainConnSendPsync",
        ),
        message(
            "replica.dual-channel.failed",
            "the dual channel sync failed",
            wording("Dual channel sync failed with error <error:text>", "valkey 8.1"),
            level="warning",
            roles="S",
            source="replication.c:dualChannelFullSyncWithPrimary",
        ),
        message(
            "replica.rdb-channel.main-error",
            "the main channel could not be read while the snapshot came",
            wording("Main channel error while reading from master: <error:errno>", "redis 8.2"),
            level="warning",
            roles="S",
            source="seen on a real 8.2.3",
        ),
        message(
            "replica.rdb-channel.aborted",
            "the sync over the RDB channel is given up",
            wording("Aborting rdb channel sync<when:| while loading the RDB.>", "redis 8.2"),
            level="notice",
            roles="S",
            source="seen on a real 8.2.3",
        ),
    )
