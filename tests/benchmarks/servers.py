"""What servers of Redis 7.0 print over weeks, line by line and without end.

A primary and its replicas go by one schedule of broken links, so that their logs belong together; clients,
snapshots and rewrites of the AOF stand between. Every log is the same at each call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import chain, count
from random import Random
from typing import NamedTuple

_BEGIN = 1_700_000_000_000
"""When all logs begin, in milliseconds since 1970."""
_TICK = 5_000
_HOUR = 3_600_000
_REPLID = "f5936d9c489e2cf341f75b48235c72981f770077"
_PRIMARY = "10.0.0.1"
_REPLICAS = ("10.0.0.2", "10.0.0.3")
_LOGO = """\
                _._
           _.-``__ ''-._
      _.-``    `.  `_.  ''-._           Redis 7.0.15 (00000000/0) 64 bit
  .-`` .-```.  ```\\/    _.,_ ''-._
 (    '      ,       .-`  | `,    )     Running in standalone mode
 |`-._`-...-` __...-.``-._|'` _.-'|     Port: 6379
 |    `-._   `._    /     _.-'    |     PID: 1
  `-._    `-._  `-./  _.-'    _.-'
 |`-._`-._    `-.__.-'    _.-'_.-'|
 |    `-._`-._        _.-'_.-'    |           https://redis.io
  `-._    `-._`-.__.-'_.-'    _.-'
      `-._    `-.__.-'    _.-'
          `-._        _.-'
              `-.__.-'
"""


class Printed(NamedTuple):
    """A line: when (milliseconds since 1970), by which process, as what; ``letter`` is empty for a raw one."""

    at: int
    pid: int
    letter: str
    mark: str
    message: str


class Break(NamedTuple):
    """A link that breaks: when, of which replica, and whether all data is copied afterwards."""

    at: int
    replica: int
    full: bool
    offset: int


def breaks(every: int) -> Iterator[Break]:
    """The broken links of a deployment: one in about ``every`` milliseconds, none before the end of the last."""
    random = Random(7)
    at, offset = _BEGIN + 60_000, 1_000_000
    while True:
        at += random.randrange(every // 2, every * 3 // 2) + 10_000
        offset += random.randrange(10**6, 10**8)
        yield Break(at, random.randrange(len(_REPLICAS)), random.random() < 0.25, offset)


class _Server:
    """What one server prints, apart from replication."""

    def __init__(self, letter: str, seed: int, *, clients: float = 2.0, debug: bool = False) -> None:
        self.letter = letter
        self.random = Random(seed)
        self.clients = clients
        self.debug = debug
        self.children = 20
        self.keys = 400_000
        self.connected = 40
        self.ids = 100

    def say(self, at: int, *messages: str) -> list[Printed]:
        """Some messages; the first character is the mark."""
        return [Printed(at + n // 2, 1, self.letter, each[0], each[1:]) for n, each in enumerate(messages)]

    def starts(self) -> list[Printed]:
        """Its first lines."""
        version = "#Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=1, just started"
        banner = ("#oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo", version, "#Configuration loaded")
        head = [line._replace(letter="C") for line in self.say(_BEGIN, *banner)]
        logo = [Printed(_BEGIN + 2, 1, "", "", text) for text in _LOGO.splitlines()]
        ready = (
            "*Running mode=standalone, port=6379.",
            "#Server initialized",
            "*Ready to accept connections",
        )
        return [*head, *logo, *self.say(_BEGIN + 2, *ready)]

    def runs(self) -> Iterator[Printed]:
        """Everything else, without end."""
        at = _BEGIN + 1_000
        snapshot, rewrite = at + 60_000, at + 2 * _HOUR
        while True:
            yield from self.ticks(at)
            if at >= snapshot:
                yield from self.saves(at + 100)
                snapshot = at + self.random.randrange(60_000, 120_000)
            if at >= rewrite:
                yield from self.rewrites(at + 2_000)
                rewrite = at + self.random.randrange(_HOUR, 3 * _HOUR)
            if self.random.random() < 0.1:
                yield from self.speaks(at + 2_500)
            for n in range(int(self.random.expovariate(1 / self.clients))):
                yield from self.serves(at + 2_600 + n * 10)
            if self.debug:
                for n in range(6):
                    yield from self.gossips(at + 3_000 + n * 300)
            at += _TICK

    def ticks(self, at: int) -> list[Printed]:
        """The state of its databases; at level debug also its clients."""
        self.keys += self.random.randrange(-200, 220)
        volatile, slots = self.keys // 3, 1 << self.keys.bit_length()
        lines = self.say(at, f"-DB 0: {self.keys} keys ({volatile} volatile) in {slots} slots HT.")
        lines += self.say(at, f"-DB 1: {self.keys // 90} keys (0 volatile) in 8192 slots HT.")
        if self.debug:
            memory = 10**8 + self.keys * 300
            lines += self.say(at, f".{self.connected} clients connected (2 replicas), {memory} bytes in use")
        return lines

    def serves(self, at: int) -> list[Printed]:
        """A client comes, and another goes, told of or not."""
        random = self.random
        host, port = f"10.0.{random.randrange(8)}.{random.randrange(2, 250)}", random.randrange(32768, 61000)
        self.ids += 1
        lines = self.say(at, f"-Accepted {host}:{port}")
        kind = random.random()
        if kind < 0.4:
            age, user = random.randrange(9000), random.choice(("default", "app", "report"))
            lines += self.say(
                at + 7,
                f"-Client closed connection id={self.ids} addr={host}:{port} laddr={_PRIMARY}:6379 "
                f"fd={random.randrange(8, 400)} name= age={age} idle={age // 9} flags=N db=0 sub=0 psub=0 ssub=0 "
                f"multi=-1 qbuf=0 qbuf-free=20474 argv-mem=0 multi-mem=0 rbs=16384 rbp=16384 obl=0 oll=0 omem=0 "
                f"tot-mem=37760 events=r cmd=get user={user} redir=-1 resp=2",
            )
        elif kind < 0.6:
            lines += self.say(at + 7, "-Reading from client: Connection reset by peer")
        elif kind < 0.63:
            lines += self.say(at + 7, "-Closing idle client")
        return lines

    def child(self) -> int:
        """The pid of the next child."""
        self.children = 20 + (self.children - 19) % 30_000
        return self.children

    def saves(self, at: int) -> list[Printed]:
        """A snapshot is written."""
        child, mb = self.child(), self.random.randrange(1, 90)
        cow = f"Fork CoW for RDB: current {mb} MB, peak {mb} MB, average {mb // 2} MB"
        return [
            *self.say(
                at, "*10000 changes in 60 seconds. Saving...", f"*Background saving started by pid {child}"
            ),
            Printed(at + 900, child, "C", "*", "DB saved on disk"),
            Printed(at + 901, child, "C", "*", cow),
            *self.say(at + 950, "*Background saving terminated with success"),
        ]

    def rewrites(self, at: int) -> list[Printed]:
        """The AOF is rewritten."""
        child = self.child()
        base, increment = f"appendonly.aof.{child}.base.rdb", f"appendonly.aof.{child}.incr.aof"
        temporary = f"temp-rewriteaof-bg-{child}.aof"
        return [
            *self.say(
                at,
                f"*Starting automatic rewriting of AOF on {self.random.randrange(100, 130)}% growth",
                f"*Creating AOF incr file {increment} on background rewrite",
                f"*Background append only file rewriting started by pid {child}",
            ),
            Printed(
                at + 1200, child, "C", "*", f"Successfully created the temporary AOF base file {temporary}"
            ),
            Printed(
                at + 1201, child, "C", "*", "Fork CoW for AOF rewrite: current 5 MB, peak 5 MB, average 4 MB"
            ),
            *self.say(
                at + 1250,
                "*Background AOF rewrite terminated with success",
                f"*Successfully renamed the temporary AOF base file {temporary} into {base}",
                f"*Removing the history file {increment} in the background",
                "*Background AOF rewrite finished successfully",
                f"-Background AOF rewrite signal handler took {self.random.randrange(400, 3000)}us",
            ),
        ]

    def speaks(self, at: int) -> list[Printed]:
        """A script writes into the log: no wording of a server."""
        random = self.random
        return self.say(
            at,
            random.choice(
                (
                    f"*session cache: {random.randrange(9999)} entries refreshed for tenant {random.randrange(64)}",
                    f"#rate limit of client-{random.randrange(10**6):06} reached: {random.randrange(99)} in 1s",
                    f"*job {random.randbytes(6).hex()} moved from queue:high to queue:done",
                )
            ),
        )

    def gossips(self, at: int) -> list[Printed]:
        """A packet of the cluster bus, as level debug tells of it."""
        nodes = [self.random.randbytes(20).hex() for _ in range(3)]
        kind = self.random.choice(("ping", "pong"))
        return self.say(
            at,
            f".Pinging node {nodes[0]}",
            f".--- Processing packet of type {kind}, 2464 bytes",
            f".{kind} packet received: {nodes[0]}",
            *(f".GOSSIP {node} 10.0.1.{n}:6379@16379 master" for n, node in enumerate(nodes[1:], start=5)),
        )


_LONGEST = 60_000
"""Milliseconds of what takes longest: lines of it are made before lines of other things that come between."""


def _without_end(server: _Server, links: Iterator[list[Printed]]) -> Iterator[Printed]:
    """A server's first lines, then all others in the order of time."""
    yield from server.starts()
    waiting: list[tuple[int, int, Printed]] = []
    order = count()
    following = next(links)
    for line in server.runs():
        while following[0].at <= line.at:
            for its in following:
                heappush(waiting, (its.at, next(order), its))
            following = next(links)
        heappush(waiting, (line.at, next(order), line))
        while waiting[0][0] < line.at - _LONGEST:
            yield heappop(waiting)[2]


def primary(every: int = 6 * _HOUR, *, clients: float = 2.0, debug: bool = False) -> Iterator[Printed]:
    """A primary with two replicas, one of which loses its link in about ``every`` milliseconds."""
    server = _Server("M", 1, clients=clients, debug=debug)

    def links() -> Iterator[list[Printed]]:
        both = (Break(_BEGIN + 500 + 2 * n, n, True, 1) for n in range(len(_REPLICAS)))
        for number, (at, replica, full, offset) in enumerate(chain(both, breaks(every))):
            peer = f"{_REPLICAS[replica]}:6379"
            lost = server.say(at, f"#Connection with replica {peer} lost.") if number > 1 else []
            asks = f"*Replica {peer} asks for synchronization"
            if not full:
                granted = f"*Partial resynchronization request from {peer} accepted. "
                size = f"Sending {offset % 90_000} bytes of backlog starting from offset {offset}."
                yield [*lost, *server.say(at + 1_000, asks, granted + size)]
                continue
            child = server.child()
            refused = f"*Unable to partial resync with replica {peer} for lack of backlog (Replica request was: {offset})."
            yield [
                *lost,
                *server.say(
                    at + 1_000,
                    asks,
                    refused if number > 1 else f"*Full resync requested by replica {peer}",
                    "*Delay next BGSAVE for diskless SYNC",
                ),
                *server.say(
                    at + 6_000,
                    "*Starting BGSAVE for SYNC with target: replicas sockets",
                    f"*Background RDB transfer started by pid {child}",
                ),
                Printed(
                    at + 7_000, child, "C", "*", "Fork CoW for RDB: current 3 MB, peak 3 MB, average 2 MB"
                ),
                *server.say(
                    at + 7_000,
                    "#Diskless rdb transfer, done reading from pipe, 1 replicas still up.",
                    "*Background RDB transfer terminated with success",
                    f"*Streamed RDB transfer with replica {peer} succeeded (socket). "
                    "Waiting for REPLCONF ACK from slave to enable streaming",
                    f"*Synchronization with replica {peer} succeeded",
                ),
            ]

    return _without_end(server, links())


def replica(number: int, every: int = 6 * _HOUR, *, clients: float = 1.0) -> Iterator[Printed]:
    """One of the replicas of `primary`."""
    server = _Server("S", 2 + number, clients=clients)
    address = f"{_PRIMARY}:6379"

    def links() -> Iterator[list[Printed]]:
        first = Break(_BEGIN + 500 + 2 * number, number, True, 1)
        own = (each for each in breaks(every) if each.replica == number)
        for at, _, full, offset in chain((first,), own):
            begun = at == first.at
            lost = ("#Connection with master lost.", "*Caching the disconnected master state.")
            again = f"*{'Connecting' if begun else 'Reconnecting'} to MASTER {address}"
            asks = (
                again,
                "*MASTER <-> REPLICA sync started",
                "*Non blocking connect for SYNC fired the event.",
                "*Master replied to PING, replication can continue...",
                "*Partial resynchronization not possible (no cached master)"
                if begun
                else f"*Trying a partial resynchronization (request {_REPLID}:{offset}).",
            )
            head = [] if begun else server.say(at, *lost)
            if not full:
                granted = (
                    "*Successful partial resynchronization with master.",
                    "*MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.",
                )
                yield [*head, *server.say(at + 998, *asks), *server.say(at + 1_002, *granted)]
                continue
            yield [
                *head,
                *server.say(at + 998, *asks),
                *server.say(
                    at + 6_000,
                    f"*Full resync from master: {_REPLID}:{offset}",
                    *(() if begun else ("*Discarding previously cached master state.",)),
                    "*MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF to disk",
                ),
                *server.say(
                    at + 7_002,
                    "*MASTER <-> REPLICA sync: Flushing old data",
                    "*MASTER <-> REPLICA sync: Loading DB in memory",
                    "*Loading RDB produced by version 7.0.15",
                    "*RDB age 1 seconds",
                    "*RDB memory usage when created 161.03 Mb",
                    f"*Done loading RDB, keys loaded: {server.keys}, keys expired: 0.",
                    "*MASTER <-> REPLICA sync: Finished with success",
                ),
            ]

    return _without_end(server, links())


def refused() -> Iterator[Printed]:
    """A replica without a password: from 7.0 on it tries again at once, some 2,000 times a second."""
    server = _Server("S", 5)
    yield from server.starts()
    at, word = _BEGIN + 500, "Connecting to MASTER {}"
    while True:
        yield from server.say(
            at,
            f"*{word.format(f'{_PRIMARY}:6379')}",
            "*MASTER <-> REPLICA sync started",
            "*Non blocking connect for SYNC fired the event.",
            "*Master replied to PING, replication can continue...",
            "*(Non critical) Master does not understand REPLCONF listening-port: -NOAUTH Authentication required.",
            "*(Non critical) Master does not understand REPLCONF capa: -NOAUTH Authentication required.",
            "*Partial resynchronization not possible (no cached master)",
            "#Unexpected reply to PSYNC from master: -NOAUTH Authentication required.",
            "*Retrying with SYNC...",
            "#MASTER aborted replication with an error: NOAUTH Authentication required.",
        )
        at, word = at + 5, "Reconnecting to MASTER {} after failure"


def strange(lines: Iterable[Printed]) -> Iterator[Printed]:
    """Nine of ten lines with a message that no server prints, the rest as it is."""
    random = Random(3)
    verbs = ("loaded", "evicted", "indexed", "refreshed", "skipped")
    for number, line in enumerate(lines):
        if number % 10 and line.letter:
            words = f"{random.choice(verbs)} shard {random.randrange(512)} of {random.choice(verbs)} set"
            line = line._replace(
                message=f"worker-{random.randrange(32)} {words}, {random.randrange(10**6)} rows"
            )
        yield line
