"""One server of the model: its state, and the lines that it prints of itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from redislog.node.tables import LINK_WORD, LinkPhase
from redislog.testing.simulate.releases import Release
from redislog.testing.simulate.truth import ServerTruth, Syncs

NO_ID = "0" * 40
RETRY = 1_000_000
"""Microseconds from one try of a replica to the next, where nothing makes it try at once."""
BACKLOG_SIZE = 1024 * 1024
DAY = datetime(2026, 11, 23, 6, 0)
"""When a deployment begins."""

Downstream = Literal["wait_bgsave", "attached", "send_bulk", "streamed", "online"]
"""A replica as its primary sees it.

``wait_bgsave`` for the next snapshot, ``attached`` to the one that is written to disk; ``streamed`` is counted as
online, and not yet said to be.
"""


class History(NamedTuple):
    """A place in the history of a dataset: a replication ID, and the last byte of it that is known."""

    replid: str
    offset: int


class Child:
    """The process that writes a snapshot, to disk or to replicas."""

    def __init__(self, pid: int, *, disk: bool) -> None:
        self.pid = pid
        self.disk = disk
        self.written = False
        self.killed = False


class Said(NamedTuple):
    """A line, the server that printed it, and when, on its own clock."""

    server: str
    line: str
    at: datetime


class Clock:
    """The true time, in microseconds since the deployment began; ``step`` passes between two happenings.

    ``journal`` is all that was printed, in true order.
    """

    def __init__(self) -> None:
        self.now = 0
        self.step = 0
        self.random = 0
        self.journal: list[Said] = []

    def tick(self) -> None:
        """Let a moment pass."""
        self.now += self.step

    @property
    def at(self) -> datetime:
        """The true time, as who has it right prints it."""
        return DAY + timedelta(microseconds=self.now)

    def new_id(self) -> str:
        """A replication ID that no server has."""
        self.random += 1
        return f"{self.random * 0x9E3779B97F4A7C15 % 2**64:016x}" * 2 + f"{self.random:08x}"


class Server:
    """A server with a name, an address, and a clock of its own: ``offset`` microseconds before the true one."""

    def __init__(self, name: str, address: str, release: Release, clock: Clock, fast: int = 0) -> None:
        self.name = name
        self.address = address
        self.host, _, port = address.partition(":")
        self.port = int(port)
        self.release = release
        self.clock = clock
        self.fast = fast
        self.pid = self.port * 10
        self.lines: list[str] = []
        self.started = self.running = self.frozen = self.silenced = False
        self.wants_password = False
        self.follows: Server | None = None
        self.named: Server | None = None
        self.tried = -RETRY
        self.refused: set[Server] = set()
        self.phase: LinkPhase = "none"
        self.broken = False
        self.two_channels = False
        self.granted = History(NO_ID, 0)
        self.cached: History | None = None
        self.file: History | None = None
        self.own = History(NO_ID, 0)
        self.second = History(NO_ID, -1)
        self.backlog: int | None = None
        self.replicas: dict[Server, Downstream] = {}
        self.child: Child | None = None
        self.full = self.partial = 0
        self.ordered_by: str | None = None

    def __repr__(self) -> str:
        return self.name

    # What it prints

    def say(self, key: str, *, letter: str | None = None, pid: int | None = None, **values: Any) -> None:
        """Print one line."""
        at = self.clock.at + timedelta(microseconds=self.fast)
        letter = letter or ("S" if self.follows else "M")
        line = self.release.line(key, letter, pid or self.pid, at, values)
        self.lines.append(line)
        self.clock.journal.append(Said(self.name, line, at))

    def says(self, *keys: str) -> None:
        """Print lines that hold no values."""
        for key in keys:
            self.say(key)

    @property
    def client(self) -> str:
        """The client that gives an order."""
        return (
            self.ordered_by
            or f"id=3 addr=10.0.9.9:43888 laddr={self.address} fd=7 name= age=1 idle=0 flags=N db=0 cmd=replicaof"
        )

    # What it does of itself

    @property
    def acts(self) -> bool:
        """Whether it does anything: it runs and is not frozen."""
        return self.running and not self.frozen

    @property
    def listens(self) -> bool:
        """Whether its kernel takes connections: it does for a frozen process."""
        return self.running

    def start(self, follows: Server | None, *, from_file: bool) -> None:
        """Start with a configuration that names a primary, or none."""
        self.pid += 1
        self.started = self.running = True
        self.silenced = self.frozen = self.broken = self.two_channels = False
        self.follows = follows
        self.phase = "connect" if follows else "none"
        self.named = None
        self.tried = -RETRY
        self.cached = None
        self.own = History(self.clock.new_id(), 0)
        self.second = History(NO_ID, -1)
        self.backlog = None
        for key in ("server.starting", "server.version", "server.config-loaded"):
            self.say(
                key,
                letter=None if self.release.role_at_once else "C",
                version=self.release.version,
                bits=64,
                commit="00000000",
                modified=0,
                pid_=self.pid,
            )
        self.say("server.clock", clock="POSIX clock_gettime")
        self.say("server.mode", mode="standalone", port=self.port)
        if self.release.prints("modules.static-loaded"):
            self.say("modules.static-loaded", module="lua")
        self.say("server.initialized")
        if from_file and self.file is not None:
            self.loads_file(self.file)
        self.say("server.ready", conn_type="tcp")

    def loads_file(self, file: History) -> None:
        """Load the snapshot that an earlier life left (``server.c:loadDataFromDisk``)."""
        self.loads_keys()
        self.say("rdb.loaded-at-start", seconds=0.0)
        if file.replid == NO_ID:
            return
        if self.follows is not None:
            self.own = self.cached = file
            self.say("role.demoted-cached-self")
        elif self.release.resumes:
            self.second = file
            self.own = self.own._replace(offset=file.offset)
            self.backlog = file.offset + 1

    def loads_keys(self) -> None:
        """Print what every load of a snapshot prints."""
        self.say("rdb.producer", value=self.release.version)
        self.say("rdb.age", seconds=0)
        self.say("rdb.used-mem", mb=1.08)
        self.say("rdb.loaded", keys=100, expired=0, expired_hashes=0)

    def exits(self, *, save: bool) -> None:
        """Stop because it was told to."""
        self.say("server.signal", text="Received SIGTERM scheduling shutdown...")
        self.say("server.shutdown-requested")
        if save:
            self.say("rdb.final-save")
            self.say("rdb.saved")
            self.file = self.snapshot
        self.say("server.exit", product=self.release.product)
        self.ends()

    def ends(self) -> None:
        """Have its process end, with or without last words."""
        self.running = self.frozen = False
        self.child = None

    @property
    def snapshot(self) -> History:
        """What a snapshot holds of the history (``rdb.c:rdbPopulateSaveInfo``)."""
        if self.follows is None:
            return self.own if self.backlog is not None else History(NO_ID, 0)
        return self.own if self.phase == "connected" else self.cached or History(NO_ID, 0)

    def has(self, asked: History | None) -> bool:
        """Whether a replica that has some history can go on here (``masterTryPartialResynchronization``)."""
        if asked is None or self.backlog is None or not self.shares(asked):
            return False
        return self.backlog <= asked.offset + 1 <= self.own.offset + 1

    def shares(self, asked: History) -> bool:
        """Whether the history that a replica has is this one up to there."""
        if asked.replid == self.own.replid:
            return True
        return asked.replid == self.second.replid and asked.offset <= self.second.offset

    def adopts(self, replid: str) -> None:
        """Go on under another replication ID; the one before becomes the second."""
        self.second = self.own
        self.own = self.own._replace(replid=replid)

    # What it is

    @property
    def stranger(self) -> str | None:
        """The server that it named as its primary last, if that one never started."""
        named = self.named
        return named.address if named is not None and not named.started else None

    @property
    def truth(self) -> ServerTruth:
        """What it would say of itself.

        Its primary only if a line of this life names it: what it reads of it in its configuration it does
        not print.
        """
        syncs = Syncs(self.full, self.partial)
        if not self.acts:
            running = None if self.frozen else False
            return ServerTruth(self.address, running, syncs, primary=self.stranger, silenced=self.silenced)
        online = frozenset(
            each.address for each, phase in self.replicas.items() if phase in ("streamed", "online")
        )
        truth = ServerTruth(self.address, True, syncs, "primary", online=online)
        if self.follows is None:
            return truth
        truth = truth._replace(role="replica", link=LINK_WORD[self.phase], in_sync=self.phase == "connected")
        if self.named is not self.follows:
            return truth
        return truth._replace(primary=self.follows.name if self.follows.started else self.follows.address)
