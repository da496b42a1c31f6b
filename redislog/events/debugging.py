"""What the commands of ``DEBUG`` print."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("other", "debug.c", level="warning", roles="M,S,X")


@event(_PRINTER, by="server.c:call")
class DebugMessage(Event):
    """A ``DEBUG`` command printed a user's text or a script, or stopped the process for a test.

    ``text`` is the user's text or the script's SHA1, ``text2`` the script. Source: Redis 5.0+,
    ``debug.c:debugCommand``.
    """

    text: str | None = None
    text2: str | None = None
    n: int | None = None
    n2: int | None = None
    n3: int | None = None

    MESSAGES = (
        message("other.debug-log", by="debugCommand")("text of DEBUG LOG", "5.0+: DEBUG LOG: <text:text>"),
        message("other.script-sha", by="debugCommand")(
            "SHA1 and text of a script (DEBUG SCRIPT)", "redis 7.4+: SCRIPT SHA: <text:text>\\n<text2:text>"
        ),
        message("other.process-is-about-to-stop", level="notice", by="debugPauseProcess")(
            "the process stops itself with SIGSTOP",
            "valkey 8.0+: Process is about to stop.",
            "redis 8.0+: Process is about to stop.",
        ),
        message("other.process-has-been-continued", level="notice", by="debugPauseProcess")(
            "the process runs again",
            "valkey 8.0+: Process has been continued.",
            "redis 8.0+: Process has been continued.",
        ),
        message("other.debug-command-modified-argc-original-value", roles="M,S")(
            "a command changed its own arguments",
            "valkey 9.1+: Debug: command <text:text> modified argc, original value: <n:int>, new value: <n2:int>",
        ),
        message("other.debug-command-modified-argv", roles="M,S")(
            "debugging only", "valkey 9.1+: Debug: command <text:text> modified argv[<n:int>]"
        ),
        message("other.debug-command-modified-argv-refcount-original", roles="M,S")(
            "debugging only",
            "valkey 9.1+: Debug: command <text:text> modified argv[<n:int>] refcount, original value: <n2:int>, new value: <n3:int>",
        ),
    )
