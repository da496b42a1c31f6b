"""What KeyDB prints of its replication beyond Redis 6.2: active replicas, several primaries, fast sync."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import Peer

_PRINTER = Printer("replication", "replication.cpp", level="notice", roles="M,S")


@event(_PRINTER, by="rdbSaveSnapshotForReplication")
class KeydbFastSync(Event):
    """A step of KeyDB's fast sync, in which the data goes over from one storage provider to the other, without a snapshot.

    ``mb`` were sent, ``data_mb`` of them data, in ``seconds``, at ``gbit`` a second; ``outcome`` is success or failed.
    Source: KeyDB 6.3, ``replication.cpp:rdbSaveSnapshotForReplication`` and ``replication.cpp:syncCommand``.
    """

    mb: int | None = None
    gbit: float | None = None
    outcome: str | None = None
    data_mb: int | None = None
    seconds: float | None = None

    MESSAGES = (
        message("keydb.fast-sync.next", by="syncCommand")(
            "the replica will get a fast sync", "keydb 6.3: Fast SYNC on next replication cycle"
        ),
        message("keydb.fast-sync.progress")(
            "how much of a fast sync was sent",
            "keydb 6.3: Replication status: Transferred <mb:int>MB (<gbit:float2>Gbit/s)",
        ),
        message("keydb.fast-sync.sent")(
            "the fast sync ended at the primary",
            "keydb 6.3: Snapshot replication done: <outcome:success|failed>",
        ),
        message("keydb.fast-sync.sent-total")(
            "how much was sent",
            "keydb 6.3: Transferred <mb:int>MB total (<data_mb:int>MB data) in <seconds:float2> seconds.  (<gbit:float2>Gbit/s)",
        ),
        message("keydb.fast-sync.received", roles="S", by="readSnapshotBulkPayload")(
            "the replica has all of a fast sync", "keydb 6.3: Fast sync complete"
        ),
    )


@event(_PRINTER, level="warning", roles="S", by="readSnapshotBulkPayload")
class KeydbFastSyncFailed(Event):
    """The replica gave up a fast sync.

    Source: KeyDB 6.3, ``replication.cpp:readSnapshotBulkPayload``.
    """

    MESSAGES = (
        message("keydb.fast-sync.buffer-exceeded")(
            "more came than the buffer for a query may hold",
            "keydb 6.3: Full Sync Streaming Buffer Exceeded (increase client_max_querybuf_len)",
        ),
        message("keydb.fast-sync.invalid-size")(
            "the size of what comes is no number that can be", "keydb 6.3: Invalid array size"
        ),
    )


@event(_PRINTER, by="replicationCreateCachedMasterClone")
class KeydbPrimaryCloned(Event):
    """The state of the link to a primary was copied to be cached, for another thread holds it.

    One of several primaries may be meant. Source: KeyDB 6.3, ``replication.cpp:replicationCreateCachedMasterClone``.
    """

    MESSAGES = (
        message("keydb.primary-cloned")(
            "the state of the link to a primary is copied", "keydb 6.3: Creating cache clone of our master"
        ),
    )


@event(_PRINTER, by="syncWithMaster")
class KeydbHandshake(Event):
    """What a primary that is no KeyDB, or an older one, does not know; the handshake goes on.

    Source: KeyDB 6.3, ``replication.cpp:syncWithMaster``.
    """

    MESSAGES = (
        message("keydb.handshake.no-replping")(
            "the primary does not know REPLPING",
            "keydb 6.3: Master does not support REPLPING, sending PING instead...",
        ),
        message("keydb.handshake.no-uuid", level="warning")(
            "the primary does not know REPLCONF uuid",
            "keydb 6.3: non-fatal: Master doesn't understand REPLCONF uuid",
        ),
    )


@event(_PRINTER, level="warning", by="syncWithMaster")
class KeydbUuidRefused(Event):
    """The primary's UUID cannot be read; the handshake failed.

    Source: KeyDB 6.3, ``replication.cpp:syncWithMaster``.
    """

    MESSAGES = (
        message("keydb.handshake.bad-uuid")(
            "the primary's UUID cannot be read", "keydb 6.3: Master replied with a UUID we don't understand"
        ),
    )


@event(_PRINTER, level="warning", by="putSlaveOnline")
class KeydbMixedTopology(Event):
    """A replica that is no active replica follows an active one; the next line, which has no prefix, says what to do.

    Source: KeyDB 6.3, ``replication.cpp:putSlaveOnline``.
    """

    replica: Peer | None = None

    MESSAGES = (
        message("keydb.replica-without-active-expire")(
            "the replica does not expire keys by itself",
            "keydb 6.3: Warning: replica <replica:addr> does not support active expiration.  This client may not correctly process key expirations.",
        ),
        message("keydb.replica-not-active")(
            "active and other replicas are mixed",
            "keydb 6.3: Connections between active replicas and traditional replicas is deprecated.  This will be refused in future versions.",
        ),
    )


@event(_PRINTER, by="startBgsaveForReplication")
class KeydbSnapshotPutOff(Event):
    """An active replica that loads makes no snapshot for its own replicas.

    Source: KeyDB 6.3, ``replication.cpp:startBgsaveForReplication``.
    """

    MESSAGES = (
        message("keydb.bgsave-while-loading")(
            "no snapshot while it loads", "keydb 6.3: Can't bgsave while loading in active replication mode"
        ),
    )
