"""`Watcher`: reads logs while a test runs, and says what they have shown since a mark.

It does no input or output and reads no clock: a test hands over text as it comes, and its clock where it waits.
"""

from __future__ import annotations

import codecs
import time
from collections.abc import AsyncIterable, Callable, Iterable, Iterator

from redislog.events.base import Event
from redislog.evidence import Evidence
from redislog.reading import Reader
from redislog.replaying import Timeline
from redislog.testing.marks import Mark, Printed
from redislog.testing.matchers import Matcher, described, matches
from redislog.topology.values import Verdict

Chunk = str | bytes | None
"""Text as it comes, cut anywhere; None where nothing came."""

Clock = Callable[[], float]
"""Seconds, as `time.monotonic` gives them."""


class EndedError(AssertionError):
    """The log ended before it showed what was waited for."""


class Watcher:
    """Reads several servers' logs as they grow; each line is taken once, however it comes.

    ``tz``, ``year`` and ``form`` are those of `redislog.parse`.

    >>> watcher = Watcher()
    >>> watcher.feed("1:S 29 May 2023 07:49:04.507 * MASTER <-> REPLICA sync: Fini", name="b")
    >>> watcher.seen("replica.full-sync.finished")
    False
    >>> watcher.feed("shed with success" + chr(10), name="b")
    >>> watcher.seen("replica.full-sync.finished")
    True
    """

    def __init__(self, *, tz: str | None = None, year: int | None = None, form: str | None = None) -> None:
        self.timeline = Timeline(tz=tz, year=year)
        self._tz = tz
        self._year = year
        self._form = form
        self._logs: dict[str, _Log] = {}
        self._events: dict[str, list[Event]] = {}
        self._printed: dict[str, Printed] = {}
        self._verdict: Verdict | None = None

    def feed(self, chunk: str | bytes, *, name: str = "server") -> None:
        """Take in the next text of the log of a server of some name; it may end in the middle of a line."""
        for line in self._log(name).lines(chunk):
            self._take(name, line)

    def pull(self, read: Callable[[], str | bytes], *, name: str = "server") -> None:
        """Take in what is new in a log that ``read`` gives as a whole, as a container's client does.

        A log that was cut or begun anew since the last time is read from where it goes on, as far as that is
        known by its last lines, and else from its beginning.
        """
        log = self._log(name)
        for line in log.lines(log.new_in(read())):
            self._take(name, line)

    def close(self) -> None:
        """Take in what a log's last line holds that has no end, as where its server was ended."""
        for name, log in self._logs.items():
            for line in log.rest():
                self._take(name, line)
            for event in log.reader.close():
                self.add(event, name)

    def add(self, event: Event, name: str) -> None:
        """Take in an event that `redislog.parse` made; ``name`` is that of its capture."""
        source = event.source or name
        self._events.setdefault(source, []).append(event)
        self._printed.setdefault(source, Printed()).add(event)
        self.timeline.add(event, name)
        if event.key != "foreign":
            self._verdict = None

    def mark(self) -> Mark:
        """How far the logs have come."""
        return Mark({name: printed.position for name, printed in self._printed.items()})

    def events(self, *, since: Mark | None = None) -> Iterator[Event]:
        """Every event, each server's in order; only those after a mark."""
        positions = since.positions if since is not None else {}
        for name, its in sorted(self._events.items()):
            start = self._printed[name].since(positions.get(name))
            for index in range(start, len(its)):
                yield its[index]

    def after(self, since: Mark | None) -> Callable[[Iterable[Evidence]], bool]:
        """The function that says whether all the lines that tell of something were printed after a mark."""
        if since is None:
            return always
        after = {(event.source or "", event.line_number, event.message) for event in self.events(since=since)}
        return lambda evidence: all((line.source, line.line_number, line.text) in after for line in evidence)

    def syncs(self, replica: str | None = None, *, since: Mark | None = None) -> int:
        """How many syncs succeeded, full or partial, of one replica or of all; only those after a mark."""
        after = self.after(since)
        return sum(
            resync.outcome == "done" and replica in (None, resync.replica) and after(resync.evidence)
            for resync in self.timeline.resyncs
        )

    def count(self, matcher: Matcher, *, since: Mark | None = None) -> int:
        """How many events a matcher means; only those after a mark."""
        return sum(map(matches(matcher), self.events(since=since)))

    def seen(self, matcher: Matcher, *, since: Mark | None = None, times: int = 1) -> bool:
        """Whether a matcher means so many events or more; only those after a mark."""
        return self.count(matcher, since=since) >= times

    def counting(self, matcher: Matcher, *, since: Mark | None = None, times: int = 1) -> Callable[[], bool]:
        """The function that says, at each call, whether so many events were seen by then.

        As `seen`, in time that grows with what is new since the call before.
        """
        means = matches(matcher)
        positions = since.positions if since is not None else {}
        starts: dict[str, int] = {}
        places: dict[str, int] = {}
        found: dict[str, int] = {}

        def done() -> bool:
            for source, its in self._events.items():
                start = self._printed[source].since(positions.get(source))
                if starts.get(source) != start:
                    # More of the log was printed before the mark than was known.
                    known = places.get(source, 0)
                    found[source] = sum(map(means, its[start:known]))
                    starts[source], places[source] = start, max(start, known)
                found[source] += sum(means(its[index]) for index in range(places[source], len(its)))
                places[source] = max(places[source], len(its))
            return sum(found.values()) >= times

        return done

    @property
    def verdict(self) -> Verdict:
        """The verdict on all that was read; it is judged anew only after a server's line."""
        if self._verdict is None:
            self._verdict = self.timeline.verdict
        return self._verdict

    def until(
        self,
        predicate: Callable[[Verdict], bool],
        chunks: Iterable[Chunk],
        *,
        name: str = "server",
        timeout: float = 60.0,
        clock: Clock = time.monotonic,
    ) -> Verdict:
        """Read until the verdict is as wanted; what it was then. Errors as of `wait_for`."""
        self._wait(lambda: predicate(self.verdict), _named(predicate), chunks, name, timeout, clock)
        return self.verdict

    def wait_for(
        self,
        matcher: Matcher,
        chunks: Iterable[Chunk],
        *,
        name: str = "server",
        since: Mark | None = None,
        times: int = 1,
        timeout: float = 60.0,
        clock: Clock = time.monotonic,
    ) -> None:
        """Read until a matcher has meant so many events.

        ``chunks`` gives the log's text as it comes, and None where nothing came, so that time is looked at;
        ``timeout`` is in seconds of ``clock``.

        Raises
        ------
        TimeoutError
            if time is over.
        EndedError
            if the log ends before.
        """
        done = self.counting(matcher, since=since, times=times)
        self._wait(done, _wanted(matcher, times), chunks, name, timeout, clock)

    async def wait_for_async(
        self,
        matcher: Matcher,
        chunks: AsyncIterable[Chunk],
        *,
        name: str = "server",
        since: Mark | None = None,
        times: int = 1,
        timeout: float = 60.0,
        clock: Clock = time.monotonic,
    ) -> None:
        """As `wait_for`, of chunks that come asynchronously."""
        done, wanted = self.counting(matcher, since=since, times=times), _wanted(matcher, times)
        end = clock() + timeout
        if done():
            return
        async for chunk in chunks:
            if self._goes_on(chunk, name, done):
                return
            if clock() >= end:
                raise TimeoutError(self._not_seen(wanted, f"after {timeout:g} s"))
        self._ended(wanted, done)

    def _wait(
        self,
        done: Callable[[], bool],
        wanted: str,
        chunks: Iterable[Chunk],
        name: str,
        timeout: float,
        clock: Clock,
    ) -> None:
        end = clock() + timeout
        if done():
            return
        for chunk in chunks:
            if self._goes_on(chunk, name, done):
                return
            if clock() >= end:
                raise TimeoutError(self._not_seen(wanted, f"after {timeout:g} s"))
        self._ended(wanted, done)

    def _goes_on(self, chunk: Chunk, name: str, done: Callable[[], bool]) -> bool:
        if not chunk:
            return False
        self.feed(chunk, name=name)
        return done()

    def _ended(self, wanted: str, done: Callable[[], bool]) -> None:
        self.close()
        if not done():
            raise EndedError(self._not_seen(wanted, "when the log ended"))

    def _not_seen(self, wanted: str, when: str) -> str:
        from redislog.testing.failing import failure

        return failure(wanted, f"not so {when}", (), self)

    def _log(self, name: str) -> _Log:
        if name not in self._logs:
            self._logs[name] = _Log(Reader(source=name, tz=self._tz, year=self._year, form=self._form))
            self.timeline.know(name)
        return self._logs[name]

    def _take(self, name: str, line: str) -> None:
        for event in self._logs[name].reader.feed(line):
            self.add(event, name)


def always(_: Iterable[Evidence]) -> bool:
    """Whether lines were printed after no mark at all."""
    return True


def _wanted(matcher: Matcher, times: int) -> str:
    return f"{described(matcher)} {times} times" if times != 1 else described(matcher)


def _named(predicate: Callable[[Verdict], bool]) -> str:
    return f"a verdict as {getattr(predicate, '__name__', 'wanted')}"


class _Log:
    """The text of one log: what of it was handed on, and the beginning of a line that has no end yet."""

    _KNOWN = 4096
    """Characters by which the end of a log is known again."""
    _LINE = 256
    """Characters that are looked for at once: more than most lines have."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._begun: list[str] = []
        self._length = 0
        self._end = ""

    def lines(self, chunk: str | bytes) -> Iterator[str]:
        """The lines that a chunk completes."""
        text = self._decoder.decode(chunk) if isinstance(chunk, bytes) else chunk
        self._length += len(text)
        self._end = (self._end + text)[-self._KNOWN :] if len(text) < self._KNOWN else text[-self._KNOWN :]
        *whole, rest = text.split("\n")
        for line in whole:
            self._begun.append(line)
            yield "".join(self._begun)
            self._begun.clear()
        if rest:
            self._begun.append(rest)

    def rest(self) -> Iterator[str]:
        """The last line, if it has no end."""
        if self._begun:
            yield "".join(self._begun)
            self._begun.clear()

    def new_in(self, whole: str | bytes) -> str:
        """What is new in a text that holds the log from its beginning, or from where it was cut."""
        text = whole.decode("utf-8", "surrogateescape") if isinstance(whole, bytes) else whole
        if text[max(0, self._length - len(self._end)) : self._length] == self._end:
            return text[self._length :]
        known = self._known_in(text)
        if not known:
            self._begun.clear()
        self._length, self._end = known, text[:known][-self._KNOWN :]
        return text[known:]

    def _known_in(self, text: str) -> int:
        """How much of a text that was cut or begun anew was handed on: up to the last place that ends as the log did."""
        last = self._end[-self._LINE :]
        end = text.rfind(last) + len(last)
        while end >= len(last):
            if text[max(0, end - len(self._end)) : end] == self._end[-end:]:
                return end
            end = text.rfind(last, 0, end - 1) + len(last)
        return next((size for size in range(len(last) - 1, 0, -1) if text[:size] == last[-size:]), 0)
