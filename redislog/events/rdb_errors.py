"""A snapshot that cannot be loaded: not a file for this server, not readable, or with code that it refuses."""

from redislog.events.base import Event, event, message, wording

_AT = "Internal error in RDB reading function at rdb.c:<line:int> -> "
_AT_OFFSET = "Internal error in RDB reading offset <offset:offset>, function at rdb.c:<line:int> -> "


@event
class RdbRefused(Event):
    """The file or stream is not a snapshot that this server can load.

    ``rdb_version`` is the format version found, ``databases`` the number of databases that this server is set
    to. Source: Redis 2.6+, ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    CATEGORY = "rdb"

    rdb_version: int | None = None
    databases: int | None = None
    product: str | None = None
    signature: str | None = None

    MESSAGES = (
        message(
            "rdb.wrong-signature",
            "the file does not begin as a snapshot",
            wording("Wrong signature trying to load DB from file", "redis 2.6+; valkey 7.2-9.0"),
            wording(
                "Wrong signature trying to load DB from file: <signature:text>",
                "valkey 9.1+",
                source="rdb.c:rdbLoadRioWithLoadingCtx",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoad,rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.version-unsupported",
            "the snapshot has a format version that this server does not know",
            wording("Can't handle RDB format version <rdb_version:int>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoad,rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.too-many-databases",
            "the snapshot has more databases than this server; it exits",
            wording(
                r"FATAL: Data file was created with a Redis server configured to handle more than <databases:int> databases. Exiting\n",
                "redis 2.6+; valkey 7.2",
            ),
            wording(
                r"FATAL: Data file was created with a <product:Valkey> server configured to handle more than <databases:int> databases. Exiting\n",
                "valkey 8.0+",
                source="rdb.c:rdbLoadRioWithLoadingCtx",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoad,rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
    )


@event
class RdbLoadFailed(Event):
    """Loading a snapshot failed: it could not be opened, ended early, or took more memory than there is.

    ``path`` is the file, ``n`` the number of bytes asked for. Source: Redis 2.6+,
    ``server.c:loadDataFromDisk``, ``rdb.c:rdbReportError`` and ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    CATEGORY = "rdb"

    path: str | None = None
    error: str | None = None
    n: int | None = None

    MESSAGES = (
        message(
            "rdb.open-error",
            "the snapshot file could not be opened",
            wording(
                "Fatal error: can't open the RDB file <path:path> for reading: <error:errno>",
                "redis 7.2+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoad,rdb.c:rdbLoadWithEmptyFunc",
        ),
        message(
            "rdb.short-read",
            "the snapshot ended early, or memory ran out",
            wording(
                "Short read or OOM loading DB. Unrecoverable error, aborting now.",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoad,rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.alloc-error-lzf",
            "no memory for a compressed string",
            wording("rdbLoadLzfStringObject failed allocating <n:int> bytes", "redis 6.2+; valkey 7.2+"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadLzfStringObject",
        ),
        message(
            "rdb.alloc-error-string",
            "no memory for a string",
            wording("rdbGenericLoadStringObject failed allocating <n:int> bytes", "redis 6.2+; valkey 7.2+"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbGenericLoadStringObject",
        ),
        message(
            "rdb.terminating",
            "the server exits since the snapshot could not be read",
            wording("Terminating server after rdb file reading failure.", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbReportError",
        ),
        message(
            "rdb.load-fatal",
            "the server exits since the snapshot could not be loaded at its start",
            wording("Fatal error loading the DB: <error:errno>. Exiting.", "redis 2.6-7.0"),
            wording(
                "Fatal error loading the DB, check server logs. Exiting.",
                "redis 7.2+; valkey 7.2+",
                source="server.c:loadDataFromDisk",
            ),
            level="warning",
            roles="M,S",
            source="redis.c:loadDataFromDisk,server.c:loadDataFromDisk",
        ),
    )


@event
class RdbCodeRefused(Event):
    """A script, function or function library stored in the snapshot could not be loaded.

    ``text`` or ``error`` says why; ``value`` is the body of the script; ``line`` is the place in the server's
    source, ``offset`` the bytes read so far. Source: Redis 4.0 to 6.2 (scripts) and 7.0+ (functions),
    ``rdb.c:rdbFunctionLoad`` and ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    CATEGORY = "rdb"

    text: str | None = None
    error: str | None = None
    line: int | None = None
    value: str | None = None
    offset: int | None = None

    MESSAGES = (
        message(
            "rdb.function-error",
            "a function of the snapshot could not be created",
            wording("Failed creating function, <text:text>", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbFunctionLoad",
        ),
        message(
            "rdb.function-library-error",
            "a function library of the snapshot could not be loaded",
            wording("Failed loading library, <error:text>", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.corrupt.can-t-load-lua-script",
            "a Lua script of the snapshot does not compile",
            wording(_AT + "Can't load Lua script from RDB file! BODY: <value:text>", "redis 4.0-5.0"),
            wording(
                _AT_OFFSET + "Can't load Lua script from RDB file! BODY: <value:text>",
                "redis 6.0-6.2",
                level="verbose|warning",
                source="rdb.c:rdbLoadRio via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadRio via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.pre-release-function-format-not",
            "functions are stored in the format of a pre-release",
            wording(_AT_OFFSET + "Pre-release function format not supported.", "redis 7.2+; valkey 7.2+"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadRioWithLoadingCtx via rdbReportError",
        ),
    )
