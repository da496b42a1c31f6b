"""Writing the append only file: slow and failed writes, switching it on, shutting down with it."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("aof", "aof.c", level="warning", roles="M,S")


@event(_PRINTER, level="notice", by="flushAppendOnlyFile")
class AofFsyncSlow(Event):
    """The last fsync of the append only file is still running: the server writes on without waiting for it.

    The disk is busy, and commands may be delayed. Source: Redis 2.6+, ``aof.c:flushAppendOnlyFile``.
    """

    MESSAGES = (
        message("aof.asynchronous-aof-fsync-is-taking-too-long")(
            "the background fsync of the AOF lags; writing without waiting for it",
            "redis 2.6+; valkey 7.2: Asynchronous AOF fsync is taking too long (disk is busy?). Writing the AOF buffer without waiting for fsync to complete, this may slow down Redis.",
            "valkey 8.0+: Asynchronous AOF fsync is taking too long (disk is busy?). Writing the AOF buffer without waiting for fsync to complete, this may slow down the server.",
        ),
    )


@event(_PRINTER, by="flushAppendOnlyFile")
class AofWriteFailed(Event):
    """A write to, or an fsync of, the append only file failed; the server goes on and tries again.

    ``error`` is the error text of the operating system; ``written`` and ``expected`` are bytes of a write
    that fell short. Until a write succeeds, a primary refuses write commands. Source: Redis 2.6+,
    ``aof.c:flushAppendOnlyFile`` and ``bio.c:bioProcessBackgroundJobs``.
    """

    error: str | None = None
    written: int | None = None
    expected: int | None = None

    MESSAGES = (
        message("aof.error-writing-to-the-aof-file")(
            "a write to the AOF failed", "2.8+: Error writing to the AOF file: <error:errno>"
        ),
        message("aof.short-write-while-writing-to-the-aof")(
            "fewer bytes than expected were written to the AOF",
            "2.8+: Short write while writing to the AOF file: (nwritten=<written:int>, expected=<expected:int>)",
        ),
        message("aof.could-not-remove-short-write-from-the")(
            "a partial write could not be cut off the end of the AOF: it may not load at the next start",
            "redis 2.6+; valkey 7.2: Could not remove short write from the append-only file.  Redis may refuse to load the AOF the next time it starts.  ftruncate: <error:errno>",
            "valkey 8.0+: Could not remove short write from the append-only file. The server may refuse to load the AOF the next time it starts.  ftruncate: <error:errno>",
        ),
        message("aof.fail-to-fsync-the-aof-file", by="stopAppendOnly,bio.c:bioProcessBackgroundJobs")(
            "the AOF could not be fsynced: data may be only in the page cache",
            "6.2+: Fail to fsync the AOF file: <error:errno>",
            "6.2+, by server.c:{prepareFor,finish}Shutdown: Fail to fsync the AOF file: <error:errno>.",
        ),
    )


@event(_PRINTER, by="flushAppendOnlyFile")
class AofWriteFatal(Event):
    """The append only file cannot be written and the server exits.

    ``error`` is the error text of the operating system; ``written`` and ``expected`` are bytes. Since 2.8
    this happens only with ``appendfsync always``. Source: Redis 2.6+, ``aof.c:flushAppendOnlyFile``.
    """

    error: str | None = None
    written: int | None = None
    expected: int | None = None

    MESSAGES = (
        message("aof.exiting-on-error-writing-to-the-append")(
            "a write to the AOF failed and the server exits",
            "redis 2.6: Exiting on error writing to the append-only file: <error:errno>",
        ),
        message("aof.exiting-on-short-write-while-writing-to")(
            "fewer bytes than expected were written to the AOF and the server exits",
            "redis 2.6: Exiting on short write while writing to the append-only file: <error:errno> (nwritten=<written:int>, expected=<expected:int>)",
        ),
        message("aof.can-t-recover-from-aof-write-error")(
            "a write to the AOF failed with appendfsync always, and the server exits",
            "2.8+: Can't recover from AOF write error when the AOF fsync policy is 'always'. Exiting...",
        ),
        message("aof.can-t-persist-aof-for-fsync-error")(
            "an fsync of the AOF failed with appendfsync always, and the server exits",
            "6.2+: Can't persist AOF for fsync error when the AOF fsync policy is 'always': <error:errno>. Exiting...",
        ),
    )


@event(_PRINTER, by="flushAppendOnlyFile")
class AofWriteRecovered(Event):
    """An earlier error of the append only file no longer counts: writes work again, or it was opened anew.

    Source: Redis 2.8+, ``aof.c:flushAppendOnlyFile`` and ``aof.c:startAppendOnly``.
    """

    MESSAGES = (
        message("aof.aof-write-error-looks-solved-valkey-can", level="warning until 7.0, then notice")(
            "AOF writes succeed again, write commands are accepted",
            "redis 2.8+; valkey 7.2: AOF write error looks solved, Redis can write again.",
        ),
        message("aof.aof-write-error-looks-solved-the-server", level="notice")(
            "AOF writes succeed again, write commands are accepted",
            "valkey 8.0+: AOF write error looks solved. The server can write again.",
        ),
        message("aof.aof-reopen-just-ignore-the-aof-fsync", by="startAppendOnly")(
            "the AOF is switched on anew: an earlier background fsync error is forgotten",
            "6.2+: AOF reopen, just ignore the AOF fsync error in bio job",
        ),
        message("aof.aof-reopen-just-ignore-the-last-error", by="startAppendOnly")(
            "the AOF is switched on anew: the last write error is forgotten",
            "6.2+: AOF reopen, just ignore the last error.",
        ),
    )


@event(_PRINTER, by="startAppendOnly")
class AofEnableFailed(Event):
    """The append only file could not be switched on, at run time or after a full sync.

    ``filename`` and ``dir`` say which file, ``error`` why it could not be opened. Source: Redis 2.6+,
    ``aof.c:startAppendOnly``; retries since 8.0, ``aof.c:startAppendOnlyWithRetry``.
    """

    error: str | None = None
    filename: str | None = None
    dir: str | None = None

    MESSAGES = (
        message("aof.valkey-needs-to-enable-the-aof-but")(
            "the AOF cannot be switched on: its file does not open, or the first rewrite does not start",
            "redis 2.6-3.0: Redis needs to enable the AOF but can't open the append only file: <error:errno>",
            "redis 2.6+; valkey 7.2: Redis needs to enable the AOF but can't trigger a background AOF rewrite operation. Check the above logs for more info about the error.",
            "redis 3.2-6.2: Redis needs to enable the AOF but can't open the append only file <filename:filename> (in server root dir <dir:path>): <error:errno>",
        ),
        message("aof.the-server-needs-to-enable-the-aof")(
            "the AOF cannot be switched on: the first rewrite does not start",
            "valkey 8.0+: The server needs to enable the AOF but can't trigger a background AOF rewrite operation. Check the above logs for more info about the error.",
        ),
        message("aof.failed-to-enable-aof-trying-it-again", by="startAppendOnlyWithRetry")(
            "switching the AOF on failed after a full sync; next try in one second",
            "redis 8.0+: Failed to enable AOF! Trying it again in one second.",
        ),
        message("aof.fatal-aof-can-t-be-turned-on", by="startAppendOnlyWithRetry")(
            "the AOF could not be switched on after several tries and the server exits",
            "redis 8.0+: FATAL: AOF can't be turned on. Exiting now.",
        ),
    )


@event(_PRINTER, by="{redis,server}.c:prepareForShutdown,server.c:finishShutdown")
class AofShutdown(Event):
    """A server that is told to stop flushes its append only file, or finds the first one unfinished.

    While the first file is being written, a shutdown without force is refused. Source: Redis 2.6+,
    ``server.c:finishShutdown``.
    """

    MESSAGES = (
        message("aof.calling-fsync-on-the-aof-file", level="notice")(
            "the stopping server fsyncs its AOF", "2.6+: Calling fsync() on the AOF file."
        ),
        message("aof.writing-initial-aof-can-t-exit")(
            "the shutdown is refused: the first AOF is still being written",
            "2.8+: Writing initial AOF, can't exit.",
        ),
        message("aof.writing-initial-aof-exit-anyway", by="server.c:finishShutdown")(
            "the first AOF is still being written, but the server stops all the same",
            "7.0+: Writing initial AOF. Exit anyway.",
        ),
    )
