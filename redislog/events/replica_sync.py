"""A full sync as the replica sees it: granted, received, written or parsed."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("replication", "replication.c", level="warning", roles="S")


@event(_PRINTER, level="notice", by="slaveTryPartialResynchronization")
class FullSyncGranted(Event):
    """The primary granted a full sync: its replication ID and the offset where the stream starts.

    ``offset`` counts bytes of the replication stream. A sync over Redis's RDB channel does not print it.
    Source: Redis 2.8+, ``replication.c:slaveTryPartialResynchronization``.
    """

    replid: str
    offset: int

    MESSAGES = (
        message("replica.full-sync-from-primary")(
            "the primary granted a full sync: its replication ID and start offset",
            "redis 2.8+; valkey 7.2 | valkey 8.0+, by replicaTryPartialResynchronization: Full resync from <master|primary>: <replid:replid>:<offset:offset>",
        ),
    )


@event(_PRINTER, level="notice", by="readSyncBulkPayload")
class Receiving(Event):
    """The snapshot begins to arrive.

    ``bytes`` is its size, None for a streamed one, whose size nobody knows yet; ``destination`` is ``to
    disk``, or ``to parser`` for a load straight from the socket. Source: Redis 2.6+,
    ``replication.c:readSyncBulkPayload``.
    """

    bytes: int | None = None
    destination: str | None = None

    MESSAGES = (
        message("replica.full-sync.receiving-bytes")(
            "a snapshot of known size arrives",
            "redis 2.6-4.0 | redis 5.0: MASTER <-> <SLAVE|REPLICA> sync: receiving <bytes:int> bytes from master",
            "redis 6.0+; valkey 7.2 | valkey 8.0-8.1: <MASTER|PRIMARY> <-> REPLICA sync: receiving <bytes:int> bytes from <master|primary> <destination:to parser|to disk>",
            "valkey 9.0+, by replicaReceiveRDBFromPrimaryToMemory: PRIMARY <-> REPLICA sync: receiving <bytes:int> bytes from primary <destination:to parser>",
            "valkey 9.0+, by replicaReceiveRDBFromPrimaryToDisk: Replica bio thread: PRIMARY <-> REPLICA sync: receiving <bytes:int> bytes from primary <destination:to disk>",
        ),
        message("replica.full-sync.receiving-streamed")(
            "a streamed snapshot arrives, its size not known",
            "redis 2.8-4.0 | redis 5.0: MASTER <-> <SLAVE|REPLICA> sync: receiving streamed RDB from master",
            "redis 6.0+; valkey 7.2 | valkey 8.0-8.1: <MASTER|PRIMARY> <-> REPLICA sync: receiving streamed RDB from <master|primary> with EOF <destination:to parser|to disk>",
            "valkey 9.0+, by replicaReceiveRDBFromPrimaryToMemory: PRIMARY <-> REPLICA sync: receiving streamed RDB from primary with EOF <destination:to parser>",
            "valkey 9.0+, by replicaReceiveRDBFromPrimaryToDisk: Replica bio thread: PRIMARY <-> REPLICA sync: receiving streamed RDB from primary with EOF <destination:to disk>",
        ),
    )


@event(_PRINTER, by="readSyncBulkPayload")
class FullSyncFailed(Event):
    """The replica gave up a full sync: the connection broke, the disk failed, or the snapshot could not be
    loaded.

    ``error`` is the primary's or the system's text, ``reason`` the same or the replica's own words,
    ``reply`` what came instead of a snapshot, ``filename`` the file or directory that was not written; up to
    5.0 the text says ``dump.rdb`` whatever its name. Source: Redis 2.6+,
    ``replication.c:readSyncBulkPayload``.
    """

    error: str | None = None
    reason: str | None = None
    reply: str | None = None
    filename: str | None = None

    MESSAGES = (
        message("replica.full-sync.tempfile-error", by="syncWithMaster")(
            "the temporary file could not be opened",
            "redis 2.6-4.0 | redis 5.0+; valkey 7.2 | valkey 8.0+, by syncWithPrimary: Opening the temp file needed for <MASTER|MASTER|PRIMARY> <-> <SLAVE|REPLICA|REPLICA> synchronization: <error:errno>",
        ),
        message("replica.full-sync.bulk-count-error")(
            "the connection broke before the snapshot's size came",
            "redis 2.6+; valkey 7.2 | valkey 8.0+: I/O error reading bulk count from <MASTER|PRIMARY>: <error:errno>",
        ),
        message("replica.full-sync.primary-error")(
            "the primary answered with an error instead of a snapshot",
            "redis 2.6+; valkey 7.2 | valkey 8.0+: <MASTER|PRIMARY> aborted replication with an error: <error:text>",
        ),
        message("replica.full-sync.bad-protocol")(
            "the peer sent no snapshot: it may be no such server",
            "redis 2.6: Bad protocol from MASTER, the first byte is not '$', are you sure the host and port are right?",
            "redis 2.8+; valkey 7.2 | valkey 8.0+: Bad protocol from <MASTER|PRIMARY>, the first byte is not '$' (we received '<reply:text>'), are you sure the host and port are right?",
        ),
        message("replica.full-sync.io-error")(
            "the connection broke during the transfer",
            "redis 2.6+; valkey 7.2 | valkey 8.0-8.1: I/O error trying to sync with <MASTER|PRIMARY>: <reason:errno|connection lost>",
            "valkey 9.0+, by tryReadBulkPayload: Replica bio thread: I/O error trying to sync with PRIMARY: <reason:errno|connection lost>",
        ),
        message("replica.full-sync.disk-write-error")(
            "the snapshot could not be written to disk",
            "redis 2.6-4.0: Write error or short write writing to the DB dump file needed for MASTER <-> SLAVE synchronization: <error:errno>",
            "redis 5.0+; valkey 7.2 | valkey 8.0-8.1: Write error or short write writing to the DB dump file needed for <MASTER|PRIMARY> <-> REPLICA synchronization: <reason:errno|short write>",
            "valkey 9.0+, by replicaReceiveRDBFromPrimaryToDisk: Replica bio thread: Write error or short write writing to the DB dump file needed for PRIMARY <-> REPLICA synchronization: <reason:errno|short write>",
        ),
        message("replica.full-sync.truncate-error")(
            "the end marker could not be cut off the received file",
            "redis 2.8+; valkey 7.2 | valkey 8.0-8.1: Error truncating the RDB file received from the <master|primary> for SYNC: <error:errno>",
            "valkey 9.0+, by replicaReceiveRDBFromPrimaryToDisk: Replica bio thread: Error truncating the RDB file received from the primary for SYNC: <error:errno>",
        ),
        message("replica.full-sync.fsync-error")(
            "the received file could not be flushed to disk",
            "redis 5.0+; valkey 7.2 | valkey 8.0+: Failed trying to sync the temp DB to disk in <MASTER|PRIMARY> <-> REPLICA synchronization: <error:errno>",
        ),
        message("replica.full-sync.fsync-dir-error")(
            "the directory of the received file could not be flushed to disk",
            "redis 7.0+; valkey 7.2 | valkey 8.0+: Failed trying to sync DB directory <filename:filename> in <MASTER|PRIMARY> <-> REPLICA synchronization: <error:errno>",
        ),
        message("replica.full-sync.rename-error")(
            "the received file could not be renamed",
            "redis 2.6-4.0 | redis 5.0: Failed trying to rename the temp DB into <filename:dump.rdb> in MASTER <-> <SLAVE|REPLICA> synchronization: <error:errno>",
            "redis 6.0+; valkey 7.2 | valkey 8.0+: Failed trying to rename the temp DB into <filename:filename> in <MASTER|PRIMARY> <-> REPLICA synchronization: <error:errno>",
        ),
        message("replica.full-sync.eof-broken")(
            "the end marker of the streamed snapshot is wrong",
            "6.0+: Replication stream EOF marker is broken",
        ),
        message("replica.full-sync.load-error-disk")(
            "the received file could not be loaded",
            "redis 2.6-6.2: Failed trying to load the MASTER synchronization DB from disk",
            "redis 7.0: Failed trying to load the MASTER synchronization DB from disk: <error:errno>",
            "redis 7.2+; valkey 7.2 | valkey 8.0+: Failed trying to load the <MASTER|PRIMARY> synchronization DB from disk, check server logs.",
        ),
        message("replica.full-sync.load-error-socket")(
            "the streamed snapshot could not be loaded",
            "redis 6.0, 7.0: Failed trying to load the MASTER synchronization DB from socket: <error:errno>",
            "redis 6.2: Failed trying to load the MASTER synchronization DB from socket",
            "redis 7.2+; valkey 7.2 | valkey 8.0+: Failed trying to load the <MASTER|PRIMARY> synchronization DB from socket, check server logs.",
        ),
        message("replica.full-sync.load-failed", by="replicaReceiveRDBFromPrimaryToMemory")(
            "the snapshot of the primary could not be loaded", "valkey 9.0+: Failed to load RDB"
        ),
        message("replica.full-sync.metadata-error", by="replicaReceiveRDBFromPrimaryToMemory")(
            "the announcement of the snapshot could not be read", "valkey 9.0+: Failed to read sync metadata"
        ),
    )
