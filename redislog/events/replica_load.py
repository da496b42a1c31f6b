"""What a replica does with a snapshot that it received: data set emptied, loaded, swapped, put in use."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("replication", "replication.c", level="notice", roles="S")


@event(_PRINTER, by="readSyncBulkPayload")
class Flushing(Event):
    """The replica empties its old data set.

    Source: Redis 2.8+, ``replication.c:readSyncBulkPayload``.
    """

    MESSAGES = (
        message("replica.full-sync.flushing")(
            "the replica empties its old data set",
            "redis 2.8-4.0 | redis 5.0+; valkey 7.2, by readSyncBulkPayload,rdbLoadEmptyDbFunc: MASTER <-> <SLAVE|REPLICA> sync: Flushing old data",
            "valkey 8.0-8.1: PRIMARY <-> REPLICA sync: Flushing old data",
            "valkey 9.1+, as M,S, by rdb.c:rdbLoadRioWithLoadingCtx: RDB signature and version check passed. Flushing old data",
        ),
    )

    @property
    def of_any_load(self) -> bool:
        """Whether it is printed of the server's own file at its start too (Valkey 9.1+): then it tells of no sync."""
        return self.message.startswith("RDB ")


@event(_PRINTER, by="readSyncBulkPayload")
class Loading(Event):
    """The replica loads the snapshot.

    Until it is done it serves no data, or with ``repl-diskless-load swapdb`` the old data. Source: Redis
    2.6+, ``replication.c:readSyncBulkPayload``.
    """

    MESSAGES = (
        message("replica.full-sync.loading")(
            "the replica loads the snapshot",
            "redis 2.6-4.0 | redis 5.0+; valkey 7.2 | valkey 8.0+: <MASTER|MASTER|PRIMARY> <-> <SLAVE|REPLICA|REPLICA> sync: Loading DB in memory",
        ),
    )


@event(_PRINTER, by="readSyncBulkPayload")
class FullSyncFinished(Event):
    """The replica has loaded the snapshot, and its link is up.

    Source: Redis 2.6+, ``replication.c:readSyncBulkPayload``.
    """

    MESSAGES = (
        message("replica.full-sync.finished")(
            "the full sync is complete",
            "redis 2.6-4.0 | redis 5.0+; valkey 7.2 | valkey 8.0+: <MASTER|MASTER|PRIMARY> <-> <SLAVE|REPLICA|REPLICA> sync: Finished with success",
        ),
    )


@event(_PRINTER, by="readSyncBulkPayload")
class DatasetSwapped(Event):
    """After a diskless load the replica chooses between two data sets: the loaded one takes the old one's
    place, or is freed.

    A load beside the old data set is ``repl-diskless-load swapdb``. Source: Redis 7.0+,
    ``replication.c:readSyncBulkPayload``.
    """

    MESSAGES = (
        message("replica.full-sync.discard-old-db")(
            "the old data set is freed after the swap",
            "redis 7.0+; valkey 7.2 | valkey 8.0+: <MASTER|PRIMARY> <-> REPLICA sync: Discarding old DB in background",
        ),
        message("replica.full-sync.discard-temp-db")(
            "the load failed: what was loaded is freed, and the old data set stays",
            "redis 7.0+; valkey 7.2 | valkey 8.0+: <MASTER|PRIMARY> <-> REPLICA sync: Discarding temporary DB in background",
        ),
        message("replica.full-sync.discard-half-loaded")(
            "the load failed: what was loaded is freed",
            "valkey 8.0+: PRIMARY <-> REPLICA sync: Discarding the half-loaded data",
        ),
        message("replica.full-sync.swap-db")(
            "the loaded data set takes the old one's place",
            "redis 7.0+; valkey 7.2 | valkey 8.0+: <MASTER|PRIMARY> <-> REPLICA sync: Swapping active DB with loaded DB",
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", by="useDisklessLoad")
class DisklessLoadSkipped(Event):
    """The replica writes the snapshot to disk first, since a loaded module does not allow otherwise.

    Source: Redis 6.0+, ``replication.c:useDisklessLoad``.
    """

    MESSAGES = (
        message("replica.full-sync.diskless-load-skipped-modules")(
            "a module does not handle read errors, so the snapshot goes to disk",
            "6.0+: Skipping diskless-load because there are modules that don't handle read errors.",
        ),
        message("replica.full-sync.diskless-load-skipped-async")(
            "a module does not expect a load beside the old data set, so the snapshot goes to disk",
            "7.0+: Skipping diskless-load because there are modules that are not aware of async replication.",
        ),
    )


@event(_PRINTER, by="readSyncBulkPayload")
class OwnSnapshotKilled(Event):
    """The replica kills its own RDB child before it loads, so that no older file replaces the new one.

    ``child_pid`` is the child's process ID. Source: Redis 4.0+, ``replication.c:readSyncBulkPayload``.
    """

    child_pid: int

    MESSAGES = (
        message("replica.full-sync.kill-own-child")(
            "the replica kills its own RDB child before it loads",
            "redis 4.0+; valkey 7.2 | valkey 8.0+: Replica is about to load the RDB file received from the <master|primary>, but there is a pending RDB child running. Killing process <child_pid:pid> and removing its temp file to avoid any race",
        ),
    )


@event(_PRINTER)
class SyncFileRemoved(Event):
    """A server without persistence deletes the RDB file of a sync: the one it sent, or the one it received.

    Source: Redis 6.0+, ``replication.c:removeRDBUsedToSyncReplicas``.
    """

    MESSAGES = (
        message("primary.full-sync.rdb-removed", roles="M,S", by="removeRDBUsedToSyncReplicas")(
            "the primary deletes the RDB file that it sent",
            "6.0+: Removing the RDB file used to feed replicas in a persistence-less instance",
        ),
        message("replica.full-sync.rdb-removed", by="readSyncBulkPayload")(
            "the replica deletes the RDB file that it received",
            "redis 6.0+; valkey 7.2 | valkey 8.0+: Removing the RDB file obtained from the <master|primary>. This replica has persistence disabled",
        ),
    )


@event(_PRINTER)
class AofRestarted(Event):
    """The append-only file, off during a sync, is switched on again.

    Source: Redis 8.0+, ``replication.c:readSyncBulkPayload``.
    """

    MESSAGES = (
        message("replica.full-sync.starting-aof", by="readSyncBulkPayload")(
            "the append-only file is switched on again after a full sync",
            "redis 8.0+: MASTER <-> REPLICA sync: Starting AOF after a successful sync",
        ),
        message("replica.aof-restart-as-primary", roles="M", by="replicationUnsetMaster")(
            "the append-only file is switched on again after a promotion",
            "redis 8.0+: Restarting AOF after becoming master",
        ),
    )


@event(_PRINTER, level="warning", roles="S,M")
class AofRestartFailed(Event):
    """The append-only file could not be switched on again after a sync.

    Source: Redis 2.6-7.4, Valkey 7.2+, ``replication.c:readSyncBulkPayload``.
    """

    MESSAGES = (
        message("replica.aof-restart-failed", by="readSyncBulkPayload,restartAOF,restartAOFAfterSYNC")(
            "the append-only file could not be switched on again; the next try is in a second",
            "redis 2.6-7.4; valkey 7.2 | valkey 8.0+, by restartAOFAfterSYNC: Failed enabling the AOF after successful <master|primary> synchronization! Trying it again in one second.",
        ),
        message("replica.aof-restart-fatal", by="restartAOFAfterSYNC")(
            "the append-only file cannot be switched on again, and the server exits",
            "redis 2.6-4.0, by readSyncBulkPayload,restartAOF | redis 5.0-7.4; valkey 7.2 | valkey 8.0+: FATAL: this <slave|replica|replica> instance finished the synchronization with its <master|master|primary>, but the AOF can't be turned on. Exiting now.",
        ),
    )
