"""Lines that lost their heads: which of them are a server's, by the lines around them.

The rule. A line that is in no server's format is a *candidate* where a known wording matches all of it, but for a
head that was cut short or is another program's (`redislog.grammar.heads`). Candidates with heads of one shape are
a server's lines where

1. another program's head, where there is one, has what a log's has: a time, a level, a stream, a name in brackets;
2. they are several: two with a head that hardly another program prints (pid and role letter, or time and level
   mark), with any other, or none, at least three that are printed for different messages;
3. they tell of servers: two of them (one, of those with such a head) are messages of replication, Sentinel, Cluster
   or a server's start and end, in words of their own. ``Configuration loaded`` is what any program prints;
4. they are among their like: at least half of the lines from the fourth before the first of them to the fourth
   after the last are candidates. Of lines with another program's head only those with that head count. Prose that
   quotes messages, a program's source, a list in a document are not so.

A list's bullets are no level marks: lines whose mark is ``-`` speak for nobody. Once some lines are a server's, those
of the same shape that follow them are, too, until as many others came; what has parts of a server's own head then,
and no known message, is a server's line whose message is not known.

A line that has the server's own whole head, or the end of the stream, ends what is looked at together.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable

import attrs

from redislog.capture.paste import unescaped
from redislog.events.base import Event
from redislog.grammar.dispatch import Entry
from redislog.grammar.heads import Head, begins_like, find, read_own
from redislog.matching import recognise_handed_over, tables, wording_of

_AROUND = 4
_FEWEST = 3
_FEWEST_RICH = 2
_ENOUGH = 8
"""So many candidates decide without a look at what follows them."""
_OWN_WORDS = 8
"""Letters that a wording must have of its own."""
_FAMILIES = ("replica.", "primary.", "role.", "failover.", "cluster.", "sentinel.")
_LIFE = {"server.starting", "server.started", "server.version", "server.exit", "server.exit-insist"}
_QUOTE = re.compile(r"(?:[>|\s]|&gt;)*")
_BREAKS = re.compile(r"<br\s*/?>|\\r\\n|\\n|\r")
_LETTERS = re.compile(r"[A-Za-z+-]")

Build = Callable[[Event, Head, str], Event]
"""Makes the event of a server's line: of the line as it was read, its head, and its message."""


@attrs.frozen
class Candidate:
    """A line that may be a server's: as it was read, its head, its message and the wording of that."""

    line: Event
    head: Head
    message: str
    entry: Entry


class Weaker:
    """Reads the lines of one stream that are in no server's format, and may be a server's after all."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._held: list[tuple[Event, Candidate | None]] = []
        self._before: deque[str] = deque(maxlen=_AROUND)
        self._after = 0
        self._known: dict[str, tuple[Head, int]] = {}

    @property
    def holds(self) -> bool:
        """Whether lines are held back."""
        return bool(self._held)

    def feed(self, events: Iterable[Event]) -> list[Event]:
        """The events that the next ones complete, in order."""
        found: list[Event] = []
        for event in events:
            if event.key == "foreign":
                for part in _parts(event):
                    found += self._line(part)
            elif event.block is not None and self._held:
                self._held.append((event, None))
            else:
                found += self.close()
                if event.block is None:
                    self._before.clear()
                found.append(event)
        return found

    def close(self) -> list[Event]:
        """What is held, as it is seen by now."""
        if not self._held:
            return []
        for shape in dict.fromkeys(each.head.shape for _, each in self._held if each is not None):
            self._decide(shape)
        held, self._held = self._held, []
        self._after = 0
        return [self._read(line, candidate) for line, candidate in held]

    def _line(self, line: Event) -> list[Event]:
        text = line.message
        if not text.strip():
            self._held += [(line, None)] if self._held else []
            return [] if self._held else [line]
        candidate = candidate_of(line)
        if candidate is None and not self._held:
            read = self._read(line, None)
            if read is line:
                self._before.append(text)
            return [read]
        self._held.append((line, candidate))
        if candidate is None:
            self._after += 1
            return self.close() if self._after >= _AROUND else []
        self._after = 0
        if candidate.head.shape in self._known or self._count(candidate.head.shape) >= _ENOUGH:
            return self.close()
        return []

    def _count(self, shape: str) -> int:
        return sum(each is not None and each.head.shape == shape for _, each in self._held)

    def _decide(self, shape: str) -> None:
        """Look whether the candidates of a shape are a server's."""
        its = [each for _, each in self._held if each is not None and each.head.shape == shape]
        head = its[0].head
        speaking = [each for each in its if each.head.mark != "-" or each.head.rich]
        telling = {each.entry.key for each in speaking if _tells(each.entry)}
        several = (
            len(speaking) >= _FEWEST_RICH and telling
            if head.rich
            else len({each.entry.key for each in speaking}) >= _FEWEST and len(telling) > 1
        )
        if several and self._among_their_like(head, len(its)):
            self._known[shape] = head, 0

    def _among_their_like(self, head: Head, count: int) -> bool:
        foreign = (line for line, each in self._held if each is None and line.key == "foreign")
        others = [*self._before, *(line.message for line in foreign if line.message.strip())]
        if head.other or head.rich:
            others = [text for text in others if begins_like(text, head)]
        return count >= len(others)

    def _read(self, line: Event, candidate: Candidate | None) -> Event:
        """A line as what it is now known to be."""
        if candidate is not None and (known := self._known.get(candidate.head.shape)):
            self._known[candidate.head.shape] = known[0], 0
            return self._build(line, candidate.head, candidate.message)
        if line.key == "foreign" and candidate is None and line.message.strip():
            return self._unknown(line)
        return line

    def _unknown(self, line: Event) -> Event:
        """A line without a known wording: a server's, where it begins like those that are."""
        for shape, (head, others) in list(self._known.items()):
            if not head.other and head.size and begins_like(line.message, head):
                own = read_own(line.message)
                if own.mark != "-" and line.message[own.size :]:
                    return self._build(line, own, line.message[own.size :])
            if others >= _AROUND and not head.other:
                del self._known[shape]
            else:
                self._known[shape] = head, others + 1
        return line


def candidate_of(line: Event) -> Candidate | None:
    """A line as one that may be a server's, None if no known wording matches to its end."""
    quote = _QUOTE.match(line.message)
    begin = quote.end() if quote is not None else 0
    text = unescaped(line.message[begin:].rstrip())
    found = find(text, tables().messages.may_begin, _speaking) or _handed_over(text)
    return Candidate(line, *found) if found is not None and found[0].is_a_log_s else None


def _handed_over(text: str) -> tuple[Head, str, Entry] | None:
    """A line with much of a server's head, and a message that has a remark behind it or values masked in it."""
    head = read_own(text)
    message = text[head.size :]
    known = recognise_handed_over(message, head.role) if head.rich and message else None
    return None if known is None else (head, message, known.recognised.entry)


def _speaking(text: str) -> Entry | None:
    entry = wording_of(text)
    if entry is None or _own_words(entry) < _OWN_WORDS:
        return None
    begins_with_a_value = entry.skeleton.startswith("\0")
    second = text.split(" ", 2)[1:2] if begins_with_a_value else []
    one_word = all(tables().messages.may_begin("", word) for word in second)
    return entry if one_word else None


def _own_words(entry: Entry) -> int:
    return len(_LETTERS.findall(entry.skeleton))


def _tells(entry: Entry) -> bool:
    """Whether a message tells of servers, and no other program has it."""
    return entry.key.startswith(_FAMILIES) or entry.key in _LIFE


def _parts(line: Event) -> list[Event]:
    """The lines that break tags, or escaped line ends, join in one; the line itself where it is one."""
    text = line.message
    if "<br" not in text and "\\n" not in text and "\r" not in text:
        return [line]
    pieces = [piece for piece in _BREAKS.split(text) if piece.strip()]
    parts = [line.__class__(attrs.evolve(line.header, message=piece), line.key) for piece in pieces]
    return parts if sum(candidate_of(part) is not None for part in parts) > 1 else [line]
