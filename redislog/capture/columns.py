"""Tables that people hand over: which column holds the line, the pod, the host, whatever their heads call them.

::

    | pod | time | line |               a Markdown table; also one drawn with + and -, or with │ and ─
    |-----|------|------|
    | redis-0 | 2024-06-18 | LINE |
"""

from __future__ import annotations

import re

from redislog.capture.blocks import name_of
from redislog.capture.lines import Captured
from redislog.capture.records import FIELDS, MESSAGE, unwrap_record
from redislog.origin import Origin, origin

_LINE = {"message", "line", "log", "log line", "logline", "log message", "text", "content", "entry", "output", "_raw", "msg", "event"}  # fmt: skip
_POD = {"pod", "pod name", "podname", "pod_name", "container", "container name"}
_HOST = {"host", "hostname", "host.name", "node", "server", "instance", "machine", "computer", "source host"}
_WHEN = {"time", "date", "datetime", "date time", "when", "at", "timestamp", "@timestamp", "level", "stream"}
_STAMPED = re.compile(r"\W*\d")
_HOST_FIELD = "\0host"
_BARS = "|│┃║"
_RULE = re.compile(r"[\s|│┃║+:=┼├┤┌┐└┘┬┴╔╗╚╝╠╣╦╩╬─━═-]+\Z")
_BAR = re.compile(r"(?<!\\)[|│┃║]")
_QUOTE = re.compile(r"\A\s*(?:>\s*)*")
_CELLS = re.compile(r"[|│┃║,;\t]")
_SERVER_NAME = re.compile(r"[a-z][a-z0-9.-]*-(?:\d{1,5}|[0-9a-f]{6,10}-[a-z0-9]{5})\Z")
_QUOTED = re.compile(r'((?:[^"]|"")*)"(?=[,;\t]|\s*\Z)')
_LONGEST_NAME = 40
_LABEL = re.compile(
    r"\s*(?:[-*+\u2022>]\s+)?(?:\*\*|__|[`(<\[])?(?P<name>[A-Za-z][\w.-]{0,39}?(?: \d{1,3})?|\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?)"
    r"(?:\*\*|__|[`)>\]])?\s*(?:[:>\u2013\u2014]|[-=]{1,2}>?|>>)?(?:\*\*|__)?\s+\Z"
)
"""What stands alone before a server's line: a name, with what sets it apart."""
_NO_LABEL = re.compile(
    r"(?i)(?:thread|worker|task|job|test|line|step|run|pool|exec|app|main|page|item)[\w.]*[-_ ]?\d+\Z"
)
"""Names with a number that are of threads, and of places in a text."""


def field_of(column: str) -> str:
    """The name of a record's field that a column is, by its head; its own where that says nothing.

    >>> field_of("Log line"), field_of("Pod"), field_of("@timestamp")
    ('message', 'pod', '@timestamp')
    """
    word = column.strip().lower()
    if column in FIELDS and column not in ("host", "node"):
        return column
    if word in _LINE:
        return "message"
    if word in _POD:
        return "pod"
    return _HOST_FIELD if word in _HOST else column


def tell_of_lines(columns: list[str]) -> bool:
    """Whether one of the columns holds when, or where, a line was printed: a table of messages and meanings has none.

    >>> tell_of_lines(["time", "message"]), tell_of_lines(["message", "meaning"])
    (True, False)
    """
    others = [column for column in columns if column not in MESSAGE]
    return any(each in FIELDS or each == _HOST_FIELD or each.lower() in _WHEN for each in others)


def unwrap_row(columns: list[str], values: list[str], text: str, *, of_a_log: bool) -> Captured | None:
    """The line of a row; a host names its server where nothing else does.

    Where no column tells of lines (`tell_of_lines`), only a line with a head of its own, which begins with a number, is
    a log's: else the row stays as it is, ``text``.
    """
    record = dict(zip(columns, values, strict=True))
    found = unwrap_record(record)
    if found is not None and not (of_a_log or _STAMPED.match(found.text)):
        return Captured(text)
    host = record.get(_HOST_FIELD, "")
    if found is not None and found.origin is None and host and " " not in host:
        found.origin = origin(host=host)
    return found


def origin_of_cells(before: str) -> Origin | None:
    """The server that one of the cells before a line names, as pods and numbered hosts are named; or a label.

    >>> origin_of_cells('"Apr 13, 2023 @ 17:07:11.016","cache-server-1","').source
    'cache-server-1'
    >>> origin_of_cells("MASTER2 - ").source, origin_of_cells("(node-1) ").source, origin_of_cells("INFO: ")
    ('MASTER2', 'node-1', None)
    """
    if (label := _LABEL.match(before)) is not None:
        name = label["name"]
        if name[0].isdigit():
            return origin(file=name)
        return None if _NO_LABEL.match(name) else name_of(name)
    cells = (cell.strip().strip("\"'`*") for cell in _CELLS.split(before)[:-1])
    names = [cell for cell in cells if _SERVER_NAME.match(cell)]
    return origin(None, names[0]) if names else None


def cell_of(before: str, text: str) -> str:
    """A line without what is behind its cell, where a row's quote stands before it.

    >>> cell_of('"cache-1","', 'Ready to accept ""connections"" on port 6379","x"')
    'Ready to accept "connections" on port 6379'
    """
    opened = before[-2:] in (',"', ';"', '\t"') or before == '"'
    found = _QUOTED.match(text) if opened else None
    return text if found is None else found[1].replace('""', '"')


class TableReader:
    """A table between bars, whose first row names a column of messages.

    A row without that column's text, as rules are, gives no record. Where no column tells when or where a line was
    printed, only lines with a head of their own are a log's: a table of messages and what they mean is none.
    """

    name = "table"

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._columns: list[str] = []
        self._of_a_log = False

    def begins(self, text: str) -> bool:
        """Whether the line is such a first row."""
        cells = _cells(text)
        if cells is None or len(cells) < 2 or max(map(len, cells)) > _LONGEST_NAME:
            return False
        columns = [field_of(cell) for cell in cells]
        if sum(column in MESSAGE for column in columns) != 1:
            return False
        self._columns = columns
        self._of_a_log = tell_of_lines(columns)
        return True

    def take(self, text: str) -> list[Captured] | None:
        """The record of a row; None where the table has ended."""
        if _RULE.match(text):
            return [] if text.strip() else None
        cells = _cells(text)
        if cells is None:
            return None
        cells = self._fitted(cells)
        if cells is None or [field_of(cell) for cell in cells] == self._columns:
            return None if cells is None else []
        found = unwrap_row(self._columns, cells, text, of_a_log=self._of_a_log)
        if found is not None and found.collected is not None and not _says_its_zone(cells, self._columns):
            found.collected = None
        return [found] if found is not None else []

    def _fitted(self, cells: list[str]) -> list[str] | None:
        """Cells in number as the columns: what is too much is of a message that has bars in it."""
        over = len(cells) - len(self._columns)
        if over < 0:
            return None
        place = next(n for n, column in enumerate(self._columns) if column in MESSAGE)
        return [*cells[:place], " | ".join(cells[place : place + over + 1]), *cells[place + over + 1 :]]


def _says_its_zone(cells: list[str], columns: list[str]) -> bool:
    """Whether a date of a row says its zone, so that it can be held against the server's."""
    return any(
        re.search(r"\d(?:Z| ?UTC|[+-]\d\d:?\d\d)\Z", cell.strip()) is not None
        for cell, column in zip(cells, columns, strict=True)
        if column not in MESSAGE
    )


def _cells(text: str) -> list[str] | None:
    """The cells of a row between bars, without what marks them as code; None if it is no row."""
    text = _QUOTE.sub("", text, count=1).strip()
    if text[:1] not in _BARS or len(text) < 3:
        return None
    parts = _BAR.split(text)[1:]
    if not parts[-1].strip():
        parts = parts[:-1]
    return [part.strip().strip("`").replace("\\|", "|") for part in parts]
