"""Truncation: a message that the server cut at its buffer's end, silently, in every version.

The end of the last value, and what follows it, may be missing; what stands before the cut is read.
"""

from __future__ import annotations

import re

from redislog.grammar.dispatch import Dispatcher, Entry, standing
from redislog.grammar.notation import Placeholder, Template, read_template
from redislog.grammar.tokens import open_pattern


def match_cut(
    dispatcher: Dispatcher, text: str, letter: str | None
) -> tuple[Entry, dict[str, str | None]] | None:
    """The entry of a message that was cut, and its values; None for those after the cut."""
    found: list[tuple[int, int, Entry, dict[str, str | None]]] = []
    for number in dispatcher.candidates(text):
        entry = dispatcher.entries[number]
        result = _read_up_to_cut(read_template(entry.template), text)
        if result is not None:
            found.append((standing(letter, entry.roles), -result[0], entry, result[1]))
    if not found:
        return None
    _, _, entry, values = min(found, key=lambda item: item[:2])
    return entry, values


def _read_up_to_cut(template: Template, text: str) -> tuple[int, dict[str, str | None]] | None:
    """How many literal characters were seen before the cut, and the values; None if it is another text."""
    values: dict[str, str | None] = {part.name: None for part in template.placeholders}
    place = 0
    literal = 0
    for number, part in enumerate(template.parts):
        rest = text[place:]
        if isinstance(part, str):
            if not rest.startswith(part):
                return (literal, values) if literal and part.startswith(rest) else None
            place += len(part)
            literal += len(part)
            continue
        following = template.parts[number + 1] if number + 1 < len(template.parts) else None
        value = _value(part, rest, following if isinstance(following, str) else None)
        values[part.name] = rest if value is None else value
        if value is None:
            return (literal, values) if literal else None
        place += len(value)
    return literal, values


def _value(part: Placeholder, rest: str, terminator: str | None) -> str | None:
    """A value that ends before the cut, None if the cut is in it."""
    for word in sorted(part.words, key=len, reverse=True):
        if rest.startswith(word):
            return word
    if part.token is None:
        return None
    if part.token.open and (terminator is None or terminator not in rest):
        return None
    pattern = open_pattern(part.token, terminator, at_end=False) if part.token.open else part.token.pattern
    match = re.match(pattern, rest)
    return None if match is None or match.end() == len(rest) else match.group()
