"""HAProxy and the scripts of the redis-ha chart: what they say of servers, and what is found of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from redislog import Route, Timeline, replay
from redislog.report.page import Paragraph
from redislog.report.story import story_page
from tests import logs

BACKEND = "bk_redis_master"
PODS = tuple(f"ha-server-{number}" for number in range(3))
PROXY = "ha-haproxy-d4496b596-69zmp"


def up(server: str, active: int, backend: str = BACKEND) -> str:
    """HAProxy finds a server up."""
    return (
        f"[WARNING]  (17) : Server {backend}/{server} is UP, reason: Layer7 check passed, code: 0, "
        f'info: "(tcp-check)", check duration: 3ms. {active} active and 0 backup servers online. '
        "0 sessions requeued, 0 total in queue."
    )


def down(server: str, active: int, backend: str = BACKEND, expected: str = "role:master") -> str:
    """HAProxy finds a server down, as it does not answer as expected."""
    return (
        f"[WARNING]  (17) : Server {backend}/{server} is DOWN, reason: Layer7 timeout, "
        f"info: \" at step 5 of tcp-check (expect string '{expected}')\", check duration: 1001ms. "
        f"{active} active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue."
    )


def none(backend: str = BACKEND) -> str:
    return f"[ALERT]    (17) : backend '{backend}' has no server available!"


def by_hand(server: str, what: str, active: int | None = None, backend: str = BACKEND) -> str:
    """A server of HAProxy is taken out of service or put back."""
    left = "backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue."
    counts = f" {active} active and 0 {left}" if active is not None else ""
    return f"[WARNING]  (17) : Server {backend}/{server} {what}.{counts}"


def moves(server: str, old: str, new: str) -> str:
    """The name of a server of HAProxy resolves to another address."""
    return f"[WARNING]  (17) : {BACKEND}/{server} changed its IP from {old} to {new} by names/local."


STARTS = ["[NOTICE]   (1) : New worker (17) forked", "[NOTICE]   (1) : Loading success."]
ALL_DOWN = [*STARTS, down("R0", 2), down("R1", 1), down("R2", 0), none()]
"""HAProxy starts before any server."""


def collected(at: float, lines: Iterable[str]) -> list[str]:
    """Lines as ``kubectl logs --timestamps`` shows them."""
    stamp = (datetime(2023, 5, 29, tzinfo=UTC) + timedelta(seconds=at)).strftime("%Y-%m-%dT%H:%M:%S")
    return [f"{stamp}.000000000Z {line}" for line in lines]


def routes(timeline: Timeline) -> list[tuple[str, str | None, bool]]:
    return [(route.server, route.node, route.over) for route in timeline.routes]


def proxied(*lines: str) -> list[Route]:
    return list(replay({f"{PROXY}/haproxy": lines}).routes)


def test_haproxy_is_no_server_and_tells_where_clients_are_sent() -> None:
    lines = [*ALL_DOWN, up("R0", 1), up("R1", 2), down("R0", 1)]
    timeline = replay({f"{PROXY}/haproxy": lines, PODS[0]: logs.start(0, "M"), PODS[1]: logs.start(0, "M")})
    assert timeline.nodes == PODS[:2]
    assert routes(timeline) == [("R0", PODS[0], True), ("R1", PODS[1], False)]
    assert {route.basis["node"] for route in timeline.routes} == {"deduced"}


def test_without_the_chart_s_names_a_server_keeps_haproxy_s_own() -> None:
    named = replay({"proxy": [*ALL_DOWN, up("R0", 1)], PODS[0]: logs.start(0, "M")})
    assert routes(named) == [("R0", None, False)]
    other = [down("a", 1, "redis"), down("b", 0, "redis"), up("b", 1, "redis")]
    (route,) = proxied(*other)
    assert (route.backend, route.server, route.node) == ("redis", "b", None)


def test_a_backend_that_asks_for_something_else_has_no_primaries() -> None:
    assert proxied(down("web1", 1, "web", "200 OK"), up("web1", 2, "web")) == []


def test_the_server_that_never_printed_a_line_is_known_where_all_are_named() -> None:
    """HAProxy prints changes: a server that passes its first check leaves no line."""
    rest = [*STARTS, down("R1", 2), down("R2", 1)]
    assert proxied(*rest) == []
    asked = [
        down("R0", 2, "check_if_redis_is_master_1", "10.0.0.2"),
        *(down(f"R{n}", 0, "check_if_redis_is_master_0", "10.0.0.1") for n in (0, 1, 2)),
    ]
    (route,) = proxied(*asked, *rest)
    assert (route.server, route.node, route.basis["up"]) == ("R0", "10.0.0.1", "deduced")


def test_a_restart_of_haproxy_begins_anew() -> None:
    again = [*ALL_DOWN, up("R0", 1), *STARTS]
    assert [route.over for route in proxied(*again)] == [True]


def test_haproxy_s_own_config_init_states_which_server_is_which() -> None:
    init = [f"10.0.0.{number + 1}  ha-announce-{number}" for number in range(3)]
    captures = {
        f"{PROXY}/config-init": init,
        f"{PROXY}/haproxy": [*ALL_DOWN, up("R0", 1)],
        PODS[0]: [*logs.start(0, "M"), *logs.serves(10)],
        PODS[1]: [*logs.start(9, "S"), *logs.full_sync(10)],
    }
    timeline = replay(captures)
    (route,) = timeline.routes
    assert (route.node, route.basis) == (PODS[0], {"up": "stated", "node": "stated"})
    assert timeline.verdict.nodes[PODS[0]].basis[logs.PRIMARY] == "stated"


def test_the_collector_s_time_is_when_clients_were_sent() -> None:
    lines = [*collected(60, ALL_DOWN), *collected(70, [up("R0", 1)])]
    (route,) = proxied(*lines)
    assert route.start == datetime(2023, 5, 29, 0, 1, 10, tzinfo=UTC)
    (timed,) = [event for event in replay({"ha": lines}).events if event.key == "haproxy.server-up"]
    assert timed.header.collected == route.start


def test_the_timeline_shows_haproxy_s_lines_at_the_collector_s_time() -> None:
    lines = replay({"ha": collected(70, [up("R0", 1)]), "p": logs.start(75, "M")})
    page = [each.text for each in story_page(lines.joined.story, lines.clocks) if isinstance(each, Paragraph)]
    shown = [text for text in page if text.startswith("00:01")]
    assert shown[0].startswith("00:01:10.000 ha")


# the scripts


def date(at: float) -> str:
    return (datetime(2023, 5, 29) + timedelta(seconds=at)).strftime("%a %b %d %H:%M:%S UTC %Y")


def finds(at: float, host: str) -> list[str]:
    return [
        "Identifying redis master (get-master-addr-by-name)..",
        f"  {date(at)} Found redis master ({host})",
    ]


def announces(host: str) -> list[str]:
    return ["Identify announce ip for this pod..", f"  identified announce ({host})"]


def initialises(at: float, host: str) -> list[str]:
    return [
        f"{date(at)} Start...",
        *announces(host),
        "Updating redis config..",
        f"  we are slave of redis master ({host}:6379)",
        f"{date(at)} Ready...",
    ]


@pytest.mark.parametrize("container", ["config-init", "split-brain-fix"])
def test_the_announced_address_in_a_pod_s_own_log_is_stated(container: str) -> None:
    captures = {
        f"{PODS[0]}/{container}": announces("10.0.0.1"),
        PODS[0]: logs.start(0, "M"),
        PODS[1]: [*logs.start(9, "S"), *logs.full_sync(10)],
    }
    verdict = replay(captures).verdict
    assert (verdict.primary, verdict.nodes[PODS[0]].basis[logs.PRIMARY]) == (PODS[0], "stated")


def test_that_a_pod_is_said_to_be_a_slave_makes_no_replica_of_it() -> None:
    captures = {f"{PODS[0]}/config-init": initialises(0, "10.0.0.1"), PODS[0]: logs.start(1, "M")}
    assert replay(captures).verdict.primary == PODS[0]
    assert replay({"init": initialises(0, "10.0.0.1")}).verdict.nodes == {}


def test_looks_that_find_the_same_are_one() -> None:
    lines = [text for at in (0, 60, 120) for text in finds(at, "10.0.0.1")] + finds(180, "10.0.0.2")
    (keeper,) = replay({f"{PODS[0]}/split-brain-fix": lines}).joined.watchers.keepers.values()
    assert [(look.host, look.count) for look in keeper.looks] == [("10.0.0.1", 3), ("10.0.0.2", 1)]


def test_captures_that_several_processes_read_say_the_same(tmp_path: Path) -> None:
    pieces = {
        f"{PROXY}.haproxy.log": [*ALL_DOWN, up("R0", 1)],
        f"{PODS[0]}.config-init.log": announces("10.0.0.1"),
        f"{PODS[0]}.split-brain-fix.log": finds(60, "10.0.0.1"),
        f"{PODS[0]}.log": [*logs.start(0, "M"), *logs.serves(10)],
    }
    for name, lines in pieces.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    one, two = replay(tmp_path, jobs=1), replay(tmp_path, jobs=2)
    assert len(one.routes) == 1
    assert one.routes == two.routes
    assert one.joined.watchers == two.joined.watchers
    assert one.verdict == two.verdict


@pytest.mark.parametrize(
    ("gone", "back"),
    [
        ("is going DOWN for maintenance", "is UP/READY (leaving forced maintenance)"),
        ("is going DOWN for maintenance (DNS NX status)", "('r0.invalid') is UP/READY (resolves again)"),
        ("enters drain state", "is UP (leaving forced drain)"),
    ],
)
def test_clients_are_not_sent_to_a_server_that_is_out_of_service(gone: str, back: str) -> None:
    lines = [*ALL_DOWN, up("R0", 1), by_hand("R0", gone, 0)]
    assert [route.over for route in proxied(*lines)] == [True]
    assert [route.over for route in proxied(*lines, none(), by_hand("R0", back))] == [True, False]


@pytest.mark.parametrize(
    "what",
    [
        "was DOWN and now enters maintenance",
        "is DOWN (leaving forced drain)",
        "administratively READY thanks to valid DNS answer",
    ],
)
def test_a_server_that_is_down_anyway_gets_no_clients(what: str) -> None:
    assert proxied(*ALL_DOWN, by_hand("R0", what)) == []


def test_a_server_that_moves_is_another_node_from_then_on() -> None:
    lines = [*ALL_DOWN, up("R0", 1), moves("R0", "10.0.0.1", "10.0.0.2")]
    one, other = proxied(*lines)
    assert (one.over, other.over, other.node, other.basis["node"]) == (True, False, "10.0.0.2", "stated")
    while_down = [*STARTS, moves("R0", "(none)", "10.0.0.1"), down("R0", 0), up("R0", 1)]
    assert [route.node for route in proxied(*while_down)] == ["10.0.0.1"]
