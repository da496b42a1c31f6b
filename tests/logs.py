"""Logs of Redis 7.0 servers for the tests, told in the steps that servers go through.

Every function gives lines; times are seconds of one day, on the clock of the server that prints.
"""

from __future__ import annotations

from collections.abc import Iterable

from redislog import Timeline, Verdict, parse, replay
from redislog.node.fold import NodeFold
from redislog.node.history import NodeHistory

PRIMARY, REPLICA, OTHER = "10.0.0.1:6379", "10.0.0.2:6379", "10.0.0.3:6379"
"""Addresses of the servers that the tests speak of."""
REPLID = "f5936d9c489e2cf341f75b48235c72981f770077"
NEW_REPLID = "0123456789abcdef0123456789abcdef01234567"
NO_REPLID = "0" * 40
CLIENT = "id=7 addr=10.0.0.9:50000 fd=8 name= age=0 idle=0 flags=N db=0 cmd=replicaof"
"""A client's record, without the address at which it reached the server."""
STEP = 0.001


def line(at: float, letter: str, message: str, mark: str = "*") -> str:
    """One line; a child process has a pid of its own."""
    milliseconds = round(at * 1000)
    seconds, milliseconds = divmod(milliseconds, 1000)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{milliseconds:03}"
    return f"1:{letter} 29 May 2023 {clock} {mark} {message}"


def told(at: float, letter: str, *messages: str) -> list[str]:
    """Messages, a millisecond apart."""
    return [line(at + number * STEP, letter, message) for number, message in enumerate(messages)]


def start(at: float, letter: str, port: int = 6379) -> list[str]:
    """A server starts."""
    return [
        line(at, "C", "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo", "#"),
        line(at, "C", "Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=1, just started", "#"),
        line(at, "C", "Configuration loaded", "#"),
        line(at, letter, "monotonic clock: POSIX clock_gettime"),
        line(at, letter, f"Running mode=standalone, port={port}."),
        line(at, letter, "Server initialized", "#"),
        line(at, letter, "Ready to accept connections"),
    ]


def stop(at: float, letter: str) -> list[str]:
    """A server is told to stop, and does."""
    return [
        line(at, letter, "User requested shutdown...", "#"),
        line(at, letter, "Redis is now ready to exit, bye bye...", "#"),
    ]


def connects(at: float, primary: str = PRIMARY) -> list[str]:
    """A replica reaches its primary."""
    return told(
        at,
        "S",
        f"Connecting to MASTER {primary}",
        "MASTER <-> REPLICA sync started",
        "Non blocking connect for SYNC fired the event.",
        "Master replied to PING, replication can continue...",
    )


def asks(at: float, primary: str = PRIMARY) -> list[str]:
    """A replica without history asks for a sync."""
    return [
        *connects(at, primary),
        line(at + 4 * STEP, "S", "Partial resynchronization not possible (no cached master)"),
    ]


def asks_to_continue(at: float, primary: str = PRIMARY, replid: str = REPLID, offset: int = 563) -> list[str]:
    """A replica asks to go on where it was."""
    return [
        *connects(at, primary),
        line(at + 4 * STEP, "S", f"Trying a partial resynchronization (request {replid}:{offset})."),
    ]


def is_granted(at: float, replid: str = REPLID, offset: int = 563) -> list[str]:
    """A replica is granted a full resync."""
    return told(at, "S", f"Full resync from master: {replid}:{offset}")


def receives(at: float) -> list[str]:
    """A replica receives a snapshot."""
    return told(at, "S", "MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF to disk")


def loads(at: float) -> list[str]:
    """A replica loads what it received."""
    return told(
        at, "S", "MASTER <-> REPLICA sync: Flushing old data", "MASTER <-> REPLICA sync: Loading DB in memory"
    )


def finishes(at: float) -> list[str]:
    """A replica is in sync."""
    return told(at, "S", "MASTER <-> REPLICA sync: Finished with success")


def full_sync(at: float, primary: str = PRIMARY, offset: int = 563, took: float = 1.0) -> list[str]:
    """A replica's full sync, from connecting to its end."""
    half = at + took / 2
    return [
        *asks(at, primary),
        *is_granted(half + STEP, REPLID, offset),
        *receives(half + 2 * STEP),
        *loads(half + 3 * STEP),
        *finishes(at + took),
    ]


def partial_sync(at: float, primary: str = PRIMARY, offset: int = 563) -> list[str]:
    """A replica goes on where it was."""
    return [
        *asks_to_continue(at, primary, REPLID, offset),
        *told(
            at + 8 * STEP,
            "S",
            "Successful partial resynchronization with master.",
            "MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.",
        ),
    ]


def loses_primary(at: float) -> list[str]:
    """A replica's link breaks."""
    return [
        line(at, "S", "Connection with master lost.", "#"),
        line(at, "S", "Caching the disconnected master state."),
    ]


def is_refused(at: float, primary: str = PRIMARY) -> list[str]:
    """Nothing listens at the primary's address."""
    return [
        *told(at, "S", f"Connecting to MASTER {primary}", "MASTER <-> REPLICA sync started"),
        line(at + 2 * STEP, "S", "Error condition on socket for SYNC: Connection refused", "#"),
    ]


def lacks_password(at: float, primary: str = PRIMARY) -> list[str]:
    """The primary answers, and wants a password."""
    return [
        *asks(at, primary),
        line(
            at + 5 * STEP, "S", "Unexpected reply to PSYNC from master: -NOAUTH Authentication required.", "#"
        ),
        line(at + 5 * STEP, "S", "Retrying with SYNC..."),
        line(
            at + 6 * STEP,
            "S",
            "MASTER aborted replication with an error: NOAUTH Authentication required.",
            "#",
        ),
    ]


def loses_transfer(at: float, primary: str = PRIMARY) -> list[str]:
    """A replica's full sync breaks while it receives, a second after it began."""
    return [
        *asks(at, primary),
        *is_granted(at + 0.5),
        *receives(at + 0.501),
        line(at + 1, "S", "I/O error trying to sync with MASTER: connection lost", "#"),
    ]


def is_promoted(at: float, offset: int = 10000, previous: str = REPLID) -> list[str]:
    """A replica becomes a primary."""
    return [
        line(at, "M", "Connection with master lost.", "#"),
        line(at, "M", "Caching the disconnected master state."),
        line(at, "M", "Discarding previously cached master state."),
        line(
            at,
            "M",
            f"Setting secondary replication ID to {previous}, valid up to offset: {offset}. "
            f"New replication ID is {NEW_REPLID}",
            "#",
        ),
        line(at, "M", f"MASTER MODE enabled (user request from '{CLIENT}')"),
    ]


def is_demoted(at: float, primary: str = PRIMARY) -> list[str]:
    """A primary becomes a replica."""
    return [
        line(
            at,
            "S",
            "Before turning into a replica, using my own master parameters to synthesize a cached master: I may be "
            "able to synchronize with the new master with just a partial transfer.",
        ),
        line(at, "S", f"Connecting to MASTER {primary}"),
        line(at, "S", "MASTER <-> REPLICA sync started"),
        line(at, "S", f"REPLICAOF {primary} enabled (user request from '{CLIENT}')"),
    ]


def is_asked(at: float, replica: str = REPLICA) -> list[str]:
    """A primary is asked for a full sync, and waits for more replicas."""
    return told(
        at,
        "M",
        f"Replica {replica} asks for synchronization",
        f"Full resync requested by replica {replica}",
        "Delay next BGSAVE for diskless SYNC",
    )


def serves(at: float, replica: str = REPLICA, took: float = 1.0, replid: str | None = REPLID) -> list[str]:
    """The primary's side of `full_sync`; a replication ID is what its first backlog gets."""
    half = at + took / 2
    asked = is_asked(at + 5 * STEP, replica)
    if replid is not None:
        created = f"Replication backlog created, my new replication IDs are '{replid}' and '{NO_REPLID}'"
        asked.insert(2, line(at + 6 * STEP, "M", created))
    return [
        *asked,
        line(half, "M", "Starting BGSAVE for SYNC with target: replicas sockets"),
        line(half, "M", "Background RDB transfer started by pid 42"),
        line(half + STEP, "M", "Diskless rdb transfer, done reading from pipe, 1 replicas still up.", "#"),
        line(at + took + STEP, "M", "Background RDB transfer terminated with success"),
        line(
            at + took + STEP,
            "M",
            f"Streamed RDB transfer with replica {replica} succeeded (socket). "
            "Waiting for REPLCONF ACK from slave to enable streaming",
        ),
        line(at + took + 2 * STEP, "M", f"Synchronization with replica {replica} succeeded"),
    ]


def serves_partially(at: float, replica: str = REPLICA, offset: int = 563) -> list[str]:
    """The primary's side of `partial_sync`."""
    return told(
        at + 5 * STEP,
        "M",
        f"Replica {replica} asks for synchronization",
        f"Partial resynchronization request from {replica} accepted. "
        f"Sending 100 bytes of backlog starting from offset {offset}.",
    )


def loses_replica(at: float, replica: str = REPLICA) -> list[str]:
    """A primary loses a replica."""
    return [line(at, "M", f"Connection with replica {replica} lost.", "#")]


def warnings_only(lines: list[str]) -> list[str]:
    """What of a log is left at level warning."""
    return [line for line in lines if " # " in line]


def verdict(**logs: list[str]) -> Verdict:
    """What logs say together."""
    return replayed(**logs).verdict


def replayed(**logs: list[str]) -> Timeline:
    """What logs tell together."""
    return replay(logs)


def folded(*parts: Iterable[str]) -> NodeHistory:
    """What one server's log says, in parts."""
    fold = NodeFold("server")
    for event in parse(text for part in parts for text in part):
        fold.feed(event)
    return fold.history


QUORUM = ("aaaaaaaa" + "0" * 32, "bbbbbbbb" + "0" * 32, "cccccccc" + "0" * 32)
"""The IDs of three Sentinels."""


def seen_by_sentinel(at: float, message: str) -> str:
    """A Sentinel's line."""
    return line(at, "X", message, "#")


def sentinel_starts(at: float, number: int = 0, primary: str = PRIMARY) -> list[str]:
    """A Sentinel starts, and finds a replica and another Sentinel."""
    host, port = primary.split(":")
    other, its_host = QUORUM[number - 1], f"10.0.0.{20 + number}"
    return [
        seen_by_sentinel(at, "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo"),
        seen_by_sentinel(at, f"Sentinel ID is {QUORUM[number]}"),
        seen_by_sentinel(at, f"+monitor master mymaster {host} {port} quorum 2"),
        seen_by_sentinel(at + 1, f"+slave slave {REPLICA} 10.0.0.2 6379 @ mymaster {host} {port}"),
        seen_by_sentinel(at + 2, f"+sentinel sentinel {other} {its_host} 26379 @ mymaster {host} {port}"),
    ]


def sentinel_suspects(at: float, *, quorum: bool = True) -> list[str]:
    """A Sentinel holds the primary for down, and others agree."""
    down = [seen_by_sentinel(at, "+sdown master mymaster 10.0.0.1 6379")]
    return [*down, seen_by_sentinel(at + 0.1, "+odown master mymaster 10.0.0.1 6379 #quorum 2/2")][
        : 1 + quorum
    ]


def sentinel_tries(at: float, number: int = 0) -> list[str]:
    """A Sentinel stands for election."""
    return [
        seen_by_sentinel(at, "+new-epoch 1"),
        seen_by_sentinel(at, "+try-failover master mymaster 10.0.0.1 6379"),
        seen_by_sentinel(at + STEP, f"+vote-for-leader {QUORUM[number]} 1"),
    ]


def sentinel_leads(at: float, number: int = 0) -> list[str]:
    """A Sentinel is elected, and promotes the replica a second later."""
    return [
        *sentinel_tries(at, number),
        seen_by_sentinel(at + 0.01, f"{QUORUM[number - 1]} voted for {QUORUM[number]} 1"),
        seen_by_sentinel(at + 0.1, "+elected-leader master mymaster 10.0.0.1 6379"),
        seen_by_sentinel(at + 0.2, f"+selected-slave slave {REPLICA} 10.0.0.2 6379 @ mymaster 10.0.0.1 6379"),
        seen_by_sentinel(at + 1, f"+promoted-slave slave {REPLICA} 10.0.0.2 6379 @ mymaster 10.0.0.1 6379"),
        seen_by_sentinel(at + 2, "+switch-master mymaster 10.0.0.1 6379 10.0.0.2 6379"),
    ]


def sentinel_gives_up(at: float, why: str = "not-elected") -> list[str]:
    """A Sentinel's failover comes to nothing."""
    return [seen_by_sentinel(at, f"-failover-abort-{why} master mymaster 10.0.0.1 6379")]


def resync(minute: int) -> str:
    """What a replica prints of a full resync after a link that it lost, in some minute of an hour."""
    texts = [
        "Connection with master lost.",
        "Connecting to MASTER 10.0.0.1:6379",
        "MASTER <-> REPLICA sync started",
        f"Full resync from master: {minute:040x}:563",
        "MASTER <-> REPLICA sync: Finished with success",
    ]
    return "".join(f"1:S 29 May 2023 07:{minute:02}:04.{n:03} * {text}\n" for n, text in enumerate(texts))
