"""How a rewrite of the append only file ended: its file in use, given up, or failed."""

from redislog.events.base import Event, event, message, wording


@event
class AofRewriteDone(Event):
    """The rewritten append only file is in place and in use.

    Source: Redis 2.6+, ``aof.c:backgroundRewriteDoneHandler``.
    """

    CATEGORY = "aof"

    MESSAGES = (
        message(
            "aof.background-aof-rewrite-finished-successfully",
            "the rewritten AOF is in place",
            wording("Background AOF rewrite finished successfully", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="aof.c:backgroundRewriteDoneHandler",
        ),
    )


@event
class AofRewriteStopped(Event):
    """A running or scheduled rewrite is given up: the append only file is switched off or the server stops.

    ``child_pid`` is the process ID of the killed child. Source: Redis 2.6+, ``aof.c:killAppendOnlyChild``,
    ``aof.c:stopAppendOnly`` and ``server.c:finishShutdown``.
    """

    CATEGORY = "aof"

    child_pid: int | None = None

    MESSAGES = (
        message(
            "aof.killing-running-aof-rewrite-child",
            "the rewriting child is killed",
            wording("Killing running AOF rewrite child: <child_pid:pid>", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="aof.c:stopAppendOnly,aof.c:killAppendOnlyChild",
        ),
        message(
            "aof.there-is-a-child-rewriting-the-aof",
            "the stopping server kills its rewriting child",
            wording("There is a child rewriting the AOF. Killing it!", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="redis.c:prepareForShutdown,server.c:prepareForShutdown,server.c:finishShutdown",
        ),
        message(
            "aof.aof-was-disabled-but-there-is-a",
            "the AOF was switched off: its scheduled rewrite is cancelled",
            wording("AOF was disabled but there is a scheduled AOF background, cancel it.", "valkey 8.0+"),
            level="notice",
            roles="M,S",
            source="aof.c:stopAppendOnly",
        ),
    )


@event
class AofRewriteFailed(Event):
    """A rewrite of the append only file failed; the old file stays in use.

    ``error`` is the error text of the operating system; ``signal`` is the number of the signal that ended
    the child; ``tmpfile`` or ``path`` could not be renamed to ``filename``, ``path`` or ``path2``. Source:
    Redis 2.6+, ``aof.c:rewriteAppendOnlyFile`` and ``aof.c:backgroundRewriteDoneHandler``; the manifest
    since 7.0, ``aof.c:writeAofManifestFile``.
    """

    CATEGORY = "aof"

    error: str | None = None
    signal: int | None = None
    tmpfile: str | None = None
    filename: str | None = None
    path: str | None = None
    path2: str | None = None

    MESSAGES = (
        message(
            "aof.can-t-rewrite-append-only-file-in",
            "no child could be forked for the rewrite",
            wording(
                "Can't rewrite append only file in background: fork: <error:errno>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:rewriteAppendOnlyFileBackground",
        ),
        message(
            "aof.error-opening-setting-aof-rewrite-ipc-pipes",
            "the pipes between parent and rewriting child could not be made",
            wording("Error opening /setting AOF rewrite IPC pipes: <error:errno>", "redis 3.0-6.2"),
            level="warning",
            roles="M,S",
            source="aof.c:aofCreatePipes",
        ),
        message(
            "aof.can-t-send-ack-to-aof-child",
            "the parent could not answer its rewriting child",
            wording("Can't send ACK to AOF child: <error:errno>", "redis 3.0-6.2"),
            level="warning",
            roles="M,S",
            source="aof.c:aofChildPipeReadable",
        ),
        message(
            "aof.opening-the-temp-file-for-aof-rewrite",
            "the temporary file of the rewrite could not be opened",
            wording(
                "Opening the temp file for AOF rewrite in rewriteAppendOnlyFile(): <error:errno>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="C,M,S",
            source="aof.c:rewriteAppendOnlyFile",
        ),
        message(
            "aof.write-error-writing-append-only-file-on",
            "the temporary file of the rewrite could not be written",
            wording("Write error writing append only file on disk: <error:errno>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="C,M,S",
            source="aof.c:rewriteAppendOnlyFile",
        ),
        message(
            "aof.error-moving-temp-append-only-file-on",
            "the child could not rename its file",
            wording(
                "Error moving temp append only file on the final destination: <error:errno>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="C,M,S",
            source="aof.c:rewriteAppendOnlyFile",
        ),
        message(
            "aof.background-aof-rewrite-terminated-with-error",
            "the rewriting child ended with an error",
            wording("Background AOF rewrite terminated with error", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="aof.c:backgroundRewriteDoneHandler",
        ),
        message(
            "aof.background-aof-rewrite-terminated-by-signal",
            "the rewriting child was ended by a signal",
            wording("Background AOF rewrite terminated by signal <signal:int>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="aof.c:backgroundRewriteDoneHandler",
        ),
        message(
            "aof.unable-to-open-the-temporary-aof-produced",
            "the parent could not open the file that its child wrote",
            wording("Unable to open the temporary AOF produced by the child: <error:errno>", "redis 2.6-6.2"),
            level="warning",
            roles="M,S",
            source="aof.c:backgroundRewriteDoneHandler",
        ),
        message(
            "aof.error-trying-to-flush-the-parent-diff",
            "the changes made during the rewrite could not be appended",
            wording(
                "Error trying to flush the parent diff to the rewritten AOF: <error:errno>", "redis 2.6-6.2"
            ),
            level="warning",
            roles="M,S",
            source="aof.c:backgroundRewriteDoneHandler",
        ),
        message(
            "aof.error-trying-to-fsync-the-parent-diff",
            "the changes appended after the rewrite could not be fsynced",
            wording("Error trying to fsync the parent diff to the rewritten AOF: <error:errno>", "redis 6.2"),
            level="warning",
            roles="M,S",
            source="aof.c:backgroundRewriteDoneHandler",
        ),
        message(
            "aof.error-trying-to-rename-the-temporary-aof",
            "a new AOF file or its manifest could not be moved into place",
            wording("Error trying to rename the temporary AOF file: <error:errno>", "redis 2.6-3.0"),
            wording(
                "Error trying to rename the temporary AOF file <tmpfile:path> into <filename:filename>: <error:errno>",
                "redis 3.2-6.2",
            ),
            wording(
                "Error trying to rename the temporary AOF manifest file <path:path> into <filename:filename>: <error:errno>",
                "redis 7.0+; valkey 7.2+",
                source="aof.c:writeAofManifestFile",
            ),
            wording(
                "Error trying to rename the temporary AOF base file <tmpfile:path> into <path:path>: <error:errno>",
                "redis 7.0+; valkey 7.2+",
            ),
            wording(
                "Error trying to rename the temporary AOF incr file <path:path> into <path2:path>: <error:errno>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:backgroundRewriteDoneHandler",
        ),
        message(
            "aof.error-trying-to-rename-the-temporary-incr",
            "the file of changes made during the rewrite could not be moved into place",
            wording(
                "Error trying to rename the temporary incr AOF file <path:path> into <path2:path>: <error:errno>",
                "redis 7.0.0",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:backgroundRewriteDoneHandler",
        ),
    )


@event
class AofRewriteCounted(Event):
    """How much an AOF rewrite's child saved.

    Source: Redis 8.6+, ``aof.c:rewriteAppendOnlyFileRio``.
    """

    CATEGORY = "aof"

    keys: int
    skipped: int

    MESSAGES = (
        message(
            "aof.rewrite.counts",
            "last line of the child: how much it saved",
            wording("AOF rewrite done, <keys:int> keys saved, <skipped:int> keys skipped.", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="aof.c:rewriteAppendOnlyFileRio",
        ),
    )
