"""Lowering: one regular expression with the meaning of a pyparsing expression.

pyparsing never goes back into an element that matched, so every element that could be matched in several ways
becomes an atomic group, and the two forms agree on every input. The vocabulary is closed: literals, regular
expressions, sequence, ordered alternatives, option, end.
"""

from __future__ import annotations

import re

import pyparsing as pp

_ATOM = r"[^\\\[\](){}*+?|.^$]|\\[^A-Za-z0-9]|\\S|\[(?:[^\]\\]|\\.)+\]|\(\?s:\.\)"
_ATOMS = re.compile(rf"({_ATOM})([*+?]|\{{[0-9,]+\}})?")
_OF_ATOMS = re.compile(rf"(?:{_ATOMS.pattern})+")
_ASCII = [chr(code) for code in range(128)]


def lower(expression: pp.ParserElement) -> str:
    r"""The source of the regular expression; results names become groups.

    Raises
    ------
    TypeError
        for an element outside the closed vocabulary.

    >>> lower(pp.Literal("port=") + pp.Regex(r"\d+")("port"))
    'port=(?P<port>(?>\\d+))'
    """
    body = _body(expression)
    name = expression.resultsName
    return f"(?P<{name}>{body})" if name else body


def _body(expression: pp.ParserElement) -> str:
    match expression:
        case pp.StringEnd():
            return r"\Z"
        case pp.Empty():
            return ""
        case pp.Literal():
            return re.escape(expression.match).replace("\\ ", " ")
        case pp.Regex():
            return _in_one_way(str(expression.pattern))
        case pp.And():
            return "".join(lower(part) for part in expression.exprs)
        case pp.MatchFirst():
            return "(?>" + "|".join(lower(part) for part in expression.exprs) + ")"
        case pp.Opt():
            return f"(?>(?:{lower(expression.expr)})?)"
    raise TypeError(f"{type(expression).__name__} is outside the closed vocabulary: {expression}")


def _in_one_way(pattern: str) -> str:
    r"""An expression that, once it matched, is never matched in another way.

    Without a group where single characters and classes are repeated, none of which can match what follows it:
    that is faster.

    >>> _in_one_way(r"-?[0-9]{1,20}"), _in_one_way(r"\S*(?=:)"), _in_one_way("[a-z]*[a-d]")
    ('-?+[0-9]{1,20}+', '(?>\\S*(?=:))', '(?>[a-z]*[a-d])')
    """
    atoms = _ATOMS.findall(pattern)
    if _OF_ATOMS.fullmatch(pattern) is None or not all(map(_is_apart, atoms, atoms[1:])):
        return f"(?>{pattern})"
    return "".join(f"{atom}{times}+" if times else atom for atom, times in atoms)


def _is_apart(atom: tuple[str, str], following: tuple[str, str]) -> bool:
    """Whether a repeated atom ends where the one that follows it, which must be there, begins."""
    one, other = re.compile(atom[0]), re.compile(following[0])
    return not atom[1] or (
        following[1] not in ("*", "?") and not any(one.match(each) and other.match(each) for each in _ASCII)
    )
