"""Slot migration of Valkey 9.0+ (CLUSTER MIGRATESLOTS): its way from one state to the next."""

from redislog.events.base import event, message, wording
from redislog.events.spellings import SlotMigrationEvent
from redislog.values import ClientRecord


@event
class MigrationAsked(SlotMigrationEvent):
    """CLUSTER MIGRATESLOTS was given: this node will export the slots.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. Source: Valkey 9.0+,
    ``cluster_migrateslots.c:clusterCommandMigrateSlots``.
    """

    CATEGORY = "cluster"

    migration: str
    client: ClientRecord

    MESSAGES = (
        message(
            "cluster.slot-migration.asked",
            "this node will export the slots",
            wording(
                "Slot migration initiated through CLUSTER MIGRATESLOTS command: <migration:text> (user request from '<client:client>')",
                "valkey 9.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:clusterCommandMigrateSlots",
        ),
    )


@event
class MigrationCreated(SlotMigrationEvent):
    """The node will import slots.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. Source: Valkey 9.0+,
    ``cluster_migrateslots.c:createSlotImportJob``.
    """

    CATEGORY = "cluster"

    migration: str

    MESSAGES = (
        message(
            "cluster.slot-migration.import-created",
            "this node will import the slots",
            wording("New slot import job created: <migration:text>.", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:createSlotImportJob",
        ),
    )


@event
class MigrationState(SlotMigrationEvent):
    """A slot migration went from one state to the next.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. Source: Valkey 9.0+,
    ``cluster_migrateslots.c:updateSlotMigrationJobState``.
    """

    CATEGORY = "cluster"

    migration: str
    from_: str
    to: str

    MESSAGES = (
        message(
            "cluster.slot-migration.state",
            "the migration went on to its next state",
            wording(
                "Slot migration <migration:text> state transition: <from:word> -> <to:word>", "valkey 9.0+"
            ),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:updateSlotMigrationJobState",
        ),
    )


@event
class MigrationFinished(SlotMigrationEvent):
    """A slot migration ended: ``state`` is success, failed or canceled, ``reason`` may be empty.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. Source: Valkey 9.0+,
    ``cluster_migrateslots.c:finishSlotMigrationJob``.
    """

    CATEGORY = "cluster"

    migration: str
    state: str
    reason: str

    MESSAGES = (
        message(
            "cluster.slot-migration.finished",
            "the migration ended",
            wording(
                "Slot migration <migration:text> finished. State: <state:word>, Message: <reason:text>",
                "valkey 9.0+",
            ),
            level="warning|notice",
            roles="M,S",
            source="cluster_migrateslots.c:finishSlotMigrationJob",
        ),
    )


@event
class MigrationOwned(SlotMigrationEvent):
    """The slots have their new owner.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. Source: Valkey 9.0+,
    ``cluster_migrateslots.c``.
    """

    CATEGORY = "cluster"

    migration: str

    MESSAGES = (
        message(
            "cluster.slot-migration.completed",
            "this node owns the slots now",
            wording(
                "Slot migration <migration:text> completed successfully. This node is now the owner of the slots",
                "valkey 9.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:proceedWithSlotMigration",
        ),
        message(
            "cluster.slot-migration.handed-over",
            "the target owns the slots now",
            wording("Slot migration <migration:text> slots are now owned by target node.", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:checkSlotExportOwnership",
        ),
    )


@event
class MigrationPaused(SlotMigrationEvent):
    """The source pauses writes for the hand-over; ``bytes`` are still to be sent.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. Source: Valkey 9.0+,
    ``cluster_migrateslots.c:slotExportTryDoPause``.
    """

    CATEGORY = "cluster"

    migration: str
    bytes: int | None = None

    MESSAGES = (
        message(
            "cluster.slot-migration.paused",
            "writes are paused for the hand-over",
            wording(
                "Pausing writes to allow slot migration <migration:text> to finalize failover.", "valkey 9.0"
            ),
            wording(
                "Pausing writes (remaining_repl_size is <bytes:int>) to allow slot migration <migration:text> to finalize failover.",
                "valkey 9.1+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:slotExportTryDoPause",
        ),
    )


@event
class MigrationStep(SlotMigrationEvent):
    """A step of a slot migration, at the source or the target.

    ``migration`` is its name as printed in every line of it, see `SlotMigrationEvent`. ``ip`` and ``port`` are the target's, ``child_pid``
    the child that sends the keys. Source: Valkey 9.0+, ``cluster_migrateslots.c``.
    """

    CATEGORY = "cluster"

    migration: str
    ip: str | None = None
    port: int | None = None
    reason: str | None = None
    child_pid: int | None = None
    state: str | None = None

    MESSAGES = (
        message(
            "cluster.slot-migration.connecting",
            "the source connects to the target",
            wording(
                "Connecting slot migration <migration:text> (ip: <ip:host>, port <port:port>)", "valkey 9.0+"
            ),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:connectSlotExportJob",
        ),
        message(
            "cluster.slot-migration.connected",
            "the source is connected to the target",
            wording("Slot migration <migration:text> connection established.", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:proceedWithSlotMigration",
        ),
        message(
            "cluster.slot-migration.successfully-authenticated-slot-migration",
            "the target accepted AUTH",
            wording("Successfully authenticated slot migration <migration:text>", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:slotMigrationJobReadAuthResponse",
        ),
        message(
            "cluster.slot-migration.slot-migration-waiting-before-snapshotting-due",
            "the snapshot must wait",
            wording(
                "Slot migration <migration:text> waiting before snapshotting due to <reason:active child process|pending writes in output buffer|pending IO operations>.",
                "valkey 9.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:proceedWithSlotMigration",
        ),
        message(
            "cluster.slot-migration.beginning-snapshot-of-slot-migration",
            "the snapshot begins",
            wording("Beginning snapshot of slot migration <migration:text>.", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:proceedWithSlotMigration",
        ),
        message(
            "cluster.slot-migration.started-child-process-for-slot-migration",
            "a child sends the snapshot",
            wording(
                "Started child process <child_pid:pid> for slot migration <migration:text>", "valkey 9.0+"
            ),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:slotExportJobBeginSnapshotToTargetSocket",
        ),
        message(
            "cluster.slot-migration.slot-migration-snapshot-finished-starting-streaming",
            "the snapshot was sent",
            wording("Slot migration <migration:text> snapshot finished, starting streaming.", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:slotExportBeginStreaming",
        ),
        message(
            "cluster.slot-migration.slot-migration-successfully-received-slot-snapshot",
            "the snapshot was received",
            wording(
                "Slot migration <migration:text> successfully received slot snapshot. Beginning incremental stream...",
                "valkey 9.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:clusterCommandSyncSlotsSnapshotEof",
        ),
        message(
            "cluster.slot-migration.cleaning-up-slot-migration-after",
            "what is left of the migration is removed",
            wording("Cleaning up slot migration <migration:text> after <state:word>", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:proceedWithSlotMigration",
        ),
        message(
            "cluster.slot-migration.connection-lost",
            "the connection ended, after success as well",
            wording("Slot migration <migration:text> connection lost", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="cluster_migrateslots.c:clusterHandleSlotMigrationClientClose",
        ),
    )
