"""Where the command begins: which sub-command, with which options, and how errors end it."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from redislog._version import __version__
from redislog.command.codes import HEALTHY, INTERRUPTED, WRONG_USE, WrongUseError
from redislog.command.table import COMMANDS, DEFAULT, SPELLINGS
from redislog.naming import UnknownNameError, nearest, one_of
from redislog.sources import SourceError

_EPILOG = """\
PATH is a file, a folder of logs, NAME=PATH to give a capture a name, or - for standard input.

exit codes:
  0  healthy (verdict); as expected (check); it is so (wait); done (other commands)
  1  any other status (verdict); not as expected (check); not so in time (wait);
     names are left (anonymize --check)
  2  wrong use, or a path that cannot be read
  3  no line of a Redis server in the input; the input ended before (wait)
"""


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal, found without what the standard library imports for that."""

    def __init__(self, prog: str) -> None:
        width = os.environ.get("COLUMNS", "")
        if not width.isdecimal() and sys.stdout.isatty():
            width = str(os.get_terminal_size(sys.stdout.fileno()).columns)
        super().__init__(prog, width=int(width or 80) - 2)


class _Parser(argparse.ArgumentParser):
    """A parser of the command, or of one of its sub-commands."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, **options)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    arguments[:1] = [SPELLINGS.get(word, word) for word in arguments[:1]]
    try:
        if arguments and arguments[0] not in (*COMMANDS, "-h", "--help", "--version"):
            _refuse_misspelt(arguments)
            arguments.insert(0, DEFAULT)
        name = arguments[0] if arguments and arguments[0] in COMMANDS else None
        options = _parser(name).parse_args(arguments)
        code: int = _module(options.command).run(options)
    except (SourceError, UnknownNameError, WrongUseError) as error:
        print(f"redislog: {error}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return HEALTHY
    return code


def _refuse_misspelt(arguments: Sequence[str]) -> None:
    """A first word that is no path and nearly a sub-command is one that was misspelt."""
    word = arguments[0]
    if word.startswith("-") or "=" in word or Path(word).exists():
        return
    if nearest(word, COMMANDS) and "/" not in word and "." not in word:
        one_of(word, COMMANDS, "command, and no file,")


def _module(name: str) -> Any:
    return importlib.import_module(f"redislog.command.{name}")


def _parser(chosen: str | None) -> argparse.ArgumentParser:
    """The parser of the command: of all its sub-commands without their arguments, or of the chosen one."""
    parser = _Parser(
        prog="redislog",
        description="Reads logs of Redis and Valkey servers and says what their replication did.",
        epilog=_EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"redislog {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", dest="command", required=True, prog=parser.prog)
    for name, words in COMMANDS.items():
        if chosen in (None, name):
            command = commands.add_parser(name, help=words, description=words, epilog=_EPILOG)
            if name == chosen:
                _module(name).add(command)
    return parser
