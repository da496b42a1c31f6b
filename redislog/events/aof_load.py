"""Loading the append only file at start: its parts, how long it took, and what was cut off or stopped it."""

from redislog.events.base import Event, event, message, wording


@event
class AofLoading(Event):
    """The server begins with a part of its append only file: the RDB part, or the commands after it.

    Source: Redis 4.0+, ``aof.c:loadSingleAppendOnlyFile``.
    """

    CATEGORY = "aof"

    MESSAGES = (
        message(
            "aof.reading-rdb-preamble-from-aof-file",
            "the AOF begins with an RDB part, which is being loaded",
            wording("Reading RDB preamble from AOF file...", "redis 4.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="aof.c:loadAppendOnlyFile,aof.c:loadSingleAppendOnlyFile",
        ),
        message(
            "aof.reading-rdb-base-file-on-aof-loading",
            "the base file is an RDB file, which is being loaded",
            wording("Reading RDB base file on AOF loading...", "redis 7.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="aof.c:loadSingleAppendOnlyFile",
        ),
        message(
            "aof.reading-the-remaining-aof-tail",
            "the RDB part is loaded; the commands after it follow",
            wording("Reading the remaining AOF tail...", "redis 4.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="aof.c:loadAppendOnlyFile,aof.c:loadSingleAppendOnlyFile",
        ),
    )


@event
class AofLoaded(Event):
    """The append only file, or one of its files, was loaded.

    ``filename`` is the file where it is one of several (7.0+); ``seconds`` is how long it took. Source:
    Redis 2.6+, ``server.c:loadDataFromDisk``; single files since 7.0, ``aof.c:loadAppendOnlyFiles``.
    """

    CATEGORY = "aof"

    seconds: float | None = None
    filename: str | None = None

    MESSAGES = (
        message(
            "aof.db-loaded-from-append-only-file-seconds",
            "the whole AOF was loaded",
            wording("DB loaded from append only file: <seconds:float> seconds", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="redis.c:loadDataFromDisk,server.c:loadDataFromDisk",
        ),
        message(
            "aof.db-loaded-from-base-file-seconds",
            "the base file was loaded",
            wording(
                "DB loaded from base file <filename:filename>: <seconds:float> seconds",
                "redis 7.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="aof.c:loadAppendOnlyFiles",
        ),
        message(
            "aof.db-loaded-from-incr-file-seconds",
            "an incremental file was loaded",
            wording(
                "DB loaded from incr file <filename:filename>: <seconds:float> seconds",
                "redis 7.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="aof.c:loadAppendOnlyFiles",
        ),
        message(
            "aof.append-only-file-loaded-by-debug-loadaof",
            "DEBUG LOADAOF loaded the AOF",
            wording("Append Only File loaded by DEBUG LOADAOF", "redis 2.6+; valkey 7.2+"),
            level="warning[redis 2.6-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="debug.c:debugCommand",
        ),
    )


@event
class AofTruncated(Event):
    """The append only file ends within a command or transaction: the rest is dropped and loading goes on.

    ``path`` is the file (7.0+); ``offset`` counts bytes from its begin: what follows is cut off. Source:
    Redis 2.8+, ``aof.c:loadSingleAppendOnlyFile``.
    """

    CATEGORY = "aof"

    path: str | None = None
    offset: int | None = None
    bytes: int | None = None

    MESSAGES = (
        message(
            "aof.warning-short-read-while-loading-the-aof",
            "the AOF ends within a command",
            wording("!!! Warning: short read while loading the AOF file !!!", "redis 2.8-6.2"),
            wording(
                "!!! Warning: short read while loading the AOF file <path:path>!!!",
                "redis 7.0+; valkey 7.2+",
                source="aof.c:loadSingleAppendOnlyFile",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadAppendOnlyFile",
        ),
        message(
            "aof.truncating-the-aof-at-offset",
            "the AOF is cut off after its last complete command",
            wording("!!! Truncating the AOF at offset <offset:offset> !!!", "redis 2.8-6.2"),
            wording(
                "!!! Truncating the AOF <path:path> at offset <offset:offset> !!!",
                "redis 7.0+; valkey 7.2+",
                source="aof.c:loadSingleAppendOnlyFile",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadAppendOnlyFile",
        ),
        message(
            "aof.aof-loaded-anyway-because-aof-load-truncated",
            "the shortened AOF is accepted, as aof-load-truncated allows",
            wording("AOF loaded anyway because aof-load-truncated is enabled", "redis 2.8-6.2"),
            wording(
                "AOF <path:path> loaded anyway because aof-load-truncated is enabled",
                "redis 7.0+; valkey 7.2+",
                source="aof.c:loadSingleAppendOnlyFile",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadAppendOnlyFile",
        ),
        message(
            "aof.revert-incomplete-multi-exec-transaction-in-aof",
            "the AOF ends within a transaction, which is undone",
            wording("Revert incomplete MULTI/EXEC transaction in AOF file", "redis 4.0-6.2"),
            wording(
                "Revert incomplete MULTI/EXEC transaction in AOF file <path:path>",
                "redis 7.0+; valkey 7.2+",
                source="aof.c:loadSingleAppendOnlyFile",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadAppendOnlyFile",
        ),
        message(
            "aof.aof-loaded-anyway-because-aof-load",
            "the AOF was loaded without its damaged end",
            wording(
                "AOF <path:path> loaded anyway because aof-load-corrupt-tail-max-size is enabled",
                "redis 8.6+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadSingleAppendOnlyFile",
        ),
        message(
            "aof.truncating-the-aof-at-offset-remaining",
            "the AOF is cut where the damage begins",
            wording(
                "!!! Truncating the AOF <path:path> at offset <offset:int> (remaining <bytes:int>) !!!",
                "redis 8.2+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadSingleAppendOnlyFile",
        ),
        message(
            "aof.warning-corrupt-aof-file-tail",
            "the end of the AOF is damaged",
            wording("!!! Warning: corrupt AOF file tail!!!", "redis 8.6+"),
            level="warning",
            roles="M,S",
            source="aof.c:loadSingleAppendOnlyFile",
        ),
    )


@event
class AofLoadFailed(Event):
    """The append only file could not be loaded, or its broken end could not be cut off.

    ``path`` is the file (7.0+); ``error`` the error text of the operating system; ``text`` a command that
    the server does not know. A server that is starting exits. Source: Redis 2.6+,
    ``aof.c:loadSingleAppendOnlyFile``.
    """

    CATEGORY = "aof"

    error: str | None = None
    path: str | None = None
    text: str | None = None
    offset: int | None = None
    bytes: int | None = None

    MESSAGES = (
        message(
            "aof.fatal-error-can-t-open-the-append",
            "the AOF could not be opened for reading",
            wording(
                "Fatal error: can't open the append log file for reading: <error:errno>", "redis 2.6-6.2"
            ),
            wording(
                "Fatal error: can't open the append log file <path:path> for reading: <error:errno>",
                "redis 7.0+; valkey 7.2+",
                source="aof.c:loadSingleAppendOnlyFile",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadAppendOnlyFile",
        ),
        message(
            "aof.the-append-log-file-doesn-t-exist",
            "a file that the manifest lists does not exist",
            wording(
                "The append log file <path:path> doesn't exist: <error:errno>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadSingleAppendOnlyFile",
        ),
        message(
            "aof.error-reading-the-rdb-preamble-of-the",
            "the RDB part of the AOF could not be read",
            wording("Error reading the RDB preamble of the AOF file, AOF loading aborted", "redis 4.0-6.2"),
            wording(
                "Error reading the RDB preamble of the AOF file <path:path>, AOF loading aborted",
                "redis 7.0+; valkey 7.2+",
                source="aof.c:loadSingleAppendOnlyFile",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadAppendOnlyFile",
        ),
        message(
            "aof.error-reading-the-rdb-base-file-aof",
            "the RDB base file could not be read",
            wording(
                "Error reading the RDB base file <path:path>, AOF loading aborted",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadSingleAppendOnlyFile",
        ),
        message(
            "aof.unknown-command-reading-the-append-only-file",
            "the AOF holds a command that the server does not know",
            wording("Unknown command '<text:text>' reading the append only file", "redis 2.6-6.2"),
            wording(
                "Unknown command '<text:text>' reading the append only file <path:path>",
                "redis 7.0+; valkey 7.2-8.0",
                source="aof.c:loadSingleAppendOnlyFile",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadAppendOnlyFile",
        ),
        message(
            "aof.unrecoverable-error-reading-the-append-only-file",
            "reading the AOF failed",
            wording("Unrecoverable error reading the append only file: <error:errno>", "redis 2.6-6.2"),
            wording(
                "Unrecoverable error reading the append only file <path:path>: <error:errno>",
                "redis 7.0+; valkey 7.2+",
                source="aof.c:loadSingleAppendOnlyFile",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadAppendOnlyFile",
        ),
        message(
            "aof.unexpected-end-of-file-reading-the-append",
            "the AOF ends within a command, and may not be cut off",
            wording("Unexpected end of file reading the append only file", "redis 2.6"),
            wording(
                "Unexpected end of file reading the append only file. You can: 1) Make a backup of your AOF file, then use ./redis-check-aof --fix <filename>. 2) Alternatively you can set the 'aof-load-truncated' configuration option to yes and restart the server.",
                "redis 2.8-6.2",
            ),
            wording(
                "Unexpected end of file reading the append only file <path:path>. You can: 1) Make a backup of your AOF file, then use ./redis-check-aof --fix <filename.manifest>. 2) Alternatively you can set the 'aof-load-truncated' configuration option to yes and restart the server.",
                "redis 7.0+",
                source="aof.c:loadSingleAppendOnlyFile",
            ),
            wording(
                "Unexpected end of file reading the append only file <path:path>. You can: 1) Make a backup of your AOF file, then use ./valkey-check-aof --fix <filename.manifest>. 2) Alternatively you can set the 'aof-load-truncated' configuration option to yes and restart the server.",
                "valkey 7.2+",
                source="aof.c:loadSingleAppendOnlyFile",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadAppendOnlyFile",
        ),
        message(
            "aof.bad-file-format-reading-the-append-only",
            "the AOF is corrupt",
            wording(
                "Bad file format reading the append only file: make a backup of your AOF file, then use ./redis-check-aof --fix <filename>",
                "redis 2.6-6.2",
                source="aof.c:loadAppendOnlyFile",
            ),
            wording(
                "Bad file format reading the append only file <path:path>: make a backup of your AOF file, then use ./redis-check-aof --fix <filename.manifest>",
                "redis 7.0-8.0",
            ),
            wording(
                "Bad file format reading the append only file <path:path>: make a backup of your AOF file, then use ./valkey-check-aof --fix <filename.manifest>",
                "valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadSingleAppendOnlyFile",
        ),
        message(
            "aof.fatal-error-the-truncated-file-is-not",
            "a file other than the last one is cut short",
            wording("Fatal error: the truncated file is not the last file", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="aof.c:loadAppendOnlyFiles",
        ),
        message(
            "aof.last-valid-command-offset-is-invalid",
            "it is not known where the last complete command of the AOF ends",
            wording("Last valid command offset is invalid", "redis 2.8+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="aof.c:loadAppendOnlyFile,aof.c:loadSingleAppendOnlyFile",
        ),
        message(
            "aof.error-truncating-the-aof-file",
            "the broken end of the AOF could not be cut off",
            wording("Error truncating the AOF file: <error:errno>", "redis 2.8-6.2"),
            wording(
                "Error truncating the AOF file <path:path>: <error:errno>",
                "redis 7.0+; valkey 7.2+",
                source="aof.c:loadSingleAppendOnlyFile",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadAppendOnlyFile",
        ),
        message(
            "aof.can-t-seek-the-end-of-the",
            "the end of the shortened AOF could not be reached",
            wording("Can't seek the end of the AOF file: <error:errno>", "redis 2.8-6.2"),
            wording(
                "Can't seek the end of the AOF file <path:path>: <error:errno>",
                "redis 7.0+; valkey 7.2+",
                source="aof.c:loadSingleAppendOnlyFile",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadAppendOnlyFile",
        ),
        message(
            "aof.load.bad-format",
            "damage in the AOF; the server exits",
            wording(
                "Bad file format reading the append only file <path:path> at offset <offset:offset>.          make a backup of your AOF file, then use ./redis-check-aof --fix <filename.manifest>.          Alternatively you can set the 'aof-load-corrupt-tail-max-size' configuration option to <bytes:int> and restart the server.",
                "redis 8.6+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:loadSingleAppendOnlyFile",
        ),
        message(
            "aof.error-reading-the-append-only-file",
            "the AOF could not be read",
            wording("Error reading the append only file <path:path>, error: <error:text>", "valkey 8.1+"),
            level="warning",
            roles="M,S",
            source="aof.c:loadSingleAppendOnlyFile",
        ),
    )
