"""The parts of a crash report: titles, dumps and steps, and what it could not tell."""

from redislog.events.base import Event, event, message, wording


@event
class CrashReportPart(Event):
    """A part of a crash report: its title, a dump, or a step that the server takes.

    ``registers`` are those of the processor; ``addr`` and ``hex`` are an address on the stack and its
    content; ``text`` names what is dumped, ``n`` its size in bytes. Source: Redis 2.6+,
    ``debug.c:sigsegvHandler``, ``debug.c:logRegisters`` and ``debug.c:sigalrmSignalHandler``.
    """

    CATEGORY = "lifecycle"

    registers: str | None = None
    addr: str | None = None
    hex: str | None = None
    text: str | None = None
    n: int | None = None

    MESSAGES = (
        message(
            "crash.separator",
            "a line between parts of the report",
            wording("------------------------------------------------", "redis 2.6+; valkey 7.2+"),
            wording(
                r"--------\n",
                "redis 2.6+; valkey 7.2+",
                roles="H",
                source="debug.c:watchdogSignalHandler,debug.c:sigalrmSignalHandler",
            ),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:_redisPanic,debug.c:_serverPanic,debug.c:_serverAssertWithInfo",
        ),
        message(
            "crash.forcing-sigsegv-to-print-the-bug",
            "the server crashes itself to have its report printed",
            wording("(forcing SIGSEGV to print the bug report.)", "redis 2.6-6.0"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:_redisAssert,debug.c:_serverAssert",
        ),
        message(
            "crash.forcing-sigsegv-in-order-to-print",
            "the server crashes itself to have its stack printed",
            wording("(forcing SIGSEGV in order to print the stack trace)", "redis 2.6-6.0"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:_redisPanic,debug.c:_serverPanic",
        ),
        message(
            "crash.received-sigalrm",
            "another process asked for a stack trace",
            wording(r"\nReceived SIGALRM", "redis 7.4+; valkey 8.0+"),
            level="warning",
            roles="H",
            source="debug.c:sigalrmSignalHandler",
        ),
        message(
            "crash.stack-trace",
            "title: the stack",
            wording("--- STACK TRACE", "redis 2.6-3.0", level="warning", roles="M,S,C,X"),
            wording(r"\n------ STACK TRACE ------\n", "redis 3.2-6.0"),
            wording(
                r"\n------ STACK TRACE ------\n",
                "redis 6.2+; valkey 7.2+",
                source="debug.c:logStackTrace (written straight to the log file)",
            ),
            level="raw",
            roles="-",
            source="debug.c:sigsegvHandler",
        ),
        message(
            "crash.stack-trace-done",
            "the end of the stack",
            wording(r"\n------ STACK TRACE DONE ------\n", "redis 7.4+; valkey 8.0+"),
            level="raw",
            roles="-",
            source="debug.c:logStackTrace (written straight to the log file)",
        ),
        message(
            "crash.eip",
            "title: the instruction that crashed",
            wording("EIP:", "redis 3.2+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="debug.c:logStackTrace (written straight to the log file)",
        ),
        message(
            "crash.registers",
            "title: the registers of the processor",
            wording("--- REGISTERS", "redis 2.6-3.0"),
            wording(r"\n------ REGISTERS ------\n", "redis 3.2+; valkey 7.2+", level="raw", roles="-"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:logRegisters",
        ),
        message(
            "crash.registers-dump",
            "the registers of the processor",
            wording(r"\n<registers:registers>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:logRegisters",
        ),
        message(
            "crash.stack-word",
            "a word of the stack",
            wording("(<addr:hex>) -> <hex:hex>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:logStackContent",
        ),
        message(
            "crash.info-output",
            "title: the output of INFO",
            wording("--- INFO OUTPUT", "redis 2.6-3.0"),
            wording(
                r"\n------ INFO OUTPUT ------\n",
                "redis 3.2+; valkey 7.2+",
                level="raw",
                roles="-",
                source="debug.c:sigsegvHandler,debug.c:logServerInfo",
            ),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:sigsegvHandler",
        ),
        message(
            "crash.client-list-output",
            "title: the output of CLIENT LIST",
            wording("--- CLIENT LIST OUTPUT", "redis 2.6-3.0"),
            wording(
                r"\n------ CLIENT LIST OUTPUT ------\n",
                "redis 3.2+; valkey 7.2+",
                level="raw",
                roles="-",
                source="debug.c:sigsegvHandler,debug.c:logServerInfo",
            ),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:sigsegvHandler",
        ),
        message(
            "crash.modules-info-output",
            "title: what the modules say of themselves",
            wording(r"\n------ MODULES INFO OUTPUT ------\n", "redis 6.0+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="debug.c:sigsegvHandler,debug.c:logModulesInfo",
        ),
        message(
            "crash.config-debug-output",
            "title: the settings that help to find a fault",
            wording(r"\n------ CONFIG DEBUG OUTPUT ------\n", "redis 7.0+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="debug.c:logConfigDebugInfo",
        ),
        message(
            "crash.dumping-code-around-eip",
            "title: the code around the instruction that crashed",
            wording(r"\n------ DUMPING CODE AROUND EIP ------", "redis 3.2+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="debug.c:sigsegvHandler,debug.c:dumpCodeAroundEIP",
        ),
        message(
            "crash.dump-of-function",
            "the code of the function that crashed",
            wording("dump of function", "redis 3.2+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:sigsegvHandler,debug.c:dumpCodeAroundEIP",
        ),
        message(
            "crash.hexdump",
            "title: a hex dump",
            wording("<text:text> (hexdump):", "redis 2.6-3.0"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:redisLogHexDump",
        ),
        message(
            "crash.hexdump-of-bytes",
            "title: a hex dump, and its size",
            wording("<text:text> (hexdump of <n:int> bytes):", "redis 3.2+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:serverLogHexDump",
        ),
        message(
            "crash.main-thread-terminated",
            "the main thread was ended for the memory test",
            wording("main thread terminated", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:killMainThread",
        ),
    )


@event
class CrashReportLimited(Event):
    """A part of a crash report is missing: not supported, hidden by configuration, or failed.

    ``text`` is the ID of a thread, ``text2`` a file or directory of the system, ``text3`` the thread's ID
    again. Source: Redis 2.6+, ``debug.c:logRegisters``, ``debug.c:logStackContent`` and
    ``debug.c:writeStacktraces``.
    """

    CATEGORY = "lifecycle"

    error: str | None = None
    text: str | None = None
    text2: str | None = None
    text3: int | None = None

    MESSAGES = (
        message(
            "crash.dumping-of-registers-not-supported-for",
            "the registers cannot be read on this system",
            wording("  Dumping of registers not supported for this OS/arch", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:logRegisters",
        ),
        message(
            "crash.sorry-no-support-for-backtrace",
            "the stack cannot be read on this system",
            wording("Sorry: no support for backtrace().", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="H",
            source="debug.c:watchdogSignalHandler,debug.c:sigalrmSignalHandler",
        ),
        message(
            "crash.hide-user-data-from-log-is",
            "the content of the stack is hidden by configuration",
            wording(
                "hide-user-data-from-log is on, skip logging stack content to avoid spilling PII.",
                "redis 7.4+",
            ),
            wording(
                "hide-user-data-from-log is on, skip logging stack content to avoid spilling user data.",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M,S,C,X",
            source="debug.c:logStackContent",
        ),
        message(
            "crash.crashed-running-signal-handler-providing-reduced",
            "the server crashed again while it reported a crash",
            wording(
                "Crashed running signal handler. Providing reduced version of recursive crash report.",
                "redis 7.4+; valkey 8.0+",
            ),
            level="warning",
            roles="H",
            source="debug.c:sigsegvHandler,debug.c:invalidFunctionWasCalled",
        ),
        message(
            "crash.main-thread-can-not-be-joined",
            "the main thread could not be ended for the memory test",
            wording("main thread can not be joined: <error:errno>", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:killMainThread",
        ),
        message(
            "crash.setupstacktracepipe-failed",
            "the stacks of the threads cannot be collected",
            wording("setupStacktracePipe failed: <error:errno>", "redis 7.4+; valkey 8.0+"),
            level="warning",
            roles="M,S,C,X",
            source="debug.c:setupStacktracePipe",
        ),
        message(
            "crash.writestacktraces-failed-to-get-the-process",
            "the threads could not be listed",
            wording("writeStacktraces(): Failed to get the process's threads.", "redis 7.4+; valkey 8.0+"),
            level="warning",
            roles="H",
            source="debug.c:writeStacktraces,debug.c:setupStacktracePipe",
        ),
        message(
            "crash.get-ready-to-signal-threads-tids",
            "the threads could not be listed, or only in part",
            wording(
                "get_ready_to_signal_threads_tids(): Failed to read the process's task directory",
                "redis 7.4+; valkey 8.0+",
            ),
            wording(
                "get_ready_to_signal_threads_tids(): Reached the limit of the tids buffer.",
                "redis 7.4+; valkey 8.0+",
            ),
            level="warning",
            roles="H",
            source="debug.c:get_ready_to_signal_threads_tids",
        ),
        message(
            "crash.tid-failed-to-open-file",
            "the state of a thread could not be opened",
            wording("tid:<text:text>: failed to open <text2:text> file", "redis 7.4+; valkey 8.0+"),
            level="warning",
            roles="H",
            source="debug.c:is_thread_ready_to_signal",
        ),
        message(
            "crash.tid-failed-to-find-sigblk-or",
            "the signals that a thread blocks are unknown",
            wording(
                "tid:<text:text>: failed to find SigBlk or/and SigIgn field(s) in <text2:host>/<text3:int>/status file",
                "redis 7.4+; valkey 8.0+",
            ),
            level="warning",
            roles="H",
            source="debug.c:is_thread_ready_to_signal",
        ),
        message(
            "crash.can-t-convert-signal-mask-to",
            "the signals that a thread blocks could not be read",
            wording(
                "Can't convert signal mask to an unsigned long due to an overflow",
                "redis 7.4+; valkey 8.0+",
            ),
            level="warning",
            roles="H",
            source="debug.c:is_thread_ready_to_signal",
        ),
    )
