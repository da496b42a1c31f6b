"""Every rule has its two captures, and no recorded run that went well has a finding worth a warning."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from redislog.topology.findings import RULES
from tests.test_fixtures import FIXTURES, FOLDERS, replayed, truth_of

_HAS = {"alone": 0, "only": 1}
_LACKS = {"absent": 0}
"""Which argument of these functions is the code."""

WORTH_A_WARNING = {
    "backlog-too-small": {"backlog-too-small"},
    "failover-by-request": {"diverged-primary"},
    "failover-command-aborted": {"failover-aborted"},
    "flapping": {"link-flapping"},
    "old-primary-with-writes-of-its-own": {"diverged-primary"},
    "output-buffer-during-load-recovers": {"output-buffer-limit", "backlog-too-small"},
    "output-buffer-recovers": {"output-buffer-limit", "avoidable-full-resync"},
    "primary-cut-off-healed": {"diverged-primary", "repl-timeout"},
    "primary-reached-again": {"repl-timeout"},
    "primary-restarted-empty": {"primary-restarted-empty"},
    "repl-timeout-during-transfer-passes": {"repl-timeout"},
    "repl-timeout-that-passes": {"repl-timeout"},
    "replica-cut-off-healed": {"repl-timeout"},
}
"""Recorded runs that are healthy at their end, and what went wrong on the way."""


def codes_given_to(functions: dict[str, int]) -> Iterator[str]:
    """The codes with which the tests of findings call some functions."""
    for path in Path(__file__).parent.glob("test_findings*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions:
                code = node.args[functions[node.func.id]]
                assert isinstance(code, ast.Constant)
                yield str(code.value)


def test_every_rule_has_a_capture_that_has_it_and_one_that_nearly_has_it() -> None:
    codes = {rule.code for rule in RULES}
    assert set(codes_given_to(_HAS)) == codes
    assert set(codes_given_to(_LACKS)) == codes


@pytest.mark.parametrize(
    "folder",
    [folder for folder in FOLDERS if truth_of(folder)["verdict"]["status"] == "healthy"],
    ids=lambda folder: str(folder.relative_to(FIXTURES)),
)
def test_what_went_well_has_nothing_worth_a_warning(folder: Path) -> None:
    found = {each.code for each in replayed(folder).verdict.findings if each.severity != "info"}
    assert found <= WORTH_A_WARNING.get(folder.name, set())
