"""Anonymized captures say what the originals say, up to the names, and hold none of these."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import redislog
from redislog.anonymizing import anonymise, anonymize, leftovers
from redislog.report.jsonio import converter

FIXTURES = Path(__file__).parent.parent / "fixtures"
RUNS = [path.parent for path in sorted(FIXTURES.glob("*/*/truth.toml"))]
_WORD = re.compile(r"[^\W_]+")
_ID = re.compile("[0-9a-f]{40}")


def texts(run: Any) -> Any:
    return {path.name: path.read_bytes() for path in sorted(run.iterdir()) if path.suffix != ".toml"}


def told(files: Any) -> Any:
    """All that the library says of some files, in JSON."""
    timeline = redislog.replay({name.removesuffix(".log"): text for name, text in files.items()})
    values = timeline.verdict, timeline.resyncs, timeline.failovers, timeline.clocks, timeline.roles
    return json.dumps(converter().unstructure(values), sort_keys=True)


def renamed(text: Any, names: Any) -> Any:
    """A text, with what stands for each name in its place, by the longest that fits.

    A Cluster is called by the first digits of an ID, so that these are what those of the ID are.
    """
    names = {**{name[:8]: stands[:8] for name, stands in names.items() if _ID.fullmatch(name)}, **names}
    ids = "|".join(
        map(re.escape, sorted((name for name in names if not _WORD.fullmatch(name)), key=len, reverse=True))
    )
    if ids:
        text = re.sub(rf"(?<![\w.])(?:{ids})(?!\w|\.\d)", lambda match: names[match[0]], text)
    return _WORD.sub(lambda match: names.get(match[0], match[0]), text)


@pytest.mark.parametrize("run", RUNS, ids=lambda run: f"{run.parent.name}/{run.name}")
def test_the_same_is_said_up_to_the_names_and_no_original_is_left(run: Any) -> None:
    files = texts(run)
    made = anonymize(files, keep_foreign=True)
    assert not list(leftovers(made))
    assert told(made.files) == renamed(told(files), made.names)


@pytest.mark.parametrize("run", RUNS[3::9], ids=lambda run: f"{run.parent.name}/{run.name}")
def test_lines_that_no_grammar_knows_are_dropped_and_the_verdict_stays(run: Any) -> None:
    files = {name: text + b"\nthe password of acme is hunter2" for name, text in texts(run).items()}
    made = anonymize(files)
    assert made.dropped >= len(files)
    assert not any("hunter2" in text for text in made.files.values())
    before = redislog.replay(files).verdict
    after = redislog.replay(made.files).verdict
    assert (after.status, len(after.nodes)) == (before.status, len(before.nodes))


def test_names_of_every_sort_are_replaced_and_what_everybody_has_is_kept() -> None:
    line = (
        "[pod/acme-redis-0/redis] 1:M 29 May 2023 07:49:04.507 * REPLICAOF db.acme.example:6379 enabled (user request "
        "from 'id=5 addr=10.9.8.7:5000 laddr=127.0.0.1:6379 fd=8 name=sentinel-52d046f3-cmd age=1 user=alice "
        "lib-name=redis-py cmd=replicaof')\n"
        "[pod/acme-redis-0/sentinel] 1:X 29 May 2023 07:49:04.508 * Sentinel ID is "
        "52d046f378f0cf6af23a1580bad9f634bcc8ebbb\n"
        "[pod/acme-redis-0/sentinel] 1:X 29 May 2023 07:49:04.509 # +monitor master cashdesk fd00::11 6379 quorum 2\n"
        "[pod/acme-redis-0/redis] 1:S 29 May 2023 07:49:04.510 * Connecting to MASTER fd00::11:6379\n"
    )
    made = anonymise({"acme-redis-0.log": line})
    (text,) = made.files.values()
    assert not list(leftovers(made))
    for original in ("acme", "alice", "cashdesk", "10.9.8.7", "fd00::11", "52d046f3"):
        assert original not in text
    for kept in ("127.0.0.1:6379", "07:49:04.507", "name=sentinel-", ":6379", "redis-py", "[pod/"):
        assert kept in text
    (whole,) = re.findall(r"ID is (\w+)", text)
    assert f"name=sentinel-{whole[:8]}-cmd" in text
    (address,) = set(re.findall(r"2001:db8::\w+?(?=[: ])", text))
    assert f"Connecting to MASTER {address}:6379" in text


def test_different_names_stay_different_and_equal_ones_equal() -> None:
    files = {
        f"{name}-redis-0": f"1:S 29 May 2023 07:49:04.510 * Connecting to MASTER {name}-redis-1.prod.svc:6379"
        for name in ("acme", "bolt", "cork")
    }
    made = anonymize(files)
    assert len(made.files) == 3
    assert len(set(made.names.values())) == len(made.names)
    for name, text in made.files.items():
        assert name.replace("redis-0", "redis-1.") in text


def test_nothing_gives_nothing() -> None:
    assert anonymize({}).files == {}
    assert not list(leftovers(anonymize({"server-0": ""})))
