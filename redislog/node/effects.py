"""What a message changes in the state of a server, in words, from the transition tables."""

from __future__ import annotations

from redislog.node.tables import DOWNSTREAM, FULL_RESYNC_WHY, ROLES, RUNS, UPSTREAM

_LIFE = {
    "start": "the process begins: role, link and replicas are unknown again",
    "starting": "the process has begun, where no line before says so",
    "ready": "the process serves clients",
    "stop": "the process has ended by itself",
    "fails": "a process that has begun and is not ready has ended by itself",
    "crash": "the process has crashed",
}


def effects(key: str) -> tuple[str, ...]:
    """What a message with this key changes, one sentence for each row of the tables.

    >>> effects("role.promoted")[0]
    'role: primary'
    >>> effects("rdb.age")
    ()
    """
    found = []
    if key in ROLES:
        found.append(f"role: {ROLES[key]}")
    if key in UPSTREAM:
        found.append(f"upstream link: {_phases(UPSTREAM[key].expected)} -> {UPSTREAM[key].to}")
    if key in DOWNSTREAM:
        found.append(f"downstream replica: {_phases(DOWNSTREAM[key].expected)} -> {DOWNSTREAM[key].to}")
    if key in FULL_RESYNC_WHY:
        found.append(f"the resync is full: {FULL_RESYNC_WHY[key]}")
    if key in RUNS:
        found.append(f"process: {_LIFE[RUNS[key]]}")
    return tuple(found)


def _phases(expected: frozenset[str]) -> str:
    order = (
        "none connect connecting handshake psync wait_bgsave transfer loading connected send_bulk online gone"
    )
    named = [phase for phase in order.split() if phase in expected]
    return "any" if len(named) > 4 else " or ".join(named)
