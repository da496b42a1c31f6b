"""What a primary says of the replicas that ask it for a sync, and of their links."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import Peer

_PRINTER = Printer("replication", "replication.c", level="notice", roles="M,S")


@event(_PRINTER, by="syncCommand")
class SyncRequested(Event):
    """A replica sent SYNC or PSYNC; the verdict, partial or full, follows.

    ``replica`` is None in the oldest releases, which do not name it. Source: Redis 2.6+,
    ``replication.c:syncCommand``.
    """

    replica: Peer | None = None

    MESSAGES = (
        message("primary.sync-requested")(
            "a replica asks for a sync",
            "redis 2.6 | redis 2.8.0, as -: Slave <ask|asks> for synchronization",
            "redis 2.8-4.0 | 5.0+: <Slave|Replica> <replica:addr> asks for synchronization",
        ),
    )


@event(_PRINTER, level="warning", by="syncCommand")
class SyncRequestInvalid(Event):
    """A replica sent PSYNC with an offset that is no number; the request is refused.

    Source: Redis 6.2+, ``replication.c:syncCommand``.
    """

    replica: Peer

    MESSAGES = (
        message("primary.sync-requested-wrong-offset")(
            "a replica asks for a sync with an offset that is no number",
            "6.2+: Replica <replica:addr> asks for synchronization but with a wrong offset",
        ),
    )


@event(_PRINTER, by="masterTryPartialResynchronization")
class FullResyncRequested(Event):
    """The replica itself asked for a full sync, as it knows no history (or, in 8.2, needs a snapshot on a
    connection of its own).

    ``channel`` is ``(rdb-channel)`` for the second connection of a sync in Redis 8.2, which carries the
    snapshot alone. Source: Redis 2.8+, ``replication.c:masterTryPartialResynchronization``.
    """

    replica: Peer | None = None
    channel: str | None = None

    MESSAGES = (
        message("primary.full-sync-requested")(
            "a replica asks for a full sync",
            "redis 2.8.0, as -: Full resync requested by slave.",
            "redis 2.8-4.0 | redis 5.0-7.4; valkey 7.2+, by {master,primary}TryPartialResynchronization: Full resync requested by <slave|replica> <replica:addr>",
            "redis 8.0+: Full resync requested by replica <replica:addr> <channel:|(rdb-channel)>",
        ),
    )


@event(_PRINTER, roles="-", by="masterTryPartialResynchronization")
class PartialSyncAccepted(Event):
    """The primary grants a partial sync.

    ``bytes`` of the backlog are sent, from ``offset`` of the replication stream. Source: Redis 2.8+,
    ``replication.c:masterTryPartialResynchronization``.
    """

    bytes: int
    offset: int
    replica: Peer | None = None

    MESSAGES = (
        message("primary.psync-accepted")(
            "the primary grants a partial sync",
            "redis 2.8.0: Partial resynchronization request accepted. Sending <bytes:int> bytes of backlog starting from offset <offset:offset>.",
            "2.8+, as M,S, by {master,primary}TryPartialResynchronization: Partial resynchronization request from <replica:addr> accepted. Sending <bytes:int> bytes of backlog starting from offset <offset:offset>.",
        ),
    )


@event(_PRINTER, by="masterTryPartialResynchronization")
class PartialSyncRefused(Event):
    """The primary cannot continue the stream where the replica asks; a full sync follows.

    ``requested`` is the ID that the replica named, ``replid`` and ``replid2`` are the primary's own
    (``runid`` before 4.0); ``offset`` is the byte of the stream asked for, ``max_offset`` the last one
    valid under the second ID. Source: Redis 2.8+, ``replication.c:masterTryPartialResynchronization``.
    """

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
        message("primary.psync-refused.id-mismatch")(
            "the replica names a replication ID that is not the primary's",
            "redis 2.8: Partial resynchronization not accepted: Runid mismatch (Client asked for '<requested:text>', I'm '<runid:runid>')",
            "redis 3.0-3.2: Partial resynchronization not accepted: Runid mismatch (Client asked for runid '<requested:text>', my runid is '<runid:runid>')",
            "redis 4.0 | 5.0+, by {master,primary}TryPartialResynchronization: Partial resynchronization not accepted: Replication ID mismatch (<Slave|Replica> asked for '<requested:text>', my replication IDs are '<replid:replid>' and '<replid2:replid>')",
        ),
        message("primary.psync-refused.second-id-offset", by="{master,primary}TryPartialResynchronization")(
            "the replica is past the point where the primary's two histories part",
            "4.0+: Partial resynchronization not accepted: Requested offset for second ID was <offset:offset>, but I can reply up to <max_offset:offset>",
        ),
        message("primary.psync-refused.backlog")(
            "the backlog does not hold the offset that the replica asks for",
            "redis 2.8.0, as -: Unable to partial resync with the slave for lack of backlog (Slave request was: <offset:offset>).",
            "redis 2.8-4.0 | redis 5.0+; valkey 7.2-8.1, by {master,primary}TryPartialResynchronization: Unable to partial resync with <slave|replica> <replica:addr> for lack of backlog (<Slave|Replica> request was: <offset:offset>).",
            "valkey 9.0+, by primaryTryPartialResynchronization: Unable to partial resync with replica <replica:addr> for lack of backlog (Replica request was: <replid:replid>:<offset:offset>).",
            "valkey 9.1+, by primaryTryPartialResynchronization: Unable to partial resync with replica <replica:addr> for lack of backlog (Replica request was <replid:replid>:<offset:offset>, and I can only reply with the range [<low:offset>, <high:offset>]).",
        ),
        message("primary.psync-refused.offset-ahead", level="warning")(
            "the replica's offset is greater than the primary's: their histories differ",
            "redis 2.8.0, as -: Warning: slave tried to PSYNC with an offset that is greater than the master replication offset.",
            "redis 2.8-4.0 | redis 5.0+; valkey 7.2: Warning: <slave|replica> <replica:addr> tried to PSYNC with an offset that is greater than the master replication offset.",
            "valkey 8.0-8.1, by primaryTryPartialResynchronization: Warning: replica <replica:addr> tried to PSYNC with an offset that is greater than the primary replication offset.",
            "valkey 9.1+, by primaryTryPartialResynchronization: Warning: replica <replica:addr> tried to PSYNC with an offset (<offset:offset>) that is greater than the primary replication offset (<max_offset:offset>)",
        ),
    )


@event(_PRINTER, by="sendBulkToSlave")
class ReplicaOnline(Event):
    """A replica has received the snapshot and now gets the stream; whether it can load it is not known here.

    Source: Redis 2.6+, ``replication.c:sendBulkToSlave``.
    """

    replica: Peer | None = None

    MESSAGES = (
        message("primary.replica-online")(
            "the replica has received the snapshot and gets the stream",
            "redis 2.6: Synchronization with slave succeeded",
            "redis 2.8-4.0, by putSlaveOnline | 5.0+, by {putSlave,replicaPut}Online: Synchronization with <slave|replica> <replica:addr> succeeded",
        ),
    )


@event(_PRINTER, level="warning", by="networking.c:freeClient")
class ReplicaLinkLost(Event):
    """The link to a replica is gone.

    ``replica`` is a `ClientId` where its socket was closed already. Source: Redis 2.8+,
    ``networking.c:freeClient``.
    """

    replica: Peer
    channel: str | None = ""

    MESSAGES = (
        message("primary.replica-link-lost")(
            "the link to a replica is gone",
            "redis 2.8-4.0: Connection with slave <replica:addr> lost.",
            "redis 5.0-7.4; valkey 7.2+, at warning[redis 5.0-7.0] notice[redis 7.2+; valkey 7.2+]: Connection with replica <replica:addr> lost.",
            "redis 8.0+, at notice: Connection with replica<channel:| (rdbchannel)> <replica:addr> lost.",
        ),
    )

    @property
    def rdb_channel(self) -> bool:
        """Whether it is the connection of the snapshot alone (Redis 8.2), which closes after each transfer."""
        return "(rdbchannel)" in self.message


@event(_PRINTER, level="warning", by="replicationCron")
class ReplicaTimedOut(Event):
    """A replica was silent for longer than ``repl-timeout``; the primary drops it.

    Source: Redis 2.8+, ``replication.c:replicationCron``.
    """

    replica: Peer

    MESSAGES = (
        message("primary.replica-timeout")(
            "an online replica acknowledged nothing for longer than repl-timeout",
            "redis 2.8.0, as -: Disconnecting timedout slave: <replica:addr>",
            "redis 2.8-4.0 | redis 5.0: Disconnecting timedout <slave|replica>: <replica:addr>",
            "6.0+: Disconnecting timedout replica (streaming sync): <replica:addr>",
        ),
        message("primary.replica-timeout-full-sync")(
            "a replica in a full sync was silent for longer than repl-timeout",
            "6.0+: Disconnecting timedout replica (full sync): <replica:addr>",
        ),
    )
