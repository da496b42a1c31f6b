"""Damage found in a snapshot, or in the payload of RESTORE: encodings, collections and the whole file."""

from redislog.events.base import Event, event, message, wording

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
            wording(
                _AT_OFFSET + "<message:text>. Failure loading rdb format", "redis 6.2-8.0; valkey 7.2-8.1"
            ),
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
                "redis 6.0-8.0; valkey 7.2-8.1",
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
                "redis 6.0-8.0; valkey 7.2-8.1",
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
            wording(
                "RDB has duplicated key '<key_name:lasttext>' in DB <db:int>", "redis 6.0-8.0; valkey 7.2-8.1"
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
                "redis 6.0-8.0; valkey 7.2-8.1",
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
                "redis 6.0-8.0; valkey 7.2-8.1",
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
                "redis 6.0-8.0; valkey 7.2-8.1",
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
                "redis 6.0-8.0; valkey 7.2-8.1",
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
            wording(_AT_OFFSET + "Invalid LZF compressed string", "redis 6.0-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadLzfStringObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.oom-in-dicttryexpand",
            "there is no memory for a collection of the size read",
            wording(_AT_OFFSET + "OOM in dictTryExpand <n:int>", "redis 6.2-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
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
                "redis 6.0-8.0; valkey 7.2-8.1",
                level="verbose|warning",
                source="rdb.c:rdbLoadObject via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.duplicate-set-members-detected",
            "a set has a member twice",
            wording(_AT_OFFSET + "Duplicate set members detected", "redis 6.2-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.duplicate-zset-fields-detected",
            "a sorted set has a member twice",
            wording(_AT_OFFSET + "Duplicate zset fields detected", "redis 6.2-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.zset-with-nan-score-detected",
            "a sorted set has a score that is no number",
            wording(_AT_OFFSET + "Zset with NAN score detected", "redis 7.0-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.hash-with-dup-elements",
            "a packed hash has a field twice",
            wording(_AT_OFFSET + "Hash with dup elements", "redis 6.2-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
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
        message(
            "rdb.corrupt.hash-zipmap-with-dup-elements",
            "a hash in the zipmap encoding has a field twice, or is too long",
            wording(
                _AT_OFFSET + "Hash zipmap with dup elements, or big length (<n:int>)",
                "redis 6.2-8.0; valkey 7.2-8.1",
            ),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.zipmap-integrity-check-failed",
            "a zipmap fails its check",
            wording(_AT_OFFSET + "Zipmap integrity check failed.", "redis 6.2-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.ziplist-integrity-check-failed",
            "a ziplist inside a list fails its check",
            wording(_AT_OFFSET + "Ziplist integrity check failed.", "redis 6.2-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.list-ziplist-integrity-check-failed",
            "the ziplist of a list fails its check",
            wording(_AT_OFFSET + "List ziplist integrity check failed.", "redis 6.2-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.zset-ziplist-integrity-check-failed",
            "the ziplist of a sorted set fails its check",
            wording(_AT_OFFSET + "Zset ziplist integrity check failed.", "redis 6.2-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.hash-ziplist-integrity-check-failed",
            "the ziplist of a hash fails its check",
            wording(_AT_OFFSET + "Hash ziplist integrity check failed.", "redis 6.2-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.intset-integrity-check-failed",
            "a set of numbers fails its check",
            wording(_AT_OFFSET + "Intset integrity check failed.", "redis 6.2-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.quicklist-integrity-check-failed",
            "a node of a list has an unknown container",
            wording(_AT_OFFSET + "Quicklist integrity check failed.", "redis 7.0-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.listpack-integrity-check-failed",
            "a listpack inside a list fails its check",
            wording(_AT_OFFSET + "Listpack integrity check failed.", "redis 7.0-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.set-listpack-integrity-check-failed",
            "the listpack of a set fails its check",
            wording(_AT_OFFSET + "Set listpack integrity check failed.", "redis 7.2-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.zset-listpack-integrity-check-failed",
            "the listpack of a sorted set fails its check",
            wording(_AT_OFFSET + "Zset listpack integrity check failed.", "redis 7.0-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.hash-listpack-integrity-check-failed",
            "the listpack of a hash fails its check",
            wording(_AT_OFFSET + "Hash listpack integrity check failed.", "redis 7.0-8.0; valkey 7.2-8.1"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.hash-listpackex-integrity-check-failed",
            "the listpack of a hash whose fields expire fails its check",
            wording(_AT_OFFSET + "Hash listpackex integrity check failed.", "redis 7.4-8.0"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.hash-failed-loading-minexpire",
            "the earliest expiry of a hash could not be read",
            wording(_AT_OFFSET + "Hash failed loading minExpire", "redis 7.4-8.0"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.hash-read-invalid-minexpire-value",
            "the earliest expiry of a hash is out of range",
            wording(_AT_OFFSET + "Hash read invalid minExpire value", "redis 7.4-8.0"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.invalid-expireat-time",
            "the expiry of a hash field is out of range",
            wording(_AT_OFFSET + "invalid expireAt time: <n:int>", "redis 7.4-8.0"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.hash-ttl-error",
            "the expiry of a hash field could not be read",
            wording("failed reading hash TTL", "redis 7.4-8.0"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
        message(
            "rdb.hash-field-error",
            "the name of a hash field could not be read",
            wording("failed reading hash field", "redis 7.4-8.0"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
        message(
            "rdb.hash-value-error",
            "the value of a hash field could not be read",
            wording("failed reading hash value", "redis 7.4-8.0"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
    )
