"""One server's log, folded: its link, its replicas, its roles, its lives, and what is missing in it."""

from __future__ import annotations

import pytest

from redislog.node.history import NodeHistory
from redislog.values import Address, ClientId
from tests import logs
from tests.logs import PRIMARY, REPLICA, REPLID, folded, line, told


def phases(history: NodeHistory) -> list[str]:
    return [span.phase for span in history.links]


def of(history: NodeHistory, replica: str = REPLICA) -> list[str]:
    """The phases of one replica of a primary."""
    return [span.phase for span in history.replicas[Address.parse(replica)]]


FIRST_SYNC = [
    "connect",
    "connecting",
    "handshake",
    "psync",
    "wait_bgsave",
    "transfer",
    "loading",
    "connected",
]


def test_a_first_sync_goes_through_all_phases_of_the_link() -> None:
    history = folded(logs.start(0, "S"), logs.full_sync(1))
    assert phases(history) == FIRST_SYNC
    assert history.gaps == ()


def test_a_full_sync_is_one_attempt_with_all_that_was_said_of_it() -> None:
    (attempt,) = folded(logs.start(0, "S"), logs.full_sync(1, offset=10678)).attempts
    assert (attempt.kind, attempt.primary) == ("full", Address.parse(PRIMARY))
    assert (attempt.replid, attempt.offset) == (REPLID, 10678)
    assert attempt.why is not None
    assert attempt.why[0] == "no cached master"
    assert attempt.finished is not None
    assert (attempt.failed, attempt.count) == (None, 1)
    assert [point.time for point in attempt.points] == sorted(point.time for point in attempt.points)


def test_a_partial_sync_goes_from_asking_to_connected() -> None:
    history = folded(logs.start(0, "S"), logs.full_sync(1), logs.loses_primary(60), logs.partial_sync(61))
    assert phases(history) == [*FIRST_SYNC, "connect", "connecting", "handshake", "psync", "connected"]
    assert history.gaps == ()
    assert [(attempt.kind, attempt.requested) for attempt in history.attempts] == [
        ("full", None),
        ("partial", (REPLID, 563)),
    ]


def test_a_lost_link_goes_back_to_its_beginning() -> None:
    history = folded(logs.start(0, "S"), logs.full_sync(1), logs.loses_primary(60))
    assert phases(history)[-2:] == ["connected", "connect"]
    assert len(history.attempts) == 1


@pytest.mark.parametrize(
    ("last", "message"),
    [
        ("connecting", "Timeout connecting to the MASTER..."),
        ("psync", "Master did not reply to PSYNC, will try later"),
        ("psync", "Unable to AUTH to MASTER: -WRONGPASS invalid username-password pair"),
        ("psync", "Failed to read response from the server: Connection reset by peer"),
        ("wait_bgsave", "MASTER aborted replication with an error: ERR out of memory"),
        ("transfer", "I/O error trying to sync with MASTER: connection lost"),
        (
            "transfer",
            "Timeout receiving bulk data from MASTER... If the problem persists try to set the 'repl-timeout' parameter in redis.conf to a larger value.",
        ),
        (
            "loading",
            "Failed trying to load the MASTER synchronization DB from disk: No such file or directory",
        ),
    ],
)
def test_an_attempt_that_fails_ends_with_the_reason_and_the_link_begins_anew(last: str, message: str) -> None:
    steps = {
        "connecting": logs.connects(1)[:2],
        "psync": logs.asks(1),
        "wait_bgsave": [*logs.asks(1), *logs.is_granted(2)],
        "transfer": [*logs.asks(1), *logs.is_granted(2), *logs.receives(3)],
        "loading": [*logs.asks(1), *logs.is_granted(2), *logs.receives(3), *logs.loads(4)],
    }
    history = folded(logs.start(0, "S"), steps[last], [line(5, "S", message, "#")])
    assert phases(history)[-2:] == [last, "connect"]
    (attempt,) = history.attempts
    assert attempt.failed is not None
    assert attempt.failed.event.message == message
    assert attempt.finished is None
    assert history.gaps == ()


def test_a_diskless_sync_goes_through_all_phases_of_a_replica() -> None:
    history = folded(logs.start(0, "M"), logs.serves(1))
    assert of(history) == ["wait_bgsave", "send_bulk", "online"]
    (service,) = history.services
    assert (service.kind, service.diskless, str(service.replica)) == ("full", True, REPLICA)
    assert service.delayed is not None
    assert service.online is not None
    assert history.gaps == ()


def test_a_snapshot_on_disk_is_sent_when_it_is_done() -> None:
    history = folded(
        logs.start(0, "M"),
        told(
            1,
            "M",
            f"Replica {REPLICA} asks for synchronization",
            f"Full resync requested by replica {REPLICA}",
        ),
        told(1.002, "M", "Starting BGSAVE for SYNC with target: disk", "Background saving started by pid 42"),
        told(9, "M", "Background saving terminated with success"),
        told(12, "M", f"Synchronization with replica {REPLICA} succeeded"),
    )
    spans = history.replicas[Address.parse(REPLICA)]
    assert [(span.phase, round(span.start.time % 60)) for span in spans] == [
        ("wait_bgsave", 1),
        ("send_bulk", 9),
        ("online", 12),
    ]
    assert history.services[0].diskless is False


def test_one_snapshot_serves_all_replicas_that_wait_for_it() -> None:
    history = folded(
        logs.start(0, "M"),
        logs.is_asked(1, REPLICA),
        logs.is_asked(2, logs.OTHER),
        told(6, "M", "Starting BGSAVE for SYNC with target: replicas sockets"),
        told(7, "M", f"Synchronization with replica {logs.OTHER} succeeded"),
        told(8, "M", f"Synchronization with replica {REPLICA} succeeded"),
    )
    assert of(history, REPLICA) == of(history, logs.OTHER) == ["wait_bgsave", "send_bulk", "online"]
    assert len({service.bgsave for service in history.services}) == 1


def test_a_partial_sync_puts_a_replica_online_at_once() -> None:
    history = folded(logs.start(0, "M"), logs.serves(1), logs.loses_replica(60), logs.serves_partially(61))
    assert of(history) == ["wait_bgsave", "send_bulk", "online", "gone", "wait_bgsave", "online"]
    assert [(service.kind, service.bytes) for service in history.services] == [
        ("full", None),
        ("partial", 100),
    ]


def test_a_replica_that_is_lost_in_the_middle_ends_its_sync() -> None:
    history = folded(logs.start(0, "M"), logs.is_asked(1), logs.loses_replica(3))
    assert of(history) == ["wait_bgsave", "gone"]
    assert history.services[0].failed is not None


def test_a_failed_snapshot_ends_the_sync_of_all_that_waited() -> None:
    history = folded(
        logs.start(0, "M"),
        logs.is_asked(1, REPLICA),
        logs.is_asked(2, logs.OTHER),
        told(6, "M", "Starting BGSAVE for SYNC with target: replicas sockets"),
        [line(7, "M", "Background transfer error", "#")],
    )
    assert of(history, REPLICA) == of(history, logs.OTHER) == ["wait_bgsave", "send_bulk", "gone"]


def test_a_snapshot_that_is_given_up_ends_no_sync_that_waits_for_the_next() -> None:
    history = folded(
        logs.start(0, "M"),
        logs.is_asked(1)[:2],
        told(2, "M", "Starting BGSAVE for SYNC with target: replicas sockets"),
        logs.loses_replica(3),
        told(3.1, "M", "Diskless rdb transfer, last replica dropped, killing fork child."),
        logs.is_asked(4, logs.OTHER)[:2],
        told(4.1, "M", "Current BGSAVE has socket target. Waiting for next BGSAVE for SYNC"),
        told(5, "M", "Background transfer terminated by signal 10"),
        told(5.1, "M", "Starting BGSAVE for SYNC with target: replicas sockets"),
        told(6, "M", f"Synchronization with replica {logs.OTHER} succeeded"),
    )
    given_up, served = history.services
    assert (given_up.failed is not None, given_up.online) == (True, None)
    assert (served.failed, served.headless) == (None, False)
    assert served.online is not None


def test_a_client_without_an_address_is_a_replica_too() -> None:
    history = folded(logs.start(0, "M"), told(5, "M", "Connection with replica client id #11 lost."))
    assert [span.phase for span in history.replicas[ClientId(11)]] == ["gone"]


def test_why_a_resync_was_not_partial_is_kept() -> None:
    refused = line(
        61,
        "M",
        f"Unable to partial resync with replica {REPLICA} for lack of backlog (Replica request was: 563).",
    )
    asked = logs.is_asked(61)
    history = folded(
        logs.start(0, "M"), logs.serves(1), logs.loses_replica(60), [asked[0], refused, *asked[1:]]
    )
    why = history.services[1].why
    assert why is not None
    assert why[0] == "lack of backlog"


def roles(history: NodeHistory) -> list[tuple[str, bool]]:
    return [(span.role, span.by_letter) for span in history.roles]


def test_role_letters_tell_the_role() -> None:
    assert roles(folded(logs.start(0, "M"))) == [("primary", True)]
    assert roles(folded(logs.start(0, "S"))) == [("replica", True)]


def test_letters_of_children_and_of_the_start_tell_nothing() -> None:
    assert roles(folded(logs.start(0, "M")[:3])) == []
    assert roles(folded(logs.start(0, "S"), told(1, "C", "DB saved on disk"))) == [("replica", True)]


def test_a_promotion_ends_the_link_and_is_stated() -> None:
    history = folded(logs.start(0, "S"), logs.full_sync(1), logs.is_promoted(60))
    assert roles(history) == [("replica", True), ("primary", False)]
    assert phases(history)[-1] == "none"
    assert history.lineage[-1].replid == logs.NEW_REPLID
    assert (history.lineage[-1].replid2, history.lineage[-1].offset) == (REPLID, 10000)


def test_a_repointed_replica_never_was_a_primary_though_its_lines_say_m_for_a_moment() -> None:
    repointed = [
        line(60, "M", "Connection with master lost.", "#"),
        line(60, "M", "Caching the disconnected master state."),
        line(60, "S", f"Connecting to MASTER {logs.OTHER}"),
        line(60, "S", "MASTER <-> REPLICA sync started"),
        line(60, "S", f"REPLICAOF {logs.OTHER} enabled (user request from '{logs.CLIENT}')"),
    ]
    history = folded(logs.start(0, "S"), logs.full_sync(1), repointed)
    assert [span.role for span in history.roles] == ["replica"]
    assert history.links[-1].primary == Address.parse(logs.OTHER)


def test_a_demotion_begins_a_link_to_the_named_primary() -> None:
    history = folded(logs.start(0, "M"), logs.is_demoted(60))
    assert [span.role for span in history.roles] == ["primary", "replica"]
    assert (history.links[-1].phase, history.links[-1].primary) == ("connecting", Address.parse(PRIMARY))


def test_a_life_whose_start_is_missing_begins_with_its_first_line() -> None:
    ended = [line.replace("1:M", "2:M", 1) for line in logs.serves_partially(60)]
    history = folded(logs.start(0, "M"), logs.serves(10), ended)
    assert [run.start is not None for run in history.runs] == [True, False]
    assert history.runs[1].first.event.message == f"Replica {REPLICA} asks for synchronization"


def test_a_start_banner_opens_a_life_of_the_process() -> None:
    (run,) = folded(logs.start(0, "M", port=7000)).runs
    assert run.start is not None
    assert run.ready is not None
    assert (run.version, run.product, run.port, run.ended_by) == ("7.0.15", "redis", 7000, None)


def test_a_log_that_stops_is_not_a_server_that_stopped() -> None:
    (run,) = folded(logs.start(0, "M"), logs.serves(1)).runs
    assert (run.end, run.ended_by) == (None, None)


def test_the_end_of_a_life_is_its_stop_its_crash_or_the_next_start() -> None:
    crash = [line(20, "M", "Redis 7.0.15 crashed by signal: 11, si_code: 1", "#")]
    lives = [
        logs.start(0, "M"),
        logs.stop(5, "M"),
        logs.start(10, "M"),
        crash,
        logs.start(30, "M"),
        logs.start(40, "M"),
    ]
    assert [run.ended_by for run in folded(*lives).runs] == ["stop", "crash", "start", None]


def test_a_restart_forgets_link_and_replicas() -> None:
    history = folded(logs.start(0, "M"), logs.serves(1), logs.start(60, "M"))
    assert of(history)[-1] == "gone"
    replica = folded(logs.start(0, "S"), logs.full_sync(1), logs.start(60, "S"), logs.full_sync(61))
    assert phases(replica) == FIRST_SYNC * 2
    assert len(replica.attempts) == 2


def test_a_capture_that_begins_in_the_middle_has_a_life_without_a_start() -> None:
    history = folded(logs.finishes(5))
    assert [run.start for run in history.runs] == [None]
    assert phases(history)[-1] == "connected"
    assert [span.role for span in history.roles] == ["replica"]


def test_what_the_table_does_not_expect_is_recorded_as_a_gap_and_survived() -> None:
    history = folded(logs.start(0, "S"), logs.connects(1), logs.finishes(9))
    assert phases(history)[-1] == "connected"
    assert [(gap.phase, gap.point.event.key) for gap in history.gaps] == [
        ("handshake", "replica.full-sync.finished")
    ]


def test_a_partial_sync_is_not_the_end_of_one_that_had_nothing_to_go_on_from() -> None:
    """The lines between are missing: that one may have ended in any way."""
    history = folded(logs.start(0, "S"), logs.asks(1), logs.partial_sync(60)[-2:])
    first, second = history.attempts
    assert (first.kind, first.finished, first.primary) == (None, None, Address.parse(PRIMARY))
    assert (second.kind, second.headless, second.primary) == ("partial", True, None)
    assert [gap.phase for gap in history.gaps] == ["psync"]


def test_a_replica_that_goes_on_was_not_granted_all_just_before() -> None:
    """The primary's lines between its request for all and the one to go on are missing."""
    history = folded(logs.start(0, "M"), logs.is_asked(10), logs.serves_partially(60)[-1:])
    assert [(each.kind, each.online is not None, each.headless) for each in history.services] == [
        ("full", False, False),
        ("partial", True, True),
    ]
    assert len(history.gaps) == 1


def test_what_is_granted_twice_is_granted_to_two_attempts() -> None:
    history = folded(logs.start(0, "S"), logs.asks(1), logs.is_granted(2), logs.is_granted(60, offset=900))
    assert [(each.kind, each.offset, each.headless) for each in history.attempts] == [
        ("full", 563, False),
        ("full", 900, True),
    ]


def test_a_primary_whose_failover_was_aborted_has_no_link_and_begins_anew_at_the_next() -> None:
    aborted = line(2, "S", f"FAILOVER to {REPLICA} aborted: Failover target rejected psync request")
    history = folded(
        logs.start(0, "M"), logs.asks_to_continue(1, REPLICA), [aborted], logs.partial_sync(60, REPLICA)
    )
    assert phases(history)[-6:] == ["psync", "none", "connecting", "handshake", "psync", "connected"]
    assert [attempt.kind for attempt in history.attempts] == [None, "partial"]
    assert history.gaps == ()


def test_a_replica_that_appears_out_of_nothing_is_online() -> None:
    history = folded(logs.start(0, "M"), told(9, "M", f"Synchronization with replica {REPLICA} succeeded"))
    assert of(history) == ["online"]


def test_at_level_warning_silence_says_nothing_of_the_link() -> None:
    assert not any(run.notices for run in folded(logs.warnings_only(logs.start(0, "S"))).runs)
    assert all(run.notices for run in folded(logs.start(0, "S")).runs)
    state = logs.verdict(server=[*logs.warnings_only([*logs.start(0, "S"), *logs.is_refused(1)]), *[]]).nodes[
        "server"
    ]
    assert (state.role, state.link, state.in_sync) == ("replica", "unknown", None)


def test_a_second_channel_s_request_and_end_belong_to_the_same_sync() -> None:
    asked = f"Replica {REPLICA} asks for synchronization"
    history = folded(
        logs.start(0, "M"),
        told(1, "M", asked, f"Full resync requested by replica {REPLICA}"),
        told(
            1.002,
            "M",
            f"Replica {REPLICA} is capable of rdb channel synchronization, and partial sync isn't possible. Full sync will continue with dedicated rdb channel.",
        ),
        told(1.005, "M", asked),
        told(2, "M", "Starting BGSAVE for SYNC with target: replicas sockets (rdb-channel)"),
        told(3, "M", f"Synchronization with replica {REPLICA} succeeded"),
        told(4, "M", f"Connection with replica (rdbchannel) {REPLICA} lost."),
    )
    assert len(history.services) == 1
    assert of(history)[-1] == "online"


def test_what_runs_beside_a_load_in_the_background_is_no_partial_sync() -> None:
    history = folded(
        logs.asks(1),
        told(
            2,
            "S",
            "PRIMARY <-> REPLICA sync: Primary accepted a Partial Resynchronization, RDB load in background.",
        ),
    )
    assert all(attempt.kind != "partial" for attempt in history.attempts)
    assert phases(history)[-1] != "connected"


def test_a_restart_of_a_primary_that_had_replicas_is_one_run() -> None:
    lines = [*logs.start(0, "M"), *logs.serves(10), *logs.start(70, "M")]
    assert [run.version for run in folded(lines).runs] == ["7.0.15", "7.0.15"]


def test_the_end_of_a_second_channel_is_no_sync_of_its_own() -> None:
    """Redis 8.2 may say that a replica is online before it says that the snapshot was streamed."""
    history = folded(
        logs.start(0, "M"),
        told(
            1,
            "M",
            f"Replica {REPLICA} asks for synchronization",
            f"Replica {REPLICA} is capable of rdb channel synchronization, and partial sync isn't possible. "
            "Full sync will continue with dedicated rdb channel.",
            f"Replica {REPLICA} asks for synchronization",
            f"Full resync requested by replica {REPLICA} (rdb-channel)",
            "Starting BGSAVE for SYNC with target: replicas sockets (rdb-channel)",
            "Background RDB transfer terminated with success",
            f"Synchronization with replica {REPLICA} succeeded",
            f"Streamed RDB transfer with replica {REPLICA} succeeded (socket). Waiting for REPLCONF ACK from "
            "replica to enable streaming",
        ),
    )
    assert (len(history.services), of(history)[-1]) == (1, "online")


@pytest.mark.parametrize(
    "part",
    [
        "------ INFO OUTPUT ------",
        "------ CLIENT LIST OUTPUT ------",
        "------ MODULES INFO OUTPUT ------",
        "------ FAST MEMORY TEST ------",
        "=== REDIS BUG REPORT END. Make sure to include from START to END. ===",
    ],
)
def test_each_part_of_a_crash_report_says_that_the_server_crashed(part: str) -> None:
    """Its head may be cut, and its end was not printed where the test of the memory crashed itself."""
    (run,) = folded([part, line(20, "S", "Bio thread for job type #0 terminated", "#")]).runs
    assert run.ended_by == "crash"


def test_a_server_ends_with_the_check_of_a_snapshot_that_it_cannot_load() -> None:
    banner = logs.start(0, "S")[:-1]
    check = [
        line(1, "S", "Wrong RDB checksum expected: (aa) but got (bb). Aborting now.", "#"),
        "--- RDB ERROR DETECTED ---",
        "[offset 10282] RDB CRC error",
    ]
    (run,) = folded(banner, check).runs
    assert (run.ended_by, run.ready) == ("stop", None)
