"""What a host says of a server's process: systemd, the kernel's OOM killer, Docker and Compose.

A process that is killed by SIGKILL prints nothing; those that see its end do. Their lines stand in a journal, in what
``dmesg`` prints, and between the lines of a Compose project.
"""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("host", level="raw", roles="-")
_WHAT = (
    "<Advanced key-value store|Redis persistent key-value database|"
    "Valkey persistent key-value database|Redis In-Memory Data Store>"
)
"""How the units of distributions describe a server."""


def _kernel(line: str) -> tuple[str, str]:
    """A line of the kernel, as syslog has it and as ``dmesg`` does: with its time before it."""
    releases, _, text = line.partition(": ")
    return line, f"{releases}: [<when:text>] {text}"


@event(_PRINTER, by="service.c:service_sigchld_event")
class UnitEnded(Event):
    """The main process of a unit ended: ``code`` is ``killed``, ``dumped`` or ``exited``, ``status`` as ``9/KILL``.

    Source: systemd, ``src/core/service.c:service_sigchld_event``.
    """

    unit: str
    code: str
    status: str

    MESSAGES = (
        message("host.unit-ended")(
            "the main process of a unit ended: by a signal, or by itself with a status",
            "systemd 237-257 | systemd 219: <unit:word>: <Main|main> process exited, code=<code:killed|dumped|exited>, status=<status:text>",
        ),
    )


@event(_PRINTER)
class UnitFailed(Event):
    """A unit failed, and as what: ``signal``, ``oom-kill``, ``exit-code``, ``core-dump``, ``timeout``, ``watchdog``.

    Source: systemd, ``src/core/unit.c:unit_log_failure``, ``service.c:service_enter_dead``.
    """

    unit: str
    result: str | None = None

    MESSAGES = (
        message("host.unit-failed", by="unit.c:unit_log_failure")(
            "a unit failed, and how",
            "systemd 237-257: <unit:word>: Failed with result '<result:text>'.",
            "systemd 219: Unit <unit:word> entered failed state.",
        ),
        message("host.unit-oom", by="unit.c:unit_log_oom")(
            "the kernel's OOM killer ended a process of a unit",
            "systemd 249-257: <unit:word>: A process of this unit has been killed by the OOM killer.",
        ),
    )


@event(_PRINTER, by="service.c:service_enter_restart")
class UnitRestart(Event):
    """A unit is to be started again. Source: systemd, ``src/core/service.c:service_enter_restart``."""

    unit: str
    count: int | None = None
    delay: str | None = None

    MESSAGES = (
        message("host.unit-restart")(
            "a unit is started again after its end",
            "systemd 237-257: <unit:word>: Scheduled restart job, restart counter is at <count:int>.",
            "systemd 237-257: <unit:word>: Service RestartSec=<delay:word> expired, scheduling restart.",
            "systemd 219: <unit:word> holdoff time over, scheduling restart.",
        ),
    )


@event(_PRINTER, by="job.c:job_emit_done_message")
class UnitState(Event):
    """A server's unit was started or stopped. Source: systemd, ``src/core/job.c:job_emit_done_message``."""

    unit: str | None = None

    MESSAGES = (
        message("host.unit-started")(
            "a server's unit was started",
            f"systemd 249-257: Started <unit:word> - {_WHAT}.",
            f"systemd 219-257: Started {_WHAT}.",
        ),
        message("host.unit-stopped")(
            "a server's unit was stopped",
            f"systemd 249-257: Stopped <unit:word> - {_WHAT}.",
            f"systemd 219-257: Stopped {_WHAT}.",
        ),
    )


@event(_PRINTER, by="oom_kill.c:__oom_kill_process")
class OomKill(Event):
    """The kernel killed a process for want of memory: its ID on the host, and its name.

    Source: Linux, ``mm/oom_kill.c:__oom_kill_process`` and ``oom_kill_process``; up to 4.18 two lines, from 4.19 on one
    with the reason, and one of ``dump_oom_summary``.
    """

    victim: int
    comm: str
    when: str | None = None
    total_kb: int | None = None
    rest: str | None = None
    score: int | None = None
    constraint: str | None = None
    task_memcg: str | None = None
    uid: int | None = None

    MESSAGES = (
        message("host.oom-killed")(
            "the host was out of memory: the kernel killed a process",
            *_kernel(
                "linux 4.19-6.12: Out of memory: Killed process <victim:pid> (<comm:text>) total-vm:<total_kb:int>kB, <rest:text>"
            ),
            *_kernel(
                "linux 3.10-4.18: Out of memory: Kill process <victim:pid> (<comm:text>) score <score:int> or sacrifice child"
            ),
            *_kernel(
                "linux 3.10-4.18: Killed process <victim:pid> (<comm:text>) total-vm:<total_kb:int>kB, <rest:text>"
            ),
        ),
        message("host.oom-killed-in-cgroup")(
            "a container or unit was at its memory limit: the kernel killed a process of it",
            *_kernel(
                "linux 4.19-6.12: Memory cgroup out of memory: Killed process <victim:pid> (<comm:text>) total-vm:<total_kb:int>kB, <rest:text>"
            ),
            *_kernel(
                "linux 3.10-4.18: Memory cgroup out of memory: Kill process <victim:pid> (<comm:text>) score <score:int> or sacrifice child"
            ),
        ),
        message("host.oom-summary", by="oom_kill.c:dump_oom_summary")(
            "which process the kernel's OOM killer chose, under which limit",
            *_kernel(
                "linux 4.19-6.12: oom-kill:constraint=<constraint:word>,nodemask=<rest:text>,task_memcg=<task_memcg:word>,task=<comm:word>,pid=<victim:pid>,uid=<uid:int>"
            ),
        ),
        message("host.oom-reaped", by="oom_kill.c:oom_reap_task")(
            "the memory of a process that the OOM killer ended was taken back",
            *_kernel(
                "linux 4.18-6.12: oom_reaper: reaped process <victim:pid> (<comm:text>), now <rest:text>"
            ),
        ),
    )


@event(_PRINTER)
class ContainerEnded(Event):
    """A container's process ended: its name, and its exit code (128 and more: by a signal).

    Source: ``docker events`` (``daemon/monitor.go:handleContainerExit``), Docker Compose's own words.
    """

    name: str
    code: int | None = None
    stamp_: str | None = None
    container: str | None = None
    before: str | None = None
    rest: str | None = None

    MESSAGES = (
        message("host.container-died", by="monitor.go:handleContainerExit")(
            "the process of a container ended, with this exit code",
            "docker 20.10-28: <stamp:word> container die <container:word> (<before:text>exitCode=<code:int>, <rest:text>name=<name:word>)",
            "docker 20.10-28: <name:word> exited with code <code:int>",
            "docker 20.10-28: <name:word> exited with code <code:int> (restarting)",
        ),
        message("host.container-oom", by="monitor.go:ProcessEvent")(
            "a container was at its memory limit, and the kernel killed a process of it",
            "docker 20.10-28: <stamp:word> container oom <container:word> (<rest:text>name=<name:word>)",
        ),
    )
