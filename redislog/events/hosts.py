"""What a host says of a server's process: systemd, the kernel's OOM killer, Docker and Compose.

A process that is killed by SIGKILL prints nothing; those that see its end do. Their lines stand in a journal, in what
``dmesg`` prints, and between the lines of a Compose project.
"""

from __future__ import annotations

from collections.abc import Callable

from redislog.events.base import Event, Wording, event, message, wording

_SYSTEMD = "systemd 219-257"
_NEWER_SYSTEMD = "systemd 237-257"
_OLD_LINUX, _NEW_LINUX = "linux 3.10-4.18", "linux 4.19-6.12"
_DOCKER = "docker 20.10-28"
_WHAT = (
    "Advanced key-value store",
    "Redis persistent key-value database",
    "Valkey persistent key-value database",
    "Redis In-Memory Data Store",
)
"""How the units of distributions describe a server."""

Declared = Callable[[str, str, str], Wording]


def _kernel(template: str, versions: str) -> tuple[Declared, ...]:
    """A line of the kernel, as syslog has it and as ``dmesg`` does: with its time before it."""
    return wording(template, versions), wording(f"[<when:text>] {template}", versions)


@event
class UnitEnded(Event):
    """The main process of a unit ended: ``code`` is ``killed``, ``dumped`` or ``exited``, ``status`` as ``9/KILL``.

    Source: systemd, ``src/core/service.c:service_sigchld_event``.
    """

    CATEGORY = "host"

    unit: str
    code: str
    status: str

    MESSAGES = (
        message(
            "host.unit-ended",
            "the main process of a unit ended: by a signal, or by itself with a status",
            wording(
                "<unit:word>: Main process exited, code=<code:killed|dumped|exited>, status=<status:text>",
                _NEWER_SYSTEMD,
            ),
            wording(
                "<unit:word>: main process exited, code=<code:killed|dumped|exited>, status=<status:text>",
                "systemd 219",
            ),
            level="raw", roles="-", source="service.c:service_sigchld_event",
        ),
    )  # fmt: skip


@event
class UnitFailed(Event):
    """A unit failed, and as what: ``signal``, ``oom-kill``, ``exit-code``, ``core-dump``, ``timeout``, ``watchdog``.

    Source: systemd, ``src/core/unit.c:unit_log_failure``, ``service.c:service_enter_dead``.
    """

    CATEGORY = "host"

    unit: str
    result: str | None = None

    MESSAGES = (
        message(
            "host.unit-failed",
            "a unit failed, and how",
            wording("<unit:word>: Failed with result '<result:text>'.", _NEWER_SYSTEMD),
            wording("Unit <unit:word> entered failed state.", "systemd 219"),
            level="raw", roles="-", source="unit.c:unit_log_failure",
        ),
        message(
            "host.unit-oom",
            "the kernel's OOM killer ended a process of a unit",
            wording("<unit:word>: A process of this unit has been killed by the OOM killer.", "systemd 249-257"),
            level="raw", roles="-", source="unit.c:unit_log_oom",
        ),
    )  # fmt: skip


@event
class UnitRestart(Event):
    """A unit is to be started again. Source: systemd, ``src/core/service.c:service_enter_restart``."""

    CATEGORY = "host"

    unit: str
    count: int | None = None

    MESSAGES = (
        message(
            "host.unit-restart",
            "a unit is started again after its end",
            wording("<unit:word>: Scheduled restart job, restart counter is at <count:int>.", _NEWER_SYSTEMD),
            wording("<unit:word>: Service RestartSec=<delay:word> expired, scheduling restart.", _NEWER_SYSTEMD),
            wording("<unit:word> holdoff time over, scheduling restart.", "systemd 219"),
            level="raw", roles="-", source="service.c:service_enter_restart",
        ),
    )  # fmt: skip

    delay: str | None = None


@event
class UnitState(Event):
    """A server's unit was started or stopped. Source: systemd, ``src/core/job.c:job_emit_done_message``."""

    CATEGORY = "host"

    unit: str | None = None

    MESSAGES = (
        message(
            "host.unit-started",
            "a server's unit was started",
            *(wording(f"Started <unit:word> - {what}.", "systemd 249-257") for what in _WHAT),
            *(wording(f"Started {what}.", _SYSTEMD) for what in _WHAT),
            level="raw", roles="-", source="job.c:job_emit_done_message",
        ),
        message(
            "host.unit-stopped",
            "a server's unit was stopped",
            *(wording(f"Stopped <unit:word> - {what}.", "systemd 249-257") for what in _WHAT),
            *(wording(f"Stopped {what}.", _SYSTEMD) for what in _WHAT),
            level="raw", roles="-", source="job.c:job_emit_done_message",
        ),
    )  # fmt: skip


@event
class OomKill(Event):
    """The kernel killed a process for want of memory: its ID on the host, and its name.

    Source: Linux, ``mm/oom_kill.c:__oom_kill_process`` and ``oom_kill_process``; up to 4.18 two lines, from 4.19 on one
    with the reason, and one of ``dump_oom_summary``.
    """

    CATEGORY = "host"

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
        message(
            "host.oom-killed",
            "the host was out of memory: the kernel killed a process",
            *_kernel("Out of memory: Killed process <victim:pid> (<comm:text>) total-vm:<total_kb:int>kB, <rest:text>", _NEW_LINUX),
            *_kernel("Out of memory: Kill process <victim:pid> (<comm:text>) score <score:int> or sacrifice child", _OLD_LINUX),
            *_kernel("Killed process <victim:pid> (<comm:text>) total-vm:<total_kb:int>kB, <rest:text>", _OLD_LINUX),
            level="raw", roles="-", source="oom_kill.c:__oom_kill_process",
        ),
        message(
            "host.oom-killed-in-cgroup",
            "a container or unit was at its memory limit: the kernel killed a process of it",
            *_kernel("Memory cgroup out of memory: Killed process <victim:pid> (<comm:text>) total-vm:<total_kb:int>kB, <rest:text>", _NEW_LINUX),
            *_kernel("Memory cgroup out of memory: Kill process <victim:pid> (<comm:text>) score <score:int> or sacrifice child", _OLD_LINUX),
            level="raw", roles="-", source="oom_kill.c:__oom_kill_process",
        ),
        message(
            "host.oom-summary",
            "which process the kernel's OOM killer chose, under which limit",
            *_kernel("oom-kill:constraint=<constraint:word>,nodemask=<rest:text>,task_memcg=<task_memcg:word>,task=<comm:word>,pid=<victim:pid>,uid=<uid:int>", _NEW_LINUX),
            level="raw", roles="-", source="oom_kill.c:dump_oom_summary",
        ),
        message(
            "host.oom-reaped",
            "the memory of a process that the OOM killer ended was taken back",
            *_kernel("oom_reaper: reaped process <victim:pid> (<comm:text>), now <rest:text>", "linux 4.18-6.12"),
            level="raw", roles="-", source="oom_kill.c:oom_reap_task",
        ),
    )  # fmt: skip


@event
class ContainerEnded(Event):
    """A container's process ended: its name, and its exit code (128 and more: by a signal).

    Source: ``docker events`` (``daemon/monitor.go:handleContainerExit``), Docker Compose's own words.
    """

    CATEGORY = "host"

    name: str
    code: int | None = None
    stamp_: str | None = None
    container: str | None = None
    before: str | None = None
    rest: str | None = None

    MESSAGES = (
        message(
            "host.container-died",
            "the process of a container ended, with this exit code",
            wording("<stamp:word> container die <container:word> (<before:text>exitCode=<code:int>, <rest:text>name=<name:word>)", _DOCKER),
            wording("<name:word> exited with code <code:int>", _DOCKER),
            wording("<name:word> exited with code <code:int> (restarting)", _DOCKER),
            level="raw", roles="-", source="monitor.go:handleContainerExit",
        ),
        message(
            "host.container-oom",
            "a container was at its memory limit, and the kernel killed a process of it",
            wording("<stamp:word> container oom <container:word> (<rest:text>name=<name:word>)", _DOCKER),
            level="raw", roles="-", source="monitor.go:ProcessEvent",
        ),
    )  # fmt: skip
