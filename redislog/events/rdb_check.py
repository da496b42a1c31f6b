"""The check that the server makes of a snapshot that failed to load; it goes to standard output, without a prefix."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("rdb", "redis-check-rdb.c", level="raw", roles="-")


@event(_PRINTER)
class RdbChecked(Event):
    """One line of the check of a snapshot.

    ``path`` is the file, ``offset`` the bytes read so far; ``step``, ``key_name`` and the type (``n``,
    ``type``) say where the check stopped; in the summary ``n`` is a number of keys; ``message_`` is any other
    text. Source: Redis 4.0+, ``redis-check-rdb.c``.
    """

    offset: int | None = None
    path: str | None = None
    message_: str | None = None
    step: str | None = None
    key_name: str | None = None
    n: int | None = None
    type: str | None = None
    n2: int | None = None

    MESSAGES = (
        message("rdb.check.start")(
            "the check of a snapshot begins", "4.0+: [offset <offset:offset>] Checking RDB file <path:path>"
        ),
        message("rdb.check.message")(
            "a result of the check at an offset of the file", "4.0+: [offset <offset:offset>] <message:text>"
        ),
        message("rdb.check.error")("the check found an error", "4.0+: --- RDB ERROR DETECTED ---"),
        message("rdb.check.doing")(
            "the step at which the check stopped", "4.0+: [additional info] While doing: <step:word>"
        ),
        message("rdb.check.key")(
            "the key at which the check stopped", "4.0+: [additional info] Reading key '<key_name:text>'"
        ),
        message("rdb.check.type")(
            "the type of value at which the check stopped",
            "4.0+: [additional info] Reading type <n:int> (<type:word>)",
        ),
        message("rdb.check.keys")("number of keys read", "4.0+: [info] <n:int> keys read"),
        message("rdb.check.expires")("number of keys with an expiry", "4.0+: [info] <n:int> expires"),
        message("rdb.check.expired")(
            "number of keys already expired", "4.0+: [info] <n:int> already expired"
        ),
        message("other.check-rdb-returned-error-code-0")(
            "how the check ended",
            "valkey 9.0+, at warning, as M,S, by valkey-check-rdb.c:redis_check_rdb_main: Check RDB returned error code <n:int> (0 means success)",
        ),
        message("other.foreign-rdb-version-detected")(
            "the snapshot is of another product",
            "valkey 9.0+, at warning, as M,S, by valkey-check-rdb.c:redis_check_rdb: Foreign RDB version <n:int> detected",
        ),
        message("other.future-rdb-version-detected")(
            "the snapshot is of a later version",
            "valkey 9.0+, at warning, as M,S, by valkey-check-rdb.c:redis_check_rdb: Future RDB version <n:int> detected",
        ),
        message("other.o-rdb-looks-ok-but-loading")(
            "it can be loaded with another setting",
            "valkey 9.0+, at warning, as M,S, by valkey-check-rdb.c:redis_check_rdb_main: \\\\o/ RDB looks OK, but loading requires config 'rdb-version-check relaxed'",
        ),
        message(
            "other.unknown-object-type-in-rdb-file",
            level="warning",
            roles="M,S",
            by="valkey-check-rdb.c:redis_check_rdb",
        )(
            "a type is not known",
            "valkey 9.0+: Unknown object type <n:int> in RDB file with <foreign|future> version <n2:int>",
        ),
    )
