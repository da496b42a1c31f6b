"""Railroad diagrams of the grammar; needs the extra ``diagrams``."""

from __future__ import annotations

from pathlib import Path

import pyparsing as pp

from redislog.grammar.build import message_expression
from redislog.grammar.notation import read_template
from redislog.grammar.prefix import layouts
from redislog.report.explain import known_messages


def draw(path: Path, glob: str) -> int:
    """Write an HTML page that shows the prefix of lines and every wording whose key matches; how many."""
    wordings = [
        message_expression(read_template(each["template"])).set_name(f"{known.key} {number}")
        for known in known_messages(glob)
        for number, each in enumerate(known.wordings, start=1)
    ]
    if wordings:
        _line(wordings).create_diagram(path, vertical=3, show_results_names=True)
    return len(wordings)


def _line(wordings: list[pp.ParserElement]) -> pp.ParserElement:
    prefix = pp.MatchFirst([layout.set_name(f"{name} layout") for name, layout in layouts().items()])
    message = pp.MatchFirst(wordings).set_name("message")
    return pp.And([prefix.set_name("prefix"), message]).set_name("line of a server")
