"""Names that match nothing are errors that name the nearest, everywhere alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislog import UnknownNameError, replay
from redislog.command import main
from redislog.command.table import COMMANDS
from redislog.events.index import known_keys
from redislog.events.versions import SERIES, version_named
from redislog.naming import edits, matching, nearest, one_of
from redislog.topology.findings import RULES

FOLDER = Path(__file__).parent.parent / "fixtures" / "argocd-redis-ha"
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.- "
NAMES = {
    "command": tuple(COMMANDS),
    "finding": tuple(rule.code for rule in RULES),
    "version": SERIES,
    "key": known_keys()[::29],
    "node": tuple(f"redis-ha-server-{number}" for number in range(12)),
}


@st.composite
def misspelt(draw: st.DrawFn, names: tuple[str, ...]) -> tuple[str, str]:
    """A name, and what becomes of it by one edit."""
    name = draw(st.sampled_from(names))
    place = draw(st.integers(0, len(name) - 1))
    letter = draw(st.sampled_from(LETTERS))
    made = draw(
        st.sampled_from(
            [
                name[:place] + letter + name[place:],
                name[:place] + name[place + 1 :],
                name[:place] + letter + name[place + 1 :],
                name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
            ]
        )
    )
    return name, made


@pytest.mark.parametrize("what", NAMES)
@given(data=st.data())
def test_one_edit_away_is_always_named(what: str, data: st.DataObject) -> None:
    name, made = data.draw(misspelt(NAMES[what]))
    assert edits(name, made) <= 1
    if made in NAMES[what]:
        assert one_of(made, NAMES[what], what) == made
        return
    with pytest.raises(UnknownNameError) as raised:
        one_of(made, NAMES[what], what)
    assert name in raised.value.nearest
    assert name in str(raised.value)


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_edits_are_a_distance(one: str, other: str, third: str) -> None:
    assert edits(one, other) == edits(other, one)
    assert (edits(one, other) == 0) == (one == other)
    assert edits(one, other) <= max(len(one), len(other))
    assert edits(one + third, other + third) <= edits(one, other)


@given(st.text(max_size=300))
def test_any_name_is_answered(name: str) -> None:
    assert isinstance(nearest(name, NAMES["finding"]), tuple)


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("verdit", "x"), "verdict"),
        (("event", "x"), "events"),
        (("events", FOLDER, "--key", "rolle.*"), "role.*"),
        (("events", FOLDER, "--key", "role.promotd"), "role.promoted"),
        (("messages", "--key", "replica.psync-sucess"), "replica.psync-success"),
        (("messages", "--version", "redis 7.O"), "redis 7.0"),
        (("messages", "--version", "7.1"), "redis 7.0"),
        (("diagram", "out.html", "--key", "role.promotd"), "role.promoted"),
        (("timeline", FOLDER, "--only", "argocd-redis-ha-server-O"), "argocd-redis-ha-server-0"),
        (("whois", "server-O", FOLDER), "argocd-redis-ha-server-0"),
    ],
)
def test_the_command_names_the_nearest(
    arguments: tuple[object, ...], near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(argument) for argument in arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert near in captured.err


def test_a_path_that_is_not_there_is_no_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([str(tmp_path / "verdit")]) == 2
    assert "did you mean" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "meant"), [("7.0", "redis 7.0"), ("Valkey  8.1", "valkey 8.1"), ("7.0.15", "redis 7.0.15")]
)
def test_a_version_is_known_by_its_number_alone(asked: str, meant: str) -> None:
    assert version_named(asked) == meant


def test_the_library_names_the_nearest_too() -> None:
    timeline = replay(FOLDER)
    calls: list[Callable[[], object]] = [
        lambda: timeline.on_reference(datetime(2023, 5, 29), "argocd-redis-ha-server-O"),
        lambda: matching("replica.psync-sucess", known_keys(), "key"),
    ]
    for call in calls:
        with pytest.raises(UnknownNameError) as raised:
            call()
        assert raised.value.nearest
