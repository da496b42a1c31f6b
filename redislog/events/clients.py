"""Connections of clients: accepted, refused, broken and closed."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import Address, ClientRecord, Quoted

_PRINTER = Printer("other", "networking.c", level="warning", roles="M,S,X")


@event(_PRINTER, level="verbose")
class ClientAccepted(Event):
    """A client connected.

    ``ip`` and ``port`` are the client's; ``path`` is the Unix socket that it connected to. Source: Redis
    2.6+, ``socket.c:connSocketAcceptHandler``; RDMA since Valkey 8.0, ``rdma.c:connRdmaAcceptHandler``.
    """

    ip: str | None = None
    port: int | None = None
    path: str | None = None

    MESSAGES = (
        message("other.accepted")(
            "a client connected over TCP or TLS",
            "2.6+, by accept{Tcp,TLS}Handler,socket.c:connSocketAcceptHandler,tls.c:tlsAcceptHandler: Accepted <ip:host>:<port:port>",
        ),
        message("other.accepted-connection-to", by="acceptUnixHandler,unix.c:connUnixAcceptHandler")(
            "a client connected over a Unix socket", "2.6+: Accepted connection to <path:path>"
        ),
        message("other.rdma-accepted", by="rdma.c:connRdmaAcceptHandler")(
            "a client connected over RDMA", "valkey 8.0+: RDMA Accepted <ip:host>:<port:port>"
        ),
    )


@event(_PRINTER, by="acceptCommonHandler")
class AcceptFailed(Event):
    """A client's connection could not be accepted.

    ``error`` is the error text of the operating system or of TLS; ``addr`` and ``laddr`` are the client's
    and the server's address (7.2+), ``conn`` (6.0 to 7.0) and ``fd`` (up to 5.0) only its file descriptor.
    Source: Redis 2.6+, ``networking.c:acceptCommonHandler`` and ``networking.c:clientAcceptHandler``.
    """

    error: str
    conn: str | None = None
    addr: Address | None = None
    laddr: Address | None = None
    fd: int | None = None

    MESSAGES = (
        message("other.accepting-client-connection")(
            "accept() failed",
            "2.6+, by networking.c:accept{Tcp,Unix}Handler,networking.c:acceptTLSHandler,socket.c:connSocketAcceptHandler,…: Accepting client connection: <error:errno>",
        ),
        message("other.rdma-accepting-client-connection", by="rdma.c:connRdmaAcceptHandler")(
            "accepting an RDMA connection failed",
            "valkey 8.0+: RDMA Accepting client connection: <error:errno>",
        ),
        message("other.accepted-client-connection-in-error-state-conn", level="verbose")(
            "the accepted connection was broken already",
            "redis 6.0-7.0: Accepted client connection in error state: <error:errno> (conn: <conn:word>)",
        ),
        message("other.accepted-client-connection-in-error-state-addr", level="verbose")(
            "the accepted connection was broken already",
            "7.2+: Accepted client connection in error state: <error:errno> (addr=<addr:ipport> laddr=<laddr:ipport>)",
        ),
        message("other.error-registering-fd-event-for-the-new")(
            "no client could be made of the accepted connection",
            "redis 2.6-5.0: Error registering fd event for the new client: <error:errno> (fd=<fd:int>)",
            "redis 6.0-7.0: Error registering fd event for the new client: <error:errno> (conn: <conn:word>)",
            "7.2+: Error registering fd event for the new client connection: <error:errno> (addr=<addr:ipport> laddr=<laddr:ipport>)",
        ),
        message("other.error-accepting-a-client-connection", by="clientAcceptHandler")(
            "the handshake on the accepted connection, as of TLS, failed",
            "redis 6.0-7.0: Error accepting a client connection: <error:errno>",
        ),
        message("other.error-accepting-a-client-connection-conn")(
            "the handshake on the accepted connection, as of TLS, failed",
            "redis 6.0-7.0: Error accepting a client connection: <error:errno> (conn: <conn:word>)",
        ),
        message("other.error-accepting-a-client-connection-addr-laddr")(
            "the handshake on the accepted connection, as of TLS, failed",
            "7.2+, by clientAcceptHandler,acceptCommonHandler: Error accepting a client connection: <error:errno> (addr=<addr:ipport> laddr=<laddr:ipport>)",
        ),
    )


@event(_PRINTER, level="verbose")
class ClientClosed(Event):
    """A client's connection ended: closed by the client, broken, idle too long, or with too long a query.

    ``error`` is the error text of the operating system or of TLS; ``reason`` is the record of a client that
    closed its connection (7.0+); ``client`` is the record of one that passed ``client-query-buffer-limit``,
    ``initial`` the quoted begin of its query. Source: Redis 2.6+, ``networking.c:readQueryFromClient``,
    ``networking.c:writeToClient`` and ``timeout.c:clientsCronHandleTimeout``.
    """

    reason: ClientRecord | None = None
    error: str | None = None
    client: ClientRecord | None = None
    initial: Quoted | None = None

    MESSAGES = (
        message("other.client-closed-connection", by="readQueryFromClient")(
            "the client closed its connection",
            "redis 2.6-6.2: Client closed connection",
            "7.0+, by readQueryFromClient,handleReadResult: Client closed connection <reason:client>",
        ),
        message("other.reading-from-client", by="readQueryFromClient,handleReadResult")(
            "reading from the client failed", "2.6+: Reading from client: <error:errno>"
        ),
        message("other.error-writing-to-client", by="{sendReply,write}ToClient,postWriteToClient")(
            "writing to the client failed", "2.6+: Error writing to client: <error:errno>"
        ),
        message("other.closing-idle-client")(
            "the client was idle for longer than timeout",
            "2.6+, by {redis,server}.c:clientsCronHandleTimeout,timeout.c:clientsCronHandleTimeout: Closing idle client",
        ),
        message(
            "other.closing-client-that-reached-max-query-buffer",
            level="warning",
            by="readQueryFromClient,handleQbLimitReached",
        )(
            "the client's query is longer than client-query-buffer-limit",
            "2.6+: Closing client that reached max query buffer length: <client:client> (qbuf initial bytes: <initial:quoted>)",
            "valkey 9.0+, as M,S, by handleQbLimitReached: Closing client that reached max query buffer length: <client:client>",
        ),
    )


@event(_PRINTER, by="setProtocolError")
class ProtocolError(Event):
    """A client sent something that is not the Redis protocol, and is disconnected.

    ``error`` says what was wrong, ``client`` who it was, ``reply`` quotes the client's bytes. A warning if
    the client is the primary of this replica. Source: Redis 2.6+, ``networking.c:setProtocolError``.
    """

    client: ClientRecord
    error: str | None = None
    reply: str | None = None
    query: str | None = None

    MESSAGES = (
        message("other.protocol-error-from-client", level="verbose")(
            "the client broke the protocol",
            "redis 2.6-3.2: Protocol error from client: <client:client>",
            "redis 4.0+; valkey 7.2-8.0, at verbose[redis 4.0-5.0] verbose|warning[redis 6.0+; valkey 7.2+]: Protocol error (<error:text>) from client: <client:client>. <reply:text>",
        ),
        message("other.protocol-error-from-client-query-buffer", roles="M,S")(
            "a client does not keep to the protocol",
            "valkey 8.1+: Protocol error (<error:text>) from client: <client:client>. Query buffer: <query:text>",
        ),
    )


@event(_PRINTER, by="securityWarningCommand")
class CrossProtocolAttack(Event):
    """A client sent HTTP words (``POST`` or ``Host:``), as a misused browser does, and is disconnected.

    ``ip`` and ``port`` are the client's (7.2+). Source: Redis 3.2+, ``networking.c:securityWarningCommand``.
    """

    ip: str | None = None
    port: int | None = None
    product: str | None = None
    product2: str | None = None

    MESSAGES = (
        message("other.possible-security-attack-detected-it-looks-like")(
            "the client speaks HTTP: an attack through a browser is likely",
            "redis 3.2+; valkey 7.2-8.1: Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis instance. Connection aborted.",
            "redis 7.2+; valkey 7.2-8.1: Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis instance. Connection from <ip:host>:<port:port> aborted.",
            "valkey 9.0+: Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to <product:text>. This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your <product2:text> instance. Connection aborted.",
            "valkey 9.0+: Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to <product:text>. This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your <product2:text> instance. Connection from <ip:host>:<port:port> aborted.",
        ),
    )
