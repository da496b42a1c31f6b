"""The links of the model's servers: what both ends print when one begins or breaks, and what flows over it."""

from __future__ import annotations

from collections.abc import Iterable

from redislog.testing.simulate.releases import Release
from redislog.testing.simulate.server import BACKLOG_SIZE, Clock, Server

_RESET = "-Reading from master: Connection reset by peer"


class Links:
    """Links of servers of one release, on one clock; ``delay``: a diskless snapshot waits for more replicas."""

    def __init__(self, release: Release, *, diskless: bool, delay: bool) -> None:
        self.release = release
        self.diskless = diskless
        self.delay = diskless and delay
        self.clock = Clock()
        self.cut_off: set[Server] = set()

    def _connects(self, replica: Server, how: str) -> None:
        upstream = replica.follows
        assert upstream is not None
        replica.say(how, host=upstream.host, port=upstream.port)
        replica.say("replica.sync-started")
        replica.named = upstream
        replica.tried = self.clock.now
        replica.phase = "connecting"

    def _discards(self, replica: Server) -> list[Server]:
        """Drop the history before, and the replicas that shared it."""
        if replica.cached is not None:
            replica.say("replica.cached-primary-discarded")
        replica.cached = replica.backlog = None
        return self._close_replicas(replica)

    def _close_replicas(self, server: Server) -> list[Server]:
        """Disconnect all replicas of a server; they have not noticed yet."""
        left = list(server.replicas)
        for replica in left:
            self._loses_replica(server, replica)
        return left

    def _loses_replica(self, primary: Server, replica: Server) -> None:
        """Have a primary see that a replica is gone; a snapshot that nobody waits for any more is given up."""
        phase = primary.replicas.pop(replica, None)
        if phase is None or not primary.acts:
            return
        primary.say("primary.replica-link-lost", replica=replica.address)
        child = primary.child
        fed = "attached" if child is not None and child.disk else "send_bulk"
        if child is None or child.written or child.killed or phase != fed or fed in primary.replicas.values():
            return
        child.killed = True
        if not child.disk:
            primary.say("primary.full-sync.diskless-no-replica")
        primary.say("server.child-killed", pid=child.pid)

    def _all_notice(self, replicas: Iterable[Server]) -> None:
        for replica in replicas:
            self.clock.tick()
            self._notices(replica)

    def _notices(self, replica: Server) -> None:
        """Have a replica see that the link to its primary is gone."""
        if not replica.acts:
            return
        match replica.phase:
            case "handshake":
                self._hears_nothing(replica, "replica.handshake.no-reply")
            case "psync":
                self._hears_nothing(replica, "replica.psync-no-reply")
            case "wait_bgsave":
                replica.say("replica.full-sync.bulk-count-error", error="Success")
                self._connects(replica, "replica.reconnecting-after-failure")
            case "transfer":
                replica.say("replica.full-sync.io-error", reason="connection lost")
                self._connects(replica, "replica.reconnecting-after-failure")
            case "loading":
                replica.broken = True
            case "connected":
                replica.cached = replica.own
                replica.says("replica.primary-link-lost", "replica.primary-cached")
                self._connects(replica, "replica.reconnecting")

    def _hears_nothing(self, replica: Server, key: str) -> None:
        if self.release.resumes:
            replica.say("replica.handshake.read-error", error="Success")
            replica.say(key)
            replica.phase = "connect"
        elif replica.phase == "handshake":
            replica.say("replica.handshake.ping-error", error=_RESET)
            replica.phase = "connect"
        else:
            replica.say("replica.psync-unexpected-reply", reply=_RESET)
            left = self._discards(replica)
            replica.say("replica.retry-with-sync")
            replica.say("replica.full-sync.bulk-count-error", error="Connection reset by peer")
            self._connects(replica, "replica.reconnecting-after-failure")
            self._all_notice(left)

    def _flow(self, primary: Server) -> None:
        """Let what was written reach the replicas, and theirs."""
        for replica in primary.replicas:
            linked = replica.acts and replica.phase == "connected" and replica.follows is primary
            if linked and replica.own.offset < primary.own.offset:
                self._grows(replica, primary.own.offset)
                self._flow(replica)

    def _grows(self, server: Server, offset: int) -> None:
        server.own = server.own._replace(offset=offset)
        server.backlog = max(server.backlog or 0, offset + 1 - BACKLOG_SIZE)
