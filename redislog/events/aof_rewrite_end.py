"""How a rewrite of the append only file ended: its file in use, given up, or failed."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("aof", "aof.c", level="warning", roles="M,S")


@event(_PRINTER, level="notice", by="backgroundRewriteDoneHandler")
class AofRewriteDone(Event):
    """The rewritten append only file is in place and in use.

    Source: Redis 2.6+, ``aof.c:backgroundRewriteDoneHandler``.
    """

    MESSAGES = (
        message("aof.background-aof-rewrite-finished-successfully")(
            "the rewritten AOF is in place", "2.6+: Background AOF rewrite finished successfully"
        ),
    )


@event(_PRINTER, level="notice")
class AofRewriteStopped(Event):
    """A running or scheduled rewrite is given up: the append only file is switched off or the server stops.

    ``child_pid`` is the process ID of the killed child. Source: Redis 2.6+, ``aof.c:killAppendOnlyChild``,
    ``aof.c:stopAppendOnly`` and ``server.c:finishShutdown``.
    """

    child_pid: int | None = None

    MESSAGES = (
        message("aof.killing-running-aof-rewrite-child", by="stopAppendOnly,killAppendOnlyChild")(
            "the rewriting child is killed", "2.6+: Killing running AOF rewrite child: <child_pid:pid>"
        ),
        message("aof.there-is-a-child-rewriting-the-aof")(
            "the stopping server kills its rewriting child",
            "2.6+, at warning, by {redis,server}.c:prepareForShutdown,server.c:finishShutdown: There is a child rewriting the AOF. Killing it!",
        ),
        message("aof.aof-was-disabled-but-there-is-a", by="stopAppendOnly")(
            "the AOF was switched off: its scheduled rewrite is cancelled",
            "valkey 8.0+: AOF was disabled but there is a scheduled AOF background, cancel it.",
        ),
    )


@event(_PRINTER, by="backgroundRewriteDoneHandler")
class AofRewriteFailed(Event):
    """A rewrite of the append only file failed; the old file stays in use.

    ``error`` is the error text of the operating system; ``signal`` is the number of the signal that ended
    the child; ``tmpfile`` or ``path`` could not be renamed to ``filename``, ``path`` or ``path2``. Source:
    Redis 2.6+, ``aof.c:rewriteAppendOnlyFile`` and ``aof.c:backgroundRewriteDoneHandler``; the manifest
    since 7.0, ``aof.c:writeAofManifestFile``.
    """

    error: str | None = None
    signal: int | None = None
    tmpfile: str | None = None
    filename: str | None = None
    path: str | None = None
    path2: str | None = None

    MESSAGES = (
        message("aof.can-t-rewrite-append-only-file-in", by="rewriteAppendOnlyFileBackground")(
            "no child could be forked for the rewrite",
            "2.6+: Can't rewrite append only file in background: fork: <error:errno>",
        ),
        message("aof.error-opening-setting-aof-rewrite-ipc-pipes", by="aofCreatePipes")(
            "the pipes between parent and rewriting child could not be made",
            "redis 3.0-6.2: Error opening /setting AOF rewrite IPC pipes: <error:errno>",
        ),
        message("aof.can-t-send-ack-to-aof-child", by="aofChildPipeReadable")(
            "the parent could not answer its rewriting child",
            "redis 3.0-6.2: Can't send ACK to AOF child: <error:errno>",
        ),
        message("aof.opening-the-temp-file-for-aof-rewrite", roles="C,M,S", by="rewriteAppendOnlyFile")(
            "the temporary file of the rewrite could not be opened",
            "2.6+: Opening the temp file for AOF rewrite in rewriteAppendOnlyFile(): <error:errno>",
        ),
        message("aof.write-error-writing-append-only-file-on", roles="C,M,S", by="rewriteAppendOnlyFile")(
            "the temporary file of the rewrite could not be written",
            "2.6+: Write error writing append only file on disk: <error:errno>",
        ),
        message("aof.error-moving-temp-append-only-file-on", roles="C,M,S", by="rewriteAppendOnlyFile")(
            "the child could not rename its file",
            "2.6+: Error moving temp append only file on the final destination: <error:errno>",
        ),
        message("aof.background-aof-rewrite-terminated-with-error")(
            "the rewriting child ended with an error", "2.6+: Background AOF rewrite terminated with error"
        ),
        message("aof.background-aof-rewrite-terminated-by-signal")(
            "the rewriting child was ended by a signal",
            "2.6+: Background AOF rewrite terminated by signal <signal:int>",
        ),
        message("aof.unable-to-open-the-temporary-aof-produced")(
            "the parent could not open the file that its child wrote",
            "redis 2.6-6.2: Unable to open the temporary AOF produced by the child: <error:errno>",
        ),
        message("aof.error-trying-to-flush-the-parent-diff")(
            "the changes made during the rewrite could not be appended",
            "redis 2.6-6.2: Error trying to flush the parent diff to the rewritten AOF: <error:errno>",
        ),
        message("aof.error-trying-to-fsync-the-parent-diff")(
            "the changes appended after the rewrite could not be fsynced",
            "redis 6.2: Error trying to fsync the parent diff to the rewritten AOF: <error:errno>",
        ),
        message("aof.error-trying-to-rename-the-temporary-aof")(
            "a new AOF file or its manifest could not be moved into place",
            "redis 2.6-3.0: Error trying to rename the temporary AOF file: <error:errno>",
            "redis 3.2-6.2: Error trying to rename the temporary AOF file <tmpfile:path> into <filename:filename>: <error:errno>",
            "7.0+, by writeAofManifestFile: Error trying to rename the temporary AOF manifest file <path:path> into <filename:filename>: <error:errno>",
            "7.0+: Error trying to rename the temporary AOF base file <tmpfile:path> into <path:path>: <error:errno>",
            "7.0+: Error trying to rename the temporary AOF incr file <path:path> into <path2:path>: <error:errno>",
        ),
        message("aof.error-trying-to-rename-the-temporary-incr")(
            "the file of changes made during the rewrite could not be moved into place",
            "redis 7.0.0: Error trying to rename the temporary incr AOF file <path:path> into <path2:path>: <error:errno>",
        ),
    )


@event(_PRINTER, level="notice", by="rewriteAppendOnlyFileRio")
class AofRewriteCounted(Event):
    """How much an AOF rewrite's child saved.

    Source: Redis 8.6+, ``aof.c:rewriteAppendOnlyFileRio``.
    """

    keys: int
    skipped: int

    MESSAGES = (
        message("aof.rewrite.counts")(
            "last line of the child: how much it saved",
            "redis 8.6+: AOF rewrite done, <keys:int> keys saved, <skipped:int> keys skipped.",
        ),
    )
