r"""Syslog files and journald's short outputs: a delivered line, with or without a server's own prefix inside.

::

    Nov 23 01:49:42 HOST IDENT[PID]: MESSAGE                        RFC 3164, journalctl -o short[-precise]
    <133>Nov 23 ...                                                 as sent, with the priority
    2026-11-23T01:49:42.515056+00:00 HOST IDENT[PID]: MESSAGE       rsyslog, -o short-iso[-precise]
    Mon 2026-11-23 01:49:42 UTC HOST IDENT[PID]: MESSAGE            -o short-full, with-unit
    1795397206.515056 HOST IDENT[PID]: MESSAGE                      -o short-unix
    [   90.000000] HOST IDENT[PID]: MESSAGE                         -o short-monotonic
    <133>1 2026-11-23T01:49:42.515Z HOST IDENT PID MSGID [SD] MSG   RFC 5424

With ``syslog-enabled yes`` a server hands over bare messages: no role letter, no milliseconds, no mark. The
level is in the priority alone (facility * 8 + severity). The identifier is ``redis`` (Valkey 8.0+:
``valkey``), or what ``syslog-ident`` says. Source: ``server.c:serverLogRaw``.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from redislog.capture.lines import Captured, Form
from redislog.origin import origin

_ISO = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)"
_FORM = re.compile(
    r"(?:<(?P<priority>\d{1,3})>)?"
    r"(?:(?P<stamp>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)(?:\.\d{1,6})?"
    rf"|(?P<iso>{_ISO})"
    r"|[A-Z][a-z]{2} (?P<full>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?) (?P<zone>[A-Z]{1,5}|[+-]\d\d(?:\d\d)?)"
    r"|(?P<unix>\d{9,10}\.\d{6})"
    r"|\[ *\d{1,9}\.\d{6}\]) "
    r"(?P<host>[^\s\[\]{}=]+) (?P<ident>[^\s:\[\]\"{}]+)(?:\[(?P<pid>\d{1,10})\])?:(?: |\Z)"
)
_RFC5424 = re.compile(
    rf"<(?P<priority>\d{{1,3}})>1 (?P<iso>{_ISO}|-) (?P<host>\S+) (?P<ident>\S+) (?P<pid>\S+) \S+ "
    r'(?:-|(?:\[(?:[^\]"\\]|\\.|"(?:[^"\\]|\\.)*")*\])+)(?: |\Z)(?:\ufeff)? ?'
)
_SERVER = re.compile(r"(?:redis|valkey)(?!-cli|-tools)", re.IGNORECASE)
_LEVEL_OF_SEVERITY = {7: "debug", 6: "verbose", 5: "notice", 4: "warning"}
_PID_DIGITS = 10
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def is_server(ident: str) -> bool:
    """Whether a syslog identifier is that of a server."""
    return _SERVER.match(ident) is not None


def level_of(priority: str | int | None) -> str | None:
    """The level that a priority, or a severity, stands for."""
    number = str(priority)
    return (
        _LEVEL_OF_SEVERITY.get(int(number) % 8) if number.isdecimal() and len(number) <= _PID_DIGITS else None
    )


def unwrap_syslog(text: str) -> Captured | None:
    """The message that syslog delivered, None if the line is not of syslog."""
    match = _FORM.match(text)
    if match is None:
        return None
    stamp, iso, full, unix = match["stamp"], match["iso"], match["full"], match["unix"]
    collected = None
    try:
        if iso:
            collected = datetime.fromisoformat(iso.replace(",", "."))
        elif unix:
            collected = _EPOCH + timedelta(microseconds=int(unix.replace(".", "")))
        elif full and match["zone"] in ("UTC", "GMT"):
            collected = datetime.fromisoformat(f"{full}+00:00")
    except (ValueError, OverflowError):
        return None
    if stamp is None and collected is not None:
        stamp = collected.isoformat()
    elif stamp is None and full:
        stamp = full.replace(" ", "T")
    return _delivered(text, match, collected, stamp)


def unwrap_rfc5424(text: str) -> Captured | None:
    """The message of an RFC 5424 line."""
    match = _RFC5424.match(text)
    if match is None:
        return None
    try:
        collected = None if match["iso"] == "-" else datetime.fromisoformat(match["iso"])
    except ValueError:
        return None
    return _delivered(text, match, collected, collected.isoformat() if collected is not None else None)


def _delivered(text: str, match: re.Match[str], collected: datetime | None, stamp: str | None) -> Captured:
    pid = match["pid"]
    ident = match["ident"]
    return Captured(
        text=text[match.end() :],
        prefix=match[0],
        origin=origin(host=node_of(match["host"], ident)),
        collected=collected,
        bare=is_server(ident),
        pid=int(pid) if pid and pid.isdecimal() and len(pid) <= _PID_DIGITS else None,
        stamp=stamp,
        level=level_of(match["priority"]),
    )


def node_of(host: str, ident: str) -> str:
    """The name of a host's server: the host's, with a syslog identifier that tells one of several.

    >>> node_of("redis-vm-01", "redis-server"), node_of("redis-vm-01", "redis-1"), node_of("vm", "systemd")
    ('redis-vm-01', 'redis-vm-01/redis-1', 'vm/systemd')
    """
    name = ident.rpartition("/")[2].removesuffix(".service")
    return host if re.fullmatch(r"(?:redis|valkey)(?:-server)?", name) else f"{host}/{name}"


SYSLOG = Form(
    "syslog",
    "TIME HOST IDENT[PID]: LINE  (RFC 3164, rsyslog, journalctl -o short, short-iso, short-full, ...)",
    "short: the collector's year; syslog-enabled: role letter, milliseconds, and the level without <PRI>",
    unwrap_syslog,
)
RFC5424 = Form("syslog-5424", "<PRI>1 TIME HOST IDENT PID MSGID SD LINE", "nothing", unwrap_rfc5424)
