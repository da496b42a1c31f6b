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
    rank: int | None = None
    offset: int | None = None
    primary_rank: int | None = None

    MESSAGES = (
        message(
            "cluster.election-delayed",
            "this replica will stand for election, after a delay by its rank",
            wording(
                "Start of election delayed for <ms:int> milliseconds (rank #<rank:int>, offset <offset:offset>).",
                "redis 3.0+; valkey 7.2-8.0",
            ),
            wording(
                "Start of election delayed for <ms:int> milliseconds (rank #<rank:int>, primary rank #<primary_rank:int>, offset <offset:offset>).",
                "valkey 8.1+",
                level="notice",
                source="cluster_legacy.c:clusterHandleReplicaFailover",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
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
                "redis 5.0+; valkey 7.2+",
                level="warning[redis 5.0-7.0] notice[redis 7.2+; valkey 7.2+]",
                source="cluster.c:clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleReplicaFailover",
            ),
            wording(
                "Failed primary rank updated to #<primary_rank:int>, added <ms:int> milliseconds of delay.",
                "valkey 8.1+",
                level="notice",
                source="cluster_legacy.c:clusterHandleReplicaFailover",
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
    config_epoch: int | None = None

    MESSAGES = (
        message(
            "cluster.election-started",
            "this replica asks for votes in the given epoch",
            wording("Starting a failover election for epoch <epoch:epoch>.", "redis 3.0+; valkey 7.2-8.0"),
            wording(
                "Starting a failover election for epoch <epoch:epoch>, node config epoch is <config_epoch:epoch>",
                "valkey 8.1+",
                level="notice",
                source="cluster_legacy.c:clusterHandleReplicaFailover",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
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
            wording("Failover election won: I'm the new master.", "redis 3.0+; valkey 7.2"),
            wording(
                "Failover election won: I'm the new primary.",
                "valkey 8.0+",
                level="notice",
                source="cluster_legacy.c:clusterHandleReplicaFailover",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2]",
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
                "redis 5.0+; valkey 7.2",
                level="warning[redis 5.0-7.0] notice[redis 7.2+; valkey 7.2]",
            ),
            wording(
                "Currently unable to failover: Disconnected from primary for longer than allowed. Please check the 'cluster-replica-validity-factor' configuration option.",
                "valkey 8.0+",
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
                "redis 3.0+; valkey 7.2+",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="S",
            source="cluster.c:clusterLogCantFailover",
        ),
        message(
            "cluster.cannot-failover.expired",
            "cannot take over: the votes did not come in time",
            wording("Currently unable to failover: Failover attempt expired.", "redis 3.0+; valkey 7.2+"),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="S",
            source="cluster.c:clusterLogCantFailover",
        ),
        message(
            "cluster.cannot-failover.waiting-votes",
            "cannot take over yet: a majority has not voted",
            wording(
                "Currently unable to failover: Waiting for votes, but majority still not reached.",
                "redis 3.0+; valkey 7.2+",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="S",
            source="cluster.c:clusterLogCantFailover",
        ),
        message(
            "cluster.cannot-failover.unknown",
            "cannot take over, for no known reason",
            wording("Currently unable to failover: Unknown reason code.", "redis 3.0+; valkey 7.2+"),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="S",
            source="cluster.c:clusterLogCantFailover",
        ),
        message(
            "cluster.cannot-failover-votes",
            "votes that were received so far, and those that are needed",
            wording(
                "Needed quorum: <quorum:int>. Number of votes received so far: <votes:int>",
                "redis 7.2+; valkey 7.2+",
            ),
            level="notice",
            roles="S",
            source="cluster.c:clusterLogCantFailover,cluster_legacy.c:clusterLogCantFailover",
        ),
    )


@event
class ElectionNow(Event):
    """No delay: the replica need not wait to ask for votes: no other of its shard is better.

    Source: Valkey 9.1+, ``cluster_legacy.c:clusterHandleReplicaFailover``.
    """

    CATEGORY = "cluster"

    MESSAGES = (
        message(
            "cluster.election-best-ranked",
            "no delay before the election",
            wording(
                "This is the best ranked replica and can initiate the election immediately.", "valkey 9.1+"
            ),
            wording(
                "Myself become the best ranked replica, initiate the election immediately.", "valkey 9.1+"
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterHandleReplicaFailover",
        ),
    )


@event
class ElectionReset(Event):
    """An election is begun anew: it could not be won.

    ``epoch`` is its own; ``node`` claims ``node_epoch``. Source: Valkey 8.1+, ``cluster_legacy.c``.
    """

    CATEGORY = "cluster"

    epoch: int
    node: str | None = None
    node_alias: str | None = None
    node_epoch: int | None = None

    MESSAGES = (
        message(
            "cluster.failover-election-in-progress-for-epoch",
            "an election in progress is given up",
            wording(
                "Failover election in progress for epoch <epoch:epoch>, but received a claim from node <node:nodeid> (<node_alias:nodename>) with an equal or higher epoch <node_epoch:epoch>. Resetting the election since we cannot win an election in the past.",
                "valkey 8.1+",
            ),
            wording(
                "Failover election in progress for epoch <epoch:epoch>, but received a new manual failover. Resetting the election.",
                "valkey 8.1+",
                source="cluster_legacy.c:manualFailoverCanStart",
            ),
            level="warning",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
    )
