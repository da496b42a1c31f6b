"""What the commands of ``DEBUG`` print."""

from redislog.events.base import Event, event, message, wording


@event
class DebugMessage(Event):
    """A ``DEBUG`` command printed a user's text or a script, or stopped the process for a test.

    ``text`` is the user's text or the script's SHA1, ``text2`` the script. Source: Redis 5.0+,
    ``debug.c:debugCommand``.
    """

    CATEGORY = "other"

    text: str | None = None
    text2: str | None = None
    n: int | None = None
    n2: int | None = None
    n3: int | None = None

    MESSAGES = (
        message(
            "other.debug-log",
            "text of DEBUG LOG",
            wording("DEBUG LOG: <text:text>", "redis 5.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="debug.c:debugCommand",
        ),
        message(
            "other.script-sha",
            "SHA1 and text of a script (DEBUG SCRIPT)",
            wording("SCRIPT SHA: <text:text>\\n<text2:text>", "redis 7.4+"),
            level="warning",
            roles="M,S,X",
            source="debug.c:debugCommand",
        ),
        message(
            "other.process-is-about-to-stop",
            "the process stops itself with SIGSTOP",
            wording("Process is about to stop.", "valkey 8.0+"),
            wording("Process is about to stop.", "redis 8.0+"),
            level="notice",
            roles="M,S,X",
            source="debug.c:debugPauseProcess",
        ),
        message(
            "other.process-has-been-continued",
            "the process runs again",
            wording("Process has been continued.", "valkey 8.0+"),
            wording("Process has been continued.", "redis 8.0+"),
            level="notice",
            roles="M,S,X",
            source="debug.c:debugPauseProcess",
        ),
        message(
            "other.debug-command-modified-argc-original-value",
            "a command changed its own arguments",
            wording(
                "Debug: command <text:text> modified argc, original value: <n:int>, new value: <n2:int>",
                "valkey 9.1+",
            ),
            level="warning",
            roles="M,S",
            source="server.c:call",
        ),
        message(
            "other.debug-command-modified-argv",
            "debugging only",
            wording("Debug: command <text:text> modified argv[<n:int>]", "valkey 9.1+"),
            level="warning",
            roles="M,S",
            source="server.c:call",
        ),
        message(
            "other.debug-command-modified-argv-refcount-original",
            "debugging only",
            wording(
                "Debug: command <text:text> modified argv[<n:int>] refcount, original value: <n2:int>, new value: <n3:int>",
                "valkey 9.1+",
            ),
            level="warning",
            roles="M,S",
            source="server.c:call",
        ),
    )
