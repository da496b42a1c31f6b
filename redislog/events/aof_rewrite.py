"""The background rewrite of the append only file: its trigger, the forked child, and the steps to the new file."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("aof", "aof.c", level="notice", roles="M,S")


@event(_PRINTER, by="startAppendOnly")
class AofRewriteDue(Event):
    """A rewrite of the append only file is due, now or as soon as nothing is in its way.

    ``percent`` is the growth since the last rewrite that triggered it; ``minutes`` is the delay after
    repeated failures. Source: Redis 2.6+, ``server.c:serverCron``, ``aof.c:startAppendOnly``,
    ``aof.c:bgrewriteaofCommand`` and ``aof.c:aofRewriteLimited``.
    """

    percent: int | None = None
    minutes: int | None = None

    MESSAGES = (
        message("aof.starting-automatic-rewriting-of-aof-on-growth", by="{redis,server}.c:serverCron")(
            "the AOF has grown past auto-aof-rewrite-percentage: a rewrite starts",
            "2.6+: Starting automatic rewriting of AOF on <percent:int>% growth",
        ),
        message("aof.aof-was-enabled-but-there-is-already", level="warning until 7.0, then notice")(
            "the AOF was switched on while another child works: its rewrite is scheduled, or replaces the running one",
            "redis 3.2-5.0, at warning: AOF was enabled but there is already a child process saving an RDB file on disk. An AOF background was scheduled to start when possible.",
            "4.0+: AOF was enabled but there is already an AOF rewriting in background. Stopping background AOF and starting a rewrite now.",
            "6.0+: AOF was enabled but there is already another background operation. An AOF background was scheduled to start when possible.",
        ),
        message("aof.aof-was-enabled-during-a-transaction-an", level="warning until 7.0, then notice")(
            "the AOF was switched on inside a transaction: its rewrite is scheduled",
            "7.0+: AOF was enabled during a transaction. An AOF background was scheduled to start when possible.",
        ),
        message("aof.background-append-only-file-rewriting-scheduled", by="bgrewriteaofCommand")(
            "BGREWRITEAOF came while another child works: the rewrite is scheduled",
            "valkey 8.0+: Background append only file rewriting scheduled.",
        ),
        message("aof.background-aof-rewrite-has-repeatedly-failed-and")(
            "rewrites failed again and again: the next one waits",
            "7.0+, at warning, by aofRewriteLimited: Background AOF rewrite has repeatedly failed and triggered the limit, will retry in <minutes:int> minutes",
        ),
    )


@event(_PRINTER, by="rewriteAppendOnlyFileBackground")
class AofRewriteStarted(Event):
    """A child process was forked to rewrite the append only file.

    ``child_pid`` is its process ID. Source: Redis 2.6+, ``aof.c:rewriteAppendOnlyFileBackground``.
    """

    child_pid: int

    MESSAGES = (
        message("aof.background-append-only-file-rewriting-started-by")(
            "a child was forked to rewrite the AOF",
            "2.6+: Background append only file rewriting started by pid <child_pid:pid>",
        ),
    )


@event(_PRINTER, by="backgroundRewriteDoneHandler")
class AofRewriteProgress(Event):
    """A step of a running rewrite: writing the child's file, handing over the changes made meanwhile.

    ``n`` is the rewrite buffer in MB, or the flushed changes in bytes; ``value`` is handed-over changes in
    MB; ``mb`` is memory copied on write in MB; ``us`` is microseconds; ``tmpfile`` is a path. Up to 6.2 the
    parent gives the child what changed since the fork; since 7.0 these changes have a file of their own.
    Source: Redis 2.6+, ``aof.c:rewriteAppendOnlyFile`` and ``aof.c:backgroundRewriteDoneHandler``.
    """

    n: int | None = None
    value: float | None = None
    tmpfile: str | None = None
    mb: int | None = None
    us: int | None = None

    MESSAGES = (
        message("aof.background-aof-buffer-size-mb", level="notice|warning", by="aofRewriteBufferAppend")(
            "the buffer of changes made during a rewrite has grown",
            "redis 2.6-6.2: Background AOF buffer size: <n:int> MB",
        ),
        message("aof.aof-rewrite-child-asks-to-stop-sending", by="aofChildPipeReadable")(
            "the rewriting child asks its parent to send no more changes",
            "redis 3.0-6.2: AOF rewrite child asks to stop sending diffs.",
        ),
        message("aof.parent-agreed-to-stop-sending-diffs-finalizing")(
            "the parent agreed to send no more changes; the child finishes its file",
            "redis 3.0-6.2, as C,M,S, by rewriteAppendOnlyFile: Parent agreed to stop sending diffs. Finalizing AOF...",
        ),
        message("aof.concatenating-mb-of-aof-diff-received-from", roles="C,M,S", by="rewriteAppendOnlyFile")(
            "the child appends the changes that its parent sent",
            "redis 3.0-6.2: Concatenating <value:float> MB of AOF diff received from parent.",
        ),
        message("aof.sync-append-only-file-rewrite-performed", roles="C,M,S", by="rewriteAppendOnlyFile")(
            "the rewritten file is complete and on disk",
            "redis 2.6-6.2: SYNC append only file rewrite performed",
        ),
        message("aof.successfully-created-the-temporary-aof-base-file", by="rewriteAppendOnlyFileBackground")(
            "the child has written the new base file under a temporary name",
            "7.0+: Successfully created the temporary AOF base file <tmpfile:path>",
        ),
        message("aof.aof-rewrite-mb-of-memory-used-by", by="rewriteAppendOnlyFileBackground")(
            "memory that the rewriting child and its parent no longer share",
            "redis 2.6-5.0: AOF rewrite: <mb:int> MB of memory used by copy-on-write",
        ),
        message("aof.background-aof-rewrite-terminated-with-success")(
            "the rewriting child ended well; the new file is not in place yet",
            "2.6+: Background AOF rewrite terminated with success",
        ),
        message("aof.parent-diff-successfully-flushed-to-the-rewritten")(
            "the parent appended the changes made during the rewrite",
            "redis 2.6-2.8: Parent diff successfully flushed to the rewritten AOF (<n:int> bytes)",
        ),
        message("aof.residual-parent-diff-successfully-flushed-to-the")(
            "the parent appended the changes that its child had not received",
            "redis 3.0-6.2: Residual parent diff successfully flushed to the rewritten AOF (<value:float> MB)",
        ),
        message("aof.background-aof-rewrite-signal-handler-took-us", level="verbose")(
            "how long the parent took to put the rewritten file in place",
            "2.6+: Background AOF rewrite signal handler took <us:int>us",
        ),
    )
