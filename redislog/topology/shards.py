"""Which groups are shards of one Cluster: their nodes name each other by ID, or are of one workload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from redislog.court.instant import Instant
from redislog.timeline.cluster import named_ids, own_ids
from redislog.timeline.families import Unions
from redislog.topology.groups import Members
from redislog.topology.intent import Place

_ID = 8
"""How many digits of a node ID say which one is meant."""


def clusters_of(instant: Instant, groups: Sequence[Members]) -> Mapping[int, str]:
    """The name of the Cluster of each group that is a shard of one, by the group's number.

    It is called by its workload, where all nodes are of one, else by the first of the IDs that its nodes name.
    """
    together: Unions[object] = Unions()
    ids: dict[int, set[str]] = {}
    workloads: dict[int, set[str | None]] = {}
    own = {name: node for node, (name, _) in own_ids(instant.joined.nodes).items()}
    for number, group in enumerate(groups):
        for history in instant.nodes:
            if history.name not in group.names or not history.in_cluster:
                continue
            named = set(named_ids(history, instant.on(history.name)))
            named |= {own[history.name]} if history.name in own else set()
            place = Place.of(history)
            workload = place.workload if place.stated else None
            together.unite((number, *named, *([workload] if workload else [])))
            ids.setdefault(number, set()).update(named)
            workloads.setdefault(number, set()).add(workload[1] if workload else None)
    whole: dict[object, list[int]] = {}
    for number in ids:
        whole.setdefault(together.find(number), []).append(number)
    names = {}
    for numbers in whole.values():
        called = {name for number in numbers for name in workloads[number]}
        known = sorted(each for number in numbers for each in ids[number])
        first = known[0][:_ID] if known else groups[numbers[0]].names[0]
        name = called.pop() if len(called) == 1 else None
        names.update(dict.fromkeys(numbers, name or first))
    return names
