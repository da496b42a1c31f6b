"""Where the command prints: how wide, in which colours, through which pager. The only place that knows rich."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal

from redislog.command.codes import WrongUseError
from redislog.report.page import Block, Meaning, Paragraph, Piece, Table

if TYPE_CHECKING:
    from rich.text import Text

WIDTH = 100
"""Columns where nothing says how many there are."""
HEIGHT = 24
"""Lines of the smallest terminal; its prompt and one more are not for us."""
_NARROWEST = 20
_STYLES: dict[Meaning, str] = {
    "good": "green",
    "warning": "yellow",
    "critical": "bold red",
    "info": "cyan",
    "unknown": "magenta",
    "name": "bold",
    "faint": "dim",
    "title": "bold",
}
_PAGER = "less -RFX"

Colour = Literal["auto", "always", "never"]


def add_terminal_options(parser: argparse.ArgumentParser) -> None:
    """Give the options of what is printed."""
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="auto: on a terminal"
    )
    parser.add_argument("--no-pager", action="store_true", help="print all at once, however long")


def terminal_of(options: argparse.Namespace) -> Terminal | None:
    """Where text is printed as the options wish; None where JSON is wished."""
    if options.format == "json":
        return None
    return Terminal(colour=options.color, pager=not options.no_pager)


def columns() -> int:
    """How wide it is: ``COLUMNS``, the terminal (also where only errors go there), else 100."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return max(_NARROWEST, int(given))
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            if stream.isatty():
                return max(_NARROWEST, os.get_terminal_size(stream.fileno()).columns or WIDTH)
    return WIDTH


def _rows() -> int:
    with suppress(OSError, ValueError):
        if sys.stdout.isatty():
            return max(HEIGHT, os.get_terminal_size(sys.stdout.fileno()).lines)
    return HEIGHT


class Terminal:
    """Lays pages out and prints them.

    Raises
    ------
    WrongUseError
        where rich is not installed.
    """

    def __init__(self, *, colour: Colour = "auto", pager: bool = True, width: int | None = None) -> None:
        try:
            import rich.text  # noqa: F401
        except ImportError as error:
            raise WrongUseError("the command needs the extra: pip install 'redislog[cli]'") from error
        self.width = width or columns()
        self._coloured = _is_coloured(colour)
        self._pager = pager and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"

    def fits(self, blocks: Iterable[Block]) -> bool:
        """Whether blocks stand on one screen, with two lines to spare."""
        return len(list(self._lines(blocks))) <= HEIGHT - 2

    def plain(self, blocks: Iterable[Block]) -> Iterator[str]:
        """The lines of a page, without colour."""
        return (line.plain for line in self._lines(blocks))

    def show(self, blocks: Iterable[Block]) -> None:
        """Print a page, through a pager where it is longer than the terminal."""
        lines = list(self._lines(blocks))
        text = "".join(self._encoded(line) + "\n" for line in lines)
        if self._pager and len(lines) >= _rows() and _paged(text):
            return
        sys.stdout.write(text)
        sys.stdout.flush()

    def stream(self, blocks: Iterable[Block]) -> None:
        """Print blocks as they come."""
        for block in blocks:
            for line in self._lines([block]):
                sys.stdout.write(self._encoded(line) + "\n")
            sys.stdout.flush()

    def _encoded(self, line: Text) -> str:
        """A line with its colours, where they are wished; its spans lie one after the other."""
        if not self._coloured:
            return line.plain
        from rich.color import ColorSystem
        from rich.style import Style

        told, at = "", 0
        for start, end, style in sorted(line.spans, key=lambda span: span.start):
            told += line.plain[at:start]
            told += Style.parse(str(style)).render(line.plain[start:end], color_system=ColorSystem.STANDARD)
            at = end
        return told + line.plain[at:]

    def _lines(self, blocks: Iterable[Block]) -> Iterator[Text]:
        for block in blocks:
            yield from self._table(block) if isinstance(block, Table) else self._paragraph(block)

    def _paragraph(self, block: Paragraph) -> Iterator[Text]:
        from rich.text import Text

        if not block.pieces:
            yield Text()
            return
        indent = min(block.indent, self.width // 4)
        hanging = min(block.hanging, self.width // 3)
        text = _text(block.pieces)
        lines = _folded(text, self.width - indent, self.width - hanging)
        if block.lines is not None and len(lines) > block.lines:
            kept = lines[: block.lines - 1]
            rest = text[sum(len(line.plain) + 1 for line in kept) :]
            rest.truncate(self.width - (hanging if kept else indent) - 1)
            lines = [*kept, rest.append("\u2026")]
        for number, line in enumerate(lines):
            padded = Text(" " * (hanging if number else indent))
            padded.append_text(line)
            padded.rstrip()
            yield padded

    def _table(self, table: Table) -> Iterator[Text]:
        """Columns as wide as they must be; the last is folded, or goes below its row where there is no room beside it."""
        from rich.cells import cell_len
        from rich.text import Text

        count = max(len(row) for row in table.rows) - 1
        widths = [max(cell_len(row[column].text) for row in table.rows) for column in range(count)]
        before = table.indent + sum(widths) + 2 * count
        widest = max(cell_len(row[count].text) for row in table.rows)
        beside = before + min(widest, self.width // 4) <= self.width
        if before > self.width:
            widths[0] = max(8, widths[0] - (before - self.width))
        for row in table.rows:
            name, *rest = row[:count]
            cells = [_cell(name, widths[0]), *map(_cell, rest, widths[1:])]
            line = Text(" " * table.indent)
            for cell in cells:
                line.append_text(cell).append("  ")
            if cell_len(name.text) > widths[0]:
                yield from self._paragraph(Paragraph((name,), table.indent, table.indent))
                line = Text(" " * (table.indent + widths[0] + 2))
                for cell in cells[1:]:
                    line.append_text(cell).append("  ")
            if beside:
                folded = _folded(_text([row[count]]), self.width - before, self.width - before)
                line.append_text(folded[0] if folded else Text())
            line.rstrip()
            line.truncate(self.width)
            yield line
            if beside:
                for more in folded[1:]:
                    yield Text(" " * before).append_text(more)
            elif row[count].text and row is not table.rows[0]:
                yield from self._paragraph(Paragraph((row[count],), table.indent + 2, table.indent + 2))


def _cell(piece: Piece, width: int) -> Text:
    from rich.cells import cell_len

    text = _text([piece])
    text.append(" " * max(0, width - cell_len(piece.text)))
    return text


def _text(pieces: Iterable[Piece]) -> Text:
    from rich.text import Text

    text = Text()
    for piece in pieces:
        text.append(piece.text, _STYLES.get(piece.meaning))
    return text


def _folded(text: Text, first: int, others: int) -> list[Text]:
    """A text in lines; words that are longer than a line are broken."""
    console: Any = None  # which the text needs only to justify it
    lines = list(text.wrap(console, first))
    if len(lines) > 1 and first != others:
        begun = len(lines[0].plain.rstrip())
        begun += text.plain[begun : begun + 1] == " "
        lines = [lines[0], *text[begun:].wrap(console, others)]
    for line in lines:
        line.rstrip()
    return lines


def _is_coloured(colour: Colour) -> bool:
    """``--color``, then ``NO_COLOR``, then ``FORCE_COLOR``, then whether it is a terminal."""
    if colour != "auto":
        return colour == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _paged(text: str) -> bool:
    """Show a text through ``PAGER``; False where there is none."""
    import shlex
    import shutil
    import subprocess

    words = shlex.split(os.environ.get("PAGER") or _PAGER)
    if not words or shutil.which(words[0]) is None:
        return False
    with suppress(OSError):
        subprocess.run(words, input=text.encode("utf-8", "backslashreplace"), check=False)  # noqa: S603
        return True
    return False
