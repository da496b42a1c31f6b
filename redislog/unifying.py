"""Captures of one server under several names, made one after they were read.

What counts as proof is in `redislog.timeline.sameness`. Histories show which servers may be one; only then are their
captures read again, and all lines compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from redislog.capture.names import names_one_server
from redislog.events.base import Event, Foreign
from redislog.gathering import Way, events_of, gathered
from redislog.node.fold import NodeFold
from redislog.sources import Capture
from redislog.sources.watch import Watch
from redislog.timeline.folds import Folds
from redislog.timeline.merging import merged
from redislog.timeline.observers import ObserverFold
from redislog.timeline.sameness import Agreement, all_one, joined_names, perhaps_one

_Fold = NodeFold | ObserverFold


class _Lines(Folds):
    """Tells where each line goes to, and keeps it."""

    def __init__(self) -> None:
        super().__init__()
        self._of: dict[int, list[Event]] = {}
        self._last: dict[str | None, list[Event]] = {}

    def read(self, events: Iterable[tuple[str, Event]]) -> None:
        """Take in events with the names of their captures; what no server prints stays with the line before."""
        for name, event in events:
            if not isinstance(event, Foreign):
                self.feed(event, name)
            elif event.source in self._last:
                self._last[event.source].append(event)
        self.close()

    def _take_in(self, name: str, event: Event) -> _Fold | None:
        fold = super()._take_in(name, event)
        if fold is not None:
            self._last[event.source] = self._of.setdefault(id(fold), [])
            self._last[event.source].append(event)
        return fold

    def of(self, fold: _Fold) -> list[Event]:
        """The lines that were folded into a fold."""
        return self._of[id(fold)]


class Unifying:
    """Finds in the folds of some captures which are of one server; ``together`` were gathered, ``alone`` not."""

    def __init__(self, folds: Folds, alone: Sequence[Capture], together: Sequence[Capture], way: Way) -> None:
        self._folds = folds
        self._together = tuple(together)
        self._way = way
        self._by_name = {capture.name: capture for capture in (*alone, *together)}
        self._by_node = {capture.node: capture for capture in (*together, *alone)}
        self._read: dict[tuple[Capture, ...], _Lines] = {}

    def found(self) -> list[One]:
        """All that several captures hold under several names, servers first."""
        servers: list[_Fold] = list(self._folds.servers)
        sentinels: list[_Fold] = list(self._folds.observers.values())
        return [one for folds in (servers, sentinels) for one in self._among(folds)]

    def _among(self, folds: Sequence[_Fold]) -> list[One]:
        by_name = {fold.name: fold for fold in folds}
        found = []
        for names in joined_names(perhaps_one(fold.history for fold in folds)):
            logs = {name: self._log(by_name[name]) for name in sorted(names)}
            proofs = list(all_one({name: log for name, log in logs.items() if log}))
            for group in joined_names((one, other) for one, other, _ in proofs):
                its = {name: logs[name] for name in sorted(group)}
                found.append(
                    One(its, [each for each in proofs if each[0] in group], type(by_name[min(group)]))
                )
        return found

    def _log(self, fold: _Fold) -> list[Event]:
        """All lines of a server or a Sentinel, read again; none where that cannot be."""
        stream = self._folds.stream_of(fold.name) if isinstance(fold, NodeFold) else None
        capture = self._by_name.get(self._folds.captures.get(fold.name, ""))
        if stream is not None:
            capture = self._by_node.get(stream[0])
        if capture is None:
            return []
        captures = self._together if capture in self._together else (capture,)
        if not all(each.reads_again for each in captures):
            return []
        lines = self._lines_of(captures)
        same: _Fold | None = lines.observers.get(fold.name) if isinstance(fold, ObserverFold) else None
        for each in lines.servers if isinstance(fold, NodeFold) else ():
            if (lines.stream_of(each.name) or each.name) == (stream or fold.name):
                same = each
        return lines.of(same) if same is not None else []

    def _lines_of(self, captures: tuple[Capture, ...]) -> _Lines:
        if captures not in self._read:
            lines = self._read[captures] = _Lines()
            if captures == self._together:
                lines.read(gathered(captures, self._way, Watch()))
            else:
                lines.read((captures[0].name, event) for event in events_of(captures[0], self._way, Watch()))
        return self._read[captures]


class One:
    """A server, or a Sentinel, that several captures hold under names of their own."""

    def __init__(
        self, logs: dict[str, list[Event]], proofs: list[tuple[str, str, Agreement]], kind: type[_Fold]
    ) -> None:
        self.name = min(logs, key=lambda name: _worth(name, logs[name]))
        self.others = tuple(name for name in logs if name != self.name)
        self.proofs = proofs
        self.events = merged(logs.values())
        kept = {id(event) for event in self.events}
        self.repeated = [event for log in logs.values() for event in log if id(event) not in kept]
        self.fold = kind(self.name)
        for event in self.events:
            if not isinstance(event, Foreign):
                self.fold.feed(event)

    @property
    def reasons(self) -> list[str]:
        """Which names are one, and by which lines."""
        return [
            f"{one} and {other}: one {self._kind}, called {self.name}: {found.equal} equal lines "
            f"from {one}:{found.first[0].line_number} and {other}:{found.first[1].line_number} on"
            for one, other, found in self.proofs
            if found.first is not None
        ]

    @property
    def _kind(self) -> str:
        return "server" if isinstance(self.fold, NodeFold) else "Sentinel"


def _worth(name: str, log: Sequence[Event]) -> tuple[bool, bool, int, str]:
    """Sorts names by what they say: first one of a pod that lines state, then one that is a server's."""
    origin = log[0].origin if log else None
    stated = origin is not None and origin.pod is not None
    return not stated, not names_one_server(name.partition("/")[0]), len(name), name
