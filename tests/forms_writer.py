"""Puts lines into the forms of capture, as each tool's documentation lays them out.

This knows nothing of the reader, so that the two check each other.
"""

from __future__ import annotations

import csv
import html
import io
import json
import textwrap
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

import attrs

NAMESPACE = "argocd"
UID = "7f0b7a3c-2d4e-4b1a-9a55-0d6c3a1f9e11"
ID = "0f" * 32


@attrs.frozen
class Printed:
    """A line as a container printed it, and when the runtime read it."""

    pod: str
    container: str
    text: str
    at: datetime

    @property
    def nanoseconds(self) -> int:
        """The time since 1970."""
        since = self.at - datetime(1970, 1, 1, tzinfo=UTC)
        return (since.days * 86400 + since.seconds) * 10**9 + since.microseconds * 1000 + 319

    @property
    def rfc3339(self) -> str:
        """The time with nine digits."""
        return f"{self.at:%Y-%m-%dT%H:%M:%S}.{self.nanoseconds % 10**9:09}Z"

    @property
    def milliseconds(self) -> int:
        """The time since 1970, in milliseconds."""
        return self.nanoseconds // 10**6


Lines = Sequence[Printed]
Writer = Callable[[Lines], str]


def each(write: Callable[[Printed], str], head: str = "", tail: str = "") -> Writer:
    """A form that has one line for each."""
    return lambda lines: head + "".join(f"{write(line)}\n" for line in lines) + tail


def by_pod(lines: Lines) -> list[tuple[tuple[str, str], list[Printed]]]:
    """The lines of each container together."""
    ordered = sorted(lines, key=lambda line: (line.pod, line.container))
    return [
        (key, list(group)) for key, group in groupby(ordered, key=lambda line: (line.pod, line.container))
    ]


def sections(
    head: Callable[[str, str], str], body: Callable[[Printed], str] = lambda line: line.text
) -> Writer:
    """One container after another, each below a heading."""
    return lambda lines: "".join(
        f"{head(*names)}\n" + "".join(f"{body(line)}\n" for line in group) for names, group in by_pod(lines)
    )


def go_json(value: Any) -> str:
    """JSON as Go writes it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def stern_json(line: Printed) -> str:
    """stern -o json."""
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
    """stern -o extjson: the message is a string of its own."""
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
    """fluentd's tag, made of the path of the container's file."""
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
    """logcli query: newest first, trimmed, to the second."""
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
    """aws logs filter-log-events."""
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
    """aws logs get-query-results: newest first, each row a list of fields."""
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
    """gcloud logging read --format=json: newest first."""
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
    """journalctl -o export: an empty line after each."""
    return "".join(f"{name}={value}\n" for name, value in journal(line).items())


def verbose(line: Printed) -> str:
    """journalctl -o verbose."""
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


FORMS: dict[str, Writer] = {
    "kubectl-prefix": each(lambda line: f"[pod/{line.pod}/{line.container}] {line.text}"),
    "kubectl-prefix-timestamps": each(lambda line: f"[pod/{line.pod}/{line.container}] {line.rfc3339} {line.text}"),
    "kubectl-command-sections": sections(lambda pod, container: f"$ kubectl logs -n argocd {pod} -c {container}"),
    "kubectl-command-timestamps": sections(
        lambda pod, container: f"user@host:~$ kubectl logs --timestamps {pod} {container}",
        lambda line: f"{line.rfc3339} {line.text}",
    ),
    "headings": sections(lambda pod, container: f"=== {pod} {container} ==="),
    "tail-headings": sections(lambda pod, container: f"\n==> /tmp/logs/{pod}.{container}.log <=="),
    "stern": each(lambda line: f"{line.pod} {line.container} {line.text}"),
    "stern-all-namespaces": each(lambda line: f"{NAMESPACE} {line.pod} {line.container} {line.text}"),
    "stern-timestamps": each(lambda line: f"{line.pod} {line.container} {line.rfc3339} {line.text}"),
    "stern-timestamps-short": each(lambda line: f"{line.pod} {line.container} {line.at:%m-%d %H:%M:%S} {line.text}"),
    "stern-json": each(stern_json),
    "stern-extjson": each(stern_extjson),
    "stern-colours": each(lambda line: f"\x1b[36m{line.pod}\x1b[0m \x1b[96m{line.container}\x1b[0m {line.text}"),
    "kubetail": each(lambda line: f"[{line.pod} {line.container}] {line.text} ", "Will tail 3 logs...\n"),
    "kubetail-colours": each(
        lambda line: f"\x1b[31m[{line.pod} {line.container}]\x1b(B\x1b[m {line.text} ", "Will tail 3 logs...\n"
    ),
    "k9s": k9s(lambda line: f"{line.rfc3339} {line.pod} {line.container} {line.text}"),
    "k9s-no-time": k9s(lambda line: f"{line.pod} {line.container} {line.text}"),
    "k9s-one-pod": sections(
        lambda pod, container: f"=== {pod} ===", lambda line: f"{line.rfc3339} {line.container} {line.text}"
    ),
    "k9s-screen": each(boxed),
    "compose": each(lambda line: f"{line.pod:<25} | {line.text}"),
    "compose-v1": each(lambda line: f"{line.pod}    | {line.text}", "Attaching to redis\n"),
    "docker-json-file-headings": sections(
        lambda pod, container: f"==> {pod}.{container}.log <==", json_file
    ),
    "cri-headings": sections(
        lambda pod, container: f"==> /var/log/pods/{NAMESPACE}_{pod}_{UID}/{container}/0.log <==", cri
    ),
    "cri-parts": sections(
        lambda pod, container: f"==> /var/log/pods/{NAMESPACE}_{pod}_{UID}/{container}/0.log <==",
        lambda line: cri(line, 50),
    ),
    "journald-short": short(lambda at: f"{at:%b} {at.day:2} {at:%H:%M:%S}"),
    "journald-short-precise": short(lambda at: f"{at:%b} {at.day:2} {at:%H:%M:%S.%f}"),
    "journald-short-iso": short(lambda at: f"{at:%Y-%m-%dT%H:%M:%S}+0000"),
    "journald-short-iso-precise": short(lambda at: f"{at:%Y-%m-%dT%H:%M:%S.%f}+0000"),
    "journald-short-full": short(lambda at: f"{at:%a %Y-%m-%d %H:%M:%S} UTC"),
    "journald-short-unix": short(lambda at: f"{at.timestamp():.6f}"),
    "journald-short-monotonic": short(lambda at: f"[{at.timestamp() % 10**6:12.6f}]"),
    "journald-with-unit": short(lambda at: f"{at:%a %Y-%m-%d %H:%M:%S} UTC", "redis-server.service[700]"),
    "journald-json": each(lambda line: json.dumps(journal(line))),
    "journald-json-pretty": each(lambda line: json.dumps(journal(line), indent="\t")),
    "journald-export": each(export),
    "journald-verbose": each(verbose),
    "syslog-rfc3164": short(lambda at: f"<30>{at:%b} {at.day:2} {at:%H:%M:%S}"),
    "syslog-rfc3339": short(lambda at: f"{at:%Y-%m-%dT%H:%M:%S.%f}+00:00"),
    "syslog-rfc5424": each(
        lambda line: f"<30>1 {line.at:%Y-%m-%dT%H:%M:%S.%f}Z {line.pod} redis-server 700 - - {line.text}"
    ),
    "logcli": logcli,
    "logcli-jsonl": lambda lines: "".join(
        go_json({"labels": labels(line), "line": line.text, "timestamp": line.rfc3339}) + "\n"
        for line in reversed(lines)
    ),
    "loki-query-range": query_range,
    "grafana-download": sections(
        lambda pod, container: f'Common labels: {{"pod":"{pod}","container":"{container}"}}\nLine limit: "1000"\n\n',
        lambda line: f"{grafana_row(line)}\t{line.text}",
    ),
    "grafana-download-all": lambda lines: 'Common labels: {"namespace":"argocd"}\nLine limit: "1000"\n\n\n'
    + "".join(f"{grafana_row(line)}\t{line.text}\n" for line in reversed(lines)),
    "grafana-table": each(grafana_table_row, "Time\tLine\tlabels\n"),
    "grafana-table-rows": each(grafana_table_row),
    "filebeat": each(lambda line: json.dumps(filebeat(line))),
    "elasticsearch-hits": search_hits,
    "fluentd": each(
        lambda line: f"{line.at:%Y-%m-%d %H:%M:%S}.{line.nanoseconds % 10**9:09} +0000 {tag(line)}: "
        + json.dumps({"log": line.text + "\n", "stream": "stdout", "kubernetes": kubernetes(line)})
    ),
    "fluent-bit-stdout": each(fluent_bit),
    "fluent-bit-json": each(
        lambda line: json.dumps({"date": line.nanoseconds / 10**9, "log": line.text, "kubernetes": kubernetes(line)})
    ),
    "vector": each(vector),
    "cloudwatch-tail": each(
        lambda line: f"{line.at:%Y-%m-%dT%H:%M:%S.%f}+00:00 {stream_name(line)} {cloudwatch_message(line)}"
    ),
    "cloudwatch-filter-events": filter_events,
    "cloudwatch-insights-csv": table(
        ("@timestamp", "@message", "@logStream"),
        lambda line: (
            f"{line.at:%Y-%m-%d %H:%M:%S}.{line.milliseconds % 1000:03}", cloudwatch_message(line), stream_name(line)
        ),
        newest_first=True,
    ),
    "cloudwatch-insights-json": insights_console,
    "cloudwatch-insights-results": insights_results,
    "gcp-json": gcp,
    "azure-csv": table(
        ("TimeGenerated [UTC]", "PodNamespace", "PodName", "ContainerName", "LogMessage", "LogSource"),
        lambda line: (azure_time(line), NAMESPACE, line.pod, line.container, line.text, "stdout"),
    ),
    "grep": each(lambda line: f"{line.pod}.{line.container}.log:12:{line.text}"),
    "paste-fenced": lambda lines: "".join(
        f"`{pod}`:\n\n# {pod}/{container}\n\n```\n" + "".join(f"{line.text}\n" for line in group) + "```\n"
        for (pod, container), group in by_pod(lines)
    ),
    "paste-quoted": sections(
        lambda pod, container: f"--- {pod} {container} ---", lambda line: f"> {line.text}"
    ),
    "paste-indented": sections(
        lambda pod, container: f"## pod {pod}/{container}", lambda line: f"    {line.text}"
    ),
    "paste-html": sections(
        lambda pod, container: f"=== {pod} {container} ===", lambda line: html.escape(line.text)
    ),
    "paste-markdown-escaped": sections(
        lambda pod, container: f"=== {pod} {container} ===", lambda line: escaped(line.text)
    ),
    "unknown-constant-prefix": sections(
        lambda pod, container: f"=== {pod} {container} ===", lambda line: f"myhost app/redis :: {line.text}"
    ),
    "unknown-changing-prefix": sections(
        lambda pod, container: f"=== {pod} {container} ===",
        lambda line: f"({line.nanoseconds}) [worker#{line.milliseconds % 7}] --> {line.text}",
    ),
}  # fmt: skip
"""Every form by its name; each keeps which server printed a line."""


def in_lines(text: str, newline: str = "\n", encoding: str = "utf-8") -> bytes:
    """A form as a file of another system."""
    return text.replace("\n", newline).encode(encoding)


def wrapped(lines: Iterable[str], width: int) -> str:
    """Lines as a terminal of a width shows them."""
    return "".join(
        f"{piece}\n"
        for line in lines
        for piece in ([line[n : n + width] for n in range(0, len(line), width)] or [""])
    )


def quoted(text: str) -> str:
    """A text as mail quotes it."""
    return textwrap.indent(text, "> ", lambda _: True)


def read_after(line_at: datetime, microseconds: int) -> datetime:
    """When a runtime read a line that was printed at a time."""
    return line_at + timedelta(microseconds=microseconds)
