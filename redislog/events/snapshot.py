"""Writing a snapshot: in a child process (BGSAVE, and the disk-based full sync) or in the server itself."""

from redislog.events.base import Event, event, message, wording


@event
class SavePointReached(Event):
    """A save rule is due, so that a background save follows.

    ``changes`` writes were made, and more than ``seconds`` seconds passed since the last save. Source: Redis
    2.6+, ``server.c:serverCron``.
    """

    CATEGORY = "rdb"

    changes: int
    seconds: int

    MESSAGES = (
        message(
            "rdb.save-point",
            "a save rule is due",
            wording("<changes:int> changes in <seconds:int> seconds. Saving...", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="redis.c:serverCron,server.c:serverCron",
        ),
    )


@event
class BgsaveScheduled(Event):
    """A user asked for a background save, which starts once a running child or a transaction is done.

    Source: Valkey 8.1+, ``rdb.c:bgsaveCommand``.
    """

    CATEGORY = "rdb"

    MESSAGES = (
        message(
            "rdb.bgsave-scheduled",
            "a background save is to follow the running child",
            wording("Background saving scheduled due to user request", "valkey 8.1+"),
            level="notice",
            roles="M,S",
            source="rdb.c:bgsaveCommand",
        ),
        message(
            "rdb.bgsave-scheduled-exec",
            "a background save is to follow the transaction that asked for it",
            wording("Background saving scheduled to run after transaction execution", "valkey 8.1+"),
            level="notice",
            roles="M,S",
            source="rdb.c:bgsaveCommand",
        ),
    )


@event
class BgsaveStarted(Event):
    """A child process began to write a snapshot to disk, for a save or for the full sync of replicas.

    ``child_pid`` is the process ID of the child. Source: Redis 2.6+, ``rdb.c:rdbSaveBackground``.
    """

    CATEGORY = "rdb"

    child_pid: int

    MESSAGES = (
        message(
            "rdb.bgsave-started",
            "a child process began to write a snapshot",
            wording("Background saving started by pid <child_pid:pid>", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="rdb.c:rdbSaveBackground",
        ),
    )


@event
class BgsaveDone(Event):
    """The child process wrote its snapshot to disk and ended well; its parent says so.

    Source: Redis 2.6+, ``rdb.c:backgroundSaveDoneHandlerDisk``.
    """

    CATEGORY = "rdb"

    MESSAGES = (
        message(
            "rdb.bgsave-done",
            "the child process that wrote a snapshot ended well",
            wording("Background saving terminated with success", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="rdb.c:backgroundSaveDoneHandler,rdb.c:backgroundSaveDoneHandlerDisk",
        ),
    )


@event
class BgsaveFailed(Event):
    """A background save could not start, or its child ended with an error or by a signal.

    ``signal`` is the number of the signal, ``error`` why the fork failed; a fork for a diskless full sync
    fails with the same words. Source: Redis 2.6+, ``rdb.c:rdbSaveBackground`` and
    ``rdb.c:backgroundSaveDoneHandlerDisk``.
    """

    CATEGORY = "rdb"

    error: str | None = None
    signal: int | None = None

    MESSAGES = (
        message(
            "rdb.bgsave-fork-error",
            "no child process could be started for a snapshot",
            wording("Can't save in background: fork: <error:errno>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbSaveBackground,rdb.c:rdbSaveToSlavesSockets,rdb.c:rdbSaveToReplicasSockets",
        ),
        message(
            "rdb.bgsave-error",
            "the child process that wrote a snapshot failed",
            wording("Background saving error", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="rdb.c:backgroundSaveDoneHandler,rdb.c:backgroundSaveDoneHandlerDisk",
        ),
        message(
            "rdb.bgsave-signal",
            "the child process that wrote a snapshot was ended by a signal",
            wording("Background saving terminated by signal <signal:int>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="rdb.c:backgroundSaveDoneHandler,rdb.c:backgroundSaveDoneHandlerDisk",
        ),
    )


@event
class BgsaveCancelled(Event):
    """A background save, running or scheduled, is dropped: by a user, or since the server shuts down.

    Source: Redis 2.6+, ``server.c:finishShutdown``; Valkey 8.1+, ``rdb.c:bgsaveCommand``.
    """

    CATEGORY = "rdb"

    MESSAGES = (
        message(
            "rdb.kill-child",
            "a shutdown kills the child process that writes a snapshot",
            wording("There is a child saving an .rdb. Killing it!", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="redis.c:prepareForShutdown,server.c:prepareForShutdown,server.c:finishShutdown",
        ),
        message(
            "rdb.bgsave-cancel",
            "a user cancels the running background save",
            wording("Background saving will be aborted due to user request", "valkey 8.1+"),
            level="notice",
            roles="M,S",
            source="rdb.c:bgsaveCommand",
        ),
        message(
            "rdb.bgsave-cancel-scheduled",
            "a user cancels the scheduled background save",
            wording("Scheduled background saving will be cancelled due to user request", "valkey 8.1+"),
            level="notice",
            roles="M,S",
            source="rdb.c:bgsaveCommand",
        ),
    )


@event
class SnapshotSaved(Event):
    """A snapshot file is complete under its final name.

    The child says so in a background save, the server itself in SAVE and at shutdown. Source: Redis 2.6+,
    ``rdb.c:rdbSave``.
    """

    CATEGORY = "rdb"

    MESSAGES = (
        message(
            "rdb.saved",
            "a snapshot is complete on disk",
            wording("DB saved on disk", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="C,M,S",
            source="rdb.c:rdbSave",
        ),
    )


@event
class SnapshotSaveFailed(Event):
    """A snapshot file could not be opened, written, made durable or renamed.

    ``path`` is the file that was to be written, ``tmpfile`` its temporary name, ``dir`` the server's working
    directory, ``operation`` the failed call. Source: Redis 2.6+, ``rdb.c:rdbSave``.
    """

    CATEGORY = "rdb"

    error: str
    path: str | None = None
    dir: str | None = None
    operation: str | None = None
    tmpfile: str | None = None

    MESSAGES = (
        message(
            "rdb.save-open-error",
            "the snapshot file could not be opened",
            wording("Failed opening .rdb for saving: <error:errno>", "redis 2.6-3.0"),
            wording(
                "Failed opening the RDB file <path:path> (in server root dir <dir:path>) for saving: <error:errno>",
                "redis 3.2-6.2",
            ),
            wording(
                "Failed opening the temp RDB file <path:path> (in server root dir <dir:path>) for saving: <error:errno>",
                "redis 7.0+; valkey 7.2+",
                source="rdb.c:rdbSave,rdb.c:rdbSaveInternal",
            ),
            level="warning",
            roles="M,S,C",
            source="rdb.c:rdbSave",
        ),
        message(
            "rdb.save-write-error",
            "the snapshot could not be written",
            wording("Write error saving DB on disk: <error:errno>", "redis 2.6-6.2"),
            wording("Write error saving DB on disk(<operation:word>): <error:errno>", "redis 7.0"),
            wording(
                "Write error while saving DB to the disk(<operation:word>): <error:errno>",
                "redis 7.2+; valkey 7.2+",
                source="rdb.c:rdbSaveInternal",
            ),
            level="warning",
            roles="C,M,S",
            source="rdb.c:rdbSave",
        ),
        message(
            "rdb.save-fsync-dir-error",
            "the directory of the snapshot could not be synced to disk",
            wording("Failed to fsync directory while saving DB: <error:errno>", "redis 7.2+; valkey 7.2+"),
            level="warning",
            roles="C,M,S",
            source="rdb.c:rdbSave",
        ),
        message(
            "rdb.save-rename-error",
            "the temporary snapshot could not be moved to its final name",
            wording("Error moving temp DB file on the final destination: <error:errno>", "redis 2.6-3.0"),
            wording(
                "Error moving temp DB file <tmpfile:path> on the final destination <path:path> (in server root dir <dir:path>): <error:errno>",
                "redis 3.2+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,C",
            source="rdb.c:rdbSave",
        ),
    )


@event
class PageCacheKept(Event):
    """The page cache that a saved snapshot takes could not be given back; the snapshot itself is complete.

    Source: Redis 7.2+, ``rdb.c:rdbSaveInternal``.
    """

    CATEGORY = "rdb"

    error: str

    MESSAGES = (
        message(
            "rdb.save-reclaim",
            "the page cache of a saved snapshot could not be given back",
            wording("Unable to reclaim cache after saving RDB: <error:errno>", "redis 7.2+; valkey 7.2+"),
            level="notice",
            roles="C,M,S",
            source="rdb.c:rdbSaveInternal",
        ),
    )


@event
class FinalSaveStarted(Event):
    """The server saves a last snapshot before it exits.

    Source: Redis 2.6+, ``server.c:finishShutdown``.
    """

    CATEGORY = "rdb"

    MESSAGES = (
        message(
            "rdb.final-save",
            "a last snapshot is saved before the exit",
            wording("Saving the final RDB snapshot before exiting.", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="redis.c:prepareForShutdown,server.c:prepareForShutdown,server.c:finishShutdown",
        ),
    )


@event
class FinalSaveFailed(Event):
    """The last snapshot could not be saved: the shutdown is refused, or forced to go on without it (7.0+).

    Source: Redis 2.6+, ``server.c:finishShutdown``.
    """

    CATEGORY = "rdb"

    MESSAGES = (
        message(
            "rdb.final-save-error",
            "the last snapshot failed, so the server does not exit",
            wording("Error trying to save the DB, can't exit.", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="redis.c:prepareForShutdown,server.c:prepareForShutdown,server.c:finishShutdown",
        ),
        message(
            "rdb.final-save-error-exit",
            "the last snapshot failed, and the server exits anyway",
            wording("Error trying to save the DB. Exit anyway.", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="server.c:finishShutdown",
        ),
    )
