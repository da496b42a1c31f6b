"""``redislog anonymize``: captures without the names of those who made them."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from redislog.command.codes import HEALTHY, NOT_HEALTHY, WrongUseError, no_redis
from redislog.command.output import show
from redislog.report.jsonio import SCHEMA
from redislog.shortly import printable
from redislog.sources import SourceError, is_of_use, standard_input
from redislog.sources.files import File, files_of, single
from redislog.sources.watch import Watch

if TYPE_CHECKING:
    from redislog.anonymizing import Anonymized


def add(parser: argparse.ArgumentParser) -> None:
    """Give its arguments."""
    parser.add_argument("paths", metavar="PATH", nargs="+", help="file, folder, NAME=PATH, or -")
    parser.add_argument("-o", dest="folder", metavar="FOLDER", type=Path, help="write the files there")
    parser.add_argument(
        "--keep-foreign", action="store_true", help="keep lines that no grammar knows: look at them first"
    )
    parser.add_argument(
        "--map", metavar="FILE", type=Path, help="write which name stands for which, readable by you alone"
    )
    parser.add_argument("--check", action="store_true", help="list the originals that are left")


def run(options: argparse.Namespace) -> int:
    """Write the files, and say what is left in them."""
    from redislog.anonymizing import anonymize, leftovers

    if options.folder is None and not options.check:
        raise WrongUseError("expected -o FOLDER, or --check")
    files = dict(_files(options.paths))
    made = anonymize(files, keep_foreign=options.keep_foreign)
    _write(options, made)
    if made.dropped:
        print(f"redislog: {made.dropped} lines that no grammar knows were left out", file=sys.stderr)
    left = [f"{name}:{number}: {original}" for name, number, original in leftovers(made)]
    show(printable(line) for line in left if options.check)
    if not _has_server_lines(files):
        return no_redis()
    return NOT_HEALTHY if options.check and left else HEALTHY


def _files(arguments: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The logs, and the hints beside them, that paths, ``NAME=PATH`` and ``-`` stand for, unpacked."""
    seen: set[str] = set()
    for argument in arguments:
        for name, data in _of_argument(argument):
            if name in seen:
                raise SourceError(f"two files are named {name!r}: name them with NAME=PATH")
            seen.add(name)
            yield name, data


def _of_argument(argument: str) -> Iterator[tuple[str, bytes]]:
    name, equals, path = argument.partition("=")
    if argument == "-":
        watch = Watch()
        with standard_input().open(watch) as lines:
            yield "stdin.log", b"".join(map(_as_bytes, lines))
    elif equals and not Path(argument).exists():
        yield name, _content(single(Path(path)))
    else:
        whole = Path(argument)
        for file in files_of(whole) or [single(whole)]:
            if is_of_use(file):
                yield _unpacked_name(file.relative), _content(file)
            else:
                print(f"redislog: left out {printable(file.path)}: no log", file=sys.stderr)


def _content(file: File) -> bytes:
    watch = Watch()
    with file.opened(watch) as lines:
        data = b"".join(map(_as_bytes, lines))
    for remark in watch.remarks:
        print(f"redislog: {remark}", file=sys.stderr)
    return data


def _as_bytes(line: str | bytes) -> bytes:
    return line.encode("utf-8", "surrogateescape") if isinstance(line, str) else line


def _unpacked_name(name: str) -> str:
    """The name of a file without what says how it is packed: it is written plain."""
    plain = name
    for ending in (".gz", ".bz2", ".xz", ".zst"):
        plain = plain.removesuffix(ending)
    return plain or name


def _write(options: argparse.Namespace, made: Anonymized) -> None:
    """Write what is to be written; nothing that is there is written over.

    Raises
    ------
    WrongUseError
        if a file is there already, or cannot be written.
    """
    try:
        for name, text in made.files.items() if options.folder is not None else ():
            path = options.folder / name
            if not path.resolve().is_relative_to(options.folder.resolve()):
                raise WrongUseError(f"{name}: not within {options.folder}")
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(text.encode("utf-8", "surrogateescape"))
        if options.map is not None:
            descriptor = os.open(options.map, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogateescape") as file:
                json.dump({"schema": SCHEMA, "names": dict(made.names)}, file, indent=2)
                file.write("\n")
    except FileExistsError as error:
        raise WrongUseError(f"{error.filename}: is there already") from error
    except OSError as error:
        raise WrongUseError(f"{error.filename}: {error.strerror}") from error


def _has_server_lines(files: dict[str, bytes]) -> bool:
    from redislog.reading import has_server_line

    return any(has_server_line(data.split(b"\n")) for data in files.values())
