"""Strategies of hypothesis: events, the lines that servers print for them, damaged lines, whole logs, deployments.

Events and lines are built on the wordings that the event classes declare, and on `Event.render`; logs and deployments
are stories of `redislog.testing.simulate`. All shrink to what is short and plain. Needs the extra ``testing``.
``st.from_type`` of an event class is `events_of` it: hypothesis finds that by an entry point.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from typing import NamedTuple, TypeVar, cast

from hypothesis import strategies as st

from redislog.events.base import Event, Foreign, Header, Unrecognized, field_name
from redislog.events.index import messages, until_registered
from redislog.events.render import prefixed, wording_text, wordings_of
from redislog.events.versions import SERIES
from redislog.events.wordings import Wording
from redislog.grammar.notation import Placeholder, read_template
from redislog.reading import parse_line
from redislog.testing.simulate.releases import RELEASES
from redislog.testing.simulate.story import Story, StoryError, story

_E = TypeVar("_E", bound=Event)

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
    "linknode": _HEX40,
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
    every = [choice for choice in _choices(version) if fnmatchcase(choice.key, keys)]
    if not every:
        raise ValueError(f"no message of {version or 'any version'} matches {keys!r}")
    return _lines(every)


def events_of(cls: type[_E]) -> st.SearchStrategy[_E]:
    """Events of a class, or of those below it, as any version prints them."""
    if issubclass(cls, Unrecognized):
        found = _TEXTS.map(lambda text: parse_line(f"1:M 29 May 2023 07:49:04.507 * xyzzy {text}"))
    elif issubclass(cls, Foreign):
        found = _TEXTS.map(lambda text: parse_line(f"xyzzy {text}"))
    else:
        found = _lines([choice for choice in _choices(None) if issubclass(choice.cls, cls)]).map(parse_line)
    return cast(st.SearchStrategy[_E], found.filter(lambda event: isinstance(event, cls)))


@st.composite
def deployments(draw: st.DrawFn, version: str | None = None) -> Story:
    """Stories of a primary and one to three replicas, some with three Sentinels: their logs (``captures``, ``in_form``) and the truth beside them.

    ``version`` is one that `redislog.testing.simulate.releases` speaks as, by default any. What an example does is
    its ``repr``. The servers are ``redis-0`` (the primary), ``redis-1`` and so on; a step that cannot happen is left
    out.
    """
    names = [f"redis-{number}" for number in range(draw(st.integers(2, 4)))]
    fast = draw(st.dictionaries(st.sampled_from(names), st.sampled_from([0.001, -3.0, 3600.0])))
    told = story(
        primary=names[0],
        replicas=names[1:],
        version=version or draw(st.sampled_from([release.name for release in RELEASES])),
        clocks=fast,
        diskless=draw(st.booleans()),
        sentinels=draw(st.sampled_from([0, 3])),
    )
    told.start()
    for step, name in draw(st.lists(st.tuples(st.sampled_from(_STEPS), st.sampled_from(names)), max_size=6)):
        with suppress(StoryError):
            step(told, name)
    return told


def node_logs(version: str | None = None) -> st.SearchStrategy[str]:
    """The whole log of one server, a primary's or a replica's, as a version (by default any simulated) prints it."""
    return deployments(version).flatmap(
        lambda told: st.sampled_from(sorted((told.captures[name] for name in told.truth), key=len))
    )


def mutations(line: str) -> st.SearchStrategy[str]:
    """A line with what happens to lines on their way: cut, a letter lost or doubled, quoted, coloured, indented.

    The line itself is none of them, unless it is empty.
    """
    if not line:
        return st.just("")
    places = st.integers(0, len(line) - 1)
    made = st.one_of(
        places.map(lambda place: line[:place]),
        places.map(lambda place: line[place + 1 :]),
        places.map(lambda place: line[:place] + line[place + 1 :]),
        places.map(lambda place: line[: place + 1] + line[place:]),
        places.map(lambda place: f"{line[:place]}\N{REPLACEMENT CHARACTER}{line[place + 1 :]}"),
        st.sampled_from(["> {}", "    {}", "\x1b[32m{}\x1b[0m", '"{}"', "{}\r", "{} ", "{0} {0}"]).map(
            lambda form: form.format(line)
        ),
    )
    return made.filter(lambda other: other != line)


_STEPS: tuple[Callable[[Story, str], None], ...] = (
    lambda told, name: told.cut(name, seconds=3),
    lambda told, name: told.write(100),
    lambda told, name: told.promote(name),
    lambda told, name: told.kill(name),
    lambda told, name: told.stop(name),
    lambda told, name: told.start(name),
    lambda told, name: told.fail_over(name),
    lambda told, name: told.wait(seconds=30),
)
"""What may happen, the plainest first."""


class _Choice(NamedTuple):
    """A wording of a message as some version prints it."""

    key: str
    wording: Wording
    version: str
    cls: type[Event]


def _lines(choices: Sequence[_Choice]) -> st.SearchStrategy[str]:
    return st.sampled_from(choices).flatmap(lambda choice: _line(choice.key, choice.wording, choice.version))


@until_registered
def _choices(version: str | None) -> list[_Choice]:
    return [
        _Choice(message.key, wording, series, cls)
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
