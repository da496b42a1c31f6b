"""The snapshot that a primary makes for replicas in need of a full sync."""

import attrs

from redislog.events.base import Event, event, message, wording
from redislog.values import current_words


@event
class BgsaveForSyncJoined(Event):
    """A replica will be served by the BGSAVE that is already running.

    Source: Redis 2.6+, ``replication.c:syncCommand``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "primary.full-sync.attach-current-bgsave",
            "the replica is served by the BGSAVE that runs already",
            wording("Waiting for end of BGSAVE for SYNC", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="replication.c:syncCommand",
        ),
    )


@event
class BgsaveForSyncDelayed(Event):
    """The snapshot for a replica does not start yet.

    Source: Redis 2.6+, ``replication.c:syncCommand``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "primary.full-sync.wait-next-bgsave",
            "the running BGSAVE cannot be shared, so the replica waits for the next",
            wording("Waiting for next BGSAVE for SYNC", "redis 2.6-3.0"),
            wording(
                "Can't attach the slave to the current BGSAVE. Waiting for next BGSAVE for SYNC",
                "redis 3.2-4.0",
            ),
            wording(
                "Can't attach the replica to the current BGSAVE. Waiting for next BGSAVE for SYNC",
                "redis 5.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:syncCommand",
        ),
        message(
            "primary.full-sync.wait-next-bgsave-socket",
            "the running BGSAVE is diskless, so the replica waits for the next",
            wording(
                "Current BGSAVE has socket target. Waiting for next BGSAVE for SYNC",
                "redis 3.2+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:syncCommand",
        ),
        message(
            "primary.full-sync.delayed-diskless",
            "the diskless snapshot waits, so that more replicas can share it",
            wording("Delay next BGSAVE for SYNC", "redis 2.8-3.0"),
            wording("Delay next BGSAVE for diskless SYNC", "redis 3.2+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="replication.c:syncCommand",
        ),
        message(
            "primary.full-sync.delayed-other-child",
            "another child process runs, so the snapshot waits",
            wording(
                "No BGSAVE in progress, but an AOF rewrite is active. BGSAVE for replication delayed",
                "redis 3.2-5.0",
            ),
            wording(
                "No BGSAVE in progress, but another BG operation is active. BGSAVE for replication delayed",
                "redis 6.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:syncCommand",
        ),
    )


@event
class BgsaveForSyncStarted(Event):
    """A snapshot for the waiting replicas starts.

    ``target`` is ``disk`` or ``replicas sockets``; ``method`` (Valkey) is ``dual-channel`` or ``normal
    sync``. Both are None for Redis 8.2's RDB channel, which is always a socket. Source: Redis 2.6+,
    ``replication.c:syncCommand``.
    """

    CATEGORY = "replication"

    target: str | None = attrs.field(default=None, converter=attrs.converters.optional(current_words))
    method: str | None = None
    channel: str | None = ""

    MESSAGES = (
        message(
            "primary.full-sync.bgsave-started",
            "a snapshot for the waiting replicas starts",
            wording("Starting BGSAVE for SYNC", "redis 2.6", source="replication.c:syncCommand"),
            wording("Starting BGSAVE for SYNC with target: <target:disk|slaves sockets>", "redis 2.8-4.0"),
            wording(
                "Starting BGSAVE for SYNC with target: <target:disk|replicas sockets>",
                "redis 5.0-7.4; valkey 7.2",
            ),
            wording(
                "Starting BGSAVE for SYNC with target: <target:disk|replicas sockets><channel:| (rdb-channel)>",
                "redis 8.0+",
                source="replication.c:startBgsaveForReplication",
            ),
            wording(
                "Starting BGSAVE for SYNC with target: <target:disk|replicas sockets> using: <method:dual-channel|normal sync>",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:startBgsaveForReplication",
        ),
    )


@event
class BgsaveForSyncFailed(Event):
    """There is no snapshot, and the replicas that waited for it are dropped.

    ``error`` is the system's text. Source: Redis 2.6+, ``replication.c``.
    """

    CATEGORY = "replication"

    error: str | None = None
    step: str | None = None

    MESSAGES = (
        message(
            "primary.full-sync.bgsave-failed",
            "the snapshot could not start",
            wording("Replication failed, can't BGSAVE", "redis 2.6", level="notice"),
            wording(
                "SYNC failed. BGSAVE failed", "redis 2.6", source="replication.c:updateSlavesWaitingBgsave"
            ),
            wording(
                "BGSAVE for replication failed",
                "redis 2.8+; valkey 7.2+",
                source="replication.c:startBgsaveForReplication",
            ),
            level="warning",
            roles="M,S",
            source="replication.c:syncCommand",
        ),
        message(
            "primary.full-sync.bgsave-no-replinfo",
            "this server, a replica not in sync itself, has no replication ID and offset to hand on",
            wording(
                "BGSAVE for replication: replication information not available, can't generate the RDB file right now. Try later.",
                "redis 4.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="replication.c:startBgsaveForReplication",
        ),
        message(
            "primary.full-sync.bgsave-child-error",
            "the snapshot's child process failed",
            wording("SYNC failed. BGSAVE child returned an error", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="replication.c:updateSlavesWaitingBgsave,replication.c:updateReplicasWaitingBgsave",
        ),
        message(
            "primary.full-sync.open-error",
            "the snapshot's file could not be opened",
            wording(
                "SYNC failed. Can't open/stat DB after BGSAVE: <error:errno>", "redis 2.6+; valkey 7.2-8.0"
            ),
            wording(
                "SYNC failed. Can't <step:open|stat> DB after BGSAVE: <error:errno>",
                "valkey 8.1+",
                source="replication.c:updateReplicasWaitingBgsave",
            ),
            level="warning",
            roles="M,S",
            source="replication.c:updateSlavesWaitingBgsave,replication.c:updateReplicasWaitingBgsave",
        ),
    )
