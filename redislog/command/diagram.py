"""``redislog diagram``: railroad diagrams of the grammar, as an HTML page."""

from __future__ import annotations

import argparse
import importlib.util
from pathlib import Path

from redislog.command.codes import HEALTHY, WrongUseError
from redislog.command.output import show


def add(parser: argparse.ArgumentParser) -> None:
    """Give its arguments."""
    parser.add_argument("path", metavar="OUT.html", type=Path)
    parser.add_argument("--key", metavar="GLOB", default="replica.full-sync*", help="wordings of these keys")


def run(options: argparse.Namespace) -> int:
    """Draw the diagrams."""
    if importlib.util.find_spec("railroad") is None:
        raise WrongUseError("diagrams need the extra: pip install 'redislog[diagrams]'")
    from redislog.report.diagram import draw

    try:
        count = draw(options.path, options.key)
    except OSError as error:
        raise WrongUseError(f"{options.path}: {error.strerror}") from error
    if not count:
        raise WrongUseError(f"--key: no message matches {options.key!r}")
    show([f"{count} wordings drawn in {options.path}"])
    return HEALTHY
