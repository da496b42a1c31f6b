r"""The prefix of a server's line, in every layout that a product prints.

=====================  ==========================================================================
layout                 printed by
=====================  ==========================================================================
``pid:R stamp L text``  Redis 3.0+, Valkey (``server.c:serverLogRaw``); the year came with 5.0
``[pid] stamp L text``  Redis 2.6, 2.8
``pid:signal-handler (unixtime) text``  3.0+ (``serverLogFromHandler``)
``[pid | signal handler] (unixtime) text``  2.6, 2.8
``pid=N role=R timestamp="..." level=L message="..."``  Valkey 8.1+, ``log-format logfmt``
``{"pid":N,"role":"R","timestamp":"...","level":"L","message":"..."}``  Valkey 9.1+, ``log-format json``
=====================  ==========================================================================

The stamp is ``DD Mon [YYYY] HH:MM:SS.mmm``; Valkey 8.1+ also has ISO 8601 and unix milliseconds. Of JSON the
message is as it was escaped: `redislog.grammar.escapes.plain` has it as it was said.
"""

from __future__ import annotations

import re

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
        "json": _key("pid", "{")
        + pid
        + _key("role")
        + pp.Literal('"')
        + pp.Regex(r"sentinel|RDB/AOF|replica|primary")("role")
        + pp.Literal('"')
        + _key("timestamp")
        + pp.Literal('"')
        + stamp
        + pp.Literal('"')
        + _key("level")
        + pp.Literal('"')
        + word
        + pp.Literal('"')
        + _key("message")
        + pp.Literal('"')
        + pp.Regex(r'(?s:[^"\\]|\\.)*')("message")
        + pp.Regex(r'" *\}')
        + pp.StringEnd(),
    }
    return {
        name: expression.leave_whitespace(recursive=True).parse_with_tabs()
        for name, expression in layouts.items()
    }


def _key(name: str, before: str = ",") -> pp.ParserElement:
    """A key of a JSON object, with what stands around it."""
    return pp.Regex(rf'{re.escape(before)} *"{name}" *: *')


def steady_layouts() -> dict[str, tuple[pp.ParserElement, pp.ParserElement]]:
    """Of each layout that logs are long in: what stays the same from line to line, and the rest of a line.

    What stays is process, role letter and date. Both together match a part of what the layout in `layouts`
    does, one line of text with its line end, and say the same: its stamp is ``date`` and ``time``. Results:
    pid, role, date; time, mark, message.
    """
    clock = r"[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9][0-9][0-9]"
    stamps = {
        "": (rf"[0-9][0-9] [A-Z][a-z]{{2}} (?:[0-9]{{4}} )?(?={clock})", clock),
        "-iso": (r"[0-9]{4}-[0-9][0-9]-[0-9][0-9]T", rf"{clock}[+-][0-9][0-9]:[0-9][0-9]"),
        "-unix": (r"[0-9]{5,8}(?=[0-9]{6}[^0-9])", r"[0-9]{6}"),
    }
    found = {}
    for name, (date_pattern, time_pattern) in stamps.items():
        pid, role = pp.Regex(r"[0-9]{1,10}")("pid"), pp.Regex(r"[MSCX]")("role")
        word = pp.Regex(r"sentinel|RDB/AOF|replica|primary")("role")
        date, time = pp.Regex(date_pattern)("date"), pp.Regex(time_pattern)("time")
        text, quoted = pp.Regex(r"(?:.*[^\r\n])?"), pp.Regex(r'.*(?="[\r\n]*\Z)')
        end = pp.Regex(r"[\r\n]*") + pp.StringEnd()
        found[f"legacy{name}"] = (
            pid + pp.Literal(":") + role + pp.Literal(" ") + date,
            time + pp.Literal(" ") + pp.Regex(r"[.\-*#]")("mark") + pp.Literal(" ") + text("message") + end,
        )
        found[f"logfmt{name}"] = (
            pp.Literal("pid=") + pid + pp.Literal(" role=") + word + pp.Literal(' timestamp="') + date,
            time
            + pp.Literal('" level=')
            + pp.Regex(r"[a-z]+")("mark")
            + pp.Literal(' message="')
            + quoted("message")
            + pp.Literal('"')
            + end,
        )
    return {
        name: (
            same.leave_whitespace(recursive=True).parse_with_tabs(),
            rest.leave_whitespace(recursive=True).parse_with_tabs(),
        )
        for name, (same, rest) in found.items()
    }
