"""Damage found in the streams of a snapshot, or of the payload of RESTORE."""

from redislog.events.base import Event, event, message, wording
from redislog.events.spellings import damage

_AT = "Internal error in RDB reading function at rdb.c:<line:int> -> "
_AT_OFFSET = "Internal error in RDB reading offset <offset:offset>, function at rdb.c:<line:int> -> "


@event
class RdbStreamCorrupt(Event):
    """A stream in a snapshot cannot be right: its entries, consumer groups or pending entries.

    ``line`` is the place in the server's source, ``offset`` the bytes read so far, ``text`` the name of a
    consumer group. The server exits, unless the payload came by RESTORE (then the level is verbose). Source:
    Redis 5.0+, ``rdb.c:rdbLoadObject``.
    """

    CATEGORY = "rdb"

    line: int
    offset: int | None = None
    text: str | None = None

    MESSAGES = (
        message(
            "rdb.corrupt.stream-node-key-entry-is",
            "the key of a stream node has a wrong size",
            wording(_AT + "Stream node key entry is not the size of a stream ID", "redis 5.0"),
            wording(
                _AT_OFFSET + "Stream node key entry is not the size of a stream ID",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoadObject via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.stream-primary-id-loading-failed",
            "the ID that a stream node begins with could not be read",
            wording(_AT + "Stream master ID loading failed: invalid encoding or I/O error.", "redis 5.0"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        damage(
            "rdb.corrupt.stream-listpack-integrity-check-failed",
            "the listpack of a stream fails its check",
            "Stream listpack integrity check failed.",
            "redis 6.2+; valkey 7.2+",
        ),
        damage(
            "rdb.corrupt.stream-length-inconsistent-with-rax",
            "the length of a stream does not fit its entries",
            "Stream length inconsistent with rax entries",
            "redis 7.0+; valkey 7.2+",
        ),
        message(
            "rdb.corrupt.empty-listpack-inside-stream",
            "a stream has a node without entries",
            wording(_AT + "Empty listpack inside stream", "redis 5.0"),
            wording(
                _AT_OFFSET + "Empty listpack inside stream",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoadObject via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.listpack-re-added-with-existing",
            "a stream has a node twice",
            wording(_AT + "Listpack re-added with existing key", "redis 5.0"),
            wording(
                _AT_OFFSET + "Listpack re-added with existing key",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoadObject via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.error-reading-the-consumer-group",
            "the name of a consumer group could not be read",
            wording(_AT + "Error reading the consumer group name from Stream", "redis 5.0"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.duplicated-consumer-group-name",
            "a stream has a consumer group twice",
            wording(_AT + "Duplicated consumer group name <text:text>", "redis 5.0"),
            wording(
                _AT_OFFSET + "Duplicated consumer group name <text:text>",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoadObject via rdbReportError",
            ),
            wording(
                "Internal error in RDB reading offset <offset:offset>, function at rdb.c:<line:int> -> Duplicated consumer group name",
                "valkey 9.0+",
                level="verbose|warning",
                source="rdb.c:rdbLoadObject",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.error-reading-the-consumer-name",
            "the name of a consumer could not be read",
            wording(_AT + "Error reading the consumer name from Stream group", "redis 5.0"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        damage(
            "rdb.corrupt.duplicate-stream-consumer-detected",
            "a consumer group has a consumer twice",
            "Duplicate stream consumer detected.",
            "redis 7.0+; valkey 7.2+",
        ),
        message(
            "rdb.corrupt.duplicated-gobal-pel-entry-loading",
            "a consumer group has a pending entry twice",
            wording(_AT + "Duplicated gobal PEL entry loading stream consumer group", "redis 5.0"),
            wording(
                _AT_OFFSET + "Duplicated gobal PEL entry loading stream consumer group",
                "redis 6.0",
                level="verbose|warning",
                source="rdb.c:rdbLoadObject via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        damage(
            "rdb.corrupt.duplicated-global-pel-entry-loading",
            "a consumer group has a pending entry twice",
            "Duplicated global PEL entry loading stream consumer group",
            "redis 6.2+; valkey 7.2+",
        ),
        message(
            "rdb.corrupt.duplicated-consumer-pel-entry-loading",
            "a consumer has a pending entry twice",
            wording(_AT + "Duplicated consumer PEL entry  loading a stream consumer group", "redis 5.0"),
            wording(
                _AT_OFFSET + "Duplicated consumer PEL entry  loading a stream consumer group",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoadObject via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.consumer-entry-not-found-in",
            "a pending entry of a consumer is unknown to its group",
            wording(_AT + "Consumer entry not found in group global PEL", "redis 5.0"),
            wording(
                _AT_OFFSET + "Consumer entry not found in group global PEL",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoadObject via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbCheckThenExit",
        ),
        damage(
            "rdb.corrupt.stream-cg-pel-entry-without",
            "a pending entry of a consumer group has no consumer",
            "Stream CG PEL entry without consumer",
            "redis 6.2+; valkey 7.2+",
        ),
        message(
            "rdb.corrupt.stream-idmp-duration-out-of-range",
            "a stream cannot be right",
            wording(
                "Internal error in RDB reading offset <offset:offset>, function at rdb.c:<line:int> -> Stream IDMP duration out of range",
                "redis 8.6+",
            ),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
        message(
            "rdb.corrupt.stream-idmp-max-entries-out-of",
            "a stream cannot be right",
            wording(
                "Internal error in RDB reading offset <offset:offset>, function at rdb.c:<line:int> -> Stream IDMP max entries out of range",
                "redis 8.6+",
            ),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
        message(
            "rdb.corrupt.nack-already-assigned-to-a-different",
            "a stream cannot be right",
            wording(
                "Internal error in RDB reading offset <offset:offset>, function at rdb.c:<line:int> -> NACK already assigned to a different consumer, shared NACKs across consumers are not valid",
                "valkey 9.1+",
            ),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
        message(
            "rdb.corrupt.stream-length-inconsistent-with-the-number",
            "a stream cannot be right",
            wording(
                "Internal error in RDB reading offset <offset:offset>, function at rdb.c:<line:int> -> Stream length inconsistent with the number of valid entries",
                "valkey 9.1+",
            ),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
    )
