"""``redislog verdict``: who is the primary, is every replica in sync."""

from __future__ import annotations

import argparse

import attrs

from redislog.command.captures import read
from redislog.command.codes import no_redis
from redislog.command.options import add_options
from redislog.command.output import show_json
from redislog.command.terminal import add_terminal_options, terminal_of
from redislog.command.times import instant_of, is_shown
from redislog.report.overview import Overview
from redislog.report.screen import verdict_page
from redislog.report.worst import FAIL_ON, exit_of, worst_of


def add(parser: argparse.ArgumentParser) -> None:
    """Give its arguments."""
    add_options(parser)
    add_terminal_options(parser)
    parser.add_argument("--at", metavar="TIME", help="judge this instant instead of the end")
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="show the deciding lines, and all resyncs"
    )
    what = "the least bad open finding that makes the exit code 1 (critical); never: it is 0"
    parser.add_argument("--fail-on", choices=FAIL_ON, default="critical", help=what)


def run(options: argparse.Namespace) -> int:
    """Print the verdict."""
    terminal = terminal_of(options)
    timeline = read(options)
    if not timeline.has_server_lines:
        return no_redis()
    at = instant_of(options.at, "--at", timeline)
    verdict = timeline.verdict if at is None else timeline.at(at)
    since = instant_of(options.since, "--since", timeline)
    end = exit_of(verdict, options.fail_on)
    overview = Overview(
        verdict=verdict,
        resyncs=tuple(each for each in timeline.resyncs if is_shown(each.started, since, at)),
        failovers=tuple(each for each in timeline.failovers if is_shown(each.promoted, since, at)),
        slot_migrations=tuple(each for each in timeline.slot_migrations if is_shown(each.started, since, at)),
        roles=timeline.roles,
        routes=tuple(each for each in timeline.routes if is_shown(each.end, since)),
        clocks=timeline.clocks,
    )
    if terminal is None:
        shown = attrs.asdict(overview, recurse=False)
        show_json(worst=worst_of(verdict), exit=end, **shown)
    else:
        terminal.show(verdict_page(overview, terminal.fits, verbose=options.verbose))
    return end.code
