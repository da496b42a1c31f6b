"""Metadata of keys, and what newer snapshots hold or say."""

from redislog.events.base import Event, event, message, wording


@event
class KeyMetadataRefused(Event):
    """Metadata of a key, which a module keeps, cannot be read.

    ``metadata`` is its class, ``code`` in hex what stands at its end, ``n`` what was found, ``keys`` the most that is
    allowed. Source: Redis 8.6+, ``keymeta.c``.
    """

    CATEGORY = "rdb"

    metadata: str | None = None
    code: str | None = None
    n: int | None = None
    max: int | None = None

    MESSAGES = (
        message(
            "rdb.corrupted-metadata-value-for-class",
            "the value is damaged",
            wording("Corrupted metadata value for class '<metadata:text>'", "redis 8.6+"),
            level="warning",
            roles="M,S",
            source="keymeta.c:rdbLoadSkipMetaIfAllowed",
        ),
        message(
            "rdb.missing-eof-after-key-metadata-got",
            "the end is missing",
            wording("Missing EOF after key metadata '<metadata:text>' (got 0x<code:hex>)", "redis 8.6+"),
            level="warning",
            roles="M,S",
            source="keymeta.c:rdbLoadKeyMetadata",
        ),
        message(
            "rdb.rdb-load-failed-rdb-load-callback",
            "the module refused the value",
            wording(
                "RDB load failed: rdb_load callback for metadata class '<metadata:text>' returned error",
                "redis 8.6+",
            ),
            wording(
                "RDB load failed: rdb_load callback for metadata class '<metadata:text>' returned invalid value <n:int> (expected -1, 0, or 1)",
                "redis 8.6+",
            ),
            level="warning",
            roles="M,S",
            source="keymeta.c:rdbLoadKeyMetadata",
        ),
        message(
            "rdb.rdb-load-key-metadata-failed-class",
            "no module reads it",
            wording(
                "RDB load key metadata failed: Class '<metadata:text>' not registered or missing rdb_load().",
                "redis 8.6+",
            ),
            level="warning",
            roles="M,S",
            source="keymeta.c:rdbLoadSkipMetaIfAllowed",
        ),
        message(
            "rdb.too-many-metadata-classes-max",
            "there are more classes than can be",
            wording("Too many metadata classes: <n:int> (max <max:int>)", "redis 8.6+"),
            level="warning",
            roles="M,S",
            source="keymeta.c:rdbLoadKeyMetadata",
        ),
    )


@event
class KeyMetadataSkipped(Event):
    """Metadata of a key is left out, for no module reads it.

    Source: Redis 8.6+, ``keymeta.c:rdbLoadSkipMetaIfAllowed``.
    """

    CATEGORY = "rdb"

    metadata: str

    MESSAGES = (
        message(
            "rdb.skipping-metadata-for-class-not-registered",
            "it is left out",
            wording(
                "Skipping metadata for class '<metadata:text>' (not registered or missing rdb_load)",
                "redis 8.6+",
            ),
            level="notice",
            roles="M,S",
            source="keymeta.c:rdbLoadSkipMetaIfAllowed",
        ),
    )


@event
class SnapshotCounted(Event):
    """How much a child saved; of an AOF rewrite, see `AofRewriteCounted`.

    Source: Redis 8.6+, ``rdb.c:rdbSaveRio``.
    """

    CATEGORY = "rdb"

    keys: int
    skipped: int
    bytes: int

    MESSAGES = (
        message(
            "rdb.saved-counts",
            "last line of the child: how much it saved",
            wording(
                "BGSAVE done, <keys:int> keys saved, <skipped:int> keys skipped, <bytes:int> bytes written.",
                "redis 8.6+",
            ),
            level="notice",
            roles="M,S",
            source="rdb.c:rdbSaveRio",
        ),
    )


@event
class DatabaseResized(Event):
    """A database was made large enough for what is loaded.

    Source: Redis 8.6+, ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    CATEGORY = "rdb"

    db: int
    keys: int
    expires: int

    MESSAGES = (
        message(
            "rdb.db-resized-key-buckets-expire-buckets",
            "a database was made large enough",
            wording(
                "DB <db:int> resized: <keys:int> key buckets, <expires:int> expire buckets", "redis 8.6+"
            ),
            level="verbose",
            roles="M,S",
            source="rdb.c:rdbLoadRioWithLoadingCtx",
        ),
    )


@event
class RdbTypeRefused(Event):
    """A type of another or later product stands in the snapshot, or cannot be written in an older format.

    Source: Valkey 9.0+, ``rdb.c``.
    """

    CATEGORY = "rdb"

    type_code: int | None = None
    rdb_version: int | None = None
    db: int | None = None
    key_name: str | None = None

    MESSAGES = (
        message(
            "rdb.can-t-handle-foreign-type-or",
            "a type is not known",
            wording(
                "Can't handle foreign type or opcode <type_code:int> in RDB with version <rdb_version:int>",
                "valkey 9.0+",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.unknown-type-or-opcode-when-loading",
            "a type is not known",
            wording(
                "Unknown type or opcode when loading DB. Unrecoverable error, aborting now.", "valkey 9.0+"
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.can-t-store-key-db-in",
            "a key cannot be written in that format",
            wording("Can't store key (db <db:int>) in RDB version <rdb_version:int>", "valkey 9.1+"),
            wording(
                "Can't store key '<key_name:text>' (db <db:int>) in RDB version <rdb_version:int>",
                "valkey 9.1+",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbSaveKeyValuePair",
        ),
    )


@event
class RdbChecksumSkipped(Event):
    """The primary sent no checksum, and none is held against it.

    Source: Valkey 8.1+, ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    CATEGORY = "rdb"

    MESSAGES = (
        message(
            "rdb.rdb-file-was-saved-with-checksum",
            "the snapshot has no checksum",
            wording(
                "RDB file was saved with checksum disabled: skipped checksum for this transfer", "valkey 8.1+"
            ),
            level="notice",
            roles="M,S",
            source="rdb.c:rdbLoadRioWithLoadingCtx",
        ),
    )


@event
class SnapshotChildKilled(Event):
    """The snapshot's child is killed: no replica is left, FLUSHALL, shutdown.

    Source: Valkey 9.0+, ``rdb.c:killRDBChild``.
    """

    CATEGORY = "rdb"

    child_pid: int

    MESSAGES = (
        message(
            "rdb.child-killed",
            "the snapshot's child is killed",
            wording("Killing running RDB child: <child_pid:pid>", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="rdb.c:killRDBChild",
        ),
    )
