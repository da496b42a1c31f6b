"""The client and the object that a server handled when it crashed or failed an assertion."""

from redislog.events.base import Event, event, message, wording
from redislog.values import ClientRecord


@event
class CrashClient(Event):
    """One fact on the client that the server served when it crashed or failed an assertion.

    ``n`` is its flags, the number of its arguments or the index of one; ``n2`` is that argument's reference
    count or its size in bytes; ``text`` is the argument, or the key that it named. ``conn`` describes its
    connection, ``fd`` is the file descriptor of it. ``title`` says which client. Source: Redis 2.6+,
    ``debug.c:_serverAssertPrintClientInfo`` and ``debug.c:logCurrentClient``.
    """

    CATEGORY = "lifecycle"

    title: str | None = None
    client: ClientRecord | None = None
    n: int | None = None
    fd: int | None = None
    conn: str | None = None
    text: str | None = None
    n2: int | None = None

    MESSAGES = (
        message(
            "crash.current-client-info",
            "title: the client at hand",
            wording("--- CURRENT CLIENT INFO", "redis 2.6-3.0"),
            wording(r"\n------ CURRENT CLIENT INFO ------\n", "redis 3.2-7.0", level="raw", roles="-"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:logCurrentClient",
        ),
        message(
            "crash.client-info",
            "title: the client at hand",
            wording(r"\n------ <title:word> CLIENT INFO ------\n", "redis 7.2+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="debug.c:logCurrentClient",
        ),
        message(
            "crash.client",
            "the client at hand",
            wording("client: <client:client>", "redis 2.6-3.0"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:logCurrentClient",
        ),
        message(
            "crash.client-flags",
            "flags of the client",
            wording("client->flags = <n:int>", "redis 2.6+; valkey 7.2-8.1"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:_redisAssertPrintClientInfo,debug.c:_serverAssertPrintClientInfo",
        ),
        message(
            "crash.client-fd",
            "file descriptor of the client",
            wording("client->fd = <fd:int>", "redis 2.6-5.0"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:_redisAssertPrintClientInfo,debug.c:_serverAssertPrintClientInfo",
        ),
        message(
            "crash.client-conn",
            "connection of the client",
            wording("client->conn = <conn:word>", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:_serverAssertPrintClientInfo",
        ),
        message(
            "crash.client-argc",
            "number of the client's arguments",
            wording("client->argc = <n:int>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:_redisAssertPrintClientInfo,debug.c:_serverAssertPrintClientInfo",
        ),
        message(
            "crash.client-argv-refcount",
            "an argument of the client",
            wording(
                'client->argv[<n:int>] = "<text:text>" (refcount: <n2:int>)', "redis 2.6+; valkey 7.2-8.0"
            ),
            wording(
                "client->argv[<n:int>] = <text:text> (refcount: <n2:int>)",
                "valkey 8.1+",
                source="debug.c:_serverAssertPrintClientInfo",
            ),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:_redisAssertPrintClientInfo,debug.c:_serverAssertPrintClientInfo",
        ),
        message(
            "crash.client-argv-redacted",
            "an argument of the client, hidden",
            wording("client->argv[<n:int>] = *redacted*", "redis 7.4+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:_serverAssertPrintClientInfo",
        ),
        message(
            "crash.client-argv-bytes",
            "size of an argument of the client, itself hidden",
            wording("client->argv[<n:int>]: <n2:int> bytes", "valkey 8.0+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:_serverAssertPrintClientInfo",
        ),
        message(
            "crash.argc",
            "number of the client's arguments",
            wording(r"argc: '<n:int>'\n", "redis 7.2+; valkey 7.2-8.0"),
            level="raw",
            roles="-",
            source="debug.c:logCurrentClient",
        ),
        message(
            "crash.argv",
            "an argument of the client",
            wording("argv[<n:int>]: '<text:text>'", "redis 2.6-3.0"),
            wording(r"argv[<n:int>]: '<text:text>'\n", "redis 3.2+; valkey 7.2-8.0", level="raw", roles="-"),
            wording("argv[<n:int>]: <text:text>\\n", "valkey 8.1+", level="raw"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:logCurrentClient",
        ),
        message(
            "crash.argv-redacted",
            "an argument of the client, hidden",
            wording(r"argv[<n:int>]: *redacted*\n", "redis 7.4"),
            wording("argv[<n:int>]: '*redacted*'\\n", "redis 8.0+"),
            level="raw",
            roles="-",
            source="debug.c:logCurrentClient",
        ),
        message(
            "crash.argv-bytes",
            "size of an argument of the client, itself hidden",
            wording(r"argv[<n:int>]: <n2:int> bytes\n", "valkey 8.0+"),
            level="raw",
            roles="-",
            source="debug.c:logCurrentClient",
        ),
        message(
            "crash.key",
            "the key that the client named exists; its object follows",
            wording(
                "key '<text:text>' found in DB containing the following object:",
                "redis 2.6+; valkey 7.2+",
            ),
            wording("key '*redacted*' found in DB containing the following object:", "valkey 9.1+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:logCurrentClient",
        ),
        message(
            "other.argc-n",
            "how many arguments the command has",
            wording("argc: <n:int>\\n", "valkey 8.1+"),
            level="raw",
            roles="-",
            source="debug.c:logCurrentClient",
        ),
        message(
            "other.client-flags-0-63-64-127",
            "the flags of the client",
            wording("client->flags = <n:int>(0-63) <n2:int>(64-127)", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="debug.c:_serverAssertPrintClientInfo",
        ),
    )


@event
class CrashObject(Event):
    """One fact on the object that the server handled when it crashed or failed an assertion.

    ``n`` is the number (of type, encoding, references, elements or bytes); ``text`` is the content of a
    string. Source: Redis 2.6+, ``debug.c:serverLogObjectDebugInfo``.
    """

    CATEGORY = "lifecycle"

    n: int | None = None
    text: str | None = None

    MESSAGES = (
        message(
            "crash.object-type",
            "type of the object",
            wording("Object type: <n:int>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:redisLogObjectDebugInfo,debug.c:serverLogObjectDebugInfo",
        ),
        message(
            "crash.object-encoding",
            "encoding of the object",
            wording("Object encoding: <n:int>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:redisLogObjectDebugInfo,debug.c:serverLogObjectDebugInfo",
        ),
        message(
            "crash.object-refcount",
            "number of references to the object",
            wording("Object refcount: <n:int>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:redisLogObjectDebugInfo,debug.c:serverLogObjectDebugInfo",
        ),
        message(
            "crash.object-raw-string-len",
            "length of the string",
            wording("Object raw string len: <n:int>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:redisLogObjectDebugInfo,debug.c:serverLogObjectDebugInfo",
        ),
        message(
            "crash.object-raw-string-content",
            "content of the string",
            wording("Object raw string content: <text:text>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:redisLogObjectDebugInfo,debug.c:serverLogObjectDebugInfo",
        ),
        message(
            "crash.list-length",
            "number of elements of the list",
            wording("List length: <n:int>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:redisLogObjectDebugInfo,debug.c:serverLogObjectDebugInfo",
        ),
        message(
            "crash.set-size",
            "number of members of the set",
            wording("Set size: <n:int>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:redisLogObjectDebugInfo,debug.c:serverLogObjectDebugInfo",
        ),
        message(
            "crash.hash-size",
            "number of fields of the hash",
            wording("Hash size: <n:int>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:redisLogObjectDebugInfo,debug.c:serverLogObjectDebugInfo",
        ),
        message(
            "crash.sorted-set-size",
            "number of members of the sorted set",
            wording("Sorted set size: <n:int>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:redisLogObjectDebugInfo,debug.c:serverLogObjectDebugInfo",
        ),
        message(
            "crash.skiplist-level",
            "number of levels of the sorted set's skiplist",
            wording("Skiplist level: <n:int>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:redisLogObjectDebugInfo,debug.c:serverLogObjectDebugInfo",
        ),
        message(
            "crash.stream-size",
            "number of entries of the stream",
            wording("Stream size: <n:int>", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:serverLogObjectDebugInfo",
        ),
    )
