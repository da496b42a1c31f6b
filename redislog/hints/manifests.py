"""What ``kubectl get -o json`` and ``-o yaml`` say of pods, Services, Endpoints and EndpointSlices.

YAML is read as far as kubectl writes it: mappings and lists by indentation, one value a line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_ANNOUNCE = re.compile(r"(.+)-announce-(\d+)(?:\..*)?\Z")
_KINDS = ("apiVersion:", "- apiVersion:", "kind:", "items:")
_POD_LABELS = ("statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-name")
_PAIR = re.compile(r"(\"[^\"]*\"|'[^']*'|[^\s:#][^:]*?):(?:\s+(.*))?\Z")
_DEEPEST = 100


def pod_of_service(name: str) -> str | None:
    """The pod that a Service of the redis-ha chart announces."""
    match = _ANNOUNCE.match(name)
    return f"{match[1]}-server-{match[2]}" if match is not None else None


def items_of(text: str) -> list[Any]:
    """The objects of a document of kubectl's, in JSON or YAML; nothing from a text that is no such document."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return []
    elif any(line.startswith(_KINDS) for line in text.split("\n", 6)[:6]):
        value = _Yaml(text).value()
    else:
        return []
    if isinstance(value, dict) and value.keys() & {"kind", "items"}:
        return as_list(value.get("items")) or [value]
    return []


def pod_addresses(text: str) -> Iterator[tuple[str, str]]:
    """The names of pods, each with an address; nothing from a text that is no such document."""
    for item in items_of(text):
        yield from _of_item(item)


def _of_item(item: Any) -> Iterator[tuple[str, str]]:
    name, kind = at(item, "metadata", "name"), at(item, "kind")
    if not isinstance(name, str):
        return
    if kind in ("Pod", None) and isinstance(host := at(item, "status", "podIP"), str):
        yield name, host
    if kind == "Service" and isinstance(host := at(item, "spec", "clusterIP"), str) and host != "None":
        chosen = next((at(item, "spec", "selector", label) for label in _POD_LABELS), None)
        pod = chosen if isinstance(chosen, str) else pod_of_service(name)
        if pod is not None:
            yield pod, host
    for subset in as_list(at(item, "subsets")):
        for address in as_list(at(subset, "addresses")):
            yield from _of_target(address, [at(address, "ip")])
    for endpoint in as_list(at(item, "endpoints")):
        yield from _of_target(endpoint, as_list(at(endpoint, "addresses")))


def _of_target(value: Any, hosts: list[Any]) -> Iterator[tuple[str, str]]:
    pod = at(value, "targetRef", "name")
    if at(value, "targetRef", "kind") == "Pod" and isinstance(pod, str):
        yield from ((pod, host) for host in hosts if isinstance(host, str))


def at(value: Any, *names: str) -> Any:
    """What stands at a path of names, None where nothing does."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def as_list(value: Any) -> list[Any]:
    """A list, empty where the value is none."""
    return value if isinstance(value, list) else []


class _Yaml:
    """Reads a document of mappings and lists by their indentation."""

    def __init__(self, text: str) -> None:
        self._lines = [
            (len(line) - len(line.lstrip()), line.strip())
            for line in text.replace("\r", "").split("\n")
            if line.strip() and not line.lstrip().startswith(("#", "---"))
        ]
        self._next = 0

    def value(self, indent: int = 0, depth: int = 0) -> Any:
        """The mapping or list that begins at an indentation, or deeper."""
        if self._next >= len(self._lines) or depth > _DEEPEST:
            return None
        at, text = self._lines[self._next]
        if at < indent:
            return None
        return self._items(at, depth) if text.startswith("- ") or text == "-" else self._mapping(at, depth)

    def _items(self, at: int, depth: int) -> list[Any]:
        found = []
        while self._next < len(self._lines) and self._lines[self._next][0] == at:
            text = self._lines[self._next][1]
            if not text.startswith("-"):
                break
            inner = text[1:].lstrip()
            if _PAIR.match(inner):
                self._lines[self._next] = (at + len(text) - len(inner), inner)
                found.append(self.value(at + 1, depth + 1))
            else:
                self._next += 1
                found.append(_scalar(inner) if inner else self.value(at + 1, depth + 1))
        return found

    def _mapping(self, at: int, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while self._next < len(self._lines) and self._lines[self._next][0] >= at:
            indent, text = self._lines[self._next]
            match = _PAIR.match(text) if indent == at else None
            if text.startswith("- ") and indent == at:
                break
            self._next += 1
            if match is None:
                continue
            key, word = _scalar(match[1]), match[2]
            if word:
                found[key] = _scalar(word)
            elif self._next < len(self._lines):
                deeper, following = self._lines[self._next]
                if deeper > at or (deeper == at and following.startswith("-")):
                    found[key] = self.value(deeper, depth + 1)
        return found


def _scalar(word: str) -> str:
    return word.strip("\"'")
