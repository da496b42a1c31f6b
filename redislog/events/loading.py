"""Loading a snapshot: what the file says of itself, and what came out of it."""

from redislog.events.base import Event, event, message, wording


@event
class RdbProducer(Event):
    """Version of the server that wrote the snapshot now loaded; in a full sync, that of the primary.

    ``value`` is the version. Source: Redis 6.0+, ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    CATEGORY = "rdb"

    value: str

    MESSAGES = (
        message(
            "rdb.producer",
            "version of the server that wrote the snapshot",
            wording(
                "Loading RDB produced by version <value:text>",
                "redis 6.0+",
                source="rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
            ),
            wording("Loading RDB produced by Redis version <value:text>", "valkey 7.2+"),
            wording("Loading RDB produced by valkey version <value:text>", "valkey 7.2"),
            wording("Loading RDB produced by Valkey version <value:text>", "valkey 8.0+"),
            level="notice",
            roles="M,S",
            source="rdb.c:rdbLoadRioWithLoadingCtx",
        ),
    )


@event
class RdbDescribed(Event):
    """What a snapshot says of itself while it is loaded.

    ``seconds`` is its age, by the clocks of writer and reader; ``mb`` the memory that its writer used, in
    megabytes; ``field`` and ``value`` are an auxiliary field that has no message of its own. Source: Redis
    2.6+, ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    CATEGORY = "rdb"

    field: str | None = None
    value: str | None = None
    seconds: int | None = None
    mb: float | None = None

    MESSAGES = (
        message(
            "rdb.no-checksum",
            "the snapshot carries no checksum, so it is not checked",
            wording(
                "RDB file was saved with checksum disabled: no check performed.",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning[redis 2.6-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="rdb.c:rdbLoad,rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.aux",
            "an auxiliary field of the snapshot",
            wording("RDB '<field:text>': <value:text>", "redis 3.2+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="rdb.c:rdbLoad,rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.aux-unknown",
            "an auxiliary field that this server does not know",
            wording("Unrecognized RDB AUX field: '<field:text>'", "redis 3.2+; valkey 7.2+"),
            level="debug",
            roles="M,S",
            source="rdb.c:rdbLoad,rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.age",
            "age of the snapshot",
            wording("RDB age <seconds:int> seconds", "redis 6.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.used-mem",
            "memory that the writer of the snapshot used",
            wording("RDB memory usage when created <mb:float2> Mb", "redis 6.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.aof-tail",
            "the snapshot is the head of an append only file",
            wording("RDB has an AOF tail", "redis 6.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.base-aof",
            "the snapshot is the base file of a multi part append only log",
            wording("RDB is base AOF", "redis 7.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="rdb.c:rdbLoadRioWithLoadingCtx",
        ),
    )


@event
class RdbKeysLoaded(Event):
    """A snapshot was read to its end.

    ``keys`` were loaded, ``expired`` dropped as expired, and ``empty`` skipped for having no elements.
    Source: Redis 6.2+, ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    CATEGORY = "rdb"

    keys: int
    expired: int
    empty: int | None = None
    expired_hashes: int | None = None

    MESSAGES = (
        message(
            "rdb.loaded",
            "a snapshot was read to its end",
            wording(
                "Done loading RDB, keys loaded: <keys:int>, keys expired: <expired:int>, empty keys skipped: <empty:int>.",
                "redis 6.2+; valkey 7.2-8.1",
            ),
            wording(
                "Done loading RDB, keys loaded: <keys:int>, keys expired: <expired:int>.",
                "redis 6.2+; valkey 7.2-8.1",
                level="warning[redis 6.2] notice[redis 7.0+; valkey 7.2+]",
            ),
            wording(
                "Done loading RDB, keys loaded: <keys:int>, keys expired: <expired:int>, empty keys skipped: <empty:int>, all fields expired hashes: <expired_hashes:int>.",
                "valkey 9.0+",
                level="notice",
                source="rdb.c:rdbLoadRioWithLoadingCtx",
            ),
            wording(
                "Done loading RDB, keys loaded: <keys:int>, keys expired: <expired:int>, all fields expired hashes: <expired_hashes:int>.",
                "valkey 9.0+",
                level="notice",
                source="rdb.c:rdbLoadRioWithLoadingCtx",
            ),
            level="warning[redis 6.2-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
    )


@event
class DatasetLoaded(Event):
    """The server has its data from the snapshot: at its start, after ``seconds`` seconds, or by DEBUG RELOAD.

    Source: Redis 2.6+, ``server.c:loadDataFromDisk`` and ``debug.c:debugCommand``.
    """

    CATEGORY = "rdb"

    seconds: float | None = None

    MESSAGES = (
        message(
            "rdb.loaded-at-start",
            "the snapshot was loaded at the start",
            wording("DB loaded from disk: <seconds:float> seconds", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="redis.c:loadDataFromDisk,server.c:loadDataFromDisk",
        ),
        message(
            "rdb.debug-reload",
            "the snapshot was saved and loaded again by DEBUG RELOAD",
            wording("DB reloaded by DEBUG RELOAD", "redis 2.6+; valkey 7.2+"),
            level="warning[redis 2.6-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="debug.c:debugCommand",
        ),
    )


@event
class KeyRead(Event):
    """What was noted on a single key or object while loading: skipped, or merely seen (2.6).

    ``key_name`` is the empty collection that an older version left behind; ``n`` is the type of an object and
    ``n2`` its place in the file, in bytes. Source: Redis 6.2+, ``rdb.c:rdbLoadRioWithLoadingCtx``; Redis 2.6,
    ``rdb.c:rdbLoadObject``.
    """

    CATEGORY = "rdb"

    key_name: str | None = None
    n: int | None = None
    n2: int | None = None

    MESSAGES = (
        message(
            "rdb.empty-key",
            "a key without elements is skipped",
            wording("rdbLoadObject skipping empty key: <key_name:text>", "redis 6.2+; valkey 7.2+"),
            wording(
                "rdbLoadObject skipping empty key",
                "valkey 9.0+",
                level="notice",
                source="rdb.c:rdbLoadRioWithLoadingCtx",
            ),
            level="warning[redis 6.2-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.loading-object",
            "the type and place of an object that is being loaded",
            wording(r"LOADING OBJECT <n:int> (at <n2:int>)\n", "redis 2.6"),
            level="debug",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
    )
