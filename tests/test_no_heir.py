"""Sentinels that see nobody: a quorum holds the primary for down, and no replica is fit to take its place."""

from __future__ import annotations

import pytest

from redislog import Verdict, replay

GROUP, PRIMARY, REPLICAS = "orders", "10.5.1.102", ("10.5.1.103", "10.5.1.101")


def line(at: str, message: str) -> str:
    return f"1830:X 08 May 2017 15:{at} # {message}"


def of(host: str) -> str:
    return f"slave {host}:6379 {host} 6379 @ {GROUP} {PRIMARY} 6379"


def starts(number: int = 1) -> list[str]:
    return [
        line("10:00.000", f"Sentinel ID is {str(number) * 40}"),
        line("10:00.000", f"+monitor master {GROUP} {PRIMARY} 6379 quorum 2"),
        *(line("10:01.000", f"+slave {of(host)}") for host in REPLICAS),
    ]


def loses(*hosts: str) -> list[str]:
    return [line(f"12:2{number}.000", f"+sdown {of(host)}") for number, host in enumerate(hosts)]


def suspects(at: str = "12:41") -> list[str]:
    return [
        line(f"{at}.922", f"+sdown master {GROUP} {PRIMARY} 6379"),
        line(f"{at}.953", f"+odown master {GROUP} {PRIMARY} 6379 #quorum 2/2"),
    ]


def gives_up(at: str = "12:42", why: str = "no-good-slave") -> list[str]:
    about = f"master {GROUP} {PRIMARY} 6379"
    return [
        line(f"{at}.004", f"+try-failover {about}"),
        line(f"{at}.124", f"+elected-leader {about}"),
        line(f"{at}.125", f"+failover-state-select-slave {about}"),
        line(f"{at}.190", f"-failover-abort-{why} {about}"),
    ]


def judged(*parts: list[str], **others: list[str]) -> Verdict:
    return replay({"sentinel": [each for part in parts for each in part], **others}).verdict


@pytest.mark.parametrize("begin", [starts(), []], ids=["from its start", "the last lines"])
@pytest.mark.parametrize(
    "lost", [REPLICAS, REPLICAS[::-1], REPLICAS[:1], ()], ids=["both", "reversed", "one", "none"]
)
@pytest.mark.parametrize("tries", [1, 3])
def test_there_is_no_primary(begin: list[str], lost: tuple[str, ...], tries: int) -> None:
    again = [part for n in range(tries) for part in gives_up(f"{12 + 6 * n}:42")]
    verdict = judged(begin, loses(*lost), suspects(), again)
    assert (verdict.status, verdict.primaries) == ("no-primary", ())
    state = verdict.nodes[f"{PRIMARY}:6379"]
    assert (state.running, state.basis["running"]) == (False, "deduced")
    assert "critical failover-aborted" in {f"{each.severity} {each.code}" for each in verdict.findings}


def test_two_sentinels_say_so_too() -> None:
    other = [*starts(2), *loses(*REPLICAS), *suspects()]
    assert judged(starts(), loses(*REPLICAS), suspects(), gives_up(), other=other).status == "no-primary"


def test_one_that_reaches_it_is_believed() -> None:
    other = [*starts(2), *loses(*REPLICAS)]
    assert judged(starts(), loses(*REPLICAS), suspects(), gives_up(), other=other).status != "no-primary"


def test_a_primary_that_answers_again_is_one() -> None:
    back = [line("13:00.000", f"-sdown master {GROUP} {PRIMARY} 6379")]
    verdict = judged(starts(), loses(*REPLICAS), suspects(), gives_up(), back)
    assert (verdict.status == "no-primary", verdict.primaries) == (False, (f"{PRIMARY}:6379",))


def test_a_failover_that_is_given_up_for_another_reason_says_nothing_of_replicas() -> None:
    verdict = judged(starts(), suspects(), gives_up(why="not-elected"))
    assert verdict.status != "no-primary"


def test_a_replica_that_comes_back_and_is_promoted_is_the_primary() -> None:
    host = REPLICAS[0]
    later = [
        line("14:00.000", f"-sdown {of(host)}"),
        line("18:42.004", f"+try-failover master {GROUP} {PRIMARY} 6379"),
        line("18:42.124", f"+elected-leader master {GROUP} {PRIMARY} 6379"),
        line("18:42.125", f"+selected-{of(host)}"),
        line("18:43.125", f"+promoted-{of(host)}"),
        line("18:44.125", f"+switch-master {GROUP} {PRIMARY} 6379 {host} 6379"),
    ]
    verdict = judged(starts(), loses(*REPLICAS), suspects(), gives_up(), later)
    assert verdict.primaries == (f"{host}:6379",)


def test_the_log_of_a_primary_goes_before_them() -> None:
    """It prints, and they do not reach it: they may be the ones that are cut off."""
    own = [
        "1:M 08 May 2017 15:09:00.000 * Ready to accept connections",
        "1:M 08 May 2017 15:13:00.000 * DB saved on disk",
    ]
    verdict = judged(starts(), loses(*REPLICAS), suspects(), gives_up(), p=own)
    assert verdict.nodes["p"].running is not False


def peers(*, lost: bool) -> list[str]:
    """Two other Sentinels, which it meets, and loses."""
    known = [f"sentinel {str(n) * 40} 10.5.1.20{n} 26379 @ {GROUP} {PRIMARY} 6379" for n in (2, 3)]
    met = [line("10:02.000", f"+sentinel {each}") for each in known]
    return [*met, *([line("12:30.000", f"+sdown {each}") for each in known] if lost else [])]


@pytest.mark.parametrize("cut_off", [True, False], ids=["cut off", "among others"])
def test_a_sentinel_that_is_cut_off_does_not_say_whom_a_replica_follows(cut_off: bool) -> None:
    """The others may have elected another primary, and told it to follow that; one that is reached was asked itself."""
    lost = loses(*REPLICAS) if cut_off else []
    verdict = judged(starts(), peers(lost=cut_off), lost, [line("14:00.000", "+new-epoch 1")])
    followed = {verdict.nodes[f"{host}:6379"].primary for host in REPLICAS}
    assert followed == ({None} if cut_off else {f"{PRIMARY}:6379"})


def test_one_that_is_no_longer_monitored_is_not_held_for_down() -> None:
    """A Sentinel that is told to look at another primary forgets what it held of the first one."""
    sees = [line("12:41.922", f"+sdown master {GROUP} {PRIMARY} 6379")]
    leaves = [line("15:00.000", f"-monitor master {GROUP} {PRIMARY} 6379")]
    turns = [line("15:00.010", f"+monitor master {GROUP} {REPLICAS[0]} 6379 quorum 2")]
    goes_on = [line("25:00.000", "+new-epoch 2")]
    held = {each.code for each in judged(starts(), sees, goes_on).findings}
    assert "sentinel-no-quorum" in held
    for told in (leaves, turns, [*leaves, *turns]):
        assert "sentinel-no-quorum" not in {
            each.code for each in judged(starts(), sees, told, goes_on).findings
        }


SWITCH = f"+switch-master {GROUP} {PRIMARY} 6379 {REPLICAS[0]} 6379"


@pytest.mark.parametrize("listed", [(), (PRIMARY,), (PRIMARY, REPLICAS[1])], ids=["none", "one", "two"])
def test_a_sentinel_s_excerpt_that_lists_others_shows_no_lone_primary(listed: tuple[str, ...]) -> None:
    """After a switch all that were known are listed, also those that are dead: how they are is not said."""
    new = f"@ {GROUP} {REPLICAS[0]} 6379"
    lists = [line("12:44.000", f"+slave slave {host}:6379 {host} 6379 {new}") for host in listed]
    verdict = judged([line("12:44.000", SWITCH)], lists)
    assert (verdict.status, verdict.primary) == ("unknown", f"{REPLICAS[0]}:6379")
    assert f"{PRIMARY}:6379" in verdict.groups[0].reason


def test_what_answers_after_the_switch_is_a_replica() -> None:
    back = f"+convert-to-slave slave {PRIMARY}:6379 {PRIMARY} 6379 @ {GROUP} {REPLICAS[0]} 6379"
    verdict = judged([line("12:44.000", SWITCH)], [line("12:54.000", back)])
    assert verdict.nodes[f"{PRIMARY}:6379"].role == "replica"
