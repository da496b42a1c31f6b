"""Writing the append only file: slow and failed writes, switching it on, shutting down with it."""

from redislog.events.base import Event, event, message, wording


@event
class AofFsyncSlow(Event):
    """The last fsync of the append only file is still running: the server writes on without waiting for it.

    The disk is busy, and commands may be delayed. Source: Redis 2.6+, ``aof.c:flushAppendOnlyFile``.
    """

    CATEGORY = "aof"

    MESSAGES = (
        message(
            "aof.asynchronous-aof-fsync-is-taking-too-long",
            "the background fsync of the AOF lags; writing without waiting for it",
            wording(
                "Asynchronous AOF fsync is taking too long (disk is busy?). Writing the AOF buffer without waiting for fsync to complete, this may slow down Redis.",
                "redis 2.6+; valkey 7.2",
            ),
            wording(
                "Asynchronous AOF fsync is taking too long (disk is busy?). Writing the AOF buffer without waiting for fsync to complete, this may slow down the server.",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M,S",
            source="aof.c:flushAppendOnlyFile",
        ),
    )


@event
class AofWriteFailed(Event):
    """A write to, or an fsync of, the append only file failed; the server goes on and tries again.

    ``error`` is the error text of the operating system; ``written`` and ``expected`` are bytes of a write
    that fell short. Until a write succeeds, a primary refuses write commands. Source: Redis 2.6+,
    ``aof.c:flushAppendOnlyFile`` and ``bio.c:bioProcessBackgroundJobs``.
    """

    CATEGORY = "aof"

    error: str | None = None
    written: int | None = None
    expected: int | None = None

    MESSAGES = (
        message(
            "aof.error-writing-to-the-aof-file",
            "a write to the AOF failed",
            wording("Error writing to the AOF file: <error:errno>", "redis 2.8+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="aof.c:flushAppendOnlyFile",
        ),
        message(
            "aof.short-write-while-writing-to-the-aof",
            "fewer bytes than expected were written to the AOF",
            wording(
                "Short write while writing to the AOF file: (nwritten=<written:int>, expected=<expected:int>)",
                "redis 2.8+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:flushAppendOnlyFile",
        ),
        message(
            "aof.could-not-remove-short-write-from-the",
            "a partial write could not be cut off the end of the AOF: it may not load at the next start",
            wording(
                "Could not remove short write from the append-only file.  Redis may refuse to load the AOF the next time it starts.  ftruncate: <error:errno>",
                "redis 2.6+; valkey 7.2",
            ),
            wording(
                "Could not remove short write from the append-only file. The server may refuse to load the AOF the next time it starts.  ftruncate: <error:errno>",
                "valkey 8.0+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:flushAppendOnlyFile",
        ),
        message(
            "aof.fail-to-fsync-the-aof-file",
            "the AOF could not be fsynced: data may be only in the page cache",
            wording("Fail to fsync the AOF file: <error:errno>", "redis 6.2+; valkey 7.2+"),
            wording(
                "Fail to fsync the AOF file: <error:errno>.",
                "redis 6.2+; valkey 7.2+",
                source="server.c:prepareForShutdown,server.c:finishShutdown",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:stopAppendOnly,bio.c:bioProcessBackgroundJobs",
        ),
    )


@event
class AofWriteFatal(Event):
    """The append only file cannot be written and the server exits.

    ``error`` is the error text of the operating system; ``written`` and ``expected`` are bytes. Since 2.8
    this happens only with ``appendfsync always``. Source: Redis 2.6+, ``aof.c:flushAppendOnlyFile``.
    """

    CATEGORY = "aof"

    error: str | None = None
    written: int | None = None
    expected: int | None = None

    MESSAGES = (
        message(
            "aof.exiting-on-error-writing-to-the-append",
            "a write to the AOF failed and the server exits",
            wording("Exiting on error writing to the append-only file: <error:errno>", "redis 2.6"),
            level="warning",
            roles="M,S",
            source="aof.c:flushAppendOnlyFile",
        ),
        message(
            "aof.exiting-on-short-write-while-writing-to",
            "fewer bytes than expected were written to the AOF and the server exits",
            wording(
                "Exiting on short write while writing to the append-only file: <error:errno> (nwritten=<written:int>, expected=<expected:int>)",
                "redis 2.6",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:flushAppendOnlyFile",
        ),
        message(
            "aof.can-t-recover-from-aof-write-error",
            "a write to the AOF failed with appendfsync always, and the server exits",
            wording(
                "Can't recover from AOF write error when the AOF fsync policy is 'always'. Exiting...",
                "redis 2.8+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:flushAppendOnlyFile",
        ),
        message(
            "aof.can-t-persist-aof-for-fsync-error",
            "an fsync of the AOF failed with appendfsync always, and the server exits",
            wording(
                "Can't persist AOF for fsync error when the AOF fsync policy is 'always': <error:errno>. Exiting...",
                "redis 6.2+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:flushAppendOnlyFile",
        ),
    )


@event
class AofWriteRecovered(Event):
    """An earlier error of the append only file no longer counts: writes work again, or it was opened anew.

    Source: Redis 2.8+, ``aof.c:flushAppendOnlyFile`` and ``aof.c:startAppendOnly``.
    """

    CATEGORY = "aof"

    MESSAGES = (
        message(
            "aof.aof-write-error-looks-solved-valkey-can",
            "AOF writes succeed again, write commands are accepted",
            wording("AOF write error looks solved, Redis can write again.", "redis 2.8+; valkey 7.2"),
            level="warning[redis 2.8-7.0] notice[redis 7.2+; valkey 7.2]",
            roles="M,S",
            source="aof.c:flushAppendOnlyFile",
        ),
        message(
            "aof.aof-write-error-looks-solved-the-server",
            "AOF writes succeed again, write commands are accepted",
            wording("AOF write error looks solved. The server can write again.", "valkey 8.0+"),
            level="notice",
            roles="M,S",
            source="aof.c:flushAppendOnlyFile",
        ),
        message(
            "aof.aof-reopen-just-ignore-the-aof-fsync",
            "the AOF is switched on anew: an earlier background fsync error is forgotten",
            wording("AOF reopen, just ignore the AOF fsync error in bio job", "redis 6.2+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="aof.c:startAppendOnly",
        ),
        message(
            "aof.aof-reopen-just-ignore-the-last-error",
            "the AOF is switched on anew: the last write error is forgotten",
            wording("AOF reopen, just ignore the last error.", "redis 6.2+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="aof.c:startAppendOnly",
        ),
    )


@event
class AofEnableFailed(Event):
    """The append only file could not be switched on, at run time or after a full sync.

    ``filename`` and ``dir`` say which file, ``error`` why it could not be opened. Source: Redis 2.6+,
    ``aof.c:startAppendOnly``; retries since 8.0, ``aof.c:startAppendOnlyWithRetry``.
    """

    CATEGORY = "aof"

    error: str | None = None
    filename: str | None = None
    dir: str | None = None

    MESSAGES = (
        message(
            "aof.valkey-needs-to-enable-the-aof-but",
            "the AOF cannot be switched on: its file does not open, or the first rewrite does not start",
            wording(
                "Redis needs to enable the AOF but can't open the append only file: <error:errno>",
                "redis 2.6-3.0",
            ),
            wording(
                "Redis needs to enable the AOF but can't trigger a background AOF rewrite operation. Check the above logs for more info about the error.",
                "redis 2.6+; valkey 7.2",
            ),
            wording(
                "Redis needs to enable the AOF but can't open the append only file <filename:filename> (in server root dir <dir:path>): <error:errno>",
                "redis 3.2-6.2",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:startAppendOnly",
        ),
        message(
            "aof.the-server-needs-to-enable-the-aof",
            "the AOF cannot be switched on: the first rewrite does not start",
            wording(
                "The server needs to enable the AOF but can't trigger a background AOF rewrite operation. Check the above logs for more info about the error.",
                "valkey 8.0+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:startAppendOnly",
        ),
        message(
            "aof.failed-to-enable-aof-trying-it-again",
            "switching the AOF on failed after a full sync; next try in one second",
            wording("Failed to enable AOF! Trying it again in one second.", "redis 8.0+"),
            level="warning",
            roles="M,S",
            source="aof.c:startAppendOnlyWithRetry",
        ),
        message(
            "aof.fatal-aof-can-t-be-turned-on",
            "the AOF could not be switched on after several tries and the server exits",
            wording("FATAL: AOF can't be turned on. Exiting now.", "redis 8.0+"),
            level="warning",
            roles="M,S",
            source="aof.c:startAppendOnlyWithRetry",
        ),
    )


@event
class AofShutdown(Event):
    """A server that is told to stop flushes its append only file, or finds the first one unfinished.

    While the first file is being written, a shutdown without force is refused. Source: Redis 2.6+,
    ``server.c:finishShutdown``.
    """

    CATEGORY = "aof"

    MESSAGES = (
        message(
            "aof.calling-fsync-on-the-aof-file",
            "the stopping server fsyncs its AOF",
            wording("Calling fsync() on the AOF file.", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="redis.c:prepareForShutdown,server.c:prepareForShutdown,server.c:finishShutdown",
        ),
        message(
            "aof.writing-initial-aof-can-t-exit",
            "the shutdown is refused: the first AOF is still being written",
            wording("Writing initial AOF, can't exit.", "redis 2.8+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="redis.c:prepareForShutdown,server.c:prepareForShutdown,server.c:finishShutdown",
        ),
        message(
            "aof.writing-initial-aof-exit-anyway",
            "the first AOF is still being written, but the server stops all the same",
            wording("Writing initial AOF. Exit anyway.", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="server.c:finishShutdown",
        ),
    )
