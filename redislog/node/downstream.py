"""The fold of a primary's replicas: the phase of each, and the syncs that it served."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import attrs

from redislog.node.history import Gap, Point, ReplicaSpan, Service
from redislog.node.tables import DOWNSTREAM, FULL_RESYNC_WHY, ReplicaPhase, Step
from redislog.values import ClientId, Peer

_SNAPSHOT_DONE = {"rdb.bgsave-done", "primary.full-sync.diskless-done"}
_SNAPSHOT_FAILED = {
    "primary.full-sync.diskless-no-replica",
    "primary.full-sync.bgsave-child-error",
    "primary.full-sync.diskless-error",
    "primary.full-sync.diskless-signal",
}
_SENT = {
    "primary.full-sync.streamed",
    "primary.full-sync.diskless-replica-ok",
    "primary.replica-online",
}
"""What is said of a snapshot that was sent; all else is said of the last request."""
_Change = Callable[[Service], Service]


class DownstreamFold:
    """Follows the replicas of one server."""

    def __init__(self) -> None:
        self.spans: dict[Peer, list[ReplicaSpan]] = {}
        self.services: list[Service] = []
        self.gaps: list[Gap] = []
        self._open: dict[Peer, list[int]] = {}
        self._links: dict[Peer, int] = {}
        self._clients: dict[ClientId, Peer] = {}
        self._last_asked: Peer | None = None
        self._snapshot: Point | None = None

    @property
    def attached(self) -> bool:
        """Whether any replica is there."""
        return any(spans[-1].phase != "gone" for spans in self.spans.values())

    def restart(self, point: Point) -> None:
        """The process began anew: no replica is attached."""
        self._links.clear()
        self._clients.clear()
        for peer in list(self.spans):
            self._leave(peer, point)
        self._snapshot = None

    def feed(self, point: Point) -> bool:
        """Take in one event; whether it changed something."""
        event: Any = point.event
        key = event.key
        if key in _SNAPSHOT_DONE:
            return self._snapshot_done(point)
        step = DOWNSTREAM.get(key)
        if step is None:
            return False
        peer: Peer | None = getattr(event, "replica", None)
        if isinstance(peer, ClientId):
            peer = self._named(peer, step)
        if key == "primary.sync-requested" and peer is not None:
            return self._asked(peer, point, step)
        if key == "primary.full-sync.bgsave-started":
            return self._bgsave_started(point, step)
        if step.to == "gone":
            return self._gone(peer, point, step)
        return self._answered(peer or self._last_asked, point, step)

    def _asked(self, peer: Peer, point: Point, step: Step) -> bool:
        told = [number for number in self._open.get(peer, []) if self._waits_for_channel(number)]
        if told:
            self._write(told[0], lambda service: attrs.evolve(service, channel=point))
            return False
        streams = [number for number in self._open.get(peer, []) if self._waits_for_stream(number)]
        if streams:
            self._write(streams[0], lambda service: attrs.evolve(service, main=point))
            return False
        self._leave_unanswered(point)
        attached = self._phase(peer) not in (None, "gone")
        was_left = attached and not self._explains_a_loss(peer)
        links = self._links.get(peer, 1) + 1 if was_left else 1
        if was_left:
            # The other link is served on: its end comes later, or never.
            self._enter(peer, "gone", point, None)
        elif attached:
            self._leave(peer, point)
        self._links[peer] = links
        self._enter(peer, "wait_bgsave", point, step)
        self._last_asked = peer
        self._begin(Service(peer, point))
        return True

    def _begin(self, service: Service) -> int:
        self._open.setdefault(service.replica, []).append(len(self.services))
        self.services.append(service)
        return len(self.services) - 1

    def _close(self, peer: Peer, number: int) -> None:
        self._open[peer].remove(number)
        if not self._open[peer]:
            del self._open[peer]

    def _waiting(self) -> list[tuple[Peer, int]]:
        """Every service that has not ended."""
        return [(peer, number) for peer, numbers in self._open.items() for number in numbers]

    def _leave_unanswered(self, point: Point, but: Peer | None = None) -> None:
        """A request is answered before the next one comes: of one that was not, lines are missing."""
        for peer, number in self._waiting():
            if peer != but and self.services[number].kind is None:
                self.gaps.append(Gap(point, "wait_bgsave"))
                self._close(peer, number)

    def _leave_full(self, peer: Peer, point: Point) -> None:
        """Who was granted a full resync, and goes on from where it was, has asked again in lines that are missing.

        Valkey's replica that copies over two channels goes on so with the stream that follows its snapshot.
        """
        for number in list(self._open.get(peer, [])):
            if self.services[number].kind == "full" and not self._may_stream_apart(number):
                self.gaps.append(Gap(point, self._phase(peer) or "gone"))
                self._close(peer, number)

    def _waits_for_channel(self, number: int) -> bool:
        """Whether a replica was told to ask once more, on a channel of its own, and has not yet."""
        service = self.services[number]
        return service.two_channels and service.channel is None and service.bgsave is None

    def _may_stream_apart(self, number: int) -> bool:
        """Whether the stream that goes with a snapshot may be granted as a partial resync; a cut head leaves it open."""
        service = self.services[number]
        return service.streams_apart or (service.two_channels and service.headless)

    def _waits_for_stream(self, number: int) -> bool:
        """Whether a replica whose snapshot is on its way has not asked yet for the stream that follows it."""
        service = self.services[number]
        return service.streams_apart and service.bgsave is not None and service.main is None

    def _is_of_the_whole(self, peer: Peer, key: str) -> bool:
        """Whether a partial resync is only the stream that goes with a snapshot on another channel."""
        numbers = self._open.get(peer, [])
        return key == "primary.psync-accepted" and any(
            self.services[each].main is not None for each in numbers
        )

    def _answered(self, peer: Peer | None, point: Point, step: Step) -> bool:
        """A line on one replica's sync, named in it or the last that asked."""
        if peer is None or self._is_of_the_whole(peer, point.event.key):
            return False
        self._leave_unanswered(point, but=peer)
        event: Any = point.event
        if event.key == "primary.full-sync.streamed" and self._phase(peer) == "online":
            # With two channels the replica may be online before the end of its snapshot's channel is told.
            return False
        if event.key == "primary.psync-accepted":
            self._leave_full(peer, point)
        if peer not in self._open:
            if event.key not in (
                "primary.replica-online",
                "primary.psync-accepted",
                "primary.full-sync.streamed",
            ):
                return False
            self._begin(Service(peer, point, headless=True))
        number = self._meant(self._open[peer], event.key)
        self.services[number] = _written(self.services[number], point, self._snapshot)
        if step.to == "online":
            self._close(peer, number)
            if peer in self._open:
                # Which of its links is in sync is open, or whether the others are there still.
                self._doubt(peer, point)
                return True
        self._enter(peer, step.to, point, step)  # type: ignore[arg-type]
        return True

    def _meant(self, numbers: list[int], key: str) -> int:
        """The service that a line is on: answered is the last request, and what is sent first ends first."""
        services = self.services
        if key not in _SENT:
            return max(numbers, key=lambda number: (services[number].channel or services[number].asked).order)
        sent = [number for number in numbers if services[number].bgsave is not None]
        return (sent or numbers)[0]

    def _bgsave_started(self, point: Point, step: Step) -> bool:
        """A snapshot begins: it serves every replica that waits for one."""
        self._snapshot = point
        target = getattr(point.event, "target", None) or "replicas sockets"
        diskless = target != "disk"
        for peer, number in self._waiting():
            if self._waits_for_channel(number):
                continue
            if self.services[number].bgsave is None and self.services[number].streamed is None:
                self._write(
                    number,
                    lambda service: attrs.evolve(
                        service, kind="full", bgsave=point, granted=point, diskless=diskless
                    ),
                )
                if diskless:
                    self._enter(peer, "send_bulk", point, step)
        return True

    def _snapshot_done(self, point: Point) -> bool:
        """A snapshot ended well: one on disk is sent from now on."""
        changed = False
        for peer, number in self._waiting():
            service = self.services[number]
            if service.bgsave is None or service.bgsave_done is not None:
                continue
            self._write(number, lambda service: attrs.evolve(service, bgsave_done=point))
            if self._phase(peer) == "wait_bgsave" and number == self._open[peer][-1]:
                self._enter(peer, "send_bulk", point, DOWNSTREAM["primary.full-sync.bgsave-started"])
            changed = True
        self._snapshot = None
        return changed

    def _gone(self, peer: Peer | None, point: Point, step: Step) -> bool:
        """A replica is lost; a snapshot that fails loses all that it was for, and not those that wait for the next."""
        if getattr(point.event, "channel", None) or "(rdbchannel)" in point.event.message:
            return self._channel_closed(peer, point)
        if peer is not None and self._links.get(peer, 1) > 1:
            return self._lost_one(peer, point)
        if isinstance(peer, ClientId) and self.attached:
            return self._lost_somebody(point)
        if peer is None:
            return self._lost_snapshot(point)
        phase = self._phase(peer)
        if phase is None:
            self._enter(peer, "gone", point, step)
        elif phase not in step.expected:
            self.gaps.append(Gap(point, phase))
        self._leave(peer, point)
        return True

    def _channel_closed(self, peer: Peer | None, point: Point) -> bool:
        """The second channel of a replica is closed: its snapshot was sent, or was not; its first one lasts."""
        for number in self._open.get(peer, ())[:1] if peer is not None else ():
            self._write(number, lambda service: attrs.evolve(service, channel_end=point))
        return False

    def _lost_snapshot(self, point: Point) -> bool:
        """A snapshot that fails loses all that it was for, and not those that wait for the next."""
        fails = point.event.key in _SNAPSHOT_FAILED
        lost = [
            (peer, number)
            for peer, number in self._waiting()
            if not fails or self.services[number].bgsave is not None or self._phase(peer) != "wait_bgsave"
        ]
        for peer, number in lost:
            self._fail(peer, number, point)
        for peer, failed in Counter(peer for peer, _ in lost).items():
            if self._links.get(peer, 1) > failed:
                self._doubt(peer, point)
            else:
                self._leave(peer, point)
        return bool(lost)

    def _lost_one(self, peer: Peer, point: Point) -> bool:
        """One of the links from an address is lost: of a replica whose older link was left, or of another one."""
        if point.event.key != "primary.replica-link-lost":
            return False
        self._links[peer] -= 1
        if len(waiting := self._open.get(peer, [])) > self._links[peer]:
            self._fail(peer, waiting[0], point)
        self._doubt(peer, point)
        return True

    def _lost_somebody(self, point: Point) -> bool:
        """A link is lost whose end was gone too fast to be named: of any replica that is attached."""
        for peer, spans in self.spans.items():
            if spans[-1].phase != "gone":
                self._doubt(peer, point)
        return True

    def _explains_a_loss(self, peer: Peer) -> bool:
        """Whether a replica that asks again is the one whose loss named nobody; then no other was lost."""
        lost = self.spans[peer][-1].unsure
        if lost is None or not isinstance(getattr(lost.event, "replica", None), ClientId):
            return False
        for each, spans in self.spans.items():
            if spans[-1].unsure == lost:
                self._doubt(each, None)
        return True

    def _doubt(self, peer: Peer, lost: Point | None) -> None:
        spans = self.spans[peer]
        spans[-1] = attrs.evolve(spans[-1], unsure=lost)

    def _named(self, client: ClientId, step: Step) -> Peer:
        """The replica that a client's number stands for: the only one that is being served when it appears."""
        waiting = list(self._open)
        if client not in self._clients and len(waiting) == 1 and step.to != "gone":
            self._clients[client] = waiting[0]
        return self._clients.get(client, client)

    def _leave(self, peer: Peer, point: Point) -> None:
        for number in list(self._open.get(peer, [])):
            self._fail(peer, number, point)
        self._links.pop(peer, None)
        if self._phase(peer) not in (None, "gone"):
            self._enter(peer, "gone", point, None)

    def _fail(self, peer: Peer, number: int, point: Point) -> None:
        self._write(number, lambda service: attrs.evolve(service, failed=point))
        self._close(peer, number)

    def _write(self, number: int, change: _Change) -> None:
        self.services[number] = change(self.services[number])

    def _phase(self, peer: Peer) -> ReplicaPhase | None:
        spans = self.spans.get(peer)
        return spans[-1].phase if spans else None

    def _enter(self, peer: Peer, phase: ReplicaPhase, point: Point, step: Step | None) -> None:
        before = self._phase(peer)
        if before == phase:
            return
        if before is not None and step is not None and before not in step.expected:
            self.gaps.append(Gap(point, before))
        spans = self.spans.setdefault(peer, [])
        if spans:
            spans[-1] = attrs.evolve(spans[-1], end=point)
        spans.append(ReplicaSpan(phase, point))


def _written(service: Service, point: Point, snapshot: Point | None) -> Service:
    """The service with one more event in it."""
    event: Any = point.event
    key = event.key
    if key in FULL_RESYNC_WHY:
        offset = getattr(event, "offset", None)
        return attrs.evolve(
            service,
            kind="full",
            why=(FULL_RESYNC_WHY[key], point),
            requested_offset=offset or service.requested_offset,
            requested_replid=getattr(event, "requested", None) or service.requested_replid,
        )
    match key:
        case "primary.full-sync-requested":
            if not event.channel:
                return attrs.evolve(service, kind="full", anew=True)
            # The request on the second channel; where the first one is not there, this is no beginning.
            headless = service.headless or service.channel is None
            return attrs.evolve(service, kind="full", two_channels=True, headless=headless)
        case "primary.full-sync.delayed-diskless":
            return attrs.evolve(service, kind="full", delayed=point)
        case "primary.full-sync.attach-current-bgsave":
            return attrs.evolve(
                service, kind="full", bgsave=snapshot or point, granted=point, diskless=False, attached=True
            )
        case "primary.dual-channel.offered" | "primary.rdb-channel.offered":
            apart = key == "primary.dual-channel.offered"
            return attrs.evolve(service, kind="full", two_channels=True, streams_apart=apart)
        case "primary.psync-accepted":
            return attrs.evolve(
                service,
                kind="partial",
                granted=service.asked,
                online=point,
                bytes=event.bytes,
                requested_offset=event.offset,
            )
        case "primary.full-sync.streamed" | "primary.full-sync.diskless-replica-ok":
            return attrs.evolve(service, kind="full", streamed=point, diskless=True)
        case "primary.replica-online":
            return attrs.evolve(service, kind="full", online=point)
    return attrs.evolve(service, kind="full")
