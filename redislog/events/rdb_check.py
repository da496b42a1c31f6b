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

    MESSAGES = (
        message(
            "rdb.check.start",
            "the check of a snapshot begins",
            wording(
                "[offset <offset:offset>] Checking RDB file <path:path>", "redis 4.0-8.0; valkey 7.2-8.1"
            ),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.message",
            "a result of the check at an offset of the file",
            wording("[offset <offset:offset>] <message:text>", "redis 4.0-8.0; valkey 7.2-8.1"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.error",
            "the check found an error",
            wording("--- RDB ERROR DETECTED ---", "redis 4.0-8.0; valkey 7.2-8.1"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.doing",
            "the step at which the check stopped",
            wording("[additional info] While doing: <step:word>", "redis 4.0-8.0; valkey 7.2-8.1"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.key",
            "the key at which the check stopped",
            wording("[additional info] Reading key '<key_name:text>'", "redis 4.0-8.0; valkey 7.2-8.1"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.type",
            "the type of value at which the check stopped",
            wording("[additional info] Reading type <n:int> (<type:word>)", "redis 4.0-8.0; valkey 7.2-8.1"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.keys",
            "number of keys read",
            wording("[info] <n:int> keys read", "redis 4.0-8.0; valkey 7.2-8.1"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.expires",
            "number of keys with an expiry",
            wording("[info] <n:int> expires", "redis 4.0-8.0; valkey 7.2-8.1"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
        message(
            "rdb.check.expired",
            "number of keys already expired",
            wording("[info] <n:int> already expired", "redis 4.0-8.0; valkey 7.2-8.1"),
            level="raw",
            roles="-",
            source="redis-check-rdb.c",
        ),
    )
