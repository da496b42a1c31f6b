"""What servers answered, pasted beside the logs: ``INFO``, ``ROLE``, ``CLUSTER NODES``, ``SENTINEL replicas`` and ``masters``.

::

    role:slave / master_host:10.0.0.1 / ...         INFO, INFO replication; with run_id: INFO server
    1) "slave" 2) "10.0.0.1" 3) (integer) 6379 ...   ROLE, with or without the numbers of a terminal
    ID 10.0.0.1:6379@16379 myself,master - ...       CLUSTER NODES
    1) 1) "name" 2) "10.0.0.2:6379" ... "runid" ...  SENTINEL replicas | slaves | masters

No server says its own address in ``INFO`` or ``ROLE``; several answers together do. The one primary is where all
its replicas say that it is; a server is where a Sentinel, or its cluster, knows its ID. The name of a server that
answers is the pod of the command above it (``kubectl exec POD -- redis-cli ...``), else that of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

import attrs

from redislog.capture.paste import heading
from redislog.evidence import Evidence
from redislog.hints import Hint
from redislog.values import Address

_FIELD = re.compile(r"(role|master_host|master_port|master_replid|run_id|connected_slaves|slave\d+):(\S*)\Z")
_REPLICA = re.compile(r"(?:.*,)?ip=([^,]+),port=(\d+),")
_ITEM = re.compile(r"\s*(?:\d+\)\s+)*(?:\"([^\"]*)\"|\(integer\) (-?\d+)|([^\s\"()]+))\Z")
_MEMBER = re.compile(
    r"([0-9a-f]{40}) ([^\s:]+|\S+:\S*:\S+):(\d+)(?:@\d+)?(?:,\S*)? (\S+) (?:-|[0-9a-f]{40}) \d+ \d+"
)
_EXEC = re.compile(
    r"(?:\S*[$#>%]\s+)?(?:\S*/)?(?:kubectl|oc|k|docker|podman|nerdctl)\s(.*?\s)?exec\s+(.+?redis-cli\s.*)\Z"
)
_PROMPT = re.compile(r"(\d+(?:\.\d+){3}):(\d+)> *\S")
_NO_NAME = re.compile(
    r"[-_.](?:info|role|replication|sentinel[-_.]?(?:masters?|replicas|slaves)|cluster[-_.]?nodes|nodes|redis|valkey)\Z",
    re.IGNORECASE,
)
_WITH_VALUE = {"-n", "--namespace", "-c", "--container", "--context", "--kubeconfig", "-u", "--user"}
_STATES = {"connect", "connecting", "handshake", "sync", "connected"}
_MOST_LINES = 20_000


@attrs.define
class Answer:
    """What one server said of itself, or of another by its ID.

    ``address`` is where it is known to be; ``upstream`` the primary that it follows.
    """

    name: str
    evidence: Evidence
    role: str | None = None
    address: Address | None = None
    id: str | None = None
    upstream: Address | None = None
    replid: str | None = None
    replicas: list[Address] = attrs.field(factory=list)


def read_answers(text: str, path: str) -> tuple[Answer, ...]:
    """The answers in a text, each under the name of the server that gave it."""
    return tuple(_Reader(path).read(text.replace("\r", "").split("\n")[:_MOST_LINES]))


def stated_by(answers: Iterable[Answer]) -> Iterator[Hint]:
    """Which address is whose, by all answers together."""
    given = list(answers)
    named = [each for each in given if each.name]
    for each in named:
        if each.address is not None:
            yield Hint(each.name, each.address, each.evidence)
    for each in given:
        if each.id is not None and each.address is not None and not each.name:
            for owner in named:
                if owner.id == each.id:
                    yield Hint(owner.name, each.address, each.evidence)
            yield Hint(each.id, each.address, each.evidence)
    yield from _primaries(named)


def _primaries(named: list[Answer]) -> Iterator[Hint]:
    """The address of a primary: all replicas that it counts say alike which."""
    for primary in named:
        followers = [
            each
            for each in named
            if each.upstream is not None and each.name != primary.name and each.replid == primary.replid
        ]
        places = {each.upstream for each in followers}
        if primary.role != "master" or len(places) != 1:
            continue
        others = [each for each in named if each.role == "master" and each.replid == primary.replid]
        (place,) = places
        all_answer = len({each.name for each in followers}) == len(primary.replicas)
        if (
            all_answer and place is not None and place not in primary.replicas
            and {each.name for each in others} == {primary.name}
        ):  # fmt: skip
            yield Hint(primary.name, place, followers[0].evidence)


class _Reader:
    """Reads the lines of one file."""

    def __init__(self, path: str) -> None:
        self._path = path
        stem = PurePath(path).name
        stem = stem.rpartition(".")[0] or stem
        while _NO_NAME.search(stem):
            stem = _NO_NAME.sub("", stem)
        self._name = stem
        self._open: Answer | None = None
        self._address: Address | None = None
        self._found: list[Answer] = []
        self._items: list[str] = []
        self._begun = 0

    def read(self, lines: list[str]) -> list[Answer]:
        """All answers, in order."""
        for number, line in enumerate(lines, start=1):
            if not self._headed(line.strip()):
                self._line(line, number)
        self._close_items()
        return self._found

    def _headed(self, line: str) -> bool:
        """Whether a line is a command or a title that names the server below it."""
        name = _of_exec(line)
        if name is None and (match := _PROMPT.match(line)):
            self._address = Address(match[1], int(match[2])) if match[1] != "127.0.0.1" else None
        elif name is None and (where := heading(line)) is not None and where.source:
            name = where.source
        elif name is None:
            return False
        self._close_items()
        self._open = None
        if name is not None:
            self._name, self._address = name, None
        return True

    def _line(self, line: str, number: int) -> None:
        if match := _FIELD.match(line.strip()):
            self._field(match[1], match[2], line.strip(), number)
        elif match := _MEMBER.match(line.strip()):
            mine = "myself" in match[4].split(",")
            self._found.append(
                Answer(
                    self._name if mine else "",
                    Evidence(self._path, number, line.strip()),
                    address=Address(match[2], int(match[3])),
                    id=match[1],
                )
            )
        elif match := _ITEM.match(line):
            self._begun = self._begun or number
            self._items.append(next(word for word in match.groups() if word is not None))
        elif line.strip():
            self._close_items()

    def _field(self, key: str, value: str, line: str, number: int) -> None:
        """A line of ``INFO``."""
        answer = self._open
        if answer is None or (key == "role" and answer.role is not None):
            answer = self._open = Answer(
                self._name, Evidence(self._path, number, line), address=self._address
            )
            self._found.append(answer)
        if key == "role":
            answer.role = value
        elif key == "run_id":
            answer.id = value
        elif key == "master_replid":
            answer.replid = value
        elif key == "master_host":
            answer.upstream = Address(value, None)
            answer.evidence = Evidence(self._path, number, line)
        elif key == "master_port" and answer.upstream is not None and value.isdecimal():
            answer.upstream = Address(answer.upstream.host, int(value))
        elif match := _REPLICA.match(value):
            answer.replicas.append(Address(match[1], int(match[2])))

    def _close_items(self) -> None:
        """A list that a terminal shows: the answer of ``ROLE``, or of a Sentinel."""
        items, self._items = self._items, []
        number, self._begun = self._begun, 0
        evidence = Evidence(self._path, number, " ".join(items[:5]))
        match items:
            case ["slave", host, port, state, offset] if state in _STATES and _number(port, offset):
                upstream = Address(host, int(port))
                self._found.append(
                    Answer(self._name, evidence, "slave", address=self._address, upstream=upstream)
                )
            case ["master", offset, *rest] if _number(offset) and len(rest) % 3 == 0:
                places = list(zip(rest[::3], rest[1::3], rest[2::3], strict=True))
                if all(_number(port, seen) for _, port, seen in places):
                    answer = Answer(self._name, evidence, "master", address=self._address)
                    answer.replicas = [Address(host, int(port)) for host, port, _ in places]
                    self._found.append(answer)
            case ["name", *_]:
                self._found += _of_sentinel(items, evidence)


def _of_sentinel(items: list[str], evidence: Evidence) -> Iterator[Answer]:
    """The servers that a Sentinel lists: each begins with its name, and has ``ip``, ``port`` and ``runid``."""
    for start in (n for n in range(0, len(items), 2) if items[n] == "name"):
        entry = dict(zip(items[start : start + 8 : 2], items[start + 1 : start + 8 : 2], strict=False))
        if entry.keys() >= {"ip", "port", "runid"} and _number(entry["port"]) and entry["runid"]:
            yield Answer("", evidence, address=Address(entry["ip"], int(entry["port"])), id=entry["runid"])


def _number(*words: str) -> bool:
    return all(word.removeprefix("-").isdecimal() for word in words)


def _of_exec(line: str) -> str | None:
    """The pod, or container, in which a command asks a server."""
    match = _EXEC.match(line)
    if match is None:
        return None
    waiting = False
    for word in match[2].split():
        if waiting or word.startswith("-"):
            waiting = not waiting and word in _WITH_VALUE
            continue
        return word.rpartition("/")[2]
    return None
