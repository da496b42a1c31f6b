"""Where bytes come from: paths, folders, archives, standard input, text in memory; and how they are named."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import Literal

import attrs

from redislog.capture.names import names_one_server, origin_of_file
from redislog.hints import Hint
from redislog.hints.answers import Answer, read_answers, stated_by
from redislog.hints.endings import Ending
from redislog.hints.reading import read_hints
from redislog.hints.statuses import read_statuses
from redislog.origin import Origin
from redislog.reading import Lines, has_server_line, text_lines
from redislog.sources.files import File, files_of, single
from redislog.sources.packing import SourceError, Unpacked
from redislog.sources.watch import Watch
from redislog.wrapping import Break

__all__ = [
    "Capture",
    "Captures",
    "Found",
    "SourceError",
    "is_of_use",
    "named_file",
    "open_captures",
    "open_paths",
    "source_name",
    "standard_input",
]

Captures = Mapping[str, "PathLike[str] | Lines"] | Iterable["PathLike[str]"] | PathLike[str]

_SNIFF = 256 * 1024
_MANIFESTS = (b"{", b"apiVersion:", b"kind:", b"items:")
_MOST_OF_A_MANIFEST = 64 * 1024 * 1024


@attrs.frozen
class Capture:
    """One capture, not yet opened.

    ``node`` names the server of lines that name none; ``modified`` is when its file was last changed, in
    local time; ``reopens`` is whether it can be read more than once; ``size`` is its size on disk in bytes,
    as far as it is known; ``breaks`` say how its first lines are broken; ``year`` is that of its first stamp,
    where it has none and something tells of it. ``open`` tells how far it is read, and what of it cannot be. ``file``
    is the file on disk that has its bytes, packed or not, and no other's; ``path`` how to call the file, if it is one;
    ``held`` says that its lines are in memory, and can be read more than once; ``twice`` that another one was given
    the same name: ``one`` where that is said to be of the same server, ``open`` where the lines must prove it.
    ``namespace`` is that of the pod that its path names.
    """

    name: str
    open: Callable[[Watch], AbstractContextManager[Iterable[str | bytes]]]
    modified: datetime | None = None
    node: str = attrs.field(default=attrs.Factory(lambda self: self.name, takes_self=True))
    reopens: bool = False
    size: int = 0
    file: Path | None = None
    breaks: frozenset[Break] = frozenset()
    path: str = ""
    held: bool = False
    twice: Literal["one", "open"] | None = None
    namespace: str | None = None
    year: int | None = None

    @property
    def reads_again(self) -> bool:
        """Whether this process can read it more than once."""
        return self.reopens or self.held


@attrs.frozen
class Found:
    """What a caller's paths hold: captures, hints and servers' answers beside them, and the files that are neither."""

    captures: list[Capture]
    hints: tuple[Hint, ...] = ()
    answers: tuple[Answer, ...] = ()
    passed_over: tuple[str, ...] = ()
    endings: tuple[Ending, ...] = ()


def open_captures(captures: Captures) -> Found:
    """The captures that a caller names, sorted by name, so that their order changes nothing.

    Raises
    ------
    SourceError
        for a path that does not exist or cannot be read, or a folder without logs.
    """
    if isinstance(captures, Mapping):
        found = [
            named_file(name, Path(value)) if isinstance(value, PathLike) else _memory(name, value)
            for name, value in captures.items()
        ]
        return Found(_sorted(found))
    paths = [captures] if isinstance(captures, PathLike) else list(captures)
    if any(not isinstance(path, PathLike) for path in paths):
        raise TypeError("expected paths, or a mapping of names to lines; text needs a name")
    return open_paths(Path(path) for path in paths)


def open_paths(paths: Iterable[Path], others: Iterable[Capture] = ()) -> Found:
    """The captures of some paths, together with others that are named already; errors as above."""
    captures = list(others)
    hints: list[Hint] = []
    answers: list[Answer] = []
    endings: list[Ending] = []
    passed: list[str] = []
    for path in _distinct(paths):
        found = _of_path(path)
        captures += found.captures
        hints += found.hints
        answers += found.answers
        endings += found.endings
        passed += found.passed_over
    return Found(
        _sorted(captures), (*hints, *stated_by(answers)), tuple(answers), tuple(passed), tuple(endings)
    )


def _distinct(paths: Iterable[Path]) -> list[Path]:
    """Each path once, however it is written."""
    return list({path.resolve(): path for path in reversed(list(paths))}.values())[::-1]


def _sorted(captures: list[Capture]) -> list[Capture]:
    """By name; captures of one name are called by their paths.

    Those are one server's: of names that one of several servers has, and of paths that say which part of a log they
    are, until their lines deny it; of others (`redis.log`) where their lines prove it.
    """
    count = Counter(capture.name for capture in captures)
    found = [_called_by_path(each) if count[each.name] > 1 else each for each in _by_namespace(captures)]
    twice = [name for name, times in Counter(capture.name for capture in found).items() if times > 1]
    if twice:
        raise SourceError(f"two captures are named {min(twice)!r}: name them with NAME=PATH")
    return sorted(found, key=lambda capture: capture.name)


def _called_by_path(capture: Capture) -> Capture:
    name = capture.path or capture.name
    of_one = names_one_server(capture.node) or origin_of_file(name).restart is not None
    return attrs.evolve(capture, name=name, twice="one" if of_one else "open")


def _by_namespace(captures: list[Capture]) -> list[Capture]:
    """Captures of pods that are called alike in several namespaces, with the namespace before their names."""
    spaces: dict[str, set[str | None]] = {}
    for each in captures:
        if each.namespace is not None:
            spaces.setdefault(each.node, set()).add(each.namespace)
    return [
        attrs.evolve(each, node=f"{each.namespace}/{each.node}")
        if each.namespace is not None and len(spaces[each.node]) > 1
        else each
        for each in captures
    ]


def source_name(path: Path) -> str:
    """The name that a file gives to its source: its own, without the ending of a log.

    >>> source_name(Path("logs/argocd-redis-ha-server-0.log"))
    'argocd-redis-ha-server-0'
    """
    return origin_of_file(str(path)).source or path.name


def _of_path(path: Path) -> Found:
    """A file is a capture whatever it holds, unless it is a hint; of a folder or archive, what is one."""
    files = files_of(path)
    if files is None:
        file = single(path)
        if path.is_file() and not _is_log(file) and any(found := _beside(file)):
            return Found([], found[0], found[1], endings=found[2])
        return Found([_capture(file, _origin(file))])
    logs: list[File] = []
    hints: tuple[Hint, ...] = ()
    answers: tuple[Answer, ...] = ()
    endings: tuple[Ending, ...] = ()
    passed: list[str] = []
    for file in files:
        if _is_log(file):
            logs.append(file)
        elif any(found := _beside(file)):
            hints += found[0]
            answers += found[1]
            endings += found[2]
        else:
            passed.append(file.path)
    if not (logs or hints or answers or endings):
        raise SourceError(f"{path}: no file in it holds a line of a Redis server")
    return Found(_named(logs), hints, answers, tuple(passed), endings)


def _origin(file: File) -> Origin:
    stated = origin_of_file(str(Path(file.path).absolute()) if file.member is None else file.path)
    return stated if stated.namespace else origin_of_file(file.path)


def _named(files: list[File]) -> list[Capture]:
    """The captures of one folder: files of one node have it in common, others are told apart by their paths."""
    origins = [_origin(file) for file in files]
    sources = [each.source for each in origins]
    captures = []
    for file, where in zip(files, origins, strict=True):
        name = where.source or file.relative
        if sources.count(name) == 1:
            captures.append(_capture(file, where))
        elif where.namespace or where.container or _has_rotated(name, origins):
            captures.append(_capture(file, where, name=file.relative))
        else:
            captures.append(
                Capture(
                    file.relative, file.opened, file.modified, reopens=True, size=file.size, file=file.alone
                )
            )
    return captures


def _has_rotated(name: str, origins: list[Origin]) -> bool:
    """Whether files of one name are the lives or rotated parts of one log, not several of one each."""
    restarts = [where.restart for where in origins if where.source == name]
    return any(restarts) and len(set(restarts)) == len(restarts)


def _capture(file: File, where: Origin, *, name: str | None = None) -> Capture:
    node = where.source or file.relative
    return Capture(
        name or node,
        file.opened,
        file.modified,
        node,
        file.disk.is_file(),
        file.size,
        file.alone,
        path=file.path,
        namespace=where.namespace,
    )


def is_of_use(file: File) -> bool:
    """Whether a file is a capture, or says something of names, addresses or ends of processes beside one."""
    return _is_log(file) or any(_beside(file))


def _is_log(file: File) -> bool:
    return has_server_line(file.head(_SNIFF).split(b"\n"))


def _beside(file: File) -> tuple[tuple[Hint, ...], tuple[Answer, ...], tuple[Ending, ...]]:
    """What a file that is no log says of names, of addresses, and of ends of processes."""
    data = file.head(_SNIFF)
    if len(data) == _SNIFF and data.lstrip().startswith(_MANIFESTS):
        data = file.head(_MOST_OF_A_MANIFEST)
    text = data.decode("utf-8", "replace")
    path = file.relative
    return read_hints(text, path), read_answers(text, path), read_statuses(text, path)


def named_file(name: str, path: Path) -> Capture:
    """One file under a name of the caller's."""
    if not path.exists():
        raise SourceError(f"{path}: no such file or folder")
    if path.is_dir():
        raise SourceError(f"{path}: expected a file, this is a folder")
    file = single(path)
    return Capture(
        name,
        file.opened,
        file.modified,
        reopens=path.is_file(),
        size=file.size,
        file=file.alone,
        path=file.path,
    )


def _memory(name: str, lines: Lines) -> Capture:
    return Capture(
        name, lambda _: nullcontext(text_lines(lines)), held=isinstance(lines, str | bytes | list | tuple)
    )


def standard_input(name: str = "stdin") -> Capture:
    """What is piped in, packed or not."""
    return Capture(name, _piped)


@contextmanager
def _piped(watch: Watch) -> Iterator[Iterable[bytes]]:
    raw = Unpacked(sys.stdin.buffer)
    yield raw.buffered()
    if raw.broken is not None:
        watch.remark(f"standard input: broken, read up to where it can be unpacked ({raw.broken})")
