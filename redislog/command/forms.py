"""``redislog forms``: which forms of capture are known, and what each loses."""

from __future__ import annotations

import argparse

from redislog.capture import known_forms
from redislog.command.codes import HEALTHY
from redislog.command.output import show


def add(_: argparse.ArgumentParser) -> None:
    """It has no arguments."""


def run(_: argparse.Namespace) -> int:
    """Print the forms."""
    show(f"{name}\n    {layout}\n    loses: {loses}" for name, layout, loses in known_forms())
    return HEALTHY
