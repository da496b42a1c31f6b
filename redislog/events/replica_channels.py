"""A full sync over two connections as the replica sees it: Valkey's dual channel and Redis's RDB channel."""

from redislog.events.base import Event, event, message, wording
from redislog.events.spellings import dual_channel


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
            wording("PSYNC is not possible, initialize RDB channel.", "redis 8.0+; valkey 8.0"),
            wording(
                "Dual channel replication: PSYNC is not possible, initialize RDB channel.",
                "valkey 8.1+",
                source="replication.c:replicaProcessPsyncReply",
            ),
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
            *dual_channel("Received first reply from primary using rdb connection."),
            level="debug",
            roles="S",
            source="replication.c:fullSyncWithPrimary,replication.c:dualChannelReplHandleHandshake",
        ),
        message(
            "replica.dual-channel.endoff-empty",
            "an empty line keeps the RDB connection alive",
            *dual_channel("Received empty $ENDOFF response"),
            level="debug",
            roles="S",
            source="replication.c:fullSyncWithPrimary,replication.c:dualChannelReplHandleEndOffsetResponse",
        ),
        message(
            "replica.dual-channel.psync-established",
            "the main channel is established after the snapshot was loaded",
            wording("Dual channel sync - psync established after rdb load", "valkey 8.0"),
            wording("Dual channel replication: Psync established after rdb load", "valkey 8.1+"),
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

    bytes: int | None = None

    MESSAGES = (
        message(
            "replica.dual-channel.buffer-full",
            "the replica's buffer for the stream is full",
            wording("Replication buffer limit reached, stopping buffering.", "valkey 8.0"),
            wording(
                "Dual channel replication: Replication buffer limit reached, stopping buffering.",
                "valkey 8.1-9.0",
            ),
            wording(
                "Dual channel replication: Replication buffer limit reached (<bytes:int> bytes), stopping buffering. Further accumulation will occur on primary side.",
                "valkey 9.1+",
            ),
            level="notice",
            roles="S",
            source="replication.c:bufferReplData",
        ),
        message(
            "replica.rdb-channel.buffer-full",
            "the replica's buffer for the stream is full",
            wording(
                "Replication buffer limit has been reached (<bytes:int> bytes), stopped buffering replication stream. Further accumulation may occur on master side. ",
                "redis 8.0-8.2",
            ),
            wording(
                "Replication buffer limit has been reached (<bytes:int> bytes), stopped buffering replication stream. Further accumulation may occur on master side.",
                "redis 8.6+",
                source="replication.c:replDataBufReadFromConn",
            ),
            level="notice",
            roles="S",
            source="replication.c:rdbChannelBufferReplData",
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
                "redis 8.0+",
            ),
            level="notice",
            roles="S",
            source="replication.c:rdbChannelStreamReplDataToDb",
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
                "redis 8.0+",
            ),
            level="notice",
            roles="S",
            source="replication.c:rdbChannelStreamReplDataToDb",
        ),
        message(
            "replica.dual-channel.stream-done",
            "the stream that came during the load has been applied",
            *dual_channel("Successfully streamed replication data into memory"),
            level="notice",
            roles="S",
            source="replication.c:dualChannelSyncSuccess",
        ),
    )


@event
class PsyncAfterLoad(Event):
    """The main channel was lost during the load; the load goes on, and a partial resync follows it.

    Source: Redis 8.0+, ``replication.c:rdbChannelAbort``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.rdb-channel.psync-after-load",
            "the main channel was lost during the load; a partial resync follows the load",
            wording("After loading RDB, replica will try psync with master.", "redis 8.0+"),
            level="notice",
            roles="S",
            source="replication.c:rdbChannelAbort",
        ),
    )
