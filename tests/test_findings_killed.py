"""Findings on servers that something outside of them ended."""

from __future__ import annotations

from tests.found import PAIR, absent, alone

COMPOSE = [f"p  | {text}" for text in PAIR["p"]]


def test_a_container_that_ended_by_a_signal_was_killed() -> None:
    finding = alone("killed-from-outside", compose=[*COMPOSE, "p exited with code 137"])
    assert (finding.severity, finding.nodes) == ("critical", ("p",))
    assert "SIGKILL" in finding.summary
    assert "Docker" in finding.summary


def test_a_container_that_ended_by_itself_was_not() -> None:
    assert absent("killed-from-outside", compose=[*COMPOSE, "p exited with code 1"])
    assert absent("killed-from-outside", compose=[*COMPOSE, "p exited with code 0"])
