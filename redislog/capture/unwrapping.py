"""One stream's lines without what collectors put around them.

The form is found by looking, line by line: the one that matched last is tried first, then none, then all
others, within each other up to three deep. A line belongs to a form if a server's line is inside; a raw line
also where the form cannot be mistaken, or was seen in this stream.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from redislog.capture import documents
from redislog.capture.blocks import Blocks
from redislog.capture.columns import cell_of, origin_of_cells
from redislog.capture.cri import CRI
from redislog.capture.followers import COMPOSE, K9S, KUBETAIL, STERN
from redislog.capture.kubectl import KUBECTL
from redislog.capture.lines import Captured, Decoder, Form, ServerLine, decode, has_colours, without_colours
from redislog.capture.paste import BOX, GREP, PASTE, heading
from redislog.capture.stores import FLUENT_BIT, FLUENTD, GRAFANA, LOGCLI, TAIL
from redislog.capture.syslog import RFC5424, SYSLOG
from redislog.origin import Origin

FORMS: tuple[Form, ...] = (
    CRI, FLUENTD, LOGCLI, RFC5424, SYSLOG, K9S, TAIL, KUBECTL, STERN, KUBETAIL, COMPOSE, GRAFANA, FLUENT_BIT, GREP,
    BOX, PASTE,
)  # fmt: skip
"""Forms of one line, in the order in which they are tried: the one that says more is first."""

_NESTING = 3
_SERVER = re.compile(
    r"(?<!\w)(?:\d{1,10}:[MSCX] (?:\d\d [A-Z][a-z]{2} |\d{4}-\d\d-\d\dT|\d{11,14} )"
    r"|\[\d{1,10}\] \d\d [A-Z][a-z]{2} (?:\d{4} )?\d\d:"
    r"|\d{1,10}:signal-handler \(|\[\d{1,10} \| signal handler\] \(|pid=\d{1,10} role=|\{\"pid\":\d{1,10},\"role\":)"
)
_IN_RECORD = re.compile(r"""["'=,\t]""")


@attrs.frozen
class Found:
    """What a stream has shown of itself between two records: form, heading, and whose lines have the server's prefix."""

    form: str | None = None
    heading: Origin | None = None
    prefixed: frozenset[str | None] = frozenset()


class Unwrapper:
    """Unwraps one stream. ``layout`` finds a server's own line format; ``form`` is the only form to expect.

    ``number`` counts the lines that were fed; who reads lines of a settled stream otherwise counts them too.
    """

    def __init__(self, layout: Callable[[str], ServerLine | None], *, form: str | None = None) -> None:
        self._layout = layout
        self._forms = FORMS if form is None else tuple(each for each in FORMS if each.name == form)
        self._readers = [each for each in documents.readers() if form is None or each.name == form]
        self._reader: documents.Reader | None = None
        self._first = 0
        self._current: Form | None = self._forms[0] if form is not None and self._forms else None
        self._decoder = Decoder()
        self._heading: Origin | None = None
        self._blocks = Blocks()
        self._parts: list[Captured] = []
        self._prefixed: set[str | None] = set()
        self.number = 0

    @property
    def form(self) -> Form | None:
        """The form that stands around the lines now, None for bare lines."""
        return self._current

    @property
    def heading(self) -> Origin | None:
        """What the last heading says of the lines below it."""
        return self._heading

    @property
    def found(self) -> Found | None:
        """What the stream has shown; None within a record or block, and of streams that have records of several lines."""
        if not self.settled or self._first or self._blocks.is_open:
            return None
        return Found(self._current.name if self._current else None, self._heading, frozenset(self._prefixed))

    def go_on(self, found: Found) -> None:
        """Go on as one that has found this."""
        self._current = next((form for form in FORMS if form.name == found.form), None)
        self._heading = found.heading
        self._prefixed = set(found.prefixed)

    def begins_server_line(self, line: bytes) -> bool:
        """Whether a line is a server's, surely and whole, if the stream goes on in its form."""
        try:
            text = decode(line.decode())
        except UnicodeDecodeError:
            return False
        if has_colours(text) or not self.settled:
            return False
        captured = Captured(text) if self._current is None else self._current.unwrap(text)
        return captured is not None and not captured.part and self._layout(captured.text) is not None

    @property
    def settled(self) -> bool:
        """Whether the next line stands alone: no record is open, and the stream is plain text."""
        return self._reader is None and not self._parts and self._decoder.plain

    def feed(self, line: str | bytes) -> list[Captured]:
        """The records that the next line completes: one, except in a form that has several lines to a record."""
        self.number += 1
        text = self._decoder.decode(line)
        if has_colours(text):
            text = without_colours(text)
        if self._reader is None and not self._parts:
            captured = Captured(text) if self._current is None else self._current.unwrap(text)
            if captured is not None and not captured.part:
                captured.server = self._layout(captured.text)
                if captured.server is not None:
                    return [self._placed(captured)]
        return self._feed(text)

    def close(self) -> list[Captured]:
        """The records that the end of the stream completes."""
        found = self._broken_off()
        if self._parts:
            found.append(self._joined())
        return found

    @property
    def pending(self) -> bool:
        """Whether a document has begun that is not complete."""
        return self._reader is not None and self._reader.name == "json"

    def _feed(self, text: str) -> list[Captured]:
        found: list[Captured] = []
        if self._reader is None or self._reader.name == "table":
            is_of_a_log = _SERVER.search(text) is not None
            self._heading = self._blocks.follow(text, self._heading, self.number, is_of_a_log=is_of_a_log)
        if self._reader is not None:
            if self._breaks(text):
                found = self._broken_off()
            else:
                taken = self._take(self._reader, text)
                if taken is not None:
                    return taken
                found = self._broken_off()
        for reader in self._readers:
            if reader.begins(text):
                self._first = self.number
                taken = self._take(reader, text)
                if taken is not None:
                    return found + taken
                reader.lines.clear()
        return [*found, *self._line(text, self.number)]

    def _breaks(self, text: str) -> bool:
        """Whether a line cannot be of a record that is still open: it is one of another form."""
        match = _SERVER.search(text)
        if match is None or text[0].isspace() or self._reader is None or self._reader.name == "table":
            return False
        if text[0] == "{" and self._reader.name != "json" and not self._reader.lines:
            return True
        if not _IN_RECORD.search(text[: match.start()]):
            return True
        unwrapped = (form.unwrap(text) for form in self._forms if form not in (BOX, PASTE))
        return any(each is not None and self._inside(each, 0).server is not None for each in unwrapped)

    def _take(self, reader: documents.Reader, text: str) -> list[Captured] | None:
        if not reader.lines:
            self._first = self.number
        first = self._first
        taken = reader.take(text)
        if taken is None:
            return None
        open_ended = reader.name != "json"
        self._reader = reader if reader.lines or open_ended else None
        found: list[Captured] = []
        for captured in taken:
            captured.number = first + captured.number - 1 if captured.number else first
            found += self._finished(self._inside(captured, 0))
        return found

    def _broken_off(self) -> list[Captured]:
        """What a record that did not end holds: itself, or its lines, read as such."""
        reader, self._reader = self._reader, None
        found: list[Captured] = []
        if reader is None:
            return found
        if isinstance(reader, documents.FieldsReader):
            for captured in reader.finish():
                captured.number = self._first
                found += self._finished(self._inside(captured, 0))
            return found
        lines, reader.lines = reader.lines, []
        if isinstance(reader, documents.JsonReader):
            reader.restart()
        for number, text in enumerate(lines, start=self._first):
            found += self._line(text, number)
        return found

    def _line(self, text: str, number: int) -> list[Captured]:
        captured = self._unwrapped(text, 0)
        captured.number = number
        return self._finished(captured)

    def _finished(self, captured: Captured) -> list[Captured]:
        """A record, joined with the parts before it; nothing while parts are missing."""
        if captured.part:
            self._parts.append(captured)
            return []
        if self._parts:
            self._parts.append(captured)
            captured = self._joined()
        elif captured.server is None and captured.origin is None and (named := heading(captured.text)):
            self._heading = named if named.source or named.namespace else None
        return [self._placed(captured)]

    def _joined(self) -> Captured:
        parts, self._parts = self._parts, []
        whole = parts[0]
        whole.text = "".join(part.text for part in parts)
        whole.part = False
        whole.server = self._layout(whole.text)
        return whole

    def _placed(self, captured: Captured) -> Captured:
        """A record with its number, and the names of the heading above it."""
        captured.number = captured.number or self.number
        if self._heading is not None and captured.source is None:
            where = captured.origin
            captured.origin = where.over(self._heading) if where is not None else self._heading
        if captured.bare:
            source = captured.source
            if captured.server is not None:
                self._prefixed.add(source)
            elif source in self._prefixed:
                captured.bare = False
        return captured

    def _unwrapped(self, text: str, depth: int) -> Captured:
        """The line inside all forms that stand around a text."""
        if (server := self._layout(text)) is not None:
            if not depth:
                self._current = None
            return Captured(text, server=server)
        best: Captured | None = None
        current = self._current
        hidden = _SERVER.search(text) is not None or "\\" in text or "&" in text
        for form in (current, *self._forms) if current is not None else self._forms:
            captured = form.unwrap(text)
            if captured is None:
                continue
            captured.server = self._layout(captured.text)
            if captured.server is None and (hidden or captured.text[:1] == "{") and depth < _NESTING:
                captured = self._inside(captured, depth)
            if captured.server is not None:
                if form is not PASTE and not depth:
                    self._current = form
                return captured
            if best is None and (form is current or form.claims(captured)):
                best = captured
                if not hidden:
                    break
        if not depth and hidden and (best is None or not best.bare) and (match := _SERVER.search(text)):
            inner = cell_of(text[: match.start()], text[match.start() :])
            if (server := self._layout(inner)) is not None:
                where = (best.origin if best is not None else None) or origin_of_cells(text[: match.start()])
                return Captured(inner, text[: match.start()], where, server=server)
        return best if best is not None else Captured(text)

    def _inside(self, outer: Captured, depth: int) -> Captured:
        """What stands inside a line that was unwrapped once."""
        if outer.server is None:
            outer.server = self._layout(outer.text)
        if outer.server is not None or depth >= _NESTING:
            return outer
        inner: Captured | None = None
        if outer.text[:1] == "{":
            found = documents.JsonReader().take(outer.text)
            inner = found[0] if found and len(found) == 1 else None
            if inner is not None:
                inner.server = self._layout(inner.text)
        if inner is None:
            inner = self._unwrapped(outer.text, depth + 1)
        if inner.text == outer.text:
            return outer
        inner.prefix = outer.prefix + inner.prefix
        inner.number = outer.number
        if outer.origin is not None:
            inner.origin = inner.origin.over(outer.origin) if inner.origin is not None else outer.origin
        inner.collected = inner.collected or outer.collected
        inner.part = inner.part or outer.part
        return inner
