"""Addresses that people paste between the logs of an issue say which server is meant by them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

import redislog
from redislog import Timeline

A, B, C = "172.20.75.109", "172.20.181.236", "172.20.198.17"
LOGS = f"""
redis-0:
```
1:S 18 Jun 2024 15:23:36.849 * Connecting to MASTER {B}:6379
1:S 18 Jun 2024 15:23:36.849 * MASTER <-> REPLICA sync started
1:S 18 Jun 2024 15:23:36.850 # Error condition on socket for SYNC: Connection refused
```

redis-1:
```
1:S 18 Jun 2024 15:26:55.109 * Connecting to MASTER {A}:6379
1:S 18 Jun 2024 15:26:55.109 * MASTER <-> REPLICA sync started
1:S 18 Jun 2024 15:26:55.110 * Non blocking connect for SYNC fired the event.
```
"""
Rows = Callable[[str, str], str]
FORMS: dict[str, Rows] = {
    "an address, a dash, a name": lambda name, ip: f"{ip} -   {name}",
    "a name and a colon": lambda name, ip: f"{name}: {ip}",
    "a name and its port": lambda name, ip: f"{name} {ip}:6379",
    "an equals sign": lambda name, ip: f"{name}={ip}",
    "an arrow": lambda name, ip: f"* {name} => {ip}",
    "a Unicode arrow": lambda name, ip: f"{name} \u2192 {ip}",
    "a list item": lambda name, ip: f"- `{name}` ({ip})",
    "a row between bars": lambda name, ip: f"| {name} | {ip} |",
    "a line of hosts": lambda name, ip: f"{ip}\t{name}",
    "a sentence of three words": lambda name, ip: f"{name} is {ip}.",
    "kubectl get pods -o wide": lambda name, ip: (
        f"{name}   2/3   Running   12   20d   {ip}   node-a   <none>"
    ),
    "of all namespaces": lambda name, ip: (
        f"redis   {name}   2/3   CrashLoopBackOff   12   20d   {ip}   node-a"
    ),
    "quoted": lambda name, ip: f"> {name} 3/3 Running 0 20d {ip}",
}


def told(row: Rows, *, behind: bool = False) -> Timeline:
    table = "\n".join(row(name, ip) for name, ip in (("redis-0", A), ("redis-1", B), ("redis-2", C)))
    return redislog.replay({"issue": f"{LOGS}\n{table}" if behind else f"Help!\n\n{table}\n{LOGS}"})


@pytest.mark.parametrize("behind", [False, True], ids=["before the logs", "behind them"])
@pytest.mark.parametrize("form", FORMS)
def test_a_pasted_list_says_who_follows_whom(form: str, behind: bool) -> None:
    timeline = told(FORMS[form], behind=behind)
    verdict = timeline.verdict
    assert {state.name: state.primary for state in verdict.nodes.values()} == {
        "redis-0": "redis-1",
        "redis-1": "redis-0",
    }
    assert "replication-cycle" in {finding.code for finding in verdict.findings}


NO_STATEMENTS: dict[str, Rows] = {
    "a web server's log": lambda name, ip: f'{ip} - - [18/Jun/2024:15:23:36 +0000] "GET /{name}"',
    "a sentence": lambda name, ip: f"I restarted {name} after {ip} had not answered for a while",
    "a version": lambda _, ip: f"redis7 {ip}",
    "two addresses": lambda name, ip: f"{name} {ip} {C}",
    "another server's name": lambda _, ip: f"web-3 {ip}",
    "a longer number": lambda name, ip: f"{name} {ip}.4",
    "a command": lambda name, ip: f"$ ping {ip} # from {name}",
}


@pytest.mark.parametrize("form", NO_STATEMENTS)
def test_what_is_no_list_says_nothing(form: str) -> None:
    assert {state.primary for state in told(NO_STATEMENTS[form]).verdict.nodes.values()} & {
        "redis-0",
        "redis-1",
    } == set()


def test_long_lines_of_blanks_and_names_take_no_time() -> None:
    lines = [" " * 290, "a-" * 140 + "1", "redis-0" + " - " * 90, f"{A} " + "|" * 280, "1.1.1.1 " * 36]
    started = time.process_time()
    redislog.replay({"issue": "\n".join(lines * 20) + LOGS})
    assert time.process_time() - started < 2
