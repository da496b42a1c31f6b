"""Atomic slot migration of Redis 8.6+: its tasks, at both ends."""

from redislog.events.base import Event, event, message, wording


@event
class SlotImport(Event):
    """A step of an atomic slot migration at the node that imports the slots.

    ``task`` is the migration's ID, the same at both ends; ``slots`` the ranges as printed; ``node`` the source, ``node2``
    the destination; ``keys`` came with them. Source: Redis 8.6+, ``cluster_asm.c:asmLogTaskEvent``.
    """

    CATEGORY = "cluster"

    task: str
    slots: str
    node: str | None = None
    node2: str | None = None
    keys: int | None = None
    reason: str | None = None

    MESSAGES = (
        message(
            "cluster.asm.import-created",
            "this node will import the slots",
            wording(
                "Import task <task:word> created: src=<node:nodeid>, dest=<node2:nodeid>, slots=<slots:text>",
                "redis 8.6+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmCreateImportTask",
        ),
        message(
            "cluster.asm.import-started",
            "the import begins",
            wording("Import task <task:word> started for slots: <slots:text>", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmLogTaskEvent",
        ),
        message(
            "cluster.asm.import-source-changed",
            "the source failed over; the import goes on with its new primary",
            wording(
                "Import task <task:word> source node changed: slots=<slots:text>, new_source=<node:nodeid>",
                "redis 8.6+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmStartImportTask",
        ),
        message(
            "cluster.asm.import-ready",
            "the stream caught up; the slots are taken over now",
            wording("Import task <task:word> is ready to takeover slots: <slots:text>", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmLogTaskEvent",
        ),
        message(
            "cluster.asm.import-completed",
            "this node owns the slots",
            wording(
                "Import task <task:word> completed for slots: <slots:text> (imported <keys:int> keys)",
                "redis 8.6+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmLogTaskEvent",
        ),
        message(
            "cluster.asm.import-failed",
            "the import is given up; the slots stay with the source",
            wording("Import task <task:word> failed for slots: <slots:text>", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmLogTaskEvent",
        ),
        message(
            "cluster.asm.import-lost-by-failover",
            "the old primary was importing; its import has ended",
            wording("Import task <task:word> from old master failed: slots=<slots:text>", "redis 8.6+"),
            level="warning",
            roles="M,S",
            source="cluster_asm.c:asmFinalizeMasterTask",
        ),
        message(
            "cluster.asm.can-not-start-import-task-for",
            "the import waits",
            wording(
                "Can not start import task <task:word> for slots: <slots:text> due to <reason:text>",
                "redis 8.6+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_asm.c:asmStartImportTask",
        ),
    )


@event
class SlotExport(Event):
    """A step of an atomic slot migration at the node that gives the slots away.

    ``task`` is the migration's ID, the same at both ends; ``slots`` the ranges as printed; ``node`` the source, ``node2``
    the destination; ``keys`` of them. Source: Redis 8.6+, ``cluster_asm.c:asmLogTaskEvent``.
    """

    CATEGORY = "cluster"

    task: str
    slots: str
    node: str | None = None
    node2: str | None = None
    keys: int | None = None

    MESSAGES = (
        message(
            "cluster.asm.migrate-created",
            "a node asked for the slots",
            wording(
                "Migrate task <task:word> created: src=<node:nodeid>, dest=<node2:nodeid>, slots=<slots:text>",
                "redis 8.6+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:clusterSyncSlotsCommand",
        ),
        message(
            "cluster.asm.migrate-started",
            "the export begins",
            wording(
                "Migrate task <task:word> started for slots: <slots:text> (keys at start: <keys:int>)",
                "redis 8.6+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmLogTaskEvent",
        ),
        message(
            "cluster.asm.migrate-handoff",
            "writes are paused for the hand-over",
            wording("Migrate task <task:word> preparing to handoff for slots: <slots:text>", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmLogTaskEvent",
        ),
        message(
            "cluster.asm.migrate-completed",
            "the slots are gone",
            wording(
                "Migrate task <task:word> completed for slots: <slots:text> (migrated <keys:int> keys)",
                "redis 8.6+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmLogTaskEvent",
        ),
        message(
            "cluster.asm.migrate-failed",
            "the export is given up; the slots stay",
            wording("Migrate task <task:word> failed for slots: <slots:text>", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmLogTaskEvent",
        ),
    )


@event
class SlotTaskFailed(Event):
    """Why an atomic slot migration failed; one task may be reported more than once.

    ``kind`` is the end that this is; ``task`` its ID, ``error`` the cause with the states of both channels. Source: Redis
    8.6+, ``cluster_asm.c:asmTaskSetFailed``.
    """

    CATEGORY = "cluster"

    kind: str
    task: str
    slots: str
    error: str

    MESSAGES = (
        message(
            "cluster.asm.task-failed",
            "why the migration failed",
            wording(
                "<kind:Import|Migrate> task <task:word> failed: slots=<slots:text>, err=<error:text>",
                "redis 8.6+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_asm.c:asmTaskSetFailed",
        ),
    )


@event
class SlotTaskNotified(Event):
    """A task's change of state was passed on; for debugging.

    Source: Redis 8.6+, ``cluster_asm.c:asmNotifyStateChange``, ``cluster_legacy.c:clusterAsmOnEvent``.
    """

    CATEGORY = "cluster"

    task: str | None = None
    state: str | None = None
    code: int | None = None
    slots: str | None = None
    error: str | None = None

    MESSAGES = (
        message(
            "cluster.asm.fire-cluster-asm-module-event-task",
            "modules are told of a state",
            wording("Fire cluster asm module event, task <task:word>: state=<state:word>", "redis 8.6+"),
            level="debug",
            roles="M,S",
            source="cluster_asm.c:asmNotifyStateChange",
        ),
        message(
            "cluster.slot-migration-task-received-event-for",
            "the cluster was told of a step",
            wording(
                "Slot migration task <task:word> received event <code:int> for slots: <slots:text>",
                "redis 8.6+",
            ),
            level="verbose",
            roles="M,S",
            source="cluster_legacy.c:clusterAsmOnEvent",
        ),
        message(
            "cluster.asm-config-update-failed",
            "the cluster's own record could not be changed",
            wording("ASM config update failed: <error:text>", "redis 8.6+"),
            level="warning",
            roles="M,S",
            source="cluster_legacy.c:clusterUpdateSlotsConfigWith",
        ),
        message(
            "cluster.asm.asm-manager-is-not-initialized",
            "a command came without cluster mode",
            wording("ASM manager is not initialized", "redis 8.6+"),
            level="warning",
            roles="M,S",
            source="cluster_asm.c:asmDebugSetFailPoint",
        ),
    )


@event
class SlotSnapshotStarted(Event):
    """The source's child sends the slots' keys: printed in the words of a full sync, and none.

    ``child_pid`` is that child. Source: Redis 8.6+, ``replication.c:startBgsaveForReplication``,
    ``rdb.c:rdbSaveToSlavesSockets``.
    """

    CATEGORY = "cluster"

    channel: str | None = ""
    child_pid: int | None = None

    MESSAGES = (
        message(
            "cluster.slot-migration.full-sync.bgsave-started",
            "the slots' keys will be sent",
            wording(
                "Starting BGSAVE for SYNC with target: slot migration destination socket<channel:| (rdb-channel)>",
                "redis 8.6+",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:startBgsaveForReplication",
        ),
        message(
            "cluster.slot-migration.full-sync.diskless-started",
            "the slots' keys are being sent",
            wording(
                "Background RDB transfer started by pid <child_pid:pid> to slot migration destination socket",
                "redis 8.6+",
            ),
            level="notice",
            roles="M,S",
            source="rdb.c:rdbSaveToSlavesSockets",
        ),
        message(
            "primary.streamed-slots-snapshot-transfer-succeeded",
            "the slots' keys were sent",
            wording("Streamed slots snapshot transfer succeeded", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="replication.c:updateSlavesWaitingBgsave",
        ),
        message(
            "cluster.asm.bgsave-for-slots-snapshot-sync-delayed",
            "the slots' keys wait for another child",
            wording("BGSAVE for slots snapshot sync delayed", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:clusterSyncSlotsCommand",
        ),
    )
