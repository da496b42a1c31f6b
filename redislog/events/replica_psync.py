"""How a replica asks to continue a replication history, and what the primary answers."""

from redislog.events.base import Event, event, message, wording
from redislog.events.spellings import dual_channel


@event
class PartialSyncImpossible(Event):
    """The replica knows no replication history, so it asks for a full sync.

    Source: Redis 2.8+, ``replication.c:slaveTryPartialResynchronization``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.psync-impossible",
            "the replica has no history, and asks for a full sync",
            wording("Partial resynchronization not possible (no cached master)", "redis 2.8+; valkey 7.2"),
            wording(
                "Partial resynchronization not possible (no cached primary)",
                "valkey 8.0+",
                source="replication.c:replicaTryPartialResynchronization",
            ),
            level="notice",
            roles="S",
            source="replication.c:slaveTryPartialResynchronization",
        ),
    )


@event
class PartialSyncTried(Event):
    """The replica asks for what follows a known point of a replication history.

    ``replid`` names the history; ``offset`` is the first byte of the replication stream that it lacks.
    Source: Redis 2.8+, ``replication.c:slaveTryPartialResynchronization``.
    """

    CATEGORY = "replication"

    replid: str
    offset: int

    MESSAGES = (
        message(
            "replica.psync-request",
            "the replica asks for a partial sync from a known ID and offset",
            wording(
                "Trying a partial resynchronization (request <replid:replid>:<offset:offset>).",
                "redis 2.8+; valkey 7.2+",
            ),
            level="notice",
            roles="S",
            source="replication.c:slaveTryPartialResynchronization,replication.c:replicaTryPartialResynchronization",
        ),
        message(
            "replica.psync-request-main-channel",
            "the replica asks on its main channel for the stream that follows the snapshot",
            *dual_channel(
                "Trying a partial resynchronization using main channel (request <replid:replid>:<offset:offset>)."
            ),
            level="notice",
            roles="S",
            source="replication.c:replicaTryPartialResynchronization",
        ),
    )


@event
class PartialSyncGranted(Event):
    """The primary answered that it continues the stream from the offset that the replica asked for.

    Source: Redis 2.8+, ``replication.c:slaveTryPartialResynchronization``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.psync-success",
            "the primary grants the partial sync",
            wording("Successful partial resynchronization with master.", "redis 2.8+; valkey 7.2"),
            wording(
                "Successful partial resynchronization with primary.",
                "valkey 8.0+",
                source="replication.c:replicaTryPartialResynchronization",
            ),
            level="notice",
            roles="S",
            source="replication.c:slaveTryPartialResynchronization",
        ),
    )


@event
class PartialSyncConfirmed(Event):
    """The replica goes on with the primary's stream after a partial sync.

    With Valkey's dual channel ``tail`` may be ``, RDB load in background.``: then this is a step of a full
    sync. It is ``.`` or None otherwise. Source: Redis 2.8+, ``replication.c:syncWithMaster``.
    """

    CATEGORY = "replication"

    tail: str | None = None

    MESSAGES = (
        message(
            "replica.psync-accepted",
            "the primary accepted the partial sync",
            wording("MASTER <-> SLAVE sync: Master accepted a Partial Resynchronization.", "redis 2.8-4.0"),
            wording(
                "MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.",
                "redis 5.0+; valkey 7.2",
            ),
            wording(
                "Primary <-> REPLICA sync: Primary accepted a Partial Resynchronization<tail:, RDB load in background.|.>",
                "valkey 8.0",
                source="replication.c:setupMainConnForPsync",
            ),
            wording(
                "PRIMARY <-> REPLICA sync: Primary accepted a Partial Resynchronization.",
                "valkey 8.0+",
                source="replication.c:syncWithPrimary",
            ),
            wording(
                "Dual channel replication: PRIMARY <-> REPLICA sync: Primary accepted a Partial Resynchronization<tail:, RDB load in background.|.>",
                "valkey 8.1+",
                source="replication.c:dualChannelReplMainConnRecvPsyncReply",
            ),
            level="notice",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
    )


@event
class ReplicationIdChanged(Event):
    """The primary continues the stream under a new replication ID: it was promoted since.

    Source: Redis 4.0+, ``replication.c:slaveTryPartialResynchronization``.
    """

    CATEGORY = "replication"

    replid: str

    MESSAGES = (
        message(
            "replica.replid-changed",
            "the partial sync is granted under a new replication ID",
            wording("Master replication ID changed to <replid:replid>", "redis 4.0+; valkey 7.2"),
            wording(
                "Primary replication ID changed to <replid:replid>",
                "valkey 8.0+",
                level="notice",
                source="replication.c:replicaTryPartialResynchronization",
            ),
            level="warning[redis 4.0-7.0] notice[redis 7.2+; valkey 7.2]",
            roles="S",
            source="replication.c:slaveTryPartialResynchronization",
        ),
    )


@event
class PrimaryNotReady(Event):
    """The primary cannot serve a sync now, but may later: it loads, or has no link to its own primary.

    ``reply`` is its answer, as ``-LOADING`` or ``-NOMASTERLINK``. Source: Redis 4.0+,
    ``replication.c:slaveTryPartialResynchronization``.
    """

    CATEGORY = "replication"

    reply: str

    MESSAGES = (
        message(
            "replica.psync-try-later",
            "the primary cannot serve a sync yet, and the replica will ask again",
            wording(
                "Master is currently unable to PSYNC but should be in the future: <reply:text>",
                "redis 4.0+; valkey 7.2",
            ),
            wording(
                "Primary is currently unable to PSYNC but should be in the future: <reply:text>",
                "valkey 8.0+",
                source="replication.c:replicaTryPartialResynchronization",
            ),
            level="notice",
            roles="S",
            source="replication.c:slaveTryPartialResynchronization",
        ),
    )


@event
class PartialSyncFailed(Event):
    """PSYNC could not be sent, or its answer was none of those expected; the replica tries again, or falls
    back to SYNC.

    ``reply`` is the primary's answer or the error text. Source: Redis 2.8+,
    ``replication.c:slaveTryPartialResynchronization``.
    """

    CATEGORY = "replication"

    reply: str | None = None

    MESSAGES = (
        message(
            "replica.psync-bad-fullresync",
            "the primary's +FULLRESYNC is malformed, so that ID and offset are unknown",
            wording("Master replied with wrong +FULLRESYNC syntax.", "redis 2.8+; valkey 7.2"),
            wording(
                "Primary replied with wrong +FULLRESYNC syntax.",
                "valkey 8.0+",
                source="replication.c:replicaTryPartialResynchronization",
            ),
            level="warning",
            roles="S",
            source="replication.c:slaveTryPartialResynchronization",
        ),
        message(
            "replica.psync-empty-reply",
            "the primary's answer to PSYNC is empty",
            wording("Received empty psync reply", "redis 8.0+"),
            level="debug",
            roles="S",
            source="replication.c:rdbChannelHandleFullresyncReply",
        ),
        message(
            "replica.psync-no-reply",
            "the connection was lost before PSYNC was answered",
            wording("Master did not reply to PSYNC, will try later", "redis 7.0+; valkey 7.2"),
            wording(
                "Primary did not reply to PSYNC, will try later",
                "valkey 8.0+",
                source="replication.c:replicaTryPartialResynchronization",
            ),
            level="warning",
            roles="S",
            source="replication.c:slaveTryPartialResynchronization",
        ),
        message(
            "replica.psync-send-error",
            "PSYNC could not be sent",
            wording("Unable to send PSYNC to master: <reply:text>", "redis 2.8+; valkey 7.2"),
            wording(
                "Unable to send PSYNC to primary: <reply:text>",
                "valkey 8.0+",
                source="replication.c:replicaTryPartialResynchronization",
            ),
            level="warning",
            roles="S",
            source="replication.c:slaveTryPartialResynchronization",
        ),
        message(
            "replica.psync-unexpected-reply",
            "the primary answered PSYNC with something unknown",
            wording("Unexpected reply to PSYNC from master: <reply:text>", "redis 2.8+; valkey 7.2"),
            wording(
                "Unexpected reply to PSYNC from primary: <reply:text>",
                "valkey 8.0+",
                source="replication.c:replicaTryPartialResynchronization",
            ),
            level="warning",
            roles="S",
            source="replication.c:slaveTryPartialResynchronization",
        ),
        message(
            "replica.psync-unsupported",
            "the primary answered PSYNC with an error",
            wording(
                "Master does not support PSYNC or is in error state (reply: <reply:text>)",
                "redis 2.8+; valkey 7.2",
            ),
            wording(
                "Primary does not support PSYNC or is in error state (reply: <reply:text>)",
                "valkey 8.0+",
                source="replication.c:replicaTryPartialResynchronization",
            ),
            level="notice",
            roles="S",
            source="replication.c:slaveTryPartialResynchronization",
        ),
        message(
            "replica.retry-with-sync",
            "the replica falls back to SYNC, a full sync without replication ID",
            wording("Retrying with SYNC...", "redis 2.8+; valkey 7.2+"),
            level="notice",
            roles="S",
            source="replication.c:syncWithMaster,replication.c:syncWithPrimary",
        ),
    )


@event
class PrimaryCached(Event):
    """After the loss of its link the replica keeps ID and offset, so that it can ask for a partial sync.

    Source: Redis 2.8+, ``replication.c:replicationCacheMaster``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.primary-cached",
            "the replica keeps its history for a later partial sync",
            wording("Caching the disconnected master state.", "redis 2.8+; valkey 7.2"),
            wording(
                "Caching the disconnected primary state.",
                "valkey 8.0+",
                source="replication.c:replicationCachePrimary",
            ),
            level="notice",
            roles="S,M",
            source="replication.c:replicationCacheMaster",
        ),
    )


@event
class CachedPrimaryDiscarded(Event):
    """The replica drops the history that it kept: after a full sync, or on promotion.

    Source: Redis 2.8+, ``replication.c:replicationDiscardCachedMaster``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.cached-primary-discarded",
            "the history kept for a partial sync is dropped",
            wording("Discarding previously cached master state.", "redis 2.8+; valkey 7.2"),
            wording(
                "Discarding previously cached primary state.",
                "valkey 8.0+",
                source="replication.c:replicationDiscardCachedPrimary",
            ),
            level="notice",
            roles="S,M",
            source="replication.c:replicationDiscardCachedMaster",
        ),
    )
