"""``redislog messages``: which messages are known."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from redislog.command.codes import HEALTHY
from redislog.command.output import show


def add(parser: argparse.ArgumentParser) -> None:
    """Give its arguments."""
    parser.add_argument("--key", metavar="GLOB", default="*", help="only these keys: 'replica.*'")
    parser.add_argument("--version", metavar="V", help="only what this version prints: 'redis 7.0'")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="json: one object a line")


def _read_in(version: str | None) -> Iterator[str]:
    """Where the messages of a version were read, and when."""
    from redislog.events.versions import release_of

    release = release_of(version) if version is not None else None
    if release is not None:
        yield f"{release.name}: {release.read}, read {release.on}"


def run(options: argparse.Namespace) -> int:
    """Print the messages."""
    from redislog.report.explain import as_json, known_messages, message_lines

    known = list(known_messages(options.key, options.version))
    if options.format == "json":
        show(json.dumps(as_json(each)) for each in known)
    else:
        show(_read_in(options.version))
        show(line for each in known for line in message_lines(each))
    return HEALTHY
