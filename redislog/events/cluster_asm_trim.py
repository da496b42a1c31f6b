"""Atomic slot migration of Redis 8.6+: keys that are removed afterwards."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("cluster", "cluster_asm.c", level="notice", roles="M,S")
_OTHER = _PRINTER._replace(category="other")


@event(_PRINTER, by="asmActiveTrimCycle")
class SlotTrim(Event):
    """Keys of slots that are not this node's are removed: after a migration, or left over from one.

    ``slots`` as printed; ``keys`` are, or will be, removed; ``reason`` says why it waits. Source: Redis 8.6+,
    ``cluster_asm.c``.
    """

    keys: int | None = None
    slots: str | None = None
    reason: str | None = None

    MESSAGES = (
        message("cluster.asm.detected-keys-in-slots-that-do", by="asmTrimSlotsIfNotOwned")(
            "keys of foreign slots were found",
            "redis 8.6+: Detected keys in slots that do not belong to this node. Scheduling trim for <keys:int> keys in slots: <slots:text>",
        ),
        message("cluster.asm.active-trim-scheduled-for-slots", by="asmTriggerActiveTrim")(
            "removal is scheduled", "redis 8.6+: Active trim scheduled for slots: <slots:text>"
        ),
        message("cluster.asm.active-trim-initiated-for-slots-to", by="asmActiveTrimStart")(
            "removal begins",
            "redis 8.6+: Active trim initiated for slots: <slots:text>, to trim <keys:int> keys.",
        ),
        message("cluster.asm.background-trim-started-for-slots-to", by="asmTriggerBackgroundTrim")(
            "removal begins in a background thread",
            "redis 8.6+: Background trim started for slots: <slots:text> to trim <keys:int> keys.",
        ),
        message("cluster.asm.active-trim-completed-for-slots-keys", by="asmActiveTrimEnd")(
            "removal is done",
            "redis 8.6+: Active trim completed for slots: <slots:text>, <keys:int> keys trimmed.",
        ),
        message("cluster.asm.active-trim-cycle-is-blocked-since")(
            "removal waits", "redis 8.6+: Active trim cycle is blocked since <reason:text>."
        ),
        message("cluster.asm.active-trim-cycle-is-unblocked")(
            "removal goes on", "redis 8.6+: Active trim cycle is unblocked."
        ),
        message("cluster.asm.trim-job-is-deferred-since", by="asmTrimJobProcessPending")(
            "removal is put off", "redis 8.6+: Trim job is deferred since <reason:text>."
        ),
        message("cluster.asm.cancelling-all-active-trim-jobs", by="asmCancelTrimJobs")(
            "all removals are called off", "redis 8.6+: Cancelling all active trim jobs"
        ),
        message("cluster.asm.cancelling-the-pending-trim-job-for", by="asmCancelPendingTrimJobs")(
            "a removal is called off", "redis 8.6+: Cancelling the pending trim job for slots: <slots:text>"
        ),
        message("cluster.asm.unblocking-master-client-after-active-trim", by="asmUnblockMasterAfterTrim")(
            "commands of the primary are taken again",
            "redis 8.6+: Unblocking master client after active trim is completed",
        ),
    )


@event(_OTHER, level="warning", by="server.c:processCommand")
class SlotTrimBlocksPrimary(Event):
    """A replica must remove keys of a slot first, and lets its primary's commands wait.

    Source: Redis 8.6+, ``server.c:processCommand``.
    """

    slot: int

    MESSAGES = (
        message("other.master-is-sending-command-for-slot")(
            "the primary's commands wait for the removal of a slot's keys",
            "redis 8.6+: Master is sending command for slot <slot:int>. There is an trim job in progress for this slot. This replica cannot process this command right now. Blocking master client until trim job is done. ",
        ),
    )


@event(_PRINTER, by="asmDebugSetFailPoint")
class SlotMigrationDebugging(Event):
    """Set or reached by DEBUG ASM.

    Source: Redis 8.6+, ``cluster_asm.c:asmDebugSetFailPoint``.
    """

    channel: str | None = None
    state: str | None = None
    method: str | None = None
    delay: int | None = None

    MESSAGES = (
        message("cluster.asm.asm-fail-point-active-channel-state", by="asmDebugIsFailPointActive")(
            "a failure was made",
            "redis 8.6+: ASM fail point active: channel=<channel:text>, state=<state:word>",
        ),
        message("cluster.asm.asm-fail-point-set-channel-state")(
            "a failure will be made",
            "redis 8.6+: ASM fail point set: channel=<channel:text>, state=<state:word>",
        ),
        message("cluster.asm.asm-fail-point-is-cleared", level="warning")(
            "no failure will be made", "redis 8.6+: ASM fail point is cleared"
        ),
        message("cluster.asm.asm-trim-method-was-set-active", by="asmDebugSetTrimMethod")(
            "how keys are removed was set",
            "redis 8.6+: ASM trim method was set=<method:text>, active_trim_delay=<delay:int>",
        ),
    )
