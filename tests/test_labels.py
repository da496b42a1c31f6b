"""Names that people, and tools of their own, write before each line: they tell servers apart. And what ends each line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from redislog import parse, replay

HEADS = ("1174:S 17 Nov 2023 21:22:08.747 * ", "[1174] 17 Nov 21:22:08.747 * ")
MESSAGES = ("Connecting to MASTER 10.0.0.1:6379", "MASTER <-> REPLICA sync started")
Label = Callable[[str], str]
LABELS: dict[str, Label] = {
    "a dash": lambda name: f"{name} - ",
    "a long dash": lambda name: f"{name} \u2014 ",
    "a colon": lambda name: f"{name}: ",
    "an angle": lambda name: f"{name}> ",
    "an arrow": lambda name: f"{name} -> ",
    "brackets": lambda name: f"({name}) ",
    "angles": lambda name: f"<{name}> ",
    "square brackets": lambda name: f"[{name}] ",
    "emphasis": lambda name: f"**{name}** ",
    "a list item": lambda name: f"- {name}: ",
    "blanks": lambda name: f"{name}   ",
    "a bar": lambda name: f"{name}  | ",
}
NAMES = ("MASTER2", "node-1", "redis_b3", "cache01.example.com", "10.0.0.7")


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("label", LABELS)
def test_a_label_before_each_line_names_its_server(label: str, head: str) -> None:
    lines = [f"{LABELS[label](name)}{head}{text}" for text in MESSAGES for name in NAMES]
    events = list(parse(lines))
    assert {event.key for event in events} == {"replica.connecting", "replica.sync-started"}
    found = [event.source for event in events]
    assert [None if each is None else each.removesuffix(".example.com") for each in found] == [
        name.removesuffix(".example.com") for name in NAMES
    ] * len(MESSAGES)


def test_servers_whose_lines_are_labelled_are_told_apart() -> None:
    timeline = replay(
        {
            "issue": [
                "MASTER1 - 32249:M 17 Nov 2023 21:22:08.747 * Replica 10.0.0.3:6379 asks for synchronization",
                "SLAVE2 - 2345:S 17 Nov 2023 21:22:08.747 * MASTER <-> REPLICA sync started",
                "MASTER1 - 32249:M 17 Nov 2023 21:22:08.748 * Full resync requested by replica 10.0.0.3:6379",
                "SLAVE2 - 2345:S 17 Nov 2023 21:22:08.749 * Master replied to PING, replication can continue...",
            ]
        }
    )
    roles = {name: state.role for name, state in timeline.verdict.nodes.items()}
    assert (roles["MASTER1"], roles["SLAVE2"]) == ("primary", "replica")


@pytest.mark.parametrize(
    "label", ["INFO: ", "[main] ", "thread-3: ", "stdout - ", "worker12> ", "v7 ", "12: ", "LOG - "]
)
def test_what_is_no_server_s_name_names_none(label: str) -> None:
    events = list(parse([f"{label}{HEADS[0]}{text}" for text in MESSAGES]))
    assert {event.key for event in events} == {"replica.connecting", "replica.sync-started"}
    assert {event.source for event in events} <= {None, "main"}


@pytest.mark.parametrize("end", [",", ";", '"', "',", '",', " ,", ",  ", " |", "\\"])
@pytest.mark.parametrize("mode", ["M", "X"])
def test_what_ends_each_line_is_no_part_of_the_message(mode: str, end: str) -> None:
    messages = {
        "M": ["Ready to accept connections", "Replica 10.0.0.3:6379 asks for synchronization"],
        "X": ["+sdown master main 10.0.5.3 6379", "+monitor master main 10.0.5.3 6379 quorum 2"],
    }[mode]
    whole = [f"1:{mode} 12 Nov 2019 04:25:00.927 # {text}" for text in messages]
    plain, ended = list(parse(whole)), list(parse([line + end for line in whole]))
    assert [event.key for event in ended] == [event.key for event in plain]
    assert not {event.key for event in plain} & {"unrecognized", "foreign"}
    assert [event.damaged for event in ended] == [False, False]


SHELLS = {
    "$ cat /var/log/pods/valkey_node-0_32ae2dfd-d116-481e-b08a-3c75dcd4cf99/valkey/0.log": "node-0",
    "root@cache-2:/var/log/redis# tail -n 50 redis-server.log": "cache-2",
    "[root@cache-3 ~]# cat /var/log/redis/redis.log": "cache-3",
    "$ sudo tail -100 /var/log/redis/redis_6380.log": "redis_6380",
    "$ grep MASTER redis-1.log": "redis-1",
    "> docker-compose logs redis-2": "redis-2",
    "$ docker compose logs --tail 50 redis-2": "redis-2",
}


@pytest.mark.parametrize("command", SHELLS)
def test_a_shell_s_command_names_whose_lines_follow(command: str) -> None:
    events = list(parse([command, *(HEADS[0] + text for text in MESSAGES)]))
    assert [event.source for event in events if event.pid] == [SHELLS[command]] * 2
