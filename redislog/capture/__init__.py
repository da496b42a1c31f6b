"""What stands around a server's line: what a collector put before it, and how a stream is cut into lines.

Each form is a small module or class, with its layout in the docstring; `Unwrapper` finds which it is.
"""

from __future__ import annotations

from redislog.capture.lines import Captured, Form, ServerLine, Steady, decode, has_colours, split_lines
from redislog.capture.unwrapping import FORMS, Found, Unwrapper

__all__ = [
    "FORMS",
    "Captured",
    "Form",
    "Found",
    "ServerLine",
    "Steady",
    "Unwrapper",
    "decode",
    "form_names",
    "has_colours",
    "known_forms",
    "split_lines",
]

_RECORDS = (
    ("json", '{"log": "LINE", ...}: a line each, pretty-printed, an array, an API\'s answer', "nothing"),
    ("csv", "a table whose header names a column of messages", "nothing"),
    ("journald-fields", "journalctl -o export, -o verbose", "nothing"),
)


def known_forms() -> list[tuple[str, str, str]]:
    """Every form: its name, its layout, and what it loses of a server's line."""
    return [*((form.name, form.layout, form.loses) for form in FORMS), *_RECORDS]


def form_names() -> list[str]:
    """The names of all forms."""
    return [name for name, _, _ in known_forms()]
