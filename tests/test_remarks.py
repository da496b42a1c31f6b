"""What people add to lines and take away from them: remarks, frames, masks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import redislog
from redislog.grammar.joined import holds_heads, split
from redislog.grammar.masks import may_hold_masks, read_masked
from redislog.grammar.remarks import may_hold_remark, parted
from redislog.matching import is_strange, tables
from redislog.testing.strategies import lines
from redislog.values import Address, Masked

HEAD = "1:{} 11 Jan 2024 10:02:17.301 {} "
MESSAGES = {
    "M *": [
        "Ready to accept connections",
        "Replica 10.0.0.3:6379 asks for synchronization",
        "DB saved on disk",
    ],
    "S *": ["MASTER <-> REPLICA sync: Finished with success", "PRIMARY <-> REPLICA sync started"],
    "S #": ["Error condition on socket for SYNC: Connection refused", "Connection with master lost."],
    "X #": [
        "+sdown master shop 10.8.0.21 6380",
        "+odown master shop 10.8.0.21 6380 #quorum 2/2",
        "+new-epoch 7",
    ],
    "M #": ["Cluster state changed: fail", "Failover election won: I'm the new master."],
}
LINES = [HEAD.format(*head.split()) + message for head, messages in MESSAGES.items() for message in messages]

REMARKS = {
    "   # here it begins": "here it begins",
    "\t// and then": "and then",
    "    <-- this one": "this one",
    "  <== this one": "this one",
    "  \N{LEFTWARDS ARROW} dieser": "dieser",
    "  \N{FULLWIDTH LEFT PARENTHESIS}主节点\N{FULLWIDTH RIGHT PARENTHESIS}": "主节点",
    "  【主节点】": "主节点",
    "  (why?)": "why?",
    "  [sic]": "sic",
    "    ### 3 seconds later ###": "3 seconds later",
    "   /* both agree */": "both agree",
    "  \N{EM DASH} да": "да",
    "   --> see below": "see below",
}
"""What people write behind a line, and its words."""

FRAMES = [
    "**{}**",
    "`{}`",
    "| {} |",
    "- {}",
    "* {}",
    "{}^C",
    "12. {}",
    "> {}",
    "$ {}",
    "<b>{}</b>",
    "== {} ==",
    "• {}",
]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_is_kept_apart(line: str, remark: str) -> None:
    plain, event = redislog.parse_line(line), redislog.parse_line(line + remark)
    assert (event.key, event.message, event.remark) == (plain.key, plain.message, REMARKS[remark])


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("frame", FRAMES)
def test_a_frame_leaves_the_line_what_it_is(line: str, frame: str) -> None:
    plain, event = redislog.parse_line(line), redislog.parse_line(frame.format(line))
    assert (event.key, event.message, event.remark) == (plain.key, plain.message, None)


@given(lines())
def test_no_line_that_a_server_prints_has_a_remark(line: str) -> None:
    event = redislog.parse_line(line)
    assert event.remark is None


@given(lines(), st.sampled_from(sorted(REMARKS)))
def test_a_remark_never_makes_a_line_another_message(line: str, remark: str) -> None:
    plain, event = redislog.parse_line(line), redislog.parse_line(line + remark)
    assert event.key in (plain.key, "unrecognized", "foreign") or plain.key in ("unrecognized", "foreign")


@pytest.mark.parametrize(
    "message",
    [
        "Connection with the cache lost.  # here",
        "Replica is eating 3 apples   <-- yes",
        "Loaded the thing <ip> from PORT",
        "+sdown-ish master shop 10.8.0.21 6380  # hm",
    ],
)
def test_what_nobody_knows_stays_unknown_with_its_remark(message: str) -> None:
    event = redislog.parse_line(HEAD.format("M", "*") + message)
    assert (event.key, event.message, event.remark) == ("unrecognized", message, None)


def test_text_that_may_be_anything_loses_no_words() -> None:
    message = "Error condition on socket for SYNC: a (strange) error - of the system"
    event = redislog.parse_line(HEAD.format("S", "#") + message)
    assert (event.message, event.remark) == (message, None)


HIDDEN = [
    "<ip>",
    "<primary-ip>",
    "[master]",
    "{host}",
    "$HOST",
    "x.x.x.x",
    "10.0.x.x",
    "***",
    "*redacted*",
    "REDACTED",
    "MASTER_IP",
]


@pytest.mark.parametrize("mask", HIDDEN)
@pytest.mark.parametrize("port", ["6379", "<port>", "****", "NNN"])
def test_an_address_that_was_masked_is_written_as_it_stands(mask: str, port: str) -> None:
    event = redislog.parse_line(HEAD.format("M", "*") + f"Replica {mask}:{port} asks for synchronization")
    assert event.key == "primary.sync-requested"
    replica = event.replica  # type: ignore[attr-defined]
    assert replica == Address(mask, int(port) if port.isdecimal() else None)
    assert isinstance(replica.host, Masked)


@pytest.mark.parametrize("mask", HIDDEN)
@pytest.mark.parametrize(
    ("message", "key"),
    [
        ("Connecting to MASTER {}:6379", "replica.connecting"),
        (
            "REPLICAOF {}:6379 enabled (user request from 'id=5 addr={}:40002 name= cmd=replicaof')",
            "role.demoted",
        ),
        ("Synchronization with replica {}:6379 succeeded", "primary.replica-online"),
        ("+switch-master shop {} 6379 10.0.0.9 6379", "sentinel.+switch-master"),
        ("+slave slave {}:6379 {} 6379 @ shop 10.0.0.9 6379", "sentinel.+slave"),
    ],
)
def test_a_message_with_a_masked_address_is_what_it_is(mask: str, message: str, key: str) -> None:
    assert redislog.parse_line(HEAD.format("S", "*") + message.replace("{}", mask)).key == key


@pytest.mark.parametrize("mask", ["a1b2c3...", "a1b2c3d4…", "<replid>", "REDACTED", "***", "a1b2..c3d4"])
def test_an_id_that_was_cut_is_written_as_it_stands(mask: str) -> None:
    event = redislog.parse_line(HEAD.format("S", "*") + f"Full resync from master: {mask}:563")
    assert event.key == "replica.full-sync-from-primary"
    assert (event.replid, event.offset) == (mask, 563)  # type: ignore[attr-defined]


@pytest.mark.parametrize("mask", ["NNN", "███", "<n>", "***", "xxx"])
def test_a_number_that_was_masked_is_none(mask: str) -> None:
    event = redislog.parse_line(
        HEAD.format("S", "*") + f"MASTER <-> REPLICA sync: receiving {mask} bytes from master to disk"
    )
    assert event.key == "replica.full-sync.receiving-bytes"
    assert event.bytes is None  # type: ignore[attr-defined]


@pytest.mark.parametrize("pid", ["PID", "<pid>", "[pid]", "XXX", "***"])
def test_a_head_whose_pid_was_masked_is_a_servers(pid: str) -> None:
    text = "".join(
        f"{pid}:S 11 Jan 2024 10:02:17.30{number} * {message}\n"
        for number, message in enumerate(
            [
                "Connecting to MASTER <ip>:<port>",
                "MASTER <-> REPLICA sync started",
                "MASTER <-> REPLICA sync: Finished with success",
            ]
        )
    )
    events = list(redislog.parse(text))
    assert [event.key for event in events] == [
        "replica.connecting",
        "replica.sync-started",
        "replica.full-sync.finished",
    ]
    assert {event.ground for event in events} == {"short-head"}
    assert redislog.replay({"r": text}).verdict.nodes["r"].in_sync


@given(st.text(max_size=80))
def test_any_text_is_looked_at_without_harm(text: str) -> None:
    may_hold_remark(text)
    redislog.parse_line(HEAD.format("M", "*") + text)
    Masked(text).tells_apart  # noqa: B018


PIECES = st.sampled_from(
    [
        *("a", "n", "x", "X", "xx", "Ab", "NN", "ID", "PID", "IP", "10", "1", "255", "a1b2", "abc", ".5"),
        *(".", "..", "*", "**", "_", "?", "???", "<", "<ip>", "[", "]", "{{a}}", "%", "%n%", "$X", "█", "…"),
        *(
            " ",
            " ",
            " ",
            "  ",
            "\t",
            ":",
            ",",
            "(",
            ")",
            "'",
            "@",
            "+",
            "-",
            "/",
            "//",
            "/*",
            "<--",
            "-->",
            "->",
        ),
        *(
            "=",
            "==",
            ";",
            "!!",
            "^",
            "^C",
            "C",
            "|",
            "`",
            "~~",
            "#",
            "# ",
            "→",
            "「",
            "\\",
            "&lt;",
            "</b>",
            "\x1b[0m",
        ),
        "12:M 01 Jan 2024 10:00:00.000 * ",
        "12:M 01 Jan 10:00:00.000 # ",
        "12:S 1700000000123 - ",
        "[12] 01 Jan 10:00:00.000 . ",
        "12:signal-handler (1700000000) ",
        'pid=12 role=replica timestamp="01 Jan 2024 10:00:00.000" ',
        "REDACTED",
    ]
)
"""What remarks, masks, frames and heads are made of, and what stands between them."""
ANY = next(iter(tables().messages.entries))


@given(st.lists(PIECES, max_size=9).map("".join))
def test_what_a_quick_look_rules_out_a_close_look_does_not_find(text: str) -> None:
    remark = parted(text, lambda _: True) is not None
    masks = read_masked(text, lambda _: (ANY, {})) is not None
    heads = split(text, 0, (), lambda _: True) != [text]
    assert may_hold_remark(text) or not remark
    assert may_hold_masks(text) or not masks
    assert holds_heads(text) or not heads
    assert not is_strange(text, "M") or not (remark or masks or heads)
