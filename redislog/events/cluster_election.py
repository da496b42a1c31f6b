"""Elections among cluster nodes: a replica stands, primaries vote.

Nodes are named by their 40 digit ID; a field ``..._alias`` is the announced human name of a node (7.2+),
often empty.
"""

from redislog.events.base import Event, event, message, wording


@event
class ElectionDelayed(Event):
    """A replica will stand for election after a delay, or after a longer one than it said before.

    ``ms`` is the delay, or what is added to it, in milliseconds; ``rank`` is 0 for the replica with the most
    data; ``offset`` is the replica's own replication offset in bytes. Source: Redis 3.0+,
    ``cluster.c:clusterHandleSlaveFailover``.
    """

    CATEGORY = "cluster"

    ms: int
    rank: int
    offset: int | None = None

    MESSAGES = (
        message(
            "cluster.election-delayed",
            "this replica will stand for election, after a delay by its rank",
            wording(
                "Start of election delayed for <ms:int> milliseconds (rank #<rank:int>, offset <offset:offset>).",
                "redis 3.0-8.0; valkey 7.2-8.1",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2-8.0; valkey 7.2-8.1]",
            roles="S",
            source="cluster.c:clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleReplicaFailover",
        ),
        message(
            "cluster.election-rank",
            "another replica has more data; this one waits longer",
            wording(
                "Slave rank updated to #<rank:int>, added <ms:int> milliseconds of delay.", "redis 3.0-4.0"
            ),
            wording(
                "Replica rank updated to #<rank:int>, added <ms:int> milliseconds of delay.",
                "redis 5.0-8.0; valkey 7.2-8.1",
                level="warning[redis 5.0-7.0] notice[redis 7.2-8.0; valkey 7.2-8.1]",
                source="cluster.c:clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleReplicaFailover",
            ),
            level="warning",
            roles="S",
            source="cluster.c:clusterHandleSlaveFailover",
        ),
    )


@event
class ElectionStarted(Event):
    """The replica asks all primaries for their vote.

    Source: Redis 3.0+, ``cluster.c:clusterHandleSlaveFailover``.
    """

    CATEGORY = "cluster"

    epoch: int

    MESSAGES = (
        message(
            "cluster.election-started",
            "this replica asks for votes in the given epoch",
            wording("Starting a failover election for epoch <epoch:epoch>.", "redis 3.0-8.0; valkey 7.2-8.1"),
            level="warning[redis 3.0-7.0] notice[redis 7.2-8.0; valkey 7.2-8.1]",
            roles="S",
            source="cluster.c:clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleReplicaFailover",
        ),
    )


@event
class ElectionWon(Event):
    """The replica has the votes of a majority and turns primary.

    The role letter is still that of a replica. Source: Redis 3.0+, ``cluster.c``.
    """

    CATEGORY = "cluster"

    MESSAGES = (
        message(
            "cluster.election-won",
            "this replica won the election and turns primary",
            wording("Failover election won: I'm the new master.", "redis 3.0-8.0; valkey 7.2"),
            wording(
                "Failover election won: I'm the new primary.",
                "valkey 8.0-8.1",
                level="notice",
                source="cluster_legacy.c:clusterHandleReplicaFailover",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2-8.0; valkey 7.2]",
            roles="S",
            source="cluster.c:clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleSlaveFailover",
        ),
    )


@event
class ElectionHindered(Event):
    """The replica's primary fails, but it cannot take over yet; the key says why.

    ``votes`` were received, of the ``quorum`` that is needed. Source: Redis 3.0+,
    ``cluster.c:clusterLogCantFailover``.
    """

    CATEGORY = "cluster"

    quorum: int | None = None
    votes: int | None = None

    MESSAGES = (
        message(
            "cluster.cannot-failover.data-age",
            "cannot take over: it was without its primary for too long",
            wording(
                "Currently unable to failover: Disconnected from master for longer than allowed. Please check the 'cluster-slave-validity-factor' configuration option.",
                "redis 3.0-4.0",
            ),
            wording(
                "Currently unable to failover: Disconnected from master for longer than allowed. Please check the 'cluster-replica-validity-factor' configuration option.",
                "redis 5.0-8.0; valkey 7.2",
                level="warning[redis 5.0-7.0] notice[redis 7.2-8.0; valkey 7.2]",
            ),
            wording(
                "Currently unable to failover: Disconnected from primary for longer than allowed. Please check the 'cluster-replica-validity-factor' configuration option.",
                "valkey 8.0-8.1",
                level="notice",
            ),
            level="warning",
            roles="S",
            source="cluster.c:clusterLogCantFailover",
        ),
        message(
            "cluster.cannot-failover.waiting-delay",
            "cannot take over yet: the next attempt is not due",
            wording(
                "Currently unable to failover: Waiting the delay before I can start a new failover.",
                "redis 3.0-8.0; valkey 7.2-8.1",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2-8.0; valkey 7.2-8.1]",
            roles="S",
            source="cluster.c:clusterLogCantFailover",
        ),
        message(
            "cluster.cannot-failover.expired",
            "cannot take over: the votes did not come in time",
            wording(
                "Currently unable to failover: Failover attempt expired.", "redis 3.0-8.0; valkey 7.2-8.1"
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2-8.0; valkey 7.2-8.1]",
            roles="S",
            source="cluster.c:clusterLogCantFailover",
        ),
        message(
            "cluster.cannot-failover.waiting-votes",
            "cannot take over yet: a majority has not voted",
            wording(
                "Currently unable to failover: Waiting for votes, but majority still not reached.",
                "redis 3.0-8.0; valkey 7.2-8.1",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2-8.0; valkey 7.2-8.1]",
            roles="S",
            source="cluster.c:clusterLogCantFailover",
        ),
        message(
            "cluster.cannot-failover.unknown",
            "cannot take over, for no known reason",
            wording("Currently unable to failover: Unknown reason code.", "redis 3.0-8.0; valkey 7.2-8.1"),
            level="warning[redis 3.0-7.0] notice[redis 7.2-8.0; valkey 7.2-8.1]",
            roles="S",
            source="cluster.c:clusterLogCantFailover",
        ),
        message(
            "cluster.cannot-failover-votes",
            "votes that were received so far, and those that are needed",
            wording(
                "Needed quorum: <quorum:int>. Number of votes received so far: <votes:int>",
                "redis 7.2-8.0; valkey 7.2-8.1",
            ),
            level="notice",
            roles="S",
            source="cluster.c:clusterLogCantFailover,cluster_legacy.c:clusterLogCantFailover",
        ),
    )


@event
class ClusterVoteGranted(Event):
    """The primary voted for a replica, ``node``.

    Source: Redis 3.0+, ``cluster.c:clusterSendFailoverAuthIfNeeded``.
    """

    CATEGORY = "cluster"

    node: str
    epoch: int
    node_alias: str | None = None

    MESSAGES = (
        message(
            "cluster.vote-granted",
            "this primary voted for the replica",
            wording("Failover auth granted to <node:nodeid> for epoch <epoch:epoch>", "redis 3.0-7.0"),
            wording(
                "Failover auth granted to <node:nodeid> (<node_alias:nodename>) for epoch <epoch:epoch>",
                "redis 7.2-8.0; valkey 7.2-8.1",
                level="notice",
                source="cluster.c:clusterSendFailoverAuthIfNeeded,cluster_legacy.c:clusterSendFailoverAuthIfNeeded",
            ),
            level="warning",
            roles="M",
            source="cluster.c:clusterSendFailoverAuthIfNeeded",
        ),
    )


@event
class ClusterVoteDenied(Event):
    """The primary refused its vote to a replica, ``node``; the key says why.

    ``request_epoch`` is the epoch of the election, ``epoch`` this node's own; ``ms`` is the time to wait, in
    milliseconds; ``slot_epoch`` is the epoch in which ``slot`` was claimed, newer than the replica knows.
    Source: Redis 3.0+, ``cluster.c:clusterSendFailoverAuthIfNeeded``.
    """

    CATEGORY = "cluster"

    node: str
    request_epoch: int | None = None
    epoch: int | None = None
    node_alias: str | None = None
    ms: int | None = None
    slot: int | None = None
    slot_epoch: int | None = None

    MESSAGES = (
        message(
            "cluster.vote-denied.old-epoch",
            "no vote: the election's epoch is older than this node's",
            wording(
                "Failover auth denied to <node:nodeid>: reqEpoch (<request_epoch:epoch>) < curEpoch(<epoch:epoch>)",
                "redis 3.0-7.0",
            ),
            wording(
                "Failover auth denied to <node:nodeid> (<node_alias:nodename>): reqEpoch (<request_epoch:epoch>) < curEpoch(<epoch:epoch>)",
                "redis 7.2-8.0; valkey 7.2-8.1",
                source="cluster.c:clusterSendFailoverAuthIfNeeded,cluster_legacy.c:clusterSendFailoverAuthIfNeeded",
            ),
            level="warning",
            roles="M",
            source="cluster.c:clusterSendFailoverAuthIfNeeded",
        ),
        message(
            "cluster.vote-denied.already-voted",
            "no vote: this node has voted in this epoch",
            wording(
                "Failover auth denied to <node:nodeid>: already voted for epoch <epoch:epoch>",
                "redis 3.0-7.0",
            ),
            wording(
                "Failover auth denied to <node:nodeid> (<node_alias:nodename>): already voted for epoch <epoch:epoch>",
                "redis 7.2-8.0; valkey 7.2-8.1",
                source="cluster.c:clusterSendFailoverAuthIfNeeded,cluster_legacy.c:clusterSendFailoverAuthIfNeeded",
            ),
            level="warning",
            roles="M",
            source="cluster.c:clusterSendFailoverAuthIfNeeded",
        ),
        message(
            "cluster.vote-denied.is-primary",
            "no vote: the node that asks is a primary",
            wording("Failover auth denied to <node:nodeid>: it is a master node", "redis 3.0-7.0"),
            wording(
                "Failover auth denied to <node:nodeid> (<node_alias:nodename>): it is a master node",
                "redis 7.2-8.0; valkey 7.2",
                source="cluster.c:clusterSendFailoverAuthIfNeeded,cluster_legacy.c:clusterSendFailoverAuthIfNeeded",
            ),
            wording(
                "Failover auth denied to <node:nodeid> (<node_alias:nodename>) for epoch <request_epoch:epoch>: it is a primary node",
                "valkey 8.0-8.1",
                source="cluster_legacy.c:clusterSendFailoverAuthIfNeeded",
            ),
            level="warning",
            roles="M",
            source="cluster.c:clusterSendFailoverAuthIfNeeded",
        ),
        message(
            "cluster.vote-denied.unknown-primary",
            "no vote: the primary of the replica is not known",
            wording("Failover auth denied to <node:nodeid>: I don't know its master", "redis 3.0-7.0"),
            wording(
                "Failover auth denied to <node:nodeid> (<node_alias:nodename>): I don't know its master",
                "redis 7.2-8.0; valkey 7.2",
                source="cluster.c:clusterSendFailoverAuthIfNeeded,cluster_legacy.c:clusterSendFailoverAuthIfNeeded",
            ),
            wording(
                "Failover auth denied to <node:nodeid> (<node_alias:nodename>) for epoch <request_epoch:epoch>: I don't know its primary",
                "valkey 8.0-8.1",
                source="cluster_legacy.c:clusterSendFailoverAuthIfNeeded",
            ),
            level="warning",
            roles="M",
            source="cluster.c:clusterSendFailoverAuthIfNeeded",
        ),
        message(
            "cluster.vote-denied.primary-up",
            "no vote: the primary of the replica is up",
            wording("Failover auth denied to <node:nodeid>: its master is up", "redis 3.0-7.0"),
            wording(
                "Failover auth denied to <node:nodeid> (<node_alias:nodename>): its master is up",
                "redis 7.2-8.0; valkey 7.2",
                source="cluster.c:clusterSendFailoverAuthIfNeeded,cluster_legacy.c:clusterSendFailoverAuthIfNeeded",
            ),
            wording(
                "Failover auth denied to <node:nodeid> (<node_alias:nodename>) for epoch <request_epoch:epoch>: its primary is up",
                "valkey 8.0-8.1",
                source="cluster_legacy.c:clusterSendFailoverAuthIfNeeded",
            ),
            level="warning",
            roles="M",
            source="cluster.c:clusterSendFailoverAuthIfNeeded",
        ),
        message(
            "cluster.vote-denied.too-soon",
            "no vote: there was a vote on this primary a short time ago",
            wording(
                "Failover auth denied to <node:nodeid>: can't vote about this master before <ms:int> milliseconds",
                "redis 3.0-7.0",
            ),
            wording(
                "Failover auth denied to <node:nodeid> <node_alias:nodename>: can't vote about this master before <ms:int> milliseconds",
                "redis 7.2-8.0; valkey 7.2",
                source="cluster.c:clusterSendFailoverAuthIfNeeded,cluster_legacy.c:clusterSendFailoverAuthIfNeeded",
            ),
            wording(
                "Failover auth denied to <node:nodeid> <node_alias:nodename>: can't vote about this primary before <ms:int> milliseconds",
                "valkey 8.0-8.1",
                source="cluster_legacy.c:clusterSendFailoverAuthIfNeeded",
            ),
            level="warning",
            roles="M",
            source="cluster.c:clusterSendFailoverAuthIfNeeded",
        ),
        message(
            "cluster.vote-denied.slot-epoch",
            "no vote: the replica claims a slot by an old epoch",
            wording(
                "Failover auth denied to <node:nodeid>: slot <slot:int> epoch (<slot_epoch:epoch>) > reqEpoch (<request_epoch:epoch>)",
                "redis 3.0-7.0",
            ),
            wording(
                "Failover auth denied to <node:nodeid> (<node_alias:nodename>): slot <slot:int> epoch (<slot_epoch:epoch>) > reqEpoch (<request_epoch:epoch>)",
                "redis 7.2-8.0; valkey 7.2-8.1",
                source="cluster.c:clusterSendFailoverAuthIfNeeded,cluster_legacy.c:clusterSendFailoverAuthIfNeeded",
            ),
            level="warning",
            roles="M",
            source="cluster.c:clusterSendFailoverAuthIfNeeded",
        ),
    )
