r"""The notation in which wordings are declared, and its own small grammar.

::

    wording     = *(literal / placeholder)
    placeholder = "<" name ":" kind *("|" kind) ">"
    kind        = the name of a token, or a word that is printed as it stands (may be empty)
    literal     = any text; "\n" is a newline, "\\" a backslash; "<" not followed by `name:` is literal

So ``Replica <replica:addr> asks for synchronization`` has one placeholder, ``replica``, and
``<target:disk|replicas sockets>`` prints one of two words.
"""

from __future__ import annotations

from functools import cache

import attrs
import pyparsing as pp

from redislog.grammar.tokens import TOKENS, Token

_NAME = r"[a-z_][a-z_0-9]*"


@attrs.frozen
class Placeholder:
    """One value in a wording: either of its ``words``, or its ``token``."""

    name: str
    words: tuple[str, ...]
    token: Token | None


@attrs.frozen
class Template:
    """A wording, read: literal texts and placeholders in order."""

    text: str
    parts: tuple[str | Placeholder, ...]

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """The placeholders, in order."""
        return tuple(part for part in self.parts if isinstance(part, Placeholder))

    @property
    def weight(self) -> tuple[int, int, int]:
        """How much a wording says: of two that fit, the one with more literal characters is meant.

        A value that is one of some words counts as the longest of them; of equal ones, the one with more
        literal text is meant, then the one with more values.
        """
        literal = sum(len(part) for part in self.parts if isinstance(part, str))
        words = sum(max(map(len, part.words)) for part in self.placeholders if part.token is None)
        return literal + words, literal, len(self.placeholders)


def _unescape(text: str) -> str:
    return text.replace("\\\\", "\0").replace("\\n", "\n").replace("\0", "\\")


def _grammar() -> pp.ParserElement:
    name = pp.Regex(_NAME)("name")
    kind = pp.Regex(r"[^|>]*")
    placeholder = pp.Group(
        pp.Literal("<").suppress()
        + name
        + pp.Literal(":").suppress()
        + pp.Group(kind + (pp.Literal("|").suppress() + kind)[...])("kinds")
        + pp.Literal(">").suppress()
    )
    literal = pp.Regex(rf"(?s:\\.|[^<\\]|<(?!{_NAME}:))+")
    wording: pp.ParserElement = (placeholder | literal)[...] + pp.StringEnd()
    return wording.leave_whitespace(recursive=True).parse_with_tabs()


_GRAMMAR = _grammar()


@cache
def read_template(text: str) -> Template:
    r"""Read one wording.

    Raises
    ------
    ValueError
        if a placeholder mixes two tokens, with the wording and the place.

    >>> read_template("Full resync from master: <replid:replid>:<offset:offset>").parts[0]
    'Full resync from master: '
    """
    parts: list[str | Placeholder] = []
    for item in _GRAMMAR.parse_string(text):
        if isinstance(item, str):
            parts.append(_unescape(item))
            continue
        kinds = list(item["kinds"])
        tokens = [kind for kind in kinds if kind in TOKENS]
        if len(tokens) > 1:
            raise ValueError(f"placeholder {item['name']!r} of {text!r} mixes the tokens {tokens}")
        words = tuple(kind for kind in kinds if kind not in TOKENS)
        parts.append(Placeholder(item["name"], words, TOKENS[tokens[0]] if tokens else None))
    return Template(text, tuple(parts))
