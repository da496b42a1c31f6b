"""Blocks of an issue: each fence and each table holds one capture, named by the words above it.

::

    ### redis-0                     a heading, a list item, a <summary>, bold or plain words
    ```                             a fence, <pre>, or a row of a table

    **Replica:**                    a title, with the lines right below it
    1:S 24 Mar 2025 ...

What names a server in such words: a name with a number (``redis-0``), ``node B``, or a role, ``master``.
"""

from __future__ import annotations

import re

from redislog.capture.paste import heading
from redislog.origin import Origin, origin

_FENCES = "`~"
_PRE_FENCE = "<pre>"
_FENCE = re.compile(r"(`{3,}|~{3,})[\w.+-]*\s*\Z")
_QUOTE = " \t>"
_ROW = re.compile(r"(?:[|│┃║]\s(?!.*`-\._)|[|+┌╔├╟][-=─━═:])")
_TAG = re.compile(r"</?\w+[^<>]*>")
_MARKS = re.compile(r"[#*`]+(?=\S)|(?<=\S)[#*`]+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|\A(?:[-+*]|\d{1,3}[.)])\s+")
_ASIDE = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
_WORD = re.compile(r"[\w.:/-]+")
_NUMBERED = re.compile(
    r"[A-Za-z][\w-]*\d|[a-z][a-z0-9-]*-[0-9a-f]{6,10}-[a-z0-9]{5}|(?=\D*\d)[bcdfghjklmnpqrstvwxz2456789]{5}"
)
"""A name with a number, a pod of a Deployment, or the end of one, which Kubernetes makes of these letters."""
_NO_NAME = re.compile(
    r"(?i)(?:v|redis|valkey|keydb|version|rev|issue|port|step|line|ubuntu|debian|centos|epoch|ipv|utf|sha|x|arm|amd|k)\d+|"
    r"(?:epoch|issue|step|line|port|version)[_-]\d+"
)
_LETTERED = re.compile(
    r"(?i)\b(node|server|host|instance|pod|machine|container|replica|slave|master|primary|sentinel)[ _-]([a-z]|\d{1,5})\b"
)
_ROLE = re.compile(
    r"(?i)(?<![^\W_])(master|primary|slave|replica|secondary|sentinel|leader|follower)(?![^\W_])"
)
_PARTS = re.compile(
    r"(?i)\b(old|new|former|previous|current|other|first|second|third)\s+(?=master|primary|slave|replica|secondary|leader|follower)"
)
_CLOCK = re.compile(r"(?<![\d:])\d\d:\d\d:\d\d(?![\d:])")
"""A time of day: in a log's line, which names nothing."""
_PRE = re.compile(r"(?:<(?:pre|code|samp)\b[^<>]*>\s*)+\Z", re.IGNORECASE)
_PRE_ENDS = re.compile(r"(?:.*\S)?\s*</(?:pre|code|samp)>\s*(?:</\w+>\s*)*\Z", re.IGNORECASE)
_TITLE = re.compile(
    r"(?P<marked>\*\*|__|-{3,}\s|={3,}\s|<h\d|<b>|<strong>)|#{1,6}\s|.*:(?:\*\*|__|</\w+>)?\s*(?:\([^()]*\)\s*)?\Z"
)
_NO_TITLE = re.compile(
    r"\d+(?:[-.):/\s]|\Z)|[\[{\"'$/]|.*(?:==>|\b(?:INFO|WARN(?:ING)?|ERROR|DEBUG|TRACE|FATAL)\b)"
)
_LONGEST = 200
_RULE = re.compile(r"[-=_*~\u2500\u2550]{3,}\s*\Z")
"""A rule under a title, or between two parts of a text."""
_LONGEST_TITLE = 100


def named_in(words: str) -> Origin | None:
    """The server that the words above a block name; None where they name none.

    >>> named_in("**redis-1** (thinks redis-0 is the master):").source
    'redis-1'
    >>> named_in("<summary>Logs of the old master</summary>").source, named_in("Expected behaviour")
    ('old-master', None)
    """
    if len(words) > _LONGEST:
        return None
    if (found := heading(words)) is not None and found.source is not None:
        return found
    plain = _MARKS.sub("", _TAG.sub(" ", words).strip()).strip()
    return name_of(_ASIDE.sub(" ", plain)) or name_of(plain)


def name_of(words: str) -> Origin | None:
    """The server that some words name, by a number, a letter or its role; None where they name none.

    >>> name_of("logs of node B").source, name_of("INFO")
    ('node-B', None)
    """
    name = _name_in(words)
    return None if name is None else origin(file=name)


def _name_in(text: str) -> str | None:
    words = (word.rstrip(".:").rpartition("/")[2] for word in _WORD.findall(text))
    labels = (word.partition(".")[0] for word in words if ":" not in word)
    numbered = (each for each in labels if _NUMBERED.fullmatch(each))
    name: str | None = next((each for each in numbered if _NO_NAME.fullmatch(each) is None), None)
    if name is not None:
        return name
    if match := _LETTERED.search(text):
        return f"{match[1].lower()}-{match[2]}"
    if match := _ROLE.search(text):
        which = _PARTS.search(text)
        return f"{which[1].lower()}-{match[1].lower()}" if which is not None else match[1].lower()
    return None


class Blocks:
    """Follows the lines of a stream that no server printed: where a block begins and ends, and what it is named.

    ``is_open`` is whether a block has begun that has not ended.
    """

    def __init__(self) -> None:
        self._fence = ""
        self._table = False
        self._words = ""
        self._outer: Origin | None = None
        self._last = 0
        self._stands_apart = True
        self._untitled: tuple[Origin | None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a block has begun that has not ended."""
        return bool(self._fence) or self._table

    def follow(
        self, text: str, around: Origin | None, number: int, *, is_of_a_log: bool = False
    ) -> Origin | None:
        """What the lines from this one on, the one of a number, are said to be of; ``around`` is what those before it are.

        Lines that are surely a server's need not be told; ``is_of_a_log`` says that a server's line may stand in this one.
        """
        text = text.lstrip(_QUOTE)
        if number != self._last + 1:
            self._untitled = None
            self._stands_apart = False
        self._last = number
        if self._fence == _PRE_FENCE:
            if _PRE_ENDS.match(text):
                self._fence = self._words = ""
                self._stands_apart = True
                return self._outer
            return around
        if not self._fence and text[:1] == "<" and _PRE.match(text):
            around = self._left(around)
            self._fence = _PRE_FENCE
            return self._entered(around)
        fence = _FENCE.match(text) if text[:1] in _FENCES else None
        if self._fence:
            if fence is not None and fence[1].startswith(self._fence):
                self._fence = self._words = ""
                self._stands_apart = True
                return self._outer
            return around
        if fence is not None:
            around = self._left(around)
            self._fence = fence[1]
            return self._entered(around)
        if _ROW.match(text):
            if self._table:
                return around
            self._table = True
            return self._entered(around)
        around = self._left(around)
        if not text or _RULE.match(text):
            self._stands_apart = True
            return around
        self._words = text
        around = self._titled(text, around, is_of_a_log=is_of_a_log)
        self._stands_apart = False
        return around

    def _titled(self, text: str, around: Origin | None, *, is_of_a_log: bool) -> Origin | None:
        """What the lines below a title are; that no log's line is right below it shows that it was none.

        What is not marked as a title is one only below a blank line, or first: words may be the rest of a server's line.
        """
        is_of_a_log = is_of_a_log or _CLOCK.search(text) is not None
        if self._untitled is not None:
            around = around if is_of_a_log else self._untitled[0]
            self._untitled = None
        title = _TITLE.match(text) if len(text) <= _LONGEST_TITLE and not is_of_a_log else None
        if title is None or not (self._stands_apart or title["marked"]) or _NO_TITLE.match(text):
            return around
        named = named_in(text)
        if named is None:
            return around
        self._untitled = (around,)
        return named

    def _entered(self, around: Origin | None) -> Origin | None:
        """What a block is named; where nothing names it, what stands around it."""
        self._outer = around if self._untitled is None else self._untitled[0]
        self._untitled = None
        words = self._words.rstrip()
        return (None if _CLOCK.search(words) else named_in(words)) or around

    def _left(self, around: Origin | None) -> Origin | None:
        """What stands around a table that has ended."""
        if not self._table:
            return around
        self._table, self._words = False, ""
        return self._outer
