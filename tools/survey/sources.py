"""The log calls of a C source tree: who prints which text at which level.

Read are calls of the servers' own log functions, of macros that only put a text before one, and of the module
interface. Texts over several literals, macros that are texts (``PRIu64``, product names) and choices between
texts are put together; what a variable holds is a value.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tools.survey.formats import LITERALS, Texts, joined, printed

INSTANCE = "\0"
"""Stands for what a Sentinel prints for ``%@``."""

LEVELS = {"DEBUG": "debug", "VERBOSE": "verbose", "NOTICE": "notice", "WARNING": "warning", "RAW": "raw"}


class Printer(NamedTuple):
    """A log function: where its level and its text stand among its arguments, and what it puts before."""

    level: int | None
    text: int
    before: str = ""
    default: str = "warning"
    formatted: bool = True


PRINTERS = {
    **{f"{name}Log": Printer(0, 1) for name in ("server", "redis")},
    **{f"{name}LogRaw": Printer(0, 1, formatted=False) for name in ("server", "redis")},
    **{f"{name}LogFromHandler": Printer(0, 1) for name in ("server", "redis")},
    **{f"{name}LogRawFromHandler": Printer(0, 1, formatted=False) for name in ("server", "redis")},
    "sentinelEvent": Printer(0, 3),
    **{f"{name}Module_Log": Printer(1, 2) for name in ("Redis", "Valkey")},
    "RM_Log": Printer(1, 2),
    "VM_Log": Printer(1, 2),
}
"""The log functions that the servers are known to have."""

_NOT_SERVERS = re.compile(
    r"(^|/)(tests?|unit|deps|utils|examples?|.*-(cli|benchmark)\.c)(/|$)|cli_common|^modules/hello"
)
_MODULE = re.compile(r"(?:^|/)modules/(\w+)/")


class Call(NamedTuple):
    """One text that a log call can print: ``texts`` with NUL for each value; ``level`` as in the wordings."""

    file: str
    line: int
    function: str
    level: str
    text: str

    @property
    def place(self) -> str:
        """``file:function``, as wordings name their source."""
        return f"{self.file}:{self.function}"


class Unread(NamedTuple):
    """A log call whose text is no literal."""

    file: str
    line: int
    source: str


class Survey(NamedTuple):
    """What a source tree prints, where it could not be read, and all its other texts.

    ``elsewhere`` are texts that stand in no log call: of crash reports that are written straight to the log, of
    panics, of variables that a log call prints.
    """

    calls: tuple[Call, ...]
    unread: tuple[Unread, ...]
    elsewhere: tuple[str, ...]


def read_tree(folder: Path) -> Survey:
    """All log calls of a server's sources.

    Raises
    ------
    ValueError
        if the folder holds no C sources.
    """
    root = folder / "src" if (folder / "src").is_dir() else folder
    files = {
        path.relative_to(root).as_posix(): without_comments(path.read_text("utf-8", "replace"))
        for path in sorted(root.rglob("*"))
        if path.suffix in (".c", ".h", ".cpp", ".cc")
        and not _NOT_SERVERS.search(path.relative_to(root).as_posix())
    }
    if not files:
        raise ValueError(f"{folder}: expected C sources, in it or in its folder src")
    texts = Texts.of(files.values())
    printers = dict(PRINTERS)
    for source in files.values():
        printers.update(_macros(source, texts))
    calls: list[Call] = []
    unread: list[Unread] = []
    elsewhere: list[str] = []
    for name, source in files.items():
        file = _File(name, source)
        for match in re.finditer(rf"\b({_any_of(printers)})\s*\(", source):
            if not _is_no_call(source, match):
                for found in file.texts_of(match, printers[match[1]], texts):
                    (calls if isinstance(found, Call) else unread).append(found)  # type: ignore[arg-type]
        elsewhere += file.other_texts(texts)
    return Survey(tuple(calls), tuple(unread), tuple(dict.fromkeys(elsewhere)))


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def without_comments(source: str) -> str:
    """C without its comments and with lines that go on joined, each line still in its place."""

    def blank(match: re.Match[str]) -> str:
        text = match[0]
        if text[0] in "\"'":
            return text.replace("\\\n", "")
        return "\n" * text.count("\n") or " "

    return re.sub(
        r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])+'|//[^\n]*|/\*.*?\*/", blank, source, flags=re.DOTALL
    )


_MACRO = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)\(([^)]*)\)((?:\\\n|[^\n])*)", re.MULTILINE)
_RDB = "Internal error in RDB reading offset \0, function at rdb.c:\0 -> "
_RDB_ERROR = re.compile(r"rdbReportError\(\s*\d\s*,\s*__LINE__")


def _macros(source: str, texts: Texts) -> Iterator[tuple[str, Printer]]:
    """Macros that put a text before what another log function prints."""
    for match in _MACRO.finditer(source):
        name, parameters, body = match[1], [each.strip() for each in match[2].split(",")], match[3]
        call = re.search(r"\b(serverLog|redisLog)\(", body)
        if call is not None and "..." in parameters and "__VA_ARGS__" in body:
            arguments = split_arguments(body[call.end() :])[0]
            before = printed(arguments[1].replace("__VA_ARGS__", ""), (), texts) if len(arguments) > 1 else []
            level = next(
                (number for number, each in enumerate(parameters) if each == arguments[0].strip()), None
            )
            yield name, Printer(level, parameters.index("..."), before[0] if before else "")
        elif _RDB_ERROR.search(body) and "..." in parameters:
            yield name, Printer(None, parameters.index("..."), _RDB, "verbose|warning")


_FUNCTION = re.compile(r"^[A-Za-z_][^\n;{}=#]*?\b(\w+)\s*\([^;{}]*\)[^;{}()]*\{", re.MULTILINE)


def _is_no_call(source: str, match: re.Match[str]) -> bool:
    """Whether a name and a parenthesis are a declaration, or within a macro's own definition."""
    line = source[source.rfind("\n", 0, match.start()) + 1 : match.start()]
    return ("#" in line[:20] and "define" in line) or re.search(
        r"\b(void|int|char|static|extern)\b[\s*]*$", line
    ) is not None


class _File:
    """One file: in which function a place is, and which of its texts log calls print."""

    def __init__(self, name: str, source: str) -> None:
        self._name = name
        self._source = source
        self._heads = [(match.start(), match[1]) for match in _FUNCTION.finditer(source)]
        self._spans: list[tuple[int, int]] = []
        module = _MODULE.search(name)
        self._before = f"<{module[1]}> " if module is not None else ""

    def texts_of(self, match: re.Match[str], printer: Printer, texts: Texts) -> Iterator[Call | Unread]:
        """The texts of the log call that a name and its parenthesis begin."""
        arguments, length = split_arguments(self._source[match.end() :])
        self._spans.append((match.start(), match.end() + length))
        if len(arguments) <= printer.text:
            return
        line = self._source.count("\n", 0, match.start()) + 1
        level = _level(arguments[printer.level]) if printer.level is not None else printer.default
        found = _printed(match[1], printer, arguments, texts)
        for text in found:
            before = self._before if match[1].endswith("Module_Log") else printer.before
            yield Call(self._name, line, self._function(match.start()), level, before + text)
        if not found:
            source = f"{match[1]}({', '.join(each.strip() for each in arguments)})"
            yield Unread(self._name, line, " ".join(source.split()))

    def other_texts(self, texts: Texts) -> Iterator[str]:
        """The texts that stand in none of the calls that were read."""
        for match in LITERALS.finditer(self._source):
            if not any(start <= match.start() < end for start, end in self._spans):
                yield joined(match[0], texts) or ""

    def _function(self, place: int) -> str:
        number = bisect_left(self._heads, (place, ""))
        return self._heads[number - 1][1] if number else "?"


def _printed(called: str, printer: Printer, arguments: list[str], texts: Texts) -> list[str]:
    found = printed(
        arguments[printer.text], arguments[printer.text + 1 :], texts, formatted=printer.formatted
    )
    if called != "sentinelEvent":
        return found
    events = printed(arguments[1], (), texts, formatted=False)
    return [f"{event} {text.replace('%@', INSTANCE)}".rstrip() for event in events for text in found]


def _level(argument: str) -> str:
    """The level of a call, several joined by ``|`` where it depends."""
    words = re.findall(r"\b(?:LL|REDIS|VALKEYMODULE_LOGLEVEL|REDISMODULE_LOGLEVEL)_(\w+)|\"(\w+)\"", argument)
    levels = [LEVELS[word] for pair in words for each in pair if (word := each.upper()) in LEVELS]
    if "raw" in levels:
        return "raw"
    return "|".join(dict.fromkeys(levels)) or "?"


def split_arguments(text: str) -> tuple[list[str], int]:
    """The arguments of a call, from behind its opening parenthesis on; and where the closing one stands."""
    arguments: list[str] = []
    depth = start = place = 0
    for match in re.finditer(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])'|[()\[\]{},]", text):
        sign, place = match[0], match.start()
        if sign in "([{":
            depth += 1
        elif sign in ")]}" and depth:
            depth -= 1
        elif sign == ")":
            break
        elif sign == "," and not depth:
            arguments.append(text[start:place])
            start = place + 1
    return [*arguments, text[start:place]], place
