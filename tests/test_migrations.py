"""Slots that move between shards: one migration, whichever logs tell of it."""

from __future__ import annotations

from itertools import combinations

import pytest

from redislog import SlotMigration, Timeline, replay, structure, unstructure
from redislog.report.overview import Overview
from redislog.report.page import Paragraph
from redislog.report.screen import verdict_page
from tests.logs import line, told

SOURCE, TARGET, TASK = "a" * 40, "b" * 40, "c" * 40
SLOTS = "0-100 200-300"


def myself(node_id: str) -> str:
    return line(0, "M", f"No cluster configuration found, I'm {node_id}")


def valkey(state: str, reason: str = "") -> dict[str, list[str]]:
    """Both ends and the target's replica, as Valkey 9.1 prints them."""
    export = f"{{name: {TASK}, operation: export, target_node_id: {TARGET}, slots: {SLOTS}}}"
    imports = f"{{name: {TASK}, operation: import, source_node_id: {SOURCE}, slots: {SLOTS}}}"
    seen = f"{{name: {TASK}, operation: import, source_node_id: unknown, slots: {SLOTS}}}"
    client = "id=7 addr=10.0.0.9:50000 laddr=10.0.0.1:6379 fd=8 name= user=default"
    paused = (
        f"Pausing writes (remaining_repl_size is 0) to allow slot migration {export} to finalize failover."
    )
    return {
        "source": [
            myself(SOURCE),
            *told(
                10,
                "M",
                f"Slot migration initiated through CLUSTER MIGRATESLOTS command: {export} (user request from '{client}')",
                f"Slot migration {export} state transition: connecting -> sending-auth-command",
            ),
            *([line(12, "M", paused)] if state == "success" else []),
            line(13, "M", f"Slot migration {export} finished. State: {state}, Message: {reason}"),
            line(13.001, "M", f"Slot migration {export} connection lost"),
        ],
        "target": [
            myself(TARGET),
            line(10.001, "M", f"New slot import job created: {imports}."),
            line(12.9, "M", f"Slot migration {imports} finished. State: {state}, Message: {reason}"),
        ],
        "watcher": [
            line(0, "S", f"No cluster configuration found, I'm {'d' * 40}"),
            line(10.002, "S", f"New slot import job created: {seen}."),
            line(12.95, "S", f"Slot migration {seen} finished. State: {state}, Message: {reason}"),
        ],
    }


def redis(state: str, reason: str = "") -> dict[str, list[str]]:
    """Both ends, as Redis 8.6 prints them."""
    made = f"task {TASK} created: src={SOURCE}, dest={TARGET}, slots={SLOTS}"
    ends = {
        "success": (
            [f"Migrate task {TASK} completed for slots: {SLOTS} (migrated 9 keys)"],
            [f"Import task {TASK} completed for slots: {SLOTS} (imported 9 keys)"],
        )
    }.get(
        state,
        tuple(
            [
                f"{end} task {TASK} failed: slots={SLOTS}, err={reason}",
                f"{end} task {TASK} failed for slots: {SLOTS}",
            ]
            for end in ("Migrate", "Import")
        ),
    )
    handoff = f"Migrate task {TASK} preparing to handoff for slots: {SLOTS}"
    return {
        "source": [
            myself(SOURCE),
            *told(
                10,
                "M",
                f"Migrate {made}",
                f"Migrate task {TASK} started for slots: {SLOTS} (keys at start: 9)",
            ),
            *told(
                10.5,
                "M",
                "Starting BGSAVE for SYNC with target: slot migration destination socket (rdb-channel)",
                "Background RDB transfer started by pid 12 to slot migration destination socket",
            ),
            *([line(12, "M", handoff)] if state == "success" else []),
            *told(13, "M", *ends[0]),
            line(13.1, "M", "Background RDB transfer terminated with success"),
        ],
        "target": [myself(TARGET), line(10.001, "M", f"Import {made}"), *told(12.9, "M", *ends[1])],
    }


def only(timeline: Timeline) -> SlotMigration:
    (found,) = timeline.slot_migrations
    return found


@pytest.mark.parametrize("told_by", [valkey, redis])
def test_a_migration_is_told_by_both_ends(told_by: object) -> None:
    timeline = replay(told_by("success"))  # type: ignore[operator]
    found = only(timeline)
    assert (found.source, found.target, found.slots, found.outcome) == ("source", "target", SLOTS, "done")
    assert found.started is not None and found.paused is not None and found.ended is not None
    assert [(each - found.started).total_seconds() for each in (found.paused, found.ended)] == [2, 3]
    assert found.reason is None
    assert found.evidence


@pytest.mark.parametrize("told_by", [valkey, redis])
def test_it_is_no_replication(told_by: object) -> None:
    timeline = replay(told_by("success"))  # type: ignore[operator]
    assert not timeline.resyncs
    assert not timeline.failovers
    assert {timeline.verdict.nodes[name].role for name in ("source", "target")} == {"primary"}


@pytest.mark.parametrize(
    ("logs", "outcome", "reason"),
    [
        (valkey("failed", "Connection lost to target"), "failed", "Connection lost to target"),
        (valkey("cancelled"), "cancelled", None),
        (valkey("canceled"), "cancelled", None),
        (
            redis("failed", "Sync timeout (state: wait-stream, rdb_channel_state: none)"),
            "failed",
            "Sync timeout",
        ),
        (
            redis("failed", "Cancelled due to user request (state: none, rdb_channel_state: none)"),
            "cancelled",
            "Canc",
        ),
    ],
)
def test_how_it_failed(logs: dict[str, list[str]], outcome: str, reason: str | None) -> None:
    found = only(replay(logs))
    assert found.outcome == outcome
    assert (found.reason or "").startswith(reason or "")
    assert (found.reason is None) == (reason is None)


@pytest.mark.parametrize("told_by", [valkey, redis])
def test_a_log_that_is_not_there_leaves_ids(told_by: object) -> None:
    logs: dict[str, list[str]] = told_by("success")  # type: ignore[operator]
    for count in (1, 2):
        for names in combinations(logs, count):
            found = only(replay({name: logs[name] for name in names}))
            assert found.outcome == "done"
            named = {"source", SOURCE} if "source" in names or "target" in names else {None}
            assert found.source in named
            assert found.target in ({"target", TARGET} if "source" in names or "target" in names else {None})


def test_one_that_goes_on_is_open() -> None:
    logs = {name: lines[:3] for name, lines in valkey("success").items()}
    del logs["watcher"], logs["target"]
    assert (only(replay(logs)).outcome, only(replay(logs)).ended) == ("open", None)


def test_it_is_shown_and_written_and_read_back() -> None:
    timeline = replay(valkey("success"))
    found = only(timeline)
    assert structure(unstructure(found), SlotMigration) == found
    overview = Overview(timeline.verdict, slot_migrations=timeline.slot_migrations)
    page = verdict_page(overview, lambda _: True)
    shown = "\n".join(block.text for block in page if isinstance(block, Paragraph))
    assert f"slots {SLOTS} from source to target: done" in shown
    assert "3.000 s, writes paused for 1.000 s" in shown
