"""Children that modules fork."""

from redislog.events.base import Event, event, message, wording


@event
class ModuleForkMessage(Event):
    """A module's forked child process: started, killed, ended, or not forked at all.

    ``child_pid`` is the child's process ID, ``exit_code`` and ``signal`` say how it ended (0: no signal);
    ``error`` is the error text of the operating system. Source: Redis 4.0+, ``module.c:RM_Fork``, ``module.c:ModuleForkDoneHandler`` and
    ``module.c:moduleInitModulesSystem``.
    """

    CATEGORY = "other"

    child_pid: int | None = None
    exit_code: int | None = None
    signal: int | None = None
    error: str | None = None

    MESSAGES = (
        message(
            "other.module-fork-started-pid",
            "a module's child was forked",
            wording("Module fork started pid: <child_pid:pid> ", "redis 6.0+; valkey 7.2+"),
            level="verbose",
            roles="M,S,X",
            source="module.c:RM_Fork,module.c:VM_Fork",
        ),
        message(
            "other.killing-running-module-fork-child",
            "a module's child is killed",
            wording("Killing running module fork child: <child_pid:pid>", "redis 6.0+; valkey 7.2+"),
            level="verbose",
            roles="M,S,X",
            source="module.c:TerminateModuleForkChild",
        ),
        message(
            "other.module-fork-exited-pid-retcode-bysignal",
            "a module's child ended",
            wording(
                "Module fork exited pid: <child_pid:pid>, retcode: <exit_code:int>, bysignal: <signal:int>",
                "redis 6.0",
            ),
            wording(
                "Module fork exited pid: <child_pid:pid>, retcode: <exit_code:int>, bysignal: <signal:int>",
                "redis 6.2+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S,X",
            source="module.c:ModuleForkDoneHandler",
        ),
        message(
            "other.can-t-fork-for-module",
            "a module's child could not be forked",
            wording("Can't fork for module: <error:errno>", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:RM_Fork,module.c:VM_Fork",
        ),
        message(
            "other.can-t-create-the-pipe-for-module",
            "the pipe on which modules wake the server could not be made",
            wording("Can't create the pipe for module blocking commands: <error:errno>", "redis 4.0-6.2"),
            wording("Can't create the pipe for module threads: <error:errno>", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleInitModulesSystem",
        ),
    )
