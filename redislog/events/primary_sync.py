"""The snapshot that a primary makes for replicas in need of a full sync."""

import attrs

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import current_words

_PRINTER = Printer("replication", "replication.c", level="notice", roles="M,S")


@event(_PRINTER, by="syncCommand")
class BgsaveForSyncJoined(Event):
    """A replica will be served by the BGSAVE that is already running.

    Source: Redis 2.6+, ``replication.c:syncCommand``.
    """

    MESSAGES = (
        message("primary.full-sync.attach-current-bgsave")(
            "the replica is served by the BGSAVE that runs already",
            "2.6+: Waiting for end of BGSAVE for SYNC",
        ),
    )


@event(_PRINTER, by="syncCommand")
class BgsaveForSyncDelayed(Event):
    """The snapshot for a replica does not start yet.

    Source: Redis 2.6+, ``replication.c:syncCommand``.
    """

    MESSAGES = (
        message("primary.full-sync.wait-next-bgsave")(
            "the running BGSAVE cannot be shared, so the replica waits for the next",
            "redis 2.6-3.0: Waiting for next BGSAVE for SYNC",
            "redis 3.2-4.0 | 5.0+: Can't attach the <slave|replica> to the current BGSAVE. Waiting for next BGSAVE for SYNC",
        ),
        message("primary.full-sync.wait-next-bgsave-socket")(
            "the running BGSAVE is diskless, so the replica waits for the next",
            "3.2+: Current BGSAVE has socket target. Waiting for next BGSAVE for SYNC",
        ),
        message("primary.full-sync.delayed-diskless")(
            "the diskless snapshot waits, so that more replicas can share it",
            "redis 2.8-3.0: Delay next BGSAVE for SYNC",
            "3.2+: Delay next BGSAVE for diskless SYNC",
        ),
        message("primary.full-sync.delayed-other-child")(
            "another child process runs, so the snapshot waits",
            "redis 3.2-5.0: No BGSAVE in progress, but an AOF rewrite is active. BGSAVE for replication delayed",
            "6.0+: No BGSAVE in progress, but another BG operation is active. BGSAVE for replication delayed",
        ),
    )


@event(_PRINTER, by="startBgsaveForReplication")
class BgsaveForSyncStarted(Event):
    """A snapshot for the waiting replicas starts.

    ``target`` is ``disk`` or ``replicas sockets``; ``method`` (Valkey) is ``dual-channel`` or ``normal
    sync``. Both are None for Redis 8.2's RDB channel, which is always a socket. Source: Redis 2.6+,
    ``replication.c:syncCommand``.
    """

    target: str | None = attrs.field(default=None, converter=attrs.converters.optional(current_words))
    method: str | None = None
    channel: str | None = ""

    MESSAGES = (
        message("primary.full-sync.bgsave-started")(
            "a snapshot for the waiting replicas starts",
            "redis 2.6, by syncCommand: Starting BGSAVE for SYNC",
            "redis 2.8-4.0: Starting BGSAVE for SYNC with target: <target:disk|slaves sockets>",
            "redis 5.0-7.4; valkey 7.2: Starting BGSAVE for SYNC with target: <target:disk|replicas sockets>",
            "redis 8.0+: Starting BGSAVE for SYNC with target: <target:disk|replicas sockets><channel:| (rdb-channel)>",
            "valkey 8.0+: Starting BGSAVE for SYNC with target: <target:disk|replicas sockets> using: <method:dual-channel|normal sync>",
        ),
    )


@event(_PRINTER, level="warning", by="update{Slaves,Replicas}WaitingBgsave")
class BgsaveForSyncFailed(Event):
    """There is no snapshot, and the replicas that waited for it are dropped.

    ``error`` is the system's text. Source: Redis 2.6+, ``replication.c``.
    """

    error: str | None = None
    step: str | None = None

    MESSAGES = (
        message("primary.full-sync.bgsave-failed", by="syncCommand")(
            "the snapshot could not start",
            "redis 2.6, at notice: Replication failed, can't BGSAVE",
            "redis 2.6, by updateSlavesWaitingBgsave: SYNC failed. BGSAVE failed",
            "2.8+, by startBgsaveForReplication: BGSAVE for replication failed",
        ),
        message("primary.full-sync.bgsave-no-replinfo", by="startBgsaveForReplication")(
            "this server, a replica not in sync itself, has no replication ID and offset to hand on",
            "4.0+: BGSAVE for replication: replication information not available, can't generate the RDB file right now. Try later.",
        ),
        message("primary.full-sync.bgsave-child-error")(
            "the snapshot's child process failed", "2.6+: SYNC failed. BGSAVE child returned an error"
        ),
        message("primary.full-sync.open-error")(
            "the snapshot's file could not be opened",
            "redis 2.6+; valkey 7.2-8.0: SYNC failed. Can't open/stat DB after BGSAVE: <error:errno>",
            "valkey 8.1+, by updateReplicasWaitingBgsave: SYNC failed. Can't <step:open|stat> DB after BGSAVE: <error:errno>",
        ),
    )
