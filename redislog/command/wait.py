"""``redislog wait``: wait until a log that grows shows something."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from redislog.command.captures import way_of
from redislog.command.codes import AS_EXPECTED, ENDED_BEFORE, NOT_AS_EXPECTED, WrongUseError
from redislog.command.options import a_count, a_mark, add_way
from redislog.command.output import show
from redislog.shortly import printable
from redislog.sources import source_name
from redislog.sources.following import Following
from redislog.topology.values import Status

if TYPE_CHECKING:
    from redislog.testing.watcher import Watcher
    from redislog.topology.values import NodeState

_SETTLES = 0.02
"""Seconds without anything new after which what came is looked at as a whole: writers are not cut in the middle."""
_BURST = 2.0
"""Seconds after which it is looked at all the same, unless a file holds more."""
_PAUSE = 3.0
"""How many times as long as it took to judge it is not judged anew: of a log that never rests most is read."""


def add(parser: argparse.ArgumentParser) -> None:
    """Give its arguments."""
    parser.add_argument(
        "files", metavar="FILE", nargs="*", help="file that grows, NAME=FILE, or - (the default)"
    )
    wanted = parser.add_mutually_exclusive_group()
    wanted.add_argument(
        "--until",
        dest="status",
        metavar="STATUS",
        choices=get_args(Status),
        help="the verdict has this status (healthy)",
    )
    wanted.add_argument("--event", metavar="GLOB", help="events of these keys were seen")
    wanted.add_argument("--synced", metavar="REPLICA", help="this replica, by name or address, is in sync")
    parser.add_argument(
        "--times",
        metavar="N",
        type=a_count,
        default=1,
        help="so many events, or so many syncs that succeeded",
    )
    parser.add_argument(
        "--timeout", metavar="SECONDS", type=_seconds, default=60.0, help="wait no longer (60)"
    )
    parser.add_argument(
        "--since", metavar="MARK", type=a_mark, help="count only what came after the mark in this file"
    )
    add_way(parser)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < 1e9:
        raise argparse.ArgumentTypeError(f"expected seconds, got {text!r}")
    return seconds


class _Goal:
    """What is waited for: in words, and what shows that it is so now.

    ``settles`` is whether all that comes at once must be known before that is asked: a line in the middle of an old log
    tells of what was, and one before a mark does not count.
    """

    def __init__(self, words: str, met: Callable[[], str | None], *, settles: bool) -> None:
        self.words = words
        self.met = met
        self.settles = settles


def run(options: argparse.Namespace) -> int:
    """Wait, and print the reason why it is over."""
    watcher = _watcher(options)
    goal = _goal(options, watcher)
    following = Following()
    with closing(following):
        for argument in options.files or ["-"]:
            _follow(following, argument)
        return _wait(watcher, goal, following, options.timeout)


def _watcher(options: argparse.Namespace) -> Watcher:
    from redislog.replaying import Timeline
    from redislog.testing.watcher import Watcher

    if options.year == "file":
        raise WrongUseError("--year file: a log that grows has no last change; give the year")
    way = way_of(options)
    watcher = Watcher(tz=way.tz, year=options.year, form=way.form)
    watcher.timeline = Timeline(hints=options.node)
    return watcher


def _follow(following: Following, argument: str) -> None:
    name, equals, path = argument.partition("=")
    if not equals or Path(argument).exists():
        name, path = ("stdin" if argument == "-" else source_name(Path(argument))), argument
    if path == "-":
        following.pipe(name, sys.stdin.fileno())
    else:
        following.path(name, Path(path))


def _goal(options: argparse.Namespace, watcher: Watcher) -> _Goal:
    if options.event is not None:
        seen = watcher.counting(options.event, since=options.since, times=options.times)
        words = f"{options.event!r} {options.times} times"
        return _Goal(
            words,
            lambda: _last_of(watcher, options.event) if seen() else None,
            settles=options.since is not None,
        )
    if options.synced is not None:
        words = f"{options.synced} in sync" + (f" {options.times} times" if options.times > 1 else "")
        return _Goal(words, lambda: _synced(watcher, options), settles=True)
    wanted = options.status or "healthy"
    return _Goal(wanted, lambda: _judged(watcher, wanted), settles=True)


def _last_of(watcher: Watcher, glob: str) -> str:
    from redislog.evidence import evidence_of
    from redislog.testing.matchers import matches

    means = matches(glob)
    found = [event for event in watcher.events() if means(event)]
    return "; ".join(map(str, evidence_of(*found[-1:])))


def _judged(watcher: Watcher, wanted: str) -> str | None:
    from redislog.report.text import summary

    verdict = watcher.verdict
    known = watcher.timeline.has_server_lines
    return summary(verdict).splitlines()[0] if known and verdict.status == wanted else None


def _synced(watcher: Watcher, options: argparse.Namespace) -> str | None:
    """What shows that a replica is in sync; that it was synced anew, where more than one sync, or a mark, is meant."""
    state = _state(watcher.verdict.nodes.values(), options.synced)
    if state is None or not state.in_sync:
        return None
    again = options.times > 1 or options.since is not None
    if again and watcher.syncs(state.name, since=options.since) < options.times:
        return None
    return "; ".join(map(str, state.because.get("in_sync", ())[:1]))


def _state(states: Iterable[NodeState], name: str) -> NodeState | None:
    return next((each for each in states if name in (each.name, *each.addresses)), None)


def _wait(watcher: Watcher, goal: _Goal, following: Following, timeout: float) -> int:
    end = time.monotonic() + timeout
    looks_at = 0.0
    is_new = False
    while True:
        is_new |= _read(watcher, following, min(end, looks_at) if is_new else end, goal)
        now = time.monotonic()
        if following.ended:
            watcher.close()
        over = following.ended or now >= end
        if over or (is_new and now >= looks_at):
            is_new = False
            reason = goal.met()
            looks_at = time.monotonic() + _PAUSE * (time.monotonic() - now)
            if reason is not None:
                return _over(AS_EXPECTED, f"ok: {goal.words}: {reason}")
        if over:
            when = "when the input ended" if following.ended else f"after {timeout:g} s"
            code = ENDED_BEFORE if following.ended else NOT_AS_EXPECTED
            return _over(code, _failure(watcher, goal, following, f"not so {when}"))


def _read(watcher: Watcher, following: Following, until: float, goal: _Goal) -> bool:
    """Take in what comes until a time; of what is not looked at line by line, all that comes at once."""
    found = following.read(until - time.monotonic())
    burst = time.monotonic() + _BURST
    came = bool(found)
    while found:
        for name, chunk in found:
            watcher.feed(chunk, name=name)
        goes_on = goal.settles and (following.behind or time.monotonic() < burst)
        found = following.read(_SETTLES) if goes_on else []
    return came


def _failure(watcher: Watcher, goal: _Goal, following: Following, found: str) -> str:
    from redislog.testing.failing import failure

    missing = "".join(f"; {path} is not there" for path in following.missing)
    return failure(goal.words, f"{found}{missing}", (), watcher)


def _over(code: int, reason: str) -> int:
    show(printable(line) for line in reason.splitlines())
    return code
