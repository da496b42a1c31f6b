"""A full sync that a thread of the replica saves to disk (Valkey 9.0+)."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("replication", "replication.c", level="notice", roles="S")


@event(_PRINTER, by="receiveRDBinBioThread")
class BackgroundTransferStarted(Event):
    """The replica will save the snapshot to disk in a thread of its own, and goes on serving its old data.

    It is printed before the primary's answer is read, so it is no proof that a full sync begins. Source: Valkey 9.0+,
    ``replication.c:receiveRDBinBioThread``.
    """

    MESSAGES = (
        message("replica.full-sync.bio-started")(
            "a thread is made that will save the snapshot to disk",
            "valkey 9.0+: Replica main thread creating Bio thread to save RDB to disk",
        ),
    )


@event(_PRINTER, by="replicaReceiveRDBFromPrimaryToDisk")
class BackgroundTransferDone(Event):
    """The thread has the whole snapshot on disk; the main thread has not noticed yet.

    Source: Valkey 9.0+, ``replication.c:replicaReceiveRDBFromPrimaryToDisk``.
    """

    MESSAGES = (
        message("replica.full-sync.bio-done")(
            "the snapshot is on disk; loading has not begun",
            "valkey 9.0+: Replica bio thread: Done downloading RDB",
        ),
    )


@event(_PRINTER, by="handleBioThreadFinishedRDBDownload")
class BackgroundTransferNoticed(Event):
    """The main thread noticed, up to one second later, that the snapshot is on disk, and is about to load it.

    Source: Valkey 9.0+, ``replication.c:handleBioThreadFinishedRDBDownload``.
    """

    MESSAGES = (
        message("replica.full-sync.bio-completion-seen")(
            "the main thread noticed that the snapshot is complete",
            "valkey 9.0+: Replica main thread detected RDB download completion in Bio thread",
        ),
        message("replica.full-sync.finalizing")(
            "the snapshot is about to be loaded",
            "valkey 9.0+: Loading the RDB and finalizing primary-replica sync...",
        ),
    )


@event(_PRINTER, level="warning", by="replicaReceiveRDBFromPrimaryToDisk")
class BackgroundTransferFailed(Event):
    """The thread, or the main thread that waits for it, gave up the full sync.

    ``phase`` is what the thread was reading when the main thread told it to stop. Source: Valkey 9.0+,
    ``replication.c:replicaReceiveRDBFromPrimaryToDisk`` and ``replication.c:handleBioThreadFinishedRDBDownload``.
    """

    phase: str | None = None

    MESSAGES = (
        message("replica.full-sync.bio-aborted")(
            "the main thread told the thread to stop: the link is lost, the replica is re-pointed, or time is up",
            "valkey 9.0+: Replica bio thread: Main thread asked to abort the save while Bio thread is reading the sync <phase:metadata|payload>",
        ),
        message("replica.full-sync.bio-metadata-error")(
            "the announcement of the snapshot could not be read",
            "valkey 9.0+: Replica bio thread: Error reading sync metadata",
        ),
        message("replica.full-sync.bio-payload-error")(
            "the snapshot broke off", "valkey 9.0+: Replica bio thread: Error reading sync payload"
        ),
        message("replica.full-sync.bio-failed")(
            "the thread ends without a snapshot", "valkey 9.0+: Replica bio thread: Error downloading RDB"
        ),
        message("replica.full-sync.bio-failure-seen", by="handleBioThreadFinishedRDBDownload")(
            "the main thread noticed that the transfer failed",
            "valkey 9.0+: Replica main thread detected RDB download failure in Bio thread",
        ),
    )


@event(_PRINTER)
class OldDataKept(Event):
    """The snapshot cannot be loaded, and the replica keeps the data that it had.

    Source: Valkey 9.1+, ``replication.c:replicaLoadPrimaryRDBFromDisk`` and ``replication.c:replicaLoadPrimaryRDBFromSocket``.
    """

    MESSAGES = (
        message("replica.full-sync.flush-skipped", by="replicaLoadPrimaryRDBFromDisk")(
            "nothing was loaded, and the old data is kept",
            "valkey 9.1+: PRIMARY <-> REPLICA sync: Skipping flush, no new data was loaded.",
        ),
        message("replica.full-sync.rdb-incompatible-kept", by="replicaLoadPrimaryRDBFromSocket")(
            "the snapshot is of another version, and the old data is kept",
            "valkey 9.1+: PRIMARY <-> REPLICA sync: RDB version or signature incompatible, old data preserved",
        ),
    )
