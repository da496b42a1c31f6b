"""Makes the samples of ``fixtures/forms`` from the logs in ``bare``: with the real tool where one can run.

``python -m tests.forms_make`` from the top of the repository. kubectl and kubetail read from a small HTTP
server here that answers as the Kubernetes API does; journalctl reads what systemd-journal-remote was given;
rsyslogd gets its lines over a socket. Samples of a tool that cannot run here are written by its documented
layout (``redislog/testing/simulate/forms``); ``SOURCES.tsv`` says which is which.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from redislog.testing.simulate.forms import FORMS, Printed
from redislog.testing.simulate.forms.printed import UID

HERE = Path(__file__).parent.parent / "fixtures" / "forms"
SAMPLES = HERE / "samples"
POD = re.compile(r"(?P<pod>.+?)(?:\.(?P<container>config-init|sentinel|split-brain-fix|haproxy))?\.log\Z")
STAMP = re.compile(
    r"(?:\d+:[MSCX] )(\d\d \w{3} \d{4} \d\d:\d\d:\d\d\.\d{3})|\w{3} (\w{3} [ \d]\d \d\d:\d\d:\d\d) UTC (\d{4})"
)
START = datetime(2023, 5, 29, 7, 47, 40, tzinfo=UTC)


def when(text: str, before: datetime) -> datetime:
    """When the runtime read a line: shortly after its own stamp, or after the line before it."""
    match = STAMP.search(text)
    if match is None:
        return before + timedelta(microseconds=137)
    form, words = (
        ("%d %b %Y %H:%M:%S.%f", match[1]) if match[1] else ("%b %d %H:%M:%S %Y", f"{match[2]} {match[3]}")
    )
    return datetime.strptime(words, form).replace(tzinfo=UTC) + timedelta(microseconds=4321)


def deployment() -> list[Printed]:
    """Every line of the deployment, in the order of time."""
    lines = []
    for path in sorted((HERE / "bare").glob("*.log")):
        match = POD.match(path.name)
        assert match is not None
        at = START
        for text in path.read_text(encoding="utf-8").splitlines():
            at = when(text, at)
            lines.append(Printed(match["pod"], match["container"] or "redis", text, at))
    return sorted(lines, key=lambda line: line.at)


def servers(lines: Iterable[Printed]) -> list[Printed]:
    """The lines of the redis containers."""
    return [line for line in lines if line.container == "redis"]


class Api(BaseHTTPRequestHandler):
    """Answers kubectl: pods, and their logs with the options that it asks for."""

    lines: Sequence[Printed] = ()

    def log_message(self, *_: object) -> None:
        """Keep silent."""

    def do_GET(self) -> None:
        """One request."""
        url = urlsplit(self.path)
        options = {name: values[-1] for name, values in parse_qs(url.query).items()}
        parts = url.path.strip("/").split("/")
        if parts[-1] == "log":
            self._log(parts[-2], options)
        elif parts == ["api"]:
            self._json({"kind": "APIVersions", "versions": ["v1"]})
        elif parts == ["apis"]:
            self._json({"kind": "APIGroupList", "apiVersion": "v1", "groups": []})
        elif parts == ["api", "v1"]:
            pods = {
                "name": "pods",
                "singularName": "pod",
                "namespaced": True,
                "kind": "Pod",
                "verbs": ["get", "list"],
                "shortNames": ["po"],
            }
            logs = {
                "name": "pods/log",
                "singularName": "",
                "namespaced": True,
                "kind": "Pod",
                "verbs": ["get"],
            }
            self._json({"kind": "APIResourceList", "groupVersion": "v1", "resources": [pods, logs]})
        elif parts[-1] == "pods":
            if "as=Table" in self.headers.get("Accept", ""):
                self._table()
            else:
                self._json(
                    {
                        "kind": "PodList",
                        "apiVersion": "v1",
                        "metadata": {},
                        "items": [self._pod(p) for p in self._pods()],
                    }
                )
        elif parts[-2:-1] == ["pods"] and parts[-1] in self._pods():
            self._json(self._pod(parts[-1]))
        else:
            self._json(
                {
                    "kind": "Status",
                    "status": "Failure",
                    "reason": "NotFound",
                    "code": 404,
                    "message": f'pods "{parts[-1]}" not found',
                    "details": {"name": parts[-1], "kind": "pods"},
                },
                404,
            )

    def _pods(self) -> list[str]:
        return sorted({line.pod for line in self.lines})

    def _pod(self, name: str) -> dict[str, object]:
        names = sorted({line.container for line in self.lines if line.pod == name})
        init = [{"name": each, "image": "redis:7.0.11"} for each in names if each == "config-init"]
        return {
            "kind": "Pod",
            "apiVersion": "v1",
            "metadata": {"name": name, "namespace": "argocd", "labels": {"app": "redis-ha"}},
            "spec": {
                "initContainers": init,
                "containers": [
                    {"name": each, "image": "redis:7.0.11"} for each in names if each != "config-init"
                ],
            },
            "status": {"phase": "Running"},
        }

    def _table(self) -> None:
        columns = [
            {"name": name, "type": "string", "format": "", "description": "", "priority": 0}
            for name in ("Name", "Ready", "Status", "Restarts", "Age")
        ]
        rows = [
            {
                "cells": [name, "3/3", "Running", "0", "31m"],
                "object": {"kind": "PartialObjectMetadata", "metadata": {"name": name}},
            }
            for name in self._pods()
        ]
        self._json(
            {"kind": "Table", "apiVersion": "meta.k8s.io/v1", "columnDefinitions": columns, "rows": rows}
        )

    def _log(self, pod: str, options: dict[str, str]) -> None:
        if options.get("previous") == "true":
            message = f'previous terminated container "{options.get("container")}" in pod "{pod}" not found'
            self._json(
                {
                    "kind": "Status",
                    "status": "Failure",
                    "reason": "BadRequest",
                    "code": 400,
                    "message": message,
                },
                400,
            )
            return
        lines = [
            line
            for line in self.lines
            if line.pod == pod and line.container == options.get("container", "redis")
        ]
        if "tailLines" in options and int(options["tailLines"]) >= 0:
            lines = lines[-int(options["tailLines"]) :]
        stamps = options.get("timestamps") == "true"
        text = "".join(f"{line.rfc3339} {line.text}\n" if stamps else f"{line.text}\n" for line in lines)
        data = text.encode()
        if "limitBytes" in options:
            data = data[: int(options["limitBytes"])]
        self._send(data, "text/plain", 200)

    def _json(self, value: object, code: int = 200) -> None:
        self._send(json.dumps(value).encode(), "application/json", code)

    def _send(self, data: bytes, kind: str, code: int) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


BARE = re.compile(r"(\d+):[MSCX] .{24} ([.*#-]) (.*)\Z")
PRIORITY = {".": 135, "-": 134, "*": 133, "#": 132}
"""local0, with the severity that a server gives to each of its levels."""
KUBECTL = {
    "kubectl": ["{pod}", "-c", "redis"],
    "kubectl-timestamps": ["{pod}", "-c", "redis", "--timestamps"],
    "kubectl-defaulted": ["{pod}"],
    "kubectl-prefix": ["-l", "app=redis-ha", "-c", "redis", "--prefix", "--tail=-1"],
    "kubectl-prefix-timestamps": ["-l", "app=redis-ha", "--all-containers", "--prefix", "--timestamps", "--tail=-1"],
    "kubectl-all-containers": ["argocd-redis-ha-server-0", "--all-containers"],
    "kubectl-all-containers-prefix": ["argocd-redis-ha-server-0", "--all-containers", "--prefix"],
    "kubectl-selector": ["-l", "app=redis-ha", "-c", "redis", "--tail=-1"],
    "kubectl-selector-tail": ["-l", "app=redis-ha", "-c", "redis"],
    "kubectl-follow-prefix": ["-f", "-l", "app=redis-ha", "-c", "redis", "--prefix", "--tail=-1"],
    "kubectl-tail": ["argocd-redis-ha-server-0", "-c", "redis", "--tail=10"],
    "kubectl-limit-bytes": ["argocd-redis-ha-server-0", "-c", "redis", "--limit-bytes=1000"],
    "kubectl-previous": ["argocd-redis-ha-server-0", "-c", "redis", "--previous"],
}  # fmt: skip


def kubectl(lines: list[Printed]) -> dict[str, bytes]:
    """What kubectl and kubetail print."""
    redis_only = [line for line in lines if "haproxy" not in line.pod]
    handler = type("Handler", (Api,), {"lines": redis_only})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config"
        config.write_text(
            "apiVersion: v1\nkind: Config\ncurrent-context: x\n"
            "contexts: [{name: x, context: {cluster: x, user: x, namespace: argocd}}]\n"
            f"clusters: [{{name: x, cluster: {{server: 'http://127.0.0.1:{server.server_port}'}}}}]\n"
            "users: [{name: x, user: {}}]\n"
        )
        settings = Path(folder) / "bash"
        settings.write_text("shopt -u patsub_replacement\n")  # kubetail 1.6 relies on bash before 5.2
        environment = {
            **os.environ, "KUBECONFIG": str(config), "HOME": folder, "TERM": "xterm", "BASH_ENV": str(settings)
        }  # fmt: skip
        pods = sorted({line.pod for line in redis_only})
        for name, arguments in KUBECTL.items():
            each = pods if "{pod}" in arguments else [""]
            for pod in each:
                words = ["kubectl", "logs", *(word.replace("{pod}", pod) for word in arguments)]
                done = subprocess.run(
                    words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=30
                )
                found[f"{name}/{pod}.log" if pod else f"{name}.log"] = done.stdout
        for name, options in {
            "kubetail": ["-c", "redis"],
            "kubetail-no-colour": ["-c", "redis", "-k", "false"],
        }.items():
            words = ["kubetail", "argocd-redis-ha-server", "-f", "false", "-s", "9999h", *options]
            process = subprocess.Popen(
                words,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                out, _ = process.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                out, _ = process.communicate()
            found[f"{name}.log"] = out
    server.shutdown()
    return found


JOURNALCTL = ("short", "short-precise", "short-iso", "short-iso-precise", "short-full", "short-unix",
              "short-monotonic", "with-unit", "cat", "json", "json-pretty", "export", "verbose")  # fmt: skip


def journald(lines: list[Printed]) -> dict[str, bytes]:
    """What journalctl prints of a journal that holds the servers' lines, each server on a host of its own."""
    remote = shutil.which("systemd-journal-remote", path="/lib/systemd:/usr/lib/systemd")
    if remote is None:
        return {}
    boot = "8" * 32
    entries = "".join(
        f"__REALTIME_TIMESTAMP={line.nanoseconds // 1000}\n__MONOTONIC_TIMESTAMP={line.nanoseconds // 1000 - 1685346000000000}\n"
        f"_BOOT_ID={boot}\n_HOSTNAME={line.pod}\n_SYSTEMD_UNIT=redis-server.service\n_PID=700\n_COMM=redis-server\n"
        f"SYSLOG_IDENTIFIER=redis-server\nPRIORITY=6\n_TRANSPORT=stdout\nMESSAGE={line.text}\n\n"
        for line in servers(lines)
    )
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder) / "x.journal"
        subprocess.run(
            [remote, "-o", str(journal), "-"], input=entries.encode(), check=True, capture_output=True
        )
        for form in JOURNALCTL:
            words = ["journalctl", "--file", str(journal), "-o", form, "--no-pager", "--utc"]
            found[f"journald-{form}.log"] = subprocess.run(words, check=True, capture_output=True).stdout
    return found


RSYSLOG = {
    "rsyslog-traditional": "RSYSLOG_TraditionalFileFormat",
    "rsyslog-rfc3339": "RSYSLOG_FileFormat",
    "rsyslog-rfc5424": "RSYSLOG_SyslogProtocol23Format",
    "rsyslog-syslog-enabled": "WithPriority",
}


def rsyslog(lines: list[Printed]) -> dict[str, bytes]:
    """What rsyslogd writes: of lines with Redis's own prefix, and of ``syslog-enabled yes`` without it."""
    program = shutil.which("rsyslogd", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        return {}
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        rules = "".join(
            f'action(type="omfile" file="{folder}/{name}" template="{template}")\n'
            for name, template in RSYSLOG.items()
        )
        port = _free_port()
        config = Path(folder) / "conf"
        config.write_text(
            'template(name="WithPriority" type="string" string="<%PRI%>%TIMESTAMP:::date-rfc3339% %HOSTNAME% %syslogtag%%msg:::sp-if-no-1st-sp%%msg%\\n")\n'
            f'global(workDirectory="{folder}")\nmodule(load="imudp")\ninput(type="imudp" address="127.0.0.1" port="{port}")\n{rules}'
        )
        process = subprocess.Popen(
            [program, "-n", "-f", str(config), "-i", f"{folder}/pid"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(1)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            for line in servers(lines):
                bare = BARE.match(line.text)
                assert bare is not None
                sender.sendto(
                    f"<{PRIORITY[bare[2]]}>{line.at:%b} {line.at.day:2} {line.at:%H:%M:%S} {line.pod} redis[{bare[1]}]: {bare[3]}".encode(),
                    ("127.0.0.1", port),
                )
                stamp = f"{line.at:%b} {line.at.day:2} {line.at:%H:%M:%S}"
                sender.sendto(
                    f"<30>{stamp} {line.pod} redis-server[700]: {line.text}".encode(), ("127.0.0.1", port)
                )
                time.sleep(0.002)
        time.sleep(1)
        process.terminate()
        process.wait()
        for name in RSYSLOG:
            written = (Path(folder) / name).read_bytes().splitlines(keepends=True)
            bare_only = name.endswith("enabled")
            found[f"{name}.log"] = b"".join(
                each for each in written if (re.search(rb" redis[\[ ]\d", each) is not None) == bare_only
            )
    return found


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def versions() -> dict[str, str]:
    """The tools that made samples, by the beginning of the samples' names."""
    commands = {
        "kubectl": ["kubectl", "version", "--client", "--output=json"],
        "kubetail": ["kubetail", "--version"],
        "journald": ["journalctl", "--version"],
        "rsyslog": [shutil.which("rsyslogd", path=f"{os.environ['PATH']}:/usr/sbin") or "rsyslogd", "-v"],
    }
    names = {
        "kubectl": "kubectl",
        "kubetail": "kubetail",
        "journald": "journalctl of systemd",
        "rsyslog": "rsyslogd",
    }
    found = {}
    for name, words in commands.items():
        printed = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        match = re.search(r"\d+(?:\.\d+)+|(?<=systemd )\d+", printed)
        assert match is not None, printed
        found[name] = f"{names[name]} {match[0]}"
    return found


FOLDERS = {
    "bundle.zip": "documented layout: a bug report's logs, with a file that is no log (Python's zipfile)",
    "must-gather.tar.gz": "documented layout: OpenShift's must-gather (GNU tar)",
    "node": "documented layout: a node's /var/log/pods, CRI's text format",
}


def folders(lines: list[Printed]) -> None:
    """Folders and archives that hold the logs: a node's, must-gather's in a tar file, a bundle in a zip file."""
    top = HERE / "folders"
    shutil.rmtree(top, ignore_errors=True)
    (top / "node").mkdir(parents=True)
    with tempfile.TemporaryDirectory() as temporary:
        for pod in sorted({line.pod for line in servers(lines)}):
            own = [line for line in servers(lines) if line.pod == pod]
            bare = "".join(f"{line.text}\n" for line in own)
            cri = "".join(f"{line.rfc3339} stdout F {line.text}\n" for line in own)
            stamped = "".join(f"{line.rfc3339} {line.text}\n" for line in own)
            for path, text in {
                top / "node/var/log/pods" / f"argocd_{pod}_{UID}" / "redis/0.log": cri,
                Path(temporary)
                / "must-gather/namespaces/argocd/pods"
                / pod
                / "redis/redis/logs/current.log": stamped,
                Path(temporary) / "bundle/logs" / f"{pod}_redis.log": bare,
            }.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        (Path(temporary) / "bundle/version.txt").write_text("v2.7.3\n", encoding="utf-8")
        tar = ["tar", "--sort=name", "--mtime=2023-05-29", "--owner=0", "--group=0"]
        subprocess.run([*tar, "-czf", top / "must-gather.tar.gz", "must-gather"], cwd=temporary, check=True)
        shutil.make_archive(str(top / "bundle"), "zip", temporary, "bundle")


def main() -> None:
    """Write all samples anew."""
    lines = deployment()
    made_by = versions()
    shutil.rmtree(SAMPLES, ignore_errors=True)
    made: list[tuple[str, str]] = []

    def write(name: str, data: bytes, source: str) -> None:
        path = SAMPLES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        made.append((name, source))

    for tool in (kubectl, journald, rsyslog):
        for name, data in tool(lines).items():
            write(name, data, made_by[name.partition("-")[0].partition("/")[0].partition(".")[0]])
    for name, form in FORMS.items():
        if not (SAMPLES / f"{name}.log").exists():
            write(f"{name}.log", form(servers(lines)).encode(), "documented layout")
    for pod in sorted({line.pod for line in servers(lines)}):
        own = [line for line in servers(lines) if line.pod == pod]
        stamped = "".join(f"{line.rfc3339} {line.text}\n" for line in own)
        bare = "".join(f"{line.text}\n" for line in own)
        write(f"lens/{pod}.log", bare.encode(), "documented layout")
        write(f"lens-timestamps/{pod}-redis.log", stamped.encode(), "documented layout")
    folders(lines)
    rows = [(f"samples/{name}", source) for name, source in made]
    rows += [(f"folders/{name}", source) for name, source in FOLDERS.items()]
    table = "".join(f"{name}\t{source}\n" for name, source in sorted(rows))
    (HERE / "SOURCES.tsv").write_text(f"sample\tmade by\n{table}", encoding="utf-8")


if __name__ == "__main__":
    main()
