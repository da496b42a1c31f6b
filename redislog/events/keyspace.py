"""The dataset and who uses it, as the server counts them from time to time."""

from redislog.events.base import Event, event, message, wording


@event
class KeyspaceSize(Event):
    """How many keys a database holds.

    ``n`` is the database's number; ``keys`` all keys, ``volatile`` those with a time to live, ``slots`` the
    size of the hash table. Source: Redis 2.6+, ``server.c:serverCron``.
    """

    CATEGORY = "other"

    n: int
    keys: int
    volatile: int
    slots: int

    MESSAGES = (
        message(
            "other.db-keys-volatile-in-slots-ht",
            "number of keys in a database",
            wording(
                "DB <n:int>: <keys:int> keys (<volatile:int> volatile) in <slots:int> slots HT.",
                "redis 2.6+; valkey 7.2+",
            ),
            level="verbose",
            roles="M,S,X",
            source="redis.c:serverCron,server.c:serverCron",
        ),
    )


@event
class ClientsConnected(Event):
    """How many clients and replicas are connected, and how much memory is used.

    ``clients`` does not count ``replicas``; ``bytes`` is the memory in use, ``human`` the same with a unit
    letter. Source: Redis 2.6+, ``server.c:serverCron``.
    """

    CATEGORY = "other"

    clients: int
    replicas: int
    bytes: int
    human: str | None = None

    MESSAGES = (
        message(
            "other.clients-connected-replicas-bytes-in-use",
            "number of clients and replicas, and memory in use",
            wording(
                "<clients:int> clients connected (<replicas:int> slaves), <bytes:int> bytes in use",
                "redis 2.6-4.0",
            ),
            wording(
                "<clients:int> clients connected (<replicas:int> replicas), <bytes:int> bytes in use",
                "redis 5.0+; valkey 7.2",
                level="verbose[redis 5.0] debug[redis 6.0+; valkey 7.2]",
                source="server.c:serverCron",
            ),
            level="verbose",
            roles="M,S,X",
            source="redis.c:serverCron,server.c:serverCron",
        ),
        message(
            "other.total-clients-connected-replicas-bytes-in-use",
            "number of clients and replicas, and memory in use",
            wording(
                "Total: <clients:int> clients connected (<replicas:int> replicas), <bytes:int> (<human:humanbytes>) bytes in use",
                "valkey 8.0+",
            ),
            level="debug",
            roles="M,S,X",
            source="server.c:serverCron",
        ),
    )


@event
class KeyDeleted(Event):
    """A key is deleted because its time is over or memory is short.

    ``key_name`` is the key, ``reason`` is ``expired`` or ``evicted``. Source: Redis 8.0,
    ``db.c:deleteKeyAndPropagate``.
    """

    CATEGORY = "other"

    key_name: str
    reason: str

    MESSAGES = (
        message(
            "other.key-deleting-it",
            "a key is deleted, as it expired or was evicted",
            wording("key <key_name:text> <reason:expired|evicted>: deleting it", "redis 8.0+"),
            level="debug",
            roles="M,S,X",
            source="db.c:deleteKeyAndPropagate",
        ),
    )


@event
class ContentDumped(Event):
    """The content of a corrupt small hash (a field is in it twice) or of a node of a stream is printed.

    ``n`` is the number of an element, ``text`` its value. Source: Redis 2.6+,
    ``t_hash.c:hashTypeConvertListpack``; elements since 5.0, ``t_stream.c:streamLogListpackContent``.
    """

    CATEGORY = "other"

    n: int | None = None
    text: str | None = None

    MESSAGES = (
        message(
            "other.ziplist-with-dup-elements-dump",
            "a small hash has a field twice; a dump follows",
            wording("ziplist with dup elements dump", "redis 2.6-6.2"),
            level="warning",
            roles="M,S,X",
            source="t_hash.c:hashTypeConvertZiplist",
        ),
        message(
            "other.listpack-with-dup-elements-dump",
            "a small hash has a field twice; a dump follows",
            wording("listpack with dup elements dump", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="t_hash.c:hashTypeConvertListpack,t_hash.c:hashTypeConvertListpackEx",
        ),
        message(
            "other.",
            "one element of a stream's node",
            wording("- [<n:int>] '<text:text>'", "redis 5.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="t_stream.c:streamLogListpackContent",
        ),
    )
