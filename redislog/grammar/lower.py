"""Lowering: one regular expression with the meaning of a pyparsing expression.

pyparsing never goes back into an element that matched, so every element becomes an atomic group, and the
two forms agree on every input. The vocabulary is closed: literals, regular expressions, sequence, ordered
alternatives, option, end.
"""

from __future__ import annotations

import re

import pyparsing as pp


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
            return f"(?>{expression.pattern})"
        case pp.And():
            return "".join(lower(part) for part in expression.exprs)
        case pp.MatchFirst():
            return "(?>" + "|".join(lower(part) for part in expression.exprs) + ")"
        case pp.Opt():
            return f"(?>(?:{lower(expression.expr)})?)"
    raise TypeError(f"{type(expression).__name__} is outside the closed vocabulary: {expression}")
