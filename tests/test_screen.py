"""The first screen: what stands on it, how wide it is, and how the command ends.

``python -m tests.test_screen`` writes the golden texts anew.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

import pytest
from rich.cells import cell_len

from redislog import Verdict, replay
from redislog.command import main
from redislog.report.worst import exit_of, open_findings
from tests import logs
from tests.test_fixtures import FOLDERS

FIXTURES = Path(__file__).parent.parent / "fixtures"
GOLDEN = Path(__file__).parent / "golden"
INCIDENTS = {
    "argocd-redis-ha": "argocd-redis-ha",
    "failover": "7.0/failover-killed",
    "split-brain": "7.0/two-primaries-at-the-end-followed",
    "output-buffer-loop": "7.0/output-buffer-loops",
    "cluster-down": "7.0/cluster-down",
    "crash": "7.0/crash-down-segfault",
    "password": "7.0/password-wrong-password",
    "sentinel": "7.0/sentinel-names-a-replica-a-minute",
    "proxy": "7.0/proxy-two-primaries",
}
WIDTHS = (60, 80, 120, 200)


def printed(*arguments: object, width: int = 80) -> tuple[int, str]:
    """The exit code of the command and what it prints at a width."""
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
        patch.setenv("COLUMNS", str(width))
        code = main([str(argument) for argument in arguments])
    return code, out.getvalue()


@cache
def verdict_of(run: Path) -> Verdict:
    """The verdict on a recorded run."""
    return replay(run).verdict


@pytest.mark.parametrize("run", FOLDERS, ids=lambda run: f"{run.parent.name}-{run.name}")
def test_healthy_is_never_said_above_an_open_critical_finding(run: Path) -> None:
    code, text = printed(run)
    verdict = verdict_of(run)
    critical = open_findings(verdict, "critical")
    assert not critical or code == 1
    assert not text.startswith("healthy") or (not critical and code == 0)
    assert code == exit_of(verdict).code


@pytest.mark.parametrize("incident", INCIDENTS)
def test_the_first_22_lines_hold_status_severe_findings_and_all_servers(incident: str) -> None:
    run = FIXTURES / INCIDENTS[incident]
    _, text = printed(run)
    verdict = verdict_of(run)
    first = "\n".join(text.splitlines()[:22])
    assert text.startswith(verdict.status)
    for finding in verdict.findings:
        assert finding.severity == "info" or f"{finding.severity} {finding.code}" in first
    table = first[first.index("  node  ") :]
    assert all(name in table for name in verdict.nodes)


@pytest.mark.parametrize("incident", INCIDENTS)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_longer_than_the_terminal(incident: str, width: int) -> None:
    for arguments in ((), ("-v",)):
        _, text = printed("verdict", *arguments, FIXTURES / INCIDENTS[incident], width=width)
        assert max(map(cell_len, text.splitlines())) <= width
    _, text = printed("timeline", FIXTURES / INCIDENTS[incident], width=width)
    assert max(map(cell_len, text.splitlines())) <= width


@pytest.mark.parametrize("width", [20, 60, 80])
def test_wide_characters_and_long_names_fit_too(width: int, tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text("\n".join([*logs.start(0, "S"), *logs.is_refused(1)]), encoding="utf-8")
    name = "\u4e3b\u5f9e" * 40
    _, text = printed(f"{name}={path}", width=width)
    assert "\u4e3b" in text
    assert max(map(cell_len, text.splitlines())) <= width


def golden() -> Iterator[tuple[Path, str]]:
    """Each golden text, and what it is to be."""
    for incident, run in INCIDENTS.items():
        for width in (80, 200):
            yield GOLDEN / f"{incident}-{width}.txt", printed(FIXTURES / run, width=width)[1]


def test_the_golden_texts_are_what_is_printed() -> None:
    for path, text in golden():
        assert path.read_text(encoding="utf-8") == text, f"{path}: run python -m tests.test_screen"


def test_what_a_log_holds_is_no_markup(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    lines = [*logs.start(0, "S"), *logs.is_refused(1, "[bold]red[/bold].example:6379")]
    path.write_text("\n".join(lines), encoding="utf-8")
    code, text = printed(f"[red]n[/red]={path}", "--color", "always")
    assert code == 1
    assert "[red]n[/red]" in text
    assert "\x1b[" in text


@pytest.mark.parametrize(
    ("environment", "option", "coloured"),
    [
        ({}, "auto", False),
        ({"FORCE_COLOR": "1"}, "auto", True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False),
        ({"NO_COLOR": "1"}, "always", True),
        ({"FORCE_COLOR": "1"}, "never", False),
    ],
)
def test_colour_is_as_wished(
    environment: dict[str, str], option: str, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    _, text = printed(FIXTURES / INCIDENTS["split-brain"], "--color", option)
    assert ("\x1b[" in text) == coloured


def test_without_rich_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [each for each in sys.modules if each.partition(".")[0] == "rich"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "rich", None)
    assert main([str(FIXTURES / "argocd-redis-ha")]) == 2
    assert "pip install 'redislog[cli]'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("run", "fail_on", "code"),
    [
        ("7.0/output-buffer-loops", "never", 0),
        ("7.0/output-buffer-loops", "critical", 1),
        ("argocd-redis-ha", "info", 0),
        ("7.0/clock-offset-an-hour", "critical", 0),
        ("7.0/clock-offset-an-hour", "warning", 1),
    ],
)
def test_how_bad_it_must_be_to_fail_is_the_user_s_to_say(run: str, fail_on: str, code: int) -> None:
    assert printed(FIXTURES / run, "--fail-on", fail_on)[0] == code


def test_json_says_what_is_worst_and_why_the_command_ends_so() -> None:
    code, text = printed(FIXTURES / "7.0/output-buffer-loops", "--format", "json")
    data = json.loads(text)
    assert data["worst"]["severity"] == "critical"
    assert data["exit"] == {"code": code, "reason": "status resync-loop"}


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for path, text in golden():
        path.write_text(text, encoding="utf-8")
