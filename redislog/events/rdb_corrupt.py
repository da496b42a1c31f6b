"""Damage found in a snapshot, or in the payload of RESTORE: encodings, collections and the whole file."""

from redislog.events.base import Event, event, message, wording
from redislog.events.spellings import damage

_AT = "Internal error in RDB reading function at rdb.c:<line:int> -> "
_AT_OFFSET = "Internal error in RDB reading offset <offset:offset>, function at rdb.c:<line:int> -> "


@event
class RdbCorrupt(Event):
    """What was read cannot be right: an unknown encoding, an element twice, a structure that fails its check.

    ``line`` is the place in the server's source, ``offset`` the bytes read so far; ``n`` is the value found,
    or a size; ``key_name`` and ``db`` name a key; ``expected`` and ``got`` are checksums in hex; ``reason``
    or ``message_`` is the cause, ``filename`` the snapshot. The server exits, unless the payload came by
    RESTORE (then the level is verbose). Source: Redis 2.6+, ``rdb.c:rdbLoadObject`` and
    ``rdb.c:rdbReportError``.
    """

    CATEGORY = "rdb"

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
        message(
            "rdb.corrupt",
            "damage was found, and a check of the file follows",
            wording(
                "Corrupt RDB detected at rdb.c:<line:int> (<reason:text>). Running 'redis-check-rdb <filename:filename>'",
                "redis 3.2.0",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt-socket",
            "the stream of the primary is damaged; the replica exits",
            wording(_AT_OFFSET + "<message:text>. Failure loading rdb format", "redis 6.2+; valkey 7.2+"),
            level="warning",
            roles="S",
            source="rdb.c:rdbReportError",
        ),
        message(
            "rdb.checksum-wrong",
            "the checksum at the end of the snapshot does not fit",
            wording("Wrong RDB checksum. Aborting now.", "redis 2.6-5.0"),
            wording(
                "Wrong RDB checksum expected: (<expected:hex>) but got (<got:hex>). Aborting now.",
                "redis 6.0+; valkey 7.2+",
                source="rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoad,rdb.c:rdbLoadRio",
        ),
        message(
            "rdb.corrupt.rdb-crc-error",
            "the checksum of the snapshot does not fit",
            wording(_AT + "RDB CRC error", "redis 3.2-5.0"),
            wording(
                _AT_OFFSET + "RDB CRC error",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoad,rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoad,rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx via rdbCheckThenExit",
        ),
        message(
            "rdb.duplicate-key",
            "a key is there twice",
            wording("RDB has duplicated key '<key_name:lasttext>' in DB <db:int>", "redis 6.0+; valkey 7.2+"),
            wording(
                "RDB has duplicated key in DB <db:int>",
                "valkey 9.1+",
                source="rdb.c:rdbLoadRioWithLoadingCtx",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.corrupt.unexpected-eof-reading-rdb-file",
            "the file ended early",
            wording(_AT + "Unexpected EOF reading RDB file", "redis 3.2-5.0"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoad,rdb.c:rdbLoadRio via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.impossible-to-read-bytes-in",
            "fewer bytes were there than were asked for",
            wording(_AT + "Impossible to read <n:int> bytes in rdbLoadRaw()", "redis 5.0"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadRaw via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.unknown-length-encoding-in-rdbloadlen",
            "a length has an unknown encoding",
            wording(_AT + "Unknown length encoding <n:int> in rdbLoadLen()", "redis 3.2-5.0"),
            wording(
                _AT_OFFSET + "Unknown length encoding <n:int> in rdbLoadLen()",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoadLen,rdb.c:rdbLoadLenByRef via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadLen,rdb.c:rdbLoadLenByRef via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.unknown-rdb-integer-encoding-type",
            "a number has an unknown encoding",
            wording(_AT + "Unknown RDB integer encoding type <n:int>", "redis 3.2-5.0"),
            wording(
                _AT_OFFSET + "Unknown RDB integer encoding type <n:int>",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoadIntegerObject via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadIntegerObject via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.unknown-rdb-string-encoding-type",
            "a string has an unknown encoding",
            wording(_AT + "Unknown RDB string encoding type <n:int>", "redis 3.2-5.0"),
            wording(
                _AT_OFFSET + "Unknown RDB string encoding type <n:int>",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbGenericLoadStringObject via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbGenericLoadStringObject via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.unknown-rdb-encoding-type",
            "an object has an unknown type",
            wording(_AT + "Unknown RDB encoding type <n:int>", "redis 3.2-5.0"),
            wording(
                _AT_OFFSET + "Unknown RDB encoding type <n:int>",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoadObject via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.invalid-lzf-compressed-string",
            "a compressed string cannot be expanded",
            wording(_AT_OFFSET + "Invalid LZF compressed string", "redis 6.0+; valkey 7.2+"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadLzfStringObject via rdbReportError",
        ),
        damage(
            "rdb.corrupt.oom-in-dicttryexpand",
            "there is no memory for a collection of the size read",
            "OOM in dictTryExpand <n:int>",
            "redis 6.2+; valkey 7.2-8.1",
        ),
        message(
            "rdb.corrupt.duplicate-keys-detected",
            "a hash has a field twice",
            wording(_AT + "Duplicate keys detected", "redis 3.2-5.0"),
            wording(
                _AT_OFFSET + "Duplicate keys detected",
                "redis 6.0",
                level="verbose|warning",
                source="rdb.c:rdbLoadObject via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.duplicate-hash-fields-detected",
            "a hash has a field twice",
            wording(_AT + "Duplicate hash fields detected", "redis 5.0"),
            wording(
                _AT_OFFSET + "Duplicate hash fields detected",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoadObject via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        damage(
            "rdb.corrupt.duplicate-set-members-detected",
            "a set has a member twice",
            "Duplicate set members detected",
            "redis 6.2+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.duplicate-zset-fields-detected",
            "a sorted set has a member twice",
            "Duplicate zset fields detected",
            "redis 6.2+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.zset-with-nan-score-detected",
            "a sorted set has a score that is no number",
            "Zset with NAN score detected",
            "redis 7.0+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.hash-with-dup-elements",
            "a packed hash has a field twice",
            "Hash with dup elements",
            "redis 6.2+; valkey 7.2+",
        ),
        message(
            "rdb.corrupt.hash-zipmap-too-big",
            "a hash in the zipmap encoding is too big",
            wording(_AT + "Hash zipmap too big (<n:int>)", "redis 5.0"),
            wording(
                _AT_OFFSET + "Hash zipmap too big (<n:int>)",
                "redis 6.0",
                level="verbose|warning",
                source="rdb.c:rdbLoadObject via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        damage(
            "rdb.corrupt.hash-zipmap-with-dup-elements",
            "a hash in the zipmap encoding has a field twice, or is too long",
            "Hash zipmap with dup elements, or big length (<n:int>)",
            "redis 6.2+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.zipmap-integrity-check-failed",
            "a zipmap fails its check",
            "Zipmap integrity check failed.",
            "redis 6.2+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.ziplist-integrity-check-failed",
            "a ziplist inside a list fails its check",
            "Ziplist integrity check failed.",
            "redis 6.2+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.list-ziplist-integrity-check-failed",
            "the ziplist of a list fails its check",
            "List ziplist integrity check failed.",
            "redis 6.2+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.zset-ziplist-integrity-check-failed",
            "the ziplist of a sorted set fails its check",
            "Zset ziplist integrity check failed.",
            "redis 6.2+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.hash-ziplist-integrity-check-failed",
            "the ziplist of a hash fails its check",
            "Hash ziplist integrity check failed.",
            "redis 6.2+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.intset-integrity-check-failed",
            "a set of numbers fails its check",
            "Intset integrity check failed.",
            "redis 6.2+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.quicklist-integrity-check-failed",
            "a node of a list has an unknown container",
            "Quicklist integrity check failed.",
            "redis 7.0+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.listpack-integrity-check-failed",
            "a listpack inside a list fails its check",
            "Listpack integrity check failed.",
            "redis 7.0+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.set-listpack-integrity-check-failed",
            "the listpack of a set fails its check",
            "Set listpack integrity check failed.",
            "redis 7.2+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.zset-listpack-integrity-check-failed",
            "the listpack of a sorted set fails its check",
            "Zset listpack integrity check failed.",
            "redis 7.0+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.hash-listpack-integrity-check-failed",
            "the listpack of a hash fails its check",
            "Hash listpack integrity check failed.",
            "redis 7.0+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.hash-listpackex-integrity-check-failed",
            "the listpack of a hash whose fields expire fails its check",
            "Hash listpackex integrity check failed.",
            "redis 7.4",
        ),
        damage(
            "rdb.corrupt.hash-failed-loading-minexpire",
            "the earliest expiry of a hash could not be read",
            "Hash failed loading minExpire",
            "redis 7.4+",
        ),
        damage(
            "rdb.corrupt.hash-read-invalid-minexpire-value",
            "the earliest expiry of a hash is out of range",
            "Hash read invalid minExpire value",
            "redis 7.4+",
        ),
        damage(
            "rdb.corrupt.invalid-expireat-time",
            "the expiry of a hash field is out of range",
            "invalid expireAt time: <n:int>",
            "redis 7.4+",
        ),
        message(
            "rdb.hash-ttl-error",
            "the expiry of a hash field could not be read",
            wording("failed reading hash TTL", "redis 7.4+"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
        message(
            "rdb.hash-field-error",
            "the name of a hash field could not be read",
            wording("failed reading hash field", "redis 7.4+"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
        message(
            "rdb.hash-value-error",
            "the value of a hash field could not be read",
            wording("failed reading hash value", "redis 7.4+"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
        message(
            "rdb.corrupt.oom-in-hashtabletryexpand",
            "a hash table cannot be made",
            wording(
                "Internal error in RDB reading offset <offset:offset>, function at rdb.c:<line:int> -> OOM in hashtableTryExpand <n:int>",
                "valkey 8.1+",
            ),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
        message(
            "rdb.corrupt.zset-listpack-with-nan-score-detected",
            "a sorted set holds a score that is no number",
            wording(
                "Internal error in RDB reading offset <offset:offset>, function at rdb.c:<line:int> -> Zset listpack with NAN score detected",
                "valkey 9.1+",
            ),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
        message(
            "rdb.corrupt.zset-ziplist-with-nan-score-detected",
            "a sorted set holds a score that is no number",
            wording(
                "Internal error in RDB reading offset <offset:offset>, function at rdb.c:<line:int> -> Zset ziplist with NAN score detected",
                "valkey 9.1+",
            ),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
    )
