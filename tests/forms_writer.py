"""What becomes of text on its way: other ends of lines, terminals, and mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable


def in_lines(text: str, newline: str = "\n", encoding: str = "utf-8") -> bytes:
    """A form as a file of another system."""
    return text.replace("\n", newline).encode(encoding)


def wrapped(lines: Iterable[str], width: int) -> str:
    """Lines as a terminal of a width shows them."""
    return "".join(
        f"{piece}\n"
        for line in lines
        for piece in ([line[n : n + width] for n in range(0, len(line), width)] or [""])
    )


def quoted(text: str) -> str:
    """A text as mail quotes it."""
    return textwrap.indent(text, "> ", lambda _: True)
