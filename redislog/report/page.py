"""What a page is made of: paragraphs and tables of pieces of text, each with a meaning that may have a colour.

Nothing here knows of widths or terminals: who prints a page lays it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

import attrs

from redislog.shortly import printable

Meaning = Literal["", "good", "warning", "critical", "info", "unknown", "name", "faint", "title"]


@attrs.frozen
class Piece:
    """Some text and what it means."""

    text: str = attrs.field(converter=printable)
    meaning: Meaning = ""


@attrs.frozen
class Paragraph:
    """Text that is folded at the width there is: ``indent`` columns before its first line, ``hanging`` before the others.

    ``lines`` is how many there may be at most: what is left is cut.
    """

    pieces: tuple[Piece, ...] = ()
    indent: int = 0
    hanging: int = 2
    lines: int | None = None

    @property
    def text(self) -> str:
        """Its text, without layout."""
        return "".join(piece.text for piece in self.pieces)


@attrs.frozen
class Table:
    """Rows of cells, the first of them the titles; the last cell of a row may be folded, and goes below where it must."""

    rows: tuple[tuple[Piece, ...], ...]
    indent: int = 2


Block: TypeAlias = Paragraph | Table
Page = Sequence[Block]
EMPTY = Paragraph()
"""An empty line."""


def paragraph(
    *pieces: str | Piece, indent: int = 0, hanging: int | None = None, lines: int | None = None
) -> Paragraph:
    """A paragraph of texts and pieces; what follows its first line stands two columns further in."""
    made = tuple(Piece(piece) if isinstance(piece, str) else piece for piece in pieces)
    return Paragraph(made, indent, indent + 2 if hanging is None else hanging, lines)


def section(title: str, blocks: Iterable[Block]) -> list[Block]:
    """Blocks under a title, with an empty line before; nothing where there are none."""
    inside = list(blocks)
    return [EMPTY, paragraph(Piece(title, "title")), *inside] if inside else []
