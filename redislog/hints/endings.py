"""Ends of servers' processes, as one line or document tells each: systemd, the kernel, Docker, Kubernetes."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Literal

import attrs

from redislog.events.base import Event
from redislog.evidence import Evidence, evidence_of

Teller = Literal["systemd", "kernel", "docker", "kubernetes"]

SERVER = re.compile(r"(?:redis|valkey|keydb)", re.IGNORECASE)
"""What is in the names of servers' processes, units and containers."""
_SIGNAL = re.compile(r"\d+/([A-Z]+)")
_BY_SIGNAL = 128
_SIGNALS = {
    129: "SIGHUP",
    130: "SIGINT",
    131: "SIGQUIT",
    134: "SIGABRT",
    137: "SIGKILL",
    139: "SIGSEGV",
    143: "SIGTERM",
}


@attrs.frozen
class Ending:
    """The end of a process as one line or document tells it.

    ``about`` is the unit, pod, or container, or None of a line that has the process ID alone; ``host`` where the line
    was printed, as far as it is known; ``pid`` the process ID on the host; ``why`` a word for it: ``OOMKilled``,
    ``SIGKILL``, ``Error``, ``Evicted``; ``code`` its exit code. ``killed`` is False where it ended by itself with an
    exit code. ``at`` is when, None where nothing says it or only the day of some year does: ``clock`` then has month,
    day, and time of day. ``place`` is the capture and the number of a line of a log. ``restarted`` says that another life has begun since.
    """

    teller: Teller
    about: str | None
    why: str
    evidence: tuple[Evidence, ...]
    host: str | None = None
    pid: int | None = None
    code: int | None = None
    killed: bool = True
    at: datetime | None = None
    clock: tuple[int, int, int, int, int] | None = None
    restarted: bool = False
    place: tuple[str, int] | None = None


def of_exit_code(code: int) -> tuple[str, bool]:
    """What an exit code says: a word for it, and whether the process was killed by a signal.

    >>> of_exit_code(137), of_exit_code(1)
    (('SIGKILL', True), ('exit code 1', False))
    """
    return _SIGNALS.get(code, f"exit code {code}"), code > _BY_SIGNAL


def ending_of(event: Event) -> Ending | None:
    """What a host's line says of an end, None if it speaks of none."""
    line: Any = event
    key = event.key
    host, clock = _host_of(event), event.stamp.order[:5] if event.stamp is not None else None
    common: dict[str, Any] = {
        "evidence": evidence_of(event), "host": host, "at": _time_of(event), "clock": clock,
    }  # fmt: skip
    if key == "host.unit-ended":
        signal = _SIGNAL.match(line.status)
        killed = line.code != "exited"
        status = line.status.partition("/")[0]
        code = int(status) if not killed and status.isdecimal() else None
        why = f"SIG{signal[1]}" if killed and signal else f"exit status {line.status}"
        return None if code == 0 else Ending("systemd", line.unit, why, killed=killed, code=code, **common)
    if key == "host.unit-oom" or (key == "host.unit-failed" and line.result == "oom-kill"):
        return Ending("systemd", line.unit, "OOMKilled", **common)
    if key.startswith("host.oom-") and SERVER.match(line.comm or ""):
        return Ending("kernel", None, "OOMKilled", pid=line.victim, **common)
    if key == "host.container-oom":
        return Ending("docker", line.name, "OOMKilled", **common)
    if key == "host.container-died" and line.code:
        why, killed = of_exit_code(line.code)
        return Ending("docker", line.name, why, killed=killed, code=line.code, **common)
    return None


def _host_of(event: Event) -> str | None:
    origin = event.origin
    if origin is None:
        return None
    return origin.pod or (origin.host.partition("/")[0] if origin.host else None)


def _time_of(event: Event) -> datetime | None:
    found = event.at or event.header.collected
    line: Any = event
    for text in (getattr(line, "stamp_", None), getattr(line, "when", None)):
        if found is None and text:
            try:
                found = (
                    datetime.fromisoformat(text)
                    if text[:1].isdigit()
                    else datetime.strptime(text, "%a %b %d %H:%M:%S %Y")
                )
            except ValueError:
                continue
    return found
