"""A snapshot that could not be read to its end: a file cut short, or the link to the primary lost in a full sync."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.events.spellings import AT_OFFSET

_PRINTER = Printer("rdb", "rdb.c", level="verbose|warning", roles="M,S")


@event(_PRINTER, by="rdbLoadObject via rdbReportError")
class RdbReadFailed(Event):
    """A read fell short while a snapshot was loaded.

    ``line`` is the place in the server's source, ``offset`` the bytes read so far, ``message_`` what was
    being read. From a file, the server exits; from the socket of the primary, the replica drops the link and
    syncs again; from RESTORE, only the level is lower. Source: Redis 6.0+, ``rdb.c:rdbReportError``.
    """

    offset: int
    line: int
    message_: str | None = None

    MESSAGES = (
        message("rdb.read-error-socket", level="warning", roles="S", by="rdbReportError")(
            "the stream of the primary broke off; the replica goes on",
            f"6.0+: {AT_OFFSET}<message:text>. Failure loading rdb format from socket, assuming connection error, resuming operation.",
        ),
        message("rdb.read-error.unexpected-eof-reading-rdb-file")(
            "the snapshot ended early",
            f"6.0+, by rdbLoadRio,rdbLoadRioWithLoadingCtx via rdbReportError: {AT_OFFSET}Unexpected EOF reading RDB file",
        ),
        message("rdb.read-error.short-read-module-id")(
            "the ID of a module was cut short", f"6.0+: {AT_OFFSET}Short read module id"
        ),
        message("rdb.read-error.bad-when-opcode")(
            "the time of loading of a module's auxiliary data was cut short",
            f"6.0+, by rdbLoadRio,rdbLoadRioWithLoadingCtx via rdbReportError: {AT_OFFSET}bad when_opcode",
        ),
        message("rdb.read-error.stream-listpacks-len-loading-failed")(
            "the number of nodes of a stream was cut short",
            f"6.0+: {AT_OFFSET}Stream listpacks len loading failed.",
        ),
        message("rdb.read-error.stream-primary-id-loading-failed")(
            "the ID that a stream node begins with was cut short",
            f"redis 6.0+; valkey 7.2 | valkey 8.0+: {AT_OFFSET}Stream <master|primary> ID loading failed: invalid encoding or I/O error.",
        ),
        message("rdb.read-error.stream-listpacks-loading-failed")(
            "a node of a stream was cut short", f"6.0+: {AT_OFFSET}Stream listpacks loading failed."
        ),
        message("rdb.read-error.stream-object-metadata-loading-failed")(
            "the metadata of a stream were cut short",
            f"6.0+: {AT_OFFSET}Stream object metadata loading failed.",
        ),
        message("rdb.read-error.stream-cgroup-count-loading-failed")(
            "the number of consumer groups was cut short",
            f"6.0+: {AT_OFFSET}Stream cgroup count loading failed.",
        ),
        message("rdb.read-error.error-reading-the-consumer-group")(
            "the name of a consumer group was cut short",
            f"6.0+: {AT_OFFSET}Error reading the consumer group name from Stream",
        ),
        message("rdb.read-error.stream-cgroup-id-loading-failed")(
            "the last ID of a consumer group was cut short",
            f"6.0+: {AT_OFFSET}Stream cgroup ID loading failed.",
        ),
        message("rdb.read-error.stream-cgroup-offset-loading-failed")(
            "the read counter of a consumer group was cut short",
            f"7.0+: {AT_OFFSET}Stream cgroup offset loading failed.",
        ),
        message("rdb.read-error.stream-pel-size-loading-failed")(
            "the number of pending entries of a group was cut short",
            f"6.0+: {AT_OFFSET}Stream PEL size loading failed.",
        ),
        message("rdb.read-error.stream-pel-id-loading-failed")(
            "the ID of a pending entry was cut short", f"6.0+: {AT_OFFSET}Stream PEL ID loading failed."
        ),
        message("rdb.read-error.stream-pel-nack-loading-failed")(
            "the delivery of a pending entry was cut short",
            f"6.0+: {AT_OFFSET}Stream PEL NACK loading failed.",
        ),
        message("rdb.read-error.stream-consumers-num-loading-failed")(
            "the number of consumers was cut short", f"6.0+: {AT_OFFSET}Stream consumers num loading failed."
        ),
        message("rdb.read-error.error-reading-the-consumer-name")(
            "the name of a consumer was cut short",
            f"6.0+: {AT_OFFSET}Error reading the consumer name from Stream group.",
        ),
        message("rdb.read-error.stream-short-read-reading-seen")(
            "the last time that a consumer was seen was cut short",
            f"6.0+: {AT_OFFSET}Stream short read reading seen time.",
        ),
        message("rdb.read-error.stream-short-read-reading-active")(
            "the last time that a consumer was active was cut short",
            f"7.2+: {AT_OFFSET}Stream short read reading active time.",
        ),
        message("rdb.read-error.stream-consumer-pel-num-loading")(
            "the number of pending entries of a consumer was cut short",
            f"6.0+: {AT_OFFSET}Stream consumer PEL num loading failed.",
        ),
        message("rdb.read-error.stream-short-read-reading-pel")(
            "the ID of a consumer's pending entry was cut short",
            f"6.0+: {AT_OFFSET}Stream short read reading PEL streamID.",
        ),
        message("rdb.read-error.short-read-of-listpackex-min")(
            "the earliest expiry of a hash's fields was cut short",
            f"redis 8.0+: {AT_OFFSET}Short read of listpackex min expiration time.",
        ),
        message("rdb.read-error.stream-idmp-duration-loading-failed")(
            "how long a stream remembers a producer's IDs was cut short",
            f"redis 8.6+: {AT_OFFSET}Stream IDMP duration loading failed.",
        ),
        message("rdb.read-error.stream-idmp-entries-loading-failed")(
            "a stream's remembered IDs of producers were cut short",
            f"redis 8.6+: {AT_OFFSET}Stream IDMP entries loading failed.",
        ),
        message("rdb.read-error.stream-idmp-max-entries-loading-failed")(
            "how many of a producer's IDs a stream remembers was cut short",
            f"redis 8.6+: {AT_OFFSET}Stream IDMP max entries loading failed.",
        ),
        message("rdb.read-error.stream-iids-added-loading-failed")(
            "the number of a stream's IDs of producers was cut short",
            f"redis 8.6+: {AT_OFFSET}Stream iids_added loading failed.",
        ),
        message("rdb.read-error.stream-iids-duplicates-loading-failed")(
            "the number of entries that a stream refused was cut short",
            f"redis 8.6+: {AT_OFFSET}Stream iids_duplicates loading failed.",
        ),
    )
