"""From the arguments of a log call to the texts that it can print, with NUL in the place of each value."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from itertools import product

_STRING = r"\"(?:\\.|[^\"\\])*\""
LITERALS = re.compile(rf"{_STRING}(?:\s*(?:{_STRING}|PRI[A-Za-z0-9]+))*")
"""Literals that stand side by side."""
_PIECE = re.compile(rf"{_STRING}|\b[A-Za-z_]\w*\b|\S")
_CONVERSION = re.compile(r"%(?:%|@|[-+ #0]*(\*|\d+)?(?:\.(\*|\d+))?(?:hh|h|ll|l|z|j|t|q|L|I64)?[a-zA-Z])")
_DEFINED = re.compile(
    rf"^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+((?:{_STRING}|\w+|[ \t]|\\\n)+?)[ \t]*$", re.MULTILINE
)
_MOST = 64


class Texts:
    """The macros of a source tree that are texts: ``SERVER_TITLE``, ``PRIu64``."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts

    @classmethod
    def of(cls, sources: Iterable[str]) -> Texts:
        """The texts that some sources define, and those of the C library."""
        texts = {f"PRI{kind}{size}": kind for kind in "diuxX" for size in (8, 16, 32, 64, "MAX", "PTR")}
        raw = [match for source in sources for match in _DEFINED.finditer(source)]
        for _ in range(2):
            for match in raw:
                found = joined(match[2], cls(texts))
                if found is not None:
                    texts[match[1]] = found
        return cls(texts)

    def get(self, name: str) -> str | None:
        """The text of a macro, None if it is none."""
        return None if name.endswith("_VERSION") else self._texts.get(name)


def unquoted(literal: str) -> str:
    """The text of one C literal."""
    body = re.sub(r"\\([?e])", lambda match: {"?": "?", "e": "\x1b"}[match[1]], literal[1:-1])
    try:
        return str(ast.literal_eval('"""' + body.replace('"', '\\"').replace('\\\\"', '\\"') + '"""'))
    except (SyntaxError, ValueError):
        return body


def joined(expression: str, texts: Texts) -> str | None:
    """Literals and macros that stand side by side, as one text; None if there is anything else."""
    found = []
    for piece in _PIECE.findall(expression.replace("\\\n", " ")):
        text = unquoted(piece) if piece[0] == '"' else texts.get(piece)
        if text is None:
            return None
        found.append(text)
    return "".join(found) if found else None


def choices(expression: str, texts: Texts) -> list[str]:
    """The texts that an expression can be: one, those of a choice, or none where it is no text."""
    expression = _unwrapped(expression.strip())
    whole = joined(expression, texts)
    if whole is not None:
        return [whole]
    mark = _outside(expression, "?")
    if mark is None:
        return []
    colon = _outside(expression, ":", mark + 1)
    if colon is None:
        return []
    sides = [choices(expression[mark + 1 : colon], texts), choices(expression[colon + 1 :], texts)]
    return [*sides[0], *sides[1]] if all(sides) else []


def _unwrapped(expression: str) -> str:
    """An expression without casts and parentheses around all of it."""
    expression = re.sub(
        r"^\((?:const\s+)?(?:unsigned\s+)?(?:char|long|int|void|sds)[\s*]*\)\s*", "", expression
    )
    while expression.startswith("(") and _closing(expression) == len(expression) - 1:
        expression = expression[1:-1].strip()
    return expression


def _closing(expression: str) -> int:
    depth = 0
    for match in re.finditer(rf"{_STRING}|'(?:\\.|[^'\\])'|[()]", expression):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth == 0 and match[0] == ")":
            return match.start()
    return -1


def _outside(expression: str, sign: str, start: int = 0) -> int | None:
    """Where a sign stands outside of literals, parentheses and inner choices."""
    depth = inner = 0
    for match in re.finditer(rf"{_STRING}|'(?:\\.|[^'\\])'|[()\[\]?:]", expression[start:]):
        found = match[0]
        if found in "([":
            depth += 1
        elif found in ")]":
            depth -= 1
        elif depth == 0 and found == sign and not inner:
            return start + match.start()
        elif depth == 0 and found == "?":
            inner += 1
        elif depth == 0 and found == ":":
            inner -= 1
    return None


def printed(expression: str, values: Sequence[str], texts: Texts, *, formatted: bool = True) -> list[str]:
    """The texts that a call prints: choices among texts spelt out, NUL in the place of every other value."""
    found = []
    for text in choices(expression, texts):
        found += _filled(text, values, texts) if formatted else [text]
    return list(dict.fromkeys(found))


def _filled(text: str, values: Sequence[str], texts: Texts) -> list[str]:
    """A format with its values: each a choice of texts, or NUL."""
    parts: list[list[str]] = []
    end = number = 0
    for match in _CONVERSION.finditer(text):
        parts.append([text[end : match.start()]])
        end = match.end()
        if match[0] == "%%":
            parts.append(["%"])
        elif match[0] == "%@":
            parts.append(["%@"])
        else:
            number += (match[1], match[2]).count("*")
            value = values[number] if number < len(values) else ""
            parts.append((choices(value, texts) if match[0][-1] == "s" else []) or ["\0"])
            number += 1
    parts.append([text[end:]])
    if _count(parts) > _MOST:
        parts = [part if len(part) == 1 else ["\0"] for part in parts]
    return ["".join(pieces) for pieces in product(*parts)]


def _count(parts: Sequence[Sequence[str]]) -> int:
    count = 1
    for part in parts:
        count *= len(part)
    return count
