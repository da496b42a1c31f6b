r"""Syslog files: a line that syslog delivered, with or without a server's own prefix inside.

::

    Nov 23 01:49:42 HOST IDENT[PID]: MESSAGE
    2026-11-23T01:49:42.515056+00:00 HOST IDENT[PID]: MESSAGE
    <133>Nov 23 ...                                             as sent, with the priority

With ``syslog-enabled yes`` a server hands over bare messages: no role letter, no milliseconds, no mark. The
level is in the priority alone (facility * 8 + severity). The identifier is ``redis`` (Valkey 8.0+:
``valkey``), or what ``syslog-ident`` says. Source: ``server.c:serverLogRaw``.
"""

from __future__ import annotations

import re
from datetime import datetime

from redislog.capture.lines import Captured

_FORM = re.compile(
    r"(?:<(?P<priority>\d{1,3})>)?"
    r"(?:(?P<stamp>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)"
    r"|(?P<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d))) "
    r"(?P<host>\S+) (?P<ident>[^\s:\[\]]+)(?:\[(?P<pid>\d{1,10})\])?: ?"
)
_SERVER = re.compile(r"(?:redis|valkey)(?!-cli|-tools)", re.IGNORECASE)
_LEVEL_OF_SEVERITY = {7: "debug", 6: "verbose", 5: "notice", 4: "warning"}


def unwrap_syslog(text: str) -> Captured | None:
    """The message that syslog delivered, None if the line is not of syslog."""
    match = _FORM.match(text)
    if match is None:
        return None
    collected = None
    if match["iso"]:
        try:
            collected = datetime.fromisoformat(match["iso"])
        except ValueError:
            return None
    severity = int(match["priority"]) % 8 if match["priority"] else None
    return Captured(
        text=text[match.end() :],
        prefix=match[0],
        host=match["host"],
        collected=collected,
        bare=_SERVER.match(match["ident"]) is not None,
        pid=int(match["pid"]) if match["pid"] else None,
        stamp=match["stamp"] or match["iso"],
        level=_LEVEL_OF_SEVERITY.get(severity) if severity is not None else None,
    )
