"""Forms of which one record stands in several lines: JSON documents, CSV tables, journald's field lists.

::

    json               {"log": "LINE", ...}         a line, a pretty-printed object, an array, an API's answer
    csv                TimeGenerated,...            the header names the columns; a quoted value may span lines
    journald-export    KEY=VALUE ... empty line     a value that is no text: KEY, 8 bytes of length, the value
    journald-verbose   DATE [CURSOR] / KEY=VALUE    indented

A reader takes lines until it has a record. Lines that build one up give no event of their own; lines of a
document that breaks off are read once more as lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from redislog.capture.columns import TableReader, field_of, tell_of_lines, unwrap_row
from redislog.capture.lines import Captured
from redislog.capture.records import MESSAGE, records, unwrap_record

_JSON_OPENS = re.compile(r"\s*+(?:[\[{]\s*\Z|\[?\s*+\{\s*+\"|\[\s*+\[\s*+\{)")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)')
_FIELD = re.compile(r"\s*([A-Z_][A-Z0-9_]*)=(.*)\Z", re.DOTALL)
_VERBOSE = re.compile(
    r"[A-Z][a-z]{2} (?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?) UTC|\d{4}-\d\d-\d\d \S+ \S+) \[s=[0-9a-f]+;i=[^\]]*\]\Z"
)
_BINARY = re.compile(r"[A-Z_][A-Z0-9_]*\Z")
_WORDS = re.compile(r"[\w .:*#()',-]{4,}")
_NAME = r'"?@?[A-Za-z_][\w .\[\]-]*"?'
_HEADER = re.compile(rf"{_NAME}(?:([,;\t]){_NAME})(?:\1{_NAME})*\Z")
_MOST_LINES = 5_000_000
_MOST_ROW_LINES = 100
_MISSHAPEN = (ValueError, TypeError, AttributeError, KeyError, RecursionError)
"""What a document that is not what it looks like can raise."""


class Reader(Protocol):
    """Takes lines of a form that has several to a record.

    ``begins`` says whether a line opens such a form; ``take`` gives the records that a line completes, None
    where the line does not belong to the form; ``lines`` are those that are not used up yet.
    """

    name: str
    lines: list[str]

    def begins(self, text: str) -> bool: ...  # noqa: D102
    def take(self, text: str) -> list[Captured] | None: ...  # noqa: D102


class JsonReader:
    """Any JSON document: what is complete in a line, and what is spread over many."""

    name = "json"

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._depth = 0

    def begins(self, text: str) -> bool:
        """Whether a JSON object or array opens."""
        return (text[:1] in "{[ \t") and _JSON_OPENS.match(text) is not None

    def take(self, text: str) -> list[Captured] | None:
        """The records of the document that a line completes."""
        import json

        if not self.lines:
            try:
                return self._captured(json.loads(text.rstrip().rstrip(",")), [text])
            except _MISSHAPEN:
                pass
        bare = _STRING.sub("", text)
        self._depth += bare.count("{") + bare.count("[") - bare.count("}") - bare.count("]")
        self.lines.append(text)
        if self._depth > 0:
            return [] if len(self.lines) < _MOST_LINES else None
        lines, self.lines, self._depth = self.lines, [], 0
        try:
            found = self._captured(json.loads("\n".join(lines).rstrip().rstrip(","), strict=False), lines)
        except _MISSHAPEN:
            found = None
        if found is None:
            self.lines = lines[:-1]
        return found

    def restart(self) -> None:
        """Forget the document that was open."""
        self.lines, self._depth = [], 0

    def _captured(self, value: object, lines: list[str]) -> list[Captured] | None:
        if not isinstance(value, dict | list):
            return None
        found = [each for each in map(unwrap_record, records(value)) if each is not None]
        if len(lines) > 1:
            _number(found, lines)
        return found or None


def _number(found: list[Captured], lines: list[str]) -> None:
    """Number records by the line of the document that holds their text; 1 is its first."""
    here = missed = 0
    for captured in found:
        words = max(_WORDS.findall(captured.text), key=len, default="")
        place = here
        while missed < 3 and place < len(lines) and words not in lines[place]:
            place += 1
        if place < len(lines):
            here = place
        else:
            missed += 1
        captured.number = here + 1


class CsvReader:
    """A table with a header that names a column of messages, separated by commas or tabs.

    What was copied from a table on a screen has tabs, and no quotes around a value that has some in it.
    """

    name = "csv"

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._columns: list[str] = []
        self._separator = ","
        self._of_a_log = False

    def begins(self, text: str) -> bool:
        """Whether the line is such a header."""
        match = _HEADER.match(text)
        if match is not None:
            names = [field_of(name) for name in _row(text, match[1])]
            if any(name in MESSAGE for name in names):
                self._columns, self._separator = names, match[1]
                self._of_a_log = tell_of_lines(names)
                return True
        return False

    def take(self, text: str) -> list[Captured] | None:
        """The record of a row that a line completes; the header gives none."""
        if not self.lines and [field_of(name) for name in _row(text, self._separator)] == self._columns:
            return []
        if self._separator == "\t" and not self.lines and '\t"' not in f"\t{text}":
            return self._of_values(text.split("\t"), text)
        whole = "\n".join((*self.lines, text))
        if whole.count('"') % 2:
            if len(self.lines) >= _MOST_ROW_LINES:
                return None
            self.lines.append(text)
            return []
        return self._of_values(_row(whole, self._separator), whole)

    def _of_values(self, values: list[str], text: str) -> list[Captured] | None:
        if len(values) != len(self._columns):
            return None
        self.lines = []
        found = unwrap_row(self._columns, values, text, of_a_log=self._of_a_log)
        return [found] if found is not None else []


def _row(text: str, separator: str) -> list[str]:
    import csv
    import io

    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    except csv.Error:
        return []


class FieldsReader:
    """journald's lists of fields: ``-o export`` and ``-o verbose``."""

    name = "journald-fields"

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._fields: dict[str, str] = {}
        self._open = ""
        self._missing = 0

    def begins(self, text: str) -> bool:
        """Whether a record opens: its cursor, or a date with one."""
        return text.startswith("__CURSOR=") or _VERBOSE.match(text) is not None

    def take(self, text: str) -> list[Captured] | None:
        """The record that a line completes."""
        if self._missing:
            return self._more(text)
        if self._open:
            self.lines.append(text)
            data = text.encode("utf-8", "surrogateescape")
            self._missing = int.from_bytes(data[:8], "little") + 8
            self._fields[self._open] = ""
            return self._more_data(data)
        if not text.strip() or self.begins(text):
            found = self._record()
            if self.begins(text):
                self.lines.append(text)
                if match := _FIELD.match(text):
                    self._fields[match[1]] = match[2]
                elif (match := _VERBOSE.match(text)) and match[1]:
                    self._fields["time"] = f"{match[1]}+00:00"
            return found
        match = _FIELD.match(text)
        if match is None:
            if self._fields and _BINARY.match(text):
                self._open = text
                self.lines.append(text)
                return []
            return None
        self.lines.append(text)
        self._fields[match[1]] = match[2]
        return []

    def _more(self, text: str) -> list[Captured]:
        self.lines.append(text)
        return self._more_data(text.encode("utf-8", "surrogateescape"))

    def _more_data(self, data: bytes) -> list[Captured]:
        self._missing -= len(data)
        self._fields[self._open] += data.decode("utf-8", "surrogateescape") + (
            "\n" if self._missing > 0 else ""
        )
        self._missing = max(0, self._missing - 1)
        if not self._missing:
            self._fields[self._open] = self._fields[self._open][8:]
            self._open = ""
        return []

    def _record(self) -> list[Captured]:
        fields, self._fields = self._fields, {}
        self.lines = []
        if "__REALTIME_TIMESTAMP" not in fields and "_SOURCE_REALTIME_TIMESTAMP" in fields:
            fields["__REALTIME_TIMESTAMP"] = fields["_SOURCE_REALTIME_TIMESTAMP"]
        found = unwrap_record(fields)
        return [found] if found is not None else []

    def finish(self) -> list[Captured]:
        """The last record, which may lack its empty line."""
        return self._record()


def readers() -> Iterator[Reader]:
    """A fresh reader of each form that has several lines to a record."""
    yield JsonReader()
    yield CsvReader()
    yield TableReader()
    yield FieldsReader()
