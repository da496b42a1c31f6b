"""The files of the append only log: opened, renamed, removed, and the manifest that lists them (7.0+)."""

from redislog.events.base import Event, event, message, wording


@event
class AofFileChanged(Event):
    """A file of the append only log was opened, created, renamed or removed.

    ``filename`` is the file (the old one of a migration), ``filename2`` its new name or directory,
    ``tmpfile`` the temporary name that it had. Source: Redis 7.0+, ``aof.c:aofOpenIfNeededOnServerStart``,
    ``aof.c:backgroundRewriteDoneHandler``, ``aof.c:aofDelHistoryFiles`` and ``aof.c:aofUpgradePrepare``.
    """

    CATEGORY = "aof"

    filename: str
    tmpfile: str | None = None
    filename2: str | None = None

    MESSAGES = (
        message(
            "aof.creating-aof-base-file-on-server-start",
            "the server creates a base file at its start",
            wording("Creating AOF base file <filename:filename> on server start", "redis 7.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="aof.c:aofOpenIfNeededOnServerStart",
        ),
        message(
            "aof.opening-aof-incr-file-on-server-start",
            "the server opens its last incremental file at its start",
            wording("Opening AOF incr file <filename:filename> on server start", "redis 7.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="aof.c:aofOpenIfNeededOnServerStart",
        ),
        message(
            "aof.creating-aof-incr-file-on-server-start",
            "the server creates its first incremental file at its start",
            wording("Creating AOF incr file <filename:filename> on server start", "redis 7.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="aof.c:aofOpenIfNeededOnServerStart",
        ),
        message(
            "aof.creating-aof-incr-file-on-background-rewrite",
            "a rewrite begins: changes go to a new incremental file",
            wording(
                "Creating AOF incr file <filename:filename> on background rewrite",
                "redis 7.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="aof.c:openNewIncrAofForAppend",
        ),
        message(
            "aof.successfully-renamed-the-temporary-aof-base-file",
            "the rewritten base file got its final name",
            wording(
                "Successfully renamed the temporary AOF base file <tmpfile:path> into <filename:filename>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="aof.c:backgroundRewriteDoneHandler",
        ),
        message(
            "aof.successfully-renamed-the-temporary-aof-incr-file",
            "the incremental file of a rewrite got its final name",
            wording(
                "Successfully renamed the temporary AOF incr file <filename:filename> into <filename2:filename>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="aof.c:backgroundRewriteDoneHandler",
        ),
        message(
            "aof.successfully-migrated-an-old-style-aof-file",
            "the single AOF of an older version was moved into the AOF directory",
            wording(
                "Successfully migrated an old-style AOF file (<filename:filename>) into the AOF directory (<filename2:filename>).",
                "redis 7.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="aof.c:aofUpgradePrepare",
        ),
        message(
            "aof.removing-the-history-file-in-the-background",
            "a file that a rewrite made superfluous is being removed",
            wording(
                "Removing the history file <filename:filename> in the background",
                "redis 7.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="aof.c:aofDelHistoryFiles",
        ),
        message(
            "aof.removing-the-temp-incr-aof-file-in",
            "a temporary incremental file is being removed",
            wording(
                "Removing the temp incr aof file <filename:filename> in the background",
                "redis 7.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="aof.c:aofDelTempIncrAofFile",
        ),
    )


@event
class AofFileMissing(Event):
    """The directory or the manifest of the append only log does not exist yet, as at a first start.

    ``filename`` is its name. Source: Redis 7.0+, ``aof.c:aofLoadManifestFromDisk``.
    """

    CATEGORY = "aof"

    filename: str

    MESSAGES = (
        message(
            "aof.the-aof-directory-doesn-t-exist",
            "the AOF directory does not exist",
            wording("The AOF directory <filename:filename> doesn't exist", "redis 7.0+; valkey 7.2+"),
            level="debug",
            roles="M,S",
            source="aof.c:aofLoadManifestFromDisk",
        ),
        message(
            "aof.the-aof-manifest-file-doesn-t-exist",
            "the AOF manifest does not exist",
            wording("The AOF manifest file <filename:filename> doesn't exist", "redis 7.0+; valkey 7.2+"),
            level="debug",
            roles="M,S",
            source="aof.c:aofLoadManifestFromDisk",
        ),
    )


@event
class AofFileError(Event):
    """A file or the directory of the append only log could not be opened, measured, moved or flushed.

    ``error`` is the error text of the operating system; ``filename`` or ``path`` says which file,
    ``filename2`` the directory it should go to. Page cache that could not be released costs memory only, and
    may also be that of an RDB file. Source: Redis 2.6+, ``aof.c``.
    """

    CATEGORY = "aof"

    error: str
    filename: str | None = None
    filename2: str | None = None
    path: str | None = None
    path2: str | None = None

    MESSAGES = (
        message(
            "aof.can-t-open-the-append-only-file",
            "the AOF could not be opened",
            wording("Can't open the append-only file: <error:errno>", "redis 2.6-6.2"),
            wording(
                "Can't open the append-only file <filename:filename>: <error:errno>",
                "redis 7.0+; valkey 7.2+",
                source="aof.c:aofOpenIfNeededOnServerStart,aof.c:openNewIncrAofForAppend",
            ),
            level="warning",
            roles="M,S",
            source="redis.c:initServer,server.c:initServer",
        ),
        message(
            "aof.can-t-open-or-create-append-only",
            "the AOF directory could not be opened or created",
            wording(
                "Can't open or create append-only dir <filename:filename>: <error:errno>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:aofUpgradePrepare,aof.c:aofOpenIfNeededOnServerStart,aof.c:rewriteAppendOnlyFileBackground",
        ),
        message(
            "aof.error-trying-to-move-the-old-aof",
            "the single AOF of an older version could not be moved into the AOF directory",
            wording(
                "Error trying to move the old AOF file <filename:filename> into dir <filename2:filename>: <error:errno>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:aofUpgradePrepare",
        ),
        message(
            "aof.unable-to-obtain-the-aof-file-length",
            "the size of the AOF could not be read",
            wording("Unable to obtain the AOF file length. stat: <error:errno>", "redis 2.6-6.2"),
            wording(
                "Unable to obtain the AOF file <path:path> length. stat: <error:errno>",
                "redis 7.0+; valkey 7.2+",
                source="aof.c:getAppendOnlyFileSize",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:aofUpdateCurrentSize",
        ),
        message(
            "aof.fail-to-fsync-aof-directory",
            "the AOF directory could not be fsynced",
            wording("Fail to fsync AOF directory <path:path>: <error:errno>.", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="aof.c:writeAofManifestFile",
        ),
        message(
            "aof.unable-to-reclaim-page-cache",
            "the page cache of a written file could not be released",
            wording("Unable to reclaim page cache: <error:errno>", "redis 7.2+; valkey 7.2+"),
            level="notice",
            roles="C,M,S",
            source="aof.c:rewriteAppendOnlyFile,bio.c:bioProcessBackgroundJobs",
        ),
        message(
            "aof.error-trying-to-rename-the-rdb",
            "the primary's snapshot could not be made the AOF's base",
            wording(
                "Error trying to rename the RDB file <path:path> into <path2:path>: <error:errno>",
                "valkey 9.1+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:restartAOFWithSyncRdb",
        ),
        message(
            "aof.failed-to-rename-aof-base-back",
            "the AOF's base could not be made a snapshot again",
            wording(
                "Failed to rename AOF base back to RDB file <path:path>: <error:errno>. Orphan file may remain at <path2:path>",
                "valkey 9.1+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:restartAOFWithSyncRdb",
        ),
    )


@event
class AofManifestError(Event):
    """The manifest, which lists the files of the append only log, could not be read or written.

    ``path`` is the manifest; ``error`` the error text of the operating system; ``n`` the number of the bad
    line, ``line`` its text. A manifest with a bad line is fatal: the server exits. Source: Redis 7.0+,
    ``aof.c:aofLoadManifestFromFile`` and ``aof.c:writeAofManifestFile``.
    """

    CATEGORY = "aof"

    path: str | None = None
    error: str | None = None
    n: int | None = None
    line: str | None = None

    MESSAGES = (
        message(
            "aof.fatal-error-can-t-open-the-aof",
            "the manifest could not be opened for reading",
            wording(
                "Fatal error: can't open the AOF manifest file <path:path> for reading: <error:errno>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:aofLoadManifestFromFile",
        ),
        message(
            "aof.fatal-aof-manifest-file-error",
            "the manifest is invalid and the server exits; the next lines say why",
            wording("\\n*** FATAL AOF MANIFEST FILE ERROR ***\\n", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="aof.c:aofLoadManifestFromFile",
        ),
        message(
            "aof.reading-the-manifest-file-at-line",
            "number of the manifest's bad line",
            wording("Reading the manifest file, at line <n:int>\\n", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="aof.c:aofLoadManifestFromFile",
        ),
        message(
            "aof.",
            "text of the manifest's bad line",
            wording(">>> '<line:text>'\\n", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="aof.c:aofLoadManifestFromFile",
        ),
        message(
            "aof.can-t-open-the-aof-manifest-file",
            "the new manifest could not be opened for writing",
            wording("Can't open the AOF manifest file <path:path>: <error:errno>", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="aof.c:writeAofManifestFile",
        ),
        message(
            "aof.error-trying-to-write-the-temporary-aof",
            "the new manifest could not be written",
            wording(
                "Error trying to write the temporary AOF manifest file <path:path>: <error:errno>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:writeAofManifestFile",
        ),
        message(
            "aof.fail-to-fsync-the-temp-aof-file",
            "the new manifest could not be fsynced",
            wording("Fail to fsync the temp AOF file <path:path>: <error:errno>.", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="aof.c:writeAofManifestFile",
        ),
    )


@event
class AofBaseReused(Event):
    """The snapshot that came from the primary is the new AOF's base.

    Source: Valkey 9.1+, ``aof.c:restartAOFWithSyncRdb``.
    """

    CATEGORY = "aof"

    path: str

    MESSAGES = (
        message(
            "aof.reused-rdb-file-from-primary-sync",
            "the primary's snapshot is the AOF's base",
            wording("Reused RDB file from primary sync as AOF base file: <path:path>", "valkey 9.1+"),
            level="notice",
            roles="M,S",
            source="aof.c:restartAOFWithSyncRdb",
        ),
    )
