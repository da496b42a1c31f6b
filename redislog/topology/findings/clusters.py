"""Findings on Cluster: down, and failovers that were denied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from redislog.node.history import Incident, NodeHistory
from redislog.timeline.cluster import own_ids
from redislog.topology.findings.base import View, found, rule, times
from redislog.topology.values import Finding

_DENIED = {
    "cluster.vote-denied.old-epoch": "its epoch is old",
    "cluster.vote-denied.already-voted": "the vote of that epoch was given to another",
    "cluster.vote-denied.is-primary": "it is a primary",
    "cluster.vote-denied.unknown-primary": "its primary is unknown to the voter",
    "cluster.vote-denied.primary-up": "its primary is up, as the voter sees it",
    "cluster.vote-denied.too-soon": "a vote for that shard was given shortly before",
    "cluster.vote-denied.slot-epoch": "a newer owner of its slots is known",
    "cluster.cannot-failover.data-age": "it was cut off from its primary for too long (cluster-replica-validity-factor)",
    "cluster.cannot-failover.waiting-delay": "it waits before it tries again",
    "cluster.cannot-failover.expired": "its attempt expired",
    "cluster.cannot-failover.waiting-votes": "it has no majority of votes",
}
_ADVICE = {
    "cluster.cannot-failover.data-age": "Raise cluster-replica-validity-factor (0: always), or CLUSTER FAILOVER TAKEOVER "
    "by hand if old data is better than none.",
    "cluster.cannot-failover.waiting-votes": "A majority of all primaries must vote: start those that are down, or "
    "CLUSTER FAILOVER TAKEOVER by hand.",
    "cluster.cannot-failover.expired": "A majority of all primaries must vote: start those that are down, or "
    "CLUSTER FAILOVER TAKEOVER by hand.",
}


@rule(
    "cluster-down",
    "critical",
    "info",
    meaning="A Cluster node says that the cluster is down and refuses queries: slots have no primary, or it sees "
    "no majority. Info once it is up again.",
    over=("info",),
)
def cluster_down(view: View) -> Iterator[Finding]:
    """A cluster that serves nothing."""
    for history in view.instant.nodes:
        changes = view.incidents(history, "cluster.state-changed")
        failed = [each for each in changes if _state(each) == "fail"]
        if not failed:
            continue
        back = _state(changes[-1]) == "ok"
        yield found(
            "cluster-down",
            "info" if back else "critical",
            (history.name,),
            f"{history.name} saw the cluster down {times(len(failed))}"
            + (", and up again" if back else ", and still does"),
            "Bring back the primaries that failed or their replicas; CLUSTER SLOTS shows what is not served. "
            "cluster-require-full-coverage no keeps the rest serving.",
            failed[-1],
            changes[-1] if back else None,
        )


def _state(incident: Incident) -> str:
    event: Any = incident.last.event
    return str(event.state)


@rule(
    "cluster-failover-denied",
    "critical",
    "info",
    meaning="A Cluster replica could not take over, or was denied a vote, and why. Info where an election was won afterwards.",
    over=("info",),
)
def cluster_failover_denied(view: View) -> Iterator[Finding]:
    """An election that is not won."""
    ids = own_ids(view.instant.joined.nodes)
    won = [
        view.time(history.name, incident.last)
        for history, incident in view.every("cluster.election-won", "cluster.failover-takeover")
    ]
    for history, incident in view.every(*_DENIED):
        event: Any = incident.last.event
        candidate = getattr(event, "node", None)
        name = ids[candidate][0] if candidate in ids else candidate or history.name
        later = max(won, default=0.0) >= view.time(history.name, incident.first)
        yield found(
            "cluster-failover-denied",
            "info" if later else "critical",
            (name, history.name),
            f"{_words(history, candidate, name)} {times(incident.count)}: {_DENIED[incident.key]}",
            _ADVICE.get(
                incident.key, "Look at the other voters' logs: a majority of the primaries must agree."
            ),
            incident,
        )


def _words(history: NodeHistory, candidate: str | None, name: str) -> str:
    if candidate is None:
        return f"{history.name} could not take over"
    return f"{history.name} denied {name} its vote"


RULES = (cluster_down, cluster_failover_denied)
