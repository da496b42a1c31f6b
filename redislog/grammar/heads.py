r"""Heads of a server's lines that are cut short, or that another program's head stands in the place of.

::

    * MESSAGE                                the level mark alone
    09:14:02.118 * MESSAGE                   a time of day, with or without milliseconds, mark, role letter
    712:S * MESSAGE      [712] MESSAGE       pid and role, without a time
    04 Feb 2024 09:14:02.118 * MESSAGE       all but the pid
    10:04:11,209 INFO [main] c.e.CacheTest - STDOUT: * MESSAGE      a logging library's head, or a CI runner's
    MESSAGE                                  nothing

What such a line says is found from its end: the longest part that is a known wording, whole, is the message, and
what stands before it is the head. A line by itself is never taken for a server's: see `redislog.weaker`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import attrs

from redislog.grammar.dispatch import Entry
from redislog.grammar.marks import Ground

_TIME = r"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
_DATE = r"(?:\d\d [A-Z][a-z]{2} (?:\d{4} )?|\d{4}-\d\d-\d\d[T ])"
_MASKED_PID = r"[A-Za-z][A-Za-z_]{1,15}|<[\w -]{1,20}>|\[[\w -]{1,20}\]|[*xXN#?\u2588]+"
_OWN = re.compile(
    rf"(?:(?:(?P<pid>\d{{1,10}})|{_MASKED_PID}):(?P<role>[MSCX]) +|\[(?P<bracket>\d{{1,10}})\] +|(?P<first>[MSCX]) +(?=\d))?"
    rf"(?:(?P<stamp>{_DATE}?{_TIME}(?:Z|[+-]\d\d:?\d\d)?) +)?"
    r"(?:(?P<letter>[MSCX]) +)?(?:(?P<mark>[.\-*#]) +)?"
)
_STAMP = re.compile(rf"{_DATE}?{_TIME}(?:Z|[+-]\d\d:?\d\d)?")
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"\s+")
_LEVEL = re.compile(r"\b(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL)\b", re.IGNORECASE)
_LOG = re.compile(
    rf"{_TIME}|\b(?:stdout|stderr)\b|\A\[[\w./ -]+\]\Z|\A\d\d[OE]\+?\Z|{_LEVEL.pattern}", re.IGNORECASE
)
_TOUCHING = re.compile(r":([.\-*#])\Z")
_MOST_WORDS = 24
_LONGEST = 2000

MayBegin = Callable[[str, str], bool]
"""Whether a known wording may begin with two words."""
Known = Callable[[str], Entry | None]
"""The wording that a text is exactly, None if it is none."""


@attrs.frozen
class Head:
    """What stands before a message, read.

    ``other`` is what is not of the server's own head, ``shape`` what is the same in the heads of lines that begin alike.
    """

    other: str = ""
    pid: int | None = None
    role: str | None = None
    stamp: str | None = None
    mark: str | None = None
    size: int = 0

    @property
    def ground(self) -> Ground:
        """What a line with this head is read on."""
        if self.other:
            return "other-head"
        return "short-head" if self.size else "no-head"

    @property
    def shape(self) -> str:
        """What is the same in the heads of lines that begin alike: all but numbers, levels and marks."""
        parts = [_plain(self.other)]
        parts += [name for name in ("pid", "role", "stamp", "mark") if getattr(self, name) is not None]
        return " ".join(parts)

    @property
    def is_a_log_s(self) -> bool:
        """Whether another program's part is what logs have: a time, a level, a stream or a name in brackets."""
        return not self.other or _LOG.search(self.other) is not None

    @property
    def rich(self) -> bool:
        """Whether enough of the server's own head is left that hardly another program prints it."""
        return (self.pid is not None and self.role is not None) or (
            self.mark is not None and self.stamp is not None
        )


def read_own(text: str) -> Head:
    """What is left of a server's own head at the beginning of a text; the rest is the message.

    >>> head = read_own("09:14:02.118 # Error condition on socket for SYNC: Connection refused")
    >>> head.stamp, head.mark, head.size
    ('09:14:02.118', '#', 15)
    """
    match = _OWN.match(text)
    if match is None or not match[0]:
        return Head()
    pid = match["pid"] or match["bracket"]
    return Head(
        pid=int(pid) if pid else None,
        role=match["role"] or match["letter"] or match["first"],
        stamp=match["stamp"],
        mark=match["mark"],
        size=match.end(),
    )


def find(text: str, may_begin: MayBegin, known: Known) -> tuple[Head, str, Entry] | None:
    """The head, the message and its wording of a line that ends in a known wording; None if it does not."""
    if len(text) > _LONGEST:
        return None
    begin = 0
    words = text.split(" ", _MOST_WORDS)
    for word, following in pairwise((*words, "")):
        if word and may_begin(word, following):
            entry = known(text[begin:])
            if entry is not None:
                return read(text[:begin]), text[begin:], entry
        begin += len(word) + 1
    return None


def read(text: str) -> Head:
    """A head by all of its text: another program's part, then what is left of the server's own.

    >>> read("INFO  [main] c.e.CacheTest - STDOUT: 712:S * ").pid
    712
    """
    for begin in (0, *(match.end() for match in _BLANKS.finditer(text))):
        own = read_own(text[begin:])
        if begin + own.size == len(text):
            break
    other = text[:begin].strip()
    stamp, mark = own.stamp, own.mark
    if mark is None and (touching := _TOUCHING.search(other)) is not None:
        mark, other = touching[1], other[: touching.start(1)]
    if stamp is None and other:
        found = _STAMP.findall(other)
        stamp = found[-1] if found else None
    return attrs.evolve(own, other=other, stamp=stamp, mark=mark, size=len(text))


def begins_like(text: str, head: Head) -> bool:
    """Whether a line has a head of the same shape before a message that is not known.

    >>> begins_like("10:04:12,001 WARN  app: hello", read("10:04:11,209 INFO  app: "))
    True
    """
    if head.other:
        return f"{_plain(text)} ".startswith(f"{_plain(head.other)} ")
    own = read_own(text)
    return bool(own.size) and own.shape == head.shape


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", _LEVEL.sub("L", _DIGITS.sub("0", text))).strip()
