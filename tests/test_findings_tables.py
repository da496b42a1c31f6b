"""Every rule has its two captures, made and recorded."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from redislog.topology.findings import RULES
from tests.holding import outcomes
from tests.test_fixtures import FIXTURES, FOLDERS, truth_of

_HAS = {"alone": 0, "only": 1}
_LACKS = {"absent": 0}
"""Which argument of these functions is the code."""

OF_OTHERS = {"killed-from-outside", "server-reinitialized", "sidecar-disagrees"}
"""Findings that rest on what the host or the chart's scripts print: no server prints it, and no recorded run has them."""


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


def recorded(outcome: str) -> dict[str, set[str]]:
    """The recorded runs that are to have an outcome of a finding for certain, by its code."""
    runs: dict[str, set[str]] = {rule.code: set() for rule in RULES}
    for folder in FOLDERS:
        for code, said in truth_of(folder).get("findings", {}).items():
            sure = {"none" if each == "none" else "found" for each in outcomes(said)}
            if sure == {outcome}:
                runs[code].add(str(folder.relative_to(FIXTURES)))
    return runs


@pytest.mark.parametrize("outcome", ["found", "none"])
def test_every_rule_has_a_recorded_run_that_has_it_and_one_that_nearly_has_it(outcome: str) -> None:
    runs = recorded(outcome)
    assert {code for code in runs if not runs[code]} == OF_OTHERS
