"""Connections of clients: accepted, refused, broken and closed."""

from redislog.events.base import Event, event, message, wording
from redislog.values import Address, ClientRecord, Quoted


@event
class ClientAccepted(Event):
    """A client connected.

    ``ip`` and ``port`` are the client's; ``path`` is the Unix socket that it connected to. Source: Redis
    2.6+, ``socket.c:connSocketAcceptHandler``; RDMA since Valkey 8.0, ``rdma.c:connRdmaAcceptHandler``.
    """

    CATEGORY = "other"

    ip: str | None = None
    port: int | None = None
    path: str | None = None

    MESSAGES = (
        message(
            "other.accepted",
            "a client connected over TCP or TLS",
            wording("Accepted <ip:host>:<port:port>", "redis 2.6+; valkey 7.2+"),
            level="verbose",
            roles="M,S,X",
            source="networking.c:acceptTcpHandler,networking.c:acceptTLSHandler,socket.c:connSocketAcceptHandler,tls.c:tlsAcceptHandler",
        ),
        message(
            "other.accepted-connection-to",
            "a client connected over a Unix socket",
            wording("Accepted connection to <path:path>", "redis 2.6+; valkey 7.2+"),
            level="verbose",
            roles="M,S,X",
            source="networking.c:acceptUnixHandler,unix.c:connUnixAcceptHandler",
        ),
        message(
            "other.rdma-accepted",
            "a client connected over RDMA",
            wording("RDMA Accepted <ip:host>:<port:port>", "valkey 8.0+"),
            level="verbose",
            roles="M,S,X",
            source="rdma.c:connRdmaAcceptHandler",
        ),
    )


@event
class AcceptFailed(Event):
    """A client's connection could not be accepted.

    ``error`` is the error text of the operating system or of TLS; ``addr`` and ``laddr`` are the client's
    and the server's address (7.2+), ``conn`` (6.0 to 7.0) and ``fd`` (up to 5.0) only its file descriptor.
    Source: Redis 2.6+, ``networking.c:acceptCommonHandler`` and ``networking.c:clientAcceptHandler``.
    """

    CATEGORY = "other"

    error: str
    conn: str | None = None
    addr: Address | None = None
    laddr: Address | None = None
    fd: int | None = None

    MESSAGES = (
        message(
            "other.accepting-client-connection",
            "accept() failed",
            wording("Accepting client connection: <error:errno>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="networking.c:acceptTcpHandler,networking.c:acceptUnixHandler,networking.c:acceptTLSHandler,socket.c:connSocketAcceptHandler,…",
        ),
        message(
            "other.rdma-accepting-client-connection",
            "accepting an RDMA connection failed",
            wording("RDMA Accepting client connection: <error:errno>", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:connRdmaAcceptHandler",
        ),
        message(
            "other.accepted-client-connection-in-error-state-conn",
            "the accepted connection was broken already",
            wording(
                "Accepted client connection in error state: <error:errno> (conn: <conn:word>)",
                "redis 6.0-7.0",
            ),
            level="verbose",
            roles="M,S,X",
            source="networking.c:acceptCommonHandler",
        ),
        message(
            "other.accepted-client-connection-in-error-state-addr",
            "the accepted connection was broken already",
            wording(
                "Accepted client connection in error state: <error:errno> (addr=<addr:ipport> laddr=<laddr:ipport>)",
                "redis 7.2+; valkey 7.2+",
            ),
            level="verbose",
            roles="M,S,X",
            source="networking.c:acceptCommonHandler",
        ),
        message(
            "other.error-registering-fd-event-for-the-new",
            "no client could be made of the accepted connection",
            wording(
                "Error registering fd event for the new client: <error:errno> (fd=<fd:int>)", "redis 2.6-5.0"
            ),
            wording(
                "Error registering fd event for the new client: <error:errno> (conn: <conn:word>)",
                "redis 6.0-7.0",
            ),
            wording(
                "Error registering fd event for the new client connection: <error:errno> (addr=<addr:ipport> laddr=<laddr:ipport>)",
                "redis 7.2+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="networking.c:acceptCommonHandler",
        ),
        message(
            "other.error-accepting-a-client-connection",
            "the handshake on the accepted connection, as of TLS, failed",
            wording("Error accepting a client connection: <error:errno>", "redis 6.0-7.0"),
            level="warning",
            roles="M,S,X",
            source="networking.c:clientAcceptHandler",
        ),
        message(
            "other.error-accepting-a-client-connection-conn",
            "the handshake on the accepted connection, as of TLS, failed",
            wording(
                "Error accepting a client connection: <error:errno> (conn: <conn:word>)", "redis 6.0-7.0"
            ),
            level="warning",
            roles="M,S,X",
            source="networking.c:acceptCommonHandler",
        ),
        message(
            "other.error-accepting-a-client-connection-addr-laddr",
            "the handshake on the accepted connection, as of TLS, failed",
            wording(
                "Error accepting a client connection: <error:errno> (addr=<addr:ipport> laddr=<laddr:ipport>)",
                "redis 7.2+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="networking.c:clientAcceptHandler,networking.c:acceptCommonHandler",
        ),
    )


@event
class ClientClosed(Event):
    """A client's connection ended: closed by the client, broken, idle too long, or with too long a query.

    ``error`` is the error text of the operating system or of TLS; ``reason`` is the record of a client that
    closed its connection (7.0+); ``client`` is the record of one that passed ``client-query-buffer-limit``,
    ``initial`` the quoted begin of its query. Source: Redis 2.6+, ``networking.c:readQueryFromClient``,
    ``networking.c:writeToClient`` and ``timeout.c:clientsCronHandleTimeout``.
    """

    CATEGORY = "other"

    reason: ClientRecord | None = None
    error: str | None = None
    client: ClientRecord | None = None
    initial: Quoted | None = None

    MESSAGES = (
        message(
            "other.client-closed-connection",
            "the client closed its connection",
            wording("Client closed connection", "redis 2.6-6.2"),
            wording(
                "Client closed connection <reason:client>",
                "redis 7.0+; valkey 7.2+",
                source="networking.c:readQueryFromClient,networking.c:handleReadResult",
            ),
            level="verbose",
            roles="M,S,X",
            source="networking.c:readQueryFromClient",
        ),
        message(
            "other.reading-from-client",
            "reading from the client failed",
            wording("Reading from client: <error:errno>", "redis 2.6+; valkey 7.2+"),
            level="verbose",
            roles="M,S,X",
            source="networking.c:readQueryFromClient,networking.c:handleReadResult",
        ),
        message(
            "other.error-writing-to-client",
            "writing to the client failed",
            wording("Error writing to client: <error:errno>", "redis 2.6+; valkey 7.2+"),
            level="verbose",
            roles="M,S,X",
            source="networking.c:sendReplyToClient,networking.c:writeToClient,networking.c:postWriteToClient",
        ),
        message(
            "other.closing-idle-client",
            "the client was idle for longer than timeout",
            wording("Closing idle client", "redis 2.6+; valkey 7.2+"),
            level="verbose",
            roles="M,S,X",
            source="redis.c:clientsCronHandleTimeout,server.c:clientsCronHandleTimeout,timeout.c:clientsCronHandleTimeout",
        ),
        message(
            "other.closing-client-that-reached-max-query-buffer",
            "the client's query is longer than client-query-buffer-limit",
            wording(
                "Closing client that reached max query buffer length: <client:client> (qbuf initial bytes: <initial:quoted>)",
                "redis 2.6+; valkey 7.2+",
            ),
            wording(
                "Closing client that reached max query buffer length: <client:client>",
                "valkey 9.0+",
                roles="M,S",
                source="networking.c:handleQbLimitReached",
            ),
            level="warning",
            roles="M,S,X",
            source="networking.c:readQueryFromClient,networking.c:handleQbLimitReached",
        ),
    )


@event
class ProtocolError(Event):
    """A client sent something that is not the Redis protocol, and is disconnected.

    ``error`` says what was wrong, ``client`` who it was, ``reply`` quotes the client's bytes. A warning if
    the client is the primary of this replica. Source: Redis 2.6+, ``networking.c:setProtocolError``.
    """

    CATEGORY = "other"

    client: ClientRecord
    error: str | None = None
    reply: str | None = None
    query: str | None = None

    MESSAGES = (
        message(
            "other.protocol-error-from-client",
            "the client broke the protocol",
            wording("Protocol error from client: <client:client>", "redis 2.6-3.2"),
            wording(
                "Protocol error (<error:text>) from client: <client:client>. <reply:text>",
                "redis 4.0+; valkey 7.2-8.0",
                level="verbose[redis 4.0-5.0] verbose|warning[redis 6.0+; valkey 7.2+]",
            ),
            level="verbose",
            roles="M,S,X",
            source="networking.c:setProtocolError",
        ),
        message(
            "other.protocol-error-from-client-query-buffer",
            "a client does not keep to the protocol",
            wording(
                "Protocol error (<error:text>) from client: <client:client>. Query buffer: <query:text>",
                "valkey 8.1+",
            ),
            level="warning",
            roles="M,S",
            source="networking.c:setProtocolError",
        ),
    )


@event
class CrossProtocolAttack(Event):
    """A client sent HTTP words (``POST`` or ``Host:``), as a misused browser does, and is disconnected.

    ``ip`` and ``port`` are the client's (7.2+). Source: Redis 3.2+, ``networking.c:securityWarningCommand``.
    """

    CATEGORY = "other"

    ip: str | None = None
    port: int | None = None
    product: str | None = None
    product2: str | None = None

    MESSAGES = (
        message(
            "other.possible-security-attack-detected-it-looks-like",
            "the client speaks HTTP: an attack through a browser is likely",
            wording(
                "Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis instance. Connection aborted.",
                "redis 3.2+; valkey 7.2-8.1",
            ),
            wording(
                "Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis instance. Connection from <ip:host>:<port:port> aborted.",
                "redis 7.2+; valkey 7.2-8.1",
            ),
            wording(
                "Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to <product:text>. This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your <product2:text> instance. Connection aborted.",
                "valkey 9.0+",
            ),
            wording(
                "Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to <product:text>. This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your <product2:text> instance. Connection from <ip:host>:<port:port> aborted.",
                "valkey 9.0+",
            ),
            level="warning",
            roles="M,S,X",
            source="networking.c:securityWarningCommand",
        ),
    )
