"""What endangers a replication link or the data on it: full buffers, replies where none may be, corruption."""

import attrs

from redislog.events.base import Event, event, message, wording
from redislog.values import ClientRecord, current_words


@event
class OutputBufferLimitExceeded(Event):
    """A client passed its ``client-output-buffer-limit`` and is closed.

    ``client`` is a replica where its flags contain ``S``; its link is lost next. Its ``omem`` is the bytes
    waiting for it. Source: Redis 2.6+, ``networking.c:asyncCloseClientOnOutputBufferLimitReached``.
    """

    CATEGORY = "replication"

    client: ClientRecord

    MESSAGES = (
        message(
            "client.output-buffer-limit",
            "a client passed its output buffer limit and will be closed",
            wording(
                "Client <client:client> scheduled to be closed ASAP for overcoming of output buffer limits.",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="networking.c:asyncCloseClientOnOutputBufferLimitReached,networking.c:AddReplyFromClient,networking.c:closeClientOnOutputBufferLimitReached",
        ),
        message(
            "client.output-buffer-limit-closed",
            "a client passed its output buffer limit and was closed at once",
            wording(
                "Client <client:client> closed for overcoming of output buffer limits.",
                "redis 6.2+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="networking.c:closeClientOnOutputBufferLimitReached",
        ),
    )


@event
class ErrorReplyOnLink(Event):
    """A command that came over the link, or out of the append-only file, failed: the data may differ from the
    primary's.

    ``from_`` and ``to`` are the parts of sender and receiver, in today's words. Source: Redis 4.0+,
    ``networking.c:addReplyErrorLength``.
    """

    CATEGORY = "replication"

    from_: str = attrs.field(converter=current_words)
    to: str = attrs.field(converter=current_words)
    error: str
    command: str

    MESSAGES = (
        message(
            "critical.error-reply-on-link",
            "a replicated or loaded command failed, and data may differ",
            wording(
                "== CRITICAL == This <from:master|slave> is sending an error to its <to:slave|master>: '<error:text>' after processing the command '<command:word>'",
                "redis 4.0",
            ),
            wording(
                "== CRITICAL == This <from:master|replica> is sending an error to its <to:replica|master>: '<error:text>' after processing the command '<command:word>'",
                "redis 5.0",
            ),
            wording(
                "== CRITICAL == This <from:replica|master|server> is sending an error to its <to:master|replica|AOF-loading-client>: '<error:text>' after processing the command '<command:word>'",
                "redis 6.0+; valkey 7.2",
                source="networking.c:afterErrorReply",
            ),
            wording(
                "== CRITICAL == This <from:replica|primary|server> is sending an error to its <to:primary|replica|AOF-loading-client>: '<error:text>' after processing the command '<command:word>'",
                "valkey 8.0+",
                source="networking.c:afterErrorReply",
            ),
            level="warning",
            roles="M,S",
            source="networking.c:addReplyErrorLength",
        ),
    )


@event
class ReplicaReplied(Event):
    """A replica's link produced a reply, which the protocol does not allow; it is closed.

    Source: Redis 7.0+, ``networking.c:logInvalidUseAndFreeClientAsync``.
    """

    CATEGORY = "replication"

    command: str
    client: ClientRecord

    MESSAGES = (
        message(
            "replica.invalid-reply",
            "a replica's link produced a reply and is closed",
            wording(
                "Replica generated a reply to command '<command:word>', disconnecting it: <client:client>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="S,M",
            source="networking.c:logInvalidUseAndFreeClientAsync",
        ),
    )


@event
class StreamCorrupt(Event):
    """What came from the primary is no replication protocol; link and history are dropped, and a full sync
    follows.

    Source: Redis 6.0+, ``networking.c:processInlineBuffer``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.stream-corrupt",
            "the primary's stream is corrupt, and link and history are dropped",
            wording(
                "WARNING: Receiving inline protocol from master, master stream corruption? Closing the master connection and discarding the cached master.",
                "redis 6.0+; valkey 7.2",
            ),
            wording(
                "WARNING: Receiving inline protocol from primary, primary stream corruption? Closing the primary connection and discarding the cached primary.",
                "valkey 8.0+",
                source="networking.c:handleParseError",
            ),
            level="warning",
            roles="S",
            source="networking.c:processInlineBuffer",
        ),
    )


@event
class AppliedDespiteDiskError(Event):
    """The replica applies what it is sent although it cannot write to its own disk.

    Source: Redis 7.0+, ``server.c:processCommand``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "replica.applies-despite-disk-error",
            "the replica applies a command although it cannot write to disk",
            wording(
                "Replica is applying a command even though it is unable to write to disk.",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="S",
            source="server.c:processCommand",
        ),
    )
