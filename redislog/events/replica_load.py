"""What a replica does with a snapshot that it received: data set emptied, loaded, swapped, put in use."""

from redislog.events.base import Event, event, message, wording


@event
class Flushing(Event):
    """The replica empties its old data set.

    Source: Redis 2.8+, ``replication.c:readSyncBulkPayload``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.full-sync.flushing",
            "the replica empties its old data set",
            wording("MASTER <-> SLAVE sync: Flushing old data", "redis 2.8-4.0"),
            wording(
                "MASTER <-> REPLICA sync: Flushing old data",
                "redis 5.0+; valkey 7.2",
                source="replication.c:readSyncBulkPayload,replication.c:rdbLoadEmptyDbFunc",
            ),
            wording("PRIMARY <-> REPLICA sync: Flushing old data", "valkey 8.0-8.1"),
            wording(
                "RDB signature and version check passed. Flushing old data",
                "valkey 9.1+",
                roles="M,S",
                source="rdb.c:rdbLoadRioWithLoadingCtx",
            ),
            level="notice",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
    )

    @property
    def of_any_load(self) -> bool:
        """Whether it is printed of the server's own file at its start too (Valkey 9.1+): then it tells of no sync."""
        return self.message.startswith("RDB ")


@event
class Loading(Event):
    """The replica loads the snapshot.

    Until it is done it serves no data, or with ``repl-diskless-load swapdb`` the old data. Source: Redis
    2.6+, ``replication.c:readSyncBulkPayload``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.full-sync.loading",
            "the replica loads the snapshot",
            wording("MASTER <-> SLAVE sync: Loading DB in memory", "redis 2.6-4.0"),
            wording("MASTER <-> REPLICA sync: Loading DB in memory", "redis 5.0+; valkey 7.2"),
            wording("PRIMARY <-> REPLICA sync: Loading DB in memory", "valkey 8.0+"),
            level="notice",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
    )


@event
class FullSyncFinished(Event):
    """The replica has loaded the snapshot, and its link is up.

    Source: Redis 2.6+, ``replication.c:readSyncBulkPayload``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.full-sync.finished",
            "the full sync is complete",
            wording("MASTER <-> SLAVE sync: Finished with success", "redis 2.6-4.0"),
            wording("MASTER <-> REPLICA sync: Finished with success", "redis 5.0+; valkey 7.2"),
            wording("PRIMARY <-> REPLICA sync: Finished with success", "valkey 8.0+"),
            level="notice",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
    )


@event
class DatasetSwapped(Event):
    """After a diskless load the replica chooses between two data sets: the loaded one takes the old one's
    place, or is freed.

    A load beside the old data set is ``repl-diskless-load swapdb``. Source: Redis 7.0+,
    ``replication.c:readSyncBulkPayload``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.full-sync.discard-old-db",
            "the old data set is freed after the swap",
            wording("MASTER <-> REPLICA sync: Discarding old DB in background", "redis 7.0+; valkey 7.2"),
            wording("PRIMARY <-> REPLICA sync: Discarding old DB in background", "valkey 8.0+"),
            level="notice",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.discard-temp-db",
            "the load failed: what was loaded is freed, and the old data set stays",
            wording(
                "MASTER <-> REPLICA sync: Discarding temporary DB in background", "redis 7.0+; valkey 7.2"
            ),
            wording("PRIMARY <-> REPLICA sync: Discarding temporary DB in background", "valkey 8.0+"),
            level="notice",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.discard-half-loaded",
            "the load failed: what was loaded is freed",
            wording("PRIMARY <-> REPLICA sync: Discarding the half-loaded data", "valkey 8.0+"),
            level="notice",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.swap-db",
            "the loaded data set takes the old one's place",
            wording("MASTER <-> REPLICA sync: Swapping active DB with loaded DB", "redis 7.0+; valkey 7.2"),
            wording("PRIMARY <-> REPLICA sync: Swapping active DB with loaded DB", "valkey 8.0+"),
            level="notice",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
    )


@event
class DisklessLoadSkipped(Event):
    """The replica writes the snapshot to disk first, since a loaded module does not allow otherwise.

    Source: Redis 6.0+, ``replication.c:useDisklessLoad``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.full-sync.diskless-load-skipped-modules",
            "a module does not handle read errors, so the snapshot goes to disk",
            wording(
                "Skipping diskless-load because there are modules that don't handle read errors.",
                "redis 6.0+; valkey 7.2+",
            ),
            level="warning[redis 6.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="S",
            source="replication.c:useDisklessLoad",
        ),
        message(
            "replica.full-sync.diskless-load-skipped-async",
            "a module does not expect a load beside the old data set, so the snapshot goes to disk",
            wording(
                "Skipping diskless-load because there are modules that are not aware of async replication.",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning[redis 7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="S",
            source="replication.c:useDisklessLoad",
        ),
    )


@event
class OwnSnapshotKilled(Event):
    """The replica kills its own RDB child before it loads, so that no older file replaces the new one.

    ``child_pid`` is the child's process ID. Source: Redis 4.0+, ``replication.c:readSyncBulkPayload``.
    """

    CATEGORY = "replication"

    child_pid: int

    MESSAGES = (
        message(
            "replica.full-sync.kill-own-child",
            "the replica kills its own RDB child before it loads",
            wording(
                "Replica is about to load the RDB file received from the master, but there is a pending RDB child running. Killing process <child_pid:pid> and removing its temp file to avoid any race",
                "redis 4.0+; valkey 7.2",
            ),
            wording(
                "Replica is about to load the RDB file received from the primary, but there is a pending RDB child running. Killing process <child_pid:pid> and removing its temp file to avoid any race",
                "valkey 8.0+",
            ),
            level="notice",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
    )


@event
class SyncFileRemoved(Event):
    """A server without persistence deletes the RDB file of a sync: the one it sent, or the one it received.

    Source: Redis 6.0+, ``replication.c:removeRDBUsedToSyncReplicas``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "primary.full-sync.rdb-removed",
            "the primary deletes the RDB file that it sent",
            wording(
                "Removing the RDB file used to feed replicas in a persistence-less instance",
                "redis 6.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:removeRDBUsedToSyncReplicas",
        ),
        message(
            "replica.full-sync.rdb-removed",
            "the replica deletes the RDB file that it received",
            wording(
                "Removing the RDB file obtained from the master. This replica has persistence disabled",
                "redis 6.0+; valkey 7.2",
            ),
            wording(
                "Removing the RDB file obtained from the primary. This replica has persistence disabled",
                "valkey 8.0+",
            ),
            level="notice",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
    )


@event
class AofRestarted(Event):
    """The append-only file, off during a sync, is switched on again.

    Source: Redis 8.0+, ``replication.c:readSyncBulkPayload``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.full-sync.starting-aof",
            "the append-only file is switched on again after a full sync",
            wording("MASTER <-> REPLICA sync: Starting AOF after a successful sync", "redis 8.0+"),
            level="notice",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.aof-restart-as-primary",
            "the append-only file is switched on again after a promotion",
            wording("Restarting AOF after becoming master", "redis 8.0+"),
            level="notice",
            roles="M",
            source="replication.c:replicationUnsetMaster",
        ),
    )


@event
class AofRestartFailed(Event):
    """The append-only file could not be switched on again after a sync.

    Source: Redis 2.6-7.4, Valkey 7.2+, ``replication.c:readSyncBulkPayload``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.aof-restart-failed",
            "the append-only file could not be switched on again; the next try is in a second",
            wording(
                "Failed enabling the AOF after successful master synchronization! Trying it again in one second.",
                "redis 2.6-7.4; valkey 7.2",
            ),
            wording(
                "Failed enabling the AOF after successful primary synchronization! Trying it again in one second.",
                "valkey 8.0+",
                source="replication.c:restartAOFAfterSYNC",
            ),
            level="warning",
            roles="S,M",
            source="replication.c:readSyncBulkPayload,replication.c:restartAOF,replication.c:restartAOFAfterSYNC",
        ),
        message(
            "replica.aof-restart-fatal",
            "the append-only file cannot be switched on again, and the server exits",
            wording(
                "FATAL: this slave instance finished the synchronization with its master, but the AOF can't be turned on. Exiting now.",
                "redis 2.6-4.0",
                source="replication.c:readSyncBulkPayload,replication.c:restartAOF",
            ),
            wording(
                "FATAL: this replica instance finished the synchronization with its master, but the AOF can't be turned on. Exiting now.",
                "redis 5.0-7.4; valkey 7.2",
            ),
            wording(
                "FATAL: this replica instance finished the synchronization with its primary, but the AOF can't be turned on. Exiting now.",
                "valkey 8.0+",
            ),
            level="warning",
            roles="S,M",
            source="replication.c:restartAOFAfterSYNC",
        ),
    )
