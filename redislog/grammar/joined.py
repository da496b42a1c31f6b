r"""Several servers' records in one line: a paste that lost its line ends, lines of a page joined by break tags.

Between two records may stand nothing, blanks, ``<br>`` and other tags, ``\n`` or ``\r`` in two characters, a
carriage return, a tab, commas, quotes. Where nothing does and the first record ends in a number, that touches the
pid of the next head: ``...8057713:4410712:S 04 Feb`` is the offset 4410 and the pid 712, where 712 is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

_STAMP = (
    r"(?:\d\d [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d:\d\d\.\d{3}"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d|\d{11,14})"
)
_HEAD = re.compile(
    rf"(?:(?P<digits>\d+):[MSCX]|\[\d{{1,10}}\]) {_STAMP} [.\-*#] "
    r"|(?P<handler>\d+):signal-handler \(\d{1,11}\) |\[\d{1,10} \| signal handler\] \(\d{1,11}\) "
    rf'|pid=\d{{1,10}} role=\S+ timestamp="{_STAMP}" '
)
_TAG = r"</?(?:br|p|pre|code|div|span|li|td|tr|samp|tt)\b[^<>]*>"
_END = re.compile(rf"(?:\s|{_TAG}|\\[nr])+\Z")
_BETWEEN = (
    re.compile(rf"""(?:\s|{_TAG}|\\[nrt]|[,;|"'\[\]])+\Z"""),
    re.compile(rf"(?:\s|{_TAG}|\\[nrt]|[,;|])+\Z"),
)
_PID_DIGITS = 10

Fits = Callable[[str], bool]
"""Whether a message is a known wording, whole."""


def holds_heads(text: str) -> bool:
    """Whether a text holds the whole head of a server's line."""
    may = (
        " * " in text
        or " - " in text
        or " # " in text
        or " . " in text
        or "signal" in text
        or " role=" in text
    )
    return may and _HEAD.search(text) is not None


def without_end(text: str) -> str:
    r"""A text without the tags or escaped line ends that stand behind it.

    >>> without_end("31:S 02 Oct 2025 11:22:31.003 * Finished</pre>"), without_end(r"sync started\n")
    ('31:S 02 Oct 2025 11:22:31.003 * Finished', 'sync started')
    """
    return _END.sub("", text) if text[-1:] in ">nr" else text


def split(text: str, message: int, pids: Collection[int], fits: Fits) -> list[str]:
    """The records of a line that begins with a head; ``message`` is where the message after that begins.

    ``pids`` are those that the stream has shown.
    """
    records: list[str] = []
    begin = 0
    for head in _HEAD.finditer(text, message):
        start = _start(text, message, head, pids, fits)
        before = _without_separators(text[message:start], fits)
        records.append(text[begin:message] + before)
        begin, message = start, head.end()
    return [*records, without_end(text[begin:])] if records else [text]


def _without_separators(message: str, fits: Fits) -> str:
    """A message without what parts it from the next record; as much as leaves a known wording."""
    for pattern in _BETWEEN:
        if fits(cut := pattern.sub("", message)):
            return cut
    return cut


def _start(text: str, message: int, head: re.Match[str], pids: Collection[int], fits: Fits) -> int:
    """Where a head begins: its pid is the end of a number that may begin with one of the message before."""
    group = "digits" if head["digits"] is not None else "handler"
    digits = head[group]
    if digits is None or (len(digits) <= _PID_DIGITS and int(digits) in pids):
        return head.start()
    before = text[message : head.start()]
    for size in _sizes(digits, before, pids, fits):
        return head.end(group) - size
    return head.start()


def _sizes(digits: str, before: str, pids: Collection[int], fits: Fits) -> Iterator[int]:
    """How many of some digits are the pid, the likeliest first."""
    sizes = [size for size in range(min(len(digits) - 1, _PID_DIGITS), 0, -1) if digits[-size] != "0"]
    known = [size for size in sizes if int(digits[-size:]) in pids]
    yield from (size for size in known if fits(before + digits[:-size]))
    half = len(digits) // 2
    if digits == digits[:half] * 2 and fits(before + digits[:half]):
        yield half  # "started by pid 1220", and the first line of that child
    if len(digits) <= _PID_DIGITS and fits(_without_separators(before, fits)):
        yield len(digits)
    usual = {len(str(pid)) for pid in pids}
    yield from (size for size in sizes if size in usual and fits(before + digits[:-size]))
    if before[-1:].strip():
        yield from known
