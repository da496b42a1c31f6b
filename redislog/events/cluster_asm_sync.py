"""Atomic slot migration of Redis 8.6+: how the destination gets keys and stream."""

from redislog.events.base import Event, event, message, wording


@event
class SlotSyncStep(Event):
    """A step of the import's own handshake, snapshot and stream.

    ``bytes`` wait or are the limit, ``offset`` was applied. Source: Redis 8.6+, ``cluster_asm.c:asmSyncWithSource`` and others.
    """

    CATEGORY = "cluster"

    node: str | None = None
    bytes: int | None = None
    offset: int | None = None

    MESSAGES = (
        message(
            "cluster.asm.rdb-channel-connection-to-source-node",
            "the second connection to the source is made",
            wording(
                "RDB channel connection to source node <node:nodeid> established, waiting for AUTH reply...",
                "redis 8.6+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmSyncWithSource",
        ),
        message(
            "cluster.asm.source-node-replied-to-auth-command",
            "the source accepted AUTH on the second connection",
            wording(
                "Source node replied to AUTH command, syncslots rdb channel operation can continue...",
                "redis 8.6+",
            ),
            wording(
                "Source node replied to AUTH command, syncslots can continue...",
                "redis 8.6+",
                source="cluster_asm.c:asmSyncWithSource",
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmRdbChannelSyncWithSource",
        ),
        message(
            "cluster.asm.source-node-replied-to-slotssnapshot-syncing",
            "the source will send the snapshot",
            wording(
                "Source node replied to SLOTSSNAPSHOT, syncing slots snapshot can continue...", "redis 8.6+"
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmRdbChannelSyncWithSource",
        ),
        message(
            "cluster.asm.source-node-replied-to-syncslots-conf",
            "the source accepted the terms",
            wording("Source node replied to SYNCSLOTS CONF command, syncslots can continue...", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmSyncWithSource",
        ),
        message(
            "cluster.asm.source-node-replied-to-syncslots-sync",
            "the source accepted the migration",
            wording("Source node replied to SYNCSLOTS SYNC, syncslots can continue...", "redis 8.6+"),
            wording(
                "Source node replied to SYNCSLOTS SYNC with -NOTREADY, will retry later...", "redis 8.6+"
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmSyncWithSource",
        ),
        message(
            "cluster.asm.received-an-empty-line-in-rdbchannel",
            "the snapshot will come later",
            wording(
                "Received an empty line in RDBCHANNEL reply, slots snapshot delivery will start later",
                "redis 8.6+",
            ),
            level="debug",
            roles="M,S",
            source="cluster_asm.c:asmRdbChannelSyncWithSource",
        ),
        message(
            "cluster.asm.rdb-channel-snapshot-transfer-completed-for",
            "the snapshot is complete",
            wording("RDB channel snapshot transfer completed for the import task.", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:clusterSyncSlotsSnapshotEOF",
        ),
        message(
            "cluster.asm.starting-to-stream-accumulated-buffer-for",
            "the stream that came during the snapshot is being applied",
            wording(
                "Starting to stream accumulated buffer for the import task (<bytes:int> bytes)", "redis 8.6+"
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmSyncBufferStreamToDb",
        ),
        message(
            "cluster.asm.successfully-streamed-accumulated-buffer-for-the",
            "the stream that came during the snapshot was applied",
            wording(
                "Successfully streamed accumulated buffer for the import task, applied offset: <offset:offset>",
                "redis 8.6+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmSyncBufferStreamToDb",
        ),
        message(
            "cluster.asm.cluster-syncslots-stream-eof-received-during",
            "the end of the stream came",
            wording("CLUSTER SYNCSLOTS STREAM-EOF received during streaming buffer", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:clusterSyncSlotsStreamEOF",
        ),
        message(
            "cluster.asm.cluster-syncslots-stream-eof-received-when",
            "the end of the stream came",
            wording("CLUSTER SYNCSLOTS STREAM-EOF received when waiting for STREAM-EOF", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:clusterSyncSlotsStreamEOF",
        ),
        message(
            "cluster.asm.slot-migration-command-stream-drained-sending",
            "all writes are sent, and the end of the stream follows",
            wording(
                "Slot migration command stream drained, sending STREAM-EOF to the destination", "redis 8.6+"
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:asmSendStreamEofIfDrained",
        ),
        message(
            "replica.slots-sync-buffer-limit-has-been",
            "the import's buffer for the stream is full",
            wording(
                "Slots sync buffer limit has been reached (<bytes:int> bytes), stopped buffering slots sync stream. Further accumulation may occur on source side.",
                "redis 8.6+",
            ),
            level="notice",
            roles="S",
            source="replication.c:replDataBufReadFromConn",
        ),
    )


@event
class SlotSyncLag(Event):
    """How far the destination has applied the stream, in bytes.

    Source: Redis 8.6+, ``cluster_asm.c:clusterSyncSlotsCommand``, ``cluster_asm.c:asmImportSendACK``.
    """

    CATEGORY = "cluster"

    offset: int
    threshold: int | None = None
    state: str | None = None
    known_offset: int | None = None
    source_offset: int | None = None

    MESSAGES = (
        message(
            "cluster.asm.the-applied-offset-lag-is-less",
            "the lag is small enough to pause writes",
            wording(
                "The applied offset lag <offset:offset> is less than the threshold <threshold:int>, pausing writes for slot handoff",
                "redis 8.6+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_asm.c:clusterSyncSlotsCommand",
        ),
        message(
            "cluster.asm.cluster-syncslots-ack-received-dest-state",
            "the destination reports how far it is",
            wording(
                "CLUSTER SYNCSLOTS ACK received, dest state: <state:word>, but offset <offset:offset> is less than the current dest offset <known_offset:offset>",
                "redis 8.6+",
            ),
            wording(
                "CLUSTER SYNCSLOTS ACK received, dest state: <state:word>, updated dest offset to <offset:offset>, source offset: <source_offset:offset>",
                "redis 8.6+",
                level="debug",
            ),
            level="warning",
            roles="M,S",
            source="cluster_asm.c:clusterSyncSlotsCommand",
        ),
        message(
            "cluster.asm.destination-node-applied-offset-is",
            "the destination says how far it is",
            wording("Destination node applied offset is <offset:offset>", "redis 8.6+"),
            level="debug",
            roles="M,S",
            source="cluster_asm.c:asmImportSendACK",
        ),
        message(
            "cluster.asm.yielding-sending-ack-during-streaming-buffer",
            "the destination says how far it is, while it applies what it kept",
            wording(
                "Yielding sending ACK during streaming buffer, applied offset: <offset:offset>", "redis 8.6+"
            ),
            level="debug",
            roles="M,S",
            source="cluster_asm.c:asmSyncBufferStreamYieldCallback",
        ),
    )


@event
class SlotSyncFailed(Event):
    """The import's connection to its source failed.

    Source: Redis 8.6+, ``cluster_asm.c:asmSyncWithSource`` and others.
    """

    CATEGORY = "cluster"

    error: str | None = None
    state: str | None = None

    MESSAGES = (
        message(
            "cluster.asm.unable-to-connect-to-the-source",
            "the source cannot be reached",
            wording("Unable to connect to the source node: <error:errno>", "redis 8.6+"),
            level="warning",
            roles="M,S",
            source="cluster_asm.c:asmSyncWithSource",
        ),
        message(
            "cluster.asm.source-node-did-not-respond-to",
            "the source did not answer",
            wording("Source node did not respond to command during SYNCSLOTS handshake", "redis 8.6+"),
            level="warning",
            roles="M,S",
            source="cluster_asm.c:asmSyncWithSource",
        ),
        message(
            "cluster.asm.failed-to-send-command-to-source",
            "a command could not be sent",
            wording("Failed to send command to source node: <error:text>", "redis 8.6+"),
            level="warning",
            roles="M,S",
            source="cluster_asm.c:asmSyncWithSource",
        ),
        message(
            "cluster.asm.error-sending-cluster-syncslots-ack",
            "a report could not be sent",
            wording("Error sending CLUSTER SYNCSLOTS ACK: <error:text>", "redis 8.6+"),
            level="warning",
            roles="M,S",
            source="cluster_asm.c:asmSyncBufferStreamYieldCallback",
        ),
        message(
            "cluster.asm.unexpected-cluster-syncslots-snapshot-eof-command",
            "the end of the snapshot came at a wrong time",
            wording(
                "Unexpected CLUSTER SYNCSLOTS SNAPSHOT-EOF command: rdb_channel_state=<state:word>",
                "redis 8.6+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_asm.c:clusterSyncSlotsSnapshotEOF",
        ),
        message(
            "cluster.asm.unexpected-cluster-syncslots-stream-eof-command",
            "the end of the stream came at a wrong time",
            wording("Unexpected CLUSTER SYNCSLOTS STREAM-EOF command", "redis 8.6+"),
            level="warning",
            roles="M,S",
            source="cluster_asm.c:clusterSyncSlotsStreamEOF",
        ),
        message(
            "cluster.asm.unexpected-cluster-syncslots-stream-eof-state",
            "the end of the stream came at a wrong time",
            wording("Unexpected CLUSTER SYNCSLOTS STREAM-EOF state: <state:word>", "redis 8.6+"),
            level="warning",
            roles="M,S",
            source="cluster_asm.c:clusterSyncSlotsStreamEOF",
        ),
    )
