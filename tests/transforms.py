"""What is left of a verdict after what people do to logs, held against the servers' own word.

``python -m tests.transforms [PART OF A NAME]`` prints the share of statements that survive each transformation,
over all recorded runs.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import attrs

import redislog
from redislog import Timeline
from redislog.testing.simulate.truth import ServerTruth, Syncs, Truth
from redislog.values import MASK
from tests.transforms_writer import TRANSFORMS, Transform, transformed
from tests.truth import contradictions

FIXTURES = Path(__file__).parent.parent / "fixtures"
_SAID = ("role", "primary", "in_sync", "running", "link")


@attrs.frozen(eq=False)
class Run:
    """A recorded run: its captures by the servers' names, and the servers' own word."""

    name: str
    captures: Mapping[str, bytes]
    truth: Truth


@attrs.frozen
class Outcome:
    """What became of a run's statements: what is wrong, which there were, and which of them were kept."""

    wrong: tuple[str, ...]
    before: Counter[str]
    kept: Counter[str]
    read: float

    @property
    def share(self) -> float:
        """The share of statements that were kept, 0 to 1."""
        return self.kept.total() / self.before.total() if self.before else 1.0


@cache
def runs() -> tuple[Run, ...]:
    """Every recorded run whose servers were asked."""
    return tuple(_runs())


def _runs() -> Iterator[Run]:
    for path in sorted(FIXTURES.rglob("truth.toml")):
        with path.open("rb") as file:
            truth: dict[str, Any] = tomllib.load(file)
        if "servers" in truth:
            captures = {Path(name).stem: (path.parent / name).read_bytes() for name in truth["captures"]}
            servers = {name: _server(fields) for name, fields in truth["servers"].items()}
            yield Run(str(path.parent.relative_to(FIXTURES)), captures, servers)


def _server(fields: dict[str, Any]) -> ServerTruth:
    known = {"running": None, **fields}
    known["ahead"] = None if fields.get("ahead") == "was set" else fields.get("ahead", 0.0)
    known |= {what: frozenset(fields.get(what, ())) for what in ("online", "also")}
    return ServerTruth(**{**known, "syncs": Syncs(*fields["syncs"])})


@cache
def _whole(run: Run) -> tuple[Counter[str], str]:
    timeline = redislog.replay(run.captures)
    return statements(timeline), timeline.verdict.status


def tried(run: Run, transform: Transform) -> Outcome:
    """A run after a transformation: what is said of it, against the servers and against what was said before."""
    captures = {name: transformed(transform, text) for name, text in run.captures.items()}
    before, status = _whole(run)
    timeline = redislog.replay(captures)
    wrong = [each for each in contradictions(timeline, run.truth) if not _names_a_mask(each)]
    if transform.decides and timeline.verdict.status != status:
        wrong.append(f"status: was {status}, becomes {timeline.verdict.status}")
    coverage = timeline.coverage
    return Outcome(
        tuple(wrong), before, before & statements(timeline), coverage.recognised / (coverage.lines or 1)
    )


def _names_a_mask(contradiction: str) -> bool:
    """Whether it is only that an address stands as it was masked, which no server would say."""
    said = contradiction.partition("redislog says ")[2].strip("'").rpartition(":")[0]
    return MASK.search(said) is not None or contradiction.endswith("there is no such server")


def statements(timeline: Timeline) -> Counter[str]:
    """All that a timeline says, one text each."""
    verdict = timeline.verdict
    said = Counter({f"status {verdict.status}": 1} if verdict.status != "unknown" else {})
    for state in verdict.nodes.values():
        values = ((what, getattr(state, what)) for what in _SAID)
        said.update(
            f"{state.name} {what} {value}" for what, value in values if value not in (None, "unknown")
        )
    said.update(f"finding {code}" for code in {finding.code for finding in verdict.findings})
    said.update(f"resync {resync.kind}" for resync in timeline.resyncs)
    said.update("failover" for _ in timeline.failovers)
    return said


def main(words: Sequence[str]) -> None:
    """Print a table of shares, and all that is wrong."""
    for transform in TRANSFORMS:
        if words and not any(word in transform.name for word in words):
            continue
        outcomes = {run.name: tried(run, transform) for run in runs()}
        kept = sum(each.kept.total() for each in outcomes.values())
        before = sum(each.before.total() for each in outcomes.values())
        read = sum(each.read for each in outcomes.values()) / len(outcomes)
        wrong = {name: each.wrong for name, each in outcomes.items() if each.wrong}
        print(  # noqa: T201
            f"{transform.name:32} {kept / before:6.1%} of {before} statements, {read:6.1%} of lines read, "
            f"{len(wrong)} of {len(outcomes)} runs with anything wrong",
            flush=True,
        )
        for name, lines in wrong.items():
            for line in lines:
                print(f"    {name}: {line}")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
