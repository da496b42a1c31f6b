"""One large file read by several processes: each reads a part of it as if it knew what the lines before had shown.

What a line means depends on those before it, but a stream soon settles: its form, its heading and its zone stay
the same (`redislog.reading.State`). So a part is read from the state that is known when it is given away.
When all before it is read, the true state is known: where it is another one, the part is read once
more, here, from the true one. What is found is the same as with one process.
"""

from __future__ import annotations

import io
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import attrs

from redislog.events.base import Event, renumber
from redislog.events.index import any_outside
from redislog.gathering import Way
from redislog.reading import Hour, Reader, State
from redislog.sources import Capture, SourceError
from redislog.sources.packing import is_packed
from redislog.sources.watch import Watch
from redislog.timeline.quiet import Passed, in_rows, quiet_lines
from redislog.workers import begin_work, can_fork, process_context, processors, received

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from redislog.replaying import Timeline

PART = 2 * 2**20
"""Bytes that are given away at once, up to the next line that can begin a part."""
HEAD = 64 * 2**10
"""Bytes that are read here before any are given away: a stream has settled by then."""
MOST_EVENTS = 1000
"""Of a part of which more is left than this, more would be sent than is saved by not reading it here."""
_QUEUED = 2
"""Parts that each process is given before the first is back."""
_OFTEN = 1024
"""After so many lines it is told how far reading is."""
_LONGEST = 2**16
"""Bytes of a line that can begin a part."""
_MOST_TRIED = 1000
"""Lines that are looked at for one that can begin a part."""


@attrs.frozen
class Task:
    """A part of a file, from a byte on to another, None for its end; and the state that is assumed before it."""

    begin: int
    end: int | None
    state: State


@attrs.frozen
class Part:
    """What was found in a part: its events and rows, None if they are too many to be sent.

    ``lines`` and ``blocks`` is how many it has; ``state`` is that after its last line, None within a record;
    ``first_pair`` is the first hour whose zone was found in it.
    """

    found: tuple[Event | Passed, ...] | None
    lines: int = 0
    blocks: int = 0
    state: State | None = None
    first_pair: tuple[Hour, str | None] | None = None


def processes_for_parts(capture: Capture, way: Way, jobs: int | None) -> int:
    """How many processes read the parts of one capture; 1 where it is not read in parts."""
    if (
        capture.file is None
        or way.year is not None
        or capture.year is not None
        or way.until is not None
        or any_outside()
        or (jobs is None and not can_fork())
    ):
        return 1
    with suppress(OSError), capture.file.open("rb") as file:
        if not is_packed(file):
            return jobs or processors()
    return 1


def read_in_parts(
    timeline: Timeline, capture: Capture, path: Path, way: Way, processes: int, watch: Watch
) -> None:
    """Read one capture, which is a file, into a timeline, by several processes.

    Raises
    ------
    SourceError
        if it cannot be read, or a process is ended from outside.
    """
    try:
        with path.open("rb") as file:
            _Splitting(timeline, capture, way, watch, file).read(path, processes)
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror or error}") from error


class _Splitting:
    """Where reading one file by parts stands: lines and blocks that are taken in, and the state after them."""

    def __init__(self, timeline: Timeline, capture: Capture, way: Way, watch: Watch, file: IO[bytes]) -> None:
        self._timeline = timeline
        self._capture = capture
        self._way = way
        self._watch = watch
        self._file = file
        self._lines = 0
        self._blocks = 0
        self._state: State | None = None

    def read(self, path: Path, processes: int) -> None:
        """Read all of the file."""
        place = self._read_here(0, HEAD)
        if place is not None:
            with closing(_Pool(self._capture.node, path, self._way, processes)) as pool:
                place = self._read_parts(place, pool)
        if place is not None:
            self._read_here(place, None)

    def _read_parts(self, place: int, pool: _Pool) -> int | None:
        """Read on by parts; the place where it is better to read on without, None at the end."""
        given: deque[Task] = deque()
        coming: int | None = place
        taken = missed = 0
        while True:
            while coming is not None and len(given) < pool.room and self._state is not None:
                end = self._border(coming + PART, self._state)
                given.append(Task(coming, end, attrs.evolve(self._state, hour=None)))
                pool.give(given[-1])
                coming = end
            if not given:
                return coming
            task = given.popleft()
            already = self._take_in(pool.next(), task)
            after = task.end
            if already is None:
                taken += 1
            else:
                missed += 1
                after = self._read_here(task.begin, task.end, already)
            if after != task.end:
                for _ in given:
                    pool.next()
                given.clear()
                coming = after
            if missed > 2 + taken // 4:
                return after

    def _border(self, place: int, state: State) -> int | None:
        """The place of a line, from a place on, that is surely a server's: what is before it is complete."""
        reader = self._reader(state)
        file = self._file
        file.seek(place)
        line = file.readline(_LONGEST)
        for _ in range(_MOST_TRIED):
            if not line.endswith(b"\n"):
                return None
            place = file.tell()
            line = file.readline(_LONGEST)
            if reader.unwrapper.begins_server_line(line):
                return place
        return None

    def _reader(self, state: State | None) -> Reader:
        return _reader(self._capture.node, self._way, state)

    def _take_in(self, part: Part, task: Task) -> Counter[str | None] | None:
        """Take in what was found in a part; None if it all was, else how many lines of each source were.

        Nothing is, where the state before the part is another than was assumed.
        """
        already: Counter[str | None] = Counter()
        state = self._state
        if part.found is None or part.state is None or state is None or not _assumed(task.state, state, part):
            return already
        for each in part.found:
            events = (each,) if isinstance(each, Event) else (*(kept for kept, _ in each.kept), *each.ends)
            for event in events:
                renumber(event, self._lines, self._blocks)
            if not self._timeline.take(each, self._capture.name):
                return already
            already[each.source] += 1 if isinstance(each, Event) else each.lines
        self._lines += part.lines
        self._blocks += part.blocks
        self._state = part.state if part.first_pair is not None else attrs.evolve(part.state, hour=state.hour)
        self._watch.add((self._capture.size if task.end is None else task.end) - task.begin)
        self._watch.passed(part.lines)
        return None

    def _read_here(
        self, begin: int, end: int | None, already: Counter[str | None] | None = None
    ) -> int | None:
        """Read from a place on in the true state, to another one or the next where a part can begin; None at the end.

        So many lines of each source are taken in ``already``.
        """
        reader = self._reader(self._state)
        reader.blocks = self._blocks
        place = begin
        lines = 0
        stopped = False

        def coming() -> Iterator[bytes]:
            nonlocal place, lines, stopped
            self._file.seek(begin)
            for line in self._file:
                if (
                    end is not None
                    and place >= end
                    and reader.state is not None
                    and reader.unwrapper.begins_server_line(line)
                ):
                    stopped = True
                    return
                place += len(line)
                lines += 1
                if not lines % _OFTEN:
                    self._watch.passed(_OFTEN)
                yield line

        counting = None if already else quiet_lines()
        events = reader.read_all(coming(), counting, after=self._lines)
        if already:
            events = _but(already, events)
        self._timeline.add_all(events, self._capture.name, counting)
        self._watch.add(place - begin)
        self._lines += lines
        self._blocks = reader.blocks
        self._state = reader.state
        return place if stopped else None


def _but(already: Counter[str | None], events: Iterable[Event]) -> Iterator[Event]:
    """Events without the first ones of each source."""
    for event in events:
        if already[event.source] > 0:
            already[event.source] -= 1
        else:
            yield event


def _assumed(assumed: State, state: State, part: Part) -> bool:
    """Whether a part was read as it is read in a state.

    A zone is found once in an hour: it must be the same where the part begins within the last one.
    """
    if assumed != attrs.evolve(state, hour=None):
        return False
    return part.first_pair is None or part.first_pair[0] != state.hour or part.first_pair[1] == state.zone


def _reader(node: str, way: Way, state: State | None) -> Reader:
    reader = Reader(source=node, tz=way.tz, form=way.form)
    if state is not None:
        reader.go_on(state)
    return reader


def _read_part(file: IO[bytes], task: Task, node: str, way: Way) -> Part:
    """What is found in a part from the state that is assumed."""
    reader = _reader(node, way, task.state)
    lines = 0
    settled = False

    def last() -> Iterator[bytes]:
        nonlocal settled
        settled = reader.state is not None
        yield from ()

    def counted() -> Iterator[bytes]:
        nonlocal lines
        for line in file:
            lines += 1
            yield line

    file.seek(task.begin)
    coming: Iterable[bytes] = counted()
    if task.end is not None:
        data = file.read(task.end - task.begin)
        lines = data.count(b"\n")
        coming = io.BytesIO(data)
    counting = quiet_lines()
    found: list[Event | Passed] = []
    size = 0
    for each in in_rows(reader.read_all(chain(coming, last()), counting), counting, lambda _: True):
        found.append(each)
        size += 1 if isinstance(each, Event) else 1 + len(each.kept)
        if size > MOST_EVENTS:
            return Part(None)
    return Part(tuple(found), lines, reader.blocks, reader.state if settled else None, reader.first_pair)


class _Pool:
    """Processes that read parts of one file, in turn."""

    def __init__(self, node: str, path: Path, way: Way, processes: int) -> None:
        context = process_context()
        self.room = processes * _QUEUED
        self._given = self._back = 0
        pipes = [context.Pipe() for _ in range(processes)]
        self._ends = [end for pipe in pipes for end in pipe]
        self._connections = [ours for ours, _ in pipes]
        self._processes = []
        forks = context.get_start_method() == "fork"
        try:
            for _, end in pipes:
                others = [other for other in self._ends if other is not end] if forks else []
                process = context.Process(target=_work, args=(node, path, way, end, others), daemon=True)
                process.start()
                self._processes.append(process)
            for _, end in pipes:
                end.close()
        except BaseException:
            self.close()
            raise

    def give(self, task: Task) -> None:
        """Give a part to a process."""
        with suppress(ConnectionError):
            self._connections[self._given % len(self._connections)].send(task)
        self._given += 1

    def next(self) -> Part:
        """What was found in the next part, in the order in which they were given."""
        kind, value = received(self._connections[self._back % len(self._connections)])
        self._back += 1
        if kind == "error":
            raise value
        part: Part = value
        return part

    def close(self) -> None:
        """End all processes."""
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()
            process.close()
        for end in self._ends:
            end.close()


def _work(
    node: str, path: Path, way: Way, connection: Connection[Any, Any], others: list[Connection[Any, Any]]
) -> None:
    """What a process does: the parts that it is given, one after another."""
    begin_work(others)
    with suppress(EOFError, BrokenPipeError):
        try:
            with path.open("rb") as file:
                while True:
                    connection.send(("part", _read_part(file, connection.recv(), node, way)))
        except (EOFError, BrokenPipeError):
            raise
        except Exception as error:
            connection.send(("error", error))
