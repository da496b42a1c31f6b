"""Real servers, on loopback or on hosts of their own: started, captured as a container's output is, driven, stopped for sure."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from redislog.testing.simulate.truth import Syncs

from .clocks import Clock
from .disks import Disk
from .network import Host, Network
from .places import SOCKET, Option, Place, Special
from .ports import BLOCK, free_ports
from .releases import Release, program
from .users import User

Ports = Literal["same", "distinct"]
SERVED = re.compile(r"slave\d+")
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C"}


ELECTED_WITHIN = 70.0
"""Seconds: an election that a busy machine lets fail is tried again after twice the Sentinels' ``failover-timeout``."""


def wait_for(condition: Callable[[], bool], what: str, *, seconds: float = 20.0) -> None:
    """Wait until something holds; a server that does not answer yet counts as not yet."""
    deadline = time.monotonic() + seconds
    last: Exception | None = None
    while time.monotonic() < deadline:
        try:
            if condition():
                return
        except redis.RedisError as error:
            last = error
        time.sleep(0.02)
    raise TimeoutError(f"not within {seconds:g} s: {what}" + (f" ({last})" if last else ""))


class Server:
    """One server. It may have many lives; its capture is one file, as long as all of them."""

    def __init__(
        self,
        release: Release,
        name: str,
        place: Place,
        folder: Path,
        options: Mapping[str, Option],
        *arguments: str,
        special: Special,
    ) -> None:
        self.name = name
        self.host = place.address
        self.port = place.port
        self.also: frozenset[str] = frozenset()
        self.services: frozenset[str] = frozenset()
        self.silenced = False
        self.frozen = False
        self._arguments = arguments
        self._folder = folder / name
        self._capture = folder / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._before = self._counted = Syncs()
        self._place = place
        self._disk = Disk(special.disk) if special.disk else None
        self.clock = special.clock
        self._user = User(folder, name) if special.own_user else None
        entered = (place.host, self._disk, self._user)
        self._enter = tuple(word for each in entered if each is not None for word in each.enter)
        self._client: Any = self.connect()
        self._folder.mkdir()
        # Under a name that is the same on every machine: a crash report shows it.
        self._program = release.server
        self._release = release
        (self._folder / self._program).symlink_to(program(release))
        data = Disk.folder if self._disk else self._folder
        settings = {**place.settings(release), "protected-mode": "no", "dir": data, **options}
        self._config = self._folder / "redis.conf"
        self._config.write_text("".join(f"{key} {value}\n" for key, value in settings.items()))

    @property
    def address(self) -> str:
        """Where it listens, and what its peers see of it."""
        return f"{self.host}:{self.port}"

    def connect(self) -> redis.Redis:
        """A client of it: one serves one thread."""
        place, retry = self._place, Retry(NoBackoff(), 1)
        if place.socket is not None:
            path = str(place.socket)
            return redis.Redis(unix_socket_path=path, retry=retry, protocol=2, decode_responses=True)
        return redis.Redis(place.address, place.port, retry=retry, protocol=2, decode_responses=True)

    def known_as(self, address: str) -> None:
        """Others see it under another address too, or did."""
        self.also |= {f"{address}:{self.port}"}

    def take(self, service: str) -> None:
        """Be what is behind a Service address from now on, which others know it by."""
        assert self._place.host is not None
        self._place.host.take(service)
        self.services |= {service}
        self.known_as(service)

    def leave(self, service: str) -> None:
        """Be behind a Service address no more."""
        assert self._place.host is not None
        self._place.host.leave(service)
        self.services -= {service}

    def is_at(self, host: str, port: int) -> bool:
        """Whether it is what listens at an address now."""
        return port == self.port and host in {self.host, *self.services}

    def replace(self, old: str, new: str) -> None:
        """Change its configuration, while it does not run."""
        self._config.write_text(self._config.read_text().replace(old, new))

    def upgrade(self, release: Release) -> None:
        """Put another release of its product in its place, while it does not run."""
        link = self._folder / self._program
        self._release = release
        link.unlink()
        link.symlink_to(program(release))

    def move(self, number: int) -> None:
        """Give its host another address, while it does not run."""
        assert self._place.host is not None
        self.known_as(self.host)
        self._place.host.move(number)
        self.host = self._place.host.address

    def remount(self, options: str) -> None:
        """Change the disk of its own that it has: ``size=10m``, ``ro``."""
        assert self._disk is not None
        self._disk.remount(self.pid, options)

    def limit_processes(self, number: int) -> None:
        """Let it and its user, which it has for itself, have so many processes and threads at most."""
        assert self._user is not None
        self._user.limit_processes(self.pid, number)

    @property
    def dataset(self) -> Path:
        """The file of its dataset, which it reads at a start."""
        return self._folder / "dump.rdb"

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether its process lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def answers(self) -> bool:
        """Whether it can be asked."""
        return self.running and not self.frozen

    @property
    def capture(self) -> bytes:
        """All lines that it printed, errors too; not the one that it is writing."""
        printed = self._capture.read_bytes()
        return printed[: printed.rfind(b"\n") + 1] if self.answers else printed

    def said(self, text: str) -> int:
        """How often it printed something, told in Redis's words."""
        if self._release.product == "valkey":
            text = re.sub(r"\bMASTER\b", "PRIMARY", re.sub(r"\bmaster\b", "primary", text))
        return self.capture.count(text.encode())

    def start(self) -> Self:
        """Begin a life, and wait until it answers."""
        self.launch()
        wait_for(self._answers, f"{self.name} answers")
        return self

    def launch(self) -> None:
        """Begin a life, that may be a short one."""
        self.silenced = False
        leash = ("setpriv", "--pdeathsig", "KILL") if shutil.which("setpriv") else ()
        with self._capture.open("ab") as output:
            self._process = subprocess.Popen(
                [*leash, *self._enter, f"./{self._program}", self._config.name, *self._arguments],
                cwd=self._folder,
                env=_ENVIRONMENT | (self.clock.environment(self._release) if self.clock is not None else {}),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def _answers(self) -> bool:
        if not self.running:
            raise RuntimeError(f"{self.name} did not start:\n{self.capture.decode(errors='replace')}")
        return bool(self.call("PING"))

    def call(self, *command: str | int) -> Any:
        """Send a command; its reply as the client library reads it."""
        return self._client.execute_command(*command)

    def info(self, section: str) -> dict[str, Any]:
        """A section of ``INFO``."""
        fields: dict[str, Any] = self.call("INFO", section)
        return fields

    def syncs(self) -> Syncs:
        """The syncs that it served in all its lives, as far as they could be asked."""
        if self.answers:
            stats, before = self.info("stats"), self._before
            self._counted = Syncs(before.full + stats["sync_full"], before.partial + stats["sync_partial_ok"])
        return self._counted

    def end(self, by: signal.Signals = signal.SIGTERM) -> None:
        """End this life by a signal; SIGKILL leaves no last word."""
        self._before = self.syncs()
        if self._process is not None:
            self._process.send_signal(by)
            self._process.wait(20)
        self.silenced = by == signal.SIGKILL

    def crash(self, *how: str) -> None:
        """Let a ``DEBUG`` command end this life, with a report of it as the last word."""
        self._before = self.syncs()
        with contextlib.suppress(redis.RedisError):
            self.call("DEBUG", *how)
        self.wait_gone()

    def wait_gone(self) -> None:
        """Wait until its process has ended by itself."""
        assert self._process is not None
        self._process.wait(20)

    def freeze(self) -> None:
        """Let it neither run nor end; nothing of that is in its log."""
        self.syncs()
        self._signal(signal.SIGSTOP)
        self.frozen = self.silenced = True

    def thaw(self) -> None:
        """Let it run again."""
        self._signal(signal.SIGCONT)
        self.frozen = self.silenced = False

    def signal_child(self, number: signal.Signals = signal.SIGKILL) -> bool:
        """Kill the process that saves a snapshot, or stop it for a while; whether there was one."""
        task = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        children = [int(word) for word in task.read_text().split()]
        for child in children:
            os.kill(child, number)
        return bool(children)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def close(self) -> None:
        """Leave nothing behind, whatever state it is in."""
        self._client.close()
        if self.running:
            # A child that stands still would outlive it.
            with contextlib.suppress(OSError):
                self.signal_child()
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)


class Deployment:
    """Servers that may replicate with each other, each with an address of its own.

    ``options`` are settings of ``redis.conf`` for all of them, with underscores for dashes. With a network
    each has a host of its own there; a Sentinel is on the host of the server of its number. ``clock`` is the
    clock of all that have none for themselves.
    """

    def __init__(
        self,
        release: Release,
        folder: Path,
        *,
        ports: Ports = "same",
        network: Network | None = None,
        clock: Clock | None = None,
        **options: Option,
    ) -> None:
        self.release = release
        self.folder = folder
        self.network = network
        self._clock = clock
        self._hosts: list[Host] = []
        self.servers: dict[str, Server] = {}
        self.sentinels: dict[str, Server] = {}
        self._options = {"save": '""', "repl_diskless_sync_delay": 0, **options}
        self._first_port = 6379 if network else free_ports()
        self._step = 0 if ports == "same" else 1
        # The path of a socket may be some hundred characters long at most: here the folder has a short name.
        self._short = tempfile.TemporaryDirectory(prefix="redislog-") if network else None
        if self._short is not None:
            Path(self._short.name, "servers").symlink_to(folder)

    def start(
        self,
        name: str,
        special: Special | None = None,
        /,
        *,
        replica_of: Server | None = None,
        **options: Option,
    ) -> Server:
        """Start one more server; ``options`` add to those of the deployment."""
        special = special or Special()
        special = special._replace(clock=special.clock or self._clock)
        host = special.host
        number = len(self.servers)
        settings = {**self._options, **options}
        if replica_of is not None:
            settings["replicaof"] = f"{replica_of.host} {replica_of.port}"
        if self.network is not None:
            self._hosts.append(host or self.network.add())
        server = Server(
            special.release or self.release,
            name,
            self._place(name, number, self._first_port + number * self._step),
            self.folder,
            {key.replace("_", "-"): value for key, value in settings.items()},
            special=special,
        )
        if host is not None and host.seen_as != host.address:
            server.known_as(host.seen_as)
        self.servers[name] = server
        return server.start()

    def _place(self, name: str, number: int, port: int) -> Place:
        if self._short is None:
            return Place(f"127.0.0.{number + 2}", port)
        host = self._hosts[number]
        return Place(host.address, port, host, Path(self._short.name, "servers", name, SOCKET))

    def host_of(self, server: Server) -> Host:
        """The host that a server runs on."""
        return self._hosts[list(self.servers).index(server.name)]

    def start_sentinel(
        self, primary: Server, quorum: int = 2, *, patience: int = 1000, host: str | None = None
    ) -> Server:
        """Start one more Sentinel, that watches a primary, and misses it after so many milliseconds."""
        return self.add_sentinel(primary, quorum, patience=patience, host=host).start()

    def add_sentinel(
        self,
        primary: Server,
        quorum: int = 2,
        *,
        patience: int = 1000,
        host: str | None = None,
    ) -> Server:
        """One more Sentinel, that does not run yet; ``host`` is the primary's, as it is told."""
        number = len(self.sentinels)
        name = f"sentinel-{number}"
        group = "main"
        settings: dict[str, Option] = {
            "sentinel monitor": f"{group} {host or primary.host} {primary.port} {quorum}",
            "sentinel down-after-milliseconds": f"{group} {patience}",
            "sentinel failover-timeout": f"{group} 10000",
        }
        place = self._place(name, number, self._first_port + BLOCK - 1)
        special = Special(clock=self._clock)
        sentinel = Server(self.release, name, place, self.folder, settings, "--sentinel", special=special)
        self.sentinels[name] = sentinel
        return sentinel

    @property
    def running(self) -> list[Server]:
        """The servers that can be asked."""
        return [server for server in self.servers.values() if server.answers]

    def ahead(self, server: Server) -> float | None:
        """Seconds that a server's clock is ahead of the others'; None where it was set while it ran."""
        return 0.0 if server.clock in (None, self._clock) else server.clock.steady

    def name_at(self, host: str, port: int) -> str:
        """The server that listens at an address, or the address itself."""
        found = (server.name for server in self.servers.values() if server.is_at(host, port))
        return next(found, f"{host}:{port}")

    def settle(self) -> None:
        """Wait until every replica is in sync, and its primary knows."""
        wait_for(lambda: all(map(self._is_settled, self.running)), "all servers are settled", seconds=60)

    def _is_settled(self, server: Server) -> bool:
        """A replica has its link; a primary has every replica online and acknowledged, and no snapshot under way."""
        replication = server.info("replication")
        if replication.get("master_link_status", "up") != "up":
            return False
        upstreams = [other.info("replication") for other in self.running]
        expected = sum(server.is_at(up.get("master_host", ""), up.get("master_port", 0)) for up in upstreams)
        online = [fields["state"] for key, fields in replication.items() if SERVED.fullmatch(key)]
        if online != ["online"] * expected or server.info("persistence")["rdb_bgsave_in_progress"]:
            return False
        if replication["role"] == "master" and expected:
            _write(server)
            return bool(server.call("WAIT", expected, 1000) == expected)
        return True

    def captures(self) -> dict[str, bytes]:
        """What each server printed, by name: all that redislog is told."""
        return {name: server.capture for name, server in (self.servers | self.sentinels).items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in (self.servers | self.sentinels).values():
            server.close()
        if self._short is not None:
            self._short.cleanup()


def _write(server: Server) -> None:
    """Write a key; a node of a Cluster has some of them only."""
    for number in range(1000):
        with contextlib.suppress(redis.exceptions.MovedError):
            server.call("SET", f"settled:{number}", "yes")
            return
