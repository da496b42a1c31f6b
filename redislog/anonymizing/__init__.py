"""Captures without the names of those who made them: what the logs say stays, who says it does not.

Addresses, host and pod names, namespaces, IDs, the names of users, clients and primaries, and paths are replaced
one to one over all files; loopback, ports, versions and times are kept. What orders names orders their replacements
too, so that the verdict on both is the same up to the names. Text in, text out: nothing here opens a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs

from redislog.anonymizing.collecting import collect
from redislog.anonymizing.dropping import known_lines
from redislog.anonymizing.replacing import Replacements

__all__ = ["Anonymized", "anonymise", "anonymize", "leftovers"]


@attrs.frozen
class Anonymized:
    """Files whose names were replaced, by their new names; ``names`` maps each original to what stands for it.

    ``dropped`` is how many lines were left out, as no grammar knows them.
    """

    files: Mapping[str, str]
    names: Mapping[str, str]
    dropped: int


def anonymize(files: Mapping[str, str | bytes], *, keep_foreign: bool = False) -> Anonymized:
    """Replace all names in captures, and in hints beside them; ``files`` maps their names to their texts.

    Lines that no grammar knows may hold anything, and are dropped; with ``keep_foreign`` they stay, and only the
    names that others hold too, addresses and IDs are replaced in them.

    >>> made = anonymize({"shop-redis-0": "1:S 29 May 2023 07:48:59.118 * Connecting to MASTER 10.1.2.3:6379"})
    >>> made.files
    {'name1-redis-0': '1:S 29 May 2023 07:48:59.118 * Connecting to MASTER 198.18.0.1:6379'}
    >>> made.names
    {'10.1.2.3': '198.18.0.1', 'shop': 'name1'}
    """
    texts = {
        name: text.decode("utf-8", "surrogateescape") if isinstance(text, bytes) else text
        for name, text in files.items()
    }
    replacements = Replacements.of(collect(texts))
    made: dict[str, str] = {}
    dropped = 0
    for name, text in texts.items():
        lines = text.split("\n")
        kept = lines if keep_foreign else known_lines(lines)
        dropped += len(lines) - len(kept)
        made[replacements.in_text(name)] = "\n".join(replacements.in_text(line) for line in kept)
    return Anonymized(made, replacements.names, dropped)


anonymise = anonymize


def leftovers(anonymized: Anonymized) -> Iterator[tuple[str, int, str]]:
    """Each original that is left: the file, the number of the line (0 for the file's name), the original."""
    originals = "|".join(map(re.escape, sorted(anonymized.names, key=len, reverse=True)))
    left = re.compile(rf"(?<![^\W_])(?:{originals})(?![^\W_])")
    for name, text in anonymized.files.items() if originals else ():
        for number, line in enumerate([name, *text.split("\n")]):
            for match in left.finditer(line):
                yield name, number, match[0]
