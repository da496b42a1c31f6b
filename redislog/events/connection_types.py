"""Types of connection, which may be modules."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("other", "connection.c", level="verbose", roles="M,S,X")


@event(_PRINTER, by="connTypeRegister")
class ConnectionTypeMessage(Event):
    """A kind of connection (TCP, TLS, RDMA) was registered, or may not be loaded or unloaded so.

    ``text`` is its name. Source: Redis 7.2+, ``connection.c:connTypeRegister`` and
    ``tls.c:ValkeyModule_OnLoad``.
    """

    text: str

    MESSAGES = (
        message("other.connection-type-registered")(
            "a connection type is available",
            "redis 7.2+; valkey 7.2-8.1 | valkey 9.0+: Connection type <text:text> <registered|registering>",
        ),
        message("other.connection-types-already-registered", level="warning")(
            "a connection type was registered twice",
            "redis 7.2+; valkey 7.2-8.1: Connection types <text:text> already registered",
        ),
        message("other.missing-implement-of-connection-type", level="warning", by="connectionByType")(
            "a connection type is used that nothing implements",
            "7.2+: Missing implement of connection type <text:text>",
        ),
        message("other.connection-type-not-builtin", by="tls.c:RedisRegisterConnectionTypeTLS")(
            "the connection type is not part of the server", "7.2+: Connection type <text:text> not builtin"
        ),
        message(
            "other.connection-type-was-not-built-together-with",
            level="notice",
            by="tls.c:{Redis,Valkey}Module_OnLoad",
        )(
            "the connection type's module is of another build than the server",
            "redis 7.2+; valkey 7.2 | valkey 8.0+, by {rdma,tls}.c:ValkeyModule_OnLoad: Connection type <text:text> was not built together with the <redis|valkey>-server used.",
        ),
        message("other.connection-type-can-be-loaded-only-during")(
            "the connection type's module was loaded after the start",
            "7.2+, at notice, by tls.c:{Redis,Valkey}Module_OnLoad,rdma.c:ValkeyModule_OnLoad: Connection type <text:text> can be loaded only during bootup",
        ),
        message("other.connection-type-can-not-be-unloaded")(
            "the connection type's module cannot be unloaded",
            "7.2+, at notice, by tls.c:{Redis,Valkey}Module_OnUnload,rdma.c:ValkeyModule_OnUnload: Connection type <text:text> can not be unloaded",
        ),
        message("other.connection-type-is-supported-on-linux")(
            "a type of connection is not known here",
            "valkey 8.1+, as M,S, by rdma.c:RegisterConnectionTypeRdma: Connection type <text:text> is supported on Linux only",
        ),
    )
