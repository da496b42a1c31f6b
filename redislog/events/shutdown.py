"""The end of a server, asked for by a signal or a command, and the child processes that it leaves or loses."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import ClientRecord

_PRINTER = Printer("lifecycle", "server.c", level="warning", roles="M,S")
_OTHER = _PRINTER._replace(category="other")


@event(_PRINTER, roles="H", by="sigShutdownHandler")
class ShutdownSignalled(Event):
    """A signal asks the server to shut down.

    Up to 6.2 a server that is loading exits at once. Source: Redis 2.6+, ``server.c:sigShutdownHandler``.
    """

    MESSAGES = (
        message("server.signal")(
            "a signal asks for a shutdown",
            "redis 2.6, by redis.c:sigtermHandler: Received SIGTERM, scheduling shutdown...",
            "2.8+: Received <SIGINT|SIGTERM> scheduling shutdown...",
            "2.8+: Received shutdown signal, scheduling shutdown...",
        ),
        message("server.signal-loading")(
            "a signal asks for a shutdown while data are loaded",
            "redis 5.0-6.2 | 7.0+: Received shutdown signal during loading, <exiting now|scheduling shutdown>.",
        ),
    )


@event(_PRINTER, roles="H", by="{redis,server}.c:sigShutdownHandler")
class ExitForced(Event):
    """A second SIGINT came before the shutdown was done: the server exits at once, without saving.

    Source: Redis 2.8+, ``server.c:sigShutdownHandler``.
    """

    MESSAGES = (
        message("server.exit-insist")(
            "a second SIGINT ends the server at once", "2.8+: You insist... exiting now."
        ),
    )


@event(
    _PRINTER, level="warning until 7.0, then notice", roles="M,S,X", by="{redis,server}.c:prepareForShutdown"
)
class ShutdownRequested(Event):
    """A shutdown begins, by SHUTDOWN or by a signal.

    ``client`` is who asked (Valkey 8.0+). Source: Redis 2.6+, ``server.c:prepareForShutdown``.
    """

    client: ClientRecord | None = None

    MESSAGES = (
        message("server.shutdown-requested")(
            "a shutdown begins",
            "2.6+: User requested shutdown...",
            "valkey 8.0+, at notice, by prepareForShutdown: User requested shutdown... (user request from '<client:client>')",
        ),
    )


@event(_PRINTER)
class ShutdownCalledOff(Event):
    """A shutdown does not take place: it failed, or was taken back by SHUTDOWN ABORT. The server goes on.

    Source: Redis 2.6+, ``server.c:serverCron``, ``server.c:finishShutdown`` and ``server.c:abortShutdown``.
    """

    MESSAGES = (
        message("server.shutdown-errors", by="{redis,server}.c:serverCron,server.c:whileBlockedCron")(
            "the shutdown failed, and the server goes on",
            "2.6+: SIGTERM received but errors trying to shut down the server, check the logs for more information",
            "7.0+, by finishShutdown: Errors trying to shut down the server. Check the logs for more information.",
        ),
        message("server.shutdown-aborted", level="notice", by="abortShutdown")(
            "the shutdown was taken back", "7.0+: Shutdown manually aborted."
        ),
    )


@event(_PRINTER, level="notice", roles="M,S,X")
class RunFilesRemoved(Event):
    """A server that shuts down removes its process ID file or its Unix socket, or fails to (``error``).

    Source: Redis 2.6+, ``server.c:finishShutdown`` and ``server.c:closeListeningSockets``.
    """

    error: str | None = None

    MESSAGES = (
        message("server.pidfile-removed", by="{redis,server}.c:prepareForShutdown,server.c:finishShutdown")(
            "the file with the process ID is removed", "2.6+: Removing the pid file."
        ),
        message("server.unix-removed")(
            "the Unix socket is removed",
            "2.6+, by redis.c:prepareForShutdown,{redis,server}.c:closeListeningSockets: Removing the unix socket file.",
        ),
        message("server.unix-remove-error", level="warning", by="closeListeningSockets")(
            "the Unix socket could not be removed", "7.0+: Error removing the unix socket file: <error:errno>"
        ),
    )


@event(_PRINTER, roles="M,S,X", by="redis.c:prepareForShutdown")
class ServerExited(Event):
    """The last line of a clean shutdown.

    ``product`` is what exits. Source: Redis 2.6+, ``server.c:finishShutdown``.
    """

    product: str | None = None

    MESSAGES = (
        message("server.exit")(
            "the server exits",
            "redis 2.6: Redis is now ready to exit, bye bye...",
            "redis 2.8+, by {redis,server}.c:prepareForShutdown,server.c:finishShutdown: <product:Sentinel|Redis> is now ready to exit, bye bye...",
            "valkey 7.2+, by finishShutdown: <product:Sentinel|Valkey> is now ready to exit, bye bye...",
            "keydb 6.3, by server.cpp:prepareForShutdown: <product:word> is now ready to exit, bye bye...",
        ),
    )


@event(_PRINTER)
class ChildKilled(Event):
    """A child process is told to end, as its parent or the child itself says.

    Source: Redis 6.0+, ``server.c:finishShutdown`` and ``server.c:sigKillChildHandler``.
    """

    MESSAGES = (
        message("server.kill-module-child", by="{prepareFor,finish}Shutdown")(
            "a shutdown kills the child process of a module",
            "6.0+: There is a module fork child. Killing it!",
        ),
        message("server.child-killed", level="verbose|warning", roles="H", by="sigKillChildHandler")(
            "a child process was told to end", "6.0+: Received SIGUSR1 in child, exiting now."
        ),
        message("other.there-is-a-slot-migration-child", by="finishShutdown")(
            "the child that sends slots is killed",
            "valkey 9.0+: There is a slot migration child. Killing it!",
        ),
    )


@event(_PRINTER)
class ChildUnmatched(Event):
    """A child process ended that the server does not know, or waiting for its children failed.

    ``pid_`` is the unknown child; ``child_pid`` is the child known, or the one that writes a snapshot,
    ``child_pid2`` the one that rewrites the append only file, ``module_child_pid`` that of a module; -1 is
    none. Source: Redis 2.6+, ``server.c:checkChildrenDone``.
    """

    pid_: int | None = None
    error: str | None = None
    child_pid: int | None = None
    child_pid2: int | None = None
    module_child_pid: int | None = None
    child_type: str | None = None

    MESSAGES = (
        message("server.child-unmatched", by="{redis,server}.c:serverCron,server.c:checkChildrenDone")(
            "an unknown child process ended", "2.6+: Warning, detected child with unmatched pid: <pid:pid>"
        ),
        message("server.wait-error", by="checkChildrenDone")(
            "waiting for child processes failed",
            "redis 3.0-5.0, at nul[redis 3.0] warning[redis 3.2-5.0], by {redis,server}.c:serverCron: wait3() returned an error: <error:errno>. rdb_child_pid = <child_pid:pid>, aof_child_pid = <child_pid2:pid>",
            "redis 6.0: wait3() returned an error: <error:errno>. rdb_child_pid = <child_pid:pid>, aof_child_pid = <child_pid2:pid>, module_child_pid = <module_child_pid:pid>",
            "6.2+: waitpid() returned an error: <error:errno>. child_type: <child_type:RDB|AOF|LDB|MODULE|Unknown>, child_pid = <child_pid:pid>",
            "redis 6.2.0: wait3() returned an error: <error:errno>. child_type: <child_type:RDB|AOF|LDB|MODULE|Unknown>, child_pid = <child_pid:pid>",
        ),
    )


@event(_OTHER, by="finishShutdown")
class ShutdownHindered(Event):
    """A primary that votes shuts down, or will not.

    Source: Valkey 9.0+, ``server.c:finishShutdown``.
    """

    end: str

    MESSAGES = (
        message("other.this-is-a-voting-primary-shutting")(
            "a primary that votes shuts down, or will not",
            "valkey 9.0+: This is a voting primary. Shutting down may cause the cluster to go down. <end:Exit anyway.|Can't exit.>",
        ),
    )
