"""A user for one server alone, so that its processes can be limited: those of root are not."""

from __future__ import annotations

import os
import shutil
import subprocess
import zlib
from functools import cache
from pathlib import Path

_FIRST, _COUNT = 200_000, 1_000_000
"""User IDs that nobody has."""
_CAPABLE = "+dac_override"
"""It reads and writes the files of root, who made its folder."""


@cache
def user_missing() -> str:
    """Why no server can have a user of its own; empty if one can."""
    for tool in ("setpriv", "prlimit"):
        if shutil.which(tool) is None:
            return f"{tool} is not installed: it comes with the Debian package util-linux"
    if os.geteuid() != 0:
        return "a server can be given a user of its own by root only"
    return ""


class User:
    """A user whose ID follows from a server's folder: no other test of this run has it."""

    def __init__(self, folder: Path, name: str) -> None:
        number = _FIRST + zlib.crc32(f"{folder}/{name}".encode()) % _COUNT
        self._become = ("setpriv", f"--reuid={number}", f"--regid={number}", "--clear-groups")
        capable = (f"--inh-caps={_CAPABLE}", f"--ambient-caps={_CAPABLE}")
        self.enter: tuple[str, ...] = (*self._become, *capable, "--pdeathsig", "KILL")

    def limit_processes(self, pid: int, number: int) -> None:
        """Let the user of a process have so many processes and threads at most."""
        command = [*self._become, "prlimit", f"--pid={pid}", f"--nproc={number}:"]
        subprocess.run(command, check=True, timeout=20)
