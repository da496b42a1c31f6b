"""The client and the object that a server handled when it crashed or failed an assertion."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import ClientRecord

_PRINTER = Printer("lifecycle", "debug.c", level="warning", roles="M,S,C,X")


@event(_PRINTER, by="logCurrentClient")
class CrashClient(Event):
    """One fact on the client that the server served when it crashed or failed an assertion.

    ``n`` is its flags, the number of its arguments or the index of one; ``n2`` is that argument's reference
    count or its size in bytes; ``text`` is the argument, or the key that it named. ``conn`` describes its
    connection, ``fd`` is the file descriptor of it. ``title`` says which client. Source: Redis 2.6+,
    ``debug.c:_serverAssertPrintClientInfo`` and ``debug.c:logCurrentClient``.
    """

    title: str | None = None
    client: ClientRecord | None = None
    n: int | None = None
    fd: int | None = None
    conn: str | None = None
    text: str | None = None
    n2: int | None = None

    MESSAGES = (
        message("crash.current-client-info")(
            "title: the client at hand",
            "redis 2.6-3.0: --- CURRENT CLIENT INFO",
            "redis 3.2-7.0, at raw, as -: \\n------ CURRENT CLIENT INFO ------\\n",
        ),
        message("crash.client-info", level="raw", roles="-")(
            "title: the client at hand", "7.2+: \\n------ <title:word> CLIENT INFO ------\\n"
        ),
        message("crash.client")("the client at hand", "redis 2.6-3.0: client: <client:client>"),
        message("crash.client-flags", by="_{redis,server}AssertPrintClientInfo")(
            "flags of the client", "redis 2.6+; valkey 7.2-8.1: client->flags = <n:int>"
        ),
        message("crash.client-fd", by="_{redis,server}AssertPrintClientInfo")(
            "file descriptor of the client", "redis 2.6-5.0: client->fd = <fd:int>"
        ),
        message("crash.client-conn", by="_serverAssertPrintClientInfo")(
            "connection of the client", "6.0+: client->conn = <conn:word>"
        ),
        message("crash.client-argc", by="_{redis,server}AssertPrintClientInfo")(
            "number of the client's arguments", "2.6+: client->argc = <n:int>"
        ),
        message("crash.client-argv-refcount", by="_{redis,server}AssertPrintClientInfo")(
            "an argument of the client",
            'redis 2.6+; valkey 7.2-8.0: client->argv[<n:int>] = "<text:text>" (refcount: <n2:int>)',
            "valkey 8.1+, by _serverAssertPrintClientInfo: client->argv[<n:int>] = <text:text> (refcount: <n2:int>)",
        ),
        message("crash.client-argv-redacted", by="_serverAssertPrintClientInfo")(
            "an argument of the client, hidden", "redis 7.4+: client->argv[<n:int>] = *redacted*"
        ),
        message("crash.client-argv-bytes", by="_serverAssertPrintClientInfo")(
            "size of an argument of the client, itself hidden",
            "valkey 8.0+: client->argv[<n:int>]: <n2:int> bytes",
        ),
        message("crash.argc", level="raw", roles="-")(
            "number of the client's arguments", "redis 7.2+; valkey 7.2-8.0: argc: '<n:int>'\\n"
        ),
        message("crash.argv", level="raw")(
            "an argument of the client",
            "redis 2.6-3.0, at warning: argv[<n:int>]: '<text:text>'",
            "redis 3.2+; valkey 7.2-8.0, as -: argv[<n:int>]: '<text:text>'\\n",
            "valkey 8.1+: argv[<n:int>]: <text:text>\\n",
        ),
        message("crash.argv-redacted", level="raw", roles="-")(
            "an argument of the client, hidden",
            "redis 7.4: argv[<n:int>]: *redacted*\\n",
            "redis 8.0+: argv[<n:int>]: '*redacted*'\\n",
        ),
        message("crash.argv-bytes", level="raw", roles="-")(
            "size of an argument of the client, itself hidden",
            "valkey 8.0+: argv[<n:int>]: <n2:int> bytes\\n",
        ),
        message("crash.key")(
            "the key that the client named exists; its object follows",
            "2.6+: key '<text:text>' found in DB containing the following object:",
            "valkey 9.1+: key '*redacted*' found in DB containing the following object:",
        ),
        message("other.argc-n", level="raw", roles="-")(
            "how many arguments the command has", "valkey 8.1+: argc: <n:int>\\n"
        ),
        message("other.client-flags-0-63-64-127", roles="M,S", by="_serverAssertPrintClientInfo")(
            "the flags of the client", "valkey 9.0+: client->flags = <n:int>(0-63) <n2:int>(64-127)"
        ),
    )


@event(_PRINTER, by="{redis,server}LogObjectDebugInfo")
class CrashObject(Event):
    """One fact on the object that the server handled when it crashed or failed an assertion.

    ``n`` is the number (of type, encoding, references, elements or bytes); ``text`` is the content of a
    string. Source: Redis 2.6+, ``debug.c:serverLogObjectDebugInfo``.
    """

    n: int | None = None
    text: str | None = None

    MESSAGES = (
        message("crash.object-type")("type of the object", "2.6+: Object type: <n:int>"),
        message("crash.object-encoding")("encoding of the object", "2.6+: Object encoding: <n:int>"),
        message("crash.object-refcount")(
            "number of references to the object", "2.6+: Object refcount: <n:int>"
        ),
        message("crash.object-raw-string-len")(
            "length of the string", "2.6+: Object raw string len: <n:int>"
        ),
        message("crash.object-raw-string-content")(
            "content of the string", "2.6+: Object raw string content: <text:text>"
        ),
        message("crash.list-length")("number of elements of the list", "2.6+: List length: <n:int>"),
        message("crash.set-size")("number of members of the set", "2.6+: Set size: <n:int>"),
        message("crash.hash-size")("number of fields of the hash", "2.6+: Hash size: <n:int>"),
        message("crash.sorted-set-size")(
            "number of members of the sorted set", "2.6+: Sorted set size: <n:int>"
        ),
        message("crash.skiplist-level")(
            "number of levels of the sorted set's skiplist", "2.6+: Skiplist level: <n:int>"
        ),
        message("crash.stream-size", by="serverLogObjectDebugInfo")(
            "number of entries of the stream", "6.0+: Stream size: <n:int>"
        ),
    )
