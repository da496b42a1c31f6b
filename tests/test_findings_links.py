"""Findings on replicas that do not get to their primary, and on limits that a link runs into."""

from __future__ import annotations

import pytest

from tests import logs
from tests.found import PAIR, absent, alone
from tests.logs import OTHER, PRIMARY, REPLICA, line

LOST = [*PAIR["r"], *logs.loses_primary(60)]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("Connection refused", "nothing listens"),
        ("Operation timed out", "timed out"),
        ("No route to host", "no route"),
        ("Name or service not known", "not found"),
    ],
)
def test_why_a_primary_is_not_reached_is_said(error: str, words: str) -> None:
    lines = [text.replace("Connection refused", error) for text in logs.is_refused(61)]
    found = alone("primary-unreachable", r=[*LOST, *lines])
    assert words in found.summary


def test_at_level_warning_a_refusal_may_be_the_last_line_of_a_replica_in_sync() -> None:
    lines = logs.warnings_only([*LOST, *logs.is_refused(61)])
    assert absent("primary-unreachable", r=lines)


def no_auth(at: float) -> list[str]:
    misleading = (
        "(Non critical) Master does not understand REPLCONF listening-port: -NOAUTH Authentication required."
    )
    return [*logs.connects(at), line(at + 0.004, "S", misleading), *logs.lacks_password(at)[4:]]


def test_a_missing_password_is_found_though_its_first_line_says_non_critical() -> None:
    found = alone("auth-refused", r=[*logs.start(0, "S"), *no_auth(1), *no_auth(2)])
    assert (found.severity, found.nodes[0]) == ("critical", "r")
    assert "(Non critical)" in found.summary
    assert "masterauth" in found.advice
    assert "(Non critical)" in found.evidence[0].text


def test_a_wrong_password_and_a_missing_permission_have_advice_of_their_own() -> None:
    wrong = line(
        1.01,
        "S",
        "Unable to AUTH to MASTER: -WRONGPASS invalid username-password pair or user is disabled.",
        "#",
    )
    denied = line(
        1.01, "S", "MASTER aborted replication with an error: NOPERM this user has no permissions", "#"
    )
    start = [*logs.start(0, "S"), *logs.connects(1)]
    assert "masteruser" in alone("auth-refused", r=[*start, wrong]).advice
    assert "+psync" in alone("auth-refused", r=[*start, denied]).advice


def test_a_refused_capability_is_no_missing_password() -> None:
    old = "(Non critical) Master does not understand REPLCONF capa: -ERR Unrecognized REPLCONF option: capa"
    assert absent("auth-refused", r=[*logs.start(0, "S"), *logs.connects(1), line(1.01, "S", old)])


def test_a_password_that_was_given_later_is_info() -> None:
    found = alone("auth-refused", r=[*logs.start(0, "S"), *no_auth(1), *logs.full_sync(10)])
    assert found.severity == "info"


def test_a_replica_that_was_refused_and_is_a_primary_now_is_refused_no_longer() -> None:
    found = alone("auth-refused", r=[*logs.start(0, "S"), *no_auth(1), *logs.is_promoted(10)])
    assert found.severity == "info"


def test_a_replica_of_itself_is_found() -> None:
    itself = "127.0.0.1:6379"
    assert alone("replica-of-itself", r=[*logs.start(0, "S"), *without_link(1, itself)]).nodes == ("r",)
    reached = reaches_itself()
    assert alone("replica-of-itself", p=reached).nodes == ("p",)
    assert absent("upstream-not-linked", p=reached)


def test_another_port_or_one_that_nobody_listens_at_is_not_the_server_itself() -> None:
    other_port = [*logs.start(0, "S"), *without_link(1, "127.0.0.1:6380")]
    assert absent("replica-of-itself", r=other_port)
    assert absent("replica-of-itself", r=[*logs.start(0, "S"), *logs.is_refused(1, "127.0.0.1:6379")])


def reaches_itself() -> list[str]:
    """A primary is made to follow the address at which a client reached it."""
    demoted = [text.replace("fd=8", f"laddr={PRIMARY} fd=8") for text in logs.is_demoted(60, PRIMARY)]
    return [*PAIR["p"], *demoted, *without_link(61)]


def test_servers_that_follow_each_other_or_themselves_have_no_primary() -> None:
    assert logs.verdict(**in_a_circle()).status == "no-primary"
    assert logs.verdict(p=reaches_itself()).status == "no-primary"
    below = [*PAIR["r"], *logs.loses_primary(60), *without_link(61)]
    assert logs.verdict(p=reaches_itself(), r=below).status == "no-primary"


def in_a_circle(*, last: str = REPLICA) -> dict[str, list[str]]:
    """a follows b; b, a primary at first, is made to follow a."""
    a = [*logs.start(0, "S"), *logs.full_sync(10)]
    b = [*logs.start(0, "M"), *logs.serves(10), *logs.is_demoted(60, last)]
    return {"a": a, "b": b}


def test_replicas_in_a_circle_are_found() -> None:
    found = alone("replication-cycle", **in_a_circle())
    assert (set(found.nodes), found.severity) == ({"a", "b"}, "critical")
    assert absent("replication-cycle", **in_a_circle(last=OTHER))


def without_link(at: float, primary: str = PRIMARY) -> list[str]:
    reply = "-NOMASTERLINK Can't SYNC while not connected with my master"
    return [
        *logs.asks(at, primary),
        line(
            at + 0.01, "S", f"Master is currently unable to PSYNC but should be in the future: {reply}", "#"
        ),
    ]


def test_a_primary_without_a_link_of_its_own_is_found() -> None:
    found = alone("upstream-not-linked", r=[*logs.start(0, "S"), *without_link(1)])
    assert (found.severity, found.nodes) == ("critical", ("r", PRIMARY))
    assert absent("upstream-not-linked", r=[*logs.start(0, "S"), *without_link(1), *logs.full_sync(10)])


def test_an_address_that_answers_that_it_has_no_link_is_a_replica() -> None:
    served = [*logs.start(0, "S"), *logs.full_sync(1)]
    verdict = logs.verdict(r=[*logs.start(0, "S"), *without_link(1)], s=served)
    state = verdict.nodes[PRIMARY]
    assert (state.role, state.in_sync, state.basis["role"]) == ("replica", False, "deduced")
    assert "NOMASTERLINK" in state.because["role"][0].text


def test_a_replica_below_one_that_is_cut_off_is_found() -> None:
    middle = [
        *logs.start(0, "S"),
        *logs.full_sync(1, OTHER),
        *[text.replace("1:M", "1:S") for text in logs.serves(10)],
    ]
    low = [*logs.start(9, "S"), *logs.full_sync(10)]
    assert absent("upstream-not-linked", m=middle, r=low)
    cut = [*middle, *logs.loses_primary(60), *logs.is_refused(61, OTHER)]
    assert alone("upstream-not-linked", m=cut, r=low).nodes == ("r", "m")


# limits


def closes(at: float, flags: str = "S", omem: int = 20_000_000) -> str:
    client = f"id=7 addr=10.0.0.2:50000 laddr=10.0.0.1:6379 fd=8 name= age=12 idle=0 flags={flags} omem={omem} cmd=psync"
    if flags == "N":
        client = client.replace("psync", "subscribe")
    return line(
        at, "M", f"Client {client} scheduled to be closed ASAP for overcoming of output buffer limits.", "#"
    )


def test_a_full_output_buffer_is_found_with_a_limit_that_is_larger() -> None:
    lines = [*PAIR["p"], closes(60), *logs.loses_replica(60.1)]
    found = alone("output-buffer-limit", p=lines, r=LOST)
    assert (found.severity, found.nodes) == ("critical", ("p", "r"))
    assert "12 s" in found.summary
    assert "'replica 39mb 39mb 60'" in found.advice
    again = [*lines, *logs.serves_partially(61)]
    assert alone("output-buffer-limit", p=again, r=[*LOST, *logs.partial_sync(61)]).severity == "warning"


def test_a_subscriber_that_is_too_slow_is_no_replica() -> None:
    assert absent("output-buffer-limit", p=[*PAIR["p"], closes(60, flags="N")], r=PAIR["r"])


def test_a_transfer_that_times_out_is_found_with_a_longer_time() -> None:
    message = "Timeout receiving bulk data from MASTER... If the problem persists try to set the 'repl-timeout' parameter in redis.conf to a larger value."
    begun = [*logs.start(0, "S"), *logs.asks(1), *logs.is_granted(2), *logs.receives(2.1)]
    found = alone("repl-timeout", r=[*begun, line(72.1, "S", message, "#")])
    assert (found.severity, "70 s" in found.summary, "repl-timeout 140" in found.advice) == (
        "critical",
        True,
        True,
    )
    assert absent(
        "repl-timeout",
        r=[*begun, line(72.1, "S", "I/O error trying to sync with MASTER: connection lost", "#")],
    )


def test_a_replica_that_its_primary_gave_up_is_found_and_warned_of_once_it_is_back() -> None:
    lines = [*PAIR["p"], line(60, "M", f"Disconnecting timedout replica (streaming sync): {REPLICA}", "#")]
    assert alone("repl-timeout", p=lines).severity == "critical"
    back = [*lines, *logs.serves_partially(61)]
    assert alone("repl-timeout", p=back, r=[*LOST, *logs.partial_sync(61)]).severity == "warning"


def loads_for(seconds: float) -> list[str]:
    return [
        *logs.start(0, "S"),
        *logs.asks(1),
        *logs.is_granted(2),
        *logs.receives(2.1),
        *logs.loads(2.2),
        *logs.finishes(2.2 + seconds),
    ]


def test_a_load_that_outlasts_the_link_is_found() -> None:
    found = alone("load-exceeds-timeout", r=[*loads_for(90), *logs.loses_primary(92.5)])
    assert (found.severity, "90 s" in found.summary, "repl-timeout 140" in found.advice) == (
        "critical",
        True,
        True,
    )


def test_a_long_load_that_stays_connected_or_a_short_one_is_no_fault() -> None:
    assert absent("load-exceeds-timeout", r=[*loads_for(90), *logs.loses_primary(500)])
    assert absent("load-exceeds-timeout", r=[*loads_for(20), *logs.loses_primary(22.5)])


def loses_link_at(*moments: int) -> list[str]:
    breaks = [text for at in moments for text in (*logs.loses_primary(at), *logs.partial_sync(at + 1))]
    return [*PAIR["r"], *breaks]


def test_a_link_that_breaks_again_and_again_is_found() -> None:
    found = alone("link-flapping", r=loses_link_at(60, 90, 120))
    assert (found.severity, "every 30 s" in found.summary) == ("warning", True)
    assert absent("link-flapping", r=loses_link_at(60, 90))
    moved = [
        text
        for at, primary in ((60, OTHER), (70, PRIMARY), (80, OTHER))
        for text in (*logs.loses_primary(at), *logs.partial_sync(at + 1, primary))
    ]
    assert absent("link-flapping", r=[*PAIR["r"], *moved])
    assert absent("link-flapping", r=loses_link_at(60, 1200, 2400))


@pytest.mark.parametrize(
    ("error", "words"),
    [("Connection reset by peer", "closed the connection"), ("Connection refused", "nothing listens there")],
)
def test_an_excerpt_that_begins_behind_the_address_learns_it_from_the_next_try(
    error: str, words: str
) -> None:
    excerpt = [
        line(1, "S", "MASTER <-> REPLICA sync started"),
        line(1.1, "S", f"Error condition on socket for SYNC: {error}", "#"),
        line(2, "S", f"Connecting to MASTER {logs.PRIMARY}"),
    ]
    found = alone("primary-unreachable", r=excerpt)
    assert words in found.summary
    assert logs.PRIMARY in found.summary


def test_a_primary_that_takes_the_connection_and_does_not_answer_is_not_reached() -> None:
    answer = "Error reply to PING from master: '-Reading from master: Connection reset by peer'"
    tries = [
        [
            line(at, "S", f"Connecting to MASTER {logs.PRIMARY}"),
            line(at, "S", "MASTER <-> REPLICA sync started"),
            line(at + 0.1, "S", "Non blocking connect for SYNC fired the event."),
            line(at + 0.2, "S", answer, "#"),
        ]
        for at in (1, 2, 3)
    ]
    assert (
        "3 times and got no answer"
        in alone("primary-unreachable", r=[each for part in tries for each in part]).summary
    )
