"""The library as a typed program uses it: `tests.test_typing` has mypy look at it outside of this project.

``assert_type`` says what each value is. What is wrong on purpose is marked with the error that must stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, assert_never, assert_type

import redislog
from redislog import (
    Address,
    ClientId,
    ClockOffset,
    Event,
    Evidence,
    Failover,
    Finding,
    NodeState,
    Resync,
    Verdict,
)
from redislog.events import FullSyncGranted, PartialSyncRefused, SyncRequested, message
from redislog.testing import Mark, Watcher, assert_events, assert_in_sync, having, mark
from redislog.testing.simulate import Story, story


def read(lines: list[bytes], text: str) -> Iterator[str]:
    """Lines to events, and the fields of each class."""
    assert_type(redislog.parse(lines, source="server-0"), Iterator[Event])
    event = redislog.parse_line(text)
    assert_type(event, Event)
    assert_type(event.at, datetime | None)
    assert_type(event.source, str | None)
    assert_type(event.line_number, int)
    assert_type(event.render("valkey 8.0"), str)
    if isinstance(event, FullSyncGranted):
        yield f"{event.key} from {event.offset}"
    if isinstance(event, SyncRequested | PartialSyncRefused):
        assert_type(event.replica, Address | ClientId | None)
        yield str(event.replica.host)  # type: ignore[union-attr]
    event.key = "another"  # type: ignore[misc]
    yield event.replica  # type: ignore[attr-defined]


def joined(folder: Path, moment: datetime) -> redislog.Timeline:
    """Captures in all their forms, and what is joined of them."""
    redislog.replay(folder)
    redislog.replay([folder, folder])
    redislog.replay({"server-0": "text", "server-1": "text"})
    redislog.replay({"server-0": [b"line"], "server-1": [b"line"]})
    found = redislog.replay(
        {"server-0": folder, "server-1": folder},
        tz="Europe/Prague",
        year=2026,
        nodes={"server-0": "10.0.0.1:6379", "server-1": ["10.0.0.2:6379", "cache-1:6379"]},
    )
    assert_type(found, redislog.Timeline)
    assert_type(found.feed("line", source="server-0"), Event)
    assert_type(found.events, tuple[Event, ...])
    assert_type(found.nodes, tuple[str, ...])
    assert_type(found.resyncs, tuple[Resync, ...])
    assert_type(found.failovers, tuple[Failover, ...])
    assert_type(found.clocks, tuple[ClockOffset, ...])
    assert_type(found.whois("10.0.0.1"), tuple[redislog.Subject, ...])
    assert_type(found.at(moment), Verdict)
    redislog.replay(17)  # type: ignore[arg-type]
    redislog.replay(folder, years=2026)  # type: ignore[call-arg]
    return found


def judged(verdict: Verdict) -> str:
    """A verdict: every status is looked at, and no other word is one."""
    assert_type(verdict.primary, str | None)
    assert_type(verdict.nodes, Mapping[str, NodeState])
    assert_type(verdict.findings, tuple[Finding, ...])
    assert_type(verdict.why("server-0", "in_sync"), tuple[redislog.Decision, ...])
    for node in verdict.nodes.values():
        assert_type(node.running, bool | None)
        assert_type(node.evidence, tuple[Evidence, ...])
    if verdict.status == "fine":  # type: ignore[comparison-overlap]
        return "never"
    match verdict.status:
        case "split-brain" | "no-primary" | "resync-loop" | "degraded":
            return "act"
        case "unknown" | "healthy":
            return "wait"
        case never:
            assert_never(never)


def durations(resync: Resync) -> dict[str, float | None]:
    """A resync: the words of its kinds, and the times of its phases."""
    if resync.kind == "whole":  # type: ignore[comparison-overlap]
        return {}
    return {phase.name: phase.seconds for phase in resync.phases}


def there_and_back(value: Verdict) -> Verdict:
    """To JSON and back, as what was asked for."""
    assert_type(redislog.unstructure(value), dict[str, Any])
    return redislog.structure(redislog.unstructure(value), Verdict)


@redislog.register
class CacheWarmed(Event):
    """A message of one's own: its fields are those that it is made with."""

    keys: int
    seconds: float | None = None

    MESSAGES = (
        message("ours.warmed", level="notice", roles="M,S")(
            "the cache is warm", "redis 7.0+: <ours> warm, <keys:int> keys"
        ),
    )


def warmed(event: Event) -> int | None:
    """The fields of a class of one's own."""
    message("ours.cold", level="notice", meaning="it is cold")  # type: ignore[call-arg]
    return event.keys if isinstance(event, CacheWarmed) else None


def tested(log: str) -> None:
    """What tests ask of logs."""
    start = mark(log)
    assert_type(start, Mark)
    assert_events(log, [having("replica.full-sync.*"), FullSyncGranted], since=start)
    assert_in_sync({"a": log, "b": log}, "b", primary="a")
    watcher = Watcher(tz="UTC")
    watcher.feed(log, name="b")
    assert_type(watcher.seen(FullSyncGranted), bool)
    with story(primary="a", replicas=["b"]) as s:
        assert_type(s, Story)
        s.start()
