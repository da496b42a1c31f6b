"""The end of a server, asked for by a signal or a command, and the child processes that it leaves or loses."""

from redislog.events.base import Event, event, message, wording
from redislog.values import ClientRecord


@event
class ShutdownSignalled(Event):
    """A signal asks the server to shut down.

    Up to 6.2 a server that is loading exits at once. Source: Redis 2.6+, ``server.c:sigShutdownHandler``.
    """

    CATEGORY = "lifecycle"

    MESSAGES = (
        message(
            "server.signal",
            "a signal asks for a shutdown",
            wording("Received SIGTERM, scheduling shutdown...", "redis 2.6", source="redis.c:sigtermHandler"),
            wording("Received SIGINT scheduling shutdown...", "redis 2.8+; valkey 7.2+"),
            wording("Received SIGTERM scheduling shutdown...", "redis 2.8+; valkey 7.2+"),
            wording("Received shutdown signal, scheduling shutdown...", "redis 2.8+; valkey 7.2+"),
            level="warning",
            roles="H",
            source="server.c:sigShutdownHandler",
        ),
        message(
            "server.signal-loading",
            "a signal asks for a shutdown while data are loaded",
            wording("Received shutdown signal during loading, exiting now.", "redis 5.0-6.2"),
            wording(
                "Received shutdown signal during loading, scheduling shutdown.",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="H",
            source="server.c:sigShutdownHandler",
        ),
    )


@event
class ExitForced(Event):
    """A second SIGINT came before the shutdown was done: the server exits at once, without saving.

    Source: Redis 2.8+, ``server.c:sigShutdownHandler``.
    """

    CATEGORY = "lifecycle"

    MESSAGES = (
        message(
            "server.exit-insist",
            "a second SIGINT ends the server at once",
            wording("You insist... exiting now.", "redis 2.8+; valkey 7.2+"),
            level="warning",
            roles="H",
            source="redis.c:sigShutdownHandler,server.c:sigShutdownHandler",
        ),
    )


@event
class ShutdownRequested(Event):
    """A shutdown begins, by SHUTDOWN or by a signal.

    ``client`` is who asked (Valkey 8.0+). Source: Redis 2.6+, ``server.c:prepareForShutdown``.
    """

    CATEGORY = "lifecycle"

    client: ClientRecord | None = None

    MESSAGES = (
        message(
            "server.shutdown-requested",
            "a shutdown begins",
            wording("User requested shutdown...", "redis 2.6+; valkey 7.2+"),
            wording(
                "User requested shutdown... (user request from '<client:client>')",
                "valkey 8.0+",
                level="notice",
                source="server.c:prepareForShutdown",
            ),
            level="warning[redis 2.6-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S,X",
            source="redis.c:prepareForShutdown,server.c:prepareForShutdown",
        ),
    )


@event
class ShutdownCalledOff(Event):
    """A shutdown does not take place: it failed, or was taken back by SHUTDOWN ABORT. The server goes on.

    Source: Redis 2.6+, ``server.c:serverCron``, ``server.c:finishShutdown`` and ``server.c:abortShutdown``.
    """

    CATEGORY = "lifecycle"

    MESSAGES = (
        message(
            "server.shutdown-errors",
            "the shutdown failed, and the server goes on",
            wording(
                "SIGTERM received but errors trying to shut down the server, check the logs for more information",
                "redis 2.6+; valkey 7.2+",
            ),
            wording(
                "Errors trying to shut down the server. Check the logs for more information.",
                "redis 7.0+; valkey 7.2+",
                source="server.c:finishShutdown",
            ),
            level="warning",
            roles="M,S",
            source="redis.c:serverCron,server.c:serverCron,server.c:whileBlockedCron",
        ),
        message(
            "server.shutdown-aborted",
            "the shutdown was taken back",
            wording("Shutdown manually aborted.", "redis 7.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="server.c:abortShutdown",
        ),
    )


@event
class RunFilesRemoved(Event):
    """A server that shuts down removes its process ID file or its Unix socket, or fails to (``error``).

    Source: Redis 2.6+, ``server.c:finishShutdown`` and ``server.c:closeListeningSockets``.
    """

    CATEGORY = "lifecycle"

    error: str | None = None

    MESSAGES = (
        message(
            "server.pidfile-removed",
            "the file with the process ID is removed",
            wording("Removing the pid file.", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="M,S,X",
            source="redis.c:prepareForShutdown,server.c:prepareForShutdown,server.c:finishShutdown",
        ),
        message(
            "server.unix-removed",
            "the Unix socket is removed",
            wording("Removing the unix socket file.", "redis 2.6+; valkey 7.2+"),
            level="notice",
            roles="M,S,X",
            source="redis.c:prepareForShutdown,redis.c:closeListeningSockets,server.c:closeListeningSockets",
        ),
        message(
            "server.unix-remove-error",
            "the Unix socket could not be removed",
            wording("Error removing the unix socket file: <error:errno>", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="server.c:closeListeningSockets",
        ),
    )


@event
class ServerExited(Event):
    """The last line of a clean shutdown.

    ``product`` is what exits. Source: Redis 2.6+, ``server.c:finishShutdown``.
    """

    CATEGORY = "lifecycle"

    product: str | None = None

    MESSAGES = (
        message(
            "server.exit",
            "the server exits",
            wording("Redis is now ready to exit, bye bye...", "redis 2.6"),
            wording(
                "<product:Sentinel|Redis> is now ready to exit, bye bye...",
                "redis 2.8+",
                source="redis.c:prepareForShutdown,server.c:prepareForShutdown,server.c:finishShutdown",
            ),
            wording(
                "<product:Sentinel|Valkey> is now ready to exit, bye bye...",
                "valkey 7.2+",
                source="server.c:finishShutdown",
            ),
            wording(
                "<product:word> is now ready to exit, bye bye...",
                "keydb 6.3",
                source="server.cpp:prepareForShutdown",
            ),
            level="warning",
            roles="M,S,X",
            source="redis.c:prepareForShutdown",
        ),
    )


@event
class ChildKilled(Event):
    """A child process is told to end, as its parent or the child itself says.

    Source: Redis 6.0+, ``server.c:finishShutdown`` and ``server.c:sigKillChildHandler``.
    """

    CATEGORY = "lifecycle"

    MESSAGES = (
        message(
            "server.kill-module-child",
            "a shutdown kills the child process of a module",
            wording("There is a module fork child. Killing it!", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="server.c:prepareForShutdown,server.c:finishShutdown",
        ),
        message(
            "server.child-killed",
            "a child process was told to end",
            wording("Received SIGUSR1 in child, exiting now.", "redis 6.0+; valkey 7.2+"),
            level="verbose|warning",
            roles="H",
            source="server.c:sigKillChildHandler",
        ),
        message(
            "other.there-is-a-slot-migration-child",
            "the child that sends slots is killed",
            wording("There is a slot migration child. Killing it!", "valkey 9.0+"),
            level="warning",
            roles="M,S",
            source="server.c:finishShutdown",
        ),
    )


@event
class ChildUnmatched(Event):
    """A child process ended that the server does not know, or waiting for its children failed.

    ``pid_`` is the unknown child; ``child_pid`` is the child known, or the one that writes a snapshot,
    ``child_pid2`` the one that rewrites the append only file, ``module_child_pid`` that of a module; -1 is
    none. Source: Redis 2.6+, ``server.c:checkChildrenDone``.
    """

    CATEGORY = "lifecycle"

    pid_: int | None = None
    error: str | None = None
    child_pid: int | None = None
    child_pid2: int | None = None
    module_child_pid: int | None = None
    child_type: str | None = None

    MESSAGES = (
        message(
            "server.child-unmatched",
            "an unknown child process ended",
            wording("Warning, detected child with unmatched pid: <pid:pid>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="redis.c:serverCron,server.c:serverCron,server.c:checkChildrenDone",
        ),
        message(
            "server.wait-error",
            "waiting for child processes failed",
            wording(
                "wait3() returned an error: <error:errno>. rdb_child_pid = <child_pid:pid>, aof_child_pid = <child_pid2:pid>",
                "redis 3.0-5.0",
                level="nul[redis 3.0] warning[redis 3.2-5.0]",
                source="redis.c:serverCron,server.c:serverCron",
            ),
            wording(
                "wait3() returned an error: <error:errno>. rdb_child_pid = <child_pid:pid>, aof_child_pid = <child_pid2:pid>, module_child_pid = <module_child_pid:pid>",
                "redis 6.0",
            ),
            wording(
                "waitpid() returned an error: <error:errno>. child_type: <child_type:RDB|AOF|LDB|MODULE|Unknown>, child_pid = <child_pid:pid>",
                "redis 6.2+; valkey 7.2+",
            ),
            wording(
                "wait3() returned an error: <error:errno>. child_type: <child_type:RDB|AOF|LDB|MODULE|Unknown>, child_pid = <child_pid:pid>",
                "redis 6.2.0",
            ),
            level="warning",
            roles="M,S",
            source="server.c:checkChildrenDone",
        ),
    )


@event
class ShutdownHindered(Event):
    """A primary that votes shuts down, or will not.

    Source: Valkey 9.0+, ``server.c:finishShutdown``.
    """

    CATEGORY = "other"

    end: str

    MESSAGES = (
        message(
            "other.this-is-a-voting-primary-shutting",
            "a primary that votes shuts down, or will not",
            wording(
                "This is a voting primary. Shutting down may cause the cluster to go down. <end:Exit anyway.|Can't exit.>",
                "valkey 9.0+",
            ),
            level="warning",
            roles="M,S",
            source="server.c:finishShutdown",
        ),
    )
