"""How a replica of the model gets in sync, step by step."""

from __future__ import annotations

from redislog.testing.simulate.links import Links
from redislog.testing.simulate.server import NO_ID, RETRY, Child, History, Server

_NO_AUTH = "NOAUTH Authentication required."
_NOT_LINKED = "-NOMASTERLINK Can't SYNC while not connected with my master"
_IS_LOADING = "-LOADING Redis is loading the dataset in memory"


class Syncs(Links):
    """The steps of a sync: a replica's, its primary's, and those of the process that writes the snapshot."""

    # What can happen next

    def can_proceed(self, replica: Server) -> bool:
        """Whether the next step of a replica's link is its own to take."""
        upstream = replica.follows
        if not replica.acts or upstream is None:
            return False
        match replica.phase:
            case "connect" | "connecting" | "loading":
                return True
            case "handshake":
                return upstream.acts
            case "wait_bgsave":
                return upstream.acts and upstream.replicas.get(replica) == "send_bulk"
            case "transfer":
                child = upstream.child
                return upstream.acts and (
                    child is None or child.disk or child.written or replica.two_channels
                )
        return False

    def can_step_child(self, primary: Server) -> bool:
        """Whether the process that writes a snapshot can take its next step."""
        waits = any(each.two_channels and each.phase != "wait_bgsave" for each in primary.replicas)
        return primary.acts and primary.child is not None and not (primary.child.written and waits)

    # A replica's link, step by step

    def proceed(self, replica: Server) -> None:
        """Take the next step of a replica's link."""
        assert self.can_proceed(replica)
        match replica.phase:
            case "connect":
                self.clock.now = max(self.clock.now, replica.tried + RETRY)
                self._connects(replica, "replica.connecting")
            case "connecting":
                self._is_connected(replica)
            case "handshake":
                self._asks(replica)
            case "wait_bgsave":
                self._receives(replica)
            case "transfer":
                self._loads(replica)
            case "loading":
                self._has_loaded(replica)

    def _is_connected(self, replica: Server) -> None:
        assert replica.follows is not None
        if replica in self.cut_off:
            replica.say("replica.connect-error", error="No route to host")
            replica.phase = "connect"
            return
        if not replica.follows.listens:
            replica.refused.add(replica.follows)
            replica.say("replica.connect-error", error="Connection refused")
            replica.phase = "connect"
            return
        replica.refused.discard(replica.follows)
        replica.say("replica.connected")
        replica.phase = "handshake"

    def _asks(self, replica: Server) -> None:
        """Greet the primary and ask for a sync; the primary answers."""
        upstream = replica.follows
        assert upstream is not None
        replica.phase = "connect"
        if upstream.phase == "loading":
            replica.say("replica.handshake.ping-error", error=_IS_LOADING)
            return
        replica.say("replica.handshake.ping-ok")
        if upstream.wants_password:
            replica.say("replica.handshake.no-listening-port", error=f"-{_NO_AUTH}")
            replica.say("replica.handshake.no-capa", error=f"-{_NO_AUTH}")
        self.clock.tick()
        if replica.cached is None:
            replica.say("replica.psync-impossible")
        else:
            replica.say(
                "replica.psync-request", replid=replica.cached.replid, offset=replica.cached.offset + 1
            )
        self.clock.tick()
        if upstream.wants_password:
            self._is_denied(replica)
        elif upstream.phase not in ("none", "connected"):
            replica.say("replica.psync-try-later", reply=_NOT_LINKED)
        else:
            self._serve(upstream, replica)

    def _is_denied(self, replica: Server) -> None:
        replica.say("replica.psync-unexpected-reply", reply=f"-{_NO_AUTH}")
        left = self._discards(replica) if self.release.early else []
        replica.say("replica.retry-with-sync")
        self.clock.tick()
        replica.say("replica.full-sync.primary-error", error=_NO_AUTH)
        self._connects(replica, "replica.reconnecting-after-failure")
        self._all_notice(left)

    def _serve(self, primary: Server, replica: Server) -> None:
        asked = replica.cached
        primary.say("primary.sync-requested", replica=replica.address)
        if asked is not None and primary.has(asked):
            self._continue(primary, replica, asked)
            return
        self._refuse(primary, replica, asked)
        primary.full += 1
        primary.replicas[replica] = "wait_bgsave"
        replica.phase = "psync"
        if len(primary.replicas) == 1 and primary.backlog is None:
            primary.own = primary.own._replace(replid=self.clock.new_id())
            primary.second = History(NO_ID, -1)
            primary.backlog = primary.own.offset + 1
            primary.say("primary.backlog-created", replid=primary.own.replid, replid2=NO_ID)
        if self.release.rdb_channel and self.diskless:
            self._open_second_channel(primary, replica)
        self._queue(primary, replica)

    def _continue(self, primary: Server, replica: Server, asked: History) -> None:
        """Grant a partial resync."""
        primary.partial += 1
        size = primary.own.offset - asked.offset
        primary.say("primary.psync-accepted", replica=replica.address, bytes=size, offset=asked.offset + 1)
        primary.replicas[replica] = "online"
        self.clock.tick()
        replica.say("replica.psync-success")
        left: list[Server] = []
        if primary.own.replid != asked.replid:
            replica.adopts(primary.own.replid)
            replica.say("replica.replid-changed", replid=primary.own.replid)
            left = self._close_replicas(replica)
        replica.say("replica.psync-accepted", tail=".")
        replica.phase = "connected"
        replica.cached = None
        replica.backlog = replica.own.offset + 1 if replica.backlog is None else replica.backlog
        self._flow(primary)
        self._all_notice(left)

    def _refuse(self, primary: Server, replica: Server, asked: History | None) -> None:
        """Say why a sync is full."""
        address = replica.address
        if asked is None:
            primary.say("primary.full-sync-requested", replica=address, channel="")
        elif asked.replid not in (primary.own.replid, primary.second.replid):
            primary.say(
                "primary.psync-refused.id-mismatch",
                requested=asked.replid,
                replid=primary.own.replid,
                replid2=primary.second.replid,
            )
        elif not primary.shares(asked):
            primary.say(
                "primary.psync-refused.second-id-offset",
                offset=asked.offset + 1,
                max_offset=primary.second.offset + 1,
            )
        else:
            primary.say("primary.psync-refused.backlog", replica=address, offset=asked.offset + 1)
            if asked.offset + 1 > primary.own.offset:
                primary.say("primary.psync-refused.offset-ahead", replica=address)

    def _open_second_channel(self, primary: Server, replica: Server) -> None:
        primary.say("primary.rdb-channel.offered", replica=replica.address)
        self.clock.tick()
        replica.say("replica.psync-to-rdb-channel")
        replica.phase = "wait_bgsave"
        replica.two_channels = True
        self.clock.tick()
        primary.say("primary.sync-requested", replica=replica.address)
        primary.say("primary.full-sync-requested", replica=replica.address, channel="(rdb-channel)")

    def _queue(self, primary: Server, replica: Server) -> None:
        """Let a replica have the snapshot that is written, the next, or one of its own."""
        child = primary.child
        if child is not None and not child.disk:
            primary.say("primary.full-sync.wait-next-bgsave-socket")
        elif child is not None and "attached" in primary.replicas.values() and not child.killed:
            primary.replicas[replica] = "attached"
            primary.say("primary.full-sync.attach-current-bgsave")
            self.clock.tick()
            self._is_granted(replica, primary.own)
        elif child is not None:
            primary.say("primary.full-sync.wait-next-bgsave")
        elif self.delay:
            primary.say("primary.full-sync.delayed-diskless")
        else:
            self.begin_snapshot(primary)

    # A primary's snapshot, step by step

    def waits_for_snapshot(self, primary: Server) -> bool:
        """Whether replicas wait for a snapshot, and none is written."""
        return primary.acts and primary.child is None and "wait_bgsave" in primary.replicas.values()

    def begin_snapshot(self, primary: Server) -> None:
        """Begin to write a snapshot for all that wait."""
        waiting = [each for each, phase in primary.replicas.items() if phase == "wait_bgsave"]
        child = primary.child = Child(primary.pid + 1 + primary.full * 3, disk=not self.diskless)
        two_channels = self.diskless and self.release.rdb_channel
        target = "replicas sockets" if self.diskless else "disk"
        channel = " (rdb-channel)" if two_channels else ""
        primary.say("primary.full-sync.bgsave-started", target=target, channel=channel, method="normal sync")
        for replica in waiting:
            primary.replicas[replica] = "send_bulk" if self.diskless else "attached"
            if two_channels:
                primary.say("primary.rdb-channel.deliver-started", replica=replica.address)
        if self.diskless:
            route = self.release.routed
            primary.say("primary.full-sync.diskless-started", child_pid=child.pid, route=route)
        else:
            primary.say("rdb.bgsave-started", child_pid=child.pid)
            primary.file = primary.snapshot
        self.clock.tick()
        left = [other for replica in waiting for other in self._is_granted(replica, primary.own)]
        self._all_notice(left)

    def _is_granted(self, replica: Server, history: History) -> list[Server]:
        """Be granted a full resync; the replica's own replicas that this disconnects."""
        replica.granted = history
        if not replica.acts:
            return []
        if replica.two_channels:
            replica.say("replica.rdb-channel.parallel")
            self._receives(replica)
            return []
        replica.say("replica.full-sync-from-primary", replid=history.replid, offset=history.offset)
        replica.phase = "wait_bgsave"
        return self._discards(replica) if self.release.early else []

    def step_child(self, primary: Server) -> None:
        """Let the child write its snapshot, or end."""
        child = primary.child
        assert child is not None
        if child.killed:
            self._child_was_killed(primary, child)
        elif child.written:
            self._child_ends(primary, child)
        else:
            self._child_writes(primary, child)
        if child.written and self.waits_for_snapshot(primary) and not self.delay:
            self.begin_snapshot(primary)

    def _child_writes(self, primary: Server, child: Child) -> None:
        child.written = True
        if child.disk:
            primary.say("rdb.saved", letter="C", pid=child.pid)
        primary.say(
            "rdb.cow", letter="C", pid=child.pid, what="RDB", mb=0, current_mb=0, peak_mb=0, average_mb=0
        )
        fed = sum(phase == "send_bulk" for phase in primary.replicas.values())
        if not child.disk and not self.release.rdb_channel:
            primary.say("primary.full-sync.diskless-pipe-done", replicas=fed)

    def _child_ends(self, primary: Server, child: Child) -> None:
        primary.child = None
        if child.disk:
            primary.say("rdb.bgsave-done")
            for replica, phase in primary.replicas.items():
                if phase == "attached":
                    primary.replicas[replica] = "send_bulk"
            return
        primary.say("primary.full-sync.diskless-done")
        for replica, phase in list(primary.replicas.items()):
            if phase == "send_bulk" and not replica.two_channels:
                primary.say("primary.full-sync.streamed", replica=replica.address)
                primary.replicas[replica] = "streamed"
                if not self.release.acknowledged or replica.phase == "connected":
                    self._is_online(primary, replica)

    def _child_was_killed(self, primary: Server, child: Child) -> None:
        primary.child = None
        child.written = True
        primary.say("rdb.bgsave-signal" if child.disk else "primary.full-sync.diskless-signal", signal=10)

    def fail_snapshot(self, primary: Server) -> None:
        """Have the child that writes a snapshot to disk die of something."""
        child, primary.child = primary.child, None
        assert child is not None and child.disk
        primary.say("rdb.bgsave-signal", signal=9)
        lost = [replica for replica, phase in primary.replicas.items() if phase == "attached"]
        for _ in lost:
            primary.say("primary.full-sync.bgsave-child-error")
        for replica in lost:
            self._loses_replica(primary, replica)
        self._all_notice(lost)
        if self.waits_for_snapshot(primary):
            self.begin_snapshot(primary)

    def _is_online(self, primary: Server, replica: Server) -> None:
        primary.replicas[replica] = "online"
        primary.say("primary.replica-online", replica=replica.address)

    def _receives(self, replica: Server) -> None:
        if self.release.rdb_thread:
            replica.say("replica.full-sync.bio-started")
        if self.diskless:
            replica.say("replica.full-sync.receiving-streamed", destination="to disk")
        else:
            replica.say("replica.full-sync.receiving-bytes", bytes=3172, destination="to disk")
        replica.phase = "transfer"

    def _loads(self, replica: Server) -> None:
        primary = replica.follows
        assert primary is not None
        if not self.diskless:
            self._is_online(primary, replica)
        left = [] if self.release.early else self._discards(replica)
        if self.release.rdb_thread:
            replica.says(
                "replica.full-sync.bio-done",
                "replica.full-sync.bio-completion-seen",
                "replica.full-sync.finalizing",
            )
        steps = ["replica.full-sync.flushing", "replica.full-sync.loading"]
        if self.release.prints("cluster.slot-migration.log-cleaned"):
            steps.insert(1, "cluster.slot-migration.log-cleaned")
        replica.says(*(reversed(steps) if self.release.loads_first else steps))
        replica.phase = "loading"
        self._all_notice(left)

    def _has_loaded(self, replica: Server) -> None:
        primary = replica.follows
        assert primary is not None
        replica.loads_keys()
        replica.say("replica.full-sync.finished")
        replica.phase = "connected"
        replica.own = replica.granted
        replica.second = History(NO_ID, -1)
        replica.backlog = replica.own.offset + 1
        if replica.two_channels:
            replica.say("replica.rdb-channel.buffer-started", bytes=0)
            replica.say("replica.rdb-channel.buffer-finished", bytes=0)
        self.clock.tick()
        if replica.broken:
            replica.broken = False
            self._notices(replica)
            return
        if replica.two_channels:
            replica.two_channels = False
            primary.say("primary.replica-link-lost", replica=replica.address, channel=" (rdbchannel)")
            self._is_online(primary, replica)
        elif primary.replicas.get(replica) == "streamed" and primary.acts:
            self._is_online(primary, replica)
        if primary.acts:
            self._flow(primary)
