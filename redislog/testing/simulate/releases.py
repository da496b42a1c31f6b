"""The releases that the model speaks as: what each prints, and where they differ."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from redislog.events.base import Event, Header, field_name
from redislog.events.index import messages, until_registered
from redislog.events.render import wordings_of
from redislog.grammar.notation import read_template
from redislog.grammar.stamps import MONTHS
from redislog.naming import one_of


class Release(NamedTuple):
    """A release: ``name`` is its series, ``version`` what its banner says.

    ``early``: a server drops its old history and its own replicas when a full resync is granted, and not when it
    is received; and its replicas already when it is told to follow another. ``resumes``: a primary takes up replication IDs from a snapshot.
    ``rdb_channel``: a diskless sync has a channel of its own. ``acknowledged``: a diskless sync's replica is
    online when it has loaded, and not when the child has ended. ``loads_first``: "Loading" stands before "Flushing".
    ``routed``: how a diskless transfer goes, where the release says it. ``rdb_thread``: a replica receives snapshots
    in a thread of its own. ``role_at_once``: the first lines have the letter of the role, and not ``C``.
    """

    name: str
    version: str
    early: bool = False
    resumes: bool = True
    rdb_channel: bool = False
    acknowledged: bool = False
    loads_first: bool = False
    routed: str | None = None
    rdb_thread: bool = False
    role_at_once: bool = False

    @property
    def product(self) -> str:
        """As it calls itself."""
        return self.name.partition(" ")[0].capitalize()

    def prints(self, key: str) -> bool:
        """Whether it has a wording for a message."""
        return bool(wordings_of(_classes()[key], key, self.name))

    def line(self, key: str, letter: str, pid: int, at: datetime, values: dict[str, Any]) -> str:
        """The line for a message; values that the release does not print are left out.

        ``text`` chooses where two wordings say the same.
        """
        cls, known = _declared(key, self.name)
        stamp = f"{at.day:02} {MONTHS[at.month - 1]} {at.year} {at:%H:%M:%S}.{at.microsecond // 1000:03}"
        header = Header(values.get("text", ""), pid=pid, flag=letter, stamp=stamp)
        said = {name: value for name, value in values.items() if name in known and value is not None}
        return cls(header, key, **said).render(self.name)


@until_registered
def _declared(key: str, version: str) -> tuple[type[Event], frozenset[str]]:
    """The class of a message, and the values that a release's wordings of it hold."""
    cls = _classes()[key]
    own = wordings_of(cls, key, version)
    assert own, f"{version} does not print {key}"
    names = {field_name(part.name) for each in own for part in read_template(each.template).placeholders}
    return cls, frozenset(names)


@until_registered
def _classes() -> dict[str, type[Event]]:
    return {message.key: cls for cls, message in messages()}


REDIS_6_2 = Release("redis 6.2", "6.2.14", early=True, resumes=False, acknowledged=True)
REDIS_7_0 = Release("redis 7.0", "7.0.15")
REDIS_8_2 = Release("redis 8.2", "8.2.3", rdb_channel=True, loads_first=True, routed="replica socket")
REDIS_8_6 = REDIS_8_2._replace(name="redis 8.6", version="8.6.3")
VALKEY_8_0 = Release("valkey 8.0", "8.0.2", routed="pipe through parent process")
VALKEY_9_1 = VALKEY_8_0._replace(
    name="valkey 9.1", version="9.1.2", loads_first=True, rdb_thread=True, role_at_once=True
)
RELEASES: tuple[Release, ...] = (REDIS_6_2, REDIS_7_0, REDIS_8_2, REDIS_8_6, VALKEY_8_0, VALKEY_9_1)


def release_of(version: str) -> Release:
    """The release of a series: ``redis 7.0``.

    Raises
    ------
    UnknownNameError
        if the model does not speak as it.
    """
    by_name = {release.name: release for release in RELEASES}
    return by_name[one_of(version.lower(), by_name, "version that is simulated")]
