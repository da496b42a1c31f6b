"""Does to a recorded log what people do to one before they hand it over: cuts heads, joins lines, breaks them.

This knows nothing of the reader, so that the two check each other. To add a transformation, write a function
from a log's lines to lines and list it in `TRANSFORMS`.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

Lines = list[str]
Write = Callable[[Sequence[str]], Iterable[str]]

_HEAD = re.compile(
    r"(?P<pid>\d+):(?P<role>[MSCX]) (?P<date>\d\d [A-Z][a-z][a-z](?: \d{4})?) (?P<time>\d\d:\d\d:\d\d\.\d{3})"
    r" (?P<mark>[-.*#]) (?P<message>.*)"
)
_HANDLER = re.compile(r"\d+:signal-handler \(\d+\) (?P<message>.*)")


@attrs.frozen
class Transform:
    """One thing that is done to logs.

    ``decides`` says whether all facts are kept that decide what status a deployment has: roles, order, time.
    """

    name: str
    write: Write
    decides: bool = True


def transformed(transform: Transform, capture: bytes) -> bytes:
    """A log after what a transformation does to it."""
    lines = capture.decode("utf-8", "surrogateescape").splitlines()
    return "".join(f"{line}\n" for line in transform.write(lines)).encode("utf-8", "surrogateescape")


def with_head(layout: str) -> Write:
    """Heads of another layout: the names of parts in braces; a handler's line keeps its message alone."""

    def write(lines: Sequence[str]) -> Iterator[str]:
        for line in lines:
            if match := _HEAD.fullmatch(line):
                yield layout.format(**match.groupdict())
            elif match := _HANDLER.fullmatch(line):
                yield (layout.partition("{mark}")[1] and f"# {match['message']}") or match["message"]
            else:
                yield line

    return write


def without_years(lines: Sequence[str]) -> Iterator[str]:
    """As 3.0 to 4.0 print it."""
    for line in lines:
        yield re.sub(r"^(\d+:[MSCX] \d\d [A-Z][a-z][a-z]) \d{4} ", r"\1 ", line)


def glued(between: str, every: int = 3) -> Write:
    """So many records in one line; other lines stay, and end it."""

    def write(lines: Sequence[str]) -> Iterator[str]:
        row: Lines = []
        for line in lines:
            if _HEAD.fullmatch(line) is None:
                if row:
                    yield between.join(row)
                row = []
                yield line
                continue
            row.append(line)
            if len(row) == every:
                yield between.join(row)
                row = []
        if row:
            yield between.join(row)

    return write


def wrapped(width: int, indent: str = "") -> Write:
    """Broken where a terminal's line is full."""

    def write(lines: Sequence[str]) -> Iterator[str]:
        for line in lines:
            first, rest = (line[:width], line[width:]) if _HEAD.fullmatch(line) else (line, "")
            yield first
            step = width - len(indent)
            yield from (f"{indent}{rest[at : at + step]}" for at in range(0, len(rest), step))

    return write


def filled(width: int, indent: str = "") -> Write:
    """Broken at blanks, as mail programs and word processors do it."""

    def write(lines: Sequence[str]) -> Iterator[str]:
        for line in lines:
            pieces = textwrap.wrap(
                line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
            )
            yield from pieces if _HEAD.fullmatch(line) else [line]

    return write


def each_line(change: Callable[[str], str]) -> Write:
    """Each line by itself."""
    return lambda lines: map(change, lines)


def each_line_of(write: Write, before: str) -> Write:
    """What another transformation gives, with a text before each line, as in a quoted mail."""
    return lambda lines: [f"{before}{line}" for line in write(lines)]


REMARKS = (
    "   # here it begins",
    "\t// and then",
    "    <-- this one",
    "  ← dieser",
    " 「主节点」",
    "  (why?)",
    " <== !!!",
    "    ### 3 seconds",
    "  [sic]",
    " — да",
)


def remarked(lines: Sequence[str]) -> Iterator[str]:
    """Every second record with a remark behind it."""
    for number, line in enumerate(lines):
        head = _HEAD.fullmatch(line)
        yield line + REMARKS[number // 2 % len(REMARKS)] if head and number % 2 else line


FRAMES = ("**{}**", "`{}`", "| {} |", "- {}", "{}^C", "12. {}", "> {}", "$ {}", "<b>{}</b>", "== {} ==")


def framed(lines: Sequence[str]) -> Iterator[str]:
    """Records that were emphasized, numbered, quoted, or set in a table."""
    for number, line in enumerate(lines):
        yield FRAMES[number % len(FRAMES)].format(line) if _HEAD.fullmatch(line) else line


_HOST = re.compile(r"(?<![\d.])(?:\d{1,3}\.){2}\d{1,3}\.(\d{1,3})(?![\d.])")
_HASH = re.compile(r"(?<![0-9a-f])(?!0{40})[0-9a-f]{40}(?![0-9a-f])")
_COUNT = re.compile(r"(?<= )\d{3,}(?= (?:bytes|keys)\b)|(?<=offset )\d+|(?<=offset: )\d+")


def with_hosts(mask: str) -> Callable[[str], str]:
    """A record whose addresses are masked; ``{}`` in the mask tells them apart."""
    return lambda line: _HOST.sub(lambda host: mask.format(host[1]), line)


def with_short_ids(end: str, digits: int = 6) -> Callable[[str], str]:
    """A record whose IDs are cut."""
    return lambda line: _HASH.sub(lambda found: found[0][:digits] + end, line)


def without_numbers(line: str) -> str:
    """A record whose sizes and offsets are blacked out."""
    return _COUNT.sub(lambda found: "\N{FULL BLOCK}" * len(found[0]), line)


TRANSFORMS: tuple[Transform, ...] = (
    Transform("as it is", each_line(lambda line: line)),
    Transform("head: time and mark", with_head("{time} {mark} {message}"), decides=False),
    Transform("head: pid and role", with_head("{pid}:{role} {mark} {message}"), decides=False),
    Transform("head: mark", with_head("{mark} {message}"), decides=False),
    Transform("head: none", with_head("{message}"), decides=False),
    Transform(
        "head: a logging library's",
        with_head("{time} INFO  [docker-java-stream] c.e.CacheTest - STDOUT: {message}"),
        decides=False,
    ),
    Transform("glued", glued("")),
    Transform("glued by blanks", glued("  ")),
    Transform("glued by <br>", glued("<br>")),
    Transform("glued by \\n", glued("\\n", 2)),
    Transform("glued by commas", glued(", ", 5)),
    Transform("glued by tabs", glued("\t", 4)),
    Transform("glued by \\r", glued("\r", 1000)),
    Transform("wrapped at 80", wrapped(80)),
    Transform("wrapped at 120", wrapped(120)),
    Transform("wrapped at 80, indented", wrapped(80, "    ")),
    Transform("wrapped at 37", wrapped(37)),
    Transform("filled at 80", filled(80)),
    Transform("filled at 120, indented", filled(120, "  ")),
    Transform("filled at 72, quoted", each_line_of(filled(70), "> "), decides=False),
    Transform("remarks", remarked),
    Transform("frames", framed),
    Transform("hosts named by masks", each_line(with_hosts("<host-{}>")), decides=False),
    Transform("hosts with x", each_line(with_hosts("10.x.x.{}")), decides=False),
    Transform("hosts all alike", each_line(with_hosts("x.x.x.x")), decides=False),
    Transform("hosts REDACTED", each_line(with_hosts("REDACTED")), decides=False),
    Transform("IDs with dots", each_line(with_short_ids("...")), decides=False),
    Transform("IDs with an ellipsis", each_line(with_short_ids("\N{HORIZONTAL ELLIPSIS}", 8)), decides=False),
    Transform("numbers blacked out", each_line(without_numbers), decides=False),
)
"""All transformations, by kind."""
