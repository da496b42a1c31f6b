"""What the machine allows less than the server needs, and where the server cannot listen."""

from redislog.events.base import Event, event, message, wording


@event
class OpenFilesLimited(Event):
    """The limit of open files, and what the server made of it; clients above it are refused.

    ``max_files`` is the number of files wanted, set or found; ``limit`` the one before; ``maxclients`` the
    number of clients asked for, or that it leaves. Source: Redis 2.6+, ``server.c:adjustOpenFilesLimit``.
    """

    CATEGORY = "lifecycle"

    error: str | None = None
    max_files: int | None = None
    maxclients: int | None = None
    limit: int | None = None

    MESSAGES = (
        message(
            "server.nofile-unknown",
            "the limit of open files is unknown",
            wording(
                "Unable to obtain the current NOFILE limit (<error:errno>), assuming 1024 and setting the max clients configuration accordingly.",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="redis.c:adjustOpenFilesLimit,server.c:adjustOpenFilesLimit",
        ),
        message(
            "server.nofile-set",
            "the limit of open files was set",
            wording("Max number of open files set to <max_files:int>", "redis 2.6"),
            level="notice",
            roles="M,S,X",
            source="redis.c:adjustOpenFilesLimit",
        ),
        message(
            "server.nofile-error",
            "the limit of open files could not be set",
            wording(
                "Unable to set the max number of files limit to <max_files:int> (<error:errno>), setting the max clients configuration to <maxclients:int>.",
                "redis 2.6",
            ),
            level="warning",
            roles="M,S,X",
            source="redis.c:adjustOpenFilesLimit",
        ),
        message(
            "server.nofile-increased",
            "the limit of open files was raised",
            wording(
                "Increased maximum number of open files to <max_files:int> (it was originally set to <limit:int>).",
                "redis 2.8+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S,X",
            source="redis.c:adjustOpenFilesLimit,server.c:adjustOpenFilesLimit",
        ),
        message(
            "server.nofile-maxclients",
            "number of open files that the configured clients need",
            wording(
                "You requested maxclients of <maxclients:int> requiring at least <max_files:int> max file descriptors.",
                "redis 2.8+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="redis.c:adjustOpenFilesLimit,server.c:adjustOpenFilesLimit",
        ),
        message(
            "server.nofile-os-error",
            "the limit of open files could not be raised",
            wording(
                "Redis can't set maximum open files to <max_files:int> because of OS error: <error:errno>.",
                "redis 2.8-3.0",
            ),
            wording(
                "Server can't set maximum open files to <max_files:int> because of OS error: <error:errno>.",
                "redis 3.2+; valkey 7.2+",
                source="server.c:adjustOpenFilesLimit",
            ),
            level="warning",
            roles="M,S,X",
            source="redis.c:adjustOpenFilesLimit",
        ),
        message(
            "server.nofile-reduced",
            "the number of clients was reduced to fit the limit of open files",
            wording(
                "Current maximum open files is <max_files:int>. maxclients has been reduced to <maxclients:int> to compensate for low ulimit. If you need higher maxclients increase 'ulimit -n'.",
                "redis 2.8+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="redis.c:adjustOpenFilesLimit,server.c:adjustOpenFilesLimit",
        ),
        message(
            "server.nofile-too-low",
            "the limit of open files is too low for the server; it exits",
            wording(
                "Your current 'ulimit -n' of <limit:int> is not enough for Redis to start. Please increase your open file limit to at least <max_files:int>. Exiting.",
                "redis 2.8-3.0",
            ),
            wording(
                "Your current 'ulimit -n' of <limit:int> is not enough for the server to start. Please increase your open file limit to at least <max_files:int>. Exiting.",
                "redis 3.2+; valkey 7.2+",
                source="server.c:adjustOpenFilesLimit",
            ),
            level="warning",
            roles="M,S,X",
            source="redis.c:adjustOpenFilesLimit",
        ),
    )


@event
class TcpBacklogLimited(Event):
    """The system allows fewer waiting connections than ``tcp-backlog`` asks for.

    ``backlog`` is the number configured, ``somaxconn`` the one allowed. Source: Redis 2.8+,
    ``server.c:checkTcpBacklogSettings``.
    """

    CATEGORY = "lifecycle"

    backlog: int
    somaxconn: int

    MESSAGES = (
        message(
            "server.tcp-backlog",
            "the system allows fewer waiting connections than configured",
            wording(
                "WARNING: The TCP backlog setting of <backlog:int> cannot be enforced because /proc/sys/net/core/somaxconn is set to the lower value of <somaxconn:int>.",
                "redis 2.8+; valkey 7.2+",
                source="redis.c:checkTcpBacklogSettings,server.c:checkTcpBacklogSettings",
            ),
            wording(
                "WARNING: The TCP backlog setting of <backlog:int> cannot be enforced because kern.ipc.somaxconn is set to the lower value of <somaxconn:int>.",
                "redis 7.0+; valkey 7.2+",
            ),
            wording(
                "WARNING: The TCP backlog setting of <backlog:int> cannot be enforced because kern.somaxconn is set to the lower value of <somaxconn:int>.",
                "redis 7.0+; valkey 7.2+",
            ),
            wording(
                "WARNING: The TCP backlog setting of <backlog:int> cannot be enforced because SOMAXCONN is set to the lower value of <somaxconn:int>.",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="server.c:checkTcpBacklogSettings",
        ),
    )


@event
class ListenFailed(Event):
    """The server could not listen where it was to, or has nothing to listen on.

    ``addr`` and ``port`` are where it was to listen, ``conn_type`` the kind of listener. Source: Redis 2.6+,
    ``server.c:listenToPort``, ``server.c:initListeners`` and ``server.c:changeBindAddr``.
    """

    CATEGORY = "lifecycle"

    port: int | None = None
    error: str | None = None
    addr: str | None = None
    conn_type: str | None = None

    MESSAGES = (
        message(
            "server.listen-error",
            "an address could not be bound",
            wording("Opening port <port:port>: <error:errno>", "redis 2.6", source="redis.c:initServer"),
            wording(
                "Creating Server TCP listening socket <addr:host>:<port:port>: <error:errno>",
                "redis 2.8-4.0",
                source="redis.c:listenToPort,server.c:listenToPort",
            ),
            wording(
                "Could not create server TCP listening socket <addr:host>:<port:port>: <error:errno>",
                "redis 5.0-6.0",
            ),
            wording(
                "Warning: Could not create server TCP listening socket <addr:host>:<port:port>: <error:errno>",
                "redis 6.2+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="server.c:listenToPort",
        ),
        message(
            "server.no-ipv4",
            "the system has no IPv4, so the server does not listen there",
            wording("Not listening to IPv4: unsupproted", "redis 3.2-5.0"),
            wording("Not listening to IPv4: unsupported", "redis 6.0"),
            level="warning",
            roles="M,S,X",
            source="server.c:listenToPort",
        ),
        message(
            "server.no-ipv6",
            "the system has no IPv6, so the server does not listen there",
            wording("Not listening to IPv6: unsupproted", "redis 3.2-5.0"),
            wording("Not listening to IPv6: unsupported", "redis 6.0"),
            level="warning",
            roles="M,S,X",
            source="server.c:listenToPort",
        ),
        message(
            "server.unix-listen-error",
            "the Unix socket could not be opened",
            wording("Opening socket: <error:errno>", "redis 2.6-2.8"),
            wording(
                "Opening Unix socket: <error:errno>",
                "redis 3.0-6.2",
                source="redis.c:initServer,server.c:initServer",
            ),
            wording(
                "Failed opening Unix socket: <error:errno>",
                "redis 7.0+; valkey 7.2+",
                source="server.c:initServer,unix.c:connUnixListen",
            ),
            level="warning",
            roles="M,S,X",
            source="redis.c:initServer",
        ),
        message(
            "server.listen-failed",
            "a listener could not be opened; the server exits",
            wording("Failed listening on port <port:port> (TCP), aborting.", "redis 6.2-7.0"),
            wording("Failed listening on port <port:port> (TLS), aborting.", "redis 6.2-7.0"),
            wording(
                "Failed listening on port <port:port> (<conn_type:tcp|unix|tls>), aborting.",
                "redis 7.2+; valkey 7.2+",
                source="server.c:initListeners",
            ),
            level="warning",
            roles="M,S,X",
            source="server.c:initServer",
        ),
        message(
            "server.listen-nothing",
            "nothing to listen on is configured; the server exits",
            wording("Configured to not listen anywhere, exiting.", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="redis.c:initServer,server.c:initServer,server.c:initListeners",
        ),
        message(
            "server.rebind-failed",
            "new bind addresses set at run time could not be used",
            wording("Failed to bind, trying to restore old listening sockets.", "redis 6.2"),
            wording("Failed to bind", "redis 7.0"),
            level="warning",
            roles="M,S,X",
            source="server.c:changeBindAddr",
        ),
    )


@event
class KernelSuspect(Event):
    """The ARM64 kernel has a bug that may damage a background save, or could not be checked for it.

    The server exits unless ``ignore-warnings ARM64-COW-BUG`` is set; ``error`` is why a step of the check
    failed. Source: Redis 5.0+, ``server.c:main`` and ``server.c:linuxMadvFreeForkBugCheck``.
    """

    CATEGORY = "lifecycle"

    error: str | None = None

    MESSAGES = (
        message(
            "server.kernel-bug",
            "the kernel may damage data in a background save",
            wording(
                "WARNING Your kernel has a bug that could lead to data corruption during background save. Please upgrade to the latest stable kernel.",
                "redis 5.0-6.2",
            ),
            wording(
                "WARNING Your kernel has a bug that could lead to data corruption during background save. Please upgrade to the latest stable kernel.",
                "redis 7.0+; valkey 7.2+",
                roles="M,S,C",
                source="server.c:main (syscheck.c)",
            ),
            level="warning",
            roles="M,S",
            source="server.c:main",
        ),
        message(
            "server.kernel-bug-unknown",
            "the kernel could not be checked",
            wording(
                "Failed to test the kernel for a bug that could lead to data corruption during background save. Your system could be affected, please report this error.",
                "redis 5.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,C,X",
            source="server.c:main",
        ),
        message(
            "server.madvise-check",
            "a step of the check of the kernel failed",
            wording("Failed to mmap(): <error:errno>", "redis 5.0-6.2"),
            wording("Failed to mprotect(): <error:errno>", "redis 5.0-6.2"),
            wording("Failed to madvise(): <error:errno>", "redis 5.0-6.2"),
            wording("Failed to create pipe: <error:errno>", "redis 5.0-6.2"),
            wording("Failed to fork: <error:errno>", "redis 5.0-6.2"),
            wording("Failed to write to parent: <error:errno>", "redis 5.0-6.2"),
            wording("Failed to read from child: <error:errno>", "redis 5.0-6.2"),
            level="warning",
            roles="M,S",
            source="server.c:linuxMadvFreeForkBugCheck",
        ),
        message(
            "server.kernel-bug-exit",
            "the server exits since the kernel may damage data",
            wording(
                "Redis will now exit to prevent data corruption. Note that it is possible to suppress this warning by setting the following config: ignore-warnings ARM64-COW-BUG",
                "redis 5.0+; valkey 7.2",
            ),
            wording(
                "Valkey will now exit to prevent data corruption. Note that it is possible to suppress this warning by setting the following config: ignore-warnings ARM64-COW-BUG",
                "valkey 8.0+",
            ),
            level="warning",
            roles="M,S,C,X",
            source="server.c:main",
        ),
    )


@event
class ClockSourceSlow(Event):
    """The system reads its time from Xen, which may be slow.

    Source: Redis 7.0+, ``syscheck.c:checkClocksource``.
    """

    CATEGORY = "lifecycle"

    MESSAGES = (
        message(
            "server.xen-clocksource",
            "the system uses the slow clock source xen",
            wording(
                "WARNING Your system is configured to use the 'xen' clocksource which might lead to degraded performance. Check the result of the [slow-clocksource] system check: run 'redis-server --check-system' to check if the system's clocksource isn't degrading performance.",
                "redis 7.0+; valkey 7.2",
            ),
            wording(
                "WARNING Your system is configured to use the 'xen' clocksource which might lead to degraded performance. Check the result of the [slow-clocksource] system check: run 'valkey-server --check-system' to check if the system's clocksource isn't degrading performance.",
                "valkey 8.0+",
            ),
            level="warning",
            roles="M,S,C",
            source="server.c:main (syscheck.c)",
        ),
    )


@event
class CommandPoolShrunk(Event):
    """The pool of commands that wait to be executed was made smaller.

    Source: Redis 8.6+, ``networking.c:shrinkPendingCommandPool``.
    """

    CATEGORY = "other"

    before: int
    after: int

    MESSAGES = (
        message(
            "other.shrunk-pending-command-pool-capacity",
            "the pool of waiting commands is smaller now",
            wording("Shrunk pending command pool: capacity <before:int>-><after:int>", "redis 8.6+"),
            level="debug",
            roles="M,S",
            source="networking.c:shrinkPendingCommandPool",
        ),
    )
