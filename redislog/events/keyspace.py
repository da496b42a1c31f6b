"""The dataset and who uses it, as the server counts them from time to time."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("other", "redis.c", level="warning", roles="M,S,X")


@event(_PRINTER, level="verbose", by="serverCron,server.c:serverCron")
class KeyspaceSize(Event):
    """How many keys a database holds.

    ``n`` is the database's number; ``keys`` all keys, ``volatile`` those with a time to live, ``slots`` the
    size of the hash table. Source: Redis 2.6+, ``server.c:serverCron``.
    """

    n: int
    keys: int
    volatile: int
    slots: int

    MESSAGES = (
        message("other.db-keys-volatile-in-slots-ht")(
            "number of keys in a database",
            "2.6+: DB <n:int>: <keys:int> keys (<volatile:int> volatile) in <slots:int> slots HT.",
        ),
    )


@event(_PRINTER, level="verbose")
class ClientsConnected(Event):
    """How many clients and replicas are connected, and how much memory is used.

    ``clients`` does not count ``replicas``; ``bytes`` is the memory in use, ``human`` the same with a unit
    letter. Source: Redis 2.6+, ``server.c:serverCron``.
    """

    clients: int
    replicas: int
    bytes: int
    human: str | None = None

    MESSAGES = (
        message("other.clients-connected-replicas-bytes-in-use", by="serverCron,server.c:serverCron")(
            "number of clients and replicas, and memory in use",
            "redis 2.6-4.0: <clients:int> clients connected (<replicas:int> slaves), <bytes:int> bytes in use",
            "redis 5.0+; valkey 7.2, at verbose until 5.0, then debug, by server.c:serverCron: <clients:int> clients connected (<replicas:int> replicas), <bytes:int> bytes in use",
        ),
        message("other.total-clients-connected-replicas-bytes-in-use")(
            "number of clients and replicas, and memory in use",
            "valkey 8.0+, at debug, by server.c:serverCron: Total: <clients:int> clients connected (<replicas:int> replicas), <bytes:int> (<human:humanbytes>) bytes in use",
        ),
    )


@event(_PRINTER, level="debug", by="db.c:deleteKeyAndPropagate")
class KeyDeleted(Event):
    """A key is deleted because its time is over or memory is short.

    ``key_name`` is the key, ``reason`` is ``expired`` or ``evicted``. Source: Redis 8.0,
    ``db.c:deleteKeyAndPropagate``.
    """

    key_name: str
    reason: str

    MESSAGES = (
        message("other.key-deleting-it")(
            "a key is deleted, as it expired or was evicted",
            "redis 8.0+: key <key_name:text> <reason:expired|evicted>: deleting it",
        ),
    )


@event(_PRINTER)
class ContentDumped(Event):
    """The content of a corrupt small hash (a field is in it twice) or of a node of a stream is printed.

    ``n`` is the number of an element, ``text`` its value. Source: Redis 2.6+,
    ``t_hash.c:hashTypeConvertListpack``; elements since 5.0, ``t_stream.c:streamLogListpackContent``.
    """

    n: int | None = None
    text: str | None = None

    MESSAGES = (
        message("other.ziplist-with-dup-elements-dump", by="t_hash.c:hashTypeConvertZiplist")(
            "a small hash has a field twice; a dump follows", "redis 2.6-6.2: ziplist with dup elements dump"
        ),
        message("other.listpack-with-dup-elements-dump")(
            "a small hash has a field twice; a dump follows",
            "7.0+, by t_hash.c:hashTypeConvertListpack,t_hash.c:hashTypeConvertListpackEx: listpack with dup elements dump",
        ),
        message("other.", by="t_stream.c:streamLogListpackContent")(
            "one element of a stream's node", "5.0+: - [<n:int>] '<text:text>'"
        ),
    )
