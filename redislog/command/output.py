"""What the command prints, and where."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from redislog.events.base import Event


def show(lines: Iterable[str], *, at_once: bool = False) -> None:
    """Print lines; ``at_once`` each as soon as it is there."""
    for line in lines:
        sys.stdout.write(line + "\n")
        if at_once:
            sys.stdout.flush()
    sys.stdout.flush()


def show_json(**values: Any) -> None:
    """Print public values as one JSON object with its schema number."""
    from redislog.report.jsonio import SCHEMA, converter

    write = converter().unstructure
    show([json.dumps({"schema": SCHEMA, **{name: write(value) for name, value in values.items()}}, indent=2)])


def json_lines(events: Iterable[Event]) -> Iterator[str]:
    """Each event as one JSON object."""
    from redislog.report.jsonio import unstructure

    return (json.dumps(unstructure(event)) for event in events)
