"""A full sync as the replica sees it: granted, received, written or parsed."""

from redislog.events.base import Event, event, message, wording


@event
class FullSyncGranted(Event):
    """The primary granted a full sync: its replication ID and the offset where the stream starts.

    ``offset`` counts bytes of the replication stream. A sync over Redis's RDB channel does not print it.
    Source: Redis 2.8+, ``replication.c:slaveTryPartialResynchronization``.
    """

    CATEGORY = "replication"

    replid: str
    offset: int

    MESSAGES = (
        message(
            "replica.full-sync-from-primary",
            "the primary granted a full sync: its replication ID and start offset",
            wording("Full resync from master: <replid:replid>:<offset:offset>", "redis 2.8+; valkey 7.2"),
            wording(
                "Full resync from primary: <replid:replid>:<offset:offset>",
                "valkey 8.0+",
                source="replication.c:replicaTryPartialResynchronization",
            ),
            level="notice",
            roles="S",
            source="replication.c:slaveTryPartialResynchronization",
        ),
    )


@event
class Receiving(Event):
    """The snapshot begins to arrive.

    ``bytes`` is its size, None for a streamed one, whose size nobody knows yet; ``destination`` is ``to
    disk``, or ``to parser`` for a load straight from the socket. Source: Redis 2.6+,
    ``replication.c:readSyncBulkPayload``.
    """

    CATEGORY = "replication"

    bytes: int | None = None
    destination: str | None = None

    MESSAGES = (
        message(
            "replica.full-sync.receiving-bytes",
            "a snapshot of known size arrives",
            wording("MASTER <-> SLAVE sync: receiving <bytes:int> bytes from master", "redis 2.6-4.0"),
            wording("MASTER <-> REPLICA sync: receiving <bytes:int> bytes from master", "redis 5.0"),
            wording(
                "MASTER <-> REPLICA sync: receiving <bytes:int> bytes from master <destination:to parser|to disk>",
                "redis 6.0+; valkey 7.2",
            ),
            wording(
                "PRIMARY <-> REPLICA sync: receiving <bytes:int> bytes from primary <destination:to parser|to disk>",
                "valkey 8.0-8.1",
            ),
            wording(
                "PRIMARY <-> REPLICA sync: receiving <bytes:int> bytes from primary <destination:to parser>",
                "valkey 9.0+",
                source="replication.c:replicaReceiveRDBFromPrimaryToMemory",
            ),
            wording(
                "Replica bio thread: PRIMARY <-> REPLICA sync: receiving <bytes:int> bytes from primary <destination:to disk>",
                "valkey 9.0+",
                source="replication.c:replicaReceiveRDBFromPrimaryToDisk",
            ),
            level="notice",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.receiving-streamed",
            "a streamed snapshot arrives, its size not known",
            wording("MASTER <-> SLAVE sync: receiving streamed RDB from master", "redis 2.8-4.0"),
            wording("MASTER <-> REPLICA sync: receiving streamed RDB from master", "redis 5.0"),
            wording(
                "MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF <destination:to parser|to disk>",
                "redis 6.0+; valkey 7.2",
            ),
            wording(
                "PRIMARY <-> REPLICA sync: receiving streamed RDB from primary with EOF <destination:to parser|to disk>",
                "valkey 8.0-8.1",
            ),
            wording(
                "PRIMARY <-> REPLICA sync: receiving streamed RDB from primary with EOF <destination:to parser>",
                "valkey 9.0+",
                source="replication.c:replicaReceiveRDBFromPrimaryToMemory",
            ),
            wording(
                "Replica bio thread: PRIMARY <-> REPLICA sync: receiving streamed RDB from primary with EOF <destination:to disk>",
                "valkey 9.0+",
                source="replication.c:replicaReceiveRDBFromPrimaryToDisk",
            ),
            level="notice",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
    )


@event
class FullSyncFailed(Event):
    """The replica gave up a full sync: the connection broke, the disk failed, or the snapshot could not be
    loaded.

    ``error`` is the primary's or the system's text, ``reason`` the same or the replica's own words,
    ``reply`` what came instead of a snapshot, ``filename`` the file or directory that was not written; up to
    5.0 the text says ``dump.rdb`` whatever its name. Source: Redis 2.6+,
    ``replication.c:readSyncBulkPayload``.
    """

    CATEGORY = "replication"

    error: str | None = None
    reason: str | None = None
    reply: str | None = None
    filename: str | None = None

    MESSAGES = (
        message(
            "replica.full-sync.tempfile-error",
            "the temporary file could not be opened",
            wording(
                "Opening the temp file needed for MASTER <-> SLAVE synchronization: <error:errno>",
                "redis 2.6-4.0",
            ),
            wording(
                "Opening the temp file needed for MASTER <-> REPLICA synchronization: <error:errno>",
                "redis 5.0+; valkey 7.2",
            ),
            wording(
                "Opening the temp file needed for PRIMARY <-> REPLICA synchronization: <error:errno>",
                "valkey 8.0+",
                source="replication.c:syncWithPrimary",
            ),
            level="warning",
            roles="S",
            source="replication.c:syncWithMaster",
        ),
        message(
            "replica.full-sync.bulk-count-error",
            "the connection broke before the snapshot's size came",
            wording("I/O error reading bulk count from MASTER: <error:errno>", "redis 2.6+; valkey 7.2"),
            wording("I/O error reading bulk count from PRIMARY: <error:errno>", "valkey 8.0+"),
            level="warning",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.primary-error",
            "the primary answered with an error instead of a snapshot",
            wording("MASTER aborted replication with an error: <error:text>", "redis 2.6+; valkey 7.2"),
            wording("PRIMARY aborted replication with an error: <error:text>", "valkey 8.0+"),
            level="warning",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.bad-protocol",
            "the peer sent no snapshot: it may be no such server",
            wording(
                "Bad protocol from MASTER, the first byte is not '$', are you sure the host and port are right?",
                "redis 2.6",
            ),
            wording(
                "Bad protocol from MASTER, the first byte is not '$' (we received '<reply:text>'), are you sure the host and port are right?",
                "redis 2.8+; valkey 7.2",
            ),
            wording(
                "Bad protocol from PRIMARY, the first byte is not '$' (we received '<reply:text>'), are you sure the host and port are right?",
                "valkey 8.0+",
            ),
            level="warning",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.io-error",
            "the connection broke during the transfer",
            wording(
                "I/O error trying to sync with MASTER: <reason:errno|connection lost>",
                "redis 2.6+; valkey 7.2",
            ),
            wording(
                "I/O error trying to sync with PRIMARY: <reason:errno|connection lost>", "valkey 8.0-8.1"
            ),
            wording(
                "Replica bio thread: I/O error trying to sync with PRIMARY: <reason:errno|connection lost>",
                "valkey 9.0+",
                source="replication.c:tryReadBulkPayload",
            ),
            level="warning",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.disk-write-error",
            "the snapshot could not be written to disk",
            wording(
                "Write error or short write writing to the DB dump file needed for MASTER <-> SLAVE synchronization: <error:errno>",
                "redis 2.6-4.0",
            ),
            wording(
                "Write error or short write writing to the DB dump file needed for MASTER <-> REPLICA synchronization: <reason:errno|short write>",
                "redis 5.0+; valkey 7.2",
            ),
            wording(
                "Write error or short write writing to the DB dump file needed for PRIMARY <-> REPLICA synchronization: <reason:errno|short write>",
                "valkey 8.0-8.1",
            ),
            wording(
                "Replica bio thread: Write error or short write writing to the DB dump file needed for PRIMARY <-> REPLICA synchronization: <reason:errno|short write>",
                "valkey 9.0+",
                source="replication.c:replicaReceiveRDBFromPrimaryToDisk",
            ),
            level="warning",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.truncate-error",
            "the end marker could not be cut off the received file",
            wording(
                "Error truncating the RDB file received from the master for SYNC: <error:errno>",
                "redis 2.8+; valkey 7.2",
            ),
            wording(
                "Error truncating the RDB file received from the primary for SYNC: <error:errno>",
                "valkey 8.0-8.1",
            ),
            wording(
                "Replica bio thread: Error truncating the RDB file received from the primary for SYNC: <error:errno>",
                "valkey 9.0+",
                source="replication.c:replicaReceiveRDBFromPrimaryToDisk",
            ),
            level="warning",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.fsync-error",
            "the received file could not be flushed to disk",
            wording(
                "Failed trying to sync the temp DB to disk in MASTER <-> REPLICA synchronization: <error:errno>",
                "redis 5.0+; valkey 7.2",
            ),
            wording(
                "Failed trying to sync the temp DB to disk in PRIMARY <-> REPLICA synchronization: <error:errno>",
                "valkey 8.0+",
            ),
            level="warning",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.fsync-dir-error",
            "the directory of the received file could not be flushed to disk",
            wording(
                "Failed trying to sync DB directory <filename:filename> in MASTER <-> REPLICA synchronization: <error:errno>",
                "redis 7.0+; valkey 7.2",
            ),
            wording(
                "Failed trying to sync DB directory <filename:filename> in PRIMARY <-> REPLICA synchronization: <error:errno>",
                "valkey 8.0+",
            ),
            level="warning",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.rename-error",
            "the received file could not be renamed",
            wording(
                "Failed trying to rename the temp DB into <filename:dump.rdb> in MASTER <-> SLAVE synchronization: <error:errno>",
                "redis 2.6-4.0",
            ),
            wording(
                "Failed trying to rename the temp DB into <filename:dump.rdb> in MASTER <-> REPLICA synchronization: <error:errno>",
                "redis 5.0",
            ),
            wording(
                "Failed trying to rename the temp DB into <filename:filename> in MASTER <-> REPLICA synchronization: <error:errno>",
                "redis 6.0+; valkey 7.2",
            ),
            wording(
                "Failed trying to rename the temp DB into <filename:filename> in PRIMARY <-> REPLICA synchronization: <error:errno>",
                "valkey 8.0+",
            ),
            level="warning",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.eof-broken",
            "the end marker of the streamed snapshot is wrong",
            wording("Replication stream EOF marker is broken", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.load-error-disk",
            "the received file could not be loaded",
            wording("Failed trying to load the MASTER synchronization DB from disk", "redis 2.6-6.2"),
            wording(
                "Failed trying to load the MASTER synchronization DB from disk: <error:errno>", "redis 7.0"
            ),
            wording(
                "Failed trying to load the MASTER synchronization DB from disk, check server logs.",
                "redis 7.2+; valkey 7.2",
            ),
            wording(
                "Failed trying to load the PRIMARY synchronization DB from disk, check server logs.",
                "valkey 8.0+",
            ),
            level="warning",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.load-error-socket",
            "the streamed snapshot could not be loaded",
            wording(
                "Failed trying to load the MASTER synchronization DB from socket: <error:errno>",
                "redis 6.0, 7.0",
            ),
            wording("Failed trying to load the MASTER synchronization DB from socket", "redis 6.2"),
            wording(
                "Failed trying to load the MASTER synchronization DB from socket, check server logs.",
                "redis 7.2+; valkey 7.2",
            ),
            wording(
                "Failed trying to load the PRIMARY synchronization DB from socket, check server logs.",
                "valkey 8.0+",
            ),
            level="warning",
            roles="S",
            source="replication.c:readSyncBulkPayload",
        ),
        message(
            "replica.full-sync.load-failed",
            "the snapshot of the primary could not be loaded",
            wording("Failed to load RDB", "valkey 9.0+"),
            level="warning",
            roles="S",
            source="replication.c:replicaReceiveRDBFromPrimaryToMemory",
        ),
        message(
            "replica.full-sync.metadata-error",
            "the announcement of the snapshot could not be read",
            wording("Failed to read sync metadata", "valkey 9.0+"),
            level="warning",
            roles="S",
            source="replication.c:replicaReceiveRDBFromPrimaryToMemory",
        ),
    )
