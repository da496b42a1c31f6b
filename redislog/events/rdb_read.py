"""A snapshot that could not be read to its end: a file cut short, or the link to the primary lost in a full sync."""

from redislog.events.base import Event, event, message, wording
from redislog.events.spellings import damage

_AT_OFFSET = "Internal error in RDB reading offset <offset:offset>, function at rdb.c:<line:int> -> "


@event
class RdbReadFailed(Event):
    """A read fell short while a snapshot was loaded.

    ``line`` is the place in the server's source, ``offset`` the bytes read so far, ``message_`` what was
    being read. From a file, the server exits; from the socket of the primary, the replica drops the link and
    syncs again; from RESTORE, only the level is lower. Source: Redis 6.0+, ``rdb.c:rdbReportError``.
    """

    CATEGORY = "rdb"

    offset: int
    line: int
    message_: str | None = None

    MESSAGES = (
        message(
            "rdb.read-error-socket",
            "the stream of the primary broke off; the replica goes on",
            wording(
                _AT_OFFSET
                + "<message:text>. Failure loading rdb format from socket, assuming connection error, resuming operation.",
                "redis 6.0+; valkey 7.2+",
            ),
            level="warning",
            roles="S",
            source="rdb.c:rdbReportError",
        ),
        message(
            "rdb.read-error.unexpected-eof-reading-rdb-file",
            "the snapshot ended early",
            wording(_AT_OFFSET + "Unexpected EOF reading RDB file", "redis 6.0+; valkey 7.2+"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx via rdbReportError",
        ),
        damage(
            "rdb.read-error.short-read-module-id",
            "the ID of a module was cut short",
            "Short read module id",
            "redis 6.0+; valkey 7.2+",
        ),
        message(
            "rdb.read-error.bad-when-opcode",
            "the time of loading of a module's auxiliary data was cut short",
            wording(_AT_OFFSET + "bad when_opcode", "redis 6.0+; valkey 7.2+"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx via rdbReportError",
        ),
        damage(
            "rdb.read-error.stream-listpacks-len-loading-failed",
            "the number of nodes of a stream was cut short",
            "Stream listpacks len loading failed.",
            "redis 6.0+; valkey 7.2+",
        ),
        message(
            "rdb.read-error.stream-primary-id-loading-failed",
            "the ID that a stream node begins with was cut short",
            wording(
                _AT_OFFSET + "Stream master ID loading failed: invalid encoding or I/O error.",
                "redis 6.0+; valkey 7.2",
            ),
            wording(
                _AT_OFFSET + "Stream primary ID loading failed: invalid encoding or I/O error.",
                "valkey 8.0+",
            ),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        damage(
            "rdb.read-error.stream-listpacks-loading-failed",
            "a node of a stream was cut short",
            "Stream listpacks loading failed.",
            "redis 6.0+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.stream-object-metadata-loading-failed",
            "the metadata of a stream were cut short",
            "Stream object metadata loading failed.",
            "redis 6.0+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.stream-cgroup-count-loading-failed",
            "the number of consumer groups was cut short",
            "Stream cgroup count loading failed.",
            "redis 6.0+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.error-reading-the-consumer-group",
            "the name of a consumer group was cut short",
            "Error reading the consumer group name from Stream",
            "redis 6.0+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.stream-cgroup-id-loading-failed",
            "the last ID of a consumer group was cut short",
            "Stream cgroup ID loading failed.",
            "redis 6.0+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.stream-cgroup-offset-loading-failed",
            "the read counter of a consumer group was cut short",
            "Stream cgroup offset loading failed.",
            "redis 7.0+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.stream-pel-size-loading-failed",
            "the number of pending entries of a group was cut short",
            "Stream PEL size loading failed.",
            "redis 6.0+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.stream-pel-id-loading-failed",
            "the ID of a pending entry was cut short",
            "Stream PEL ID loading failed.",
            "redis 6.0+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.stream-pel-nack-loading-failed",
            "the delivery of a pending entry was cut short",
            "Stream PEL NACK loading failed.",
            "redis 6.0+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.stream-consumers-num-loading-failed",
            "the number of consumers was cut short",
            "Stream consumers num loading failed.",
            "redis 6.0+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.error-reading-the-consumer-name",
            "the name of a consumer was cut short",
            "Error reading the consumer name from Stream group.",
            "redis 6.0+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.stream-short-read-reading-seen",
            "the last time that a consumer was seen was cut short",
            "Stream short read reading seen time.",
            "redis 6.0+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.stream-short-read-reading-active",
            "the last time that a consumer was active was cut short",
            "Stream short read reading active time.",
            "redis 7.2+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.stream-consumer-pel-num-loading",
            "the number of pending entries of a consumer was cut short",
            "Stream consumer PEL num loading failed.",
            "redis 6.0+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.stream-short-read-reading-pel",
            "the ID of a consumer's pending entry was cut short",
            "Stream short read reading PEL streamID.",
            "redis 6.0+; valkey 7.2+",
        ),
        damage(
            "rdb.read-error.short-read-of-listpackex-min",
            "the earliest expiry of a hash's fields was cut short",
            "Short read of listpackex min expiration time.",
            "redis 8.0+",
        ),
        damage(
            "rdb.read-error.stream-idmp-duration-loading-failed",
            "how long a stream remembers a producer's IDs was cut short",
            "Stream IDMP duration loading failed.",
            "redis 8.6+",
        ),
        damage(
            "rdb.read-error.stream-idmp-entries-loading-failed",
            "a stream's remembered IDs of producers were cut short",
            "Stream IDMP entries loading failed.",
            "redis 8.6+",
        ),
        damage(
            "rdb.read-error.stream-idmp-max-entries-loading-failed",
            "how many of a producer's IDs a stream remembers was cut short",
            "Stream IDMP max entries loading failed.",
            "redis 8.6+",
        ),
        damage(
            "rdb.read-error.stream-iids-added-loading-failed",
            "the number of a stream's IDs of producers was cut short",
            "Stream iids_added loading failed.",
            "redis 8.6+",
        ),
        damage(
            "rdb.read-error.stream-iids-duplicates-loading-failed",
            "the number of entries that a stream refused was cut short",
            "Stream iids_duplicates loading failed.",
            "redis 8.6+",
        ),
    )
