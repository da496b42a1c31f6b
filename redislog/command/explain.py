"""``redislog explain``: what a line means."""

from __future__ import annotations

import argparse
import sys

from redislog.capture import decode
from redislog.command.codes import HEALTHY
from redislog.command.output import show


def add(parser: argparse.ArgumentParser) -> None:
    """Give its arguments."""
    parser.add_argument("lines", metavar="LINE", nargs="*", help="a line, quoted; without: standard input")


def run(options: argparse.Namespace) -> int:
    """Print what each line means."""
    from redislog.report.explain import explain_line, explain_lines

    lines = options.lines or [decode(line) for line in sys.stdin.buffer]
    show(explain_lines(lines) if len(lines) > 1 else map(explain_line, filter(str.strip, lines)))
    return HEALTHY
