"""From a message to its event class: the index, damage, truncation, and messages from outside."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar, dataclass_transform

import attrs

from redislog.events.base import Event, Read, event, set_read
from redislog.events.index import (
    INDEX,
    add_outside,
    clear_outside,
    event_class,
    messages_of,
    until_registered,
)
from redislog.grammar.damage import Repair
from redislog.grammar.dispatch import Dispatcher, Entry
from redislog.grammar.joined import holds_heads
from redislog.grammar.lookup import Lookup, Row
from redislog.grammar.masks import may_hold_masks, read_masked
from redislog.grammar.remarks import may_hold_remark, parted, surely_parted
from redislog.values import Damage, Masked

_E = TypeVar("_E", bound=Event)


class Tables(NamedTuple):
    """The lowered grammar, compiled."""

    layouts: dict[str, re.Pattern[str]]
    steady_layouts: tuple[tuple[str, str], ...]
    messages: Dispatcher
    raw: Dispatcher
    repair: Repair
    lookups: dict[str, Lookup]


class Recognised(NamedTuple):
    """A message that is known: its entry, the printed text of its values, and how well it was kept.

    ``damage`` is how a damaged message differs from it. ``written`` is what was written in the place of stand-ins that the values hold, for values that were masked.
    """

    entry: Entry
    values: dict[str, str | None]
    damage: Damage | None = None
    truncated: bool = False
    written: Mapping[str, str] = MappingProxyType({})


class Remarked(NamedTuple):
    """A message, what it is known as, and what somebody wrote behind it; an empty remark is none."""

    message: str
    recognised: Recognised
    remark: str


_SURELY_WHOLE = 250
"""Characters of a message that is shorter than any that a server cuts, in any encoding."""

_WORD = "[A-WYZa-z0-9][a-z0-9,:'/()@+-]*+"
_MERE_WORDS = re.compile(rf"{_WORD}(?:[ =]{_WORD}(?:\.[0-9]++)?+)*\Z")
"""Words and figures of which none can be a head, a remark, a mask, a frame or an escape: most messages by far."""

_outside: tuple[list[Entry], list[Entry]] = ([], [])


@until_registered
def tables() -> Tables:
    """The index of all messages, ready for use."""
    index = json.loads(INDEX.read_text(encoding="utf-8"))
    layouts = {name: re.compile(pattern) for name, pattern in index["layouts"].items()}
    messages, raw = (
        _dispatcher([Entry(*row) for row in index[name]], index[f"{name}_buckets"], outside)
        for name, outside in zip(("messages", "raw"), _outside, strict=True)
    )
    steady = tuple((same, rest) for same, rest in index["steady_layouts"].values())
    rows: dict[int, Row] = {}
    lookups = {letter: Lookup(messages, letter, rows) for letter in "MSCX"}
    return Tables(layouts, steady, messages, raw, Repair(messages), lookups)


def _dispatcher(entries: list[Entry], buckets: dict[str, list[int]], outside: list[Entry]) -> Dispatcher:
    if outside:
        from redislog.grammar.buckets import build_buckets

        entries += outside
        return Dispatcher(entries, build_buckets(entries))
    return Dispatcher(entries, buckets)


def recognise(message: str, letter: str | None = None) -> Recognised | None:
    """The known message that a text is; ``letter`` is the role letter of its line, ``H`` for a handler's."""
    grammar = tables()
    if found := grammar.messages.match(message, letter):
        return Recognised(*found)
    if message.endswith(" ") and (found := grammar.messages.match(message.rstrip(" "), letter)):
        return Recognised(*found)
    from redislog.grammar.sizes import may_be_cut

    if may_be_cut(message):
        from redislog.grammar.cut import match_cut

        if found := match_cut(grammar.messages, message, letter):
            return Recognised(*found, truncated=True)
    if repaired := grammar.repair.match(message, letter):
        return Recognised(repaired.entry, repaired.values, Damage.between(message, repaired.text))
    return None


def recognise_handed_over(message: str, letter: str | None = None) -> Remarked | None:
    """The known message that a text was before somebody wrote behind it, or took values away from it."""
    match = partial(_match, letter)
    if may_hold_remark(message) and (found := parted(message, is_wording)) and (known := match(found[0])):
        return Remarked(found[0], Recognised(*known), found[1])
    if not may_hold_masks(message):
        return None
    if masked := read_masked(message, match):
        return Remarked(message, _masked(*masked), "")
    if found := parted(message, lambda text: read_masked(text, match) is not None):
        masked = read_masked(found[0], match)
        return None if masked is None else Remarked(found[0], _masked(*masked), found[1])
    return None


def _match(letter: str | None, text: str) -> tuple[Entry, dict[str, str | None]] | None:
    return tables().messages.match(text, letter)


def _masked(entry: Entry, values: dict[str, str | None], written: dict[str, str]) -> Recognised:
    return Recognised(entry, values, written=written)


def without_remark(message: str, prefix: str, recognised: Recognised, letter: str | None) -> Remarked | None:
    """A known message that ends in any text, without what is a remark or the end of a frame for sure; None if it has none."""
    found = surely_parted(message, prefix, is_wording)
    known = None if found is None else tables().messages.match(found[0], letter)
    if found is None or known is None or known[0].key != recognised.entry.key:
        return None
    return Remarked(found[0], Recognised(*known), found[1])


def is_wording(message: str) -> bool:
    """Whether a text is a known message exactly, and whole."""
    return wording_of(message) is not None


def wording_of(message: str) -> Entry | None:
    """The wording that a text is exactly, and whole."""
    found = tables().messages.match(message)
    return None if found is None else found[0]


def is_strange(text: str, letter: str) -> bool:
    """Whether a message that is no wording exactly is surely none: not damaged, cut or escaped either.

    False where that needs a closer look; ``letter`` is the role letter of its line.
    """
    return (
        len(text) <= _SURELY_WHOLE
        and not _may_hold_more(text)
        and tables().repair.match(text, letter) is None
    )


def _may_hold_more(text: str) -> bool:
    """Whether an unknown message may have been escaped, joined, framed, masked or written behind."""
    if _MERE_WORDS.match(text) is not None and "xx" not in text:
        return False
    return (
        text[-1:] == " "
        or ("\\" in text or "&" in text or "\x1b" in text or "#033" in text)
        or holds_heads(text)
        or may_hold_remark(text)
        or may_hold_masks(text)
    )


def class_of_row(row: Row) -> type[Event]:
    """The event class of a wording, its module imported on first use."""
    row[2] = cls = event_class(row[1].target)
    return cls


def event_of(read: Read) -> Event:
    """The event of a line as it was read; its attributes are made on first use."""
    made: Event = object.__new__(event_class(read[3].target))
    set_read(made, read)
    return made


def build_event(recognised: Recognised, header: Any) -> Event:
    """The event of a recognised message; a value that was cut into nonsense is missing."""
    entry, values, damage, truncated, written = recognised
    cls = event_class(entry.target)
    if damage or truncated:
        header = attrs.evolve(header, damage=damage, truncated=truncated)
    if not truncated and not written:
        return cls(header, entry.key, **values)
    masked = _put_back(values, written)
    values = {**values, **masked}
    for name in [name for name in masked or values if values[name] is not None][::-1]:
        try:
            return cls(header, entry.key, **values)
        except ValueError:
            values = {**values, name: None}
    return cls(header, entry.key, **values)


def _put_back(values: Mapping[str, str | None], written: Mapping[str, str]) -> dict[str, str]:
    """The values that were masked, as they are written."""
    masked: dict[str, str] = {}
    for name, value in values.items():
        text = value or ""
        for sample, mask in written.items():
            text = text.replace(sample, mask)
        if text != (value or ""):
            masked[name] = Masked(text)
    return masked


@dataclass_transform(frozen_default=True, field_specifiers=(attrs.field,))
def register(cls: type[_E]) -> type[_E]:
    """Make a message from outside the package known: a module's, a fork's.

    The class declares its ``MESSAGES``; from then on it takes part in parsing, JSON and ``messages``.

    Raises
    ------
    ValueError
        if it declares no message, or one whose key is taken.

    See the README for an example.
    """
    from redislog.events.generate import entries

    made = event(cls)
    if not made.MESSAGES:
        raise ValueError(f"{cls.__name__} declares no MESSAGES")
    grammar = tables()
    taken = {entry.key for entry in (*grammar.messages.entries, *grammar.raw.entries)}
    for message in made.MESSAGES:
        if message.key in taken:
            raise ValueError(f"the key {message.key!r} is taken")
    new = entries((made, message) for message in messages_of(made))
    for known, added in zip(_outside, new, strict=True):
        known += added
    add_outside(made)
    return made


def forget() -> None:
    """Make all messages from outside the package unknown again."""
    for known in _outside:
        known.clear()
    clear_outside()
