"""Atomic slot migration of Redis 8.6+: keys that are removed afterwards."""

from redislog.events.base import Event, event, message, wording


@event
class SlotTrim(Event):
    """Keys of slots that are not this node's are removed: after a migration, or left over from one.

    ``slots`` as printed; ``keys`` are, or will be, removed; ``reason`` says why it waits. Source: Redis 8.6+,
    ``cluster_asm.c``.
    """

    CATEGORY = "cluster"

    keys: int | None = None
    slots: str | None = None
    reason: str | None = None

    MESSAGES = (
        message(
            "cluster.asm.detected-keys-in-slots-that-do",
            "keys of foreign slots were found",
            wording(
                "Detected keys in slots that do not belong to this node. Scheduling trim for <keys:int> keys in slots: <slots:text>",
                "redis 8.6+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmTrimSlotsIfNotOwned",
        ),
        message(
            "cluster.asm.active-trim-scheduled-for-slots",
            "removal is scheduled",
            wording("Active trim scheduled for slots: <slots:text>", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmTriggerActiveTrim",
        ),
        message(
            "cluster.asm.active-trim-initiated-for-slots-to",
            "removal begins",
            wording("Active trim initiated for slots: <slots:text>, to trim <keys:int> keys.", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmActiveTrimStart",
        ),
        message(
            "cluster.asm.background-trim-started-for-slots-to",
            "removal begins in a background thread",
            wording("Background trim started for slots: <slots:text> to trim <keys:int> keys.", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmTriggerBackgroundTrim",
        ),
        message(
            "cluster.asm.active-trim-completed-for-slots-keys",
            "removal is done",
            wording("Active trim completed for slots: <slots:text>, <keys:int> keys trimmed.", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmActiveTrimEnd",
        ),
        message(
            "cluster.asm.active-trim-cycle-is-blocked-since",
            "removal waits",
            wording("Active trim cycle is blocked since <reason:text>.", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmActiveTrimCycle",
        ),
        message(
            "cluster.asm.active-trim-cycle-is-unblocked",
            "removal goes on",
            wording("Active trim cycle is unblocked.", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmActiveTrimCycle",
        ),
        message(
            "cluster.asm.trim-job-is-deferred-since",
            "removal is put off",
            wording("Trim job is deferred since <reason:text>.", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmTrimJobProcessPending",
        ),
        message(
            "cluster.asm.cancelling-all-active-trim-jobs",
            "all removals are called off",
            wording("Cancelling all active trim jobs", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmCancelTrimJobs",
        ),
        message(
            "cluster.asm.cancelling-the-pending-trim-job-for",
            "a removal is called off",
            wording("Cancelling the pending trim job for slots: <slots:text>", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmCancelPendingTrimJobs",
        ),
        message(
            "cluster.asm.unblocking-master-client-after-active-trim",
            "commands of the primary are taken again",
            wording("Unblocking master client after active trim is completed", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmUnblockMasterAfterTrim",
        ),
    )


@event
class SlotTrimBlocksPrimary(Event):
    """A replica must remove keys of a slot first, and lets its primary's commands wait.

    Source: Redis 8.6+, ``server.c:processCommand``.
    """

    CATEGORY = "other"

    slot: int

    MESSAGES = (
        message(
            "other.master-is-sending-command-for-slot",
            "the primary's commands wait for the removal of a slot's keys",
            wording(
                "Master is sending command for slot <slot:int>. There is an trim job in progress for this slot. This replica cannot process this command right now. Blocking master client until trim job is done. ",
                "redis 8.6+",
            ),
            level="warning",
            roles="M,S",
            source="server.c:processCommand",
        ),
    )


@event
class SlotMigrationDebugging(Event):
    """Set or reached by DEBUG ASM.

    Source: Redis 8.6+, ``cluster_asm.c:asmDebugSetFailPoint``.
    """

    CATEGORY = "cluster"

    channel: str | None = None
    state: str | None = None
    method: str | None = None
    delay: int | None = None

    MESSAGES = (
        message(
            "cluster.asm.asm-fail-point-active-channel-state",
            "a failure was made",
            wording("ASM fail point active: channel=<channel:text>, state=<state:word>", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmDebugIsFailPointActive",
        ),
        message(
            "cluster.asm.asm-fail-point-set-channel-state",
            "a failure will be made",
            wording("ASM fail point set: channel=<channel:text>, state=<state:word>", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmDebugSetFailPoint",
        ),
        message(
            "cluster.asm.asm-fail-point-is-cleared",
            "no failure will be made",
            wording("ASM fail point is cleared", "redis 8.6+"),
            level="warning",
            roles="M,S",
            source="cluster_asm.c:asmDebugSetFailPoint",
        ),
        message(
            "cluster.asm.asm-trim-method-was-set-active",
            "how keys are removed was set",
            wording("ASM trim method was set=<method:text>, active_trim_delay=<delay:int>", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmDebugSetTrimMethod",
        ),
    )
