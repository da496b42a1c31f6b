"""The servers of the model and what happens to them.

Every method is one happening. What it needs to be possible is asserted; whoever drives the model asks before.
A link that breaks during a sync over two channels is not modelled: there is no recorded run of one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from redislog.testing.simulate.releases import Release
from redislog.testing.simulate.server import Server
from redislog.testing.simulate.syncs import Syncs
from redislog.testing.simulate.truth import Truth

_TIMEOUT = 60_000_000


class Deployment(Syncs):
    """Servers of one release. ``fast`` says by how many microseconds each one's clock is fast.

    They are called by ``names``, else ``server-0`` and so on.
    """

    def __init__(
        self,
        release: Release,
        fast: Sequence[int],
        *,
        diskless: bool = True,
        delay: bool = False,
        same_ports: bool = False,
        names: Sequence[str] = (),
    ) -> None:
        super().__init__(release, diskless=diskless, delay=delay)
        self.servers = {
            name: Server(
                name,
                f"10.0.0.{number + 2}:{6379 if same_ports else 6379 + number}",
                release,
                self.clock,
                offset,
            )
            for number, (name, offset) in enumerate(
                zip(names or [f"server-{number}" for number in range(len(fast))], fast, strict=True)
            )
        }

    # What can be known of it

    @property
    def started(self) -> list[Server]:
        """The servers that have left a log."""
        return [server for server in self.servers.values() if server.started]

    @property
    def captures(self) -> dict[str, list[str]]:
        """What they printed."""
        return {server.name: list(server.lines) for server in self.started}

    @property
    def truth(self) -> Truth:
        """What they would say of themselves."""
        return {server.name: server.truth for server in self.started}

    def in_two_channels(self, server: Server) -> bool:
        """Whether a sync over two channels goes on that a server takes part in."""
        syncing = [each for each in self.servers.values() if each.two_channels]
        return any(server in (each, each.follows) for each in syncing)

    def settle(self, *, late: bool = False) -> None:
        """Let every sync that can go on do so; ``late``: a child that has written its snapshot does not end.

        A replica that is refused again and again would never come to an end.
        """
        servers = list(self.servers.values())
        while True:
            moving = [each for each in servers if self.can_proceed(each) and not self._tries_in_vain(each)]
            children = [each for each in servers if self.can_step_child(each)]
            children = [each for each in children if not (late and each.child and each.child.written)]
            if moving:
                self.proceed(moving[0])
            elif children:
                self.step_child(children[0])
            else:
                return

    @staticmethod
    def _tries_in_vain(replica: Server) -> bool:
        denied = replica.follows is not None and replica.follows.wants_password
        return replica.phase == "connect" or (denied and replica.phase in ("connecting", "handshake"))

    # What happens to servers

    def drop(self, replica: Server) -> None:
        """Close a replica's connection to its primary."""
        assert replica.follows is not None
        self._loses_replica(replica.follows, replica)
        self.clock.tick()
        self._notices(replica)

    def cut(self, replica: Server) -> None:
        """Close a replica's connection to its primary, and let it reach no host until it is mended."""
        self.cut_off.add(replica)
        self.drop(replica)

    def mend(self, replica: Server) -> None:
        """Let a replica that was cut off reach hosts again."""
        self.cut_off.discard(replica)

    def end(
        self, server: Server, *, kill: bool, save: bool = False, lingers: Collection[Server] = ()
    ) -> None:
        """End a process: by SIGKILL, without a last word, or by SIGTERM.

        Its port may take connections a moment longer: of ``lingers``, where they reconnect at once.
        """
        if kill or server.frozen:
            server.silenced = True
        else:
            server.exits(save=save)
        server.ends()
        self.clock.tick()
        if server.follows is not None:
            self._loses_replica(server.follows, server)
        server.replicas.clear()
        for replica in self.servers.values():
            if replica.follows is not server:
                continue
            self._all_notice([replica])
            if replica in lingers and replica.acts and replica.phase == "connecting":
                replica.say("replica.connected")
                replica.phase = "handshake"
                self._notices(replica)

    def start(self, server: Server, follows: Server | None, *, from_file: bool = False) -> None:
        """Start a server; replicas that it refused come back within a second, as they do every second."""
        server.start(follows, from_file=from_file)
        refused = [each for each in self.servers.values() if each.named is server and each.phase == "connect"]
        for replica in refused:
            if replica.acts:
                self.proceed(replica)

    def freeze(self, server: Server) -> None:
        """Stop a process where it is; its connections stay."""
        server.frozen = server.silenced = True

    def time_out(self) -> None:
        """Let a minute pass: who heard nothing for so long gives up."""
        self.clock.now += _TIMEOUT
        for server in self.servers.values():
            if not server.frozen:
                continue
            upstream = server.follows
            if upstream is not None and upstream.acts and upstream.replicas.get(server) == "online":
                upstream.say("primary.replica-timeout", replica=server.address)
                self._loses_replica(upstream, server)
            for replica in self.servers.values():
                if replica.follows is server and replica.acts:
                    self._gives_up(replica)

    def _gives_up(self, replica: Server) -> None:
        if replica.phase == "connected":
            replica.say("replica.timeout-primary")
            self._notices(replica)
        elif replica.phase in ("connecting", "handshake"):
            replica.say("replica.timeout-connecting")
            replica.phase = "connect"

    # What users do

    def write(self, primary: Server, size: int) -> None:
        """Write to a primary."""
        if primary.backlog is not None:
            self._grows(primary, primary.own.offset + size)
            self._flow(primary)

    def follow(self, server: Server, other: Server) -> None:
        """``REPLICAOF`` to another server."""
        assert server is not other and server.follows is not other
        before = server.follows
        if before is None:
            server.cached = server.own
        elif server.phase == "connected":
            server.cached = server.own
            for key in ("replica.primary-link-lost", "replica.primary-cached"):
                server.say(key, letter="M")
        server.follows = other
        left = self._close_replicas(server) if self.release.early else []
        if before is None:
            server.say("role.demoted-cached-self")
        self._connects(server, "replica.connecting")
        server.say("role.demoted", host=other.host, port=other.port, client=server.client)
        self.clock.tick()
        if before is not None:
            self._loses_replica(before, server)
        self._all_notice(left)

    def promote(self, server: Server) -> None:
        """``REPLICAOF NO ONE``."""
        self._takes_over(server, "role.promoted")

    def _takes_over(self, server: Server, how: str) -> None:
        before, server.follows = server.follows, None
        server.named = None
        if server.phase == "connected":
            server.cached = server.own
            server.says("replica.primary-link-lost", "replica.primary-cached")
        if server.cached is not None:
            server.say("replica.cached-primary-discarded")
        server.cached = None
        server.phase = "none"
        server.adopts(self.clock.new_id())
        server.say(
            "replica.replid-shifted",
            replid2=server.second.replid,
            max_offset=server.second.offset + 1,
            replid=server.own.replid,
        )
        left = self._close_replicas(server)
        server.say(how, client=server.client)
        self.clock.tick()
        if before is not None:
            self._loses_replica(before, server)
        self._all_notice(left)

    def fail_over(self, primary: Server, replica: Server) -> None:
        """``FAILOVER TO`` a replica that has all."""
        assert primary.own == replica.own and primary.replicas[replica] == "online"
        primary.say("failover.requested", host=replica.host, port=replica.port)
        self.clock.tick()
        primary.say("failover.target-synced", host=replica.host, port=replica.port)
        primary.cached = primary.own
        primary.follows = replica
        left = self._close_replicas(primary) if self.release.early else []
        primary.say("role.demoted-cached-self")
        self._connects(primary, "replica.connecting")
        primary.says("replica.connected", "replica.handshake.ping-ok")
        self._all_notice(left)
        if replica in left:
            replica.says("replica.connected", "replica.handshake.ping-ok")
        asked = primary.own
        primary.say("replica.psync-request", replid=asked.replid, offset=asked.offset + 1)
        self.clock.tick()
        replica.say("failover.request-received", replid=asked.replid)
        self._takes_over(replica, "role.promoted-failover")
        self._serve(replica, primary)
