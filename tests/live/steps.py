"""Steps that many scenarios take."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import redis

from redislog import Finding, Timeline

from .harness import Deployment, Server, wait_for
from .places import Option, Special

PRIMARY = "server-1"
REPLICAS = ("server-0", "server-2")
TEXT = "x" * 1000


def start_all(
    deployment: Deployment, special: Special | None = None, /, **of_replicas: Option
) -> tuple[Server, Server, Server]:
    """Start a primary with some data, then its replicas; wait until all are in sync."""
    primary = deployment.start(PRIMARY, special)
    fill(primary, 100)
    one, other = (deployment.start(name, special, replica_of=primary, **of_replicas) for name in REPLICAS)
    deployment.settle()
    return primary, one, other


def fill(server: Server, keys: int, size: int = 1000) -> None:
    """Write some keys."""
    for number in range(keys):
        server.call("SET", f"key:{number}", "x" * size)


def fill_slots(server: Server, keys: int) -> None:
    """Write keys until a node of a Cluster has so many in slots of its own."""
    written = number = 0
    while written < keys:
        number += 1
        with suppress(redis.exceptions.MovedError):
            server.call("SET", f"key:{number}", TEXT)
            written += 1


@contextmanager
def writing(server: Server, *, pause: float = 0.01) -> Iterator[None]:
    """Write 50 kB at a time, again and again, beside what happens meanwhile."""
    enough = threading.Event()
    client = server.connect()

    def write() -> None:
        while not enough.wait(pause):
            with suppress(redis.RedisError):
                client.set("much", TEXT * 50)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        enough.set()
        thread.join()
        client.close()


def wait_said(server: Server, text: str, times: int = 1, *, seconds: float = 20.0) -> None:
    """Wait until a server printed something so many times."""
    wait_for(lambda: server.said(text) >= times, f"{server.name} says {text!r} x{times}", seconds=seconds)


def wait_down(*replicas: Server) -> None:
    """Wait until replicas know that their link is down."""
    wait_for(
        lambda: all(each.info("replication")["master_link_status"] == "down" for each in replicas),
        "the links are down",
    )


def follow(replica: Server, primary: Server) -> None:
    """Point a server at another."""
    replica.call("REPLICAOF", primary.host, primary.port)


def lists_replicas(sentinel: Server) -> int:
    """How many replicas a Sentinel knows."""
    return int(sentinel.call("SENTINEL MASTER", "main")["num-slaves"])


def finding(timeline: Timeline, code: str) -> Finding:
    """The one finding of a code."""
    (found,) = (each for each in timeline.verdict.findings if each.code == code)
    return found
