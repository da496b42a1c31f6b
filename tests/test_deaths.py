"""Ends of servers that others tell: systemd, the kernel, Docker, Kubernetes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from redislog import Timeline, replay
from tests import logs
from tests.logs import PRIMARY

PID = 1


def journal(host: str, lines: list[str], unit: str = "redis-server") -> list[str]:
    """A server's lines as a journal has them, all in one second-wise clock."""
    return [f"May 29 {line.split()[4][:8]} {host} {unit}[812]: {line}" for line in lines]


def at(clock: str, host: str, who: str, text: str) -> str:
    return f"May 29 {clock} {host} {who}: {text}"


def death(timeline: Timeline) -> tuple[str, str, str, bool | None]:
    (found,) = timeline.deaths
    return found.node, found.teller, found.why, found.after


SERVER = [text.replace("1:", "812:", 1) for text in [*logs.start(0, "M"), *logs.serves(10)]]
KILLED = "Main process exited, code=killed, status=9/KILL"


@pytest.mark.parametrize(
    ("who", "text", "why"),
    [
        ("systemd[1]", f"redis-server.service: {KILLED}", "SIGKILL"),
        ("systemd[1]", "redis.service: main process exited, code=killed, status=9/KILL", "SIGKILL"),
        ("systemd[1]", "redis-server.service: Main process exited, code=dumped, status=11/SEGV", "SIGSEGV"),
        ("systemd[1]", "redis-server.service: Failed with result 'oom-kill'.", "OOMKilled"),
        ("systemd[1]", "redis-server@6379.service: A process of this unit has been killed by the OOM killer.", "OOMKilled"),
        ("kernel", "Out of memory: Killed process 812 (redis-server) total-vm:8kB, anon-rss:7kB, file-rss:0kB", "OOMKilled"),
        ("kernel", "[ 8123.400000] Out of memory: Kill process 812 (redis-server) score 911 or sacrifice child", "OOMKilled"),
        ("kernel", "Killed process 812 (redis-server) total-vm:8kB, anon-rss:7kB, file-rss:0kB", "OOMKilled"),
        ("kernel", "Memory cgroup out of memory: Killed process 812 (redis-server) total-vm:8kB, anon-rss:7kB", "OOMKilled"),
        ("kernel", "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=a,mems_allowed=0,oom_memcg=/a,"
         "task_memcg=/a/b,task=redis-server,pid=812,uid=112", "OOMKilled"),
        ("kernel", "oom_reaper: reaped process 812 (redis-server), now anon-rss:0kB, file-rss:0kB", "OOMKilled"),
    ],
)  # fmt: skip
def test_what_a_host_says_of_the_end_of_its_server_is_heard(who: str, text: str, why: str) -> None:
    lines = [*journal("cache-1", SERVER), at("00:05:00", "cache-1", who, text)]
    timeline = replay({"journal": lines})
    verdict = timeline.verdict
    assert death(timeline) == ("cache-1", "kernel" if who == "kernel" else "systemd", why, True)
    assert (verdict.status, verdict.nodes["cache-1"].running) == ("no-primary", False)
    assert verdict.nodes["cache-1"].basis["running"] == "deduced"
    (finding,) = [each for each in verdict.findings if each.code == "killed-from-outside"]
    assert (finding.severity, finding.nodes, why in finding.summary) == ("critical", ("cache-1",), True)
    assert verdict.coverage.foreign == 0


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("systemd[1]", f"nginx.service: {KILLED}"),
        ("kernel", "Out of memory: Killed process 4411 (java) total-vm:8kB, anon-rss:7kB, file-rss:0kB"),
        ("systemd[1]", "redis-server.service: Main process exited, code=exited, status=0/SUCCESS"),
        ("systemd[1]", "Started redis-server.service - Advanced key-value store."),
    ],
)
def test_another_process_s_end_or_a_quiet_one_is_no_death_of_the_server(who: str, text: str) -> None:
    timeline = replay({"journal": [*journal("cache-1", SERVER), at("00:05:00", "cache-1", who, text)]})
    assert timeline.deaths == ()
    assert timeline.verdict.nodes["cache-1"].running


def test_a_server_that_prints_later_lives_again() -> None:
    again = [text.replace("1:", "913:", 1) for text in logs.start(400, "M")]
    killed = at("00:05:00", "cache-1", "systemd[1]", f"redis-server.service: {KILLED}")
    timeline = replay({"journal": [*journal("cache-1", SERVER), killed, *journal("cache-1", again)]})
    assert death(timeline)[3] is False
    assert timeline.verdict.nodes["cache-1"].running
    (finding,) = [each for each in timeline.verdict.findings if each.code == "killed-from-outside"]
    assert (finding.severity, finding.open) == ("warning", False)


def test_of_two_servers_of_one_host_the_process_id_tells_which_ended() -> None:
    other = [text.replace("1:", "900:", 1) for text in logs.start(0, "M", port=6380)]
    lines = [
        *journal("h", SERVER, "redis-a"),
        *journal("h", other, "redis-b"),
        at("00:05:00", "h", "kernel", "Out of memory: Killed process 900 (redis-server) total-vm:8kB, anon-rss:7kB"),
        at("00:05:00", "h", "systemd[1]", f"redis@6380.service: {KILLED}"),
    ]  # fmt: skip
    timeline = replay({"journal": lines})
    assert death(timeline) == ("h/redis-b", "kernel", "OOMKilled", True)
    assert timeline.verdict.nodes["h/redis-a"].running


def test_compose_tells_that_a_container_ended() -> None:
    lines = [f"redis-primary-1  | {text}" for text in [*logs.start(0, "M"), *logs.serves(10)]]
    timeline = replay({"compose": [*lines, "redis-primary-1 exited with code 137"]})
    found = timeline.deaths[0]
    assert (found.node, found.teller, found.why, found.killed) == (
        "redis-primary-1",
        "docker",
        "SIGKILL",
        True,
    )


def pod(name: str, state: dict[str, Any], last: dict[str, Any], namespace: str = "shop") -> dict[str, Any]:
    statuses = [
        {"name": "redis", "restartCount": 3, "state": state, "lastState": last},
        {"name": "exporter", "restartCount": 0, "state": {"running": {}}, "lastState": {}},
    ]
    return {
        "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace},
        "status": {"containerStatuses": statuses},
    }


OOM = {"terminated": {"reason": "OOMKilled", "exitCode": 137, "finishedAt": "2023-05-29T00:05:00Z"}}
CRASHING = {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 5m0s"}}
DESCRIBED = """Name:             redis-0
Namespace:        shop
Containers:
  redis:
    Container ID:  containerd://4
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       OOMKilled
      Exit Code:    137
      Started:      Mon, 29 May 2023 00:00:00 +0000
      Finished:     Mon, 29 May 2023 00:05:00 +0000
    Ready:          False
    Restart Count:  3
"""


def folder(tmp_path: Path, lines: list[str], **files: str) -> Path:
    (tmp_path / "redis-0.log").write_text("\n".join(lines) + "\n")
    for name, text in files.items():
        (tmp_path / name.replace("_", ".")).write_text(text)
    return tmp_path


KUBELET = {
    "kind": "Event",
    "reason": "Killing",
    "message": "Container redis failed liveness probe, will be restarted",
    "involvedObject": {"kind": "Pod", "name": "redis-0", "namespace": "shop"},
    "lastTimestamp": "2023-05-29T00:05:00Z",
}


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("pods_json", json.dumps({"kind": "List", "items": [pod("redis-0", CRASHING, OOM)]}, indent=2), "OOMKilled"),
        ("pods_json", json.dumps({"kind": "PodList", "items": [pod("redis-0", OOM, {})]}), "OOMKilled"),
        ("pod_yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: redis-0\nstatus:\n  containerStatuses:\n"
         "  - name: redis\n    lastState:\n      terminated:\n        exitCode: 137\n        reason: Error\n"
         "        finishedAt: \"2023-05-29T00:05:00Z\"\n    state:\n      waiting:\n        reason: CrashLoopBackOff\n", "SIGKILL"),
        ("describe_txt", DESCRIBED, "OOMKilled"),
        ("events_json", json.dumps({"kind": "List", "items": [KUBELET]}), "Unhealthy"),
    ],
)  # fmt: skip
def test_what_kubernetes_says_of_a_pod_s_end_is_heard(tmp_path: Path, name: str, text: str, why: str) -> None:
    timeline = replay(folder(tmp_path, [*logs.start(0, "M"), *logs.serves(10)], **{name: text}))
    assert death(timeline) == ("redis-0", "kubernetes", why, True)
    verdict = timeline.verdict
    assert (verdict.status, verdict.nodes["redis-0"].running) == ("no-primary", False)
    (finding,) = [each for each in verdict.findings if each.code == "killed-from-outside"]
    assert finding.severity == "critical"
    assert finding.evidence[0].source.endswith(name.replace("_", "."))


def test_a_pod_that_runs_again_was_killed_and_lives(tmp_path: Path) -> None:
    """The log is that of the life after."""
    text = json.dumps({"kind": "List", "items": [pod("redis-0", {"running": {}}, OOM)]})
    verdict = replay(folder(tmp_path, logs.start(400, "M"), pods_json=text)).verdict
    assert verdict.nodes["redis-0"].running
    assert [each.severity for each in verdict.findings if each.code == "killed-from-outside"] == ["warning"]


@pytest.mark.parametrize(
    "items",
    [
        [pod("redis-10", CRASHING, OOM)],
        [pod("redis-0", {"running": {}}, {"terminated": {"reason": "Completed", "exitCode": 0, "finishedAt": None}})],
        [{**KUBELET, "message": "Stopping container redis"}],
        [{"kind": "Pod", "metadata": {"name": "redis-0"}, "status": {"containerStatuses": "nonsense"}}],
    ],
)  # fmt: skip
def test_another_pod_s_end_or_a_wanted_one_is_no_death(tmp_path: Path, items: list[dict[str, Any]]) -> None:
    text = json.dumps({"kind": "List", "items": items})
    timeline = replay(folder(tmp_path, [*logs.start(0, "M"), *logs.serves(10)], pods_json=text))
    assert timeline.deaths == ()
    assert timeline.verdict.nodes["redis-0"].running


def test_a_replica_that_was_killed_is_not_in_sync() -> None:
    server = [text.replace("1:", "812:", 1) for text in [*logs.start(0, "S"), *logs.full_sync(10, PRIMARY)]]
    lines = [*journal("r", server), at("00:05:00", "r", "systemd[1]", f"redis-server.service: {KILLED}")]
    state = replay({"journal": lines}).verdict.nodes["r"]
    assert (state.running, state.in_sync) == (False, False)
