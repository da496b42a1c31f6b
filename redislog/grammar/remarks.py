r"""What people add behind a server's message: remarks, emphasis, the bar of a table, what a terminal shows of a key.

::

    +odown master shop 10.8.0.21 6380 #quorum 2/2   <-- two agree      an arrow, also ``←``
    Connection with master lost.  # here                               two blanks and a hash, or slashes
    Connection with master lost. 「主节点断开」                           brackets in any script
    **1:M 11 Jan 2024 10:02:17.388 * Ready to accept connections**     emphasis

A remark is split off only where the message as a whole is none that is known, and what stands before the remark is
one: a message that ends in open text loses no words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_MARK = re.compile(
    r"\s+(?:#+(?=\s)|/{2,}|/\*|<(?:-{1,}|={1,})(?!>)|(?:-{2,}|={1,}|-{1,})>|-{2,}(?=\s)|;+(?=\s)|!{2,}|\?{2,}|\^+(?=\s|[A-Z]\Z))"
    r"|\s{2,}(?=[#(\[{<*|~])|\t\s*|\s{3,}(?=\S)"
    r"|\s*(?=[^\x00-\x7f])"
)
"""Where a remark may begin: at a mark behind a blank, at a bracket behind two, in another script anywhere."""
_MAY_MARK = re.compile(r"\s(?:(?<=\t)|[\s#/<=\-;!?^])")
"""What begins every mark in ASCII, quickly found."""
_STRONG = re.compile(
    r"(?:\s{2,}|\t\s*)(?=#+\s|//|<-|<=|-->|=>|/\*|[(\[{\uff08\u300c\u300e\u3010\u3014\u2013\u2014])|\s*(?=[←⇐⬅◄◀👈])|(?=\^C\Z)"
)
"""Where a remark begins for sure, also behind text that may hold anything."""
_FRAME = re.compile(r"(?:\s|\*\*?|__|~~|==|`|\||│|┃|║|</(?:b|i|em|strong|mark|u|span|font)>|\^C|\\)+\Z")
"""What frames a line, without saying anything."""
_BEHIND = frozenset(",;'\"")
"""What parts a line from the next one: it may also be what a message ends with."""
_FRAME_ENDS = frozenset("*_~=`|│┃║>C\\") | _BEHIND
_MOST_BEHIND = 4
_OPENED = re.compile(r"(?:\*\*?|__|~~|==|`|\||│|┃|║|<(?:b|i|em|strong|mark|u)>)\Z")
_CLOSED = {f"<{tag}>": f"</{tag}>" for tag in ("b", "i", "em", "strong", "mark", "u")}
_ARROWS = "\u2190\u21d0\u2b05\u25c4\u25c0\U0001f448\u2013\u2014\u2192"
_OPENING = "([{\uff08\u300c\u300e\u3010\u3014\u300a\u3008\uff3b\uff5b"
_CLOSING = ")]}\uff09\u300d\u300f\u3011\u3015\u300b\u3009\uff3d\uff5d"
_MARKS = "#/<←-=>;!?^*| \t"
_LONGEST = 2048

Fits = Callable[[str], bool]
"""Whether a message is a known wording, whole."""


def may_hold_remark(message: str) -> bool:
    """Whether a message that nothing knows may be one with a remark, or in a frame.

    >>> may_hold_remark("Connection with master lost.  # here"), may_hold_remark("Connection with the cache lost")
    (True, False)
    """
    if len(message) > _LONGEST:
        return False
    last = message[-1:]
    return (
        not message.isascii()
        or (_MAY_MARK.search(message) is not None and _MARK.search(message) is not None)
        or (
            (last in _FRAME_ENDS or last.isspace())
            and (last in _BEHIND or _FRAME.search(message) is not None)
        )
    )


def parted(message: str, fits: Fits) -> tuple[str, str] | None:
    """The message without its remark, and the remark; None where no part of it is known.

    >>> parted("+odown master shop 10.8.0.21 6380 #quorum 2/2   <-- two agree", lambda text: text.endswith("2/2"))
    ('+odown master shop 10.8.0.21 6380 #quorum 2/2', 'two agree')
    """
    if len(message) > _LONGEST:
        return None
    if (framed := _without_frame(message, fits)) is not None:
        return framed, ""
    for place in _places(message, _MARK):
        if fits(text := _FRAME.sub("", message[:place])):
            return text, remark_of(message[place:])
    return None


def _without_frame(message: str, fits: Fits) -> str | None:
    """The message without what frames it, and what parts it from the next line; None if that is none that is known."""
    text = _FRAME.sub("", message)
    for _ in range(_MOST_BEHIND):
        if text != message and fits(text):
            return text
        if text[-1:] not in _BEHIND:
            return None
        text = _FRAME.sub("", text[:-1])
    return None


def is_framed(prefix: str, message: str) -> bool:
    """Whether what stands before a line opens a frame that its message closes.

    >>> is_framed("| **", "Ready to accept connections**"), is_framed("> ", "Ready to accept connections")
    (True, False)
    """
    opened = _OPENED.search(prefix.rstrip())
    return opened is not None and message.rstrip().endswith(_CLOSED.get(opened[0], opened[0]))


def surely_parted(message: str, prefix: str, fits: Fits) -> tuple[str, str] | None:
    """The message without a frame, or a remark that is one for sure, also where it may end in any text; None without."""
    if is_framed(prefix, message) and fits(text := _FRAME.sub("", message)):
        return text, ""
    for place in _places(message, _STRONG):
        if fits(text := message[:place].rstrip()):
            return text, remark_of(message[place:])
    return None


def remark_of(text: str) -> str:
    """The words of a remark, without the marks around it.

    >>> remark_of("   ### done ###"), remark_of(" 「开始故障转移」"), remark_of("/* here */")
    ('done', '开始故障转移', 'here')
    """
    words = _FRAME.sub("", text).lstrip(_MARKS).rstrip("#*/ ")
    if words[:1] in _OPENING and words[-1:] in _CLOSING:
        words = words[1:-1]
    return words.lstrip(f"{_ARROWS} ").strip()


def _places(message: str, mark: re.Pattern[str]) -> Iterator[int]:
    yield from dict.fromkeys(match.start() for match in mark.finditer(message) if match.start())
