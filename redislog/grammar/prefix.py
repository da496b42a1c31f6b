r"""The prefix of a server's line, in every layout that a product prints.

=====================  ==========================================================================
layout                 printed by
=====================  ==========================================================================
``pid:R stamp L text``  Redis 3.0+, Valkey (``server.c:serverLogRaw``); the year came with 5.0
``[pid] stamp L text``  Redis 2.6, 2.8
``pid:signal-handler (unixtime) text``  3.0+ (``serverLogFromHandler``)
``[pid | signal handler] (unixtime) text``  2.6, 2.8
``pid=N role=R timestamp="..." level=L message="..."``  Valkey 8.1, ``log-format logfmt``
=====================  ==========================================================================

The stamp is ``DD Mon [YYYY] HH:MM:SS.mmm``; Valkey 8.1 also has ISO 8601 and unix milliseconds.
"""

from __future__ import annotations

import pyparsing as pp

_STAMP = (
    r"[0-9][0-9] [A-Z][a-z]{2} (?:[0-9]{4} )?[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9]{3}"
    r"|[0-9]{4}-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9]{3}[+-][0-9][0-9]:[0-9][0-9]"
    r"|[0-9]{11,14}"
)


def layouts() -> dict[str, pp.ParserElement]:
    """The expression of each layout, by name; results: pid, role, stamp, mark, message."""
    stamp = pp.Regex(_STAMP).set_name("DD Mon YYYY HH:MM:SS.mmm")("stamp")
    pid = pp.Regex(r"[0-9]{1,10}")("pid")
    mark = pp.Regex(r"[.\-*#\x00]")("mark")
    message = pp.Opt(pp.Literal(" ") + pp.Regex(r"(?s:.)*").set_name("message")("message")) + pp.StringEnd()
    role = pp.Regex(r"[MSCX]")("role")
    unix = pp.Regex(r"[0-9]{1,11}")("stamp")
    word = pp.Regex(r"[a-z]+")("mark")
    layouts = {
        "legacy": pid + pp.Literal(":") + role + pp.Literal(" ") + stamp + pp.Literal(" ") + mark + message,
        "handler": pid + pp.Literal(":signal-handler (") + unix + pp.Literal(")") + message,
        "bracket": pp.Literal("[") + pid + pp.Literal("] ") + stamp + pp.Literal(" ") + mark + message,
        "bracket-handler": pp.Literal("[")
        + pid
        + pp.Literal(" | signal handler] (")
        + unix
        + pp.Literal(")")
        + message,
        "logfmt": pp.Literal("pid=")
        + pid
        + pp.Literal(" role=")
        + pp.Regex(r"sentinel|RDB/AOF|replica|primary")("role")
        + pp.Literal(' timestamp="')
        + stamp
        + pp.Literal('" level=')
        + word
        + pp.Literal(' message="')
        + pp.Regex(r'(?s:.)*(?="\Z)')("message")
        + pp.Literal('"')
        + pp.StringEnd(),
    }
    return {
        name: expression.leave_whitespace(recursive=True).parse_with_tabs()
        for name, expression in layouts.items()
    }
