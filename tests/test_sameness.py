"""Captures of one server are one server, whatever they are called; two servers never are."""

from __future__ import annotations

import difflib
import itertools
import random
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redislog import SourceError, Timeline, parse, replay
from redislog.timeline.sameness import Comparable, agreement, comparable
from tests import logs
from tests.argocd import LOGS, SERVERS
from tests.test_fixtures import FIXTURES, FOLDERS, truth_of

RECORDED = [folder for folder in FOLDERS if "servers" in truth_of(folder)]
SPLIT = RECORDED[::17]
_STAMPED = re.compile(r"\d+:[MSCX] (\d\d \w{3} \d{4} [\d:]{8}\.\d{3}) ")
_WHOLE_SECOND = ".000"
_ALONE = re.compile(
    r"(?:(?:slave|[Rr]eplica) [\w.\[\]:]+:\d+ (?:asks|succeeded|lost)|New replication ID is|my new replication IDs|"
    r"Sentinel ID is|I'm [0-9a-f]{40})"
)
"""What only one server prints, as a person would look for it."""


@cache
def captures_of(folder: Path) -> dict[str, list[str]]:
    return {
        Path(path).stem: (folder / path).read_text(errors="replace").splitlines()
        for path in truth_of(folder)["captures"]
    }


def is_proof(lines: Sequence[str]) -> bool:
    """Whether nobody would doubt that two captures with these lines in common are one server's."""
    stamped = [
        match[1] for line in lines if (match := _STAMPED.match(line)) and _WHOLE_SECOND not in match[1]
    ]
    if len(stamped) >= 3 and any(_ALONE.search(line) for line in lines):
        return True
    starts = any("Redis is starting" in line or "just started" in line for line in lines)
    return len(set(stamped)) >= (6 if starts else 12)


def word(timeline: Timeline) -> object:
    """What is said of a deployment, but for where lines stand."""
    verdict = timeline.verdict
    return (
        verdict.status,
        [
            (name, each.role, each.running, each.in_sync, each.link, each.primary, each.addresses)
            for name, each in sorted(verdict.nodes.items())
        ],
        [(each.replica, each.primary, each.kind, each.outcome) for each in timeline.resyncs],
        sorted(finding.code for finding in verdict.findings),
        (verdict.coverage.recognised, verdict.coverage.unrecognized, verdict.coverage.lines),
        sorted(timeline.observers),
    )


def bare(_: str, line: str) -> str:
    return line


def prefixed(name: str, line: str) -> str:
    return f"[pod/{name}/redis] {line}"


def of_a_node(_: str, line: str) -> str:
    """A line as the node of a pod keeps it, read 5 ms after it was printed, in UTC."""
    match = _STAMPED.match(line)
    if match is None:
        return f"1970-01-01T00:00:00.000000000Z stdout F {line}"
    printed = datetime.strptime(match[1], "%d %b %Y %H:%M:%S.%f") + timedelta(milliseconds=5)
    return f"{printed.isoformat(timespec='microseconds')}000Z stdout F {line}"


@st.composite
def pieces(draw: st.DrawFn) -> tuple[Path, str, dict[str, list[str]]]:
    """A log of a recorded run in two or three captures that overlap, each called as it comes."""
    folder = draw(st.sampled_from(SPLIT))
    name = draw(st.sampled_from(sorted(captures_of(folder))))
    lines = captures_of(folder)[name]
    ends = sorted(draw(st.lists(st.integers(0, len(lines)), min_size=2, max_size=4)))
    middle = list(itertools.pairwise(ends)) if len(ends) == 4 else [(ends[0], ends[-1])]
    form = draw(st.sampled_from([bare, of_a_node]))
    parts = [lines[: middle[0][1]], *([form(name, line) for line in lines[a:]] for a, _ in middle)]
    names = [name, *draw(st.permutations(["a copy", "of the node"]))]
    return folder, name, dict(zip(names, parts, strict=False))


def whole(folder: Path) -> Timeline:
    return replay({name: list(lines) for name, lines in captures_of(folder).items()})


@settings(max_examples=60)
@given(pieces())
def test_a_log_in_several_captures_is_said_of_as_the_whole_log(
    piece: tuple[Path, str, dict[str, list[str]]],
) -> None:
    folder, name, parts = piece
    others = {key: lines for key, lines in captures_of(folder).items() if key != name}
    timeline = replay({**others, **parts})
    first, *rest = parts.values()
    common = [
        first[len(first) - (len(first) + len(each) - len(captures_of(folder)[name])) :] for each in rest
    ]
    if all(is_proof(lines) for lines in common):
        assert word(timeline) == word(whole(folder))


@pytest.mark.parametrize("form", [bare, of_a_node], ids=lambda form: form.__name__)
@pytest.mark.parametrize("folder", SPLIT, ids=lambda folder: str(folder.relative_to(FIXTURES)))
def test_the_same_log_twice_is_counted_once_and_its_reasons_name_both(
    folder: Path, form: Callable[[str, str], str]
) -> None:
    captures = captures_of(folder)
    for name, lines in captures.items():
        if not is_proof(lines):
            continue
        timeline = replay({**captures, "a copy": [form(name, line) for line in lines]})
        assert word(timeline) == word(whole(folder))
        assert any(f"{name}:" in text and "a copy:" in text for text in timeline.verdict.coverage.missing), (
            timeline.verdict.coverage.missing
        )


def test_a_pod_s_captures_in_all_forms_are_one_server(tmp_path: Path) -> None:
    """One file each as `kubectl logs` prints it, a copy of a node's folder, and all in one with their names before them."""
    node = tmp_path / "copied"
    for name, text in LOGS.items():
        (tmp_path / f"{name}.log").write_text(text)
        folder = node / f"argocd_{name}_7f0b7a3c-2d4e-4b1a-9a55-0d6c3a1f9e11" / "redis"
        folder.mkdir(parents=True)
        (folder / "0.log").write_text("".join(of_a_node(name, line) + "\n" for line in text.splitlines()))
    stern = [prefixed(name, line) for name, text in LOGS.items() for line in text.splitlines()]
    (tmp_path / "all.txt").write_text("\n".join(stern))
    files = [tmp_path / f"{name}.log" for name in SERVERS]
    expected = word(replay(files))
    for paths in ([*files, node], [*files, tmp_path / "all.txt"], [node, tmp_path / "all.txt"], [tmp_path]):
        assert word(replay(paths)) == expected
    for name in SERVERS:
        (tmp_path / f"{name}.log").rename(tmp_path / f"saved {name[-1]} today.log")
    assert word(replay([*tmp_path.glob("saved*"), node])) == expected


def test_live_and_previous_logs_given_as_files_are_one_server_s(tmp_path: Path) -> None:
    paths = []
    for name, text in LOGS.items():
        lines = text.splitlines()
        for part, some in (("-previous", lines[:9]), ("", lines[9:])):
            paths.append(tmp_path / f"{name}{part}.log")
            paths[-1].write_text("\n".join(some))
    assert word(replay(paths)) == word(replay(dict(LOGS)))


@pytest.mark.parametrize("name", ["server-0.log", "redis.log"])
def test_a_name_given_twice_is_refused_only_where_the_logs_contradict_each_other(
    tmp_path: Path, name: str
) -> None:
    paths = [tmp_path / "one" / name, tmp_path / "other" / name]
    for path, text in zip(paths, (LOGS[SERVERS[0]], LOGS[SERVERS[0]]), strict=True):
        path.parent.mkdir()
        path.write_text(text)
    assert len(replay(paths).nodes) == 1
    paths[1].write_text(LOGS[SERVERS[1]])
    with pytest.raises(SourceError, match="NAME=PATH"):
        replay(paths)


def test_pods_of_one_name_in_two_namespaces_are_two(tmp_path: Path) -> None:
    """In two captures of their lines, and in the folder of a node."""
    other = {name: in_another_namespace(text) for name, text in LOGS.items()}
    captures = {
        space: [prefixed(name, line) for name, text in its.items() for line in text.splitlines()]
        for space, its in (("blue", LOGS), ("red", other))
    }
    verdicts = [replay(captures).verdict]
    for space, its in (("blue", LOGS), ("red", other)):
        for name, text in its.items():
            folder = tmp_path / "pods" / f"{space}_{name}_7f0b7a3c-2d4e-4b1a-9a55-0d6c3a1f9e11" / "redis"
            folder.mkdir(parents=True)
            (folder / "0.log").write_text("".join(of_a_node(name, line) + "\n" for line in text.splitlines()))
    verdicts.append(replay(tmp_path).verdict)
    for verdict in verdicts:
        assert (verdict.status, len(verdict.nodes), len(verdict.groups)) == ("healthy", 6, 2)


def in_another_namespace(text: str) -> str:
    """The log of another deployment like this one, a minute later."""
    text = re.sub(r"07:4(\d):", lambda match: f"07:{41 + int(match[1])}:", text)
    return re.sub(r"\b[0-9a-f]{40}\b", lambda match: match[0][::-1], text.replace("10.0.", "10.9."))


def test_what_two_replicas_say_in_the_same_millisecond_makes_them_not_one() -> None:
    """In containers both have pid 1, and both lose their primary at once."""
    lost = [*logs.loses_primary(60), *logs.is_refused(61), *logs.is_refused(62)]
    verdict = replay({"a": lost, "b": list(lost)}).verdict
    assert len([name for name in verdict.nodes if name in "ab"]) == 2


def as_in_containers(lines: Sequence[str]) -> list[str]:
    """A log as its server prints it with pid 1."""
    main = {match[1] for line in lines if (match := re.match(r"(\d+):[MSX] ", line))}
    head = re.compile(rf"(?:{'|'.join(main) or 'none'}):")
    return [re.sub(r"\bpid=\d+", "pid=1", head.sub("1:", line, count=1)) for line in lines]


@cache
def in_containers() -> Mapping[tuple[Path, str], Comparable]:
    return {
        (folder, name): comparable(parse(as_in_containers(lines)))
        for folder in RECORDED
        for name, lines in captures_of(folder).items()
    }


def test_no_two_servers_of_all_recorded_runs_are_taken_for_one() -> None:
    logs = in_containers()
    assert len(logs) > 500
    wrong = [
        (one, other)
        for (one, its), (other, others) in itertools.combinations(logs.items(), 2)
        if its.begin <= others.end and others.begin <= its.end and agreement(its, others).proves
    ]
    assert wrong == []


def test_nor_where_only_what_two_servers_say_alike_is_left_of_their_logs() -> None:
    """Each stretch of lines that two servers of one run have in common, one with what surrounds it."""
    chance = random.Random(0)
    stretches = 0
    for folder in chance.sample(RECORDED, len(RECORDED) // 2):
        logs = [as_in_containers(lines) for lines in captures_of(folder).values()]
        for one, other in itertools.permutations(logs, 2):
            alike = difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
            for a, b, size in alike:
                if size > 2:
                    stretches += 1
                    cut, more = one[a : a + size], other[max(0, b - 3) : b + size]
                    assert not agreement(comparable(parse(cut)), comparable(parse(more))).proves
    assert stretches > 50
