"""What a child that saves reports to its parent."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("rdb", "rdb.c", level="notice", roles="C")


@event(_PRINTER)
class ForkMemory(Event):
    """Memory that a child process held apart from its parent by copy-on-write.

    ``what`` is the child's task, absent up to 5.0, where it is a snapshot; ``mb`` the total at the end, and
    since 7.0 ``current_mb``, ``peak_mb`` and ``average_mb``, all in megabytes. Source: Redis 2.6+,
    ``childinfo.c:sendChildInfoGeneric``.
    """

    mb: int | None = None
    what: str | None = None
    current_mb: int | None = None
    peak_mb: int | None = None
    average_mb: int | None = None

    MESSAGES = (
        message("rdb.cow", by="rdbSaveBackground,rdbSaveToSlavesSockets")(
            "memory that a child process held by copy-on-write",
            "redis 2.6-5.0: RDB: <mb:int> MB of memory used by copy-on-write",
            "redis 6.0-6.2, at notice[redis 6.0] verbose|notice[redis 6.2], by server.c:sendChildCOWInfo,childinfo.c:sendChildInfoGeneric: <what:RDB|AOF rewrite|Module fork>: <mb:int> MB of memory used by copy-on-write",
            "7.0+, at verbose|notice, by childinfo.c:sendChildInfoGeneric: Fork CoW for <what:RDB|AOF rewrite|Module fork>: current <current_mb:int> MB, peak <peak_mb:int> MB, average <average_mb:int> MB",
        ),
        message("rdb.fork-cow", by="sendChildInfoGeneric")(
            "how much memory the child that sends slots took",
            "valkey 9.0+: Fork CoW for <what:Slot migration>: current <current_mb:int> MB, peak <peak_mb:int> MB, average <average_mb:int> MB",
        ),
    )


@event(_PRINTER, level="warning", by="childinfo.c:sendChildInfoGeneric")
class ForkReportFailed(Event):
    """A child process could not report to its parent, and exits.

    Source: Redis 6.2+, ``childinfo.c:sendChildInfoGeneric``.
    """

    error: str

    MESSAGES = (
        message("rdb.child-info-error")(
            "a child process could not report to its parent",
            "6.2+: Child failed reporting info to parent, exiting. <error:errno>",
        ),
    )
