"""A full sync that a thread of the replica saves to disk (Valkey 9.0+)."""

from redislog.events.base import Event, event, message, wording


@event
class BackgroundTransferStarted(Event):
    """The replica will save the snapshot to disk in a thread of its own, and goes on serving its old data.

    It is printed before the primary's answer is read, so it is no proof that a full sync begins. Source: Valkey 9.0+,
    ``replication.c:receiveRDBinBioThread``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.full-sync.bio-started",
            "a thread is made that will save the snapshot to disk",
            wording("Replica main thread creating Bio thread to save RDB to disk", "valkey 9.0+"),
            level="notice",
            roles="S",
            source="replication.c:receiveRDBinBioThread",
        ),
    )


@event
class BackgroundTransferDone(Event):
    """The thread has the whole snapshot on disk; the main thread has not noticed yet.

    Source: Valkey 9.0+, ``replication.c:replicaReceiveRDBFromPrimaryToDisk``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.full-sync.bio-done",
            "the snapshot is on disk; loading has not begun",
            wording("Replica bio thread: Done downloading RDB", "valkey 9.0+"),
            level="notice",
            roles="S",
            source="replication.c:replicaReceiveRDBFromPrimaryToDisk",
        ),
    )


@event
class BackgroundTransferNoticed(Event):
    """The main thread noticed, up to one second later, that the snapshot is on disk, and is about to load it.

    Source: Valkey 9.0+, ``replication.c:handleBioThreadFinishedRDBDownload``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.full-sync.bio-completion-seen",
            "the main thread noticed that the snapshot is complete",
            wording("Replica main thread detected RDB download completion in Bio thread", "valkey 9.0+"),
            level="notice",
            roles="S",
            source="replication.c:handleBioThreadFinishedRDBDownload",
        ),
        message(
            "replica.full-sync.finalizing",
            "the snapshot is about to be loaded",
            wording("Loading the RDB and finalizing primary-replica sync...", "valkey 9.0+"),
            level="notice",
            roles="S",
            source="replication.c:handleBioThreadFinishedRDBDownload",
        ),
    )


@event
class BackgroundTransferFailed(Event):
    """The thread, or the main thread that waits for it, gave up the full sync.

    ``phase`` is what the thread was reading when the main thread told it to stop. Source: Valkey 9.0+,
    ``replication.c:replicaReceiveRDBFromPrimaryToDisk`` and ``replication.c:handleBioThreadFinishedRDBDownload``.
    """

    CATEGORY = "replication"

    phase: str | None = None

    MESSAGES = (
        message(
            "replica.full-sync.bio-aborted",
            "the main thread told the thread to stop: the link is lost, the replica is re-pointed, or time is up",
            wording(
                "Replica bio thread: Main thread asked to abort the save while Bio thread is reading the sync <phase:metadata|payload>",
                "valkey 9.0+",
            ),
            level="warning",
            roles="S",
            source="replication.c:replicaReceiveRDBFromPrimaryToDisk",
        ),
        message(
            "replica.full-sync.bio-metadata-error",
            "the announcement of the snapshot could not be read",
            wording("Replica bio thread: Error reading sync metadata", "valkey 9.0+"),
            level="warning",
            roles="S",
            source="replication.c:replicaReceiveRDBFromPrimaryToDisk",
        ),
        message(
            "replica.full-sync.bio-payload-error",
            "the snapshot broke off",
            wording("Replica bio thread: Error reading sync payload", "valkey 9.0+"),
            level="warning",
            roles="S",
            source="replication.c:replicaReceiveRDBFromPrimaryToDisk",
        ),
        message(
            "replica.full-sync.bio-failed",
            "the thread ends without a snapshot",
            wording("Replica bio thread: Error downloading RDB", "valkey 9.0+"),
            level="warning",
            roles="S",
            source="replication.c:replicaReceiveRDBFromPrimaryToDisk",
        ),
        message(
            "replica.full-sync.bio-failure-seen",
            "the main thread noticed that the transfer failed",
            wording("Replica main thread detected RDB download failure in Bio thread", "valkey 9.0+"),
            level="warning",
            roles="S",
            source="replication.c:handleBioThreadFinishedRDBDownload",
        ),
    )


@event
class OldDataKept(Event):
    """The snapshot cannot be loaded, and the replica keeps the data that it had.

    Source: Valkey 9.1+, ``replication.c:replicaLoadPrimaryRDBFromDisk`` and ``replication.c:replicaLoadPrimaryRDBFromSocket``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.full-sync.flush-skipped",
            "nothing was loaded, and the old data is kept",
            wording("PRIMARY <-> REPLICA sync: Skipping flush, no new data was loaded.", "valkey 9.1+"),
            level="notice",
            roles="S",
            source="replication.c:replicaLoadPrimaryRDBFromDisk",
        ),
        message(
            "replica.full-sync.rdb-incompatible-kept",
            "the snapshot is of another version, and the old data is kept",
            wording(
                "PRIMARY <-> REPLICA sync: RDB version or signature incompatible, old data preserved",
                "valkey 9.1+",
            ),
            level="notice",
            roles="S",
            source="replication.c:replicaLoadPrimaryRDBFromSocket",
        ),
    )
