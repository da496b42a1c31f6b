"""Damage found in the streams of a snapshot, or of the payload of RESTORE."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.events.spellings import AT, AT_OFFSET

_PRINTER = Printer("rdb", "rdb.c", level="verbose|warning", roles="M,S")


@event(_PRINTER, by="rdbLoadObject via rdbCheckThenExit")
class RdbStreamCorrupt(Event):
    """A stream in a snapshot cannot be right: its entries, consumer groups or pending entries.

    ``line`` is the place in the server's source, ``offset`` the bytes read so far, ``text`` the name of a
    consumer group. The server exits, unless the payload came by RESTORE (then the level is verbose). Source:
    Redis 5.0+, ``rdb.c:rdbLoadObject``.
    """

    line: int
    offset: int | None = None
    text: str | None = None

    MESSAGES = (
        message("rdb.corrupt.stream-node-key-entry-is", level="warning")(
            "the key of a stream node has a wrong size",
            f"redis 5.0: {AT}Stream node key entry is not the size of a stream ID",
            f"6.0+, at verbose|warning, by rdbLoadObject via rdbReportError: {AT_OFFSET}Stream node key entry is not the size of a stream ID",
        ),
        message("rdb.corrupt.stream-primary-id-loading-failed", level="warning")(
            "the ID that a stream node begins with could not be read",
            f"redis 5.0: {AT}Stream master ID loading failed: invalid encoding or I/O error.",
        ),
        message("rdb.corrupt.stream-listpack-integrity-check-failed", by="rdbLoadObject via rdbReportError")(
            "the listpack of a stream fails its check",
            f"6.2+: {AT_OFFSET}Stream listpack integrity check failed.",
        ),
        message("rdb.corrupt.stream-length-inconsistent-with-rax", by="rdbLoadObject via rdbReportError")(
            "the length of a stream does not fit its entries",
            f"7.0+: {AT_OFFSET}Stream length inconsistent with rax entries",
        ),
        message("rdb.corrupt.empty-listpack-inside-stream", level="warning")(
            "a stream has a node without entries",
            f"redis 5.0: {AT}Empty listpack inside stream",
            f"6.0+, at verbose|warning, by rdbLoadObject via rdbReportError: {AT_OFFSET}Empty listpack inside stream",
        ),
        message("rdb.corrupt.listpack-re-added-with-existing", level="warning")(
            "a stream has a node twice",
            f"redis 5.0: {AT}Listpack re-added with existing key",
            f"6.0+, at verbose|warning, by rdbLoadObject via rdbReportError: {AT_OFFSET}Listpack re-added with existing key",
        ),
        message("rdb.corrupt.error-reading-the-consumer-group", level="warning")(
            "the name of a consumer group could not be read",
            f"redis 5.0: {AT}Error reading the consumer group name from Stream",
        ),
        message("rdb.corrupt.duplicated-consumer-group-name")(
            "a stream has a consumer group twice",
            f"redis 5.0, at warning: {AT}Duplicated consumer group name <text:text>",
            f"6.0+, by rdbLoadObject via rdbReportError: {AT_OFFSET}Duplicated consumer group name <text:text>",
            f"valkey 9.0+, by rdbLoadObject: {AT_OFFSET}Duplicated consumer group name",
        ),
        message("rdb.corrupt.error-reading-the-consumer-name", level="warning")(
            "the name of a consumer could not be read",
            f"redis 5.0: {AT}Error reading the consumer name from Stream group",
        ),
        message("rdb.corrupt.duplicate-stream-consumer-detected", by="rdbLoadObject via rdbReportError")(
            "a consumer group has a consumer twice", f"7.0+: {AT_OFFSET}Duplicate stream consumer detected."
        ),
        message("rdb.corrupt.duplicated-gobal-pel-entry-loading", level="warning")(
            "a consumer group has a pending entry twice",
            f"redis 5.0: {AT}Duplicated gobal PEL entry loading stream consumer group",
            f"redis 6.0, at verbose|warning, by rdbLoadObject via rdbReportError: {AT_OFFSET}Duplicated gobal PEL entry loading stream consumer group",
        ),
        message("rdb.corrupt.duplicated-global-pel-entry-loading", by="rdbLoadObject via rdbReportError")(
            "a consumer group has a pending entry twice",
            f"6.2+: {AT_OFFSET}Duplicated global PEL entry loading stream consumer group",
        ),
        message("rdb.corrupt.duplicated-consumer-pel-entry-loading", level="warning")(
            "a consumer has a pending entry twice",
            f"redis 5.0: {AT}Duplicated consumer PEL entry  loading a stream consumer group",
            f"6.0+, at verbose|warning, by rdbLoadObject via rdbReportError: {AT_OFFSET}Duplicated consumer PEL entry  loading a stream consumer group",
        ),
        message("rdb.corrupt.consumer-entry-not-found-in", level="warning")(
            "a pending entry of a consumer is unknown to its group",
            f"redis 5.0: {AT}Consumer entry not found in group global PEL",
            f"6.0+, at verbose|warning, by rdbLoadObject via rdbReportError: {AT_OFFSET}Consumer entry not found in group global PEL",
        ),
        message("rdb.corrupt.stream-cg-pel-entry-without", by="rdbLoadObject via rdbReportError")(
            "a pending entry of a consumer group has no consumer",
            f"6.2+: {AT_OFFSET}Stream CG PEL entry without consumer",
        ),
        message("rdb.corrupt.stream-idmp-duration-out-of-range", by="rdbLoadObject")(
            "a stream cannot be right", f"redis 8.6+: {AT_OFFSET}Stream IDMP duration out of range"
        ),
        message("rdb.corrupt.stream-idmp-max-entries-out-of", by="rdbLoadObject")(
            "a stream cannot be right", f"redis 8.6+: {AT_OFFSET}Stream IDMP max entries out of range"
        ),
        message("rdb.corrupt.nack-already-assigned-to-a-different", by="rdbLoadObject")(
            "a stream cannot be right",
            f"valkey 9.1+: {AT_OFFSET}NACK already assigned to a different consumer, shared NACKs across consumers are not valid",
        ),
        message("rdb.corrupt.stream-length-inconsistent-with-the-number", by="rdbLoadObject")(
            "a stream cannot be right",
            f"valkey 9.1+: {AT_OFFSET}Stream length inconsistent with the number of valid entries",
        ),
    )
