"""A snapshot that cannot be loaded: not a file for this server, not readable, or with code that it refuses."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.events.spellings import AT, AT_OFFSET

_PRINTER = Printer("rdb", "rdb.c", level="warning", roles="M,S")


@event(_PRINTER, by="rdbLoad,rdbLoadRio,rdbLoadRioWithLoadingCtx")
class RdbRefused(Event):
    """The file or stream is not a snapshot that this server can load.

    ``rdb_version`` is the format version found, ``databases`` the number of databases that this server is set
    to. Source: Redis 2.6+, ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    rdb_version: int | None = None
    databases: int | None = None
    product: str | None = None
    signature: str | None = None

    MESSAGES = (
        message("rdb.wrong-signature")(
            "the file does not begin as a snapshot",
            "redis 2.6+; valkey 7.2-9.0: Wrong signature trying to load DB from file",
            "valkey 9.1+, by rdbLoadRioWithLoadingCtx: Wrong signature trying to load DB from file: <signature:text>",
        ),
        message("rdb.version-unsupported")(
            "the snapshot has a format version that this server does not know",
            "2.6+: Can't handle RDB format version <rdb_version:int>",
        ),
        message("rdb.too-many-databases")(
            "the snapshot has more databases than this server; it exits",
            "redis 2.6+; valkey 7.2: FATAL: Data file was created with a Redis server configured to handle more than <databases:int> databases. Exiting\\n",
            "valkey 8.0+, by rdbLoadRioWithLoadingCtx: FATAL: Data file was created with a <product:Valkey> server configured to handle more than <databases:int> databases. Exiting\\n",
        ),
    )


@event(_PRINTER)
class RdbLoadFailed(Event):
    """Loading a snapshot failed: it could not be opened, ended early, or took more memory than there is.

    ``path`` is the file, ``n`` the number of bytes asked for. Source: Redis 2.6+,
    ``server.c:loadDataFromDisk``, ``rdb.c:rdbReportError`` and ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    path: str | None = None
    error: str | None = None
    n: int | None = None

    MESSAGES = (
        message("rdb.open-error", by="rdbLoad,rdbLoadWithEmptyFunc")(
            "the snapshot file could not be opened",
            "7.2+: Fatal error: can't open the RDB file <path:path> for reading: <error:errno>",
        ),
        message("rdb.short-read", by="rdbLoad,rdbLoadRio,rdbLoadRioWithLoadingCtx")(
            "the snapshot ended early, or memory ran out",
            "2.6+: Short read or OOM loading DB. Unrecoverable error, aborting now.",
        ),
        message("rdb.alloc-error-lzf", level="verbose|warning", by="rdbLoadLzfStringObject")(
            "no memory for a compressed string",
            "6.2+: rdbLoadLzfStringObject failed allocating <n:int> bytes",
        ),
        message("rdb.alloc-error-string", level="verbose|warning", by="rdbGenericLoadStringObject")(
            "no memory for a string", "6.2+: rdbGenericLoadStringObject failed allocating <n:int> bytes"
        ),
        message("rdb.terminating", by="rdbReportError")(
            "the server exits since the snapshot could not be read",
            "6.0+: Terminating server after rdb file reading failure.",
        ),
        message("rdb.load-fatal", by="{redis,server}.c:loadDataFromDisk")(
            "the server exits since the snapshot could not be loaded at its start",
            "redis 2.6-7.0: Fatal error loading the DB: <error:errno>. Exiting.",
            "7.2+, by server.c:loadDataFromDisk: Fatal error loading the DB, check server logs. Exiting.",
        ),
    )


@event(_PRINTER)
class RdbCodeRefused(Event):
    """A script, function or function library stored in the snapshot could not be loaded.

    ``text`` or ``error`` says why; ``value`` is the body of the script; ``line`` is the place in the server's
    source, ``offset`` the bytes read so far. Source: Redis 4.0 to 6.2 (scripts) and 7.0+ (functions),
    ``rdb.c:rdbFunctionLoad`` and ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    text: str | None = None
    error: str | None = None
    line: int | None = None
    value: str | None = None
    offset: int | None = None

    MESSAGES = (
        message("rdb.function-error", by="rdbFunctionLoad")(
            "a function of the snapshot could not be created", "7.0+: Failed creating function, <text:text>"
        ),
        message("rdb.function-library-error", by="rdbLoadRioWithLoadingCtx")(
            "a function library of the snapshot could not be loaded",
            "7.0+: Failed loading library, <error:text>",
        ),
        message("rdb.corrupt.can-t-load-lua-script", by="rdbLoadRio via rdbCheckThenExit")(
            "a Lua script of the snapshot does not compile",
            f"redis 4.0-5.0: {AT}Can't load Lua script from RDB file! BODY: <value:text>",
            f"redis 6.0-6.2, at verbose|warning, by rdbLoadRio via rdbReportError: {AT_OFFSET}Can't load Lua script from RDB file! BODY: <value:text>",
        ),
        message("rdb.corrupt.pre-release-function-format-not")(
            "functions are stored in the format of a pre-release",
            f"7.2+, at verbose|warning, by rdbLoadRioWithLoadingCtx via rdbReportError: {AT_OFFSET}Pre-release function format not supported.",
        ),
    )
