"""What the machine allows less than the server needs, and where the server cannot listen."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("lifecycle", "server.c", level="warning", roles="M,S,X")
_OTHER = _PRINTER._replace(category="other")


@event(_PRINTER, by="{redis,server}.c:adjustOpenFilesLimit")
class OpenFilesLimited(Event):
    """The limit of open files, and what the server made of it; clients above it are refused.

    ``max_files`` is the number of files wanted, set or found; ``limit`` the one before; ``maxclients`` the
    number of clients asked for, or that it leaves. Source: Redis 2.6+, ``server.c:adjustOpenFilesLimit``.
    """

    error: str | None = None
    max_files: int | None = None
    maxclients: int | None = None
    limit: int | None = None

    MESSAGES = (
        message("server.nofile-unknown")(
            "the limit of open files is unknown",
            "2.6+: Unable to obtain the current NOFILE limit (<error:errno>), assuming 1024 and setting the max clients configuration accordingly.",
        ),
        message("server.nofile-set", level="notice", by="redis.c:adjustOpenFilesLimit")(
            "the limit of open files was set", "redis 2.6: Max number of open files set to <max_files:int>"
        ),
        message("server.nofile-error", by="redis.c:adjustOpenFilesLimit")(
            "the limit of open files could not be set",
            "redis 2.6: Unable to set the max number of files limit to <max_files:int> (<error:errno>), setting the max clients configuration to <maxclients:int>.",
        ),
        message("server.nofile-increased", level="notice")(
            "the limit of open files was raised",
            "2.8+: Increased maximum number of open files to <max_files:int> (it was originally set to <limit:int>).",
        ),
        message("server.nofile-maxclients")(
            "number of open files that the configured clients need",
            "2.8+: You requested maxclients of <maxclients:int> requiring at least <max_files:int> max file descriptors.",
        ),
        message("server.nofile-os-error", by="redis.c:adjustOpenFilesLimit")(
            "the limit of open files could not be raised",
            "redis 2.8-3.0 | 3.2+, by adjustOpenFilesLimit: <Redis|Server> can't set maximum open files to <max_files:int> because of OS error: <error:errno>.",
        ),
        message("server.nofile-reduced")(
            "the number of clients was reduced to fit the limit of open files",
            "2.8+: Current maximum open files is <max_files:int>. maxclients has been reduced to <maxclients:int> to compensate for low ulimit. If you need higher maxclients increase 'ulimit -n'.",
        ),
        message("server.nofile-too-low", by="redis.c:adjustOpenFilesLimit")(
            "the limit of open files is too low for the server; it exits",
            "redis 2.8-3.0: Your current 'ulimit -n' of <limit:int> is not enough for Redis to start. Please increase your open file limit to at least <max_files:int>. Exiting.",
            "3.2+, by adjustOpenFilesLimit: Your current 'ulimit -n' of <limit:int> is not enough for the server to start. Please increase your open file limit to at least <max_files:int>. Exiting.",
        ),
    )


@event(_PRINTER, by="checkTcpBacklogSettings")
class TcpBacklogLimited(Event):
    """The system allows fewer waiting connections than ``tcp-backlog`` asks for.

    ``backlog`` is the number configured, ``somaxconn`` the one allowed. Source: Redis 2.8+,
    ``server.c:checkTcpBacklogSettings``.
    """

    backlog: int
    somaxconn: int

    MESSAGES = (
        message("server.tcp-backlog")(
            "the system allows fewer waiting connections than configured",
            "2.8+, by {redis,server}.c:checkTcpBacklogSettings: WARNING: The TCP backlog setting of <backlog:int> cannot be enforced because /proc/sys/net/core/somaxconn is set to the lower value of <somaxconn:int>.",
            "7.0+: WARNING: The TCP backlog setting of <backlog:int> cannot be enforced because kern.ipc.somaxconn is set to the lower value of <somaxconn:int>.",
            "7.0+: WARNING: The TCP backlog setting of <backlog:int> cannot be enforced because kern.somaxconn is set to the lower value of <somaxconn:int>.",
            "7.0+: WARNING: The TCP backlog setting of <backlog:int> cannot be enforced because SOMAXCONN is set to the lower value of <somaxconn:int>.",
        ),
    )


@event(_PRINTER, by="listenToPort")
class ListenFailed(Event):
    """The server could not listen where it was to, or has nothing to listen on.

    ``addr`` and ``port`` are where it was to listen, ``conn_type`` the kind of listener. Source: Redis 2.6+,
    ``server.c:listenToPort``, ``server.c:initListeners`` and ``server.c:changeBindAddr``.
    """

    port: int | None = None
    error: str | None = None
    addr: str | None = None
    conn_type: str | None = None

    MESSAGES = (
        message("server.listen-error")(
            "an address could not be bound",
            "redis 2.6, by redis.c:initServer: Opening port <port:port>: <error:errno>",
            "redis 2.8-4.0, by {redis,server}.c:listenToPort: Creating Server TCP listening socket <addr:host>:<port:port>: <error:errno>",
            "redis 5.0-6.0: Could not create server TCP listening socket <addr:host>:<port:port>: <error:errno>",
            "6.2+: Warning: Could not create server TCP listening socket <addr:host>:<port:port>: <error:errno>",
        ),
        message("server.no-ipv4")(
            "the system has no IPv4, so the server does not listen there",
            "redis 3.2-5.0 | redis 6.0: Not listening to IPv4: <unsupproted|unsupported>",
        ),
        message("server.no-ipv6")(
            "the system has no IPv6, so the server does not listen there",
            "redis 3.2-5.0 | redis 6.0: Not listening to IPv6: <unsupproted|unsupported>",
        ),
        message("server.unix-listen-error", by="redis.c:initServer")(
            "the Unix socket could not be opened",
            "redis 2.6-2.8: Opening socket: <error:errno>",
            "redis 3.0-6.2, by {redis,server}.c:initServer: Opening Unix socket: <error:errno>",
            "7.0+, by initServer,unix.c:connUnixListen: Failed opening Unix socket: <error:errno>",
        ),
        message("server.listen-failed", by="initServer")(
            "a listener could not be opened; the server exits",
            "redis 6.2-7.0: Failed listening on port <port:port> (<TCP|TLS>), aborting.",
            "7.2+, by initListeners: Failed listening on port <port:port> (<conn_type:tcp|unix|tls>), aborting.",
        ),
        message("server.listen-nothing", by="{redis,server}.c:initServer,server.c:initListeners")(
            "nothing to listen on is configured; the server exits",
            "2.6+: Configured to not listen anywhere, exiting.",
        ),
        message("server.rebind-failed", by="changeBindAddr")(
            "new bind addresses set at run time could not be used",
            "redis 6.2: Failed to bind, trying to restore old listening sockets.",
            "redis 7.0: Failed to bind",
        ),
    )


@event(_PRINTER, roles="M,S", by="main")
class KernelSuspect(Event):
    """The ARM64 kernel has a bug that may damage a background save, or could not be checked for it.

    The server exits unless ``ignore-warnings ARM64-COW-BUG`` is set; ``error`` is why a step of the check
    failed. Source: Redis 5.0+, ``server.c:main`` and ``server.c:linuxMadvFreeForkBugCheck``.
    """

    error: str | None = None

    MESSAGES = (
        message("server.kernel-bug")(
            "the kernel may damage data in a background save",
            "redis 5.0-6.2: WARNING Your kernel has a bug that could lead to data corruption during background save. Please upgrade to the latest stable kernel.",
            "7.0+, as M,S,C, by server.c:main (syscheck.c): WARNING Your kernel has a bug that could lead to data corruption during background save. Please upgrade to the latest stable kernel.",
        ),
        message("server.kernel-bug-unknown", roles="M,S,C,X")(
            "the kernel could not be checked",
            "5.0+: Failed to test the kernel for a bug that could lead to data corruption during background save. Your system could be affected, please report this error.",
        ),
        message("server.madvise-check", by="linuxMadvFreeForkBugCheck")(
            "a step of the check of the kernel failed",
            "redis 5.0-6.2: Failed to <mmap|mprotect|madvise>(): <error:errno>",
            "redis 5.0-6.2: Failed to create pipe: <error:errno>",
            "redis 5.0-6.2: Failed to fork: <error:errno>",
            "redis 5.0-6.2: Failed to write to parent: <error:errno>",
            "redis 5.0-6.2: Failed to read from child: <error:errno>",
        ),
        message("server.kernel-bug-exit", roles="M,S,C,X")(
            "the server exits since the kernel may damage data",
            "redis 5.0+; valkey 7.2 | valkey 8.0+: <Redis|Valkey> will now exit to prevent data corruption. Note that it is possible to suppress this warning by setting the following config: ignore-warnings ARM64-COW-BUG",
        ),
    )


@event(_PRINTER, roles="M,S,C", by="server.c:main (syscheck.c)")
class ClockSourceSlow(Event):
    """The system reads its time from Xen, which may be slow.

    Source: Redis 7.0+, ``syscheck.c:checkClocksource``.
    """

    MESSAGES = (
        message("server.xen-clocksource")(
            "the system uses the slow clock source xen",
            "redis 7.0+; valkey 7.2 | valkey 8.0+: WARNING Your system is configured to use the 'xen' clocksource which might lead to degraded performance. Check the result of the [slow-clocksource] system check: run '<redis|valkey>-server --check-system' to check if the system's clocksource isn't degrading performance.",
        ),
    )


@event(_OTHER, level="debug", roles="M,S", by="networking.c:shrinkPendingCommandPool")
class CommandPoolShrunk(Event):
    """The pool of commands that wait to be executed was made smaller.

    Source: Redis 8.6+, ``networking.c:shrinkPendingCommandPool``.
    """

    before: int
    after: int

    MESSAGES = (
        message("other.shrunk-pending-command-pool-capacity")(
            "the pool of waiting commands is smaller now",
            "redis 8.6+: Shrunk pending command pool: capacity <before:int>-><after:int>",
        ),
    )
