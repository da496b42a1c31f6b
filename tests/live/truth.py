"""The servers' own word on their replication, and what redislog says differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import redislog
from redislog import NodeState, Timeline

from .harness import Deployment, Server, Syncs

_ROLES = {"master": "primary", "slave": "replica"}


class ServerTruth(NamedTuple):
    """What a server says of itself; of one that does not run, only that and what it had served."""

    address: str
    running: bool
    syncs: Syncs
    role: str | None = None
    link: str | None = None
    primary: str | None = None
    in_sync: bool | None = None


Truth = Mapping[str, ServerTruth]


def read_truth(deployment: Deployment) -> Truth:
    """Ask every server."""
    return {name: _ask(deployment, server) for name, server in deployment.servers.items()}


def _ask(deployment: Deployment, server: Server) -> ServerTruth:
    if not server.running:
        return ServerTruth(server.address, running=False, syncs=server.syncs())
    replication = server.info("replication")
    truth = ServerTruth(server.address, running=True, syncs=server.syncs(), role=_ROLES[replication["role"]])
    if truth.role == "primary":
        return truth
    return truth._replace(
        link=server.call("ROLE")[3],
        primary=deployment.name_at(replication["master_host"], replication["master_port"]),
        in_sync=replication["master_link_status"] == "up",
    )


def differences(timeline: Timeline, truth: Truth) -> Iterator[str]:
    """Every statement of a timeline over whole captures that is not what the servers say; one line each."""
    verdict = timeline.verdict
    primaries = tuple(sorted(name for name, server in truth.items() if server.role == "primary"))
    yield from _differs("primaries", tuple(sorted(verdict.primaries)), primaries)
    yield from _differs("primary", verdict.primary, primaries[0] if len(primaries) == 1 else None)
    yield from _differs("nodes", sorted(verdict.nodes), sorted(truth))
    for name in sorted(verdict.nodes.keys() & truth.keys()):
        yield from _node_differences(verdict.nodes[name], truth[name])
    yield from _differs("resyncs", _counted(timeline), _served(truth))
    for clock in timeline.clocks:
        if not (clock.low is None or clock.low < 0) or not (clock.high is None or clock.high > 0):
            yield f"clock of {clock.node}: is that of {clock.reference}, redislog says ({clock.low}, {clock.high})"


def _node_differences(state: NodeState, truth: ServerTruth) -> Iterator[str]:
    yield from _differs(f"{state.name}: running", state.running, truth.running)
    yield from _differs(f"{state.name}: addresses", set(state.addresses) - {truth.address}, set())
    if truth.running:
        for what in ("role", "primary", "in_sync"):
            yield from _differs(f"{state.name}: {what}", getattr(state, what), getattr(truth, what))
        linked = state.link == "connected", truth.link == "connected"
        yield from _differs(f"{state.name}: linked", *linked)


def _differs(what: str, said: object, true: object) -> Iterator[str]:
    if said != true:
        yield f"{what}: is {true!r}, redislog says {said!r}"


def _counted(timeline: Timeline) -> dict[tuple[str | None, str], int]:
    return dict(sorted(Counter((resync.primary or "", resync.kind) for resync in timeline.resyncs).items()))


def _served(truth: Truth) -> dict[tuple[str, str], int]:
    """The syncs that each server counts, by kind."""
    counts = {
        (name, kind): count
        for name, server in truth.items()
        for kind, count in server.syncs._asdict().items()
    }
    return {key: count for key, count in sorted(counts.items()) if count}


def unrecognized(captures: Mapping[str, bytes]) -> Iterator[str]:
    """The lines that nothing knows."""
    for name, text in captures.items():
        for event in redislog.parse(text, source=name):
            if event.key == "unrecognized":
                yield f"{name}:{event.line_number}: {event.message}"


def hold_against_truth(deployment: Deployment) -> Timeline:
    """Replay the captures, and fail on everything that is not as the servers say; the timeline."""
    truth = read_truth(deployment)
    captures = deployment.captures()
    timeline = redislog.replay(captures)
    wrong = [*differences(timeline, truth), *(f"unrecognized {line}" for line in unrecognized(captures))]
    if wrong:
        listed = "\n".join(f"  {line}" for line in wrong)
        raise AssertionError(
            f"Redis {deployment.release}, captures in {deployment.folder}:\n{listed}\n\n{timeline.verdict}"
        )
    return timeline
