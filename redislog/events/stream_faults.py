"""What endangers a replication link or the data on it: full buffers, replies where none may be, corruption."""

import attrs

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import ClientRecord, current_words

_PRINTER = Printer("replication", "networking.c", level="warning", roles="M,S")


@event(_PRINTER)
class OutputBufferLimitExceeded(Event):
    """A client passed its ``client-output-buffer-limit`` and is closed.

    ``client`` is a replica where its flags contain ``S``; its link is lost next. Its ``omem`` is the bytes
    waiting for it. Source: Redis 2.6+, ``networking.c:asyncCloseClientOnOutputBufferLimitReached``.
    """

    client: ClientRecord

    MESSAGES = (
        message("client.output-buffer-limit")(
            "a client passed its output buffer limit and will be closed",
            "2.6+, by asyncCloseClientOnOutputBufferLimitReached,AddReplyFromClient,closeClientOnOutputBufferLimitReached: Client <client:client> scheduled to be closed ASAP for overcoming of output buffer limits.",
        ),
        message("client.output-buffer-limit-closed", by="closeClientOnOutputBufferLimitReached")(
            "a client passed its output buffer limit and was closed at once",
            "6.2+: Client <client:client> closed for overcoming of output buffer limits.",
        ),
    )


@event(_PRINTER, by="addReplyErrorLength")
class ErrorReplyOnLink(Event):
    """A command that came over the link, or out of the append-only file, failed: the data may differ from the
    primary's.

    ``from_`` and ``to`` are the parts of sender and receiver, in today's words. Source: Redis 4.0+,
    ``networking.c:addReplyErrorLength``.
    """

    from_: str = attrs.field(converter=current_words)
    to: str = attrs.field(converter=current_words)
    error: str
    command: str

    MESSAGES = (
        message("critical.error-reply-on-link")(
            "a replicated or loaded command failed, and data may differ",
            "redis 4.0: == CRITICAL == This <from:master|slave> is sending an error to its <to:slave|master>: '<error:text>' after processing the command '<command:word>'",
            "redis 5.0: == CRITICAL == This <from:master|replica> is sending an error to its <to:replica|master>: '<error:text>' after processing the command '<command:word>'",
            "redis 6.0+; valkey 7.2, by afterErrorReply: == CRITICAL == This <from:replica|master|server> is sending an error to its <to:master|replica|AOF-loading-client>: '<error:text>' after processing the command '<command:word>'",
            "valkey 8.0+, by afterErrorReply: == CRITICAL == This <from:replica|primary|server> is sending an error to its <to:primary|replica|AOF-loading-client>: '<error:text>' after processing the command '<command:word>'",
        ),
    )


@event(_PRINTER, roles="S,M", by="logInvalidUseAndFreeClientAsync")
class ReplicaReplied(Event):
    """A replica's link produced a reply, which the protocol does not allow; it is closed.

    Source: Redis 7.0+, ``networking.c:logInvalidUseAndFreeClientAsync``.
    """

    command: str
    client: ClientRecord

    MESSAGES = (
        message("replica.invalid-reply")(
            "a replica's link produced a reply and is closed",
            "7.0+: Replica generated a reply to command '<command:word>', disconnecting it: <client:client>",
        ),
    )


@event(_PRINTER, roles="S", by="processInlineBuffer")
class StreamCorrupt(Event):
    """What came from the primary is no replication protocol; link and history are dropped, and a full sync
    follows.

    Source: Redis 6.0+, ``networking.c:processInlineBuffer``.
    """

    MESSAGES = (
        message("replica.stream-corrupt")(
            "the primary's stream is corrupt, and link and history are dropped",
            "redis 6.0+; valkey 7.2: WARNING: Receiving inline protocol from master, master stream corruption? Closing the master connection and discarding the cached master.",
            "valkey 8.0+, by handleParseError: WARNING: Receiving inline protocol from primary, primary stream corruption? Closing the primary connection and discarding the cached primary.",
        ),
    )


@event(_PRINTER, roles="S", by="server.c:processCommand")
class AppliedDespiteDiskError(Event):
    """The replica applies what it is sent although it cannot write to its own disk.

    Source: Redis 7.0+, ``server.c:processCommand``.
    """

    MESSAGES = (
        message("replica.applies-despite-disk-error")(
            "the replica applies a command although it cannot write to disk",
            "7.0+: Replica is applying a command even though it is unable to write to disk.",
        ),
    )
