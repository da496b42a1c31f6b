"""What was not read is shown with what it is nearest to; what was read on weaker grounds says on which."""

from __future__ import annotations

from pathlib import Path

import pytest

from redislog.command.entry import main
from redislog.report.explain import explain_line, explain_lines
from redislog.report.nearest import nearest


@pytest.mark.parametrize(
    ("message", "key", "missing", "added"),
    [
        (
            "MASTER <-> REPLICA sync: Finished with great success",
            "replica.full-sync.finished",
            (),
            ("great",),
        ),
        ("Background saving terminated success", "rdb.bgsave-done", ("with",), ()),
        ("Ready to accept many connections", "server.ready", (), ("many",)),
        (
            "Master replied to PING, the replication can continue...",
            "replica.handshake.ping-ok",
            (),
            ("the",),
        ),
        ("Starting a new failover election for epoch 8.", "cluster.election-started", (), ("new",)),
    ],
)
def test_the_nearest_wording_and_what_differs(
    message: str, key: str, missing: tuple[str, ...], added: tuple[str, ...]
) -> None:
    found = nearest(message)
    assert found is not None
    assert (found.key, found.missing, found.added) == (key, missing, added)


@pytest.mark.parametrize(
    "message", ["", "hello", "GET /index.html 200", "checkpoint complete: wrote 12 buffers"]
)
def test_what_is_near_to_nothing(message: str) -> None:
    assert nearest(message) is None


def test_unread_lines_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "node.log"
    head = "712:S 29 May 2023 07:49:04.507 * "
    path.write_text(
        f"{head}MASTER <-> REPLICA sync started\n{head}MASTER <-> REPLICA sync finished with great success\n"
        f"some prose\n\n{head}Loaded the cache of module x\n"
    )
    main(["events", "--unread", str(path)])
    shown = capsys.readouterr().out
    assert "sync started" not in shown
    assert "node:2 unrecognized" in shown
    assert "nearest  replica." in shown
    assert "node:3 foreign 'some prose'\n  near to nothing that is known" in shown
    assert "node:4" not in shown


LINES = ["MASTER <-> REPLICA sync started", "Non blocking connect for SYNC fired the event.", "Master replied to PING, replication can continue..."]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "ground"),
    [
        ("", "its words alone"),
        ("* ", "what is left of a server's own head"),
        ("09:14:02.118 * ", "what is left of a server's own head"),
        ("INFO  c.e.CacheTest - STDOUT: * ", "another program's head"),
    ],
)
def test_a_line_that_was_read_on_weaker_grounds_says_so(head: str, ground: str) -> None:
    told = list(explain_lines(f"{head}{line}" for line in LINES))
    assert len(told) == len(LINES)
    assert all(ground in each for each in told)


def test_a_line_with_its_own_head_needs_no_ground() -> None:
    assert "read on" not in explain_line(f"712:S 29 May 2023 07:49:04.507 * {LINES[0]}")
