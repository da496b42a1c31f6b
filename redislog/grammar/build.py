"""From a wording to its pyparsing expression: the definition of what a message looks like."""

from __future__ import annotations

import re

import pyparsing as pp

from redislog.grammar.notation import Placeholder, Template
from redislog.grammar.tokens import NUMERIC, Token, open_pattern


def message_expression(template: Template, names: dict[str, str] | None = None) -> pp.ParserElement:
    """The expression that matches exactly the messages of one wording.

    ``names`` maps placeholder names to results names. A blank that ends a wording is optional: collectors
    trim lines.
    """
    names = names or {}
    elements: list[pp.ParserElement] = []
    for position, part in enumerate(template.parts):
        if isinstance(part, Placeholder):
            elements.append(_placeholder(part, template, position)(names.get(part.name, part.name)))
        elif position == len(template.parts) - 1 and part.endswith(" "):
            body = part.rstrip(" ")
            elements += [pp.Literal(body)] if body else []
            elements.append(pp.Opt(pp.Literal(part[len(body) :])))
        else:
            elements.append(pp.Literal(part))
    elements.append(pp.StringEnd())
    return pp.And(elements).leave_whitespace(recursive=True).parse_with_tabs()


def _placeholder(part: Placeholder, template: Template, position: int) -> pp.ParserElement:
    if part.token is not None and part.token.open:
        return _token(part.token, template, position)
    words = sorted((word for word in part.words if word), key=len, reverse=True)
    options: list[pp.ParserElement] = [pp.Literal(word) for word in words]
    if part.token is not None:
        options.append(_token(part.token, template, position))
    if "" in part.words:
        options.append(pp.Empty())
    return options[0] if len(options) == 1 else pp.MatchFirst(options)


def _token(token: Token, template: Template, position: int) -> pp.ParserElement:
    if not token.open:
        return pp.Regex(token.pattern).set_name(token.name)
    following = template.parts[position + 1 :]
    if not following:
        return pp.Regex(open_pattern(token, None, at_end=True)).set_name(token.name)
    terminator = following[0]
    if isinstance(terminator, Placeholder):
        raise ValueError(f"an open token needs a literal after it: {template.text!r}")
    then = _beginning(following[1]) if len(following) > 1 else ""
    pattern = open_pattern(token, terminator, at_end=len(following) == 1, then=then)
    return pp.Regex(pattern).set_name(token.name)


def _beginning(part: str | Placeholder) -> str:
    """What a value must begin with, where that helps to find the end of the one before."""
    if isinstance(part, str):
        return ""
    if part.token is None:
        return "" if "" in part.words else "(?:" + "|".join(map(re.escape, part.words)) + ")"
    return "-?[0-9]" if part.token.name in NUMERIC else ""
