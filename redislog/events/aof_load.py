"""Loading the append only file at start: its parts, how long it took, and what was cut off or stopped it."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("aof", "aof.c", level="warning", roles="M,S")


@event(_PRINTER, level="notice", by="load{,Single}AppendOnlyFile")
class AofLoading(Event):
    """The server begins with a part of its append only file: the RDB part, or the commands after it.

    Source: Redis 4.0+, ``aof.c:loadSingleAppendOnlyFile``.
    """

    MESSAGES = (
        message("aof.reading-rdb-preamble-from-aof-file")(
            "the AOF begins with an RDB part, which is being loaded",
            "4.0+: Reading RDB preamble from AOF file...",
        ),
        message("aof.reading-rdb-base-file-on-aof-loading", by="loadSingleAppendOnlyFile")(
            "the base file is an RDB file, which is being loaded",
            "7.0+: Reading RDB base file on AOF loading...",
        ),
        message("aof.reading-the-remaining-aof-tail")(
            "the RDB part is loaded; the commands after it follow", "4.0+: Reading the remaining AOF tail..."
        ),
    )


@event(_PRINTER, level="notice", by="loadAppendOnlyFiles")
class AofLoaded(Event):
    """The append only file, or one of its files, was loaded.

    ``filename`` is the file where it is one of several (7.0+); ``seconds`` is how long it took. Source:
    Redis 2.6+, ``server.c:loadDataFromDisk``; single files since 7.0, ``aof.c:loadAppendOnlyFiles``.
    """

    seconds: float | None = None
    filename: str | None = None

    MESSAGES = (
        message("aof.db-loaded-from-append-only-file-seconds", by="{redis,server}.c:loadDataFromDisk")(
            "the whole AOF was loaded", "2.6+: DB loaded from append only file: <seconds:float> seconds"
        ),
        message("aof.db-loaded-from-base-file-seconds")(
            "the base file was loaded",
            "7.0+: DB loaded from base file <filename:filename>: <seconds:float> seconds",
        ),
        message("aof.db-loaded-from-incr-file-seconds")(
            "an incremental file was loaded",
            "7.0+: DB loaded from incr file <filename:filename>: <seconds:float> seconds",
        ),
        message("aof.append-only-file-loaded-by-debug-loadaof")(
            "DEBUG LOADAOF loaded the AOF",
            "2.6+, at warning until 7.0, then notice, by debug.c:debugCommand: Append Only File loaded by DEBUG LOADAOF",
        ),
    )


@event(_PRINTER, by="loadAppendOnlyFile")
class AofTruncated(Event):
    """The append only file ends within a command or transaction: the rest is dropped and loading goes on.

    ``path`` is the file (7.0+); ``offset`` counts bytes from its begin: what follows is cut off. Source:
    Redis 2.8+, ``aof.c:loadSingleAppendOnlyFile``.
    """

    path: str | None = None
    offset: int | None = None
    bytes: int | None = None

    MESSAGES = (
        message("aof.warning-short-read-while-loading-the-aof")(
            "the AOF ends within a command",
            "redis 2.8-6.2: !!! Warning: short read while loading the AOF file !!!",
            "7.0+, by loadSingleAppendOnlyFile: !!! Warning: short read while loading the AOF file <path:path>!!!",
        ),
        message("aof.truncating-the-aof-at-offset")(
            "the AOF is cut off after its last complete command",
            "redis 2.8-6.2: !!! Truncating the AOF at offset <offset:offset> !!!",
            "7.0+, by loadSingleAppendOnlyFile: !!! Truncating the AOF <path:path> at offset <offset:offset> !!!",
        ),
        message("aof.aof-loaded-anyway-because-aof-load-truncated")(
            "the shortened AOF is accepted, as aof-load-truncated allows",
            "redis 2.8-6.2: AOF loaded anyway because aof-load-truncated is enabled",
            "7.0+, by loadSingleAppendOnlyFile: AOF <path:path> loaded anyway because aof-load-truncated is enabled",
        ),
        message("aof.revert-incomplete-multi-exec-transaction-in-aof")(
            "the AOF ends within a transaction, which is undone",
            "redis 4.0-6.2: Revert incomplete MULTI/EXEC transaction in AOF file",
            "7.0+, by loadSingleAppendOnlyFile: Revert incomplete MULTI/EXEC transaction in AOF file <path:path>",
        ),
        message("aof.aof-loaded-anyway-because-aof-load", by="loadSingleAppendOnlyFile")(
            "the AOF was loaded without its damaged end",
            "redis 8.6+: AOF <path:path> loaded anyway because aof-load-corrupt-tail-max-size is enabled",
        ),
        message("aof.truncating-the-aof-at-offset-remaining", by="loadSingleAppendOnlyFile")(
            "the AOF is cut where the damage begins",
            "redis 8.2+: !!! Truncating the AOF <path:path> at offset <offset:int> (remaining <bytes:int>) !!!",
        ),
        message("aof.warning-corrupt-aof-file-tail", by="loadSingleAppendOnlyFile")(
            "the end of the AOF is damaged", "redis 8.6+: !!! Warning: corrupt AOF file tail!!!"
        ),
    )


@event(_PRINTER, by="loadAppendOnlyFile")
class AofLoadFailed(Event):
    """The append only file could not be loaded, or its broken end could not be cut off.

    ``path`` is the file (7.0+); ``error`` the error text of the operating system; ``text`` a command that
    the server does not know. A server that is starting exits. Source: Redis 2.6+,
    ``aof.c:loadSingleAppendOnlyFile``.
    """

    error: str | None = None
    path: str | None = None
    text: str | None = None
    offset: int | None = None
    bytes: int | None = None

    MESSAGES = (
        message("aof.fatal-error-can-t-open-the-append")(
            "the AOF could not be opened for reading",
            "redis 2.6-6.2: Fatal error: can't open the append log file for reading: <error:errno>",
            "7.0+, by loadSingleAppendOnlyFile: Fatal error: can't open the append log file <path:path> for reading: <error:errno>",
        ),
        message("aof.the-append-log-file-doesn-t-exist", by="loadSingleAppendOnlyFile")(
            "a file that the manifest lists does not exist",
            "7.0+: The append log file <path:path> doesn't exist: <error:errno>",
        ),
        message("aof.error-reading-the-rdb-preamble-of-the")(
            "the RDB part of the AOF could not be read",
            "redis 4.0-6.2: Error reading the RDB preamble of the AOF file, AOF loading aborted",
            "7.0+, by loadSingleAppendOnlyFile: Error reading the RDB preamble of the AOF file <path:path>, AOF loading aborted",
        ),
        message("aof.error-reading-the-rdb-base-file-aof", by="loadSingleAppendOnlyFile")(
            "the RDB base file could not be read",
            "7.0+: Error reading the RDB base file <path:path>, AOF loading aborted",
        ),
        message("aof.unknown-command-reading-the-append-only-file")(
            "the AOF holds a command that the server does not know",
            "redis 2.6-6.2: Unknown command '<text:text>' reading the append only file",
            "redis 7.0+; valkey 7.2-8.0, by loadSingleAppendOnlyFile: Unknown command '<text:text>' reading the append only file <path:path>",
        ),
        message("aof.unrecoverable-error-reading-the-append-only-file")(
            "reading the AOF failed",
            "redis 2.6-6.2: Unrecoverable error reading the append only file: <error:errno>",
            "7.0+, by loadSingleAppendOnlyFile: Unrecoverable error reading the append only file <path:path>: <error:errno>",
        ),
        message("aof.unexpected-end-of-file-reading-the-append")(
            "the AOF ends within a command, and may not be cut off",
            "redis 2.6: Unexpected end of file reading the append only file",
            "redis 2.8-6.2: Unexpected end of file reading the append only file. You can: 1) Make a backup of your AOF file, then use ./redis-check-aof --fix <filename>. 2) Alternatively you can set the 'aof-load-truncated' configuration option to yes and restart the server.",
            "redis 7.0+, by loadSingleAppendOnlyFile | valkey 7.2+, by loadSingleAppendOnlyFile: Unexpected end of file reading the append only file <path:path>. You can: 1) Make a backup of your AOF file, then use ./<redis|valkey>-check-aof --fix <filename.manifest>. 2) Alternatively you can set the 'aof-load-truncated' configuration option to yes and restart the server.",
        ),
        message("aof.bad-file-format-reading-the-append-only", by="loadSingleAppendOnlyFile")(
            "the AOF is corrupt",
            "redis 2.6-6.2, by loadAppendOnlyFile: Bad file format reading the append only file: make a backup of your AOF file, then use ./redis-check-aof --fix <filename>",
            "redis 7.0-8.0 | valkey 7.2+: Bad file format reading the append only file <path:path>: make a backup of your AOF file, then use ./<redis|valkey>-check-aof --fix <filename.manifest>",
        ),
        message("aof.fatal-error-the-truncated-file-is-not", by="loadAppendOnlyFiles")(
            "a file other than the last one is cut short",
            "7.0+: Fatal error: the truncated file is not the last file",
        ),
        message("aof.last-valid-command-offset-is-invalid", by="load{,Single}AppendOnlyFile")(
            "it is not known where the last complete command of the AOF ends",
            "2.8+: Last valid command offset is invalid",
        ),
        message("aof.error-truncating-the-aof-file")(
            "the broken end of the AOF could not be cut off",
            "redis 2.8-6.2: Error truncating the AOF file: <error:errno>",
            "7.0+, by loadSingleAppendOnlyFile: Error truncating the AOF file <path:path>: <error:errno>",
        ),
        message("aof.can-t-seek-the-end-of-the")(
            "the end of the shortened AOF could not be reached",
            "redis 2.8-6.2: Can't seek the end of the AOF file: <error:errno>",
            "7.0+, by loadSingleAppendOnlyFile: Can't seek the end of the AOF file <path:path>: <error:errno>",
        ),
        message("aof.load.bad-format", by="loadSingleAppendOnlyFile")(
            "damage in the AOF; the server exits",
            "redis 8.6+: Bad file format reading the append only file <path:path> at offset <offset:offset>.          make a backup of your AOF file, then use ./redis-check-aof --fix <filename.manifest>.          Alternatively you can set the 'aof-load-corrupt-tail-max-size' configuration option to <bytes:int> and restart the server.",
        ),
        message("aof.error-reading-the-append-only-file", by="loadSingleAppendOnlyFile")(
            "the AOF could not be read",
            "valkey 8.1+: Error reading the append only file <path:path>, error: <error:text>",
        ),
    )
