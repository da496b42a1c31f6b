"""Where bytes come from: paths, folders, standard input, and text in memory; and how they are named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from os import PathLike
from pathlib import Path

import attrs

from redislog.reading import Lines, has_server_line, text_lines

Captures = Mapping[str, "PathLike[str] | Lines"] | Iterable["PathLike[str]"] | PathLike[str]

_SNIFF = 256 * 1024
_LOG_SUFFIXES = {".log", ".txt", ".out"}


class SourceError(Exception):
    """A capture that cannot be read: which path, and why."""


@attrs.frozen
class Capture:
    """One capture, not yet opened; ``modified`` is when its file was last changed, in local time."""

    name: str
    open: Callable[[], AbstractContextManager[Iterable[str | bytes]]]
    modified: datetime | None = None


def open_captures(captures: Captures) -> list[Capture]:
    """The captures that a caller names, sorted by name, so that their order changes nothing.

    Raises
    ------
    SourceError
        for a path that does not exist or cannot be read, a folder without logs, or two captures of one name.
    """
    if isinstance(captures, Mapping):
        found = [
            named_file(name, Path(value)) if isinstance(value, PathLike) else _memory(name, value)
            for name, value in captures.items()
        ]
    else:
        paths = [captures] if isinstance(captures, PathLike) else list(captures)
        if any(not isinstance(path, PathLike) for path in paths):
            raise TypeError("expected paths, or a mapping of names to lines; text needs a name")
        return open_paths(Path(path) for path in paths)
    return _with_names(found)


def open_paths(paths: Iterable[Path], others: Iterable[Capture] = ()) -> list[Capture]:
    """The captures of some paths, together with others that are named already; errors as above."""
    return _with_names([*others, *(capture for path in paths for capture in _of_path(path))])


def _with_names(captures: list[Capture]) -> list[Capture]:
    names = [capture.name for capture in captures]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SourceError(f"two captures are named {twice[0]!r}: name them with NAME=PATH")
    return sorted(captures, key=lambda capture: capture.name)


def source_name(path: Path) -> str:
    """The name that a file gives to its source: its own, without the ending of a log.

    >>> source_name(Path("logs/argocd-redis-ha-server-0.log"))
    'argocd-redis-ha-server-0'
    """
    return path.stem if path.suffix in _LOG_SUFFIXES else path.name


def _of_path(path: Path) -> list[Capture]:
    if path.is_dir():
        return _of_folder(path)
    return [named_file(source_name(path), path)]


def _of_folder(folder: Path) -> list[Capture]:
    """The logs in a folder: every file that has a server's line near its beginning."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    logs = [path for path in files if _is_log(path)]
    if not logs:
        raise SourceError(f"{folder}: no file in this folder holds a line of a Redis server")
    names = [source_name(path) for path in logs]
    return [
        named_file(name if names.count(name) == 1 else str(path.relative_to(folder)), path)
        for path, name in zip(logs, names, strict=True)
    ]


def _is_log(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return has_server_line(file.read(_SNIFF).split(b"\n"))
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error


def named_file(name: str, path: Path) -> Capture:
    """One file under a name of the caller's."""
    if not path.exists():
        raise SourceError(f"{path}: no such file or folder")
    if path.is_dir():
        raise SourceError(f"{path}: expected a file, this is a folder")
    return Capture(name, lambda: _opened(path), datetime.fromtimestamp(path.stat().st_mtime))


@contextmanager
def _opened(path: Path) -> Iterator[Iterable[str | bytes]]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error


def _memory(name: str, lines: Lines) -> Capture:
    return Capture(name, lambda: nullcontext(text_lines(lines)))


def standard_input(name: str = "stdin") -> Capture:
    """What is piped in."""
    return Capture(name, lambda: nullcontext(sys.stdin.buffer))
