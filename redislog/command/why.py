"""``redislog why``: all that was said of a server, who was believed, and by which row of the table."""

from __future__ import annotations

import argparse
from typing import get_args

from redislog.command.captures import read
from redislog.command.codes import HEALTHY, WrongUseError, no_redis
from redislog.command.options import add_options
from redislog.command.output import show, show_json
from redislog.command.times import instant_of
from redislog.court.claim import What

_THINGS = get_args(What)


def add(parser: argparse.ArgumentParser) -> None:
    """Give its arguments."""
    parser.add_argument("server", metavar="NODE", help="a server, by its name or address in the verdict")
    parser.add_argument("what", metavar="WHAT", nargs="?", help=f"one of {', '.join(_THINGS)}; without: all")
    add_options(parser)
    parser.add_argument("--at", metavar="TIME", help="at this instant instead of the end")


def run(options: argparse.Namespace) -> int:
    """Print what decided."""
    if options.what is not None and options.what not in _THINGS:
        options.paths, options.what = [options.what, *options.paths], None  # WHAT may be left out.
    timeline = read(options)
    if not timeline.has_server_lines:
        return no_redis()
    at = instant_of(options.at, "--at", timeline)
    verdict = timeline.verdict if at is None else timeline.at(at)
    try:
        found = verdict.why(options.server, options.what)
    except ValueError as error:
        raise WrongUseError(str(error)) from error
    if options.format == "json":
        show_json(decisions=found)
    else:
        from redislog.report.why import why_report

        show(why_report(found))
    return HEALTHY
