"""What servers answered, pasted beside the logs, states whose addresses are which."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from redislog import replay
from redislog.hints.answers import read_answers, stated_by
from redislog.sources import open_captures
from tests.argocd import FOLDER, SERVERS
from tests.test_forms_files import plain, same_story

SERVER_0, SERVER_1, SERVER_2 = SERVERS
REPLID = "2e5e987d450d24e1fd7c63da8d940a9342041d04"
RUN_IDS = ("3c84192d0ac61b06339d8bc863567096c79d2129", "2bee4200d54bfa64cabea2c8dfef8392d8567dda")
PLACES = ("10.0.202.28", "10.0.25.220", "10.0.115.31")


def info_of_a_primary(*replicas: str) -> str:
    """``INFO replication`` of Redis 7.0."""
    listed = "".join(
        f"slave{n}:ip={host},port=6379,state=online,offset=720,lag=1\n" for n, host in enumerate(replicas)
    )
    return f"# Replication\nrole:master\nconnected_slaves:{len(replicas)}\n{listed}master_replid:{REPLID}\n"


def info_of_a_replica(primary: str) -> str:
    """``INFO replication`` of Redis 7.0."""
    return (
        f"# Replication\nrole:slave\nmaster_host:{primary}\nmaster_port:6379\nmaster_link_status:up\n"
        f"connected_slaves:0\nmaster_replid:{REPLID}\n"
    )


def role_of_a_replica(primary: str) -> str:
    """``ROLE`` as redis-cli shows it in a terminal."""
    return f'1) "slave"\n2) "{primary}"\n3) (integer) 6379\n4) "connected"\n5) (integer) 852\n'


def role_of_a_primary(*replicas: str) -> str:
    """The same of a primary."""
    first, *others = (f'1) "{host}"\n      2) "6379"\n      3) "720"\n' for host in replicas)
    rest = "".join(f"   {n}) {each}" for n, each in enumerate(others, start=2))
    return f'1) "master"\n2) (integer) 852\n3) 1) {first}{rest}'


def sentinel_entry(name: str, host: str, run_id: str) -> str:
    """An entry of ``SENTINEL masters`` or ``SENTINEL replicas``."""
    words = ("name", name, "ip", host, "port", "6379", "runid", run_id, "flags", "slave")
    return "1)  " + "\n    ".join(f'{n}) "{word}"' for n, word in enumerate(words, start=1)) + "\n"


def raw(answer: str) -> str:
    """An answer as redis-cli prints it into a pipe."""
    return re.sub(r"(?m)^(?: *\d+\))+ (?:\(integer\) )?|\"", "", answer)


def execs(pod: str, answer: str) -> str:
    """An answer below the command that asked for it."""
    return f"$ kubectl exec -n argocd {pod} -c redis -- redis-cli info replication\n{answer}"


ANSWERS = {
    "info": {
        f"{SERVER_0}-info.txt": info_of_a_primary(*PLACES[1:]),
        f"{SERVER_1}-info.txt": info_of_a_replica(PLACES[0]),
        f"{SERVER_2}-info.txt": info_of_a_replica(PLACES[0]),
    },
    "role": {
        f"{SERVER_0}.role.txt": role_of_a_primary(*PLACES[1:]),
        f"{SERVER_1}.role.txt": role_of_a_replica(PLACES[0]),
        f"{SERVER_2}.role.txt": raw(role_of_a_replica(PLACES[0])),
    },
    "one paste": {
        "paste.txt": execs(SERVER_0, info_of_a_primary(*PLACES[1:]))
        + execs(SERVER_1, info_of_a_replica(PLACES[0]))
        + execs(SERVER_2, info_of_a_replica(PLACES[0]))
    },
    "sentinel": {
        f"{SERVER_0}-info.txt": f"# Server\nredis_version:7.0.15\nrun_id:{RUN_IDS[0]}\ntcp_port:6379\n",
        "sentinel-masters.txt": sentinel_entry("argocd", PLACES[0], RUN_IDS[0]),
    },
    "sentinel, raw": {
        f"{SERVER_0}-info.txt": f"run_id:{RUN_IDS[0]}\n",
        "sentinel-masters.txt": raw(sentinel_entry("argocd", PLACES[0], RUN_IDS[0])),
    },
    "cluster": {
        f"{SERVER_0}.txt": f"{REPLID} {PLACES[0]}:6379@16379 myself,master - 0 0 1 connected 0-5460\n"
    },
    "client's prompt": {f"{SERVER_0}-info.txt": f"{PLACES[0]}:6379> info replication\n{info_of_a_primary()}"},
}


@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS)
def test_what_servers_answer_states_whose_address_it_is(answers: dict[str, str], tmp_path: Path) -> None:
    for name in SERVERS:
        shutil.copy(FOLDER / f"{name}.log", tmp_path)
    for name, text in answers.items():
        (tmp_path / name).write_text(text)
    found = replay(tmp_path)
    assert found.verdict.nodes[SERVER_0].basis[f"{PLACES[0]}:6379"] == "stated"
    assert found.verdict.coverage == plain().verdict.coverage
    same_story(found, plain())


@pytest.mark.parametrize("kind", ["info", "role"])
def test_answers_that_may_be_of_a_chain_state_nothing(kind: str, tmp_path: Path) -> None:
    """A replica that did not answer may be where the others say that their primary is."""
    for name in list(ANSWERS[kind])[:2]:
        (tmp_path / name).write_text(ANSWERS[kind][name])
    assert open_captures(tmp_path).hints == ()


def test_an_answer_that_contradicts_the_logs_is_reported(tmp_path: Path) -> None:
    for name in SERVERS:
        shutil.copy(FOLDER / f"{name}.log", tmp_path)
    (tmp_path / f"{SERVER_1}.txt").write_text(
        f"{REPLID} {PLACES[0]}:6379@16379 myself,master - 0 0 1 connected\n"
    )
    verdict = replay(tmp_path).verdict
    assert any("contradicts the logs" in text for text in verdict.coverage.missing)
    assert verdict.nodes[SERVER_0].addresses == (f"{PLACES[0]}:6379",)


def test_a_cluster_s_list_states_the_address_of_every_node_whose_log_says_its_id() -> None:
    ids = [letter * 40 for letter in "ab"]
    listed = "".join(
        f"{own} 10.0.0.{n}:6379@16379 {'myself,' if n else ''}master - 0 0 1 connected\n"
        for n, own in enumerate(ids)
    )
    logs = {
        f"n{n}": [
            "1:M 29 May 2023 08:00:00.000 * Node configuration loaded, I'm " + own,
            f"1:M 29 May 2023 08:00:0{n}.500 * Replica 10.0.0.{1 - n}:6379 asks for synchronization",
        ]
        for n, own in enumerate(ids)
    }
    nodes = replay(logs, hints=stated_by(read_answers(listed, "n1.txt"))).verdict.nodes
    assert {name: nodes[name].addresses for name in logs} == {
        "n0": ("10.0.0.0:6379",),
        "n1": ("10.0.0.1:6379",),
    }
