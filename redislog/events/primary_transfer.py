"""How a primary sends a snapshot to its replicas, from disk or straight from a child."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import Peer

_PRINTER = Printer("replication", "replication.c", level="warning", roles="M,S")


@event(_PRINTER, level="notice", by="rdb.c:rdbSaveToSlavesSockets")
class DisklessTransferStarted(Event):
    """A child was forked that writes the snapshot to sockets.

    ``child_pid`` is its process ID; ``route`` says whether it writes to the replica itself or through the
    server. Source: Redis 2.8+, ``rdb.c:rdbSaveToSlavesSockets``.
    """

    child_pid: int
    route: str | None = None
    checksum: str | None = ""

    MESSAGES = (
        message("primary.full-sync.diskless-started")(
            "the diskless snapshot's child is forked",
            "redis 2.8-7.4; valkey 7.2: Background RDB transfer started by pid <child_pid:pid>",
            "redis 8.0+: Background RDB transfer started by pid <child_pid:pid> to <route:replica socket|parent process pipe>",
            "valkey 8.0, by rdb.c:rdbSaveToReplicasSockets: Background RDB transfer started by pid <child_pid:pid> to <route:direct socket to replica|pipe through parent process>",
            "valkey 8.1+, by rdb.c:rdbSaveToReplicasSockets: Background RDB transfer started by pid <child_pid:pid> to <route:direct socket to replica|pipe through parent process><checksum:| while skipping RDB checksum for this transfer>",
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice")
class DisklessTransferFinished(Event):
    """The child that wrote the snapshot to sockets is done.

    ``replicas`` is the number of those still attached when its data was read to the end. Source: Redis
    2.8+, ``rdb.c:backgroundSaveDoneHandlerSocket``.
    """

    replicas: int | None = None

    MESSAGES = (
        message("primary.full-sync.diskless-pipe-done", by="rdbPipeReadHandler")(
            "the diskless snapshot was read to its end",
            "6.0+: Diskless rdb transfer, done reading from pipe, <replicas:int> replicas still up.",
        ),
        message("primary.full-sync.diskless-done")(
            "the diskless snapshot's child ended well",
            "2.8+, at notice, by rdb.c:backgroundSaveDoneHandlerSocket: Background RDB transfer terminated with success",
        ),
    )


@event(_PRINTER, by="rdb.c:backgroundSaveDoneHandlerSocket")
class DisklessTransferFailed(Event):
    """A diskless snapshot ended early, for all of its replicas.

    ``error`` is the system's text, ``signal`` the number of the signal that ended the child. Source: Redis
    2.8+, ``rdb.c``, ``replication.c:rdbPipeReadHandler``.
    """

    error: str | None = None
    signal: int | None = None

    MESSAGES = (
        message("primary.full-sync.diskless-error")(
            "the diskless snapshot's child failed",
            "redis 2.8+; valkey 7.2: Background transfer error",
            "valkey 8.0+: Background RDB transfer error",
        ),
        message("primary.full-sync.diskless-signal")(
            "the diskless snapshot's child was ended by a signal",
            "redis 2.8+; valkey 7.2: Background transfer terminated by signal <signal:int>",
            "valkey 8.0+: Background RDB transfer terminated by signal <signal:int>",
        ),
        message("primary.full-sync.diskless-no-replica")(
            "no replica is left, and the diskless snapshot's child is killed",
            "6.0+, at warning[redis 6.0+; valkey 7.2-8.0] notice[valkey 8.1+], by rdbPipeReadHandler: Diskless rdb transfer, last replica dropped, killing fork child.",
        ),
        message("primary.full-sync.diskless-read-error", by="rdbPipeReadHandler")(
            "the diskless snapshot could not be read from its child",
            "6.0+: Diskless rdb transfer, read error sending DB to replicas: <error:errno>",
        ),
    )


@event(_PRINTER, by="sendBulkToSlave")
class TransferFailed(Event):
    """The snapshot did not reach one replica, which is dropped.

    ``error`` is the system's text, ``reason`` the same or the server's own words. Source: Redis 2.6+,
    ``replication.c``, ``rdb.c``.
    """

    replica: Peer | None = None
    error: str | None = None
    reason: str | None = None
    offset: int | None = None

    MESSAGES = (
        message("primary.full-sync.read-error")(
            "the snapshot's file could not be read",
            "redis 2.6-4.0 | 5.0+, by sendBulkTo{Slave,Replica}: Read error sending DB to <slave|replica>: <reason:errno|premature EOF>",
        ),
        message("primary.full-sync.write-error", level="verbose[redis 2.6] warning[redis 2.8-4.0]")(
            "the connection broke while the snapshot was sent",
            "redis 2.6-4.0 | 5.0+, at warning, by sendBulkToSlave,rdbPipeWriteHandler,sendBulkToReplica: Write error sending DB to <slave|replica>: <error:errno>",
        ),
        message("primary.full-sync.write-error-preamble", level="verbose")(
            "the connection broke before the snapshot was sent",
            "redis 2.8-4.0 | 5.0+, at verbose until 6.2, then warning, by sendBulkTo{Slave,Replica}: Write error sending RDB preamble to <slave|replica>: <error:errno>",
        ),
        message("primary.full-sync.event-error", by="putSlaveOnline")(
            "the event loop refused the transfer's write handler",
            "redis 2.8-4.0 | redis 5.0-6.2: Unable to register writable event for <slave|replica> bulk transfer: <error:errno>",
        ),
        message("primary.full-sync.diskless-write-error", by="rdbPipeReadHandler")(
            "the connection broke during the diskless transfer",
            "6.0+: Diskless rdb transfer, write error sending DB to replica: <error:errno>",
        ),
        message("primary.full-sync.diskless-replica-failed", by="rdb.c:backgroundSaveDoneHandlerSocket")(
            "the diskless transfer failed for one replica",
            "redis 2.8-5.0: Closing slave <replica:addr>: child->slave RDB transfer failed: <reason:errno|RDB transfer child aborted>",
        ),
        message("primary.failed-to-lseek-the-rdb-file")(
            "the snapshot file could not be read from the wanted place on",
            "redis 8.2+: Failed to lseek the RDB file to offset <offset:int> for replica <replica:addr>: <error:errno>",
        ),
    )


@event(_PRINTER)
class TransferStreamed(Event):
    """A diskless snapshot was sent to one replica, which is online after its first acknowledgement.

    Up to 5.0 the child's own report comes first, as a warning although all is well. Source: Redis 2.8+,
    ``rdb.c:backgroundSaveDoneHandlerSocket``.
    """

    replica: Peer

    MESSAGES = (
        message("primary.full-sync.diskless-replica-ok", by="rdb.c:backgroundSaveDoneHandlerSocket")(
            "the child reports that the replica got all of the diskless snapshot",
            "redis 2.8-5.0: Slave <replica:addr> correctly received the streamed RDB file.",
        ),
        message("primary.full-sync.streamed", level="notice", by="updateSlavesWaitingBgsave")(
            "the diskless snapshot was sent, and the replica's first acknowledgement is awaited",
            "redis 2.8-4.0 | redis 5.0-7.0 | 7.2+, by update{Slaves,Replicas}WaitingBgsave: Streamed RDB transfer with <slave|replica|replica> <replica:addr> succeeded (socket). Waiting for REPLCONF ACK from <slave|slave|replica> to enable streaming",
        ),
    )


@event(_PRINTER, level="notice", by="putSlaveOnline")
class RdbOnlyTransferFinished(Event):
    """A client that wanted nothing but a snapshot, such as ``redis-cli --rdb``, has it.

    Source: Redis 6.2+, ``replication.c:putSlaveOnline``.
    """

    replica: Peer

    MESSAGES = (
        message("primary.full-sync.rdb-only-done")(
            "a client that wanted only a snapshot has it",
            "redis 6.2: Close the connection with replica <replica:addr> as RDB transfer is complete",
            "7.0+, by replicaPutOnline: RDB transfer completed, rdb only replica (<replica:addr>) should be disconnected asap",
        ),
    )


@event(_PRINTER, level="notice", by="freeClientReplicationData")
class DiskSnapshotDropped(Event):
    """No replica waits for the disk-based snapshot any more and no save points are set, so its child is killed.

    Source: Valkey 8.1+, ``replication.c:freeClientReplicationData``.
    """

    MESSAGES = (
        message("primary.full-sync.last-replica-dropped-disk")(
            "no replica waits for the disk-based snapshot any more, and its child is killed",
            "valkey 8.1+: Background saving, persistence disabled, last replica dropped, killing fork child.",
        ),
    )
