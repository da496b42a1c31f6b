"""A line as a container printed it, and what most forms are made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import attrs

NAMESPACE = "argocd"
UID = "7f0b7a3c-2d4e-4b1a-9a55-0d6c3a1f9e11"
ID = "0f" * 32


@attrs.frozen
class Printed:
    """A line as a container printed it, and when the runtime read it."""

    pod: str
    container: str
    text: str
    at: datetime

    @property
    def nanoseconds(self) -> int:
        """The time since 1970."""
        since = self.at - datetime(1970, 1, 1, tzinfo=UTC)
        return (since.days * 86400 + since.seconds) * 10**9 + since.microseconds * 1000 + 319

    @property
    def rfc3339(self) -> str:
        """The time with nine digits."""
        return f"{self.at:%Y-%m-%dT%H:%M:%S}.{self.nanoseconds % 10**9:09}Z"

    @property
    def milliseconds(self) -> int:
        """The time since 1970, in milliseconds."""
        return self.nanoseconds // 10**6


Lines = Sequence[Printed]
Writer = Callable[[Lines], str]


def each(write: Callable[[Printed], str], head: str = "", tail: str = "") -> Writer:
    """A form that has one line for each."""
    return lambda lines: head + "".join(f"{write(line)}\n" for line in lines) + tail


def by_pod(lines: Lines) -> list[tuple[tuple[str, str], list[Printed]]]:
    """The lines of each container together."""
    ordered = sorted(lines, key=lambda line: (line.pod, line.container))
    return [
        (key, list(group)) for key, group in groupby(ordered, key=lambda line: (line.pod, line.container))
    ]


def sections(
    head: Callable[[str, str], str], body: Callable[[Printed], str] = lambda line: line.text
) -> Writer:
    """One container after another, each below a heading."""
    return lambda lines: "".join(
        f"{head(*names)}\n" + "".join(f"{body(line)}\n" for line in group) for names, group in by_pod(lines)
    )


def go_json(value: Any) -> str:
    """JSON as Go writes it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
