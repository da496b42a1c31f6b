"""Sentinels that watch a story's servers: what each prints while they look, agree, elect and promote.

The order of the lines is that of the recorded runs of a failover (``sentinel.c:sentinelFailoverStateMachine``). The first
Sentinel leads; the others vote for it and take over what it found.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from redislog.testing.simulate.deployment import Deployment
from redislog.testing.simulate.releases import Release
from redislog.testing.simulate.server import Clock, Said, Server

_NAME = "main"
_PORT = 26379
_SECOND = 1_000_000
_AGAIN_AFTER = timedelta(minutes=6)
"""When a Sentinel tries itself that has voted for another: twice ``failover-timeout``."""
DOWN_AFTER = 5
"""Seconds after which a server that does not answer is down: ``down-after-milliseconds``."""


class Sentinel:
    """One Sentinel with an address, an ID and the true clock."""

    def __init__(self, number: int, release: Release, clock: Clock) -> None:
        self.name = f"sentinel-{number}"
        self.host = f"10.0.1.{number + 2}"
        self.id = clock.new_id()
        self.pid = _PORT + number
        self.lines: list[str] = []
        self._release = release
        self._clock = clock

    def say(self, key: str, *, letter: str = "X", **values: Any) -> None:
        """Print one line, if the release has it."""
        if not self._release.prints(key):
            return
        at = self._clock.at
        line = self._release.line(key, letter, self.pid, at, values)
        self.lines.append(line)
        self._clock.journal.append(Said(self.name, line, at))

    def starts(self, primary: Server, replicas: Sequence[Server], quorum: int) -> None:
        """Start with a primary to watch; its replicas are found at once."""
        version: dict[str, Any] = {
            "version": self._release.version,
            "bits": 64,
            "commit": "00000000",
            "modified": 0,
        }
        self.say("server.starting")
        self.say("server.version", pid_=self.pid, **version)
        self.say("server.config-loaded")
        self.say("server.clock", clock="POSIX clock_gettime")
        self.say("server.mode", mode="sentinel", port=_PORT)
        self.say("sentinel.config-saved")
        self.say("sentinel.id", runid=self.id)
        self.say("sentinel.+monitor", **_of(primary), quorum=quorum)
        self.knows(replicas, primary)

    def knows(self, replicas: Sequence[Server], primary: Server) -> None:
        """Find the replicas of a primary."""
        for replica in replicas:
            self.say("sentinel.+slave", **_replica(replica, primary))
            self.say("sentinel.config-saved")

    def meets(self, other: Sentinel, primary: Server) -> None:
        """Find another Sentinel of the same primary."""
        self.say("sentinel.+sentinel", **other.instance(primary))
        self.say("sentinel.config-saved")

    def instance(self, primary: Server) -> dict[str, Any]:
        """The fields by which others name it."""
        return {"instance": self.id, "ip": self.host, "port": _PORT, **_under(primary)}

    def client(self, server: Server) -> str:
        """How a server names it where it gives an order."""
        return (
            f"id=4 addr={self.host}:43888 laddr={server.address} fd=9 name=sentinel-{self.id[:8]}-cmd age=9 idle=0 "
            "flags=x db=0 cmd=exec"
        )


class Sentinels:
    """The Sentinels of one deployment; each method is what they all do."""

    def __init__(self, count: int, deployment: Deployment) -> None:
        self._deployment = deployment
        self._clock = deployment.clock
        self.all = [Sentinel(number, deployment.release, deployment.clock) for number in range(count)]
        self._quorum = count // 2 + 1
        self._epoch = 0
        self._down: set[Server] = set()

    def start(self, primary: Server, replicas: Sequence[Server]) -> None:
        """Start all; two seconds later they know each other."""
        for each in self.all:
            self._clock.tick()
            each.starts(primary, replicas, self._quorum)
        self._clock.now += 2 * _SECOND
        for each in self.all:
            for other in self.all:
                if other is not each:
                    self._clock.tick()
                    each.meets(other, primary)

    def miss(self, replica: Server, primary: Server) -> None:
        """Hold a replica for down, if that was not done before."""
        if replica in self._down:
            return
        self._down.add(replica)
        for each in self.all:
            self._clock.tick()
            each.say("sentinel.+sdown", **_replica(replica, primary))

    def see_again(self, server: Server, primary: Server) -> None:
        """Hold a replica for down no more."""
        if server in self._down:
            self._down.discard(server)
            for each in self.all:
                self._clock.tick()
                each.say("sentinel.-sdown", **_replica(server, primary))

    def fail_over(self, old: Server, new: Server, others: Sequence[Server]) -> None:
        """Agree that a primary is down, elect the first Sentinel, and have it promote a replica."""
        leader, *rest = self.all
        self._elect(old)
        leader.say("sentinel.+selected-slave", **_replica(new, old))
        leader.say("sentinel.+failover-state-send-slaveof-noone", **_replica(new, old))
        self._clock.now += _SECOND // 20
        leader.say("sentinel.+failover-state-wait-promotion", **_replica(new, old))
        self._orders(leader, new, None)
        self._clock.now += _SECOND
        leader.say("sentinel.config-saved")
        leader.say("sentinel.+promoted-slave", **_replica(new, old))
        leader.say("sentinel.+failover-state-reconf-slaves", **_of(old))
        followers = [other for other in others if other.acts]
        for other in followers:
            leader.say("sentinel.+slave-reconf-sent", **_replica(other, old))
            self._orders(leader, other, new)
        self._clock.now += _SECOND
        for other in followers:
            leader.say("sentinel.+slave-reconf-inprog", **_replica(other, old))
            leader.say("sentinel.+slave-reconf-done", **_replica(other, old))
        leader.say("sentinel.-odown", **_of(old))
        leader.say("sentinel.+failover-end", **_of(old))
        for each in rest:
            each.say("sentinel.+config-update-from", **leader.instance(old))
        for each in self.all:
            self._switches(each, old, new, others)
        self._down.discard(new)
        self._clock.now += DOWN_AFTER * _SECOND
        self.miss(old, new)

    def _elect(self, old: Server) -> None:
        leader, *rest = self.all
        self._epoch += 1
        for each in (*rest, leader):
            self._clock.tick()
            each.say("sentinel.+sdown", **_of(old))
        leader.say("sentinel.+odown", **_of(old), votes=self._quorum, quorum=self._quorum)
        leader.say("sentinel.+new-epoch", epoch=self._epoch)
        leader.say("sentinel.+try-failover", **_of(old))
        leader.say("sentinel.config-saved")
        leader.say("sentinel.+vote-for-leader", leader=leader.id, epoch=self._epoch)
        for each in rest:
            self._clock.tick()
            each.say("sentinel.config-saved")
            each.say("sentinel.+new-epoch", epoch=self._epoch)
            each.say("sentinel.config-saved")
            each.say("sentinel.+vote-for-leader", leader=leader.id, epoch=self._epoch)
            each.say("sentinel.+odown", **_of(old), votes=len(self.all), quorum=self._quorum)
            each.say("sentinel.failover-delay", time=f"{self._clock.at + _AGAIN_AFTER:%a %b %e %H:%M:%S %Y}")
        for each in rest:
            leader.say("sentinel.vote-received", voter=each.id, leader=leader.id, epoch=self._epoch)
        self._clock.now += _SECOND // 20
        leader.say("sentinel.+elected-leader", **_of(old))
        leader.say("sentinel.+failover-state-select-slave", **_of(old))
        self._clock.now += _SECOND // 20

    def _orders(self, leader: Sentinel, server: Server, primary: Server | None) -> None:
        """Have a server follow another one, or none, and its syncs end."""
        server.ordered_by = leader.client(server)
        if primary is None:
            self._deployment.promote(server)
        elif server.follows is not primary:
            self._deployment.follow(server, primary)
        server.ordered_by = None
        self._deployment.settle()

    def _switches(self, each: Sentinel, old: Server, new: Server, others: Sequence[Server]) -> None:
        self._clock.tick()
        ports: dict[str, Any] = {"old_port": old.port, "new_port": new.port}
        each.say("sentinel.+switch-master", name=_NAME, old_ip=old.host, new_ip=new.host, **ports)
        for replica in (*others, old):
            each.say("sentinel.+slave", **_replica(replica, new))
        each.say("sentinel.config-saved")


def _of(primary: Server) -> dict[str, Any]:
    """A primary as a Sentinel names it."""
    return {"name": _NAME, "ip": primary.host, "port": primary.port}


def _under(primary: Server) -> dict[str, Any]:
    return {"name": _NAME, "master_ip": primary.host, "master_port": primary.port}


def _replica(replica: Server, primary: Server) -> dict[str, Any]:
    """A replica as a Sentinel names it."""
    return {"instance": replica.address, "ip": replica.host, "port": replica.port, **_under(primary)}
