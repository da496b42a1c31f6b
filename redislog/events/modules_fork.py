"""Children that modules fork."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("other", "module.c", level="warning", roles="M,S,X")


@event(_PRINTER, by="{R,V}M_Fork")
class ModuleForkMessage(Event):
    """A module's forked child process: started, killed, ended, or not forked at all.

    ``child_pid`` is the child's process ID, ``exit_code`` and ``signal`` say how it ended (0: no signal);
    ``error`` is the error text of the operating system. Source: Redis 4.0+, ``module.c:RM_Fork``, ``module.c:ModuleForkDoneHandler`` and
    ``module.c:moduleInitModulesSystem``.
    """

    child_pid: int | None = None
    exit_code: int | None = None
    signal: int | None = None
    error: str | None = None

    MESSAGES = (
        message("other.module-fork-started-pid", level="verbose")(
            "a module's child was forked", "6.0+: Module fork started pid: <child_pid:pid> "
        ),
        message("other.killing-running-module-fork-child", level="verbose", by="TerminateModuleForkChild")(
            "a module's child is killed", "6.0+: Killing running module fork child: <child_pid:pid>"
        ),
        message("other.module-fork-exited-pid-retcode-bysignal", level="notice", by="ModuleForkDoneHandler")(
            "a module's child ended",
            "redis 6.0: Module fork exited pid: <child_pid:pid>, retcode: <exit_code:int>, bysignal: <signal:int>",
            "6.2+: Module fork exited pid: <child_pid:pid>, retcode: <exit_code:int>, bysignal: <signal:int>",
        ),
        message("other.can-t-fork-for-module")(
            "a module's child could not be forked", "6.0+: Can't fork for module: <error:errno>"
        ),
        message("other.can-t-create-the-pipe-for-module", by="moduleInitModulesSystem")(
            "the pipe on which modules wake the server could not be made",
            "redis 4.0-6.2: Can't create the pipe for module blocking commands: <error:errno>",
            "7.0+: Can't create the pipe for module threads: <error:errno>",
        ),
    )
