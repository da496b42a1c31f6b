"""Files, folders and archives: how they are named, merged and told from hints; streams without names."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redislog import Hint, Timeline, parse, replay
from redislog.capture.names import origin_of_file
from redislog.hints.reading import read_hints
from redislog.sources import open_captures
from redislog.timeline.merging import merged
from redislog.values import Address
from tests.argocd import FOLDER, LOGS, SERVERS

UID = "7f0b7a3c-2d4e-4b1a-9a55-0d6c3a1f9e11"
SERVER_0, SERVER_1, SERVER_2 = SERVERS


@pytest.mark.parametrize(
    ("path", "source", "restart"),
    [
        ("argocd-redis-ha-server-0.log", "argocd-redis-ha-server-0", None),
        ("redis-0_redis.log", "redis-0", None),
        ("redis-0.sentinel.log", "redis-0/sentinel", None),
        ("server-1-previous.log", "server-1", "previous"),
        ("redis-0.log.1", "redis-0", "1"),
        ("redis-0.log.2.gz", "redis-0", "2"),
        (f"/var/log/pods/argocd_redis-0_{UID}/redis/3.log", "redis-0", "3"),
        (f"/var/log/pods/argocd_redis-0_{UID}/sentinel/0.log", "redis-0/sentinel", "0"),
        (f"/var/log/containers/redis-0_argocd_redis-{'0f' * 32}.log", "redis-0", None),
        ("must-gather/namespaces/argocd/pods/redis-0/redis/redis/logs/previous.log", "redis-0", "previous"),
        ("notes", "notes", None),
    ],
)
def test_a_file_s_name_names_its_source(path: str, source: str, restart: str | None) -> None:
    found = origin_of_file(path)
    assert (found.source, found.restart) == (source, restart)


def same_story(one: Timeline, other: Timeline) -> None:
    """Two timelines tell the same of the same servers."""
    assert one.nodes == other.nodes
    assert str(one.verdict) == str(other.verdict)
    assert [event.message for event in one.events] == [event.message for event in other.events]
    assert [(each.replica, each.kind, each.outcome) for each in one.resyncs] == [
        (each.replica, each.kind, each.outcome) for each in other.resyncs
    ]


def pods_folder(top: Path) -> None:
    """The logs as a node keeps them; the primary's in two files."""
    for name, text in LOGS.items():
        folder = top / "var" / "log" / "pods" / f"argocd_{name}_{UID}" / "redis"
        folder.mkdir(parents=True)
        lines = [f"2023-05-29T07:49:05.{n:09}Z stdout F {line}\n" for n, line in enumerate(text.splitlines())]
        cut = 20 if name == SERVER_0 else len(lines)
        (folder / "0.log").write_text("".join(lines[:cut]))
        if lines[cut:]:
            (folder / "1.log").write_text("".join(lines[cut:]))


def plain() -> Timeline:
    """The three logs alone."""
    return replay({name: FOLDER / f"{name}.log" for name in SERVERS})


def test_a_node_s_log_folder_is_read(tmp_path: Path) -> None:
    pods_folder(tmp_path)
    same_story(replay(tmp_path), plain())


SAMPLES = Path(__file__).parent.parent / "fixtures" / "forms"


@pytest.mark.parametrize("name", ["node", "must-gather.tar.gz", "bundle.zip"])
def test_the_sampled_folders_and_archives_hold_the_deployment(name: str) -> None:
    bare = replay({name: SAMPLES / "bare" / f"{name}.log" for name in SERVERS})
    found = replay(SAMPLES / "folders" / name)
    same_story(found, bare)
    assert found.verdict.status == "healthy"
    origins = {event.origin.namespace for event in found.events if event.origin is not None}
    assert origins <= {"argocd", None}


@pytest.mark.parametrize(
    "text",
    [
        "# Replication\r\nrole:slave\r\nmaster_host:10.0.202.28\r\nmaster_port:6379\r\nmaster_link_status:up\r\n",
        "# Replication\nrole:master\nconnected_slaves:1\nslave0:ip=10.0.25.220,port=6379,state=online,offset=563,lag=0\n",
        '1) "slave"\n2) "10.0.202.28"\n3) (integer) 6379\n4) "connected"\n5) (integer) 563\n',
        '1)  1) "name"\n    2) "10.0.25.220:6379"\n    3) "ip"\n    4) "10.0.25.220"\n    5) "port"\n    6) "6379"\n',
    ],
    ids=["info-replica", "info-primary", "role", "sentinel-replicas"],
)
def test_a_pasted_answer_that_names_no_node_is_neither_log_nor_hint(text: str, tmp_path: Path) -> None:
    for name in SERVERS:
        shutil.copy(FOLDER / f"{name}.log", tmp_path)
    (tmp_path / f"{SERVER_1}.txt").write_text(text)
    same_story(replay(tmp_path), plain())
    assert open_captures(tmp_path).hints == ()
    answered = replay({**LOGS, SERVER_1: LOGS[SERVER_1] + text})
    assert str(answered.verdict) == str(replay(dict(LOGS)).verdict)


def test_archives_are_read(tmp_path: Path) -> None:
    for name in ("bundle.tar.gz", "bundle.zip"):
        path = tmp_path / name
        if name.endswith(".zip"):
            with zipfile.ZipFile(path, "w") as archive:
                for server, text in LOGS.items():
                    archive.writestr(f"bundle/{server}.log", text)
                archive.writestr("bundle/readme.txt", "no log")
        else:
            with tarfile.open(path, "w:gz") as tar:
                for server, text in LOGS.items():
                    info = tarfile.TarInfo(f"bundle/{server}.log")
                    info.size = len(text.encode())
                    tar.addfile(info, io.BytesIO(text.encode()))
        same_story(replay(path), plain())
        same_story(replay(tmp_path), plain())
        path.unlink()


def test_compressed_and_rotated_files_are_one_log(tmp_path: Path) -> None:
    for name, text in LOGS.items():
        lines = text.splitlines(keepends=True)
        (tmp_path / f"{name}.log").write_text("".join(lines[10:]))
        (tmp_path / f"{name}.log.1.gz").write_bytes(gzip.compress("".join(lines[:10]).encode()))
    same_story(replay(tmp_path), plain())


def test_previous_and_current_are_one_log(tmp_path: Path) -> None:
    for name, text in LOGS.items():
        (tmp_path / f"{name}.log").write_text(text)
    first = "1:C 29 May 2023 07:40:00.000 # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo\n"
    (tmp_path / f"{SERVER_1}-previous.log").write_text(first)
    timeline = replay(tmp_path)
    assert timeline.nodes == SERVERS
    assert len(timeline.joined.nodes[SERVER_1].runs) == 2


def test_the_same_capture_twice_changes_nothing(tmp_path: Path) -> None:
    prefixed = [f"[pod/{name}/redis] {line}\n" for name, text in LOGS.items() for line in text.splitlines()]
    for name in ("monday.txt", "tuesday.txt"):
        (tmp_path / name).write_text("".join(prefixed))
    same_story(replay(tmp_path), plain())
    same_story(replay([FOLDER / f"{name}.log" for name in (*SERVERS, *SERVERS)]), plain())


@settings(deadline=None)
@given(
    st.sampled_from(SERVERS), st.integers(0, 28), st.integers(0, 28), st.integers(0, 28), st.integers(0, 28)
)
def test_overlapping_parts_of_a_log_merge_to_each_line_once(
    name: str, a: int, b: int, c: int, d: int
) -> None:
    events = list(parse(LOGS[name], source=name))
    parts = [events[min(a, b) : max(a, b)], events[min(c, d) : max(c, d)]]
    there = {id(event) for part in parts for event in part}
    whole = [event.message for event in events if id(event) in there]
    copies = [[*parse([LOGS[name].splitlines()[e.line_number - 1] for e in part])] for part in parts]
    assert [event.message for event in merged(copies)] == whole
    assert sorted(event.message for event in merged(copies[::-1])) == sorted(whole)


def test_equal_lines_of_one_log_are_all_kept() -> None:
    line = "1:M 29 May 2023 07:47:57.186 * Connecting to MASTER 10.0.0.1:6379"
    events = [list(parse([line] * count)) for count in (3, 2)]
    assert len(merged(events)) == 3


def test_pods_one_after_another_without_names_are_told_apart() -> None:
    for order in ([0, 1, 2], [2, 0, 1], [2, 1, 0], [1, 0, 2]):
        timeline = replay({"all": "".join(LOGS[SERVERS[n]] for n in order)})
        named = [name for name in timeline.nodes if name.startswith("?")]
        if named:
            assert timeline.verdict.status == "healthy"
            assert any("deduced" in text for text in timeline.verdict.coverage.missing)
        else:
            assert order == [0, 1, 2] or timeline.verdict.status != "split-brain"
    assert replay({"all": "".join(LOGS[SERVERS[n]] for n in (0, 1, 2))}).nodes == ("?1", "?2", "?3")


def test_lines_in_turn_without_names_make_no_server() -> None:
    lines = sorted(
        (line for text in LOGS.values() for line in text.splitlines()), key=lambda line: line[5:29]
    )
    verdict = replay({"all": lines}).verdict
    assert (verdict.status, verdict.primaries) == ("unknown", ())
    assert "cannot be told apart" in verdict.coverage.missing[0]


PIDS = dict(zip(SERVERS, (700, 812, 903), strict=True))


def with_pid(name: str) -> list[str]:
    """A server's log where each has a pid of its own, as on one host; the forks' pids remain."""
    return [
        re.sub(r"^1:", f"{PIDS[name]}:", line).replace("pid=1,", f"pid={PIDS[name]},")
        for line in LOGS[name].splitlines()
    ]


def in_turn(logs: dict[str, list[str]]) -> list[str]:
    """The lines of several logs in the order of time."""
    return sorted(
        (line for lines in logs.values() for line in lines), key=lambda line: line.partition(" ")[2][:24]
    )


def test_lines_in_turn_are_told_apart_by_their_pids() -> None:
    timeline = replay({"all": in_turn({name: with_pid(name) for name in SERVERS})})
    assert timeline.nodes == ("?1", "?2", "?3")
    assert timeline.verdict.status == "healthy"
    assert timeline.verdict.primary == "?1"
    assert [(each.kind, each.outcome) for each in timeline.resyncs] == [("full", "done")] * 2
    assert any("deduced" in text for text in timeline.verdict.coverage.missing)


@settings(deadline=None, max_examples=40)
@given(st.randoms(use_true_random=False))
def test_children_belong_to_the_process_that_announced_them(order: random.Random) -> None:
    logs = {name: with_pid(name) for name in SERVERS}
    lines = []
    while any(logs.values()):
        lines.append(logs[order.choice([name for name in SERVERS if logs[name]])].pop(0))
    timeline = replay({"all": lines})
    if timeline.verdict.status != "unknown":
        assert timeline.verdict.status == "healthy"
        assert len(timeline.verdict.primaries) == 1
        assert len(timeline.nodes) == len(SERVERS)


def test_a_restart_between_lines_in_turn_is_one_server_or_none() -> None:
    logs = {name: with_pid(name) for name in SERVERS}
    start = [line.replace("812:", "990:").replace("07:4", "08:0") for line in logs[SERVER_1][:8]]
    end = "812:S 29 May 2023 07:59:00.000 # Redis is now ready to exit, bye bye..."
    after = "700:M 29 May 2023 08:30:00.000 * DB saved on disk"
    other = "903:S 29 May 2023 08:30:00.000 * DB saved on disk"
    ended = replay({"all": [*in_turn(logs), end, *start, after, other]})
    assert ended.nodes == ("?1", "?2", "?3")
    assert len(ended.joined.nodes["?2"].runs) == 2
    killed = replay({"all": [*in_turn(logs), *start, after, other]})
    assert (killed.verdict.status, killed.nodes) == ("unknown", ())


@pytest.mark.parametrize("name", SERVERS)
def test_restarts_under_other_pids_are_one_server(name: str) -> None:
    lives = [
        line.replace(f"{PIDS[name]}:", f"{pid}:").replace("29 May", f"{day} May")
        for pid, day in ((712, 20), (713, 21), (714, 22))
        for line in with_pid(name)
    ]
    timeline = replay({"all": lives})
    assert timeline.nodes == ("all",)
    assert len(timeline.joined.nodes["all"].runs) == 3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LOGS[SERVER_1].splitlines()[-8:], LOGS[SERVER_2].splitlines()[-12:]),
        (LOGS[SERVER_1].splitlines()[-3:], LOGS[SERVER_2].splitlines()[-6:]),
        (LOGS[SERVER_0].splitlines()[-22:-8], LOGS[SERVER_2].splitlines()[-10:]),
        (LOGS[SERVER_1].splitlines()[-8:], LOGS[SERVER_0].splitlines()[-10:]),
        (with_pid(SERVER_1)[-8:], with_pid(SERVER_2)[-8:]),
        (LOGS[SERVER_1].splitlines()[-8:], LOGS[SERVER_2].splitlines()[-15:]),
        (LOGS[SERVER_0].splitlines()[-8:], LOGS[SERVER_2].splitlines()[-17:]),
    ],
)  # fmt: skip
def test_cut_logs_one_after_another_are_not_taken_for_one_server(first: list[str], second: list[str]) -> None:
    verdict = replay({"all": [*first, *second]}).verdict
    assert (verdict.status, verdict.primaries, verdict.nodes) == ("unknown", (), {})
    assert "cannot be told apart" in verdict.coverage.missing[0]


def test_a_doubt_on_the_last_lines_is_said() -> None:
    text = [*LOGS[SERVER_0].splitlines(), *LOGS[SERVER_2].splitlines()[-2:]]
    verdict = replay({"all": text}).verdict
    assert (verdict.status, verdict.nodes) == ("unknown", {})
    assert "cannot be told apart" in verdict.coverage.missing[0]
    assert replay({"all": LOGS[SERVER_0]}).verdict.coverage.missing == ()


def test_asking_in_the_middle_changes_nothing() -> None:
    logs = {name: with_pid(name) for name in SERVERS}
    timeline = Timeline()
    for line in LOGS[SERVER_0].splitlines() + LOGS[SERVER_1].splitlines()[7:]:
        timeline.feed(line, "all")
    assert timeline.verdict.status == "unknown"
    asked = Timeline()
    for line in logs[SERVER_1]:
        asked.feed(line, "all")
        assert asked.nodes == ("all",)
    demoted = Timeline()
    for at, text in enumerate(DEMOTED):
        demoted.feed(f"1:{text[0]} 29 May 2023 08:00:00.{at:03} * {text[2:]}", "all")
        assert demoted.nodes == ("all",)


DEMOTED = (
    "M DB saved on disk",
    "M DB saved on disk",
    "S Before turning into a replica, using my own master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer.",
    "S Connecting to MASTER 10.0.0.1:6379",
    "S MASTER <-> REPLICA sync started",
    "S REPLICAOF 10.0.0.1:6379 enabled (user request from 'id=7 addr=10.0.0.9:50000 laddr=10.0.0.1:6379 fd=8 name= age=0 idle=0 flags=N db=0 sub=0 psub=0 ssub=0 multi=-1 qbuf=48 qbuf-free=20426 argv-mem=25 multi-mem=0 rbs=1024 rbp=0 obl=0 oll=0 omem=0 tot-mem=22321 events=r cmd=replicaof user=default redir=-1 resp=2')",
    *("S DB saved on disk",) * 15,
)


@pytest.mark.parametrize("name", SERVERS)
def test_one_log_is_not_taken_for_several(name: str) -> None:
    assert replay({name: LOGS[name] * 2}).nodes in ((name,), ("?1", "?2"))
    assert replay({name: LOGS[name]}).nodes == (name,)


def test_hints_beside_the_logs_name_addresses() -> None:
    alone, beside = plain(), replay(FOLDER)
    address = "10.0.202.28:6379"
    for name in SERVERS:
        one, other = alone.verdict.nodes[name], beside.verdict.nodes[name]
        assert (one.role, one.link, one.in_sync, one.primary, one.addresses, one.running) == (
            other.role, other.link, other.in_sync, other.primary, other.addresses, other.running
        )  # fmt: skip
        changed = {key for key in one.basis if one.basis[key] != other.basis[key]}
        assert changed == ({address} if name == SERVER_0 else set())
    assert beside.verdict.nodes[SERVER_0].basis[address] == "stated"
    assert beside.verdict.coverage == alone.verdict.coverage


def test_a_hint_that_contradicts_the_logs_is_reported() -> None:
    hint = Hint.given(SERVER_1, "10.0.202.28:6379")
    timeline = replay([FOLDER / f"{name}.log" for name in SERVERS], hints=[hint])
    assert any("contradicts" in text for text in timeline.verdict.coverage.missing)
    assert timeline.verdict.nodes[SERVER_0].addresses == ("10.0.202.28:6379",)


TABLE = """\
NAME            READY   STATUS    RESTARTS      AGE   IP            NODE     NOMINATED NODE   READINESS GATES
redis-0         3/3     Running   3 (71s ago)   31m   10.244.1.18   node-3   <none>           <none>
redis-1         3/3     Running   0             30m   10.244.2.27   node-0   <none>           <none>
"""
PODS = """\
apiVersion: v1
items:
- apiVersion: v1
  kind: Pod
  metadata:
    name: redis-0
    ownerReferences:
    - kind: StatefulSet
      name: redis
  status:
    podIP: 10.244.1.18
- apiVersion: v1
  kind: Pod
  metadata:
    name: redis-1
  status:
    podIP: 10.244.2.27
kind: List
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  annotations:
    note: |
      kind: Pod
  name: redis-node-0-svc
spec:
  clusterIP: 10.0.202.28
  ports:
  - name: redis
    port: 6379
  selector:
    statefulset.kubernetes.io/pod-name: redis-node-0
"""
BOTH = {("redis-0", Address("10.244.1.18", None)), ("redis-1", Address("10.244.2.27", None))}


@pytest.mark.parametrize(
    ("text", "path", "said"),
    [
        (TABLE, "pods.txt", BOTH),
        (TABLE.partition("\n")[2], "pods.txt", BOTH),
        (TABLE.replace("   ", "\t"), "pods.txt", BOTH),
        (PODS, "pods.yaml", BOTH),
        ('{"kind": "List", "items": [{"kind": "Pod", "metadata": {"name": "redis-0"}, "status": {"podIP": "10.244.1.18"}}]}',
         "pods.json", {("redis-0", Address("10.244.1.18", None))}),
        ("NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE\nargocd-redis-ha-announce-0   ClusterIP   10.0.202.28   <none>   6379/TCP   31m\n",
         "svc.txt", {("argocd-redis-ha-server-0", Address("10.0.202.28", None))}),
        ("port 6380\nreplica-announce-ip 10.0.0.1\ndir /data\n", "redis-0/redis.conf", {("redis-0", Address("10.0.0.1", 6380))}),
        ("> " + TABLE.replace("\n", "\n> "), "quoted.txt", BOTH),
        ("\n".join(f"argocd   {row}" for row in TABLE.splitlines()), "all-namespaces.txt", BOTH),
        ("argocd   service/argocd-redis-ha-announce-0   ClusterIP   10.0.202.28   <none>   6379/TCP   31m\n",
         "all.txt", {("argocd-redis-ha-server-0", Address("10.0.202.28", None))}),
        ("endpoints/argocd-redis-ha-announce-0   10.244.1.18:26379,10.244.1.18:6379   31m\n",
         "endpoints.txt", {("argocd-redis-ha-server-0", Address("10.244.1.18", None))}),
        (SERVICE, "svc.yaml", {("redis-node-0", Address("10.0.202.28", None))}),
        ('{"kind": "EndpointsList", "items": [{"kind": "Endpoints", "metadata": {"name": "redis"}, "subsets": [{"addresses":'
         ' [{"ip": "10.244.1.18", "targetRef": {"kind": "Pod", "name": "redis-0"}}]}]}]}',
         "endpoints.json", {("redis-0", Address("10.244.1.18", None))}),
        ('{"kind": "EndpointSlice", "metadata": {"name": "redis-x"}, "endpoints": [{"addresses": ["10.244.1.18"],'
         ' "targetRef": {"kind": "Pod", "name": "redis-0"}}]}',
         "slice.json", {("redis-0", Address("10.244.1.18", None))}),
        ('{"kind": "List", "items": [{"metadata": null}, 5, {"metadata": {"name": 5}, "status": "x"}]}', "odd.json", set()),
        ("port 0\ntls-port 6380\nreplica-announce-ip 10.0.0.1\n", "redis-0.conf", {("redis-0", Address("10.0.0.1", 6380))}),
        ("port 26379\nsentinel monitor mymaster 10.0.0.1 6379 2\nsentinel announce-ip 10.0.0.5\n",
         "redis-0_sentinel.conf", {("redis-0", Address("10.0.0.5", None))}),
        ("gateway-67bb6fb7c4-xzlg5   1/1   Running   0   27m\n", "pods.txt", set()),
        ("some notes about port numbers\n", "notes.txt", set()),
    ],
)  # fmt: skip
def test_hints_are_recognised_by_their_content(text: str, path: str, said: set[tuple[str, Address]]) -> None:
    assert {(hint.name, hint.address) for hint in read_hints(text, path)} == said


def test_what_is_no_log_is_passed_over(tmp_path: Path) -> None:
    for name in SERVERS:
        shutil.copy(FOLDER / f"{name}.log", tmp_path)
    (tmp_path / "picture.png").write_bytes(random.Random(1).randbytes(3000))
    found = open_captures(tmp_path)
    assert [capture.name for capture in found.captures] == list(SERVERS)
    assert found.passed_over == (str(tmp_path / "picture.png"),)


def test_a_large_list_of_pods_is_read_whole(tmp_path: Path) -> None:
    pods = [
        {
            "kind": "Pod",
            "metadata": {"name": f"pod-{n}", "note": "x" * 200},
            "status": {"podIP": f"10.0.{n // 250}.{n % 250}"},
        }
        for n in range(2000)
    ]
    (tmp_path / "pods.json").write_text(json.dumps({"kind": "List", "items": pods}))
    assert len(open_captures(tmp_path).hints) == len(pods)
