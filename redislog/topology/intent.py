"""Groups by intent: servers that are meant to be one deployment, whether or not they replicate from each other.

Two primaries of one deployment that never spoke to each other are a split brain all the same. What shows that they were
meant to be one: Sentinels watch them under one name, one HAProxy sends the primary's clients to each of them, or they
are pods of one StatefulSet (containers of one Compose service) in which there is replication. Deployments of one name in
other namespaces stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import attrs

from redislog.court.instant import Instant
from redislog.court.sentinels import watched
from redislog.evidence import evidence_of
from redislog.node.history import NodeHistory, Point
from redislog.timeline.families import Unions
from redislog.timeline.observers import Observer
from redislog.topology.values import Bond

_ONE_OF_SEVERAL = re.compile(r"(?P<set>.+)[-_]\d{1,3}")
"""A pod of a StatefulSet, or a container of a Compose service, and what all of them are called."""
_PRODUCT = re.compile("redis|valkey|keydb", re.IGNORECASE)
_CLUSTER = "cluster"


@attrs.frozen
class Place:
    """Where a log was printed: namespace and pod, as far as its capture says so.

    ``stated`` says that the capture is of a container, and not called so by whoever saved it.
    """

    namespace: str | None
    pod: str
    stated: bool

    @classmethod
    def of(cls, log: NodeHistory | Observer) -> Place:
        """The place of a server's or a Sentinel's log; its name, where nothing else is known."""
        origin = log.first.event.origin if log.first is not None else None
        if origin is None or origin.pod is None:
            pod, _, container = log.name.rpartition("/")
            return cls(None, pod or container, bool(pod))
        return cls(origin.namespace, origin.pod, bool(origin.namespace or origin.container))

    @property
    def workload(self) -> tuple[str | None, str] | None:
        """The namespace and the name of the workload that it is one of several of; None of what stands alone."""
        match = _ONE_OF_SEVERAL.fullmatch(self.pod)
        return (self.namespace, match["set"]) if match is not None else None

    @property
    def id(self) -> tuple[str | None, str]:
        """What containers of one pod have in common."""
        return self.namespace, self.pod


def intended(instant: Instant) -> Iterator[Bond]:
    """All that shows that servers are meant to be one deployment."""
    yield from _watched_together(instant)
    yield from _named_by_sentinels(instant)
    yield from _behind_one_proxy(instant)
    yield from _of_one_workload(instant)


def _watched_together(instant: Instant) -> Iterator[Bond]:
    """The servers of each group that a Sentinel monitors, as far as it saw them in it."""
    for observer in instant.observers:
        for group, primary, sights in watched(instant, observer):
            seen = [sight for sight in sights if sight.role != "unknown"]
            names = (primary, *(sight.address for sight in seen))
            yield Bond(
                "sentinel",
                tuple(map(instant.joined.name_of, names)),
                f"Sentinel {observer.name} watches them as {group}",
                evidence_of(*(sight.point.event for sight in seen)),
                name=group,
            )


def _named_by_sentinels(instant: Instant) -> Iterator[Bond]:
    """The servers of pods whose Sentinels monitor one group, and those that these name as its primary.

    The charts put one server and one Sentinel into a pod. Sentinels of one group know each other's IDs, or are of one
    workload; what each holds for the primary may differ.
    """
    servers = {Place.of(history).id: history.name for history in instant.nodes}
    for (group, _), observers in _sentinels_of_one_group(instant).items():
        own = [servers[place] for each in observers if (place := Place.of(each).id) in servers]
        named = [
            named for each in observers if (named := each.named_at(group, instant.on(each.name))) is not None
        ]
        if own:
            yield Bond(
                "sentinel",
                (*own, *(instant.joined.name_of(each.address) for each in named)),
                f"Sentinels in their pods watch {group}",
                evidence_of(*(each.start.event for each in named)),
                name=group,
            )


def _sentinels_of_one_group(instant: Instant) -> dict[tuple[str, str], list[Observer]]:
    """The Sentinels that watch one group alone, by its name and the first of them that know each other."""
    alone: list[tuple[str, Observer]] = []
    together: Unions[tuple[str, object]] = Unions()
    for observer in instant.observers:
        groups = [group for group, *_ in watched(instant, observer)]
        if len(groups) == 1:
            alone.append((groups[0], observer))
            together.unite((groups[0], each) for each in (observer.name, *_known_by(instant, observer)))
    found: dict[object, list[tuple[str, Observer]]] = {}
    for group, observer in alone:
        found.setdefault(together.find((group, observer.name)), []).append((group, observer))
    return {(its[0][0], its[0][1].name): [observer for _, observer in its] for its in found.values()}


def _known_by(instant: Instant, observer: Observer) -> Iterator[object]:
    """What Sentinels of one group have in common: each other's IDs, and their workload."""
    now = instant.on(observer.name)
    if observer.id is not None and observer.id[1].time <= now:
        yield observer.id[0]
    yield from (each.id for each in observer.listed if each.kind == "sentinel" and each.start.time <= now)
    place = Place.of(observer)
    if place.stated and place.workload is not None:
        yield place.workload


def _behind_one_proxy(instant: Instant) -> Iterator[Bond]:
    """The servers that one HAProxy held for the primary of one backend, at the same time or one after the other."""
    backends: dict[tuple[str, str], list[str]] = {}
    proof: dict[tuple[str, str], Point] = {}
    for proxy in instant.joined.watchers.proxies.values():
        own = [route for route in instant.joined.routes if route.proxy == proxy.name]
        for route, turn in zip(own, proxy.turns, strict=True):
            begun = turn.start.time is None or turn.start.time <= instant.time
            if route.node is not None and begun:
                key = (route.proxy, route.backend)
                backends.setdefault(key, []).append(route.node)
                proof.setdefault(key, Point(0.0, turn.start.order, turn.start.event))
    for (proxy_name, backend), nodes in backends.items():
        yield Bond(
            "proxy",
            tuple(dict.fromkeys(nodes)),
            f"HAProxy {proxy_name} sent clients of {backend} to each of them",
            evidence_of(proof[proxy_name, backend].event),
            name=backend,
        )


def _of_one_workload(instant: Instant) -> Iterator[Bond]:
    """The servers of one StatefulSet or Compose service, where one of them replicates and none is of a Cluster.

    A name alone says that only where the capture shows that it is a container's, or where it is a product's.
    """
    attended = {Place.of(observer).id for observer in instant.observers}
    attended |= {(None, name) for name in instant.joined.watchers.keepers}
    workloads: dict[tuple[str | None, str], list[NodeHistory]] = {}
    for history in instant.nodes:
        place = Place.of(history)
        is_known = place.stated or place.id in attended or _PRODUCT.search(place.pod) is not None
        if place.workload is not None and is_known:
            workloads.setdefault(place.workload, []).append(history)
    for (_, name), members in workloads.items():
        in_cluster = _CLUSTER in name or any(each.in_cluster for each in members)
        if not in_cluster and any(map(_replicates(instant), members)):
            yield Bond(
                "workload",
                tuple(each.name for each in members),
                f"they are of one workload, {name}",
                name=name,
            )


def _replicates(instant: Instant) -> Callable[[NodeHistory], bool]:
    """Whether a server was a replica or had one by the instant: one that does neither may be any other's neighbour."""

    def has_come(history: NodeHistory, points: Iterable[Point]) -> bool:
        return any(point.time <= instant.on(history.name) for point in points)

    return lambda history: has_come(
        history,
        (
            *(each.start for each in history.attempts),
            *(each.asked for each in history.services),
            *(spans[0].start for spans in history.replicas.values() if spans),
        ),
    )
