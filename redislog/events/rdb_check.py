"""The check that the server makes of a snapshot that failed to load; it goes to standard output, without a prefix."""

from redislog.events.base import Event, event, message, wording


@event
class RdbChecked(Event):
    """One line of the check of a snapshot.

    ``path`` is the file, ``offset`` the bytes read so far; ``step``, ``key_name`` and the type (``n``,
    ``type``) say where the check stopped; in the summary ``n`` is a number of keys; ``message_`` is any other
    text. Source: Redis 4.0+, ``redis-check-rdb.c``.
    """

    CATEGORY = "rdb"

    offset: int | None = None
    path: str | None = None
    message_: str | None = None
    step: str | None = None
    key_name: str | None = None
    n: int | None = None
    type: str | None = None
    n2: int | None = None

    MESSAGES = (
        message(
            "rdb.check.start",
            "the check of a snapshot begins",
            wording("[offset <offset:offset>] Checking RDB file <path:path>", "redis 4.0+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.message",
            "a result of the check at an offset of the file",
            wording("[offset <offset:offset>] <message:text>", "redis 4.0+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.error",
            "the check found an error",
            wording("--- RDB ERROR DETECTED ---", "redis 4.0+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.doing",
            "the step at which the check stopped",
            wording("[additional info] While doing: <step:word>", "redis 4.0+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.key",
            "the key at which the check stopped",
            wording("[additional info] Reading key '<key_name:text>'", "redis 4.0+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.type",
            "the type of value at which the check stopped",
            wording("[additional info] Reading type <n:int> (<type:word>)", "redis 4.0+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.keys",
            "number of keys read",
            wording("[info] <n:int> keys read", "redis 4.0+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.expires",
            "number of keys with an expiry",
            wording("[info] <n:int> expires", "redis 4.0+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.expired",
            "number of keys already expired",
            wording("[info] <n:int> already expired", "redis 4.0+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "other.check-rdb-returned-error-code-0",
            "how the check ended",
            wording("Check RDB returned error code <n:int> (0 means success)", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="valkey-check-rdb.c:redis_check_rdb_main",
        ),
        message(
            "other.foreign-rdb-version-detected",
            "the snapshot is of another product",
            wording("Foreign RDB version <n:int> detected", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="valkey-check-rdb.c:redis_check_rdb",
        ),
        message(
            "other.future-rdb-version-detected",
            "the snapshot is of a later version",
            wording("Future RDB version <n:int> detected", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="valkey-check-rdb.c:redis_check_rdb",
        ),
        message(
            "other.o-rdb-looks-ok-but-loading",
            "it can be loaded with another setting",
            wording(
                "\\\\o/ RDB looks OK, but loading requires config 'rdb-version-check relaxed'", "valkey 9.0+"
            ),
            level="warning",
            roles="M,S",
            source="valkey-check-rdb.c:redis_check_rdb_main",
        ),
        message(
            "other.unknown-object-type-in-rdb-file",
            "a type is not known",
            wording("Unknown object type <n:int> in RDB file with foreign version <n2:int>", "valkey 9.0+"),
            wording("Unknown object type <n:int> in RDB file with future version <n2:int>", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="valkey-check-rdb.c:redis_check_rdb",
        ),
    )
