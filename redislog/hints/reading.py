"""Hints in files: who reads what.

===========================  ==================================================================
content                      says
===========================  ==================================================================
redis.conf, sentinel.conf    the announced address of the node that the file is named after
``kubectl get pods -o wide``  each pod's own address (also json, yaml, tabs, a lost header)
``kubectl get endpoints``     the addresses of pods that stand behind a Service
``kubectl get svc``           a Service made for one pod of a StatefulSet: NAME-announce-N
===========================  ==================================================================

A file is recognised by its content; one without any statement is none. What servers answer is read in `answers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from redislog.evidence import Evidence
from redislog.hints import Hint
from redislog.hints.manifests import pod_addresses, pod_of_service
from redislog.values import Address

_IP = r"(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})"
_DIRECTIVE = re.compile(r"\s*(?:sentinel\s+)?([a-z][a-z0-9-]+)\s+(\S.*?)\s*\Z")
_KNOWN = {
    "port", "tls-port", "bind", "dir", "save", "maxmemory", "maxmemory-policy", "replicaof", "slaveof", "appendonly",
    "replica-announce-ip", "slave-announce-ip", "replica-announce-port", "slave-announce-port", "announce-ip",
    "announce-port", "masterauth", "requirepass", "monitor", "down-after-milliseconds", "rdbcompression",
    "failover-timeout", "parallel-syncs", "repl-diskless-sync", "min-replicas-to-write", "protected-mode",
    "rename-command", "cluster-announce-ip", "cluster-announce-port", "logfile", "tcp-backlog", "daemonize",
}  # fmt: skip
_ENOUGH = 2
_ROW = re.compile(r"(?:[a-z0-9-]+\s+)?(\S+)\s+\d+/\d+\s+[A-Z]\w+")
_CELL = re.compile(rf"(?<!\S)({_IP})(?!\S)")
_SERVICE = re.compile(
    rf"(?:[a-z0-9-]+\s+)?(?:service/)?(\S+)\s+(?:ClusterIP|NodePort|LoadBalancer)\s+({_IP})(?!\S)|({_IP})\s+(\S+-announce-\d+)(?:\.\S+)?\s*\Z"
)
_ENDPOINTS = re.compile(rf"(?:[a-z0-9-]+\s+)?(?:endpoints/)?(\S+-announce-\d+)\s+({_IP}):\d+")
_SUFFIXES = re.compile(r"(?:[._-]?(?:redis|valkey|sentinel))?\.conf\Z|\.(?:txt|json|yaml|yml|conf)\Z")


def read_hints(text: str, path: str) -> tuple[Hint, ...]:
    """The statements of a file: none if it is not one of those above."""
    if places := dict.fromkeys(pod_addresses(text)):
        return tuple(_of_manifest(text, path, places))
    lines = text.replace("\r", "").split("\n")
    return tuple(_of_config(lines, path)) or tuple(_of_tables(lines, path))


def _of_manifest(text: str, path: str, places: Iterable[tuple[str, str]]) -> Iterator[Hint]:
    """Each pod's address, with the first line that holds it."""
    for name, host in places:
        number = text.count("\n", 0, max(text.find(host), 0)) + 1
        yield Hint(name, Address(host, None), Evidence(path, number, f"{name}: {host}"))


def node_of_file(path: str) -> str:
    """The node that a configuration file is named after; its folder where it has no name of its own.

    >>> node_of_file("argocd-redis-ha-server-0.redis.conf"), node_of_file("redis-1/redis.conf")
    ('argocd-redis-ha-server-0', 'redis-1')
    """
    pure = PurePath(path)
    stem = _SUFFIXES.sub("", pure.name)
    return stem if stem not in ("", "redis", "valkey", "sentinel") else pure.parent.name


def _of_config(lines: list[str], path: str) -> Iterator[Hint]:
    """``replica-announce-ip 10.0.202.28`` and its like, of a file that has more of the kind."""
    found: dict[str, tuple[str, int]] = {}
    others = 0
    for number, line in enumerate(lines, start=1):
        match = _DIRECTIVE.match(line)
        if match is not None and match[1] in _KNOWN:
            found.setdefault(match[1], (match[2].strip("\"'"), number))
        elif line.strip() and not line.lstrip().startswith("#") and match is None:
            others += 1
    if len(found) < _ENOUGH or others > len(found):
        return
    for word in ("replica", "slave", "cluster"):
        if stated := found.get(f"{word}-announce-ip"):
            host, number = stated
            ports = (found.get(name) for name in (f"{word}-announce-port", "port", "tls-port"))
            port = next((port for port in ports if port is not None and port[0] != "0"), ("6379", 0))
            yield _hint(
                node_of_file(path), host, int(port[0]) if port[0].isdecimal() else None, path, lines, number
            )
    if "monitor" in found and (stated := found.get("announce-ip")):
        yield _hint(node_of_file(path), stated[0], None, path, lines, stated[1])


def _of_tables(lines: list[str], path: str) -> Iterator[Hint]:
    """Rows of ``kubectl get pods -o wide``, ``get svc``, ``get endpoints``."""
    for number, written in enumerate(lines, start=1):
        if stated := stated_in_row(written):
            yield _hint(stated[0], stated[1], None, path, lines, number)


def stated_in_row(text: str) -> tuple[str, str] | None:
    """The server and its address that a row of ``kubectl get pods -o wide``, ``get svc`` or ``get endpoints`` states.

    >>> stated_in_row("redis-1   2/3   Running   12   20d   172.20.181.236   ip-10-0-0-2")
    ('redis-1', '172.20.181.236')
    """
    line = text.lstrip(" \t>|")
    if match := _ROW.match(line):
        cell = _CELL.search(line, match.end())
        return (match[1].removeprefix("pod/"), cell[1]) if cell is not None else None
    if match := _ENDPOINTS.match(line) or _SERVICE.match(line):
        host, name = (match[2], match[1]) if match[2] else (match[3], match[4])
        pod = pod_of_service(name)
        return None if pod is None else (pod, host)
    return None


def _hint(name: str, host: str, port: int | None, path: str, lines: list[str], number: int) -> Hint:
    return Hint(name, Address(host, port), Evidence(path, number, lines[number - 1].strip()))
