"""How containers ended, as Kubernetes tells it: ``kubectl get pods -o json | yaml``, ``describe pod``, ``get events -o json``.

===================================================  ==================================================================
where                                                says
===================================================  ==================================================================
``lastState.terminated``, ``state.terminated``       reason, exit code, and when the process ended
``state.waiting`` with reason CrashLoopBackOff       it has not been started again; ``state.running``: it has
``Last State: Terminated``, ``State: ...``           the same, as ``kubectl describe pod`` shows it
events OOMKilling, Killing after a probe, BackOff    the same, as the kubelet tells it
===================================================  ==================================================================

The table of ``kubectl get events`` has no times, but ages, and says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from redislog.evidence import Evidence
from redislog.hints.endings import SERVER, Ending, of_exit_code
from redislog.hints.manifests import as_list, at, items_of

_BESIDE = re.compile(r"exporter|sentinel|metrics|haproxy|split-brain|init", re.IGNORECASE)
_FIELD = re.compile(r"(\s*)([A-Z][A-Za-z ]*):\s*(.*?)\s*\Z")
_CONTAINER = re.compile(r"  ([a-z0-9][a-z0-9-]*):\s*\Z")
_PROBE = "failed liveness probe"
_DATE = "%a, %d %b %Y %H:%M:%S %z"


def read_statuses(text: str, path: str) -> tuple[Ending, ...]:
    """The ends of servers' processes that a document of kubectl's tells; none from a text that is no such document."""
    if items := items_of(text):
        return tuple(ending for item in items for ending in _of_item(item, text, path))
    if "Containers:" in text and "Name:" in text:
        return tuple(_Described(path).read(text.replace("\r", "").split("\n")))
    return ()


def _of_item(item: Any, text: str, path: str) -> Iterator[Ending]:
    if at(item, "kind") == "Event" or at(item, "involvedObject") is not None:
        yield from _of_event(item, text, path)
        return
    pod, namespace = at(item, "metadata", "name"), at(item, "metadata", "namespace")
    if at(item, "kind") not in ("Pod", None) or not isinstance(pod, str):
        return
    statuses = as_list(at(item, "status", "containerStatuses"))
    names = [str(at(status, "name")) for status in statuses]
    for status, name in zip(statuses, names, strict=True):
        if not is_servers(name, names):
            continue
        runs = at(status, "state", "running") is not None
        for state in ("lastState", "state"):
            ended = at(status, state, "terminated")
            if isinstance(ended, dict):
                reason, code = at(ended, "reason"), _number(at(ended, "exitCode"))
                when = _date(at(ended, "finishedAt"))
                line = _line(text, path, str(at(ended, "finishedAt")), pod)
                yield from _ending(_full(pod, namespace), reason, code, when, line, restarted=runs)
    if at(item, "status", "reason") == "Evicted":
        line = _line(text, path, "Evicted", pod)
        yield Ending("kubernetes", _full(pod, namespace), "Evicted", (line,), at=None)


def _of_event(item: Any, text: str, path: str) -> Iterator[Ending]:
    """An event about a pod, as ``kubectl get events -o json`` has it."""
    pod = at(item, "involvedObject", "name")
    if at(item, "involvedObject", "kind") != "Pod" or not isinstance(pod, str):
        return
    reason, words = at(item, "reason"), str(at(item, "message") or "")
    stamp = at(item, "lastTimestamp") or at(item, "eventTime") or at(item, "firstTimestamp")
    about = _full(pod, at(item, "involvedObject", "namespace"))
    line = _line(text, path, words or str(reason), pod)
    if reason == "Killing" and _PROBE in words:
        yield Ending("kubernetes", about, "Unhealthy", (line,), at=_date(stamp))
    elif reason == "OOMKilling":
        yield Ending("kubernetes", about, "OOMKilled", (line,), at=_date(stamp))
    elif reason == "BackOff" and "restarting failed container" in words:
        yield Ending("kubernetes", about, "CrashLoopBackOff", (line,), killed=False, at=_date(stamp))


def is_servers(container: str, others: list[str]) -> bool:
    """Whether a container of a pod is the server's: by its name, or as the only one.

    >>> is_servers("redis", ["redis", "exporter"]), is_servers("redis-exporter", ["redis", "redis-exporter"])
    (True, False)
    """
    if len(others) == 1:
        return True
    return SERVER.search(container) is not None and _BESIDE.search(container) is None


def _ending(
    about: str, reason: Any, code: int | None, when: datetime | None, line: Evidence, *, restarted: bool
) -> Iterator[Ending]:
    """One end; none of a process that ended well."""
    if reason == "Completed" or (code == 0 and reason != "OOMKilled"):
        return
    word, killed = of_exit_code(code) if code is not None else (str(reason), reason == "OOMKilled")
    why = reason if isinstance(reason, str) and reason not in ("Error", "") else word
    yield Ending(
        "kubernetes",
        about,
        why,
        (line,),
        code=code,
        killed=killed or why == "OOMKilled",
        at=when,
        restarted=restarted,
    )


def _full(pod: str, namespace: Any) -> str:
    return f"{namespace}/{pod}" if isinstance(namespace, str) and namespace else pod


def _date(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _number(value: Any) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _line(text: str, path: str, words: str, pod: str) -> Evidence:
    """The first line that holds some words, after the pod's name."""
    begin = max(text.find(f'"{pod}"'), text.find(f" {pod}\n"), 0)
    place = text.find(words.split("\n")[0], begin)
    place = text.find(words.split("\n")[0]) if place < 0 else place
    if place < 0:
        return Evidence(path, 1, f"{pod}: {words}")
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    return Evidence(path, text.count("\n", 0, place) + 1, text[start : end if end >= 0 else None].strip())


class _Described:
    """Reads what ``kubectl describe pod`` shows: fields by indentation, one pod after the other."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._pod = ""
        self._namespace: str | None = None
        self._state = ""
        self._restarted = False
        self._reason: str | None = None
        self._code: int | None = None

    def read(self, lines: list[str]) -> Iterator[Ending]:
        """All ends that are told."""
        containers = self._containers(lines)
        container = ""
        for number, line in enumerate(lines, start=1):
            if match := _CONTAINER.match(line):
                container, self._state, self._restarted = match[1], "", False
                continue
            field = _FIELD.match(line)
            if field is None:
                continue
            indent, name, value = len(field[1]), field[2], field[3]
            if indent == 0:
                self._head(name, value)
            elif is_servers(container, containers.get(self._pod, [container])):
                yield from self._field(name, value, number, line)

    @staticmethod
    def _containers(lines: list[str]) -> dict[str, list[str]]:
        """The containers of each pod."""
        found: dict[str, list[str]] = {}
        pod, inside = "", False
        for line in lines:
            if field := _FIELD.match(line):
                if not field[1]:
                    inside = field[2] == "Containers"
                    pod = field[3] if field[2] == "Name" else pod
            elif inside and (match := _CONTAINER.match(line)):
                found.setdefault(pod, []).append(match[1])
        return found

    def _head(self, name: str, value: str) -> None:
        if name == "Name":
            self._pod, self._namespace = value, None
        elif name == "Namespace":
            self._namespace = value

    def _field(self, name: str, value: str, number: int, line: str) -> Iterator[Ending]:
        if name in ("State", "Last State"):
            self._state, self._reason, self._code = value, None, None
            self._restarted = self._restarted or (name == "State" and value == "Running")
        elif name == "Reason" and self._state == "Terminated":
            self._reason = value
        elif name == "Exit Code" and self._state == "Terminated":
            self._code = _number(value)
        elif name == "Finished" and self._state == "Terminated":
            try:
                when = datetime.strptime(value, _DATE)
            except ValueError:
                when = None
            evidence = Evidence(self._path, number, f"{self._pod}: {self._reason}, {line.strip()}")
            yield from _ending(
                _full(self._pod, self._namespace),
                self._reason,
                self._code,
                when,
                evidence,
                restarted=self._restarted,
            )
            self._state = ""
