"""A real HAProxy in front of a deployment, configured as the redis-ha chart does it.

But for the ``QUIT`` to a Sentinel, which later releases do not answer with ``+OK``.
"""

from __future__ import annotations

import csv
import io
import shutil
import socket
import subprocess
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

from .harness import Deployment, Server
from .names import NameServer
from .releases import HAPROXY_3, Release, missing

PRIMARIES = "bk_redis_master"

_UP = ("UP", "no check")
"""Clients are sent to a server also where its checks are off."""

_HEAD = """\
global
  stats socket {socket} level admin
defaults
  mode tcp
  timeout connect 500ms
  timeout server 5s
  timeout client 5s
  timeout check 3s
"""
_ASKS_SENTINELS = """\
backend check_if_redis_is_master_{number}
  option tcp-check
  tcp-check connect
  tcp-check send PING\\r\\n
  tcp-check expect string +PONG
  tcp-check send SENTINEL\\ get-master-addr-by-name\\ main\\r\\n
  tcp-check expect string {host}
"""
_ASKS_SERVERS = """\
backend bk_redis_master
  option tcp-check
  tcp-check connect
  tcp-check send PING\\r\\n
  tcp-check expect string +PONG
  tcp-check send info\\ replication\\r\\n
  tcp-check expect string role:master
  tcp-check send QUIT\\r\\n
  tcp-check expect string +OK
"""


_RESOLVES = """\
resolvers names
  nameserver local 127.0.0.1:{port}
  timeout resolve 200ms
  timeout retry 200ms
  hold valid 200ms
  hold nx 200ms
"""


def _line(number: int, server: Server, *, by_name: bool = False) -> str:
    """One server of a backend, known by its address or by a name that is resolved again and again."""
    where = f"r{number}.invalid:{server.port}" if by_name else server.address
    how = " resolvers names init-addr none" if by_name else ""
    return f"  server R{number} {where} check inter 200ms fall 1 rise 1{how}\n"


def _program(release: Release) -> str:
    """The newest HAProxy with the newest servers, this system's with others."""
    if release.is_newest:
        newest = HAPROXY_3()
        if newest is None or not newest.exists():
            missing("HAProxy 3 is not installed: it comes from .ci/newer-servers")
        return str(newest)
    own = shutil.which("haproxy", path="/usr/sbin:/usr/bin:/sbin:/bin")
    return own or missing("HAProxy is not installed: it comes from the Debian package haproxy")


class Proxy:
    """HAProxy; R0, R1, ... are the servers of a deployment in the order of their start.

    With a name server there is R0 alone, at the address that this says.
    """

    def __init__(self, deployment: Deployment, names: NameServer | None = None) -> None:
        program = _program(deployment.release)
        servers, sentinels = list(deployment.servers.values()), list(deployment.sentinels.values())
        self._names = "".join(
            f"{server.host}  ha-announce-{number}\n"
            for number, server in enumerate(() if names is not None else servers)
        )
        self._socket = deployment.folder / "haproxy.sock"
        self._capture = deployment.folder / "haproxy.log"
        text = _HEAD.format(socket=self._socket)
        if names is not None:
            text += _RESOLVES.format(port=names.port) + _ASKS_SERVERS + _line(0, servers[0], by_name=True)
        else:
            text += _ASKS_SERVERS
            text += "".join(_line(number, server) for number, server in enumerate(servers))
        for number, server in enumerate(servers if sentinels else ()):
            text += _ASKS_SENTINELS.format(number=number, host=server.host)
            text += "".join(_line(each, sentinel) for each, sentinel in enumerate(sentinels))
        config = deployment.folder / "haproxy.cfg"
        config.write_text(text)
        self._command = [program, "-W", "-db", "-f", str(config)]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def capture(self) -> bytes:
        """All that it printed, after what its config-init did: the addresses of all servers."""
        return self._names.encode() + self._capture.read_bytes()

    def at_one_moment(self) -> tuple[bytes, set[str]]:
        """All that it printed, and the primaries that it held for up then."""
        while True:
            capture, up = self.capture, self.up()
            if self.capture == capture:
                return capture, up

    def up(self, backend: str = PRIMARIES) -> set[str]:
        """The servers of a backend that it holds for up, by its own statistics."""
        rows = csv.DictReader(io.StringIO(self.tell("show stat").removeprefix("# ")))
        return {
            row["svname"]
            for row in rows
            if row["pxname"] == backend and row["svname"].startswith("R") and row["status"] in _UP
        }

    def tell(self, command: str) -> str:
        """Give it a command at its runtime socket; what it answers."""
        with socket.socket(socket.AF_UNIX) as runtime:
            runtime.connect(str(self._socket))
            runtime.sendall(f"{command}\n".encode())
            return b"".join(iter(lambda: runtime.recv(65536), b"")).decode()

    def __enter__(self) -> Self:
        with self._capture.open("wb") as output:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + 10
        while not self._answers() and time.monotonic() < deadline:
            time.sleep(0.02)
        return self

    def _answers(self) -> bool:
        """Whether it can be asked: its socket is there before it listens, and is replaced as it starts."""
        with suppress(OSError):
            return bool(self.tell("show stat"))
        return False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
