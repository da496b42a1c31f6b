"""The files of the append only log: opened, renamed, removed, and the manifest that lists them (7.0+)."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("aof", "aof.c", level="warning", roles="M,S")


@event(_PRINTER, level="notice", by="aofOpenIfNeededOnServerStart")
class AofFileChanged(Event):
    """A file of the append only log was opened, created, renamed or removed.

    ``filename`` is the file (the old one of a migration), ``filename2`` its new name or directory,
    ``tmpfile`` the temporary name that it had. Source: Redis 7.0+, ``aof.c:aofOpenIfNeededOnServerStart``,
    ``aof.c:backgroundRewriteDoneHandler``, ``aof.c:aofDelHistoryFiles`` and ``aof.c:aofUpgradePrepare``.
    """

    filename: str
    tmpfile: str | None = None
    filename2: str | None = None

    MESSAGES = (
        message("aof.creating-aof-base-file-on-server-start")(
            "the server creates a base file at its start",
            "7.0+: Creating AOF base file <filename:filename> on server start",
        ),
        message("aof.opening-aof-incr-file-on-server-start")(
            "the server opens its last incremental file at its start",
            "7.0+: Opening AOF incr file <filename:filename> on server start",
        ),
        message("aof.creating-aof-incr-file-on-server-start")(
            "the server creates its first incremental file at its start",
            "7.0+: Creating AOF incr file <filename:filename> on server start",
        ),
        message("aof.creating-aof-incr-file-on-background-rewrite", by="openNewIncrAofForAppend")(
            "a rewrite begins: changes go to a new incremental file",
            "7.0+: Creating AOF incr file <filename:filename> on background rewrite",
        ),
        message("aof.successfully-renamed-the-temporary-aof-base-file", by="backgroundRewriteDoneHandler")(
            "the rewritten base file got its final name",
            "7.0+: Successfully renamed the temporary AOF base file <tmpfile:path> into <filename:filename>",
        ),
        message("aof.successfully-renamed-the-temporary-aof-incr-file", by="backgroundRewriteDoneHandler")(
            "the incremental file of a rewrite got its final name",
            "7.0+: Successfully renamed the temporary AOF incr file <filename:filename> into <filename2:filename>",
        ),
        message("aof.successfully-migrated-an-old-style-aof-file", by="aofUpgradePrepare")(
            "the single AOF of an older version was moved into the AOF directory",
            "7.0+: Successfully migrated an old-style AOF file (<filename:filename>) into the AOF directory (<filename2:filename>).",
        ),
        message("aof.removing-the-history-file-in-the-background", by="aofDelHistoryFiles")(
            "a file that a rewrite made superfluous is being removed",
            "7.0+: Removing the history file <filename:filename> in the background",
        ),
        message("aof.removing-the-temp-incr-aof-file-in", by="aofDelTempIncrAofFile")(
            "a temporary incremental file is being removed",
            "7.0+: Removing the temp incr aof file <filename:filename> in the background",
        ),
    )


@event(_PRINTER, level="debug", by="aofLoadManifestFromDisk")
class AofFileMissing(Event):
    """The directory or the manifest of the append only log does not exist yet, as at a first start.

    ``filename`` is its name. Source: Redis 7.0+, ``aof.c:aofLoadManifestFromDisk``.
    """

    filename: str

    MESSAGES = (
        message("aof.the-aof-directory-doesn-t-exist")(
            "the AOF directory does not exist", "7.0+: The AOF directory <filename:filename> doesn't exist"
        ),
        message("aof.the-aof-manifest-file-doesn-t-exist")(
            "the AOF manifest does not exist", "7.0+: The AOF manifest file <filename:filename> doesn't exist"
        ),
    )


@event(_PRINTER, by="restartAOFWithSyncRdb")
class AofFileError(Event):
    """A file or the directory of the append only log could not be opened, measured, moved or flushed.

    ``error`` is the error text of the operating system; ``filename`` or ``path`` says which file,
    ``filename2`` the directory it should go to. Page cache that could not be released costs memory only, and
    may also be that of an RDB file. Source: Redis 2.6+, ``aof.c``.
    """

    error: str
    filename: str | None = None
    filename2: str | None = None
    path: str | None = None
    path2: str | None = None

    MESSAGES = (
        message("aof.can-t-open-the-append-only-file", by="{redis,server}.c:initServer")(
            "the AOF could not be opened",
            "redis 2.6-6.2: Can't open the append-only file: <error:errno>",
            "7.0+, by aofOpenIfNeededOnServerStart,openNewIncrAofForAppend: Can't open the append-only file <filename:filename>: <error:errno>",
        ),
        message("aof.can-t-open-or-create-append-only")(
            "the AOF directory could not be opened or created",
            "7.0+, by aofUpgradePrepare,aofOpenIfNeededOnServerStart,rewriteAppendOnlyFileBackground: Can't open or create append-only dir <filename:filename>: <error:errno>",
        ),
        message("aof.error-trying-to-move-the-old-aof", by="aofUpgradePrepare")(
            "the single AOF of an older version could not be moved into the AOF directory",
            "7.0+: Error trying to move the old AOF file <filename:filename> into dir <filename2:filename>: <error:errno>",
        ),
        message("aof.unable-to-obtain-the-aof-file-length", by="aofUpdateCurrentSize")(
            "the size of the AOF could not be read",
            "redis 2.6-6.2: Unable to obtain the AOF file length. stat: <error:errno>",
            "7.0+, by getAppendOnlyFileSize: Unable to obtain the AOF file <path:path> length. stat: <error:errno>",
        ),
        message("aof.fail-to-fsync-aof-directory", by="writeAofManifestFile")(
            "the AOF directory could not be fsynced",
            "7.0+: Fail to fsync AOF directory <path:path>: <error:errno>.",
        ),
        message("aof.unable-to-reclaim-page-cache")(
            "the page cache of a written file could not be released",
            "7.2+, at notice, as C,M,S, by rewriteAppendOnlyFile,bio.c:bioProcessBackgroundJobs: Unable to reclaim page cache: <error:errno>",
        ),
        message("aof.error-trying-to-rename-the-rdb")(
            "the primary's snapshot could not be made the AOF's base",
            "valkey 9.1+: Error trying to rename the RDB file <path:path> into <path2:path>: <error:errno>",
        ),
        message("aof.failed-to-rename-aof-base-back")(
            "the AOF's base could not be made a snapshot again",
            "valkey 9.1+: Failed to rename AOF base back to RDB file <path:path>: <error:errno>. Orphan file may remain at <path2:path>",
        ),
    )


@event(_PRINTER, by="aofLoadManifestFromFile")
class AofManifestError(Event):
    """The manifest, which lists the files of the append only log, could not be read or written.

    ``path`` is the manifest; ``error`` the error text of the operating system; ``n`` the number of the bad
    line, ``line`` its text. A manifest with a bad line is fatal: the server exits. Source: Redis 7.0+,
    ``aof.c:aofLoadManifestFromFile`` and ``aof.c:writeAofManifestFile``.
    """

    path: str | None = None
    error: str | None = None
    n: int | None = None
    line: str | None = None

    MESSAGES = (
        message("aof.fatal-error-can-t-open-the-aof")(
            "the manifest could not be opened for reading",
            "7.0+: Fatal error: can't open the AOF manifest file <path:path> for reading: <error:errno>",
        ),
        message("aof.fatal-aof-manifest-file-error")(
            "the manifest is invalid and the server exits; the next lines say why",
            "7.0+: \\n*** FATAL AOF MANIFEST FILE ERROR ***\\n",
        ),
        message("aof.reading-the-manifest-file-at-line")(
            "number of the manifest's bad line", "7.0+: Reading the manifest file, at line <n:int>\\n"
        ),
        message("aof.")("text of the manifest's bad line", "7.0+: >>> '<line:text>'\\n"),
        message("aof.can-t-open-the-aof-manifest-file", by="writeAofManifestFile")(
            "the new manifest could not be opened for writing",
            "7.0+: Can't open the AOF manifest file <path:path>: <error:errno>",
        ),
        message("aof.error-trying-to-write-the-temporary-aof", by="writeAofManifestFile")(
            "the new manifest could not be written",
            "7.0+: Error trying to write the temporary AOF manifest file <path:path>: <error:errno>",
        ),
        message("aof.fail-to-fsync-the-temp-aof-file", by="writeAofManifestFile")(
            "the new manifest could not be fsynced",
            "7.0+: Fail to fsync the temp AOF file <path:path>: <error:errno>.",
        ),
    )


@event(_PRINTER, level="notice", by="restartAOFWithSyncRdb")
class AofBaseReused(Event):
    """The snapshot that came from the primary is the new AOF's base.

    Source: Valkey 9.1+, ``aof.c:restartAOFWithSyncRdb``.
    """

    path: str

    MESSAGES = (
        message("aof.reused-rdb-file-from-primary-sync")(
            "the primary's snapshot is the AOF's base",
            "valkey 9.1+: Reused RDB file from primary sync as AOF base file: <path:path>",
        ),
    )
