"""What each collector, store and way of pasting makes of lines, as its documentation lays it out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from redislog.testing.simulate.forms.printed import (
    ID,
    NAMESPACE,
    UID,
    Lines,
    Printed,
    Writer,
    by_pod,
    each,
    go_json,
)


def stern_json(line: Printed) -> str:
    """Stern -o json."""
    return go_json(
        {
            "message": line.text,
            "nodeName": "aks-agentpool-57942878-vmss000003",
            "namespace": NAMESPACE,
            "podName": line.pod,
            "containerName": line.container,
        }
    )


def stern_extjson(line: Printed) -> str:
    """Stern -o extjson: the message is a string of its own."""
    return (
        f'{{"pod": "{line.pod}", "container": "{line.container}", "namespace": "{NAMESPACE}", '
        f'"message": {go_json(line.text)}}}'
    )


def cri(line: Printed, limit: int = 10**9) -> str:
    """A file of containerd or CRI-O; long lines in parts."""
    parts = [line.text[start : start + limit] for start in range(0, max(len(line.text), 1), limit)]
    marks = ["P"] * (len(parts) - 1) + ["F"]
    return "\n".join(f"{line.rfc3339} stdout {mark} {part}" for mark, part in zip(marks, parts, strict=True))


def trimmed(line: Printed) -> str:
    """A time with the zeros at its end left out, as Docker writes it."""
    return line.rfc3339[:-1].rstrip("0").rstrip(".") + "Z"


def json_file(line: Printed, limit: int = 16 * 1024) -> str:
    """Docker's json-file; long lines in parts."""
    whole = line.text + "\n"
    parts = [whole[start : start + limit] for start in range(0, len(whole), limit)]
    return "\n".join(go_json({"log": part, "stream": "stdout", "time": trimmed(line)}) for part in parts)


def kubernetes(line: Printed) -> dict[str, str]:
    """What fluentd's and fluent-bit's filter adds."""
    return {
        "pod_name": line.pod,
        "namespace_name": NAMESPACE,
        "container_name": line.container,
        "host": "aks-agentpool-57942878-vmss000003",
    }


def tag(line: Printed) -> str:
    """Fluentd's tag, made of the path of the container's file."""
    return f"kubernetes.var.log.containers.{line.pod}_{NAMESPACE}_{line.container}-{ID}.log"


def fluent_bit(line: Printed) -> str:
    """fluent-bit's stdout: Ruby's way to write a hash."""
    epoch = f"{line.nanoseconds // 10**9}.{line.nanoseconds % 10**9:09}"
    fields = f'"log"=>{json.dumps(line.text, ensure_ascii=False)}, "stream"=>"stdout"'
    return f"[0] {tag(line).replace('kubernetes', 'kube', 1)}: [{epoch}, {{{fields}}}]"


def filebeat(line: Printed) -> dict[str, Any]:
    """A document of Filebeat."""
    return {
        "@timestamp": f"{line.at:%Y-%m-%dT%H:%M:%S}.{line.at.microsecond // 1000:03}Z",
        "message": line.text,
        "stream": "stdout",
        "kubernetes": {
            "namespace": NAMESPACE,
            "pod": {"name": line.pod, "uid": UID},
            "container": {"name": line.container},
        },
    }


def search_hits(lines: Lines) -> str:
    """Elasticsearch's answer to _search."""
    hits = [
        {"_index": ".ds-filebeat", "_id": str(n), "_source": filebeat(line)} for n, line in enumerate(lines)
    ]
    return json.dumps({"took": 3, "hits": {"total": {"value": len(hits)}, "hits": hits}}, indent=2) + "\n"


def labels(line: Printed) -> dict[str, str]:
    """Loki's labels."""
    return {"container": line.container, "namespace": NAMESPACE, "pod": line.pod}


def logcli(lines: Lines) -> str:
    """Logcli query: newest first, trimmed, to the second."""
    return f'Common labels: {{namespace="{NAMESPACE}"}}\n' + "".join(
        f'{line.at:%Y-%m-%dT%H:%M:%SZ} {{container="{line.container}", pod="{line.pod}"}} {line.text.strip()}\n'
        for line in reversed(lines)
    )


def query_range(lines: Lines) -> str:
    """Loki's answer to query_range: newest first in each stream."""
    result = [
        {
            "stream": labels(group[0]),
            "values": [[str(line.nanoseconds), line.text] for line in reversed(group)],
        }
        for _, group in by_pod(lines)
    ]
    return json.dumps({"status": "success", "data": {"resultType": "streams", "result": result}}) + "\n"


def grafana_row(line: Printed) -> str:
    """What Grafana's text download puts before a line."""
    return f"{line.milliseconds}\t{line.at:%Y-%m-%dT%H:%M:%S}.{line.milliseconds % 1000:03}Z"


def grafana_table_row(line: Printed) -> str:
    """A row copied from Grafana's table: nothing is quoted."""
    at = f"{line.at:%Y-%m-%d %H:%M:%S}.{line.milliseconds % 1000:03}"
    return f"{at}\t{line.text}\t{json.dumps(labels(line), separators=(',', ':'))}"


def cloudwatch_message(line: Printed) -> str:
    """What fluent-bit sends to CloudWatch: JSON in a string."""
    return json.dumps({"log": line.text, "stream": "stdout", "kubernetes": kubernetes(line)})


def stream_name(line: Printed) -> str:
    """A log stream of fluent-bit's."""
    return f"from-fluent-bit-{tag(line).replace('kubernetes', 'kube', 1)}"


def filter_events(lines: Lines) -> str:
    """Aws logs filter-log-events."""
    events = [
        {
            "logStreamName": stream_name(line),
            "timestamp": line.milliseconds,
            "message": cloudwatch_message(line),
            "ingestionTime": line.milliseconds + 900,
        }
        for line in lines
    ]
    return json.dumps({"events": events, "searchedLogStreams": []}, indent=4) + "\n"


def insights_row(line: Printed) -> dict[str, str]:
    """A row of CloudWatch Logs Insights."""
    return {
        "@timestamp": f"{line.at:%Y-%m-%d %H:%M:%S}.{line.milliseconds % 1000:03}",
        "@message": cloudwatch_message(line),
        "@logStream": stream_name(line),
    }


def insights_console(lines: Lines) -> str:
    """The console's download as JSON, newest first: a message that is JSON is an object there."""
    rows = [{**insights_row(line), "@message": json.loads(cloudwatch_message(line))} for line in lines]
    return json.dumps(rows[::-1], separators=(",", ":")) + "\n"


def insights_results(lines: Lines) -> str:
    """Aws logs get-query-results: newest first, each row a list of fields."""
    rows = [
        [{"field": name, "value": value} for name, value in insights_row(line).items()]
        + [{"field": "@ptr", "value": "CmEKJgoiMTIz"}]
        for line in reversed(lines)
    ]
    return json.dumps({"results": rows, "statistics": {}, "status": "Complete"}, indent=4) + "\n"


def table(
    columns: Sequence[str], row: Callable[[Printed], Sequence[str]], *, newest_first: bool = False
) -> Writer:
    """A CSV file."""

    def write(lines: Lines) -> str:
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(columns)
        rows.writerows(row(line) for line in (reversed(lines) if newest_first else lines))
        return text.getvalue()

    return write


def azure_time(line: Printed) -> str:
    """A time of the Azure portal in English (US)."""
    return f"{line.at.month}/{line.at.day}/{line.at.year}, {line.at:%I:%M:%S}.{line.at.microsecond // 1000:03} {line.at:%p}".replace(
        ", 0", ", "
    )


def gcp(lines: Lines) -> str:
    """Gcloud logging read --format=json: newest first."""
    entries = [
        {
            "insertId": f"{n}abc",
            "labels": {"k8s-pod/app": "redis-ha"},
            "logName": "projects/p/logs/stdout",
            "receiveTimestamp": line.rfc3339,
            "resource": {
                "labels": {
                    "container_name": line.container,
                    "namespace_name": NAMESPACE,
                    "pod_name": line.pod,
                },
                "type": "k8s_container",
            },
            "severity": "INFO",
            "textPayload": line.text,
            "timestamp": line.rfc3339,
        }
        for n, line in enumerate(lines)
    ]
    return json.dumps(entries[::-1], indent=2) + "\n"


def vector(line: Printed) -> str:
    """Vector's console sink for the source kubernetes_logs."""
    names = {"pod_name": line.pod, "pod_namespace": NAMESPACE, "container_name": line.container}
    return json.dumps(
        {"kubernetes": names, "message": line.text, "stream": "stdout", "timestamp": line.rfc3339}
    )


def journal(line: Printed) -> dict[str, str]:
    """The fields that journald keeps of a service's line; each server is a host of its own."""
    return {
        "__CURSOR": f"s=9a;i={line.nanoseconds:x}",
        "__REALTIME_TIMESTAMP": str(line.nanoseconds // 1000),
        "_HOSTNAME": line.pod,
        "_SYSTEMD_UNIT": "redis-server.service",
        "SYSLOG_IDENTIFIER": "redis-server",
        "_PID": "700",
        "PRIORITY": "6",
        "MESSAGE": line.text,
    }


def export(line: Printed) -> str:
    """Journalctl -o export: an empty line after each."""
    return "".join(f"{name}={value}\n" for name, value in journal(line).items())


def verbose(line: Printed) -> str:
    """Journalctl -o verbose."""
    fields = {name: value for name, value in journal(line).items() if not name.startswith("__")}
    head = f"{line.at:%a %Y-%m-%d %H:%M:%S}.{line.at.microsecond:06} UTC [s=9a;i=1f;b=2c;m=3;t=4;x=5]"
    return "\n".join((head, *(f"    {name}={value}" for name, value in fields.items())))


def short(stamp: Callable[[datetime], str], ident: str = "redis-server[700]") -> Writer:
    """One of journalctl's short outputs."""
    return each(lambda line: f"{stamp(line.at)} {line.pod} {ident}: {line.text}")


def boxed(line: Printed) -> str:
    """A line of a copied k9s screen that is wide enough."""
    return f"│ {line.pod} {line.container} {line.text}".ljust(240) + "│"


def k9s(write: Callable[[Printed], str]) -> Writer:
    """A save of k9s: a mark where the user set one, and what it says at a stream's end."""

    def written(lines: Lines) -> str:
        rows = [f"{write(line)}\n" for line in lines]
        rows.insert(len(rows) // 2, "\n" + "-" * 116 + "\n")
        return "".join(rows) + "\n🏁 Stream exited! No more logs...\n"

    return written


def escaped(text: str) -> str:
    """A text pasted as markdown that escapes itself."""
    return "".join(f"\\{sign}" if sign in "*_#" else sign for sign in text)
