"""Strategies of hypothesis: events, and the lines that a server of some version prints for them.

They are built on the wordings that the event classes declare, and on `Event.render`. Needs the extra
``testing``.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache

from hypothesis import strategies as st

from redislog.events.base import Event, Header, Wording, field_name
from redislog.events.index import messages
from redislog.events.render import prefixed, wording_text, wordings_of
from redislog.events.versions import SERIES
from redislog.grammar.notation import Placeholder, read_template
from redislog.reading import parse_line

_HEX40 = st.text("0123456789abcdef", min_size=40, max_size=40)
_HOSTS = st.sampled_from(["10.0.25.220", "127.0.0.1", "::1", "fd00::11", "redis-0.redis.svc", "db"])
_PORTS = st.integers(1, 65535).map(str)
_WORDS = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_-", min_size=1, max_size=12)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=5).map(" ".join)
_INTS = st.integers(0, 2**63 - 1).map(str)
_CLIENTS = st.builds(
    "id={} addr={}:{} laddr=10.0.0.1:6379 fd=8 name={} age={} idle=0 flags={} db=0 omem={} cmd={} user=default".format,
    st.integers(1, 10**6),
    st.just("10.0.0.2"),
    _PORTS,
    st.one_of(st.just(""), _WORDS),
    st.integers(0, 10**6),
    st.sampled_from("SMNx"),
    st.integers(0, 10**9),
    st.sampled_from(["psync", "exec", "replicaof", "client|kill"]),
)
_TOKENS: dict[str, st.SearchStrategy[str]] = {
    "int": _INTS,
    "offset": st.one_of(st.just("-1"), _INTS),
    "epoch": st.integers(0, 2**64 - 1).map(str),
    "port": _PORTS,
    "pid": st.integers(1, 4194304).map(str),
    "replid": _HEX40,
    "runid": _HEX40,
    "nodeid": _HEX40,
    "shardid": _HEX40,
    "addr": st.one_of(
        st.builds("{}:{}".format, st.sampled_from(["10.0.25.220", "127.0.0.1", "redis-1"]), _PORTS),
        st.integers(1, 10**6).map("client id #{}".format),
    ),
    "ipport": st.builds("{}:{}".format, st.just("10.0.25.220"), _PORTS),
    "host": _HOSTS,
    "nodename": st.one_of(st.just(""), _WORDS),
    "instname": st.builds("{}:{}".format, st.just("10.0.25.220"), _PORTS),
    "sentname": _HEX40,
    "mastername": _WORDS,
    "client": _CLIENTS,
    "filename": st.sampled_from(["dump.rdb", "appendonly.aof.1.incr.aof"]),
    "path": st.sampled_from(["/data/dump.rdb", "/var/lib/redis"]),
    "registers": st.just("RAX:0000000000000000 RBX:00007f3c3c3c3c3c"),
    "word": _WORDS,
    "quoted": _WORDS.map('"{}"'.format),
    "float": st.integers(0, 10**9).map(lambda n: f"{n / 1000:.3f}"),
    "float2": st.integers(0, 10**6).map(lambda n: f"{n / 100:.2f}"),
    "hex": st.integers(0, 2**64 - 1).map("{:x}".format),
    "pointer": st.integers(1, 2**48).map("0x{:x}".format),
    "commit": st.text("0123456789abcdef", min_size=8, max_size=8),
    "ctime": st.just("Thu Nov 23 04:05:06 2023"),
    "date": st.just("Mon May 29 07:47:57 UTC 2023"),
    "flags": _WORDS,
    "msgtype": st.sampled_from(["ping", "pong", "meet", "fail"]),
    "humanbytes": st.sampled_from(["1.16M", "512B", "2.00G"]),
    "char": st.sampled_from("xyz"),
    "version": st.sampled_from(["7.0.11", "255.255.255", "8.0-rc1"]),
}


def events(keys: str = "*", version: str | None = None) -> st.SearchStrategy[Event]:
    """Events of the messages whose keys match a glob, as a version (by default any) prints them."""
    return lines(keys, version).map(parse_line)


def lines(keys: str = "*", version: str | None = None) -> st.SearchStrategy[str]:
    """Lines that a server of a version (by default any) prints, of the messages whose keys match a glob."""
    every = [choice for choice in _choices(version) if fnmatchcase(choice[0], keys)]
    if not every:
        raise ValueError(f"no message of {version or 'any version'} matches {keys!r}")
    return st.sampled_from(every).flatmap(lambda choice: _line(*choice))


@cache
def _choices(version: str | None) -> list[tuple[str, Wording, str]]:
    return [
        (message.key, wording, series)
        for cls, message in messages()
        for series in ([version] if version else SERIES)
        for wording in wordings_of(cls, message.key, series)
    ]


def _line(key: str, wording: Wording, version: str) -> st.SearchStrategy[str]:
    placeholders = {field_name(part.name): part for part in read_template(wording.template).placeholders}
    shown = Event(Header("", pid=1, stamp="29 May 2023 07:49:04.507"), key)
    return st.fixed_dictionaries({name: _value(part) for name, part in placeholders.items()}).map(
        lambda values: prefixed(shown, wording, wording_text(wording, values, version), version)
    )


def _value(part: Placeholder) -> st.SearchStrategy[str]:
    options = [st.just(word) for word in part.words]
    if part.token is not None:
        options.append(_TOKENS.get(part.token.name, _TEXTS))
    return st.one_of(options)
