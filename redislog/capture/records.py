"""Records with named fields: what is a line, its time and its origin among the names that stores use.

Known: stern's JSON, Docker's json-file, journald, logcli's jsonl and Loki's query_range, Elasticsearch hits,
Filebeat, fluentd, fluent-bit, Vector, CloudWatch (filter events, Insights), Google Cloud Logging, Azure's
ContainerLogV2. A message that is a JSON object itself is read once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from redislog.capture.cri import origin_of_path
from redislog.capture.lines import Captured
from redislog.capture.stores import origin_of_labels, origin_of_text
from redislog.capture.syslog import is_server, level_of, node_of
from redislog.grammar.escapes import as_json
from redislog.grammar.marks import FLAG_OF_ROLE, LEVEL_OF_WORD
from redislog.origin import Origin, origin

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MESSAGE = (
    "log", "message", "MESSAGE", "line", "Line", "textPayload", "LogMessage", "@message", "msg",
    "jsonPayload.message", "jsonPayload.MESSAGE", "event.original", "body",
)  # fmt: skip
_TIME = (
    "time", "timestamp", "@timestamp", "__REALTIME_TIMESTAMP", "TimeGenerated", "TimeGenerated [UTC]", "ts", "tsNs", "date", "Time",
)  # fmt: skip
_POD = (
    "podName", "PodName", "kubernetes.pod_name", "kubernetes.pod.name", "resource.labels.pod_name",
    "labels.pod", "labels.pod_name", "pod", "pod_name", "k8s.pod.name", "kubernetes.podName",
)  # fmt: skip
_CONTAINER = (
    "containerName", "ContainerName", "kubernetes.container_name", "kubernetes.container.name",
    "resource.labels.container_name", "labels.container", "container", "container_name", "k8s.container.name",
)  # fmt: skip
_NAMESPACE = (
    "namespace", "PodNamespace", "kubernetes.namespace_name", "kubernetes.namespace", "kubernetes.pod_namespace",
    "resource.labels.namespace_name", "labels.namespace", "namespace_name",
)  # fmt: skip
_PATH = ("logStreamName", "@logStream", "log.file.path", "filename", "file", "labels.filename", "path", "tag")
_OTHER_TIME = tuple(name for name in _TIME if name != "timestamp")
_OWN = {"pid", "role", "timestamp", "level", "message"}
_PARSED = ("jsonPayload", "log_processed", "parsed", "json", "fields", "labels", "attributes")
"""Where collectors put what they parsed of a line."""
FIELDS = (*MESSAGE, *_TIME, *_POD, *_CONTAINER, *_NAMESPACE, *_PATH)
"""The names of all fields that are looked for."""
_NEST = 3
_PID_DIGITS = 10


def records(value: Any) -> Iterator[Mapping[str, Any]]:
    """The records of a JSON value, in its order: one, a list, or what a store's API answers."""
    match value:
        case list():
            for each in value:
                if isinstance(each, list) and all(
                    isinstance(item, dict) and "field" in item for item in each
                ):
                    yield {item["field"]: item.get("value") for item in each}
                else:
                    yield from records(each)
        case {"data": {"result": list(streams)}} | {"streams": list(streams)}:
            for stream in streams:
                for stamp, line, *_ in stream.get("values", ()):
                    yield {"line": line, "tsNs": stamp, "labels": stream.get("stream", {})}
        case {"hits": {"hits": list(hits)}}:
            for hit in hits:
                yield hit.get("_source", hit)
        case {"events": list(events)} | {"results": list(events)} | {"entries": list(events)}:
            yield from records(events)
        case {"_source": dict(source)}:
            yield source
        case dict():
            yield value


def unwrap_record(record: Mapping[str, Any], depth: int = 0) -> Captured | None:
    """The line of a record, None if it has none."""
    if (own := _own_parts(record)) is not None:
        return Captured(own, "", _origin(record), _time(_first(record, _OTHER_TIME)))
    message = _first(record, MESSAGE)
    if isinstance(message, list):
        message = bytes(byte & 255 for byte in message if isinstance(byte, int)).decode(
            "utf-8", "surrogateescape"
        )
    if isinstance(message, dict):
        import json

        message = json.dumps(message)
    if not isinstance(message, str):
        return None
    part = (
        set(record) <= {"log", "stream", "time", "attrs"} and "log" in record and not message.endswith("\n")
    )
    captured = Captured(
        message.rstrip("\r\n"),
        "",
        _origin(record),
        _time(_first(record, _TIME)),
        part=part and "time" in record,
    )
    if message.startswith("{") and depth < _NEST:
        return _within(captured, message, depth)
    ident = record.get("SYSLOG_IDENTIFIER")
    if isinstance(ident, str) and captured.collected is not None:
        pid = str(record.get("SYSLOG_PID") or record.get("_PID") or "")
        captured.bare = is_server(ident)
        captured.pid = int(pid) if pid.isdecimal() and len(pid) <= _PID_DIGITS else None
        captured.stamp = captured.collected.isoformat()
        captured.level = level_of(record.get("PRIORITY"))
    return captured


def _own_parts(record: Mapping[str, Any]) -> str | None:
    """The line of a record whose keys are a line's own parts: Valkey's logfmt or JSON, parsed by a collector."""
    for place in (record, *(record.get(name) for name in _PARSED)):
        if not isinstance(place, Mapping) or not place.keys() >= _OWN:
            continue
        pid, role, stamp, level, message = (
            place[name] for name in ("pid", "role", "timestamp", "level", "message")
        )
        known = role in FLAG_OF_ROLE and level in LEVEL_OF_WORD
        if known and str(pid).isdecimal() and len(str(pid)) <= _PID_DIGITS and isinstance(message, str):
            return as_json(int(pid), role, str(stamp), level, message)
    return None


def _within(outer: Captured, message: str, depth: int) -> Captured:
    """The record inside a record's message; the time is the outer's where the inner one has none."""
    import json

    try:
        record = json.loads(message)
    except (ValueError, RecursionError):
        return outer
    inner = unwrap_record(record, depth + 1) if isinstance(record, dict) else None
    if inner is None:
        return outer
    inner.origin = inner.origin.over(outer.origin) if inner.origin is not None else outer.origin
    inner.collected = inner.collected or outer.collected
    return inner


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    for name in names:
        if (value := _field(record, name)) not in (None, ""):
            return value
    return None


def _field(record: Any, name: str) -> Any:
    """A field by its dotted name, whether the dots are nesting or part of a name."""
    if not isinstance(record, Mapping):
        return None
    if name in record:
        return record[name]
    head, dot, rest = name.partition(".")
    while dot:
        if head in record and (value := _field(record[head], rest)) is not None:
            return value
        more, dot, rest = rest.partition(".")
        head = f"{head}.{more}"
    return None


def _text(record: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        if isinstance(value := _field(record, name), str) and value:
            return value
    return None


def _origin(record: Mapping[str, Any]) -> Origin | None:
    pod = _text(record, _POD)
    if pod is not None:
        return origin(_text(record, _NAMESPACE), pod, _text(record, _CONTAINER))
    if isinstance(labels := record.get("labels"), dict) and (found := origin_of_labels(labels)):
        return found
    if isinstance(labels, str) and (found := origin_of_text(labels)):
        return found
    path = _text(record, _PATH)
    if path is not None and (found := origin_of_path(path)):
        return found
    host = _text(record, ("_HOSTNAME",))
    if host is not None:
        ident = _text(record, ("SYSLOG_IDENTIFIER", "_COMM")) or "redis"
        return origin(host=node_of(host, ident))
    stream = _text(record, ("logStreamName", "@logStream"))
    return origin(None, stream.rpartition("/")[2]) if stream else None


def _time(value: Any) -> datetime | None:
    """A date of a store: ISO text, or seconds, milliseconds, microseconds or nanoseconds since 1970."""
    try:
        if isinstance(value, float) and value < 1e11:
            return _EPOCH + timedelta(microseconds=round(value * 1e6))
        if isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal()):
            number = int(value)
            scale = next((s for s in (1, 1000, 10**6, 10**9) if number // s < 10**11), 10**9)
            return _EPOCH + timedelta(microseconds=number * 10**6 // scale)
        if isinstance(value, str):
            return _of_text(value.strip())
    except (ValueError, OverflowError):
        pass
    return None


def _of_text(text: str) -> datetime | None:
    if "/" in text:
        text = text.removesuffix(" [UTC]")
        form = "%m/%d/%Y, %I:%M:%S.%f %p" if "." in text else "%m/%d/%Y, %I:%M:%S %p"
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    at = datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith("Z") else text)
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
