"""What a child that saves reports to its parent."""

from redislog.events.base import Event, event, message, wording


@event
class ForkMemory(Event):
    """Memory that a child process held apart from its parent by copy-on-write.

    ``what`` is the child's task, absent up to 5.0, where it is a snapshot; ``mb`` the total at the end, and
    since 7.0 ``current_mb``, ``peak_mb`` and ``average_mb``, all in megabytes. Source: Redis 2.6+,
    ``childinfo.c:sendChildInfoGeneric``.
    """

    CATEGORY = "rdb"

    mb: int | None = None
    what: str | None = None
    current_mb: int | None = None
    peak_mb: int | None = None
    average_mb: int | None = None

    MESSAGES = (
        message(
            "rdb.cow",
            "memory that a child process held by copy-on-write",
            wording("RDB: <mb:int> MB of memory used by copy-on-write", "redis 2.6-5.0"),
            wording(
                "<what:RDB|AOF rewrite|Module fork>: <mb:int> MB of memory used by copy-on-write",
                "redis 6.0-6.2",
                level="notice[redis 6.0] verbose|notice[redis 6.2]",
                source="server.c:sendChildCOWInfo,childinfo.c:sendChildInfoGeneric",
            ),
            wording(
                "Fork CoW for <what:RDB|AOF rewrite|Module fork>: current <current_mb:int> MB, peak <peak_mb:int> MB, average <average_mb:int> MB",
                "redis 7.0+; valkey 7.2+",
                level="verbose|notice",
                source="childinfo.c:sendChildInfoGeneric",
            ),
            level="notice",
            roles="C",
            source="rdb.c:rdbSaveBackground,rdb.c:rdbSaveToSlavesSockets",
        ),
        message(
            "rdb.fork-cow",
            "how much memory the child that sends slots took",
            wording(
                "Fork CoW for <what:Slot migration>: current <current_mb:int> MB, peak <peak_mb:int> MB, average <average_mb:int> MB",
                "valkey 9.0+",
            ),
            level="notice",
            roles="C",
            source="rdb.c:sendChildInfoGeneric",
        ),
    )


@event
class ForkReportFailed(Event):
    """A child process could not report to its parent, and exits.

    Source: Redis 6.2+, ``childinfo.c:sendChildInfoGeneric``.
    """

    CATEGORY = "rdb"

    error: str

    MESSAGES = (
        message(
            "rdb.child-info-error",
            "a child process could not report to its parent",
            wording(
                "Child failed reporting info to parent, exiting. <error:errno>",
                "redis 6.2+; valkey 7.2+",
            ),
            level="warning",
            roles="C",
            source="childinfo.c:sendChildInfoGeneric",
        ),
    )
