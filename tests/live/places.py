"""Where a server runs, and what it has for itself."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from .clocks import Clock
from .network import Host
from .releases import Release

Option = str | int
"""A setting of ``redis.conf``."""
SOCKET = "redis.sock"
"""A socket in its server's folder."""


class Place(NamedTuple):
    """Where a server runs: on an address of loopback, or on a host, where it is asked by a socket of its own."""

    address: str
    port: int
    host: Host | None = None
    socket: Path | None = None

    def settings(self, release: Release) -> dict[str, Option]:
        """What its server is told of it."""
        if self.socket is not None:
            return {"port": self.port, "unixsocket": SOCKET}
        settings: dict[str, Option] = {"bind": self.address, "port": self.port}
        return {**settings, "bind-source-addr": self.address} if release.version >= (7, 0) else settings


class Special(NamedTuple):
    """What one server of a deployment has for itself.

    A release, a host that is there already, a disk of a size, a clock that is not the machine's, a user whose
    processes can be limited.
    """

    release: Release | None = None
    host: Host | None = None
    disk: str | None = None
    clock: Clock | None = None
    own_user: bool = False
