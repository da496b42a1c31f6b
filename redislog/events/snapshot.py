"""Writing a snapshot: in a child process (BGSAVE, and the disk-based full sync) or in the server itself."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("rdb", "rdb.c", level="warning", roles="M,S")


@event(_PRINTER, level="notice", by="{redis,server}.c:serverCron")
class SavePointReached(Event):
    """A save rule is due, so that a background save follows.

    ``changes`` writes were made, and more than ``seconds`` seconds passed since the last save. Source: Redis
    2.6+, ``server.c:serverCron``.
    """

    changes: int
    seconds: int

    MESSAGES = (
        message("rdb.save-point")(
            "a save rule is due", "2.6+: <changes:int> changes in <seconds:int> seconds. Saving..."
        ),
    )


@event(_PRINTER, level="notice", by="bgsaveCommand")
class BgsaveScheduled(Event):
    """A user asked for a background save, which starts once a running child or a transaction is done.

    Source: Valkey 8.1+, ``rdb.c:bgsaveCommand``.
    """

    MESSAGES = (
        message("rdb.bgsave-scheduled")(
            "a background save is to follow the running child",
            "valkey 8.1+: Background saving scheduled due to user request",
        ),
        message("rdb.bgsave-scheduled-exec")(
            "a background save is to follow the transaction that asked for it",
            "valkey 8.1+: Background saving scheduled to run after transaction execution",
        ),
    )


@event(_PRINTER, level="notice", by="rdbSaveBackground")
class BgsaveStarted(Event):
    """A child process began to write a snapshot to disk, for a save or for the full sync of replicas.

    ``child_pid`` is the process ID of the child. Source: Redis 2.6+, ``rdb.c:rdbSaveBackground``.
    """

    child_pid: int

    MESSAGES = (
        message("rdb.bgsave-started")(
            "a child process began to write a snapshot",
            "2.6+: Background saving started by pid <child_pid:pid>",
        ),
    )


@event(_PRINTER, level="notice", by="backgroundSaveDoneHandler,backgroundSaveDoneHandlerDisk")
class BgsaveDone(Event):
    """The child process wrote its snapshot to disk and ended well; its parent says so.

    Source: Redis 2.6+, ``rdb.c:backgroundSaveDoneHandlerDisk``.
    """

    MESSAGES = (
        message("rdb.bgsave-done")(
            "the child process that wrote a snapshot ended well",
            "2.6+: Background saving terminated with success",
        ),
    )


@event(_PRINTER, by="backgroundSaveDoneHandler,backgroundSaveDoneHandlerDisk")
class BgsaveFailed(Event):
    """A background save could not start, or its child ended with an error or by a signal.

    ``signal`` is the number of the signal, ``error`` why the fork failed; a fork for a diskless full sync
    fails with the same words. Source: Redis 2.6+, ``rdb.c:rdbSaveBackground`` and
    ``rdb.c:backgroundSaveDoneHandlerDisk``.
    """

    error: str | None = None
    signal: int | None = None

    MESSAGES = (
        message("rdb.bgsave-fork-error", by="rdbSaveBackground,rdbSaveTo{Slaves,Replicas}Sockets")(
            "no child process could be started for a snapshot",
            "2.6+: Can't save in background: fork: <error:errno>",
        ),
        message("rdb.bgsave-error")(
            "the child process that wrote a snapshot failed", "2.6+: Background saving error"
        ),
        message("rdb.bgsave-signal")(
            "the child process that wrote a snapshot was ended by a signal",
            "2.6+: Background saving terminated by signal <signal:int>",
        ),
    )


@event(_PRINTER, level="notice", by="bgsaveCommand")
class BgsaveCancelled(Event):
    """A background save, running or scheduled, is dropped: by a user, or since the server shuts down.

    Source: Redis 2.6+, ``server.c:finishShutdown``; Valkey 8.1+, ``rdb.c:bgsaveCommand``.
    """

    MESSAGES = (
        message("rdb.kill-child")(
            "a shutdown kills the child process that writes a snapshot",
            "2.6+, at warning, by {redis,server}.c:prepareForShutdown,server.c:finishShutdown: There is a child saving an .rdb. Killing it!",
        ),
        message("rdb.bgsave-cancel")(
            "a user cancels the running background save",
            "valkey 8.1+: Background saving will be aborted due to user request",
        ),
        message("rdb.bgsave-cancel-scheduled")(
            "a user cancels the scheduled background save",
            "valkey 8.1+: Scheduled background saving will be cancelled due to user request",
        ),
    )


@event(_PRINTER, level="notice", roles="C,M,S", by="rdbSave")
class SnapshotSaved(Event):
    """A snapshot file is complete under its final name.

    The child says so in a background save, the server itself in SAVE and at shutdown. Source: Redis 2.6+,
    ``rdb.c:rdbSave``.
    """

    MESSAGES = (message("rdb.saved")("a snapshot is complete on disk", "2.6+: DB saved on disk"),)


@event(_PRINTER, roles="M,S,C", by="rdbSave")
class SnapshotSaveFailed(Event):
    """A snapshot file could not be opened, written, made durable or renamed.

    ``path`` is the file that was to be written, ``tmpfile`` its temporary name, ``dir`` the server's working
    directory, ``operation`` the failed call. Source: Redis 2.6+, ``rdb.c:rdbSave``.
    """

    error: str
    path: str | None = None
    dir: str | None = None
    operation: str | None = None
    tmpfile: str | None = None

    MESSAGES = (
        message("rdb.save-open-error")(
            "the snapshot file could not be opened",
            "redis 2.6-3.0: Failed opening .rdb for saving: <error:errno>",
            "redis 3.2-6.2: Failed opening the RDB file <path:path> (in server root dir <dir:path>) for saving: <error:errno>",
            "7.0+, by rdbSave,rdbSaveInternal: Failed opening the temp RDB file <path:path> (in server root dir <dir:path>) for saving: <error:errno>",
        ),
        message("rdb.save-write-error", roles="C,M,S")(
            "the snapshot could not be written",
            "redis 2.6-6.2: Write error saving DB on disk: <error:errno>",
            "redis 7.0: Write error saving DB on disk(<operation:word>): <error:errno>",
            "7.2+, by rdbSaveInternal: Write error while saving DB to the disk(<operation:word>): <error:errno>",
        ),
        message("rdb.save-fsync-dir-error", roles="C,M,S")(
            "the directory of the snapshot could not be synced to disk",
            "7.2+: Failed to fsync directory while saving DB: <error:errno>",
        ),
        message("rdb.save-rename-error")(
            "the temporary snapshot could not be moved to its final name",
            "redis 2.6-3.0: Error moving temp DB file on the final destination: <error:errno>",
            "3.2+: Error moving temp DB file <tmpfile:path> on the final destination <path:path> (in server root dir <dir:path>): <error:errno>",
        ),
    )


@event(_PRINTER, level="notice", roles="C,M,S", by="rdbSaveInternal")
class PageCacheKept(Event):
    """The page cache that a saved snapshot takes could not be given back; the snapshot itself is complete.

    Source: Redis 7.2+, ``rdb.c:rdbSaveInternal``.
    """

    error: str

    MESSAGES = (
        message("rdb.save-reclaim")(
            "the page cache of a saved snapshot could not be given back",
            "7.2+: Unable to reclaim cache after saving RDB: <error:errno>",
        ),
    )


@event(_PRINTER, level="notice", by="{redis,server}.c:prepareForShutdown,server.c:finishShutdown")
class FinalSaveStarted(Event):
    """The server saves a last snapshot before it exits.

    Source: Redis 2.6+, ``server.c:finishShutdown``.
    """

    MESSAGES = (
        message("rdb.final-save")(
            "a last snapshot is saved before the exit", "2.6+: Saving the final RDB snapshot before exiting."
        ),
    )


@event(_PRINTER)
class FinalSaveFailed(Event):
    """The last snapshot could not be saved: the shutdown is refused, or forced to go on without it (7.0+).

    Source: Redis 2.6+, ``server.c:finishShutdown``.
    """

    MESSAGES = (
        message("rdb.final-save-error", by="{redis,server}.c:prepareForShutdown,server.c:finishShutdown")(
            "the last snapshot failed, so the server does not exit",
            "2.6+: Error trying to save the DB, can't exit.",
        ),
        message("rdb.final-save-error-exit", by="server.c:finishShutdown")(
            "the last snapshot failed, and the server exits anyway",
            "7.0+: Error trying to save the DB. Exit anyway.",
        ),
    )
