"""The backlog, from which a primary serves partial syncs."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import Quoted

_PRINTER = Printer("replication", "replication.c", level="debug", roles="M,S")


@event(_PRINTER, level="notice", by="syncCommand")
class BacklogCreated(Event):
    """The first replica came: a backlog is allocated, under a new replication ID.

    Source: Redis 6.0+, ``replication.c:syncCommand``.
    """

    replid: str
    replid2: str

    MESSAGES = (
        message("primary.backlog-created")(
            "the backlog is created, and the replication IDs are new",
            "6.0+: Replication backlog created, my new replication IDs are '<replid:replid>' and '<replid2:replid>'",
        ),
    )


@event(_PRINTER, level="notice", by="replicationCron")
class BacklogFreed(Event):
    """The backlog was freed, as no replica was connected for ``repl-backlog-ttl``; no partial sync is possible
    from it.

    ``seconds`` is that time. Source: Redis 2.8+, ``replication.c:replicationCron``.
    """

    seconds: int

    MESSAGES = (
        message("primary.backlog-freed")(
            "the backlog is freed after a time without replicas",
            "redis 2.8-4.0 | 5.0+: Replication backlog freed after <seconds:int> seconds without connected <slaves|replicas>.",
        ),
    )


@event(_PRINTER, level="notice", roles="S,M", by="adjustMeaningfulReplOffset")
class MeaningfulOffsetUsed(Event):
    """The server turned its offset back, to leave out the PINGs at the end of the stream.

    Offsets count bytes of the stream, ``bytes`` is their difference. Releases after 6.0.0 dropped this.
    Source: Redis 6.0.0, ``replication.c:adjustMeaningfulReplOffset``.
    """

    offset: int
    old_offset: int
    bytes: int

    MESSAGES = (
        message("primary.meaningful-offset")(
            "the offset is turned back to leave out final PINGs",
            "redis 6.0.0: Using the meaningful offset <offset:offset> instead of <old_offset:offset> to exclude the final PINGs (<bytes:int> bytes difference)",
        ),
    )


@event(_PRINTER, by="addReplyReplicationBacklog")
class BacklogDetail(Event):
    """Numbers of the backlog, at log level debug, while a partial sync is served.

    ``offset`` is a place in the stream; ``size``, ``length``, ``skip`` and the reply's ``n`` are bytes;
    ``index`` and the first byte's ``n`` are places in the buffer. Source: Redis 2.8+,
    ``replication.c:addReplyReplicationBacklog``.
    """

    offset: int | None = None
    size: int | None = None
    length: int | None = None
    skip: int | None = None
    index: int | None = None
    n: int | None = None

    MESSAGES = (
        message("primary.psync-debug.request-offset")(
            "offset that the replica asks for",
            "redis 2.8-4.0 | 5.0+: [PSYNC] <Slave|Replica> request offset: <offset:offset>",
        ),
        message("primary.psync-debug.history-zero")(
            "the backlog holds nothing", "2.8+: [PSYNC] Backlog history len is zero"
        ),
        message("primary.psync-debug.backlog-size")(
            "size of the backlog", "2.8+: [PSYNC] Backlog size: <size:int>"
        ),
        message("primary.psync-debug.first-byte")(
            "offset of the oldest byte in the backlog", "2.8+: [PSYNC] First byte: <offset:offset>"
        ),
        message("primary.psync-debug.history-len")(
            "bytes that the backlog holds", "2.8+: [PSYNC] History len: <length:int>"
        ),
        message("primary.psync-debug.index")(
            "place in the buffer where the next byte is written",
            "redis 2.8-6.2: [PSYNC] Current index: <index:int>",
        ),
        message("primary.psync-debug.skipping")(
            "bytes of the backlog that the replica has already", "2.8+: [PSYNC] Skipping: <skip:offset>"
        ),
        message("primary.psync-debug.index-first")(
            "place of the oldest byte in the buffer", "redis 2.8-6.2: [PSYNC] Index of first byte: <n:int>"
        ),
        message("primary.psync-debug.reply-length")(
            "bytes of the backlog to be sent", "redis 2.8-6.2: [PSYNC] Reply total length: <n:int>"
        ),
        message("primary.psync-debug.addreply-length")(
            "bytes of one piece of the reply", "redis 2.8-6.2: [PSYNC] addReply() length: <length:int>"
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", by="showLatestBacklog")
class BacklogShown(Event):
    """The last bytes of the backlog, printed after `ErrorReplyOnLink`.

    ``content`` is quoted and escaped as printed, None where ``hide-user-data-from-log`` keeps it back.
    Source: Redis 6.0+, ``replication.c:showLatestBacklog``.
    """

    content: Quoted | None = None

    MESSAGES = (
        message("primary.latest-backlog")(
            "the last bytes of the backlog", "6.0+: Latest backlog is: '<content:quoted>'"
        ),
        message("primary.latest-backlog-hidden", level="notice")(
            "the last bytes of the backlog are hidden",
            "redis 7.4+: hide-user-data-from-log is on, skip logging backlog content to avoid spilling PII.",
            "valkey 8.0+: hide-user-data-from-log is on, skip logging backlog content to avoid spilling user data.",
        ),
    )
