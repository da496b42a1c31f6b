"""``redislog events``: every line as a typed event."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from fnmatch import fnmatchcase
from pathlib import Path

from redislog.command.captures import found_in, way_of
from redislog.command.codes import HEALTHY, no_redis
from redislog.command.options import add_options
from redislog.command.output import json_lines, show
from redislog.command.times import is_shown, time_of
from redislog.events.base import Event
from redislog.events.index import known_keys
from redislog.gathering import read_events
from redislog.naming import matching
from redislog.report.progress import terminal_watch


def add(parser: argparse.ArgumentParser) -> None:
    """Give its arguments."""
    add_options(parser, events=True)
    parser.add_argument(
        "--unread",
        action="store_true",
        help="only lines that were not read, each with the nearest known message",
    )
    parser.add_argument("--key", metavar="GLOB", default="*", help="only events of these keys")


def _is_piped(paths: Sequence[str]) -> bool:
    """Whether what is read may still be written: a pipe, not a file."""
    return any(path == "-" or Path(path).is_fifo() for path in paths)


def is_unread(event: Event) -> bool:
    """Whether a line has a text, and none that is known."""
    return event.key in ("unrecognized", "foreign") and bool(event.message.strip())


def run(options: argparse.Namespace) -> int:
    """Print every line's event."""
    from redislog.report.text import event_details

    if options.key != "*":
        matching(options.key, known_keys(), "key")
    seen = False
    watch = terminal_watch(alone=False)

    def shown() -> Iterator[Event]:
        nonlocal seen
        since = time_of(options.since, "--since", None)
        for _, event in read_events(found_in(options.paths).captures, way_of(options), watch):
            seen |= event.pid is not None
            if options.unread and not is_unread(event):
                continue
            if fnmatchcase(event.key, options.key) and is_shown(event.at, since):
                yield event

    with closing(watch):
        if options.format == "json":
            lines = json_lines(shown())
        elif options.unread:
            from redislog.report.nearest import unread_lines

            lines = (line for event in shown() for line in unread_lines(event))
        else:
            lines = map(event_details, shown())
        show(lines, at_once=_is_piped(options.paths))
    for remark in watch.remarks:
        print(f"redislog: {remark}", file=sys.stderr)
    return HEALTHY if seen else no_redis()
