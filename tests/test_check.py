"""``redislog check`` and ``redislog mark``: what a test in any language asks for, one line an expectation."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from redislog.command import main
from tests.logs import resync
from tests.schemas import SCHEMAS, faults

FIXTURES = Path(__file__).parent.parent / "fixtures"
RUNS = FIXTURES / "7.0"
FLAPPING, STUCK, SPLIT = (RUNS / name for name in ("flapping", "sync-stuck-stuck", "every-server-a-primary"))
AS_EXPECTED, NOT_AS_EXPECTED, WRONG_USE, NO_REDIS = 0, 1, 2, 3


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the command; its exit code and the lines that it printed."""

    def run(*arguments: object) -> tuple[int, list[str]]:
        code = main(["check", *map(str, arguments)])
        return code, capsys.readouterr().out.splitlines()

    return run


def test_without_an_expectation_the_verdict_is_to_be_healthy(check: Any) -> None:
    code, lines = check(FLAPPING)
    assert (code, len(lines)) == (AS_EXPECTED, 1)
    assert re.match(r"ok: expected healthy, found healthy: .* \[server-\d:\d+: .*\]$", lines[0])
    code, lines = check(STUCK)
    assert code == NOT_AS_EXPECTED
    assert lines[0].startswith("FAILED: expected healthy, found degraded: not in sync: server-0")


def test_each_expectation_is_a_line(check: Any) -> None:
    wanted = "--status healthy --primary server-1 --replicas 2 --full 2 --partial 1 --failovers 0 --no crash"
    code, lines = check(FLAPPING, *wanted.split(), "--no", "critical")
    assert [line.partition(",")[0] for line in lines] == [
        "ok: expected healthy",
        "ok: expected primary server-1",
        "ok: expected 2 replicas of server-1",
        "ok: expected 2 full resyncs",
        "FAILED: expected 1 partial resyncs",
        "ok: expected 0 failovers",
        "ok: expected no crash",
        "ok: expected no critical finding is open",
    ]
    assert code == NOT_AS_EXPECTED


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--primary", "server-0"], "server-0 and server-1 and server-2"),
        (["--replicas", "1"], "found 0"),
        (["--no", "critical"], "split-brain: "),
        (["--no", "split-brain"], "split-brain: "),
    ],
)
def test_what_is_otherwise_is_told(check: Any, arguments: Any, found: str) -> None:
    code, lines = check(SPLIT, *arguments)
    assert (code, len(lines)) == (NOT_AS_EXPECTED, 1)
    assert lines[0].startswith("FAILED: ")
    assert found in lines[0]


def test_a_healed_failure_is_none_unless_it_is_named(check: Any) -> None:
    assert check(FLAPPING, "--no", "warning")[0] == AS_EXPECTED


def test_a_finding_that_does_not_exist_names_the_nearest(
    check: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(FLAPPING), "--no", "split-brian"]) == WRONG_USE
    assert "did you mean split-brain?" in capsys.readouterr().err


def test_nothing_is_as_expected_where_no_server_s_line_is(check: Any, tmp_path: Path) -> None:
    (tmp_path / "empty.log").write_text("Defaulted container redis\n")
    report = tmp_path / "report.xml"
    code, lines = check(tmp_path / "empty.log", "--full", 0, "--no", "critical", "--junit", report)
    assert code == NO_REDIS
    assert all("FAILED" in line and "no line of a Redis server" in line for line in lines)
    assert len(ElementTree.fromstring(report.read_text()).findall(".//failure")) == 2


def test_junit_s_report_has_each_expectation(check: Any, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    check(STUCK, "--status", "healthy", "--primary", "server-1", "--junit", report)
    assert [faults(report, schema) for schema in SCHEMAS] == [[], []]
    (suite,) = ElementTree.fromstring(report.read_text())
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert [case.get("name") for case in suite.iter("testcase")] == ["healthy", "primary server-1"]
    (failed,) = suite.iter("failure")
    assert failed.text and failed.text.startswith("expected: healthy\nfound:    degraded")
    assert "decided by:" in failed.text.splitlines()[:10]


def test_github_gets_annotations_and_a_summary(
    check: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    _, lines = check(STUCK, "--status", "healthy", "--full", 99, "--github")
    errors = [line for line in lines if line.startswith("::")]
    assert len(errors) == 2
    assert errors[0].startswith(
        "::error title=redislog%3A expected healthy::expected: healthy%0Afound:    degraded"
    )
    text = summary.read_text()
    assert text.startswith("### redislog: 2 of 2 failed\n")
    assert "| **FAILED** | healthy |" in text


def test_only_what_came_after_the_mark_counts(
    check: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    texts = {path.name: path.read_text().splitlines(keepends=True) for path in FLAPPING.glob("*.log")}
    for name, lines in texts.items():
        (folder / name).write_text("".join(lines[:60]))
    assert main(["mark", str(folder)]) == 0
    mark = tmp_path / "M"
    mark.write_text(capsys.readouterr().out)
    assert json.loads(mark.read_text())["schema"] == 1
    for name, lines in texts.items():
        (folder / name).write_text("".join(lines))
    assert check(folder, "--full", 2)[0] == AS_EXPECTED
    assert check(folder, "--full", 2, "--since", mark)[0] == NOT_AS_EXPECTED


def test_a_mark_survives_rotation(check: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    log = folder / "b.log"
    lines = [resync(number) for number in range(10)]
    log.write_text("".join(lines[:4]))
    main(["mark", str(folder)])
    mark = tmp_path / "M"
    mark.write_text(capsys.readouterr().out)
    log.rename(folder / "b.log.1")
    log.write_text("".join(lines[4:]))
    assert check(folder, "--full", 6, "--since", mark)[0] == AS_EXPECTED
    (folder / "b.log.1").unlink()
    assert check(folder, "--full", 6, "--since", mark)[0] == AS_EXPECTED
    log.write_text("".join(lines[2:]))
    assert check(folder, "--full", 6, "--since", mark)[0] == AS_EXPECTED


def test_a_file_that_is_no_mark_is_an_error(check: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "M"
    wrong.write_text("{}")
    with pytest.raises(SystemExit) as raised:
        check(FLAPPING, "--since", wrong)
    assert raised.value.code == WRONG_USE
