"""A full sync over two connections as the primary sees it: Valkey's dual channel and Redis's RDB channel."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.events.spellings import dual_channel
from redislog.values import Peer

_PRINTER = Printer("replication", "replication.c", level="notice", roles="M,S")


@event(_PRINTER, by="syncCommand")
class SecondChannelOffered(Event):
    """The primary cannot continue the replica's history, and asks it to open a second connection for the
    snapshot.

    Source: Redis 8.2+, Valkey 8.0+, ``replication.c:syncCommand``.
    """

    replica: Peer

    MESSAGES = (
        message("primary.dual-channel.offered")(
            "a full sync by dual channel is offered",
            *dual_channel(
                "Replica <replica:addr> is capable of dual channel synchronization, and partial sync isn't possible. Full sync will continue with dedicated RDB channel."
            ),
        ),
        message("primary.rdb-channel.offered")(
            "a full sync by RDB channel is offered",
            "redis 8.0+: Replica <replica:addr> is capable of rdb channel synchronization, and partial sync isn't possible. Full sync will continue with dedicated rdb channel.",
        ),
    )


@event(_PRINTER)
class ParallelTransferStarted(Event):
    """Snapshot and stream go side by side.

    ``replica`` is whom the primary serves, None in the replica's own line. Source: a running Redis 8.2.3.
    """

    replica: Peer | None = None

    MESSAGES = (
        message("replica.rdb-channel.parallel", roles="S", by="rdbChannelHandleFullresyncReply")(
            "the replica receives snapshot and stream side by side",
            "redis 8.0+: Starting to receive RDB and replication stream in parallel.",
        ),
        message("primary.rdb-channel.deliver-started", by="replicationSetupSlaveForFullResync")(
            "the primary sends snapshot and stream side by side",
            "redis 8.0+: Starting to deliver RDB and replication stream to replica: <replica:addr>",
        ),
    )


@event(_PRINTER, by="sendCurrentOffsetToReplica")
class RdbEndOffsetSent(Event):
    """The primary tells the replica up to which offset of the stream the snapshot reaches.

    ``client_id`` is the RDB connection's ID at the primary. Source: Valkey 8.0+,
    ``replication.c:sendCurrentOffsetToReplica``.
    """

    replica: Peer
    offset: int
    client_id: int

    MESSAGES = (
        message("primary.dual-channel.end-offset")(
            "the primary sends the snapshot's end offset",
            *dual_channel(
                "Sending to replica <replica:addr> RDB end offset <offset:offset> and client-id <client_id:int>"
            ),
        ),
    )


@event(_PRINTER, level="debug")
class RdbClientTracked(Event):
    """The primary's own record of an RDB connection whose replica has not asked for the stream yet.

    ``client_id`` is that connection's ID; ``tracking`` and ``block`` tell whether a part of the backlog is
    kept for it, ``seconds`` how long it is kept after its end. Source: Valkey 8.0+, ``replication.c``.
    """

    client_id: int
    replica: Peer | None = None
    seconds: int | None = None
    tracking: str | None = None
    block_: str | None = None

    MESSAGES = (
        message("primary.dual-channel.wait-psync-add", by="addRdbReplicaToPsyncWait")(
            "an RDB connection is recorded until its replica asks for the stream",
            *dual_channel(
                "Add rdb replica <replica:addr> to waiting psync, with cid <client_id:int>, <tracking:tracking repl-backlog tail|no repl-backlog to track> "
            ),
        ),
        message("primary.dual-channel.wait-psync-remove", by="removeReplicaFromPsyncWait")(
            "an RDB connection is taken off the record",
            *dual_channel(
                "Remove psync waiting replica <replica:addr> with cid <client_id:int>, repl buffer block <block:ref count decreased|doesn't exist>"
            ),
        ),
        message("primary.dual-channel.wait-psync-remove-rax", by="freeReplicaReferencedReplBuffer")(
            "an RDB connection is taken off the table of replicas",
            *dual_channel(
                "Remove psync waiting replica <replica:addr> with cid <client_id:int> from replicas rax."
            ),
        ),
        message(
            "primary.dual-channel.postpone-free",
            level="verbose",
            by="networking.c:freeClientsInAsyncFreeQueue",
        )(
            "an ended RDB connection is kept on record for a grace period",
            *dual_channel(
                "Postpone RDB client id=<client_id:int> (<replica:addr>) free for <seconds:int> seconds"
            ),
        ),
        message("primary.dual-channel.attach-block", by="backfillRdbReplicasToPsyncWait")(
            "a part of the backlog is kept for an RDB connection",
            *dual_channel("Attach replica rdb client <client_id:int> to repl buf block"),
        ),
    )


@event(_PRINTER, by="networking.c:freeClient")
class RdbChannelDisconnected(Event):
    """The RDB connection of a replica ended, well or not.

    Source: Valkey 8.0+, ``networking.c:freeClient``.
    """

    replica: Peer

    MESSAGES = (
        message("primary.dual-channel.rdb-disconnected")(
            "the RDB connection of a replica ended",
            *dual_channel("Replica <replica:addr> rdb channel disconnected."),
        ),
    )


@event(_PRINTER, by="networking.c:freeClientsInAsyncFreeQueue")
class MainChannelLate(Event):
    """The replica did not ask for the stream within the grace period; its full sync failed.

    ``client_id`` is the RDB connection's ID, ``seconds`` the period. Source: Valkey 8.0+,
    ``networking.c:freeClientsInAsyncFreeQueue``.
    """

    seconds: int
    client_id: int

    MESSAGES = (
        message("primary.dual-channel.grace-expired")(
            "the replica did not ask for the stream within the grace period",
            *dual_channel(
                "Replica main channel failed to establish PSYNC within the grace period (<seconds:int> seconds). Freeing RDB client <client_id:int>."
            ),
        ),
    )


@event(_PRINTER, level="warning", by="replicationSetupSlaveForFullResync")
class MainChannelMissing(Event):
    """A replica asks for the snapshot on its RDB channel, and has no main channel.

    Source: Redis 8.0+, ``replication.c:replicationSetupSlaveForFullResync``.
    """

    replica: Peer

    MESSAGES = (
        message("primary.rdb-channel.no-main")(
            "the replica has an RDB channel but no main channel",
            "redis 8.0+: Starting to deliver RDB to replica <replica:addr> but it has no associated main channel",
        ),
    )


@event(_PRINTER, by="replconfCommand")
class DualChannelIgnored(Event):
    """A replica offers dual channel, and this primary does not do it: its ``repl-diskless-sync`` is off.

    Source: Valkey 9.1+, ``replication.c:replconfCommand``.
    """

    MESSAGES = (
        message("primary.dual-channel.ignored")(
            "the replica offers dual channel, and this primary does disk-based syncs: one over one channel follows",
            "valkey 9.1+: Dual channel capability ignored: repl-diskless-sync disabled",
        ),
    )
