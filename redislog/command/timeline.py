"""``redislog timeline``: what happened, in true order."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing

from redislog.command.captures import found_in, read, way_of
from redislog.command.codes import HEALTHY, no_redis
from redislog.command.options import add_options
from redislog.command.output import json_lines, show
from redislog.command.terminal import Terminal, add_terminal_options, terminal_of
from redislog.command.times import instant_of, is_shown, time_of
from redislog.gathering import read_events
from redislog.naming import one_of
from redislog.replaying import Timeline
from redislog.report.progress import terminal_watch
from redislog.report.story import Entry, changes, line_of, story_page
from redislog.timeline.joining import Told


def add(parser: argparse.ArgumentParser) -> None:
    """Give its arguments."""
    add_options(parser)
    add_terminal_options(parser)
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="every line for itself, also what changes no state"
    )
    what = "only the lines of this server or watcher; may be given again"
    parser.add_argument("--only", metavar="NODE", action="append", default=[], help=what)


def run(options: argparse.Namespace) -> int:
    """Print what happened; of what is piped in alone, as it comes."""
    terminal = terminal_of(options)
    if options.paths == ["-"] and not options.only:
        return _as_it_comes(options, terminal)
    timeline = read(options)
    if not timeline.has_server_lines:
        return no_redis()
    since = instant_of(options.since, "--since", timeline)
    story = [told for told in _only(timeline, options.only) if is_shown(told.at, since)]
    if terminal is None:
        show(json_lines(told.event for told in story))
    else:
        terminal.show(list(story_page(story, timeline.clocks, verbose=options.verbose)))
    return HEALTHY


def _only(timeline: Timeline, names: Sequence[str]) -> Iterator[Told]:
    """The story, or what some servers and watchers tell of it."""
    story = timeline.joined.story
    known = dict.fromkeys([*timeline.nodes, *timeline.observers, *(told.node for told in story)])
    wanted = {one_of(name, known, "node") for name in names}
    return (told for told in story if not wanted or told.node in wanted)


def _as_it_comes(options: argparse.Namespace, terminal: Terminal | None) -> int:
    """What changes a state, line by line; the clocks of several servers are not known before the end."""
    since = time_of(options.since, "--since", None)
    seen = False
    with closing(terminal_watch(alone=False)) as watch:
        for name, event in read_events(found_in(options.paths).captures, way_of(options), watch):
            seen |= event.pid is not None
            if event.pid is None and event.CATEGORY != "sidecar":
                continue
            at = event.at or event.collected
            if not (options.verbose or changes(event)) or not is_shown(at, since):
                continue
            if terminal is None:
                show(json_lines([event]))
            else:
                terminal.stream([line_of(Entry(Told(event, event.source or name, at)))])
    for remark in watch.remarks:
        print(f"redislog: {remark}", file=sys.stderr)
    return HEALTHY if seen else no_redis()
