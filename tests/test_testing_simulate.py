"""Stories of `redislog.testing.simulate`: they print what real servers printed, and what is concluded is their truth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import redislog
from redislog import UnknownNameError, parse
from redislog.testing import assert_failovers, assert_in_sync, assert_topology, canonical
from redislog.testing.simulate import FORMS, Story, StoryError, story
from redislog.testing.simulate.releases import RELEASES
from redislog.testing.strategies import deployments, node_logs
from tests.truth import contradictions, differences, misstated

FIXTURES = Path(__file__).parent.parent / "fixtures"
VERSIONS = [release.name for release in RELEASES]
NAMELESS = {"grafana-download-all"}
"""Forms that lose which server printed a line."""


def told(*steps: Callable[[Story], None], **options: Any) -> Story:
    with story(primary="redis-0", replicas=["redis-1", "redis-2"], **options) as s:
        s.start()
        for step in steps:
            step(s)
    return s


@pytest.mark.parametrize("version", VERSIONS)
def test_a_story_is_told_in_a_few_lines_and_its_logs_say_it(version: str) -> None:
    with story(primary="a", replicas=["b", "c"], version=version) as s:
        s.start()
        s.cut("b", seconds=30)
        s.kill("a")
        s.promote("b")
    assert_topology(s.captures, primary="b", replicas=["c"])
    assert_in_sync(s.captures, "c", primary="b")
    assert_failovers(s.captures, count=1)
    assert "No route to host" in s.captures["b"]
    assert [moment.step for moment in s.moments] == [
        "start()",
        "cut('b', seconds=30)",
        "kill('a')",
        "promote('b')",
    ]
    assert s.truth["a"].running is False
    assert list(differences(redislog.replay(s.captures), s.truth)) == []


def test_what_a_version_says_otherwise_happens_alike() -> None:
    tellings = {
        canonical(told(lambda s: s.promote("redis-1"), version=version).captures) for version in VERSIONS
    }
    assert len(tellings) == 1


@pytest.mark.parametrize("form", sorted(FORMS.keys() - NAMELESS))
def test_a_story_is_found_in_any_form(form: str) -> None:
    s = told(lambda s: s.kill("redis-0"), lambda s: s.promote("redis-2"), clocks={"redis-1": 3600.0})
    timeline = redislog.replay({"all": s.in_form(form)})
    assert list(contradictions(timeline, s.truth, {"redis-1": 3600.0})) == []
    assert timeline.verdict.primaries == ("redis-2",)


@settings(max_examples=60)
@given(deployments(), st.sampled_from(sorted(FORMS.keys() - NAMELESS)))
def test_what_is_said_of_any_deployment_in_any_form_is_true(s: Story, form: str) -> None:
    clocks = {server.name: server.fast / 1e6 for server in s.deployment.servers.values()}
    for captures in (s.captures, {"all": s.in_form(form)}):
        assert list(contradictions(redislog.replay(captures), s.truth, clocks)) == []


@settings(max_examples=60)
@given(deployments("redis 7.0"))
def test_what_is_said_of_each_moment_is_true(s: Story) -> None:
    if any(server.fast for server in s.deployment.servers.values()):
        return
    timeline = redislog.replay(s.captures)
    for moment in s.moments:
        assert list(misstated(timeline.at(moment.at), moment.truth)) == [], moment.step


@settings(max_examples=30)
@given(node_logs())
def test_every_line_of_a_server_s_log_is_known(log: str) -> None:
    assert {event.key for event in parse(log)}.isdisjoint({"foreign", "unrecognized"})


RECORDED_RELEASES = ("6.2", "7.0", "8.2", "8.6", "valkey-9.1")
RECORDED: dict[str, tuple[Callable[[Story], None], ...]] = {
    "healthy-start-yes-distinct": (),
    "replica-down-sigkill": (lambda s: s.kill("server-0"),),
    "promoted-and-followed": (lambda s: s.promote("server-0"),),
}
NOISE = frozenset(
    {
        "memory.overcommit",
        "primary.full-sync.attach-current-bgsave",
        "primary.full-sync.wait-next-bgsave-socket",
        "config.no-password",
        "sentinel.-odown",
    }
)
"""Messages of the recorded runs that tell of their machine, or of their configuration, that a replica asked before
another one was served, or that the other Sentinels had switched before the leader asked them again.
"""


@pytest.mark.parametrize("name", RECORDED)
@pytest.mark.parametrize("version", RECORDED_RELEASES)
def test_a_story_prints_what_real_servers_printed(name: str, version: str) -> None:
    run = FIXTURES / version / name
    real = {path.stem: keys(path.read_text()) for path in run.glob("*.log")}
    diskless = not any("rdb.bgsave-started" in key for its in real.values() for key in its)
    names = ["server-0", "server-2"]
    with story(primary="server-1", replicas=names, version=product_of(version), diskless=diskless) as s:
        s.start()
        s.write(97)
        for step in RECORDED[name]:
            step(s)
    printed = {server: keys(log) for server, log in s.captures.items()}
    # When the second replica asked, the first one's snapshot was done, or not: so were the first primary's lines.
    assert {*printed.pop("server-1")} == {*real.pop("server-1")}
    assert printed == real


def product_of(recorded: str) -> str:
    """The series that recorded runs are of: ``valkey 9.1``."""
    return recorded.replace("-", " ") if "-" in recorded else f"redis {recorded}"


def keys(log: str) -> list[str]:
    """What a server's main process printed, without noise."""
    return [
        f"{event.flag} {event.key}"
        for event in parse(log)
        if event.key not in NOISE and not (event.key.startswith("rdb.") and event.flag == "C")
    ]


@pytest.mark.parametrize("version", RECORDED_RELEASES)
def test_sentinels_print_what_real_ones_printed(version: str) -> None:
    """In a failover, up to the line that the old primary is down: when it comes, the recorded runs may be over."""
    with story(version=product_of(version), sentinels=3) as s:
        s.start()
        s.kill("a")
        s.wait(6)
    told = [its for name, log in s.captures.items() if name.startswith("sentinel") for its in [keys(log)]]
    real = [
        keys(path.read_text()) for path in (FIXTURES / version / "failover-killed").glob("sentinel-*.log")
    ]
    late = "X sentinel.+sdown"
    assert all(each.pop() == late for each in told)
    assert sorted(each[:-1] if each[-1] == late else each for each in real) == sorted(told)


def test_sentinels_replace_a_primary_that_is_down() -> None:
    with story(sentinels=3) as s:
        s.start()
        s.kill("a")
        s.wait(2)
        assert s.primary == "a"
        s.wait(10)
        s.start("a")
        s.kill("c")
        s.wait(10)
    assert s.primary == "b"
    timeline = redislog.replay(s.captures)
    assert timeline.observers == ("sentinel-0", "sentinel-1", "sentinel-2")
    assert [failover.node for failover in timeline.failovers] == ["b"]
    assert list(contradictions(timeline, s.truth)) == []
    assert "-sdown slave 10.0.0.2:6379" in s.captures["sentinel-0"]
    with pytest.raises(StoryError, match="Sentinels alone promote"):
        s.promote("a")


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (lambda s: s.start(), "redis-0 runs already"),
        (lambda s: s.promote("redis-0"), "redis-0 is no replica"),
        (lambda s: s.cut("redis-0"), "no replica that its primary serves"),
        (lambda s: (s.kill("redis-1"), s.kill("redis-1")), "redis-1 does not run"),
        (lambda s: s.follow("redis-1", "redis-0"), "cannot follow redis-0 anew"),
    ],
)
def test_what_cannot_happen_is_an_error_with_the_story(step: Any, words: str) -> None:
    with pytest.raises(StoryError, match=rf"{words}, after: story\(primary='redis-0'.*start\(\)"):
        told(step)


def test_a_name_that_is_not_in_it_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean redis-1"):
        told(lambda s: s.kill("reds-1"))
    with pytest.raises(UnknownNameError, match=r"redis 7\.0"):
        story(version="redis 7.1")
    with pytest.raises(UnknownNameError):
        story(clocks={"z": 1.0})
    with pytest.raises(UnknownNameError, match="kubectl-prefix"):
        told().in_form("kubectl-prefx")
    with pytest.raises(StoryError, match="two servers of one name"):
        story(primary="a", replicas=["a"])
