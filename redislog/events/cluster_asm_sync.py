"""Atomic slot migration of Redis 8.6+: how the destination gets keys and stream."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("cluster", "cluster_asm.c", level="notice", roles="M,S")


@event(_PRINTER, by="asmSyncWithSource")
class SlotSyncStep(Event):
    """A step of the import's own handshake, snapshot and stream.

    ``bytes`` wait or are the limit, ``offset`` was applied. Source: Redis 8.6+, ``cluster_asm.c:asmSyncWithSource`` and others.
    """

    node: str | None = None
    bytes: int | None = None
    offset: int | None = None

    MESSAGES = (
        message("cluster.asm.rdb-channel-connection-to-source-node")(
            "the second connection to the source is made",
            "redis 8.6+: RDB channel connection to source node <node:nodeid> established, waiting for AUTH reply...",
        ),
        message("cluster.asm.source-node-replied-to-auth-command", by="asmRdbChannelSyncWithSource")(
            "the source accepted AUTH on the second connection",
            "redis 8.6+: Source node replied to AUTH command, syncslots rdb channel operation can continue...",
            "redis 8.6+, by asmSyncWithSource: Source node replied to AUTH command, syncslots can continue...",
        ),
        message("cluster.asm.source-node-replied-to-slotssnapshot-syncing", by="asmRdbChannelSyncWithSource")(
            "the source will send the snapshot",
            "redis 8.6+: Source node replied to SLOTSSNAPSHOT, syncing slots snapshot can continue...",
        ),
        message("cluster.asm.source-node-replied-to-syncslots-conf")(
            "the source accepted the terms",
            "redis 8.6+: Source node replied to SYNCSLOTS CONF command, syncslots can continue...",
        ),
        message("cluster.asm.source-node-replied-to-syncslots-sync")(
            "the source accepted the migration",
            "redis 8.6+: Source node replied to SYNCSLOTS SYNC, syncslots can continue...",
            "redis 8.6+: Source node replied to SYNCSLOTS SYNC with -NOTREADY, will retry later...",
        ),
        message("cluster.asm.received-an-empty-line-in-rdbchannel")(
            "the snapshot will come later",
            "redis 8.6+, at debug, by asmRdbChannelSyncWithSource: Received an empty line in RDBCHANNEL reply, slots snapshot delivery will start later",
        ),
        message("cluster.asm.rdb-channel-snapshot-transfer-completed-for", by="clusterSyncSlotsSnapshotEOF")(
            "the snapshot is complete",
            "redis 8.6+: RDB channel snapshot transfer completed for the import task.",
        ),
        message("cluster.asm.starting-to-stream-accumulated-buffer-for", by="asmSyncBufferStreamToDb")(
            "the stream that came during the snapshot is being applied",
            "redis 8.6+: Starting to stream accumulated buffer for the import task (<bytes:int> bytes)",
        ),
        message("cluster.asm.successfully-streamed-accumulated-buffer-for-the", by="asmSyncBufferStreamToDb")(
            "the stream that came during the snapshot was applied",
            "redis 8.6+: Successfully streamed accumulated buffer for the import task, applied offset: <offset:offset>",
        ),
        message("cluster.asm.cluster-syncslots-stream-eof-received-during", by="clusterSyncSlotsStreamEOF")(
            "the end of the stream came",
            "redis 8.6+: CLUSTER SYNCSLOTS STREAM-EOF received during streaming buffer",
        ),
        message("cluster.asm.cluster-syncslots-stream-eof-received-when", by="clusterSyncSlotsStreamEOF")(
            "the end of the stream came",
            "redis 8.6+: CLUSTER SYNCSLOTS STREAM-EOF received when waiting for STREAM-EOF",
        ),
        message("cluster.asm.slot-migration-command-stream-drained-sending", by="asmSendStreamEofIfDrained")(
            "all writes are sent, and the end of the stream follows",
            "redis 8.6+: Slot migration command stream drained, sending STREAM-EOF to the destination",
        ),
        message("replica.slots-sync-buffer-limit-has-been")(
            "the import's buffer for the stream is full",
            "redis 8.6+, as S, by replication.c:replDataBufReadFromConn: Slots sync buffer limit has been reached (<bytes:int> bytes), stopped buffering slots sync stream. Further accumulation may occur on source side.",
        ),
    )


@event(_PRINTER, level="debug", by="clusterSyncSlotsCommand")
class SlotSyncLag(Event):
    """How far the destination has applied the stream, in bytes.

    Source: Redis 8.6+, ``cluster_asm.c:clusterSyncSlotsCommand``, ``cluster_asm.c:asmImportSendACK``.
    """

    offset: int
    threshold: int | None = None
    state: str | None = None
    known_offset: int | None = None
    source_offset: int | None = None

    MESSAGES = (
        message("cluster.asm.the-applied-offset-lag-is-less", level="notice")(
            "the lag is small enough to pause writes",
            "redis 8.6+: The applied offset lag <offset:offset> is less than the threshold <threshold:int>, pausing writes for slot handoff",
        ),
        message("cluster.asm.cluster-syncslots-ack-received-dest-state", level="warning")(
            "the destination reports how far it is",
            "redis 8.6+: CLUSTER SYNCSLOTS ACK received, dest state: <state:word>, but offset <offset:offset> is less than the current dest offset <known_offset:offset>",
            "redis 8.6+, at debug: CLUSTER SYNCSLOTS ACK received, dest state: <state:word>, updated dest offset to <offset:offset>, source offset: <source_offset:offset>",
        ),
        message("cluster.asm.destination-node-applied-offset-is", by="asmImportSendACK")(
            "the destination says how far it is",
            "redis 8.6+: Destination node applied offset is <offset:offset>",
        ),
        message("cluster.asm.yielding-sending-ack-during-streaming-buffer")(
            "the destination says how far it is, while it applies what it kept",
            "redis 8.6+, by asmSyncBufferStreamYieldCallback: Yielding sending ACK during streaming buffer, applied offset: <offset:offset>",
        ),
    )


@event(_PRINTER, level="warning", by="asmSyncWithSource")
class SlotSyncFailed(Event):
    """The import's connection to its source failed.

    Source: Redis 8.6+, ``cluster_asm.c:asmSyncWithSource`` and others.
    """

    error: str | None = None
    state: str | None = None

    MESSAGES = (
        message("cluster.asm.unable-to-connect-to-the-source")(
            "the source cannot be reached", "redis 8.6+: Unable to connect to the source node: <error:errno>"
        ),
        message("cluster.asm.source-node-did-not-respond-to")(
            "the source did not answer",
            "redis 8.6+: Source node did not respond to command during SYNCSLOTS handshake",
        ),
        message("cluster.asm.failed-to-send-command-to-source")(
            "a command could not be sent", "redis 8.6+: Failed to send command to source node: <error:text>"
        ),
        message("cluster.asm.error-sending-cluster-syncslots-ack", by="asmSyncBufferStreamYieldCallback")(
            "a report could not be sent", "redis 8.6+: Error sending CLUSTER SYNCSLOTS ACK: <error:text>"
        ),
        message("cluster.asm.unexpected-cluster-syncslots-snapshot-eof-command")(
            "the end of the snapshot came at a wrong time",
            "redis 8.6+, by clusterSyncSlotsSnapshotEOF: Unexpected CLUSTER SYNCSLOTS SNAPSHOT-EOF command: rdb_channel_state=<state:word>",
        ),
        message("cluster.asm.unexpected-cluster-syncslots-stream-eof-command")(
            "the end of the stream came at a wrong time",
            "redis 8.6+, by clusterSyncSlotsStreamEOF: Unexpected CLUSTER SYNCSLOTS STREAM-EOF command",
        ),
        message("cluster.asm.unexpected-cluster-syncslots-stream-eof-state", by="clusterSyncSlotsStreamEOF")(
            "the end of the stream came at a wrong time",
            "redis 8.6+: Unexpected CLUSTER SYNCSLOTS STREAM-EOF state: <state:word>",
        ),
    )
