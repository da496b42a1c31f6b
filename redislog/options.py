"""The options that the commands have in common, and what their values mean."""

from __future__ import annotations

import argparse

from redislog.capture import form_names
from redislog.gathering import Year
from redislog.hints import Hint


def add_options(command: argparse.ArgumentParser, *, events: bool = False) -> None:
    """Add them to a command; ``events`` is whether it prints events as they are read."""
    command.add_argument("paths", metavar="PATH", nargs="+", help="file, folder, NAME=PATH, or -")
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.add_argument("--since", metavar="TIME", help="show nothing older (all is read)")
    command.add_argument("--until", metavar="TIME", help="read only lines up to then")
    command.add_argument(
        "--tz", metavar="ZONE", type=_zone, help="time zone of stamps that name none: Europe/Berlin"
    )
    year = "year of the first stamp if it has none (Redis 2.6 to 4.0), or 'file': of the file's last change"
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
    if not events:
        command.add_argument(
            "--jobs", metavar="N", type=_jobs, help="processes that read, at most (else as many as pay)"
        )


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
