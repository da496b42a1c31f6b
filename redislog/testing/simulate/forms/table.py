"""Every form of capture by its name."""

from __future__ import annotations

import html
import json

from redislog.testing.simulate.forms.collectors import (
    azure_time,
    boxed,
    cloudwatch_message,
    cri,
    escaped,
    export,
    filebeat,
    filter_events,
    fluent_bit,
    gcp,
    grafana_row,
    grafana_table_row,
    insights_console,
    insights_results,
    journal,
    json_file,
    k9s,
    kubernetes,
    labels,
    logcli,
    query_range,
    search_hits,
    short,
    stern_extjson,
    stern_json,
    stream_name,
    table,
    tag,
    vector,
    verbose,
)
from redislog.testing.simulate.forms.printed import NAMESPACE, UID, Writer, by_pod, each, go_json, sections

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
