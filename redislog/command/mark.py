"""``redislog mark``: how far captures have come, for ``--since`` of ``check`` and ``wait``."""

from __future__ import annotations

import argparse
import json

from redislog.command.captures import read_for_tests
from redislog.command.codes import HEALTHY
from redislog.command.options import add_paths, add_way
from redislog.command.output import show


def add(parser: argparse.ArgumentParser) -> None:
    """Give its arguments."""
    add_paths(parser)
    add_way(parser)


def run(options: argparse.Namespace) -> int:
    """Print the mark; logs in which nothing was printed yet have one, too."""
    show([json.dumps(read_for_tests(options).mark().to_json())])
    return HEALTHY
