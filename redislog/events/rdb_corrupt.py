"""Damage found in a snapshot, or in the payload of RESTORE: encodings, collections and the whole file."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.events.spellings import AT, AT_OFFSET

_PRINTER = Printer("rdb", "rdb.c", level="verbose|warning", roles="M,S")


@event(_PRINTER, by="rdbLoadObject via rdbReportError")
class RdbCorrupt(Event):
    """What was read cannot be right: an unknown encoding, an element twice, a structure that fails its check.

    ``line`` is the place in the server's source, ``offset`` the bytes read so far; ``n`` is the value found,
    or a size; ``key_name`` and ``db`` name a key; ``expected`` and ``got`` are checksums in hex; ``reason``
    or ``message_`` is the cause, ``filename`` the snapshot. The server exits, unless the payload came by
    RESTORE (then the level is verbose). Source: Redis 2.6+, ``rdb.c:rdbLoadObject`` and
    ``rdb.c:rdbReportError``.
    """

    line: int | None = None
    reason: str | None = None
    filename: str | None = None
    offset: int | None = None
    message_: str | None = None
    expected: str | None = None
    got: str | None = None
    key_name: str | None = None
    db: int | None = None
    n: int | None = None

    MESSAGES = (
        message("rdb.corrupt", level="warning", by="rdbCheckThenExit")(
            "damage was found, and a check of the file follows",
            "redis 3.2.0: Corrupt RDB detected at rdb.c:<line:int> (<reason:text>). Running 'redis-check-rdb <filename:filename>'",
        ),
        message("rdb.corrupt-socket", level="warning", roles="S", by="rdbReportError")(
            "the stream of the primary is damaged; the replica exits",
            f"6.2+: {AT_OFFSET}<message:text>. Failure loading rdb format",
        ),
        message("rdb.checksum-wrong", level="warning", by="rdbLoad,rdbLoadRio")(
            "the checksum at the end of the snapshot does not fit",
            "redis 2.6-5.0: Wrong RDB checksum. Aborting now.",
            "6.0+, by rdbLoadRio,rdbLoadRioWithLoadingCtx: Wrong RDB checksum expected: (<expected:hex>) but got (<got:hex>). Aborting now.",
        ),
        message(
            "rdb.corrupt.rdb-crc-error",
            level="warning",
            by="rdbLoad,rdbLoadRio,rdbLoadRioWithLoadingCtx via rdbCheckThenExit",
        )(
            "the checksum of the snapshot does not fit",
            f"redis 3.2-5.0: {AT}RDB CRC error",
            f"6.0+, at verbose|warning, by rdbLoad,rdbLoadRio,rdbLoadRioWithLoadingCtx via rdbReportError: {AT_OFFSET}RDB CRC error",
        ),
        message("rdb.duplicate-key", level="warning", by="rdbLoadRio,rdbLoadRioWithLoadingCtx")(
            "a key is there twice",
            "6.0+: RDB has duplicated key '<key_name:lasttext>' in DB <db:int>",
            "valkey 9.1+, by rdbLoadRioWithLoadingCtx: RDB has duplicated key in DB <db:int>",
        ),
        message("rdb.corrupt.unexpected-eof-reading-rdb-file")(
            "the file ended early",
            f"redis 3.2-5.0, at warning, by rdbLoad,rdbLoadRio via rdbCheckThenExit: {AT}Unexpected EOF reading RDB file",
        ),
        message("rdb.corrupt.impossible-to-read-bytes-in")(
            "fewer bytes were there than were asked for",
            f"redis 5.0, at warning, by rdbLoadRaw via rdbCheckThenExit: {AT}Impossible to read <n:int> bytes in rdbLoadRaw()",
        ),
        message(
            "rdb.corrupt.unknown-length-encoding-in-rdbloadlen",
            level="warning",
            by="rdbLoadLen,rdbLoadLenByRef via rdbCheckThenExit",
        )(
            "a length has an unknown encoding",
            f"redis 3.2-5.0: {AT}Unknown length encoding <n:int> in rdbLoadLen()",
            f"6.0+, at verbose|warning, by rdbLoadLen,rdbLoadLenByRef via rdbReportError: {AT_OFFSET}Unknown length encoding <n:int> in rdbLoadLen()",
        ),
        message(
            "rdb.corrupt.unknown-rdb-integer-encoding-type",
            level="warning",
            by="rdbLoadIntegerObject via rdbCheckThenExit",
        )(
            "a number has an unknown encoding",
            f"redis 3.2-5.0: {AT}Unknown RDB integer encoding type <n:int>",
            f"6.0+, at verbose|warning, by rdbLoadIntegerObject via rdbReportError: {AT_OFFSET}Unknown RDB integer encoding type <n:int>",
        ),
        message(
            "rdb.corrupt.unknown-rdb-string-encoding-type",
            level="warning",
            by="rdbGenericLoadStringObject via rdbCheckThenExit",
        )(
            "a string has an unknown encoding",
            f"redis 3.2-5.0: {AT}Unknown RDB string encoding type <n:int>",
            f"6.0+, at verbose|warning, by rdbGenericLoadStringObject via rdbReportError: {AT_OFFSET}Unknown RDB string encoding type <n:int>",
        ),
        message(
            "rdb.corrupt.unknown-rdb-encoding-type", level="warning", by="rdbLoadObject via rdbCheckThenExit"
        )(
            "an object has an unknown type",
            f"redis 3.2-5.0: {AT}Unknown RDB encoding type <n:int>",
            f"6.0+, at verbose|warning, by rdbLoadObject via rdbReportError: {AT_OFFSET}Unknown RDB encoding type <n:int>",
        ),
        message("rdb.corrupt.invalid-lzf-compressed-string", by="rdbLoadLzfStringObject via rdbReportError")(
            "a compressed string cannot be expanded", f"6.0+: {AT_OFFSET}Invalid LZF compressed string"
        ),
        message("rdb.corrupt.oom-in-dicttryexpand")(
            "there is no memory for a collection of the size read",
            f"redis 6.2+; valkey 7.2-8.1: {AT_OFFSET}OOM in dictTryExpand <n:int>",
        ),
        message(
            "rdb.corrupt.duplicate-keys-detected", level="warning", by="rdbLoadObject via rdbCheckThenExit"
        )(
            "a hash has a field twice",
            f"redis 3.2-5.0: {AT}Duplicate keys detected",
            f"redis 6.0, at verbose|warning, by rdbLoadObject via rdbReportError: {AT_OFFSET}Duplicate keys detected",
        ),
        message(
            "rdb.corrupt.duplicate-hash-fields-detected",
            level="warning",
            by="rdbLoadObject via rdbCheckThenExit",
        )(
            "a hash has a field twice",
            f"redis 5.0: {AT}Duplicate hash fields detected",
            f"6.0+, at verbose|warning, by rdbLoadObject via rdbReportError: {AT_OFFSET}Duplicate hash fields detected",
        ),
        message("rdb.corrupt.duplicate-set-members-detected")(
            "a set has a member twice", f"6.2+: {AT_OFFSET}Duplicate set members detected"
        ),
        message("rdb.corrupt.duplicate-zset-fields-detected")(
            "a sorted set has a member twice", f"6.2+: {AT_OFFSET}Duplicate zset fields detected"
        ),
        message("rdb.corrupt.zset-with-nan-score-detected")(
            "a sorted set has a score that is no number", f"7.0+: {AT_OFFSET}Zset with NAN score detected"
        ),
        message("rdb.corrupt.hash-with-dup-elements")(
            "a packed hash has a field twice", f"6.2+: {AT_OFFSET}Hash with dup elements"
        ),
        message("rdb.corrupt.hash-zipmap-too-big", level="warning", by="rdbLoadObject via rdbCheckThenExit")(
            "a hash in the zipmap encoding is too big",
            f"redis 5.0: {AT}Hash zipmap too big (<n:int>)",
            f"redis 6.0, at verbose|warning, by rdbLoadObject via rdbReportError: {AT_OFFSET}Hash zipmap too big (<n:int>)",
        ),
        message("rdb.corrupt.hash-zipmap-with-dup-elements")(
            "a hash in the zipmap encoding has a field twice, or is too long",
            f"6.2+: {AT_OFFSET}Hash zipmap with dup elements, or big length (<n:int>)",
        ),
        message("rdb.corrupt.zipmap-integrity-check-failed")(
            "a zipmap fails its check", f"6.2+: {AT_OFFSET}Zipmap integrity check failed."
        ),
        message("rdb.corrupt.ziplist-integrity-check-failed")(
            "a ziplist inside a list fails its check", f"6.2+: {AT_OFFSET}Ziplist integrity check failed."
        ),
        message("rdb.corrupt.list-ziplist-integrity-check-failed")(
            "the ziplist of a list fails its check", f"6.2+: {AT_OFFSET}List ziplist integrity check failed."
        ),
        message("rdb.corrupt.zset-ziplist-integrity-check-failed")(
            "the ziplist of a sorted set fails its check",
            f"6.2+: {AT_OFFSET}Zset ziplist integrity check failed.",
        ),
        message("rdb.corrupt.hash-ziplist-integrity-check-failed")(
            "the ziplist of a hash fails its check", f"6.2+: {AT_OFFSET}Hash ziplist integrity check failed."
        ),
        message("rdb.corrupt.intset-integrity-check-failed")(
            "a set of numbers fails its check", f"6.2+: {AT_OFFSET}Intset integrity check failed."
        ),
        message("rdb.corrupt.quicklist-integrity-check-failed")(
            "a node of a list has an unknown container", f"7.0+: {AT_OFFSET}Quicklist integrity check failed."
        ),
        message("rdb.corrupt.listpack-integrity-check-failed")(
            "a listpack inside a list fails its check", f"7.0+: {AT_OFFSET}Listpack integrity check failed."
        ),
        message("rdb.corrupt.set-listpack-integrity-check-failed")(
            "the listpack of a set fails its check", f"7.2+: {AT_OFFSET}Set listpack integrity check failed."
        ),
        message("rdb.corrupt.zset-listpack-integrity-check-failed")(
            "the listpack of a sorted set fails its check",
            f"7.0+: {AT_OFFSET}Zset listpack integrity check failed.",
        ),
        message("rdb.corrupt.hash-listpack-integrity-check-failed")(
            "the listpack of a hash fails its check",
            f"7.0+: {AT_OFFSET}Hash listpack integrity check failed.",
        ),
        message("rdb.corrupt.hash-listpackex-integrity-check-failed")(
            "the listpack of a hash whose fields expire fails its check",
            f"redis 7.4: {AT_OFFSET}Hash listpackex integrity check failed.",
        ),
        message("rdb.corrupt.hash-failed-loading-minexpire")(
            "the earliest expiry of a hash could not be read",
            f"redis 7.4+: {AT_OFFSET}Hash failed loading minExpire",
        ),
        message("rdb.corrupt.hash-read-invalid-minexpire-value")(
            "the earliest expiry of a hash is out of range",
            f"redis 7.4+: {AT_OFFSET}Hash read invalid minExpire value",
        ),
        message("rdb.corrupt.invalid-expireat-time")(
            "the expiry of a hash field is out of range",
            f"redis 7.4+: {AT_OFFSET}invalid expireAt time: <n:int>",
        ),
        message("rdb.hash-ttl-error", level="warning", by="rdbLoadObject")(
            "the expiry of a hash field could not be read", "redis 7.4+: failed reading hash TTL"
        ),
        message("rdb.hash-field-error", level="warning", by="rdbLoadObject")(
            "the name of a hash field could not be read", "redis 7.4+: failed reading hash field"
        ),
        message("rdb.hash-value-error", level="warning", by="rdbLoadObject")(
            "the value of a hash field could not be read", "redis 7.4+: failed reading hash value"
        ),
        message("rdb.corrupt.oom-in-hashtabletryexpand", by="rdbLoadObject")(
            "a hash table cannot be made", f"valkey 8.1+: {AT_OFFSET}OOM in hashtableTryExpand <n:int>"
        ),
        message("rdb.corrupt.zset-listpack-with-nan-score-detected", by="rdbLoadObject")(
            "a sorted set holds a score that is no number",
            f"valkey 9.1+: {AT_OFFSET}Zset listpack with NAN score detected",
        ),
        message("rdb.corrupt.zset-ziplist-with-nan-score-detected", by="rdbLoadObject")(
            "a sorted set holds a score that is no number",
            f"valkey 9.1+: {AT_OFFSET}Zset ziplist with NAN score detected",
        ),
    )
