"""The backlog, from which a primary serves partial syncs."""

from redislog.events.base import Event, event, message, wording
from redislog.values import Quoted


@event
class BacklogCreated(Event):
    """The first replica came: a backlog is allocated, under a new replication ID.

    Source: Redis 6.0+, ``replication.c:syncCommand``.
    """

    CATEGORY = "replication"

    replid: str
    replid2: str

    MESSAGES = (
        message(
            "primary.backlog-created",
            "the backlog is created, and the replication IDs are new",
            wording(
                "Replication backlog created, my new replication IDs are '<replid:replid>' and '<replid2:replid>'",
                "redis 6.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:syncCommand",
        ),
    )


@event
class BacklogFreed(Event):
    """The backlog was freed, as no replica was connected for ``repl-backlog-ttl``; no partial sync is possible
    from it.

    ``seconds`` is that time. Source: Redis 2.8+, ``replication.c:replicationCron``.
    """

    CATEGORY = "replication"

    seconds: int

    MESSAGES = (
        message(
            "primary.backlog-freed",
            "the backlog is freed after a time without replicas",
            wording(
                "Replication backlog freed after <seconds:int> seconds without connected slaves.",
                "redis 2.8-4.0",
            ),
            wording(
                "Replication backlog freed after <seconds:int> seconds without connected replicas.",
                "redis 5.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:replicationCron",
        ),
    )


@event
class MeaningfulOffsetUsed(Event):
    """The server turned its offset back, to leave out the PINGs at the end of the stream.

    Offsets count bytes of the stream, ``bytes`` is their difference. Releases after 6.0.0 dropped this.
    Source: Redis 6.0.0, ``replication.c:adjustMeaningfulReplOffset``.
    """

    CATEGORY = "replication"

    offset: int
    old_offset: int
    bytes: int

    MESSAGES = (
        message(
            "primary.meaningful-offset",
            "the offset is turned back to leave out final PINGs",
            wording(
                "Using the meaningful offset <offset:offset> instead of <old_offset:offset> to exclude the final PINGs (<bytes:int> bytes difference)",
                "redis 6.0.0",
            ),
            level="notice",
            roles="S,M",
            source="replication.c:adjustMeaningfulReplOffset",
        ),
    )


@event
class BacklogDetail(Event):
    """Numbers of the backlog, at log level debug, while a partial sync is served.

    ``offset`` is a place in the stream; ``size``, ``length``, ``skip`` and the reply's ``n`` are bytes;
    ``index`` and the first byte's ``n`` are places in the buffer. Source: Redis 2.8+,
    ``replication.c:addReplyReplicationBacklog``.
    """

    CATEGORY = "replication"

    offset: int | None = None
    size: int | None = None
    length: int | None = None
    skip: int | None = None
    index: int | None = None
    n: int | None = None

    MESSAGES = (
        message(
            "primary.psync-debug.request-offset",
            "offset that the replica asks for",
            wording("[PSYNC] Slave request offset: <offset:offset>", "redis 2.8-4.0"),
            wording("[PSYNC] Replica request offset: <offset:offset>", "redis 5.0+; valkey 7.2+"),
            level="debug",
            roles="M,S",
            source="replication.c:addReplyReplicationBacklog",
        ),
        message(
            "primary.psync-debug.history-zero",
            "the backlog holds nothing",
            wording("[PSYNC] Backlog history len is zero", "redis 2.8+; valkey 7.2+"),
            level="debug",
            roles="M,S",
            source="replication.c:addReplyReplicationBacklog",
        ),
        message(
            "primary.psync-debug.backlog-size",
            "size of the backlog",
            wording("[PSYNC] Backlog size: <size:int>", "redis 2.8+; valkey 7.2+"),
            level="debug",
            roles="M,S",
            source="replication.c:addReplyReplicationBacklog",
        ),
        message(
            "primary.psync-debug.first-byte",
            "offset of the oldest byte in the backlog",
            wording("[PSYNC] First byte: <offset:offset>", "redis 2.8+; valkey 7.2+"),
            level="debug",
            roles="M,S",
            source="replication.c:addReplyReplicationBacklog",
        ),
        message(
            "primary.psync-debug.history-len",
            "bytes that the backlog holds",
            wording("[PSYNC] History len: <length:int>", "redis 2.8+; valkey 7.2+"),
            level="debug",
            roles="M,S",
            source="replication.c:addReplyReplicationBacklog",
        ),
        message(
            "primary.psync-debug.index",
            "place in the buffer where the next byte is written",
            wording("[PSYNC] Current index: <index:int>", "redis 2.8-6.2"),
            level="debug",
            roles="M,S",
            source="replication.c:addReplyReplicationBacklog",
        ),
        message(
            "primary.psync-debug.skipping",
            "bytes of the backlog that the replica has already",
            wording("[PSYNC] Skipping: <skip:offset>", "redis 2.8+; valkey 7.2+"),
            level="debug",
            roles="M,S",
            source="replication.c:addReplyReplicationBacklog",
        ),
        message(
            "primary.psync-debug.index-first",
            "place of the oldest byte in the buffer",
            wording("[PSYNC] Index of first byte: <n:int>", "redis 2.8-6.2"),
            level="debug",
            roles="M,S",
            source="replication.c:addReplyReplicationBacklog",
        ),
        message(
            "primary.psync-debug.reply-length",
            "bytes of the backlog to be sent",
            wording("[PSYNC] Reply total length: <n:int>", "redis 2.8-6.2"),
            level="debug",
            roles="M,S",
            source="replication.c:addReplyReplicationBacklog",
        ),
        message(
            "primary.psync-debug.addreply-length",
            "bytes of one piece of the reply",
            wording("[PSYNC] addReply() length: <length:int>", "redis 2.8-6.2"),
            level="debug",
            roles="M,S",
            source="replication.c:addReplyReplicationBacklog",
        ),
    )


@event
class BacklogShown(Event):
    """The last bytes of the backlog, printed after `ErrorReplyOnLink`.

    ``content`` is quoted and escaped as printed, None where ``hide-user-data-from-log`` keeps it back.
    Source: Redis 6.0+, ``replication.c:showLatestBacklog``.
    """

    CATEGORY = "replication"

    content: Quoted | None = None

    MESSAGES = (
        message(
            "primary.latest-backlog",
            "the last bytes of the backlog",
            wording("Latest backlog is: '<content:quoted>'", "redis 6.0+; valkey 7.2+"),
            level="warning[redis 6.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="replication.c:showLatestBacklog",
        ),
        message(
            "primary.latest-backlog-hidden",
            "the last bytes of the backlog are hidden",
            wording(
                "hide-user-data-from-log is on, skip logging backlog content to avoid spilling PII.",
                "redis 7.4+",
            ),
            wording(
                "hide-user-data-from-log is on, skip logging backlog content to avoid spilling user data.",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M,S",
            source="replication.c:showLatestBacklog",
        ),
    )
