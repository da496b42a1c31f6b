"""A model of primaries, replicas, links and failures, and what the library concludes from its lines.

The model is held against recorded runs first: it prints what real servers printed. Then hypothesis drives it.
After every step nothing that is said may be wrong; where the logs say all, all must be said.

A long run: ``pytest tests/test_model.py -k Replication --hypothesis-profile=thorough``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from redislog import Timeline, parse, replay
from redislog.hints import Hint
from redislog.testing.simulate.deployment import Deployment
from redislog.testing.simulate.releases import REDIS_6_2, REDIS_7_0, REDIS_8_2, RELEASES, Release
from redislog.testing.simulate.server import Server
from tests.truth import contradictions, differences

_T = TypeVar("_T")

FIXTURES = Path(__file__).parent.parent / "fixtures"
RECORDED = {"6.2": REDIS_6_2, "7.0": REDIS_7_0, "8.2": REDIS_8_2}


# The model against recorded runs


class Scenario:
    """A primary, ``server-1``, and two replicas that were started one after the other, as the live tests do.

    ``late``: the first snapshot's process was still there when the second replica asked; ``lingers``: the port
    of a server that was killed took connections a moment longer.
    """

    def __init__(self, release: Release, *, diskless: bool, late: bool, lingers: bool) -> None:
        self.lingers = lingers
        self.deployment = Deployment(release, [0, 0, 0], diskless=diskless)
        self.deployment.clock.step = 100
        self.one, self.primary, self.other = self.deployment.servers.values()
        self.deployment.start(self.primary, None)
        self.joins(self.one, late=late)
        self.joins(self.other)
        self.deployment.write(self.primary, 97)

    def joins(self, replica: Server, *, late: bool = False) -> None:
        self.deployment.start(replica, self.primary)
        self.deployment.proceed(replica)
        self.deployment.settle(late=late)

    def drops_a_link(self) -> None:
        self.deployment.drop(self.one)

    def promotes_a_replica(self) -> None:
        self.deployment.promote(self.other)

    def promotes_and_follows(self) -> None:
        self.deployment.promote(self.one)
        for server in (self.other, self.primary):
            self.deployment.follow(server, self.one)
            self.deployment.settle()

    def writes_apart(self) -> None:
        self.deployment.promote(self.one)
        self.deployment.write(self.primary, 10404)
        self.deployment.follow(self.primary, self.one)
        self.deployment.follow(self.other, self.one)

    def fails_over(self) -> None:
        self.deployment.fail_over(self.primary, self.one)

    def loses_its_primary(self) -> None:
        lingers = [self.one, self.other] if self.lingers else []
        self.deployment.end(self.primary, kill=True, lingers=lingers)
        for _ in range(2):
            for replica in (self.one, self.other):
                self.deployment.settle()
                self.deployment.proceed(replica)

    def loses_a_replica(self) -> None:
        self.deployment.end(self.one, kill=True)

    def restarts_a_replica(self) -> None:
        self.deployment.end(self.one, kill=False, save=True)
        self.deployment.start(self.one, self.primary, from_file=True)
        self.deployment.proceed(self.one)

    def follows_in_a_circle(self) -> None:
        self.deployment.follow(self.other, self.one)
        self.deployment.settle()
        self.deployment.follow(self.one, self.other)
        self.deployment.settle()
        self.deployment.end(self.primary, kill=False)

    def does_nothing(self) -> None:
        pass


RUNS: dict[str, Callable[[Scenario], None]] = {
    "healthy-start-yes-distinct": Scenario.does_nothing,
    "healthy-start-no-distinct": Scenario.does_nothing,
    "dropped-link-is-taken-up-again-at-replica": Scenario.drops_a_link,
    "replica-made-primary": Scenario.promotes_a_replica,
    "promoted-and-followed": Scenario.promotes_and_follows,
    "failover-command-to-one": Scenario.fails_over,
    "primary-killed": Scenario.loses_its_primary,
    "replica-down-sigkill": Scenario.loses_a_replica,
    "replica-restarted-sigterm-saved": Scenario.restarts_a_replica,
    "cycle": Scenario.follows_in_a_circle,
}


RACES = {
    ("failover-command-to-one", "6.2"): "a replica came back too early, and had to try again",
    ("failover-command-to-one", "8.2"): "the second replica asked while the first one was loading",
}
"""Recorded runs in which two servers did their things in an order that the scenario does not have."""


@pytest.mark.parametrize(("name", "version"), [pair for pair in product(RUNS, RECORDED) if pair not in RACES])
def test_the_model_prints_what_real_servers_printed(name: str, version: str) -> None:
    """Message by message, with the role letters; which of two was faster is tried both ways."""
    captures = (FIXTURES / version / name).glob("*.log")
    real = {path.stem: printed(path.stem, path.read_bytes()) for path in captures}
    diskless = not any("rdb.bgsave-started" in line for lines in real.values() for line in lines)
    found = []
    for late, lingers in product((False, True), repeat=2):
        scenario = Scenario(RECORDED[version], diskless=diskless, late=late, lingers=lingers)
        RUNS[name](scenario)
        scenario.deployment.settle()
        found.append(
            {server: printed(server, lines) for server, lines in scenario.deployment.captures.items()}
        )
    for server, lines in real.items():
        assert lines in [each[server] for each in found], server


def printed(server: str, lines: Iterable[str] | bytes) -> list[str]:
    """What a server's main process printed, by role letters and keys, without what its machine made it say."""
    events = (event for event in parse(lines, source=server) if event.key != "memory.overcommit")
    return [
        f"{event.flag} {event.key}"
        for event in events
        if not event.key.startswith("rdb.") or event.flag != "C"
    ]


# What is concluded from the model's lines

OFFSETS = (0, 0, 400, -3_000_000, 3_600_000_000)
"""Microseconds by which a server's clock is fast."""


class ReplicationMachine(RuleBasedStateMachine):
    """Whatever may happen to a few servers, and what is said of them after each step."""

    deployment: Deployment

    @initialize(
        release=st.sampled_from(RELEASES),
        fast=st.lists(st.sampled_from(OFFSETS), min_size=2, max_size=4),
        diskless=st.booleans(),
        delay=st.booleans(),
        same_ports=st.booleans(),
    )
    def deploy(
        self, release: Release, fast: list[int], diskless: bool, delay: bool, same_ports: bool
    ) -> None:
        self.deployment = Deployment(release, fast, diskless=diskless, delay=delay, same_ports=same_ports)
        self.fed = 0
        self.blind = Timeline()
        self.knowing = Timeline(hints=self.hints)
        self.deployment.start(self.servers[0], None)

    @property
    def servers(self) -> list[Server]:
        return list(self.deployment.servers.values())

    @property
    def hints(self) -> list[Hint]:
        """Which address is whose."""
        return [Hint.given(server.name, server.address) for server in self.servers]

    # What may be done to whom

    def those(self, may: Callable[[Server], bool]) -> list[Server]:
        return [server for server in self.servers if may(server)]

    def is_free(self, server: Server) -> bool:
        """Whether an order to it is carried out now."""
        return server.acts and server.phase != "loading" and not self.deployment.in_two_channels(server)

    def is_linked(self, server: Server) -> bool:
        return server.follows is not None and server in server.follows.replicas

    def can_end(self, server: Server) -> bool:
        return server.running and not self.deployment.in_two_channels(server)

    def can_be_dropped(self, server: Server) -> bool:
        return (
            self.is_free(server) and self.is_linked(server) and bool(server.follows and server.follows.acts)
        )

    def can_take_over(self, server: Server) -> bool:
        primary = server.follows
        if primary is None or not (self.is_free(server) and self.is_free(primary)) or primary.follows:
            return False
        return primary.replicas.get(server) == "online" and server.own == primary.own

    # Time

    @rule(milliseconds=st.sampled_from((0, 1, 7, 900, 5000)), step=st.sampled_from((0, 100, 1500)))
    def time_passes(self, milliseconds: int, step: int) -> None:
        self.deployment.clock.now += milliseconds * 1000
        self.deployment.clock.step = step

    # Servers

    @precondition(lambda self: self.those(lambda each: not each.running))
    @rule(data=st.data(), from_file=st.booleans())
    def a_server_starts(self, data: st.DataObject, from_file: bool) -> None:
        server = data.draw(st.sampled_from(self.those(lambda each: not each.running)))
        others = [each for each in self.servers if each is not server]
        follows = data.draw(
            st.sampled_from([self.servers[0] if server is not self.servers[0] else None, None, *others])
        )
        self.deployment.start(server, follows, from_file=from_file)

    @precondition(lambda self: self.those(self.can_end))
    @rule(data=st.data(), kill=st.booleans(), save=st.booleans())
    def a_server_ends(self, data: st.DataObject, kill: bool, save: bool) -> None:
        server = data.draw(st.sampled_from(self.those(self.can_end)))
        lingers = data.draw(st.lists(st.sampled_from(self.servers), max_size=2))
        self.deployment.end(server, kill=kill, save=save, lingers=lingers)

    @precondition(lambda self: len(self.those(self.is_free)) > 1)
    @rule(data=st.data())
    def a_server_freezes(self, data: st.DataObject) -> None:
        self.deployment.freeze(data.draw(st.sampled_from(self.those(self.is_free))))

    @precondition(lambda self: self.those(lambda each: each.frozen))
    @rule()
    def a_minute_passes(self) -> None:
        self.deployment.time_out()

    # Links and snapshots

    @precondition(lambda self: self.those(self.deployment.can_proceed))
    @rule(data=st.data())
    def a_link_proceeds(self, data: st.DataObject) -> None:
        self.deployment.proceed(data.draw(st.sampled_from(self.those(self.deployment.can_proceed))))

    @precondition(lambda self: self.those(self.deployment.can_step_child))
    @rule(data=st.data())
    def a_snapshot_proceeds(self, data: st.DataObject) -> None:
        self.deployment.step_child(data.draw(st.sampled_from(self.those(self.deployment.can_step_child))))

    @precondition(lambda self: self.those(self.deployment.waits_for_snapshot))
    @rule(data=st.data())
    def a_delayed_snapshot_begins(self, data: st.DataObject) -> None:
        self.deployment.begin_snapshot(
            data.draw(st.sampled_from(self.those(self.deployment.waits_for_snapshot)))
        )

    @precondition(
        lambda self: self.those(lambda each: each.acts and each.child is not None and each.child.disk)
    )
    @rule(data=st.data())
    def a_snapshot_fails(self, data: st.DataObject) -> None:
        able = self.those(lambda each: each.acts and each.child is not None and each.child.disk)
        self.deployment.fail_snapshot(data.draw(st.sampled_from(able)))

    @precondition(lambda self: self.those(self.deployment.can_proceed))
    @rule()
    def all_syncs_proceed(self) -> None:
        for server in self.those(lambda each: each.acts and each.phase == "connect"):
            self.deployment.proceed(server)
        self.deployment.settle()
        for server in self.those(self.deployment.waits_for_snapshot):
            self.deployment.begin_snapshot(server)
        self.deployment.settle()

    @precondition(lambda self: self.those(self.can_be_dropped))
    @rule(data=st.data())
    def a_link_drops(self, data: st.DataObject) -> None:
        self.deployment.drop(data.draw(st.sampled_from(self.those(self.can_be_dropped))))

    # Users

    @precondition(lambda self: self.those(lambda each: each.acts and each.follows is None))
    @rule(data=st.data(), size=st.sampled_from((1, 14, 10_000, 2_000_000)))
    def a_client_writes(self, data: st.DataObject, size: int) -> None:
        primaries = self.those(lambda each: each.acts and each.follows is None)
        self.deployment.write(data.draw(st.sampled_from(primaries)), size)

    @precondition(lambda self: self.those(self.is_free))
    @rule(data=st.data())
    def a_server_is_told_to_follow(self, data: st.DataObject) -> None:
        server = data.draw(st.sampled_from(self.those(self.is_free)))
        others = self.those(lambda each: each is not server and each is not server.follows)
        if others:
            self.deployment.follow(server, data.draw(st.sampled_from(others)))

    @precondition(lambda self: self.those(lambda each: self.is_free(each) and each.follows is not None))
    @rule(data=st.data())
    def a_server_is_promoted(self, data: st.DataObject) -> None:
        replicas = self.those(lambda each: self.is_free(each) and each.follows is not None)
        self.deployment.promote(data.draw(st.sampled_from(replicas)))

    @precondition(lambda self: self.those(self.can_take_over))
    @rule(data=st.data())
    def a_replica_takes_over(self, data: st.DataObject) -> None:
        replica = data.draw(st.sampled_from(self.those(self.can_take_over)))
        assert replica.follows is not None
        self.deployment.fail_over(replica.follows, replica)

    @precondition(lambda self: self.those(lambda each: each.acts))
    @rule(data=st.data())
    def a_password_is_set_or_taken_away(self, data: st.DataObject) -> None:
        server = data.draw(st.sampled_from(self.those(lambda each: each.acts)))
        server.wants_password = not server.wants_password

    # What is said

    @property
    def true_clocks(self) -> dict[str, float]:
        return {server.name: server.fast / 1e6 for server in self.servers}

    @property
    def whole(self) -> bool:
        """Whether the logs say all of the truth, to one who knows which address is whose.

        What they do not say: that a process was killed or frozen, unless another server noticed; and whether a
        server was started before or after it refused another, where nothing bounds the clocks of both.
        """
        started = self.deployment.started
        refused = {other for server in started for other in server.refused if other.running}
        return not refused and not any(server.silenced for server in started)

    @property
    def found_out(self) -> bool:
        """Whether the lines alone have shown which address is whose."""
        owner = {str(address): name for address, name in self.blind.joined.identity.owner.items()}
        return all(owner.get(server.address) == server.name for server in self.deployment.started)

    @invariant()
    def nothing_wrong_is_said(self) -> None:
        for name, line, _ in self.deployment.clock.journal[self.fed :]:
            for timeline in (self.blind, self.knowing):
                timeline.feed(line, name)
        self.fed = len(self.deployment.clock.journal)
        self.accept("knowing the addresses", self.knowing)
        self.accept("", self.blind)
        if self.whole:
            assert "\n".join(differences(self.knowing, self.deployment.truth)) == ""
            if self.found_out:
                assert "\n".join(differences(self.blind, self.deployment.truth)) == ""

    def accept(self, how: str, timeline: Timeline, without: Server | None = None) -> None:
        wrong = set(contradictions(timeline, self.deployment.truth, self.true_clocks))
        if without is not None and any(self.is_served_by(without, each) for each in self.servers):
            wrong.discard(f"{without.address}: role is 'replica', redislog says 'primary'")
        if without is not None and any(self.waits_for(without, each) for each in self.servers):
            wrong.discard(f"{without.address}: role is 'primary', redislog says 'replica'")
        assert not wrong, "\n".join([how, *sorted(wrong)])

    @staticmethod
    def is_served_by(server: Server, replica: Server) -> bool:
        """Whether a replica has a sync from a server: where that one's log is not there, it is its primary.

        So it is deduced. That a server was told to follow another, its replicas notice later or not at all.
        """
        return replica.follows is server and replica.phase in (
            "wait_bgsave",
            "transfer",
            "loading",
            "connected",
        )

    @staticmethod
    def waits_for(server: Server, replica: Server) -> bool:
        """Whether a server has not tried again since another answered that it is a replica without a link.

        That the other was promoted since, it will see when it tries.
        """
        return replica.follows is server and replica.phase == "connect"

    def teardown(self) -> None:
        if not hasattr(self, "deployment"):
            return
        captures = self.deployment.captures
        texts = {name: "\n".join(lines).encode() for name, lines in captures.items()}
        for told in (replay(captures), replay(texts)):
            assert told.verdict == self.blind.verdict
            assert (told.resyncs, told.clocks) == (self.blind.resyncs, self.blind.clocks)
        for left_out in captures if len(captures) > 1 else ():
            rest = {name: lines for name, lines in captures.items() if name != left_out}
            self.accept(f"without {left_out}", replay(rest), without=self.deployment.servers[left_out])


TestReplication = ReplicationMachine.TestCase
TestReplication.settings = settings(stateful_step_count=30)
