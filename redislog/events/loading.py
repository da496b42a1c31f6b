"""Loading a snapshot: what the file says of itself, and what came out of it."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("rdb", "rdb.c", level="notice", roles="M,S")


@event(_PRINTER, by="rdbLoadRioWithLoadingCtx")
class RdbProducer(Event):
    """Version of the server that wrote the snapshot now loaded; in a full sync, that of the primary.

    ``value`` is the version. Source: Redis 6.0+, ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    value: str

    MESSAGES = (
        message("rdb.producer")(
            "version of the server that wrote the snapshot",
            "redis 6.0+, by rdbLoadRio,rdbLoadRioWithLoadingCtx: Loading RDB produced by version <value:text>",
            "valkey 7.2+ | valkey 7.2 | valkey 8.0+: Loading RDB produced by <Redis|valkey|Valkey> version <value:text>",
        ),
    )


@event(_PRINTER, by="rdbLoad,rdbLoadRio,rdbLoadRioWithLoadingCtx")
class RdbDescribed(Event):
    """What a snapshot says of itself while it is loaded.

    ``seconds`` is its age, by the clocks of writer and reader; ``mb`` the memory that its writer used, in
    megabytes; ``field`` and ``value`` are an auxiliary field that has no message of its own. Source: Redis
    2.6+, ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    field: str | None = None
    value: str | None = None
    seconds: int | None = None
    mb: float | None = None

    MESSAGES = (
        message("rdb.no-checksum", level="warning until 7.0, then notice")(
            "the snapshot carries no checksum, so it is not checked",
            "2.6+: RDB file was saved with checksum disabled: no check performed.",
        ),
        message("rdb.aux")("an auxiliary field of the snapshot", "3.2+: RDB '<field:text>': <value:text>"),
        message("rdb.aux-unknown", level="debug")(
            "an auxiliary field that this server does not know",
            "3.2+: Unrecognized RDB AUX field: '<field:text>'",
        ),
        message("rdb.age", by="rdbLoadRio,rdbLoadRioWithLoadingCtx")(
            "age of the snapshot", "6.0+: RDB age <seconds:int> seconds"
        ),
        message("rdb.used-mem", by="rdbLoadRio,rdbLoadRioWithLoadingCtx")(
            "memory that the writer of the snapshot used",
            "6.0+: RDB memory usage when created <mb:float2> Mb",
        ),
        message("rdb.aof-tail", by="rdbLoadRio,rdbLoadRioWithLoadingCtx")(
            "the snapshot is the head of an append only file", "6.0+: RDB has an AOF tail"
        ),
        message("rdb.base-aof", by="rdbLoadRioWithLoadingCtx")(
            "the snapshot is the base file of a multi part append only log", "7.0+: RDB is base AOF"
        ),
    )


@event(_PRINTER, by="rdbLoadRio,rdbLoadRioWithLoadingCtx")
class RdbKeysLoaded(Event):
    """A snapshot was read to its end.

    ``keys`` were loaded, ``expired`` dropped as expired, and ``empty`` skipped for having no elements.
    Source: Redis 6.2+, ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    keys: int
    expired: int
    empty: int | None = None
    expired_hashes: int | None = None

    MESSAGES = (
        message("rdb.loaded")(
            "a snapshot was read to its end",
            "redis 6.2+; valkey 7.2-8.1, at warning[redis 6.2-7.0] notice[redis 7.2+; valkey 7.2+]: Done loading RDB, keys loaded: <keys:int>, keys expired: <expired:int>, empty keys skipped: <empty:int>.",
            "redis 6.2+; valkey 7.2-8.1, at warning[redis 6.2] notice[redis 7.0+; valkey 7.2+]: Done loading RDB, keys loaded: <keys:int>, keys expired: <expired:int>.",
            "valkey 9.0+, by rdbLoadRioWithLoadingCtx: Done loading RDB, keys loaded: <keys:int>, keys expired: <expired:int>, empty keys skipped: <empty:int>, all fields expired hashes: <expired_hashes:int>.",
            "valkey 9.0+, by rdbLoadRioWithLoadingCtx: Done loading RDB, keys loaded: <keys:int>, keys expired: <expired:int>, all fields expired hashes: <expired_hashes:int>.",
        ),
    )


@event(_PRINTER)
class DatasetLoaded(Event):
    """The server has its data from the snapshot: at its start, after ``seconds`` seconds, or by DEBUG RELOAD.

    Source: Redis 2.6+, ``server.c:loadDataFromDisk`` and ``debug.c:debugCommand``.
    """

    seconds: float | None = None

    MESSAGES = (
        message("rdb.loaded-at-start", by="{redis,server}.c:loadDataFromDisk")(
            "the snapshot was loaded at the start", "2.6+: DB loaded from disk: <seconds:float> seconds"
        ),
        message("rdb.debug-reload", level="warning until 7.0, then notice", by="debug.c:debugCommand")(
            "the snapshot was saved and loaded again by DEBUG RELOAD", "2.6+: DB reloaded by DEBUG RELOAD"
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice")
class KeyRead(Event):
    """What was noted on a single key or object while loading: skipped, or merely seen (2.6).

    ``key_name`` is the empty collection that an older version left behind; ``n`` is the type of an object and
    ``n2`` its place in the file, in bytes. Source: Redis 6.2+, ``rdb.c:rdbLoadRioWithLoadingCtx``; Redis 2.6,
    ``rdb.c:rdbLoadObject``.
    """

    key_name: str | None = None
    n: int | None = None
    n2: int | None = None

    MESSAGES = (
        message("rdb.empty-key", by="rdbLoadRio,rdbLoadRioWithLoadingCtx")(
            "a key without elements is skipped",
            "6.2+: rdbLoadObject skipping empty key: <key_name:text>",
            "valkey 9.0+, at notice, by rdbLoadRioWithLoadingCtx: rdbLoadObject skipping empty key",
        ),
        message("rdb.loading-object", level="debug", by="rdbLoadObject")(
            "the type and place of an object that is being loaded",
            "redis 2.6: LOADING OBJECT <n:int> (at <n2:int>)\\n",
        ),
    )
