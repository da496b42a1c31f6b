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

    MESSAGES = (
        message(
            "other.debug-log",
            "text of DEBUG LOG",
            wording("DEBUG LOG: <text:text>", "redis 5.0-8.0; valkey 7.2-8.1"),
            level="warning",
            roles="M,S,X",
            source="debug.c:debugCommand",
        ),
        message(
            "other.script-sha",
            "SHA1 and text of a script (DEBUG SCRIPT)",
            wording("SCRIPT SHA: <text:text>\\n<text2:text>", "redis 7.4-8.0"),
            level="warning",
            roles="M,S,X",
            source="debug.c:debugCommand",
        ),
        message(
            "other.process-is-about-to-stop",
            "the process stops itself with SIGSTOP",
            wording("Process is about to stop.", "valkey 8.0-8.1"),
            level="notice",
            roles="M,S,X",
            source="debug.c:debugPauseProcess",
        ),
        message(
            "other.process-has-been-continued",
            "the process runs again",
            wording("Process has been continued.", "valkey 8.0-8.1"),
            level="notice",
            roles="M,S,X",
            source="debug.c:debugPauseProcess",
        ),
    )
