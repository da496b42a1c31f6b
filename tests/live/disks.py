"""Disks that are too small or read-only: file systems in memory, each seen by one server alone.

A disk is in its server's own mount namespace, and so ends with its process: nothing is left behind.
"""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

_MOUNT = 'mount -t tmpfs -o "size=$1" tmpfs "$0" && shift && exec "$@"'


@cache
def disk_missing() -> str:
    """Why no server can have a disk of its own; empty if one can."""
    probe = ["unshare", "--mount", "sh", "-c", _MOUNT, "/mnt", "64k", "true"]
    try:
        refused = subprocess.run(probe, capture_output=True, text=True, timeout=20)
    except OSError as error:
        return f"there is no unshare: {error}"
    return f"mounting is not permitted: {refused.stderr.strip()}" if refused.returncode else ""


class Disk:
    """A disk of a size (as ``mount`` reads it: ``300k``)."""

    folder = Path("/mnt")
    """Where its server, and nobody else, sees it."""

    def __init__(self, size: str) -> None:
        self.enter: tuple[str, ...] = ("unshare", "--mount", "sh", "-c", _MOUNT, str(self.folder), size)

    def remount(self, pid: int, options: str) -> None:
        """Change the disk of a process: ``size=10m``, ``ro``, ``rw``."""
        mount = ["mount", "-o", f"remount,{options}", str(self.folder)]
        subprocess.run(["nsenter", f"--target={pid}", "--mount", *mount], check=True, timeout=20)
