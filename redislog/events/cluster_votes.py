"""Votes in an election of the Cluster: given, or denied and why."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("cluster", "cluster{,_legacy}.c", level="warning", roles="M")


@event(_PRINTER, by="cluster.c:clusterSendFailoverAuthIfNeeded")
class ClusterVoteGranted(Event):
    """The primary voted for a replica, ``node``.

    Source: Redis 3.0+, ``cluster.c:clusterSendFailoverAuthIfNeeded``.
    """

    node: str
    epoch: int
    node_alias: str | None = None

    MESSAGES = (
        message("cluster.vote-granted")(
            "this primary voted for the replica",
            "redis 3.0-7.0: Failover auth granted to <node:nodeid> for epoch <epoch:epoch>",
            "7.2+, at notice, by clusterSendFailoverAuthIfNeeded: Failover auth granted to <node:nodeid> (<node_alias:nodename>) for epoch <epoch:epoch>",
        ),
    )


@event(_PRINTER, by="cluster.c:clusterSendFailoverAuthIfNeeded")
class ClusterVoteDenied(Event):
    """The primary refused its vote to a replica, ``node``; the key says why.

    ``request_epoch`` is the epoch of the election, ``epoch`` this node's own; ``ms`` is the time to wait, in
    milliseconds; ``slot_epoch`` is the epoch in which ``slot`` was claimed, newer than the replica knows.
    Source: Redis 3.0+, ``cluster.c:clusterSendFailoverAuthIfNeeded``.
    """

    node: str
    request_epoch: int | None = None
    epoch: int | None = None
    node_alias: str | None = None
    ms: int | None = None
    slot: int | None = None
    slot_epoch: int | None = None

    MESSAGES = (
        message("cluster.vote-denied.old-epoch")(
            "no vote: the election's epoch is older than this node's",
            "redis 3.0-7.0: Failover auth denied to <node:nodeid>: reqEpoch (<request_epoch:epoch>) < curEpoch(<epoch:epoch>)",
            "7.2+, by clusterSendFailoverAuthIfNeeded: Failover auth denied to <node:nodeid> (<node_alias:nodename>): reqEpoch (<request_epoch:epoch>) < curEpoch(<epoch:epoch>)",
        ),
        message("cluster.vote-denied.already-voted")(
            "no vote: this node has voted in this epoch",
            "redis 3.0-7.0: Failover auth denied to <node:nodeid>: already voted for epoch <epoch:epoch>",
            "7.2+, by clusterSendFailoverAuthIfNeeded: Failover auth denied to <node:nodeid> (<node_alias:nodename>): already voted for epoch <epoch:epoch>",
        ),
        message("cluster.vote-denied.is-primary")(
            "no vote: the node that asks is a primary",
            "redis 3.0-7.0: Failover auth denied to <node:nodeid>: it is a master node",
            "redis 7.2+; valkey 7.2, by clusterSendFailoverAuthIfNeeded: Failover auth denied to <node:nodeid> (<node_alias:nodename>): it is a master node",
            "valkey 8.0+, by cluster_legacy.c:clusterSendFailoverAuthIfNeeded: Failover auth denied to <node:nodeid> (<node_alias:nodename>) for epoch <request_epoch:epoch>: it is a primary node",
        ),
        message("cluster.vote-denied.unknown-primary")(
            "no vote: the primary of the replica is not known",
            "redis 3.0-7.0: Failover auth denied to <node:nodeid>: I don't know its master",
            "redis 7.2+; valkey 7.2, by clusterSendFailoverAuthIfNeeded: Failover auth denied to <node:nodeid> (<node_alias:nodename>): I don't know its master",
            "valkey 8.0+, by cluster_legacy.c:clusterSendFailoverAuthIfNeeded: Failover auth denied to <node:nodeid> (<node_alias:nodename>) for epoch <request_epoch:epoch>: I don't know its primary",
        ),
        message("cluster.vote-denied.primary-up")(
            "no vote: the primary of the replica is up",
            "redis 3.0-7.0: Failover auth denied to <node:nodeid>: its master is up",
            "redis 7.2+; valkey 7.2, by clusterSendFailoverAuthIfNeeded: Failover auth denied to <node:nodeid> (<node_alias:nodename>): its master is up",
            "valkey 8.0+, by cluster_legacy.c:clusterSendFailoverAuthIfNeeded: Failover auth denied to <node:nodeid> (<node_alias:nodename>) for epoch <request_epoch:epoch>: its primary is up",
        ),
        message("cluster.vote-denied.too-soon")(
            "no vote: there was a vote on this primary a short time ago",
            "redis 3.0-7.0: Failover auth denied to <node:nodeid>: can't vote about this master before <ms:int> milliseconds",
            "redis 7.2+; valkey 7.2, by clusterSendFailoverAuthIfNeeded: Failover auth denied to <node:nodeid> <node_alias:nodename>: can't vote about this master before <ms:int> milliseconds",
            "valkey 8.0, by cluster_legacy.c:clusterSendFailoverAuthIfNeeded: Failover auth denied to <node:nodeid> <node_alias:nodename>: can't vote about this primary before <ms:int> milliseconds",
        ),
        message("cluster.vote-denied.slot-epoch")(
            "no vote: the replica claims a slot by an old epoch",
            "redis 3.0-7.0: Failover auth denied to <node:nodeid>: slot <slot:int> epoch (<slot_epoch:epoch>) > reqEpoch (<request_epoch:epoch>)",
            "redis 7.2+; valkey 7.2-8.0, by clusterSendFailoverAuthIfNeeded: Failover auth denied to <node:nodeid> (<node_alias:nodename>): slot <slot:int> epoch (<slot_epoch:epoch>) > reqEpoch (<request_epoch:epoch>)",
            "valkey 8.1+, by cluster_legacy.c:clusterSendFailoverAuthIfNeeded: Failover auth denied to <node:nodeid> (<node_alias:nodename>): slot <slot:int> epoch (<slot_epoch:epoch>) > reqConfigEpoch (<request_epoch:epoch>)",
        ),
        message("cluster.failover-auth-denied-to-it-is")(
            "it is not safe to vote now",
            "valkey 9.1+, as M,S, by cluster_legacy.c:clusterSendFailoverAuthIfNeeded: Failover auth denied to <node:nodeid> (<node_alias:nodename>): it is not safe to vote in this moment)",
        ),
    )
