"""What stands for each name: as like it as can be, and in the same order among its kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from itertools import count

import attrs

from redislog.anonymizing.collecting import Names
from redislog.anonymizing.vocabulary import is_plain

_IPV4 = re.compile(r"(?<![\w.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![\w]|\.[0-9])")
_IPV6 = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,}[0-9A-Fa-f:]*[0-9A-Fa-f](?![\w.])")
_ID = re.compile(r"(?<![0-9A-Za-z])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9A-Za-z])")
_WORD = re.compile(r"[^\W_]+")
_POD_HASH = re.compile(r"[bcdfghjklmnpqrstvwxz2456789]{5,10}")
"""What Kubernetes puts behind the name of a pod (apimachinery, ``util/rand``: letters without vowels, and digits)."""
_STAND_INS = {
    (IPv4Address, False): int(IPv4Address("198.18.0.0")),
    (IPv6Address, False): int(IPv6Address("2001:db8::")),
    (IPv4Address, True): int(IPv4Address("11.0.0.0")),
    (IPv6Address, True): int(IPv6Address("3fff:ffff::")),
}
"""Where stand-ins begin, by their kind and whether they are of the Internet: blocks of benchmarks (RFC 2544) and of
documents (RFC 3849), and for those of the Internet, as no such block is, blocks that nobody routes.
"""
_ID_BEGUN = re.compile(r"(?<=\bsentinel-)[0-9a-f]{8}(?=-)")
"""What names a Sentinel's connections: the first digits of its ID (``sentinel.c:sentinelSetClientName``)."""


@attrs.frozen
class Replacements:
    """Each original (an address, an ID, or one word of a name) and what stands for it."""

    names: dict[str, str]

    @classmethod
    def of(cls, found: Names) -> Replacements:
        """The replacements of names, addresses and IDs."""
        names = {
            **_numbered(_addresses(found, _IPV4, IPv4Address), IPv4Address),
            **_numbered(_addresses(found, _IPV6, IPv6Address), IPv6Address),
        }
        ids = sorted({each for text in found.texts for each in _ID.findall(text) if set(each) != {"0"}})
        names |= {each: _id(number, len(ids), len(each)) for number, each in enumerate(ids, start=1)}
        names |= _beginnings(found, ids, names)
        texts = {name for name in found.names if name not in names and len(name) > 2}
        return cls(names | _words(texts, names))

    def in_text(self, text: str) -> str:
        """A text, or the name of a file, with all names in it replaced."""
        return _WORD.sub(self._word, self._plain(text))

    def _word(self, match: re.Match[str]) -> str:
        return match[0] if match[0].isdecimal() else self.names.get(match[0], match[0])

    def _plain(self, text: str) -> str:
        for pattern in (_ID, _ID_BEGUN, _IPV4, _IPV6):
            text = pattern.sub(self._replaced, text)
        return text

    def _replaced(self, match: re.Match[str]) -> str:
        text = match[0]
        host, colon, port = text.rpartition(":")
        if text not in self.names and host in self.names and port.isdecimal():
            return f"{self.names[host]}{colon}{port}"
        return self.names.get(text, text)


def _addresses(
    found: Names, pattern: re.Pattern[str], kind: type[IPv4Address] | type[IPv6Address]
) -> dict[str, int]:
    """The addresses in texts, and their numbers; those of one's own host, and of none, are kept.

    An IPv6 address whose last part is the port of one that stands alone too is that one's.
    """
    numbers: dict[str, int] = {}
    stated = {name for name in found.names if _address(name, kind) is not None}
    for candidate in {*stated, *(each for text in found.texts for each in pattern.findall(text))}:
        address = _address(candidate, kind)
        host, _, port = candidate.rpartition(":")
        if address is None or address.is_loopback or address.is_unspecified:
            continue
        if candidate not in stated and port.isdecimal() and (host in stated or _is_kept(host, kind)):
            continue
        numbers[candidate] = int(address)
    return numbers


def _is_kept(text: str, kind: type[IPv4Address] | type[IPv6Address]) -> bool:
    address = _address(text, kind)
    return address is not None and (address.is_loopback or address.is_unspecified)


def _address(text: str, kind: type[IPv4Address] | type[IPv6Address]) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return address if isinstance(address, kind) else None


def _numbered(addresses: dict[str, int], kind: type[IPv4Address] | type[IPv6Address]) -> dict[str, str]:
    """What stands for each address: the next that nobody here has, of the Internet where the original is."""
    taken = set(addresses.values())
    free = {
        is_global: (number for number in count(_STAND_INS[kind, is_global] + 1) if number not in taken)
        for is_global in (False, True)
    }
    by_number = {number: kind(next(free[kind(number).is_global])) for number in sorted(taken)}
    return {text: str(by_number[number]) for text, number in sorted(addresses.items())}


def _id(number: int, count: int, digits: int) -> str:
    """An ID that stands among the others as the original did."""
    return f"{number * (16**digits // (count + 1)):0{digits}x}"


def _beginnings(found: Names, ids: list[str], names: dict[str, str]) -> dict[str, str]:
    """What stands for the first digits of Sentinels' IDs: those of what stands for the IDs."""
    begun = {each for text in found.texts for each in _ID_BEGUN.findall(text)}
    whole = {each: next((known for known in ids if known.startswith(each)), None) for each in sorted(begun)}
    free = (f"{number:08x}" for number in count(1))
    return {each: names[known][: len(each)] if known else next(free) for each, known in whole.items()}


def _words(texts: Iterable[str], known: dict[str, str]) -> dict[str, str]:
    """What stands for each word of names: the ends of pods' names are like such ends, others are numbered."""
    found = {
        word for text in texts for word in _WORD.findall(text) if word not in known and not is_plain(word)
    }
    made: dict[str, str] = {}
    hashes = {word for word in found - made.keys() if _is_pod_hash(word, texts)}
    made |= {word: _hash(number, len(word)) for number, word in enumerate(sorted(hashes), start=1)}
    rest = sorted(found - made.keys())
    width = len(str(len(rest)))
    made |= {word: f"name{number:0{width}}" for number, word in enumerate(rest, start=1)}
    return dict(sorted(made.items()))


def _is_pod_hash(word: str, texts: Iterable[str]) -> bool:
    return (
        _POD_HASH.fullmatch(word) is not None
        and any(char.isdecimal() for char in word)
        and any(f"-{word}" in text for text in texts)
    )


def _hash(number: int, length: int) -> str:
    digits = "2456789bcdfghjklmnpqrstvwxz"
    made = ""
    for _ in range(length):
        number, digit = divmod(number, len(digits))
        made = digits[digit] + made
    return made
