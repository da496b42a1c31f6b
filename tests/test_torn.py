"""Lines that are missing between two syncs of a primary's log: what is left of both is no third one."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from redislog import replay
from tests import logs

RECORDED = Path(__file__).parent.parent / "fixtures" / "7.0"


@pytest.mark.parametrize(
    "scenario",
    [
        "repl-timeout-during-transfer-passes",
        "replicas-behind-one-address-in-sync-same",
        "replicas-behind-one-address-in-sync-distinct",
    ],
)
def test_no_hole_in_a_primary_s_log_makes_a_sync_more(scenario: str) -> None:
    """The primary served two, whichever lines of its log are missing."""
    captures = {path.stem: path.read_text() for path in sorted((RECORDED / scenario).glob("*.log"))}
    lines = captures.pop("server-1").splitlines(keepends=True)
    asked = next(number for number, line in enumerate(lines) if "asks for synchronization" in line)
    more = {}
    for begin, end in combinations(range(asked, len(lines) + 1), 2):
        timeline = replay({**captures, "server-1": "".join(lines[:begin] + lines[end:])})
        if len(timeline.resyncs) > 2:
            more[begin - asked, end - asked] = timeline.resyncs
    assert more == {}


def test_a_replica_that_copies_over_two_channels_and_goes_on_later_has_asked_twice() -> None:
    """Redis needs no request for the stream: what is accepted was asked for in lines that are missing."""
    primary = logs.folded(
        logs.told(
            10,
            "M",
            f"Replica {logs.REPLICA} asks for synchronization",
            f"Full resync requested by replica {logs.REPLICA} ",
            f"Replica {logs.REPLICA} is capable of rdb channel synchronization, and partial sync isn't possible. "
            "Full sync will continue with dedicated rdb channel.",
            f"Replica {logs.REPLICA} asks for synchronization",
            f"Full resync requested by replica {logs.REPLICA} (rdb-channel)",
            "Starting BGSAVE for SYNC with target: replicas sockets (rdb-channel)",
        ),
        logs.serves_partially(20)[1:],
    )
    assert [(each.kind, each.headless) for each in primary.services] == [("full", False), ("partial", True)]
