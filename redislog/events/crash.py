"""A server that crashed, failed an assertion or hung: the frame of its report and its cause."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("lifecycle", "debug.c", level="warning", roles="M,S,C,X")


@event(_PRINTER, level="raw", roles="-", by="bugReportStart")
class CrashReportStarted(Event):
    """A crash report begins; up to the line that ends it, most lines have no prefix.

    ``product`` is the name in the title (Valkey 8.0+). Source: Redis 2.6+, ``debug.c:bugReportStart``.
    """

    product: str | None = None

    MESSAGES = (
        message("crash.start")(
            "a crash report begins",
            "redis 2.6-3.0, at warning, as M,S,C,X: \\n\\n=== REDIS BUG REPORT START: Cut & paste starting from here ===",
            "redis 3.2+; valkey 7.2: \\n\\n=== REDIS BUG REPORT START: Cut & paste starting from here ===\\n",
            "valkey 8.0+: \\n\\n=== <product:REDIS|VALKEY> BUG REPORT START: Cut & paste starting from here ===\\n",
        ),
    )


@event(_PRINTER, level="warning until 3.0, then raw", by="sigsegvHandler,bugReportEnd")
class CrashReportEnded(Event):
    """A crash report ends; advice on what to do with it follows.

    ``product`` is the name in the title (Valkey 8.0+). Source: Redis 2.6+, ``debug.c:bugReportEnd``.
    """

    product: str | None = None

    MESSAGES = (
        message("crash.end")(
            "a crash report ends",
            "redis 2.6+; valkey 7.2: \\n=== REDIS BUG REPORT END. Make sure to include from START to END. ===",
            "valkey 8.0+, at raw, as -, by bugReportEnd: \\n=== <product:REDIS|VALKEY> BUG REPORT END. Make sure to include from START to END. ===",
        ),
    )


@event(_PRINTER, by="sigsegvHandler")
class Crashed(Event):
    """The server crashed.

    ``signal`` is the number of the signal and ``si_code`` its cause as the system codes it (6.0+). Source:
    Redis 2.6+, ``debug.c:sigsegvHandler``.
    """

    version: str
    signal: int
    si_code: int | None = None

    MESSAGES = (
        message("crash.signal")(
            "the server crashed by a signal",
            "redis 2.6-3.0:     Redis <version:version> crashed by signal: <signal:int>",
            "redis 3.2-5.0: Redis <version:version> crashed by signal: <signal:int>",
            "redis 6.0+ | valkey 7.2+, by sigsegvHandler,invalidFunctionWasCalled: <Redis|valkey> <version:version> crashed by signal: <signal:int>, si_code: <si_code:int>",
        ),
    )


@event(_PRINTER, by="sigsegvHandler,invalidFunctionWasCalled")
class CrashOrigin(Event):
    """Where a crash came from: an address in memory, or the process that sent the signal.

    ``address`` is the instruction or the data; ``pid_`` and ``uid`` are the process that sent the signal and
    its user. Source: Redis 2.8+, ``debug.c:sigsegvHandler``.
    """

    address: str | None = None
    pid_: int | None = None
    uid: int | None = None

    MESSAGES = (
        message("crash.crashed-running-the-instuction-at", by="sigsegvHandler")(
            "address of the instruction that crashed",
            "redis 3.2: Crashed running the instuction at: <address:pointer>",
        ),
        message("crash.crashed-running-the-instruction-at")(
            "address of the instruction that crashed",
            "4.0+: Crashed running the instruction at: <address:pointer>",
        ),
        message("crash.accessing-address")(
            "address that could not be accessed", "3.2+: Accessing address: <address:pointer>"
        ),
        message("crash.sigsegv-caused-by-address", by="sigsegvHandler")(
            "address that could not be accessed",
            "redis 2.8-3.0:     SIGSEGV caused by address: <address:pointer>",
        ),
        message("crash.killed-by-pid-uid")(
            "the process that sent the signal", "6.0+: Killed by PID: <pid:pid>, UID: <uid:int>"
        ),
    )


@event(_PRINTER)
class AssertionFailed(Event):
    """A check inside the server failed; it crashes on purpose.

    ``text`` is the condition; ``file`` and ``line``, in a crash report ``text2`` and ``n``, are its place in
    the source. ``recursive`` is not empty if this happened within the report of another failure. Source:
    Redis 2.6+, ``debug.c:_serverAssert``.
    """

    recursive: str | None = None
    file: str | None = None
    line: int | None = None
    text: str | None = None
    text2: str | None = None
    n: int | None = None

    MESSAGES = (
        message("crash.assertion", by="_{redis,server}Assert")(
            "title: an assertion failed, or what is known of its client or object",
            "redis 2.6-7.2; valkey 7.2: === ASSERTION FAILED ===",
            "2.6+, by _{redis,server}AssertPrintClientInfo | 2.6+, by _{redis,server}AssertPrintObject: === ASSERTION FAILED <CLIENT|OBJECT> CONTEXT ===",
            "redis 7.4+; valkey 8.0+, by _serverAssert,debugCommand: === <recursive:|RECURSIVE >ASSERTION FAILED ===",
        ),
        message("crash.is-not-true", by="_{redis,server}Assert,debugCommand")(
            "the condition that is not true, and its place in the source",
            "2.6+: ==> <file:filename>:<line:int> '<text:text>' is not true",
        ),
        message("crash.failed-assertion", by="sigsegvHandler")(
            "the condition that failed, repeated in the crash report",
            "redis 2.6-3.0:     Failed assertion: <text:text> (<text2:text>:<n:int>)",
            "redis 3.2-6.0: Failed assertion: <text:text> (<text2:text>:<n:int>)",
        ),
    )


@event(_PRINTER, by="_redisPanic,_serverPanic,_serverAssertWithInfo")
class Panicked(Event):
    """The server met a state that it cannot go on from; it crashes on purpose.

    ``text`` says which, ``file`` and ``line`` are the place in the source. Source: Redis 2.6+,
    ``debug.c:_serverPanic``.
    """

    text: str | None = None
    file: str | None = None
    line: int | None = None

    MESSAGES = (
        message("crash.panic-banner")(
            "title: the server panicked", "2.6+: !!! Software Failure. Press left mouse button to continue"
        ),
        message("crash.panic")(
            "why the server panicked, and the place in the source",
            "2.6+: Guru Meditation: <text:lasttext> #<file:filename>:<line:int>",
        ),
    )


@event(_PRINTER, roles="H", by="{watchdog,sigalrm}SignalHandler")
class WatchdogExpired(Event):
    """The software watchdog found the event loop stuck; a stack trace follows, and the server goes on.

    Source: Redis 2.6+, ``debug.c:sigalrmSignalHandler``.
    """

    MESSAGES = (
        message("crash.watchdog")(
            "the event loop took longer than the watchdog allows", "2.6+: \\n--- WATCHDOG TIMER EXPIRED ---"
        ),
    )


@event(_PRINTER, by="sigsegvHandler")
class MemoryTested(Event):
    """The memory test that a crash report includes, and its result.

    Source: Redis 2.8+, ``debug.c:sigsegvHandler``.
    """

    MESSAGES = (
        message("crash.fast-memory-test")(
            "title: the memory test",
            "redis 2.8-3.0: --- FAST MEMORY TEST",
            "3.2+, at raw, as -, by sigsegvHandler,doFastMemoryTest: \\n------ FAST MEMORY TEST ------\\n",
        ),
        message("crash.memory-error-detected-check-your-memory")(
            "the memory test found an error",
            "redis 2.8-3.0: !!! MEMORY ERROR DETECTED! Check your memory ASAP !!!",
            "3.2+, at raw, as -, by sigsegvHandler,doFastMemoryTest: !!! MEMORY ERROR DETECTED! Check your memory ASAP !!!\\n",
        ),
        message("crash.fast-memory-test-passed-however-your")(
            "the memory test found nothing",
            "redis 2.8-3.0: Fast memory test PASSED, however your memory can still be broken. Please run a memory test for several hours if possible.",
            "3.2+, at raw, as -, by sigsegvHandler,doFastMemoryTest: Fast memory test PASSED, however your memory can still be broken. Please run a memory test for several hours if possible.\\n",
        ),
    )
