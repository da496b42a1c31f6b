"""Slot migration of Valkey 9.0+: what goes wrong, its child, and what is left of it."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.events.spellings import SlotMigrationEvent
from redislog.values import ClientRecord

_PRINTER = Printer("cluster", "cluster_migrateslots.c", level="warning", roles="M,S")
_OTHER = _PRINTER._replace(category="other")


@event(_PRINTER, by="proceedWithSlotMigration")
class MigrationFailed(SlotMigrationEvent):
    """A slot migration is in trouble.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. ``node`` is its target. Source: Valkey 9.0+, ``cluster_migrateslots.c``.
    """

    migration: str
    node: str | None = None

    MESSAGES = (
        message("cluster.slot-migration.child-process-failed-to-snapshot-slot")(
            "the child could not send the snapshot",
            "valkey 9.0+, by backgroundSlotMigrationDoneHandler: Child process failed to snapshot slot migration <migration:text>",
        ),
        message("cluster.slot-migration.received-cluster-syncslots-failover-granted-from")(
            "the hand-over was granted without a request",
            "valkey 9.0+, by clusterCommandSyncSlotsFailoverGranted: Received CLUSTER SYNCSLOTS FAILOVER-GRANTED from slot migration <migration:text>, but we never sent a failover request. Failing migration.",
        ),
        message("cluster.slot-migration.received-cluster-syncslots-request-failover-for")(
            "a hand-over was asked for at a wrong time",
            "valkey 9.0+, by clusterCommandSyncSlotsRequestFailover: Received CLUSTER SYNCSLOTS REQUEST-FAILOVER for slot migration <migration:text>, but the client was not in the paused state. Failing migration.",
        ),
        message("cluster.slot-migration.received-cluster-syncslots-request-failover-on")(
            "a hand-over was asked for at a wrong time",
            "valkey 9.0+, by clusterCommandSyncSlotsRequestFailover: Received CLUSTER SYNCSLOTS REQUEST-FAILOVER on slot migration <migration:text>, but we are not paused. Denying failover.",
        ),
        message("cluster.slot-migration.received-cluster-syncslots-request-pause-for")(
            "a pause was asked for at a wrong time",
            "valkey 9.0+, by clusterCommandSyncSlotsRequestPause: Received CLUSTER SYNCSLOTS REQUEST-PAUSE for slot migration <migration:text>, but the client was not streaming incremental updates. Failing migration.",
        ),
        message("cluster.slot-migration.received-cluster-syncslots-snapshot-eof-from")(
            "the end of the snapshot came at a wrong time",
            "valkey 9.0+, by clusterCommandSyncSlotsSnapshotEof: Received CLUSTER SYNCSLOTS SNAPSHOT-EOF from slot migration <migration:text>, but not currently loading an AOF snapshot. Failing migration.",
        ),
        message("cluster.slot-migration.received-unexpected-cluster-syncslots-paused-from")(
            "the pause was confirmed at a wrong time",
            "valkey 9.0+, by clusterCommandSyncSlotsPaused: Received unexpected CLUSTER SYNCSLOTS PAUSED from slot migration <migration:text>, . Failing migration.",
        ),
        message("cluster.slot-migration.received-unknown-syncslots-subcommand-from-slot")(
            "an unknown command came",
            "valkey 9.0+, by clusterCommandSyncSlots: Received unknown SYNCSLOTS subcommand from slot migration <migration:text>. Failing the migration.",
        ),
        message("cluster.slot-migration.slot-migration-contains-slots-that-are")(
            "the slots are no longer all of this node",
            "valkey 9.0+, by checkSlotExportOwnership: Slot migration <migration:text> contains slots that are no longer all owned by myself",
        ),
        message("cluster.slot-migration.slot-migration-failed-due-to-oom")(
            "out of memory",
            "valkey 9.0+, by clusterHandleSlotMigrationClientOOM: Slot migration <migration:text> failed due to OOM",
        ),
        message("cluster.slot-migration.slot-migration-failed-to-start-slot")(
            "the snapshot could not be started",
            "valkey 9.0+: Slot migration <migration:text> failed to start slot snapshot",
        ),
        message("cluster.slot-migration.slot-migration-target-node-not-found", by="connectSlotExportJob")(
            "the target is no longer in the cluster",
            "valkey 9.1+: Slot migration <migration:text>: target node <node:nodeid> not found in cluster, aborting connection attempt.",
        ),
        message("cluster.slot-migration.slot-migration-timed-out-during-slot")(
            "the hand-over took too long",
            "valkey 9.0+: Slot migration <migration:text> timed out during slot failover.",
        ),
        message("cluster.slot-migration.timing-out-slot-migration-after-not", by="clusterSlotMigrationCron")(
            "the other end is silent",
            "valkey 9.0+: Timing out slot migration <migration:text> after not receiving ack for too long",
        ),
        message("cluster.slot-migration.write-loss-risk")(
            "the pause ended before the new owner was seen: writes may be lost",
            "valkey 9.0+: Write loss risk! During slot migration <migration:text>, new owner did not broadcast ownership before we unpaused ourselves. Any writes we have recorded since unpausing may be lost!",
        ),
    )


@event(_PRINTER, level="notice", by="backgroundSlotMigrationDoneHandler")
class MigrationChild(Event):
    """The child that sends the slots' keys: its end, or its killing, which follows success as well.

    Source: Valkey 9.0+, ``cluster_migrateslots.c:backgroundSlotMigrationDoneHandler``, ``networking.c:unlinkClient``.
    """

    signal: int | None = None
    child_pid: int | None = None

    MESSAGES = (
        message("cluster.slot-migration.background-slot-migration-transfer-terminated-with")(
            "the child ended well", "valkey 9.0+: Background SLOT MIGRATION transfer terminated with success"
        ),
        message("cluster.slot-migration.background-slot-migration-transfer-error", level="warning")(
            "the child failed", "valkey 9.0+: Background SLOT MIGRATION transfer error"
        ),
        message("cluster.slot-migration.background-slot-migration-transfer-terminated-by", level="warning")(
            "the child was ended by a signal",
            "valkey 9.0+: Background SLOT MIGRATION transfer terminated by signal <signal:int>",
        ),
        message("cluster.slot-migration.killing-running-slot-migration-child", by="killSlotMigrationChild")(
            "the child is killed", "valkey 9.0+: Killing running slot migration child: <child_pid:pid>"
        ),
        message("cluster.slot-migration.slot-migration-child-is-already-exiting")(
            "the child is ending already",
            "valkey 9.1+, by killSlotMigrationChild: Slot migration child <child_pid:pid> is already exiting, not killing.",
        ),
        message("cluster.slot-migration.target-dropped", by="networking.c:unlinkClient")(
            "the target hung up, and the child is killed",
            "valkey 9.0+: Slot migration target dropped, killing fork child.",
        ),
    )


@event(_PRINTER, by="replication.c:slotMigrationPipeReadHandler")
class MigrationTransferFailed(Event):
    """The slots' keys could not be sent.

    Source: Valkey 9.0+, ``replication.c:slotMigrationPipeReadHandler``, ``cluster_migrateslots.c``.
    """

    error: str

    MESSAGES = (
        message("cluster.slot-migration.can-t-begin-slot-migration-snapshot")(
            "no child could be made",
            "valkey 9.0+, by slotExportJobBeginSnapshotToTargetSocket: Can't begin slot migration snapshot in background: fork: <error:errno>",
        ),
        message("cluster.slot-migration.slot-migration-read-error-sending-snapshot")(
            "the keys could not be read from the child",
            "valkey 9.0+: Slot migration, read error sending snapshot to target: <error:errno>",
        ),
        message("cluster.slot-migration.slot-migration-transfer-write-error-sending")(
            "the keys could not be sent",
            "valkey 9.0+: Slot migration transfer, write error sending DB to target: <error:errno>",
        ),
        message("cluster.slot-migration.write-error-sending-slot-migration-snapshot")(
            "x",
            "valkey 9.0+, by replication.c:slotMigrationPipeWriteHandler: Write error sending slot migration snapshot to target: <error:errno>",
        ),
    )


@event(_PRINTER, level="notice", by="clusterCommandCancelSlotMigrations")
class MigrationsCanceled(Event):
    """CLUSTER CANCELSLOTMIGRATIONS was given.

    Source: Valkey 9.0+, ``cluster_migrateslots.c:clusterCommandCancelSlotMigrations``.
    """

    client: ClientRecord

    MESSAGES = (
        message("cluster.slot-migration.canceled-all-in-progress-slot-migrations")(
            "all migrations were called off",
            "valkey 9.0+: Canceled all in progress slot migrations (user request from '<client:client>')",
        ),
    )


@event(_PRINTER, level="notice", by="clusterCleanSlotImportsBeforeLoad")
class MigrationLogCleaned(Event):
    """A snapshot is about to be loaded; printed without cluster mode, too.

    Source: Valkey 9.0+, ``cluster_migrateslots.c:clusterCleanSlotImportsBeforeLoad``.
    """

    MESSAGES = (
        message("cluster.slot-migration.log-cleaned")(
            "a snapshot is about to be loaded",
            "valkey 9.0+: Cleaning slot migration log in anticipation of a load operation.",
        ),
    )


@event(_PRINTER, by="clusterRDBLoadSlotImport")
class MigrationRdbError(Event):
    """Slot migrations in a snapshot cannot be written or read.

    Source: Valkey 9.1+, ``cluster_migrateslots.c``.
    """

    rdb_version: int | None = None
    first: int | None = None
    last: int | None = None

    MESSAGES = (
        message("cluster.slot-migration.can-t-store-slot-migrations-in", by="clusterRDBSaveSlotImports")(
            "an older format cannot hold them",
            "valkey 9.1+: Can't store slot migrations in RDB version <rdb_version:int>",
        ),
        message("cluster.slot-migration.invalid-slot-import-job-name-length")(
            "the name of one is damaged", "valkey 9.1+: Invalid slot import job name length in RDB"
        ),
        message("cluster.slot-migration.invalid-slot-import-range-in-rdb")(
            "the slots of one are damaged",
            "valkey 9.1+: Invalid slot import range in RDB: start=<first:int> end=<last:int>",
        ),
    )


@event(_OTHER, by="networking.c:handleParseError")
class SlotImportDamaged(Event):
    """A slot import's connection carries what is none of its commands, and is closed.

    Source: Valkey 9.0+, ``networking.c:handleParseError``.
    """

    MESSAGES = (
        message("other.warning-receiving-inline-protocol-from-slot")(
            "the stream of a slot import is damaged",
            "valkey 9.0+: WARNING: Receiving inline protocol from slot import, import stream corruption? Closing the slot import connection.",
        ),
    )
