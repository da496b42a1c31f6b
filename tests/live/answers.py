"""What Sentinels and the nodes of a Cluster say of others, and what redislog says otherwise.

``SENTINEL MASTER`` and ``SENTINEL REPLICAS``: whom each Sentinel names as the primary, and whom it holds for down.
``CLUSTER NODES``: which nodes are of one shard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from redislog import Timeline
from redislog.timeline.observers import Observer

from .harness import Deployment, Server

GROUP = "main"


class Watched(NamedTuple):
    """A Sentinel's word: the primary's address, and the addresses that it holds for down."""

    primary: str
    down: frozenset[str]


class Answers(NamedTuple):
    """What each Sentinel says, by its name; and the shard of each living node of a Cluster, by the node's name."""

    watched: Mapping[str, Watched]
    shards: Mapping[str, str]


def read_answers(deployment: Deployment) -> Answers:
    """Ask every Sentinel, and a node of a Cluster."""
    sentinels = {
        name: _watched(sentinel) for name, sentinel in deployment.sentinels.items() if sentinel.answers
    }
    nodes = [server for server in deployment.running if server.info("cluster")["cluster_enabled"]]
    return Answers(sentinels, _shards(deployment, nodes[0]) if nodes else {})


def _watched(sentinel: Server) -> Watched:
    primary = sentinel.call("SENTINEL MASTER", GROUP)
    known = [primary, *sentinel.call("SENTINEL SLAVES", GROUP)]
    down = frozenset(_address(each) for each in known if "s_down" in each["flags"])
    return Watched(_address(primary), down)


def _address(fields: Mapping[str, Any]) -> str:
    return f"{fields['ip']}:{fields['port']}"


def _shards(deployment: Deployment, node: Server) -> dict[str, str]:
    names = {server.address: server.name for server in deployment.running}
    known: dict[str, dict[str, Any]] = node.call("CLUSTER NODES")
    return {
        names[address]: fields["node_id"] if fields["master_id"] == "-" else fields["master_id"]
        for address, fields in known.items()
        if address in names and "fail" not in fields["flags"]
    }


def misread(timeline: Timeline, answers: Answers) -> Iterator[str]:
    """Every statement that an answer contradicts, one line each."""
    for name, watched in answers.watched.items():
        yield from _misread(timeline.joined.observers[name], watched)
    for group in timeline.verdict.groups:
        shards = {answers.shards[member] for member in group.members if member in answers.shards}
        if len(shards) > 1:
            yield f"group of {', '.join(group.members)}: are of {len(shards)} shards"


def _misread(observer: Observer, watched: Watched) -> Iterator[str]:
    named = observer.named_at(GROUP, observer.last.time) if observer.last is not None else None
    if named is None or str(named.address) != watched.primary:
        yield f"{observer.name}: names {watched.primary}, redislog says {named and named.address}"
    # A Sentinel forgets in silence whom it held for down when its group has another primary: more may be told.
    down = {str(each.address) for each in observer.downs if each.kind != "sentinel" and each.end is None}
    if not watched.down <= down:
        yield f"{observer.name}: holds {sorted(watched.down)} for down, redislog says {sorted(down)}"
