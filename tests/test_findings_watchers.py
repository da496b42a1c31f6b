"""Findings on HAProxy and on the scripts of the redis-ha chart."""

from __future__ import annotations

from tests import logs
from tests.found import absent, alone
from tests.test_watchers import (
    ALL_DOWN,
    PODS,
    PROXY,
    announces,
    by_hand,
    collected,
    down,
    finds,
    initialises,
    none,
    up,
)

HA = f"{PROXY}/haproxy"
FIX = f"{PODS[0]}/split-brain-fix"
SERVERS = {
    PODS[0]: [*logs.start(0, "M"), *logs.serves(10), logs.line(200, "M", "DB saved on disk")],
    PODS[1]: [*logs.start(9, "S"), *logs.full_sync(10), logs.line(200, "S", "DB saved on disk")],
}


def test_clients_that_are_sent_to_a_replica_are_found() -> None:
    found = alone("proxy-disagrees", **SERVERS, **{HA: [*ALL_DOWN, up("R1", 1)]})
    assert (found.severity, found.nodes) == ("warning", (PROXY, PODS[1]))
    later = [*collected(150, [*ALL_DOWN, up("R1", 1)]), *collected(190, [down("R2", 1)])]
    assert alone("proxy-disagrees", **SERVERS, **{HA: later}).severity == "critical"


def test_clients_that_are_sent_to_the_primary_or_to_nobody_known_are_not() -> None:
    assert absent("proxy-disagrees", **SERVERS, **{HA: [*ALL_DOWN, up("R0", 1)]})
    assert absent("proxy-disagrees", **SERVERS, **{HA: [*ALL_DOWN, up("R1", 1), down("R1", 0)]})
    assert absent("proxy-disagrees", **SERVERS, proxy=[*ALL_DOWN, up("R1", 1)])


def test_a_server_that_became_a_replica_just_now_may_not_be_seen_as_one_yet() -> None:
    young = {**SERVERS, PODS[1]: SERVERS[PODS[1]][:-1]}
    assert absent("proxy-disagrees", **young, **{HA: [*ALL_DOWN, up("R1", 1)]})


def test_two_servers_that_answer_as_primary_are_found() -> None:
    both = [*ALL_DOWN, up("R0", 1), up("R1", 2)]
    found = alone("proxy-two-primaries", **SERVERS, **{HA: both})
    assert (found.severity, found.nodes) == ("warning", (PROXY, *PODS[:2]))
    assert alone("proxy-two-primaries", **SERVERS, **{HA: collected(60, both)}).severity == "critical"
    assert absent("proxy-two-primaries", **{HA: [*both, down("R0", 1)]})


def test_that_no_primary_is_found_is_found() -> None:
    assert alone("proxy-no-server", **{HA: ALL_DOWN}).severity == "critical"
    assert absent("proxy-no-server", **{HA: [*ALL_DOWN, up("R0", 1)]})
    lost = [*ALL_DOWN, up("R0", 1), down("R0", 0), none()]
    assert alone("proxy-no-server", **{HA: lost}).severity == "critical"
    assert alone("proxy-no-server", **{HA: [*lost, up("R1", 1)]}).severity == "info"


def test_a_server_that_was_taken_out_of_service_is_told_apart_from_one_that_fails() -> None:
    gone = by_hand("R0", "is going DOWN for maintenance", 0)
    found = alone("proxy-no-server", **{HA: [*ALL_DOWN, up("R0", 1), gone, none()]})
    assert (found.severity, "state ready" in found.advice) == ("critical", True)
    assert any("for maintenance" in line.text for line in found.evidence)
    failed = alone("proxy-no-server", **{HA: [*ALL_DOWN, up("R0", 1), down("R0", 0), none()]})
    assert "state ready" not in failed.advice


def test_that_no_sentinel_names_a_replica_is_normal() -> None:
    backend = "check_if_redis_is_master_1"
    asked = [down(f"R{number}", 2 - number, backend, "10.0.0.2") for number in range(3)]
    assert absent("proxy-no-server", **{HA: [*ALL_DOWN, up("R0", 1), *asked, none(backend)]})


def test_a_script_that_is_told_of_a_replica_as_the_primary_is_found() -> None:
    told = [*announces("10.0.0.1"), *finds(60, "10.0.0.2"), *finds(120, "10.0.0.2")]
    found = alone("sidecar-disagrees", **SERVERS, **{FIX: told})
    assert (found.severity, found.nodes) == ("critical", PODS[:2])
    assert absent("sidecar-disagrees", **SERVERS, **{FIX: [*told, *finds(180, "10.0.0.1")]})
    assert absent("sidecar-disagrees", **SERVERS, **{FIX: [*announces("10.0.0.1"), *finds(60, "10.0.0.2")]})


def test_scripts_that_are_told_of_different_primaries_are_found() -> None:
    one = [text for at in (0, 60, 120) for text in finds(at, "10.0.0.1")]
    other = [text for at in (30, 90, 150) for text in finds(at, "10.0.0.2")]
    captures = {FIX: one, f"{PODS[1]}/split-brain-fix": other}
    assert alone("sidecar-disagrees", **captures).nodes == PODS[:2]
    assert absent("sidecar-disagrees", **{**captures, FIX: [*one, *finds(180, "10.0.0.2")]})


def test_a_server_that_a_script_configured_anew_is_found() -> None:
    again = [*announces("10.0.0.1"), *initialises(60, "10.0.0.1")]
    found = alone("server-reinitialized", **{FIX: again})
    assert (found.severity, found.nodes, "once" in found.summary) == ("warning", PODS[:1], True)
    assert alone("server-reinitialized", **SERVERS, **{FIX: again}).severity == "info"
    assert absent("server-reinitialized", **{f"{PODS[0]}/config-init": initialises(0, "10.0.0.1")})
    announced = ["Redis role is slave, expected role is master, reinitializing", *again]
    assert "once" in alone("server-reinitialized", **{FIX: announced}).summary
