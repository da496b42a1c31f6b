"""How a replica asks to continue a replication history, and what the primary answers."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.events.spellings import dual_channel

_PRINTER = Printer("replication", "replication.c", level="notice", roles="S")


@event(_PRINTER, by="slaveTryPartialResynchronization")
class PartialSyncImpossible(Event):
    """The replica knows no replication history, so it asks for a full sync.

    Source: Redis 2.8+, ``replication.c:slaveTryPartialResynchronization``.
    """

    MESSAGES = (
        message("replica.psync-impossible")(
            "the replica has no history, and asks for a full sync",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, by replicaTryPartialResynchronization: Partial resynchronization not possible (no cached <master|primary>)",
        ),
    )


@event(_PRINTER)
class PartialSyncTried(Event):
    """The replica asks for what follows a known point of a replication history.

    ``replid`` names the history; ``offset`` is the first byte of the replication stream that it lacks.
    Source: Redis 2.8+, ``replication.c:slaveTryPartialResynchronization``.
    """

    replid: str
    offset: int

    MESSAGES = (
        message("replica.psync-request", by="{slave,replica}TryPartialResynchronization")(
            "the replica asks for a partial sync from a known ID and offset",
            "2.8+: Trying a partial resynchronization (request <replid:replid>:<offset:offset>).",
        ),
        message("replica.psync-request-main-channel", by="replicaTryPartialResynchronization")(
            "the replica asks on its main channel for the stream that follows the snapshot",
            *dual_channel(
                "Trying a partial resynchronization using main channel (request <replid:replid>:<offset:offset>)."
            ),
        ),
    )


@event(_PRINTER, by="slaveTryPartialResynchronization")
class PartialSyncGranted(Event):
    """The primary answered that it continues the stream from the offset that the replica asked for.

    Source: Redis 2.8+, ``replication.c:slaveTryPartialResynchronization``.
    """

    MESSAGES = (
        message("replica.psync-success")(
            "the primary grants the partial sync",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, by replicaTryPartialResynchronization: Successful partial resynchronization with <master|primary>.",
        ),
    )


@event(_PRINTER, by="syncWithMaster")
class PartialSyncConfirmed(Event):
    """The replica goes on with the primary's stream after a partial sync.

    With Valkey's dual channel ``tail`` may be ``, RDB load in background.``: then this is a step of a full
    sync. It is ``.`` or None otherwise. Source: Redis 2.8+, ``replication.c:syncWithMaster``.
    """

    tail: str | None = None

    MESSAGES = (
        message("replica.psync-accepted")(
            "the primary accepted the partial sync",
            "redis 2.8-4.0 | redis 5.0+; valkey 7.2: MASTER <-> <SLAVE|REPLICA> sync: Master accepted a Partial Resynchronization.",
            "valkey 8.0, by setupMainConnForPsync: Primary <-> REPLICA sync: Primary accepted a Partial Resynchronization<tail:, RDB load in background.|.>",
            "valkey 8.0+, by syncWithPrimary: PRIMARY <-> REPLICA sync: Primary accepted a Partial Resynchronization.",
            "valkey 8.1+, by dualChannelReplMainConnRecvPsyncReply: Dual channel replication: PRIMARY <-> REPLICA sync: Primary accepted a Partial Resynchronization<tail:, RDB load in background.|.>",
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", by="slaveTryPartialResynchronization")
class ReplicationIdChanged(Event):
    """The primary continues the stream under a new replication ID: it was promoted since.

    Source: Redis 4.0+, ``replication.c:slaveTryPartialResynchronization``.
    """

    replid: str

    MESSAGES = (
        message("replica.replid-changed")(
            "the partial sync is granted under a new replication ID",
            "redis 4.0+; valkey 7.2 | valkey 8.0+, at notice, by replicaTryPartialResynchronization: <Master|Primary> replication ID changed to <replid:replid>",
        ),
    )


@event(_PRINTER, by="slaveTryPartialResynchronization")
class PrimaryNotReady(Event):
    """The primary cannot serve a sync now, but may later: it loads, or has no link to its own primary.

    ``reply`` is its answer, as ``-LOADING`` or ``-NOMASTERLINK``. Source: Redis 4.0+,
    ``replication.c:slaveTryPartialResynchronization``.
    """

    reply: str

    MESSAGES = (
        message("replica.psync-try-later")(
            "the primary cannot serve a sync yet, and the replica will ask again",
            "redis 4.0+; valkey 7.2 | valkey 8.0+, by replicaTryPartialResynchronization: <Master|Primary> is currently unable to PSYNC but should be in the future: <reply:text>",
        ),
    )


@event(_PRINTER, level="warning", by="slaveTryPartialResynchronization")
class PartialSyncFailed(Event):
    """PSYNC could not be sent, or its answer was none of those expected; the replica tries again, or falls
    back to SYNC.

    ``reply`` is the primary's answer or the error text. Source: Redis 2.8+,
    ``replication.c:slaveTryPartialResynchronization``.
    """

    reply: str | None = None

    MESSAGES = (
        message("replica.psync-bad-fullresync")(
            "the primary's +FULLRESYNC is malformed, so that ID and offset are unknown",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, by replicaTryPartialResynchronization: <Master|Primary> replied with wrong +FULLRESYNC syntax.",
        ),
        message("replica.psync-empty-reply", level="debug", by="rdbChannelHandleFullresyncReply")(
            "the primary's answer to PSYNC is empty", "redis 8.0+: Received empty psync reply"
        ),
        message("replica.psync-no-reply")(
            "the connection was lost before PSYNC was answered",
            "redis 7.0+; valkey 7.2 | valkey 8.0+, by replicaTryPartialResynchronization: <Master|Primary> did not reply to PSYNC, will try later",
        ),
        message("replica.psync-send-error")(
            "PSYNC could not be sent",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, by replicaTryPartialResynchronization: Unable to send PSYNC to <master|primary>: <reply:text>",
        ),
        message("replica.psync-unexpected-reply")(
            "the primary answered PSYNC with something unknown",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, by replicaTryPartialResynchronization: Unexpected reply to PSYNC from <master|primary>: <reply:text>",
        ),
        message("replica.psync-unsupported", level="notice")(
            "the primary answered PSYNC with an error",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, by replicaTryPartialResynchronization: <Master|Primary> does not support PSYNC or is in error state (reply: <reply:text>)",
        ),
        message("replica.retry-with-sync", level="notice", by="syncWith{Master,Primary}")(
            "the replica falls back to SYNC, a full sync without replication ID",
            "2.8+: Retrying with SYNC...",
        ),
    )


@event(_PRINTER, roles="S,M", by="replicationCacheMaster")
class PrimaryCached(Event):
    """After the loss of its link the replica keeps ID and offset, so that it can ask for a partial sync.

    Source: Redis 2.8+, ``replication.c:replicationCacheMaster``.
    """

    MESSAGES = (
        message("replica.primary-cached")(
            "the replica keeps its history for a later partial sync",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, by replicationCachePrimary: Caching the disconnected <master|primary> state.",
        ),
    )


@event(_PRINTER, roles="S,M", by="replicationDiscardCachedMaster")
class CachedPrimaryDiscarded(Event):
    """The replica drops the history that it kept: after a full sync, or on promotion.

    Source: Redis 2.8+, ``replication.c:replicationDiscardCachedMaster``.
    """

    MESSAGES = (
        message("replica.cached-primary-discarded")(
            "the history kept for a partial sync is dropped",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, by replicationDiscardCachedPrimary: Discarding previously cached <master|primary> state.",
        ),
    )
