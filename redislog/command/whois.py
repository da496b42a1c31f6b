"""``redislog whois``: what a name, address or ID belongs to, since when and why."""

from __future__ import annotations

import argparse

from redislog.command.captures import read
from redislog.command.codes import HEALTHY, WrongUseError, no_redis
from redislog.command.options import add_options
from redislog.command.output import show_json
from redislog.command.terminal import add_terminal_options, terminal_of
from redislog.naming import nearest
from redislog.report.names import whois_page
from redislog.topology.whois import AmbiguousError


def add(parser: argparse.ArgumentParser) -> None:
    """Give its arguments."""
    what = "name, address, replication, node or Sentinel ID, or a part"
    parser.add_argument("thing", metavar="THING", help=what)
    add_options(parser)
    add_terminal_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print what it belongs to."""
    terminal = terminal_of(options)
    timeline = read(options)
    if not timeline.has_server_lines:
        return no_redis()
    try:
        found = timeline.whois(options.thing)
    except AmbiguousError as error:
        raise WrongUseError(str(error)) from error
    if not found:
        names = {alias.value for subject in timeline.subjects for alias in subject.aliases}
        near = nearest(options.thing, names)
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        raise WrongUseError(f"nothing in the captures is known by {options.thing!r}{meant}")
    if terminal is None:
        show_json(subjects=found)
    else:
        terminal.show(list(whois_page(found)))
    return HEALTHY
