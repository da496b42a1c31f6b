"""What KeyDB prints of its replication beyond Redis 6.2: active replicas, several primaries, fast sync."""

from redislog.events.base import Event, event, message, wording
from redislog.values import Peer


@event
class KeydbFastSync(Event):
    """A step of KeyDB's fast sync, in which the data goes over from one storage provider to the other, without a snapshot.

    ``mb`` were sent, ``data_mb`` of them data, in ``seconds``, at ``gbit`` a second; ``outcome`` is success or failed.
    Source: KeyDB 6.3, ``replication.cpp:rdbSaveSnapshotForReplication`` and ``replication.cpp:syncCommand``.
    """

    CATEGORY = "replication"

    mb: int | None = None
    gbit: float | None = None
    outcome: str | None = None
    data_mb: int | None = None
    seconds: float | None = None

    MESSAGES = (
        message(
            "keydb.fast-sync.next",
            "the replica will get a fast sync",
            wording("Fast SYNC on next replication cycle", "keydb 6.3"),
            level="notice",
            roles="M,S",
            source="replication.cpp:syncCommand",
        ),
        message(
            "keydb.fast-sync.progress",
            "how much of a fast sync was sent",
            wording("Replication status: Transferred <mb:int>MB (<gbit:float2>Gbit/s)", "keydb 6.3"),
            level="notice",
            roles="M,S",
            source="replication.cpp:rdbSaveSnapshotForReplication",
        ),
        message(
            "keydb.fast-sync.sent",
            "the fast sync ended at the primary",
            wording("Snapshot replication done: <outcome:success|failed>", "keydb 6.3"),
            level="notice",
            roles="M,S",
            source="replication.cpp:rdbSaveSnapshotForReplication",
        ),
        message(
            "keydb.fast-sync.sent-total",
            "how much was sent",
            wording(
                "Transferred <mb:int>MB total (<data_mb:int>MB data) in <seconds:float2> seconds.  (<gbit:float2>Gbit/s)",
                "keydb 6.3",
            ),
            level="notice",
            roles="M,S",
            source="replication.cpp:rdbSaveSnapshotForReplication",
        ),
        message(
            "keydb.fast-sync.received",
            "the replica has all of a fast sync",
            wording("Fast sync complete", "keydb 6.3"),
            level="notice",
            roles="S",
            source="replication.cpp:readSnapshotBulkPayload",
        ),
    )


@event
class KeydbFastSyncFailed(Event):
    """The replica gave up a fast sync.

    Source: KeyDB 6.3, ``replication.cpp:readSnapshotBulkPayload``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "keydb.fast-sync.buffer-exceeded",
            "more came than the buffer for a query may hold",
            wording("Full Sync Streaming Buffer Exceeded (increase client_max_querybuf_len)", "keydb 6.3"),
            level="warning",
            roles="S",
            source="replication.cpp:readSnapshotBulkPayload",
        ),
        message(
            "keydb.fast-sync.invalid-size",
            "the size of what comes is no number that can be",
            wording("Invalid array size", "keydb 6.3"),
            level="warning",
            roles="S",
            source="replication.cpp:readSnapshotBulkPayload",
        ),
    )


@event
class KeydbPrimaryCloned(Event):
    """The state of the link to a primary was copied to be cached, for another thread holds it.

    One of several primaries may be meant. Source: KeyDB 6.3, ``replication.cpp:replicationCreateCachedMasterClone``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "keydb.primary-cloned",
            "the state of the link to a primary is copied",
            wording("Creating cache clone of our master", "keydb 6.3"),
            level="notice",
            roles="M,S",
            source="replication.cpp:replicationCreateCachedMasterClone",
        ),
    )


@event
class KeydbHandshake(Event):
    """What a primary that is no KeyDB, or an older one, does not know; the handshake goes on.

    Source: KeyDB 6.3, ``replication.cpp:syncWithMaster``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "keydb.handshake.no-replping",
            "the primary does not know REPLPING",
            wording("Master does not support REPLPING, sending PING instead...", "keydb 6.3"),
            level="notice",
            roles="M,S",
            source="replication.cpp:syncWithMaster",
        ),
        message(
            "keydb.handshake.no-uuid",
            "the primary does not know REPLCONF uuid",
            wording("non-fatal: Master doesn't understand REPLCONF uuid", "keydb 6.3"),
            level="warning",
            roles="M,S",
            source="replication.cpp:syncWithMaster",
        ),
    )


@event
class KeydbUuidRefused(Event):
    """The primary's UUID cannot be read; the handshake failed.

    Source: KeyDB 6.3, ``replication.cpp:syncWithMaster``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "keydb.handshake.bad-uuid",
            "the primary's UUID cannot be read",
            wording("Master replied with a UUID we don't understand", "keydb 6.3"),
            level="warning",
            roles="M,S",
            source="replication.cpp:syncWithMaster",
        ),
    )


@event
class KeydbMixedTopology(Event):
    """A replica that is no active replica follows an active one; the next line, which has no prefix, says what to do.

    Source: KeyDB 6.3, ``replication.cpp:putSlaveOnline``.
    """

    CATEGORY = "replication"

    replica: Peer | None = None

    MESSAGES = (
        message(
            "keydb.replica-without-active-expire",
            "the replica does not expire keys by itself",
            wording(
                "Warning: replica <replica:addr> does not support active expiration.  This client may not correctly process key expirations.",
                "keydb 6.3",
            ),
            level="warning",
            roles="M,S",
            source="replication.cpp:putSlaveOnline",
        ),
        message(
            "keydb.replica-not-active",
            "active and other replicas are mixed",
            wording(
                "Connections between active replicas and traditional replicas is deprecated.  This will be refused in future versions.",
                "keydb 6.3",
            ),
            level="warning",
            roles="M,S",
            source="replication.cpp:putSlaveOnline",
        ),
    )


@event
class KeydbSnapshotPutOff(Event):
    """An active replica that loads makes no snapshot for its own replicas.

    Source: KeyDB 6.3, ``replication.cpp:startBgsaveForReplication``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "keydb.bgsave-while-loading",
            "no snapshot while it loads",
            wording("Can't bgsave while loading in active replication mode", "keydb 6.3"),
            level="notice",
            roles="M,S",
            source="replication.cpp:startBgsaveForReplication",
        ),
    )
