"""Shards, hand-over at shutdown, and slots that changed their owner (Valkey 8.1+)."""

from redislog.events.base import Event, event, message, wording
from redislog.values import ClientRecord


@event
class HandOverOnShutdown(Event):
    """A primary that shuts down hands over to a replica (``shutdown-on-sigterm failover``).

    ``replica`` is that replica's node ID. Source: Valkey 9.0+, ``cluster_legacy.c:clusterAutoFailoverOnShutdown``.
    """

    CATEGORY = "cluster"

    replica: str

    MESSAGES = (
        message(
            "cluster.failover-on-shutdown",
            "the primary that shuts down hands over to this replica",
            wording("Perform auto failover to replica <replica:nodeid> on shutdown.", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterAutoFailoverOnShutdown",
        ),
    )


@event
class HandOverImpossible(Event):
    """A primary that shuts down has nobody to hand over to.

    Source: Valkey 9.0+, ``cluster_legacy.c:clusterAutoFailoverOnShutdown``.
    """

    CATEGORY = "cluster"

    MESSAGES = (
        message(
            "cluster.failover-on-shutdown-impossible",
            "nobody to hand over to",
            wording(
                "Unable to perform auto failover on shutdown since there are legacy replicas.", "valkey 9.0+"
            ),
            wording("Unable to find a replica to perform the auto failover on shutdown.", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterAutoFailoverOnShutdown",
        ),
    )


@event
class ClusterCommandGiven(Event):
    """A user changed the cluster: MEET, FORGET or RESET.

    ``client`` is who gave the command; ``node`` or ``ip`` and ``port`` whom it names, as given. Source: Valkey 8.1+,
    ``cluster_legacy.c:clusterCommandSpecial``.
    """

    CATEGORY = "cluster"

    client: ClientRecord
    ip: str | None = None
    port: int | None = None
    node: str | None = None

    MESSAGES = (
        message(
            "cluster.meet",
            "CLUSTER MEET was given",
            wording(
                "Cluster meet <ip:host>:<port:port> (user request from '<client:client>').", "valkey 8.1+"
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterCommandSpecial",
        ),
        message(
            "cluster.forget",
            "CLUSTER FORGET was given",
            wording("Cluster forget <node:word> (user request from '<client:client>').", "valkey 8.1+"),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterCommandSpecial",
        ),
        message(
            "cluster.reset",
            "CLUSTER RESET was given",
            wording("Cluster reset (user request from '<client:client>').", "valkey 8.1+"),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterCommandSpecial",
        ),
    )


@event
class TurnedEmptyPrimary(Event):
    """A replica became a primary without slots, by order (CLUSTER REPLICATE NO ONE).

    Source: Valkey 9.0+, ``cluster_legacy.c:clusterCommandSpecial``.
    """

    CATEGORY = "cluster"

    client: ClientRecord

    MESSAGES = (
        message(
            "cluster.turned-empty-primary",
            "this replica is a primary without slots now",
            wording(
                "Stop replication and turning myself into empty primary (request from '<client:client>').",
                "valkey 9.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterCommandSpecial",
        ),
    )


@event
class NodeSetPrimary(Event):
    """A node is a primary of its shard now.

    ``node`` may be this node. Source: Valkey 9.0+, ``cluster_legacy.c:clusterSetNodeAsPrimary``.
    """

    CATEGORY = "cluster"

    node: str
    node_alias: str
    shard: str

    MESSAGES = (
        message(
            "cluster.node-promoted",
            "that node is a primary now",
            wording(
                "Reconfiguring node <node:nodeid> (<node_alias:nodename>) as primary for shard <shard:shardid>",
                "valkey 9.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterSetNodeAsPrimary",
        ),
    )


@event
class ShardIdChanged(Event):
    """A shard's ID is another than was known.

    ``shard`` is new, or what the node says; ``primary_shard`` what its primary ``primary`` says. Source: Valkey 8.1+,
    ``cluster_legacy.c``.
    """

    CATEGORY = "cluster"

    shard: str
    node: str | None = None
    primary: str | None = None
    primary_shard: str | None = None

    MESSAGES = (
        message(
            "cluster.node-has-a-different-shard-id",
            "a replica takes over its primary's shard ID",
            wording(
                "Node <node:nodeid> has a different shard id (<shard:shardid>) than its primary's shard id <primary:nodeid> (<primary_shard:shardid>). Updating replica's shard id to match primary's shard id.",
                "valkey 9.0+",
            ),
            wording(
                "Node <node:nodeid> has a different shard id (<shard:shardid>) than its primary <primary:nodeid> (<primary_shard:shardid>). Updating replica's shard id to match primary's shard id.",
                "valkey 9.0+",
                source="cluster_legacy.c:clusterLoadConfig",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:auxShardIdSetter",
        ),
        message(
            "cluster.shard-id-update-request-for-node",
            "another shard ID than the primary's is refused",
            wording(
                "Shard id <shard:shardid> update request for node id <node:nodeid> diverges from existing primary shard id <primary_shard:shardid>, rejecting!",
                "valkey 8.1+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:updateShardId",
        ),
        message(
            "cluster.shard-moved",
            "this node is in a new shard",
            wording("Moving myself to a new shard <shard:shardid>.", "valkey 9.1+"),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterReset",
        ),
    )


@event
class TopologyMismatch(Event):
    """A packet tells another role or primary of its sender than was known: roles are changing.

    Source: Valkey 9.0+, ``cluster_legacy.c:clusterProcessPacket``.
    """

    CATEGORY = "cluster"

    node: str
    node_alias: str
    shard: str

    MESSAGES = (
        message(
            "cluster.topology-mismatch",
            "a packet tells another role of its sender than was known",
            wording(
                "Mismatch in topology information for sender node <node:nodeid> (<node_alias:nodename>) in shard <shard:shardid>",
                "valkey 9.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
    )


@event
class SlotRangeMoved(Event):
    """A range of slots changed its owner.

    ``first`` to ``last`` went from ``node`` to ``node2``. Source: Valkey 9.0+, ``cluster_legacy.c:clusterLogSlotRangeMigration``.
    """

    CATEGORY = "cluster"

    first: int
    last: int
    node: str
    node_alias: str
    shard: str
    node2: str
    node_alias2: str
    shard2: str

    MESSAGES = (
        message(
            "cluster.slots-migrated",
            "a range of slots changed its owner",
            wording(
                "Slot range [<first:int>, <last:int>] is migrated from node <node:nodeid> (<node_alias:nodename>) in shard <shard:shardid> to node <node2:nodeid> (<node_alias2:nodename>) in shard <shard2:shardid>.",
                "valkey 9.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterLogSlotRangeMigration",
        ),
    )


@event
class ClusterUpdateReceived(Event):
    """A third node tells a newer configuration of a node.

    ``node`` told it, of ``node2``. A shard's ID is followed by stray bytes in 9.0.0. Source: Valkey 9.0+,
    ``cluster_legacy.c:clusterProcessPacket``.
    """

    CATEGORY = "cluster"

    node: str
    node_alias: str
    shard: str
    node2: str
    node_alias2: str
    shard2: str
    old_epoch: int
    epoch: int

    MESSAGES = (
        message(
            "cluster.update-received",
            "a newer configuration of a node came through a third one",
            wording(
                "Processing UPDATE message received from <node:nodeid> (<node_alias:nodename>) in shard <shard:text> about node <node2:nodeid> (<node_alias2:nodename>) in shard <shard2:text>. old configEpoch <old_epoch:epoch>, new configEpoch <epoch:epoch>",
                "valkey 9.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
    )
