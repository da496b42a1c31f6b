"""Types of connection, which may be modules."""

from redislog.events.base import Event, event, message, wording


@event
class ConnectionTypeMessage(Event):
    """A kind of connection (TCP, TLS, RDMA) was registered, or may not be loaded or unloaded so.

    ``text`` is its name. Source: Redis 7.2+, ``connection.c:connTypeRegister`` and
    ``tls.c:ValkeyModule_OnLoad``.
    """

    CATEGORY = "other"

    text: str

    MESSAGES = (
        message(
            "other.connection-type-registered",
            "a connection type is available",
            wording("Connection type <text:text> registered", "redis 7.2+; valkey 7.2-8.1"),
            wording("Connection type <text:text> registering", "valkey 9.0+"),
            level="verbose",
            roles="M,S,X",
            source="connection.c:connTypeRegister",
        ),
        message(
            "other.connection-types-already-registered",
            "a connection type was registered twice",
            wording("Connection types <text:text> already registered", "redis 7.2+; valkey 7.2-8.1"),
            level="warning",
            roles="M,S,X",
            source="connection.c:connTypeRegister",
        ),
        message(
            "other.missing-implement-of-connection-type",
            "a connection type is used that nothing implements",
            wording("Missing implement of connection type <text:text>", "redis 7.2+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="connection.c:connectionByType",
        ),
        message(
            "other.connection-type-not-builtin",
            "the connection type is not part of the server",
            wording("Connection type <text:text> not builtin", "redis 7.2+; valkey 7.2+"),
            level="verbose",
            roles="M,S,X",
            source="tls.c:RedisRegisterConnectionTypeTLS",
        ),
        message(
            "other.connection-type-was-not-built-together-with",
            "the connection type's module is of another build than the server",
            wording(
                "Connection type <text:text> was not built together with the redis-server used.",
                "redis 7.2+; valkey 7.2",
            ),
            wording(
                "Connection type <text:text> was not built together with the valkey-server used.",
                "valkey 8.0+",
                source="rdma.c:ValkeyModule_OnLoad,tls.c:ValkeyModule_OnLoad",
            ),
            level="notice",
            roles="M,S,X",
            source="tls.c:RedisModule_OnLoad,tls.c:ValkeyModule_OnLoad",
        ),
        message(
            "other.connection-type-can-be-loaded-only-during",
            "the connection type's module was loaded after the start",
            wording(
                "Connection type <text:text> can be loaded only during bootup",
                "redis 7.2+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S,X",
            source="tls.c:RedisModule_OnLoad,tls.c:ValkeyModule_OnLoad,rdma.c:ValkeyModule_OnLoad",
        ),
        message(
            "other.connection-type-can-not-be-unloaded",
            "the connection type's module cannot be unloaded",
            wording("Connection type <text:text> can not be unloaded", "redis 7.2+; valkey 7.2+"),
            level="notice",
            roles="M,S,X",
            source="tls.c:RedisModule_OnUnload,tls.c:ValkeyModule_OnUnload,rdma.c:ValkeyModule_OnUnload",
        ),
        message(
            "other.connection-type-is-supported-on-linux",
            "a type of connection is not known here",
            wording("Connection type <text:text> is supported on Linux only", "valkey 8.1+"),
            level="verbose",
            roles="M,S",
            source="rdma.c:RegisterConnectionTypeRdma",
        ),
    )
