"""The escapes of a server's line that is JSON: Valkey 9.1+, ``log-format json``."""

from __future__ import annotations

import json


def plain(layout: str, message: str) -> str:
    r"""A message without the escapes of its layout, which only JSON has, and without newlines at its end.

    >>> plain("json", r'corrupted file \"nodes.conf\"'), plain("legacy", r"a\nb")
    ('corrupted file "nodes.conf"', 'a\\nb')
    """
    if layout != "json" or "\\" not in message:
        return message
    try:
        return str(json.loads(f'"{message}"', strict=False)).rstrip("\n")
    except ValueError:
        return message


def as_json(pid: int, role: str, stamp: str, level: str, message: str) -> str:
    """The parts of a line as Valkey 9.1 prints them with ``log-format json``."""
    parts = {"pid": pid, "role": role, "timestamp": stamp, "level": level, "message": message}
    return json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
