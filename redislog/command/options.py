"""The options that the commands have in common, and what their values mean."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from redislog.capture import form_names
from redislog.gathering import Year
from redislog.hints import Hint

if TYPE_CHECKING:
    from redislog.testing.marks import Mark


def add_options(command: argparse.ArgumentParser, *, events: bool = False) -> None:
    """Add them to a command; ``events`` is whether it prints events as they are read."""
    add_paths(command)
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.add_argument("--since", metavar="TIME", help="show nothing older (all is read)")
    command.add_argument("--until", metavar="TIME", help="read only lines up to then")
    add_way(command)
    if not events:
        command.add_argument(
            "--jobs", metavar="N", type=_jobs, help="processes that read, at most (else as many as pay)"
        )


def add_paths(command: argparse.ArgumentParser) -> None:
    """Add what is read."""
    command.add_argument("paths", metavar="PATH", nargs="+", help="file, folder, NAME=PATH, or -")


def add_way(command: argparse.ArgumentParser) -> None:
    """Add how it is read."""
    command.add_argument(
        "--tz", metavar="ZONE", type=_zone, help="time zone of stamps that name none: Europe/Berlin"
    )
    year = (
        "year of the first stamp if it has none (Redis 2.6 to 4.0), or 'file': of the file's last change; "
        "without, it is that of a date in the file's name or text, where one is near"
    )
    command.add_argument(
        "--node",
        metavar="NAME=ADDRESS",
        type=_node,
        action="append",
        default=[],
        help="the address of a server: server-0=10.0.202.28:6379; may be given again",
    )
    command.add_argument(
        "--form", metavar="NAME", choices=form_names(), help="the only form to expect (redislog forms)"
    )
    command.add_argument("--year", metavar="YEAR", type=_year, help=year)


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1 on, got {text!r}")
    return int(text)


def _zone(name: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise argparse.ArgumentTypeError(
            f"unknown time zone {name!r}: expected a name like Europe/Berlin"
        ) from error
    return name


def _node(text: str) -> Hint:
    name, _, address = text.partition("=")
    try:
        if name and address:
            return Hint.given(name, address)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"expected NAME=HOST:PORT, got {text!r}")


def _year(text: str) -> Year:
    if text == "file":
        return "file"
    if not text.isdecimal() or not 1 <= int(text) <= 9999:
        raise argparse.ArgumentTypeError(f"expected a year or 'file', got {text!r}")
    return int(text)


def a_count(text: str) -> int:
    """How many of something a user expects."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"expected a number from 0 on, got {text!r}")
    return int(text)


def a_mark(path: str) -> Mark:
    """The mark in a file that ``redislog mark`` wrote."""
    from redislog.testing.marks import Mark

    try:
        with Path(path).open("rb") as file:
            return Mark.from_json(json.load(file))
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{path}: not what 'redislog mark' writes: {error}") from error
