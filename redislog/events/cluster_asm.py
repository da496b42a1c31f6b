"""Atomic slot migration of Redis 8.6+: its tasks, at both ends."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("cluster", "cluster_asm.c", level="notice", roles="M,S")


@event(_PRINTER, by="asmLogTaskEvent")
class SlotImport(Event):
    """A step of an atomic slot migration at the node that imports the slots.

    ``task`` is the migration's ID, the same at both ends; ``slots`` the ranges as printed; ``node`` the source, ``node2``
    the destination; ``keys`` came with them. Source: Redis 8.6+, ``cluster_asm.c:asmLogTaskEvent``.
    """

    task: str
    slots: str
    node: str | None = None
    node2: str | None = None
    keys: int | None = None
    reason: str | None = None

    MESSAGES = (
        message("cluster.asm.import-created", by="asmCreateImportTask")(
            "this node will import the slots",
            "redis 8.6+: Import task <task:word> created: src=<node:nodeid>, dest=<node2:nodeid>, slots=<slots:text>",
        ),
        message("cluster.asm.import-started")(
            "the import begins", "redis 8.6+: Import task <task:word> started for slots: <slots:text>"
        ),
        message("cluster.asm.import-source-changed", by="asmStartImportTask")(
            "the source failed over; the import goes on with its new primary",
            "redis 8.6+: Import task <task:word> source node changed: slots=<slots:text>, new_source=<node:nodeid>",
        ),
        message("cluster.asm.import-ready")(
            "the stream caught up; the slots are taken over now",
            "redis 8.6+: Import task <task:word> is ready to takeover slots: <slots:text>",
        ),
        message("cluster.asm.import-completed")(
            "this node owns the slots",
            "redis 8.6+: Import task <task:word> completed for slots: <slots:text> (imported <keys:int> keys)",
        ),
        message("cluster.asm.import-failed")(
            "the import is given up; the slots stay with the source",
            "redis 8.6+: Import task <task:word> failed for slots: <slots:text>",
        ),
        message("cluster.asm.import-lost-by-failover", level="warning", by="asmFinalizeMasterTask")(
            "the old primary was importing; its import has ended",
            "redis 8.6+: Import task <task:word> from old master failed: slots=<slots:text>",
        ),
        message("cluster.asm.can-not-start-import-task-for", level="warning", by="asmStartImportTask")(
            "the import waits",
            "redis 8.6+: Can not start import task <task:word> for slots: <slots:text> due to <reason:text>",
        ),
    )


@event(_PRINTER, by="asmLogTaskEvent")
class SlotExport(Event):
    """A step of an atomic slot migration at the node that gives the slots away.

    ``task`` is the migration's ID, the same at both ends; ``slots`` the ranges as printed; ``node`` the source, ``node2``
    the destination; ``keys`` of them. Source: Redis 8.6+, ``cluster_asm.c:asmLogTaskEvent``.
    """

    task: str
    slots: str
    node: str | None = None
    node2: str | None = None
    keys: int | None = None

    MESSAGES = (
        message("cluster.asm.migrate-created", by="clusterSyncSlotsCommand")(
            "a node asked for the slots",
            "redis 8.6+: Migrate task <task:word> created: src=<node:nodeid>, dest=<node2:nodeid>, slots=<slots:text>",
        ),
        message("cluster.asm.migrate-started")(
            "the export begins",
            "redis 8.6+: Migrate task <task:word> started for slots: <slots:text> (keys at start: <keys:int>)",
        ),
        message("cluster.asm.migrate-handoff")(
            "writes are paused for the hand-over",
            "redis 8.6+: Migrate task <task:word> preparing to handoff for slots: <slots:text>",
        ),
        message("cluster.asm.migrate-completed")(
            "the slots are gone",
            "redis 8.6+: Migrate task <task:word> completed for slots: <slots:text> (migrated <keys:int> keys)",
        ),
        message("cluster.asm.migrate-failed")(
            "the export is given up; the slots stay",
            "redis 8.6+: Migrate task <task:word> failed for slots: <slots:text>",
        ),
    )


@event(_PRINTER, level="warning", by="asmTaskSetFailed")
class SlotTaskFailed(Event):
    """Why an atomic slot migration failed; one task may be reported more than once.

    ``kind`` is the end that this is; ``task`` its ID, ``error`` the cause with the states of both channels. Source: Redis
    8.6+, ``cluster_asm.c:asmTaskSetFailed``.
    """

    kind: str
    task: str
    slots: str
    error: str

    MESSAGES = (
        message("cluster.asm.task-failed")(
            "why the migration failed",
            "redis 8.6+: <kind:Import|Migrate> task <task:word> failed: slots=<slots:text>, err=<error:text>",
        ),
    )


@event(_PRINTER, level="warning")
class SlotTaskNotified(Event):
    """A task's change of state was passed on; for debugging.

    Source: Redis 8.6+, ``cluster_asm.c:asmNotifyStateChange``, ``cluster_legacy.c:clusterAsmOnEvent``.
    """

    task: str | None = None
    state: str | None = None
    code: int | None = None
    slots: str | None = None
    error: str | None = None

    MESSAGES = (
        message("cluster.asm.fire-cluster-asm-module-event-task", level="debug", by="asmNotifyStateChange")(
            "modules are told of a state",
            "redis 8.6+: Fire cluster asm module event, task <task:word>: state=<state:word>",
        ),
        message("cluster.slot-migration-task-received-event-for")(
            "the cluster was told of a step",
            "redis 8.6+, at verbose, by cluster_legacy.c:clusterAsmOnEvent: Slot migration task <task:word> received event <code:int> for slots: <slots:text>",
        ),
        message("cluster.asm-config-update-failed", by="cluster_legacy.c:clusterUpdateSlotsConfigWith")(
            "the cluster's own record could not be changed",
            "redis 8.6+: ASM config update failed: <error:text>",
        ),
        message("cluster.asm.asm-manager-is-not-initialized", by="asmDebugSetFailPoint")(
            "a command came without cluster mode", "redis 8.6+: ASM manager is not initialized"
        ),
    )


@event(_PRINTER)
class SlotSnapshotStarted(Event):
    """The source's child sends the slots' keys: printed in the words of a full sync, and none.

    ``child_pid`` is that child. Source: Redis 8.6+, ``replication.c:startBgsaveForReplication``,
    ``rdb.c:rdbSaveToSlavesSockets``.
    """

    channel: str | None = ""
    child_pid: int | None = None

    MESSAGES = (
        message("cluster.slot-migration.full-sync.bgsave-started")(
            "the slots' keys will be sent",
            "redis 8.6+, by replication.c:startBgsaveForReplication: Starting BGSAVE for SYNC with target: slot migration destination socket<channel:| (rdb-channel)>",
        ),
        message("cluster.slot-migration.full-sync.diskless-started", by="rdb.c:rdbSaveToSlavesSockets")(
            "the slots' keys are being sent",
            "redis 8.6+: Background RDB transfer started by pid <child_pid:pid> to slot migration destination socket",
        ),
        message("primary.streamed-slots-snapshot-transfer-succeeded")(
            "the slots' keys were sent",
            "redis 8.6+, by replication.c:updateSlavesWaitingBgsave: Streamed slots snapshot transfer succeeded",
        ),
        message("cluster.asm.bgsave-for-slots-snapshot-sync-delayed", by="clusterSyncSlotsCommand")(
            "the slots' keys wait for another child", "redis 8.6+: BGSAVE for slots snapshot sync delayed"
        ),
    )
