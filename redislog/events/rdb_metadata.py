"""Metadata of keys, and what newer snapshots hold or say."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("rdb", "rdb.c", level="warning", roles="M,S")


@event(_PRINTER, by="keymeta.c:rdbLoadKeyMetadata")
class KeyMetadataRefused(Event):
    """Metadata of a key, which a module keeps, cannot be read.

    ``metadata`` is its class, ``code`` in hex what stands at its end, ``n`` what was found, ``keys`` the most that is
    allowed. Source: Redis 8.6+, ``keymeta.c``.
    """

    metadata: str | None = None
    code: str | None = None
    n: int | None = None
    max: int | None = None

    MESSAGES = (
        message("rdb.corrupted-metadata-value-for-class", by="keymeta.c:rdbLoadSkipMetaIfAllowed")(
            "the value is damaged", "redis 8.6+: Corrupted metadata value for class '<metadata:text>'"
        ),
        message("rdb.missing-eof-after-key-metadata-got")(
            "the end is missing",
            "redis 8.6+: Missing EOF after key metadata '<metadata:text>' (got 0x<code:hex>)",
        ),
        message("rdb.rdb-load-failed-rdb-load-callback")(
            "the module refused the value",
            "redis 8.6+: RDB load failed: rdb_load callback for metadata class '<metadata:text>' returned error",
            "redis 8.6+: RDB load failed: rdb_load callback for metadata class '<metadata:text>' returned invalid value <n:int> (expected -1, 0, or 1)",
        ),
        message("rdb.rdb-load-key-metadata-failed-class", by="keymeta.c:rdbLoadSkipMetaIfAllowed")(
            "no module reads it",
            "redis 8.6+: RDB load key metadata failed: Class '<metadata:text>' not registered or missing rdb_load().",
        ),
        message("rdb.too-many-metadata-classes-max")(
            "there are more classes than can be",
            "redis 8.6+: Too many metadata classes: <n:int> (max <max:int>)",
        ),
    )


@event(_PRINTER, level="notice", by="keymeta.c:rdbLoadSkipMetaIfAllowed")
class KeyMetadataSkipped(Event):
    """Metadata of a key is left out, for no module reads it.

    Source: Redis 8.6+, ``keymeta.c:rdbLoadSkipMetaIfAllowed``.
    """

    metadata: str

    MESSAGES = (
        message("rdb.skipping-metadata-for-class-not-registered")(
            "it is left out",
            "redis 8.6+: Skipping metadata for class '<metadata:text>' (not registered or missing rdb_load)",
        ),
    )


@event(_PRINTER, level="notice", by="rdbSaveRio")
class SnapshotCounted(Event):
    """How much a child saved; of an AOF rewrite, see `AofRewriteCounted`.

    Source: Redis 8.6+, ``rdb.c:rdbSaveRio``.
    """

    keys: int
    skipped: int
    bytes: int

    MESSAGES = (
        message("rdb.saved-counts")(
            "last line of the child: how much it saved",
            "redis 8.6+: BGSAVE done, <keys:int> keys saved, <skipped:int> keys skipped, <bytes:int> bytes written.",
        ),
    )


@event(_PRINTER, level="verbose", by="rdbLoadRioWithLoadingCtx")
class DatabaseResized(Event):
    """A database was made large enough for what is loaded.

    Source: Redis 8.6+, ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    db: int
    keys: int
    expires: int

    MESSAGES = (
        message("rdb.db-resized-key-buckets-expire-buckets")(
            "a database was made large enough",
            "redis 8.6+: DB <db:int> resized: <keys:int> key buckets, <expires:int> expire buckets",
        ),
    )


@event(_PRINTER, by="rdbLoadRioWithLoadingCtx")
class RdbTypeRefused(Event):
    """A type of another or later product stands in the snapshot, or cannot be written in an older format.

    Source: Valkey 9.0+, ``rdb.c``.
    """

    type_code: int | None = None
    rdb_version: int | None = None
    db: int | None = None
    key_name: str | None = None

    MESSAGES = (
        message("rdb.can-t-handle-foreign-type-or")(
            "a type is not known",
            "valkey 9.0+: Can't handle foreign type or opcode <type_code:int> in RDB with version <rdb_version:int>",
        ),
        message("rdb.unknown-type-or-opcode-when-loading")(
            "a type is not known",
            "valkey 9.0+: Unknown type or opcode when loading DB. Unrecoverable error, aborting now.",
        ),
        message("rdb.can-t-store-key-db-in", by="rdbSaveKeyValuePair")(
            "a key cannot be written in that format",
            "valkey 9.1+: Can't store key (db <db:int>) in RDB version <rdb_version:int>",
            "valkey 9.1+: Can't store key '<key_name:text>' (db <db:int>) in RDB version <rdb_version:int>",
        ),
    )


@event(_PRINTER, level="notice", by="rdbLoadRioWithLoadingCtx")
class RdbChecksumSkipped(Event):
    """The primary sent no checksum, and none is held against it.

    Source: Valkey 8.1+, ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    MESSAGES = (
        message("rdb.rdb-file-was-saved-with-checksum")(
            "the snapshot has no checksum",
            "valkey 8.1+: RDB file was saved with checksum disabled: skipped checksum for this transfer",
        ),
    )


@event(_PRINTER, level="notice", by="killRDBChild")
class SnapshotChildKilled(Event):
    """The snapshot's child is killed: no replica is left, FLUSHALL, shutdown.

    Source: Valkey 9.0+, ``rdb.c:killRDBChild``.
    """

    child_pid: int

    MESSAGES = (
        message("rdb.child-killed")(
            "the snapshot's child is killed", "valkey 9.0+: Killing running RDB child: <child_pid:pid>"
        ),
    )
