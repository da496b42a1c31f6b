"""Values that a message carries: addresses, clients, words that changed their name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

import attrs

_DIGITS = 20
_UNKNOWN_PORT = re.compile(r"<unknown-(?:slave|replica)-port>")
_PLAIN_HOST = re.compile(r"[0-9.]+|[0-9a-f:]+|[a-z0-9-]+")
_CLIENT_ID = re.compile(r"client id #(\d+)")


MASK = re.compile(
    r"<(?!-|unknown-)[A-Za-z][\w .:/-]{0,40}>"
    r"|\[(?!offset\b)[A-Za-z][\w .-]{0,40}\]|\{\{?[A-Za-z][\w .-]{0,40}\}?\}|\$\{?[A-Za-z]\w*\}?|%[A-Za-z]\w*%"
    r"|\*\w+\*|(?<![\w*])\*{2,}(?![\w*])"
    r"|(?<![\w.])(?=[\d.]*[xXn*#?•█▇■])(?:\d{1,3}|[xXn*#?•█▇■]{1,3})(?:\.(?:\d{1,3}|[xXn*#?•█▇■]{1,3})){3}(?![\w.*])"
    r"|(?<![0-9A-Za-z])[0-9a-f]{3,39}(?:\.{2,3}|…)(?:[0-9a-f]{3,39}(?![0-9A-Za-z]))?(?:\([\w.:-]*\))?"
    r"|(?<!\w)(?:[xX]{2,}|N{2,}|\d*[█▇■•▒]+\d*|_{3,}|\?{3,}|#{3,})(?!\w)"
    r"|(?<![A-Za-z])(?:[A-Z]+[_-])*(?:REDACTED|MASKED|HIDDEN|REMOVED|OMITTED|SECRET|IP|PORT|HOST|HOSTNAME|ADDR|ADDRESS|"
    r"PID|CHILD|RUNID|REPLID|NODEID|ID|OFFSET)\d*(?:[_-][A-Z0-9]+)*(?![A-Za-z])"
)
"""How people write that a value was taken away: ``<ip>``, ``[master]``, ``x.x.x.x``, ``10.0.*.*``, ``***``,
``a1b2...``, ``REDACTED``, ``NNN``, digits blacked out.
"""
_SAYS_NOTHING = re.compile(
    r"[\W_xXnN\d]*|(?i:[<\[{$%*]*(?:redacted|masked|hidden|removed|omitted|secret|ip|port|host|hostname|addr|address|id)[>\]}%*]*)"
)


class Masked(str):
    """A value that was taken away from a line, as it is written there: ``<ip>``, ``x.x.x.x``, ``a1b2...``.

    >>> Masked("<primary-ip>").tells_apart, Masked("a26c81be...").tells_apart, Masked("x.x.x.x").tells_apart
    (True, True, False)
    """

    __slots__ = ()

    @property
    def tells_apart(self) -> bool:
        """Whether its spelling names one thing, and not whatever was taken away."""
        return _SAYS_NOTHING.fullmatch(self) is None

    def __reduce__(self) -> tuple[type[Masked], tuple[str]]:
        return type(self), (str(self),)


@attrs.frozen
class Damage:
    """Where a message differs from what a server prints: what is written there, and what was meant.

    One of both is empty where something is too much, or missing.

    >>> str(Damage.between("MASTER <-> REPLICHA sync started", "MASTER <-> REPLICA sync started"))
    "'REPLICHA' for 'REPLICA'"
    >>> str(Damage.between("Setting myself primary", "Setting myself as primary"))
    "'as' is missing"
    """

    written: str
    meant: str

    @classmethod
    def between(cls, written: str, meant: str) -> Damage:
        """How one text differs from another, in whole words."""
        one, other = re.split("( +)", written), re.split("( +)", meant)
        least = min(len(one), len(other))
        begin = next((place for place in range(least) if one[place] != other[place]), least)
        end = next(
            (place for place in range(least - begin) if one[-1 - place] != other[-1 - place]), least - begin
        )
        parts = ["".join(words[begin : len(words) - end]) for words in (one, other)]
        if parts[0].strip() != parts[1].strip():
            return cls(parts[0].strip(), parts[1].strip())
        return cls(*("".join(words[max(begin - 1, 0) : len(words) - end + 1]) for words in (one, other)))

    def __str__(self) -> str:
        if not self.written or not self.meant:
            return f"{self.written!r} is too much" if self.written else f"{self.meant!r} is missing"
        return f"{self.written!r} for {self.meant!r}"


@attrs.frozen(order=True)
class Address:
    """Where a server listens or connects from: a host and a TCP port.

    ``host`` is an IPv4 or IPv6 address without brackets, a host name, or the path of a Unix socket;
    ``port`` is None where the server printed ``<unknown-replica-port>``, or it was masked; `str` then shows ``?``.
    ``host`` is `Masked` where it was.

    >>> str(Address.parse("10.0.25.220:6379"))
    '10.0.25.220:6379'
    >>> Address.parse("fd00::11:6379")
    Address(host='fd00::11', port=6379)
    >>> str(Address.parse("fd00::11:6379"))
    '[fd00::11]:6379'
    """

    host: str
    port: int | None

    @classmethod
    def parse(cls, text: str | Address) -> Address:
        """Read ``host:port`` as a server prints it, IPv6 with or without brackets.

        Raises
        ------
        ValueError
            if there is no ``:port`` at the end.
        """
        if isinstance(text, Address):
            return text
        host, colon, port = text.rpartition(":")
        if not colon:
            raise ValueError(f"expected host:port, got {text!r}")
        if host.startswith("[") and host.endswith("]") and ":" in host:
            host = host[1:-1]
        if not _PLAIN_HOST.fullmatch(host) and MASK.search(host) is not None:
            host = Masked(host)
        if port == "?" or _UNKNOWN_PORT.fullmatch(port) or (not port.isdecimal() and MASK.fullmatch(port)):
            return cls(host, None)
        return cls(host, int(port))

    @property
    def tells_apart(self) -> bool:
        """Whether it names one thing: False for what was masked by a word that stands for any address."""
        is_plain = _PLAIN_HOST.fullmatch(self.host) is not None or MASK.search(self.host) is None
        return is_plain or Masked(self.host).tells_apart

    def __str__(self) -> str:
        port = "?" if self.port is None else self.port
        return f"[{self.host}]:{port}" if ":" in self.host else f"{self.host}:{port}"


@attrs.frozen(order=True)
class ClientId:
    """A peer whose socket is gone already, so that the server names it ``client id #N`` only.

    Source: Redis 6.2+, ``replication.c:replicationGetSlaveName``.
    """

    id: int

    def __str__(self) -> str:
        return f"client id #{self.id}"


Peer = Address | ClientId
"""How a primary names a replica."""


def parse_peer(text: str | Peer) -> Peer:
    """Read a replica's name in any of its printed forms.

    >>> parse_peer("client id #17")
    ClientId(id=17)
    >>> parse_peer("/unixsocket:<unknown-replica-port>")
    Address(host='/unixsocket', port=None)
    """
    if not isinstance(text, str):
        return text
    if match := _CLIENT_ID.fullmatch(text):
        return ClientId(int(match[1]))
    return Address.parse(text)


@attrs.frozen
class ClientRecord:
    """One record of ``CLIENT LIST``, as it stands inside messages; ``str()`` is the printed text.

    Source: Redis 2.6+, ``networking.c:catClientInfoString``.

    >>> record = ClientRecord("id=5 addr=127.0.0.1:52345 name= flags=S omem=20512 cmd=psync")
    >>> record.addr, record.fields["name"], record.omem
    (Address(host='127.0.0.1', port=52345), '', 20512)
    """

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def fields(self) -> Mapping[str, str]:
        """The record's ``key=value`` pairs as printed; values may be empty."""
        pairs = (word.partition("=") for word in self.text.split(" "))
        return MappingProxyType({key: value for key, equals, value in pairs if equals})

    def _int(self, name: str) -> int | None:
        value = self.fields.get(name, "")
        return int(value) if value.isdecimal() and len(value) <= _DIGITS else None

    @property
    def id(self) -> int | None:
        """The client's ID within its server's life (2.8+)."""
        return self._int("id")

    def _address(self, name: str) -> Address | None:
        try:
            return Address.parse(self.fields.get(name, ""))
        except ValueError:
            return None

    @property
    def addr(self) -> Address | None:
        """Address and port that the client connected from."""
        return self._address("addr")

    @property
    def laddr(self) -> Address | None:
        """The server's own end of the connection (6.2+)."""
        return self._address("laddr")

    @property
    def name(self) -> str | None:
        """Name set by ``CLIENT SETNAME``; Sentinels call theirs ``sentinel-<8 hex>-cmd``. None where it is hidden."""
        return None if self.hides_its_name else self.fields.get("name")

    @property
    def hides_its_name(self) -> bool:
        """Whether the server does not say the name, or that there is none (Valkey 9.1+, ``hide-user-data-from-log``)."""
        return self.fields.get("name") == "*redacted*"

    @property
    def may_be_sentinel(self) -> bool:
        """Whether it hides its name and says no library (``CLIENT SETINFO LIB-NAME``, 7.2+), as Sentinels do."""
        return self.hides_its_name and not self.fields.get("lib-name")

    @property
    def flags(self) -> str | None:
        """Flag letters: ``S`` replica, ``M`` primary, ``N`` normal, ``x`` in MULTI."""
        return self.fields.get("flags")

    @property
    def omem(self) -> int | None:
        """Bytes that its output buffers take."""
        return self._int("omem")

    @property
    def age(self) -> int | None:
        """Seconds since it connected."""
        return self._int("age")

    @property
    def cmd(self) -> str | None:
        """Its last command."""
        return self.fields.get("cmd")


def parse_client(text: str | ClientRecord) -> ClientRecord:
    """Wrap a printed client record."""
    return ClientRecord(text) if isinstance(text, str) else text


@attrs.frozen
class Quoted:
    r"""A quoted string with C-style escapes; ``str()`` is the printed text, `value` what it stands for.

    Valkey's logfmt turns its double quotes into single ones.

    Source: Redis 2.6+, ``sds.c:sdscatrepr``.

    >>> Quoted(r'"GET \"k\x00\"\r\n"').value
    b'GET "k\x00"\r\n'
    """

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def value(self) -> bytes:
        """The bytes that were quoted; of a text that was cut, those before the cut."""
        sign = self.text[:1] if self.text[:1] in ('"', "'") else '"'
        inner = self.text.removeprefix(sign).removesuffix(sign)
        return _ESCAPE.sub(_unescaped, inner.encode("utf-8", "surrogateescape"))


_ESCAPE = re.compile(rb"\\(?:x([0-9a-f]{2})|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"a": b"\a", b"b": b"\b"}


def _unescaped(escape: re.Match[bytes]) -> bytes:
    if escape[1] is not None:
        return bytes.fromhex(escape[1].decode())
    return _ESCAPED.get(escape[2], escape[2])


def parse_quoted(text: str | Quoted) -> Quoted:
    """Wrap a printed quoted string."""
    return Quoted(text) if isinstance(text, str) else text


def current_words(text: str) -> str:
    """Spell an old word as today's documentation does: primary, replica, standalone.

    >>> current_words("slaves sockets"), current_words("master"), current_words("stand alone")
    ('replicas sockets', 'primary', 'standalone')
    """
    return text.replace("slave", "replica").replace("master", "primary").replace("stand alone", "standalone")
