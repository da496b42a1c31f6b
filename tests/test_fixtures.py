"""Every folder of fixtures that has a truth is concluded to it.

A ``truth.toml`` names its captures (paths in its folder, or a table of names to paths) and what is to be
concluded: ``coverage``, ``verdict``, ``nodes``, ``resyncs``, ``clocks``. What it leaves out is not asked,
but a list or table of nodes, resyncs or clocks is complete. ``servers`` is what the servers of a recorded run
said of themselves: against that everything is held, also with each log left out and with clocks that differ;
``findings`` is what must be found then, and what must not (`tests.holding.Findings`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from redislog import Timeline, replay
from redislog.testing.simulate.truth import ServerTruth, Syncs
from tests.holding import untrue

FIXTURES = Path(__file__).parent.parent / "fixtures"
FOLDERS = sorted(path.parent for path in FIXTURES.rglob("truth.toml"))


def truth_of(folder: Path) -> dict[str, Any]:
    with (folder / "truth.toml").open("rb") as file:
        return tomllib.load(file)


def replayed(folder: Path) -> Timeline:
    captures = truth_of(folder)["captures"]
    if isinstance(captures, Mapping):
        return replay({name: folder / path for name, path in captures.items()})
    return replay([folder / path for path in captures])


def said(value: object, names: Mapping[str, object]) -> dict[str, object]:
    """What a value says of the things that a truth names; sequences as lists."""
    found = {name: getattr(value, name) for name in names}
    return {name: list(item) if isinstance(item, tuple) else item for name, item in found.items()}


def test_there_is_a_truth() -> None:
    assert FOLDERS


@pytest.fixture(params=FOLDERS, ids=lambda folder: str(folder.relative_to(FIXTURES)))
def folder(request: pytest.FixtureRequest) -> Path:
    """Each folder with a truth."""
    found: Path = request.param
    return found


def test_the_lines_are_understood(folder: Path) -> None:
    truth = truth_of(folder).get("coverage", {})
    assert said(replayed(folder).coverage, truth) == truth


def test_the_verdict_is_true(folder: Path) -> None:
    truth = truth_of(folder)["verdict"]
    verdict = replayed(folder).verdict
    codes = [finding.code for finding in verdict.findings]
    assert {**said(verdict, truth), "findings": codes} == {"findings": codes, **truth}


def test_the_nodes_are_the_true_ones(folder: Path) -> None:
    truth = truth_of(folder).get("nodes")
    nodes = replayed(folder).verdict.nodes
    if truth is not None:
        assert {name: said(nodes[name], truth.get(name, {})) for name in nodes} == truth


def test_no_line_is_missing_in_what_a_server_printed(folder: Path) -> None:
    if truth_of(folder).get("servers"):
        gaps = [(name, gap) for name, node in replayed(folder).joined.nodes.items() for gap in node.gaps]
        assert gaps == []


def test_the_resyncs_are_the_true_ones(folder: Path) -> None:
    truth = truth_of(folder).get("resyncs")
    if truth is None:
        return
    resyncs = replayed(folder).resyncs
    assert len(resyncs) == len(truth)
    for resync, expected in zip(resyncs, truth, strict=True):
        lengths = expected.pop("seconds", None)
        assert said(resync, expected) == expected
        if lengths is not None:
            assert {phase.name: phase.seconds for phase in resync.phases} == lengths


def test_the_clocks_are_the_true_ones(folder: Path) -> None:
    truth = truth_of(folder).get("clocks")
    if truth is not None:
        clocks = replayed(folder).clocks
        assert [said(clock, expected) for clock, expected in zip(clocks, truth, strict=True)] == truth


def test_a_folder_s_captures_are_found_without_being_named(folder: Path) -> None:
    whole = replay(folder)
    assert whole.verdict.status == truth_of(folder)["verdict"]["status"]
    assert whole.nodes == replayed(folder).nodes


def test_the_servers_say_the_same(folder: Path) -> None:
    truth = truth_of(folder)
    if "servers" not in truth:
        return
    captures = {Path(path).stem: (folder / path).read_bytes() for path in truth["captures"]}
    servers = {name: server_of(fields) for name, fields in truth["servers"].items()}
    status, findings = truth["verdict"]["status"], truth.get("findings", {})
    assert untrue(captures, servers, status, whole=truth["whole"], findings=findings, twice=True) == []


def server_of(fields: dict[str, Any]) -> ServerTruth:
    """A server's word, as it was recorded."""
    known = {"running": None, **fields}
    known["ahead"] = None if fields.get("ahead") == "was set" else fields.get("ahead", 0.0)
    known |= {what: frozenset(fields.get(what, ())) for what in ("online", "also")}
    return ServerTruth(**{**known, "syncs": Syncs(*fields["syncs"])})
