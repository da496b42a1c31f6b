"""A client library's failover test: it acts, waits for what the servers say, and looks at what that cost."""

import asyncio

import pytest

from redislog.testing import EndedError, Watcher, assert_failovers, assert_no_data_lost, assert_topology
from redislog.testing.simulate import story


@pytest.fixture
def logs():
    with story(primary="a", replicas=["b", "c"]) as s:
        s.start()
        s.write(1000)
        s.kill("a")
        s.wait(2)
        s.promote("c")
    return s.captures


def chunks(text, size=113):
    for start in range(0, len(text), size):
        yield text[start : start + size]
        yield None


def test_the_client_waits_for_the_new_primary(logs):
    watcher = Watcher()
    for name in ("a", "b"):
        watcher.feed(logs[name], name=name)
    mark = watcher.mark()
    watcher.wait_for("role.promoted", chunks(logs["c"]), name="c", since=mark, timeout=10)
    watcher.feed(logs["c"].partition("MASTER MODE enabled")[2].partition("\n")[2], name="rest of c")
    assert watcher.seen("role.promoted", since=mark)
    assert not watcher.seen("role.promoted", since=mark, times=2)


def test_what_it_cost(logs):
    assert_topology(logs, primary="c", replicas=["b"])
    assert_failovers(logs, count=1, within=10)
    assert_no_data_lost(logs)


def test_it_says_so_where_the_new_primary_never_comes(logs):
    async def lines():
        for line in logs["b"].splitlines(keepends=True):
            yield line

    with pytest.raises(EndedError) as raised:
        asyncio.run(Watcher().wait_for_async("role.promoted", lines(), name="b"))
    assert "expected: 'role.promoted'" in str(raised.value)
