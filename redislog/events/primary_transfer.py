"""How a primary sends a snapshot to its replicas, from disk or straight from a child."""

from redislog.events.base import Event, event, message, wording
from redislog.values import Peer


@event
class DisklessTransferStarted(Event):
    """A child was forked that writes the snapshot to sockets.

    ``child_pid`` is its process ID; ``route`` says whether it writes to the replica itself or through the
    server. Source: Redis 2.8+, ``rdb.c:rdbSaveToSlavesSockets``.
    """

    CATEGORY = "replication"

    child_pid: int
    route: str | None = None
    checksum: str | None = ""

    MESSAGES = (
        message(
            "primary.full-sync.diskless-started",
            "the diskless snapshot's child is forked",
            wording("Background RDB transfer started by pid <child_pid:pid>", "redis 2.8-7.4; valkey 7.2"),
            wording(
                "Background RDB transfer started by pid <child_pid:pid> to <route:replica socket|parent process pipe>",
                "redis 8.0+",
                source="rdb.c:rdbSaveToSlavesSockets",
            ),
            wording(
                "Background RDB transfer started by pid <child_pid:pid> to <route:direct socket to replica|pipe through parent process>",
                "valkey 8.0",
                source="rdb.c:rdbSaveToReplicasSockets",
            ),
            wording(
                "Background RDB transfer started by pid <child_pid:pid> to <route:direct socket to replica|pipe through parent process><checksum:| while skipping RDB checksum for this transfer>",
                "valkey 8.1+",
                source="rdb.c:rdbSaveToReplicasSockets",
            ),
            level="notice",
            roles="M,S",
            source="rdb.c:rdbSaveToSlavesSockets",
        ),
    )


@event
class DisklessTransferFinished(Event):
    """The child that wrote the snapshot to sockets is done.

    ``replicas`` is the number of those still attached when its data was read to the end. Source: Redis
    2.8+, ``rdb.c:backgroundSaveDoneHandlerSocket``.
    """

    CATEGORY = "replication"

    replicas: int | None = None

    MESSAGES = (
        message(
            "primary.full-sync.diskless-pipe-done",
            "the diskless snapshot was read to its end",
            wording(
                "Diskless rdb transfer, done reading from pipe, <replicas:int> replicas still up.",
                "redis 6.0+; valkey 7.2+",
            ),
            level="warning[redis 6.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="replication.c:rdbPipeReadHandler",
        ),
        message(
            "primary.full-sync.diskless-done",
            "the diskless snapshot's child ended well",
            wording("Background RDB transfer terminated with success", "redis 2.8+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="rdb.c:backgroundSaveDoneHandlerSocket",
        ),
    )


@event
class DisklessTransferFailed(Event):
    """A diskless snapshot ended early, for all of its replicas.

    ``error`` is the system's text, ``signal`` the number of the signal that ended the child. Source: Redis
    2.8+, ``rdb.c``, ``replication.c:rdbPipeReadHandler``.
    """

    CATEGORY = "replication"

    error: str | None = None
    signal: int | None = None

    MESSAGES = (
        message(
            "primary.full-sync.diskless-error",
            "the diskless snapshot's child failed",
            wording("Background transfer error", "redis 2.8+; valkey 7.2"),
            wording("Background RDB transfer error", "valkey 8.0+"),
            level="warning",
            roles="M,S",
            source="rdb.c:backgroundSaveDoneHandlerSocket",
        ),
        message(
            "primary.full-sync.diskless-signal",
            "the diskless snapshot's child was ended by a signal",
            wording("Background transfer terminated by signal <signal:int>", "redis 2.8+; valkey 7.2"),
            wording("Background RDB transfer terminated by signal <signal:int>", "valkey 8.0+"),
            level="warning",
            roles="M,S",
            source="rdb.c:backgroundSaveDoneHandlerSocket",
        ),
        message(
            "primary.full-sync.diskless-no-replica",
            "no replica is left, and the diskless snapshot's child is killed",
            wording(
                "Diskless rdb transfer, last replica dropped, killing fork child.",
                "redis 6.0+; valkey 7.2+",
                level="warning[redis 6.0+; valkey 7.2-8.0] notice[valkey 8.1+]",
            ),
            level="warning",
            roles="M,S",
            source="replication.c:rdbPipeReadHandler",
        ),
        message(
            "primary.full-sync.diskless-read-error",
            "the diskless snapshot could not be read from its child",
            wording(
                "Diskless rdb transfer, read error sending DB to replicas: <error:errno>",
                "redis 6.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="replication.c:rdbPipeReadHandler",
        ),
    )


@event
class TransferFailed(Event):
    """The snapshot did not reach one replica, which is dropped.

    ``error`` is the system's text, ``reason`` the same or the server's own words. Source: Redis 2.6+,
    ``replication.c``, ``rdb.c``.
    """

    CATEGORY = "replication"

    replica: Peer | None = None
    error: str | None = None
    reason: str | None = None
    offset: int | None = None

    MESSAGES = (
        message(
            "primary.full-sync.read-error",
            "the snapshot's file could not be read",
            wording("Read error sending DB to slave: <reason:errno|premature EOF>", "redis 2.6-4.0"),
            wording(
                "Read error sending DB to replica: <reason:errno|premature EOF>",
                "redis 5.0+; valkey 7.2+",
                source="replication.c:sendBulkToSlave,replication.c:sendBulkToReplica",
            ),
            level="warning",
            roles="M,S",
            source="replication.c:sendBulkToSlave",
        ),
        message(
            "primary.full-sync.write-error",
            "the connection broke while the snapshot was sent",
            wording("Write error sending DB to slave: <error:errno>", "redis 2.6-4.0"),
            wording(
                "Write error sending DB to replica: <error:errno>",
                "redis 5.0+; valkey 7.2+",
                level="warning",
                source="replication.c:sendBulkToSlave,replication.c:rdbPipeWriteHandler,replication.c:sendBulkToReplica",
            ),
            level="verbose[redis 2.6] warning[redis 2.8-4.0]",
            roles="M,S",
            source="replication.c:sendBulkToSlave",
        ),
        message(
            "primary.full-sync.write-error-preamble",
            "the connection broke before the snapshot was sent",
            wording("Write error sending RDB preamble to slave: <error:errno>", "redis 2.8-4.0"),
            wording(
                "Write error sending RDB preamble to replica: <error:errno>",
                "redis 5.0+; valkey 7.2+",
                level="verbose[redis 5.0-6.2] warning[redis 7.0+; valkey 7.2+]",
                source="replication.c:sendBulkToSlave,replication.c:sendBulkToReplica",
            ),
            level="verbose",
            roles="M,S",
            source="replication.c:sendBulkToSlave",
        ),
        message(
            "primary.full-sync.event-error",
            "the event loop refused the transfer's write handler",
            wording(
                "Unable to register writable event for slave bulk transfer: <error:errno>", "redis 2.8-4.0"
            ),
            wording(
                "Unable to register writable event for replica bulk transfer: <error:errno>", "redis 5.0-6.2"
            ),
            level="warning",
            roles="M,S",
            source="replication.c:putSlaveOnline",
        ),
        message(
            "primary.full-sync.diskless-write-error",
            "the connection broke during the diskless transfer",
            wording(
                "Diskless rdb transfer, write error sending DB to replica: <error:errno>",
                "redis 6.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="replication.c:rdbPipeReadHandler",
        ),
        message(
            "primary.full-sync.diskless-replica-failed",
            "the diskless transfer failed for one replica",
            wording(
                "Closing slave <replica:addr>: child->slave RDB transfer failed: <reason:errno|RDB transfer child aborted>",
                "redis 2.8-5.0",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:backgroundSaveDoneHandlerSocket",
        ),
        message(
            "primary.failed-to-lseek-the-rdb-file",
            "the snapshot file could not be read from the wanted place on",
            wording(
                "Failed to lseek the RDB file to offset <offset:int> for replica <replica:addr>: <error:errno>",
                "redis 8.2+",
            ),
            level="warning",
            roles="M,S",
            source="replication.c:sendBulkToSlave",
        ),
    )


@event
class TransferStreamed(Event):
    """A diskless snapshot was sent to one replica, which is online after its first acknowledgement.

    Up to 5.0 the child's own report comes first, as a warning although all is well. Source: Redis 2.8+,
    ``rdb.c:backgroundSaveDoneHandlerSocket``.
    """

    CATEGORY = "replication"

    replica: Peer

    MESSAGES = (
        message(
            "primary.full-sync.diskless-replica-ok",
            "the child reports that the replica got all of the diskless snapshot",
            wording("Slave <replica:addr> correctly received the streamed RDB file.", "redis 2.8-5.0"),
            level="warning",
            roles="M,S",
            source="rdb.c:backgroundSaveDoneHandlerSocket",
        ),
        message(
            "primary.full-sync.streamed",
            "the diskless snapshot was sent, and the replica's first acknowledgement is awaited",
            wording(
                "Streamed RDB transfer with slave <replica:addr> succeeded (socket). Waiting for REPLCONF ACK from slave to enable streaming",
                "redis 2.8-4.0",
            ),
            wording(
                "Streamed RDB transfer with replica <replica:addr> succeeded (socket). Waiting for REPLCONF ACK from slave to enable streaming",
                "redis 5.0-7.0",
            ),
            wording(
                "Streamed RDB transfer with replica <replica:addr> succeeded (socket). Waiting for REPLCONF ACK from replica to enable streaming",
                "redis 7.2+; valkey 7.2+",
                source="replication.c:updateSlavesWaitingBgsave,replication.c:updateReplicasWaitingBgsave",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:updateSlavesWaitingBgsave",
        ),
    )


@event
class RdbOnlyTransferFinished(Event):
    """A client that wanted nothing but a snapshot, such as ``redis-cli --rdb``, has it.

    Source: Redis 6.2+, ``replication.c:putSlaveOnline``.
    """

    CATEGORY = "replication"

    replica: Peer

    MESSAGES = (
        message(
            "primary.full-sync.rdb-only-done",
            "a client that wanted only a snapshot has it",
            wording(
                "Close the connection with replica <replica:addr> as RDB transfer is complete", "redis 6.2"
            ),
            wording(
                "RDB transfer completed, rdb only replica (<replica:addr>) should be disconnected asap",
                "redis 7.0+; valkey 7.2+",
                source="replication.c:replicaPutOnline",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:putSlaveOnline",
        ),
    )


@event
class DiskSnapshotDropped(Event):
    """No replica waits for the disk-based snapshot any more and no save points are set, so its child is killed.

    Source: Valkey 8.1+, ``replication.c:freeClientReplicationData``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "primary.full-sync.last-replica-dropped-disk",
            "no replica waits for the disk-based snapshot any more, and its child is killed",
            wording(
                "Background saving, persistence disabled, last replica dropped, killing fork child.",
                "valkey 8.1+",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:freeClientReplicationData",
        ),
    )
