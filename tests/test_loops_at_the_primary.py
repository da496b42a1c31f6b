"""A loop of full resyncs that the primary's log alone shows."""

from __future__ import annotations

import pytest

from redislog import Verdict, replay

REPLICA = "192.168.10.82:6379"


def at(seconds: float, letter: str, message: str, dated: str) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"2251:{letter} {dated} 15:{int(minutes):02}:{rest:06.3f} * {message}"


class Round:
    """One full sync of a primary's log in the words of one release, and when the link that it makes is lost."""

    def __init__(self, word: str, dated: str, *, diskless: bool) -> None:
        self.word, self.low, self.dated, self.diskless = word, word.lower(), dated, diskless

    def lines(self, begin: float, took: float, stays: float | None) -> list[str]:
        done = begin + took
        messages = [
            (begin, f"{self.word} {REPLICA} asks for synchronization"),
            (begin, f"Full resync requested by {self.low} {REPLICA}"),
            *self._snapshot(begin, done),
            (done, f"Synchronization with {self.low} {REPLICA} succeeded"),
        ]
        if stays is not None:
            messages.append((done + stays, f"Connection with {self.low} {REPLICA} lost."))
        return [at(time, "M", message, self.dated) for time, message in messages]

    def _snapshot(self, begin: float, done: float) -> list[tuple[float, str]]:
        if not self.diskless:
            return [
                (begin, "Starting BGSAVE for SYNC with target: disk"),
                (begin + 0.2, "Background saving started by pid 3010"),
                (done - 1, "Background saving terminated with success"),
            ]
        return [
            (begin, "Starting BGSAVE for SYNC with target: replicas sockets"),
            (begin + 0.2, "Background RDB transfer started by pid 3010"),
            (done - 1, "Background RDB transfer terminated with success"),
        ]


FORMS = pytest.mark.parametrize(
    "form",
    [
        Round("Slave", "06 Mar", diskless=False),
        Round("Slave", "06 Mar 2019", diskless=False),
        Round("Replica", "06 Mar 2024", diskless=True),
    ],
    ids=["2.8", "4.0", "7.2, diskless"],
)


def judged(*rounds: list[str]) -> Verdict:
    return replay({"primary": [line for each in rounds for line in each]}).verdict


def codes(verdict: Verdict) -> set[str]:
    return {f"{finding.severity} {finding.code}" for finding in verdict.findings}


@FORMS
@pytest.mark.parametrize("count", [3, 6])
@pytest.mark.parametrize(("took", "stays", "away"), [(77, 25, 77), (20, 0.5, 5), (30, 10, 0.1)])
def test_it_is_a_loop(form: Round, count: int, took: float, stays: float, away: float) -> None:
    rounds = [form.lines(10 + n * (took + stays + away), took, stays) for n in range(count)]
    verdict = judged(*rounds)
    assert verdict.status == "resync-loop"
    assert "critical full-resync-loop" in codes(verdict)
    assert verdict.nodes["primary"].role == "primary"
    assert f"{count} full resyncs" in verdict.groups[0].reason


@FORMS
def test_it_is_none_where_the_replica_stayed_for_longer_than_a_sync_takes(form: Round) -> None:
    verdict = judged(*(form.lines(10 + n * 400, 20, 300) for n in range(4)))
    assert verdict.status == "degraded"
    assert "critical full-resync-loop" not in codes(verdict)


@FORMS
def test_it_is_none_while_the_replica_is_in_sync(form: Round) -> None:
    verdict = judged(form.lines(10, 20, 5), form.lines(40, 20, 5), form.lines(70, 20, None))
    assert (verdict.status, verdict.nodes[REPLICA].in_sync) == ("healthy", True)


@FORMS
def test_two_rounds_are_none(form: Round) -> None:
    assert judged(form.lines(10, 20, 5), form.lines(40, 20, 5)).status == "degraded"
