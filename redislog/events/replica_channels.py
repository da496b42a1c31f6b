"""A full sync over two connections as the replica sees it: Valkey's dual channel and Redis's RDB channel."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.events.spellings import dual_channel

_PRINTER = Printer("replication", "replication.c", level="notice", roles="S")


@event(_PRINTER, by="replicaTryPartialResynchronization")
class RdbChannelStarted(Event):
    """The replica opens a second connection, for the snapshot of a full sync.

    Source: Redis 8.2+, Valkey 8.0+, ``replication.c:replicaTryPartialResynchronization``.
    """

    MESSAGES = (
        message("replica.psync-to-rdb-channel")(
            "a full sync is needed, and the replica opens its RDB channel",
            "redis 8.0+; valkey 8.0: PSYNC is not possible, initialize RDB channel.",
            "valkey 8.1+, by replicaProcessPsyncReply: Dual channel replication: PSYNC is not possible, initialize RDB channel.",
        ),
    )


@event(_PRINTER, level="debug")
class DualChannelStep(Event):
    """A step of the replica's dual channel sync, at log level debug.

    Source: Valkey 8.0+, ``replication.c``.
    """

    MESSAGES = (
        message("replica.dual-channel.first-reply", by="fullSyncWithPrimary,dualChannelReplHandleHandshake")(
            "the primary answers on the RDB connection",
            *dual_channel("Received first reply from primary using rdb connection."),
        ),
        message(
            "replica.dual-channel.endoff-empty",
            by="fullSyncWithPrimary,dualChannelReplHandleEndOffsetResponse",
        )("an empty line keeps the RDB connection alive", *dual_channel("Received empty $ENDOFF response")),
        message("replica.dual-channel.psync-established", by="dualChannelSyncHandlePsync")(
            "the main channel is established after the snapshot was loaded",
            "valkey 8.0: Dual channel sync - psync established after rdb load",
            "valkey 8.1+: Dual channel replication: Psync established after rdb load",
        ),
    )


@event(_PRINTER)
class DualChannelBufferFull(Event):
    """The replica holds as much of the stream as it may while it loads; the primary must hold the rest.

    Source: Valkey 8.0+, ``replication.c:bufferReplData``.
    """

    bytes: int | None = None

    MESSAGES = (
        message("replica.dual-channel.buffer-full", by="bufferReplData")(
            "the replica's buffer for the stream is full",
            "valkey 8.0: Replication buffer limit reached, stopping buffering.",
            "valkey 8.1-9.0: Dual channel replication: Replication buffer limit reached, stopping buffering.",
            "valkey 9.1+: Dual channel replication: Replication buffer limit reached (<bytes:int> bytes), stopping buffering. Further accumulation will occur on primary side.",
        ),
        message("replica.rdb-channel.buffer-full", by="rdbChannelBufferReplData")(
            "the replica's buffer for the stream is full",
            "redis 8.0-8.2: Replication buffer limit has been reached (<bytes:int> bytes), stopped buffering replication stream. Further accumulation may occur on master side. ",
            "redis 8.6+, by replDataBufReadFromConn: Replication buffer limit has been reached (<bytes:int> bytes), stopped buffering replication stream. Further accumulation may occur on master side.",
        ),
    )


@event(_PRINTER, by="rdbChannelStreamReplDataToDb")
class BufferedStreamStarted(Event):
    """The snapshot is loaded, and the stream that came meanwhile is being applied.

    ``bytes`` of it are waiting. Source: a running Redis 8.2.3.
    """

    bytes: int

    MESSAGES = (
        message("replica.rdb-channel.buffer-started")(
            "the stream that came during the load is being applied",
            "redis 8.0+: MASTER <-> REPLICA sync: Starting to stream replication buffer into the db (<bytes:int> bytes).",
        ),
    )


@event(_PRINTER)
class BufferedStreamApplied(Event):
    """The stream that came while the snapshot was loaded has been applied.

    ``bytes`` is its length; Valkey does not print it. Source: Redis 8.2+, Valkey 8.0+, ``replication.c``.
    """

    bytes: int | None = None

    MESSAGES = (
        message("replica.rdb-channel.buffer-finished", by="rdbChannelStreamReplDataToDb")(
            "the stream that came during the load has been applied",
            "redis 8.0+: MASTER <-> REPLICA sync: Successfully streamed replication buffer into the db (<bytes:int> bytes in total)",
        ),
        message("replica.dual-channel.stream-done", by="dualChannelSyncSuccess")(
            "the stream that came during the load has been applied",
            *dual_channel("Successfully streamed replication data into memory"),
        ),
    )


@event(_PRINTER, by="rdbChannelAbort")
class PsyncAfterLoad(Event):
    """The main channel was lost during the load; the load goes on, and a partial resync follows it.

    Source: Redis 8.0+, ``replication.c:rdbChannelAbort``.
    """

    MESSAGES = (
        message("replica.rdb-channel.psync-after-load")(
            "the main channel was lost during the load; a partial resync follows the load",
            "redis 8.0+: After loading RDB, replica will try psync with master.",
        ),
    )
