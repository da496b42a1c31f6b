"""A server's lives, syncs and loops as the newest releases print them."""

from __future__ import annotations

import pytest

from redislog import Timeline, replay
from redislog.node.history import NodeHistory
from redislog.node.tables import RUNS
from tests import logs
from tests.logs import PRIMARY, REPLID, line, told

OVERCOMMIT = (
    "WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low "
    "memory condition. Being disabled, it can also cause failures without low memory condition, see "
    "https://github.com/jemalloc/jemalloc/issues/1328. To fix this issue add 'vm.overcommit_memory = 1' to "
    "/etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect."
)
ENDS = "Valkey is now ready to exit, bye bye..."


def valkey_start(at: float, letter: str) -> list[str]:
    """A server of Valkey 9.1 starts: its lines have the letter of its role from the first on."""
    return told(
        at,
        letter,
        OVERCOMMIT,
        "oO0OoO0OoO0Oo Valkey is starting oO0OoO0OoO0Oo",
        "Valkey version=9.1.2, bits=64, commit=00000000, modified=0, pid=1, just started",
        "Configuration loaded",
        "monotonic clock: X86 TSC @ 2100.04 ticks/us",
        "Running mode=standalone, port=6379.",
        "Static Module 'lua' successfully loaded",
        "Server initialized",
        "Ready to accept connections tcp",
    )


def in_a_thread(at: float) -> list[str]:
    """A full sync whose snapshot a thread of the replica saves."""
    return [
        *told(
            at,
            "S",
            f"Connecting to PRIMARY {PRIMARY}",
            "PRIMARY <-> REPLICA sync started",
            "Non blocking connect for SYNC fired the event.",
            "Primary replied to PING, replication can continue...",
            "Partial resynchronization not possible (no cached primary)",
            f"Full resync from primary: {REPLID}:0",
            "Replica main thread creating Bio thread to save RDB to disk",
            "Replica bio thread: PRIMARY <-> REPLICA sync: receiving 2179 bytes from primary to disk",
            "Replica bio thread: Done downloading RDB",
        ),
        *told(
            at + 1,
            "S",
            "Replica main thread detected RDB download completion in Bio thread",
            "Loading the RDB and finalizing primary-replica sync...",
            "PRIMARY <-> REPLICA sync: Loading DB in memory",
            "RDB signature and version check passed. Flushing old data",
            "PRIMARY <-> REPLICA sync: Finished with success",
        ),
    ]


def node(*lines: str) -> NodeHistory:
    return logs.folded(lines)


@pytest.mark.parametrize("ends", [ENDS, None], ids=["told to end", "killed"])
@pytest.mark.parametrize("letter", ["M", "S"])
def test_a_start_with_the_letter_of_a_role_is_one_life(letter: str, ends: str | None) -> None:
    last = [line(9, letter, ends, "#")] if ends else []
    runs = node(*valkey_start(0, letter), *last, *valkey_start(10, letter)).runs
    assert [(run.product, run.version, run.ready is not None) for run in runs] == [
        ("valkey", "9.1.2", True)
    ] * 2
    assert (runs[0].ended_by, runs[1].end) == ("stop" if ends else "start", None)


@pytest.mark.parametrize("kept", range(9))
def test_a_server_that_ended_runs_again_with_any_line_of_a_start(kept: int) -> None:
    history = node(*valkey_start(0, "M"), line(9, "M", ENDS, "#"), *valkey_start(10, "M")[kept : kept + 1])
    shown = RUNS.get(history.last.event.key) if history.last else None
    assert (history.runs[-1].end is None) == (shown in ("start", "starting", "ready"))


def test_a_line_of_a_start_is_of_the_life_that_is_starting() -> None:
    assert len(node(*logs.start(0, "M")).runs) == 1
    assert len(node(*logs.start(0, "M"), *logs.start(10, "M")).runs) == 2


def phases(timeline: Timeline) -> dict[str, float | None]:
    (resync,) = timeline.resyncs
    assert resync.outcome == "done"
    return {phase.name: phase.seconds for phase in resync.phases}


def test_a_snapshot_that_a_thread_has_received_waits_for_the_main_thread() -> None:
    lasted = phases(replay({"r": [*valkey_start(0, "S"), *in_a_thread(1)]}))
    assert lasted["transfer"] == 0.001
    assert lasted["wait_loading"] == pytest.approx(0.994)


def test_the_flush_of_a_server_s_own_file_is_no_sync() -> None:
    started = valkey_start(0, "S")
    own = line(0.006, "S", "RDB signature and version check passed. Flushing old data")
    assert node(*started[:-1], own, started[-1]).attempts == ()


def rounds(*at: float, year: str = "2023 ") -> list[str]:
    """Full resyncs of some milliseconds that fail, a second apart."""
    lines = [
        *logs.start(0, "S"),
        *(
            text
            for second in at
            for text in [
                *logs.asks(second),
                line(second + 0.005, "S", f"Full resync from master: {REPLID}:1"),
                line(
                    second + 0.006,
                    "S",
                    "I/O error reading bulk count from MASTER: Connection reset by peer",
                    "#",
                ),
            ]
        ),
    ]
    return [text.replace("2023 ", year) for text in lines]


@pytest.mark.parametrize("year", ["2023 ", ""], ids=["with years", "without"])
@pytest.mark.parametrize("apart", [1, 60, 3600])
def test_rounds_without_a_connection_between_are_a_loop_however_far_apart(year: str, apart: float) -> None:
    loop = rounds(1, 1 + apart, 1 + 2 * apart, 1 + 3 * apart, year=year)
    assert logs.verdict(r=loop).status == "resync-loop"


def test_a_partial_resync_between_two_rounds_is_a_connection() -> None:
    connected = [
        *logs.asks_to_continue(100),
        line(100.01, "S", "Successful partial resynchronization with master."),
        *logs.loses_primary(900),
    ]
    verdict = logs.verdict(r=[*rounds(1, 2), *connected, *rounds(1000, 1001)[7:]])
    assert verdict.status != "resync-loop"
