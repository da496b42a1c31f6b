"""Whatever stands around the lines of one deployment, the same events come out of it."""

from __future__ import annotations

import html
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redislog import Event, parse, parse_line, replay
from redislog.capture import FORMS, form_names, split_lines
from redislog.capture.names import origin_of_file
from redislog.origin import Origin
from redislog.testing.simulate.forms import FORMS as WRITERS
from redislog.testing.simulate.forms import Printed
from redislog.testing.simulate.forms.collectors import cri, json_file
from tests import catalogue
from tests.argocd import SERVERS
from tests.forms_writer import in_lines, quoted, wrapped

FOLDER = Path(__file__).parent.parent / "fixtures" / "forms"
SAMPLES = sorted(path for path in (FOLDER / "samples").iterdir())
PRIMARY = SERVERS[0]

LOSES: dict[str, set[str]] = {
    "logcli": {"order"},
    "logcli-jsonl": {"order"},
    "loki-query-range": {"order"},
    "gcp-json": {"order"},
    "grafana-download-all": {"order", "names", "separable"},
    "cloudwatch-insights-json": {"order"},
    "cloudwatch-insights-results": {"order"},
    "cloudwatch-insights-csv": {"order"},
    "journald-cat": {"names", "separable"},
    "kubectl-selector": {"names"},
    "kubectl-selector-tail": {"names", "head", "separable"},
    "kubectl-tail": {"names", "head", "others"},
    "kubectl-limit-bytes": {"names", "end", "others"},
    "kubectl-previous": {"all"},
    "kubectl-all-containers": {"names", "others"},
    "kubectl-all-containers-prefix": {"others"},
    "rsyslog-syslog-enabled": {"prefix"},
}
"""What each sample lost: the names of the servers (and whether they can still be told apart), the order,
the heads or the end of the logs, the other servers' logs, each line's own prefix (role letter, milliseconds),
or all lines."""

ESCAPES: dict[str, Callable[[str], str]] = {
    "paste-html": html.unescape,
    "paste-markdown-escaped": lambda text: text.replace("\\", ""),
}
"""What escapes signs, and how it is undone: in free text, as of an error, nothing shows that it was."""

Words = tuple[Any, ...]


def words(event: Event) -> Words:
    """What a server said, without what the capture adds."""
    return event.key, event.pid, event.flag, event.level, event.message, event.header.stamp


def by_server(events: Iterable[Event], *, sentinels: bool = False) -> dict[str | None, list[Words]]:
    """The servers' lines in a stream, by their names."""
    found: dict[str | None, list[Words]] = defaultdict(list)
    for event in events:
        if event.pid is not None and (event.flag != "X" or sentinels):
            found[event.source].append(words(event))
    return dict(found)


def files_of(sample: Path) -> list[Path]:
    """The files of a sample: a folder has one for each server."""
    return sorted(sample.iterdir()) if sample.is_dir() else [sample]


def read(sample: Path) -> dict[str | None, list[Words]]:
    """A sample's lines by server."""
    return by_server(
        event
        for path in files_of(sample)
        for event in parse(path.read_bytes(), source=origin_of_file(path.name).source)
    )


@cache
def truth() -> dict[str | None, list[Words]]:
    """The bare logs' lines by server."""
    return by_server(
        event
        for name in SERVERS
        for event in parse((FOLDER / "bare" / f"{name}.log").read_bytes(), source=name)
    )


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_holds_the_events_of_the_bare_logs(sample: Path) -> None:
    loses = LOSES.get(sample.stem, set())
    found = read(sample)
    if "all" in loses:
        assert found == {}
    elif "prefix" in loses:
        said = {
            name: [(key, pid, level, text) for key, pid, _, level, text, _ in lines]
            for name, lines in found.items()
        }
        assert said == {
            name: [(key, pid, level, text) for key, pid, _, level, text, _ in lines]
            for name, lines in truth().items()
        }
    elif "names" in loses:
        (lines,) = found.values()
        whole = [line for each in truth().values() for line in each]
        assert set(lines[:-1]) <= set(whole)
        if not loses & {"head", "end", "others"}:
            assert sorted(map(repr, lines)) == sorted(map(repr, whole))
    elif "others" in loses:
        assert found == {PRIMARY: truth()[PRIMARY]}
    elif "order" in loses:
        assert {name: lines[::-1] for name, lines in found.items()} == truth()
    else:
        assert found == truth()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_verdict_on_a_sample_never_contradicts_the_truth(sample: Path) -> None:
    loses = LOSES.get(sample.stem, set())
    timeline = replay(sample)
    verdict = timeline.verdict
    if "all" in loses or "separable" in loses:
        assert verdict.status == "unknown"
        assert not verdict.primaries
        assert verdict.coverage.missing
        return
    if loses & {"end", "prefix"}:
        assert verdict.status in ("healthy", "degraded", "unknown")
        return
    assert verdict.status == "healthy"
    assert len(verdict.primaries) == 1
    if "names" not in loses:
        assert verdict.primary == PRIMARY
    if not loses & {"head", "others"}:
        assert [(resync.kind, resync.outcome) for resync in timeline.resyncs] == [("full", "done")] * 2
        names = [str(name) for name in timeline.nodes]
        assert names == (["?1", "?2", "?3"] if "names" in loses else list(SERVERS))


def test_newest_first_is_put_in_order() -> None:
    timeline = replay(FOLDER / "samples" / "loki-query-range.log")
    plain = replay([FOLDER / "bare" / f"{name}.log" for name in SERVERS])
    assert [event.message for event in timeline.events] == [event.message for event in plain.events]


def test_every_form_has_a_name_and_a_sample() -> None:
    assert len(set(form_names())) == len(form_names())
    rows = [
        line.split("\t") for line in (FOLDER / "SOURCES.tsv").read_text(encoding="utf-8").splitlines()[1:]
    ]
    files = {str(path.relative_to(FOLDER)) for path in (FOLDER / "samples").rglob("*.log")}
    folders = {str(path.relative_to(FOLDER)) for path in (FOLDER / "folders").iterdir()}
    assert {name for name, _ in rows} == files | folders
    assert all(maker.startswith("documented layout") or maker[-1].isdigit() for _, maker in rows)


def test_the_whole_deployment_says_what_the_servers_logs_alone_say() -> None:
    whole = replay(FOLDER / "samples" / "kubectl-prefix-timestamps.log")
    alone = replay([FOLDER / "bare" / f"{name}.log" for name in SERVERS])
    for name in SERVERS:
        one, other = whole.verdict.nodes[name], alone.verdict.nodes[name]
        assert (one.role, one.link, one.in_sync, one.primary, one.addresses) == (
            other.role, other.link, other.in_sync, other.primary, other.addresses
        )  # fmt: skip
    assert whole.verdict.nodes[PRIMARY].basis["10.0.202.28:6379"] == "stated", "config-init says it"
    assert set(whole.verdict.nodes) == set(alone.verdict.nodes)
    assert [(each.primary, each.replica, each.bytes, each.offset) for each in whole.resyncs] == [
        (each.primary, each.replica, each.bytes, each.offset) for each in alone.resyncs
    ]


def test_the_zone_is_deduced_from_the_collector_s_stamp() -> None:
    line = "[pod/a/redis] 2023-05-29T07:47:57.190385319Z 1:M 29 May 2023 13:17:57.186 * Ready to accept connections"
    event = parse_line(line)
    assert event.at is not None
    assert event.at.utcoffset() == timedelta(hours=5, minutes=30)
    assert event.at == datetime(2023, 5, 29, 7, 47, 57, 186000, UTC)
    assert event.collected == datetime(2023, 5, 29, 7, 47, 57, 190385, UTC)


def test_what_a_capture_states_is_kept() -> None:
    event = parse_line(
        "argocd argocd-redis-ha-server-1 redis 2023-05-29T07:47:57.190385319Z 1:M 29 May 2023 07:47:57.186 * Ready to accept connections"
    )
    assert event.origin == Origin("argocd", "argocd-redis-ha-server-1", "redis")


lines_of_a_server = catalogue.messages().filter(
    lambda printed: printed.mark is not None
    and "\n" not in printed.line
    and "\r" not in printed.line
    and "\0" not in printed.line
    and printed.line == printed.line.strip()
    and printed.line.isprintable()
).map(lambda printed: printed.line)  # fmt: skip
deployments = st.lists(st.tuples(st.sampled_from(SERVERS), lines_of_a_server), min_size=1, max_size=6)


def printed(lines: list[tuple[str, str]]) -> list[Printed]:
    """Lines with the times of their runtime."""
    start = datetime(2024, 5, 3, 10, 1, 2, 504321, UTC)
    return [
        Printed(pod, "redis", text, start + timedelta(milliseconds=number))
        for number, (pod, text) in enumerate(lines)
    ]


@pytest.mark.parametrize("form", sorted(WRITERS))
@settings(deadline=None, max_examples=25)
@given(deployments, st.lists(st.integers(0, 3000), max_size=4))
def test_any_log_in_any_form_cut_anywhere_is_read_back(
    form: str, lines: list[tuple[str, str]], places: list[int]
) -> None:
    data = WRITERS[form](printed(lines)).encode()
    ends = sorted({min(place, len(data)) for place in places} | {0, len(data)})
    chunks = [data[start:end] for start, end in pairwise(ends)]
    found = by_server(parse(split_lines(chunks)), sentinels=True)
    bare: dict[str | None, list[Words]] = {
        name: by_server(parse([text for pod, text in lines if pod == name], source=name), sentinels=True)[
            name
        ]
        for name in {pod for pod, _ in lines}
    }
    loses = LOSES.get(form, set())
    if "order" in loses:
        found = {name: each[::-1] for name, each in found.items()}
    if "names" in loses:
        bare = by_server(parse([text for _, text in lines]), sentinels=True)
    if form in ESCAPES:
        found, bare = (
            {
                name: [(*line[:4], ESCAPES[form](line[4]), line[5]) for line in each]
                for name, each in side.items()
            }
            for side in (found, bare)
        )
    assert found == bare


PAIRS = [(one, other) for one in sorted(WRITERS) for other in sorted(WRITERS) if one != other]


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(PAIRS), st.integers(0, 40), st.integers(0, 40))
def test_one_form_after_another_is_recognised_wherever_they_join(
    pair: tuple[str, str], first: int, second: int
) -> None:
    texts = deployment()
    one, other = (WRITERS[name](texts[:n]) for name, n in zip(pair, (first, second), strict=True))
    found = by_server(parse(one + other))
    apart: dict[str | None, list[Words]] = defaultdict(list)
    for text in (one, other):
        for name, lines in by_server(parse(text)).items():
            apart[name] += lines
    assert found == dict(apart)


@cache
def deployment() -> list[Printed]:
    """The servers' lines in the order of time."""
    lines = []
    for name in SERVERS:
        path = FOLDER / "bare" / f"{name}.log"
        for event, text in zip(parse(path.read_bytes()), path.read_text().splitlines(), strict=True):
            assert event.at is not None
            lines.append(
                Printed(name, "redis", text, event.at.replace(tzinfo=UTC) + timedelta(microseconds=4321))
            )
    return sorted(lines, key=lambda line: line.at)


@pytest.mark.parametrize(
    "form", ["kubectl-prefix", "stern", "cri-headings", "journald-short", "azure-csv", "gcp-json"]
)
@pytest.mark.parametrize(
    ("newline", "encoding"), [("\r\n", "utf-8"), ("\n", "utf-8-sig"), ("\r\n", "utf-16")]
)
def test_files_of_other_systems(form: str, newline: str, encoding: str) -> None:
    text = WRITERS[form](deployment())
    assert by_server(parse(in_lines(text, newline, encoding))) == by_server(parse(text))


def test_parts_of_long_lines_are_joined() -> None:
    text = "1:M 29 May 2023 07:47:57.186 * Module 'x' " + "y" * 40_000
    line = Printed("a", "redis", text, datetime(2023, 5, 29, 7, 47, 57, 190000, UTC))
    for captured in (cri(line, 16384), json_file(line)):
        (event,) = parse(captured.encode())
        assert event.message == text.partition("* ")[2]


def test_a_quoted_paste_of_anything_is_read() -> None:
    for form in ("kubectl-prefix-timestamps", "stern", "headings", "cri-headings"):
        text = WRITERS[form](deployment())
        assert by_server(parse(quoted(text))) == by_server(parse(text)), form


@pytest.mark.parametrize("width", [45, 60, 80, 120])
def test_lines_that_a_terminal_wrapped_are_whole_again(width: int) -> None:
    events = [event for name in SERVERS for event in parse((FOLDER / "bare" / f"{name}.log").read_text())]
    bare = [words(event) for event in events]
    found = [words(event) for event in parse(wrapped((line.text for line in deployment()), width))]
    missing = [line for line in bare if line not in found]
    assert [line for line in missing if not any(is_cut(event, line) for event in found)] == []


@pytest.mark.parametrize("width", range(45, 140, 3))
def test_no_address_is_cut_where_a_terminal_wraps_it(width: int) -> None:
    bare = {event.message for line in deployment() for event in parse([line.text])}
    for event in parse(wrapped((line.text for line in deployment()), width)):
        if event.key in ("replica.connecting", "primary.sync-requested", "primary.full-sync-requested"):
            assert event.message in bare


def is_cut(piece: Words, whole: Words) -> bool:
    """Whether a line that was read is a known message and the beginning of another."""
    message: str = whole[4]
    return piece[0] != "unrecognized" and piece[5] == whole[5] and message.startswith(piece[4])


@pytest.mark.parametrize("form", ["kubectl-prefix", "kubectl-prefix-timestamps", "stern", "kubetail"])
def test_a_line_that_was_wrapped_behind_a_prefix_is_whole_again(form: str) -> None:
    text = (
        "1:M 29 May 2023 07:48:59.135 * Replication backlog created, my new replication IDs are '{}' and '{}'"
    )
    line = Printed(
        "a-0", "redis", text.format("f5" * 20, "0" * 40), datetime(2023, 5, 29, 7, 48, 59, tzinfo=UTC)
    )
    for width in (90, 100, 130):
        for blanks in (True, False):
            pieces = wrapped(WRITERS[form]([line, line]).splitlines(), width)
            if not blanks:
                pieces = "\n".join(piece.rstrip() for piece in pieces.splitlines())
            events = [event for event in parse(pieces) if event.pid is not None]
            assert [event.message.rstrip() for event in events] == [line.text.partition("* ")[2]] * 2, (
                width,
                blanks,
            )
            assert {event.source for event in events} == {"a-0"}


def test_a_form_can_be_forced() -> None:
    text = "a redis 1:M 29 May 2023 07:47:57.186 * Ready to accept connections"
    assert next(parse([text], form="stern")).source == "a"
    assert next(parse([text], form="kubetail")).source is None


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_says_what_it_is(form: object) -> None:
    assert json.dumps([getattr(form, name) for name in ("name", "layout", "loses")])


OTHER = "argocd-redis-ha-haproxy-d4496b596-69zmp/haproxy"


def test_other_containers_lines_are_counted_by_their_source() -> None:
    stream = [f"[pod/{PRIMARY}/metrics] level=info x={n}" for n in range(5)]
    stream += [
        f"[pod/{PRIMARY}/redis] {line}"
        for line in (FOLDER / "bare" / f"{PRIMARY}.log").read_text().splitlines()
    ]
    timeline = replay({"all": stream})
    counted = {each.source: (each.lines, each.foreign) for each in timeline.coverage.sources}
    assert counted == {PRIMARY: (28, 0), f"{PRIMARY}/metrics": (5, 5)}
    assert timeline.nodes == (PRIMARY,)


NAMES = st.sampled_from(
    ["log", "message", "MESSAGE", "time", "timestamp", "stream", "kubernetes", "labels", "data", "result", "values",
     "hits", "_source", "events", "SYSLOG_IDENTIFIER", "PRIORITY", "_PID", "_HOSTNAME", "field", "value", "kind"]
)  # fmt: skip
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | lines_of_a_server,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(
    st.lists(any_json | st.dictionaries(NAMES, any_json, max_size=5), max_size=3), st.sampled_from([None, 1])
)
def test_any_document_is_read(values: list[object], indent: int | None) -> None:
    text = "\n".join(json.dumps(value, indent=indent) for value in values)
    assert all(isinstance(event, Event) for event in parse(text))


@pytest.mark.parametrize(
    "line",
    ["[" * 100_000, "{" * 100_000, '{"log":' * 50_000, " " * 200_000, "|" + " " * 200_000, "a." * 100_000,
     "2023-05-29 07:47:57 +0000 " + "a." * 100_000 + ": {", "> " * 100_000, "a-0 " * 100_000, '"' * 100_001,
     "[0] a: [1685346477.188, " + "}], {" * 20_000, "a,b," * 50_000, "=== " * 50_000, "\x1b[" * 100_000],
    ids=lambda line: line[:12],
)  # fmt: skip
def test_a_hostile_line_takes_no_long_time(line: str) -> None:
    started = time.process_time()
    assert len(list(parse([line, line]))) == 2
    assert time.process_time() - started < 3
