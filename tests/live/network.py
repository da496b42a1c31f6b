"""Hosts of their own: network namespaces on a switch, that can be parted, moved, or hidden behind a gateway.

A namespace here has no name: it lives as long as the process that holds it, which ends with the tests. So
nothing is left behind, however they end, and runs beside each other share nothing.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import ExitStack
from functools import cache
from ipaddress import IPv4Network
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

_TOOLS = {"unshare": "util-linux", "nsenter": "util-linux", "setpriv": "util-linux", "ip": "iproute2"}


@cache
def network_missing() -> str:
    """Why there can be no hosts; empty if there can."""
    for tool, package in _TOOLS.items():
        if shutil.which(tool) is None:
            return f"{tool} is not installed: it comes with the Debian package {package}"
    refused = subprocess.run(["unshare", "--net", "true"], capture_output=True, text=True, timeout=20)
    return f"network namespaces are not permitted: {refused.stderr.strip()}" if refused.returncode else ""


@cache
def translation_missing() -> str:
    """Why no gateway can translate addresses; empty if one can."""
    return "" if shutil.which("nft") else "nft is not installed: it comes with the Debian package nftables"


_PUBLIC = IPv4Network("8.8.4.0/24")
"""Addresses that are nobody's here: the hosts are joined with nothing outside."""


class Namespace:
    """A network of its own, at first with nothing in it."""

    def __init__(self) -> None:
        holder = ["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "sleep", "infinity"]
        self._holder = subprocess.Popen(holder, stdin=subprocess.DEVNULL)
        self.pid = self._holder.pid
        self.enter: tuple[str, ...] = ("nsenter", f"--net=/proc/{self.pid}/ns/net")
        self._wait_until_apart()
        self.run("ip", "link", "set", "lo", "up")

    def _wait_until_apart(self) -> None:
        deadline = time.monotonic() + 20
        mine = Path("/proc/self/ns/net").readlink()
        while Path(f"/proc/{self.pid}/ns/net").readlink() == mine:
            if self._holder.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("no network namespace was made")
            time.sleep(0.005)

    def run(self, *command: str) -> None:
        """Run a command inside."""
        ran = subprocess.run([*self.enter, *command], capture_output=True, text=True, timeout=20)
        if ran.returncode:
            raise RuntimeError(f"{' '.join(command)}: {ran.stderr.strip()}")

    def add_switch(self, name: str) -> None:
        """Put a switch inside, without ports."""
        self.run("ip", "link", "add", name, "type", "bridge")
        self.run("ip", "link", "set", name, "up")

    def close(self) -> None:
        """Let it go, with all that is in it."""
        self._holder.kill()
        self._holder.wait(20)


_N = TypeVar("_N", bound=Namespace)


class Host(Namespace):
    """A namespace with a port on a switch, and an address."""

    def __init__(self, at: Namespace, switch: str, subnet: IPv4Network, number: int) -> None:
        super().__init__()
        self._at = at
        self._subnet = subnet
        self._port = f"port-{number}"
        self.address = ""
        peer = ("type", "veth", "peer", "name", "eth0", "netns", str(self.pid))
        at.run("ip", "link", "add", self._port, *peer)
        self.plug(switch)
        at.run("ip", "link", "set", self._port, "up")
        self.run("ip", "link", "set", "eth0", "up")
        self.move(number)

    @property
    def seen_as(self) -> str:
        """The address that others see its connections come from."""
        return self._at.address if isinstance(self._at, Gateway) else self.address

    def plug(self, switch: str) -> None:
        """Put the other end of its cable into a switch."""
        self._at.run("ip", "link", "set", self._port, "master", switch)

    def move(self, number: int) -> None:
        """Have another address, the one that its subnet has at a number."""
        self.address = str(self._subnet[number])
        self.run("ip", "address", "flush", "dev", "eth0")
        self.run("ip", "address", "add", f"{self.address}/{self._subnet.prefixlen}", "dev", "eth0")
        if isinstance(self._at, Gateway):
            self.run("ip", "route", "add", "default", "via", str(self._subnet[1]))

    def take(self, address: str) -> None:
        """Have one more address of the subnet, as a Service's endpoint does."""
        self.run("ip", "address", "add", f"{address}/{self._subnet.prefixlen}", "dev", "eth0")

    def leave(self, address: str) -> None:
        """Have an address no more."""
        self.run("ip", "address", "delete", f"{address}/{self._subnet.prefixlen}", "dev", "eth0")

    def forget_neighbours(self) -> None:
        """Ask anew which host has an address."""
        self.run("ip", "neighbour", "flush", "dev", "eth0")

    def give_up_soon(self) -> None:
        """Try a connection for some three seconds, not for two minutes."""
        self.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/tcp_syn_retries")

    def route(self, kind: str, other: Host) -> None:
        """Have a route of a kind to another host: ``blackhole`` loses what is sent, ``unreachable`` refuses it."""
        self.run("ip", "route", "add", kind, f"{other.address}/32")

    def route_back(self, other: Host) -> None:
        """Send to another host as before."""
        self.run("ip", "route", "delete", f"{other.address}/32")


class Gateway(Host):
    """A host with a switch of its own behind it; what comes from there leaves under the gateway's address."""

    def __init__(self, at: Namespace, switch: str, subnet: IPv4Network, number: int) -> None:
        super().__init__(at, switch, subnet, number)
        self.add_switch("inner")
        self.run("ip", "address", "add", "10.0.1.1/24", "dev", "inner")
        self.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")
        self.run("nft", "add table ip translation")
        self.run("nft", "add chain ip translation out { type nat hook postrouting priority 100; }")
        self.run("nft", "add rule ip translation out oifname eth0 masquerade")


class Network:
    """Hosts on one switch. A second switch, joined with nothing, takes those that are cut off."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._cut_off: list[Host] = []
        self._count = 1

    def __enter__(self) -> Self:
        self._middle = self._kept(Namespace())
        for switch in ("joined", "apart"):
            self._middle.add_switch(switch)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def add(self, *, behind: Gateway | None = None) -> Host:
        """One more host, on the switch or behind a gateway."""
        if behind is not None:
            return self._kept(Host(behind, "inner", IPv4Network("10.0.1.0/24"), self.number()))
        return self._kept(Host(self._middle, "joined", IPv4Network("10.0.0.0/24"), self.number()))

    def add_stranger(self) -> Host:
        """One more host, on the same switch, with an address of the public internet."""
        return self._kept(Host(self._middle, "joined", _PUBLIC, self.number()))

    @staticmethod
    def introduce(one: Host, other: Host) -> None:
        """Let two hosts reach each other directly, whatever their addresses."""
        for here, there in ((one, other), (other, one)):
            here.run("ip", "route", "replace", f"{there.address}/32", "dev", "eth0")

    def add_gateway(self) -> Gateway:
        """One more host, that others can be behind."""
        return self._kept(Gateway(self._middle, "joined", IPv4Network("10.0.0.0/24"), self.number()))

    @staticmethod
    def service() -> str:
        """An address of the hosts' subnet that no host has for itself."""
        return "10.0.0.200"

    def number(self) -> int:
        """A number that no host has had."""
        self._count += 1
        return self._count

    def cut_off(self, *hosts: Host) -> None:
        """Part some hosts from the others; among themselves they stay joined."""
        for host in hosts:
            host.plug("apart")
        self._cut_off += hosts

    def heal(self) -> None:
        """Join all hosts again."""
        while self._cut_off:
            self._cut_off.pop().plug("joined")

    def _kept(self, namespace: _N) -> _N:
        self._stack.callback(namespace.close)
        return namespace
