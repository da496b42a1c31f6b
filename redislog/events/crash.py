"""A server that crashed, failed an assertion or hung: the frame of its report and its cause."""

from redislog.events.base import Event, event, message, wording


@event
class CrashReportStarted(Event):
    """A crash report begins; up to the line that ends it, most lines have no prefix.

    ``product`` is the name in the title (Valkey 8.0+). Source: Redis 2.6+, ``debug.c:bugReportStart``.
    """

    CATEGORY = "lifecycle"

    product: str | None = None

    MESSAGES = (
        message(
            "crash.start",
            "a crash report begins",
            wording(
                r"\n\n=== REDIS BUG REPORT START: Cut & paste starting from here ===",
                "redis 2.6-3.0",
                level="warning",
                roles="M,S,C,X",
            ),
            wording(
                r"\n\n=== REDIS BUG REPORT START: Cut & paste starting from here ===\n",
                "redis 3.2+; valkey 7.2",
            ),
            wording(
                r"\n\n=== <product:REDIS|VALKEY> BUG REPORT START: Cut & paste starting from here ===\n",
                "valkey 8.0+",
            ),
            level="raw",
            roles="-",
            source="debug.c:bugReportStart",
        ),
    )


@event
class CrashReportEnded(Event):
    """A crash report ends; advice on what to do with it follows.

    ``product`` is the name in the title (Valkey 8.0+). Source: Redis 2.6+, ``debug.c:bugReportEnd``.
    """

    CATEGORY = "lifecycle"

    product: str | None = None

    MESSAGES = (
        message(
            "crash.end",
            "a crash report ends",
            wording(
                r"\n=== REDIS BUG REPORT END. Make sure to include from START to END. ===",
                "redis 2.6+; valkey 7.2",
            ),
            wording(
                r"\n=== <product:REDIS|VALKEY> BUG REPORT END. Make sure to include from START to END. ===",
                "valkey 8.0+",
                level="raw",
                roles="-",
                source="debug.c:bugReportEnd",
            ),
            level="warning[redis 2.6-3.0] raw[redis 3.2+; valkey 7.2]",
            roles="M,S,C,X",
            source="debug.c:sigsegvHandler,debug.c:bugReportEnd",
        ),
    )


@event
class Crashed(Event):
    """The server crashed.

    ``signal`` is the number of the signal and ``si_code`` its cause as the system codes it (6.0+). Source:
    Redis 2.6+, ``debug.c:sigsegvHandler``.
    """

    CATEGORY = "lifecycle"

    version: str
    signal: int
    si_code: int | None = None

    MESSAGES = (
        message(
            "crash.signal",
            "the server crashed by a signal",
            wording("    Redis <version:version> crashed by signal: <signal:int>", "redis 2.6-3.0"),
            wording("Redis <version:version> crashed by signal: <signal:int>", "redis 3.2-5.0"),
            wording(
                "Redis <version:version> crashed by signal: <signal:int>, si_code: <si_code:int>",
                "redis 6.0+",
            ),
            wording(
                "valkey <version:version> crashed by signal: <signal:int>, si_code: <si_code:int>",
                "valkey 7.2+",
                source="debug.c:sigsegvHandler,debug.c:invalidFunctionWasCalled",
            ),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:sigsegvHandler",
        ),
    )


@event
class CrashOrigin(Event):
    """Where a crash came from: an address in memory, or the process that sent the signal.

    ``address`` is the instruction or the data; ``pid_`` and ``uid`` are the process that sent the signal and
    its user. Source: Redis 2.8+, ``debug.c:sigsegvHandler``.
    """

    CATEGORY = "lifecycle"

    address: str | None = None
    pid_: int | None = None
    uid: int | None = None

    MESSAGES = (
        message(
            "crash.crashed-running-the-instuction-at",
            "address of the instruction that crashed",
            wording("Crashed running the instuction at: <address:pointer>", "redis 3.2"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:sigsegvHandler",
        ),
        message(
            "crash.crashed-running-the-instruction-at",
            "address of the instruction that crashed",
            wording("Crashed running the instruction at: <address:pointer>", "redis 4.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:sigsegvHandler,debug.c:invalidFunctionWasCalled",
        ),
        message(
            "crash.accessing-address",
            "address that could not be accessed",
            wording("Accessing address: <address:pointer>", "redis 3.2+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:sigsegvHandler,debug.c:invalidFunctionWasCalled",
        ),
        message(
            "crash.sigsegv-caused-by-address",
            "address that could not be accessed",
            wording("    SIGSEGV caused by address: <address:pointer>", "redis 2.8-3.0"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:sigsegvHandler",
        ),
        message(
            "crash.killed-by-pid-uid",
            "the process that sent the signal",
            wording("Killed by PID: <pid:pid>, UID: <uid:int>", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:sigsegvHandler,debug.c:invalidFunctionWasCalled",
        ),
    )


@event
class AssertionFailed(Event):
    """A check inside the server failed; it crashes on purpose.

    ``text`` is the condition; ``file`` and ``line``, in a crash report ``text2`` and ``n``, are its place in
    the source. ``recursive`` is not empty if this happened within the report of another failure. Source:
    Redis 2.6+, ``debug.c:_serverAssert``.
    """

    CATEGORY = "lifecycle"

    recursive: str | None = None
    file: str | None = None
    line: int | None = None
    text: str | None = None
    text2: str | None = None
    n: int | None = None

    MESSAGES = (
        message(
            "crash.assertion",
            "title: an assertion failed, or what is known of its client or object",
            wording("=== ASSERTION FAILED ===", "redis 2.6-7.2; valkey 7.2"),
            wording(
                "=== ASSERTION FAILED CLIENT CONTEXT ===",
                "redis 2.6+; valkey 7.2+",
                source="debug.c:_redisAssertPrintClientInfo,debug.c:_serverAssertPrintClientInfo",
            ),
            wording(
                "=== ASSERTION FAILED OBJECT CONTEXT ===",
                "redis 2.6+; valkey 7.2+",
                source="debug.c:_redisAssertPrintObject,debug.c:_serverAssertPrintObject",
            ),
            wording(
                "=== <recursive:|RECURSIVE >ASSERTION FAILED ===",
                "redis 7.4+; valkey 8.0+",
                source="debug.c:_serverAssert,debug.c:debugCommand",
            ),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:_redisAssert,debug.c:_serverAssert",
        ),
        message(
            "crash.is-not-true",
            "the condition that is not true, and its place in the source",
            wording("==> <file:filename>:<line:int> '<text:text>' is not true", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:_redisAssert,debug.c:_serverAssert,debug.c:debugCommand",
        ),
        message(
            "crash.failed-assertion",
            "the condition that failed, repeated in the crash report",
            wording("    Failed assertion: <text:text> (<text2:text>:<n:int>)", "redis 2.6-3.0"),
            wording("Failed assertion: <text:text> (<text2:text>:<n:int>)", "redis 3.2-6.0"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:sigsegvHandler",
        ),
    )


@event
class Panicked(Event):
    """The server met a state that it cannot go on from; it crashes on purpose.

    ``text`` says which, ``file`` and ``line`` are the place in the source. Source: Redis 2.6+,
    ``debug.c:_serverPanic``.
    """

    CATEGORY = "lifecycle"

    text: str | None = None
    file: str | None = None
    line: int | None = None

    MESSAGES = (
        message(
            "crash.panic-banner",
            "title: the server panicked",
            wording("!!! Software Failure. Press left mouse button to continue", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:_redisPanic,debug.c:_serverPanic,debug.c:_serverAssertWithInfo",
        ),
        message(
            "crash.panic",
            "why the server panicked, and the place in the source",
            wording(
                "Guru Meditation: <text:lasttext> #<file:filename>:<line:int>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:_redisPanic,debug.c:_serverPanic,debug.c:_serverAssertWithInfo",
        ),
    )


@event
class WatchdogExpired(Event):
    """The software watchdog found the event loop stuck; a stack trace follows, and the server goes on.

    Source: Redis 2.6+, ``debug.c:sigalrmSignalHandler``.
    """

    CATEGORY = "lifecycle"

    MESSAGES = (
        message(
            "crash.watchdog",
            "the event loop took longer than the watchdog allows",
            wording(r"\n--- WATCHDOG TIMER EXPIRED ---", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="H",
            source="debug.c:watchdogSignalHandler,debug.c:sigalrmSignalHandler",
        ),
    )


@event
class MemoryTested(Event):
    """The memory test that a crash report includes, and its result.

    Source: Redis 2.8+, ``debug.c:sigsegvHandler``.
    """

    CATEGORY = "lifecycle"

    MESSAGES = (
        message(
            "crash.fast-memory-test",
            "title: the memory test",
            wording("--- FAST MEMORY TEST", "redis 2.8-3.0"),
            wording(
                r"\n------ FAST MEMORY TEST ------\n",
                "redis 3.2+; valkey 7.2+",
                level="raw",
                roles="-",
                source="debug.c:sigsegvHandler,debug.c:doFastMemoryTest",
            ),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:sigsegvHandler",
        ),
        message(
            "crash.memory-error-detected-check-your-memory",
            "the memory test found an error",
            wording("!!! MEMORY ERROR DETECTED! Check your memory ASAP !!!", "redis 2.8-3.0"),
            wording(
                r"!!! MEMORY ERROR DETECTED! Check your memory ASAP !!!\n",
                "redis 3.2+; valkey 7.2+",
                level="raw",
                roles="-",
                source="debug.c:sigsegvHandler,debug.c:doFastMemoryTest",
            ),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:sigsegvHandler",
        ),
        message(
            "crash.fast-memory-test-passed-however-your",
            "the memory test found nothing",
            wording(
                "Fast memory test PASSED, however your memory can still be broken. Please run a memory test for several hours if possible.",
                "redis 2.8-3.0",
            ),
            wording(
                r"Fast memory test PASSED, however your memory can still be broken. Please run a memory test for several hours if possible.\n",
                "redis 3.2+; valkey 7.2+",
                level="raw",
                roles="-",
                source="debug.c:sigsegvHandler,debug.c:doFastMemoryTest",
            ),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:sigsegvHandler",
        ),
    )
