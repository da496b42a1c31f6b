"""``redislog check``: whether captures are as a test expects them, one line an expectation."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from redislog.command.captures import read_for_tests
from redislog.command.codes import AS_EXPECTED, NOT_AS_EXPECTED, WrongUseError, no_redis
from redislog.command.options import a_count, a_mark, add_paths, add_way
from redislog.command.output import show
from redislog.topology.values import Status

if TYPE_CHECKING:
    from redislog.report.cases import Case
    from redislog.testing.expectations import Outcome
    from redislog.testing.reading import Read

_SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable that names the file of a step's summary (GitHub, "Workflow commands")."""


def add(parser: argparse.ArgumentParser) -> None:
    """Give its arguments."""
    add_paths(parser)
    expected = parser.add_argument_group("what is expected (without any: --status healthy)")
    expected.add_argument("--status", choices=get_args(Status), help="the status of the verdict")
    expected.add_argument("--primary", metavar="NAME", help="the only primary")
    expected.add_argument(
        "--replicas", metavar="N", type=a_count, help="so many replicas, of the primary that is named"
    )
    expected.add_argument("--full", metavar="N", type=a_count, help="so many full resyncs began")
    expected.add_argument("--partial", metavar="N", type=a_count, help="so many partial resyncs began")
    expected.add_argument("--failovers", metavar="N", type=a_count, help="so many failovers")
    what = "no such finding at all, or none open of this severity (critical, warning) or worse; may be given again"
    expected.add_argument("--no", metavar="FINDING", action="append", default=[], help=what)
    expected.add_argument(
        "--since", metavar="MARK", type=a_mark, help="count only what came after the mark in this file"
    )
    parser.add_argument("--junit", metavar="FILE", type=Path, help="write a report of JUnit's")
    parser.add_argument("--github", action="store_true", help="annotate, and add to the step's summary")
    add_way(parser)


def run(options: argparse.Namespace) -> int:
    """Print what is as expected, and what is not."""
    from redislog.report.cases import line_of

    began = time.monotonic()
    read = read_for_tests(options)
    cases = [_case(read, outcome) for outcome in _outcomes(options, read)]
    show(line_of(case) for case in cases)
    _report(options, cases, time.monotonic() - began)
    if not read.timeline.has_server_lines:
        return no_redis()
    return AS_EXPECTED if all(case.ok for case in cases) else NOT_AS_EXPECTED


def _outcomes(options: argparse.Namespace, read: Read) -> Iterator[Outcome]:
    """What was expected, in the order of the options."""
    from redislog.testing import expectations

    since = options.since
    counted = [options.replicas, options.full, options.partial, options.failovers]
    anything = options.primary or options.no or any(count is not None for count in counted)
    if options.status or not anything:
        yield expectations.status(read, options.status or "healthy")
    if options.primary:
        yield expectations.primary(read, options.primary)
    if options.replicas is not None:
        yield expectations.replica_count(read, options.replicas, of=options.primary)
    if options.full is not None:
        yield expectations.resyncs(read, "full", options.full, since=since)
    if options.partial is not None:
        yield expectations.resyncs(read, "partial", options.partial, since=since)
    if options.failovers is not None:
        yield expectations.failovers(read, options.failovers, since=since)
    for what in options.no:
        yield expectations.no_finding(read, what, since=since)


def _case(read: Read, outcome: Outcome) -> Case:
    """An outcome as reports show it; nothing is as expected where no server's line is there."""
    from redislog.report.cases import Case
    from redislog.testing.failing import failure

    if not read.timeline.has_server_lines:
        found = "no line of a Redis server in the input"
        return Case(False, outcome.expected, found, None, failure(outcome.expected, found, ()))
    line = str(outcome.evidence[0]) if outcome.evidence else None
    text = failure(
        outcome.expected,
        outcome.found,
        outcome.evidence,
        read.watcher,
        verdict=read.verdict,
        nodes=outcome.nodes,
    )
    return Case(outcome.ok, outcome.expected, outcome.found, line, "" if outcome.ok else text)


def _report(options: argparse.Namespace, cases: list[Case], seconds: float) -> None:
    """Write the reports that were asked for.

    Raises
    ------
    WrongUseError
        if one cannot be written.
    """
    from redislog.report.cases import github_annotations, github_summary, junit

    if options.github:
        show(github_annotations(cases))
    try:
        if options.junit is not None:
            options.junit.write_text(junit(cases, datetime.now(UTC), seconds), encoding="utf-8")
        if options.github and (path := os.environ.get(_SUMMARY)):
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(github_summary(cases))
        elif options.github:
            print(f"redislog: {_SUMMARY} is not set: no summary is written", file=sys.stderr)
    except OSError as error:
        raise WrongUseError(f"{error.filename}: {error.strerror}") from error
