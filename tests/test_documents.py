"""What the documents name is there: files, names in them, commands and versions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import redislog
from redislog.command.table import COMMANDS

ROOT = Path(__file__).parent.parent
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
_FILE = re.compile(r"`(redislog/[\w/]+\.(?:py|json))`")
_NAME = re.compile(r"`([A-Za-z_]\w*(?:\.\w+)*)`")


def section(title: str) -> str:
    return CONTRIBUTING.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


QUESTIONS = [row for row in section("Where is it decided?").splitlines() if row.startswith("| ")][2:]
STEPS = re.findall(r"^\d+\. (?:.+\n?(?:   .+\n?)*)", section("Three walks"), flags=re.MULTILINE)


def is_there(name: str, texts: list[str]) -> bool:
    """Whether a name, or each part of one with dots, is defined, imported or a word in one of some modules."""
    return any(
        all(
            re.search(
                rf"(?:def|class|import|,) {part}\b|^ *{part}\b|\b{part}:|\"{part}\"", text, re.MULTILINE
            )
            for part in name.split(".")
        )
        for text in texts
    )


@pytest.mark.parametrize("told", [*QUESTIONS, *STEPS], ids=lambda told: " ".join(told.split()[1:5]))
def test_what_a_newcomer_is_led_to_is_there(told: str) -> None:
    files = [ROOT / name for name in dict.fromkeys(_FILE.findall(told))]
    assert files, "each leads to a file"
    assert [file for file in files if not file.is_file()] == []
    texts = [file.read_text(encoding="utf-8") for file in files]
    assert [name for name in _NAME.findall(told) if not is_there(name, texts)] == []


def test_ten_questions_need_three_files_each_at_most() -> None:
    assert len(QUESTIONS) >= 10
    assert [row for row in QUESTIONS if len(set(_FILE.findall(row))) > 3] == []


def test_the_three_walks_begin_where_their_thing_begins_and_end_where_it_is_made() -> None:
    walks = section("Three walks").split("\n**")[1:]
    assert [(_FILE.findall(walk)[0], _FILE.findall(walk)[-1]) for walk in walks] == [
        ("redislog/sources/__init__.py", "redislog/events/base.py"),
        ("redislog/timeline/folds.py", "redislog/timeline/resyncs.py"),
        ("redislog/court/own_log.py", "redislog/topology/judge.py"),
    ]


DOCUMENTS = [
    *ROOT.glob("*.md"),
    *(ROOT / ".github").rglob("*.*"),
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_a_document_shows_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    shown = re.findall(r"(?:`|^\s*\$ |^ {4,})redislog ([a-z]+)(?![\w/.-])", text, flags=re.MULTILINE)
    assert [name for name in shown if name not in COMMANDS] == []


def test_reports_ask_for_a_capture_without_names() -> None:
    asking = [path for path in DOCUMENTS if path.parent.name in (".github", "ISSUE_TEMPLATE")]
    silent = [path.name for path in asking if "redislog anonymize" not in path.read_text(encoding="utf-8")]
    assert silent == ["config.yml"], "it asks for nothing"


def test_release_notes_are_in_one_manner_and_begin_with_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", text, flags=re.MULTILINE)
    parts = [
        re.fullmatch(r"(\d+)\.(\d+)\.(\d+) \((?:unreleased|\d{4}-\d\d-\d\d)\)", each) for each in headings
    ]
    assert all(parts), headings
    numbers = [tuple(map(int, part.groups())) for part in parts if part]
    assert numbers == sorted(numbers, reverse=True)
    assert headings[0].startswith(f"{redislog.__version__} ")
    assert not any("unreleased" in each for each in headings[1:])
    for release in text.split("\n## ")[1:]:
        items = re.split(r"^- ", release, flags=re.MULTILINE)[1:]
        assert items, "each release says what changes"
        breaking = [item.startswith("**Breaking:**") for item in items]
        assert breaking == sorted(breaking, reverse=True), "what breaks stands first"
