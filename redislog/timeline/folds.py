"""Where each line is folded: into a server, a part of a stream without names, a Sentinel, or another watcher."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from redislog.capture.names import names_one_server
from redislog.events.base import Event
from redislog.hints.endings import Ending, ending_of
from redislog.node.fold import NodeFold
from redislog.timeline.observers import ObserverFold
from redislog.timeline.quiet import Passed
from redislog.timeline.streams import StreamParts
from redislog.timeline.watchers import WatcherFolds


@attrs.frozen
class Place:
    """Where a line went to: the server's fold, and the parts of the stream without names that it stands in.

    ``dropped`` says that it went nowhere, and no other line of its stream will.
    """

    fold: NodeFold | None
    parts: StreamParts | None
    dropped: bool

    @property
    def rests(self) -> bool:
        """Whether a quiet line of the process that spoke last changes nothing here."""
        at_rest = self.fold is not None and self.fold.rests and (self.parts is None or self.parts.is_one)
        return at_rest or self.dropped

    def pass_over(self, passed: Passed) -> None:
        """Count lines that are not folded."""
        lines = passed.lines - len(passed.ends)
        if self.fold is not None:
            for event, number in passed.kept:
                self.fold.keep(event, number)
            self.fold.pass_over(lines)
        if self.parts is not None:
            self.parts.adopt(passed.children, passed.pid)
            self.parts.pass_over(lines, strange=passed.strange)


class Folds:
    """The folds of all servers and watchers, by their names.

    ``latest`` is the server's fold that the last line went to, None where it went to none; ``captures`` has, for
    each server that lines name, the capture of its last line, ``endings`` what others tell of their ends.
    """

    def __init__(self) -> None:
        self.observers: dict[str, ObserverFold] = {}
        self.watchers = WatcherFolds()
        self.endings: list[Ending] = []
        self.captures: dict[str, str] = {}
        self.latest: NodeFold | None = None
        self._servers: dict[str, NodeFold] = {}
        self._parts: dict[str, StreamParts] = {}
        self._part_names: dict[tuple[str, int], str] = {}
        self._mixed: set[str] = set()
        self._namespaces: dict[str, str] = {}

    def feed(self, event: Event, source: str) -> None:
        """Fold a line into what it belongs to; ``source`` is its capture."""
        self.latest = None
        if event.CATEGORY == "sidecar":
            self.watchers.feed(event)
            return
        if event.CATEGORY == "host":
            if (ending := ending_of(event)) is not None:
                self.endings.append(attrs.evolve(ending, place=(source, event.line_number)))
            return
        name = event.source or source
        origin = event.header.origin
        if origin is None or origin.source is None:
            if event.flag != "X" and not names_one_server(name):
                if name in self._mixed:
                    return
                parts = self._parts.get(name)
                if parts is None:
                    parts = self._parts[name] = StreamParts()
                self._add_parts(name, parts, parts.feed(event))
                return
        elif origin.namespace is not None:
            namespace = self._namespaces.setdefault(name, origin.namespace)
            name = name if namespace == origin.namespace else f"{origin.namespace}/{name}"
        self.captures[name] = source
        self._take_in(name, event)

    def _add_parts(self, source: str, parts: StreamParts, placed: Iterable[tuple[Event, int]]) -> None:
        """Take in events of a stream without names, each of a part of it."""
        for event, number in placed:
            self._take_in(self._part_of(source, parts, number), event)

    def _take_in(self, name: str, event: Event) -> NodeFold | ObserverFold | None:
        """Fold a line of a server or a Sentinel; None where it cannot be told whose it is."""
        if name in self._mixed and event.flag != "X":
            return None
        fold = self._fold(event, name)
        fold.feed(event)
        self.latest = fold if isinstance(fold, NodeFold) else None
        return fold

    def _fold(self, event: Event, name: str) -> NodeFold | ObserverFold:
        """Where a line belongs: a Sentinel's lines are no server's, though both may be in one capture."""
        speaks = event.flag == "X" or (event.flag is None and event.key.startswith("sentinel."))
        server = self._servers.get(name)
        if speaks and event.flag is None and server is not None and server.says_nothing:
            del self._servers[name]  # the start of a Sentinel that prints no letter
        if speaks or (event.flag is None and name in self.observers and name not in self._servers):
            observer = self.observers.get(name)
            if observer is None:
                observer = self.observers[name] = ObserverFold(name)
            return observer
        fold = self._servers.get(name)
        if fold is None:
            fold = self._servers[name] = NodeFold(name)
        return fold

    def _part_of(self, source: str, parts: StreamParts, number: int) -> str:
        """The name of the server in a stream that names none: the stream's, until it is seen to be several."""
        if parts.mixed:
            self._mix(source)
        if number == 1 or source in self._mixed:
            return self._part_names.get((source, number), source)
        for each in (1, number):
            if (source, each) not in self._part_names:
                self._part_names[source, each] = f"?{len(self._part_names) + 1}"
        first = self._part_names[source, 1]
        if source in self._servers:
            self._servers[first] = self._servers.pop(source)
            self._servers[first].name = first
        return self._part_names[source, number]

    def _mix(self, source: str) -> None:
        """Take back what was made of a stream whose servers cannot be told apart."""
        if source in self._mixed:
            return
        keys = [key for key in self._part_names if key[0] == source]
        names = {source, *(self._part_names.pop(key) for key in keys)}
        self._mixed |= names
        for name in names:
            self._servers.pop(name, None)

    def close(self) -> None:
        """Fold what is held back of streams without names."""
        for source, parts in self._parts.items():
            self._add_parts(source, parts, parts.close())
            if parts.mixed:
                self._mix(source)

    def place_of(self, event: Event, source: str) -> Place:
        """Where the last line, which is this, went to."""
        named = event.origin is not None and event.origin.source is not None
        name = event.source or source
        return Place(self.latest, None if named else self._parts.get(name), not named and name in self._mixed)

    @property
    def servers(self) -> list[NodeFold]:
        """The folds of servers, but for those of streams that the lines up to now leave open."""
        doubtful = {source for source, parts in self._parts.items() if parts.doubtful}
        doubtful |= {name for (source, _), name in self._part_names.items() if source in doubtful}
        return [fold for name, fold in self._servers.items() if name not in doubtful]

    def limits(self) -> Iterator[str]:
        """What is not known for want of names."""
        unknown = {source for source, parts in self._parts.items() if source in self._mixed or parts.doubtful}
        for source in sorted(unknown):
            yield f"{source}: lines of several servers, it seems, without names; they cannot be told apart"
        for source in sorted({source for source, parts in self._parts.items() if parts.assumed} - unknown):
            yield (
                f"{source}: taken for one server that was killed and started again, whose clock was set back, or of which "
                "lines are missing; some lines may be another server's"
            )
        for source in sorted({source for source, _ in self._part_names} - unknown):
            names = ", ".join(name for (its, _), name in sorted(self._part_names.items()) if its == source)
            yield f"{source}: several servers, without names; taken for {names} (deduced)"

    def take_over(self, other: Folds) -> bool:
        """Take in what other lines were folded into, as if they had been folded here; False if both know a server."""
        if self._names() & other._names():
            return False
        self._mixed |= other._mixed
        self._namespaces |= other._namespaces
        self._parts |= other._parts
        numbered = len(self._part_names)
        renamed = {name: f"?{int(name[1:]) + numbered}" for name in other._part_names.values()}
        self._part_names |= {part: renamed[name] for part, name in other._part_names.items()}
        for name, fold in other._servers.items():
            fold.name = renamed.get(name, name)
            self._servers[fold.name] = fold
        self.observers |= other.observers
        self.watchers.take_over(other.watchers)
        self.endings += other.endings
        self.captures |= other.captures
        return True

    def stream_of(self, name: str) -> tuple[str, int] | None:
        """The stream without names that a server's lines stand in, and which of its parts they are, from 1."""
        if name in self._parts:
            return name, 1
        return next((part for part, its in self._part_names.items() if its == name), None)

    def replace(self, names: Iterable[str], fold: NodeFold | ObserverFold) -> None:
        """Put one fold in the place of several of the same server, or of the same Sentinel."""
        for name in names:
            (self._servers if isinstance(fold, NodeFold) else self.observers).pop(name, None)
        if isinstance(fold, NodeFold):
            self._servers[fold.name] = fold
        else:
            self.observers[fold.name] = fold

    def _names(self) -> set[str]:
        """What the lines so far were folded by, apart from streams that name no server."""
        parts = set(self._part_names.values())
        servers = {*self._servers, *self.observers, *self._mixed, *self._namespaces, *self._parts} - parts
        return servers | {f"{name} (watcher)" for name in self.watchers.names}
