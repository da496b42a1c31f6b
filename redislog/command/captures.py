"""From the arguments to a timeline: which captures are meant, and how they are to be read."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from redislog.command.times import time_of
from redislog.gathering import Way
from redislog.replaying import Timeline, read_into
from redislog.report.progress import terminal_watch
from redislog.sources import Capture, Found, named_file, open_paths, standard_input

if TYPE_CHECKING:
    from redislog.testing.reading import Read


def read(options: argparse.Namespace) -> Timeline:
    """The timeline of the captures that are named."""
    found = found_in(options.paths)
    timeline = Timeline(hints=(*options.node, *found.hints), endings=found.endings)
    if getattr(options, "verbose", False):
        for path in found.passed_over:
            print(f"redislog: passed over {path}: no log", file=sys.stderr)
    with closing(terminal_watch()) as watch:
        read_into(timeline, found.captures, way_of(options), jobs=options.jobs, watch=watch)
    return timeline


def read_for_tests(options: argparse.Namespace) -> Read:
    """The captures that are named, with all their events."""
    from redislog.testing.reading import read_found

    with closing(terminal_watch()) as watch:
        return read_found(found_in(options.paths), way_of(options), options.node, watch)


def way_of(options: argparse.Namespace) -> Way:
    """How they are to be read."""
    until = time_of(getattr(options, "until", None), "--until", None)
    return Way(tz=options.tz, year=options.year, until=until, form=options.form)


def found_in(arguments: Sequence[str]) -> Found:
    """The captures that paths, ``NAME=PATH`` and ``-`` stand for."""
    captures: list[Capture] = []
    paths: list[Path] = []
    for argument in arguments:
        name, equals, path = argument.partition("=")
        if argument == "-":
            captures.append(standard_input())
        elif equals and not Path(argument).exists():
            captures.append(named_file(name, Path(path)))
        else:
            paths.append(Path(argument))
    return open_paths(paths, captures)
