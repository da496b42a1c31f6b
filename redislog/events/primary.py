"""What a primary says of the replicas that ask it for a sync, and of their links."""

from redislog.events.base import Event, event, message, wording
from redislog.values import Peer


@event
class SyncRequested(Event):
    """A replica sent SYNC or PSYNC; the verdict, partial or full, follows.

    ``replica`` is None in the oldest releases, which do not name it. Source: Redis 2.6+,
    ``replication.c:syncCommand``.
    """

    CATEGORY = "replication"

    replica: Peer | None = None

    MESSAGES = (
        message(
            "primary.sync-requested",
            "a replica asks for a sync",
            wording("Slave ask for synchronization", "redis 2.6"),
            wording("Slave asks for synchronization", "redis 2.8.0", roles="-"),
            wording("Slave <replica:addr> asks for synchronization", "redis 2.8-4.0"),
            wording("Replica <replica:addr> asks for synchronization", "redis 5.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="replication.c:syncCommand",
        ),
    )


@event
class SyncRequestInvalid(Event):
    """A replica sent PSYNC with an offset that is no number; the request is refused.

    Source: Redis 6.2+, ``replication.c:syncCommand``.
    """

    CATEGORY = "replication"

    replica: Peer

    MESSAGES = (
        message(
            "primary.sync-requested-wrong-offset",
            "a replica asks for a sync with an offset that is no number",
            wording(
                "Replica <replica:addr> asks for synchronization but with a wrong offset",
                "redis 6.2+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="replication.c:syncCommand",
        ),
    )


@event
class FullResyncRequested(Event):
    """The replica itself asked for a full sync, as it knows no history (or, in 8.2, needs a snapshot on a
    connection of its own).

    ``channel`` is ``(rdb-channel)`` for the second connection of a sync in Redis 8.2, which carries the
    snapshot alone. Source: Redis 2.8+, ``replication.c:masterTryPartialResynchronization``.
    """

    CATEGORY = "replication"

    replica: Peer | None = None
    channel: str | None = None

    MESSAGES = (
        message(
            "primary.full-sync-requested",
            "a replica asks for a full sync",
            wording("Full resync requested by slave.", "redis 2.8.0", roles="-"),
            wording("Full resync requested by slave <replica:addr>", "redis 2.8-4.0"),
            wording(
                "Full resync requested by replica <replica:addr>",
                "redis 5.0-7.4; valkey 7.2+",
                source="replication.c:masterTryPartialResynchronization,replication.c:primaryTryPartialResynchronization",
            ),
            wording(
                "Full resync requested by replica <replica:addr> <channel:|(rdb-channel)>",
                "redis 8.0+",
                source="replication.c:masterTryPartialResynchronization",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:masterTryPartialResynchronization",
        ),
    )


@event
class PartialSyncAccepted(Event):
    """The primary grants a partial sync.

    ``bytes`` of the backlog are sent, from ``offset`` of the replication stream. Source: Redis 2.8+,
    ``replication.c:masterTryPartialResynchronization``.
    """

    CATEGORY = "replication"

    bytes: int
    offset: int
    replica: Peer | None = None

    MESSAGES = (
        message(
            "primary.psync-accepted",
            "the primary grants a partial sync",
            wording(
                "Partial resynchronization request accepted. Sending <bytes:int> bytes of backlog starting from offset <offset:offset>.",
                "redis 2.8.0",
            ),
            wording(
                "Partial resynchronization request from <replica:addr> accepted. Sending <bytes:int> bytes of backlog starting from offset <offset:offset>.",
                "redis 2.8+; valkey 7.2+",
                roles="M,S",
                source="replication.c:masterTryPartialResynchronization,replication.c:primaryTryPartialResynchronization",
            ),
            level="notice",
            roles="-",
            source="replication.c:masterTryPartialResynchronization",
        ),
    )


@event
class PartialSyncRefused(Event):
    """The primary cannot continue the stream where the replica asks; a full sync follows.

    ``requested`` is the ID that the replica named, ``replid`` and ``replid2`` are the primary's own
    (``runid`` before 4.0); ``offset`` is the byte of the stream asked for, ``max_offset`` the last one
    valid under the second ID. Source: Redis 2.8+, ``replication.c:masterTryPartialResynchronization``.
    """

    CATEGORY = "replication"

    replica: Peer | None = None
    requested: str | None = None
    runid: str | None = None
    replid: str | None = None
    replid2: str | None = None
    offset: int | None = None
    max_offset: int | None = None
    low: int | None = None
    high: int | None = None

    MESSAGES = (
        message(
            "primary.psync-refused.id-mismatch",
            "the replica names a replication ID that is not the primary's",
            wording(
                "Partial resynchronization not accepted: Runid mismatch (Client asked for '<requested:text>', I'm '<runid:runid>')",
                "redis 2.8",
            ),
            wording(
                "Partial resynchronization not accepted: Runid mismatch (Client asked for runid '<requested:text>', my runid is '<runid:runid>')",
                "redis 3.0-3.2",
            ),
            wording(
                "Partial resynchronization not accepted: Replication ID mismatch (Slave asked for '<requested:text>', my replication IDs are '<replid:replid>' and '<replid2:replid>')",
                "redis 4.0",
            ),
            wording(
                "Partial resynchronization not accepted: Replication ID mismatch (Replica asked for '<requested:text>', my replication IDs are '<replid:replid>' and '<replid2:replid>')",
                "redis 5.0+; valkey 7.2+",
                source="replication.c:masterTryPartialResynchronization,replication.c:primaryTryPartialResynchronization",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:masterTryPartialResynchronization",
        ),
        message(
            "primary.psync-refused.second-id-offset",
            "the replica is past the point where the primary's two histories part",
            wording(
                "Partial resynchronization not accepted: Requested offset for second ID was <offset:offset>, but I can reply up to <max_offset:offset>",
                "redis 4.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:masterTryPartialResynchronization,replication.c:primaryTryPartialResynchronization",
        ),
        message(
            "primary.psync-refused.backlog",
            "the backlog does not hold the offset that the replica asks for",
            wording(
                "Unable to partial resync with the slave for lack of backlog (Slave request was: <offset:offset>).",
                "redis 2.8.0",
                roles="-",
            ),
            wording(
                "Unable to partial resync with slave <replica:addr> for lack of backlog (Slave request was: <offset:offset>).",
                "redis 2.8-4.0",
            ),
            wording(
                "Unable to partial resync with replica <replica:addr> for lack of backlog (Replica request was: <offset:offset>).",
                "redis 5.0+; valkey 7.2-8.1",
                source="replication.c:masterTryPartialResynchronization,replication.c:primaryTryPartialResynchronization",
            ),
            wording(
                "Unable to partial resync with replica <replica:addr> for lack of backlog (Replica request was: <replid:replid>:<offset:offset>).",
                "valkey 9.0+",
                source="replication.c:primaryTryPartialResynchronization",
            ),
            wording(
                "Unable to partial resync with replica <replica:addr> for lack of backlog (Replica request was <replid:replid>:<offset:offset>, and I can only reply with the range [<low:offset>, <high:offset>]).",
                "valkey 9.1+",
                source="replication.c:primaryTryPartialResynchronization",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:masterTryPartialResynchronization",
        ),
        message(
            "primary.psync-refused.offset-ahead",
            "the replica's offset is greater than the primary's: their histories differ",
            wording(
                "Warning: slave tried to PSYNC with an offset that is greater than the master replication offset.",
                "redis 2.8.0",
                roles="-",
            ),
            wording(
                "Warning: slave <replica:addr> tried to PSYNC with an offset that is greater than the master replication offset.",
                "redis 2.8-4.0",
            ),
            wording(
                "Warning: replica <replica:addr> tried to PSYNC with an offset that is greater than the master replication offset.",
                "redis 5.0+; valkey 7.2",
            ),
            wording(
                "Warning: replica <replica:addr> tried to PSYNC with an offset that is greater than the primary replication offset.",
                "valkey 8.0-8.1",
                source="replication.c:primaryTryPartialResynchronization",
            ),
            wording(
                "Warning: replica <replica:addr> tried to PSYNC with an offset (<offset:offset>) that is greater than the primary replication offset (<max_offset:offset>)",
                "valkey 9.1+",
                source="replication.c:primaryTryPartialResynchronization",
            ),
            level="warning",
            roles="M,S",
            source="replication.c:masterTryPartialResynchronization",
        ),
    )


@event
class ReplicaOnline(Event):
    """A replica has received the snapshot and now gets the stream; whether it can load it is not known here.

    Source: Redis 2.6+, ``replication.c:sendBulkToSlave``.
    """

    CATEGORY = "replication"

    replica: Peer | None = None

    MESSAGES = (
        message(
            "primary.replica-online",
            "the replica has received the snapshot and gets the stream",
            wording("Synchronization with slave succeeded", "redis 2.6"),
            wording(
                "Synchronization with slave <replica:addr> succeeded",
                "redis 2.8-4.0",
                source="replication.c:putSlaveOnline",
            ),
            wording(
                "Synchronization with replica <replica:addr> succeeded",
                "redis 5.0+; valkey 7.2+",
                source="replication.c:putSlaveOnline,replication.c:replicaPutOnline",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:sendBulkToSlave",
        ),
    )


@event
class ReplicaLinkLost(Event):
    """The link to a replica is gone.

    ``replica`` is a `ClientId` where its socket was closed already. Source: Redis 2.8+,
    ``networking.c:freeClient``.
    """

    CATEGORY = "replication"

    replica: Peer
    channel: str | None = ""

    MESSAGES = (
        message(
            "primary.replica-link-lost",
            "the link to a replica is gone",
            wording("Connection with slave <replica:addr> lost.", "redis 2.8-4.0"),
            wording(
                "Connection with replica <replica:addr> lost.",
                "redis 5.0-7.4; valkey 7.2+",
                level="warning[redis 5.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            ),
            wording(
                "Connection with replica<channel:| (rdbchannel)> <replica:addr> lost.",
                "redis 8.0+",
                level="notice",
            ),
            level="warning",
            roles="M,S",
            source="networking.c:freeClient",
        ),
    )

    @property
    def rdb_channel(self) -> bool:
        """Whether it is the connection of the snapshot alone (Redis 8.2), which closes after each transfer."""
        return "(rdbchannel)" in self.message


@event
class ReplicaTimedOut(Event):
    """A replica was silent for longer than ``repl-timeout``; the primary drops it.

    Source: Redis 2.8+, ``replication.c:replicationCron``.
    """

    CATEGORY = "replication"

    replica: Peer

    MESSAGES = (
        message(
            "primary.replica-timeout",
            "an online replica acknowledged nothing for longer than repl-timeout",
            wording("Disconnecting timedout slave: <replica:addr>", "redis 2.8.0", roles="-"),
            wording("Disconnecting timedout slave: <replica:addr>", "redis 2.8-4.0"),
            wording("Disconnecting timedout replica: <replica:addr>", "redis 5.0"),
            wording(
                "Disconnecting timedout replica (streaming sync): <replica:addr>",
                "redis 6.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="replication.c:replicationCron",
        ),
        message(
            "primary.replica-timeout-full-sync",
            "a replica in a full sync was silent for longer than repl-timeout",
            wording("Disconnecting timedout replica (full sync): <replica:addr>", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="replication.c:replicationCron",
        ),
    )
