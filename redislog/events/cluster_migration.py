"""Slot migration of Valkey 9.0+ (CLUSTER MIGRATESLOTS): its way from one state to the next."""

from redislog.events.base import event
from redislog.events.declaring import Printer, message
from redislog.events.spellings import SlotMigrationEvent
from redislog.values import ClientRecord

_PRINTER = Printer("cluster", "cluster_migrateslots.c", level="notice", roles="M,S")


@event(_PRINTER, by="clusterCommandMigrateSlots")
class MigrationAsked(SlotMigrationEvent):
    """CLUSTER MIGRATESLOTS was given: this node will export the slots.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. Source: Valkey 9.0+,
    ``cluster_migrateslots.c:clusterCommandMigrateSlots``.
    """

    migration: str
    client: ClientRecord

    MESSAGES = (
        message("cluster.slot-migration.asked")(
            "this node will export the slots",
            "valkey 9.0+: Slot migration initiated through CLUSTER MIGRATESLOTS command: <migration:text> (user request from '<client:client>')",
        ),
    )


@event(_PRINTER, by="createSlotImportJob")
class MigrationCreated(SlotMigrationEvent):
    """The node will import slots.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. Source: Valkey 9.0+,
    ``cluster_migrateslots.c:createSlotImportJob``.
    """

    migration: str

    MESSAGES = (
        message("cluster.slot-migration.import-created")(
            "this node will import the slots", "valkey 9.0+: New slot import job created: <migration:text>."
        ),
    )


@event(_PRINTER, by="updateSlotMigrationJobState")
class MigrationState(SlotMigrationEvent):
    """A slot migration went from one state to the next.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. Source: Valkey 9.0+,
    ``cluster_migrateslots.c:updateSlotMigrationJobState``.
    """

    migration: str
    from_: str
    to: str

    MESSAGES = (
        message("cluster.slot-migration.state")(
            "the migration went on to its next state",
            "valkey 9.0+: Slot migration <migration:text> state transition: <from:word> -> <to:word>",
        ),
    )


@event(_PRINTER, level="warning|notice", by="finishSlotMigrationJob")
class MigrationFinished(SlotMigrationEvent):
    """A slot migration ended: ``state`` is success, failed or canceled, ``reason`` may be empty.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. Source: Valkey 9.0+,
    ``cluster_migrateslots.c:finishSlotMigrationJob``.
    """

    migration: str
    state: str
    reason: str

    MESSAGES = (
        message("cluster.slot-migration.finished")(
            "the migration ended",
            "valkey 9.0+: Slot migration <migration:text> finished. State: <state:word>, Message: <reason:text>",
        ),
    )


@event(_PRINTER)
class MigrationOwned(SlotMigrationEvent):
    """The slots have their new owner.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. Source: Valkey 9.0+,
    ``cluster_migrateslots.c``.
    """

    migration: str

    MESSAGES = (
        message("cluster.slot-migration.completed", by="proceedWithSlotMigration")(
            "this node owns the slots now",
            "valkey 9.0+: Slot migration <migration:text> completed successfully. This node is now the owner of the slots",
        ),
        message("cluster.slot-migration.handed-over", by="checkSlotExportOwnership")(
            "the target owns the slots now",
            "valkey 9.0+: Slot migration <migration:text> slots are now owned by target node.",
        ),
    )


@event(_PRINTER, by="slotExportTryDoPause")
class MigrationPaused(SlotMigrationEvent):
    """The source pauses writes for the hand-over; ``bytes`` are still to be sent.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. Source: Valkey 9.0+,
    ``cluster_migrateslots.c:slotExportTryDoPause``.
    """

    migration: str
    bytes: int | None = None

    MESSAGES = (
        message("cluster.slot-migration.paused")(
            "writes are paused for the hand-over",
            "valkey 9.0: Pausing writes to allow slot migration <migration:text> to finalize failover.",
            "valkey 9.1+: Pausing writes (remaining_repl_size is <bytes:int>) to allow slot migration <migration:text> to finalize failover.",
        ),
    )


@event(_PRINTER, by="proceedWithSlotMigration")
class MigrationStep(SlotMigrationEvent):
    """A step of a slot migration, at the source or the target.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. ``ip`` and ``port`` are the target's, ``child_pid``
    the child that sends the keys. Source: Valkey 9.0+, ``cluster_migrateslots.c``.
    """

    migration: str
    ip: str | None = None
    port: int | None = None
    reason: str | None = None
    child_pid: int | None = None
    state: str | None = None

    MESSAGES = (
        message("cluster.slot-migration.connecting", by="connectSlotExportJob")(
            "the source connects to the target",
            "valkey 9.0+: Connecting slot migration <migration:text> (ip: <ip:host>, port <port:port>)",
        ),
        message("cluster.slot-migration.connected")(
            "the source is connected to the target",
            "valkey 9.0+: Slot migration <migration:text> connection established.",
        ),
        message("cluster.slot-migration.successfully-authenticated-slot-migration")(
            "the target accepted AUTH",
            "valkey 9.0+, by slotMigrationJobReadAuthResponse: Successfully authenticated slot migration <migration:text>",
        ),
        message("cluster.slot-migration.slot-migration-waiting-before-snapshotting-due")(
            "the snapshot must wait",
            "valkey 9.0+: Slot migration <migration:text> waiting before snapshotting due to <reason:active child process|pending writes in output buffer|pending IO operations>.",
        ),
        message("cluster.slot-migration.beginning-snapshot-of-slot-migration")(
            "the snapshot begins", "valkey 9.0+: Beginning snapshot of slot migration <migration:text>."
        ),
        message("cluster.slot-migration.started-child-process-for-slot-migration")(
            "a child sends the snapshot",
            "valkey 9.0+, by slotExportJobBeginSnapshotToTargetSocket: Started child process <child_pid:pid> for slot migration <migration:text>",
        ),
        message("cluster.slot-migration.slot-migration-snapshot-finished-starting-streaming")(
            "the snapshot was sent",
            "valkey 9.0+, by slotExportBeginStreaming: Slot migration <migration:text> snapshot finished, starting streaming.",
        ),
        message("cluster.slot-migration.slot-migration-successfully-received-slot-snapshot")(
            "the snapshot was received",
            "valkey 9.0+, by clusterCommandSyncSlotsSnapshotEof: Slot migration <migration:text> successfully received slot snapshot. Beginning incremental stream...",
        ),
        message("cluster.slot-migration.cleaning-up-slot-migration-after")(
            "what is left of the migration is removed",
            "valkey 9.0+: Cleaning up slot migration <migration:text> after <state:word>",
        ),
        message("cluster.slot-migration.connection-lost", by="clusterHandleSlotMigrationClientClose")(
            "the connection ended, after success as well",
            "valkey 9.0+: Slot migration <migration:text> connection lost",
        ),
    )
