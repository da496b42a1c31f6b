"""The background rewrite of the append only file: its trigger, the forked child, and the steps to the new file."""

from redislog.events.base import Event, event, message, wording


@event
class AofRewriteDue(Event):
    """A rewrite of the append only file is due, now or as soon as nothing is in its way.

    ``percent`` is the growth since the last rewrite that triggered it; ``minutes`` is the delay after
    repeated failures. Source: Redis 2.6+, ``server.c:serverCron``, ``aof.c:startAppendOnly``,
    ``aof.c:bgrewriteaofCommand`` and ``aof.c:aofRewriteLimited``.
    """

    CATEGORY = "aof"

    percent: int | None = None
    minutes: int | None = None

    MESSAGES = (
        message(
            "aof.starting-automatic-rewriting-of-aof-on-growth",
            "the AOF has grown past auto-aof-rewrite-percentage: a rewrite starts",
            wording(
                "Starting automatic rewriting of AOF on <percent:int>% growth",
                "redis 2.6+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="redis.c:serverCron,server.c:serverCron",
        ),
        message(
            "aof.aof-was-enabled-but-there-is-already",
            "the AOF was switched on while another child works: its rewrite is scheduled, or replaces the running one",
            wording(
                "AOF was enabled but there is already a child process saving an RDB file on disk. An AOF background was scheduled to start when possible.",
                "redis 3.2-5.0",
            ),
            wording(
                "AOF was enabled but there is already an AOF rewriting in background. Stopping background AOF and starting a rewrite now.",
                "redis 4.0+; valkey 7.2+",
                level="warning[redis 4.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            ),
            wording(
                "AOF was enabled but there is already another background operation. An AOF background was scheduled to start when possible.",
                "redis 6.0+; valkey 7.2+",
                level="warning[redis 6.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:startAppendOnly",
        ),
        message(
            "aof.aof-was-enabled-during-a-transaction-an",
            "the AOF was switched on inside a transaction: its rewrite is scheduled",
            wording(
                "AOF was enabled during a transaction. An AOF background was scheduled to start when possible.",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning[redis 7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="aof.c:startAppendOnly",
        ),
        message(
            "aof.background-append-only-file-rewriting-scheduled",
            "BGREWRITEAOF came while another child works: the rewrite is scheduled",
            wording("Background append only file rewriting scheduled.", "valkey 8.0+"),
            level="notice",
            roles="M,S",
            source="aof.c:bgrewriteaofCommand",
        ),
        message(
            "aof.background-aof-rewrite-has-repeatedly-failed-and",
            "rewrites failed again and again: the next one waits",
            wording(
                "Background AOF rewrite has repeatedly failed and triggered the limit, will retry in <minutes:int> minutes",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="aof.c:aofRewriteLimited",
        ),
    )


@event
class AofRewriteStarted(Event):
    """A child process was forked to rewrite the append only file.

    ``child_pid`` is its process ID. Source: Redis 2.6+, ``aof.c:rewriteAppendOnlyFileBackground``.
    """

    CATEGORY = "aof"

    child_pid: int

    MESSAGES = (
        message(
            "aof.background-append-only-file-rewriting-started-by",
            "a child was forked to rewrite the AOF",
            wording(
                "Background append only file rewriting started by pid <child_pid:pid>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="aof.c:rewriteAppendOnlyFileBackground",
        ),
    )


@event
class AofRewriteProgress(Event):
    """A step of a running rewrite: writing the child's file, handing over the changes made meanwhile.

    ``n`` is the rewrite buffer in MB, or the flushed changes in bytes; ``value`` is handed-over changes in
    MB; ``mb`` is memory copied on write in MB; ``us`` is microseconds; ``tmpfile`` is a path. Up to 6.2 the
    parent gives the child what changed since the fork; since 7.0 these changes have a file of their own.
    Source: Redis 2.6+, ``aof.c:rewriteAppendOnlyFile`` and ``aof.c:backgroundRewriteDoneHandler``.
    """

    CATEGORY = "aof"

    n: int | None = None
    value: float | None = None
    tmpfile: str | None = None
    mb: int | None = None
    us: int | None = None

    MESSAGES = (
        message(
            "aof.background-aof-buffer-size-mb",
            "the buffer of changes made during a rewrite has grown",
            wording("Background AOF buffer size: <n:int> MB", "redis 2.6-6.2"),
            level="notice|warning",
            roles="M,S",
            source="aof.c:aofRewriteBufferAppend",
        ),
        message(
            "aof.aof-rewrite-child-asks-to-stop-sending",
            "the rewriting child asks its parent to send no more changes",
            wording("AOF rewrite child asks to stop sending diffs.", "redis 3.0-6.2"),
            level="notice",
            roles="M,S",
            source="aof.c:aofChildPipeReadable",
        ),
        message(
            "aof.parent-agreed-to-stop-sending-diffs-finalizing",
            "the parent agreed to send no more changes; the child finishes its file",
            wording("Parent agreed to stop sending diffs. Finalizing AOF...", "redis 3.0-6.2"),
            level="notice",
            roles="C,M,S",
            source="aof.c:rewriteAppendOnlyFile",
        ),
        message(
            "aof.concatenating-mb-of-aof-diff-received-from",
            "the child appends the changes that its parent sent",
            wording("Concatenating <value:float> MB of AOF diff received from parent.", "redis 3.0-6.2"),
            level="notice",
            roles="C,M,S",
            source="aof.c:rewriteAppendOnlyFile",
        ),
        message(
            "aof.sync-append-only-file-rewrite-performed",
            "the rewritten file is complete and on disk",
            wording("SYNC append only file rewrite performed", "redis 2.6-6.2"),
            level="notice",
            roles="C,M,S",
            source="aof.c:rewriteAppendOnlyFile",
        ),
        message(
            "aof.successfully-created-the-temporary-aof-base-file",
            "the child has written the new base file under a temporary name",
            wording(
                "Successfully created the temporary AOF base file <tmpfile:path>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="aof.c:rewriteAppendOnlyFileBackground",
        ),
        message(
            "aof.aof-rewrite-mb-of-memory-used-by",
            "memory that the rewriting child and its parent no longer share",
            wording("AOF rewrite: <mb:int> MB of memory used by copy-on-write", "redis 2.6-5.0"),
            level="notice",
            roles="M,S",
            source="aof.c:rewriteAppendOnlyFileBackground",
        ),
        message(
            "aof.background-aof-rewrite-terminated-with-success",
            "the rewriting child ended well; the new file is not in place yet",
            wording("Background AOF rewrite terminated with success", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="aof.c:backgroundRewriteDoneHandler",
        ),
        message(
            "aof.parent-diff-successfully-flushed-to-the-rewritten",
            "the parent appended the changes made during the rewrite",
            wording("Parent diff successfully flushed to the rewritten AOF (<n:int> bytes)", "redis 2.6-2.8"),
            level="notice",
            roles="M,S",
            source="aof.c:backgroundRewriteDoneHandler",
        ),
        message(
            "aof.residual-parent-diff-successfully-flushed-to-the",
            "the parent appended the changes that its child had not received",
            wording(
                "Residual parent diff successfully flushed to the rewritten AOF (<value:float> MB)",
                "redis 3.0-6.2",
            ),
            level="notice",
            roles="M,S",
            source="aof.c:backgroundRewriteDoneHandler",
        ),
        message(
            "aof.background-aof-rewrite-signal-handler-took-us",
            "how long the parent took to put the rewritten file in place",
            wording("Background AOF rewrite signal handler took <us:int>us", "redis 2.6+; valkey 7.2+"),
            level="verbose",
            roles="M,S",
            source="aof.c:backgroundRewriteDoneHandler",
        ),
    )
