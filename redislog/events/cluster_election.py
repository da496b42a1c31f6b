"""Elections among cluster nodes: a replica stands, primaries vote.

Nodes are named by their 40 digit ID; a field ``..._alias`` is the announced human name of a node (7.2+),
often empty.
"""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("cluster", "cluster{,_legacy}.c", level="notice", roles="S")


@event(_PRINTER, level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]")
class ElectionDelayed(Event):
    """A replica will stand for election after a delay, or after a longer one than it said before.

    ``ms`` is the delay, or what is added to it, in milliseconds; ``rank`` is 0 for the replica with the most
    data; ``offset`` is the replica's own replication offset in bytes. Source: Redis 3.0+,
    ``cluster.c:clusterHandleSlaveFailover``.
    """

    ms: int
    rank: int | None = None
    offset: int | None = None
    primary_rank: int | None = None

    MESSAGES = (
        message(
            "cluster.election-delayed",
            by="clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleReplicaFailover",
        )(
            "this replica will stand for election, after a delay by its rank",
            "redis 3.0+; valkey 7.2-8.0: Start of election delayed for <ms:int> milliseconds (rank #<rank:int>, offset <offset:offset>).",
            "valkey 8.1+, at notice, by cluster_legacy.c:clusterHandleReplicaFailover: Start of election delayed for <ms:int> milliseconds (rank #<rank:int>, primary rank #<primary_rank:int>, offset <offset:offset>).",
        ),
        message("cluster.election-rank", level="warning", by="cluster.c:clusterHandleSlaveFailover")(
            "another replica has more data; this one waits longer",
            "redis 3.0-4.0: Slave rank updated to #<rank:int>, added <ms:int> milliseconds of delay.",
            "5.0+, at warning until 7.0, then notice, by clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleReplicaFailover: Replica rank updated to #<rank:int>, added <ms:int> milliseconds of delay.",
            "valkey 8.1+, at notice, by cluster_legacy.c:clusterHandleReplicaFailover: Failed primary rank updated to #<primary_rank:int>, added <ms:int> milliseconds of delay.",
        ),
    )


@event(
    _PRINTER,
    level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
    by="clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleReplicaFailover",
)
class ElectionStarted(Event):
    """The replica asks all primaries for their vote.

    Source: Redis 3.0+, ``cluster.c:clusterHandleSlaveFailover``.
    """

    epoch: int
    config_epoch: int | None = None

    MESSAGES = (
        message("cluster.election-started")(
            "this replica asks for votes in the given epoch",
            "redis 3.0+; valkey 7.2-8.0: Starting a failover election for epoch <epoch:epoch>.",
            "valkey 8.1+, at notice, by cluster_legacy.c:clusterHandleReplicaFailover: Starting a failover election for epoch <epoch:epoch>, node config epoch is <config_epoch:epoch>",
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", by="clusterHandleSlaveFailover")
class ElectionWon(Event):
    """The replica has the votes of a majority and turns primary.

    The role letter is still that of a replica. Source: Redis 3.0+, ``cluster.c``.
    """

    MESSAGES = (
        message("cluster.election-won")(
            "this replica won the election and turns primary",
            "redis 3.0+; valkey 7.2: Failover election won: I'm the new master.",
            "valkey 8.0+, at notice, by cluster_legacy.c:clusterHandleReplicaFailover: Failover election won: I'm the new primary.",
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", by="cluster.c:clusterLogCantFailover")
class ElectionHindered(Event):
    """The replica's primary fails, but it cannot take over yet; the key says why.

    ``votes`` were received, of the ``quorum`` that is needed. Source: Redis 3.0+,
    ``cluster.c:clusterLogCantFailover``.
    """

    quorum: int | None = None
    votes: int | None = None

    MESSAGES = (
        message("cluster.cannot-failover.data-age", level="warning")(
            "cannot take over: it was without its primary for too long",
            "redis 3.0-4.0 | redis 5.0+; valkey 7.2, at warning until 7.0, then notice: Currently unable to failover: Disconnected from master for longer than allowed. Please check the 'cluster-<slave|replica>-validity-factor' configuration option.",
            "valkey 8.0+, at notice: Currently unable to failover: Disconnected from primary for longer than allowed. Please check the 'cluster-replica-validity-factor' configuration option.",
        ),
        message("cluster.cannot-failover.waiting-delay")(
            "cannot take over yet: the next attempt is not due",
            "3.0+: Currently unable to failover: Waiting the delay before I can start a new failover.",
        ),
        message("cluster.cannot-failover.expired")(
            "cannot take over: the votes did not come in time",
            "3.0+: Currently unable to failover: Failover attempt expired.",
        ),
        message("cluster.cannot-failover.waiting-votes")(
            "cannot take over yet: a majority has not voted",
            "3.0+: Currently unable to failover: Waiting for votes, but majority still not reached.",
        ),
        message("cluster.cannot-failover.unknown")(
            "cannot take over, for no known reason",
            "3.0+: Currently unable to failover: Unknown reason code.",
        ),
        message("cluster.cannot-failover-votes", level="notice", by="clusterLogCantFailover")(
            "votes that were received so far, and those that are needed",
            "7.2+: Needed quorum: <quorum:int>. Number of votes received so far: <votes:int>",
        ),
    )


@event(_PRINTER, roles="M,S", by="cluster_legacy.c:clusterHandleReplicaFailover")
class ElectionNow(Event):
    """No delay: the replica need not wait to ask for votes: no other of its shard is better.

    Source: Valkey 9.1+, ``cluster_legacy.c:clusterHandleReplicaFailover``.
    """

    MESSAGES = (
        message("cluster.election-best-ranked")(
            "no delay before the election",
            "valkey 9.1+: This is the best ranked replica and can initiate the election immediately.",
            "valkey 9.1+: Myself become the best ranked replica, initiate the election immediately.",
        ),
    )


@event(_PRINTER, level="warning", roles="M,S", by="cluster_legacy.c:clusterProcessPacket")
class ElectionReset(Event):
    """An election is begun anew: it could not be won.

    ``epoch`` is its own; ``node`` claims ``node_epoch``. Source: Valkey 8.1+, ``cluster_legacy.c``.
    """

    epoch: int
    node: str | None = None
    node_alias: str | None = None
    node_epoch: int | None = None

    MESSAGES = (
        message("cluster.failover-election-in-progress-for-epoch")(
            "an election in progress is given up",
            "valkey 8.1+: Failover election in progress for epoch <epoch:epoch>, but received a claim from node <node:nodeid> (<node_alias:nodename>) with an equal or higher epoch <node_epoch:epoch>. Resetting the election since we cannot win an election in the past.",
            "valkey 8.1+, by cluster_legacy.c:manualFailoverCanStart: Failover election in progress for epoch <epoch:epoch>, but received a new manual failover. Resetting the election.",
        ),
    )
