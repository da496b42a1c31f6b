"""The parts of a crash report: titles, dumps and steps, and what it could not tell."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("lifecycle", "debug.c", level="warning", roles="M,S,C,X")


@event(_PRINTER, by="sigsegvHandler")
class CrashReportPart(Event):
    """A part of a crash report: its title, a dump, or a step that the server takes.

    ``registers`` are those of the processor; ``addr`` and ``hex`` are an address on the stack and its
    content; ``text`` names what is dumped, ``n`` its size in bytes. Source: Redis 2.6+,
    ``debug.c:sigsegvHandler``, ``debug.c:logRegisters`` and ``debug.c:sigalrmSignalHandler``.
    """

    registers: str | None = None
    addr: str | None = None
    hex: str | None = None
    text: str | None = None
    n: int | None = None

    MESSAGES = (
        message("crash.separator", by="_redisPanic,_serverPanic,_serverAssertWithInfo")(
            "a line between parts of the report",
            "2.6+: ------------------------------------------------",
            "2.6+, as H, by {watchdog,sigalrm}SignalHandler: --------\\n",
        ),
        message("crash.forcing-sigsegv-to-print-the-bug", by="_{redis,server}Assert")(
            "the server crashes itself to have its report printed",
            "redis 2.6-6.0: (forcing SIGSEGV to print the bug report.)",
        ),
        message("crash.forcing-sigsegv-in-order-to-print", by="_redisPanic,_serverPanic")(
            "the server crashes itself to have its stack printed",
            "redis 2.6-6.0: (forcing SIGSEGV in order to print the stack trace)",
        ),
        message("crash.received-sigalrm", roles="H", by="sigalrmSignalHandler")(
            "another process asked for a stack trace", "redis 7.4+; valkey 8.0+: \\nReceived SIGALRM"
        ),
        message("crash.stack-trace", level="raw", roles="-")(
            "title: the stack",
            "redis 2.6-3.0, at warning, as M,S,C,X: --- STACK TRACE",
            "redis 3.2-6.0: \\n------ STACK TRACE ------\\n",
            "6.2+, by logStackTrace (written straight to the log file): \\n------ STACK TRACE ------\\n",
        ),
        message("crash.stack-trace-done")(
            "the end of the stack",
            "redis 7.4+; valkey 8.0+, at raw, as -, by logStackTrace (written straight to the log file): \\n------ STACK TRACE DONE ------\\n",
        ),
        message("crash.eip", level="raw", roles="-", by="logStackTrace (written straight to the log file)")(
            "title: the instruction that crashed", "3.2+: EIP:"
        ),
        message("crash.registers", by="logRegisters")(
            "title: the registers of the processor",
            "redis 2.6-3.0: --- REGISTERS",
            "3.2+, at raw, as -: \\n------ REGISTERS ------\\n",
        ),
        message("crash.registers-dump", by="logRegisters")(
            "the registers of the processor", "2.6+: \\n<registers:registers>"
        ),
        message("crash.stack-word", by="logStackContent")(
            "a word of the stack", "2.6+: (<addr:hex>) -> <hex:hex>"
        ),
        message("crash.info-output")(
            "title: the output of INFO",
            "redis 2.6-3.0: --- INFO OUTPUT",
            "3.2+, at raw, as -, by sigsegvHandler,logServerInfo: \\n------ INFO OUTPUT ------\\n",
        ),
        message("crash.client-list-output")(
            "title: the output of CLIENT LIST",
            "redis 2.6-3.0: --- CLIENT LIST OUTPUT",
            "3.2+, at raw, as -, by sigsegvHandler,logServerInfo: \\n------ CLIENT LIST OUTPUT ------\\n",
        ),
        message("crash.modules-info-output", level="raw", roles="-", by="sigsegvHandler,logModulesInfo")(
            "title: what the modules say of themselves", "6.0+: \\n------ MODULES INFO OUTPUT ------\\n"
        ),
        message("crash.config-debug-output", level="raw", roles="-", by="logConfigDebugInfo")(
            "title: the settings that help to find a fault", "7.0+: \\n------ CONFIG DEBUG OUTPUT ------\\n"
        ),
        message("crash.dumping-code-around-eip")(
            "title: the code around the instruction that crashed",
            "3.2+, at raw, as -, by sigsegvHandler,dumpCodeAroundEIP: \\n------ DUMPING CODE AROUND EIP ------",
        ),
        message("crash.dump-of-function", by="sigsegvHandler,dumpCodeAroundEIP")(
            "the code of the function that crashed", "3.2+: dump of function"
        ),
        message("crash.hexdump", by="redisLogHexDump")(
            "title: a hex dump", "redis 2.6-3.0: <text:text> (hexdump):"
        ),
        message("crash.hexdump-of-bytes", by="serverLogHexDump")(
            "title: a hex dump, and its size", "3.2+: <text:text> (hexdump of <n:int> bytes):"
        ),
        message("crash.main-thread-terminated", by="killMainThread")(
            "the main thread was ended for the memory test", "6.0+: main thread terminated"
        ),
    )


@event(_PRINTER, roles="H", by="is_thread_ready_to_signal")
class CrashReportLimited(Event):
    """A part of a crash report is missing: not supported, hidden by configuration, or failed.

    ``text`` is the ID of a thread, ``text2`` a file or directory of the system, ``text3`` the thread's ID
    again. Source: Redis 2.6+, ``debug.c:logRegisters``, ``debug.c:logStackContent`` and
    ``debug.c:writeStacktraces``.
    """

    error: str | None = None
    text: str | None = None
    text2: str | None = None
    text3: int | None = None

    MESSAGES = (
        message("crash.dumping-of-registers-not-supported-for", roles="M,S,C,X", by="logRegisters")(
            "the registers cannot be read on this system",
            "2.6+:   Dumping of registers not supported for this OS/arch",
        ),
        message("crash.sorry-no-support-for-backtrace", by="{watchdog,sigalrm}SignalHandler")(
            "the stack cannot be read on this system", "2.6+: Sorry: no support for backtrace()."
        ),
        message("crash.hide-user-data-from-log-is", level="notice", roles="M,S,C,X", by="logStackContent")(
            "the content of the stack is hidden by configuration",
            "redis 7.4+: hide-user-data-from-log is on, skip logging stack content to avoid spilling PII.",
            "valkey 8.0+: hide-user-data-from-log is on, skip logging stack content to avoid spilling user data.",
        ),
        message("crash.crashed-running-signal-handler-providing-reduced")(
            "the server crashed again while it reported a crash",
            "redis 7.4+; valkey 8.0+, by sigsegvHandler,invalidFunctionWasCalled: Crashed running signal handler. Providing reduced version of recursive crash report.",
        ),
        message("crash.main-thread-can-not-be-joined", roles="M,S,C,X", by="killMainThread")(
            "the main thread could not be ended for the memory test",
            "6.0+: main thread can not be joined: <error:errno>",
        ),
        message("crash.setupstacktracepipe-failed", roles="M,S,C,X", by="setupStacktracePipe")(
            "the stacks of the threads cannot be collected",
            "redis 7.4+; valkey 8.0+: setupStacktracePipe failed: <error:errno>",
        ),
        message("crash.writestacktraces-failed-to-get-the-process")(
            "the threads could not be listed",
            "redis 7.4+; valkey 8.0+, by writeStacktraces,setupStacktracePipe: writeStacktraces(): Failed to get the process's threads.",
        ),
        message("crash.get-ready-to-signal-threads-tids", by="get_ready_to_signal_threads_tids")(
            "the threads could not be listed, or only in part",
            "redis 7.4+; valkey 8.0+: get_ready_to_signal_threads_tids(): Failed to read the process's task directory",
            "redis 7.4+; valkey 8.0+: get_ready_to_signal_threads_tids(): Reached the limit of the tids buffer.",
        ),
        message("crash.tid-failed-to-open-file")(
            "the state of a thread could not be opened",
            "redis 7.4+; valkey 8.0+: tid:<text:text>: failed to open <text2:text> file",
        ),
        message("crash.tid-failed-to-find-sigblk-or")(
            "the signals that a thread blocks are unknown",
            "redis 7.4+; valkey 8.0+: tid:<text:text>: failed to find SigBlk or/and SigIgn field(s) in <text2:host>/<text3:int>/status file",
        ),
        message("crash.can-t-convert-signal-mask-to")(
            "the signals that a thread blocks could not be read",
            "redis 7.4+; valkey 8.0+: Can't convert signal mask to an unsigned long due to an overflow",
        ),
    )
