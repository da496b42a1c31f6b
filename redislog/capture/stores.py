"""Text outputs of log stores and shippers.

::

    logcli               TIME {LABELS} LINE                       newest first, line trimmed, milliseconds lost
    Grafana, download    EPOCH-MS<TAB>TIME<TAB>LINE               after "Common labels: {...}"
    Grafana, table copy  TIME<TAB>LINE[<TAB>LABELS]                with its header a table (`documents`)
    aws logs tail        TIME STREAM LINE
    fluentd              TIME TAG: {JSON}                         stdout; file: TIME<TAB>TAG<TAB>{JSON}
    fluent-bit           [0] TAG: [EPOCH, {"log"=>"LINE"}]        stdout

A tag or stream that was made of a container's file holds pod, namespace and container.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from redislog.capture.cri import origin_of_path
from redislog.capture.lines import Captured, Form, aware
from redislog.capture.names import CONTAINERS
from redislog.origin import Origin, origin

_ISO = r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)([.,]\d{1,9})? ?(Z|[+-]\d\d:?\d\d)"
_LOGCLI = re.compile(rf"{_ISO} +(\{{[^}}]*\}}) +")
_LABEL = re.compile(r'"?([a-zA-Z_][\w.]*)"?\s*[=:]\s*"((?:[^"\\]|\\.)*)"')
_COMMON = re.compile(r"(?:\S+ \S+ )?Common labels: (\{.*\})\Z")
_GRAFANA = re.compile(rf"(?:\d{{13}}\t{_ISO}|(\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{{1,9}})?))\t")
_LABELS_AFTER = re.compile(r"\t(\{[^{}\t]*\})(?:\t[^\t]*)*\Z")
_TAIL = re.compile(rf"{_ISO} (?!std(?:out|err) )(\S+) (?=\S)")
_FLUENTD = re.compile(rf"{_ISO}(?: |\t)(\S+?)(?:: |\t)(?=\{{)")
_FLUENT_BIT = re.compile(r"\[\d+\] (\S+): \[+(\d{9,10}\.\d{1,9})(?:, \{.*?\}\])?, (\{.*\})\]\Z")
_POD_KEYS = ("pod", "pod_name", "podName", "kubernetes_pod_name", "k8s_pod_name")
_CONTAINER_KEYS = ("container", "container_name", "containerName", "kubernetes_container_name")
_NAMESPACE_KEYS = ("namespace", "namespace_name", "namespaceName", "kubernetes_namespace_name")


def origin_of_labels(labels: dict[str, Any]) -> Origin | None:
    """Namespace, pod and container, by any of the names that stores give them."""

    def first(keys: tuple[str, ...]) -> str | None:
        return next((labels[key] for key in keys if isinstance(labels.get(key), str)), None)

    pod = first(_POD_KEYS)
    if pod is None and isinstance(instance := labels.get("instance"), str):
        namespace, _, rest = instance.partition("/")
        pod, _, container = rest.partition(":")
        return origin(namespace, pod, container) if container else None
    return origin(first(_NAMESPACE_KEYS), pod, first(_CONTAINER_KEYS)) if pod else None


def origin_of_text(labels: str) -> Origin | None:
    """The names among labels that are printed as JSON, or as LogQL writes them."""
    return origin_of_labels(dict(_LABEL.findall(labels)))


def common_labels(text: str) -> Origin | None:
    """What all lines of an export share, as logcli and Grafana say at its head."""
    match = _COMMON.match(text)
    if match is None:
        return None
    labels = dict(_LABEL.findall(match[1]))
    return origin_of_labels(labels) or origin(labels.get("namespace"))


def unwrap_logcli(text: str) -> Captured | None:
    """The line behind logcli's time and labels."""
    match = _LOGCLI.match(text)
    if match is None:
        return None
    stamp, fraction, zone, labels = match.groups()
    return Captured(
        text[match.end() :],
        text[: match.end()],
        origin_of_labels(dict(_LABEL.findall(labels))),
        aware(stamp, fraction, zone),
    )


def unwrap_grafana(text: str) -> Captured | None:
    """The line of Grafana's text download, or of a copied table."""
    match = _GRAFANA.match(text)
    if match is None:
        return None
    stamp, fraction, zone, _ = match.groups()
    line, where = text[match.end() :], None
    if labels := _LABELS_AFTER.search(line):
        where = origin_of_text(labels[1])
        line = line[: labels.start()] if where is not None else line
    return Captured(line, text[: match.end()], where, aware(stamp, fraction, zone) if stamp else None)


def unwrap_tail(text: str) -> Captured | None:
    """The line behind the time and the stream of ``aws logs tail``; a container's name alone is of k9s."""
    match = _TAIL.match(text)
    if match is None or match[4] in CONTAINERS:
        return None
    stamp, fraction, zone, stream = match.groups()
    where = origin_of_path(stream) or origin(None, stream.rpartition("/")[2])
    return Captured(text[match.end() :], text[: match.end()], where, aware(stamp, fraction, zone))


def _of_a_container(captured: Captured) -> bool:
    where = captured.origin
    return where is not None and (where.container is not None or captured.text.startswith("{"))


def unwrap_fluentd(text: str) -> Captured | None:
    """The JSON record behind fluentd's time and tag."""
    match = _FLUENTD.match(text)
    if match is None:
        return None
    stamp, fraction, zone, tag = match.groups()
    return Captured(
        text[match.end() :], text[: match.end()], origin_of_path(tag), aware(stamp, fraction, zone)
    )


def unwrap_fluent_bit(text: str) -> Captured | None:
    """The record of fluent-bit's stdout, whose hash becomes JSON."""
    import json

    match = _FLUENT_BIT.match(text)
    if match is None:
        return None
    tag, epoch, record = match.groups()
    fixed = re.sub(r'("(?:[^"\\]|\\.)*")=>', r"\1:", record)
    try:
        json.loads(fixed)
    except ValueError:
        return None
    whole, _, fraction = epoch.partition(".")
    at = datetime.fromtimestamp(int(whole), UTC) + timedelta(microseconds=int(fraction[:6].ljust(6, "0")))
    return Captured(fixed, text[: match.start(3)], origin_of_path(tag), at)


LOGCLI = Form(
    "logcli", "TIME {LABELS} LINE", "milliseconds, indents, labels not shown; newest first", unwrap_logcli
)
GRAFANA = Form("grafana", "[EPOCH-MS<TAB>]TIME<TAB>LINE", "pod names that differ", unwrap_grafana)
TAIL = Form("aws-tail", "TIME STREAM LINE", "nothing", unwrap_tail, _of_a_container)
FLUENTD = Form("fluentd", "TIME TAG: {JSON}", "nothing", unwrap_fluentd)
FLUENT_BIT = Form("fluent-bit", '[N] TAG: [EPOCH, {"log"=>"LINE"}]', "nothing", unwrap_fluent_bit)
