"""What no server printed is no server's: prose, other programs' logs, source code, lists of messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from redislog import parse, replay
from tests.foreign_texts import FOREIGN


def test_there_are_enough_of_them() -> None:
    assert len(FOREIGN) >= 50


@pytest.mark.parametrize("name", FOREIGN)
def test_nothing_is_read_in_a_foreign_text(name: str) -> None:
    lines = FOREIGN[name].splitlines()
    known = [event for event in parse(lines) if event.key != "foreign" and event.CATEGORY != "host"]
    assert known == []
    verdict = replay({"text": lines}).verdict
    assert (verdict.status, verdict.groups, dict(verdict.nodes), verdict.findings) == ("unknown", (), {}, ())
    assert verdict.coverage.weaker == 0


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "redislog/node/tables.py", "tests/logs.py"]
)
def test_nothing_without_a_head_is_read_in_our_own_documents(name: str) -> None:
    text = (Path(__file__).parent.parent / name).read_text(encoding="utf-8")
    assert [event for event in parse(text) if event.ground is not None] == []


def test_all_foreign_texts_in_one_file_are_foreign() -> None:
    lines = [line for text in FOREIGN.values() for line in text.splitlines()]
    assert [event for event in parse(lines) if event.ground is not None] == []
