"""Slot migration of Valkey 9.0+: what goes wrong, its child, and what is left of it."""

from redislog.events.base import Event, event, message, wording
from redislog.events.spellings import SlotMigrationEvent
from redislog.values import ClientRecord


@event
class MigrationFailed(SlotMigrationEvent):
    """A slot migration is in trouble.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. ``node`` is its target. Source: Valkey 9.0+, ``cluster_migrateslots.c``.
    """

    CATEGORY = "cluster"

    migration: str
    node: str | None = None

    MESSAGES = (
        message(
            "cluster.slot-migration.child-process-failed-to-snapshot-slot",
            "the child could not send the snapshot",
            wording("Child process failed to snapshot slot migration <migration:text>", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:backgroundSlotMigrationDoneHandler",
        ),
        message(
            "cluster.slot-migration.received-cluster-syncslots-failover-granted-from",
            "the hand-over was granted without a request",
            wording(
                "Received CLUSTER SYNCSLOTS FAILOVER-GRANTED from slot migration <migration:text>, but we never sent a failover request. Failing migration.",
                "valkey 9.0+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:clusterCommandSyncSlotsFailoverGranted",
        ),
        message(
            "cluster.slot-migration.received-cluster-syncslots-request-failover-for",
            "a hand-over was asked for at a wrong time",
            wording(
                "Received CLUSTER SYNCSLOTS REQUEST-FAILOVER for slot migration <migration:text>, but the client was not in the paused state. Failing migration.",
                "valkey 9.0+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:clusterCommandSyncSlotsRequestFailover",
        ),
        message(
            "cluster.slot-migration.received-cluster-syncslots-request-failover-on",
            "a hand-over was asked for at a wrong time",
            wording(
                "Received CLUSTER SYNCSLOTS REQUEST-FAILOVER on slot migration <migration:text>, but we are not paused. Denying failover.",
                "valkey 9.0+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:clusterCommandSyncSlotsRequestFailover",
        ),
        message(
            "cluster.slot-migration.received-cluster-syncslots-request-pause-for",
            "a pause was asked for at a wrong time",
            wording(
                "Received CLUSTER SYNCSLOTS REQUEST-PAUSE for slot migration <migration:text>, but the client was not streaming incremental updates. Failing migration.",
                "valkey 9.0+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:clusterCommandSyncSlotsRequestPause",
        ),
        message(
            "cluster.slot-migration.received-cluster-syncslots-snapshot-eof-from",
            "the end of the snapshot came at a wrong time",
            wording(
                "Received CLUSTER SYNCSLOTS SNAPSHOT-EOF from slot migration <migration:text>, but not currently loading an AOF snapshot. Failing migration.",
                "valkey 9.0+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:clusterCommandSyncSlotsSnapshotEof",
        ),
        message(
            "cluster.slot-migration.received-unexpected-cluster-syncslots-paused-from",
            "the pause was confirmed at a wrong time",
            wording(
                "Received unexpected CLUSTER SYNCSLOTS PAUSED from slot migration <migration:text>, . Failing migration.",
                "valkey 9.0+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:clusterCommandSyncSlotsPaused",
        ),
        message(
            "cluster.slot-migration.received-unknown-syncslots-subcommand-from-slot",
            "an unknown command came",
            wording(
                "Received unknown SYNCSLOTS subcommand from slot migration <migration:text>. Failing the migration.",
                "valkey 9.0+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:clusterCommandSyncSlots",
        ),
        message(
            "cluster.slot-migration.slot-migration-contains-slots-that-are",
            "the slots are no longer all of this node",
            wording(
                "Slot migration <migration:text> contains slots that are no longer all owned by myself",
                "valkey 9.0+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:checkSlotExportOwnership",
        ),
        message(
            "cluster.slot-migration.slot-migration-failed-due-to-oom",
            "out of memory",
            wording("Slot migration <migration:text> failed due to OOM", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:clusterHandleSlotMigrationClientOOM",
        ),
        message(
            "cluster.slot-migration.slot-migration-failed-to-start-slot",
            "the snapshot could not be started",
            wording("Slot migration <migration:text> failed to start slot snapshot", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:proceedWithSlotMigration",
        ),
        message(
            "cluster.slot-migration.slot-migration-target-node-not-found",
            "the target is no longer in the cluster",
            wording(
                "Slot migration <migration:text>: target node <node:nodeid> not found in cluster, aborting connection attempt.",
                "valkey 9.1+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:connectSlotExportJob",
        ),
        message(
            "cluster.slot-migration.slot-migration-timed-out-during-slot",
            "the hand-over took too long",
            wording("Slot migration <migration:text> timed out during slot failover.", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:proceedWithSlotMigration",
        ),
        message(
            "cluster.slot-migration.timing-out-slot-migration-after-not",
            "the other end is silent",
            wording(
                "Timing out slot migration <migration:text> after not receiving ack for too long",
                "valkey 9.0+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:clusterSlotMigrationCron",
        ),
        message(
            "cluster.slot-migration.write-loss-risk",
            "the pause ended before the new owner was seen: writes may be lost",
            wording(
                "Write loss risk! During slot migration <migration:text>, new owner did not broadcast ownership before we unpaused ourselves. Any writes we have recorded since unpausing may be lost!",
                "valkey 9.0+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:proceedWithSlotMigration",
        ),
    )


@event
class MigrationChild(Event):
    """The child that sends the slots' keys: its end, or its killing, which follows success as well.

    Source: Valkey 9.0+, ``cluster_migrateslots.c:backgroundSlotMigrationDoneHandler``, ``networking.c:unlinkClient``.
    """

    CATEGORY = "cluster"

    signal: int | None = None
    child_pid: int | None = None

    MESSAGES = (
        message(
            "cluster.slot-migration.background-slot-migration-transfer-terminated-with",
            "the child ended well",
            wording("Background SLOT MIGRATION transfer terminated with success", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:backgroundSlotMigrationDoneHandler",
        ),
        message(
            "cluster.slot-migration.background-slot-migration-transfer-error",
            "the child failed",
            wording("Background SLOT MIGRATION transfer error", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:backgroundSlotMigrationDoneHandler",
        ),
        message(
            "cluster.slot-migration.background-slot-migration-transfer-terminated-by",
            "the child was ended by a signal",
            wording("Background SLOT MIGRATION transfer terminated by signal <signal:int>", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:backgroundSlotMigrationDoneHandler",
        ),
        message(
            "cluster.slot-migration.killing-running-slot-migration-child",
            "the child is killed",
            wording("Killing running slot migration child: <child_pid:pid>", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:killSlotMigrationChild",
        ),
        message(
            "cluster.slot-migration.slot-migration-child-is-already-exiting",
            "the child is ending already",
            wording("Slot migration child <child_pid:pid> is already exiting, not killing.", "valkey 9.1+"),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:killSlotMigrationChild",
        ),
        message(
            "cluster.slot-migration.target-dropped",
            "the target hung up, and the child is killed",
            wording("Slot migration target dropped, killing fork child.", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="networking.c:unlinkClient",
        ),
    )


@event
class MigrationTransferFailed(Event):
    """The slots' keys could not be sent.

    Source: Valkey 9.0+, ``replication.c:slotMigrationPipeReadHandler``, ``cluster_migrateslots.c``.
    """

    CATEGORY = "cluster"

    error: str

    MESSAGES = (
        message(
            "cluster.slot-migration.can-t-begin-slot-migration-snapshot",
            "no child could be made",
            wording("Can't begin slot migration snapshot in background: fork: <error:errno>", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:slotExportJobBeginSnapshotToTargetSocket",
        ),
        message(
            "cluster.slot-migration.slot-migration-read-error-sending-snapshot",
            "the keys could not be read from the child",
            wording("Slot migration, read error sending snapshot to target: <error:errno>", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="replication.c:slotMigrationPipeReadHandler",
        ),
        message(
            "cluster.slot-migration.slot-migration-transfer-write-error-sending",
            "the keys could not be sent",
            wording(
                "Slot migration transfer, write error sending DB to target: <error:errno>", "valkey 9.0+"
            ),
            level="warning",
            roles="M,S",
            source="replication.c:slotMigrationPipeReadHandler",
        ),
        message(
            "cluster.slot-migration.write-error-sending-slot-migration-snapshot",
            "x",
            wording("Write error sending slot migration snapshot to target: <error:errno>", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="replication.c:slotMigrationPipeWriteHandler",
        ),
    )


@event
class MigrationsCanceled(Event):
    """CLUSTER CANCELSLOTMIGRATIONS was given.

    Source: Valkey 9.0+, ``cluster_migrateslots.c:clusterCommandCancelSlotMigrations``.
    """

    CATEGORY = "cluster"

    client: ClientRecord

    MESSAGES = (
        message(
            "cluster.slot-migration.canceled-all-in-progress-slot-migrations",
            "all migrations were called off",
            wording(
                "Canceled all in progress slot migrations (user request from '<client:client>')",
                "valkey 9.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:clusterCommandCancelSlotMigrations",
        ),
    )


@event
class MigrationLogCleaned(Event):
    """A snapshot is about to be loaded; printed without cluster mode, too.

    Source: Valkey 9.0+, ``cluster_migrateslots.c:clusterCleanSlotImportsBeforeLoad``.
    """

    CATEGORY = "cluster"

    MESSAGES = (
        message(
            "cluster.slot-migration.log-cleaned",
            "a snapshot is about to be loaded",
            wording("Cleaning slot migration log in anticipation of a load operation.", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:clusterCleanSlotImportsBeforeLoad",
        ),
    )


@event
class MigrationRdbError(Event):
    """Slot migrations in a snapshot cannot be written or read.

    Source: Valkey 9.1+, ``cluster_migrateslots.c``.
    """

    CATEGORY = "cluster"

    rdb_version: int | None = None
    first: int | None = None
    last: int | None = None

    MESSAGES = (
        message(
            "cluster.slot-migration.can-t-store-slot-migrations-in",
            "an older format cannot hold them",
            wording("Can't store slot migrations in RDB version <rdb_version:int>", "valkey 9.1+"),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:clusterRDBSaveSlotImports",
        ),
        message(
            "cluster.slot-migration.invalid-slot-import-job-name-length",
            "the name of one is damaged",
            wording("Invalid slot import job name length in RDB", "valkey 9.1+"),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:clusterRDBLoadSlotImport",
        ),
        message(
            "cluster.slot-migration.invalid-slot-import-range-in-rdb",
            "the slots of one are damaged",
            wording("Invalid slot import range in RDB: start=<first:int> end=<last:int>", "valkey 9.1+"),
            level="warning",
            roles="M,S",
            source="cluster_migrateslots.c:clusterRDBLoadSlotImport",
        ),
    )


@event
class SlotImportDamaged(Event):
    """A slot import's connection carries what is none of its commands, and is closed.

    Source: Valkey 9.0+, ``networking.c:handleParseError``.
    """

    CATEGORY = "other"

    MESSAGES = (
        message(
            "other.warning-receiving-inline-protocol-from-slot",
            "the stream of a slot import is damaged",
            wording(
                "WARNING: Receiving inline protocol from slot import, import stream corruption? Closing the slot import connection.",
                "valkey 9.0+",
            ),
            level="warning",
            roles="M,S",
            source="networking.c:handleParseError",
        ),
    )
